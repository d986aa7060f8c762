/**
 * The proof that a list of ciphertexts was re-encrypted and permuted, and nothing else (Belenios
 * specification, "Shuffle algorithms"; taken there from CHVote 1.3.2, after Wikström and Terelius).
 * Positions count from 0: `permutation[i]` is the input that output `i` re-encrypts.
 */
import { bytesToNumber, utf8 } from "../bytes";
import type { Election } from "./election";
import { ensure } from "../errors";
import { divide, modulo, product, type Element, type Group } from "../groups/interface";
import { sha256, sha256Hex } from "../groups/hash";
import type { Json, Reader } from "../json";
import type { Ciphertext } from "../groups/proofs";
import { randomScalar, type Rng } from "../groups/random";

/** Commitments `t` (five, then one per ciphertext), responses `s`, and the commitments c and ĉ. */
interface ShuffleProof {
  readonly t: readonly Element[];
  readonly tChain: readonly Element[];
  readonly s: readonly bigint[];
  readonly sChain: readonly bigint[];
  readonly sOwn: readonly bigint[];
  readonly permutation: readonly Element[];
  readonly chain: readonly Element[];
}

/** What a proof is about: these ciphertexts became those, in this election. */
export interface Statement {
  readonly election: Election;
  readonly before: readonly Ciphertext[];
  readonly after: readonly Ciphertext[];
}

type ShuffleProofJson = readonly [
  readonly [string, string, string, readonly [string, string], readonly string[]],
  readonly [string, string, string, string, readonly string[], readonly string[]],
  readonly string[],
  readonly string[],
];

/** The published form: nested arrays. */
export function shuffleProofJson({ t, tChain, s, sChain, sOwn, permutation, chain }: ShuffleProof): Json {
  const [head, tail] = [texts(t.slice(0, 3)), texts(t.slice(3))];
  return [
    [...head, tail, texts(tChain)],
    [...s.map(String), sChain.map(String), sOwn.map(String)],
    texts(permutation),
    texts(chain),
  ];
}

/** A proof whose form was checked, for `size` ciphertexts. Throws the reader's refusal or `not_in_group`. */
export function readShuffleProof(reader: Reader, group: Group, value: unknown, size: number): ShuffleProof {
  const [[t1, t2, t3, t4, tChain], [s1, s2, s3, s4, sChain, sOwn], permutation, chain] = value as ShuffleProofJson;
  const whole = [tChain, sChain, sOwn, permutation, chain].every((part) => part.length === size);
  if (!whole) reader.fail("a shuffle's proof is for another number of ballots");
  const elements = (list: readonly string[]): Element[] => list.map((text) => group.parse(text));
  const scalars = (list: readonly string[]): bigint[] => list.map((text) => reader.scalar(text, group.q));
  return {
    t: elements([t1, t2, t3, ...t4]),
    tChain: elements(tChain),
    s: scalars([s1, s2, s3, s4]),
    sChain: scalars(sChain),
    sOwn: scalars(sOwn),
    permutation: elements(permutation),
    chain: elements(chain),
  };
}

const generators = new WeakMap<Group, Map<number, Element>>();

/** A generator that nobody chose; index -1 is the one at which the chain of commitments starts. */
function generator(group: Group, index: number): Element {
  const known = generators.get(group) ?? new Map<number, Element>();
  generators.set(group, known);
  const found = known.get(index) ?? group.hiddenGenerator(index);
  known.set(index, found);
  return found;
}

function bases({ election, before }: Statement): Element[] {
  return before.map((_, index) => generator(election.group, index));
}

function texts(elements: readonly Element[]): string[] {
  return elements.map(({ text }) => text);
}

/** Each element followed by a comma. */
function join(elements: readonly Element[]): string {
  return elements.map(({ text }) => `${text},`).join("");
}

function spelled({ before, after }: Statement): string {
  return join([...before, ...after].flatMap(({ alpha, beta }) => [alpha, beta]));
}

function hashed({ q }: Group, text: string): bigint {
  return bytesToNumber(sha256(utf8(text))) % q;
}

/** The challenges u that make the permutation's commitment speak (`GetNIZKPChallenges`). */
function exponentsOf(statement: Statement, permutation: readonly Element[]): bigint[] {
  const { group, hash } = statement.election;
  const start = sha256Hex(utf8(`shuffle-challenges|${hash}|${spelled(statement)}${join(permutation)}`));
  return statement.before.map((_, index) => hashed(group, start + sha256Hex(utf8(index.toString()))));
}

/** The challenge c over everything that was committed to (`GetNIZKPChallenge`). */
function challengeOf(
  statement: Statement,
  { t, tChain, permutation, chain }: Pick<ShuffleProof, "t" | "tChain" | "permutation" | "chain">,
): bigint {
  const { group, hash, publicKey } = statement.election;
  const stated = `${spelled(statement)}${join([...permutation, ...chain])}${publicKey}`;
  return hashed(group, `shuffle-challenge|${hash}|${join([...t, ...tChain])}${stated}`);
}

function productOfPowers(group: Group, elements: readonly Element[], exponents: readonly bigint[]): Element {
  return product(group, elements.map((element, i) => group.pow(element, exponents[i] ?? 0n)));
}

function at<T>(list: readonly T[], index: number): T {
  const item = list[index];
  if (item === undefined) throw new RangeError("a permutation of another size");
  return item;
}

/** Proves a shuffle; `randomness[i]` re-encrypted input `i` (`GenShuffleProof`). */
export function proveShuffle(
  statement: Statement,
  permutation: readonly number[],
  randomness: readonly bigint[],
  rng: Rng,
): ShuffleProof {
  const { group } = statement.election;
  const { q } = group;
  const draw = (size: number): bigint[] => Array.from({ length: size }, () => randomScalar(q, rng));
  const [r, rChain, wChain, wOwn] = [0, 1, 2, 3].map(() => draw(permutation.length)) as [bigint[], bigint[], bigint[], bigint[]];
  const w = draw(4);
  const committed = commitPermutation(statement, permutation, r);
  const u = exponentsOf(statement, committed);
  const uOwn = permutation.map((source) => at(u, source));
  const start = generator(group, -1);
  const chain = commitChain(group, start, uOwn, rChain);
  const t = commitments(statement, w, wOwn);
  const tChain = wChain.map((hidden, i) =>
    group.mul(group.powG(hidden), group.pow(i === 0 ? start : at(chain, i - 1), at(wOwn, i))),
  );
  const c = challengeOf(statement, { t, tChain, permutation: committed, chain });
  const respond = (hidden: readonly bigint[], secrets: readonly bigint[]): bigint[] =>
    hidden.map((one, i) => modulo(one + c * at(secrets, i), q));
  return {
    t,
    tChain,
    s: respond(w, openings(q, { u, uOwn, r, rChain, randomness })),
    sChain: respond(wChain, rChain),
    sOwn: respond(wOwn, uOwn),
    permutation: committed,
    chain,
  };
}

function commitPermutation(statement: Statement, permutation: readonly number[], r: readonly bigint[]): Element[] {
  const { group } = statement.election;
  const listed = bases(statement);
  const committed = listed.map(() => group.identity);
  permutation.forEach((source, i) => {
    committed[source] = group.mul(group.powG(at(r, source)), at(listed, i));
  });
  return committed;
}

function commitChain(group: Group, start: Element, exponents: readonly bigint[], randomness: readonly bigint[]): Element[] {
  const chain: Element[] = [];
  exponents.forEach((exponent, i) => {
    const before = i === 0 ? start : at(chain, i - 1);
    chain.push(group.mul(group.powG(at(randomness, i)), group.pow(before, exponent)));
  });
  return chain;
}

function commitments(statement: Statement, w: readonly bigint[], wOwn: readonly bigint[]): Element[] {
  const { group, key } = statement.election;
  const [w1, w2, w3, w4] = w as [bigint, bigint, bigint, bigint];
  const raised = (elements: readonly Element[]): Element => productOfPowers(group, elements, wOwn);
  return [
    group.powG(w1),
    group.powG(w2),
    group.mul(group.powG(w3), raised(bases(statement))),
    group.mul(key.table.pow(-w4), raised(statement.after.map(({ beta }) => beta))),
    group.mul(group.powG(-w4), raised(statement.after.map(({ alpha }) => alpha))),
  ];
}

interface Hidden {
  readonly u: readonly bigint[];
  readonly uOwn: readonly bigint[];
  readonly r: readonly bigint[];
  readonly rChain: readonly bigint[];
  readonly randomness: readonly bigint[];
}

/** What s1 to s4 answer for: the openings of the products that the checker can build. */
function openings(q: bigint, { u, uOwn, r, rChain, randomness }: Hidden): bigint[] {
  let [chained, weight] = [0n, 1n];
  for (let i = rChain.length - 1; i >= 0; i--) {
    chained = (chained + at(rChain, i) * weight) % q;
    weight = (weight * at(uOwn, i)) % q;
  }
  const weighed = (hidden: readonly bigint[]): bigint => hidden.reduce((sum, one, i) => (sum + one * at(u, i)) % q, 0n);
  return [r.reduce((sum, one) => sum + one, 0n) % q, chained, weighed(r), weighed(randomness)];
}

/** Throws `shuffle_invalid` unless the proof holds (`CheckShuffleProof`); as many stand after as before. */
export function checkShuffleProof(statement: Statement, proof: ShuffleProof): void {
  const { group } = statement.election;
  const c = challengeOf(statement, proof);
  const found = [...rebuiltCommitments(statement, proof, c), ...rebuiltChain(group, proof, c)];
  const holds = join(found) === join([...proof.t, ...proof.tChain]);
  ensure(holds, "shuffle_invalid", "the proof of a shuffle does not hold");
}

function rebuiltCommitments(statement: Statement, proof: ShuffleProof, c: bigint): Element[] {
  const { group, key } = statement.election;
  const [s1, s2, s3, s4] = proof.s as [bigint, bigint, bigint, bigint];
  const listed = bases(statement);
  const u = exponentsOf(statement, proof.permutation);
  const weight = u.reduce((all, exponent) => (all * exponent) % group.q, 1n);
  const start = generator(group, -1);
  const ratio = divide(group, product(group, proof.permutation), product(group, listed));
  const ended = divide(group, proof.chain.at(-1) ?? start, group.pow(start, weight));
  const weighed = (elements: readonly Element[]): Element => group.pow(productOfPowers(group, elements, u), -c);
  const answered = (elements: readonly Element[]): Element => productOfPowers(group, elements, proof.sOwn);
  const [before, after] = [statement.before, statement.after];
  return [
    group.mul(group.pow(ratio, -c), group.powG(s1)),
    group.mul(group.pow(ended, -c), group.powG(s2)),
    product(group, [weighed(proof.permutation), group.powG(s3), answered(listed)]),
    product(group, [weighed(before.map(({ beta }) => beta)), key.table.pow(-s4), answered(after.map(({ beta }) => beta))]),
    product(group, [weighed(before.map(({ alpha }) => alpha)), group.powG(-s4), answered(after.map(({ alpha }) => alpha))]),
  ];
}

function rebuiltChain(group: Group, { chain, sChain, sOwn }: ShuffleProof, c: bigint): Element[] {
  return chain.map((link, i) => {
    const before = i === 0 ? generator(group, -1) : at(chain, i - 1);
    return product(group, [group.pow(link, -c), group.powG(at(sChain, i)), group.pow(before, at(sOwn, i))]);
  });
}
