"""Refusals: the closed list of expected reasons why a command is not carried out.

A refusal is shown to a person in their language (the catalogues key on the wire name) and leaves the state unchanged.
"""

from enum import StrEnum

import msgspec


class RefusalCode(StrEnum):
    """Wire names of all refusals; the value is the key of the text in every catalogue."""

    # roster and attendance
    UNKNOWN_DELEGATE = "unknown_delegate"
    UNKNOWN_OBSERVER = "unknown_observer"
    ALREADY_SIGNED_IN = "already_signed_in"
    NOT_SIGNED_IN = "not_signed_in"
    ON_LEAVE_ALREADY = "on_leave_already"
    OBSERVER_CANNOT_VOTE = "observer_cannot_vote"
    # agenda
    UNKNOWN_ITEM = "unknown_item"
    ITEM_ALREADY_CURRENT = "item_already_current"
    # key ceremony
    UNKNOWN_SCRUTINEER = "unknown_scrutineer"
    CEREMONY_WRONG_ROUND = "ceremony_wrong_round"
    CEREMONY_MESSAGE_REPEATED = "ceremony_message_repeated"
    CEREMONY_MESSAGE_INVALID = "ceremony_message_invalid"
    CEREMONY_INCOMPLETE = "ceremony_incomplete"
    CEREMONY_COMPLETE = "ceremony_complete"
    # polls
    UNKNOWN_POLL = "unknown_poll"
    POLL_NOT_PLANNED = "poll_not_planned"
    POLL_NOT_PREPARED = "poll_not_prepared"
    POLL_NOT_OPEN = "poll_not_open"
    POLL_NOT_CLOSED = "poll_not_closed"
    POLL_NOT_SEALED = "poll_not_sealed"
    POLL_NOT_COUNTED = "poll_not_counted"
    POLL_NOT_CONFIRMED = "poll_not_confirmed"
    POLL_ALREADY_ENDED = "poll_already_ended"
    ANOTHER_POLL_RUNNING = "another_poll_running"
    NO_QUORUM = "no_quorum"
    NOBODY_READY = "nobody_ready"
    VERIFICATION_PENDING = "verification_pending"
    REASON_NEEDED = "reason_needed"
    # polls added during the sitting
    POLL_ID_TAKEN = "poll_id_taken"
    POLL_PLAN_INVALID = "poll_plan_invalid"
    POLL_NOT_ENDED = "poll_not_ended"
    FOLLOW_UP_NOT_ALLOWED = "follow_up_not_allowed"
    FOLLOW_UP_MISMATCH = "follow_up_mismatch"
    FOLLOWED_ALREADY = "followed_already"
    AMENDMENTS_FIRST = "amendments_first"
    AMENDMENT_TOO_LATE = "amendment_too_late"
    # counts by hand
    POLL_BY_HAND = "poll_by_hand"
    POLL_NOT_BY_HAND = "poll_not_by_hand"
    VOTES_ON_PAPER = "votes_on_paper"
    METHOD_NOT_ALLOWED = "method_not_allowed"
    HAND_COUNT_DOES_NOT_ADD_UP = "hand_count_does_not_add_up"
    HAND_COUNT_IMPOSSIBLE = "hand_count_impossible"
    PAPERS_DO_NOT_ADD_UP = "papers_do_not_add_up"
    HAND_COUNT_MISSING = "hand_count_missing"
    HAND_COUNT_CHANGED = "hand_count_changed"
    HAND_COUNT_CONFIRMED = "hand_count_confirmed"
    SECOND_PERSON_NEEDED = "second_person_needed"
    RECORD_WRONG = "record_wrong"
    # credentials and ballots
    CREDENTIAL_TAKEN = "credential_taken"
    CREDENTIAL_UNKNOWN = "credential_unknown"
    CREDENTIAL_NOT_YOURS = "credential_not_yours"
    NOT_ON_CREDENTIAL_LIST = "not_on_credential_list"
    ALREADY_VOTED = "already_voted"
    BALLOT_WRONG_POLL = "ballot_wrong_poll"
    BALLOT_MALFORMED = "ballot_malformed"
    BALLOT_TOO_LARGE = "ballot_too_large"
    BALLOT_PROOF_INVALID = "ballot_proof_invalid"
    TOO_MANY_REJECTED_BALLOTS = "too_many_rejected_ballots"
    # shuffles
    POLL_NOT_SHUFFLED = "poll_not_shuffled"
    SHUFFLE_REPEATED = "shuffle_repeated"
    SHUFFLE_OVERTAKEN = "shuffle_overtaken"
    SHUFFLE_INVALID = "shuffle_invalid"
    SHUFFLES_COMPLETE = "shuffles_complete"
    SHUFFLES_MISSING = "shuffles_missing"
    # count
    DECRYPTION_REPEATED = "decryption_repeated"
    DECRYPTION_INVALID = "decryption_invalid"
    DECRYPTIONS_MISSING = "decryptions_missing"
    NOT_CHIEF_SCRUTINEER = "not_chief_scrutineer"
    # the wire
    NOT_YOUR_ROLE = "not_your_role"
    LOGIN_NEEDED = "login_needed"
    CODE_UNKNOWN = "code_unknown"
    TOO_MANY_ATTEMPTS = "too_many_attempts"
    FRAME_MALFORMED = "frame_malformed"
    FRAME_TOO_LARGE = "frame_too_large"
    NOT_PUBLIC_YET = "not_public_yet"
    REPORTS_BUSY = "reports_busy"
    REPORTS_FAILED = "reports_failed"
    REPORT_FONT_MISSING = "report_font_missing"
    SERVER_STOPPING = "server_stopping"


class Refusal(msgspec.Struct, frozen=True):
    """Why a command was not carried out; `params` fill the placeholders of the text (numbers, names, limits)."""

    code: RefusalCode
    params: dict[str, str | int] = {}


class Refused(Exception):  # noqa: N818 - the contrary of accepted
    """Carries a Refusal through call stacks of the shell (the core itself returns refusals)."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(f"{refusal.code}: {refusal.params}")
        self.refusal = refusal


def refuse(code: RefusalCode, **params: str | int) -> Refusal:
    """A Refusal with its text parameters."""
    return Refusal(code=code, params=params)
