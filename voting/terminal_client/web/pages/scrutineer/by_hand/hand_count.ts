/**
 * The figures of a count by hand: which ones a kind of poll has, what makes them impossible, and what is sent. Pure; the
 * server judges again.
 */
import { putsVoices, viewOf } from "@/poll/kinds/kinds";
import { isName, normalName } from "@/tally/ballots/names";
import type { HandCount, HandFigures, HandMethod, PollView, Progress } from "@/live/wire.gen";

/** A figure as it stands in its field; null while the field is empty. */
export type Figure = number | null;

/** Where a figure belongs: the votes, or the answers of an option. */
export type Column = "votes" | "against" | "abstain" | `level${number}`;

export interface WrittenName {
  readonly name: string;
  readonly votes: Figure;
}

/** What the form holds. */
export interface Draft {
  readonly method: HandMethod;
  readonly reason: string;
  readonly issued: Figure;
  readonly returned: Figure;
  readonly valid: Figure;
  readonly void: Figure;
  /** By option, then by column. */
  readonly options: Readonly<Record<string, Readonly<Partial<Record<Column, Figure>>>>>;
  readonly names: readonly WrittenName[];
}

type Asked = Pick<PollView, "kind" | "medium" | "methods" | "options" | "marks">;
type Counted = Asked & Pick<PollView, "limit" | "min_choices" | "eligible">;

/** The columns of the form: one figure for each option, or one for each mark that an option may get. */
export function columnsOf({ marks }: Pick<PollView, "marks">): readonly Column[] {
  return marks.length === 0 ? ["votes"] : marks.map(columnOf);
}

function columnOf(mark: string, place: number): Column {
  if (mark === "for") return "votes";
  return mark === "against" || mark === "abstain" ? mark : `level${place}`;
}

/** An empty form; a mixed poll's papers were counted when they were handed out. */
export function emptyDraft(poll: Asked, progress: Pick<Progress, "papers">): Draft {
  const issued = poll.medium === "mixed" ? progress.papers : null;
  const method = poll.methods[0] ?? "paper";
  return { method, reason: "", issued, returned: null, valid: null, void: null, options: {}, names: [] };
}

/** The form with the figures of an entry, to correct them. */
export function draftOf(poll: Asked, { figures, method, reason }: HandCount): Draft {
  const value = (id: string, column: Column): number => {
    if (column === "votes") return figures.votes[id] ?? 0;
    if (column === "against" || column === "abstain") return figures[column][id] ?? 0;
    return figures.levels[id]?.[levelOf(column)] ?? 0;
  };
  const columns = columnsOf(poll);
  const cells = (id: string) => Object.fromEntries(columns.map((column) => [column, value(id, column)]));
  return {
    method,
    reason,
    issued: figures.issued,
    returned: figures.returned,
    valid: figures.valid,
    void: figures.void,
    options: Object.fromEntries(poll.options.map(({ id }) => [id, cells(id)])),
    names: figures.write_ins.map((name) => ({ name, votes: figures.votes[name] ?? 0 })),
  };
}

const levelOf = (column: Column): number => Number(column.slice("level".length));

/** Hands leave no papers: everybody who raised one is counted, and nothing is void. */
function sheets(poll: Asked, draft: Draft): Pick<Draft, "returned" | "valid" | "void"> {
  if (draft.method === "paper") return draft;
  const raised = poll.options.map(({ id }) => draft.options[id]?.votes ?? null);
  const sum = raised.includes(null) ? null : total(raised);
  return { returned: sum, valid: sum, void: 0 };
}

const total = (figures: readonly Figure[]): number => figures.reduce<number>((sum, figure) => sum + (figure ?? 0), 0);

/** Blanks within a name mean nothing. */
const plain = (name: string): string => normalName(name).replaceAll(" ", "");

/** A name as it is sent: in the spelling of the roster where there is one. */
function spelled({ eligible }: Pick<PollView, "eligible">, written: string): string {
  return eligible.find((name) => plain(name) === plain(written)) ?? normalName(written);
}

/** The figures to send; empty fields count as nothing, `problemsOf` tells of them first. */
export function figuresOf(poll: Asked & Pick<PollView, "eligible">, draft: Draft): HandFigures {
  const columns = columnsOf(poll);
  const { returned, valid, void: spoilt } = sheets(poll, draft);
  const column = (name: Column): Record<string, number> =>
    columns.includes(name) ? Object.fromEntries(poll.options.map(({ id }) => [id, draft.options[id]?.[name] ?? 0])) : {};
  const names = draft.names.map(({ name, votes }) => [spelled(poll, name), votes ?? 0] as const);
  const levels = poll.options.map(({ id }) => [id, columns.map((name) => draft.options[id]?.[name] ?? 0)] as const);
  return {
    issued: draft.issued ?? 0,
    returned: returned ?? 0,
    valid: valid ?? 0,
    void: spoilt ?? 0,
    votes: { ...column("votes"), ...Object.fromEntries(names) },
    against: column("against"),
    abstain: column("abstain"),
    levels: viewOf(poll).counts === "levels" ? Object.fromEntries(levels) : {},
    write_ins: names.map(([name]) => name),
  };
}

/** Why the figures cannot be sent: a key of the catalogue (scrutineer.hand.problem), its numbers, and where it is. */
export interface FigureProblem {
  readonly key:
    | "empty"
    | "returned_over_issued"
    | "valid_and_void"
    | "papers"
    | "option_over_valid"
    | "hands_over_present"
    | "marks_over"
    | "marks_under"
    | "ranks_off"
    | "rank_out_of_range"
    | "name_empty"
    | "name_repeated"
    | "name_not_eligible"
    | "name_unreadable"
    | "name_without_votes"
    | "reason";
  readonly params: Readonly<Record<string, string | number>>;
}

type Finding = FigureProblem | false;

const finding = (key: FigureProblem["key"], params: FigureProblem["params"] = {}): FigureProblem => ({ key, params });

/** Everything that is wrong with the figures, the sheets first; `empty` alone while a field is. */
export function problemsOf(poll: Counted, draft: Draft, progress: Pick<Progress, "papers">): readonly FigureProblem[] {
  const missing = emptyFields(poll, draft);
  const found = [
    ...sheetProblems(poll, draft, progress),
    ...(missing > 0 ? [] : [...optionProblems(poll, draft), sumProblem(poll, draft)]),
    ...nameProblems(poll, draft),
    draft.reason.trim() === "" && finding("reason"),
  ];
  const wrong = found.filter((item): item is FigureProblem => item !== false);
  return missing > 0 ? [finding("empty", { n: missing }), ...wrong] : wrong;
}

function emptyFields(poll: Counted, draft: Draft): number {
  const columns = columnsOf(poll);
  const cells = poll.options.flatMap(({ id }) => columns.map((column) => draft.options[id]?.[column] ?? null));
  const papers = draft.method === "paper" ? [draft.returned, draft.valid, draft.void] : [];
  return [draft.issued, ...papers, ...cells, ...draft.names.map(({ votes }) => votes)].filter((figure) => figure === null).length;
}

function sheetProblems(poll: Counted, draft: Draft, { papers }: Pick<Progress, "papers">): Finding[] {
  const { issued } = draft;
  const { returned, valid, void: spoilt } = sheets(poll, draft);
  const hands = draft.method === "show_of_hands";
  const over = returned !== null && issued !== null && returned > issued;
  return [
    poll.medium === "mixed" && issued !== null && issued !== papers && finding("papers", { issued, papers }),
    over && finding(hands ? "hands_over_present" : "returned_over_issued", { issued, returned }),
    returned !== null && valid !== null && spoilt !== null && valid + spoilt !== returned &&
      finding("valid_and_void", { returned, valid, void: spoilt, sum: valid + spoilt }),
  ];
}

function optionProblems(poll: Counted, draft: Draft): Finding[] {
  const { valid } = figuresOf(poll, draft);
  const columns = columnsOf(poll);
  if (putsVoices(poll)) return [];
  if (viewOf(poll).counts === "sums") {
    const most = valid * poll.options.length;
    return poll.options.map(({ id, title }) => {
      const sum = draft.options[id]?.votes ?? 0;
      return (sum < valid || sum > most) && finding("rank_out_of_range", { option: title, sum, least: valid, most });
    });
  }
  const rows = [
    ...poll.options.map(({ id, title }) => ({ title, sum: total(columns.map((column) => draft.options[id]?.[column] ?? 0)) })),
    ...draft.names.map(({ name, votes }) => ({ title: name, sum: votes ?? 0 })),
  ];
  return rows.map(({ title, sum }) => sum > valid && finding("option_over_valid", { option: title, sum, valid }));
}

function sumProblem(poll: Counted, draft: Draft): Finding {
  const { valid, votes } = figuresOf(poll, draft);
  const [sum, n] = [total(Object.values(votes)), poll.options.length];
  if (viewOf(poll).counts === "levels") return false;
  if (viewOf(poll).counts === "sums") {
    const expected = (valid * n * (n + 1)) / 2;
    return sum !== expected && finding("ranks_off", { sum, expected, valid });
  }
  const most = valid * (poll.limit ?? n + draft.names.length);
  if (sum > most) return finding("marks_over", { sum, most, valid });
  const least = valid * poll.min_choices;
  return sum < least && finding("marks_under", { sum, least, valid });
}

/** What was counted may be true and had better be counted again; it can be sent all the same. */
interface Doubt {
  readonly option: string;
  readonly total: number;
  readonly most: number;
}

/** So many of so many marks of another subject are even. */
const EVEN = { part: 9, of: 10 };

/** Subjects with far fewer marks than another on the same papers (voting/congress/law/kinds/evaluation.py says the same). */
export function doubtsAbout({ options }: Pick<PollView, "options">, { levels }: Pick<HandFigures, "levels">): readonly Doubt[] {
  const sums = options.map(({ id, title }) => ({ option: title, total: total(levels[id] ?? []) }));
  const most = Math.max(0, ...sums.map((subject) => subject.total));
  return sums.filter((subject) => EVEN.of * subject.total < EVEN.part * most).map((subject) => ({ ...subject, most }));
}

function nameProblems(poll: Counted, { names }: Draft): Finding[] {
  const taken = new Set(poll.options.flatMap(({ id, title }) => [plain(id), plain(title)]));
  return names.map(({ name: written, votes }) => {
    const name = spelled(poll, written);
    if (name === "") return finding("name_empty");
    const known = taken.has(plain(name));
    taken.add(plain(name));
    if (known) return finding("name_repeated", { name });
    if (poll.eligible.length > 0 && !poll.eligible.includes(name)) return finding("name_not_eligible", { name });
    if (poll.eligible.length === 0 && !isName(name)) return finding("name_unreadable", { name });
    return votes === 0 && finding("name_without_votes", { name });
  });
}
