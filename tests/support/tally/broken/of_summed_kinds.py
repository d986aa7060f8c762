"""Questions that are summed: several in one poll, and ballots that replace earlier ones."""

from tests.support.tally.broken.forms import Broken
from tests.support.tally.broken.kind_forms import KindDefects, content_of, signed, with_first, written
from tests.support.tally.kinds import KindScene
from tests.support.tally.scenes import make_receipts
from voting.tally.json_form import dump, load

DEFECTS = KindDefects()


# several questions


@DEFECTS.add("several", 8)
def a_question_left_out(scene: KindScene) -> bytes:
    content = content_of(scene, 0)
    content["answers"].pop()
    return with_first(scene, signed(scene, 0, content)).archive()


@DEFECTS.add("several", 8)
def answers_to_two_questions_exchanged(scene: KindScene) -> bytes:
    content = content_of(scene, 0)
    content["answers"][2:4] = reversed(content["answers"][2:4])
    return with_first(scene, signed(scene, 0, content)).archive()


@DEFECTS.add("several", 11)
def a_choice_moved_from_one_question_to_another(scene: KindScene) -> bytes:
    content = content_of(scene, 0)
    content["answers"][3]["choices"][0] = content["answers"][4]["choices"][0]
    return with_first(scene, signed(scene, 0, content)).archive()


@DEFECTS.add("several", 13)
def sums_of_two_questions_exchanged(scene: KindScene) -> bytes:
    record = scene.record()
    value = load(record.tally or b"")
    value[3:5] = reversed(value[3:5])
    record.tally = dump(value)
    scene.open(record)
    return record.archive()


@DEFECTS.add("several", 16)
def results_of_two_questions_exchanged(scene: KindScene) -> bytes:
    record = scene.record()
    value = load(record.result)
    value["result"][3:5] = reversed(value["result"][3:5])
    record.result = dump(value)
    return record.archive()


@DEFECTS.add("several", 3, tool=False)
def shuffles_where_nothing_is_mixed(scene: KindScene) -> bytes:
    groups = scene.record().groups()
    place = [kind for kind, _ in groups].index("PartialDecryption")
    groups.insert(place, ("EndShuffles", []))
    return written(groups)


# a later ballot replaces an earlier one


@DEFECTS.add("again", 9, tool=False)
def a_replaced_ballot_brought_back(scene: KindScene) -> bytes:
    """The first delegate's first ballot once more: it would be the last again."""
    return scene.record([*scene.ballots, scene.ballots[0]]).archive()


@DEFECTS.add("again", 12, tool=False)
def replaced_ballots_among_the_number_that_count(scene: KindScene) -> bytes:
    record = scene.record()
    record.sized = {"num_tallied": 4, "total_weight": 4}
    return record.archive()


@DEFECTS.add("again", 13)
def the_first_ballot_counted_instead_of_the_last(scene: KindScene) -> bytes:
    return scene.record(tallied=scene.ballots[:3]).archive()


@DEFECTS.add("again", 5)
def terms_that_are_unclear(scene: KindScene) -> bytes:
    record = scene.record()
    record.election = dump({**load(record.election), "description": '{"terms":{"counted":"both"}}'})
    return record.archive()


@DEFECTS.add("again", 18, tool=False)
def the_last_ballot_removed_before_publication(scene: KindScene) -> Broken:
    receipts = make_receipts(scene, scene.record())
    return Broken(scene.record(scene.ballots[:3]).archive(), receipts)
