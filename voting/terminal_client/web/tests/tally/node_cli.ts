/**
 * The pages' tally code for other programs' tests: reads a JSON array of [operation, request] from
 * standard input, runs them in order and writes an array of outcomes. Bytes are {"$bytes": base64}.
 * Operations called "seeded.*" draw from a stream that the caller can replay.
 */
import { readFileSync } from "node:fs";

import { answersOf, questionsOf } from "../../poll/ballot/questions";
import { type Marks, ticks } from "../../poll/ballot/choice";
import { written } from "../../poll/ballot/written";
import { fillBallot } from "../../tally/ballots/ballot";
import { fromBase64, toBase64, utf8 } from "../../tally/bytes";
import { dealShares, finishShare, startShare, startSingle } from "../../tally/trustees/ceremony";
import type { CeremonyPlan } from "../../tally/trustees/messages";
import { parseElection } from "../../tally/board/election";
import { TallyError } from "../../tally/errors";
import { groupByName } from "../../tally/groups/choice";
import { sha256 } from "../../tally/groups/hash";
import { toRefusal } from "../../tally/worker/messages";
import { perform, type OperationName, type RequestOf, type StoredCredential } from "../../tally/worker/operations";
import { readPaper, writePaper } from "../../tally/ballots/singly";
import { shareFromJson, shareToJson, type PrivateShare } from "../../tally/trustees/private_share";
import { isMixed, questionJson } from "../../tally/ballots/questions";
import type { Rng } from "../../tally/groups/random";
import { computeResult, partialDecrypt, sumBallots } from "../../tally/board/result";
import { makeShuffle, mixedTally } from "../../tally/board/shuffle";
import { signShuffle } from "../../tally/board/shuffle_owner";
import { ready } from "../../tally/groups/sodium";
import { parseTrustees } from "../../tally/trustees/document";
import { judge, type Files } from "../../pages/verifier/judging";
import { numberOf } from "../../pages/verifier/sitting/checks";
import { verifySitting } from "../../pages/verifier/sitting/verification";
import { outcomeOf } from "../../pages/verifier/law/ruling";
import type { FrozenPoll } from "../../pages/verifier/statement";
import type { Count, PollView } from "../../live/wire.gen";

/** SHA-256(seed + ":" + counter), block after block. */
function seeded(seed: string): Rng {
  let counter = 0;
  let pool = new Uint8Array();
  return (n) => {
    while (pool.length < n) pool = Uint8Array.from([...pool, ...sha256(utf8(`${seed}:${counter++}`))]);
    const drawn = pool.slice(0, n);
    pool = pool.slice(n);
    return drawn;
  };
}

interface SeededRequest {
  readonly seed: string;
  readonly plan: CeremonyPlan;
  readonly index: number;
  readonly share: string;
  readonly certificates: readonly unknown[];
  readonly dealings: readonly unknown[];
  readonly election: Uint8Array;
  readonly credential: StoredCredential;
  readonly choices: readonly number[];
  readonly answers: readonly (readonly number[])[];
  readonly encryptedTally: Uint8Array;
  readonly raw: Uint8Array;
}

interface PlainRequest {
  readonly group: string;
  readonly indexes: readonly number[];
  readonly values: readonly (readonly number[])[];
  readonly election: Uint8Array;
  readonly trustees: Uint8Array;
  readonly ballots: readonly Uint8Array[];
  readonly counted: number;
  readonly encryptedTally: Uint8Array;
  readonly shuffle: Uint8Array;
  readonly decryptions: readonly { readonly owner: number; readonly raw: Uint8Array }[];
  readonly question: number;
  readonly numbers: readonly number[];
  readonly poll: PollView;
  readonly cases: readonly {
    readonly poll: FrozenPoll;
    readonly count: Count;
    readonly inOffice: number;
    readonly statutorySeats: number;
    readonly present: number;
  }[];
  readonly choices: readonly (readonly string[])[];
}

/** A ballot on which this stands, as a delegate marks it: "p1", "p1=for", "p1=2" (a rank) or "+name". */
function markedBallot(poll: PollView, choice: readonly string[]): Marks {
  return choice.reduce<Marks>((marks, text) => {
    if (text.startsWith("+")) {
      const next = written(poll, marks, text.slice(1));
      if (typeof next === "string") throw new Error(`${text} cannot be written: ${next}`);
      return next;
    }
    const [option = "", mark] = text.split("=");
    return { ...marks, ...(mark === undefined ? ticks([option]) : { [option]: mark }) };
  }, {});
}

function told([share, message]: [PrivateShare, unknown]): unknown {
  return { share: shareToJson(share), message };
}

const SEEDED: Readonly<Record<string, (request: SeededRequest, rng: Rng) => unknown>> = {
  "seeded.fillBallot": ({ election, credential, answers }, rng) => {
    const key = { private: BigInt(credential.private), public: credential.public };
    return fillBallot(parseElection(election), key, answers, rng);
  },
  "seeded.makeShuffle": ({ election, encryptedTally }, rng) => makeShuffle(parseElection(election), encryptedTally, rng),
  "seeded.signShuffle": ({ election, share, raw }, rng) => signShuffle(parseElection(election), shareFromJson(share), raw, rng),
  "seeded.startShare": ({ plan, index }, rng) => told(startShare(plan, index, rng)),
  "seeded.startSingle": ({ plan, index }, rng) => told(startSingle(plan, index, rng)),
  "seeded.dealShares": ({ plan, share, certificates }, rng) =>
    told(dealShares(plan, shareFromJson(share), certificates, rng)),
  "seeded.finishShare": ({ plan, share, certificates, dealings }, rng) =>
    told(finishShare(plan, shareFromJson(share), certificates, dealings, rng)),
  "seeded.partialDecrypt": ({ election, share, encryptedTally }, rng) =>
    partialDecrypt(parseElection(election), shareFromJson(share), encryptedTally, rng),
};

/** Pure functions that are not operations of the pages. */
const PLAIN: Readonly<Record<string, (request: PlainRequest) => unknown>> = {
  decide: ({ cases }) => cases.map(({ poll, count, ...roster }) => outcomeOf(poll, count, roster)),
  group: ({ group: name, indexes, values }) => {
    const group = groupByName(name);
    const embedded = values.map((numbers) => group.embed(numbers));
    return {
      capacity: group.capacity,
      generators: indexes.map((index) => group.hiddenGenerator(index).text),
      embedded: embedded.map(({ text }) => text),
      extracted: embedded.map((element, i) => group.extract(element, values[i]?.length ?? 0)),
    };
  },
  seatBallots: ({ poll, choices }) => ({
    questions: questionsOf(poll).map(questionJson),
    answers: choices.map((choice) => answersOf(poll, markedBallot(poll, choice))),
  }),
  readPaper: ({ election, question: place, numbers }) => {
    const question = parseElection(election).questions[place];
    if (question === undefined || !isMixed(question) || question.use?.use !== "write_in") throw new Error("no write-ins");
    try {
      const paper = readPaper(question.use, numbers);
      return { ...paper, again: writePaper(question.use, paper) };
    } catch (error) {
      if (error instanceof TallyError && error.code === "paper_malformed") return { marks: null, writeIns: null, again: null };
      throw error;
    }
  },
  sumBallots: ({ election, ballots }) => sumBallots(parseElection(election), ballots),
  mixedTally: ({ election, encryptedTally, shuffle }) => mixedTally(parseElection(election), encryptedTally, shuffle),
  computeResult: ({ election: raw, trustees, encryptedTally, counted, decryptions }) => {
    const election = parseElection(raw);
    const owned = new Map(decryptions.map((item) => [item.owner, item.raw]));
    return computeResult(election, parseTrustees(election.group, trustees), encryptedTally, counted, owned).raw;
  },
};

interface SittingRequest {
  readonly data: Uint8Array;
  readonly receipts: readonly unknown[];
}

/** What the page finds in a sitting's record, without the documents themselves. */
async function sitting({ data, receipts: given }: SittingRequest): Promise<unknown> {
  const found = await verifySitting(perform, data, given, () => undefined);
  const { receipts, covered, onBoard } = found;
  const fault = found.fault && { number: numberOf(found.fault.check), poll: found.fault.poll };
  return { fault, reservations: found.reservations.map(({ code, poll }) => [code, poll]), receipts, covered, onBoard };
}

async function run(name: string, request: unknown): Promise<unknown> {
  const [replayed, plain] = [SEEDED[name], PLAIN[name]];
  try {
    if (plain !== undefined) {
      await ready();
      return { done: plain(request as PlainRequest) };
    }
    if (replayed !== undefined) {
      await ready();
      const given = request as SeededRequest;
      return { done: replayed(given, seeded(given.seed)) };
    }
    if (name === "judge") return { done: await judge(perform, request as Files) };
    if (name === "verifySitting") return { done: await sitting(request as SittingRequest) };
    return { done: await perform(name as OperationName, request as RequestOf<OperationName>) };
  } catch (error) {
    if (error instanceof TallyError) return { refused: toRefusal(error) };
    throw error;
  }
}

function revive(_key: string, value: unknown): unknown {
  const wrapped = typeof value === "object" && value !== null && "$bytes" in value ? value.$bytes : undefined;
  return typeof wrapped === "string" ? fromBase64(wrapped) : value;
}

function wrap(_key: string, value: unknown): unknown {
  return value instanceof Uint8Array ? { $bytes: toBase64(value) } : value;
}

const requests = JSON.parse(readFileSync(0, "utf8"), revive) as readonly (readonly [string, unknown])[];
const outcomes: unknown[] = [];
for (const [name, request] of requests) outcomes.push(await run(name, request));
process.stdout.write(JSON.stringify(outcomes, wrap));
