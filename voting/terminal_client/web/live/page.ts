/** Starts a page: styles, language, window title, Vue. `kind` sets the root type size (see base.css). */
import { createApp, watchEffect, type Component } from "vue";

import "@/kit/design/base.css";
import { i18n, restoreLanguage } from "@/kit/words";

export function startPage(kind: string, root: Component): void {
  document.documentElement.dataset.page = kind;
  restoreLanguage();
  watchEffect(() => (document.title = titleOf(kind)));
  createApp(root).use(i18n).mount("#app");
}

function titleOf(kind: string): string {
  const { t, te } = i18n.global;
  const product = t("common.productName");
  return te(`${kind}.title`) ? `${t(`${kind}.title`)} · ${product}` : product;
}
