"""A terminal takes nobody's word: what a lying server could show is found out before a ballot or a share is used."""

import asyncio
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any, ClassVar

import pytest

from tests.support.described import described
from tests.support.signer import SIGNER
from tests.support.tally.boards import rebuild_tally, signed_and_released
from voting.congress.law.poll_kinds import PollKind
from voting.congress.law.ruleset import Secrecy
from voting.tally.ballots.ballot import make_ballot, tracker_of
from voting.tally.ballots.credential import SigningCredential, encode_credentials, make_credential
from voting.tally.ballots.terms import stated_server_key
from voting.tally.board.chain import END_BALLOTS, Board, ballot_step
from voting.tally.board.container import read_container
from voting.tally.board.election import Election, Question, make_election, make_uuid
from voting.tally.board.receipt import make_receipt
from voting.tally.board.result import sum_ballots
from voting.tally.errors import TallyCode, TallyError
from voting.tally.groups.choice import group_by_name
from voting.tally.trustees.ceremony import CeremonyPlan, assemble_trustees, start_single
from voting.tally.trustees.private_share import PrivateShare
from voting.terminal_client.simulated.board import Known
from voting.terminal_client.simulated.checks import BallotChecks
from voting.terminal_client.simulated.crypto import (
    SeatKeys,
    Setup,
    TerminalDistrust,
    cast_ballot,
    check_ballots,
    check_own_receipt,
    random_bytes,
)

SHOWN = (PollKind.CHOOSE, Secrecy.SECRET, ("a", "b"))
GROUP = group_by_name("Ed25519")
Records = list[tuple[str, str]]


@dataclass
class Scene:
    """A poll with three credentials and two ballots, and what its honest board looks like once sealed."""

    setup: Setup
    share: PrivateShare
    credentials: list[SigningCredential]
    ballots: list[bytes]

    @property
    def election(self) -> Election:
        return Election.parse(self.setup.election)

    @property
    def fingerprint(self) -> str:
        return Board.open(self.setup.election, self.setup.trustees, self.setup.credentials).fingerprint

    def records(self, ballots: list[bytes] | None = None, tally: bytes | None = None) -> Records:
        board = Board.open(self.setup.election, self.setup.trustees, self.setup.credentials)
        cast = self.ballots if ballots is None else ballots
        board.append(*map(ballot_step, cast), END_BALLOTS)
        board.append(board.encrypted_tally_step(tally or sum_ballots(self.election, cast)))
        return [(entry.kind, entry.raw.decode()) for entry in read_container(board.to_archive(1_700_000_000)).entries]


def known(scene: Scene) -> Known:
    return Known(scene.fingerprint, scene.setup.trustees, 1, {})


def keys_of(scene: Scene) -> SeatKeys:
    """What an honest hall shows."""
    return SeatKeys(scene.election.public_key, stated_server_key(scene.election.description))


def make_setup(credentials: list[SigningCredential], description: str | None = None) -> tuple[Setup, PrivateShare]:
    plan = CeremonyPlan("Ed25519", ("示例监票人一",), 1)
    share, message = start_single(plan, 1, random_bytes)
    trustees = assemble_trustees(plan, [], [], [message])
    election = make_election(
        uuid=make_uuid(random_bytes),
        name="示例",
        description=described() if description is None else description,
        question=Question("示例", ("甲", "乙"), 0, 1),
        group=GROUP,
        public_key=message["public_key"]["public_key"],
    )
    return Setup(election, trustees, encode_credentials(one.public for one in credentials)), share


@pytest.fixture(scope="module")
def scene() -> Scene:
    credentials = [make_credential(GROUP, random_bytes) for _ in range(3)]
    setup, share = make_setup(credentials)
    election = Election.parse(setup.election)
    ballots = [
        make_ballot(election, one, ticks, random_bytes)
        for one, ticks in zip(credentials[:2], [(1, 0), (0, 1)], strict=True)
    ]
    return Scene(setup, share, credentials, ballots)


def test_an_honest_board_is_rebuilt_and_decrypted(scene: Scene) -> None:
    rebuilt = rebuild_tally(scene.records(), scene.fingerprint)
    assert rebuilt.ballots == 2
    assert rebuilt.encrypted_tally == sum_ballots(scene.election, scene.ballots)
    count, decryption = signed_and_released(scene.records(), known(scene), scene.share.to_json())
    assert count == 2
    assert json.loads(decryption)["decryption_factors"]


def test_a_poll_without_ballots_is_rebuilt_too(scene: Scene) -> None:
    assert rebuild_tally(scene.records(ballots=[]), scene.fingerprint).ballots == 0


def one_ballot_as_the_sum(scene: Scene) -> Records:
    return scene.records(tally=sum_ballots(scene.election, scene.ballots[:1]))


def two_ballots_of_one_credential(scene: Scene) -> Records:
    return scene.records([scene.ballots[0], make_ballot(scene.election, scene.credentials[0], (0, 1), random_bytes)])


def without_end(scene: Scene) -> Records:
    return [record for record in scene.records() if '"EndBallots"' not in record[1]]


def result_before_the_sum(scene: Scene) -> Records:
    records = scene.records()
    return [*records[:-1], ("event", records[-1][1].replace('"EncryptedTally"', '"Result"'))]


def a_ballot_event_twice(scene: Scene) -> Records:
    records = scene.records()
    ballot = next(record for record in records if '"type":"Ballot"' in record[1])
    place = records.index(ballot)
    return [*records[:place], ballot, *records[place:]]


def without_the_sum(scene: Scene) -> Records:
    records = scene.records()
    return records[: next(i for i, record in enumerate(records) if '"EndBallots"' in record[1]) + 1]


def another_height(scene: Scene) -> Records:
    return [(kind, text.replace('"height":2', '"height":9')) for kind, text in scene.records()]


@pytest.mark.parametrize(
    "forge",
    [
        one_ballot_as_the_sum,
        two_ballots_of_one_credential,
        without_end,
        without_the_sum,
        result_before_the_sum,
        a_ballot_event_twice,
        another_height,
    ],
)
def test_a_scrutineer_decrypts_nothing_from_a_board_that_is_not_right(
    scene: Scene, forge: Callable[[Scene], Records]
) -> None:
    with pytest.raises(TerminalDistrust):
        signed_and_released(forge(scene), known(scene), scene.share.to_json())


def test_a_scrutineer_decrypts_nothing_when_a_ballot_is_stuffed(scene: Scene) -> None:
    stranger = make_ballot(scene.election, make_credential(GROUP, random_bytes), (1, 0), random_bytes)
    with pytest.raises(TallyError) as refused:
        rebuild_tally(scene.records([*scene.ballots, stranger]), scene.fingerprint)
    assert refused.value.code is TallyCode.CREDENTIAL_UNKNOWN


def test_a_scrutineer_decrypts_nothing_under_another_fingerprint_or_key(scene: Scene) -> None:
    with pytest.raises(TerminalDistrust, match="fingerprint"):
        rebuild_tally(scene.records(), "0" * 64)
    with pytest.raises(TerminalDistrust, match="made together"):
        signed_and_released(scene.records(), replace(known(scene), trustees=b"[]"), scene.share.to_json())


def test_scrutineers_of_one_program_check_each_ballot_once(scene: Scene) -> None:
    class Counting(ThreadPoolExecutor):
        submitted: ClassVar[list[Any]] = []

        def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Any:
            self.submitted.append(fn)
            return super().submit(fn, *args, **kwargs)

    async def both() -> list[dict[str, str]]:
        with Counting(1) as pool:
            checks = BallotChecks(pool)
            return await asyncio.gather(*(checks.signers(scene.records(), scene.fingerprint) for _ in range(2)))

    first, second = asyncio.run(both())
    assert first == second == {tracker_of(b): c.public for b, c in zip(scene.ballots, scene.credentials, strict=False)}
    assert Counting.submitted == [check_ballots]
    assert rebuild_tally(scene.records(), scene.fingerprint, first).ballots == 2


def test_a_checked_ballot_vouches_for_no_other(scene: Scene) -> None:
    signers = check_ballots(scene.setup, scene.fingerprint, scene.ballots)
    stranger = make_ballot(scene.election, make_credential(GROUP, random_bytes), (1, 0), random_bytes)
    with pytest.raises(TallyError) as refused:
        rebuild_tally(scene.records([*scene.ballots, stranger]), scene.fingerprint, signers)
    assert refused.value.code is TallyCode.CREDENTIAL_UNKNOWN
    with pytest.raises(TerminalDistrust, match="more than one ballot"):
        rebuild_tally(two_ballots_of_one_credential(scene), scene.fingerprint, signers)


def test_shared_checks_stop_every_scrutineer_when_a_ballot_is_wrong(scene: Scene) -> None:
    stranger = make_ballot(scene.election, make_credential(GROUP, random_bytes), (1, 0), random_bytes)
    records = scene.records([*scene.ballots, stranger])

    async def both() -> list[Any]:
        with ThreadPoolExecutor(1) as pool:
            checks = BallotChecks(pool)
            asked = (checks.signers(records, scene.fingerprint) for _ in range(2))
            return await asyncio.gather(*asked, return_exceptions=True)

    assert [type(outcome) for outcome in asyncio.run(both())] == [TallyError, TallyError]


def test_a_seat_encrypts_nothing_when_its_credential_is_missing(scene: Scene) -> None:
    stranger = make_credential(GROUP, random_bytes)
    with pytest.raises(TerminalDistrust, match="not in the frozen list"):
        cast_ballot(scene.setup, scene.fingerprint, keys_of(scene), stranger, SHOWN, ())


def test_a_seat_encrypts_nothing_to_a_key_that_is_not_the_scrutineers(scene: Scene) -> None:
    other, _ = make_setup(scene.credentials)
    mixed = Setup(scene.setup.election, other.trustees, scene.setup.credentials)
    fingerprint = Board.open(mixed.election, mixed.trustees, mixed.credentials).fingerprint
    with pytest.raises(TerminalDistrust, match="not the scrutineers'"):
        cast_ballot(mixed, fingerprint, keys_of(scene), scene.credentials[0], SHOWN, ())


@pytest.mark.parametrize("description", ["", described().replace('"format":2', '"format":1')])
def test_a_terminal_takes_no_poll_whose_record_would_be_held_to_fewer_laws(scene: Scene, description: str) -> None:
    setup, share = make_setup(scene.credentials, description)
    weaker = replace(scene, setup=setup, ballots=[])
    with pytest.raises(TerminalDistrust, match="every law"):
        cast_ballot(setup, weaker.fingerprint, keys_of(weaker), scene.credentials[0], SHOWN, ())
    with pytest.raises(TerminalDistrust, match="every law"):
        signed_and_released(weaker.records(), known(weaker), share.to_json())


def test_a_seat_encrypts_nothing_under_another_fingerprint(scene: Scene) -> None:
    with pytest.raises(TerminalDistrust, match="fingerprint"):
        cast_ballot(scene.setup, "f" * 64, keys_of(scene), scene.credentials[0], SHOWN, ())


@pytest.mark.parametrize(("field", "why"), [("key", "encrypted to another key"), ("server_key", "signed with another")])
def test_a_seat_votes_with_the_keys_that_it_was_shown_first_alone(scene: Scene, field: str, why: str) -> None:
    for other in ("1" * 64, None):
        keys = keys_of(scene)._replace(**{field: other})
        with pytest.raises(TerminalDistrust, match=why):
            cast_ballot(scene.setup, scene.fingerprint, keys, scene.credentials[0], SHOWN, ())


def test_the_keys_shown_first_stay_whatever_is_shown_later() -> None:
    keys = SeatKeys().seeing(None, "server")
    assert keys.seeing("first", "another").seeing("second", "third") == SeatKeys("first", "server")


def test_a_seat_keeps_no_receipt_by_another_key(scene: Scene) -> None:
    tracker, uuid = tracker_of(scene.ballots[0]), scene.election.uuid
    receipt = make_receipt(
        election_uuid=uuid,
        fingerprint=scene.fingerprint,
        tracker=tracker,
        height=1,
        board_head="0" * 64,
        server_key=SIGNER.public_hex,
        sign=SIGNER.sign,
    )
    check_own_receipt(receipt, uuid, scene.fingerprint, tracker, SIGNER.public_hex)
    for other in ("1" * 64, None):
        with pytest.raises(TerminalDistrust, match="server_key"):
            check_own_receipt(receipt, uuid, scene.fingerprint, tracker, other)


def test_a_seat_accepts_no_unsigned_receipt(scene: Scene) -> None:
    forged = {
        "version": 1,
        "election_uuid": scene.election.uuid,
        "fingerprint": scene.fingerprint,
        "tracker": tracker_of(scene.ballots[0]),
        "height": 1,
        "board_head": "0" * 64,
        "server_key": "0" * 64,
        "signature": "0" * 128,
    }
    with pytest.raises(TallyError):
        check_own_receipt(forged, scene.election.uuid, scene.fingerprint, tracker_of(scene.ballots[0]), "0" * 64)
