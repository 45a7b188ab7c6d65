// The page that ours are measured against: the smallest Remix app, served as ours is. Prints its address.
import path from "node:path";
import { serve } from "@hono/node-server";
import { createRequestHandler } from "@remix-run/node";
import { createStaticFiles } from "../../../platform/server/static-files.ts";

const build = path.join(import.meta.dirname, "build");
const handle = createRequestHandler(await import(path.join(build, "server/index.js")), "production");
const app = createStaticFiles({ widget: "", shared: "", pages: path.join(build, "client") });
app.all("*", (c) => handle(c.req.raw));
serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }, ({ port }) => console.log(`http://127.0.0.1:${port}/`));
