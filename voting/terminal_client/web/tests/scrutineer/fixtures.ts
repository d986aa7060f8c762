/** Scrutineers' views of a sample sitting, with real keys and real ballots where a board is needed. */
import { nextShare, firstShare } from "@/scrutineer/shares";
import type { Bundle } from "@/scrutineer/keeping";
import type { Round } from "@/scrutineer/ceremony";
import type { Board } from "@/shared/tally/board";
import { assembleTrustees } from "@/shared/tally/ceremony";
import type { TallyClient } from "@/shared/tally/client";
import { readTar } from "@/shared/tally/tar";
import type { BoardRecords, PollView, ScrutineerView } from "@/shared/wire.gen";
import { sampleHall, sampleMotion, samplePeople, samplePoll } from "../console/fixtures";
import { PLAIN_PROGRESS } from "../fixtures/frozen";
import { openPoll, vote, type Ceremony, type Poll } from "../tally/samples";

export function sampleView(more: Partial<ScrutineerView> = {}): ScrutineerView {
  return {
    hall: sampleHall(samplePoll("planned"), sampleMotion("planned"), samplePeople()),
    scrutineers: [
      { index: 1, name: "示例监票人01", chief: true },
      { index: 2, name: "示例监票人02", chief: false },
      { index: 3, name: "示例监票人03", chief: false },
    ],
    threshold: 2,
    messages: {},
    trustees: null,
    progress: {},
    archives: {},
    hand_counts: {},
    ...more,
  };
}

/** The view after `bundle` was posted. */
export function posted(view: ScrutineerView, bundle: Bundle): ScrutineerView {
  const round = String(bundle.round);
  const messages = { ...view.messages, [round]: { ...view.messages[round], [String(bundle.index)]: bundle.message } };
  return { ...view, messages };
}

export interface HeldCeremony {
  readonly view: ScrutineerView;
  /** The last bundles by index - 1. */
  readonly bundles: readonly Bundle[];
}

/** Every scrutineer does every round up to and including `last`, through the page's own code. */
export async function holdRounds(tally: TallyClient, start: ScrutineerView, last: Round): Promise<HeldCeremony> {
  const indices = start.scrutineers.map(({ index }) => index);
  let view = start;
  let bundles = await Promise.all(indices.map((index) => firstShare(tally, start, index)));
  bundles.forEach((bundle) => (view = posted(view, bundle)));
  for (const round of [2, 3] as const) {
    if (round > last || bundles[0]?.round === 3) break;
    bundles = await Promise.all(bundles.map((bundle) => nextShare(tally, view, round, bundle)));
    bundles.forEach((bundle) => (view = posted(view, bundle)));
  }
  return { view, bundles };
}

/** The ceremony's end as the server makes it. */
export function assembled(view: ScrutineerView): ScrutineerView {
  const names = view.scrutineers.map(({ name }) => name);
  const all = (round: string): unknown[] => names.map((_, i) => JSON.parse(view.messages[round]?.[i + 1] ?? "null"));
  const single = view.threshold === names.length;
  const plan = { group: view.hall.group, names, threshold: view.threshold };
  const raw = assembleTrustees(plan, single ? [] : all("1"), single ? [] : all("2"), all("3"));
  return { ...view, trustees: new TextDecoder().decode(raw) };
}

/** A sealed motion: its real board, and the view that shows it. */
export interface SealedPoll {
  readonly view: ScrutineerView;
  readonly poll: PollView;
  readonly records: BoardRecords;
  readonly source: Poll;
}

/** The ceremony of a view, as far as polls need it. */
export function ceremonyOf(view: ScrutineerView): Ceremony {
  const names = view.scrutineers.map(({ name }) => name);
  const plan = { group: view.hall.group, names, threshold: view.threshold };
  const trustees = new TextEncoder().encode(view.trustees ?? "");
  return { plan, shares: [], certificates: [], dealings: [], keys: [], trustees };
}

export function sealPoll(view: ScrutineerView, votes: readonly number[], encryptedTally: (poll: Poll, board: Board) => Uint8Array): SealedPoll {
  const source = openPoll(ceremonyOf(view), votes.length + 1);
  const board = vote(source, votes);
  const sum = encryptedTally(source, board);
  board.endBallots();
  board.appendEncryptedTally(sum);
  const poll: PollView = {
    ...sampleMotion("sealed"),
    fingerprint: board.fingerprint,
    issued: votes.length + 1,
    returned: votes.length,
  };
  return { view: sealedIn(view, poll, votes.length), poll, records: recordsOf(board), source };
}

/** The view with a sealed poll in it. */
export function sealedIn(view: ScrutineerView, poll: PollView, ballots: number): ScrutineerView {
  const hall = { ...view.hall, polls: { ...view.hall.polls, [poll.id]: poll }, current_item: "item4", focus: poll.id };
  const progress = { [poll.id]: { ...PLAIN_PROGRESS, ready: 0, verified: ballots, needed: view.threshold } };
  return { ...view, hall, progress };
}

/** The board's records as the server sends them. */
export function recordsOf(board: Board): BoardRecords {
  const { entries, timestamp } = readTar(board.toArchive(1_700_000_000));
  const records = entries
    .filter(({ name }) => name !== "BELENIOS")
    .map(({ name, content }) => ({
      kind: name.endsWith(".event.json") ? "event" : "data",
      text: new TextDecoder().decode(content),
    }));
  return { timestamp, records };
}
