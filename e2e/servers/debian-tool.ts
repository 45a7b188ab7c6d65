// A program out of a Debian package, unpacked into a folder of ours: nothing is installed or started on the machine.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";

const cache = path.join(import.meta.dirname, "..", "..", "node_modules", ".cache", "trailroom", "debian");

const run = (command: string, args: string[], cwd: string) =>
  spawnSync(command, args, { cwd, stdio: "ignore" }).status === 0;

/** Where the program is: on the machine, unpacked before, or fetched now; null where there is no Debian mirror to ask. */
export function debianTool(program: string, debianPackage: string): string | null {
  const onMachine = spawnSync("sh", ["-c", `command -v ${program} /usr/sbin/${program}`], { encoding: "utf8" });
  const [installed] = onMachine.stdout.split("\n");
  if (installed) return installed;
  const folder = path.join(cache, debianPackage);
  const places = ["usr/bin", "usr/sbin"].map((bin) => path.join(folder, "root", bin, program));
  const unpacked = () => places.find((file) => existsSync(file)) ?? null;
  if (unpacked()) return unpacked();
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const fetched =
    run("apt-get", ["download", debianPackage], folder) ||
    (run("apt-get", ["update", "-qq"], folder) && run("apt-get", ["download", debianPackage], folder));
  const archive = fetched && readdirSync(folder).find((file) => file.endsWith(".deb"));
  if (!archive || !run("dpkg-deb", ["-x", archive, "root"], folder)) return null;
  rmSync(path.join(folder, archive));
  return unpacked();
}
