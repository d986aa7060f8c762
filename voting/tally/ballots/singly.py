"""What the numbers of a mixed question mean, and how a paper is read after the shuffles.

A paper is one delegate's answer without its name. Two uses: ``Ranks`` (each option gets its place) and
``WriteIns`` (marks for the candidates, and other names from a roster or as free text). docs/adr/0007
says what they cost. A paper that cannot be read is void; whether a readable one is void, because it
elects too many, is a matter of the poll's rules and not of this module.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from voting.tally.ballots.names import is_name, normal_name
from voting.tally.errors import TallyCode, TallyError

RANK, WRITE_IN = "rank", "write_in"
RANK_FORM = {"use": "string", "places": "int"}
WRITE_IN_FORM = {
    "use": "string",
    "candidates": ["string"],
    "roster": ["string"],
    "write_ins": "int",
    "text_bytes": "int",
}
USE_FORMS = (RANK_FORM, WRITE_IN_FORM)
NO_MARK, FOR, AGAINST, ABSTAIN = 0, 1, 2, 3
MAX_ROSTER = 65535
MARKS_PER_NUMBER = 4


@dataclass(frozen=True)
class Ranks:
    """Each option gets its place from 1 to ``places``, no place twice; 0 means not ranked."""

    places: int

    def to_json(self) -> dict[str, Any]:
        """The published form."""
        return {"use": RANK, "places": self.places}

    def fits(self, count: int) -> bool:
        """Whether ``count`` numbers can hold the ranking."""
        return 1 <= self.places <= min(count, 255)

    def read(self, numbers: Sequence[int]) -> tuple[int, ...]:
        """The place of each option (0: none). Raises TallyError(paper_malformed)."""
        given = [number for number in numbers if number]
        if any(number > self.places for number in given) or len(set(given)) != len(given):
            raise _malformed("a place is given twice or does not exist")
        return tuple(numbers)


@dataclass(frozen=True)
class Paper:
    """A ballot paper with write-ins: a mark for each candidate, and the other persons named.

    A write-in is a number in the roster (from 1) or a text.
    """

    marks: tuple[int, ...]
    write_ins: tuple[int | str, ...] = ()


@dataclass(frozen=True)
class WriteIns:
    """Marks for ``candidates`` and up to ``write_ins`` other names.

    Four marks share a number. Then each write-in takes two numbers for its place in the ``roster``
    (when there is one) and ``text_bytes`` numbers for UTF-8 text (when free text is allowed).
    """

    candidates: tuple[str, ...]
    write_ins: int
    roster: tuple[str, ...] = ()
    text_bytes: int = 0

    @property
    def size(self) -> int:
        """How many numbers a paper takes."""
        return self._mark_numbers + self.write_ins * self._slot

    @property
    def _mark_numbers(self) -> int:
        return -(-len(self.candidates) // MARKS_PER_NUMBER)

    @property
    def _slot(self) -> int:
        return (2 if self.roster else 0) + self.text_bytes

    def labels(self) -> tuple[str, ...]:
        """The answers' texts of the question: what each number holds."""
        step = MARKS_PER_NUMBER
        marks = ["/".join(self.candidates[first : first + step]) for first in range(0, len(self.candidates), step)]
        slots = [f"+{slot}.{place}" for slot in range(1, self.write_ins + 1) for place in range(1, self._slot + 1)]
        return (*marks, *slots)

    def to_json(self) -> dict[str, Any]:
        """The published form."""
        return {
            "use": WRITE_IN,
            "candidates": list(self.candidates),
            "roster": list(self.roster),
            "write_ins": self.write_ins,
            "text_bytes": self.text_bytes,
        }

    def fits(self, count: int) -> bool:
        """Whether ``count`` numbers are exactly what a paper takes, and names can be written at all."""
        usable = self._slot > 0 if self.write_ins else not self.roster and not self.text_bytes
        return usable and self.size == count and len(self.roster) <= MAX_ROSTER

    def write(self, paper: Paper) -> tuple[int, ...]:
        """The numbers of a paper. Raises ValueError when it cannot be written so."""
        if len(paper.marks) != len(self.candidates) or not all(0 <= mark <= ABSTAIN for mark in paper.marks):
            raise ValueError("a mark from 0 to 3 must be given for each candidate")
        if len(paper.write_ins) > self.write_ins:
            raise ValueError(f"at most {self.write_ins} other names can be written")
        marks = [*paper.marks, *[NO_MARK] * (-len(paper.marks) % MARKS_PER_NUMBER)]
        numbers = [
            sum(mark << 2 * place for place, mark in enumerate(marks[first : first + MARKS_PER_NUMBER]))
            for first in range(0, len(marks), MARKS_PER_NUMBER)
        ]
        for written in paper.write_ins:
            numbers += self._write_slot(written)
        return (*numbers, *[0] * (self.size - len(numbers)))

    def read(self, numbers: Sequence[int]) -> Paper:
        """Read a paper's numbers. Raises TallyError(paper_malformed)."""
        listed = numbers[: self._mark_numbers]
        marks = [number >> 2 * place & 3 for number in listed for place in range(MARKS_PER_NUMBER)]
        if len(numbers) != self.size or any(marks[len(self.candidates) :]):
            raise _malformed("there is a mark where there is no candidate")
        slots = numbers[self._mark_numbers :]
        read = [self._read_slot(bytes(slots[place * self._slot :][: self._slot])) for place in range(self.write_ins)]
        written = tuple(item for item in read if item is not None)
        if len(set(written)) != len(written):
            raise _malformed("a name is written twice")
        return Paper(tuple(marks[: len(self.candidates)]), written)

    def _write_slot(self, written: int | str) -> list[int]:
        index, text = (written, b"") if isinstance(written, int) else (0, normal_name(written).encode())
        if not 0 <= index <= len(self.roster) or not (index or text) or len(text) > self.text_bytes:
            raise ValueError("this name is not in the roster, empty, or too long")
        place = [*divmod(index, 256)] if self.roster else []
        return [*place, *text, *[0] * (self.text_bytes - len(text))]

    def _read_slot(self, numbers: bytes) -> int | str | None:
        split = 2 if self.roster else 0
        index, padded = int.from_bytes(numbers[:split], "big"), numbers[split:]
        raw = padded.rstrip(b"\0")
        if index > len(self.roster) or (index and raw):
            raise _malformed("a name is not in the roster, or written in two ways at once")
        if not raw:
            return index or None
        try:
            text = raw.decode()
        except UnicodeDecodeError:
            raise _malformed("a name written in is not text") from None
        if not is_name(text):
            raise _malformed("a name written in is not plain text")
        return text


Use = Ranks | WriteIns


def read_use(value: Any) -> Use:
    """Read the ``extra`` of a mixed question whose form was checked. Raises TallyError(election_invalid)."""
    if value["use"] == RANK and "places" in value:
        return Ranks(value["places"])
    if value["use"] == WRITE_IN and "roster" in value:
        lists = tuple(value["candidates"]), tuple(value["roster"])
        return WriteIns(lists[0], value["write_ins"], lists[1], value["text_bytes"])
    raise TallyError(TallyCode.ELECTION_INVALID, "a mixed question has an unknown use")


def _malformed(detail: str) -> TallyError:
    return TallyError(TallyCode.PAPER_MALFORMED, detail)
