/** What somebody typed as hosts of pictures, one a line: "https://cdn.shop.example/a.jpg" is cdn.shop.example. */
export const readHosts = (typed: string): string[] => [
  ...new Set(
    typed
      .split(/[\s,]+/)
      .filter(Boolean)
      .map((one) => URL.parse(one.includes("://") ? one : `https://${one}`)?.host || one.toLowerCase()),
  ),
];
