"""Ballots: their form, their number, their signatures and their proofs (checks 8 to 11)."""

from tests.support.tally.broken.forms import Defects, another, content_of, outsider, resigned
from tests.support.tally.scenes import Scene
from voting.tally.ballots.ballot import make_ballot, sum_ciphertexts
from voting.tally.ballots.credential import SigningCredential
from voting.tally.groups.proofs import Ciphertext, Opened, prove_interval
from voting.tally.json_form import dump, load

DEFECTS = Defects()


# 8 ballot_form


def _with_ballot(scene: Scene, raw: bytes) -> bytes:
    """The first ballot replaced; the sum stays that of the honest ones."""
    record = scene.record()
    record.ballots[0] = raw
    return record.archive()


@DEFECTS.add(8)
def a_ballot_for_another_election(scene: Scene) -> bytes:
    return _with_ballot(scene, resigned(scene, 0, {**content_of(scene, 0), "election_uuid": "11111111111111"}))


@DEFECTS.add(8)
def a_ballot_for_another_version_of_the_election(scene: Scene) -> bytes:
    return _with_ballot(scene, resigned(scene, 0, {**content_of(scene, 0), "election_hash": "A" * 43}))


@DEFECTS.add(8)
def a_ballot_from_outside_the_list(scene: Scene) -> bytes:
    ballots = [*scene.ballots, _strangers_ballot(scene)]
    return scene.record(ballots).archive()


def _strangers_ballot(scene: Scene) -> bytes:
    secret = scene.group.random_scalar(scene.rng)
    stranger = SigningCredential(secret, scene.group.encode(scene.group.power_g(secret)))
    return make_ballot(scene.election, stranger, (1, 0, 0, 0), scene.rng)


@DEFECTS.add(8)
def a_ballot_with_an_answer_missing(scene: Scene) -> bytes:
    content = content_of(scene, 0)
    content["answers"][0]["choices"].pop()
    return _with_ballot(scene, resigned(scene, 0, content))


@DEFECTS.add(8)
def a_ciphertext_outside_the_group(scene: Scene) -> bytes:
    content = content_of(scene, 0)
    content["answers"][0]["choices"][0]["alpha"] = outsider(scene)
    return _with_ballot(scene, resigned(scene, 0, content))


# 9 one_ballot_per_credential


@DEFECTS.add(9)
def the_same_ballot_twice(scene: Scene) -> bytes:
    return scene.record([*scene.ballots, scene.ballots[0]]).archive()


@DEFECTS.add(9)
def a_delegate_who_votes_twice(scene: Scene) -> bytes:
    return scene.record([*scene.ballots, scene.ballot(0, (0, 0, 1, 1))]).archive()


# 10 ballot_signature


@DEFECTS.add(10)
def a_signature_altered(scene: Scene) -> bytes:
    value = load(scene.ballots[0])
    value["signature"]["proof"]["response"] = another(value["signature"]["proof"]["response"])
    return _with_ballot(scene, dump(value))


@DEFECTS.add(10)
def a_signature_over_something_else(scene: Scene) -> bytes:
    value = load(scene.ballots[0])
    value["signature"] = load(scene.ballot(0, (0, 0, 0, 1)))["signature"]
    return _with_ballot(scene, dump(value))


@DEFECTS.add(10)
def a_signature_by_another_delegate(scene: Scene) -> bytes:
    content = content_of(scene, 0)
    return _with_ballot(scene, resigned(scene, 1, content))


# 11 ballot_proofs


def _open(scene: Scene, value: int) -> Opened:
    group, randomness = scene.group, scene.group.random_scalar(scene.rng)
    hidden = group.multiply(group.power(scene.election.key_element, randomness), group.power_g(value))
    return Opened(Ciphertext(group.power_g(randomness), hidden), value, randomness)


def forced_ballot(scene: Scene, values: tuple[int, ...], voter: int = 0) -> bytes:
    """A signed ballot with any values; where no honest proof exists, the proof is for a value nearby."""
    group, election = scene.group, scene.election
    key_power = group.fixed_power(election.key_element)
    context = f"{election.hash}|{scene.credentials[voter].public}"
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
    content = content_of(scene, voter)
    content["answers"][0] = {
        "choices": [pair.to_json(group) for pair in pairs],
        "individual_proofs": [[proof.to_json() for proof in proofs] for proofs in individual],
        "overall_proof": [proof.to_json() for proof in overall],
    }
    return resigned(scene, voter, content)


@DEFECTS.add(11)
def a_stuffed_ballot_of_fifteen_votes(scene: Scene) -> bytes:
    return scene.record([forced_ballot(scene, (15, 0, 0, 0)), *scene.ballots[1:]]).archive()


@DEFECTS.add(11)
def a_ballot_with_three_choices_where_two_are_allowed(scene: Scene) -> bytes:
    return scene.record([forced_ballot(scene, (1, 1, 1, 0)), *scene.ballots[1:]]).archive()


@DEFECTS.add(11)
def a_ballot_copied_from_another_delegate(scene: Scene) -> bytes:
    content = {**content_of(scene, 1), "credential": scene.credentials[0].public}
    return scene.record([resigned(scene, 0, content), *scene.ballots[1:]]).archive()
