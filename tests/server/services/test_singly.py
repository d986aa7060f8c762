"""Polls whose ballots are read one by one: shuffled in turn, read, judged, and told from the record alone."""

from collections.abc import Callable
from functools import partial

import gevent
import pytest
from msgspec.structs import replace

from tests.support.chamber import RNG, Chamber, CutJournal
from tests.support.known import known
from tests.support.plans.singly import FOUND, PAPER_POLLS, PAPERS, papers_plan
from voting.congress.refusal import Refused
from voting.record.boards import BoardDiffers
from voting.record.outcome import outcome_in
from voting.server.live.views import Scene, view_of
from voting.sitting.events import ShufflePosted, TallySealed
from voting.sitting.poll import PollState
from voting.sitting.refusals import ChamberRefusal
from voting.storage.journal.chain import JournalRow
from voting.storage.replay import replay as fold
from voting.tally.ballots.ballot import fill_ballot
from voting.tally.board.archive import OwnedDocument
from voting.tally.board.chain import owned_by
from voting.tally.verify.checks import verify_archive
from voting.wire.roles import Audience
from voting.wire.views import ScrutineerView

SHUFFLED = [poll.id for poll in PAPER_POLLS if poll.question.shuffled]


def cast(chamber: Chamber, poll: str) -> None:
    chamber.open(poll)
    if poll == "again":
        chamber.choose(poll, "001", "o1=for", "o2=for")
        chamber.until(lambda: "001" in chamber.service.sitting.polls[poll].returned)
    for number, choice in PAPERS[poll].items():
        chamber.choose(poll, number, *choice)


@pytest.fixture(scope="module")
def chamber() -> Chamber:
    chamber = Chamber(papers_plan())
    chamber.sign_in()
    chamber.hold_ceremony()
    for poll in PAPER_POLLS:
        cast(chamber, poll.id)
        chamber.finish(poll.id)
    return chamber


@pytest.fixture
def sealed() -> Chamber:
    chamber = Chamber(papers_plan())
    chamber.sign_in()
    chamber.hold_ceremony()
    cast(chamber, "rank")
    chamber.close("rank")
    return chamber


def refusal(act: Callable[[], None]) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.refusal.code


@pytest.mark.parametrize("poll", FOUND)
def test_papers_are_counted_exactly_and_void_ones_for_nobody(chamber: Chamber, poll: str) -> None:
    votes, void, elected = FOUND[poll]
    progress = chamber.service.sitting.polls[poll]
    assert progress.count is not None
    assert progress.outcome is not None
    assert (progress.count.votes, progress.count.void, progress.count.valid) == (votes, void, 3 - void)
    assert progress.outcome.elected == elected


@pytest.mark.parametrize("poll", FOUND)
def test_the_record_alone_states_the_same_count_and_outcome(chamber: Chamber, poll: str) -> None:
    archive = chamber.service.boards[poll].archive()
    verified, progress = verify_archive(archive), chamber.service.sitting.polls[poll]
    found = outcome_in(verified)
    assert verified.shufflers == ((2, 1) if poll in SHUFFLED else ())
    assert found.count == progress.count
    assert progress.outcome is not None
    assert (found.ruling.outcome, found.ruling.elected) == (progress.outcome.kind, progress.outcome.elected)


def test_a_recorded_paper_is_told_by_name_as_it_was_written(chamber: Chamber) -> None:
    for poll in ("named-rank", "named-each"):
        assert known(chamber.service.sitting.polls[poll].counted).recorded == PAPERS[poll]
    assert not known(chamber.service.sitting.polls["roster"].counted).recorded


def test_after_a_restart_every_board_is_the_same_byte_for_byte(chamber: Chamber) -> None:
    again = Chamber(papers_plan(), journal=chamber.journal)
    for poll in FOUND:
        assert again.service.boards[poll].archive() == chamber.service.boards[poll].archive()


@pytest.mark.parametrize("done", [0, 1, 2])
def test_a_poll_that_was_interrupted_between_shuffles_goes_on_where_it_was(chamber: Chamber, done: int) -> None:
    poll, kind = "rank", ShufflePosted if done else TallySealed
    rows = [row.event for row in chamber.journal.replay()]
    reached = [event for event in rows if isinstance(event, kind) and event.poll == poll][max(0, done - 1)]
    cut = CutJournal.after(chamber.journal, lambda event: event == reached)
    again = Chamber(papers_plan(), journal=cut)
    again.shares = chamber.shares
    assert again.service.boards[poll].head == reached.head
    again.shuffle(poll, (3, 1)[done:])
    for index in (2, 3):
        again.service.polls.release(poll, index, again.decryption(poll, index))
    again.until(lambda: again.state(poll) is PollState.COUNTED)
    assert again.service.sitting.polls[poll].count == chamber.service.sitting.polls[poll].count
    verify_archive(again.service.boards[poll].archive())


def test_a_shuffle_that_the_journal_did_not_record_so_stops_the_replay(chamber: Chamber) -> None:
    other = next(
        row.event.shuffle
        for row in chamber.journal.replay()
        if isinstance(row.event, ShufflePosted) and row.event.poll == "roster"
    )

    def forged(row: JournalRow) -> JournalRow:
        event = row.event
        return replace(row, event=replace(event, shuffle=other)) if isinstance(event, ShufflePosted) else row

    with pytest.raises(BoardDiffers):
        fold(map(forged, chamber.journal.replay()), chamber.journal.ballot)


def test_of_two_scrutineers_at_once_one_is_told_to_begin_anew(sealed: Chamber, monkeypatch: pytest.MonkeyPatch) -> None:
    polls, codes = sealed.service.polls, []
    shuffles = {index: sealed.make_shuffle("rank", index) for index in (1, 2)}
    check, gate = sealed.workers.check_shuffle, gevent.event.Event()

    def slow(key: str, owner: int, encrypted_tally: bytes, shuffle: OwnedDocument) -> bytes:
        gate.wait()
        return check(key, owner, encrypted_tally, shuffle)

    def post(index: int) -> None:
        try:
            polls.post_shuffle("rank", index, 0, *shuffles[index])
        except Refused as refused:
            codes.append(refused.refusal.code)

    monkeypatch.setattr(sealed.workers, "check_shuffle", slow)
    posted = [gevent.spawn(post, index) for index in (1, 2)]
    gevent.sleep(0)
    gate.set()
    gevent.joinall(posted, raise_error=True)
    assert codes == [ChamberRefusal.SHUFFLE_OVERTAKEN]
    assert len(sealed.service.sitting.polls["rank"].shuffles) == 1


def test_a_shuffle_of_something_else_is_refused_and_leaves_no_trace(sealed: Chamber) -> None:
    polls, before = sealed.service.polls, sealed.service.boards["rank"].head
    stale = sealed.make_shuffle("rank", 1)
    others, unsigned = sealed.make_shuffle("rank", 2), owned_by(1, stale[0].encode()).decode()
    for wrong in ("{}", "", "\x00"):
        for posted in ((wrong, stale[1]), (stale[0], wrong)):
            assert refusal(partial(polls.post_shuffle, "rank", 1, 0, *posted)) is ChamberRefusal.SHUFFLE_INVALID
    for posted in (others, (stale[0], others[1]), (stale[0], unsigned)):
        assert refusal(partial(polls.post_shuffle, "rank", 1, 0, *posted)) is ChamberRefusal.SHUFFLE_INVALID
    assert sealed.service.boards["rank"].head == before
    sealed.shuffle("rank", (3,))
    assert refusal(lambda: polls.post_shuffle("rank", 1, 1, *stale)) is ChamberRefusal.SHUFFLE_INVALID
    assert refusal(lambda: polls.post_shuffle("rank", 1, 0, *stale)) is ChamberRefusal.SHUFFLE_OVERTAKEN
    assert tuple(sealed.service.sitting.polls["rank"].shuffles) == (3,)


def test_nothing_is_decrypted_before_enough_have_shuffled(sealed: Chamber) -> None:
    polls = sealed.service.polls
    for shuffler in (3, 2):
        early = sealed.decryption("rank", 1)
        assert refusal(partial(polls.release, "rank", 1, early)) is ChamberRefusal.SHUFFLES_MISSING
        sealed.shuffle("rank", (shuffler,))
    assert refusal(lambda: polls.post_shuffle("rank", 1, 2, "{}", "{}")) is ChamberRefusal.SHUFFLES_COMPLETE
    assert refusal(lambda: polls.release("rank", 1, early)) is ChamberRefusal.DECRYPTION_INVALID
    polls.release("rank", 1, sealed.decryption("rank", 1))


def test_scrutineers_see_who_has_shuffled_and_how_many_must(sealed: Chamber) -> None:
    sealed.shuffle("rank", (3,))
    view = view_of(Audience.SCRUTINEER, Scene(sealed.service.sitting))
    assert isinstance(view, ScrutineerView)
    assert (view.progress["rank"].shuffles, view.progress["rank"].needed) == ((3,), 2)
    kinds = [record.raw.decode() for record in sealed.service.boards["rank"].records() if record.kind == "event"]
    assert '"type":"Shuffle"' in kinds[-1]


def numbers(text: bytes, *marks: int) -> tuple[int, ...]:
    """The numbers of a paper of the poll "text" with this for its first name."""
    return (*(marks or (0,)), *text.ljust(28, b"\0"))


@pytest.mark.parametrize(
    "paper",
    [
        numbers("示例候选人".encode()[:14]),
        numbers(b"\xff\xfe"),
        numbers(b"o1"),
        numbers(b"o 1"),
        numbers("\u202e示例".encode()),
        numbers("甲\n乙".encode()),
        numbers(b"\0A"),
        numbers("示例甲".encode().ljust(14, b"\0") + "示例甲".encode()),
        numbers(b"", 192),
        numbers(b"", 255),
        (255,) * 29,
    ],
)
def test_whatever_numbers_a_delegate_sends_the_others_are_counted(paper: tuple[int, ...]) -> None:
    chamber = Chamber(papers_plan())
    chamber.sign_in()
    chamber.hold_ceremony()
    chamber.open("text")
    chamber.choose("text", "001", "o1=for", "+示例甲")
    raw = fill_ballot(chamber.service.boards["text"].election, chamber.credentials["text", "002"], [paper], RNG)
    chamber.service.ballots.cast("002", "text", raw.decode())
    chamber.finish("text")
    count = chamber.service.sitting.polls["text"].count
    assert count is not None
    assert (count.returned, count.valid, count.void) == (2, 1, 1)
    assert count.votes == {"o1": 1, "o2": 0, "o3": 0, "示例甲": 1}
    assert outcome_in(verify_archive(chamber.service.boards["text"].archive())).count == count


def test_a_poll_in_which_nobody_voted_is_shuffled_and_counted_like_any_other() -> None:
    chamber = Chamber(papers_plan())
    chamber.sign_in()
    chamber.hold_ceremony()
    chamber.open("roster")
    chamber.finish("roster")
    count = chamber.service.sitting.polls["roster"].count
    assert count is not None
    assert (count.returned, count.votes) == (0, {"o1": 0, "o2": 0})
    verify_archive(chamber.service.boards["roster"].archive())
