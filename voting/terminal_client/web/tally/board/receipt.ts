/**
 * Receipts: the server's signed promise that a ballot stands on the board at a height. A receipt
 * and the archive together reveal a ballot that was removed before publication.
 */
import { fromHex, utf8 } from "../bytes";
import { ensure } from "../errors";
import { Reader, type Json } from "../json";
import { libsodium } from "../groups/sodium";

const PREFIX = "plenary-receipt|";
const KEYS = [
  "version",
  "election_uuid",
  "fingerprint",
  "tracker",
  "height",
  "board_head",
  "server_key",
  "signature",
];
const READER = new Reader("receipt_invalid", "receipt_invalid", false);
const TRACKER = /^[A-Za-z0-9+/]{43}$/;

export interface Receipt {
  readonly version: 1;
  readonly election_uuid: string;
  /** Hex head of the Setup event. */
  readonly fingerprint: string;
  /** Unpadded base64 SHA-256 of the ballot. */
  readonly tracker: string;
  readonly height: number;
  /** Hex head of the board right after this ballot. */
  readonly board_head: string;
  /** Hex raw Ed25519 public key. */
  readonly server_key: string;
  /** Hex Ed25519 signature. */
  readonly signature: string;
}

/** The bytes that the server signs: every field but the signature. */
function receiptMessage(receipt: Omit<Receipt, "signature">): Uint8Array {
  const body: Json = {
    version: receipt.version,
    election_uuid: receipt.election_uuid,
    fingerprint: receipt.fingerprint,
    tracker: receipt.tracker,
    height: receipt.height,
    board_head: receipt.board_head,
    server_key: receipt.server_key,
  };
  return utf8(PREFIX + JSON.stringify(body));
}

/** Form and signature; `value` is parsed JSON. Throws `receipt_invalid`. */
export function checkReceipt(value: unknown): Receipt {
  const fields = READER.record(value, KEYS);
  ensure(fields["version"] === 1, "receipt_invalid", "only version 1 is known");
  const tracker = READER.text(fields["tracker"]);
  ensure(TRACKER.test(tracker), "receipt_invalid", "the tracker is malformed");
  const signature = READER.text(fields["signature"]);
  ensure(/^[0-9a-f]{128}$/.test(signature), "receipt_invalid", "the signature is malformed");
  const receipt: Receipt = {
    version: 1,
    election_uuid: READER.text(fields["election_uuid"]),
    fingerprint: READER.digest(fields["fingerprint"]),
    tracker,
    height: READER.count(fields["height"]),
    board_head: READER.digest(fields["board_head"]),
    server_key: READER.digest(fields["server_key"]),
    signature,
  };
  const key = fromHex(receipt.server_key);
  const signed = libsodium().crypto_sign_verify_detached(fromHex(signature), receiptMessage(receipt), key);
  ensure(signed, "receipt_invalid", "the server's signature does not hold");
  return receipt;
}
