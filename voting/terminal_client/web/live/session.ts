/** Who is logged in on this page. The token lives in sessionStorage, one per kind of page, and dies with the tab. */
import { isWireRefusal, Refusal, refusalOf } from "./refusal";
import { AUDIENCES, type Audience, type LoggedIn } from "./wire.gen";

/** A page with a log-in, by the view that it shows. */
export type PageKind = Exclude<Audience, "public">;

/** The browser may ask over a line that it kept open and that is dead by now; the next attempt takes another one. */
const ANSWER_WITHIN_MS = 12_000;

const keyOf = (page: PageKind): string => `plenary.session.${page}`;

/** The session kept in this tab, or null. */
export function currentSession(page: PageKind): LoggedIn | null {
  const text = sessionStorage.getItem(keyOf(page));
  return text === null ? null : (JSON.parse(text) as LoggedIn);
}

/** Ends the session of this tab. */
export function endSession(page: PageKind): void {
  sessionStorage.removeItem(keyOf(page));
}

/**
 * Logs in with a personal code (spaces and hyphens do not matter).
 * Raises Refusal: code_unknown, too_many_attempts, not_your_role (a code of another page), unreachable.
 */
export async function logIn(page: PageKind, code: string): Promise<LoggedIn> {
  const session = await post("/api/login", { code: code.replace(/[\s-]/g, "") });
  const joined: readonly Audience[] = AUDIENCES[session.role];
  if (!joined.includes(page)) throw new Refusal("not_your_role");
  sessionStorage.setItem(keyOf(page), JSON.stringify(session));
  return session;
}

async function post(path: string, body: unknown): Promise<LoggedIn> {
  return ask<LoggedIn>(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
}

/** A JSON document of the server, with this session's token. Raises Refusal (the server's, or unreachable). */
export async function fetchJson<Document>(path: string, token?: string): Promise<Document> {
  return ask<Document>(path, token ? { headers: { Authorization: `Bearer ${token}` } } : {});
}

/** By hand, as AbortSignal.timeout is younger than some terminals' browsers; a long answer may take longer to arrive. */
async function ask<Document>(path: string, options: RequestInit): Promise<Document> {
  const giveUp = new AbortController();
  const timer = setTimeout(() => giveUp.abort(), ANSWER_WITHIN_MS);
  try {
    return await answerOf<Document>(await fetch(path, { ...options, signal: giveUp.signal }).finally(() => clearTimeout(timer)));
  } catch (error) {
    throw error instanceof Refusal ? error : new Refusal("unreachable");
  }
}

async function answerOf<Document>(response: Response): Promise<Document> {
  const body: unknown = await response.json().catch(() => null);
  if (response.ok && body !== null) return body as Document;
  const refusal = (body as { refusal?: unknown } | null)?.refusal;
  throw isWireRefusal(refusal) ? refusalOf({ ...refusal, params: refusal.params ?? {} }) : new Refusal("unreachable");
}

/** The code in a `#code=` fragment or in scanned text (a link or the bare code), or null. */
export function codeIn(text: string): string | null {
  const match = /(?:^|[#&])code=([^&]+)/.exec(text);
  const code = match?.[1] ? decodeURIComponent(match[1]) : text.trim();
  return /^[0-9A-Za-z][0-9A-Za-z\s-]{3,30}$/.test(code) ? code : null;
}

/** Takes the code out of the address bar, so that it stays neither visible nor in the history. */
export function takeCodeFromAddress(): string | null {
  const fragment = window.location.hash;
  if (!fragment.includes("code=")) return null;
  history.replaceState(null, "", window.location.pathname + window.location.search);
  return codeIn(fragment);
}
