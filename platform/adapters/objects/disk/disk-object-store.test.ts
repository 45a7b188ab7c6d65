import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { describeObjectStore } from "../contract/describe-object-store.ts";
import { createDiskObjectStore } from "./create-disk-object-store.ts";

const folders: string[] = [];
const newFolder = () => {
  const folder = mkdtempSync(path.join(tmpdir(), "trailroom-objects-"));
  folders.push(folder);
  return folder;
};
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

describeObjectStore("disk", async () => ({
  objects: createDiskObjectStore({ folder: newFolder() }),
  remove: async () => {},
}));

test("pictures are readable by the server's user alone, and no temporary file is left", async () => {
  const folder = newFolder();
  await createDiskObjectStore({ folder }).put("jobs/a/person.jpg", new Uint8Array(3), "image/jpeg");
  expect(statSync(path.join(folder, "jobs/a/person.jpg")).mode & 0o077).toBe(0);
  expect(statSync(path.join(folder, "jobs/a")).mode & 0o077).toBe(0);
  expect(readdirSync(path.join(folder, "jobs/a"))).toEqual(["person.jpg"]);
});

test("a job's folder goes with its last object", async () => {
  const folder = newFolder();
  const objects = createDiskObjectStore({ folder });
  await objects.put("jobs/a/person.jpg", new Uint8Array(3), "image/jpeg");
  await objects.delete("jobs/a/person.jpg");
  expect(readdirSync(path.join(folder, "jobs"))).toEqual([]);
});

test("a storage that cannot be written is store_unavailable", async () => {
  const file = path.join(newFolder(), "not-a-folder");
  writeFileSync(file, "");
  const objects = createDiskObjectStore({ folder: file });
  await expect(objects.put("jobs/a/top.png", new Uint8Array(3), "image/png")).rejects.toMatchObject({
    code: "store_unavailable",
  });
  await expect(objects.ping()).rejects.toMatchObject({ code: "store_unavailable" });
});
