/**
 * Scrutineers agree on a closed board before anybody decrypts: each signs its head and number of ballots with the
 * share's key. `{"owner":n,"closed_head":HEX,"ballots":N,"signature":{"challenge":…,"response":…}}`. An honest terminal
 * signs one closed board of a poll and no other, and decrypts only that one.
 */
import { utf8 } from "../bytes";
import { ensure } from "../errors";
import { CLOSED_BOARD_FORM, readForm } from "../forms";
import { checkKnowledge, proofJson, proveKnowledge, readProof } from "../groups/proofs";
import type { Rng } from "../groups/random";
import { encode, Reader } from "../json";
import { decryptionIn, type PrivateShare } from "../trustees/private_share";
import type { Trustees } from "../trustees/document";
import type { Election } from "./election";
import { signaturesNeeded } from "./signatures";

const READER = new Reader("board_disputed");

/** `head`: hex hash of the event that ends the ballots; `ballots`: how many count. */
export interface ClosedBoard {
  readonly head: string;
  readonly ballots: number;
}

/** What stands for a closed board: scrutineers' signatures as texts, and the head that was compared aloud, or null. */
export interface Agreement {
  readonly signed: readonly string[];
  readonly compared: string | null;
}

/** The scrutineer's signature on what their terminal rebuilt itself. Throws `share_invalid` for an unfinished share. */
export function signClosedBoard(election: Election, share: PrivateShare, closed: ClosedBoard, rng: Rng): Uint8Array {
  const { group } = election;
  const secret = decryptionIn(group, share);
  const prefix = closedPrefix(election, group.powG(secret).text, share.index, closed);
  const signature = proofJson(proveKnowledge(group, secret, prefix, rng));
  return encode({ owner: share.index, closed_head: closed.head, ballots: closed.ballots, signature });
}

interface SignedJson {
  readonly owner: number;
  readonly closed_head: string;
  readonly ballots: number;
  readonly signature: unknown;
}

/** Who signed which closed board. Throws `board_disputed`, `decryption_invalid` for nobody's number, or a form's refusal. */
export function checkClosedBoard(election: Election, trustees: Trustees, signed: string): ClosedBoard & { readonly owner: number } {
  const { owner, closed_head: head, ballots, signature } = readForm(utf8(signed), CLOSED_BOARD_FORM) as SignedJson;
  const key = trustees.verificationKey(owner);
  ensure(key !== undefined, "decryption_invalid", `there is no scrutineer ${owner}`);
  const proof = readProof(READER, signature, election.group.q);
  checkKnowledge(election.group, key, proof, closedPrefix(election, key.text, owner, { head, ballots }), "board_disputed");
  return { owner, head, ballots };
}

/**
 * Throws unless this board may be decrypted: `agreement_missing` where too few signed it and no head was compared,
 * `board_disputed` where one who signed, or who compared, has another board.
 */
export function requireAgreement(election: Election, trustees: Trustees, closed: ClosedBoard, { signed, compared }: Agreement): void {
  const signers = new Set(signed.map((text) => {
    const found = checkClosedBoard(election, trustees, text);
    ensure(isSame(found, closed), "board_disputed", `scrutineer ${found.owner} signed another board of this poll`);
    return found.owner;
  }));
  ensure(compared === null || compared === closed.head, "board_disputed", "the head compared is not that of the board rebuilt here");
  const need = signaturesNeeded(trustees.size, trustees.threshold);
  ensure(compared !== null || signers.size >= need, "agreement_missing", `${signers.size} of ${need} scrutineers signed the closed board`);
}

/** Throws `board_disputed` unless `signed`, kept by this scrutineer's terminal, is its own signature on this board. */
export function requireKept(election: Election, trustees: Trustees, index: number, closed: ClosedBoard, signed: string): void {
  const found = checkClosedBoard(election, trustees, signed);
  const own = found.owner === index && isSame(found, closed);
  ensure(own, "board_disputed", "this terminal signed another board of this poll");
}

function isSame(one: ClosedBoard, other: ClosedBoard): boolean {
  return one.head === other.head && one.ballots === other.ballots;
}

/** This election, whose key, which scrutineer, which head, and how many ballots. */
function closedPrefix({ hash }: Election, key: string, owner: number, { head, ballots }: ClosedBoard): string {
  return `closed|${hash}|${key}|${owner}|${head}|${ballots}|`;
}
