/**
 * Where a scrutineer stands in the key ceremony, derived from what the server shows and what this device keeps. Pure:
 * a page reloaded at any moment comes back to the same stage.
 */
import type { ScrutineerView } from "@/live/wire.gen";

export type Round = 1 | 2 | 3;

/** What this device keeps of a scrutineer: the sealed share of the latest round and the message that goes with it. */
export interface Kept {
  readonly index: number;
  readonly round: Round;
  /** The sealed file's text, the same as in the backup. */
  readonly sealed: string;
  /** The round's message, byte for byte as it is (to be) posted. */
  readonly message: string;
  /** Whether the backup file of this round has been saved. */
  readonly backedUp: boolean;
}

export type Stage =
  /** Nothing made yet: choose a passphrase. `setAside` when a share of an earlier sitting lies here. */
  | { readonly kind: "begin"; readonly setAside: boolean }
  /** The round's share is made: save the backup, then post. */
  | { readonly kind: "keep"; readonly round: Round }
  /** Posted: waiting for the others of this round. */
  | { readonly kind: "wait"; readonly round: Round; readonly missing: readonly number[] }
  /** `compared` is complete: compare its fingerprint aloud, then make `round`. */
  | { readonly kind: "advance"; readonly compared: Round; readonly round: Round }
  /** All keys are posted; the server is putting them together. */
  | { readonly kind: "assembling" }
  | { readonly kind: "complete" }
  /** This device lacks the share that belongs to what was posted: bring the backup file. */
  | { readonly kind: "restore"; readonly why: "nothing" | "other" | "older"; readonly round: Round };

/** The n-of-n form has the last round only. */
export function roundsOf(view: Pick<ScrutineerView, "scrutineers" | "threshold">): readonly Round[] {
  return view.threshold === view.scrutineers.length ? [3] : [1, 2, 3];
}

/** The raw message that scrutineer `index` has posted in a round, if any. */
export function postedMessage(view: Pick<ScrutineerView, "messages">, round: Round, index: number): string | undefined {
  return view.messages[String(round)]?.[String(index)];
}

/** Indices of those who have not posted in a round. */
export function missingIn(view: Pick<ScrutineerView, "messages" | "scrutineers">, round: Round): number[] {
  return view.scrutineers.map(({ index }) => index).filter((index) => postedMessage(view, round, index) === undefined);
}

type Ceremony = Pick<ScrutineerView, "messages" | "scrutineers" | "threshold" | "trustees">;

/** The stage of scrutineer `index`. */
export function stageOf(view: Ceremony, index: number, kept: Kept | null): Stage {
  const rounds = roundsOf(view);
  const posted = rounds.filter((round) => postedMessage(view, round, index) !== undefined).at(-1);
  if (kept === null) return posted === undefined ? { kind: "begin", setAside: false } : restore("nothing", posted);
  const own = postedMessage(view, kept.round, index);
  if (own === undefined) return unposted(rounds, posted, kept);
  if (own !== kept.message) return restore("other", posted ?? kept.round);
  if (posted !== undefined && posted > kept.round) return restore("older", posted);
  return afterPosting(view, rounds, kept.round);
}

function restore(why: "nothing" | "other" | "older", round: Round): Stage {
  return { kind: "restore", why, round };
}

/** The kept share's message is not with the server: it is either next, or from another sitting. */
function unposted(rounds: readonly Round[], posted: Round | undefined, kept: Kept): Stage {
  const next = rounds[posted === undefined ? 0 : rounds.indexOf(posted) + 1];
  if (kept.round === next) return { kind: "keep", round: kept.round };
  return posted === undefined ? { kind: "begin", setAside: true } : restore("other", posted);
}

function afterPosting(view: Ceremony, rounds: readonly Round[], round: Round): Stage {
  const missing = missingIn(view, round);
  if (missing.length > 0) return { kind: "wait", round, missing };
  const next = rounds[rounds.indexOf(round) + 1];
  if (next !== undefined) return { kind: "advance", compared: round, round: next };
  return view.trustees === null ? { kind: "assembling" } : { kind: "complete" };
}

/** Index of the step under way among the rounds and the final "done". */
export function stepIndex(stage: Stage, rounds: readonly Round[]): number {
  switch (stage.kind) {
    case "begin":
      return 0;
    case "assembling":
      return rounds.length - 1;
    case "complete":
      return rounds.length + 1;
    default:
      return rounds.indexOf(stage.round);
  }
}

/** The messages of a complete round in order of index, parsed. */
export function roundMessages(view: Pick<ScrutineerView, "messages" | "scrutineers">, round: Round): unknown[] {
  const indices = view.scrutineers.map(({ index }) => index).sort((one, other) => one - other);
  return indices.map((index) => JSON.parse(postedMessage(view, round, index) ?? "null") as unknown);
}
