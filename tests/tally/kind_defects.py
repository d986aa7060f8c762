"""Records of every further kind of poll with one defect each, and the number of the check that must find it.

As in ``defects``: everything around the defect is consistent. ``tool`` says whether belenios-tool 2.0
refuses it too; None where the tool does not read such records (recorded polls).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.tally.defects import Broken, _another
from tests.tally.kinds import KindScene
from tests.tally.scenes import TIMESTAMP, Record, chain, make_receipts
from voting.tally.answers import Sealer
from voting.tally.ballot import sign_content
from voting.tally.container import write_container
from voting.tally.json_form import dump, load, sha256_hex
from voting.tally.shuffle import make_shuffle


@dataclass(frozen=True)
class KindDefect:
    """A named defect of one kind of poll; ``number`` is the check that must refuse it."""

    name: str
    kind: str
    number: int
    build: Callable[[KindScene], Broken]
    tool: bool | None


KIND_DEFECTS: list[KindDefect] = []


def defect(
    kind: str, number: int, *, tool: bool | None = True
) -> Callable[[Callable[[KindScene], bytes | Broken]], Callable[[KindScene], Broken]]:
    """Register a builder under its own name."""

    def register(build: Callable[[KindScene], bytes | Broken]) -> Callable[[KindScene], Broken]:
        def run(scene: KindScene) -> Broken:
            made = build(scene)
            return made if isinstance(made, Broken) else Broken(made)

        KIND_DEFECTS.append(KindDefect(build.__name__, kind, number, run, tool))
        return run

    return register


def _written(groups: list[tuple[str, list[bytes]]]) -> bytes:
    return write_container(chain(groups), TIMESTAMP)


def _content(scene: KindScene, voter: int) -> dict[str, Any]:
    value: dict[str, Any] = load(scene.ballots[voter])
    del value["signature"]
    return value


def _signed(scene: KindScene, voter: int, content: dict[str, Any]) -> bytes:
    return sign_content(scene.group, content, scene.credentials[voter], scene.rng)


def _with_first(scene: KindScene, raw: bytes) -> Record:
    """The first ballot replaced; what is tallied stays that of the honest ones."""
    record = scene.record()
    record.ballots[0] = raw
    return record


# several questions


@defect("several", 8)
def a_question_left_out(scene: KindScene) -> bytes:
    content = _content(scene, 0)
    content["answers"].pop()
    return _with_first(scene, _signed(scene, 0, content)).archive()


@defect("several", 8)
def answers_to_two_questions_exchanged(scene: KindScene) -> bytes:
    content = _content(scene, 0)
    content["answers"][2:4] = reversed(content["answers"][2:4])
    return _with_first(scene, _signed(scene, 0, content)).archive()


@defect("several", 11)
def a_choice_moved_from_one_question_to_another(scene: KindScene) -> bytes:
    content = _content(scene, 0)
    content["answers"][3]["choices"][0] = content["answers"][4]["choices"][0]
    return _with_first(scene, _signed(scene, 0, content)).archive()


@defect("several", 13)
def sums_of_two_questions_exchanged(scene: KindScene) -> bytes:
    record = scene.record()
    value = load(record.tally or b"")
    value[3:5] = reversed(value[3:5])
    record.tally = dump(value)
    scene.open(record)
    return record.archive()


@defect("several", 16)
def results_of_two_questions_exchanged(scene: KindScene) -> bytes:
    record = scene.record()
    value = load(record.result)
    value["result"][3:5] = reversed(value["result"][3:5])
    record.result = dump(value)
    return record.archive()


@defect("several", 3, tool=False)
def shuffles_where_nothing_is_mixed(scene: KindScene) -> bytes:
    groups = scene.record().groups()
    place = [kind for kind, _ in groups].index("PartialDecryption")
    groups.insert(place, ("EndShuffles", []))
    return _written(groups)


# questions that go through shuffles


@defect("ranked", 3, tool=False)
def no_shuffle(scene: KindScene) -> bytes:
    """The ballots are decrypted one by one, in the order of the board's list."""
    record = scene.record()
    record.shuffles, record.mixed = [], False
    scene.open(record)
    return record.archive()


@defect("ranked", 3, tool=False)
def shuffles_that_do_not_end(scene: KindScene) -> bytes:
    record = scene.record()
    record.mixed = False
    return record.archive()


@defect("ranked", 4, tool=False)
def a_shuffle_written_with_spaces(scene: KindScene) -> bytes:
    record = scene.record()
    owner, raw = record.shuffles[-1]
    record.shuffles[-1] = (owner, raw.replace(b'"ciphertexts":', b'"ciphertexts": ', 1))
    return record.archive()


@defect("ranked", 5)
def numbers_that_do_not_fit_their_use(scene: KindScene) -> bytes:
    record = scene.record()
    value = load(record.election)
    value["questions"][0]["value"]["answers"].pop()
    record.election = dump(value)
    return record.archive()


@defect("ranked", 8)
def a_paper_outside_the_group(scene: KindScene) -> bytes:
    content = _content(scene, 0)
    outside = "0" * 64 if scene.group.name == "Ed25519" else "5"
    content["answers"][0]["choices"]["beta"] = outside
    return _with_first(scene, _signed(scene, 0, content)).archive()


@defect("ranked", 8)
def a_sum_where_numbers_are_asked_for(scene: KindScene) -> bytes:
    content = _content(scene, 0)
    answer = content["answers"][0]
    content["answers"][0] = {
        "choices": [answer["choices"]],
        "individual_proofs": [[answer["proof"]] * 2],
        "overall_proof": [answer["proof"]],
    }
    return _with_first(scene, _signed(scene, 0, content)).archive()


@defect("ranked", 11)
def a_paper_copied_from_another_delegate(scene: KindScene) -> bytes:
    content = {**_content(scene, 1), "credential": scene.credentials[0].public}
    return scene.record([_signed(scene, 0, content), *scene.ballots[1:]]).archive()


@defect("ranked", 13)
def a_list_in_the_order_of_casting(scene: KindScene) -> bytes:
    record = scene.record()
    value = [[load(raw)["answers"][0]["choices"] for raw in scene.ballots]]
    value = value if dump(value) != record.tally else [value[0][::-1]]
    record.tally = dump(value)
    scene.shuffle(record)
    scene.open(record)
    return record.archive()


@defect("ranked", 19)
def a_shuffle_that_exchanges_a_paper(scene: KindScene) -> bytes:
    """The first paper is replaced by one of the shuffler's own; everything after it is consistent."""
    record = scene.record()
    owner, raw = record.shuffles[-1]
    value = load(raw)
    sealer = Sealer(scene.election, scene.credentials[0].public)
    value["ciphertexts"][0][0] = sealer.seal(scene.election.questions[0], (3, 1, 2), scene.rng)["choices"]
    record.shuffles[-1] = (owner, dump(value))
    scene.open(record)
    return record.archive()


@defect("ranked", 19)
def a_shuffle_that_doubles_a_paper(scene: KindScene) -> bytes:
    record = scene.record()
    owner, raw = record.shuffles[-1]
    value = load(raw)
    value["ciphertexts"][0][0] = value["ciphertexts"][0][1]
    record.shuffles[-1] = (owner, dump(value))
    scene.open(record)
    return record.archive()


@defect("ranked", 19)
def a_shuffle_that_leaves_a_paper_out(scene: KindScene) -> bytes:
    record = scene.record()
    value = load(record.tally or b"")
    value[0].pop()
    first = make_shuffle(scene.election, dump(value), scene.rng)
    record.shuffles = [(2, first)]
    record.shuffles.append((3, make_shuffle(scene.election, scene.mixed(record), scene.rng)))
    scene.open(record)
    return record.archive()


@defect("ranked", 19)
def a_shuffle_of_what_was_there_before(scene: KindScene) -> bytes:
    """The second scrutineer shuffles the ballots again instead of the first one's shuffle."""
    record = scene.record()
    record.shuffles[-1] = (3, make_shuffle(scene.election, record.tally or b"", scene.rng))
    scene.open(record)
    return record.archive()


def _with_proof(scene: KindScene, change: Callable[[Any], None]) -> bytes:
    record = scene.record()
    owner, raw = record.shuffles[0]
    value = load(raw)
    change(value["proofs"][0])
    record.shuffles[0] = (owner, dump(value))
    return record.archive()


@defect("ranked", 19)
def a_shuffle_with_an_altered_response(scene: KindScene) -> bytes:
    def change(proof: Any) -> None:
        proof[1][3] = _another(proof[1][3])

    return _with_proof(scene, change)


@defect("ranked", 19)
def a_shuffle_with_altered_responses_in_its_chain(scene: KindScene) -> bytes:
    def change(proof: Any) -> None:
        proof[1][4][1] = _another(proof[1][4][1])

    return _with_proof(scene, change)


@defect("ranked", 19)
def a_shuffle_with_another_commitment(scene: KindScene) -> bytes:
    def change(proof: Any) -> None:
        proof[2][0], proof[2][1] = proof[2][1], proof[2][0]

    return _with_proof(scene, change)


@defect("ranked", 19)
def a_shuffle_with_a_proof_that_is_too_short(scene: KindScene) -> bytes:
    return _with_proof(scene, lambda proof: proof[3].pop())


@defect("ranked", 19, tool=False)
def a_scrutineer_who_shuffles_twice(scene: KindScene) -> bytes:
    record = scene.record()
    record.shuffles[1] = (2, record.shuffles[1][1])
    return record.archive()


@defect("ranked", 19, tool=False)
def a_shuffle_by_nobody(scene: KindScene) -> bytes:
    record = scene.record()
    record.shuffles[1] = (9, record.shuffles[1][1])
    return record.archive()


@defect("ranked", 20, tool=False)
def too_few_shuffles(scene: KindScene) -> bytes:
    record = scene.record()
    record.shuffles.pop()
    scene.open(record)
    return record.archive()


@defect("ranked", 14)
def a_decryption_of_what_was_not_shuffled(scene: KindScene) -> bytes:
    record = scene.record()
    scene.open(record, record.tally)
    return record.archive()


@defect("ranked", 16)
def a_paper_rewritten_in_the_result(scene: KindScene) -> bytes:
    record = scene.record()
    value = load(record.result)
    value["result"][0][0] = [3, 1, 2]
    record.result = dump(value)
    return record.archive()


@defect("ranked", 16)
def papers_in_another_order(scene: KindScene) -> bytes:
    record = scene.record()
    value = load(record.result)
    value["result"][0].reverse()
    record.result = dump(value)
    return record.archive()


# a later ballot replaces an earlier one


@defect("again", 9, tool=False)
def a_replaced_ballot_brought_back(scene: KindScene) -> bytes:
    """The first delegate's first ballot once more: it would be the last again."""
    return scene.record([*scene.ballots, scene.ballots[0]]).archive()


@defect("again", 12, tool=False)
def replaced_ballots_among_the_number_that_count(scene: KindScene) -> bytes:
    record = scene.record()
    record.sized = {"num_tallied": 4, "total_weight": 4}
    return record.archive()


@defect("again", 13)
def the_first_ballot_counted_instead_of_the_last(scene: KindScene) -> bytes:
    return scene.record(tallied=scene.ballots[:3]).archive()


@defect("again", 5)
def terms_that_are_unclear(scene: KindScene) -> bytes:
    record = scene.record()
    record.election = dump({**load(record.election), "description": '{"terms":{"counted":"both"}}'})
    return record.archive()


@defect("again", 18, tool=False)
def the_last_ballot_removed_before_publication(scene: KindScene) -> Broken:
    receipts = make_receipts(scene, scene.record())
    return Broken(scene.record(scene.ballots[:3]).archive(), receipts)


# recorded polls


@defect("recorded", 3, tool=None)
def something_encrypted_in_a_recorded_poll(scene: KindScene) -> bytes:
    groups = scene.record().groups()
    tally = dump([[], []])
    sized = dump({"num_tallied": 3, "total_weight": 3, "encrypted_tally": sha256_hex(tally)})
    groups.insert(-1, ("EncryptedTally", [tally, sized]))
    return _written(groups)


@defect("recorded", 4, tool=None)
def a_recorded_poll_with_a_key(scene: KindScene) -> bytes:
    record = scene.record()
    record.election = dump({**load(record.election), "public_key": "x"})
    return record.archive()


@defect("recorded", 5, tool=None)
def an_unknown_degree_of_secrecy(scene: KindScene) -> bytes:
    record = scene.record()
    record.election = dump({**load(record.election), "secrecy": "half"})
    return record.archive()


@defect("recorded", 6, tool=None)
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


@defect("recorded", 7, tool=None)
def a_delegate_with_two_credentials(scene: KindScene) -> bytes:
    return _with_voters(scene, lambda voters: voters[0].update(delegate=voters[1]["delegate"]))


@defect("recorded", 7, tool=None)
def a_delegate_without_a_name(scene: KindScene) -> bytes:
    return _with_voters(scene, lambda voters: voters[0].update(name=""))


@defect("recorded", 7, tool=None)
def voters_out_of_order(scene: KindScene) -> bytes:
    return _with_voters(scene, lambda voters: voters.reverse())


@defect("recorded", 8, tool=None)
def a_recorded_answer_of_the_wrong_length(scene: KindScene) -> bytes:
    content = _content(scene, 0)
    content["answers"][0].pop()
    return _with_first(scene, _signed(scene, 0, content)).archive()


@defect("recorded", 9, tool=None)
def a_delegate_who_is_recorded_twice(scene: KindScene) -> bytes:
    return scene.record([*scene.ballots, scene.ballot(0, [(0, 1, 0), (0, 0, 0)])]).archive()


@defect("recorded", 10, tool=None)
def a_recorded_vote_changed_by_the_server(scene: KindScene) -> bytes:
    value = load(scene.ballots[0])
    value["answers"][0] = [0, 1, 0]
    return scene.record([dump(value), *scene.ballots[1:]]).archive()


@defect("recorded", 11, tool=None)
def a_delegate_for_and_against(scene: KindScene) -> bytes:
    content = _content(scene, 0)
    content["answers"][0] = [1, 1, 0]
    return scene.record([_signed(scene, 0, content), *scene.ballots[1:]]).archive()


@defect("recorded", 16, tool=None)
def a_recorded_vote_miscounted(scene: KindScene) -> bytes:
    record = scene.record()
    record.result = record.result.replace(b"[1,1,1]", b"[2,0,1]")
    return record.archive()


@defect("recorded", 18, tool=None)
def a_recorded_vote_removed_before_publication(scene: KindScene) -> Broken:
    receipts = make_receipts(scene, scene.record())
    return Broken(scene.record(scene.ballots[:2]).archive(), receipts)


def honest_kind(scene: KindScene) -> Broken:
    """A record without defect, with all its receipts."""
    record = scene.record()
    return Broken(record.archive(), make_receipts(scene, record))
