/** The result as a file that a shopper keeps or shares. */
export const resultFile = (blob: Blob) => new File([blob], "try-on.jpg", { type: "image/jpeg" });
