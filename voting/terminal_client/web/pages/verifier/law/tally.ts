/** The numbers that the law looks at in a count. */
import type { Base } from "@/live/wire.gen";
import type { FrozenPoll } from "../statement";

/** What one option received; of a motion the three voices are one. */
export interface Tally {
  readonly id: string;
  readonly votes: number;
  readonly against: number;
  readonly abstain: number;
  readonly levels: readonly number[];
  readonly writtenIn: boolean;
}

export interface Figures {
  readonly poll: FrozenPoll;
  readonly inOffice: number;
  readonly statutorySeats: number;
  readonly present: number;
  readonly issued: number;
  readonly returned: number;
  readonly void: number;
  readonly valid: number;
  readonly notPressed: number;
  readonly tallies: readonly Tally[];
}

export function baseOf(figures: Figures, base: Base): number {
  const { inOffice, statutorySeats, present, returned, valid } = figures;
  return { in_office: inOffice, statutory_seats: statutorySeats, present, returned, valid }[base];
}

export function cast({ votes, against, abstain }: Tally): number {
  return votes + against + abstain;
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** What stands under a key itself: every object answers to names like "constructor", which an option may bear. */
export function own<T>(values: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(values, key) ? values[key] : undefined;
}
