"""What each audience sees: pure functions of a Scene. Nothing here reads a clock, a database or a connection.

Law: a result is in the view of seat, screen and public only once it is announced, or annulled after the count (or
counted, where the adopted rules show results at once), in that of console and scrutineers once it is counted; no view
ever holds a ballot or a credential. Figures counted by hand are in the view of console and scrutineers from their entry
on, because a second person must compare them; they were counted before people.
"""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from voting.congress.law.question import Medium
from voting.congress.law.ruleset import ResultsShown, Ruleset
from voting.server.live.chair_steps import steps_of
from voting.server.live.composing import allowed_after, allowed_by, follow_ups_by
from voting.server.live.poll_views import poll_view
from voting.sitting import attendance
from voting.sitting.hand_counts import HandCount
from voting.sitting.machine import PollProgress, Sitting, ready_credentials
from voting.sitting.poll import COUNT_KNOWN, RUNNING, PollState
from voting.sitting.progress import Voter
from voting.sitting.repeats import voters_apart
from voting.sitting.state import scrutineers_needed
from voting.tally.board.agreement import signatures_needed
from voting.wire.base import Wire
from voting.wire.roles import Audience
from voting.wire.views import (
    AttendanceState,
    ConsoleView,
    DocumentView,
    Hall,
    HandCountState,
    ItemView,
    PersonView,
    Progress,
    PublicView,
    RecordHead,
    ScreenView,
    ScrutineerPerson,
    ScrutineerView,
    SeatView,
)


class Warnings(msgspec.Struct, frozen=True):
    """wrong_codes: the device that seems to guess codes; doubled: numbers with more than one terminal connected;
    clock_off: seconds by which the system's clock was moved ahead.
    """

    wrong_codes: str | None = None
    doubled: frozenset[str] = frozenset()
    clock_off: int = 0


class Scene(msgspec.Struct, frozen=True):
    """Everything views depend on. online: numbers of connected terminals; archives: poll -> sha256, once counted.

    rulebooks: the rules that a new poll may adopt, by name. head: number and hash of the journal's row it stands at.
    server_key: the public half (hex) of the key that signs receipts and counts. warnings: what people must know and the
    journal does not tell.
    """

    sitting: Sitting
    online: frozenset[str] = frozenset()
    archives: Mapping[str, str] = {}
    rulebooks: Mapping[str, Ruleset] = {}
    head: tuple[int, str] = (0, "")
    server_key: str = ""
    warnings: Warnings = Warnings()


def view_of(audience: Audience, scene: Scene) -> Wire:
    """The whole view of one audience."""
    return _VIEWS[audience](scene)


def view_data(audience: Audience, scene: Scene) -> dict[str, Any]:
    """The same as JSON data: what snapshots carry and patches change."""
    data: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(view_of(audience, scene)))
    return data


def _seat(scene: Scene) -> SeatView:
    return SeatView(hall=_hall(scene, _is_shown))


def _screen(scene: Scene) -> ScreenView:
    return ScreenView(hall=_hall(scene, _is_shown), record=_record(scene), progress=_progress(scene.sitting))


def _public(scene: Scene) -> PublicView:
    published = {p for p, progress in scene.sitting.polls.items() if progress.is_published}
    archives = {poll: digest for poll, digest in scene.archives.items() if poll in published}
    return PublicView(hall=_hall(scene, _is_shown), archives=archives)


def _console(scene: Scene) -> ConsoleView:
    sitting = scene.sitting
    return ConsoleView(
        hall=_hall(scene, _is_counted),
        record=_record(scene),
        people=_people(sitting),
        progress=_progress(sitting),
        waiting={poll: _waiting(sitting, p) for poll, p in sitting.polls.items() if p.state in _AWAITED},
        actions={poll: steps_of(sitting, progress) for poll, progress in sitting.polls.items()},
        archives=dict(scene.archives),
        online=dict.fromkeys(sorted(scene.online), True),
        doubled=dict.fromkeys(sorted(scene.warnings.doubled), True),
        ceremony_complete=sitting.ceremony.keys is not None,
        rulebooks=dict(scene.rulebooks),
        allowed=allowed_by(sitting, scene.rulebooks),
        follow_ups=follow_ups_by(sitting),
        allowed_after=allowed_after(sitting),
        hand_counts=_hand_counts(sitting),
        annulments={poll: p.annulment for poll, p in sitting.polls.items() if p.annulment is not None},
        apart={poll: found for poll in sitting.polls if (found := voters_apart(sitting, poll)) is not None},
        papers={poll: p.papers for poll, p in sitting.polls.items() if p.papers},
        scrutineers=_scrutineers(sitting),
        wrong_codes=scene.warnings.wrong_codes,
        clock_off=scene.warnings.clock_off,
    )


def _scrutineer(scene: Scene) -> ScrutineerView:
    sitting = scene.sitting
    plan, messages = sitting.plan, sitting.ceremony.messages
    return ScrutineerView(
        hall=_hall(scene, _is_counted),
        scrutineers=_scrutineers(sitting),
        threshold=plan.threshold,
        messages={str(r): _by_text(posted) for r, posted in messages.items()},
        trustees=sitting.ceremony.keys.trustees if sitting.ceremony.keys else None,
        progress=_progress(sitting),
        closed_boards={poll: _by_text(p.signed) for poll, p in sitting.polls.items() if p.signed},
        archives=dict(scene.archives),
        hand_counts=_hand_counts(sitting),
        annulments={poll: p.annulment for poll, p in sitting.polls.items() if p.annulment is not None},
    )


_VIEWS: dict[Audience, Callable[[Scene], Wire]] = {
    Audience.SEAT: _seat,
    Audience.CONSOLE: _console,
    Audience.SCREEN: _screen,
    Audience.SCRUTINEER: _scrutineer,
    Audience.PUBLIC: _public,
}
_AWAITED = frozenset({PollState.PREPARED, PollState.OPEN})


def _record(scene: Scene) -> RecordHead:
    row, head = scene.head
    return RecordHead(row=row, hash=head)


def _is_shown(progress: PollProgress) -> bool:
    """Whether the hall may see the result: published, or counted where the rules show it at once."""
    at_once = progress.question.ruleset.display.results is ResultsShown.IMMEDIATE
    return progress.is_published or (at_once and progress.state in COUNT_KNOWN)


def _is_counted(progress: PollProgress) -> bool:
    return progress.count is not None


def _hall(scene: Scene, shows_result: Callable[[PollProgress], bool]) -> Hall:
    sitting, plan = scene.sitting, scene.sitting.plan
    return Hall(
        titles=plan.titles,
        group=plan.group,
        key=sitting.ceremony.keys.public_key if sitting.ceremony.keys else None,
        server_key=scene.server_key,
        agenda=tuple(
            ItemView(
                id=item.id,
                title=item.title,
                documents=tuple(DocumentView(title=d.title) for d in item.documents),
                polls=item.polls,
            )
            for item in sitting.agenda
        ),
        current_item=sitting.current_item,
        focus=focus_of(sitting),
        attendance=attendance.summary(sitting),
        polls={poll: poll_view(sitting, progress, shows_result(progress)) for poll, progress in sitting.polls.items()},
        rollbacks=sitting.rollbacks,
    )


def focus_of(sitting: Sitting) -> str | None:
    """The poll the sitting is occupied with: the running one, else the current item's last ended, else its first."""
    running = [poll for poll, p in sitting.polls.items() if p.state in RUNNING]
    if running:
        return running[0]
    item = next((i for i in sitting.agenda if i.id == sitting.current_item), None)
    if item is None or not item.polls:
        return None
    ended = [poll for poll in item.polls if sitting.polls[poll].state is PollState.ANNOUNCED]
    return max(ended, key=lambda poll: sitting.polls[poll].closed_at or 0) if ended else item.polls[0]


def _progress(sitting: Sitting) -> dict[str, Progress]:
    return {
        poll: Progress(
            ready=len(ready_credentials(sitting, p)),
            stored=len(p.pending),
            verified=len(p.returned),
            signed=tuple(sorted(p.signed)),
            compared=tuple(sorted(p.compared)),
            signatures_needed=signatures_needed(len(sitting.plan.scrutineers), sitting.plan.threshold),
            shuffles=tuple(p.shuffles),
            decryptions=tuple(sorted(p.decryptions)),
            needed=scrutineers_needed(sitting, p),
            papers=len(p.papers),
            hand_count=_hand_count_state(p),
            apart=_number_apart(sitting, poll),
        )
        for poll, p in sitting.polls.items()
    }


def _number_apart(sitting: Sitting, poll: str) -> int:
    found = voters_apart(sitting, poll)
    return found.number if found else 0


def _by_text(by_index: Mapping[int, str]) -> dict[str, str]:
    return {str(index): text for index, text in sorted(by_index.items())}


def _hand_counts(sitting: Sitting) -> dict[str, HandCount]:
    return {poll: p.hand_count for poll, p in sitting.polls.items() if p.hand_count is not None}


def _hand_count_state(progress: PollProgress) -> HandCountState:
    if not progress.has_hand_count:
        return HandCountState.NONE
    if progress.hand_count is None:
        return HandCountState.MISSING
    confirmed = progress.hand_count.confirmed_by is not None
    return HandCountState.CONFIRMED if confirmed else HandCountState.ENTERED


def _people(sitting: Sitting) -> dict[str, PersonView]:
    delegates = {
        d.number: PersonView(
            number=d.number,
            name=d.name,
            delegation=d.delegation,
            seat=d.seat,
            observer=False,
            attendance=AttendanceState.SUSPENDED if d.suspended else _attendance_of(sitting, d.number),
        )
        for d in sitting.plan.roster.delegates
    }
    observers = {
        o.number: PersonView(
            number=o.number,
            name=o.name,
            delegation=o.post,
            seat=o.seat,
            observer=True,
            attendance=AttendanceState.PRESENT if o.number in sitting.observers_present else AttendanceState.ABSENT,
        )
        for o in sitting.plan.roster.observers
    }
    return delegates | observers


def _attendance_of(sitting: Sitting, delegate: str) -> AttendanceState:
    if delegate in sitting.present:
        return AttendanceState.PRESENT
    if delegate in sitting.departed:
        return AttendanceState.DEPARTED
    return AttendanceState.ON_LEAVE if delegate in sitting.on_leave else AttendanceState.ABSENT


def _waiting(sitting: Sitting, progress: PollProgress) -> dict[str, bool]:
    if progress.question.medium is Medium.BY_HAND:
        return {}
    if progress.state is PollState.PREPARED:
        return {d: True for d in sitting.present if not progress.voter(d).is_issued}
    return {d: True for d in sitting.present if _is_awaited(progress.voter(d))}


def _is_awaited(voter: Voter) -> bool:
    return voter.credential is not None and voter.paper is None and not voter.has_cast


def _scrutineers(sitting: Sitting) -> tuple[ScrutineerPerson, ...]:
    return tuple(ScrutineerPerson(index=s.index, name=s.name, chief=s.chief) for s in sitting.plan.scrutineers)
