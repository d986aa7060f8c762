/** The archived trustees document (Belenios specification 3.x, "Trustees"); owners count from 1. */
import { ensure } from "../errors";
import { product, type Element, type Group } from "../groups/interface";
import { Reader } from "../json";
import { readProof, type Proof } from "../groups/proofs";
import { checkSigned, readSigned, type SignedMessage } from "../ballots/signed";
import {
  certsMessage,
  checkThresholdKey,
  combineCommitments,
  evaluateInExponent,
  openCertificate,
  openCoefexps,
  openVerificationKey,
  readVerificationKey,
  type VerificationKey,
} from "./threshold";

const READER = new Reader("trustees_invalid");

/** Of all blocks together: checking the keys of so many takes seconds, and of ten times as many hours. */
const MAX_TRUSTEES = 50;

/** Scrutineers who hold one part of the key together: `threshold` of `keys` are needed. */
export interface TrusteeBlock {
  readonly kind: "Single" | "Pedersen";
  readonly threshold: number;
  /** The flattened number of the block's first scrutineer. */
  readonly firstOwner: number;
  readonly keys: readonly Element[];
  readonly publicKey: Element;
  readonly bound: boolean;
}

export interface Trustees {
  readonly raw: Uint8Array;
  readonly blocks: readonly TrusteeBlock[];
  readonly size: number;
  /** The least number of scrutineers who can open a tally. */
  readonly threshold: number;
  /** Text of the product of all blocks' keys: the election's public key. */
  readonly publicKey: string;
  /** Whether every signature in it names the ceremony for which it was made, as ours do. */
  readonly bound: boolean;
  /** Undefined when nobody has this number. */
  verificationKey(owner: number): Element | undefined;
}

/**
 * Throws `trustees_invalid` (or a form or membership refusal) unless every proof and signature holds. `unbound`: lets
 * certificates and keys pass that name no ceremony, as belenios-tool 2.0 makes them.
 */
export function parseTrustees(group: Group, raw: Uint8Array, unbound = false): Trustees {
  const blocks: TrusteeBlock[] = [];
  let size = 0;
  const listed = READER.list(READER.document(raw));
  const number = listed.reduce<number>((sum, item) => sum + scrutineersIn(item), 0);
  ensure(number <= MAX_TRUSTEES, "trustees_invalid", `there are more than ${MAX_TRUSTEES} scrutineers`);
  for (const item of listed) {
    const block = readBlock(group, item, size + 1);
    blocks.push(block);
    size += block.keys.length;
  }
  ensure(size > 0, "trustees_invalid", "there is no scrutineer");
  const bound = blocks.every((block) => block.bound);
  ensure(bound || unbound, "trustees_invalid", "the scrutineers did not sign for which ceremony their keys are");
  const keys = blocks.flatMap((block) => block.keys);
  demandDifferent(keys, "scrutineers have the same key");
  return {
    raw,
    blocks,
    size,
    threshold: blocks.reduce((sum, block) => sum + block.threshold, 0),
    publicKey: product(group, blocks.map((block) => block.publicKey)).text,
    bound,
    verificationKey: (owner) => keys[owner - 1],
  };
}

/** How many a block seems to hold, before anything of it is checked. */
function scrutineersIn(item: unknown): number {
  const [kind, value] = READER.list(item);
  if (kind !== "Pedersen" || typeof value !== "object" || value === null || !("certs" in value)) return 1;
  return READER.list(value.certs).length;
}

function demandDifferent(keys: readonly Element[], detail: string): void {
  ensure(new Set(keys.map(({ text }) => text)).size === keys.length, "trustees_invalid", detail);
}

function readBlock(group: Group, item: unknown, firstOwner: number): TrusteeBlock {
  const [kind, value, ...rest] = READER.list(item);
  ensure(rest.length === 0, "trustees_invalid", "a block is a pair of kind and content");
  if (kind === "Single") {
    const publicKey = openVerificationKey(READER, group, readVerificationKey(READER, value, group.q));
    return { kind, threshold: 1, firstOwner, keys: [publicKey], publicKey, bound: true };
  }
  if (kind === "Pedersen") return openPedersen(group, readPedersen(group, value), firstOwner);
  return READER.fail("a block is neither Single nor Pedersen");
}

interface Pedersen {
  readonly threshold: number;
  readonly certs: readonly SignedMessage[];
  readonly coefexps: readonly SignedMessage[];
  /** None where nothing names the ceremony. */
  readonly signatures: readonly Proof[] | null;
  readonly verificationKeys: readonly VerificationKey[];
}

function readPedersen({ q }: Group, value: unknown): Pedersen {
  const keys = ["threshold", "certs", "coefexps", "signatures?", "verification_keys"];
  const fields = READER.record(value, keys);
  const pedersen = {
    threshold: READER.count(fields["threshold"]),
    certs: READER.listOf(fields["certs"], (item) => readSigned(READER, item, q)),
    coefexps: READER.listOf(fields["coefexps"], (item) => readSigned(READER, item, q)),
    signatures: "signatures" in fields ? READER.listOf(fields["signatures"], (item) => readProof(READER, item, q)) : null,
    verificationKeys: READER.listOf(fields["verification_keys"], (item) => readVerificationKey(READER, item, q)),
  };
  const size = pedersen.certs.length;
  const lengths = [pedersen.coefexps.length, pedersen.signatures?.length ?? size, pedersen.verificationKeys.length];
  ensure(lengths.every((length) => length === size), "trustees_invalid", "the lists differ in length");
  const sound = pedersen.threshold >= 1 && pedersen.threshold <= size;
  ensure(sound, "trustees_invalid", "the threshold is not between 1 and the number of scrutineers");
  return pedersen;
}

function openPedersen(group: Group, pedersen: Pedersen, firstOwner: number): TrusteeBlock {
  const { threshold, certs, signatures } = pedersen;
  const bound = signatures !== null;
  const context = { group: group.name, size: certs.length, threshold };
  const signers = certs.map(
    (cert, i) => openCertificate(READER, group, { ...context, index: i + 1 }, cert, bound).verification,
  );
  demandDifferent(signers, "scrutineers signed with the same key");
  const rows = signers.map((signer, i) => {
    const row = openCoefexps(READER, group, signer, threshold, at(pedersen.coefexps, i));
    if (bound) checkSigned(group, signer, certsMessage(certs, row), at(signatures, i), READER.code);
    return row;
  });
  const combined = combineCommitments(READER, group, rows);
  signers.forEach((signer, i) => {
    checkThresholdKey(READER, group, signer, evaluateInExponent(group, combined, i + 1), at(pedersen.verificationKeys, i), bound);
  });
  return {
    kind: "Pedersen",
    threshold,
    firstOwner,
    keys: pedersen.verificationKeys.map((key) => group.parse(key.publicKey)),
    publicKey: at(combined, 0),
    bound,
  };
}

function at<T>(items: readonly T[], index: number): T {
  const item = items[index];
  if (item === undefined) throw new RangeError("the lists were checked to have one length");
  return item;
}
