"""Checks 8 to 20: the ballots, the sum, the shuffles, the decryptions, the result and the receipts."""

from collections.abc import Callable

from voting.tally.ballots.ballot import (
    Ballot,
    check_credential_listed,
    check_elements,
    check_proofs,
    check_signature,
    read_ballot,
    tracker_of,
)
from voting.tally.ballots.by_name import add_up_plain
from voting.tally.ballots.terms import stated_server_key
from voting.tally.board.archive import BoardBallot
from voting.tally.board.election import Election, Question
from voting.tally.board.encrypted_tally import add_up, encode_tally
from voting.tally.board.receipt import check_receipt
from voting.tally.board.result import Result, check_partial_decryption, compute_results, read_result
from voting.tally.board.shuffle import check_shuffle, mixed_tally, require_enough_shuffles, require_new_owner
from voting.tally.board.shuffle_owner import check_shuffle_owner
from voting.tally.errors import TallyCode, TallyError
from voting.tally.json_form import load
from voting.tally.verify.laws import Law
from voting.tally.verify.state import State


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
    """9: no credential twice; where the frozen terms let a later ballot replace an earlier one, no ballot twice.

    A ballot that is repeated could bring a replaced choice back.
    """
    seen: set[str] = set()
    last_counts = state.election.terms.last_counts
    for placed, ballot in zip(state.archive.ballots, state.ballots, strict=True):
        name = ballot.tracker if last_counts else ballot.credential
        if name in seen:
            what = "is on the board twice" if last_counts else "repeats a credential that voted before"
            raise TallyError(TallyCode.TALLY_INVALID, f"the ballot at height {placed.height} {what}")
        seen.add(name)


def ballot_signature(state: State) -> None:
    """10: the credential's owner signed the ballot."""
    _check_each(state, check_signature)


def ballot_proofs(state: State) -> None:
    """11: each answer is proven (in a recorded poll: seen) to be within its question's bounds."""
    _check_each(state, check_proofs)


def tally_size(state: State) -> None:
    """12: num_tallied and total_weight equal the number of ballots that count."""
    sized = load(state.archive.sized_tally or b"{}")
    count = len(state.counted)
    if sized["num_tallied"] != count or sized["total_weight"] != count:
        detail = f"{sized['num_tallied']} ballots of weight {sized['total_weight']} are announced, {count} are there"
        raise TallyError(TallyCode.TALLY_INVALID, detail)


def encrypted_tally(state: State) -> None:
    """13: the archived tally is the product of the ballots that count (mixed questions: their list), recomputed."""
    tally = encode_tally(state.election.group, add_up(state.election, state.counted))
    if tally != state.archive.encrypted_tally:
        raise TallyError(TallyCode.TALLY_INVALID, "the archived sum is not that of the ballots on the board")
    state.tally = tally


def shuffles(state: State) -> None:
    """19: each is signed by an owner who exists and shuffles once, and proves to have kept what was there before."""
    signed: set[bool] = set()
    for shuffle in state.archive.shuffles:
        owner, _, signature = check_shuffle_owner(state.election, state.keys, shuffle.owned, shuffle.raw)
        signed.add(signature is not None)
        require_new_owner(state.shufflers, owner)
        check_shuffle(state.election, state.tally, shuffle.raw)
        state.tally = mixed_tally(state.election, state.tally, shuffle.raw)
        state.shufflers.append(owner)
    if len(signed) > 1:
        raise TallyError(TallyCode.SHUFFLE_INVALID, "some shuffles are signed and others are not")
    if False in signed:
        state.lacking.append(Law.SIGNED_SHUFFLES)


def enough_shuffles(state: State) -> None:
    """20: as many scrutineers shuffled as are needed to decrypt."""
    require_enough_shuffles(state.keys, state.shufflers)


def partial_decryptions(state: State) -> None:
    """14: each has an owner who exists and decrypts once; its proofs hold, and all or none prove the statements."""
    stated: set[bool] = set()
    for decryption in state.archive.decryptions:
        owner: int = load(decryption.owned)["owner"]
        if owner in state.decryptions:
            raise TallyError(TallyCode.DECRYPTION_INVALID, f"scrutineer {owner} decrypted twice")
        stated.add(check_partial_decryption(state.election, state.keys, owner, state.tally, decryption.raw))
        state.decryptions[owner] = decryption.raw
    if len(stated) > 1:
        raise TallyError(TallyCode.DECRYPTION_INVALID, "some decryptions prove their whole statement and others do not")
    if False in stated:
        state.lacking.append(Law.STATEMENT_PROOFS)


def enough_decryptions(state: State) -> None:
    """15: every block of scrutineers reached its threshold."""
    state.keys.require_enough(state.decryptions.keys())


def result(state: State) -> None:
    """16: the result recomputed from the decryptions (recorded: from the plain ballots) is the archived one."""
    archived = read_result(state.election, state.archive.result)
    if state.election.recorded:
        found = add_up_plain(state.election, state.counted)
    else:
        _, found = compute_results(state.election, state.keys, state.tally, len(state.counted), state.decryptions)
    if found != archived:
        raise TallyError(TallyCode.RESULT_INVALID, "the archived result is not what the decryptions give")
    state.result = found


def result_bounds(state: State) -> None:
    """17: no answer has more votes than ballots, the sums are within the bounds, one paper per ballot."""
    check_all_bounds(state.election, len(state.counted), state.result)


def check_all_bounds(election: Election, ballots: int, result: Result) -> None:
    """Raise TallyError(result_invalid) unless ``ballots`` valid ballots can give this result."""
    for question, found in zip(election.questions, result, strict=True):
        if isinstance(question, Question):
            _check_counts(question, ballots, [votes for votes in found if isinstance(votes, int)])
        elif len(found) != ballots:
            raise TallyError(TallyCode.RESULT_INVALID, "there are more or fewer papers than ballots")


def _check_counts(question: Question, ballots: int, counts: list[int]) -> None:
    if not all(0 <= count <= ballots for count in counts):
        raise TallyError(TallyCode.RESULT_INVALID, "an answer has more votes than there are ballots")
    if not question.min * ballots <= sum(counts) <= question.max * ballots:
        raise TallyError(TallyCode.RESULT_INVALID, "the votes together are more or fewer than the ballots allow")


def receipts(state: State) -> None:
    """18: each receipt is signed, by the one server that the record states, and names a ballot at its place."""
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
    if state.election.strict and keys != {stated_server_key(state.election.description)}:
        raise TallyError(TallyCode.RECEIPT_INVALID, "the receipts are signed with another key than the record states")


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
