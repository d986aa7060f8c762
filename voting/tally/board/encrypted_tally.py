"""The encrypted tally: the sum of the ballots, and the list of what goes through the shuffles.

Specification: "Encrypted tally". Nobody may decrypt a ciphertext that the terminal has not rebuilt from
the board itself: call ``sum_ballots`` first, and ``shuffle.mixed_tally`` where questions are mixed.
"""

from collections.abc import Iterable, Sequence

from voting.tally.ballots.answers import MixedAnswer, SumAnswer
from voting.tally.ballots.ballot import Ballot, last_of_each, read_ballot
from voting.tally.board.election import Election, MixedQuestion
from voting.tally.errors import TallyCode, TallyError
from voting.tally.groups.choice import Group
from voting.tally.groups.proofs import CIPHERTEXT_FORM, Ciphertext, read_ciphertext
from voting.tally.json_form import dump, load_canonical

TALLY_FORM = [[CIPHERTEXT_FORM]]

Columns = list[list[Ciphertext]]
"""For each question its ciphertexts: one per answer (homomorphic), or one per ballot (mixed)."""


def sum_ballots(election: Election, ballots: Iterable[bytes]) -> bytes:
    """The encrypted_tally document of the ballots on a board, in the board's order.

    Homomorphic: answer by answer the product of the ballots (1, 1 when there are none). Mixed: the ballots'
    ciphertexts, sorted. Where a later ballot replaces an earlier one, only the last of a credential counts.
    The ballots must have been checked. Raises TallyError for one that cannot be read.
    """
    read = [read_ballot(election, raw) for raw in ballots]
    return encode_tally(election.group, add_up(election, counted(election, read)))


def counted(election: Election, ballots: Sequence[Ballot]) -> list[Ballot]:
    """The ballots that count, by the election's frozen terms."""
    if not election.terms.last_counts:
        return list(ballots)
    return last_of_each((ballot.credential, ballot) for ballot in ballots)


def add_up(election: Election, ballots: Sequence[Ballot]) -> Columns:
    """The columns of the encrypted tally of ballots that all count."""
    return [
        _listed(election.group, (ballot.answers[place] for ballot in ballots))
        if isinstance(question, MixedQuestion)
        else _summed(election.group, len(question.answers), (ballot.answers[place] for ballot in ballots))
        for place, question in enumerate(election.questions)
    ]


def encode_tally(group: Group, columns: Iterable[Iterable[Ciphertext]]) -> bytes:
    """The encrypted_tally document."""
    return dump([[item.to_json(group) for item in column] for column in columns])


def read_tally(election: Election, raw: bytes) -> Columns:
    """Read an encrypted tally. Raises TallyError: malformed, not canonical, tally_invalid, not_in_group."""
    value = load_canonical(raw, TALLY_FORM, "the encrypted tally")
    if len(value) != len(election.questions):
        raise TallyError(TallyCode.TALLY_INVALID, "the encrypted tally does not have the shape of the questions")
    columns = [[read_ciphertext(election.group, item) for item in column] for column in value]
    require_columns(election, columns)
    require_members(election.group, columns)
    return columns


def require_columns(election: Election, columns: Columns) -> None:
    """Raise TallyError(tally_invalid) unless every column is as long as its question demands."""
    mixed = {len(columns[place]) for place in election.mixed}
    fits = all(
        isinstance(question, MixedQuestion) or len(column) == len(question.answers)
        for question, column in zip(election.questions, columns, strict=True)
    )
    if not fits or len(mixed) > 1:
        raise TallyError(TallyCode.TALLY_INVALID, "the encrypted tally does not have the shape of the questions")


def require_members(group: Group, columns: Iterable[Iterable[Ciphertext]]) -> None:
    """Raise TallyError(not_in_group) unless every element lies in the group."""
    if not all(group.is_member(element) for column in columns for item in column for element in item):
        raise TallyError(TallyCode.NOT_IN_GROUP, "an element of the encrypted tally is not in the group")


def _summed(group: Group, count: int, answers: Iterable[object]) -> list[Ciphertext]:
    totals = [Ciphertext(group.identity, group.identity)] * count
    for answer in answers:
        if isinstance(answer, SumAnswer):
            totals = [
                Ciphertext(group.multiply(total.alpha, choice.alpha), group.multiply(total.beta, choice.beta))
                for total, choice in zip(totals, answer.choices, strict=True)
            ]
    return totals


def _listed(group: Group, answers: Iterable[object]) -> list[Ciphertext]:
    """Sorted, so that the order of casting does not enter the shuffles."""
    listed = [answer.ciphertext for answer in answers if isinstance(answer, MixedAnswer)]
    return sorted(listed, key=lambda item: (group.order_key(item.alpha), group.order_key(item.beta)))
