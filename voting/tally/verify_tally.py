"""Checks 8 to 18: the ballots, the sum, the decryptions, the result and the receipts."""

from collections.abc import Callable

from voting.tally.archive import BoardBallot
from voting.tally.ballot import (
    Ballot,
    check_credential_listed,
    check_elements,
    check_proofs,
    check_signature,
    read_ballot,
    tracker_of,
)
from voting.tally.election import Election
from voting.tally.errors import TallyCode, TallyError
from voting.tally.json_form import load
from voting.tally.receipt import check_receipt
from voting.tally.result import (
    add_ciphertexts,
    check_partial_decryption,
    compute_result,
    encode_tally,
    read_result,
)
from voting.tally.verify_state import State


def ballot_form(state: State) -> None:
    """8: this election, a listed credential, the question's shape, every element in the group."""

    def read(placed: BoardBallot) -> Ballot:
        ballot = read_ballot(state.election, placed.raw)
        check_credential_listed(ballot, state.credentials)
        check_elements(state.election, ballot)
        return ballot

    ballots: list[Ballot] = []
    for placed in state.archive.ballots:
        with _AtHeight(placed.height):
            ballots.append(read(placed))
    state.ballots = ballots


def one_ballot_per_credential(state: State) -> None:
    """9: no credential twice, hence no ballot twice."""
    seen: set[str] = set()
    for placed, ballot in zip(state.archive.ballots, state.ballots, strict=True):
        if ballot.credential in seen:
            detail = f"the ballot at height {placed.height} repeats a credential that voted before"
            raise TallyError(TallyCode.TALLY_INVALID, detail)
        seen.add(ballot.credential)


def ballot_signature(state: State) -> None:
    """10: the credential's owner signed the ballot."""
    _check_each(state, check_signature)


def ballot_proofs(state: State) -> None:
    """11: each choice is 0 or 1 and their number is within the question's bounds."""
    _check_each(state, check_proofs)


def tally_size(state: State) -> None:
    """12: num_tallied and total_weight equal the number of ballots on the board."""
    sized = load(state.archive.sized_tally)
    count = len(state.ballots)
    if sized["num_tallied"] != count or sized["total_weight"] != count:
        detail = f"{sized['num_tallied']} ballots of weight {sized['total_weight']} are announced, {count} are there"
        raise TallyError(TallyCode.TALLY_INVALID, detail)


def encrypted_tally(state: State) -> None:
    """13: the archived sum is the product of the ballots, recomputed."""
    totals = add_ciphertexts(state.election, (ballot.choices for ballot in state.ballots))
    if encode_tally(state.election.group, totals) != state.archive.encrypted_tally:
        raise TallyError(TallyCode.TALLY_INVALID, "the archived sum is not that of the ballots on the board")


def partial_decryptions(state: State) -> None:
    """14: each has an owner who exists and decrypts once, and its proofs hold."""
    found: dict[int, bytes] = {}
    for decryption in state.archive.decryptions:
        owner: int = load(decryption.owned)["owner"]
        if owner in found:
            raise TallyError(TallyCode.DECRYPTION_INVALID, f"scrutineer {owner} decrypted twice")
        tally = state.archive.encrypted_tally
        check_partial_decryption(state.election, state.trustees, owner, tally, decryption.raw)
        found[owner] = decryption.raw
    state.decryptions = found


def enough_decryptions(state: State) -> None:
    """15: every block of scrutineers reached its threshold."""
    state.trustees.require_enough(state.decryptions.keys())


def result(state: State) -> None:
    """16: the counts recomputed from the decryptions are those archived."""
    archived = read_result(state.election, state.archive.result)
    tally = state.archive.encrypted_tally
    _, counts = compute_result(state.election, state.trustees, tally, len(state.ballots), state.decryptions)
    if counts != archived:
        raise TallyError(TallyCode.RESULT_INVALID, "the archived result is not what the decryptions give")
    state.counts = counts


def result_bounds(state: State) -> None:
    """17: no answer has more votes than ballots, and the sum is within the question's bounds."""
    check_bounds(state.election, len(state.ballots), state.counts)


def check_bounds(election: Election, ballots: int, counts: tuple[int, ...]) -> None:
    """Raise TallyError(result_invalid) unless ``ballots`` valid ballots can give these counts."""
    question = election.question
    if not all(0 <= count <= ballots for count in counts):
        raise TallyError(TallyCode.RESULT_INVALID, "an answer has more votes than there are ballots")
    if not question.min * ballots <= sum(counts) <= question.max * ballots:
        raise TallyError(TallyCode.RESULT_INVALID, "the votes together are more or fewer than the ballots allow")


def receipts(state: State) -> None:
    """18: each receipt is signed, by one server, and names a ballot of this board at its place."""
    placed = {(ballot.height, ballot.head): ballot for ballot in state.archive.ballots}
    keys: set[str] = set()
    for number, receipt in enumerate(state.given_receipts, 1):
        check_receipt(receipt)
        keys.add(receipt["server_key"])
        if receipt["election_uuid"] != state.election.uuid or receipt["fingerprint"] != state.archive.fingerprint:
            raise TallyError(TallyCode.RECEIPT_INVALID, f"receipt {number} belongs to another poll")
        ballot = placed.get((receipt["height"], receipt["board_head"]))
        if ballot is None or tracker_of(ballot.raw) != receipt["tracker"]:
            raise TallyError(TallyCode.RECEIPT_INVALID, f"the ballot of receipt {number} is not where it was promised")
    if len(keys) > 1:
        raise TallyError(TallyCode.RECEIPT_INVALID, "the receipts are signed with different server keys")


def _check_each(state: State, check: Callable[[Election, Ballot], None]) -> None:
    for placed, ballot in zip(state.archive.ballots, state.ballots, strict=True):
        with _AtHeight(placed.height):
            check(state.election, ballot)


class _AtHeight:
    """Adds to a refusal where on the board the ballot stands."""

    def __init__(self, height: int) -> None:
        self._height = height

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, TallyError):
            raise TallyError(error.code, f"{error.detail} (ballot at height {self._height})") from None
