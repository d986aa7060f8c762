/** What the build, the tests and the look-at-it harness must agree on. */
import { fileURLToPath } from "node:url";

export const webRoot = fileURLToPath(new URL(".", import.meta.url));

export const alias = { "@": webRoot.replace(/\/$/, "") };

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

export const pages = ["index", "seat", "console", "screen", "scrutineer", "verifier"] as const;
