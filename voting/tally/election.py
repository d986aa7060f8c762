"""The election document: one homomorphic question, the group and the scrutineers' public key.

Specification: "Elections", "Questions". Its hash phi covers the bytes that were published;
they are never serialised again.
"""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from voting.tally.errors import TallyCode, TallyError
from voting.tally.group import Element, Group, Rng, group_by_name
from voting.tally.json_form import dump, load_canonical, sha256_base64

BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
UUID_LENGTH = 14
MAX_ANSWERS = 200
"""Most answers one question may have; keeps ballots below ``ballot.MAX_BALLOT_BYTES``."""

QUESTION_FORM = {"answers": ["string"], "min": "int", "max": "int", "question": "string"}
ELECTION_FORM = {
    "version": "int",
    "description": "string",
    "name": "string",
    "group": "string",
    "public_key": "string",
    "questions": [QUESTION_FORM],
    "uuid": "string",
    "administrator?": "string",
    "credential_authority?": "string",
}


@dataclass(frozen=True)
class Question:
    """Choose at least ``min`` and at most ``max`` of the ``answers``."""

    text: str
    answers: tuple[str, ...]
    min: int
    max: int


@dataclass(frozen=True)
class Election:
    """A parsed election. ``raw`` is the published document and ``hash`` its fingerprint phi."""

    raw: bytes = field(repr=False)
    uuid: str
    name: str
    description: str
    group: Group
    public_key: str
    question: Question
    hash: str

    @classmethod
    def parse(cls, raw: bytes) -> "Election":
        """Read and check an election.

        Raises TallyError: document_malformed, document_not_canonical, group_unknown, not_in_group,
        election_invalid.
        """
        value = load_canonical(raw, ELECTION_FORM, "the election")
        _require(value["version"] == 1, "the election is not of version 1")
        _check_uuid(value["uuid"])
        _require(len(value["questions"]) == 1, "the election must have exactly one question")
        question = _read_question(value["questions"][0])
        group = group_by_name(value["group"])
        key = group.parse(value["public_key"])
        _require(key != group.identity, "the public key is the identity")
        return cls(
            raw=raw,
            uuid=value["uuid"],
            name=value["name"],
            description=value["description"],
            group=group,
            public_key=value["public_key"],
            question=question,
            hash=sha256_base64(raw),
        )

    @cached_property
    def key_element(self) -> Element:
        """The public key as a group element."""
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
    """The election document. Raises TallyError when a reader would refuse it."""
    raw = dump(
        {
            "version": 1,
            "description": description,
            "name": name,
            "group": group.name,
            "public_key": public_key,
            "questions": [
                {
                    "answers": list(question.answers),
                    "min": question.min,
                    "max": question.max,
                    "question": question.text,
                }
            ],
            "uuid": uuid,
        }
    )
    Election.parse(raw)
    return raw


def _check_uuid(uuid: str) -> None:
    _require(
        UUID_LENGTH <= len(uuid) <= 64 and set(uuid) <= set(BASE58),
        "the identifier is not 14 to 64 Base58 characters",
    )


def _read_question(value: Any) -> Question:
    question = Question(value["question"], tuple(value["answers"]), value["min"], value["max"])
    _require(1 <= len(question.answers) <= MAX_ANSWERS, f"a question has 1 to {MAX_ANSWERS} answers")
    _require(
        question.min <= question.max <= len(question.answers),
        "the question's bounds do not satisfy 0 <= min <= max <= number of answers",
    )
    return question


def _require(holds: bool, detail: str) -> None:
    if not holds:
        raise TallyError(TallyCode.ELECTION_INVALID, detail)
