import { vitePlugin as remix } from "@remix-run/dev";
import { defineConfig } from "vite";
import { dropUnusedVariables } from "./vite/drop-unused-variables.ts";
import { followSystemScheme } from "./vite/follow-system-scheme.ts";
import { markdownPages } from "./vite/markdown-pages.ts";
import { precompress } from "./vite/precompress.ts";

declare module "@remix-run/node" {
  interface Future {
    v3_singleFetch: true;
  }
}

export default defineConfig({
  plugins: [
    markdownPages(),
    precompress(),
    remix({
      appDirectory: "app",
      future: {
        v3_fetcherPersist: true,
        v3_relativeSplatPath: true,
        v3_throwAbortReason: true,
        v3_lazyRouteDiscovery: true,
        v3_singleFetch: true,
        v3_routeConfig: true,
        unstable_optimizeDeps: true,
      },
    }),
  ],
  css: { postcss: { plugins: [dropUnusedVariables, followSystemScheme] } },
  // platform/public belongs to the server (sample models), not to the pages
  publicDir: false,
});
