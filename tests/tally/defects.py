"""Records that carry one defect each, and the number of the check that must find it.

Every builder starts from an honest election and re-hashes the chain (and, where the defect comes
earlier, re-signs, re-sums and re-decrypts), so that only the defect it is named after remains.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.tally.scenes import OTHER_SERVER, TIMESTAMP, Record, Scene, chain, hold_ceremony, make_receipts, seeded
from voting.tally.ballot import make_ballot, sign_content, sum_ciphertexts
from voting.tally.container import write_container
from voting.tally.credential import SigningCredential
from voting.tally.json_form import dump, load
from voting.tally.proofs import Ciphertext, Opened, prove_interval
from voting.tally.result import compute_result, partial_decrypt
from voting.tally.trustees import Trustees


@dataclass(frozen=True)
class Broken:
    """A defective record with the receipts that go with it."""

    archive: bytes
    receipts: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class Defect:
    """A named defect; ``number`` is the check that must refuse it. ``tool``: does belenios-tool 2.0 refuse it too?"""

    name: str
    number: int
    build: Callable[[Scene], Broken]
    tool: bool


DEFECTS: list[Defect] = []


def defect(
    number: int, *, tool: bool = True
) -> Callable[[Callable[[Scene], bytes | Broken]], Callable[[Scene], Broken]]:
    """Register a builder under its own name."""

    def register(build: Callable[[Scene], bytes | Broken]) -> Callable[[Scene], Broken]:
        def run(scene: Scene) -> Broken:
            made = build(scene)
            return made if isinstance(made, Broken) else Broken(made)

        DEFECTS.append(Defect(build.__name__, number, run, tool))
        return run

    return register


def _patched(raw: bytes, old: bytes, new: bytes) -> bytes:
    if old not in raw:
        raise ValueError("nothing to replace")
    return raw.replace(old, new, 1)


def _another(digits: str) -> str:
    """A neighbouring decimal number."""
    return digits[:-1] + ("1" if digits[-1] != "1" else "2")


# 1 archive_format


@defect(1)
def an_empty_file(scene: Scene) -> bytes:
    return b""


@defect(1)
def trailing_zero_blocks(scene: Scene) -> bytes:
    return scene.record().archive() + bytes(1024)


@defect(1)
def a_file_cut_short(scene: Scene) -> bytes:
    return scene.record().archive()[:-512]


@defect(1)
def a_document_that_is_not_what_its_name_says(scene: Scene) -> bytes:
    entries = chain(scene.record().groups())
    return write_container([entries[0]._replace(digest="0" * 64), *entries[1:]], TIMESTAMP)


@defect(1)
def a_modern_tar_header(scene: Scene) -> bytes:
    archive = bytearray(scene.record().archive())
    archive[257:262] = b"ustar"
    archive[148:156] = b"        "
    archive[148:156] = b"%06o\0 " % sum(archive[:512])
    return bytes(archive)


@defect(1)
def a_record_of_version_2(scene: Scene) -> bytes:
    archive = scene.record().archive()
    return archive[:512] + _patched(archive[512:1024], b'"version":1', b'"version":2') + archive[1024:]


@defect(1)
def junk_behind_a_document(scene: Scene) -> bytes:
    archive = bytearray(scene.record().archive())
    archive[1023] = 1
    return bytes(archive)


# 2 event_chain


@defect(2)
def an_event_that_names_another_parent(scene: Scene) -> bytes:
    def edit(event: dict[str, Any]) -> dict[str, Any]:
        return {**event, "parent": "0" * 64} if event["height"] == 2 else event

    return write_container(chain(scene.record().groups(), edit), TIMESTAMP)


@defect(2)
def a_height_left_out(scene: Scene) -> bytes:
    def edit(event: dict[str, Any]) -> dict[str, Any]:
        return {**event, "height": event["height"] + (event["height"] > 2)}

    return write_container(chain(scene.record().groups(), edit), TIMESTAMP)


# 3 event_grammar


def _with_groups(scene: Scene, change: Callable[[list[tuple[str, list[bytes]]]], None]) -> bytes:
    groups = scene.record().groups()
    change(groups)
    return write_container(chain(groups), TIMESTAMP)


@defect(3, tool=False)
def no_result(scene: Scene) -> bytes:
    return _with_groups(scene, lambda groups: groups.__delitem__(-1))


@defect(3, tool=False)
def the_end_of_the_ballots_in_the_middle(scene: Scene) -> bytes:
    """The ballots before it drop out; the rest of the record is consistent with that."""
    groups = scene.record(summed=scene.ballots[2:]).groups()
    groups.insert(3, groups.pop(6))
    return write_container(chain(groups), TIMESTAMP)


@defect(3, tool=False)
def two_ends_of_the_ballots(scene: Scene) -> bytes:
    return _with_groups(scene, lambda groups: groups.insert(6, groups[6]))


@defect(3, tool=False)
def two_results(scene: Scene) -> bytes:
    return _with_groups(scene, lambda groups: groups.append(groups[-1]))


@defect(3)
def a_document_that_no_event_names(scene: Scene) -> bytes:
    return _with_groups(scene, lambda groups: groups[2][1].insert(0, b'{"stray":1}'))


@defect(3)
def a_document_after_its_event(scene: Scene) -> bytes:
    entries = chain(scene.record().groups())
    entries[-1], entries[-2] = entries[-2], entries[-1]
    return write_container(entries, TIMESTAMP)


@defect(3)
def a_result_without_its_document(scene: Scene) -> bytes:
    entries = chain(scene.record().groups())
    del entries[-2]
    return write_container(entries, TIMESTAMP)


# 4 canonical_json


@defect(4, tool=False)
def a_result_written_with_spaces(scene: Scene) -> bytes:
    record = scene.record()
    record.result = _patched(record.result, b":", b": ")
    return record.archive()


@defect(4)
def a_ballot_with_its_fields_in_another_order(scene: Scene) -> bytes:
    record = scene.record()
    value = load(record.ballots[0])
    record.ballots[0] = dump({"election_hash": value.pop("election_hash"), **value})
    return record.archive()


@defect(4, tool=False)
def a_field_written_twice(scene: Scene) -> bytes:
    record = scene.record()
    record.result = _patched(record.result, b'{"result"', b'{"result":[[0,0,0,0]],"result"')
    return record.archive()


@defect(4)
def an_event_with_an_extra_field(scene: Scene) -> bytes:
    return write_container(chain(scene.record().groups(), lambda event: {**event, "note": "x"}), TIMESTAMP)


@defect(4)
def a_negative_count(scene: Scene) -> bytes:
    record = scene.record()
    record.result = b'{"result":[[-1,5,1,1]]}'
    return record.archive()


# 5 election


def _with_election(scene: Scene, **changes: Any) -> bytes:
    record = scene.record()
    record.election = dump({**load(record.election), **changes})
    return record.archive()


def _with_question(scene: Scene, **changes: Any) -> bytes:
    question = {**load(scene.election.raw)["questions"][0], **changes}
    return _with_election(scene, questions=[question])


@defect(5)
def an_unknown_group(scene: Scene) -> bytes:
    return _with_election(scene, group="RFC-3526-4096")


@defect(5)
def a_question_that_allows_more_than_there_is(scene: Scene) -> bytes:
    return _with_question(scene, max=5)


@defect(5)
def a_minimum_above_the_maximum(scene: Scene) -> bytes:
    return _with_question(scene, min=3)


@defect(5)
def no_question(scene: Scene) -> bytes:
    return _with_election(scene, questions=[])


@defect(5)
def an_election_key_that_is_the_identity(scene: Scene) -> bytes:
    return _with_election(scene, public_key=scene.group.encode(scene.group.identity))


@defect(5)
def an_identifier_that_is_too_short(scene: Scene) -> bytes:
    return _with_election(scene, uuid="abc")


# 6 trustees


def _with_trustees(scene: Scene, change: Callable[[Any], None]) -> bytes:
    record = scene.record()
    value = load(record.trustees)
    change(value)
    record.trustees = dump(value)
    return record.archive()


@defect(6)
def trustees_of_another_ceremony(scene: Scene) -> bytes:
    record = scene.record()
    record.trustees = hold_ceremony(scene.ceremony.plan, seeded("another ceremony")).trustees
    return record.archive()


@defect(6)
def a_certificate_signed_by_nobody(scene: Scene) -> bytes:
    def change(value: Any) -> None:
        signature = value[0][1]["certs"][1]["signature"]
        signature["response"] = _another(signature["response"])

    return _with_trustees(scene, change)


@defect(6)
def commitments_signed_by_nobody(scene: Scene) -> bytes:
    def change(value: Any) -> None:
        signature = value[0][1]["coefexps"][0]["signature"]
        signature["challenge"] = _another(signature["challenge"])

    return _with_trustees(scene, change)


@defect(6, tool=False)
def a_dealer_who_saw_other_certificates(scene: Scene) -> bytes:
    def change(value: Any) -> None:
        signatures = value[0][1]["signatures"]
        signatures[0], signatures[1] = signatures[1], signatures[0]

    return _with_trustees(scene, change)


@defect(6)
def verification_keys_exchanged(scene: Scene) -> bytes:
    def change(value: Any) -> None:
        value[0][1]["verification_keys"].reverse()

    return _with_trustees(scene, change)


@defect(6)
def a_key_without_knowledge_of_its_secret(scene: Scene) -> bytes:
    def change(value: Any) -> None:
        proof = value[0][1]["verification_keys"][2]["pok"]
        proof["response"] = _another(proof["response"])

    return _with_trustees(scene, change)


# 7 credentials


def _with_credentials(scene: Scene, change: Callable[[list[str]], None]) -> bytes:
    record = scene.record()
    listed = load(record.credentials)
    change(listed)
    record.credentials = dump(listed)
    return record.archive()


@defect(7, tool=False)
def credentials_out_of_order(scene: Scene) -> bytes:
    return _with_credentials(scene, lambda listed: listed.reverse())


@defect(7)
def a_credential_listed_twice(scene: Scene) -> bytes:
    return _with_credentials(scene, lambda listed: listed.insert(0, listed[0]))


@defect(7, tool=False)
def a_credential_that_is_the_identity(scene: Scene) -> bytes:
    def change(listed: list[str]) -> None:
        listed.append(scene.group.encode(scene.group.identity))
        listed.sort()

    return _with_credentials(scene, change)


@defect(7)
def a_credential_outside_the_group(scene: Scene) -> bytes:
    def change(listed: list[str]) -> None:
        listed.append(_outsider(scene))
        listed.sort()

    return _with_credentials(scene, change)


def _outsider(scene: Scene) -> str:
    """A well-spelled element that is not in the group (Ed25519: of order 8; 2048: p - 1 has order 2)."""
    if scene.group.name == "Ed25519":
        return bytes.fromhex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a")[::-1].hex()
    return "2"


# 8 ballot_form


def _content(scene: Scene, voter: int) -> dict[str, Any]:
    value: dict[str, Any] = load(scene.ballots[voter])
    del value["signature"]
    return value


def _resigned(scene: Scene, voter: int, content: dict[str, Any]) -> bytes:
    return sign_content(scene.group, content, scene.credentials[voter], scene.rng)


def _with_ballot(scene: Scene, raw: bytes) -> bytes:
    """The first ballot replaced; the sum stays that of the honest ones."""
    record = scene.record()
    record.ballots[0] = raw
    return record.archive()


@defect(8)
def a_ballot_for_another_election(scene: Scene) -> bytes:
    return _with_ballot(scene, _resigned(scene, 0, {**_content(scene, 0), "election_uuid": "11111111111111"}))


@defect(8)
def a_ballot_for_another_version_of_the_election(scene: Scene) -> bytes:
    return _with_ballot(scene, _resigned(scene, 0, {**_content(scene, 0), "election_hash": "A" * 43}))


@defect(8)
def a_ballot_from_outside_the_list(scene: Scene) -> bytes:
    ballots = [*scene.ballots, _strangers_ballot(scene)]
    return scene.record(ballots).archive()


def _strangers_ballot(scene: Scene) -> bytes:
    secret = scene.group.random_scalar(scene.rng)
    stranger = SigningCredential(secret, scene.group.encode(scene.group.power_g(secret)))
    return make_ballot(scene.election, stranger, (1, 0, 0, 0), scene.rng)


@defect(8)
def a_ballot_with_an_answer_missing(scene: Scene) -> bytes:
    content = _content(scene, 0)
    content["answers"][0]["choices"].pop()
    return _with_ballot(scene, _resigned(scene, 0, content))


@defect(8)
def a_ciphertext_outside_the_group(scene: Scene) -> bytes:
    content = _content(scene, 0)
    content["answers"][0]["choices"][0]["alpha"] = _outsider(scene)
    return _with_ballot(scene, _resigned(scene, 0, content))


# 9 one_ballot_per_credential


@defect(9)
def the_same_ballot_twice(scene: Scene) -> bytes:
    return scene.record([*scene.ballots, scene.ballots[0]]).archive()


@defect(9)
def a_delegate_who_votes_twice(scene: Scene) -> bytes:
    return scene.record([*scene.ballots, scene.ballot(0, (0, 0, 1, 1))]).archive()


# 10 ballot_signature


@defect(10)
def a_signature_altered(scene: Scene) -> bytes:
    value = load(scene.ballots[0])
    value["signature"]["proof"]["response"] = _another(value["signature"]["proof"]["response"])
    return _with_ballot(scene, dump(value))


@defect(10)
def a_signature_over_something_else(scene: Scene) -> bytes:
    value = load(scene.ballots[0])
    value["signature"] = load(scene.ballot(0, (0, 0, 0, 1)))["signature"]
    return _with_ballot(scene, dump(value))


@defect(10)
def a_signature_by_another_delegate(scene: Scene) -> bytes:
    content = _content(scene, 0)
    return _with_ballot(scene, _resigned(scene, 1, content))


# 11 ballot_proofs


def _open(scene: Scene, value: int) -> Opened:
    group, randomness = scene.group, scene.group.random_scalar(scene.rng)
    hidden = group.multiply(group.power(scene.election.key_element, randomness), group.power_g(value))
    return Opened(Ciphertext(group.power_g(randomness), hidden), value, randomness)


def _forced_ballot(scene: Scene, values: tuple[int, ...]) -> bytes:
    """A signed ballot with any values; where no honest proof exists, the proof is for a value nearby."""
    group, election = scene.group, scene.election
    key_power = group.fixed_power(election.key_element)
    context = f"{election.hash}|{scene.credentials[0].public}"
    opened = [_open(scene, value) for value in values]
    pairs = [item.ciphertext for item in opened]
    total = Opened(
        sum_ciphertexts(group, pairs), min(sum(values), 2), sum(item.randomness for item in opened) % group.q
    )
    spelled = ",".join(f"{group.encode(pair.alpha)},{group.encode(pair.beta)}" for pair in pairs)
    individual = [
        prove_interval(group, key_power, context, item._replace(value=min(item.value, 1)), (0, 1), scene.rng)
        for item in opened
    ]
    overall = prove_interval(group, key_power, f"{context}|{spelled}", total, range(3), scene.rng)
    content = _content(scene, 0)
    content["answers"][0] = {
        "choices": [pair.to_json(group) for pair in pairs],
        "individual_proofs": [[proof.to_json() for proof in proofs] for proofs in individual],
        "overall_proof": [proof.to_json() for proof in overall],
    }
    return _resigned(scene, 0, content)


@defect(11)
def a_stuffed_ballot_of_fifteen_votes(scene: Scene) -> bytes:
    return scene.record([_forced_ballot(scene, (15, 0, 0, 0)), *scene.ballots[1:]]).archive()


@defect(11)
def a_ballot_with_three_choices_where_two_are_allowed(scene: Scene) -> bytes:
    return scene.record([_forced_ballot(scene, (1, 1, 1, 0)), *scene.ballots[1:]]).archive()


@defect(11)
def a_ballot_copied_from_another_delegate(scene: Scene) -> bytes:
    content = {**_content(scene, 1), "credential": scene.credentials[0].public}
    return scene.record([_resigned(scene, 0, content), *scene.ballots[1:]]).archive()


# 12 tally_size


@defect(12, tool=False)
def a_wrong_number_of_ballots(scene: Scene) -> bytes:
    record = scene.record()
    record.sized["num_tallied"] = 6
    return record.archive()


@defect(12, tool=False)
def a_wrong_total_weight(scene: Scene) -> bytes:
    record = scene.record()
    record.sized["total_weight"] = 6
    return record.archive()


# 13 encrypted_tally


@defect(13)
def a_sum_that_leaves_a_ballot_out(scene: Scene) -> bytes:
    return scene.record(summed=scene.ballots[1:]).archive()


@defect(13)
def a_sum_of_the_right_values_that_was_encrypted_anew(scene: Scene) -> bytes:
    record = scene.record()
    group = scene.group
    value = load(record.tally)
    for pair in value[0]:
        pair["alpha"] = group.encode(group.multiply(group.decode(pair["alpha"]), group.g))
        pair["beta"] = group.encode(group.multiply(group.decode(pair["beta"]), scene.election.key_element))
    record.tally = dump(value)
    _decrypt_again(scene, record)
    return record.archive()


def _decrypt_again(scene: Scene, record: Record) -> None:
    shares = scene.ceremony.shares
    record.decryptions = [
        (owner, partial_decrypt(scene.election, shares[owner - 1], record.tally, scene.rng)) for owner in scene.owners
    ]
    trustees = Trustees.parse(scene.group, record.trustees)
    record.result, _ = compute_result(scene.election, trustees, record.tally, 100, dict(record.decryptions))


# 14 partial_decryptions


@defect(14)
def a_decryption_without_proof(scene: Scene) -> bytes:
    record = scene.record()
    owner, raw = record.decryptions[0]
    value = load(raw)
    proof = value["decryption_proofs"][0][2]
    proof["response"] = _another(proof["response"])
    record.decryptions[0] = (owner, dump(value))
    return record.archive()


@defect(14)
def a_decryption_of_something_else(scene: Scene) -> bytes:
    record = scene.record()
    other = scene.record(summed=scene.ballots[1:])
    record.decryptions[0] = other.decryptions[0]
    return record.archive()


@defect(14)
def a_decryption_by_nobody(scene: Scene) -> bytes:
    record = scene.record()
    record.decryptions[0] = (9, record.decryptions[0][1])
    return record.archive()


@defect(14)
def owners_exchanged(scene: Scene) -> bytes:
    record = scene.record()
    (first, one), (second, two) = record.decryptions
    record.decryptions = [(first, two), (second, one)]
    return record.archive()


@defect(14, tool=False)
def a_scrutineer_who_decrypts_twice(scene: Scene) -> bytes:
    record = scene.record()
    record.decryptions.append(record.decryptions[0])
    return record.archive()


# 15 enough_decryptions


@defect(15)
def too_few_scrutineers(scene: Scene) -> bytes:
    record = scene.record()
    del record.decryptions[1]
    return record.archive()


# 16 result


@defect(16)
def a_vote_moved_from_one_answer_to_another(scene: Scene) -> bytes:
    record = scene.record()
    record.result = b'{"result":[[2,2,1,1]]}'
    return record.archive()


@defect(16)
def a_result_with_an_answer_missing(scene: Scene) -> bytes:
    record = scene.record()
    record.result = b'{"result":[[3,1,1]]}'
    return record.archive()


# 18 receipts


@defect(18, tool=False)
def a_ballot_removed_before_publication(scene: Scene) -> Broken:
    receipts = make_receipts(scene, scene.record())
    return Broken(scene.record(scene.ballots[:-1]).archive(), receipts)


@defect(18, tool=False)
def a_ballot_exchanged_before_publication(scene: Scene) -> Broken:
    receipts = make_receipts(scene, scene.record())
    return Broken(scene.record([scene.ballot(0, (0, 0, 0, 1)), *scene.ballots[1:]]).archive(), receipts[:1])


@defect(18, tool=False)
def two_ballots_that_changed_places(scene: Scene) -> Broken:
    receipts = make_receipts(scene, scene.record())
    first, second, *others = scene.ballots
    return Broken(scene.record([second, first, *others]).archive(), receipts[:1])


@defect(18, tool=False)
def a_receipt_with_an_altered_height(scene: Scene) -> Broken:
    record = scene.record()
    receipt = {**make_receipts(scene, record)[0], "height": 2}
    return Broken(record.archive(), [receipt])


@defect(18, tool=False)
def receipts_of_two_servers(scene: Scene) -> Broken:
    record = scene.record()
    receipts = [make_receipts(scene, record)[0], make_receipts(scene, record, OTHER_SERVER)[1]]
    return Broken(record.archive(), receipts)


@defect(18, tool=False)
def a_receipt_of_another_poll(scene: Scene) -> Broken:
    record = scene.record()
    other = scene.record()
    other.credentials = dump(load(other.credentials)[1:])
    return Broken(record.archive(), make_receipts(scene, other)[:1])


def honest(scene: Scene) -> Broken:
    """A record without defect, with all its receipts."""
    record = scene.record()
    return Broken(record.archive(), make_receipts(scene, record))
