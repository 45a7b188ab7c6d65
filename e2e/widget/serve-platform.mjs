// The platform as it is served, but for one thing that NODE_ENV=test refuses and only the demo may: garments from a shop on loopback.
import { buildServices } from "../../platform/server/build-services.ts";
import { readConfig } from "../../platform/server/config.ts";
import { listen } from "../../platform/server/listen.ts";
import { readRoles } from "../../platform/server/roles.ts";
import { startScheduler } from "../../platform/server/start-scheduler.ts";
import { startWorker } from "../../platform/server/start-worker.ts";

const { LAB_SHOP_URL = "", ...env } = process.env;
const config = { ...readConfig(env), outboundAllowOrigins: [LAB_SHOP_URL] };
const services = await buildServices(config, readRoles(["--role", "all"]));
await services.engine.ready();
await listen(services, "0.0.0-test", new AbortController().signal);
await startWorker(services);
startScheduler(services);
