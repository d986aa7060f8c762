/** Looks at each page in each state from fixtures; a development server only, never part of the build. */
import { resolve } from "node:path";

import vue from "@vitejs/plugin-vue";
import { defineConfig } from "vite";

import { alias, define, pageTemplate, webRoot } from "./vite.shared";

export default defineConfig({
  root: webRoot,
  plugins: [vue(), pageTemplate({ look: '<script type="module" src="/tests/look/main.ts"></script>' })],
  define,
  resolve: { alias },
  cacheDir: resolve(webRoot, "node_modules/.vite-harness"),
  // The catalogues stand above the pages.
  server: { fs: { allow: [resolve(webRoot, "../..")] }, port: 5199, strictPort: true, host: "127.0.0.1" },
});
