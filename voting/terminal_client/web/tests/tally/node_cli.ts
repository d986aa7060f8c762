/**
 * The pages' tally code for other programs' tests: reads a JSON array of [operation, request] from
 * standard input, runs them in order and writes an array of outcomes. Bytes are {"$bytes": base64}.
 * Operations called "seeded.*" draw from a stream that the caller can replay.
 */
import { readFileSync } from "node:fs";

import { makeBallot } from "../../shared/tally/ballot";
import { fromBase64, toBase64, utf8 } from "../../shared/tally/bytes";
import { dealShares, finishShare, startShare, startSingle } from "../../shared/tally/ceremony";
import type { CeremonyPlan } from "../../shared/tally/ceremony_messages";
import { parseElection } from "../../shared/tally/election";
import { TallyError } from "../../shared/tally/errors";
import { sha256 } from "../../shared/tally/hash";
import { toRefusal } from "../../shared/tally/messages";
import { perform, type OperationName, type RequestOf, type StoredCredential } from "../../shared/tally/operations";
import { shareFromJson, shareToJson, type PrivateShare } from "../../shared/tally/private_share";
import type { Rng } from "../../shared/tally/random";
import { partialDecrypt } from "../../shared/tally/result";
import { ready } from "../../shared/tally/sodium";

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
  readonly encryptedTally: Uint8Array;
}

function told([share, message]: [PrivateShare, unknown]): unknown {
  return { share: shareToJson(share), message };
}

const SEEDED: Readonly<Record<string, (request: SeededRequest, rng: Rng) => unknown>> = {
  "seeded.makeBallot": ({ election, credential, choices }, rng) => {
    const key = { private: BigInt(credential.private), public: credential.public };
    return makeBallot(parseElection(election), key, choices, rng);
  },
  "seeded.startShare": ({ plan, index }, rng) => told(startShare(plan, index, rng)),
  "seeded.startSingle": ({ plan, index }, rng) => told(startSingle(plan, index, rng)),
  "seeded.dealShares": ({ plan, share, certificates }, rng) =>
    told(dealShares(plan, shareFromJson(share), certificates, rng)),
  "seeded.finishShare": ({ plan, share, certificates, dealings }, rng) =>
    told(finishShare(plan, shareFromJson(share), certificates, dealings, rng)),
  "seeded.partialDecrypt": ({ election, share, encryptedTally }, rng) =>
    partialDecrypt(parseElection(election), shareFromJson(share), encryptedTally, rng),
};

async function run(name: string, request: unknown): Promise<unknown> {
  const replayed = SEEDED[name];
  try {
    if (replayed !== undefined) {
      await ready();
      const given = request as SeededRequest;
      return { done: replayed(given, seeded(given.seed)) };
    }
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
