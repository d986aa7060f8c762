"""A scrutineer's terminal shuffles and decrypts only what it rebuilt itself, and knows its own shuffle."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest

from tests.support.described import described
from tests.support.tally.boards import rebuild_tally, signed_and_released
from voting.tally.ballots.ballot import fill_ballot
from voting.tally.ballots.credential import encode_credentials, make_credential
from voting.tally.ballots.questions import MixedQuestion
from voting.tally.ballots.singly import Ranks
from voting.tally.board.archive import OwnedDocument
from voting.tally.board.chain import END_BALLOTS, END_SHUFFLES, Board, Step, ballot_step, owned_by, shuffle_step
from voting.tally.board.container import read_container
from voting.tally.board.election import Election, make_secret_election, make_uuid
from voting.tally.board.encrypted_tally import sum_ballots
from voting.tally.board.shuffle import make_shuffle, mixed_so_far
from voting.tally.board.shuffle_owner import sign_shuffle
from voting.tally.errors import TallyCode, TallyError
from voting.tally.groups.choice import group_by_name
from voting.tally.json_form import dump, sha256_hex
from voting.tally.trustees.ceremony import CeremonyPlan, assemble_trustees, deal_shares, finish_share, start_share
from voting.tally.trustees.document import Trustees
from voting.tally.trustees.private_share import PrivateShare
from voting.terminal_client.simulated.board import Known, Records, shuffle, shuffle_hash
from voting.terminal_client.simulated.crypto import Setup, TerminalDistrust, random_bytes

GROUP = group_by_name("Ed25519")
RANKING = MixedQuestion("示例排序", ("甲", "乙"), Ranks(2))
Shuffles = list[OwnedDocument]


@dataclass
class Scene:
    """A sealed ranking with three ballots and the keys of three scrutineers, two of whom suffice."""

    setup: Setup
    shares: list[PrivateShare]
    ballots: list[bytes]

    @property
    def election(self) -> Election:
        return Election.parse(self.setup.election)

    def known(self, index: int, *made: bytes) -> Known:
        fingerprint = Board.open(self.setup.election, self.setup.trustees, self.setup.credentials).fingerprint
        return Known(fingerprint, self.setup.trustees, index, {}, frozenset(shuffle_hash(raw.decode()) for raw in made))

    def records(self, shuffles: Shuffles, ended: bool = False) -> Records:
        board = Board.open(self.setup.election, self.setup.trustees, self.setup.credentials)
        for ballot in self.ballots:
            board.append(ballot_step(ballot))
        board.append(END_BALLOTS)
        board.append(board.encrypted_tally_step(sum_ballots(self.election, self.ballots)))
        for made in shuffles:
            board.append(shuffle_step(*made))
        if ended:
            board.append(END_SHUFFLES)
        return [(entry.kind, entry.raw.decode()) for entry in read_container(board.to_archive(1_700_000_000)).entries]

    def shuffled_by(self, *owners: int) -> Shuffles:
        trustees, made = Trustees.parse(GROUP, self.setup.trustees), Shuffles()
        for owner in owners:
            left = mixed_so_far(self.election, trustees, self.ballots, made)
            made.append(self.owned(owner, make_shuffle(self.election, left, random_bytes)))
        return made

    def owned(self, owner: int, raw: bytes) -> OwnedDocument:
        return OwnedDocument(sign_shuffle(self.election, self.shares[owner - 1], raw, random_bytes), raw)

    def share(self, owner: int) -> str:
        return self.shares[owner - 1].to_json()


@pytest.fixture(scope="module")
def scene() -> Scene:
    plan = CeremonyPlan("Ed25519", ("示例监票人一", "示例监票人二", "示例监票人三"), 2)
    started = [start_share(plan, index, random_bytes) for index in (1, 2, 3)]
    certificates = [message for _, message in started]
    dealt = [deal_shares(plan, share, certificates, random_bytes) for share, _ in started]
    dealings = [message for _, message in dealt]
    finished = [finish_share(plan, share, certificates, dealings, random_bytes) for share, _ in dealt]
    trustees = assemble_trustees(plan, certificates, dealings, [message for _, message in finished])
    raw = make_secret_election(
        uuid=make_uuid(random_bytes),
        name="示例",
        description=described(),
        questions=[RANKING],
        group=GROUP,
        public_key=Trustees.parse(GROUP, trustees).public_key,
    )
    credentials = [make_credential(GROUP, random_bytes) for _ in range(3)]
    election = Election.parse(raw)
    ballots = [fill_ballot(election, one, [(1, 2)], random_bytes) for one in credentials]
    setup = Setup(raw, trustees, encode_credentials(one.public for one in credentials))
    return Scene(setup, [share for share, _ in finished], ballots)


def test_scrutineers_shuffle_one_after_the_other_and_decrypt_what_the_last_one_left(scene: Scene) -> None:
    made: Shuffles = []
    for position, owner in enumerate((3, 1)):
        found = shuffle(scene.records(made), scene.known(owner), scene.share(owner))
        assert found is not None
        assert (found.ballots, found.position) == (3, position)
        made.append(OwnedDocument(found.owned.encode(), found.raw.encode()))
    left = mixed_so_far(scene.election, Trustees.parse(GROUP, scene.setup.trustees), scene.ballots, made)
    rebuilt = rebuild_tally(scene.records(made, ended=True), scene.known(2).fingerprint)
    assert (rebuilt.ballots, rebuilt.encrypted_tally) == (3, left)
    count, _ = signed_and_released(scene.records(made, ended=True), scene.known(2), scene.shares[1].to_json())
    assert count == 3


def test_a_scrutineer_does_not_shuffle_twice_nor_after_the_end(scene: Scene) -> None:
    made = scene.shuffled_by(1, 2)
    assert shuffle(scene.records(made[:1]), scene.known(1, made[0].raw), scene.share(1)) is None
    assert shuffle(scene.records(made, ended=True), scene.known(3), scene.share(3)) is None


def test_a_shuffle_under_ones_name_that_was_made_elsewhere_is_noticed(scene: Scene) -> None:
    made = scene.shuffled_by(1, 2)
    for act in (
        lambda: shuffle(scene.records(made[:1]), scene.known(1), scene.share(1)),
        lambda: signed_and_released(scene.records(made, ended=True), scene.known(2), scene.shares[1].to_json()),
    ):
        with pytest.raises(TerminalDistrust, match="under this scrutineer's name"):
            act()


def none_at_all(scene: Scene) -> tuple[Shuffles, bool]:
    return [], False


def two_but_no_end(scene: Scene) -> tuple[Shuffles, bool]:
    return scene.shuffled_by(1, 2), False


def only_one(scene: Scene) -> tuple[Shuffles, bool]:
    return scene.shuffled_by(1), True


def one_twice(scene: Scene) -> tuple[Shuffles, bool]:
    made = scene.shuffled_by(1, 2)
    return [made[0], scene.owned(1, made[1].raw)], True


def one_of_the_first_ballots(scene: Scene) -> tuple[Shuffles, bool]:
    return [scene.shuffled_by(1)[0], scene.shuffled_by(2)[0]], True


def one_that_nobody_signed(scene: Scene) -> tuple[Shuffles, bool]:
    made = scene.shuffled_by(1, 2)
    return [made[0], OwnedDocument(owned_by(2, made[1].raw), made[1].raw)], True


def one_that_another_signed(scene: Scene) -> tuple[Shuffles, bool]:
    made = scene.shuffled_by(1, 2)
    owned = scene.owned(3, made[1].raw).owned.replace(b'"owner":3', b'"owner":2')
    return [made[0], OwnedDocument(owned, made[1].raw)], True


def one_of_nobody(scene: Scene) -> tuple[Shuffles, bool]:
    made = scene.shuffled_by(1, 2)
    return [made[0], OwnedDocument(owned_by(4, made[1].raw), made[1].raw)], True


@pytest.mark.parametrize(
    ("shuffled", "why"),
    [
        (none_at_all, TerminalDistrust),
        (two_but_no_end, TerminalDistrust),
        (only_one, TallyCode.SHUFFLES_MISSING),
        (one_twice, TallyCode.SHUFFLES_MISSING),
        (one_of_the_first_ballots, TallyCode.SHUFFLE_INVALID),
        (one_that_nobody_signed, TallyCode.SHUFFLE_INVALID),
        (one_that_another_signed, TallyCode.SHUFFLE_INVALID),
        (one_of_nobody, TallyCode.SHUFFLES_MISSING),
    ],
)
def test_a_scrutineer_decrypts_nothing_that_is_not_shuffled_as_it_must_be(
    scene: Scene, shuffled: Callable[[Scene], tuple[Shuffles, bool]], why: object
) -> None:
    with pytest.raises((TerminalDistrust, TallyError)) as refused:
        signed_and_released(scene.records(*shuffled(scene)), scene.known(3), scene.shares[2].to_json())
    if isinstance(refused.value, TallyError):
        assert refused.value.code is why
    else:
        assert why is TerminalDistrust


def test_a_board_without_one_of_its_documents_is_not_read(scene: Scene) -> None:
    records = scene.records(scene.shuffled_by(1))
    owned = next(text for kind, text in records if kind == "data" and text.startswith('{"owner"'))
    with pytest.raises(TerminalDistrust, match="exactly the documents that it names"):
        shuffle([record for record in records if record[1] != owned], scene.known(2), scene.share(2))


def test_a_shuffle_of_which_nobody_is_the_owner_is_not_read(scene: Scene) -> None:
    election, shuffles = scene.setup, scene.shuffled_by(1)
    board = Board.open(election.election, election.trustees, election.credentials)
    board.append(*map(ballot_step, scene.ballots), END_BALLOTS)
    board.append(board.encrypted_tally_step(sum_ballots(scene.election, scene.ballots)))
    raw = shuffles[0].raw
    board.append(Step("Shuffle", (raw, dump({"payload": sha256_hex(raw)}))))
    records = [(entry.kind, entry.raw.decode()) for entry in board.entries(board.head)]
    with pytest.raises(TerminalDistrust, match="no owner"):
        shuffle(records, scene.known(2), scene.share(2))


def test_shuffles_of_a_poll_that_has_none_are_not_believed(scene: Scene) -> None:
    records = list(scene.records([]))
    height = len([1 for kind, _ in records if kind == "event"])
    event = f'{{"parent":"{"0" * 64}","height":{height},"type":"EndShuffles"}}'
    with pytest.raises(TerminalDistrust):
        rebuild_tally([*records, ("event", event)], scene.known(1).fingerprint)
    with pytest.raises(TerminalDistrust, match="fingerprint"):
        shuffle(records, replace(scene.known(1), fingerprint="0" * 64), scene.share(1))
