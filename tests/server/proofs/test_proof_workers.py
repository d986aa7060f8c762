"""Proof workers against real ballots, and against their own death."""

import os
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from random import Random
from typing import Any

import gevent
import msgspec
import pytest
from gevent.event import Event

from tests.support.tally.lacking import published
from voting.server.proofs.child import ProofChild
from voting.server.proofs.functions import ON_CEREMONY, ON_POLL, Proof
from voting.server.proofs.jobs import Call, Done, LoadPoll
from voting.server.proofs.workers import ProofWorkerFailed, ProofWorkers
from voting.tally.ballots.ballot import fill_ballot, make_ballot
from voting.tally.ballots.credential import encode_credentials, make_credential
from voting.tally.ballots.singly import Ranks
from voting.tally.board.archive import OwnedDocument
from voting.tally.board.election import Election, MixedQuestion, Question, make_election, make_secret_election
from voting.tally.board.result import partial_decrypt, sum_ballots
from voting.tally.board.shuffle import make_shuffle, mixed_tally
from voting.tally.board.shuffle_owner import sign_shuffle
from voting.tally.errors import TallyCode, TallyError
from voting.tally.groups.choice import group_by_name
from voting.tally.trustees.ceremony import (
    CeremonyPlan,
    assemble_trustees,
    deal_shares,
    finish_share,
    start_share,
    start_single,
)
from voting.tally.trustees.document import Trustees
from voting.tally.trustees.private_share import PrivateShare

PLAN = CeremonyPlan("Ed25519", ("示例监票人001", "示例监票人002", "示例监票人003"), 2)
SINGLE = replace(PLAN, threshold=3)
RNG = Random(7).randbytes
CHOICES = [(1, 0, 0), (0, 1, 0), (1, 0, 0), (0, 0, 0)]


@dataclass
class Held:
    """A ceremony as the server saw it, and the scrutineers' secrets."""

    certificates: list[dict[str, Any]]
    dealings: list[dict[str, Any]]
    keys: list[dict[str, Any]]
    shares: list[PrivateShare]
    trustees: bytes


@cache
def ceremony() -> Held:
    started = [start_share(PLAN, index, RNG) for index in (1, 2, 3)]
    certificates = [message for _, message in started]
    dealt = [deal_shares(PLAN, private, certificates, RNG) for private, _ in started]
    dealings = [message for _, message in dealt]
    finished = [finish_share(PLAN, private, certificates, dealings, RNG) for private, _ in dealt]
    keys = [message for _, message in finished]
    trustees = assemble_trustees(PLAN, certificates, dealings, keys)
    return Held(certificates, dealings, keys, [share for share, _ in finished], trustees)


@dataclass
class Poll:
    election: Election
    credentials: bytes
    ballots: list[bytes]
    stranger: bytes


@cache
def poll() -> Poll:
    group = group_by_name("Ed25519")
    election = Election.parse(
        make_election(
            uuid="Samp1e" + "1" * 8,
            name="示例表决",
            description="示例",
            question=Question("示例", ("赞成", "反对", "弃权"), 0, 1),
            group=group,
            public_key=Trustees.parse(group, ceremony().trustees).public_key,
        )
    )
    credentials = [make_credential(group, RNG) for _ in range(len(CHOICES) + 1)]
    ballots = [make_ballot(election, c, choices, RNG) for c, choices in zip(credentials[1:], CHOICES, strict=True)]
    listed = encode_credentials(credential.public for credential in credentials[1:])
    return Poll(election, listed, ballots, make_ballot(election, credentials[0], (1, 0, 0), RNG))


def _sums(job: object) -> bool:
    return isinstance(job, Call) and job.proof is Proof.SUM_BALLOTS


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


@pytest.fixture
def children(monkeypatch: pytest.MonkeyPatch) -> list[ProofChild]:
    """Every child that is made, in order."""
    made: list[ProofChild] = []
    original = ProofChild.__init__

    def recorded(self: ProofChild) -> None:
        original(self)
        made.append(self)

    monkeypatch.setattr(ProofChild, "__init__", recorded)
    return made


def one_worker() -> ProofWorkers:
    made = ProofWorkers(1)
    made.load_poll("p", poll().election.raw, ceremony().trustees, poll().credentials)
    made.start()
    return made


def test_the_loop_runs_on_while_a_worker_works(children: list[ProofChild]) -> None:
    made = one_worker()
    made.check_ballot("p", poll().ballots[0])
    pid = children[0].pid
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)
    check = gevent.spawn(made.check_ballot, "p", poll().ballots[1])
    for _ in range(100):
        gevent.sleep(0)
    assert not check.ready()
    os.kill(pid, signal.SIGCONT)
    check.get()
    made.stop()


def test_a_killed_worker_is_replaced_and_reads_the_poll_again(children: list[ProofChild]) -> None:
    made = one_worker()
    made.check_ballot("p", poll().ballots[0])
    first = children[0].pid
    assert first is not None
    os.kill(first, signal.SIGKILL)
    made.check_ballot("p", poll().ballots[1])
    assert children[0].pid not in (None, first)
    made.stop()


def test_a_job_whose_worker_died_is_done_by_another(
    children: list[ProofChild], monkeypatch: pytest.MonkeyPatch
) -> None:
    ask, killed = ProofChild.ask, list[int]()

    def killed_once(self: ProofChild, job: Any) -> Any:
        if _sums(job) and not killed and self.pid is not None:
            killed.append(self.pid)
            os.kill(self.pid, signal.SIGKILL)
        return ask(self, job)

    monkeypatch.setattr(ProofChild, "ask", killed_once)
    made = one_worker()
    assert made.sum_ballots("p", poll().ballots) == sum_ballots(poll().election, poll().ballots)
    assert len(killed) == 1
    made.stop()


def test_a_job_that_kills_two_workers_fails_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    ask, killed = ProofChild.ask, list[int]()

    def deadly(self: ProofChild, job: Any) -> Any:
        if _sums(job) and self.pid is not None:
            killed.append(self.pid)
            os.kill(self.pid, signal.SIGKILL)
        return ask(self, job)

    monkeypatch.setattr(ProofChild, "ask", deadly)
    made = one_worker()
    with pytest.raises(ProofWorkerFailed, match="ended 2 workers"):
        made.sum_ballots("p", poll().ballots)
    assert len(set(killed)) == 2
    made.check_ballot("p", poll().ballots[0])
    made.stop()


def test_stopping_fails_what_is_in_hand_and_in_the_queue_and_leaves_no_process(
    children: list[ProofChild], monkeypatch: pytest.MonkeyPatch
) -> None:
    in_hand, ask = Event(), ProofChild.ask

    def endless(self: ProofChild, job: Any) -> Any:
        if _sums(job):
            in_hand.set()
            Event().wait()
        return ask(self, job)

    monkeypatch.setattr(ProofChild, "ask", endless)
    made = one_worker()
    made.check_ballot("p", poll().ballots[0])
    pid = children[0].pid
    assert pid is not None
    waiting = [gevent.spawn(made.sum_ballots, "p", poll().ballots) for _ in range(3)]
    in_hand.wait()
    made.stop()
    gevent.joinall(waiting)
    assert [type(greenlet.exception) for greenlet in waiting] == [ProofWorkerFailed] * 3
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    with pytest.raises(ProofWorkerFailed):
        made.check_ballot("p", poll().ballots[0])
    made.stop()


def test_a_worker_holds_no_descriptor_but_its_socket() -> None:
    listener = os.open("/dev/null", os.O_RDONLY)
    os.set_inheritable(listener, True)
    child = ProofChild()
    child.ensure_running()
    loaded = child.ask(LoadPoll("p", poll().election.raw, ceremony().trustees, poll().credentials))
    targets = {os.readlink(f"/proc/{child.pid}/fd/{fd}") for fd in os.listdir(f"/proc/{child.pid}/fd") if int(fd) > 2}
    niceness = os.getpriority(os.PRIO_PROCESS, child.pid or 0)
    child.end()
    os.close(listener)
    assert isinstance(loaded, Done)
    assert [target.split(":")[0] for target in targets] == ["socket"]
    assert niceness >= 10


def test_a_worker_ends_by_itself_when_its_server_is_gone() -> None:
    child = ProofChild()
    child.ensure_running()
    assert child._socket is not None
    assert child._process is not None
    child._socket.close()
    assert child._process.wait(timeout=30) == 0
