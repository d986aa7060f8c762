/**
 * What a seat must not lose: the poll's signing credential, a ballot on its way, and the receipts.
 *
 * Kept in localStorage, per delegate and poll: sessionStorage dies with the tab, and a credential lost between
 * preparation and voting could not be replaced, since the list is frozen when the poll opens. A credential says nothing
 * about a choice, and a pending ballot is encrypted, as everybody will see it on the board; the choice itself and the
 * randomness of its encryption are never kept. A ballot is deleted as soon as its receipt has been checked; the credential
 * with it, or when the poll ends where a delegate may vote again. Receipts stay, one for each ballot.
 */
import type { Receipt } from "@/live/wire.gen";

/** A signing credential; both halves as texts. */
export interface KeptCredential {
  readonly private: string;
  readonly public: string;
}

/** A ballot on its way, byte for byte. `stored`: the server has acknowledged it as durable. */
export interface PendingBallot {
  readonly ballot: string;
  readonly tracker: string;
  readonly stored: boolean;
}

export interface Kept {
  readonly credentials: readonly KeptCredential[];
  readonly pending: PendingBallot | null;
}

/** A receipt with what a person needs to recognise it. */
export interface KeptReceipt {
  readonly poll: string;
  readonly title: string;
  readonly receipt: Receipt;
}

/** What secret ballots are encrypted to, and what receipts are signed with. */
type PinnedKind = "key" | "server_key";

/** The keys that this terminal was shown first; `key` is null before the scrutineers have made one. */
export interface Pinned {
  readonly key: string | null;
  readonly serverKey: string | null;
}

/** Whether a later ballot of the same poll has a receipt too: then that one counts, and this one is evidence only. */
export function replaced(receipts: readonly KeptReceipt[], { receipt }: KeptReceipt): boolean {
  return receipts.some(
    ({ receipt: other }) => other.election_uuid === receipt.election_uuid && other.height > receipt.height,
  );
}

/** The part of Storage that is used; replaceable in tests and where the browser forbids storage. */
export type Shelf = Pick<Storage, "getItem" | "setItem" | "removeItem">;

const EMPTY: Kept = { credentials: [], pending: null };

/** The browser's localStorage, or a shelf that lasts as long as the page where the browser forbids it. */
export function browserShelf(): Shelf {
  try {
    localStorage.setItem("plenary.probe", "1");
    localStorage.removeItem("plenary.probe");
    return localStorage;
  } catch {
    return memoryShelf();
  }
}

/** A shelf in memory. */
export function memoryShelf(): Shelf {
  const held = new Map<string, string>();
  return {
    getItem: (key) => held.get(key) ?? null,
    setItem: (key, value) => void held.set(key, value),
    removeItem: (key) => void held.delete(key),
  };
}

/** Everything one delegate's terminal keeps. */
export class Keeping {
  readonly #shelf: Shelf;
  readonly #delegate: string;

  constructor(shelf: Shelf, delegate: string) {
    this.#shelf = shelf;
    this.#delegate = delegate;
  }

  /** What is kept for the poll with this election uuid. */
  of(uuid: string): Kept {
    return this.#read<Kept>(this.#pollKey(uuid)) ?? EMPTY;
  }

  /** Adds a credential; earlier ones stay, since only the server knows which registration arrived. */
  addCredential(uuid: string, credential: KeptCredential): void {
    const kept = this.of(uuid);
    this.#write(this.#pollKey(uuid), { ...kept, credentials: [...kept.credentials, credential] });
  }

  /** Puts the ballot on its way, or takes it off (null). */
  setPending(uuid: string, pending: PendingBallot | null): void {
    this.#write(this.#pollKey(uuid), { ...this.of(uuid), pending });
  }

  /** Deletes credential and ballot of a poll. */
  forget(uuid: string): void {
    this.#shelf.removeItem(this.#pollKey(uuid));
  }

  /** All receipts of this delegate on this terminal, oldest first. */
  receipts(): readonly KeptReceipt[] {
    return this.#read<KeptReceipt[]>(this.#receiptsKey()) ?? [];
  }

  /** Whether the receipt of this ballot was checked and kept earlier. */
  knows(tracker: string): boolean {
    return this.receipts().some(({ receipt }) => receipt.tracker === tracker);
  }

  /** Keeps a receipt once; those of earlier ballots in the same poll stay. */
  addReceipt(kept: KeptReceipt): void {
    if (!this.knows(kept.receipt.tracker)) this.#write(this.#receiptsKey(), [...this.receipts(), kept]);
  }

  /** A key of this sitting: the first of its kind that this terminal was shown, and no other. */
  pinned(kind: PinnedKind, sitting: string, key: string): string {
    const place = `plenary.${kind}.${this.#delegate}.${sitting}`;
    if (this.#read<string>(place) === null) this.#write(place, key);
    return this.#read<string>(place) ?? key;
  }

  #pollKey(uuid: string): string {
    return `plenary.seat.${this.#delegate}.${uuid}`;
  }

  #receiptsKey(): string {
    return `plenary.receipts.${this.#delegate}`;
  }

  #read<Value>(key: string): Value | null {
    const text = this.#shelf.getItem(key);
    return text === null ? null : (JSON.parse(text) as Value);
  }

  #write(key: string, value: unknown): void {
    this.#shelf.setItem(key, JSON.stringify(value));
  }
}
