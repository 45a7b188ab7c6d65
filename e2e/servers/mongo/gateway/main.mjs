// MongoDB wire protocol (OP_MSG) in front of the DocumentDB extension of PostgreSQL. A test server:
// loopback only, no authentication, presents itself as the primary of a one-node replica set.
//   node gateway/main.mjs --port 27017 --pg-host /path/of/socket/dir [--pg-port 5432] [--replica-set rs0]
import net from "node:net";
import { deserialize, serialize } from "bson";
import { execute } from "./execute.mjs";
import { ME, opt } from "./options.mjs";
import { pool } from "./postgres.mjs";

let lastId = 0;
function send(socket, to, opCode, head, reply) {
  const doc = Buffer.isBuffer(reply) ? reply : Buffer.from(serialize(reply));
  const header = Buffer.alloc(16);
  header.writeInt32LE(16 + head.length + doc.length, 0);
  header.writeInt32LE(++lastId & 0x7fffffff, 4);
  header.writeInt32LE(to, 8);
  header.writeInt32LE(opCode, 12);
  if (!socket.destroyed) socket.write(Buffer.concat([header, head, doc]));
}
async function onMessage(socket, msg) {
  const id = msg.readInt32LE(4);
  const opCode = msg.readInt32LE(12);
  if (opCode === 2004) {
    // OP_QUERY: only the first hello of a driver
    let at = 20;
    while (msg[at]) at++;
    const db = msg.toString("utf8", 20, at).split(".")[0];
    const cmd = deserialize(msg.subarray(at + 9, at + 9 + msg.readInt32LE(at + 9)));
    const reply = await execute(Buffer.from(serialize({ ...cmd, $db: db })), null);
    const head = Buffer.alloc(20);
    head.writeInt32LE(8, 0);
    head.writeInt32LE(1, 16);
    return send(socket, id, 1, head, reply);
  }
  if (opCode !== 2013) throw new Error(`opcode ${opCode} is not supported`);
  const flags = msg.readUInt32LE(16);
  const end = msg.length - (flags & 1 ? 4 : 0);
  let body = null,
    seq = null;
  for (let at = 20; at < end; ) {
    const kind = msg[at];
    const size = msg.readInt32LE(at + 1);
    if (kind === 0) body = msg.subarray(at + 1, at + 1 + size);
    else seq = msg.subarray(msg.indexOf(0, at + 5) + 1, at + 1 + size); // identifier, zero, documents
    at += 1 + size;
  }
  const reply = await execute(body, seq);
  if (!(flags & 2)) send(socket, id, 2013, Buffer.alloc(5), reply); // flag 2: the client wants no answer (w: 0)
}

const server = net.createServer((socket) => {
  let pending = [],
    have = 0,
    queue = Promise.resolve();
  socket.setNoDelay(true);
  socket.on("error", () => {});
  socket.on("data", (chunk) => {
    pending.push(chunk);
    have += chunk.length;
    if (have < 4) return;
    let buf =
      pending.length === 1
        ? chunk
        : pending[0].length >= 4 && have < pending[0].readInt32LE(0)
          ? null
          : Buffer.concat(pending);
    if (!buf) return;
    while (buf.length >= 4 && buf.length >= buf.readInt32LE(0)) {
      const msg = buf.subarray(0, buf.readInt32LE(0));
      buf = buf.subarray(msg.length);
      queue = queue
        .then(() => onMessage(socket, msg))
        .catch((e) => {
          console.error("message:", e.message);
          socket.destroy();
        });
    }
    pending = buf.length ? [buf] : [];
    have = buf.length;
  });
});
server.listen(Number(opt.port), "127.0.0.1", () => console.log(`listening on ${ME}`));
const stop = () => {
  server.close();
  pool.end().finally(() => process.exit(0));
  setTimeout(() => process.exit(0), 1000).unref();
};
process.on("SIGTERM", stop);
process.on("SIGINT", stop);
