/**
 * Reading a complete archive: container, chain, grammar (checks 1 to 3 of the verifier). The
 * functions throw TallyError; the verifier gives the failure its number.
 */
import { fromUtf8 } from "../bytes";
import { ensure, TallyError } from "../errors";
import { EVENT_TYPES, grammarOf, isShallow, mayFollow, WITHOUT_PAYLOAD, type EventType, type Grammar } from "./grammar";
import { sha256Hex } from "../groups/hash";
import { MAX_ARCHIVE_BYTES } from "../limits";
import { readTar, type TarEntry } from "./container";

const NAME = /^([0-9a-f]{64})\.(data|event)\.json$/;

interface ArchiveEntry {
  readonly kind: "data" | "event";
  readonly hash: string;
  readonly content: Uint8Array;
}

/** An event with the data that stand between it and the event before. */
export interface ArchiveEvent {
  readonly raw: Uint8Array;
  readonly hash: string;
  readonly parent: string | undefined;
  readonly height: number;
  readonly type: string;
  readonly payload: string | undefined;
  readonly data: readonly ArchiveEntry[];
}

export interface Archive {
  readonly header: Uint8Array;
  readonly entries: readonly ArchiveEntry[];
}

/** A scrutineer's shuffle or partial decryption, and the document that names its owner. */
interface OwnedDocument {
  readonly owned: Uint8Array;
  readonly raw: Uint8Array;
}

/** The documents of a complete record, in the board's order. */
export interface ArchiveDocuments {
  readonly fingerprint: string;
  readonly head: string;
  readonly setup: Uint8Array;
  readonly election: Uint8Array;
  readonly trustees: Uint8Array;
  readonly credentials: Uint8Array;
  readonly ballots: readonly { readonly raw: Uint8Array; readonly height: number; readonly head: string }[];
  /** Null in a recorded poll, like the encrypted tally. */
  readonly sizedTally: Uint8Array | null;
  readonly encryptedTally: Uint8Array | null;
  readonly shuffles: readonly OwnedDocument[];
  readonly decryptions: readonly OwnedDocument[];
  readonly result: Uint8Array;
}

function fail(detail: string): never {
  throw new TallyError("archive_invalid", detail);
}

function demand(holds: boolean, detail: string): asserts holds {
  ensure(holds, "archive_invalid", detail);
}

/** The container. Throws `archive_invalid`. */
export function readArchive(data: Uint8Array): Archive {
  const bearable = data.length > 0 && data.length <= MAX_ARCHIVE_BYTES;
  demand(bearable, `the file has ${data.length} bytes; 1 to ${MAX_ARCHIVE_BYTES} are possible`);
  const { entries, timestamp } = container(data);
  const [first, ...rest] = entries;
  demand(first?.name === "BELENIOS", "the first entry is not BELENIOS");
  const header = parseObject(first.content);
  demand(header["version"] === 1, "only version 1 is known");
  demand(header["timestamp"] === timestamp.toString(), "the header's timestamp is not that of the entries");
  return { header: first.content, entries: rest.map(readEntry) };
}

function container(data: Uint8Array): { readonly entries: readonly TarEntry[]; readonly timestamp: number } {
  try {
    return readTar(data);
  } catch (error) {
    if (error instanceof RangeError || error instanceof TypeError) fail(error.message);
    throw error;
  }
}

function readEntry({ name, content }: TarEntry): ArchiveEntry {
  const [, hash, kind] = NAME.exec(name) ?? fail(`an entry is called ${name}`);
  demand(sha256Hex(content) === hash, `${name} is not named after its content`);
  return { kind: kind === "event" ? "event" : "data", hash, content };
}

function parseObject(content: Uint8Array): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(fromUtf8(content));
    if (typeof value === "object" && value !== null && isShallow(value)) return value as Readonly<Record<string, unknown>>;
  } catch {
    return fail("a document is not JSON in UTF-8");
  }
  return fail("a document is not a JSON object");
}

/** The chain of events: each names the one before and the next height. Throws `archive_invalid`. */
export function readEvents({ entries }: Archive): ArchiveEvent[] {
  const events: ArchiveEvent[] = [];
  let data: ArchiveEntry[] = [];
  for (const entry of entries) {
    if (entry.kind === "data") {
      data.push(entry);
      continue;
    }
    const event = readEvent(entry, data);
    demand(event.parent === events.at(-1)?.hash, `event ${events.length} does not name the event before it`);
    demand(event.height === events.length, `event ${events.length} has another height`);
    events.push(event);
    data = [];
  }
  demand(events.length > 0, "there is no event");
  return events;
}

function readEvent({ content, hash }: ArchiveEntry, data: readonly ArchiveEntry[]): ArchiveEvent {
  const { parent, height, type, payload } = parseObject(content);
  demand(typeof height === "number" && typeof type === "string", "an event has no height or no type");
  return { raw: content, hash, parent: optionalText(parent), height, type, payload: optionalText(payload), data };
}

function optionalText(value: unknown): string | undefined {
  demand(value === undefined || value === null || typeof value === "string", "a hash is not a text");
  return value ?? undefined;
}

/** Order of events and data; a record without a result is refused. Throws `archive_invalid`. */
export function readGrammar({ entries }: Archive, events: readonly ArchiveEvent[]): ArchiveDocuments {
  demand(entries.at(-1)?.kind === "event", "data follow the last event");
  checkOrder(events, grammarOf(events[0]?.data[0]?.content ?? new Uint8Array()));
  const found = (type: EventType): ArchiveEvent[] => events.filter((event) => event.type === type);
  const only = (type: EventType): ArchiveEvent => found(type)[0] ?? fail(`there is no ${type}`);
  const [election, trustees, credentials] = referenced(only("Setup"), ["election", "trustees", "credentials"]);
  const [tally] = found("EncryptedTally");
  return {
    fingerprint: only("Setup").hash,
    head: only("Result").hash,
    setup: payload(only("Setup"), 4),
    election,
    trustees,
    credentials,
    ballots: found("Ballot").map((event) => ({ raw: payload(event, 1), height: event.height, head: event.hash })),
    sizedTally: tally === undefined ? null : payload(tally, 2),
    encryptedTally: tally === undefined ? null : referenced(tally, ["encrypted_tally"])[0],
    shuffles: found("Shuffle").map(readOwned),
    decryptions: found("PartialDecryption").map(readOwned),
    result: payload(only("Result"), 1),
  };
}

function checkOrder(events: readonly ArchiveEvent[], grammar: Grammar): void {
  let last: EventType | null = null;
  for (const { type, payload, data } of events) {
    demand(isEventType(type), "an event of unknown type");
    demand(mayFollow(grammar, last, type), `${type} cannot follow ${last ?? "nothing"}`);
    const bare = !WITHOUT_PAYLOAD.includes(type) || (payload === undefined && data.length === 0);
    demand(bare, `${type} has a payload`);
    last = type;
  }
  demand(last === "Result", `the record is incomplete: it ends with ${last ?? "nothing"}`);
}

function readOwned(event: ArchiveEvent): OwnedDocument {
  return { owned: payload(event, 2), raw: referenced(event, ["payload"])[0] };
}

function isEventType(type: string): type is EventType {
  return (EVENT_TYPES as readonly string[]).includes(type);
}

/** The event's payload: the last of exactly `count` data right before it. */
function payload(event: ArchiveEvent, count: number): Uint8Array {
  const last = event.data.at(-1);
  demand(event.data.length === count && last !== undefined, `${event.type} comes with other data than it names`);
  demand(last.hash === event.payload, `the payload of ${event.type} does not stand before it`);
  return last.content;
}

type Contents<K extends readonly string[]> = { [I in keyof K]: Uint8Array };

/** The data that the payload names under `keys`, which stand before it in this order. */
function referenced<const K extends readonly string[]>(event: ArchiveEvent, keys: K): Contents<K> {
  const names = parseObject(payload(event, keys.length + 1));
  return keys.map((key, i) => {
    const entry = event.data[i] ?? fail("a document is missing");
    demand(entry.hash === names[key], `${key} of ${event.type} does not stand before it`);
    return entry.content;
  }) as unknown as Contents<K>;
}
