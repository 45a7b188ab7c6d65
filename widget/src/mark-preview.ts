const app0 = 0xe0;
const app1 = 0xe1;
const startOfScan = 0xda;

/** The segments before the picture's data, each with its kind, whole. */
function* segments(jpeg: Uint8Array<ArrayBuffer>) {
  for (let at = 2; jpeg[at] === 0xff && jpeg[at + 1] !== startOfScan; ) {
    const size = 2 + ((jpeg[at + 2] as number) << 8) + (jpeg[at + 3] as number);
    yield { kind: jpeg[at + 1], bytes: jpeg.subarray(at, at + size) };
    at += size;
  }
}

/** What the platform wrote about the picture (IPTC's digital source type, as XMP) into a JPEG that lost it on a canvas. */
async function keepSource(from: Blob, to: Blob): Promise<Blob> {
  const [source, target] = await Promise.all([from, to].map(async (blob) => new Uint8Array(await blob.arrayBuffer())));
  if (!source || !target) return to;
  const notes = [...segments(source)]
    .filter(({ kind, bytes }) => kind === app1 && String.fromCharCode(...bytes.subarray(4, 8)) === "http")
    .map(({ bytes }) => bytes);
  const head = [...segments(target)].find(({ kind }) => kind === app0);
  const at = 2 + (head?.bytes.length ?? 0);
  return new Blob([target.subarray(0, at), ...notes, target.subarray(at)], { type: to.type });
}

/** The result with a small mark that says what it is, for eyes and for machines. */
export async function markPreview(source: Blob, label: string): Promise<Blob> {
  const bitmap = await createImageBitmap(source);
  const canvas = document.createElement("canvas");
  canvas.width = bitmap.width;
  canvas.height = bitmap.height;
  const context = canvas.getContext("2d");
  if (!context) return source;
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  const size = Math.max(12, Math.round(canvas.height * 0.018));
  context.font = `600 ${size}px system-ui, sans-serif`;
  context.textBaseline = "bottom";
  context.shadowColor = "rgba(0,0,0,.6)";
  context.shadowBlur = size / 3;
  context.fillStyle = "rgba(255,255,255,.92)";
  context.fillText(label, size, canvas.height - size * 0.8);
  const marked = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.92));
  return marked ? keepSource(source, marked) : source;
}
