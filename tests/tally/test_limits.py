"""The protocol's limits as numbers, and the last size that is taken on each side of them."""

import pytest

from tests.support.tally.scenes import TIMESTAMP, chain, make_scene
from voting.tally.ballots.ballot import MAX_BALLOT_BYTES
from voting.tally.ballots.questions import (
    MAX_ALL_ANSWERS,
    MAX_ANSWERS,
    MAX_QUESTIONS,
    AnyQuestion,
    MixedQuestion,
    Question,
    check_questions,
    read_question,
)
from voting.tally.board.container import (
    MAX_ARCHIVE_BYTES,
    MAX_DOCUMENT_BYTES,
    MAX_DOCUMENT_PARTS,
    make_entry,
    read_container,
    write_container,
)
from voting.tally.errors import CheckFailed, TallyError
from voting.tally.groups.choice import group_by_name
from voting.tally.json_form import MAX_INT
from voting.tally.trustees.document import MAX_TRUSTEES
from voting.tally.verify.checks import verify_archive

GROUP = group_by_name("Ed25519")


def test_the_limits_are_those_of_the_protocol() -> None:
    assert (MAX_BALLOT_BYTES, MAX_ARCHIVE_BYTES, MAX_INT) == (524_288, 268_435_456, 9_007_199_254_740_991)
    assert (MAX_DOCUMENT_BYTES, MAX_DOCUMENT_PARTS) == (33_554_432, 1_000_000)
    assert (MAX_ANSWERS, MAX_ALL_ANSWERS, MAX_QUESTIONS, MAX_TRUSTEES) == (200, 250, 100, 50)


def summed(answers: int) -> Question:
    return Question("示例", ("示例",) * answers, 0, 1)


@pytest.mark.parametrize(
    ("questions", "recorded", "fits"),
    [
        ([summed(125), summed(125)], False, True),
        ([summed(125), summed(126)], False, False),
        ([summed(125), summed(126)], True, False),
        ([summed(1)] * 100, False, True),
        ([summed(1)] * 101, False, False),
        ([], False, False),
        ([MixedQuestion("示例", ("示例",) * 30)], False, True),
        ([MixedQuestion("示例", ("示例",) * 31)], False, False),
        ([MixedQuestion("示例", ("示例",) * 31)], True, True),
        ([summed(250), MixedQuestion("示例", ("示例",) * 30)], False, True),
    ],
)
def test_a_ballot_holds_so_many_questions_and_answers(questions: list[AnyQuestion], recorded: bool, fits: bool) -> None:
    if fits:
        check_questions(questions, GROUP, recorded=recorded)
        return
    with pytest.raises(TallyError):
        check_questions(questions, GROUP, recorded=recorded)


@pytest.mark.parametrize(("answers", "fits"), [(0, False), (1, True), (200, True), (201, False)])
def test_a_question_has_so_many_answers(answers: int, fits: bool) -> None:
    question = Question("示例", ("示例",) * answers, 0, 0)
    if fits:
        assert read_question(question.to_json()) == question
        return
    with pytest.raises(TallyError):
        read_question(question.to_json())


@pytest.mark.parametrize(
    ("document", "fits"),
    [
        (b"x" * MAX_DOCUMENT_BYTES, True),
        (b"x" * (MAX_DOCUMENT_BYTES + 1), False),
        (b"[" * 400_000 + b"{" * 300_000 + b"," * 300_000, True),
        (b"[" * 400_000 + b"{" * 300_000 + b"," * 300_001, False),
    ],
    ids=["of 32 MiB", "larger", "of a million parts", "of more"],
)
def test_a_document_has_so_many_bytes_and_parts(document: bytes, fits: bool) -> None:
    """Refused before anything of it is read: reading costs many times its size."""
    file = write_container([make_entry("data", document)], 0)
    if fits:
        assert read_container(file).entries[0].raw == document
        return
    with pytest.raises(CheckFailed, match="larger than any that a poll needs") as caught:
        read_container(file)
    assert caught.value.number == 1


@pytest.mark.parametrize(("depth", "number"), [(30, 4), (31, 4), (32, 3), (900, 3), (100_000, 3)])
def test_what_lies_too_deep_is_not_read(depth: int, number: int) -> None:
    """The object itself is the first level. Where readers of JSON give up differs; this is far below."""
    record = make_scene("Ed25519").record()
    groups = record.groups()
    documents = groups[0][1]
    documents[3] = documents[3][:-1] + b',"note":' + b"[" * depth + b"]" * depth + b"}"
    with pytest.raises(CheckFailed) as caught:
        verify_archive(write_container(chain(groups), TIMESTAMP))
    assert caught.value.number == number
