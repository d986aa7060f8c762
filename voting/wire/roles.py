"""Who takes part, declared once: each role with who holds it, the page it works on and what it may watch.

Codes and badges, log-in, access, commands, rehearsal and the pages themselves take it from here; `make wire` carries it
to the pages.
"""

from collections.abc import Callable, Iterable
from enum import StrEnum

import msgspec

from voting.sitting.events import SittingPlan


class Role(StrEnum):
    """Who a connection acts for. PUBLIC needs no login."""

    DELEGATE = "delegate"
    OBSERVER = "observer"
    CHAIR = "chair"
    SCREEN = "screen"
    SCRUTINEER = "scrutineer"
    PUBLIC = "public"


class Audience(StrEnum):
    """Which view of the sitting a connection receives (delegates and observers both sit at a SEAT)."""

    SEAT = "seat"
    CONSOLE = "console"
    SCREEN = "screen"
    SCRUTINEER = "scrutineer"
    PUBLIC = "public"


class Holder(msgspec.Struct, frozen=True):
    """One holder of a role. subject: roster or observer number, scrutineer index as text, or "" at a desk.

    name: of the person, or of the desk; delegation is an observer's post; seat may be None.
    """

    subject: str
    name: str
    delegation: str = ""
    seat: str | None = None


Holders = Callable[[SittingPlan], Iterable[Holder]]


class RoleSpec(msgspec.Struct, frozen=True):
    """What sets one role apart. title: of the role, on its badge; label: of the role, in what the commands print.

    audience: the view it is shown; holders: who gets a code in a sitting; also: further views that it may join;
    official: whether it sees a record before that is public, and each of its requests is logged.
    """

    audience: Audience
    title: str
    label: str
    holders: Holders
    also: tuple[Audience, ...] = ()
    official: bool = False

    @property
    def page(self) -> str:
        """The name of its page: of the folder among the pages' sources and in the build, and of its words."""
        return "index" if self.audience is Audience.PUBLIC else self.audience.value

    @property
    def route(self) -> str:
        """Where its page is served."""
        return "/" if self.audience is Audience.PUBLIC else f"/{self.page}"


def _delegates(plan: SittingPlan) -> Iterable[Holder]:
    return (Holder(d.number, d.name, d.delegation, d.seat) for d in plan.roster.delegates)


def _observers(plan: SittingPlan) -> Iterable[Holder]:
    return (Holder(o.number, o.name, o.post, o.seat) for o in plan.roster.observers)


def _scrutineers(plan: SittingPlan) -> Iterable[Holder]:
    return (Holder(str(s.index), s.name) for s in plan.scrutineers)


def _desk(name: str) -> Holders:
    """One code for whoever works at this desk."""
    return lambda _: (Holder("", name),)


def _nobody(_: SittingPlan) -> Iterable[Holder]:
    return ()


ROLES: dict[Role, RoleSpec] = {
    Role.DELEGATE: RoleSpec(Audience.SEAT, "代表", "Seat of delegate", _delegates),
    Role.OBSERVER: RoleSpec(Audience.SEAT, "列席人员", "Seat of observer", _observers),
    Role.CHAIR: RoleSpec(
        Audience.CONSOLE,
        "执行主席 · 会务控制台",
        "Console (executive chair)",
        _desk("执行主席"),
        also=(Audience.SCREEN,),
        official=True,
    ),
    Role.SCREEN: RoleSpec(Audience.SCREEN, "大屏幕", "Hall screen", _desk("大屏幕")),
    Role.SCRUTINEER: RoleSpec(Audience.SCRUTINEER, "监票人", "Scrutineer", _scrutineers, official=True),
    Role.PUBLIC: RoleSpec(Audience.PUBLIC, "公众", "Everybody", _nobody),
}
"""Every role, in the order in which they are listed."""
EVERYBODY = frozenset(Role)
AT_A_SEAT = tuple(role for role, spec in ROLES.items() if spec.audience is Audience.SEAT)
OFFICIALS = frozenset(role for role, spec in ROLES.items() if spec.official)
VERIFIER = "/verify"
"""Where anybody verifies a record; nobody logs in there, and it joins no view."""
ROUTES: dict[str, str] = {spec.page: spec.route for spec in ROLES.values()} | {"verifier": VERIFIER}
"""Every page by its name."""
AUDIENCES: dict[Role, tuple[Audience, ...]] = {role: (spec.audience, *spec.also) for role, spec in ROLES.items()}
"""The views each role may join, its own page's first."""
