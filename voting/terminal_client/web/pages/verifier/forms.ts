/** The forms of what records and counts state, field by field, as voting/record and voting/congress write them. */
import { KINDS } from "./law/kinds";
import { between, fields, flag, listOf, mapOf, matching, nullOr, oneOf, since, text, whole, type Shape } from "./spelling";

const MAX = Number.MAX_SAFE_INTEGER;
const share = matching(/^[1-9][0-9]{0,3}\/[1-9][0-9]{0,3}\n?$/);
const base = oneOf("in_office", "statutory_seats", "present", "returned", "valid");
const kind = oneOf(...Object.keys(KINDS));
const spoilt = oneOf("valid", "void");
const secrecyRule = oneOf("secret", "recorded", "either");
const more = between(0, MAX);
const medium = oneOf("electronic", "by_hand", "mixed");

const body = oneOf("congress", "township_congress", "standing_committee", "presidium", "delegation", "other");
const article = oneOf("组 14", "组 25", "组 27", "组 51", "选 31");

/** Rules of release 0.1.0 lacked what is marked with `since`. */
const RULESET = fields({
  title: text,
  body: since(body),
  deviates: since(listOf(article)),
  quorum: fields({ fraction: share, strictly_more: since(flag), base }),
  majority: fields({ fraction: share, strictly_more: flag, base }),
  participation: fields({ required: flag, fraction: share, strictly_more: flag, base, missed: since(oneOf("void", "not_passed")) }),
  ballots: fields({
    over: spoilt,
    over_approval: spoilt,
    under: spoilt,
    returned_at_most: oneOf("issued", "present"),
    press: oneOf("first", "last"),
    write_in_after: since(oneOf("against", "any")),
    least_secret: since(between(1, 10_000)),
  }),
  seats: fields({
    majority_floor: flag,
    rank_needs_majority: flag,
    run_off_needs_majority: flag,
    run_off_of_persons_needs_majority: since(flag),
    tie: oneOf("run_off"),
    shortfall: listOf(oneOf("second_round", "next_session", "accept_fewer")),
    shortfall_of_projects: since(listOf(oneOf("second_round", "next_session", "accept_fewer"))),
  }),
  candidates: fields({
    chief_more_at_most: more,
    deputy_more_at_least: more,
    deputy_more_at_most: more,
    member_more_at_least: share,
    member_more_at_most: share,
    delegate_more_at_least: share,
    delegate_more_at_most: share,
  }),
  secrecy: fields({ motion: secrecyRule, choice: secrecyRule, election: secrecyRule, evaluation: secrecyRule }),
  display: fields({
    results: oneOf("immediate", "delayed"),
    show_not_pressed: flag,
    percentage_of: oneOf("cast", "in_office", "present", "issued", "returned"),
    votes: since(oneOf("all", "elected")),
  }),
  evaluation: fields({ levels: between(3, 4), base, half_counts: flag }),
  fallback: fields({ show_of_hands: listOf(kind), paper: listOf(kind), mixed: oneOf("failed_terminals", "never") }),
});

/** A poll as records state it. */
export const POLL = fields({
  id: text,
  kind,
  title: text,
  seats: whole,
  options: listOf(fields({ id: text, title: text, illustrative: flag })),
  rules: fields({ majority_floor: flag, fewer_than_seats_voids: flag }),
  ruleset: RULESET,
  secrecy: oneOf("secret", "recorded"),
  medium,
  write_ins: flag,
  follows: nullOr(fields({ poll: text, relation: oneOf("run_off", "second_round", "next_session", "repeat") })),
  eligible: listOf(text),
});

/** Congress, session and sitting. */
export const TITLES = fields({ congress: text, session: text, sitting: text });
const KNOWN = { sitting: TITLES, poll: POLL, in_office: whole, statutory_seats: whole, present: whole };
const STRICT = { format: oneOf(2), ...KNOWN, server_key: text, roster_sha256: text, credentials_sha256: text };
const TERMS = { terms: fields({ counted: text }) };

/** Descriptions of release 0.1.0, which stated no format, and of format 2. */
export const FIRST = either(fields(KNOWN), fields({ ...TERMS, ...KNOWN }));
export const SECOND = either(fields(STRICT), fields({ ...TERMS, ...STRICT }));

function either(one: Shape, other: Shape): Shape {
  return (value) => one(value) || other(value);
}

const numbers = mapOf(whole);
const COUNT = fields({
  entitled: whole,
  issued: whole,
  returned: whole,
  valid: whole,
  void: whole,
  not_pressed: whole,
  votes: numbers,
  against: numbers,
  abstain: numbers,
  levels: mapOf(listOf(whole)),
  write_ins: listOf(text),
  medium,
  by_hand: whole,
});
const PERSON = fields({ index: whole, name: text });
const ENTRY = fields({
  method: oneOf("show_of_hands", "paper"),
  figures: fields({
    issued: whole,
    returned: whole,
    valid: whole,
    void: whole,
    votes: numbers,
    against: numbers,
    abstain: numbers,
    levels: mapOf(listOf(whole)),
    write_ins: listOf(text),
  }),
  reason: text,
  entered_at: whole,
  entered_by: PERSON,
  confirmed_by: PERSON,
});

/** A signed count. */
export const STATEMENT = fields({
  version: oneOf(1),
  sitting: TITLES,
  election_uuid: text,
  poll: POLL,
  fingerprint: text,
  archive_sha256: text,
  in_office: whole,
  statutory_seats: whole,
  present: whole,
  medium,
  electronic: nullOr(COUNT),
  by_hand: nullOr(ENTRY),
  papers_instead: whole,
  count: COUNT,
  outcome: fields({
    kind: oneOf("elected", "preselected", "run_off", "shortfall", "passed", "not_passed", "decided", "evaluated", "void", "no_quorum"),
    majority: whole,
    elected: listOf(text),
    run_off: listOf(text),
    run_off_seats: whole,
    shortfall: whole,
    verdicts: mapOf(text),
  }),
  server_key: text,
  signature: text,
});
