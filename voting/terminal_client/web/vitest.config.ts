import vue from "@vitejs/plugin-vue";
import { defineConfig } from "vitest/config";

import { alias, define, webRoot } from "./vite.shared";

export default defineConfig({
  root: webRoot,
  plugins: [vue()],
  define,
  resolve: { alias },
  test: {
    environment: "node",
    include: ["tests/**/*.test.ts"],
    maxWorkers: 2,
    minWorkers: 1,
  },
});
