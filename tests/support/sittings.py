"""Plainly labelled sample sittings, and short ways to drive them."""

from collections.abc import Iterable
from typing import Any

import pytest
from msgspec.structs import replace

from voting.congress.law.poll_kinds import PollKind
from voting.congress.law.question import MOTION_OPTIONS, Option, Question
from voting.congress.law.ruleset import Ruleset
from voting.congress.refusal import Refusal, Refused
from voting.congress.roster import Delegate, Observer, Roster, Scrutineer
from voting.sitting import commands as c
from voting.sitting.agenda import AgendaItem
from voting.sitting.events import AnyEvent, SittingPlan, Titles
from voting.sitting.machine import Sitting, convene, decide, evolve
from voting.sitting.poll import PollPlan, PollState

NOW = 1_645_150_000_000


def options(number: int) -> tuple[Option, ...]:
    return tuple(Option(id=f"p{i}", title=f"示例项目{i}", illustrative=True) for i in range(1, number + 1))


def asking(poll: PollPlan, **changes: Any) -> PollPlan:
    """The poll with another question."""
    return replace(poll, question=replace(poll.question, **changes))


def choose(id: str = "projects", *, n: int = 3, k: int = 2, rules: Ruleset | None = None) -> PollPlan:
    return PollPlan(Question(id, PollKind.CHOOSE, "示例票决", options(n), seats=k, ruleset=rules or Ruleset()))


def motion(id: str = "motion") -> PollPlan:
    return PollPlan(Question(id=id, kind=PollKind.MOTION, title="示例决议", options=MOTION_OPTIONS))


def delegates(number: int) -> tuple[Delegate, ...]:
    return tuple(
        Delegate(number=f"{i:03}", name=f"示例代表{i:03}", delegation=f"示例代表团{i % 2 + 1}", seat=f"1排{i:03}座")
        for i in range(1, number + 1)
    )


def scrutineers(number: int = 3) -> tuple[Scrutineer, ...]:
    return tuple(Scrutineer(index=i, name=f"示例监票人{i}", chief=i == 1) for i in range(1, number + 1))


def plan(number: int = 3, polls: tuple[PollPlan, ...] | None = None, threshold: int = 2) -> SittingPlan:
    polls = (choose(), motion()) if polls is None else polls
    return SittingPlan(
        titles=Titles(congress="示例届", session="第一次会议", sitting="第四次全体会议"),
        roster=Roster(
            statutory_seats=number,
            delegates=delegates(number),
            observers=(Observer(number="L01", name="示例列席01"),),
        ),
        agenda=(
            AgendaItem(id="opening", title="开幕"),
            AgendaItem(id="votes", title="表决", polls=tuple(poll.id for poll in polls)),
        ),
        polls=polls,
        scrutineers=scrutineers(),
        threshold=threshold,
    )


def fold(events: Iterable[AnyEvent]) -> Sitting:
    state: Sitting | None = None
    for event in events:
        state = evolve(state, event)
    assert state is not None
    return state


def start(sitting_plan: SittingPlan | None = None) -> Sitting:
    return evolve(None, convene(sitting_plan or plan(), NOW))


def do(state: Sitting, *commands: c.Command) -> Sitting:
    """Carries out every command; each must produce at least one event."""
    for command in commands:
        events = decide(state, command, NOW)
        assert events, command
        for event in events:
            state = evolve(state, event)
    return state


def refused(state: Sitting, command: c.Command) -> str:
    return refusal(state, command).code


def refusal(state: Sitting, command: c.Command) -> Refusal:
    """Why the command is refused; it must be."""
    with pytest.raises(Refused) as refused:
        decide(state, command, NOW)
    return refused.value.refusal


def preparing(poll: str) -> c.PreparePoll:
    return c.PreparePoll(poll=poll, election_uuid="uuid")


def opening(poll: str, fingerprint: str = "fingerprint", seconds: int | None = None) -> c.OpenPoll:
    return c.OpenPoll(poll=poll, election="{}", credentials="[]", fingerprint=fingerprint, seconds=seconds, no_kin=True)


def shuffling(poll: str, scrutineer: int, position: int) -> c.PostShuffle:
    return c.PostShuffle(poll=poll, scrutineer=scrutineer, position=position, shuffle="{}", owned="{}", head="head")


def releasing(poll: str, scrutineer: int, decryption: str = "share") -> c.ReleaseDecryption:
    return c.ReleaseDecryption(poll=poll, scrutineer=scrutineer, decryption=decryption, head="head")


def ceremony(state: Sitting) -> tuple[c.Command, ...]:
    everyone = state.plan.threshold == len(state.plan.scrutineers)
    posts = [
        c.PostCeremonyMessage(round=r, scrutineer=s.index, message=f"message {r}/{s.index}")
        for r in ((3,) if everyone else (1, 2, 3))
        for s in state.plan.scrutineers
    ]
    return (*posts, c.CompleteCeremony(trustees="trustees", public_key="key"))


def signed_in(state: Sitting, number: int | None = None) -> Sitting:
    chosen = state.plan.roster.delegates[:number]
    return do(state, *(c.SignIn(delegate=d.number) for d in chosen))


def ready(sitting_plan: SittingPlan | None = None, present: int | None = None) -> Sitting:
    """A sitting with the ceremony done and the first `present` delegates signed in."""
    state = start(sitting_plan)
    return signed_in(do(state, *ceremony(state)), present)


def ballot(number: str, poll: str = "projects") -> c.StoreBallot:
    return c.StoreBallot(poll=poll, delegate=number, credential=f"credential {number}", tracker=f"tracker {number}")


def accepting(number: str, poll: str = "projects") -> c.AcceptBallot:
    return c.AcceptBallot(poll=poll, delegate=number, tracker=f"tracker {number}", height=1, head="head")


def _registrations(state: Sitting, poll: str) -> tuple[c.Command, ...]:
    return tuple(
        c.RegisterCredential(poll=poll, delegate=number, credential=f"credential {number}") for number in state.present
    )


def _ballots(state: Sitting, poll: str) -> tuple[c.Command, ...]:
    return tuple(step for n in state.present for step in (ballot(n, poll), accepting(n, poll)))


def _shuffles(state: Sitting, poll: str) -> tuple[c.Command, ...]:
    needed = state.plan.threshold if state.polls[poll].question.shuffled else 0
    return tuple(shuffling(poll, i + 1, i) for i in range(needed))


def _releases(state: Sitting, poll: str) -> tuple[c.Command, ...]:
    return tuple(
        c.ReleaseDecryption(poll=poll, scrutineer=i, decryption="share", head="head")
        for i in range(1, state.plan.threshold + 1)
    )


def brought_to(
    state: Sitting, goal: PollState, poll: str = "projects", votes: tuple[int, ...] | None = None
) -> Sitting:
    """The sitting with this poll moved forward to `goal`; everybody present casts one accepted ballot."""
    votes = votes or (0,) * len(state.polls[poll].question.options)
    path: list[tuple[PollState, tuple[c.Command, ...]]] = [
        (PollState.PREPARED, (c.PreparePoll(poll=poll, election_uuid="uuid"), *_registrations(state, poll))),
        (
            PollState.OPEN,
            (
                c.OpenPoll(poll=poll, election="e", credentials="c", fingerprint="f", no_kin=True),
                *_ballots(state, poll),
            ),
        ),
        (PollState.CLOSED, (c.ClosePoll(poll=poll),)),
        (
            PollState.SEALED,
            (
                c.SealTally(poll=poll, encrypted_tally="sum", head="head"),
                *_shuffles(state, poll),
                *_releases(state, poll),
            ),
        ),
        (PollState.COUNTED, (c.CountPoll(poll=poll, votes=votes, result="result", head="head"),)),
        (PollState.CONFIRMED, (c.ConfirmCount(poll=poll, scrutineer=1),)),
        (PollState.ANNOUNCED, (c.AnnounceResult(poll=poll),)),
    ]
    if goal is PollState.ANNULLED:
        return do(brought_to(state, PollState.OPEN, poll), c.AnnulPoll(poll=poll, reason="示例理由"))
    for reached, commands in path if goal is not PollState.PLANNED else []:
        state = do(state, *commands)
        if reached is goal:
            break
    return state


def annulling_counted(poll: str = "projects", at: int = NOW) -> tuple[c.Command, c.Command]:
    """The chief scrutineer asks, and the chair confirms."""
    return c.AskAnnulment(poll=poll, reason="示例理由", scrutineer=1), c.ConfirmAnnulment(poll=poll, asked_at=at)


def sealed_with(poll: PollPlan, of: int = 3, threshold: int = 2) -> Sitting:
    """Three delegates have voted and the ballots are ended; `threshold` of so many scrutineers are needed."""
    state = start(replace(plan(polls=(poll,), threshold=threshold), scrutineers=scrutineers(of)))
    state = signed_in(do(state, *ceremony(state)))
    keys = (c.RegisterCredential(poll="projects", delegate=n, credential=f"credential {n}") for n in state.present)
    state = do(state, c.PreparePoll(poll="projects", election_uuid="u"), *keys, opening("projects"))
    cast = (step for n in ("001", "002", "003") for step in (ballot(n), accepting(n)))
    return do(state, *cast, c.ClosePoll(poll="projects"), c.SealTally(poll="projects", encrypted_tally="e", head="h"))
