/** The catalogues' texts as forms (voting/words): the one that holds for each kind and way of voting, ready to be looked up. */
import type { Article, Medium, OutcomeKind, PollKind } from "@/live/wire.gen";

/** How votes were cast, as far as words differ. */
export type Way = Medium | "show_of_hands";

/** How an outcome is put: a poll that is void because too few took part has words of its own. */
export type Ending = OutcomeKind | "too_few";

/** A text, or several by "kind.way", "kind", "way" (of problems: "place.case", "place") and "other"; the most specific holds. */
type Form = string | Readonly<Record<string, string>>;

/** What a kind of poll calls its things; see KindWords in voting/words. */
type Kinds = Readonly<Record<PollKind, Readonly<Record<string, string>>>>;

type Forms = Record<PollKind, Record<Way, string>>;

const WAYS = { electronic: true, by_hand: true, mixed: true, show_of_hands: true } satisfies Record<Way, true>;
const IN_FORM = "form";
const PLACEHOLDER = /\{(\w+)\}/g;

/** Every text for every kind and way, the kind's words in their places; the other placeholders are left to vue-i18n. */
export function formsOf<Code extends string>(texts: Readonly<Record<Code, Form>>, kinds: Kinds, idle: Form): Record<Code, Forms> {
  return mapped(texts, (form) =>
    mapped(kinds, (words, kind) =>
      mapped(WAYS, (_, way) => filled(chosen(form, kind, way), { ...words, idle: chosen(idle, kind, way) })),
    ),
  );
}

/** One word of every kind. */
export function wordOf<Name extends string>(
  kinds: Readonly<Record<PollKind, Readonly<Record<Name, string>>>>,
  name: Name,
): Record<PollKind, string> {
  return mapped(kinds, (words) => words[name]);
}

/** Where the words of an article stand below their table. */
export function articleKey(article: Article): string {
  return article.replace(" ", "");
}

/** Articles of the law in words, by `articleKey`. */
export function articleWords(texts: Readonly<Record<Article, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).map(([article, text]) => [articleKey(article as Article), text]));
}

/** Where a text of `formsOf` stands below its table. */
export function formKey(code: string, kind: PollKind, way: Way = "electronic"): string {
  return `${code}.${kind}.${way}`;
}

/** What is said of the problems of a plan where no place has words of its own, by code. */
export function problemsAnywhere<Code extends string>(texts: Readonly<Record<Code, Form>>): Record<Code, string> {
  return mapped(texts, (form) => first(form, []));
}

/** What is said of them at a field of a form, by code and case; "other": whatever the case. */
export function problemsInForm<Code extends string>(texts: Readonly<Record<Code, Form>>): Record<Code, Record<string, string>> {
  return mapped(texts, (form) => ({ ...casesOf(form), other: first(form, [IN_FORM]) }));
}

function casesOf(form: Form): Record<string, string> {
  if (typeof form === "string") return {};
  const cases = Object.entries(form).filter(([key]) => key.startsWith(`${IN_FORM}.`));
  return Object.fromEntries(cases.map(([key, text]) => [key.slice(IN_FORM.length + 1), text]));
}

function chosen(form: Form, kind: string, way: string): string {
  return first(form, [`${kind}.${way}`, kind, way]);
}

/** The form by the first of the keys that it has, else by "other". */
function first(form: Form, keys: readonly string[]): string {
  if (typeof form === "string") return form;
  const key = [...keys, "other"].find((one) => one in form) ?? "";
  return form[key] ?? "";
}

function filled(text: string, words: Readonly<Record<string, string>>): string {
  return text.replace(PLACEHOLDER, (all, name: string) => words[name] ?? all);
}

function mapped<Key extends string, From, To>(from: Readonly<Record<Key, From>>, make: (value: From, key: Key) => To): Record<Key, To> {
  const entries = Object.entries(from) as [Key, From][];
  return Object.fromEntries(entries.map(([key, value]) => [key, make(value, key)])) as Record<Key, To>;
}
