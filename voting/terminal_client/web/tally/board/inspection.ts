/**
 * The costly checks of single ballots, in slices, so that several threads can share them. Which
 * thread checked a ballot does not matter: each slice is told the whole election and finds the same fault.
 */
import { ballotElements, checkProofs, checkSignature, readBallot, testedElements, type Ballot } from "../ballots/ballot";
import type { Election } from "./election";
import { TallyError, type TallyCode } from "../errors";
import { pause } from "../pause";

/** Membership of every element, the signature, the proofs; or all of it. Signature and proofs take membership as tested. */
export type Stage = "elements" | "signature" | "proofs" | "whole";

/** The first ballot of a list that does not hold, and why. */
export interface Fault {
  readonly index: number;
  readonly code: TallyCode;
  readonly detail: string;
}

export interface Slice {
  readonly election: Uint8Array;
  readonly stage: Stage;
  readonly ballots: readonly Uint8Array[];
}

/** Another thread that inspects a slice of ballots. Rejects when it cannot answer. */
export type Helper = (slice: Slice) => Promise<Fault | null>;

/** Small, so that all threads end at about the same time. */
const SLICE_SIZE = 4;

const STAGES: Readonly<Record<Stage, (election: Election, ballot: Ballot) => void>> = {
  elements: (election, ballot) => void ballotElements(election, ballot),
  signature: (election, ballot) => {
    checkSignature(election, ballot, testedElements(election, ballot));
  },
  proofs: (election, ballot) => {
    checkProofs(election, ballot, testedElements(election, ballot));
  },
  whole: (election, ballot) => {
    const elements = ballotElements(election, ballot);
    checkSignature(election, ballot, elements);
    checkProofs(election, ballot, elements);
  },
};

/** What a helper does: reads each ballot and checks one stage of it. */
export function inspectSlice(election: Election, { stage, ballots }: Slice): Fault | null {
  for (const [index, raw] of ballots.entries()) {
    const fault = inspectOne(election, stage, index, () => readBallot(election, raw));
    if (fault !== null) return fault;
  }
  return null;
}

function inspectOne(election: Election, stage: Stage, index: number, read: () => Ballot): Fault | null {
  try {
    STAGES[stage](election, read());
    return null;
  } catch (error) {
    if (error instanceof TallyError) return { index, code: error.code, detail: error.detail };
    throw error;
  }
}

/**
 * Checks one stage of all the ballots, here and with the helpers; helpers that are added on the way are asked as well.
 * `step` reports progress. The fault that is told is that of the first ballot that has one, however the work was shared.
 */
export async function inspectAll(
  election: Election,
  stage: Stage,
  ballots: readonly Ballot[],
  helpers: Iterable<Helper>,
  step: (done: number, total: number) => Promise<void>,
): Promise<Fault | null> {
  const shared = new SharedWork(election, stage, ballots, step);
  const others = new Map<Helper, Promise<void>>();
  await shared.here(() => {
    for (const helper of helpers) if (!others.has(helper)) others.set(helper, shared.with(helper));
  });
  await Promise.all(others.values());
  return shared.fault;
}

/** Hands out ballots from first to last; after a fault only those before it matter, and they are handed out already. */
class SharedWork {
  fault: Fault | null = null;
  #next = 0;
  #done = 0;

  constructor(
    readonly election: Election,
    readonly stage: Stage,
    readonly ballots: readonly Ballot[],
    readonly step: (done: number, total: number) => Promise<void>,
  ) {}

  /** `recruit` is called before each ballot. */
  async here(recruit: () => void): Promise<void> {
    for (let first = this.#take(1); first !== null; first = this.#take(1)) {
      recruit();
      await this.step(this.#done, this.ballots.length);
      this.#inspectHere(first);
    }
  }

  async with(helper: Helper): Promise<void> {
    for (let first = this.#take(SLICE_SIZE); first !== null; first = this.#take(SLICE_SIZE)) {
      const ballots = this.ballots.slice(first, first + SLICE_SIZE).map(({ raw }) => raw);
      try {
        const fault = await helper({ election: this.election.raw, stage: this.stage, ballots });
        this.#note(first, ballots.length, fault);
      } catch {
        // A thread that broke is done without.
        for (let i = 0; i < ballots.length; i++) {
          await pause();
          this.#inspectHere(first + i);
        }
        return;
      }
      await this.step(this.#done, this.ballots.length);
    }
  }

  #take(size: number): number | null {
    if (this.fault !== null || this.#next >= this.ballots.length) return null;
    const first = this.#next;
    this.#next = Math.min(first + size, this.ballots.length);
    return first;
  }

  #inspectHere(place: number): void {
    const ballot = this.ballots[place];
    if (ballot !== undefined) this.#note(place, 1, inspectOne(this.election, this.stage, 0, () => ballot));
  }

  #note(first: number, size: number, fault: Fault | null): void {
    this.#done += size;
    const index = first + (fault?.index ?? 0);
    if (fault !== null && (this.fault === null || index < this.fault.index)) this.fault = { ...fault, index };
  }
}
