import type { RouteConfig } from "@remix-run/route-config";
import { index, route } from "@remix-run/route-config";

export default [index("./routes/home.tsx"), route("*", "./routes/not-found.tsx")] satisfies RouteConfig;
