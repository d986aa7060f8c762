/** Serves the fixtures of console, scrutineer and verifier, so that a person can look at every state without a server. */
import { fileURLToPath } from "node:url";

import vue from "@vitejs/plugin-vue";
import { defineConfig } from "vite";

import { alias, define } from "../../../vite.shared";

export default defineConfig({
  root: fileURLToPath(new URL("../../..", import.meta.url)),
  plugins: [vue()],
  define,
  resolve: { alias },
  worker: { format: "es" },
  server: { host: "127.0.0.1", strictPort: true },
});
