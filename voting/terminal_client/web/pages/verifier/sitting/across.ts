/** Checks Z8 to Z14: what holds between the polls of a sitting (voting/record/whole/across.py says the same). Pure. */
import type { Links } from "@/tally/board/links";
import { same, type Stated } from "../count_checks";
import { isBlank } from "../law/figures";
import type { Statement } from "../statement";
import { demand } from "./checks";
import { failed, fits, mayFollow, putsUpElected, type Ended } from "./following";
import type { ListedPoll, SittingStatement } from "./statement";

/** A poll whose record and count hold. voted: what its record shares and describes; null without votes at terminals. */
export interface HeldPoll {
  readonly listed: ListedPoll;
  readonly count: Stated;
  readonly voted: { readonly links: Links; readonly description: Statement | null } | null;
}

/** Z8: the count, and with it the record that it names, is that of the poll under which it stands. */
export function checkBelonging({ titles }: SittingStatement, polls: readonly HeldPoll[]): void {
  for (const { listed, count } of polls) {
    const alike = same([count.sitting, count.election_uuid, count.poll], [titles, listed.election_uuid, listed.poll]);
    demand(alike, "sitting_belonging", "it is that of another poll or sitting", listed.poll.id);
  }
}

/** Z9: one server signed all of it; a record states the key of its count, or none. */
export function checkServerKey({ server_key: key }: SittingStatement, polls: readonly HeldPoll[]): void {
  for (const { listed, count } of polls) {
    demand(count.server_key === key, "sitting_server_key", "it names another server's key than the sitting", listed.poll.id);
  }
}

/** Z10: all polls were held with the roster that lies beside them. */
export function checkOneRoster(statement: SittingStatement, roster: ReadonlyMap<string, string>, polls: readonly HeldPoll[]): void {
  for (const { listed, count, voted } of polls) {
    const { id } = listed.poll;
    const numbers = count.in_office === roster.size && count.statutory_seats === statement.statutory_seats;
    demand(numbers, "sitting_one_roster", "it was counted with a roster of other numbers", id);
    const named = voted?.description?.bound?.rosterSha256 ?? statement.roster_sha256;
    demand(named === statement.roster_sha256, "sitting_one_roster", "it was opened with another roster", id);
    const known = (voted?.links.voters ?? []).every(({ delegate, name }) => roster.get(delegate) === name);
    demand(known, "sitting_one_roster", "somebody voted who is not in the roster under this name", id);
  }
}

/** Z11: the scrutineers of all secret polls hold the same keys. */
export function checkTrustees(polls: readonly HeldPoll[]): void {
  let first: string | null = null;
  for (const { listed, voted } of polls) {
    const keys = voted?.links.trusteesSha256 ?? null;
    first ??= keys;
    const alike = keys === null || keys === first;
    demand(alike, "sitting_trustees", "its votes were encrypted for other keys than those before", listed.poll.id);
  }
}

/** Z12: no two polls share an identifier, a credential or a ciphertext. */
export function checkNothingTwice({ polls: listed }: SittingStatement, polls: readonly HeldPoll[]): void {
  const uuids = new Set<string>();
  for (const { election_uuid: uuid, poll } of listed) {
    demand(uuid === "" || !uuids.has(uuid), "sitting_nothing_twice", "it has the identifier of another poll", poll.id);
    uuids.add(uuid);
  }
  const [credentials, ciphertexts] = [new Set<string>(), new Set<string>()];
  const add = (before: Set<string>, own: readonly string[]): boolean => {
    const fresh = !own.some((one) => before.has(one));
    for (const one of own) before.add(one);
    return fresh;
  };
  for (const { listed: { poll }, voted } of polls) {
    const unused = add(credentials, voted?.links.credentials ?? []);
    demand(unused, "sitting_nothing_twice", "a credential was used in a poll before it", poll.id);
    const unsealed = add(ciphertexts, voted?.links.ciphertexts ?? []);
    demand(unsealed, "sitting_nothing_twice", "a ciphertext stands on the board of a poll before it", poll.id);
  }
}

/** Z13: who follows a poll of this sitting asks what may be asked after it. Returns who follows one elsewhere. */
export function checkFollows({ polls: listed }: SittingStatement, polls: readonly HeldPoll[]): string[] {
  const outcomes = new Map(polls.map(({ listed: { poll }, count }) => [poll.id, count.outcome]));
  const ended = ({ poll, state }: ListedPoll): Ended => ({
    question: poll,
    outcome: outcomes.get(poll.id) ?? null,
    annulled: state === "annulled",
  });
  const elsewhere: string[] = [];
  for (const [place, one] of listed.entries()) {
    const follows = one.poll.follows?.poll;
    if (follows === undefined) continue;
    if (!listed.some(({ poll }) => poll.id === follows)) {
      elsewhere.push(one.poll.id);
      continue;
    }
    const problem = problemOf(listed.slice(0, place), one, ended);
    demand(problem === null, "sitting_follows", problem ?? "", one.poll.id);
  }
  return elsewhere;
}

const hasEnded = ({ state }: ListedPoll): boolean => state === "announced" || state === "annulled";

/** Why a poll may not follow the one it names; null when it may. before: those that stand before it. */
function problemOf(before: readonly ListedPoll[], { poll }: ListedPoll, ended: (one: ListedPoll) => Ended): string | null {
  const at = (id: string | undefined): ListedPoll | undefined => before.find((one) => one.poll.id === id);
  const { follows } = poll;
  const followed = at(follows?.poll);
  if (follows === null || followed === undefined || !hasEnded(followed)) {
    return "it follows a poll that stands after it or has not ended";
  }
  const { relation } = follows;
  if (!mayFollow(ended(followed), relation)) return `a poll that is ${relation} may not follow an outcome like that`;
  if (relation === "repeat" && at(followed.poll.follows?.poll)) return "a poll that follows another is put again in its own place";
  const rivals = before.filter((other) => other.poll.follows?.poll === follows.poll);
  const rival = rivals.find((other) => !hasEnded(other) || !failed(ended(other)));
  if (rival) return `poll ${rival.poll.id} follows the same one`;
  const chain: Ended[] = [];
  for (let one: ListedPoll | undefined = followed; one !== undefined; one = at(one.poll.follows?.poll)) chain.push(ended(one));
  const asks = fits(ended(followed), poll, relation) && !putsUpElected(chain, poll);
  return asks ? null : "it asks something else than may be asked after that outcome";
}

/** Z14: who was annulled says why, and nobody else does. */
export function checkAnnulled({ polls }: SittingStatement): void {
  for (const { poll, state, annulled_because: because } of polls) {
    const stated = state === "annulled" ? !isBlank(because) : because === "";
    demand(stated, "sitting_annulled", "reason and state do not belong together", poll.id);
  }
}
