import { once } from "node:events";
import type { AddressInfo, Socket } from "node:net";
import { connect, createServer } from "node:net";

/** A TCP proxy to a port of this machine that can lose the connection (refuse and cut), or fall silent, and come back. */
export async function startCuttableProxy(targetPort: number) {
  let state: "open" | "cut" | "silent" = "open";
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    if (state === "cut") {
      client.destroy();
      return;
    }
    const target = connect(targetPort, "127.0.0.1");
    for (const [from, to] of [
      [client, target],
      [target, client],
    ] as const) {
      sockets.add(from);
      from.on("error", () => {});
      from.on("close", () => to.destroy());
      from.on("data", (part) => {
        if (state !== "silent") to.write(part);
      });
    }
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const drop = () => {
    for (const socket of sockets) socket.destroy();
    sockets.clear();
  };
  return {
    port: (server.address() as AddressInfo).port,
    cut: () => {
      state = "cut";
      drop();
    },
    fallSilent: () => {
      state = "silent";
    },
    mend: () => {
      state = "open";
      drop();
    },
    close: async () => {
      drop();
      server.close();
      await once(server, "close");
    },
  };
}
