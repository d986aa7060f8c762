/** What the scrutineer's parts ask for instead of being handed it. */
import { contextOf } from "@/kit/context";
import { fetchJson } from "@/live/session";
import type { Page } from "@/live/page_session";
import type { BoardRecords, ScrutineerView } from "@/live/wire.gen";
import type { TallyClient } from "@/tally/worker/client";
import type { Ceremony } from "./ceremony/useCeremony";
import type { Cupboard } from "./keeping";

/** One scrutineer's terminal. */
export interface Terminal extends Page<ScrutineerView> {
  /** The scrutineer's number, from 1. */
  readonly index: number;
  readonly tally: TallyClient;
  readonly cupboard: Cupboard;
  readonly fetchBoard: (poll: string) => Promise<BoardRecords>;
}

export const terminalContext = contextOf<Terminal>("scrutineer's terminal");
export const ceremonyContext = contextOf<Ceremony>("ceremony");

/** The board of a poll, with the session's token. Raises Refusal. */
export function boardFetcher(token: () => string): Terminal["fetchBoard"] {
  return (poll) => fetchJson<BoardRecords>(`/api/polls/${encodeURIComponent(poll)}/board`, token());
}
