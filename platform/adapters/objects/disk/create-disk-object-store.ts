import { randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, rmdir, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { AppError } from "../../../core/errors.ts";
import type { ObjectStore } from "../../../core/ports.ts";
import { assertObjectKey } from "../assert-object-key.ts";

const contentTypes: Record<string, string> = {
  ".jpg": "image/jpeg",
  ".png": "image/png",
  ".webp": "image/webp",
  ".json": "application/json",
};

/** What a process that died in the middle of a write leaves beside the object; the orphan sweep lists and deletes it. */
const leftoverForm = /^(.+)\.[0-9a-f-]{36}\.tmp$/;

const isMissing = (error: unknown) => (error as NodeJS.ErrnoException)?.code === "ENOENT";

async function guarded<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError("store_unavailable", { cause: error, log: String(error) });
  }
}

/** Where an object's file lies. Throws for a name that is none. */
function fileUnder(folder: string, key: string) {
  assertObjectKey(key);
  return path.join(folder, ...key.split("/"));
}

/** Objects as files under `folder`, not readable by other users of the machine. A write is complete or absent. */
export function createDiskObjectStore({ folder }: { folder: string }): ObjectStore {
  const fileOf = (key: string) => fileUnder(folder, key);

  const leftoverOf = (key: string) => {
    const [, object] = leftoverForm.exec(key) ?? [];
    return object === undefined ? fileOf(key) : `${fileOf(object)}${key.slice(object.length)}`;
  };

  const write = async (file: string, bytes: Uint8Array) => {
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
    const temporary = `${file}.${randomUUID()}.tmp`;
    try {
      await writeFile(temporary, bytes, { mode: 0o600 });
      await rename(temporary, file);
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
  };

  return {
    put: (key, bytes) => guarded(() => write(fileOf(key), bytes)),
    get: (key) =>
      guarded(async () => {
        const file = fileOf(key);
        try {
          const contentType = contentTypes[path.extname(file)] ?? "application/octet-stream";
          return { bytes: await readFile(file), contentType };
        } catch (error) {
          if (isMissing(error)) return null;
          throw error;
        }
      }),
    delete: (key) =>
      guarded(async () => {
        const file = leftoverOf(key);
        await rm(file, { force: true });
        // a job's folder goes with its last object; not empty is fine
        await rmdir(path.dirname(file)).catch(() => {});
      }),
    list: (prefix, after) =>
      guarded(async () => {
        const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((error) => {
          if (isMissing(error)) return [];
          throw error;
        });
        const keys = entries
          .filter((entry) => entry.isFile())
          .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join("/"))
          .filter((key) => key.startsWith(prefix) && (after === undefined || key > after))
          .sort()
          .slice(0, 1000);
        const found = await Promise.all(
          keys.map(async (key) => {
            // deleted since it was listed
            const file = await stat(path.join(folder, key)).catch(() => null);
            return file && { key, modifiedAt: file.mtime };
          }),
        );
        return found.filter((one) => one !== null);
      }),
    ping: () =>
      guarded(async () => {
        const probe = path.join(folder, "ping.tmp");
        await write(probe, new Uint8Array(1));
        await rm(probe, { force: true });
      }),
  };
}
