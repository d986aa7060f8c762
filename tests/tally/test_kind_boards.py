"""Boards, terms, limits and reports of every further kind of poll."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.json_values import json_values
from tests.support.tally.kinds import CAST, make_kind
from tests.support.tally.scenes import TIMESTAMP, seeded
from voting.tally.__main__ import main
from voting.tally.ballots.ballot import MAX_BALLOT_BYTES, fill_ballot
from voting.tally.ballots.by_name import Voter, encode_voters
from voting.tally.ballots.credential import make_credential
from voting.tally.ballots.questions import MAX_ALL_ANSWERS
from voting.tally.ballots.terms import Terms, claims_format_2, read_terms
from voting.tally.board.archive import OwnedDocument
from voting.tally.board.chain import (
    END_BALLOTS,
    END_SHUFFLES,
    Board,
    ballot_step,
    decryption_step,
    owned_by,
    result_step,
    shuffle_step,
)
from voting.tally.board.election import Election, MixedQuestion, Question, make_secret_election
from voting.tally.board.result import partial_decrypt
from voting.tally.board.shuffle import make_shuffle, mixed_so_far, tally_to_decrypt
from voting.tally.errors import CheckFailed, TallyCode, TallyError
from voting.tally.groups.choice import group_by_name
from voting.tally.trustees.document import Trustees
from voting.tally.verify.checks import verify_archive
from voting.tally.verify.report import describe_record


@pytest.mark.parametrize("kind", CAST)
def test_a_board_of_any_kind_writes_the_record(kind: str) -> None:
    record = make_kind(kind, "Ed25519").record()
    board = Board.open(record.election, record.trustees, record.credentials)
    for raw in record.ballots:
        board.append(ballot_step(raw))
    board.append(END_BALLOTS)
    if record.tally is not None:
        board.append(board.encrypted_tally_step(record.tally))
    for made in record.shuffles:
        board.append(shuffle_step(*made))
    if record.mixed:
        board.append(END_SHUFFLES)
    for owner, raw in record.decryptions:
        board.append(decryption_step(owner, raw))
    board.append(result_step(record.result))
    assert board.to_archive(TIMESTAMP) == record.archive()


def test_events_of_another_kind_are_a_programmers_error() -> None:
    summed, mixed, recorded = (make_kind(kind, "Ed25519").record() for kind in ("several", "ranked", "recorded"))
    boards = [Board.open(record.election, record.trustees, record.credentials) for record in (summed, mixed, recorded)]
    for board in boards:
        board.append(END_BALLOTS)
    boards[0].append(boards[0].encrypted_tally_step(summed.tally or b""))
    boards[1].append(boards[1].encrypted_tally_step(mixed.tally or b""))
    with pytest.raises(ValueError, match="Shuffle may not come after EncryptedTally"):
        boards[0].append(shuffle_step(b"", b""))
    with pytest.raises(ValueError, match="EndShuffles may not come after EncryptedTally"):
        boards[1].append(END_SHUFFLES)
    with pytest.raises(ValueError, match="EncryptedTally may not come after EndBallots"):
        boards[2].append(boards[2].encrypted_tally_step(b""))


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_no_byte_of_a_record_of_any_kind_can_be_changed(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(["ranked", "recorded", "again"]))
    archive = bytearray(make_kind(kind, "Ed25519").record().archive())
    archive[data.draw(st.integers(0, len(archive) - 1))] ^= data.draw(st.integers(1, 255))
    with pytest.raises(CheckFailed):
        verify_archive(bytes(archive))


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(["ranked", "recorded"]), st.data())
def test_any_json_in_a_record_of_any_kind_is_refused_without_a_crash(kind: str, data: st.DataObject) -> None:
    record = make_kind(kind, "Ed25519").record()
    places = [
        "election",
        "trustees",
        "credentials",
        "ballot",
        "result",
        *(["tally", "shuffle"] if record.mixed else []),
    ]
    place, raw = data.draw(st.sampled_from(places)), json.dumps(data.draw(json_values)).encode()
    if raw == getattr(record, place, None):
        return
    if place == "ballot":
        record.ballots[0] = raw
    elif place == "shuffle":
        record.shuffles[0] = make_kind(kind, "Ed25519").own(2, raw)
    else:
        setattr(record, place, raw)
    with pytest.raises(CheckFailed) as caught:
        verify_archive(record.archive())
    assert caught.value.number >= 3


@pytest.mark.parametrize("kind", CAST)
def test_the_command_reports_every_kind(kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    scene = make_kind(kind, "Ed25519")
    path = tmp_path / "poll.bel"
    path.write_bytes(scene.record().archive())
    assert main([str(path)]) == 0
    told = capsys.readouterr().out
    assert main([str(path), "--json"]) == 0
    fields: dict[str, Any] = json.loads(capsys.readouterr().out)["record"]
    for line in TOLD[kind]:
        assert line in told
    assert [question["question"] for question in fields["questions"]] == [item.text for item in CAST[kind][0]]
    assert (fields["secrecy"], len(fields["named"])) == (("recorded", 3) if kind == "recorded" else ("secret", 0))
    assert ("counts" in fields) is (kind == "again")


TOLD = {
    "several": ["示例部门丙", "       2  赞成"],
    "mixed": [
        "       2       1       0  示例候选人甲",
        "       1 written in: 王小明",
        "       1 written in: 示例代表002",
        "shuffled by scrutineers 2, 3, decrypted by scrutineers 1, 3 of 3",
        "       1 papers that cannot be read",
    ],
    "ranked": ["     1    0    1  示例项目一", "     1    2    0  示例项目二"],
    "recorded": ["  002 示例代表002: 反对; [0, 0, 1]", "nothing was encrypted"],
    "again": ["1 earlier ballots were replaced", "       2  反对"],
}


@pytest.mark.parametrize(
    ("number", "told"),
    [(1, "{0})"), (2, "{0}; {1})"), (3, "{0}; {1}; {2})"), (4, "{0}; {1}; {2}; …)"), (5, "{0}; {1}; {2}; …)")],
)
def test_the_first_sentence_names_three_questions_at_most(number: int, told: str) -> None:
    verified = verify_archive(make_kind("several", "Ed25519").record().archive())
    questions = verified.election.questions[:number]
    fewer = replace(verified, election=replace(verified.election, questions=questions), result=verified.result[:number])
    first, *rest = describe_record(fewer)
    assert first == f"Poll: 示例表决 ({told.format(*(question.text for question in questions))}"
    headings = [line for line in rest if line in {question.text for question in questions}]
    assert headings == ([question.text for question in questions] if number > 1 else [])


def test_numbers_without_a_stated_use_are_told_paper_by_paper() -> None:
    verified = verify_archive(make_kind("ranked", "Ed25519").record().archive())
    (ranking,) = verified.election.questions
    assert isinstance(ranking, MixedQuestion)
    bare = replace(verified, election=replace(verified.election, questions=(replace(ranking, use=None),)))
    told = describe_record(replace(bare, result=(((1, 2, 3), (0, 1, 0), (1, 2, 3)),)))
    assert [line for line in told if line.endswith("]")] == ["       1  [0, 1, 0]", "       2  [1, 2, 3]"]


def test_a_scrutineer_cannot_shuffle_or_decrypt_what_is_not_a_tally() -> None:
    scene = make_kind("ranked", "Ed25519")
    assert scene.ceremony is not None
    summed = make_kind("several", "Ed25519")
    with pytest.raises(ValueError, match="no question"):
        make_shuffle(summed.election, summed.record().tally or b"", scene.rng)
    with pytest.raises(TallyError):
        partial_decrypt(scene.election, scene.ceremony.shares[0], b"[]", scene.rng)


def test_a_scrutineer_decrypts_only_what_the_board_gives() -> None:
    scene = make_kind("ranked", "Ed25519")
    record = scene.record()
    trustees = Trustees.parse(scene.group, record.trustees)
    board = (scene.election, trustees, record.ballots)
    assert tally_to_decrypt(*board, record.shuffles) == scene.mixed(record)
    assert mixed_so_far(*board, []) == record.tally
    first, second = record.shuffles
    for shuffles, code in (
        ([], TallyCode.SHUFFLES_MISSING),
        ([first], TallyCode.SHUFFLES_MISSING),
        ([first, scene.own(2, second.raw)], TallyCode.SHUFFLES_MISSING),
        ([first, second, second], TallyCode.SHUFFLE_INVALID),
        ([scene.own(2, second.raw), scene.own(3, first.raw)], TallyCode.SHUFFLE_INVALID),
        ([first, OwnedDocument(owned_by(3, second.raw), second.raw)], TallyCode.SHUFFLE_INVALID),
        (
            [first, OwnedDocument(first.owned.replace(b'"owner":2', b'"owner":3'), second.raw)],
            TallyCode.SHUFFLE_INVALID,
        ),
        ([first, OwnedDocument(scene.own(3, first.raw).owned, second.raw)], TallyCode.SHUFFLE_INVALID),
    ):
        with pytest.raises(TallyError) as caught:
            tally_to_decrypt(*board, shuffles)
        assert caught.value.code is code


def test_a_poll_that_is_only_summed_is_not_shuffled() -> None:
    summed = make_kind("several", "Ed25519")
    record = summed.record()
    board = (summed.election, Trustees.parse(summed.group, record.trustees), record.ballots)
    assert tally_to_decrypt(*board, []) == record.tally
    with pytest.raises(TallyError) as caught:
        tally_to_decrypt(*board, [OwnedDocument(b"{}", b"{}")])
    assert caught.value.code is TallyCode.SHUFFLE_INVALID


@pytest.mark.parametrize(
    ("description", "last"),
    [
        ("", False),
        ("两轮投票", False),
        ("[1]", False),
        ('{"poll":{}}', False),
        ('{"terms":{"counted":"first"}}', False),
        ('{"terms":{"counted":"last"},"poll":{}}', True),
        ('{"poll":{"a":1},"terms":{"counted":"last"}}', False),
        (' {"terms":{"counted":"last"}}', False),
    ],
)
def test_the_terms_are_read_from_the_description(description: str, last: bool) -> None:
    assert read_terms(description) == Terms(last_counts=last)


@pytest.mark.parametrize(
    "description",
    [
        '{"terms":1}',
        '{"terms":{}}',
        '{"terms":{"counted":"both"}}',
        '{"terms": {"counted":"last"}}',
        '{"terms":{"counted":"last","more":1}}',
        '{"terms":{"counted":"last"}',
    ],
)
def test_unclear_terms_are_refused(description: str) -> None:
    with pytest.raises(TallyError) as caught:
        read_terms(description)
    assert caught.value.code is TallyCode.ELECTION_INVALID


@pytest.mark.parametrize(
    ("description", "claimed"),
    [
        ('{"format":2,"sitting":{}}', True),
        ('{"terms":{"counted":"first"},"format":2,"sitting":{}}', True),
        ('{"terms":{"counted":"last"},"format":2,"sitting":{}}', True),
        ('{"format":2}', False),
        ('{"format":20,"sitting":{}}', False),
        ('{"sitting":{},"format":2,"poll":{}}', False),
        ('{"format": 2,"sitting":{}}', False),
        (' {"format":2,"sitting":{}}', False),
        ("format 2", False),
    ],
)
def test_a_description_claims_our_format_by_its_first_characters(description: str, claimed: bool) -> None:
    assert claims_format_2(description) is claimed


def test_a_delegate_or_credential_twice_is_a_programmers_error() -> None:
    one, two = Voter("a", "001", "示例代表001"), Voter("b", "001", "示例代表002")
    for voters in ([one, two], [one, one]):
        with pytest.raises(ValueError, match="twice"):
            encode_voters(voters)


@pytest.mark.parametrize("group_name", ["Ed25519", "BELENIOS-2048"])
def test_the_largest_evaluation_fits_into_a_ballot(group_name: str) -> None:
    """Its length follows from the shape: measured on few subjects and extrapolated."""
    sizes = [evaluation_size(group_name, subjects) for subjects in (1, 3)]
    per_subject = (sizes[1] - sizes[0]) / 2
    assert sizes[0] + per_subject * (MAX_ALL_ANSWERS / 4) * 1.01 < MAX_BALLOT_BYTES


def evaluation_size(group_name: str, subjects: int) -> int:
    group, rng = group_by_name(group_name), seeded("size")
    question = Question("示例", ("满意", "基本满意", "不满意", "不了解"), 0, 1)
    key = group.encode(group.power_g(5))
    raw = make_secret_election(
        uuid="1" * 14, name="", description="", questions=[question] * subjects, group=group, public_key=key
    )
    election = Election.parse(raw)
    return len(fill_ballot(election, make_credential(group, rng), [(0, 0, 0, 0)] * subjects, rng))
