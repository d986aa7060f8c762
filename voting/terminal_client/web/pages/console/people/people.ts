/** People and seats as the console lists them: filters, search and the plan of the hall. Pure. */
import type { ConsoleView, PersonView, Role } from "@/live/wire.gen";

export const ATTENDANCE = ["present", "absent", "on_leave", "departed", "suspended"] as const;
export type AttendanceState = (typeof ATTENDANCE)[number];
export type Filter = "all" | AttendanceState | "observers";

/** The attendance of a person as a known state; anything else counts as absent (it never counts as present). */
export function attendanceOf(person: PersonView): AttendanceState {
  return ATTENDANCE.find((state) => state === person.attendance) ?? "absent";
}

/** People by roster number, delegates before observers. */
export function sortedPeople(people: Record<string, PersonView>): PersonView[] {
  return Object.values(people).sort(
    (one, other) => Number(one.observer) - Number(other.observer) || compareNumbers(one.number, other.number),
  );
}

const collator = new Intl.Collator("zh-CN", { numeric: true });

function compareNumbers(one: string, other: string): number {
  return collator.compare(one, other);
}

/** Those that pass the filter and contain the search text in number, name, seat or delegation. */
export function matching(people: readonly PersonView[], filter: Filter, search: string): PersonView[] {
  const text = search.trim().toLocaleLowerCase();
  return people.filter((person) => passes(person, filter) && contains(person, text));
}

function passes(person: PersonView, filter: Filter): boolean {
  if (filter === "all") return true;
  if (filter === "observers") return person.observer;
  return !person.observer && attendanceOf(person) === filter;
}

function contains(person: PersonView, text: string): boolean {
  const fields = [person.number, person.name, person.seat ?? "", person.delegation];
  return fields.some((field) => field.toLocaleLowerCase().includes(text));
}

/** Whose log-in the desk may end, as the server knows them. */
export interface Holder {
  readonly role: Role;
  readonly subject: string;
  readonly name: string;
  readonly about: string;
}

/** A delegate or observer as the holder of a log-in. */
export function holderOf(person: PersonView): Holder {
  const about = [person.number, person.delegation, person.seat].filter(Boolean).join(" · ");
  return { role: person.observer ? "observer" : "delegate", subject: person.number, name: person.name, about };
}

/** How the terminals of this person stand. */
export function terminalOf(view: Pick<ConsoleView, "online" | "doubled">, number: string): "doubled" | "online" | "offline" {
  if (view.doubled[number]) return "doubled";
  return view.online[number] ? "online" : "offline";
}

/** What the desk may record for a person now. */
export type DeskStep = "sign_in" | "leave" | "departure";

/** Observers are only signed in; leave and departure are recorded for delegates. */
export function deskSteps(person: PersonView): DeskStep[] {
  const state = attendanceOf(person);
  if (state === "suspended") return [];
  if (state === "present") return person.observer ? [] : ["departure"];
  return person.observer || state === "on_leave" || state === "departed" ? ["sign_in"] : ["sign_in", "leave"];
}

export interface Place {
  readonly person: PersonView;
  readonly row: number;
  readonly column: number;
}

interface HallRow {
  readonly row: number;
  readonly places: readonly Place[];
}

/**
 * The hall's rows when most seats are named by two numbers (3排12座, 3-12); null when they are not. People whose seat
 * cannot be placed are left to the list.
 */
export function hallRows(people: readonly PersonView[]): HallRow[] | null {
  const seated = people.filter((person) => person.seat !== null);
  const places = seated.flatMap((person) => placeOf(person) ?? []);
  if (places.length === 0 || places.length < seated.length * 0.8) return null;
  const rows = [...new Set(places.map(({ row }) => row))].sort((one, other) => one - other);
  return rows.map((row) => ({
    row,
    places: places.filter((place) => place.row === row).sort((one, other) => one.column - other.column),
  }));
}

function placeOf(person: PersonView): Place | null {
  const match = /^\D*(\d{1,3})\D+(\d{1,3})\D*$/.exec(person.seat ?? "");
  return match ? { person, row: Number(match[1]), column: Number(match[2]) } : null;
}

/** Roster numbers that a poll still waits for, in roster order. */
export function waitingPeople(
  people: Record<string, PersonView>,
  waiting: Record<string, boolean> | undefined,
): PersonView[] {
  return sortedPeople(people).filter((person) => waiting?.[person.number] === true);
}

/** The name of the scrutineer with this index, as progress and counts by hand give it. */
export function scrutineerName({ scrutineers }: Pick<ConsoleView, "scrutineers">, index: number): string {
  return scrutineers.find((one) => one.index === index)?.name ?? String(index);
}
