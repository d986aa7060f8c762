"""Questions that go through shuffles."""

from collections.abc import Callable
from typing import Any

from tests.support.tally.broken.forms import another
from tests.support.tally.broken.kind_forms import KindDefects, content_of, signed, with_first
from tests.support.tally.kinds import KindScene
from voting.tally.ballots.answers import Sealer
from voting.tally.board.archive import OwnedDocument
from voting.tally.board.chain import owned_by
from voting.tally.board.encrypted_tally import read_tally
from voting.tally.board.shuffle import make_shuffle
from voting.tally.board.shuffle_proof import Statement, prove_shuffle
from voting.tally.json_form import dump, load, sha256_hex

DEFECTS = KindDefects()


@DEFECTS.add("ranked", 3, tool=False)
def no_shuffle(scene: KindScene) -> bytes:
    """The ballots are decrypted one by one, in the order of the board's list."""
    record = scene.record()
    record.shuffles, record.mixed = [], False
    scene.open(record)
    return record.archive()


@DEFECTS.add("ranked", 3, tool=False)
def shuffles_that_do_not_end(scene: KindScene) -> bytes:
    record = scene.record()
    record.mixed = False
    return record.archive()


@DEFECTS.add("ranked", 4, tool=False)
def a_shuffle_written_with_spaces(scene: KindScene) -> bytes:
    record = scene.record()
    spaced = record.shuffles[-1].raw.replace(b'"ciphertexts":', b'"ciphertexts": ', 1)
    record.shuffles[-1] = scene.own(3, spaced)
    return record.archive()


@DEFECTS.add("ranked", 5)
def numbers_that_do_not_fit_their_use(scene: KindScene) -> bytes:
    record = scene.record()
    value = load(record.election)
    value["questions"][0]["value"]["answers"].pop()
    record.election = dump(value)
    return record.archive()


@DEFECTS.add("ranked", 8)
def a_paper_outside_the_group(scene: KindScene) -> bytes:
    content = content_of(scene, 0)
    outside = "0" * 64 if scene.group.name == "Ed25519" else "11"
    content["answers"][0]["choices"]["beta"] = outside
    return with_first(scene, signed(scene, 0, content)).archive()


@DEFECTS.add("ranked", 8)
def a_sum_where_numbers_are_asked_for(scene: KindScene) -> bytes:
    content = content_of(scene, 0)
    answer = content["answers"][0]
    content["answers"][0] = {
        "choices": [answer["choices"]],
        "individual_proofs": [[answer["proof"]] * 2],
        "overall_proof": [answer["proof"]],
    }
    return with_first(scene, signed(scene, 0, content)).archive()


@DEFECTS.add("ranked", 11)
def a_paper_copied_from_another_delegate(scene: KindScene) -> bytes:
    content = {**content_of(scene, 1), "credential": scene.credentials[0].public}
    return scene.record([signed(scene, 0, content), *scene.ballots[1:]]).archive()


@DEFECTS.add("ranked", 13)
def a_list_in_the_order_of_casting(scene: KindScene) -> bytes:
    record = scene.record()
    value = [[load(raw)["answers"][0]["choices"] for raw in scene.ballots]]
    value = value if dump(value) != record.tally else [value[0][::-1]]
    record.tally = dump(value)
    scene.shuffle(record)
    scene.open(record)
    return record.archive()


@DEFECTS.add("ranked", 19, tool=False)
def a_shuffle_that_leaves_everything_as_it_was(scene: KindScene) -> bytes:
    """Proven with the permutation that moves nothing and no randomness at all."""
    record = scene.record()
    record.shuffles.pop()
    (place,) = scene.election.mixed
    column = read_tally(scene.election, scene.mixed(record))[place]
    proof = prove_shuffle(Statement(scene.election, column, column), range(len(column)), [0] * len(column), scene.rng)
    group = scene.group
    same = {"ciphertexts": [[item.to_json(group) for item in column]], "proofs": [proof.to_json(group)]}
    record.shuffles.append(scene.own(3, dump(same)))
    scene.open(record)
    return record.archive()


@DEFECTS.add("ranked", 19)
def a_shuffle_that_exchanges_a_paper(scene: KindScene) -> bytes:
    """The first paper is replaced by one of the shuffler's own; everything after it is consistent."""
    record = scene.record()
    value = load(record.shuffles[-1].raw)
    sealer = Sealer(scene.election, scene.credentials[0].public)
    value["ciphertexts"][0][0] = sealer.seal(scene.election.questions[0], (3, 1, 2), scene.rng)["choices"]
    record.shuffles[-1] = scene.own(3, dump(value))
    scene.open(record)
    return record.archive()


@DEFECTS.add("ranked", 19)
def a_shuffle_that_doubles_a_paper(scene: KindScene) -> bytes:
    record = scene.record()
    value = load(record.shuffles[-1].raw)
    value["ciphertexts"][0][0] = value["ciphertexts"][0][1]
    record.shuffles[-1] = scene.own(3, dump(value))
    scene.open(record)
    return record.archive()


@DEFECTS.add("ranked", 19)
def a_shuffle_that_leaves_a_paper_out(scene: KindScene) -> bytes:
    record = scene.record()
    value = load(record.tally or b"")
    value[0].pop()
    first = make_shuffle(scene.election, dump(value), scene.rng)
    record.shuffles = [scene.own(2, first)]
    record.shuffles.append(scene.own(3, make_shuffle(scene.election, scene.mixed(record), scene.rng)))
    scene.open(record)
    return record.archive()


@DEFECTS.add("ranked", 19)
def a_shuffle_of_what_was_there_before(scene: KindScene) -> bytes:
    """The second scrutineer shuffles the ballots again instead of the first one's shuffle."""
    record = scene.record()
    record.shuffles[-1] = scene.own(3, make_shuffle(scene.election, record.tally or b"", scene.rng))
    scene.open(record)
    return record.archive()


def _with_proof(scene: KindScene, change: Callable[[Any], None]) -> bytes:
    record = scene.record()
    value = load(record.shuffles[0].raw)
    change(value["proofs"][0])
    record.shuffles[0] = scene.own(2, dump(value))
    return record.archive()


@DEFECTS.add("ranked", 19)
def a_shuffle_with_an_altered_response(scene: KindScene) -> bytes:
    def change(proof: Any) -> None:
        proof[1][3] = another(proof[1][3])

    return _with_proof(scene, change)


@DEFECTS.add("ranked", 19)
def a_shuffle_with_altered_responses_in_its_chain(scene: KindScene) -> bytes:
    def change(proof: Any) -> None:
        proof[1][4][1] = another(proof[1][4][1])

    return _with_proof(scene, change)


@DEFECTS.add("ranked", 19)
def a_shuffle_with_another_commitment(scene: KindScene) -> bytes:
    def change(proof: Any) -> None:
        proof[2][0], proof[2][1] = proof[2][1], proof[2][0]

    return _with_proof(scene, change)


@DEFECTS.add("ranked", 19)
def a_shuffle_with_a_proof_that_is_too_short(scene: KindScene) -> bytes:
    return _with_proof(scene, lambda proof: proof[3].pop())


@DEFECTS.add("ranked", 19, tool=False)
def a_scrutineer_who_shuffles_twice(scene: KindScene) -> bytes:
    record = scene.record()
    record.shuffles[1] = scene.own(2, record.shuffles[1].raw)
    return record.archive()


@DEFECTS.add("ranked", 19, tool=False)
def a_shuffle_by_nobody(scene: KindScene) -> bytes:
    record = scene.record()
    record.shuffles[1] = scene.own(9, record.shuffles[1].raw)
    return record.archive()


@DEFECTS.add("ranked", 19, tool=False)
def a_shuffle_that_nobody_signed(scene: KindScene) -> bytes:
    record = scene.record()
    raw = record.shuffles[1].raw
    record.shuffles[1] = OwnedDocument(owned_by(3, raw), raw)
    return record.archive()


@DEFECTS.add("ranked", 19, tool=False)
def shuffles_that_nobody_signed(scene: KindScene) -> bytes:
    record = scene.record()
    owners = zip((2, 3), record.shuffles, strict=True)
    record.shuffles = [OwnedDocument(owned_by(owner, made.raw), made.raw) for owner, made in owners]
    return record.archive()


@DEFECTS.add("ranked", 19, tool=False)
def a_shuffle_in_the_name_of_another(scene: KindScene) -> bytes:
    """Scrutineer 3 made and signed it; it stands there as one of scrutineer 1."""
    record = scene.record()
    owned, raw = record.shuffles[1]
    record.shuffles[1] = OwnedDocument(dump({**load(owned), "owner": 1}), raw)
    return record.archive()


@DEFECTS.add("ranked", 19, tool=False)
def a_signature_of_another_shuffle(scene: KindScene) -> bytes:
    """Scrutineer 3 signed another shuffle of the same papers, which proves as much."""
    record = scene.record()
    raw = record.shuffles[1].raw
    record.shuffles.pop()
    other = scene.own(3, make_shuffle(scene.election, scene.mixed(record), scene.rng))
    record.shuffles.append(OwnedDocument(dump({**load(other.owned), "payload": sha256_hex(raw)}), raw))
    return record.archive()


@DEFECTS.add("ranked", 4, tool=False)
def an_owner_with_a_field_that_nobody_knows(scene: KindScene) -> bytes:
    record = scene.record()
    owned, raw = record.shuffles[1]
    record.shuffles[1] = OwnedDocument(dump({**load(owned), "note": "示例"}), raw)
    return record.archive()


@DEFECTS.add("ranked", 20, tool=False)
def too_few_shuffles(scene: KindScene) -> bytes:
    record = scene.record()
    record.shuffles.pop()
    scene.open(record)
    return record.archive()


@DEFECTS.add("ranked", 14)
def a_decryption_of_what_was_not_shuffled(scene: KindScene) -> bytes:
    record = scene.record()
    scene.open(record, record.tally)
    return record.archive()


@DEFECTS.add("ranked", 16)
def a_paper_rewritten_in_the_result(scene: KindScene) -> bytes:
    record = scene.record()
    value = load(record.result)
    value["result"][0][0] = [3, 1, 2]
    record.result = dump(value)
    return record.archive()


@DEFECTS.add("ranked", 16)
def papers_in_another_order(scene: KindScene) -> bytes:
    record = scene.record()
    value = load(record.result)
    value["result"][0].reverse()
    record.result = dump(value)
    return record.archive()
