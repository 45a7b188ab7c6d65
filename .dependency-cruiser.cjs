/** The arrows of docs/architecture.md: server → {app, api, adapters} → core; nothing points back. */
const forbid = (name, comment, from, to) => ({ name, comment, severity: "error", from, to });

module.exports = {
  forbidden: [
    forbid(
      "no-circular",
      "A circle has no bottom to stand on.",
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    ),
    forbid(
      "core-is-pure",
      "core imports only its own files, zod and small date, id and maths helpers.",
      { path: "^platform/core/", pathNot: "\\.test\\.ts$" },
      {
        pathNot: [
          "^platform/core/",
          "node_modules/(zod|uuid|jose|tldts|otpauth|ipaddr\\.js)/",
          "^node:(crypto|buffer|timers|events|util)",
        ],
        dependencyTypesNot: ["core", "type-only"],
      },
    ),
    forbid(
      "core-no-io",
      "core reads no file, socket or process.",
      { path: "^platform/core/", pathNot: "\\.test\\.ts$" },
      { path: "^(node:)?(fs|net|http|https|child_process|worker_threads|cluster)(/|$)" },
    ),
    forbid(
      "api-and-app-no-adapters",
      "Routes and pages reach the world through core's ports.",
      { path: "^platform/(api|app)/", pathNot: "\\.test\\.tsx?$" },
      { path: "^platform/(adapters|server)/" },
    ),
    forbid(
      "api-not-app",
      "The REST API and the pages do not know each other.",
      { path: "^platform/api/" },
      { path: "^platform/app/" },
    ),
    forbid(
      "app-not-api",
      "The REST API and the pages do not know each other.",
      { path: "^platform/app/" },
      { path: "^platform/api/" },
    ),
    forbid(
      "adapters-only-core",
      "An adapter implements a port of core and nothing else.",
      { path: "^platform/adapters/", pathNot: "\\.test\\.ts$" },
      { path: "^platform/(api|app|server)/" },
    ),
    forbid(
      "server-is-the-top",
      "Nobody imports the composition root.",
      { path: "^platform/(api|app|adapters|core)/", pathNot: "\\.test\\.tsx?$" },
      { path: "^platform/server/" },
    ),
    forbid(
      "engine-stands-alone",
      "The engine runs in a browser too: no platform, no sharp, no node modules in its core.",
      { path: "^platform/engine/src/", pathNot: "(\\.test\\.ts$|/runtime/node-)" },
      { path: ["^platform/(?!engine/)", "node_modules/sharp/", "^(node:)?(fs|path|worker_threads|url|module)(/|$)"] },
    ),
    forbid(
      "widget-stands-alone",
      "What a shop's page loads knows nothing of the server.",
      { path: "^widget/src/" },
      { path: "^(platform|prisma|demo-store)/" },
    ),
    forbid(
      "shop-stands-alone",
      "The demo store is a merchant: it knows the platform by its address only.",
      { path: "^demo-store/", pathNot: "\\.test\\.ts$" },
      { path: "^(platform|prisma|widget)/" },
    ),
    forbid(
      "sandbox-for-tests-and-demo",
      "Stand-ins are known to tests, benches and the demo; the server reaches one by its address, as it would the vendor.",
      { pathNot: "(^platform/(sandbox|testing)/|^(e2e|bench|scripts)/|\\.test\\.tsx?$)" },
      { path: "^platform/sandbox/" },
    ),
    forbid(
      "sandbox-stands-alone",
      "A stand-in that shares code with what it stands in for would share its faults.",
      { path: "^platform/sandbox/", pathNot: "\\.test\\.ts$" },
      { path: "^platform/(core|api|app|adapters|server|testing|engine)/" },
    ),
    forbid(
      "sandbox-not-in-production",
      "Stand-ins are never part of what ships.",
      { path: "^platform/(core|api|app|adapters|server)/", pathNot: "(\\.test\\.tsx?$|/contract/)" },
      { path: "^platform/(sandbox|testing)/" },
    ),
    forbid(
      "no-unresolvable",
      "An import that resolves to nothing.",
      { pathNot: "^platform/(app/|env\\.d\\.ts)" },
      { couldNotResolve: true },
    ),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^|/)(dist|build|generated|fixtures)/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default"],
      extensions: [".ts", ".tsx", ".mjs", ".js", ".json"],
    },
  },
};
