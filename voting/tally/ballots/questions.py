"""The kinds of question on a ballot (specification, "Questions").

A ``Question`` is homomorphic: only the sums of its answers are ever decrypted. The answer to a
``MixedQuestion`` is a list of small numbers, encrypted as one; it goes through the scrutineers'
shuffles and is then decrypted, so the papers are read without anybody knowing whose they are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from voting.tally.ballots.singly import USE_FORMS, Use, read_use
from voting.tally.errors import TallyCode, TallyError
from voting.tally.groups.choice import Group
from voting.tally.json_form import OneOf

MAX_ANSWERS = 200
"""Most answers one question may have."""
MAX_ALL_ANSWERS = 250
"""Most answers that the homomorphic questions of one ballot may have together; keeps it below its limit."""
MAX_QUESTIONS = 100
MIXED_TYPE = "NonHomomorphic"

QUESTION_FORM = {"answers": ["string"], "min": "int", "max": "int", "question": "string"}
MIXED_QUESTION_FORM = {
    "type": "string",
    "value": {"answers": ["string"], "question": "string"},
    "extra?": OneOf(USE_FORMS),
}
ANY_QUESTION_FORM = OneOf((QUESTION_FORM, MIXED_QUESTION_FORM))


@dataclass(frozen=True)
class Question:
    """Choose at least ``min`` and at most ``max`` of the ``answers``."""

    text: str
    answers: tuple[str, ...]
    min: int
    max: int

    def check_choices(self, choices: Sequence[int]) -> None:
        """Raise ValueError unless the choices (0 or 1 for each answer) are within the bounds."""
        if len(choices) != len(self.answers) or any(choice not in (0, 1) for choice in choices):
            raise ValueError("a choice must be 0 or 1 for each answer")
        if not self.min <= sum(choices) <= self.max:
            raise ValueError(f"between {self.min} and {self.max} answers must be chosen")

    def to_json(self) -> dict[str, Any]:
        """The published form."""
        return {"answers": list(self.answers), "min": self.min, "max": self.max, "question": self.text}


@dataclass(frozen=True)
class MixedQuestion:
    """Give each of the ``answers`` a number from 0 to 255; ``use`` says what the numbers mean.

    No proof can show that the numbers are sensible: papers are judged when they are read, as in a hall.
    """

    text: str
    answers: tuple[str, ...]
    use: Use | None = None

    def check_choices(self, choices: Sequence[int]) -> None:
        """Raise ValueError unless there is one number from 0 to 255 for each answer."""
        if len(choices) != len(self.answers) or not all(0 <= choice <= 255 for choice in choices):
            raise ValueError("a number from 0 to 255 must be given for each answer")

    def to_json(self) -> dict[str, Any]:
        """The published form."""
        value = {"type": MIXED_TYPE, "value": {"answers": list(self.answers), "question": self.text}}
        return value if self.use is None else {**value, "extra": self.use.to_json()}


AnyQuestion = Question | MixedQuestion


def read_question(value: Any) -> AnyQuestion:
    """Read one question whose form was checked. Raises TallyError(election_invalid)."""
    return _read_mixed(value) if "type" in value else _read_homomorphic(value)


def check_questions(questions: Sequence[AnyQuestion], group: Group, *, recorded: bool) -> None:
    """Raise TallyError(election_invalid) unless a ballot of this group can hold answers to all of them."""
    _require(1 <= len(questions) <= MAX_QUESTIONS, f"an election has 1 to {MAX_QUESTIONS} questions")
    together = sum(len(question.answers) for question in questions if isinstance(question, Question))
    _require(together <= MAX_ALL_ANSWERS, f"the questions have more than {MAX_ALL_ANSWERS} answers together")
    for question in questions:
        if isinstance(question, MixedQuestion) and not recorded:
            _require(
                len(question.answers) <= group.capacity,
                f"the group {group.name} carries at most {group.capacity} numbers in a question that is mixed",
            )


def _read_homomorphic(value: Any) -> Question:
    question = Question(value["question"], tuple(value["answers"]), value["min"], value["max"])
    _check_count(question.answers)
    _require(
        question.min <= question.max <= len(question.answers),
        "the question's bounds do not satisfy 0 <= min <= max <= number of answers",
    )
    return question


def _read_mixed(value: Any) -> MixedQuestion:
    _require(value["type"] == MIXED_TYPE, "a question is of an unknown type")
    inner = value["value"]
    use = read_use(value["extra"]) if "extra" in value else None
    question = MixedQuestion(inner["question"], tuple(inner["answers"]), use)
    _check_count(question.answers)
    _require(use is None or use.fits(len(question.answers)), "what the numbers mean does not fit their number")
    return question


def _check_count(answers: Sequence[str]) -> None:
    _require(1 <= len(answers) <= MAX_ANSWERS, f"a question has 1 to {MAX_ANSWERS} answers")


def _require(holds: bool, detail: str) -> None:
    if not holds:
        raise TallyError(TallyCode.ELECTION_INVALID, detail)
