/**
 * Shuffles: scrutineer after scrutineer re-encrypts and permutes the ballots of the mixed questions
 * (Belenios specification, "Shuffles"). Each question is shuffled on its own, so that a delegate's
 * answers to two questions cannot be joined afterwards. The permutation is known to its maker alone
 * and forgotten.
 */
import { ciphertextJson } from "../ballots/answers";
import { bytesToNumber } from "../bytes";
import type { Election } from "./election";
import { encodeTally, readColumns, readTally, type CiphertextsJson, type Columns } from "./encrypted_tally";
import { ensure } from "../errors";
import { checkForm, SHUFFLE_FORM } from "../forms";
import { encode, Reader, type Json } from "../json";
import type { Ciphertext } from "../groups/proofs";
import { randomScalar, type Rng } from "../groups/random";
import { checkShuffleProof, proveShuffle, readShuffleProof, shuffleProofJson } from "./shuffle_proof";

const READER = new Reader("shuffle_invalid");

interface ShuffleJson {
  readonly ciphertexts: CiphertextsJson;
  readonly proofs: readonly unknown[];
}

/**
 * One scrutineer's shuffle of the mixed questions of `tally`: the encrypted tally, or what `mixedTally`
 * made of it. The terminal must have rebuilt it. Throws RangeError when no question is mixed.
 */
export function makeShuffle(election: Election, tally: Uint8Array, rng: Rng): Uint8Array {
  const ciphertexts: Json[] = [];
  const proofs: Json[] = [];
  for (const before of mixedColumns(election, readTally(election, tally))) {
    const { after, permutation, randomness } = shuffleColumn(election, before, rng);
    proofs.push(shuffleProofJson(proveShuffle({ election, before, after }, permutation, randomness, rng)));
    ciphertexts.push(after.map(ciphertextJson));
  }
  return encode({ ciphertexts, proofs });
}

/** Throws `shuffle_invalid` or `not_in_group` unless the shuffle holds the same papers as `tally`. */
export function checkShuffle(election: Election, tally: Uint8Array, raw: Uint8Array): void {
  const columns = mixedColumns(election, readTally(election, tally));
  const { ciphertexts, proofs } = readShuffle(election, raw);
  const even = ciphertexts.every((column, i) => column.length === columns[i]?.length);
  ensure(even, "shuffle_invalid", "a shuffle has another number of ballots than what it shuffled");
  readColumns(election.group, ciphertexts).forEach((after, i) => {
    const before = columns[i] ?? [];
    demandRenewed(before, after);
    checkShuffleProof({ election, before, after }, readShuffleProof(READER, election.group, proofs[i], before.length));
  });
}

/** Every output is a new ciphertext: what stays as it was can be followed through the shuffle. */
function demandRenewed(before: readonly Ciphertext[], after: readonly Ciphertext[]): void {
  const [seen, renewed] = [before, after].map((column) => new Set(column.map(({ alpha, beta }) => `${alpha.text},${beta.text}`)));
  const all = renewed?.size === after.length && ![...renewed].some((text) => seen?.has(text));
  ensure(all, "shuffle_invalid", "a shuffle leaves a ciphertext as it was, or makes two alike");
}

/**
 * The tally with the ciphertexts of a checked shuffle in the places of the mixed questions: what the next
 * scrutineer shuffles, and after the last shuffle what is decrypted. Throws `shuffle_invalid`.
 */
export function mixedTally(election: Election, tally: Uint8Array, raw: Uint8Array): Uint8Array {
  const columns = [...readTally(election, tally)];
  const shuffled = readColumns(election.group, readShuffle(election, raw).ciphertexts);
  election.mixed.forEach((place, i) => {
    columns[place] = shuffled[i] ?? [];
  });
  return encodeTally(columns);
}

function mixedColumns({ mixed }: Election, columns: Columns): Columns {
  if (mixed.length === 0) throw new RangeError("no question of this election is mixed");
  return mixed.map((place) => columns[place] ?? []);
}

function readShuffle({ mixed }: Election, raw: Uint8Array): ShuffleJson {
  const value = READER.document(raw);
  checkForm(value, SHUFFLE_FORM, READER);
  const json = value as ShuffleJson;
  const shaped = json.ciphertexts.length === mixed.length && json.proofs.length === mixed.length;
  ensure(shaped, "shuffle_invalid", "a shuffle does not have the shape of the mixed questions");
  return json;
}

interface ShuffledColumn {
  readonly after: readonly Ciphertext[];
  /** Which input each output is. */
  readonly permutation: readonly number[];
  /** What re-encrypted each input. */
  readonly randomness: readonly bigint[];
}

/** `GenShuffle`. */
function shuffleColumn({ group, key }: Election, before: readonly Ciphertext[], rng: Rng): ShuffledColumn {
  const permutation = drawPermutation(before.length, rng);
  const randomness = before.map(() => randomScalar(group.q, rng));
  const renewed = before.map(({ alpha, beta }, i) => {
    const r = randomness[i] ?? 0n;
    return { alpha: group.mul(alpha, group.powG(r)), beta: group.mul(beta, key.table.pow(r)) };
  });
  return { after: permutation.flatMap((source) => renewed.slice(source, source + 1)), permutation, randomness };
}

/** A uniform permutation (`GenPermutation`; 24 bytes per draw, so the bias is below 2^-128). */
function drawPermutation(size: number, rng: Rng): number[] {
  const permutation = Array.from({ length: size }, (_, i) => i);
  for (let place = 0; place < size; place++) {
    const chosen = place + Number(bytesToNumber(rng(24)) % BigInt(size - place));
    [permutation[place], permutation[chosen]] = [permutation[chosen] ?? 0, permutation[place] ?? 0];
  }
  return permutation;
}
