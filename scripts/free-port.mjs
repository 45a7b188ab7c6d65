// The wished port, or the next free one.
import { createServer } from "node:net";

const isFree = (port, host) =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen(port, host, () => probe.close(() => resolve(true)));
  });

/** Tries `wished`, `wished + 1`, … on the host; says so when the wished one is taken. */
export async function freePort(wished, name, host = "127.0.0.1") {
  for (let port = wished; port < wished + 200; port += 1) {
    if (!(await isFree(port, host))) continue;
    if (port !== wished) console.log(`Port ${wished} is taken: the ${name} uses ${port}.`);
    return port;
  }
  throw new Error(`No free port from ${wished} on for the ${name}.`);
}
