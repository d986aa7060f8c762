/* Generated from voting/server/wire.py by `npm run wire`; do not edit. */

/**
 * Who a connection acts for. PUBLIC needs no login.
 */
export type Role = "chair" | "delegate" | "observer" | "public" | "screen" | "scrutineer";
/**
 * Wire names of all refusals; the value is the key of the text in every catalogue.
 */
export type RefusalCode =
  | "already_signed_in"
  | "already_voted"
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
  | "code_unknown"
  | "credential_not_yours"
  | "credential_taken"
  | "credential_unknown"
  | "decryption_invalid"
  | "decryption_repeated"
  | "decryptions_missing"
  | "frame_malformed"
  | "frame_too_large"
  | "item_already_current"
  | "login_needed"
  | "no_quorum"
  | "nobody_ready"
  | "not_chief_scrutineer"
  | "not_on_credential_list"
  | "not_public_yet"
  | "not_signed_in"
  | "not_your_role"
  | "observer_cannot_vote"
  | "on_leave_already"
  | "poll_already_ended"
  | "poll_not_closed"
  | "poll_not_confirmed"
  | "poll_not_counted"
  | "poll_not_open"
  | "poll_not_planned"
  | "poll_not_prepared"
  | "poll_not_sealed"
  | "reason_needed"
  | "server_stopping"
  | "too_many_attempts"
  | "too_many_rejected_ballots"
  | "unknown_delegate"
  | "unknown_item"
  | "unknown_observer"
  | "unknown_poll"
  | "unknown_scrutineer"
  | "verification_pending";
/**
 * How a question is put: choose at most k of n (mode A), or a motion (for / against / abstain).
 */
export type PollKind = "choose" | "motion";
/**
 * The life of a poll; see TRANSITIONS.
 */
export type PollState =
  "announced" | "annulled" | "closed" | "confirmed" | "counted" | "open" | "planned" | "prepared" | "sealed";
/**
 * How a poll ended.
 */
export type OutcomeKind = "elected" | "not_passed" | "passed" | "run_off" | "shortfall" | "void";
/**
 * Which view of the sitting a connection receives (delegates and observers both sit at a SEAT).
 */
export type Audience = "console" | "public" | "screen" | "scrutineer" | "seat";

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
export interface CallItemRequest {
  item: string;
}
export interface PreparePollRequest {
  poll: string;
}
/**
 * seconds: voting time; None = as planned (then possibly until the chair closes). 10..3600.
 */
export interface OpenPollRequest {
  poll: string;
  seconds?: number | null;
}
export interface ClosePollRequest {
  poll: string;
}
export interface AnnounceResultRequest {
  poll: string;
}
export interface AnnulPollRequest {
  poll: string;
  reason: string;
}
/**
 * message: raw JSON text of the round's message of this scrutineer.
 */
export interface PostCeremonyRequest {
  round: number;
  message: string;
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
 * ok with an optional tracker (cast: stored durably under this tracker), or a refusal.
 */
export interface Reply {
  ok: boolean;
  refusal: Refusal | null;
  tracker: string | null;
}
/**
 * Why a command was not carried out; `params` fill the placeholders of the text (numbers, names, limits).
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
 * The part of the sitting every audience sees.
 */
export interface Hall {
  titles: Titles;
  group: string;
  agenda: ItemView[];
  current_item: string | null;
  focus: string | null;
  attendance: Attendance;
  polls: {
    [k: string]: PollView;
  };
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
 * A poll as every audience sees it; `result` only where that audience may see it (seat, screen, public: announced;
 *     console, scrutineer: counted). `returned` is known to all once closed.
 */
export interface PollView {
  id: string;
  kind: PollKind;
  title: string;
  state: PollState;
  options: OptionView[];
  seats: number;
  min_choices: number;
  max_choices: number;
  closes_at: number | null;
  election_uuid: string | null;
  fingerprint: string | null;
  issued: number | null;
  returned: number | null;
  annulled_because: string | null;
  result: ResultView | null;
}
export interface OptionView {
  id: string;
  title: string;
  illustrative: boolean;
}
/**
 * options sorted by votes (stable), count and outcome as decided.
 */
export interface ResultView {
  count: Count;
  outcome: Outcome;
  options: ResultOption[];
}
/**
 * The figures of a count report. votes: option id -> votes, in the order of the options.
 *
 *     issued = credentials frozen at opening; returned = ballots on the board; not_pressed = issued - returned for choose,
 *     issued - (for + against + abstain) for a motion (an all-blank motion ballot equals not pressing).
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
}
/**
 * What the counts mean. For elections: len(elected) + run_off_seats + shortfall == seats (except when void).
 */
export interface Outcome {
  kind: OutcomeKind;
  majority: number;
  elected: string[];
  run_off: string[];
  run_off_seats: number;
  shortfall: number;
}
export interface ResultOption {
  id: string;
  title: string;
  votes: number;
  elected: boolean;
  illustrative: boolean;
}
/**
 * archives: poll id -> sha256 of the archive, once announced (GET /api/polls/<id>/archive.bel).
 */
export interface PublicView {
  hall: Hall;
  archives: {
    [k: string]: string;
  };
}
export interface ScreenView {
  hall: Hall;
  progress: {
    [k: string]: Progress;
  };
}
/**
 * How far a poll is. ready: credentials registered; stored: durable, not yet verified; verified: on the board.
 *     decryptions: indices of scrutineers who released; needed: how many are required.
 */
export interface Progress {
  ready: number;
  stored: number;
  verified: number;
  decryptions: number[];
  needed: number;
}
/**
 * waiting: for polls prepared/open, the roster numbers not ready / not voted yet (present delegates only).
 *     actions: poll id -> step ("prepare", "open", "close", "announce", "annul") -> None when possible now, else why not.
 *     archives as in PublicView, once counted. online: numbers whose terminal is connected.
 */
export interface ConsoleView {
  hall: Hall;
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
  ceremony_complete: boolean;
}
/**
 * attendance: absent | present | on_leave | departed (observers: absent | present).
 */
export interface PersonView {
  number: string;
  name: string;
  delegation: string;
  seat: string | null;
  observer: boolean;
  attendance: string;
}
/**
 * messages: round -> scrutineer index (both as text) -> raw JSON. With names and threshold: the CeremonyPlan.
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
  archives: {
    [k: string]: string;
  };
}
export interface ScrutineerPerson {
  index: number;
  name: string;
  chief: boolean;
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
 * The person behind this connection; pushed whole at connect and whenever it changes. scrutineer: index or None.
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
}
/**
 * This delegate in one poll. credential: the public one; stored: tracker of a durable, unverified ballot;
 *     rejected: why the last ballot was refused after storing (code proof); receipt: verified and on the board.
 */
export interface MyPoll {
  credential: string | null;
  stored: string | null;
  rejected: string | null;
  receipt: Receipt | null;
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
 * RFC 6902 operations that turn the view at `base` into the view at `seq`. A gap means: send resync.
 */
export interface Patch {
  base: number;
  seq: number;
  ops: {}[];
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
 * One record of the board in order; kind "data" or "event"; text byte-exact.
 */
export interface BoardRecord {
  kind: string;
  text: string;
}
