/** The catalogues and the chosen language. Chinese first; the choice is kept on this device. */
import { createI18n } from "vue-i18n";

import en from "./en";
import zh from "./zh";

export type Language = "zh" | "en";
const KEY = "plenary.language";
const htmlLanguage: Record<Language, string> = { zh: "zh-CN", en: "en" };

export const i18n = createI18n({
  legacy: false,
  locale: "zh",
  fallbackLocale: "zh",
  messages: { zh, en } as { zh: Record<string, unknown>; en: Record<string, unknown> } as never,
});

const locale = (): { value: string } => i18n.global.locale as unknown as { value: string };

/** The language that is not the current one. */
export function otherLanguage(current: string): Language {
  return current === "zh" ? "en" : "zh";
}

/** Switches the page and remembers it. */
export function chooseLanguage(language: Language): void {
  locale().value = language;
  document.documentElement.lang = htmlLanguage[language];
  localStorage.setItem(KEY, language);
}

/** Sets the remembered language at start. */
export function restoreLanguage(): void {
  const kept = localStorage.getItem(KEY);
  chooseLanguage(kept === "en" ? "en" : "zh");
}
