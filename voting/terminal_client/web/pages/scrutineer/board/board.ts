/**
 * A sealed ballot box, rebuilt and checked on this terminal before anything is shuffled or decrypted. The order of the
 * checks is the order in which they are shown; each raises BoardProblem, none returns a verdict.
 */
import type { TallyClient } from "@/tally/worker/client";
import type { OwnShuffles } from "@/tally/board/shuffle_owner";
import { TallyError } from "@/tally/errors";
import type { BoardRecords } from "@/live/wire.gen";
import { leastIn } from "./least";

/** The last one is for polls that are shuffled only. */
export const BOARD_CHECKS = ["fetch", "setup", "trustees", "ballots", "chain", "returned", "enough", "tally", "one", "shuffles"] as const;
export type BoardCheck = (typeof BOARD_CHECKS)[number];

export interface BoardStep {
  readonly check: BoardCheck;
  readonly status: "running" | "passed" | "failed";
  readonly done: number;
  readonly total: number;
}

/** A check of the board that does not hold. */
export class BoardProblem extends Error {
  readonly check: BoardCheck;
  readonly detail: string;

  constructor(check: BoardCheck, detail: string) {
    super(`${check}: ${detail}`);
    this.name = "BoardProblem";
    this.check = check;
    this.detail = detail;
  }
}

/** The documents of a board up to the encrypted tally, as texts. */
export interface BoardDocuments {
  readonly election: string;
  readonly trustees: string;
  readonly credentials: string;
  readonly ballots: readonly string[];
  /** Parent of the EncryptedTally event: the head after the last ballot's end. */
  readonly closedHead: string;
  readonly encryptedTally: string;
  /** In order. */
  readonly shuffles: readonly ShuffleDocuments[];
}

/** `owner`: the scrutineer's index, as `owned` says it, the document that signs the shuffle. */
interface ShuffleDocuments {
  readonly owner: number;
  readonly owned: string;
  readonly text: string;
}

/** Sorts the records of a sealed board. Throws BoardProblem("fetch") when they are not those of one. */
export function readRecords({ records }: BoardRecords): BoardDocuments {
  let setup: readonly string[] | null = null;
  let tally: { closedHead: string; text: string } | null = null;
  const ballots: string[] = [];
  const shuffles: ShuffleDocuments[] = [];
  let data: string[] = [];
  for (const { kind, text } of records) {
    if (kind === "data") {
      data.push(text);
      continue;
    }
    const event = parsed(text, "an event");
    if (event.type === "Setup") setup = data;
    else if (event.type === "Ballot") ballots.push(data.at(-1) ?? "");
    else if (event.type === "EncryptedTally") tally = { closedHead: String(event.parent), text: data[0] ?? "" };
    else if (event.type === "Shuffle") shuffles.push(ownedBy(data.at(-1) ?? "", data[0] ?? ""));
    data = [];
  }
  const [election, trustees, credentials] = setup ?? [];
  if (election === undefined || trustees === undefined || credentials === undefined || tally === null) {
    throw new BoardProblem("fetch", "the board is not sealed, or its records are incomplete");
  }
  const { closedHead, text: encryptedTally } = tally;
  return { election, trustees, credentials, ballots, closedHead, encryptedTally, shuffles };
}

function ownedBy(owned: string, text: string): ShuffleDocuments {
  return { owner: Number(parsed(owned, "a shuffle's owner").owner), owned, text };
}

function parsed(text: string, what: string): { type?: unknown; parent?: unknown; owner?: unknown } {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null) return value;
  } catch {
    throw new BoardProblem("fetch", `${what} is not JSON`);
  }
  throw new BoardProblem("fetch", `${what} is not an object`);
}

/** What this terminal knows from elsewhere and holds the board against. */
export interface Expectations {
  /** The fingerprint shown to the whole hall since the opening. */
  readonly fingerprint: string;
  /** The trustees document that came out of the ceremony. */
  readonly trustees: string;
  /** This scrutineer's number, and own last ceremony message. */
  readonly index: number;
  readonly ownMessage: string;
  /** 收回: the number of ballots the hall was told. */
  readonly returned: number;
  /** The fewest ballots that may be opened, by the rules that everybody is shown; 0 where they ask for none. */
  readonly least: number;
  /** This scrutineer's signature on a closed board of an election; null where none was made. */
  readonly keptSignature: (uuid: string) => string | null;
}

/** What this terminal rebuilt: the election's identifier and the head of its closed board. */
export interface RebuiltHere {
  readonly uuid: string;
  readonly closedHead: string;
}

/**
 * Runs every check but that of the shuffles; afterwards, and only then, `tally` can shuffle what this board holds, or
 * decrypt its sum. Throws BoardProblem.
 */
export async function checkBoard(
  records: () => Promise<BoardRecords>,
  expected: Expectations,
  tally: TallyClient,
  onStep: (step: BoardStep) => void,
): Promise<BoardDocuments & RebuiltHere> {
  const run = stepper(onStep);
  const documents = await run("fetch", async () => readRecords(await records()));
  const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
  const setup = {
    election: encode(documents.election),
    trustees: encode(documents.trustees),
    credentials: encode(documents.credentials),
  };
  await run("setup", async () => {
    const { fingerprint } = await tally.call("checkSetup", setup);
    demand("setup", fingerprint === expected.fingerprint, "the fingerprint is not the one shown in the hall");
  });
  await run("trustees", async () => {
    demand("trustees", documents.trustees === expected.trustees, "the key is not the one of the ceremony");
    demand("trustees", hasOwnKey(documents.trustees, expected.ownMessage, expected.index), "my own key is not part of it");
  });
  const board = await run("ballots", (progress) =>
    tally.call("verifyBoard", { ...setup, ballots: documents.ballots.map(encode) }, progress),
  );
  await run("chain", async () => {
    demand("chain", board.closedHead === documents.closedHead, "the chain of ballots has another head");
  });
  await run("returned", async () => {
    const same = board.nBallots === expected.returned;
    demand("returned", same, `${board.nBallots} ballots on the board, ${expected.returned} announced`);
  });
  await run("enough", async () => {
    const least = leastIn(documents.election);
    demand("enough", least === expected.least, "the frozen rules on small polls are not those that are shown");
    demand("enough", board.nBallots >= expected.least, `${board.nBallots} ballots are not opened; the rules ask for ${least}`);
  });
  await run("tally", async () => {
    const same = new TextDecoder().decode(board.encryptedTally) === documents.encryptedTally;
    demand("tally", same, "the server's encrypted sum is not the sum of these ballots");
  });
  const { fingerprint } = expected;
  const { uuid } = board.election;
  await run("one", async () => {
    const signed = expected.keptSignature(uuid);
    if (signed !== null) await tally.call("recallBoard", { fingerprint, index: expected.index, signed });
  });
  return { ...documents, uuid };
}

/**
 * Checks the shuffles on a board that `checkBoard` has passed, beyond those that were checked before, and that none
 * stands under this scrutineer's number which this terminal did not make. Resolves with the scrutineers who shuffled,
 * in order. Throws BoardProblem("shuffles"), or "fetch" for records of another kind.
 */
export async function checkShuffles(
  { shuffles }: Pick<BoardDocuments, "shuffles">,
  fingerprint: string,
  own: OwnShuffles,
  tally: TallyClient,
  onStep: (step: BoardStep) => void,
): Promise<readonly number[]> {
  const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
  const owned = shuffles.map((shuffle) => ({ owned: encode(shuffle.owned), raw: encode(shuffle.text) }));
  return stepper(onStep)("shuffles", async (progress) => {
    progress({ done: 0, total: owned.length });
    const { shufflers } = await tally.call("takeShuffles", { fingerprint, shuffles: owned, own });
    progress({ done: owned.length, total: owned.length });
    return shufflers;
  });
}

type Progress = (at: { readonly done: number; readonly total: number }) => void;

function stepper(onStep: (step: BoardStep) => void) {
  return async <Result>(check: BoardCheck, work: (progress: Progress) => Promise<Result>): Promise<Result> => {
    let at = { done: 0, total: 0 };
    const tell = (status: BoardStep["status"]): void => onStep({ check, status, ...at });
    tell("running");
    try {
      const result = await work(({ done, total }) => {
        at = { done, total };
        tell("running");
      });
      tell("passed");
      return result;
    } catch (error) {
      tell("failed");
      if (error instanceof TallyError) throw new BoardProblem(error.code === "board_disputed" ? "one" : check, error.detail);
      throw error;
    }
  };
}

function demand(check: BoardCheck, holds: boolean, detail: string): void {
  if (!holds) throw new BoardProblem(check, detail);
}

/** Whether the public key of a last-round message stands in the trustees document, at its own scrutineer's place. */
export function hasOwnKey(trustees: string, ownMessage: string, index: number): boolean {
  const message = JSON.parse(ownMessage) as { public_key?: { public_key?: unknown } } | null;
  const key = message?.public_key?.public_key;
  return typeof key === "string" && keysIn(JSON.parse(trustees) as TrusteesJson)[index - 1] === key;
}

interface KeyJson {
  readonly public_key: string;
}

type TrusteesJson = readonly (readonly ["Single", KeyJson] | readonly ["Pedersen", { readonly verification_keys: readonly KeyJson[] }])[];

/** The scrutineers' keys through all the blocks, in order. */
function keysIn(trustees: TrusteesJson): readonly string[] {
  return trustees.flatMap(([kind, value]) =>
    kind === "Single" ? [value.public_key] : value.verification_keys.map((key) => key.public_key),
  );
}
