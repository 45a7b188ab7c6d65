// npm run keys:rotate: puts everything that is encrypted under the first of ENCRYPTION_KEYS, beside a running platform.
import { createKeyRing } from "../core/crypto/key-ring.ts";
import { rotateKeys } from "../core/crypto/rotate-keys.ts";
import { readConfig } from "./config.ts";
import { createLogger } from "./create-logger.ts";
import { openStore } from "./open-store.ts";

async function main() {
  const config = readConfig(process.env);
  const ring = createKeyRing(config.encryptionKeys);
  const store = await openStore(config, createLogger("warn"));
  try {
    const rotations = await rotateKeys(store, ring, {
      onProgress: ({ field, resealed }) => {
        if (process.stdout.isTTY) process.stdout.write(`\r${field}: ${resealed}`);
      },
    });
    if (process.stdout.isTTY) process.stdout.write("\r");
    for (const { field, resealed, unreadable } of rotations) {
      const left =
        unreadable > 0 ? `, ${unreadable} left: their key is not in ENCRYPTION_KEYS, or they are damaged` : "";
      console.log(`${field}: ${resealed} put under key ${ring.kid}${left}`);
    }
    const isClean = rotations.every(({ unreadable }) => unreadable === 0);
    if (isClean) console.log(`Only key ${ring.kid} is in use: the others can go from ENCRYPTION_KEYS.`);
    process.exitCode = isClean ? 0 : 1;
  } finally {
    await store.close();
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
