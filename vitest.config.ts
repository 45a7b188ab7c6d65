import { defineConfig } from "vitest/config";

const node = (name: string, root: string, include: string[], extra: object = {}) => ({
  test: { name, root, environment: "node", pool: "forks" as const, include, setupFiles: [], ...extra },
});

// a page may wait for the file that runs beside it
const patient = { testTimeout: 120_000, hookTimeout: 120_000, expect: { poll: { timeout: 10_000 } } };
/** What measures time, or fills the machine by itself: these run one by one, when all others are done. */
const alone = ["jobs/hostile-pictures.test.ts", "redis/redis.test.ts", "topology/topology.test.ts"];

export default defineConfig({
  test: {
    // two cores: more workers than that only make the timed tests lie
    maxWorkers: 2,
    // `npm test` starts a server when none is named (scripts/ensure-mongo.mjs)
    provide: { mongoUrl: process.env.MONGO_TEST_URL ?? "" },
    projects: [
      node("engine", "./platform/engine", ["**/*.test.ts"], { testTimeout: 60_000, hookTimeout: 60_000 }),
      {
        test: {
          name: "platform",
          root: "./platform",
          environment: "node",
          pool: "forks" as const,
          include: ["**/*.test.ts", "**/*.test.tsx"],
          exclude: ["engine/**", "build/**", "**/node_modules/**"],
          testTimeout: 30_000,
        },
      },
      node("data", "./prisma", ["**/*.test.ts"], { testTimeout: 30_000 }),
      {
        oxc: { jsx: { runtime: "classic", pragma: "h", pragmaFrag: "Fragment" } },
        esbuild: { target: "es2022", jsx: "transform", jsxFactory: "h", jsxFragment: "Fragment" },
        test: { name: "widget", root: "./widget", environment: "happy-dom", include: ["src/**/*.test.{ts,tsx}"] },
      },
      node("demo-store", "./demo-store", ["**/*.test.ts"]),
      node("scripts", "./scripts", ["**/*.test.ts"]),
      node("browser", "./e2e", ["**/*.test.ts"], { ...patient, exclude: alone }),
      node("alone", "./e2e", alone, { ...patient, fileParallelism: false }),
    ],
  },
});
