"""Forged tallies of every kind of poll, in every group: checks 1 to 20."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from tests.support.forged.forgery import Files, Forgery
from tests.support.tally.defects import DEFECTS, Broken, Defect, honest
from tests.support.tally.kind_defects import KIND_DEFECTS, KindDefect, honest_kind
from tests.support.tally.kinds import CAST, KindScene, make_kind
from tests.support.tally.scenes import GROUPS, Scene, make_scene, seeded
from voting.tally.groups.choice import group_by_name

ALL_GROUPS = (*GROUPS, "RFC-3526-2048")
"""The last one is that in which a group of numbers can shuffle."""
SUMMED = "summed"
"""The kind of the first records: one homomorphic question."""
OF_THIS_HOUSE = frozenset(
    {
        "a_decryption_whose_statement_is_not_proven",
        "decryptions_whose_statements_are_not_proven",
        "a_decryption_with_a_false_proof_of_its_statement",
        "the_published_proofs_in_place_of_those_of_the_statements",
        "a_statement_proof_too_few",
    }
)
"""Defects of proofs that only records of format 2 carry; the published format does not know them, so nobody else can
look for them."""


@dataclass(frozen=True)
class Tallied:
    """A forgery of this group and kind. tool: whether belenios-tool 2.0 refuses it too; None where it reads none."""

    forgery: Forgery
    group: str
    kind: str
    tool: bool | None


def tallies(group: str) -> Iterator[Tallied]:
    """All that are published in this group, each kind after an honest record of it."""
    for defect in (None, *DEFECTS):
        if defect is None or defect.name not in OF_THIS_HOUSE:
            yield _summed(group, defect)
    able = group_by_name(group).capacity > 0
    for kind in CAST:
        if able or kind not in ("mixed", "ranked"):
            for of_kind in (None, *KIND_DEFECTS):
                if of_kind is None or (of_kind.kind == kind and of_kind.name not in OF_THIS_HOUSE):
                    yield _of_kind(group, kind, of_kind)


@cache
def _scene(group: str) -> Scene:
    """One that nobody else draws from, so that its honest record is always the same."""
    return replace(make_scene(group, 2), rng=seeded(f"forged {group}"))


@cache
def _kind_scene(group: str, kind: str) -> KindScene:
    return replace(make_kind(kind, group), rng=seeded(f"forged {group} {kind}"))


def _summed(group: str, defect: Defect | None) -> Tallied:
    if defect is None:
        return _tallied("honest", group, SUMMED, None, False, lambda: honest(_scene(group)))
    build, stream = defect.build, f"{group} {defect.name}"
    return _tallied(
        defect.name, group, SUMMED, defect.number, defect.tool, lambda: build(_scene(group).drawing(stream))
    )


def _of_kind(group: str, kind: str, defect: KindDefect | None) -> Tallied:
    reads = None if kind == "recorded" else False
    if defect is None:
        return _tallied(f"honest_{kind}", group, kind, None, reads, lambda: honest_kind(_kind_scene(group, kind)))
    build, stream = defect.build, f"{group} {kind} {defect.name}"
    return _tallied(
        defect.name, group, kind, defect.number, defect.tool, lambda: build(_kind_scene(group, kind).drawing(stream))
    )


def _tallied(
    name: str, group: str, kind: str, number: int | None, tool: bool | None, build: Callable[[], Broken]
) -> Tallied:
    def files() -> Files:
        made = build()
        return Files(made.archive, None, made.receipts)

    return Tallied(Forgery(name, None if number is None else str(number), files), group, kind, tool)
