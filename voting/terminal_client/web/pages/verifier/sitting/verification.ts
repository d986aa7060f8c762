/** The whole verification of a sitting's record: the file, every poll by itself, and all of them together. */
import type { CountCheckKey } from "../count_checks";
import { judge, type Judgement } from "../judging";
import type { Reservation } from "../record_checks";
import { readStatement } from "../statement";
import * as across from "./across";
import * as checks from "./checks";
import { SITTING_CHECKS, SittingRefused, type Call, type PollFiles, type Receipt, type SittingCheckKey } from "./checks";
import { textOf, type SittingStatement } from "./statement";

/** Why a sitting whose checks hold is not simply valid. poll: where; of: a poll's own reservation. */
export interface SittingReservation {
  readonly code: "poll_not_stated" | "not_ended" | "follows_elsewhere" | "receipts_without_record";
  readonly poll: string;
  readonly of: Reservation | null;
}

/** The check that failed; poll: where, "" where it concerns no single one; within: the poll's own check, if it was one. */
interface SittingFault {
  readonly check: SittingCheckKey;
  readonly detail: string;
  readonly poll: string;
  readonly within: number | CountCheckKey | null;
}

/** What was found, as far as the checks came. */
export interface SittingFound {
  readonly statement: SittingStatement | null;
  readonly fault: SittingFault | null;
  readonly reservations: readonly SittingReservation[];
  /** Of each poll that was counted, by id. */
  readonly polls: ReadonlyMap<string, Judgement>;
  /** How many were given; ballots that they cover; ballots on all boards. */
  readonly receipts: number;
  readonly covered: number;
  readonly onBoard: number;
}

/** How far the checks are; done of total: the polls verified by themselves. */
export type Note = (check: SittingCheckKey, done: number, total: number) => void;

/** Makes every check of a sitting's record until one fails. given: receipts beside those in it. */
export async function verifySitting(call: Call, raw: Uint8Array, given: readonly unknown[], note: Note): Promise<SittingFound> {
  const run = new Run(call, note);
  try {
    await run.all(raw, given);
  } catch (error) {
    if (!(error instanceof SittingRefused)) throw error;
    const { check, detail, poll } = error;
    const within = check === "sitting_polls" ? (run.polls.get(poll)?.failed ?? null) : null;
    return { ...run.found(), reservations: [], fault: { check, detail, poll, within } };
  }
  return run.found();
}

class Run {
  readonly polls = new Map<string, Judgement>();
  #statement: SittingStatement | null = null;
  #files: ReadonlyMap<string, PollFiles> = new Map();
  #receipts: readonly Receipt[] = [];
  #elsewhere: readonly string[] = [];
  #covered = 0;

  constructor(
    readonly call: Call,
    readonly note: Note,
  ) {}

  async all(raw: Uint8Array, given: readonly unknown[]): Promise<void> {
    const { call } = this;
    const begin = (check: SittingCheckKey): void => {
      this.note(check, 0, 0);
    };
    begin("sitting_container");
    const files = checks.readContainer(raw);
    begin("sitting_statement");
    const statement = (this.#statement = checks.readStatementIn(files));
    begin("sitting_signature");
    await checks.checkSignature(call, files, statement);
    begin("sitting_files");
    this.#files = await checks.filesOfPolls(call, files, statement);
    begin("sitting_roster");
    const roster = await checks.readRoster(call, files, statement);
    begin("sitting_receipts");
    this.#receipts = checks.readReceipts(files, statement, given);
    await this.#everyPoll(statement);
    const held = await this.#held(statement);
    for (const check of SITTING_CHECKS.slice(SITTING_CHECKS.indexOf("sitting_belonging"))) {
      begin(check);
      this.#together(check, statement, roster, held);
    }
  }

  /** Z7: all are looked at before the first that fails is named. */
  async #everyPoll({ polls }: SittingStatement): Promise<void> {
    const counted = polls.filter(({ poll }) => this.#files.get(poll.id)?.count);
    for (const [done, { poll, election_uuid: uuid }] of counted.entries()) {
      this.note("sitting_polls", done, counted.length);
      const { record = null, count = null } = this.#files.get(poll.id) ?? {};
      const receipts = record === null ? [] : this.#receiptsOf(uuid);
      const found = await judge(this.call, { data: record, receipts, count: textOf(count ?? undefined) });
      this.polls.set(poll.id, found);
      if (found.failed === null) this.#covered += new Set(receipts.map(({ height }) => height)).size;
    }
    for (const [id, { failed }] of this.polls) {
      checks.demand(failed === null, "sitting_polls", `its own check ${String(failed)} does not hold`, id);
    }
  }

  async #held({ polls }: SittingStatement): Promise<across.HeldPoll[]> {
    const held: across.HeldPoll[] = [];
    for (const listed of polls) {
      const { record = null, stated: count = null } = this.polls.get(listed.poll.id) ?? {};
      const data = this.#files.get(listed.poll.id)?.record ?? null;
      if (count === null) continue;
      if (record === null || data === null) held.push({ listed, count, voted: null });
      else {
        const links = await this.call("linksOf", { data });
        held.push({ listed, count, voted: { links, description: readStatement(record.election.description) } });
      }
    }
    return held;
  }

  #together(
    check: SittingCheckKey,
    statement: SittingStatement,
    roster: ReadonlyMap<string, string>,
    held: readonly across.HeldPoll[],
  ): void {
    if (check === "sitting_belonging") across.checkBelonging(statement, held);
    else if (check === "sitting_server_key") across.checkServerKey(statement, held);
    else if (check === "sitting_one_roster") across.checkOneRoster(statement, roster, held);
    else if (check === "sitting_trustees") across.checkTrustees(held);
    else if (check === "sitting_nothing_twice") across.checkNothingTwice(statement, held);
    else if (check === "sitting_follows") this.#elsewhere = across.checkFollows(statement, held);
    else across.checkAnnulled(statement);
  }

  #receiptsOf(uuid: string): Receipt[] {
    return this.#receipts.filter((receipt) => receipt.election_uuid === uuid);
  }

  found(): SittingFound {
    const boards = [...this.polls.values()].flatMap(({ record }) => record ?? []);
    return {
      statement: this.#statement,
      fault: null,
      reservations: this.#reservations(),
      polls: this.polls,
      receipts: this.#receipts.length,
      covered: this.#covered,
      onBoard: boards.reduce((sum, { nBallots, nReplaced }) => sum + nBallots + nReplaced, 0),
    };
  }

  #reservations(): SittingReservation[] {
    const elsewhere = this.#elsewhere.map((poll) => ({ code: "follows_elsewhere" as const, poll, of: null }));
    const own = [...this.polls].flatMap(([poll, { reservations }]) =>
      reservations.map((of) => ({ code: "poll_not_stated" as const, poll, of })),
    );
    const listed = (this.#statement?.polls ?? []).flatMap(({ poll, state, election_uuid: uuid }): SittingReservation[] => {
      const over = state === "announced" || state === "annulled";
      const unheld = uuid !== "" && this.#receiptsOf(uuid).length > 0 && !this.#files.get(poll.id)?.record;
      return [
        ...(over ? [] : [{ code: "not_ended" as const, poll: poll.id, of: null }]),
        ...(unheld ? [{ code: "receipts_without_record" as const, poll: poll.id, of: null }] : []),
      ];
    });
    return [...elsewhere, ...own, ...listed];
  }
}
