"""Scrutineers agree on the closed board while it is sealed: each signs one, once, and the journal says who compared."""

import pytest
from msgspec.structs import replace

from tests.support.sittings import asking, choose, do, refused, sealed_with
from voting.congress.law.ruleset import Secrecy
from voting.sitting import commands as c
from voting.sitting.machine import Sitting, decide
from voting.sitting.refusals import ChamberRefusal

PLAIN = asking(choose(n=2, k=1))


def signing(scrutineer: int, signed: str = "mine") -> c.SignClosedBoard:
    return c.SignClosedBoard(poll="projects", scrutineer=scrutineer, signed=signed)


def comparing(scrutineer: int) -> c.CompareClosedHead:
    return c.CompareClosedHead(poll="projects", scrutineer=scrutineer, head="h")


def test_signatures_are_kept_by_scrutineer_and_change_nothing_else() -> None:
    before = sealed_with(PLAIN).polls["projects"]
    after = do(sealed_with(PLAIN), signing(3), signing(1, "other"), comparing(2)).polls["projects"]
    assert (dict(after.signed), after.compared) == ({3: "mine", 1: "other"}, (2,))
    assert (after.state, after.head, after.decryptions) == (before.state, before.head, {})


def test_the_head_before_the_end_of_the_ballots_is_known_afterwards() -> None:
    state = sealed_with(PLAIN)
    poll = state.polls["projects"].sealed
    assert poll is not None
    assert poll.last_ballot not in ("", state.polls["projects"].head)


def test_the_same_again_changes_nothing_and_another_signature_is_refused() -> None:
    state = do(sealed_with(PLAIN), signing(3), comparing(2))
    assert decide(state, signing(3), 1) == ()
    assert decide(state, comparing(2), 1) == ()
    assert refused(state, signing(3, "another")) is ChamberRefusal.CLOSED_BOARD_REPEATED


def recorded() -> Sitting:
    state = sealed_with(PLAIN)
    poll = state.polls["projects"]
    question = replace(poll.question, secrecy=Secrecy.RECORDED)
    return replace(state, polls={"projects": replace(poll, plan=replace(poll.plan, question=question))})


@pytest.mark.parametrize("command", [signing(1), comparing(1)])
def test_nothing_is_agreed_on_where_nothing_is_decrypted(command: c.Command) -> None:
    assert refused(recorded(), command) is ChamberRefusal.POLL_NOT_DECRYPTED
    annulled = do(sealed_with(PLAIN), c.AnnulPoll(poll="projects", reason="reason"))
    assert refused(annulled, command) is ChamberRefusal.POLL_NOT_SEALED


@pytest.mark.parametrize("command", [signing(4), comparing(4)])
def test_nobody_else_agrees(command: c.Command) -> None:
    assert refused(sealed_with(PLAIN), command) is ChamberRefusal.UNKNOWN_SCRUTINEER
