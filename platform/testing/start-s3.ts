import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { createS3StandIn } from "../sandbox/s3/create-s3-stand-in.ts";

const access = {
  bucket: "trailroom-pictures",
  region: "ap-south-1",
  accessKeyId: "AKIATRAILROOMTEST000",
  secretAccessKey: "a/secret+of=the/tests+alone",
};

/** An S3 of its own for a test, on a free loopback port; `settings` opens it, `env` is the same for a process. `stop` and `restart` lose no object. */
export async function startS3() {
  const standIn = createS3StandIn(access);
  let server: Server;
  let port = 0;
  const restart = async () => {
    server = serve({ fetch: standIn.app.fetch, port, hostname: "127.0.0.1" }) as Server;
    await new Promise<void>((resolve) => server.once("listening", resolve));
    port = (server.address() as AddressInfo).port;
  };
  const stop = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  await restart();
  const endpoint = `http://127.0.0.1:${port}`;
  return {
    ...standIn,
    settings: { ...access, endpoint, prefix: "" },
    env: {
      S3_ENDPOINT: endpoint,
      S3_REGION: access.region,
      S3_BUCKET: access.bucket,
      S3_ACCESS_KEY_ID: access.accessKeyId,
      S3_SECRET_ACCESS_KEY: access.secretAccessKey,
    },
    stop,
    restart,
  };
}

export type S3ForTest = Awaited<ReturnType<typeof startS3>>;
