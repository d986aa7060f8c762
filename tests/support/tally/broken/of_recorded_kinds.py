"""Recorded polls."""

from collections.abc import Callable

from tests.support.tally.broken.forms import Broken
from tests.support.tally.broken.kind_forms import KindDefects, content_of, signed, with_first, written
from tests.support.tally.kinds import KindScene
from tests.support.tally.scenes import make_receipts
from voting.tally.json_form import dump, load, sha256_hex

DEFECTS = KindDefects()


@DEFECTS.add("recorded", 3, tool=None)
def something_encrypted_in_a_recorded_poll(scene: KindScene) -> bytes:
    groups = scene.record().groups()
    tally = dump([[], []])
    sized = dump({"num_tallied": 3, "total_weight": 3, "encrypted_tally": sha256_hex(tally)})
    groups.insert(-1, ("EncryptedTally", [tally, sized]))
    return written(groups)


@DEFECTS.add("recorded", 4, tool=None)
def a_recorded_poll_with_a_key(scene: KindScene) -> bytes:
    record = scene.record()
    record.election = dump({**load(record.election), "public_key": "x"})
    return record.archive()


@DEFECTS.add("recorded", 5, tool=None)
def an_unknown_degree_of_secrecy(scene: KindScene) -> bytes:
    record = scene.record()
    record.election = dump({**load(record.election), "secrecy": "half"})
    return record.archive()


@DEFECTS.add("recorded", 6, tool=None)
def a_recorded_poll_with_scrutineers_keys(scene: KindScene) -> bytes:
    record = scene.record()
    key = {"pok": {"challenge": "1", "response": "1"}, "public_key": scene.credentials[0].public}
    record.trustees = dump([["Single", key]])
    return record.archive()


def _with_voters(scene: KindScene, change: Callable[[list[dict[str, str]]], None]) -> bytes:
    record = scene.record()
    voters = load(record.credentials)
    change(voters)
    record.credentials = dump(voters)
    return record.archive()


@DEFECTS.add("recorded", 7, tool=None)
def a_delegate_with_two_credentials(scene: KindScene) -> bytes:
    return _with_voters(scene, lambda voters: voters[0].update(delegate=voters[1]["delegate"]))


@DEFECTS.add("recorded", 7, tool=None)
def a_delegate_number_with_a_blank(scene: KindScene) -> bytes:
    return _with_voters(scene, lambda voters: voters[0].update(delegate=voters[0]["delegate"] + " "))


@DEFECTS.add("recorded", 7, tool=None)
def a_delegate_number_in_full_width(scene: KindScene) -> bytes:
    return _with_voters(scene, lambda voters: voters[0].update(delegate="\uff11"))


@DEFECTS.add("recorded", 7, tool=None)
def a_delegates_name_in_another_spelling(scene: KindScene) -> bytes:
    return _with_voters(scene, lambda voters: voters[0].update(name=voters[0]["name"] + " "))


@DEFECTS.add("recorded", 7, tool=None)
def a_delegate_without_a_name(scene: KindScene) -> bytes:
    return _with_voters(scene, lambda voters: voters[0].update(name=""))


@DEFECTS.add("recorded", 7, tool=None)
def voters_out_of_order(scene: KindScene) -> bytes:
    return _with_voters(scene, lambda voters: voters.reverse())


@DEFECTS.add("recorded", 8, tool=None)
def a_recorded_answer_of_the_wrong_length(scene: KindScene) -> bytes:
    content = content_of(scene, 0)
    content["answers"][0].pop()
    return with_first(scene, signed(scene, 0, content)).archive()


@DEFECTS.add("recorded", 9, tool=None)
def a_delegate_who_is_recorded_twice(scene: KindScene) -> bytes:
    return scene.record([*scene.ballots, scene.ballot(0, [(0, 1, 0), (0, 0, 0)])]).archive()


@DEFECTS.add("recorded", 10, tool=None)
def a_recorded_vote_changed_by_the_server(scene: KindScene) -> bytes:
    value = load(scene.ballots[0])
    value["answers"][0] = [0, 1, 0]
    return scene.record([dump(value), *scene.ballots[1:]]).archive()


@DEFECTS.add("recorded", 11, tool=None)
def a_delegate_for_and_against(scene: KindScene) -> bytes:
    content = content_of(scene, 0)
    content["answers"][0] = [1, 1, 0]
    return scene.record([signed(scene, 0, content), *scene.ballots[1:]]).archive()


@DEFECTS.add("recorded", 16, tool=None)
def a_recorded_vote_miscounted(scene: KindScene) -> bytes:
    record = scene.record()
    record.result = record.result.replace(b"[1,1,1]", b"[2,0,1]")
    return record.archive()


@DEFECTS.add("recorded", 18, tool=None)
def a_recorded_vote_removed_before_publication(scene: KindScene) -> Broken:
    receipts = make_receipts(scene, scene.record())
    return Broken(scene.record(scene.ballots[:2]).archive(), receipts)
