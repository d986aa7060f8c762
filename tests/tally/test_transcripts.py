"""Each proof's transcript names what docs/protocol.md says: its table is compared with what the code hashes."""

import hashlib
import html
import re
from collections.abc import Callable

import pytest

from tests.support.repository import DOCS, modules
from tests.support.tally.kinds import KindScene, make_kind
from tests.support.tally.scenes import NAMES, make_scene, seeded
from voting.tally.ballots.ballot import check_ballot
from voting.tally.ballots.signed import sign, signature_holds
from voting.tally.board.agreement import ClosedBoard, check_closed_board, sign_closed_board
from voting.tally.board.encrypted_tally import read_tally, sum_ballots
from voting.tally.board.result import check_partial_decryption, partial_decrypt
from voting.tally.board.shuffle import check_shuffle, make_shuffle
from voting.tally.board.shuffle_owner import check_shuffle_owner, sign_shuffle
from voting.tally.groups.choice import group_by_name
from voting.tally.json_form import load, sha256_hex
from voting.tally.trustees.ceremony import CeremonyPlan, check_verification_key, start_single
from voting.tally.trustees.document import Trustees

ROWS = re.compile(r"^\| ([a-z ]+) \| <code>([^<]*)</code> \| ([^|]+) \| [^|]+ \|$", re.MULTILINE)
TABLE = {
    name: (html.unescape(prefix), commitments.split(","))
    for name, prefix, commitments in ROWS.findall((DOCS / "protocol.md").read_text("utf-8"))
}
NO_PROOFS = {"box", "certs_sig", "ggen", "plenary-receipt", "plenary-count", "plenary-sitting"}
"""Texts that begin alike: what is signed beside ballots, and numbers of which generators are made."""

Said = dict[str, str]
"""What the symbols of a row stand for in one proof; a commitment without an entry is any one element."""
Texts = list[str]


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Texts:
    """Every text that is hashed."""
    texts, plain = Texts(), hashlib.sha256

    def listening(data: bytes = b"") -> object:
        texts.append(data.decode("utf-8", "replace"))
        return plain(data)

    monkeypatch.setattr(hashlib, "sha256", listening)
    return texts


def knowledge() -> Said:
    plan = CeremonyPlan("Ed25519", NAMES, 3)
    _, message = start_single(plan, 1, seeded("pok"))
    check_verification_key(plan, 1, (), (), message)
    return {"GROUP": "Ed25519", "X": message["public_key"]["public_key"]}


def summed_ballot() -> tuple[Said, Said]:
    """Of the ballot's signature, and of the first of its choices."""
    scene = make_scene("Ed25519")
    raw = scene.ballot(0, (1, 0, 0, 0))
    check_ballot(scene.election, frozenset({scene.credentials[0].public}), raw)
    ballot = load(raw)
    context = f"{scene.election.hash}|{ballot['credential']}"
    return {"HASH": ballot["signature"]["hash"]}, {"S": context, **ballot["answers"][0]["choices"][0]}


def mixed_answer() -> Said:
    scene = make_kind("ranked", "Ed25519")
    raw = scene.ballot(0, [(1, 2, 3)])
    check_ballot(scene.election, frozenset({scene.credentials[0].public}), raw)
    ballot = load(raw)
    said = {"S": f"{scene.election.hash}|{ballot['credential']}", "y": scene.election.public_key}
    return {**said, **ballot["answers"][0]["choices"]}


def decryption() -> Said:
    scene = make_scene("Ed25519")
    trustees = Trustees.parse(scene.group, scene.ceremony.trustees)
    tally = sum_ballots(scene.election, scene.ballots)
    raw = partial_decrypt(scene.election, scene.ceremony.shares[1], tally, scene.rng)
    assert check_partial_decryption(scene.election, trustees, 2, tally, raw)
    said = {"φ": scene.election.hash, "X": trustees.verification_key(2)}
    return said | {"alpha": load(tally)[0][1]["alpha"], "factor": load(raw)["decryption_factors"][0][1]}


def shuffled() -> tuple[KindScene, bytes, bytes]:
    scene = make_kind("ranked", "Ed25519")
    tally = sum_ballots(scene.election, scene.ballots)
    return scene, tally, make_shuffle(scene.election, tally, scene.rng)


def shuffle_signature() -> Said:
    scene, _, raw = shuffled()
    assert scene.ceremony is not None
    trustees = Trustees.parse(scene.group, scene.ceremony.trustees)
    owned = sign_shuffle(scene.election, scene.ceremony.shares[2], raw, scene.rng)
    check_shuffle_owner(scene.election, trustees, owned, raw)
    key = trustees.verification_key(3)
    return {"φ": scene.election.hash, "X": key, "owner": "3", "payload": sha256_hex(raw)}


def closed_board() -> Said:
    scene, closed = make_scene("Ed25519"), ClosedBoard("ab" * 32, 5)
    trustees = Trustees.parse(scene.group, scene.ceremony.trustees)
    signed = sign_closed_board(scene.election, scene.ceremony.shares[1], closed, scene.rng)
    assert check_closed_board(scene.election, trustees, signed) == (2, closed)
    said = {"φ": scene.election.hash, "X": trustees.verification_key(2), "owner": "2"}
    return said | {"head": closed.head, "ballots": "5"}


def shuffle() -> Said:
    scene, tally, raw = shuffled()
    check_shuffle(scene.election, tally, raw)
    made = load(raw)
    ((t1, t2, t3, (t41, t42), chained), _, committed, chain) = made["proofs"][0]
    columns = (read_tally(scene.election, tally)[0], [tuple(item.values()) for item in made["ciphertexts"][0]])
    before = [scene.group.encode(part) for item in columns[0] for part in item]
    after = [text for item in columns[1] for text in item]
    listed = {"t": [t1, t2, t3, t41, t42], "t̂": chained, "e": before, "e′": after, "c": committed, "ĉ": chain}
    said = {name: ",".join(texts) for name, texts in listed.items()}
    return said | {"φ": scene.election.hash, "y": scene.election.public_key}


def message() -> Said:
    group = group_by_name("Ed25519")
    signature = sign(group, 5, "示例|消息", seeded("sigmsg"))
    assert signature_holds(group, group.power_g(5), "示例|消息", signature)
    return {"MESSAGE": "示例|消息"}


PROOFS: dict[str, Callable[[], Said]] = {
    "knowledge of a verification key": knowledge,
    "ballot signature": lambda: summed_ballot()[0],
    "value in an interval": lambda: summed_ballot()[1],
    "knowledge of a mixed answer": mixed_answer,
    "decryption factor": decryption,
    "decryption statement": decryption,
    "shuffle signature": shuffle_signature,
    "closed board": closed_board,
    "message between scrutineers": message,
    "shuffle weights": shuffle,
    "shuffle challenge": shuffle,
}


@pytest.mark.parametrize("proof", PROOFS)
def test_the_transcript_is_the_row_of_the_table(heard: Texts, proof: str) -> None:
    """Maker and checker hash the same: the prefix with the statement in it, then the commitments and nothing else."""
    prefix, commitments = TABLE[proof]
    said = PROOFS[proof]()
    begin = re.sub(r"[^|,]+", lambda symbol: said.get(symbol[0], symbol[0]), prefix)
    transcripts = {text for text in heard if text.startswith(begin)}
    assert transcripts
    for text in transcripts:
        assert heard.count(text) >= 2
        _require_commitments(text[len(begin) :].removesuffix(","), commitments, said)


def _require_commitments(found: str, commitments: list[str], said: Said) -> None:
    group = group_by_name("Ed25519")
    if commitments[-1] == "…":
        commitments = [f"{kind}{place}" for place in range(2) for kind in "AB"]
    if all(symbol in said for symbol in commitments):
        assert found == ",".join(said[symbol] for symbol in commitments)
        return
    elements = found.split(",")
    assert len(elements) == len(commitments)
    for element in elements:
        group.parse(element)


def test_the_table_has_every_proof_of_the_house() -> None:
    """Every text in the code that begins as a transcript does is a row of the table, or no proof."""
    tags = set[str]()
    for path in modules():
        tags |= set(re.findall(r"""\b[fb]?"([a-z][a-z_-]+)\|(?:\{|")""", path.read_text("utf-8")))
    assert tags - NO_PROOFS == {prefix.split("|")[0] for prefix, _ in TABLE.values()}
    assert set(PROOFS) == set(TABLE)
