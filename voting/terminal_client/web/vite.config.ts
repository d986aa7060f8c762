import { resolve } from "node:path";

import vue from "@vitejs/plugin-vue";
import { defineConfig } from "vite";

import { integrity } from "./vite.integrity";
import { alias, define, htmlOf, pages, pageTemplate, webRoot } from "./vite.shared";

export default defineConfig({
  root: webRoot,
  base: "/",
  plugins: [vue(), pageTemplate(pages), integrity()],
  define,
  resolve: { alias },
  worker: { format: "es" },
  build: {
    outDir: resolve(webRoot, "../../server/static"),
    emptyOutDir: true,
    target: "es2022",
    assetsDir: "assets",
    // No data: URLs, so that the content security policy can name 'self' alone.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1500,
    rollupOptions: {
      input: Object.fromEntries(Object.keys(pages).map((page) => [page, htmlOf(page)])),
    },
  },
});
