"""Who belongs to the sitting: the congress, delegations, delegates in office, observers and scrutineers."""

from functools import cached_property

import msgspec

from voting.congress.law.bases import Bases


class Delegate(msgspec.Struct, frozen=True):
    """A delegate in office: `number` is unique in the roster, `seat` names the place in the hall (unique or None).

    suspended: 暂时停止执行代表职务 (代表法 art. 61 para. 1): in office, so in every base, but does not attend or vote.
    """

    number: str
    name: str
    delegation: str
    seat: str | None = None
    suspended: bool = False


class Observer(msgspec.Struct, frozen=True):
    """A person attending without a vote (列席人员); never counts toward the quorum."""

    number: str
    name: str
    post: str = ""
    seat: str | None = None


class Scrutineer(msgspec.Struct, frozen=True):
    """A scrutineer (监票人), numbered from 1; exactly one is the chief (总监票人).

    `delegate` is the scrutineer's number in the roster, if there is one.
    """

    index: int
    name: str
    chief: bool = False
    delegate: str | None = None


class Roster(msgspec.Struct, frozen=True, dict=True):
    """Delegates in office and observers; `statutory_seats` (名额) is kept beside the number in office (实有代表)."""

    statutory_seats: int
    delegates: tuple[Delegate, ...]
    observers: tuple[Observer, ...] = ()

    @property
    def in_office(self) -> int:
        """Number of delegates in office: the base of every majority and of the quorum (地方组织法 art. 25)."""
        return len(self.delegates)

    @property
    def voters(self) -> tuple[Delegate, ...]:
        """Who may attend and vote: those in office but the suspended."""
        return tuple(delegate for delegate in self.delegates if not delegate.suspended)

    @property
    def bases(self) -> Bases:
        """What fractions are taken of, as far as the roster tells."""
        return Bases(self.in_office, self.statutory_seats)

    @cached_property
    def _delegates_by_number(self) -> dict[str, Delegate]:
        return {d.number: d for d in self.delegates}

    @cached_property
    def _observers_by_number(self) -> dict[str, Observer]:
        return {o.number: o for o in self.observers}

    def delegate(self, number: str) -> Delegate | None:
        """The delegate with this roster number, or None."""
        return self._delegates_by_number.get(number)

    def observer(self, number: str) -> Observer | None:
        """The observer with this number, or None."""
        return self._observers_by_number.get(number)

    def delegations(self) -> tuple[str, ...]:
        """Names of the delegations in the order of the roster."""
        return tuple(dict.fromkeys(d.delegation for d in self.delegates))
