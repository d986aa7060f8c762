"""Sittings of which each poll may hold by itself, but not all of them together: checks Z7 to Z14."""

from collections.abc import Callable

import msgspec
from msgspec.structs import replace

from tests.support.elections_by_hand import RUN_OFF, TIED, held_elections
from tests.support.forged.containers import BEFORE_POLLS, BY_HAND, NAMED, VOTED, honest, whole
from tests.support.forged.follows import FOLLOWS
from tests.support.forged.forgery import Build, Files, Forgery
from tests.support.known import known
from tests.support.statements import OTHER, signed
from tests.support.tally.scenes import seeded
from tests.support.whole_sitting import Whole, ended_sitting, receipts_of, two_motions
from voting.record.count_statement import CountStatement, read_statement
from voting.record.questions import answers_of, questions_of
from voting.record.whole.statement import PollFiles
from voting.tally.ballots.ballot import fill_ballot
from voting.tally.ballots.by_name import NO_TRUSTEES, Voter, count_recorded, encode_voters, read_voters
from voting.tally.board.archive import read_archive
from voting.tally.board.chain import END_BALLOTS, Board, ballot_step, result_step
from voting.tally.board.election import Election, make_recorded_election
from voting.tally.json_form import sha256_hex


def count_of(made: Whole, poll: str) -> CountStatement:
    """What is stated of a poll's count."""
    return read_statement(known(made.files[poll].count))


def _cut() -> Whole:
    made = whole()
    own = made.files[VOTED]
    return made.holding(VOTED, replace(own, record=known(own.record)[:-512]))


def _miscounted(poll: str) -> Whole:
    made = whole()
    count = count_of(made, poll)
    other = replace(count, outcome=replace(count.outcome, majority=1))
    return made.holding(poll, replace(made.files[poll], count=signed(other)))


def _dishonoured() -> Whole:
    made = whole()
    first, second = receipts_of(ended_sitting(), VOTED)
    made.receipts = [first | {"tracker": second["tracker"]}]
    return made


def _recount_of_another() -> Whole:
    """A count of the poll before it stands under a poll by hand."""
    made = Whole(held_elections())
    return made.holding(RUN_OFF, made.files[TIED])


def _titles() -> Whole:
    made = whole()
    return made.stating(titles=replace(made.content.titles, sitting="第五次全体会议"))


def _other_title() -> Whole:
    made = whole()
    return made.listing(BY_HAND, poll=replace(made.listed(BY_HAND).poll, title="示例另一决议"))


def _other_server() -> Whole:
    made = whole()
    return made.holding(BY_HAND, PollFiles(None, signed(count_of(made, BY_HAND), OTHER)))


def _renamed(made: Whole) -> Whole:
    names = msgspec.json.decode(made.roster, type=list[tuple[str, str]])
    return made.with_roster([(number, name.replace("示例", "例示")) for number, name in names])


def _one_more() -> Whole:
    made = Whole(held_elections()).stating(statutory_seats=9)
    names = msgspec.json.decode(made.roster, type=list[tuple[str, str]])
    return made.with_roster([*names, ("006", "示例代表006")])


def _voter_of_another_name() -> Whole:
    """A recorded poll is opened with the right roster, and somebody stands under another name in its list."""
    made, chamber = whole(), ended_sitting()
    honest_record = read_archive(known(made.files[NAMED].record))
    election = Election.parse(honest_record.election)
    voters = read_voters(election.group, honest_record.credentials)
    listed = encode_voters([Voter(voters[0].credential, voters[0].delegate, "示例另一人"), *voters[1:]])
    old, new = sha256_hex(honest_record.credentials), sha256_hex(listed)
    question = chamber.service.sitting.polls[NAMED].question
    other = Election.parse(
        make_recorded_election(
            uuid=election.uuid,
            name=election.name,
            description=election.description.replace(old, new),
            questions=questions_of(question),
            group=election.group,
        )
    )
    board = Board.open(other.raw, NO_TRUSTEES, listed)
    fingerprint, rng = board.head, seeded("a voter of another name")
    ballot = fill_ballot(other, chamber.credentials[NAMED, "001"], answers_of(question, ["for"]), rng)
    for step in (ballot_step(ballot), END_BALLOTS):
        board.append(step)
    board.append(result_step(count_recorded(other, board.ballots)[0]))
    record = board.to_archive(1_700_000_000)
    count = replace(count_of(made, NAMED), archive_sha256=sha256_hex(record), fingerprint=fingerprint)
    return made.holding(NAMED, PollFiles(record, signed(count)))


def _other_keys() -> Whole:
    made, other = Whole(two_motions()), Whole(two_motions(stream="two other motions"))
    made.holding("second", other.files["second"])
    return made.listing("second", election_uuid=other.listed("second").election_uuid)


def _uuid_twice() -> Whole:
    made = whole()
    return made.listing("motion", election_uuid=made.listed(VOTED).election_uuid)


ACROSS: tuple[tuple[str, str, str, Build], ...] = (
    ("a_sitting_with_a_record_that_is_cut", "Z7", VOTED, _cut),
    ("a_sitting_with_a_false_outcome", "Z7", VOTED, lambda: _miscounted(VOTED)),
    ("a_sitting_with_a_false_outcome_by_hand", "Z7", BY_HAND, lambda: _miscounted(BY_HAND)),
    ("a_sitting_with_a_false_outcome_that_was_annulled", "Z7", NAMED, lambda: _miscounted(NAMED)),
    ("a_sitting_with_a_receipt_that_is_not_honoured", "Z7", VOTED, _dishonoured),
    ("a_sitting_with_the_count_of_another_poll", "Z8", RUN_OFF, _recount_of_another),
    (
        "a_sitting_with_a_poll_of_another_identifier",
        "Z8",
        BY_HAND,
        lambda: whole().listing(BY_HAND, election_uuid="1" * 14),
    ),
    ("a_sitting_with_a_poll_of_another_title", "Z8", BY_HAND, _other_title),
    ("a_sitting_of_another_title", "Z8", BY_HAND, _titles),
    ("a_sitting_with_a_count_of_another_server", "Z9", BY_HAND, _other_server),
    ("a_sitting_with_a_roster_of_other_names", "Z10", "motion", lambda: _renamed(Whole(two_motions()))),
    ("a_sitting_with_more_seats_than_counted_with", "Z10", BY_HAND, lambda: whole().stating(statutory_seats=9)),
    ("a_sitting_with_more_in_office_than_counted_with", "Z10", TIED, _one_more),
    ("a_sitting_with_a_voter_of_another_name", "Z10", NAMED, _voter_of_another_name),
    ("a_sitting_whose_scrutineers_changed_their_keys", "Z11", "second", _other_keys),
    ("a_sitting_with_one_identifier_twice", "Z12", VOTED, _uuid_twice),
    ("a_sitting_with_one_credential_in_two_polls", "Z12", "second", lambda: Whole(two_motions(same_credentials=True))),
    ("a_sitting_with_one_ciphertext_in_two_polls", "Z12", "second", lambda: Whole(two_motions(same_randomness=True))),
    ("an_annulled_poll_without_a_reason", "Z14", "motion", lambda: whole().listing("motion", annulled_because="")),
    (
        "an_annulled_poll_with_blanks_for_a_reason",
        "Z14",
        NAMED,
        lambda: whole().listing(NAMED, annulled_because=" \u3000"),
    ),
    (
        "a_reason_why_a_poll_was_annulled_that_was_not",
        "Z14",
        VOTED,
        lambda: whole().listing(VOTED, annulled_because="示例原因"),
    ),
    *((name, "Z13", poll, build) for name, poll, build in FOLLOWS),
)


def _packed(build: Build) -> Callable[[], Files]:
    return lambda: Files(build().packed())


HONEST: tuple[Forgery, ...] = (
    Forgery("honest_sitting", None, lambda: Files(honest())),
    Forgery("honest_sitting_of_two_motions", None, lambda: Files(Whole(two_motions()).packed())),
    Forgery("honest_sitting_with_a_run_off", None, lambda: Files(Whole(held_elections()).packed())),
    Forgery("honest_sitting_with_receipts", None, lambda: Files(honest(), None, receipts_of(ended_sitting(), VOTED))),
)
FORGED: tuple[Forgery, ...] = (
    *BEFORE_POLLS,
    *(Forgery(name, check, _packed(build), poll) for name, check, poll, build in ACROSS),
)
