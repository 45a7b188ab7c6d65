import type { Sharp } from "sharp";

const jpegQuality = 92;
/** IPTC's word for "made by a trained algorithm from a real picture" (spec rule 9). */
const sourceType = "http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia";
const xmp = `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
 Iptc4xmpExt:DigitalSourceType="${sourceType}"/></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`;

/** An engine's picture as the JPEG that is stored and served: it says itself how it was made. */
export async function writeResult(image: Sharp): Promise<Uint8Array<ArrayBuffer>> {
  const jpeg = await image
    .removeAlpha()
    .withXmp(xmp)
    .jpeg({ quality: jpegQuality, chromaSubsampling: "4:4:4" })
    .toBuffer();
  return new Uint8Array(jpeg);
}
