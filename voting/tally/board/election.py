"""The election document: the questions, the group and the scrutineers' public key.

Specification: "Elections", "Questions". Its hash phi covers the bytes that were published; they are
never serialised again. A recorded (named) poll has a document of its own form: it says
``"secrecy":"recorded"`` and has no public key, because nothing in it is encrypted.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from voting.tally.ballots.questions import (
    ANY_QUESTION_FORM,
    MAX_ANSWERS,
    AnyQuestion,
    MixedQuestion,
    Question,
    check_questions,
    read_question,
)
from voting.tally.ballots.terms import Terms, claims_format_2, read_terms
from voting.tally.errors import TallyCode, TallyError
from voting.tally.groups.choice import Element, Group, Rng, group_by_name
from voting.tally.json_form import OneOf, dump, load_canonical, sha256_base64

__all__ = [
    "ELECTION_FORM",
    "MAX_ANSWERS",
    "AnyQuestion",
    "Election",
    "MixedQuestion",
    "Question",
    "make_election",
    "make_recorded_election",
    "make_secret_election",
    "make_uuid",
]

BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
UUID_LENGTH = 14
RECORDED = "recorded"

SECRET_FORM = {
    "version": "int",
    "description": "string",
    "name": "string",
    "group": "string",
    "public_key": "string",
    "questions": [ANY_QUESTION_FORM],
    "uuid": "string",
    "administrator?": "string",
    "credential_authority?": "string",
}
RECORDED_FORM = {
    "version": "int",
    "secrecy": "string",
    "description": "string",
    "name": "string",
    "group": "string",
    "questions": [ANY_QUESTION_FORM],
    "uuid": "string",
}
ELECTION_FORM = OneOf((SECRET_FORM, RECORDED_FORM))


@dataclass(frozen=True)
class Election:
    """A parsed election. ``raw`` is the published document and ``hash`` its fingerprint phi.

    A recorded poll has an empty ``public_key``. ``terms`` say which ballot of a credential counts.
    """

    raw: bytes = field(repr=False)
    uuid: str
    name: str
    description: str
    group: Group
    public_key: str
    questions: tuple[AnyQuestion, ...]
    hash: str
    terms: Terms = field(default_factory=Terms)
    recorded: bool = False

    @classmethod
    def parse(cls, raw: bytes) -> "Election":
        """Read and check an election.

        Raises TallyError: document_malformed, document_not_canonical, group_unknown, not_in_group,
        election_invalid.
        """
        value = load_canonical(raw, ELECTION_FORM, "the election")
        _require(value["version"] == 1, "the election is not of version 1")
        _check_uuid(value["uuid"])
        recorded = "secrecy" in value
        _require(not recorded or value["secrecy"] == RECORDED, "the election has an unknown degree of secrecy")
        questions = tuple(read_question(question) for question in value["questions"])
        group = group_by_name(value["group"])
        check_questions(questions, group, recorded=recorded)
        if not recorded:
            key = group.parse(value["public_key"])
            _require(key != group.identity, "the public key is the identity")
        return cls(
            raw=raw,
            uuid=value["uuid"],
            name=value["name"],
            description=value["description"],
            group=group,
            public_key="" if recorded else value["public_key"],
            questions=questions,
            hash=sha256_base64(raw),
            terms=read_terms(value["description"]),
            recorded=recorded,
        )

    @property
    def question(self) -> Question:
        """The question of an election that has one homomorphic question. Raises ValueError for any other."""
        (question,) = self.questions
        if not isinstance(question, Question):
            raise ValueError("the question of this election is mixed")
        return question

    @property
    def strict(self) -> bool:
        """Whether it claims our format 2: then the stricter laws are checks of its record."""
        return claims_format_2(self.description)

    @property
    def mixed(self) -> tuple[int, ...]:
        """The places of the questions that go through shuffles, from 0; none in a recorded poll."""
        if self.recorded:
            return ()
        return tuple(place for place, item in enumerate(self.questions) if isinstance(item, MixedQuestion))

    @cached_property
    def key_element(self) -> Element:
        """The public key as a group element. Raises TallyError(not_in_group) in a recorded poll."""
        return self.group.decode(self.public_key)


def make_uuid(rng: Rng) -> str:
    """A fresh identifier of 14 Base58 characters."""
    number = int.from_bytes(rng(32), "big")
    digits: list[str] = []
    for _ in range(UUID_LENGTH):
        number, digit = divmod(number, 58)
        digits.append(BASE58[digit])
    return "".join(digits)


def make_election(
    *, uuid: str, name: str, description: str, question: Question, group: Group, public_key: str
) -> bytes:
    """The document of an election with one homomorphic question. Raises TallyError when a reader would refuse it."""
    return make_secret_election(
        uuid=uuid, name=name, description=description, questions=[question], group=group, public_key=public_key
    )


def make_secret_election(
    *, uuid: str, name: str, description: str, questions: Sequence[AnyQuestion], group: Group, public_key: str
) -> bytes:
    """The document of a secret poll with any questions. Raises TallyError when a reader would refuse it."""
    return _checked(
        {
            "version": 1,
            "description": description,
            "name": name,
            "group": group.name,
            "public_key": public_key,
            "questions": [question.to_json() for question in questions],
            "uuid": uuid,
        }
    )


def make_recorded_election(
    *, uuid: str, name: str, description: str, questions: Sequence[AnyQuestion], group: Group
) -> bytes:
    """The document of a recorded (named) poll. Raises TallyError when a reader would refuse it."""
    return _checked(
        {
            "version": 1,
            "secrecy": RECORDED,
            "description": description,
            "name": name,
            "group": group.name,
            "questions": [question.to_json() for question in questions],
            "uuid": uuid,
        }
    )


def _checked(value: dict[str, Any]) -> bytes:
    raw = dump(value)
    Election.parse(raw)
    return raw


def _check_uuid(uuid: str) -> None:
    _require(
        UUID_LENGTH <= len(uuid) <= 64 and set(uuid) <= set(BASE58),
        "the identifier is not 14 to 64 Base58 characters",
    )


def _require(holds: bool, detail: str) -> None:
    if not holds:
        raise TallyError(TallyCode.ELECTION_INVALID, detail)
