/** Starts a page: styles, language, Vue. `kind` sets the root type size (see base.css). */
import { createApp, type Component } from "vue";

import "./design/base.css";
import { i18n, restoreLanguage } from "./i18n";

export function startPage(kind: string, root: Component): void {
  document.documentElement.dataset.page = kind;
  restoreLanguage();
  createApp(root).use(i18n).mount("#app");
}
