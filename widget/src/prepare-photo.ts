const longestSide = 1536;
const quality = 0.9;

/** Decodes on the device, turns upright, shrinks, and writes a JPEG without metadata. Throws when the browser cannot decode it. */
export async function preparePhoto(source: Blob): Promise<Blob> {
  const bitmap = await createImageBitmap(source, { imageOrientation: "from-image" });
  const scale = Math.min(1, longestSide / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(bitmap.width * scale);
  canvas.height = Math.round(bitmap.height * scale);
  const context = canvas.getContext("2d");
  if (!context) throw new Error("no canvas");
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("not encoded"))), "image/jpeg", quality);
  });
}

/** The result with a small mark that says what it is. */
export async function markPreview(source: Blob, label: string): Promise<Blob> {
  const bitmap = await createImageBitmap(source);
  const canvas = document.createElement("canvas");
  canvas.width = bitmap.width;
  canvas.height = bitmap.height;
  const context = canvas.getContext("2d");
  if (!context) return source;
  context.drawImage(bitmap, 0, 0);
  const size = Math.max(12, Math.round(bitmap.height * 0.018));
  context.font = `600 ${size}px system-ui, sans-serif`;
  context.textBaseline = "bottom";
  context.shadowColor = "rgba(0,0,0,.6)";
  context.shadowBlur = size / 3;
  context.fillStyle = "rgba(255,255,255,.92)";
  context.fillText(label, size, bitmap.height - size * 0.8);
  return new Promise((resolve) => canvas.toBlob((blob) => resolve(blob ?? source), "image/jpeg", 0.92));
}
