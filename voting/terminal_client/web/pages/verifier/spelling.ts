/**
 * The one spelling of what records state in JSON (voting/record/spelling.py says the same): what the server's encoder
 * writes, and nothing else. Nesting is measured before a parser is asked, so that no engine's stack decides.
 */
const MAX_NESTING = 32;

/** Says whether a parsed value has a form. */
export type Shape = (value: unknown) => boolean;

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|true|false|null|-?[1-9][0-9]*|0/y;
const SURROGATE = /\p{Surrogate}/u;

/** The value of this form that is written in its one spelling; undefined when it is not. */
export function readSpelled(raw: string, shape: Shape): unknown {
  if (nesting(raw) > MAX_NESTING || !hasPlainTokens(raw)) return undefined;
  const value = parsed(raw);
  // A field given twice is lost in reading; keys that look like numbers may change their order, but never the length.
  return value !== undefined && shape(value) && JSON.stringify(value).length === raw.length ? value : undefined;
}

function parsed(raw: string): unknown {
  try {
    return JSON.parse(raw) as unknown;
  } catch {
    return undefined;
  }
}

/** How deep brackets stand within brackets; those inside texts do not count. */
function nesting(raw: string): number {
  let [depth, deepest, inside, escaped] = [0, 0, false, false];
  for (const character of raw) {
    if (inside) {
      inside = escaped || character !== '"';
      escaped = character === "\\" && !escaped;
    } else if (character === '"') inside = true;
    else if (character === "[" || character === "{") deepest = Math.max(deepest, ++depth);
    else if (character === "]" || character === "}") depth -= 1;
  }
  return deepest;
}

/** No blanks, whole numbers, and every text as the encoder writes it. */
function hasPlainTokens(raw: string): boolean {
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < raw.length) {
    const [token] = TOKEN.exec(raw) ?? [];
    if (token === undefined) return false;
    if (token.startsWith('"') && !isPlainText(token)) return false;
  }
  return true;
}

function isPlainText(token: string): boolean {
  const text = parsed(token);
  return typeof text === "string" && !SURROGATE.test(text) && JSON.stringify(text) === token;
}

export const text: Shape = (value) => typeof value === "string";
export const whole: Shape = (value) => Number.isSafeInteger(value);
export const flag: Shape = (value) => typeof value === "boolean";

export function matching(pattern: RegExp): Shape {
  return (value) => typeof value === "string" && pattern.test(value);
}

export function oneOf(...values: readonly unknown[]): Shape {
  return (value) => values.includes(value);
}

export function between(least: number, most: number): Shape {
  return (value) => whole(value) && least <= Number(value) && Number(value) <= most;
}

export function nullOr(shape: Shape): Shape {
  return (value) => value === null || shape(value);
}

export function listOf(shape: Shape): Shape {
  return (value) => Array.isArray(value) && value.every(shape);
}

/** A list of exactly these, in this order. */
export function tuple(...shapes: readonly Shape[]): Shape {
  return (value) => Array.isArray(value) && value.length === shapes.length && shapes.every((shape, i) => shape(value[i]));
}

/** An object of any form, whose numbers every reader holds exactly. */
export const unread: Shape = (value) => isObject(value) && isHeldExactly(value);

function isHeldExactly(value: unknown): boolean {
  if (typeof value === "number") return Number.isSafeInteger(value);
  return typeof value !== "object" || value === null || Object.values(value).every(isHeldExactly);
}

/** An object with values of one form, under any keys. */
export function mapOf(shape: Shape): Shape {
  return (value) => isObject(value) && Object.values(value).every(shape);
}

/** A field that may be left out, as earlier releases did. */
export function since(shape: Shape): Shape {
  const later: Shape = (value) => shape(value);
  LATER.add(later);
  return later;
}

const LATER = new WeakSet<Shape>();

/** An object with exactly these fields in this order. */
export function fields(shapes: Readonly<Record<string, Shape>>): Shape {
  const expected = Object.entries(shapes);
  return (value) => {
    if (!isObject(value)) return false;
    const found = Object.entries(value);
    const asked = expected.filter(([key, shape]) => Object.hasOwn(value, key) || !LATER.has(shape));
    return found.length === asked.length && asked.every(([key, shape], i) => found[i]?.[0] === key && shape(found[i]?.[1]));
  };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
