/** The catalogues and the chosen language. Chinese first; the choice is kept on this device. */
import { createI18n, type I18n } from "vue-i18n";

import en from "./en";
import zh from "./zh";

type Language = "zh" | "en";
type Texts = Record<string, unknown>;
const KEY = "plenary.language";
const htmlLanguage: Record<Language, string> = { zh: "zh-CN", en: "en" };

/** Loosely typed on purpose: the catalogues' own types hold the keys together (see shape.ts). */
export const i18n: I18n<Texts, Texts, Texts, string, false> = createI18n({
  legacy: false,
  locale: "zh",
  fallbackLocale: "zh",
  messages: { zh, en } as never,
}) as never;

/** The language that is not the current one. */
export function otherLanguage(current: string): Language {
  return current === "zh" ? "en" : "zh";
}

/** Switches the page and remembers it. */
export function chooseLanguage(language: Language): void {
  i18n.global.locale.value = language;
  document.documentElement.lang = htmlLanguage[language];
  localStorage.setItem(KEY, language);
}

/** Sets the remembered language at start. */
export function restoreLanguage(): void {
  const kept = localStorage.getItem(KEY);
  chooseLanguage(kept === "en" ? "en" : "zh");
}
