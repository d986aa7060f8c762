/** What one scrutineer keeps secret, between the rounds and until the count; never leaves the page unsealed. */
import { utf8 } from "../bytes";
import { ensure } from "../errors";
import { groupByName } from "../groups/choice";
import type { Group } from "../groups/interface";
import { Reader } from "../json";

const READER = new Reader("share_invalid", "share_invalid", false);
const KEYS = ["version", "group", "index", "signing", "box", "coefficients", "decryption"];

/**
 * While a threshold key is made: the signing key (mod q), the box key (32 bytes, hex) and the
 * polynomial. When it is finished, `decryption` (mod q) alone: the share of the election's secret.
 */
export interface PrivateShare {
  readonly group: string;
  /** Counts from 1. */
  readonly index: number;
  readonly signing: bigint | null;
  readonly box: string | null;
  readonly coefficients: readonly bigint[];
  readonly decryption: bigint | null;
}

/** The finished share: the secrets of the ceremony are forgotten. */
export function finishedShare(group: string, index: number, decryption: bigint): PrivateShare {
  return { group, index, signing: null, box: null, coefficients: [], decryption };
}

/** The finished share, for an election in this group. Throws `share_invalid` for an unfinished share or another group's. */
export function decryptionIn({ name }: Group, { decryption, group }: PrivateShare): bigint {
  ensure(decryption !== null && group === name, "share_invalid", "this share cannot open this poll");
  return decryption;
}

/** Compact JSON, numbers as decimal strings; to be sealed under a passphrase. */
export function shareToJson(share: PrivateShare): string {
  return JSON.stringify({
    version: 1,
    group: share.group,
    index: share.index,
    signing: share.signing?.toString() ?? null,
    box: share.box,
    coefficients: share.coefficients.map(String),
    decryption: share.decryption?.toString() ?? null,
  });
}

/** Throws `share_invalid` (or `group_unknown`). */
export function shareFromJson(text: string): PrivateShare {
  const fields = READER.record(READER.document(utf8(text)), KEYS);
  ensure(fields["version"] === 1, "share_invalid", "only version 1 is known");
  const { name, q } = groupByName(READER.text(fields["group"]));
  const optional = (value: unknown): bigint | null => (value === null ? null : READER.scalar(value, q));
  return {
    group: name,
    index: READER.count(fields["index"]),
    signing: optional(fields["signing"]),
    box: fields["box"] === null ? null : READER.digest(fields["box"]),
    coefficients: READER.listOf(fields["coefficients"], (item) => READER.scalar(item, q)),
    decryption: optional(fields["decryption"]),
  };
}
