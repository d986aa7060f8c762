"""Proof workers against real ballots."""

from collections.abc import Callable, Iterator
from typing import Any

import gevent
import msgspec
import pytest

from tests.support.proof_polls import CHOICES, PLAN, RNG, SINGLE, ceremony, poll
from tests.support.tally.lacking import published
from voting.server.proofs.functions import ON_CEREMONY, ON_POLL, Proof
from voting.server.proofs.workers import ProofWorkerFailed, ProofWorkers
from voting.tally.ballots.ballot import fill_ballot
from voting.tally.ballots.credential import encode_credentials, make_credential
from voting.tally.ballots.singly import Ranks
from voting.tally.board.archive import OwnedDocument
from voting.tally.board.election import Election, MixedQuestion, make_secret_election
from voting.tally.board.result import partial_decrypt, sum_ballots
from voting.tally.board.shuffle import make_shuffle, mixed_tally
from voting.tally.board.shuffle_owner import sign_shuffle
from voting.tally.errors import TallyCode, TallyError
from voting.tally.groups.choice import group_by_name
from voting.tally.trustees.ceremony import (
    start_single,
)
from voting.tally.trustees.document import Trustees


def test_every_proof_is_one_function() -> None:
    assert ON_POLL.keys().isdisjoint(ON_CEREMONY)
    assert ON_POLL.keys() | ON_CEREMONY.keys() == set(Proof)


@pytest.fixture(scope="module")
def workers() -> Iterator[ProofWorkers]:
    made = ProofWorkers(2)
    made.start()
    made.load_poll("p", poll().election.raw, ceremony().trustees, poll().credentials)
    yield made
    made.stop()


def test_honest_ballots_pass_side_by_side(workers: ProofWorkers) -> None:
    checks = [gevent.spawn(workers.check_ballot, "p", raw) for raw in poll().ballots * 5]
    gevent.joinall(checks, raise_error=True)
    assert len(checks) == 20


def forged_signature(raw: bytes) -> bytes:
    ballot = msgspec.json.decode(raw)
    proof = ballot["signature"]["proof"]
    proof["response"] = str((int(proof["response"]) + 1) % group_by_name("Ed25519").q)
    return msgspec.json.encode(ballot)


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (lambda: poll().stranger, TallyCode.CREDENTIAL_UNKNOWN),
        (lambda: b"{}", TallyCode.BALLOT_MALFORMED),
        (lambda: forged_signature(poll().ballots[0]), TallyCode.SIGNATURE_INVALID),
    ],
    ids=["not listed", "malformed", "forged"],
)
def test_a_refused_ballot_keeps_its_code(workers: ProofWorkers, raw: Callable[[], bytes], code: TallyCode) -> None:
    with pytest.raises(TallyError) as refused:
        workers.check_ballot("p", raw())
    assert refused.value.code is code
    assert refused.value.detail


def test_ballots_are_summed_decrypted_and_counted(workers: ProofWorkers) -> None:
    election, shares = poll().election, ceremony().shares
    tally = workers.sum_ballots("p", poll().ballots)
    assert tally == sum_ballots(election, poll().ballots)
    decryptions = {owner: partial_decrypt(election, shares[owner - 1], tally, RNG) for owner in (1, 3)}
    for owner, raw in decryptions.items():
        workers.check_decryption("p", owner, tally, raw)
    assert workers.compute_result("p", tally, len(CHOICES), decryptions) == b'{"result":[[2,1,0]]}'


def test_another_scrutineers_decryption_is_refused(workers: ProofWorkers) -> None:
    tally = sum_ballots(poll().election, poll().ballots)
    raw = partial_decrypt(poll().election, ceremony().shares[0], tally, RNG)
    with pytest.raises(TallyError):
        workers.check_decryption("p", 2, tally, raw)


def test_a_decryption_that_does_not_prove_its_whole_statement_is_refused(workers: ProofWorkers) -> None:
    tally = sum_ballots(poll().election, poll().ballots)
    raw = partial_decrypt(poll().election, ceremony().shares[0], tally, RNG)
    with pytest.raises(TallyError, match="does not prove the whole statement"):
        workers.check_decryption("p", 1, tally, published(raw))


def test_too_few_decryptions_are_refused(workers: ProofWorkers) -> None:
    tally = sum_ballots(poll().election, poll().ballots)
    raw = partial_decrypt(poll().election, ceremony().shares[0], tally, RNG)
    with pytest.raises(TallyError) as refused:
        workers.compute_result("p", tally, len(CHOICES), {1: raw})
    assert refused.value.code is TallyCode.DECRYPTIONS_MISSING


@pytest.fixture(scope="module")
def ranking(workers: ProofWorkers) -> tuple[Election, bytes]:
    """A ranking that the workers have loaded, and the encrypted tally of its two ballots."""
    group = group_by_name("Ed25519")
    document = make_secret_election(
        uuid="Samp1e" + "2" * 8,
        name="示例排序",
        description="示例",
        questions=[MixedQuestion("示例", ("甲", "乙"), Ranks(2))],
        group=group,
        public_key=Trustees.parse(group, ceremony().trustees).public_key,
    )
    election, credentials = Election.parse(document), [make_credential(group, RNG) for _ in range(2)]
    workers.load_poll("r", document, ceremony().trustees, encode_credentials(one.public for one in credentials))
    return election, sum_ballots(election, [fill_ballot(election, one, [(1, 2)], RNG) for one in credentials])


def signed_shuffle(election: Election, owner: int, tally: bytes) -> OwnedDocument:
    raw = make_shuffle(election, tally, RNG)
    return OwnedDocument(sign_shuffle(election, ceremony().shares[owner - 1], raw, RNG), raw)


def test_a_shuffle_that_another_signed_is_refused(workers: ProofWorkers, ranking: tuple[Election, bytes]) -> None:
    election, tally = ranking
    with pytest.raises(TallyError) as refused:
        workers.check_shuffle("r", 2, tally, signed_shuffle(election, 1, tally))
    assert refused.value.code is TallyCode.SHUFFLE_INVALID


def test_shuffles_are_checked_one_on_the_other_then_decrypted(
    workers: ProofWorkers, ranking: tuple[Election, bytes]
) -> None:
    election, tally = ranking
    shares = ceremony().shares
    for owner in (1, 2):
        shuffle = signed_shuffle(election, owner, tally)
        left = workers.check_shuffle("r", owner, tally, shuffle)
        assert left == mixed_tally(election, tally, shuffle.raw)
        tally = left
    decryptions = {owner: partial_decrypt(election, shares[owner - 1], tally, RNG) for owner in (1, 3)}
    assert workers.compute_result("r", tally, 2, decryptions) == b'{"result":[[[1,2],[1,2]]]}'


def test_a_shuffle_of_something_else_is_refused(workers: ProofWorkers, ranking: tuple[Election, bytes]) -> None:
    election, tally = ranking
    first = signed_shuffle(election, 1, tally)
    with pytest.raises(TallyError) as refused:
        workers.check_shuffle("r", 1, mixed_tally(election, tally, first.raw), first)
    assert refused.value.code is TallyCode.SHUFFLE_INVALID


def test_a_whole_ceremony_passes(workers: ProofWorkers) -> None:
    held = ceremony()
    for index in (1, 2, 3):
        workers.check_certificate(PLAN, index, held.certificates[index - 1])
        workers.check_dealing(PLAN, index, held.certificates, held.dealings[index - 1])
        workers.check_verification_key(PLAN, index, held.certificates, held.dealings, held.keys[index - 1])
    document, public_key = workers.assemble_trustees(PLAN, held.certificates, held.dealings, held.keys)
    assert document == held.trustees
    assert public_key == poll().election.public_key


def test_the_n_of_n_form_passes(workers: ProofWorkers) -> None:
    keys = [start_single(SINGLE, index, RNG)[1] for index in (1, 2, 3)]
    for index, key in enumerate(keys, 1):
        workers.check_verification_key(SINGLE, index, [], [], key)
    document, public_key = workers.assemble_trustees(SINGLE, [], [], keys)
    assert Trustees.parse(group_by_name("Ed25519"), document).public_key == public_key


@pytest.mark.parametrize("message", [{}, {"index": 10**40}, {"index": "\ud800"}, {"index": 1, "box": None}])
def test_a_malformed_ceremony_message_is_refused(workers: ProofWorkers, message: dict[str, Any]) -> None:
    with pytest.raises(TallyError) as refused:
        workers.check_certificate(PLAN, 1, message)
    assert refused.value.code is TallyCode.TRUSTEE_MESSAGE_INVALID


def test_a_poll_nobody_loaded_is_a_programmer_error(workers: ProofWorkers) -> None:
    with pytest.raises(KeyError):
        workers.check_ballot("unknown", poll().ballots[0])


def test_a_key_cannot_be_loaded_with_other_documents(workers: ProofWorkers) -> None:
    workers.load_poll("p", poll().election.raw, ceremony().trustees, poll().credentials)
    with pytest.raises(ValueError, match="other documents"):
        workers.load_poll("p", poll().election.raw, ceremony().trustees, b"[]")


def test_a_poll_that_cannot_be_read_is_a_programmer_error(workers: ProofWorkers) -> None:
    workers.load_poll("broken", b"{}", b"[]", b"[]")
    with pytest.raises(ProofWorkerFailed, match="broken"):
        workers.check_ballot("broken", poll().ballots[0])
    workers.check_ballot("p", poll().ballots[0])
