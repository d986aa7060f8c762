"""What is counted: the sum, its decryption, the result, and the receipts that bind it (checks 12 to 18)."""

from collections.abc import Callable
from typing import Any

from tests.support.known import known
from tests.support.tally.broken.forms import Broken, Defects, another
from tests.support.tally.scenes import OTHER_SERVER, Record, Scene, make_receipts
from voting.tally.board.result import compute_result, partial_decrypt
from voting.tally.json_form import dump, load
from voting.tally.trustees.document import Trustees

DEFECTS = Defects()


# 12 tally_size


@DEFECTS.add(12, tool=False)
def a_wrong_number_of_ballots(scene: Scene) -> bytes:
    record = scene.record()
    record.sized["num_tallied"] = 6
    return record.archive()


@DEFECTS.add(12, tool=False)
def a_wrong_total_weight(scene: Scene) -> bytes:
    record = scene.record()
    record.sized["total_weight"] = 6
    return record.archive()


# 13 encrypted_tally


@DEFECTS.add(13)
def a_sum_that_leaves_a_ballot_out(scene: Scene) -> bytes:
    return scene.record(summed=scene.ballots[1:]).archive()


@DEFECTS.add(13, tool=False)
def another_sum_beside_honest_decryptions(scene: Scene) -> bytes:
    record = scene.record()
    record.tally = scene.record(summed=scene.ballots[1:]).tally
    return record.archive()


@DEFECTS.add(13)
def a_sum_of_the_right_values_that_was_encrypted_anew(scene: Scene) -> bytes:
    record = scene.record()
    group = scene.group
    value = load(known(record.tally))
    for pair in value[0]:
        pair["alpha"] = group.encode(group.multiply(group.decode(pair["alpha"]), group.g))
        pair["beta"] = group.encode(group.multiply(group.decode(pair["beta"]), scene.election.key_element))
    record.tally = dump(value)
    _decrypt_again(scene, record)
    return record.archive()


def _decrypt_again(scene: Scene, record: Record) -> None:
    shares = scene.ceremony.shares
    record.decryptions = [
        (owner, partial_decrypt(scene.election, shares[owner - 1], known(record.tally), scene.rng))
        for owner in scene.owners
    ]
    trustees = Trustees.parse(scene.group, record.trustees)
    record.result, _ = compute_result(scene.election, trustees, known(record.tally), 100, dict(record.decryptions))


# 14 partial_decryptions


@DEFECTS.add(14)
def a_decryption_without_proof(scene: Scene) -> bytes:
    record = scene.record()
    owner, raw = record.decryptions[0]
    value = load(raw)
    proof = value["decryption_proofs"][0][2]
    proof["response"] = another(proof["response"])
    record.decryptions[0] = (owner, dump(value))
    return record.archive()


@DEFECTS.add(14, tool=False)
def a_decryption_whose_statement_is_not_proven(scene: Scene) -> bytes:
    return _with_statements(scene, 0, lambda value: value.pop("statement_proofs"))


@DEFECTS.add(14, tool=False)
def decryptions_whose_statements_are_not_proven(scene: Scene) -> bytes:
    record = scene.record()
    record.decryptions = [(owner, without_statements(raw)) for owner, raw in record.decryptions]
    return record.archive()


@DEFECTS.add(14, tool=False)
def a_decryption_with_a_false_proof_of_its_statement(scene: Scene) -> bytes:
    def change(value: Any) -> None:
        proof = value["statement_proofs"][0][2]
        proof["response"] = another(proof["response"])

    return _with_statements(scene, 1, change)


@DEFECTS.add(14, tool=False)
def the_published_proofs_in_place_of_those_of_the_statements(scene: Scene) -> bytes:
    return _with_statements(scene, 0, lambda value: value.update(statement_proofs=value["decryption_proofs"]))


@DEFECTS.add(14, tool=False)
def a_challenge_in_hexadecimal(scene: Scene) -> bytes:
    def change(value: Any) -> None:
        proof = value["decryption_proofs"][0][0]
        proof["challenge"] = hex(int(proof["challenge"]))

    return _with_statements(scene, 0, change)


@DEFECTS.add(14, tool=False)
def a_response_with_zeros_before_it(scene: Scene) -> bytes:
    def change(value: Any) -> None:
        proof = value["decryption_proofs"][0][0]
        proof["response"] = "00" + proof["response"]

    return _with_statements(scene, 0, change)


@DEFECTS.add(14, tool=False)
def a_statement_proof_too_few(scene: Scene) -> bytes:
    return _with_statements(scene, 0, lambda value: value["statement_proofs"][0].pop())


def _with_statements(scene: Scene, place: int, change: Callable[[Any], object]) -> bytes:
    record = scene.record()
    owner, raw = record.decryptions[place]
    value = load(raw)
    change(value)
    record.decryptions[place] = (owner, dump(value))
    return record.archive()


def without_statements(raw: bytes) -> bytes:
    """A decryption as the published format has it."""
    return dump({name: part for name, part in load(raw).items() if name != "statement_proofs"})


@DEFECTS.add(14)
def a_decryption_of_something_else(scene: Scene) -> bytes:
    record = scene.record()
    other = scene.record(summed=scene.ballots[1:])
    record.decryptions[0] = other.decryptions[0]
    return record.archive()


@DEFECTS.add(14)
def a_decryption_by_nobody(scene: Scene) -> bytes:
    record = scene.record()
    record.decryptions[0] = (9, record.decryptions[0][1])
    return record.archive()


@DEFECTS.add(14)
def owners_exchanged(scene: Scene) -> bytes:
    record = scene.record()
    (first, one), (second, two) = record.decryptions
    record.decryptions = [(first, two), (second, one)]
    return record.archive()


@DEFECTS.add(14, tool=False)
def a_scrutineer_who_decrypts_twice(scene: Scene) -> bytes:
    record = scene.record()
    record.decryptions.append(record.decryptions[0])
    return record.archive()


# 15 enough_decryptions


@DEFECTS.add(15)
def too_few_scrutineers(scene: Scene) -> bytes:
    record = scene.record()
    del record.decryptions[1]
    return record.archive()


# 16 result


@DEFECTS.add(16)
def a_vote_moved_from_one_answer_to_another(scene: Scene) -> bytes:
    record = scene.record()
    record.result = b'{"result":[[2,2,1,1]]}'
    return record.archive()


@DEFECTS.add(16)
def a_result_with_an_answer_missing(scene: Scene) -> bytes:
    record = scene.record()
    record.result = b'{"result":[[3,1,1]]}'
    return record.archive()


# 18 receipts


@DEFECTS.add(18, tool=False)
def a_ballot_removed_before_publication(scene: Scene) -> Broken:
    receipts = make_receipts(scene, scene.record())
    return Broken(scene.record(scene.ballots[:-1]).archive(), receipts)


@DEFECTS.add(18, tool=False)
def a_ballot_exchanged_before_publication(scene: Scene) -> Broken:
    receipts = make_receipts(scene, scene.record())
    return Broken(scene.record([scene.ballot(0, (0, 0, 0, 1)), *scene.ballots[1:]]).archive(), receipts[:1])


@DEFECTS.add(18, tool=False)
def two_ballots_that_changed_places(scene: Scene) -> Broken:
    receipts = make_receipts(scene, scene.record())
    first, second, *others = scene.ballots
    return Broken(scene.record([second, first, *others]).archive(), receipts[:1])


@DEFECTS.add(18, tool=False)
def a_receipt_with_an_altered_height(scene: Scene) -> Broken:
    record = scene.record()
    receipt = {**make_receipts(scene, record)[0], "height": 2}
    return Broken(record.archive(), [receipt])


@DEFECTS.add(18, tool=False)
def receipts_of_two_servers(scene: Scene) -> Broken:
    record = scene.record()
    receipts = [make_receipts(scene, record)[0], make_receipts(scene, record, OTHER_SERVER)[1]]
    return Broken(record.archive(), receipts)


@DEFECTS.add(18, tool=False)
def a_receipt_of_another_poll(scene: Scene) -> Broken:
    record = scene.record()
    other = scene.record()
    other.credentials = dump(load(other.credentials)[1:])
    return Broken(record.archive(), make_receipts(scene, other)[:1])
