/** What the build, the tests and the look-at-it harness must agree on. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";

import type { Plugin } from "vite";

import { PAGES } from "./live/wire.gen";

export const webRoot = fileURLToPath(new URL(".", import.meta.url));

/** "@words": the catalogues that reports and commands read as well. */
export const alias = { "@words": resolve(webRoot, "../../words"), "@": webRoot.replace(/\/$/, "") };

/** vue-i18n flags: messages are interpreted, never compiled with `new Function`, so a strict CSP can stay. */
export const define = {
  __VUE_OPTIONS_API__: "false",
  __VUE_PROD_DEVTOOLS__: "false",
  __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: "false",
  __VUE_I18N_FULL_INSTALL__: "false",
  __VUE_I18N_LEGACY_API__: "false",
  __INTLIFY_JIT_COMPILATION__: "true",
  __INTLIFY_DROP_MESSAGE_COMPILER__: "false",
  __INTLIFY_PROD_DEVTOOLS__: "false",
};

const startOf = (page: string): string => `<script type="module">
  import { startPage } from "/live/page.ts";
  import App from "/pages/${page}/App.vue";
  startPage("${page}", App);
</script>`;

/** The folder that each page is built into, and the script that starts it. */
export const pages = Object.fromEntries(Object.keys(PAGES).map((page) => [page, startOf(page)]));

/** Where the build looks for a page's HTML; `pageTemplate` makes it from page.html. */
export const htmlOf = (page: string): string => resolve(webRoot, page, "index.html");

/** Every page's HTML is page.html with its own script element; in the build by input file, in the harness by address. */
export function pageTemplate(scripts: Readonly<Record<string, string>>): Plugin {
  const page = (script: string): string => readFileSync(resolve(webRoot, "page.html"), "utf8").replace("<!-- START -->", script);
  const byFile = new Map(Object.entries(scripts).map(([name, script]) => [htmlOf(name), script]));
  return {
    name: "page-template",
    resolveId: (id) => (byFile.has(id) ? id : null),
    load: (id) => {
      const script = byFile.get(id);
      return script === undefined ? null : page(script);
    },
    configureServer: (server) => {
      server.middlewares.use((request, response, next) => {
        const address = request.originalUrl ?? "/";
        const script = byFile.get(htmlOf(address.replace(/[?#].*$/, "").replace(/^\/|\/$/g, "")));
        if (script === undefined) return next();
        server.transformIndexHtml(address, page(script)).then((html) => {
          response.setHeader("Content-Type", "text/html; charset=utf-8");
          response.end(html);
        }, next);
      });
    },
  };
}
