"""Ballots: what can be made can be checked, and what was altered is refused with its reason."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.tally.scenes import GROUPS, make_scene, seeded
from voting.tally.ballots.ballot import (
    MAX_BALLOT_BYTES,
    check_ballot,
    fill_ballot,
    make_ballot,
    read_ballot,
    tracker_of,
)
from voting.tally.ballots.credential import (
    check_public_credential,
    encode_credentials,
    make_credential,
    read_credentials,
)
from voting.tally.board.election import MAX_ANSWERS, Election, Question, make_election
from voting.tally.board.result import compute_result, partial_decrypt, sum_ballots
from voting.tally.errors import TallyCode, TallyError
from voting.tally.groups.choice import group_by_name
from voting.tally.json_form import dump, load
from voting.tally.trustees.document import Trustees
from voting.tally.trustees.private_share import PrivateShare

ED25519 = group_by_name("Ed25519")


def sample_election(question: Question, group_name: str = "Ed25519") -> Election:
    group = group_by_name(group_name)
    raw = make_election(
        uuid="11111111111111",
        name="示例",
        description="",
        question=question,
        group=group,
        public_key=group.encode(group.power_g(12345)),
    )
    return Election.parse(raw)


@st.composite
def questions_with_choices(draw: st.DrawFn) -> tuple[Question, list[int]]:
    count = draw(st.integers(1, 5))
    choices = draw(st.lists(st.integers(0, 1), min_size=count, max_size=count))
    least = draw(st.integers(0, sum(choices)))
    most = draw(st.integers(sum(choices), count))
    return Question("示例", tuple(f"示例选项{n}" for n in range(count)), least, most), choices


@settings(max_examples=25, deadline=None)
@given(questions_with_choices(), st.integers())
def test_every_allowed_choice_makes_a_valid_ballot(made: tuple[Question, list[int]], seed: int) -> None:
    question, choices = made
    election, rng = sample_election(question), seeded(f"ballot {seed}")
    credential = make_credential(ED25519, rng)

    raw = make_ballot(election, credential, choices, rng)

    ballot = check_ballot(election, frozenset({credential.public}), raw)
    assert (ballot.credential, ballot.tracker) == (credential.public, tracker_of(raw))


@settings(max_examples=15, deadline=None)
@given(st.lists(st.lists(st.integers(0, 1), min_size=3, max_size=3), max_size=6))
def test_the_count_is_the_sum_of_the_choices(cast: list[list[int]]) -> None:
    """Also for no ballot at all, where every ciphertext of the sum is the identity."""
    scene = make_scene("Ed25519", 3)
    trustees = Trustees.parse(scene.group, scene.ceremony.trustees)
    raw = make_election(
        uuid="22222222222222",
        name="示例",
        description="",
        question=Question("示例", ("甲", "乙", "丙"), 0, 3),
        group=scene.group,
        public_key=trustees.public_key,
    )
    election, rng = Election.parse(raw), seeded(f"count {cast}")
    ballots = [make_ballot(election, make_credential(scene.group, rng), choices, rng) for choices in cast]

    tally = sum_ballots(election, ballots)
    decryptions = {share.index: partial_decrypt(election, share, tally, rng) for share in scene.ceremony.shares}
    result, counts = compute_result(election, trustees, tally, len(ballots), decryptions)

    assert counts == tuple(sum(column) for column in zip(*cast, strict=True)) or (not cast and counts == (0, 0, 0))
    assert json.loads(result) == {"result": [list(counts)]}


@pytest.mark.parametrize("choices", [(1, 1, 1, 0), (1, 0, 0), (2, 0, 0, 0), (-1, 1, 0, 0), ()])
def test_a_choice_that_the_question_forbids_is_a_programmers_error(choices: tuple[int, ...]) -> None:
    scene = make_scene("Ed25519")
    with pytest.raises(ValueError, match="answer"):
        make_ballot(scene.election, scene.credentials[0], choices, scene.rng)


@pytest.mark.parametrize("given", [[], [(0, 0, 0, 1), (0, 0, 0, 1)]], ids=["none", "one too many"])
def test_there_is_an_answer_to_every_question(given: list[tuple[int, ...]]) -> None:
    scene = make_scene("Ed25519")
    with pytest.raises(ValueError, match="an answer to every question"):
        fill_ballot(scene.election, scene.credentials[0], given, scene.rng)


@pytest.mark.parametrize("group", GROUPS)
def test_a_minimum_is_enforced(group: str) -> None:
    election = sample_election(Question("示例", ("赞成", "反对", "弃权"), 1, 1), group)
    credential = make_credential(election.group, seeded("minimum"))
    with pytest.raises(ValueError, match="between 1 and 1"):
        make_ballot(election, credential, (0, 0, 0), seeded("x"))
    raw = make_ballot(election, credential, (0, 0, 1), seeded("x"))
    assert check_ballot(election, frozenset({credential.public}), raw).raw == raw


def altered(change: Callable[[Any], Any]) -> bytes:
    value = load(make_scene("Ed25519").ballots[0])
    change(value)
    return dump(value)


def answer(value: Any) -> Any:
    return value["answers"][0]


MALFORMED: dict[str, tuple[Callable[[Any], Any], TallyCode]] = {
    "another election": (lambda v: v.update(election_uuid="11111111111111"), TallyCode.BALLOT_WRONG_ELECTION),
    "another hash": (lambda v: v.update(election_hash="x"), TallyCode.BALLOT_WRONG_ELECTION),
    "an extra field": (lambda v: v.update(weight=2), TallyCode.BALLOT_MALFORMED),
    "a field missing": (lambda v: v.pop("credential"), TallyCode.BALLOT_MALFORMED),
    "two answers": (lambda v: v["answers"].append(answer(v)), TallyCode.BALLOT_MALFORMED),
    "an option missing": (lambda v: answer(v)["choices"].pop(), TallyCode.BALLOT_MALFORMED),
    "a proof missing": (lambda v: answer(v)["individual_proofs"].pop(), TallyCode.BALLOT_MALFORMED),
    "half a proof": (lambda v: answer(v)["individual_proofs"][0].pop(), TallyCode.BALLOT_MALFORMED),
    "an overall proof too long": (
        lambda v: answer(v)["overall_proof"].append(answer(v)["overall_proof"][0]),
        TallyCode.BALLOT_MALFORMED,
    ),
    "a number too large": (
        lambda v: answer(v)["overall_proof"][0].update(challenge=str(ED25519.q)),
        TallyCode.BALLOT_MALFORMED,
    ),
    "a number with a sign": (
        lambda v: v["signature"]["proof"].update(response="-5"),
        TallyCode.BALLOT_MALFORMED,
    ),
    "a stranger": (lambda v: v.update(credential="x"), TallyCode.CREDENTIAL_UNKNOWN),
    "a misspelled element": (lambda v: answer(v)["choices"][0].update(alpha="zz"), TallyCode.NOT_IN_GROUP),
}


@pytest.mark.parametrize("name", MALFORMED)
def test_a_malformed_ballot_is_refused_with_its_reason(name: str) -> None:
    scene = make_scene("Ed25519")
    change, code = MALFORMED[name]
    with pytest.raises(TallyError) as caught:
        check_ballot(scene.election, frozenset(item.public for item in scene.credentials), altered(change))
    assert caught.value.code is code


@pytest.mark.parametrize(
    ("spelling", "code"),
    [
        (b"", TallyCode.BALLOT_MALFORMED),
        (b"null", TallyCode.BALLOT_MALFORMED),
        (b"[" * 5000, TallyCode.BALLOT_MALFORMED),
        (b"\xff\xfe", TallyCode.BALLOT_MALFORMED),
        (b'{"election_uuid":"\\ud800"}', TallyCode.BALLOT_MALFORMED),
        (b"1" * 5000, TallyCode.BALLOT_MALFORMED),
        (b" " * (MAX_BALLOT_BYTES + 1), TallyCode.BALLOT_TOO_LARGE),
    ],
)
def test_rubbish_is_refused_without_a_crash(spelling: bytes, code: TallyCode) -> None:
    with pytest.raises(TallyError) as caught:
        read_ballot(make_scene("Ed25519").election, spelling)
    assert caught.value.code is code


@pytest.mark.parametrize("edit", [lambda raw: raw + b"\n", lambda raw: raw.replace(b'"hash"', b'"h\\u0061sh"')])
def test_another_spelling_of_the_same_ballot_is_refused(edit: Callable[[bytes], bytes]) -> None:
    scene = make_scene("Ed25519")
    with pytest.raises(TallyError) as caught:
        read_ballot(scene.election, edit(scene.ballots[0]))
    assert caught.value.code is TallyCode.BALLOT_NOT_CANONICAL


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_byte_of_a_ballot_can_be_changed(data: st.DataObject) -> None:
    scene = make_scene("Ed25519")
    raw = bytearray(scene.ballots[0])
    place = data.draw(st.integers(0, len(raw) - 1))
    raw[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises(TallyError):
        check_ballot(scene.election, frozenset(item.public for item in scene.credentials), bytes(raw))


@pytest.mark.parametrize("group", GROUPS)
def test_the_largest_ballot_fits_into_the_limit(group: str) -> None:
    """Its length follows from the shape: measured on few answers and extrapolated."""
    sizes = []
    for count in (2, 4):
        election = sample_election(Question("示例", tuple("示例" for _ in range(count)), 0, count), group)
        credential = make_credential(election.group, seeded("size"))
        sizes.append(len(make_ballot(election, credential, [0] * count, seeded("size"))))
    assert sizes[0] + (sizes[1] - sizes[0]) / 2 * MAX_ANSWERS * 1.05 < MAX_BALLOT_BYTES


@pytest.mark.parametrize("group_name", GROUPS)
def test_credentials_are_listed_sorted_and_once(group_name: str) -> None:
    group, rng = group_by_name(group_name), seeded("credentials")
    publics = [make_credential(group, rng).public for _ in range(4)]
    raw = encode_credentials(publics)
    assert json.loads(raw) == sorted(publics)
    assert read_credentials(group, raw) == frozenset(publics)
    with pytest.raises(ValueError, match="twice"):
        encode_credentials([*publics, publics[0]])


@pytest.mark.parametrize("public", ["", "0" * 63 + "1", "0" * 64, "xyz"])
def test_a_bad_credential_is_refused(public: str) -> None:
    with pytest.raises(TallyError) as caught:
        check_public_credential(ED25519, public)
    assert caught.value.code is TallyCode.CREDENTIAL_MALFORMED


def test_secrets_do_not_show_in_what_is_printed() -> None:
    scene = make_scene("Ed25519")
    assert str(scene.credentials[0].private) not in repr(scene.credentials[0])
    share: PrivateShare = scene.ceremony.shares[0]
    assert str(share.decryption) not in repr(share)


@pytest.mark.parametrize(
    "question",
    [
        Question("q", (), 0, 0),
        Question("q", ("a",), 0, 2),
        Question("q", ("a", "b"), 2, 1),
        Question("q", ("a",), -1, 1),
    ],
)
def test_an_impossible_question_is_refused(question: Question) -> None:
    with pytest.raises(TallyError):
        sample_election(question)
