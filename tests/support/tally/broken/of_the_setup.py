"""What a poll is prepared with: the election, the trustees and the credentials (checks 5 to 7)."""

from collections.abc import Callable
from typing import Any

from tests.support.tally.broken.forms import Defects, another, outsider
from tests.support.tally.scenes import TIMESTAMP, Scene, chain, hold_ceremony, seeded
from voting.tally.board.container import write_container
from voting.tally.json_form import dump, load

DEFECTS = Defects()


# 3 event_grammar


@DEFECTS.add(3, tool=False)
def a_setup_that_lies_too_deep(scene: Scene) -> bytes:
    groups = scene.record().groups()
    documents = groups[0][1]
    documents[3] = documents[3][:-1] + b',"note":' + b"[" * 40 + b"]" * 40 + b"}"
    return write_container(chain(groups), TIMESTAMP)


# 5 election


def _with_election(scene: Scene, **changes: Any) -> bytes:
    record = scene.record()
    record.election = dump({**load(record.election), **changes})
    return record.archive()


def _with_question(scene: Scene, **changes: Any) -> bytes:
    question = {**load(scene.election.raw)["questions"][0], **changes}
    return _with_election(scene, questions=[question])


@DEFECTS.add(5)
def an_unknown_group(scene: Scene) -> bytes:
    return _with_election(scene, group="RFC-3526-4096")


@DEFECTS.add(5)
def a_question_that_allows_more_than_there_is(scene: Scene) -> bytes:
    return _with_question(scene, max=5)


@DEFECTS.add(5)
def a_minimum_above_the_maximum(scene: Scene) -> bytes:
    return _with_question(scene, min=3)


@DEFECTS.add(5)
def no_question(scene: Scene) -> bytes:
    return _with_election(scene, questions=[])


@DEFECTS.add(5)
def an_election_key_that_is_the_identity(scene: Scene) -> bytes:
    return _with_election(scene, public_key=scene.group.encode(scene.group.identity))


@DEFECTS.add(5)
def an_identifier_that_is_too_short(scene: Scene) -> bytes:
    return _with_election(scene, uuid="abc")


# 6 trustees


def _with_trustees(scene: Scene, change: Callable[[Any], None]) -> bytes:
    record = scene.record()
    value = load(record.trustees)
    change(value)
    record.trustees = dump(value)
    return record.archive()


@DEFECTS.add(6)
def trustees_of_another_ceremony(scene: Scene) -> bytes:
    record = scene.record()
    record.trustees = hold_ceremony(scene.ceremony.plan, seeded("another ceremony")).trustees
    return record.archive()


@DEFECTS.add(6)
def a_certificate_signed_by_nobody(scene: Scene) -> bytes:
    def change(value: Any) -> None:
        signature = value[0][1]["certs"][1]["signature"]
        signature["response"] = another(signature["response"])

    return _with_trustees(scene, change)


@DEFECTS.add(6)
def commitments_signed_by_nobody(scene: Scene) -> bytes:
    def change(value: Any) -> None:
        signature = value[0][1]["coefexps"][0]["signature"]
        signature["challenge"] = another(signature["challenge"])

    return _with_trustees(scene, change)


@DEFECTS.add(6, tool=False)
def a_dealer_who_saw_other_certificates(scene: Scene) -> bytes:
    def change(value: Any) -> None:
        signatures = value[0][1]["signatures"]
        signatures[0], signatures[1] = signatures[1], signatures[0]

    return _with_trustees(scene, change)


@DEFECTS.add(6)
def verification_keys_exchanged(scene: Scene) -> bytes:
    def change(value: Any) -> None:
        value[0][1]["verification_keys"].reverse()

    return _with_trustees(scene, change)


@DEFECTS.add(6)
def a_key_without_knowledge_of_its_secret(scene: Scene) -> bytes:
    def change(value: Any) -> None:
        proof = value[0][1]["verification_keys"][2]["pok"]
        proof["response"] = another(proof["response"])

    return _with_trustees(scene, change)


# 7 credentials


def _with_credentials(scene: Scene, change: Callable[[list[str]], None]) -> bytes:
    record = scene.record()
    listed = load(record.credentials)
    change(listed)
    record.credentials = dump(listed)
    return record.archive()


@DEFECTS.add(7, tool=False)
def credentials_out_of_order(scene: Scene) -> bytes:
    return _with_credentials(scene, lambda listed: listed.reverse())


@DEFECTS.add(7)
def a_credential_listed_twice(scene: Scene) -> bytes:
    return _with_credentials(scene, lambda listed: listed.insert(0, listed[0]))


@DEFECTS.add(7, tool=False)
def a_credential_that_is_the_identity(scene: Scene) -> bytes:
    def change(listed: list[str]) -> None:
        listed.append(scene.group.encode(scene.group.identity))
        listed.sort()

    return _with_credentials(scene, change)


@DEFECTS.add(7)
def a_credential_outside_the_group(scene: Scene) -> bytes:
    def change(listed: list[str]) -> None:
        listed.append(outsider(scene))
        listed.sort()

    return _with_credentials(scene, change)
