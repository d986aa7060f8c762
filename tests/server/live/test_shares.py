"""Strangers together have a share, and take turns in it; who is logged in and keeps to their own waits for nobody."""

from tests.server.live.scripted_hall import Hall
from voting.server.http.access import PUBLIC, Principal
from voting.server.live.budgets import FRAMES, PERSONS, REQUESTS, STRANGERS_MESSAGES, STRANGERS_VISITS
from voting.server.live.shares import Line, Shares
from voting.wire.roles import Role

DELEGATE, OTHER = Principal(Role.DELEGATE, "001"), Principal(Role.DELEGATE, "002")


def line_of(shares: Shares, who: Principal) -> Line:
    line = Line(shares)
    line.person = shares.of(who)
    return line


def test_strangers_wait_for_their_turn_among_strangers_and_nobody_else_does() -> None:
    shares = Shares()
    strangers, delegate = [Line(shares) for _ in range(100)], line_of(shares, DELEGATE)
    waits = [line.message(0) or 0.0 for _ in range(100) for line in strangers]
    assert waits[: int(STRANGERS_MESSAGES.burst)] == [0] * int(STRANGERS_MESSAGES.burst)
    assert waits == sorted(waits)
    assert waits[-1] > 30
    assert delegate.message(0) is None


def test_a_person_who_used_up_what_is_theirs_is_served_like_a_stranger_until_it_is_back() -> None:
    shares = Shares()
    one, other = line_of(shares, DELEGATE), line_of(shares, OTHER)
    person = shares.of(DELEGATE)
    assert person is not None
    while person.take(0):
        pass
    assert person is shares.of(DELEGATE)
    assert [one.message(0) or 0 for _ in range(int(STRANGERS_MESSAGES.burst) + 1)][-1] > 0
    assert (one.message(1), other.message(0)) == (None, None)


def test_a_line_beyond_its_own_requests_waits_and_another_of_the_same_person_does_not() -> None:
    shares = Shares()
    one, other = line_of(shares, DELEGATE), line_of(shares, DELEGATE)
    for _ in range(int(REQUESTS.burst)):
        assert one.message(0) is None
        one.budget.begin(0, None)
        one.budget.end()
    assert [one.message(0) or 0 for _ in range(int(STRANGERS_MESSAGES.burst) + 1)][-1] > 0
    assert other.message(0) is None


def test_visits_of_strangers_take_turns_and_those_of_persons_are_taken_from_what_is_theirs() -> None:
    shares = Shares()
    visits = [shares.visit(PUBLIC, 0) or 0.0 for _ in range(int(STRANGERS_VISITS.burst) + 30)]
    assert visits[-1] > 0
    assert [shares.visit(DELEGATE, 0) for _ in range(int(PERSONS.burst))] == [None] * int(PERSONS.burst)
    assert (shares.visit(DELEGATE, 0) or 0) > visits[-1]
    assert shares.visit(OTHER, 0) is None


def test_a_line_is_read_no_faster_than_its_frames_and_its_bytes() -> None:
    line = Line(Shares())
    assert line.read(0, int(FRAMES.burst), 2048) == 0
    assert line.read(0, 50, 2048) == 1
    other = Line(Shares())
    assert other.read(0, 1, 8 << 20) == 0
    assert other.read(0, 1, 1 << 20) == 1


def test_a_line_belongs_to_whom_it_was_last_introduced_by() -> None:
    hall = Hall()
    hall.connect("a", DELEGATE)
    assert hall.line("a").person is hall.shares.of(DELEGATE)
    hall.connect("again", line="a")
    assert hall.line("a").person is None
