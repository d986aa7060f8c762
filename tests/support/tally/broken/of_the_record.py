"""The record as a file: its form, its chain of events, their order and how they are written (checks 1 to 4)."""

from collections.abc import Callable
from typing import Any

from tests.support.tally.broken.forms import Defects, patched
from tests.support.tally.scenes import TIMESTAMP, Scene, chain
from voting.tally.board.container import write_container
from voting.tally.json_form import dump, load

DEFECTS = Defects()


# 1 archive_format


@DEFECTS.add(1)
def an_empty_file(scene: Scene) -> bytes:
    return b""


@DEFECTS.add(1)
def trailing_zero_blocks(scene: Scene) -> bytes:
    return scene.record().archive() + bytes(1024)


@DEFECTS.add(1)
def a_file_cut_short(scene: Scene) -> bytes:
    return scene.record().archive()[:-512]


@DEFECTS.add(1)
def a_document_that_is_not_what_its_name_says(scene: Scene) -> bytes:
    entries = chain(scene.record().groups())
    return write_container([entries[0]._replace(digest="0" * 64), *entries[1:]], TIMESTAMP)


@DEFECTS.add(1)
def a_modern_tar_header(scene: Scene) -> bytes:
    archive = bytearray(scene.record().archive())
    archive[257:262] = b"ustar"
    archive[148:156] = b"        "
    archive[148:156] = b"%06o\0 " % sum(archive[:512])
    return bytes(archive)


@DEFECTS.add(1)
def a_record_of_version_2(scene: Scene) -> bytes:
    archive = scene.record().archive()
    return archive[:512] + patched(archive[512:1024], b'"version":1', b'"version":2') + archive[1024:]


@DEFECTS.add(1)
def junk_behind_a_document(scene: Scene) -> bytes:
    archive = bytearray(scene.record().archive())
    archive[1023] = 1
    return bytes(archive)


# 2 event_chain


@DEFECTS.add(2)
def an_event_that_names_another_parent(scene: Scene) -> bytes:
    def edit(event: dict[str, Any]) -> dict[str, Any]:
        return {**event, "parent": "0" * 64} if event["height"] == 2 else event

    return write_container(chain(scene.record().groups(), edit), TIMESTAMP)


@DEFECTS.add(2)
def a_height_left_out(scene: Scene) -> bytes:
    def edit(event: dict[str, Any]) -> dict[str, Any]:
        return {**event, "height": event["height"] + (event["height"] > 2)}

    return write_container(chain(scene.record().groups(), edit), TIMESTAMP)


# 3 event_grammar


def _with_groups(scene: Scene, change: Callable[[list[tuple[str, list[bytes]]]], None]) -> bytes:
    groups = scene.record().groups()
    change(groups)
    return write_container(chain(groups), TIMESTAMP)


@DEFECTS.add(3, tool=False)
def no_result(scene: Scene) -> bytes:
    return _with_groups(scene, lambda groups: groups.__delitem__(-1))


@DEFECTS.add(3, tool=False)
def the_end_of_the_ballots_in_the_middle(scene: Scene) -> bytes:
    """The ballots before it drop out; the rest of the record is consistent with that."""
    groups = scene.record(summed=scene.ballots[2:]).groups()
    groups.insert(3, groups.pop(6))
    return write_container(chain(groups), TIMESTAMP)


@DEFECTS.add(3, tool=False)
def two_ends_of_the_ballots(scene: Scene) -> bytes:
    return _with_groups(scene, lambda groups: groups.insert(6, groups[6]))


@DEFECTS.add(3, tool=False)
def two_results(scene: Scene) -> bytes:
    return _with_groups(scene, lambda groups: groups.append(groups[-1]))


@DEFECTS.add(3, tool=False)
def two_setups(scene: Scene) -> bytes:
    return _with_groups(scene, lambda groups: groups.insert(1, groups[0]))


@DEFECTS.add(3, tool=False)
def no_end_of_the_ballots(scene: Scene) -> bytes:
    return _with_groups(scene, lambda groups: groups.remove(("EndBallots", [])))


@DEFECTS.add(3, tool=False)
def two_tallies(scene: Scene) -> bytes:
    def change(groups: list[tuple[str, list[bytes]]]) -> None:
        place = next(place for place, (kind, _) in enumerate(groups) if kind == "EncryptedTally")
        groups.insert(place, groups[place])

    return _with_groups(scene, change)


@DEFECTS.add(3)
def a_document_that_no_event_names(scene: Scene) -> bytes:
    return _with_groups(scene, lambda groups: groups[2][1].insert(0, b'{"stray":1}'))


@DEFECTS.add(3)
def a_document_after_its_event(scene: Scene) -> bytes:
    entries = chain(scene.record().groups())
    entries[-1], entries[-2] = entries[-2], entries[-1]
    return write_container(entries, TIMESTAMP)


@DEFECTS.add(3)
def a_result_without_its_document(scene: Scene) -> bytes:
    entries = chain(scene.record().groups())
    del entries[-2]
    return write_container(entries, TIMESTAMP)


# 4 canonical_json


@DEFECTS.add(4, tool=False)
def a_result_written_with_spaces(scene: Scene) -> bytes:
    record = scene.record()
    record.result = patched(record.result, b":", b": ")
    return record.archive()


@DEFECTS.add(4)
def a_height_with_a_decimal_point(scene: Scene) -> bytes:
    def edit(event: dict[str, Any]) -> dict[str, Any]:
        return {**event, "height": float(event["height"])} if event["height"] == 1 else event

    return write_container(chain(scene.record().groups(), edit), TIMESTAMP)


@DEFECTS.add(4)
def a_ballot_with_its_fields_in_another_order(scene: Scene) -> bytes:
    record = scene.record()
    value = load(record.ballots[0])
    record.ballots[0] = dump({"election_hash": value.pop("election_hash"), **value})
    return record.archive()


@DEFECTS.add(4, tool=False)
def a_field_written_twice(scene: Scene) -> bytes:
    record = scene.record()
    record.result = patched(record.result, b'{"result"', b'{"result":[[0,0,0,0]],"result"')
    return record.archive()


@DEFECTS.add(4)
def an_event_with_an_extra_field(scene: Scene) -> bytes:
    return write_container(chain(scene.record().groups(), lambda event: {**event, "note": "x"}), TIMESTAMP)


@DEFECTS.add(4)
def a_negative_count(scene: Scene) -> bytes:
    record = scene.record()
    record.result = b'{"result":[[-1,5,1,1]]}'
    return record.archive()
