/* Generated from voting/wire by `make wire`; do not edit. */

/**
 * Who a connection acts for. PUBLIC needs no login.
 */
export type Role = "chair" | "delegate" | "observer" | "public" | "screen" | "scrutineer";
/**
 * How a question is put and answered.
 */
export type PollKind =
  "approve_each" | "choose" | "election" | "evaluation" | "motion" | "preselection" | "rank";
/**
 * How one poll is cast: SECRET (无记名) or RECORDED (记名), public per delegate once it is announced.
 */
export type Secrecy = "recorded" | "secret";
/**
 * How votes are collected: at the terminals, by hand (show of hands or paper), or both in one count.
 */
export type Medium = "by_hand" | "electronic" | "mixed";
/**
 * What an election fills; the law says for each how many candidates there may be.
 */
export type Post = "chief" | "delegate" | "deputy" | "member";
/**
 * How a poll follows another one, whose result stays as it was.
 */
export type Relation = "next_session" | "repeat" | "run_off" | "second_round";
/**
 * Of what a poll's setup holds, by what the terminal knows for itself.
 */
export type Alarm = "key" | "server_key" | "setup";
/**
 * How hands were counted: 举手, or 纸质选票.
 */
export type HandMethod = "paper" | "show_of_hands";
/**
 * The life of a poll; see TRANSITIONS.
 */
export type PollState =
  "announced" | "annulled" | "closed" | "confirmed" | "counted" | "open" | "planned" | "prepared" | "sealed";
/**
 * Who decides; every fraction is taken of its members (全体代表, 全体组成人员, 全体成员).
 */
export type Body =
  "congress" | "delegation" | "other" | "presidium" | "standing_committee" | "township_congress";
/**
 * Articles that rules may be at odds with, by the short name under which a file of rules admits it.
 *
 *     组: 地方组织法 (2022); 选: 选举法 (2020).
 */
export type Article = "组 14" | "组 25" | "组 27" | "组 51" | "选 31";
/**
 * Of whom a fraction is taken.
 */
export type Base = "in_office" | "present" | "returned" | "statutory_seats" | "valid";
/**
 * What too few votes cast make of a motion: the vote void, so that it may be put again, or the motion lost.
 */
export type Missed = "not_passed" | "void";
/**
 * What becomes of a ballot with too many or too few marks.
 */
export type BallotRule = "valid" | "void";
/**
 * More ballots than this make the poll void.
 */
export type ReturnedLimit = "issued" | "present";
/**
 * Which ballot of one delegate counts; LAST lets a later one replace it until the poll is closed.
 */
export type Press = "first" | "last";
/**
 * After what a ballot may add a name (另选他人).
 */
export type WriteInAfter = "against" | "any";
/**
 * What a tie across the cut line leads to; nothing in the program ever breaks one.
 */
export type TieRule = "run_off";
/**
 * What may be chosen when fewer than k reach the floor.
 */
export type AfterShortfall = "accept_fewer" | "next_session" | "second_round";
/**
 * What a kind of poll may be; EITHER leaves it to the single poll.
 */
export type SecrecyRule = "either" | "recorded" | "secret";
/**
 * When the hall sees a result: as soon as it is counted, or when the chair announces it.
 */
export type ResultsShown = "delayed" | "immediate";
/**
 * The denominator of every percentage shown. CAST leaves out who pressed nothing and void ballots.
 */
export type PercentageOf = "cast" | "in_office" | "issued" | "present" | "returned";
/**
 * Whose votes are published where options compete for seats; a record always holds all of them.
 */
export type VotesShown = "all" | "elected";
/**
 * Who may vote on paper beside an electronic poll.
 */
export type MixedCount = "failed_terminals" | "never";
/**
 * How a poll ended: the closed list of docs/rules.md.
 */
export type OutcomeKind =
  | "decided"
  | "elected"
  | "evaluated"
  | "no_quorum"
  | "not_passed"
  | "passed"
  | "preselected"
  | "run_off"
  | "shortfall"
  | "void";
/**
 * Wire names of the steps of an explanation.
 */
export type ReasonCode =
  | "ballots_add_up"
  | "ballots_returned"
  | "ballots_too_many"
  | "elected"
  | "evaluated_basically"
  | "evaluated_dissatisfied"
  | "evaluated_satisfied"
  | "left_out"
  | "marks_do_not_add_up"
  | "motion_votes"
  | "motion_votes_all"
  | "names_without_against"
  | "option_below"
  | "option_fails"
  | "option_passes"
  | "option_reaches"
  | "participation_missed"
  | "participation_reached"
  | "participation_void"
  | "presses_too_many"
  | "quorum_missed"
  | "quorum_reached"
  | "rank_sum"
  | "rankings_suffice"
  | "rankings_too_few"
  | "ranks_do_not_add_up"
  | "shortfall"
  | "subject_uneven"
  | "tie"
  | "votes_fail"
  | "votes_pass";
export type RefusalCode = ChamberRefusal | WireRefusal;
/**
 * What the sitting refuses; the value is the key of the text in every catalogue.
 */
export type ChamberRefusal =
  | "already_signed_in"
  | "already_voted"
  | "amendment_too_late"
  | "amendments_first"
  | "annulment_not_asked"
  | "annulment_own"
  | "another_poll_running"
  | "ballot_malformed"
  | "ballot_proof_invalid"
  | "ballot_too_large"
  | "ballot_wrong_poll"
  | "ceremony_complete"
  | "ceremony_incomplete"
  | "ceremony_message_invalid"
  | "ceremony_message_repeated"
  | "ceremony_wrong_round"
  | "closed_board_invalid"
  | "closed_board_repeated"
  | "closed_head_differs"
  | "count_known"
  | "credential_malformed"
  | "credential_not_yours"
  | "credential_taken"
  | "credential_unknown"
  | "decryption_invalid"
  | "decryption_repeated"
  | "decryptions_complete"
  | "decryptions_missing"
  | "departed"
  | "follow_up_mismatch"
  | "follow_up_not_allowed"
  | "followed_already"
  | "hand_count_changed"
  | "hand_count_confirmed"
  | "hand_count_does_not_add_up"
  | "hand_count_impossible"
  | "hand_count_missing"
  | "item_already_current"
  | "kin_not_asked"
  | "method_not_allowed"
  | "no_quorum"
  | "nobody_ready"
  | "not_chief_scrutineer"
  | "not_on_credential_list"
  | "not_signed_in"
  | "observer_cannot_vote"
  | "on_leave_already"
  | "papers_do_not_add_up"
  | "poll_already_ended"
  | "poll_by_hand"
  | "poll_id_taken"
  | "poll_not_by_hand"
  | "poll_not_closed"
  | "poll_not_confirmed"
  | "poll_not_counted"
  | "poll_not_decrypted"
  | "poll_not_ended"
  | "poll_not_open"
  | "poll_not_planned"
  | "poll_not_prepared"
  | "poll_not_sealed"
  | "poll_not_shuffled"
  | "poll_plan_invalid"
  | "reason_needed"
  | "reason_too_long"
  | "record_wrong"
  | "scrutineer_on_ballot"
  | "second_person_needed"
  | "seconds_out_of_range"
  | "shuffle_invalid"
  | "shuffle_overtaken"
  | "shuffle_repeated"
  | "shuffles_complete"
  | "shuffles_missing"
  | "suspended"
  | "too_few_ballots"
  | "too_few_ready"
  | "too_many_registrations"
  | "too_many_rejected_ballots"
  | "unknown_delegate"
  | "unknown_item"
  | "unknown_observer"
  | "unknown_poll"
  | "unknown_scrutineer"
  | "verification_pending"
  | "votes_on_paper";
/**
 * What the server refuses by itself; the value is the key of the text in every catalogue.
 */
export type WireRefusal =
  | "code_unknown"
  | "disk_space_low"
  | "frame_malformed"
  | "frame_too_large"
  | "logged_out"
  | "login_needed"
  | "not_public_yet"
  | "not_your_role"
  | "person_unknown"
  | "report_font_missing"
  | "reports_busy"
  | "reports_failed"
  | "server_stopping"
  | "too_many_attempts"
  | "too_many_requests";
/**
 * Where a person is; observers are ABSENT or PRESENT.
 */
export type AttendanceState = "absent" | "departed" | "on_leave" | "present" | "suspended";
/**
 * How far a count by hand is; NONE where nothing is counted by hand.
 */
export type HandCountState = "confirmed" | "entered" | "missing" | "none";
/**
 * What the chair may do with a poll.
 */
export type ChairStep =
  | "announce"
  | "annul"
  | "ask_annulment"
  | "close"
  | "confirm_annulment"
  | "open"
  | "open_by_hand"
  | "prepare";
/**
 * Which view of the sitting a connection receives (delegates and observers both sit at a SEAT).
 */
export type Audience = "console" | "public" | "screen" | "scrutineer" | "seat";
/**
 * A document, or the event that names it.
 */
export type RecordKind = "data" | "event";
/**
 * Wire names of the problems a plan may have; in brackets: their parameters.
 */
export type PlanProblemCode =
  | "candidates_out_of_range"
  | "eligible_unused"
  | "eligible_wrong"
  | "empty"
  | "group_unknown"
  | "id_repeated"
  | "link_wrong"
  | "medium_forbidden"
  | "motion_options_wrong"
  | "name_too_long"
  | "not_one_chief"
  | "number_repeated"
  | "poll_in_two_items"
  | "poll_not_in_agenda"
  | "poll_unknown"
  | "post_forbidden"
  | "rules_contradict"
  | "rules_deviate"
  | "scrutineer_index_wrong"
  | "scrutineer_not_delegate"
  | "scrutineer_on_ballot"
  | "seat_repeated"
  | "seats_out_of_range"
  | "seconds_out_of_range"
  | "secrecy_forbidden"
  | "threshold_out_of_range"
  | "too_few_scrutineers"
  | "too_few_voters"
  | "too_many_scrutineers"
  | "write_ins_forbidden";
/**
 * What a draft may have wrong beside the problems of a plan and of a ballot; in brackets: the parameters.
 */
export type DraftProblem = "id_wrong" | "options_missing" | "rules_unknown" | "text_wrong";
/**
 * Wire names of what makes a poll too large for a ballot, or of a form that no ballot has.
 */
export type BallotProblemCode =
  | "name_is_an_id"
  | "no_room_for_names"
  | "not_read_singly"
  | "too_many_eligible"
  | "too_many_numbers"
  | "too_many_options";

export interface Login {
  code: string;
}
/**
 * token goes into the socket's auth; subject: roster number, scrutineer index as text, or empty.
 */
export interface LoggedIn {
  token: string;
  role: Role;
  subject: string;
  name: string;
  delegation: string;
  seat: string | null;
}
/**
 * Seat: the delegate or observer of this connection signs in (签到).
 */
export interface SignInRequest {}
export interface RegisterCredentialRequest {
  poll: string;
  credential: string;
}
/**
 * ballot: the raw Belenios ballot JSON text, byte-exact.
 */
export interface CastRequest {
  poll: string;
  ballot: string;
}
/**
 * Console: sign-in by the desk (补签) for a delegate or an observer, by number.
 */
export interface SignInForRequest {
  person: string;
}
export interface RecordLeaveRequest {
  delegate: string;
}
export interface RecordDepartureRequest {
  delegate: string;
}
/**
 * Console: a badge was lost. The old code and every log-in of this person end.
 */
export interface NewCodeRequest {
  role: Role;
  subject: string;
}
/**
 * Console: every terminal of this person has to log in again.
 */
export interface LogOutEverywhereRequest {
  role: Role;
  subject: string;
}
export interface CallItemRequest {
  item: string;
}
export interface PreparePollRequest {
  poll: string;
}
/**
 * seconds: voting time; None = as planned (then possibly until the chair closes). 10..3600.
 *
 *     no_kin: in an election, that the chair has asked and no scrutineer is close kin of a candidate.
 */
export interface OpenPollRequest {
  poll: string;
  seconds?: number | null;
  no_kin?: boolean;
}
export interface ClosePollRequest {
  poll: string;
}
/**
 * Console: open a poll that is counted by hand. no_kin: see OpenPollRequest.
 */
export interface OpenByHandRequest {
  poll: string;
  no_kin?: boolean;
}
/**
 * Console: in a mixed poll, this delegate's terminal failed and a paper is handed out.
 */
export interface IssuePaperRequest {
  poll: string;
  delegate: string;
  reason: string;
}
/**
 * Console: put one more poll on the agenda, at the end of this item.
 */
export interface PlanPollRequest {
  item: string;
  draft: PollDraft;
}
/**
 * A poll as the console composes it; see PollPlan.
 *
 *     id: a-z 0-9 - (1..40), not used by another poll. rules: a name in ConsoleView.rulebooks; "" = those of the poll that
 *     this one follows, or of the sitting where it follows none. options of a motion may be left out.
 */
export interface PollDraft {
  id: string;
  kind: PollKind;
  title: string;
  options: Option[];
  seats: number;
  rules: string;
  seconds: number | null;
  secrecy: Secrecy;
  medium: Medium;
  write_ins: boolean;
  eligible: string[];
  post: Post | null;
  by_election: boolean;
  follows: Follows | null;
  amends: string | null;
  clause_of: string | null;
}
/**
 * One option; `illustrative` marks an invented one (示例), which every page shows.
 */
export interface Option {
  id: string;
  title: string;
  illustrative: boolean;
}
/**
 * The link to the poll this one follows; that poll's result stays as it was.
 */
export interface Follows {
  poll: string;
  relation: Relation;
}
/**
 * Console: what the poll would look like, or why it would be refused. Nothing changes.
 */
export interface PreviewPollRequest {
  item: string;
  draft: PollDraft;
}
export interface AnnounceResultRequest {
  poll: string;
}
/**
 * Console: before the count is known.
 */
export interface AnnulPollRequest {
  poll: string;
  reason: string;
}
/**
 * The chair or the chief scrutineer wants a poll annulled whose count is known.
 */
export interface AskAnnulmentRequest {
  poll: string;
  reason: string;
}
/**
 * The other one of the two agrees. asked_at: of the request that was seen (Unix ms).
 */
export interface ConfirmAnnulmentRequest {
  poll: string;
  asked_at: number;
}
/**
 * message: raw JSON text of the round's message of this scrutineer.
 */
export interface PostCeremonyRequest {
  round: number;
  message: string;
}
/**
 * Scrutineer. signed: raw JSON text of the signature on the closed board that this terminal rebuilt.
 */
export interface SignClosedBoardRequest {
  poll: string;
  signed: string;
}
/**
 * Scrutineer: compared the head that this terminal rebuilt with the hall screen, aloud. head: hex.
 */
export interface CompareClosedHeadRequest {
  poll: string;
  head: string;
}
/**
 * Scrutineer: this terminal found the poll opened with something that it cannot be.
 */
export interface RaiseAlarmRequest {
  poll: string;
  alarm: Alarm;
}
/**
 * Scrutineer. position: how many shuffles on the board this one builds on; shuffle: raw JSON text.
 *
 *     owned: raw JSON text of the document with which the scrutineer signs the shuffle.
 */
export interface PostShuffleRequest {
  poll: string;
  position: number;
  shuffle: string;
  owned: string;
}
/**
 * Scrutineer: the figures counted by hand, and why they were. May be entered anew until they are confirmed.
 */
export interface EnterHandCountRequest {
  poll: string;
  method: HandMethod;
  figures: HandFigures;
  reason: string;
}
/**
 * The figures as entered. votes, against, abstain, levels: by option id (a motion: for, against, abstain in votes).
 *
 *     write_ins: names in `votes` that no option of the ballot has.
 */
export interface HandFigures {
  issued: number;
  returned: number;
  valid: number;
  void: number;
  votes: {
    [k: string]: number;
  };
  against: {
    [k: string]: number;
  };
  abstain: {
    [k: string]: number;
  };
  levels: {
    [k: string]: number[];
  };
  write_ins: string[];
}
/**
 * Another scrutineer than the one who entered. entered_at: of the entry that was seen (Unix ms).
 */
export interface ConfirmHandCountRequest {
  poll: string;
  entered_at: number;
}
export interface ReleaseDecryptionRequest {
  poll: string;
  decryption: string;
}
export interface ConfirmCountRequest {
  poll: string;
}
/**
 * Any audience: send me a fresh snapshot.
 */
export interface ResyncRequest {}
/**
 * Carried out.
 */
export interface DoneReply {
  ok: true;
}
/**
 * The ballot is stored durably under this tracker, and not verified yet.
 */
export interface CastReply {
  tracker: string;
  ok: true;
}
/**
 * The new code in clear, this once. qr: of the link that logs in with it, an SVG picture as a data URI.
 */
export interface NewCodeReply {
  code: string;
  qr: string;
  ok: true;
}
/**
 * The poll that a draft would become.
 */
export interface PreviewReply {
  preview: PollView;
  ok: true;
}
/**
 * A poll as every audience sees it; `result` only where that audience may see it (seat, screen, public: announced,
 *     or annulled after the count; console, scrutineer: counted). `returned` is known to all once closed.
 *
 *     marks: what each option or subject is answered with, in the order of the ballot's answers ("for", "against",
 *     "abstain"; or the levels of an evaluation); empty for choose, motion and rank. rules: the adopted settings, frozen
 *     with the poll; quorum and majority: the numbers needed, majority null while its base is not known yet.
 */
export interface PollView {
  id: string;
  kind: PollKind;
  title: string;
  state: PollState;
  options: OptionView[];
  marks: string[];
  seats: number;
  min_choices: number;
  max_choices: number;
  limit: number | null;
  read_singly: boolean;
  secrecy: Secrecy;
  medium: Medium;
  methods: HandMethod[];
  last_press_counts: boolean;
  write_ins: boolean;
  by_election: boolean;
  follows: Follows | null;
  amends: string | null;
  clause_of: string | null;
  rules: Ruleset;
  quorum: number;
  majority: number | null;
  shuffled: boolean;
  max_write_ins: number;
  eligible: string[];
  write_in_bytes: number;
  closes_at: number | null;
  election_uuid: string | null;
  fingerprint: string | null;
  closed_head: string | null;
  issued: number | null;
  returned: number | null;
  alarms: PollAlarm[];
  annulled_because: string | null;
  result: ResultView | null;
}
export interface OptionView {
  id: string;
  title: string;
  illustrative: boolean;
}
/**
 * All settings of a congress; the defaults are those of the national law and of docs/rules.md (see `completed`).
 *
 *     body: whose rules they are; deviates: the articles that bind it and that they openly deviate from (see
 *     deviations.py). Unset: adopted before bodies were told apart.
 */
export interface Ruleset {
  title: string;
  body?: Body;
  deviates?: Article[];
  quorum: QuorumRule;
  majority: MajorityRule;
  participation: ParticipationRule;
  ballots: BallotRules;
  seats: SeatRules;
  candidates: CandidateRules;
  secrecy: SecrecyRules;
  display: DisplayRules;
  evaluation: EvaluationRules;
  fallback: FallbackRules;
}
/**
 * [quorum] the part that must be present (地方组织法 art. 14 para. 4; a standing committee: art. 51 para. 3).
 *
 *     strictly_more: 过半数; else 以上, including it. Unset: adopted before it was a setting, and 以上.
 */
export interface QuorumRule {
  fraction: string;
  strictly_more?: boolean;
  base: Base;
}
/**
 * [majority] what passes or elects (地方组织法 art. 25). strictly_more: 过半数; else 以上, including it.
 */
export interface MajorityRule {
  fraction: string;
  strictly_more: boolean;
  base: Base;
}
/**
 * [participation] motions only: so many must cast a vote at all (广东省人大议事规则 art. 60 para. 1).
 *
 *     missed: what follows where fewer do. Unset: adopted before it was a setting, and the motion is lost.
 */
export interface ParticipationRule {
  required: boolean;
  fraction: string;
  strictly_more: boolean;
  base: Base;
  missed?: Missed;
}
/**
 * [ballots] over: more than k marks; under: fewer; over_approval: more than k "for" in approve_each.
 *
 *     least_secret: a secret poll with fewer voters at the terminals is not opened, and one with fewer ballots not
 *     decrypted. One is no bound in effect; with none the box would be empty. write_in_after: who may add a name, see
 *     `Question.lets_add` (代表法 art. 17 para. 6). Unset: adopted before they were settings; then any ballot may.
 */
export interface BallotRules {
  over: BallotRule;
  over_approval: BallotRule;
  under: BallotRule;
  returned_at_most: ReturnedLimit;
  press: Press;
  write_in_after?: WriteInAfter;
  least_secret?: number;
}
/**
 * [seats] the floor of projects, of rankings and of a run-off; elections of persons always have the majority.
 *
 *     run_off_needs_majority is about projects; run_off_of_persons_needs_majority, where it is false: 以得票多的当选
 *     (地方组织法 art. 29 para. 1, 选举法 art. 45 para. 3). shortfall, shortfall_of_projects: see `after_shortfall`.
 *     Unset: adopted before there were two, and the first holds for persons, too.
 */
export interface SeatRules {
  majority_floor: boolean;
  rank_needs_majority: boolean;
  run_off_needs_majority: boolean;
  run_off_of_persons_needs_majority?: boolean;
  tie: TieRule;
  shortfall: AfterShortfall[];
  shortfall_of_projects?: AfterShortfall[];
}
/**
 * [candidates] how many more candidates than seats, by the post.
 *
 *     地方组织法 art. 27 para. 1; delegates to the congress above: 选举法 art. 31 para. 2.
 */
export interface CandidateRules {
  chief_more_at_most: number;
  deputy_more_at_least: number;
  deputy_more_at_most: number;
  member_more_at_least: string;
  member_more_at_most: string;
  delegate_more_at_least: string;
  delegate_more_at_most: string;
}
/**
 * [secrecy] per kind of question; choice covers choose, approve_each and rank.
 */
export interface SecrecyRules {
  motion: SecrecyRule;
  choice: SecrecyRule;
  election: SecrecyRule;
  evaluation: SecrecyRule;
}
/**
 * [display] what the hall sees of a result, and when. votes: unset: adopted before it was a setting, and all.
 */
export interface DisplayRules {
  results: ResultsShown;
  show_not_pressed: boolean;
  percentage_of: PercentageOf;
  votes?: VotesShown;
}
/**
 * [evaluation] half_counts: whether exactly half of `base` suffices for a level.
 */
export interface EvaluationRules {
  levels: number;
  base: Base;
  half_counts: boolean;
}
/**
 * [fallback] which kinds may be decided by hand when devices fail, and who may vote on paper in a mixed count.
 */
export interface FallbackRules {
  show_of_hands: PollKind[];
  paper: PollKind[];
  mixed: MixedCount;
}
/**
 * What the terminal of a scrutineer found wrong with what the poll was opened with.
 */
export interface PollAlarm {
  scrutineer: number;
  name: string;
  alarm: Alarm;
}
/**
 * Count and outcome as decided; reasons: why, step by step (codes and numbers, worded by the catalogues).
 *
 *     options: by votes, most first (rank: lowest sum first; evaluation and equals: order of the ballot); named: who
 *     voted how in a recorded poll, by delegates' numbers; method: of what was counted by hand, null where nothing was.
 */
export interface ResultView {
  count: Count;
  outcome: Outcome;
  options: ResultOption[];
  reasons: Reason[];
  named: NamedVote[];
  method: HandMethod | null;
}
/**
 * The figures of a count report. votes: option id -> votes ("for", ticks, or sum of ranks), in ballot order.
 *
 *     issued = credentials frozen at opening plus papers handed out; returned = ballots on the board plus papers returned;
 *     not_pressed = issued - returned for choose, issued - (for + against + abstain) for a motion (an all-blank motion
 *     ballot equals not pressing). against, abstain, levels: by option, where the kind has them. write_ins: names among
 *     `votes` that the ballots added. medium: how it was counted, for ever; by_hand: how many of `returned` were not
 *     electronic.
 */
export interface Count {
  entitled: number;
  issued: number;
  returned: number;
  valid: number;
  void: number;
  not_pressed: number;
  votes: {
    [k: string]: number;
  };
  against: {
    [k: string]: number;
  };
  abstain: {
    [k: string]: number;
  };
  levels: {
    [k: string]: number[];
  };
  write_ins: string[];
  medium: Medium;
  by_hand: number;
}
/**
 * What the counts mean. For kinds that fill seats: len(elected) + run_off_seats + shortfall == seats.
 *
 *     majority: votes needed; verdicts: subject -> level of an evaluation, option -> passed or not. The reasons follow
 *     from the frozen rules and the count: see ruling_of.
 */
export interface Outcome {
  kind: OutcomeKind;
  majority: number;
  elected: string[];
  run_off: string[];
  run_off_seats: number;
  shortfall: number;
  verdicts: {
    [k: string]: string;
  };
}
/**
 * One option, candidate or subject. votes: "for", ticks, or the sum of ranks.
 *
 *     against, abstain: where options are answered one by one, else 0; levels: ballots per mark of an evaluation, in the
 *     order of PollView.marks, else empty; verdict: of an evaluation; percent: of `votes`, by the rules' denominator
 *     ("75.6", "-" when that is zero; rank and evaluation: ""); run_off: tied across the cut line; write_in: a name that
 *     ballots added.
 */
export interface ResultOption {
  id: string;
  title: string;
  votes: number;
  elected: boolean;
  illustrative: boolean;
  against: number;
  abstain: number;
  levels: number[];
  verdict: string | null;
  percent: string;
  run_off: boolean;
  write_in: boolean;
}
/**
 * One line of an explanation; `params` fill the placeholders of its words.
 */
export interface Reason {
  code: ReasonCode;
  params: {
    [k: string]: string | number | string[];
  };
}
/**
 * How a delegate voted in a recorded poll: option ids ticked, "option=mark" or "option=rank" otherwise.
 */
export interface NamedVote {
  delegate: string;
  name: string;
  marks: string[];
}
/**
 * Not carried out, and why not.
 */
export interface RefusedReply {
  refusal: Refusal;
  ok: false;
}
/**
 * Why something was not done; `params` fill the placeholders of the text (numbers, names, limits).
 */
export interface Refusal {
  code: RefusalCode;
  params: {
    [k: string]: string | number;
  };
}
export interface SeatView {
  hall: Hall;
}
/**
 * The part of the sitting every audience sees. rollbacks: where it went on from an earlier or another record.
 *
 *     key: what secret ballots are encrypted to, as the scrutineers made it; server_key: what receipts and counts are
 *     signed with (Ed25519, hex). Terminals keep the first of each that they are shown and refuse another.
 */
export interface Hall {
  titles: Titles;
  group: string;
  key: string | null;
  server_key: string;
  agenda: ItemView[];
  current_item: string | null;
  focus: string | null;
  attendance: Attendance;
  polls: {
    [k: string]: PollView;
  };
  rollbacks: Rollback[];
}
/**
 * What is printed above everything: 平湖市第十六届人民代表大会 / 第一次会议 / 第四次全体会议.
 */
export interface Titles {
  congress: string;
  session: string;
  sitting: string;
}
export interface ItemView {
  id: string;
  title: string;
  documents: DocumentView[];
  polls: string[];
}
export interface DocumentView {
  title: string;
}
/**
 * The attendance report: due = delegates in office; present excludes those who departed; observers separately.
 *
 *     suspended: those who are due and may not come (代表法 art. 61 para. 1); nobody of them is absent.
 */
export interface Attendance {
  due: number;
  present: number;
  on_leave: number;
  absent: number;
  departed: number;
  quorum: number;
  quorum_reached: boolean;
  observers_due: number;
  observers_present: number;
  suspended: number;
  delegations: DelegationAttendance[];
}
/**
 * Due and present of one delegation (代表团).
 */
export interface DelegationAttendance {
  name: string;
  due: number;
  present: number;
}
/**
 * The sitting went on at `at` (Unix ms) from `row`, though `mark` had been durable; 0 where nobody knows.
 */
export interface Rollback {
  at: number;
  row: number;
  mark: number;
}
/**
 * waiting: for polls prepared/open, the roster numbers not ready / not voted yet (present delegates only).
 *
 *     actions: poll id -> each step that the chair takes next -> None when possible now, else why not. archives as in
 *     PublicView, once counted. online: numbers whose terminal is connected; doubled: those with more than one. rulebooks:
 *     the rules a new poll may adopt, by name; allowed: what each of them ("": those of the sitting) leaves open to each
 *     kind; follow_ups: poll id -> relation -> the poll that may follow it now; allowed_after: what is open to such a
 *     poll; hand_counts: the last entry, by poll; annulments: the last one asked for of a counted poll; apart: polls whose
 *     voters differ from those of a counted one on the same question; papers: poll id -> delegate -> why a paper was
 *     handed out; scrutineers: whom the indices of progress, hand_counts and annulments name. wrong_codes: the device that
 *     seems to guess codes; clock_off: seconds by which the clock of the server's machine was moved ahead, below 0 back.
 */
export interface ConsoleView {
  hall: Hall;
  record: RecordHead;
  people: {
    [k: string]: PersonView;
  };
  progress: {
    [k: string]: Progress;
  };
  waiting: {
    [k: string]: {
      [k: string]: boolean;
    };
  };
  actions: {
    [k: string]: {
      [k: string]: Refusal | null;
    };
  };
  archives: {
    [k: string]: string;
  };
  online: {
    [k: string]: boolean;
  };
  doubled: {
    [k: string]: boolean;
  };
  ceremony_complete: boolean;
  rulebooks: {
    [k: string]: Ruleset;
  };
  allowed: {
    [k: string]: {
      [k: string]: Allowed;
    };
  };
  follow_ups: {
    [k: string]: {
      [k: string]: PollDraft;
    };
  };
  allowed_after: {
    [k: string]: Allowed;
  };
  hand_counts: {
    [k: string]: HandCount;
  };
  annulments: {
    [k: string]: AskedAnnulment;
  };
  apart: {
    [k: string]: VotersApart;
  };
  papers: {
    [k: string]: {
      [k: string]: string;
    };
  };
  scrutineers: ScrutineerPerson[];
  wrong_codes: string | null;
  clock_off: number;
}
/**
 * Where the record stands: number and hash of the journal's last durable row. Who notes it can ask for it later.
 */
export interface RecordHead {
  row: number;
  hash: string;
}
export interface PersonView {
  number: string;
  name: string;
  delegation: string;
  seat: string | null;
  observer: boolean;
  attendance: AttendanceState;
}
/**
 * How far a poll is. ready: credentials registered; stored: durable, not yet verified; verified: on the board.
 *
 *     signed: indices of scrutineers whose terminals signed the closed board, of which signatures_needed are asked for;
 *     compared: who compared its head aloud instead. shuffles, decryptions: indices of scrutineers who shuffled (in order)
 *     and who released; needed: how many are required of each kind that the poll has. papers: handed out in a mixed poll;
 *     apart: how many take part in only one of this poll and a counted one on the same question.
 */
export interface Progress {
  ready: number;
  stored: number;
  verified: number;
  signed: number[];
  compared: number[];
  signatures_needed: number;
  shuffles: number[];
  decryptions: number[];
  needed: number;
  papers: number;
  hand_count: HandCountState;
  apart: number;
}
/**
 * What some rules leave open to a new poll of one kind.
 */
export interface Allowed {
  secrecies: Secrecy[];
  media: Medium[];
}
/**
 * One entry: by whom, when (Unix ms), how and why. confirmed_by: the second scrutineer, once there is one.
 */
export interface HandCount {
  figures: HandFigures;
  method: HandMethod;
  reason: string;
  entered_by: number;
  entered_at: number;
  confirmed_by: number | null;
}
/**
 * Somebody wants a counted poll annulled: when (Unix ms) and why.
 *
 *     asked_by: the chief scrutineer's index; None: the chair. confirmed: whether the other one agreed.
 */
export interface AskedAnnulment {
  asked_by: number | null;
  asked_at: number;
  reason: string;
  confirmed: boolean;
}
/**
 * Who takes part in only one of two polls on the same question, by roster number; counted: the earlier one's id.
 */
export interface VotersApart {
  counted: string;
  only_then: string[];
  only_now: string[];
}
export interface ScrutineerPerson {
  index: number;
  name: string;
  chief: boolean;
}
export interface ScreenView {
  hall: Hall;
  record: RecordHead;
  progress: {
    [k: string]: Progress;
  };
}
/**
 * messages: round -> scrutineer index (both as text) -> raw JSON. With names and threshold: the CeremonyPlan.
 *
 *     closed_boards: poll -> scrutineer index (as text) -> raw signature on its closed board. hand_counts, annulments: as
 *     in ConsoleView.
 */
export interface ScrutineerView {
  hall: Hall;
  scrutineers: ScrutineerPerson[];
  threshold: number;
  messages: {
    [k: string]: {
      [k: string]: string;
    };
  };
  trustees: string | null;
  progress: {
    [k: string]: Progress;
  };
  closed_boards: {
    [k: string]: {
      [k: string]: string;
    };
  };
  archives: {
    [k: string]: string;
  };
  hand_counts: {
    [k: string]: HandCount;
  };
  annulments: {
    [k: string]: AskedAnnulment;
  };
}
/**
 * archives: poll id -> sha256 of the archive, once published (GET /api/polls/<id>/archive.bel).
 */
export interface PublicView {
  hall: Hall;
  archives: {
    [k: string]: string;
  };
}
/**
 * view: the audience's whole view; seq: its number, counted per audience from the server's start.
 *
 *     server_time: Unix ms.
 */
export interface Snapshot {
  audience: Audience;
  seq: number;
  server_time: number;
  view: {};
}
/**
 * RFC 6902 operations that turn the view at `base` into the view at `seq`. A gap means: send resync.
 */
export interface Patch {
  base: number;
  seq: number;
  ops: {}[];
}
/**
 * The person behind this connection; pushed whole at connect and whenever it changes.
 *
 *     terminals: how many connections this person has now, this one among them.
 */
export interface Me {
  role: Role;
  subject: string;
  name: string;
  delegation: string;
  seat: string | null;
  signed_in: boolean;
  polls: {
    [k: string]: MyPoll;
  };
  terminals: number;
}
/**
 * This delegate in one poll. credential: the public one; stored: tracker of a durable, unverified ballot;
 *     rejected: why the last ballot was refused after storing (code proof); receipt: of the last one verified and on the
 *     board; on_paper: this delegate votes on paper in a mixed poll.
 */
export interface MyPoll {
  credential: string | null;
  stored: string | null;
  rejected: string | null;
  receipt: Receipt | null;
  on_paper: boolean;
}
/**
 * Signed by the server; see docs/protocol.md.
 */
export interface Receipt {
  version: number;
  election_uuid: string;
  fingerprint: string;
  tracker: string;
  height: number;
  board_head: string;
  server_key: string;
  signature: string;
}
/**
 * GET /api/polls/<id>/trackers (everybody, once sealed): what a receipt is compared with.
 *
 *     trackers: of the ballots on the board, in the order of their heights, from 1. With the fingerprint the head after
 *     each of them and the closed head follow from it.
 */
export interface BoardTrackers {
  trackers: string[];
}
/**
 * GET /api/polls/<id>/setup (once open): archived texts and the fingerprint = hash of the Setup event.
 */
export interface PollSetup {
  election: string;
  trustees: string;
  credentials: string;
  fingerprint: string;
}
/**
 * GET /api/polls/<id>/board (scrutineer, chair: once closed; public: once announced).
 */
export interface BoardRecords {
  timestamp: number;
  records: BoardRecord[];
}
/**
 * One record of the board in order; text byte-exact.
 */
export interface BoardRecord {
  kind: RecordKind;
  text: string;
}
/**
 * Every request by its socket event, with the reply that acknowledges it.
 */
export interface Requests {
  sign_in: { request: SignInRequest; reply: DoneReply };
  register_credential: { request: RegisterCredentialRequest; reply: DoneReply };
  cast: { request: CastRequest; reply: CastReply };
  sign_in_for: { request: SignInForRequest; reply: DoneReply };
  record_leave: { request: RecordLeaveRequest; reply: DoneReply };
  record_departure: { request: RecordDepartureRequest; reply: DoneReply };
  new_code: { request: NewCodeRequest; reply: NewCodeReply };
  log_out_everywhere: { request: LogOutEverywhereRequest; reply: DoneReply };
  call_item: { request: CallItemRequest; reply: DoneReply };
  prepare_poll: { request: PreparePollRequest; reply: DoneReply };
  open_poll: { request: OpenPollRequest; reply: DoneReply };
  close_poll: { request: ClosePollRequest; reply: DoneReply };
  open_by_hand: { request: OpenByHandRequest; reply: DoneReply };
  issue_paper: { request: IssuePaperRequest; reply: DoneReply };
  plan_poll: { request: PlanPollRequest; reply: DoneReply };
  preview_poll: { request: PreviewPollRequest; reply: PreviewReply };
  announce_result: { request: AnnounceResultRequest; reply: DoneReply };
  annul_poll: { request: AnnulPollRequest; reply: DoneReply };
  ask_annulment: { request: AskAnnulmentRequest; reply: DoneReply };
  confirm_annulment: { request: ConfirmAnnulmentRequest; reply: DoneReply };
  post_ceremony: { request: PostCeremonyRequest; reply: DoneReply };
  sign_closed_board: { request: SignClosedBoardRequest; reply: DoneReply };
  compare_closed_head: { request: CompareClosedHeadRequest; reply: DoneReply };
  raise_alarm: { request: RaiseAlarmRequest; reply: DoneReply };
  post_shuffle: { request: PostShuffleRequest; reply: DoneReply };
  enter_hand_count: { request: EnterHandCountRequest; reply: DoneReply };
  confirm_hand_count: { request: ConfirmHandCountRequest; reply: DoneReply };
  release_decryption: { request: ReleaseDecryptionRequest; reply: DoneReply };
  confirm_count: { request: ConfirmCountRequest; reply: DoneReply };
  resync: { request: ResyncRequest; reply: DoneReply };
}
/**
 * What each audience is shown.
 */
export interface Views {
  seat: SeatView;
  console: ConsoleView;
  screen: ScreenView;
  scrutineer: ScrutineerView;
  public: PublicView;
}
/**
 * Where each page is served; a page's name is that of its folder, here and in the build.
 */
export const PAGES = {
  "seat": "/seat",
  "console": "/console",
  "screen": "/screen",
  "scrutineer": "/scrutineer",
  "index": "/",
  "verifier": "/verify"
} as const;
/**
 * The views each role may join, its own page's first.
 */
export const AUDIENCES = {
  "delegate": [
    "seat"
  ],
  "observer": [
    "seat"
  ],
  "chair": [
    "console",
    "screen"
  ],
  "screen": [
    "screen"
  ],
  "scrutineer": [
    "scrutineer"
  ],
  "public": [
    "public"
  ]
} as const satisfies Record<Role, readonly Audience[]>;
/**
 * Of what persons may enter: texts and names in characters, a voting time in seconds.
 */
export const LIMITS = {
  "text": 200,
  "addedName": 60,
  "reason": 300,
  "shortestSeconds": 10,
  "longestSeconds": 3600
} as const;
