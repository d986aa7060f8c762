/** SHA-256 and the challenge of a non-interactive proof (Belenios specification, "Basic types"). */
import { bytesToNumber, toBase64Unpadded, toHex, utf8 } from "../bytes";
import type { Element, Group } from "./interface";
import { libsodium } from "./sodium";

export function sha256(data: Uint8Array): Uint8Array {
  return libsodium().crypto_hash_sha256(data);
}

/** Names files and events of the public record. */
export function sha256Hex(data: Uint8Array): string {
  return toHex(sha256(data));
}

/** Election hashes, signature hashes and trackers: base64 without padding. */
export function sha256Base64(data: Uint8Array): string {
  return toBase64Unpadded(sha256(data));
}

/** SHA-256(prefix + commitments joined by commas), big-endian, modulo the group's order. */
export function challenge(group: Group, prefix: string, commitments: readonly Element[]): bigint {
  const text = prefix + commitments.map((element) => element.text).join(",");
  return bytesToNumber(sha256(utf8(text))) % group.q;
}
