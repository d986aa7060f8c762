"""Every further kind of poll: honest records pass, and each defect is found by its own check."""

import pytest

from tests.support.tally.kind_defects import KIND_DEFECTS, KindDefect, honest_kind
from tests.support.tally.kinds import CAST, MODULAR, RESULTS, make_kind
from tests.support.tally.stopping import SUMMED, assert_stopped_at
from voting.tally.board.result import Result
from voting.tally.errors import CheckFailed
from voting.tally.json_form import load
from voting.tally.verify.checks import CHECKS, Check, CheckStatus, VerifiedRecord, verify_archive

GROUPS = {"mixed": ["Ed25519"], "ranked": ["Ed25519", MODULAR]}
KINDS = [(kind, group) for kind in CAST for group in GROUPS.get(kind, ["Ed25519", "BELENIOS-2048"])]
NOT_APPLICABLE: dict[str, dict[int, CheckStatus]] = {
    "several": SUMMED,
    "again": SUMMED,
    "recorded": dict.fromkeys((12, 13, 14, 15, 19, 20), CheckStatus.NOT_APPLICABLE),
}


def as_cast(result: Result) -> list[list[object]]:
    return [list(found) for found in result]


@pytest.mark.parametrize(("kind", "group"), KINDS)
def test_an_honest_record_of_every_kind_passes_every_check(kind: str, group: str) -> None:
    scene = make_kind(kind, group)
    record = honest_kind(scene)
    seen: list[tuple[int, CheckStatus]] = []

    verified = verify_archive(
        record.archive, record.receipts, lambda check, status: seen.append((check.number, status))
    )

    others = NOT_APPLICABLE.get(kind, {})
    assert seen == [(check.number, others.get(check.number, CheckStatus.PASSED)) for check in CHECKS]
    assert verified.receipts == len(scene.ballots)
    if kind in RESULTS:
        assert as_cast(verified.result) == RESULTS[kind]
    else:
        assert_papers_are_those_cast(kind, verified)


def assert_papers_are_those_cast(kind: str, verified: VerifiedRecord) -> None:
    questions, cast = CAST[kind]
    for place in verified.election.mixed:
        assert sorted(verified.result[place]) == sorted(tuple(answers[place]) for answers in cast)
    assert verified.shufflers == (2, 3)
    assert len(questions) == len(verified.result)


@pytest.mark.parametrize("defect", KIND_DEFECTS, ids=lambda defect: f"{defect.kind}-{defect.name}")
def test_the_defect_of_a_kind_is_refused_by_its_own_check(defect: KindDefect) -> None:
    broken = defect.build(make_kind(defect.kind, "Ed25519"))
    seen: list[tuple[Check, CheckStatus]] = []

    with pytest.raises(CheckFailed) as caught:
        verify_archive(broken.archive, broken.receipts, lambda check, status: seen.append((check, status)))

    assert_stopped_at(defect.number, caught.value, seen, NOT_APPLICABLE.get(defect.kind, {}))


def test_the_checks_of_the_shuffles_have_defects() -> None:
    assert {19, 20} <= {defect.number for defect in KIND_DEFECTS}


def test_only_the_last_ballot_of_a_credential_counts() -> None:
    scene = make_kind("again", "Ed25519")
    verified = verify_archive(scene.record().archive())
    assert (verified.n_ballots, verified.n_replaced) == (3, 1)
    assert load(scene.record().result) == {"result": [[1, 2, 0]]}


def test_a_recorded_poll_tells_who_voted_how() -> None:
    scene = make_kind("recorded", "Ed25519")
    verified = verify_archive(scene.record().archive())
    assert [(vote.voter.name, vote.answers) for vote in verified.named] == [
        ("示例代表001", ((1, 0, 0), (1, 2, 3))),
        ("示例代表002", ((0, 1, 0), (0, 0, 1))),
        ("示例代表003", ((0, 0, 1), (0, 0, 0))),
    ]


@pytest.mark.parametrize("kind", ["several", "ranked", "recorded"])
def test_a_poll_of_any_kind_may_have_no_ballot(kind: str) -> None:
    scene = make_kind(kind, "Ed25519")
    verified = verify_archive(scene.record([]).archive())
    assert verified.n_ballots == 0
    assert not any(any(found) for found in verified.result)


def test_every_order_of_the_papers_can_come_out() -> None:
    """Shuffles are drawn; here until each of the six orders was seen."""
    scene = make_kind("ranked", "Ed25519")
    seen: set[object] = set()
    for _ in range(200):
        record = scene.record()
        scene.shuffle(record)
        seen.add(scene.open(record)[0])
        if len(seen) == 6:
            return
    pytest.fail(f"only {len(seen)} orders in 200 shuffles")
