import { once } from "node:events";
import type { AddressInfo, Socket } from "node:net";
import { createServer } from "node:net";
import { BSON } from "mongodb";

type Answer = Record<string, unknown>;

const opReply = 1;
const opQuery = 2004;
const opMsg = 2013;

/** The command of a message: behind the namespace and two numbers in the driver's first hello, else behind flags and a kind byte. */
function commandOf(message: Buffer): Answer {
  if (message.readInt32LE(12) !== opQuery) return BSON.deserialize(message.subarray(21));
  return BSON.deserialize(message.subarray(message.indexOf(0, 20) + 9));
}

function frame(message: Buffer, answer: Answer) {
  const isQuery = message.readInt32LE(12) === opQuery;
  // a reply to OP_QUERY has flags, cursor, start and count before its one document
  const head = Buffer.alloc(isQuery ? 20 : 5);
  if (isQuery) head.writeInt32LE(1, 16);
  const body = Buffer.concat([head, BSON.serialize(answer)]);
  const header = Buffer.alloc(16);
  header.writeInt32LE(16 + body.length, 0);
  header.writeInt32LE(message.readInt32LE(4), 8);
  header.writeInt32LE(isQuery ? opReply : opMsg, 12);
  return Buffer.concat([header, body]);
}

function serveSocket(socket: Socket, reply: (command: Answer) => Answer) {
  let pending = Buffer.alloc(0);
  socket.on("error", () => {});
  socket.on("data", (part) => {
    pending = Buffer.concat([pending, part]);
    while (pending.length >= 4 && pending.length >= pending.readInt32LE(0)) {
      const message = pending.subarray(0, pending.readInt32LE(0));
      pending = pending.subarray(message.length);
      socket.write(frame(message, reply(commandOf(message))));
    }
  });
}

/** A server that speaks MongoDB's protocol and answers `hello` as told (by default as a standalone mongod), all else with `other`. */
export async function startFakeMongod(hello: Answer = {}, other: Answer = { ok: 1 }) {
  const greeting = {
    isWritablePrimary: true,
    ismaster: true,
    helloOk: true,
    maxBsonObjectSize: 16_777_216,
    maxMessageSizeBytes: 48_000_000,
    maxWriteBatchSize: 100_000,
    minWireVersion: 0,
    maxWireVersion: 21,
    ok: 1,
    ...hello,
  };
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    serveSocket(socket, (command) => (command.hello || command.ismaster || command.isMaster ? greeting : other));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    host: `127.0.0.1:${port}`,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}
