/**
 * The board is the archive itself: every event names its parent, and the head is the SHA-256 of
 * the last event's bytes (Belenios specification, "Public data"). A scrutineer's terminal rebuilds
 * it from the raw documents and compares the heads.
 */
import { lastOfEach } from "./encrypted_tally";
import { TallyError } from "../errors";
import { grammarOf, mayFollow, plainObject, SUMMED, type EventType, type Grammar } from "./grammar";
import { sha256Base64, sha256Hex } from "../groups/hash";
import { encode, type Json } from "../json";
import { writeTar, type TarEntry } from "./container";
import type { OwnedShuffle } from "./shuffle_owner";
import { readTerms, type Terms } from "../ballots/terms";

interface BoardEntry {
  readonly height: number;
  readonly head: string;
  readonly tracker: string;
}

interface Entry {
  readonly kind: "data" | "event";
  readonly hash: string;
  readonly content: Uint8Array;
}

/** Bytes of an event; the first has no parent, EndBallots has no payload. */
export function eventBytes(parent: string | null, height: number, type: EventType, payload: string | null): Uint8Array {
  const event: Record<string, Json> = {};
  if (parent !== null) event["parent"] = parent;
  event["height"] = height;
  event["type"] = type;
  if (payload !== null) event["payload"] = payload;
  return encode(event);
}

/** Append-only. Throws RangeError when events come in a forbidden order. */
export class Board {
  readonly ballots: Uint8Array[] = [];
  #grammar: Grammar = SUMMED;
  #terms: Terms = { lastCounts: false };
  #entries: Entry[] = [];
  #last: EventType | null = null;
  #head = "";
  #height = -1;
  #fingerprint = "";

  /**
   * Appends the Setup event: its hash is the fingerprint of the poll. The election says which events will be
   * allowed, and which ballots count.
   */
  static open(election: Uint8Array, trustees: Uint8Array, credentials: Uint8Array): Board {
    const board = new Board();
    board.#grammar = grammarOf(election);
    board.#terms = termsOf(election);
    const setup = {
      election: board.#data(election),
      trustees: board.#data(trustees),
      credentials: board.#data(credentials),
    };
    board.#event("Setup", encode(setup));
    board.#fingerprint = board.#head;
    return board;
  }

  /** Height of the last event; Setup has 0. */
  get height(): number {
    return this.#height;
  }

  get head(): string {
    return this.#head;
  }

  get fingerprint(): string {
    return this.#fingerprint;
  }

  /** The chain only; whoever calls has checked the ballot or will. */
  appendBallot(raw: Uint8Array): BoardEntry {
    this.#event("Ballot", raw);
    this.ballots.push(raw);
    return { height: this.#height, head: this.#head, tracker: sha256Base64(raw) };
  }

  endBallots(): void {
    this.#event("EndBallots", null);
  }

  appendEncryptedTally(raw: Uint8Array): void {
    const count = this.counted;
    const encrypted = this.#dataAfter("EncryptedTally", raw);
    this.#event("EncryptedTally", encode({ num_tallied: count, total_weight: count, encrypted_tally: encrypted }));
  }

  /** How many ballots count: all, or one per credential where a later ballot replaces an earlier one. */
  get counted(): number {
    if (!this.#terms.lastCounts) return this.ballots.length;
    return lastOfEach(this.ballots, (raw) => String(plainObject(raw)["credential"])).length;
  }

  /** `owned`: the document that says whose it is. */
  appendShuffle({ owned, raw }: OwnedShuffle): void {
    this.#dataAfter("Shuffle", raw);
    this.#event("Shuffle", owned);
  }

  /** From here on what the last shuffle left is decrypted. */
  endShuffles(): void {
    this.#event("EndShuffles", null);
  }

  /** `owner` counts the flattened list of trustees from 1. */
  appendPartialDecryption(owner: number, raw: Uint8Array): void {
    const payload = this.#dataAfter("PartialDecryption", raw);
    this.#event("PartialDecryption", encode({ owner, payload }));
  }

  appendResult(raw: Uint8Array): void {
    this.#event("Result", raw);
  }

  /** The archive's bytes. `timestamp`: seconds since 1970. */
  toArchive(timestamp: number): Uint8Array {
    const header: TarEntry = { name: "BELENIOS", content: encode({ version: 1, timestamp: timestamp.toString() }) };
    const entries = this.#entries.map(({ kind, hash, content }) => ({ name: `${hash}.${kind}.json`, content }));
    return writeTar([header, ...entries], timestamp);
  }

  #dataAfter(type: EventType, raw: Uint8Array): string {
    this.#demand(type);
    return this.#data(raw);
  }

  #data(content: Uint8Array): string {
    const hash = sha256Hex(content);
    this.#entries.push({ kind: "data", hash, content });
    return hash;
  }

  #demand(type: EventType): void {
    if (!mayFollow(this.#grammar, this.#last, type)) throw new RangeError(`${type} cannot follow ${this.#last ?? "nothing"}`);
  }

  #event(type: EventType, payload: Uint8Array | null): void {
    this.#demand(type);
    const reference = payload === null ? null : this.#data(payload);
    const content = eventBytes(this.#height < 0 ? null : this.#head, this.#height + 1, type, reference);
    this.#head = sha256Hex(content);
    this.#height += 1;
    this.#last = type;
    this.#entries.push({ kind: "event", hash: this.#head, content });
  }
}

function termsOf(election: Uint8Array): Terms {
  const description = plainObject(election)["description"];
  try {
    return readTerms(typeof description === "string" ? description : "");
  } catch (error) {
    // Not an election; its reader will say so.
    if (error instanceof TallyError) return { lastCounts: false };
    throw error;
  }
}
