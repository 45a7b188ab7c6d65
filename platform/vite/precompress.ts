import { writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { brotliCompress, gzip, constants as zlib } from "node:zlib";
import type { Plugin } from "vite";

const texts = /\.(js|css|svg|json)$/;
const options = { params: { [zlib.BROTLI_PARAM_QUALITY]: zlib.BROTLI_MAX_QUALITY } };

/** Puts each file of the browser's build beside itself as .br and .gz: the server has nothing to compress when it starts. */
export function precompress(): Plugin {
  let isOfBrowser = false;
  return {
    name: "precompress",
    apply: "build",
    configResolved: ({ build }) => {
      isOfBrowser = !build.ssr;
    },
    async writeBundle({ dir = "" }, bundle) {
      if (!isOfBrowser) return;
      const files = Object.values(bundle).filter(({ fileName }) => texts.test(fileName));
      await Promise.all(
        files.map(async (file) => {
          const body = file.type === "chunk" ? file.code : file.source;
          const name = path.join(dir, file.fileName);
          await writeFile(`${name}.br`, await promisify(brotliCompress)(body, options));
          await writeFile(`${name}.gz`, await promisify(gzip)(body));
        }),
      );
    },
  };
}
