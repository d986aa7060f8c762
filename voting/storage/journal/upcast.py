"""Events as earlier releases wrote them, lifted on reading to the shape that they have now.

An event's tag says its name and version: "poll_closed" is version 1, "poll_closed/2" the next. When an event, or
anything inside it, gets another shape, its class gets the next tag and LIFTS a step from the version before. Rows of
several versions may lie in one journal: a sitting may be convened under one release and end under the next. What is
stored is never rewritten, so the chain of hashes holds for ever.
"""

from collections.abc import Callable, Mapping
from typing import Any, Generic, NamedTuple, TypeVar, cast, get_args

import msgspec

from voting.sitting.events import AnyEvent
from voting.tally.board.chain import owned_by

E = TypeVar("E")
Fields = dict[str, Any]
Lift = Callable[[Fields], Fields]
"""From the fields of one version of an event to those of the next; `type` is set afterwards.

Raises msgspec.ValidationError where they are none of that version.
"""


class _FirstShuffle(msgspec.Struct, frozen=True):
    """What the lift needs of the first version of a shuffle."""

    scrutineer: int
    shuffle: str


def _with_owner(shuffled: Fields) -> Fields:
    """Shuffles were not signed: the document beside one named its owner only."""
    first = msgspec.convert(shuffled, _FirstShuffle)
    return shuffled | {"owned": owned_by(first.scrutineer, first.shuffle.encode()).decode()}


def _with_rules_of_sitting(convened: Fields) -> Fields:
    """Without rules the defaults were meant, which asked for no least number of ballots then."""
    plan: Fields = convened["plan"]
    return convened | {"plan": plan | {"ruleset": plan.get("ruleset") or {}}}


def _as_it_is(fields: Fields) -> Fields:
    """What came is a setting that may be unset, and was."""
    return fields


LIFTS: Mapping[tuple[str, int], Lift] = {
    ("shuffle_posted", 1): _with_owner,
    ("sitting_convened", 1): _with_rules_of_sitting,
    ("poll_planned", 1): _as_it_is,
}
"""(name, version) -> the step to the version after it."""


class EventTooNew(Exception):
    """A later release wrote this event. Nothing is wrong with it, but this release cannot read it."""

    def __init__(self, name: str, version: int, known: int) -> None:
        super().__init__(
            f"the event {name} is of version {version}, and this release reads versions up to {known}; "
            "read the journal with the release that wrote it or a later one"
        )
        self.name, self.version, self.known = name, version, known


class Tag(NamedTuple):
    """An event's name, and its version from 1."""

    name: str
    version: int

    def __str__(self) -> str:
        """As it is stored."""
        return self.name if self.version == 1 else f"{self.name}/{self.version}"


def tag_of(stored: str) -> Tag:
    """The parts of a stored tag. Raises ValueError for a misspelled version."""
    name, slash, version = stored.partition("/")
    tag = Tag(name, int(version) if slash else 1)
    if str(tag) != stored or tag.version < 1:
        raise ValueError(f"{stored!r} is no tag")
    return tag


def known_versions(events: object = AnyEvent) -> dict[str, int]:
    """The present version of each event of a union, by name."""
    return dict(tag_of(str(kind.__struct_config__.tag)) for kind in get_args(events))


class EventReader(Generic[E]):
    """Reads the events of a union, by the steps from their earlier versions."""

    def __init__(self, events: type[E], lifts: Mapping[tuple[str, int], Lift]) -> None:
        self._decoder: msgspec.json.Decoder[E] = msgspec.json.Decoder(events)
        self._known = known_versions(events)
        self._lifts = lifts

    def read(self, raw: bytes) -> E:
        """An event of the present or an earlier version.

        Raises EventTooNew, and msgspec.MsgspecError on anything but one event of the vocabulary.
        """
        try:
            return self._decoder.decode(raw)
        except msgspec.ValidationError:
            return self._decoder.decode(msgspec.json.encode(self._lifted(raw)))

    def _lifted(self, raw: bytes) -> Fields:
        """The fields in the present version; as they are where the tag is none that ever was."""
        fields: Fields = msgspec.json.decode(raw, type=dict[str, Any])
        try:
            name, version = tag_of(str(fields.get("type")))
        except ValueError:
            return fields
        newest = self._known.get(name, version)
        if version > newest:
            raise EventTooNew(name, version, newest)
        for step in range(version, newest):
            fields = self._lifts[name, step](fields)
        return fields | {"type": str(Tag(name, newest))}


_READER: EventReader[AnyEvent] = EventReader(cast("type[AnyEvent]", AnyEvent), LIFTS)


def decode_event(raw: bytes) -> AnyEvent:
    """An event as the present release knows it; raises as EventReader.read does."""
    return _READER.read(raw)
