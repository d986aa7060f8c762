"""Checks that stand before others of the same kind: each is asked by itself, at its edge."""

from dataclasses import replace

import pytest

from tests.support.tally.scenes import NAMES, Ceremony, hold_ceremony, make_scene, seeded
from voting.tally.ballots.ballot import MAX_BALLOT_BYTES, read_ballot
from voting.tally.ballots.credential import encode_credentials, read_credentials
from voting.tally.ballots.questions import MAX_ANSWERS, MixedQuestion, read_question
from voting.tally.ballots.singly import MAX_ROSTER, Ranks, WriteIns
from voting.tally.board.shuffle_owner import ShuffleOwner, require_owner
from voting.tally.errors import TallyCode, TallyError
from voting.tally.groups.choice import group_by_name
from voting.tally.groups.proofs import Proof
from voting.tally.json_form import dump, load
from voting.tally.trustees.ceremony import CeremonyPlan, check_certificate, finish_share
from voting.tally.trustees.messages import all_commitments, opened_commitments

PLAN = CeremonyPlan("Ed25519", NAMES, 2)


@pytest.fixture(scope="module")
def ceremony() -> Ceremony:
    return hold_ceremony(PLAN, seeded("single checks"))


def test_a_ballot_of_exactly_the_most_bytes_is_read_and_one_byte_more_is_not() -> None:
    election = make_scene("Ed25519").election
    for size, code in (
        (MAX_BALLOT_BYTES, TallyCode.BALLOT_MALFORMED),
        (MAX_BALLOT_BYTES + 1, TallyCode.BALLOT_TOO_LARGE),
    ):
        with pytest.raises(TallyError) as caught:
            read_ballot(election, b"x" * size)
        assert caught.value.code is code


def test_a_list_of_credentials_is_sorted() -> None:
    group = group_by_name("Ed25519")
    listed = load(encode_credentials([group.encode(group.power_g(number)) for number in (1, 2, 3)]))
    assert read_credentials(group, dump(listed)) == frozenset(listed)
    with pytest.raises(TallyError):
        read_credentials(group, dump(listed[::-1]))


@pytest.mark.parametrize(("number", "taken"), [(0, True), (255, True), (256, False), (-1, False)])
def test_a_number_of_a_mixed_answer_is_one_byte(number: int, taken: bool) -> None:
    question = MixedQuestion("示例", ("示例",))
    if taken:
        question.check_choices([number])
    else:
        with pytest.raises(ValueError, match="from 0 to 255"):
            question.check_choices([number])


@pytest.mark.parametrize(("places", "count", "fit"), [(1, 1, True), (0, 1, False), (255, 255, True), (256, 256, False)])
def test_a_ranking_has_from_one_to_255_places(places: int, count: int, fit: bool) -> None:
    assert Ranks(places).fits(count) is fit


@pytest.mark.parametrize(
    ("roster", "text_bytes", "count", "fit"),
    [(0, 1, 2, True), (0, 0, 1, False), (MAX_ROSTER, 0, 3, True), (MAX_ROSTER + 1, 0, 3, False)],
)
def test_a_name_needs_one_number_at_least_and_a_roster_has_so_many(
    roster: int, text_bytes: int, count: int, fit: bool
) -> None:
    assert WriteIns(("示例",), 1, ("示例",) * roster, text_bytes).fits(count) is fit


def test_a_shuffle_is_its_owners_and_signed() -> None:
    signed = ShuffleOwner(1, "00", Proof(1, 1))
    require_owner(signed, 1)
    for found, owner in ((signed, 2), (ShuffleOwner(1, "00", None), 1)):
        with pytest.raises(TallyError) as caught:
            require_owner(found, owner)
        assert caught.value.code is TallyCode.SHUFFLE_INVALID


@pytest.mark.parametrize("size", [1, 2, 3])
def test_a_plan_names_a_group_and_lets_one_scrutineer_stand_alone(size: int) -> None:
    assert CeremonyPlan("Ed25519", NAMES[:size], min(2, size)).size == size
    with pytest.raises((TallyError, ValueError)):
        CeremonyPlan("示例", NAMES[:size], min(2, size))


def test_nothing_is_read_where_a_certificate_or_a_dealing_is_missing(ceremony: Ceremony) -> None:
    certificates, dealings = ceremony.certificates, ceremony.dealings
    for check in (
        lambda: opened_commitments(PLAN, 1, certificates[:2], dealings[0]),
        lambda: all_commitments(PLAN, certificates, dealings[:2]),
    ):
        with pytest.raises(TallyError, match="is missing") as caught:
            check()
        assert caught.value.code is TallyCode.TRUSTEE_MESSAGE_INVALID


@pytest.mark.parametrize("field", ["box", "commitment"])
@pytest.mark.parametrize("text", ["", "0" * 63, "G" * 64, "A" * 64])
def test_a_box_key_and_a_commitment_have_one_spelling(ceremony: Ceremony, field: str, text: str) -> None:
    message = {**ceremony.certificates[0], field: text}
    with pytest.raises(TallyError, match="64 lowercase hexadecimal digits"):
        check_certificate(PLAN, 1, message)


@pytest.mark.parametrize("part", ["signing", "box"])
def test_who_was_given_another_certificate_or_another_box_of_their_own_does_not_finish(
    ceremony: Ceremony, part: str
) -> None:
    """The scrutineer's own key or box is not the one that stands in the messages, the other of the two is."""
    mine, other = ceremony.working[1][0], hold_ceremony(PLAN, seeded("another")).working[1][0]
    changed = replace(mine, **{part: getattr(other, part)})
    with pytest.raises(TallyError, match="replaced by another") as caught:
        finish_share(PLAN, changed, ceremony.certificates, ceremony.dealings, seeded("finish"))
    assert caught.value.code is TallyCode.TRUSTEE_MESSAGE_INVALID


@pytest.mark.parametrize(("answers", "read"), [(0, False), (1, True), (MAX_ANSWERS, True), (MAX_ANSWERS + 1, False)])
def test_a_mixed_question_has_one_answer_at_least_and_so_many_at_most(answers: int, read: bool) -> None:
    value = MixedQuestion("示例", ("示例",) * answers).to_json()
    if read:
        assert len(read_question(value).answers) == answers
        return
    with pytest.raises(TallyError) as caught:
        read_question(value)
    assert caught.value.code is TallyCode.ELECTION_INVALID
