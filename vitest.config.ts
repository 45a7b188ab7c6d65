import { defineConfig } from "vitest/config";

const node = (name: string, root: string, include: string[], extra: object = {}) => ({
  test: { name, root, environment: "node", pool: "forks" as const, include, setupFiles: [], ...extra },
});

const patient = { testTimeout: 120_000, hookTimeout: 120_000 };

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
      // by themselves, with `npm run test:pages`
      node("pages", "./e2e", ["pages/!(access).test.ts"], { ...patient, fileParallelism: false }),
      node("browser", "./e2e", ["**/*.test.ts"], {
        ...patient,
        exclude: ["pages/!(access).test.ts"],
        fileParallelism: false,
      }),
    ],
  },
});
