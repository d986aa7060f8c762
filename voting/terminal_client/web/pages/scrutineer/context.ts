/** What the scrutineer's parts ask for instead of being handed it. */
import { contextOf } from "@/kit/context";
import { fetchJson } from "@/live/session";
import type { Page } from "@/live/page_session";
import type { BoardRecords, PollSetup, ScrutineerView } from "@/live/wire.gen";
import type { TallyClient } from "@/tally/worker/client";
import type { Ceremony } from "./ceremony/useCeremony";
import type { Cupboard } from "./keeping";
import type { OwnKeys } from "./setups/own_keys";
import type { Setups } from "./setups/useSetups";

/** One scrutineer's terminal. */
export interface Terminal extends Page<ScrutineerView> {
  /** The scrutineer's number, from 1. */
  readonly index: number;
  readonly tally: TallyClient;
  readonly cupboard: Cupboard;
  readonly fetchBoard: (poll: string) => Promise<BoardRecords>;
  readonly fetchSetup: (poll: string) => Promise<PollSetup>;
}

export const terminalContext = contextOf<Terminal>("scrutineer's terminal");
export const ceremonyContext = contextOf<Ceremony>("ceremony");
export const keysContext = contextOf<OwnKeys & Setups>("own keys");

/** The board of a poll, with the session's token. Raises Refusal. */
export function boardFetcher(token: () => string): Terminal["fetchBoard"] {
  return (poll) => fetchJson<BoardRecords>(`/api/polls/${encodeURIComponent(poll)}/board`, token());
}

/** What a poll was opened with, with the session's token. Raises Refusal. */
export function setupFetcher(token: () => string): Terminal["fetchSetup"] {
  return (poll) => fetchJson<PollSetup>(`/api/polls/${encodeURIComponent(poll)}/setup`, token());
}
