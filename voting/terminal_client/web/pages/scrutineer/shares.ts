/** Making, sealing and opening a scrutineer's share. Everything secret is done by the tally worker. */
import type { TallyClient } from "@/tally/worker/client";
import { TallyError } from "@/tally/errors";
import type { CeremonyPlan } from "@/tally/trustees/messages";
import type { SealStrength } from "@/tally/trustees/sealing";
import type { ScrutineerView } from "@/live/wire.gen";
import { roundMessages, roundsOf, type Kept, type Round } from "./ceremony/ceremony";
import { bundleText, readBundle, type Bundle } from "./keeping";

/** What went wrong, as a key of the catalogue (scrutineer.problem) with an English detail for the record. */
export interface Problem {
  readonly key: "passphrase" | "file" | "foreign" | "message";
  readonly detail: string;
}

/** A backup that belongs to another scrutineer. */
export class ForeignShare extends Error {}

/** The first round's share and message (the only ones of the n-of-n form). */
export async function firstShare(tally: TallyClient, view: ScrutineerView, index: number): Promise<Bundle> {
  const plan = planOf(view);
  const round = roundsOf(view)[0] ?? 1;
  const made = await tally.call(round === 3 ? "startSingle" : "startShare", { plan, index });
  return { index, round, share: made.share, message: JSON.stringify(made.message) };
}

/** The share and message of round 2 or 3, from the previous share and everybody's messages. */
export async function nextShare(tally: TallyClient, view: ScrutineerView, round: Round, last: Bundle): Promise<Bundle> {
  const request = { plan: planOf(view), share: last.share, certificates: roundMessages(view, 1) };
  const made =
    round === 2
      ? await tally.call("dealShares", request)
      : await tally.call("finishShare", { ...request, dealings: roundMessages(view, 2) });
  return { index: last.index, round, share: made.share, message: JSON.stringify(made.message) };
}

/** Seals a bundle for keeping; not backed up yet. */
export async function sealBundle(
  tally: TallyClient,
  { hall }: ScrutineerView,
  bundle: Bundle,
  passphrase: string,
  strength?: SealStrength,
): Promise<Kept> {
  const { congress, session, sitting } = hall.titles;
  const label = `${congress}${session}${sitting} · ${bundle.index} · ${bundle.round}`;
  const sealed = await tally.call("sealShare", { share: bundleText(bundle), passphrase, label, strength });
  return { index: bundle.index, round: bundle.round, sealed, message: bundle.message, backedUp: false };
}

/** Opens a sealed file. Throws TallyError (seal_invalid) or SyntaxError. */
export async function openSealed(tally: TallyClient, file: string, passphrase: string): Promise<Bundle> {
  return readBundle(await tally.call("unsealShare", { file, passphrase }));
}

/** What to keep after bringing a backup file here. Throws also ForeignShare. */
export async function keptFromBackup(
  tally: TallyClient,
  index: number,
  file: string,
  passphrase: string,
): Promise<Kept> {
  const bundle = await openSealed(tally, file, passphrase);
  if (bundle.index !== index) throw new ForeignShare("the file belongs to another scrutineer");
  return { index, round: bundle.round, sealed: file.trim(), message: bundle.message, backedUp: true };
}

/** Turns an expected error into words' key; every other error goes on. */
export function problemOf(error: unknown): Problem {
  if (error instanceof ForeignShare) return { key: "foreign", detail: error.message };
  if (error instanceof SyntaxError) return { key: "file", detail: error.message };
  if (!(error instanceof TallyError)) throw error;
  if (error.code === "seal_invalid") return { key: "passphrase", detail: error.detail };
  if (error.code === "trustee_message_invalid") return { key: "message", detail: error.detail };
  return { key: "file", detail: `${error.code}: ${error.detail}` };
}

/** The plan of the ceremony, as the view shows it. */
export function planOf({ hall, scrutineers, threshold }: ScrutineerView): CeremonyPlan {
  const people = [...scrutineers].sort((one, other) => one.index - other.index);
  return { group: hall.group, names: people.map(({ name }) => name), threshold };
}
