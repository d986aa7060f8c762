"""What the verifier's other checks leave nothing to find for, and readers that a terminal uses without them."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.support.tally.broken.forms import resigned
from tests.support.tally.broken.places import TORSION, at, leaves, replaced
from tests.support.tally.kinds import make_kind
from tests.support.tally.scenes import COUNTS, GROUPS, SERVER, Record, make_receipts, make_scene
from voting.tally.ballots.ballot import check_ballot, last_of_each, read_ballot
from voting.tally.ballots.by_name import add_up_plain
from voting.tally.board.encrypted_tally import read_tally
from voting.tally.board.receipt import check_receipt
from voting.tally.board.result import check_partial_decryption, compute_result, partial_decrypt, read_result
from voting.tally.board.shuffle import mixed_so_far, mixed_tally
from voting.tally.errors import CheckFailed, TallyCode, TallyError
from voting.tally.json_form import dump, load
from voting.tally.trustees.document import Trustees
from voting.tally.trustees.private_share import PrivateShare
from voting.tally.verify.checks import CHECKS, verify_archive
from voting.tally.verify.state import State

RESULT = next(check for check in CHECKS if check.key == "result")
RESULT_BOUNDS = next(check for check in CHECKS if check.key == "result_bounds")


def read_state(record: Record) -> State:
    """A state in which every check up to the result has run."""
    state = State(record.archive())
    for check in CHECKS[: CHECKS.index(RESULT_BOUNDS)]:
        if check.applies(state):
            check.run(state)
    return state


@pytest.mark.parametrize("result", [((6, 0, 0, 0),), ((0, 0, 0, 6),), ((3, 3, 3, 2),), ((0, -1, 0, 0),)])
def test_the_last_safeguard_looks_at_the_result_itself(result: Any) -> None:
    state = read_state(make_scene("Ed25519").record())
    RESULT_BOUNDS.run(state)
    state.result = result
    with pytest.raises(TallyError) as caught:
        RESULT_BOUNDS.run(state)
    assert caught.value.code is TallyCode.RESULT_INVALID


@pytest.mark.parametrize("papers", [2, 4])
def test_the_last_safeguard_counts_the_papers(papers: int) -> None:
    state = read_state(make_kind("ranked", "Ed25519").record())
    RESULT_BOUNDS.run(state)
    state.result = (((1, 2, 3),) * papers,)
    with pytest.raises(TallyError, match="more or fewer papers than ballots"):
        RESULT_BOUNDS.run(state)


@pytest.mark.parametrize("question", [0, 2, 4])
def test_the_last_safeguard_looks_at_every_question(question: int) -> None:
    state = read_state(make_kind("several", "Ed25519").record())
    found = list(state.result)
    found[question] = (4, *(0 for _ in found[question][1:]))
    state.result = tuple(found)
    with pytest.raises(TallyError):
        RESULT_BOUNDS.run(state)


def test_a_minimum_is_a_bound_of_the_result() -> None:
    state = read_state(make_kind("several", "Ed25519").record())
    state.result = (*state.result[:3], (0, 0, 0), state.result[4])
    with pytest.raises(TallyError, match="more or fewer than the ballots allow"):
        RESULT_BOUNDS.run(state)


@pytest.mark.parametrize("version", [0, 2])
def test_a_receipt_of_another_version_is_refused_although_it_is_signed(version: int) -> None:
    scene = make_scene("Ed25519")
    receipt = make_receipts(scene, scene.record())[0]
    content = {**{name: value for name, value in receipt.items() if name != "signature"}, "version": version}
    signature = SERVER.sign(b"plenary-receipt|" + dump(content)).signature.hex()
    with pytest.raises(TallyError, match="not of version 1"):
        check_receipt({**content, "signature": signature})


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers()), max_size=8))
def test_the_last_ballot_of_each_counts_in_the_order_of_the_last_ones(ballots: list[tuple[str, int]]) -> None:
    last = {name: place for place, (name, _) in enumerate(ballots)}
    assert last_of_each(ballots) == [ballots[place][1] for place in sorted(last.values())]


def tallies() -> dict[str, tuple[bytes, TallyCode]]:
    """Tallies that a terminal must not take part in decrypting."""
    scene = make_kind("several", "Ed25519")
    value = load(scene.record().tally or b"")
    outside = scene.group.encode(scene.group.multiply(scene.group.decode(value[4][2]["beta"]), TORSION))
    shape = TallyCode.TALLY_INVALID
    return {
        "a question missing": (dump(value[:-1]), shape),
        "a question too many": (dump([*value, value[0]]), shape),
        **{f"an answer of {n} missing": (dump(replaced(value, (n,), value[n][:-1])), shape) for n in (0, 4)},
        **{
            f"an answer of {n} too many": (dump(replaced(value, (n,), [*value[n], value[n][0]])), shape) for n in (0, 4)
        },
        "outside": (dump(replaced(value, (4, 2, "beta"), outside)), TallyCode.NOT_IN_GROUP),
    }


@pytest.mark.parametrize("name", tallies())
def test_nobody_decrypts_or_shuffles_what_is_not_the_tally_of_the_poll(name: str) -> None:
    scene = make_kind("several", "Ed25519")
    share = PrivateShare("Ed25519", 1, decryption=5)
    raw, code = tallies()[name]
    with pytest.raises(TallyError) as caught:
        partial_decrypt(scene.election, share, raw, scene.rng)
    assert caught.value.code is code


def test_the_questions_that_are_mixed_have_as_many_ballots_each() -> None:
    scene = make_kind("mixed", "Ed25519")
    value = load(scene.record().tally or b"")
    read_tally(scene.election, dump(value))
    with pytest.raises(TallyError, match="shape of the questions"):
        read_tally(scene.election, dump([value[0], value[1], value[2][:-1]]))


def test_a_result_of_another_poll_cannot_be_read() -> None:
    scene = make_kind("several", "Ed25519")
    for listed in ([], [[1, 1, 1, 0]] * 6):
        with pytest.raises(TallyError) as caught:
            read_result(scene.election, dump({"result": listed}))
        assert caught.value.code is TallyCode.RESULT_INVALID


def test_a_decryption_is_refused_where_it_is_posted_too() -> None:
    """As the server checks it, without the verifier around it."""
    scene = make_scene("Ed25519")
    record = scene.record()
    trustees = Trustees.parse(scene.group, record.trustees)
    value = load(record.decryptions[0][1])
    far = scene.group.encode(scene.group.multiply(scene.group.decode(value["decryption_factors"][0][3]), TORSION))
    for path, new, code in (
        (("decryption_factors", 0, 3), far, TallyCode.NOT_IN_GROUP),
        (("decryption_factors", 0), value["decryption_factors"][0][:3], TallyCode.DECRYPTION_INVALID),
    ):
        raw = dump(replaced(value, path, new))
        with pytest.raises(TallyError) as caught:
            check_partial_decryption(scene.election, trustees, 1, record.tally or b"", raw)
        assert caught.value.code is code


def test_nobody_shuffles_twice_on_a_board_that_is_rebuilt_either() -> None:
    """Both shuffles are proven; only their owner is the same."""
    scene = make_kind("ranked", "Ed25519")
    record = scene.record()
    board = (scene.election, Trustees.parse(scene.group, record.trustees), record.ballots)
    first, second = (made.raw for made in record.shuffles)
    assert mixed_so_far(*board, record.shuffles) == scene.mixed(record)
    for owners, says in (((2, 2), "scrutineer 2 shuffled twice"), ((2, 4), "no scrutineer number 4")):
        with pytest.raises(TallyError, match=says):
            mixed_so_far(*board, map(scene.own, owners, (first, second)))


def test_a_shuffle_of_another_shape_is_not_put_in_place() -> None:
    scene = make_kind("mixed", "Ed25519")
    record = scene.record()
    value = load(record.shuffles[0][1])
    for field in value:
        with pytest.raises(TallyError, match="shape of the mixed questions"):
            mixed_tally(scene.election, record.tally or b"", dump({**value, field: value[field][:1]}))


@pytest.mark.parametrize("used", ["", "BELENIOS-2048"])
def test_a_share_that_is_unfinished_or_of_another_group_cannot_decrypt(used: str) -> None:
    scene = make_scene("Ed25519")
    share = PrivateShare(used or "Ed25519", 1, decryption=5 if used else None)
    with pytest.raises(ValueError, match="cannot decrypt"):
        partial_decrypt(scene.election, share, scene.record().tally or b"", scene.rng)


SHARE_LIES: dict[str, Any] = {
    "version": 2,
    "group": "Ed448",
    "index": "1",
    "signing": "01",
    "box": "00" * 31,
    "coefficients": ["1", "-1"],
    "decryption": str(2**253),
}


@pytest.mark.parametrize("field", SHARE_LIES)
def test_a_private_share_is_refused_for_each_of_its_fields(field: str) -> None:
    honest = PrivateShare("Ed25519", 1, signing=5, box="00" * 32, coefficients=(1, 2), decryption=7)
    value = load(honest.to_json().encode())
    assert PrivateShare.from_json(dump(value).decode()) == honest
    with pytest.raises(TallyError) as caught:
        PrivateShare.from_json(dump({**value, field: SHARE_LIES[field]}).decode())
    assert caught.value.code is TallyCode.SHARE_INVALID


def test_a_ballot_that_nobody_would_read_is_not_made(monkeypatch: pytest.MonkeyPatch) -> None:
    scene = make_scene("Ed25519")
    size = len(scene.ballots[0])
    monkeypatch.setattr("voting.tally.ballots.ballot.MAX_BALLOT_BYTES", size + 20)
    scene.ballot(0, (1, 0, 0, 0))
    monkeypatch.setattr("voting.tally.ballots.ballot.MAX_BALLOT_BYTES", size - 20)
    with pytest.raises(ValueError, match=f"more than {size - 20}"):
        scene.ballot(0, (1, 0, 0, 0))


def test_ballots_that_are_encrypted_are_not_added_up_as_plain_ones() -> None:
    scene = make_scene("Ed25519")
    with pytest.raises(ValueError, match="encrypted"):
        add_up_plain(scene.election, [read_ballot(scene.election, raw) for raw in scene.ballots])


def test_a_count_that_the_ballots_cannot_give_is_not_searched_for_further() -> None:
    """Three chose the first answer."""
    scene = make_scene("Ed25519")
    record = scene.record()
    trustees = Trustees.parse(scene.group, record.trustees)
    given = (scene.election, trustees, record.tally or b"")
    assert compute_result(*given, 3, dict(record.decryptions))[1] == COUNTS
    with pytest.raises(TallyError) as caught:
        compute_result(*given, 2, dict(record.decryptions))
    assert caught.value.code is TallyCode.RESULT_INVALID


DOCUMENTS = ("election", "trustees", "credentials", "tally", "result", "decryption", "ballot")


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(DOCUMENTS), st.data())
def test_no_byte_of_a_document_can_be_changed_where_all_hashes_are_made_again(name: str, data: st.DataObject) -> None:
    """Receipts name the fingerprint: without them a credential that nobody used could be another."""
    scene = make_scene("Ed25519")
    record = scene.record()
    receipts = make_receipts(scene, record)
    place = data.draw(st.integers(0, 4 if name == "ballot" else 1))
    lists: dict[str, bytes] = {"ballot": record.ballots[place], "decryption": record.decryptions[place % 2][1]}
    raw = bytearray(lists.get(name) or getattr(record, name))
    raw[data.draw(st.integers(0, len(raw) - 1))] ^= data.draw(st.integers(1, 255))
    if name == "ballot":
        record.ballots[place] = bytes(raw)
    elif name == "decryption":
        record.decryptions[place % 2] = (record.decryptions[place % 2][0], bytes(raw))
    else:
        setattr(record, name, bytes(raw))
    with pytest.raises(CheckFailed) as caught:
        verify_archive(record.archive(), receipts)
    assert caught.value.number > 3


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 4), st.data())
def test_no_letter_of_a_ballot_can_be_changed_even_by_its_owner(voter: int, data: st.DataObject) -> None:
    """Signed again, so that the signature holds."""
    scene = make_scene("Ed25519")
    content = load(scene.ballots[voter])
    del content["signature"]
    path = data.draw(st.sampled_from(list(leaves(content))))
    text = list(at(content, path))
    place = data.draw(st.integers(0, len(text) - 1))
    letter = data.draw(st.sampled_from("0123456789abcdefZ"))
    assume(text[place] != letter)
    text[place] = letter
    raw = resigned(scene, voter, replaced(content, path, "".join(text)))
    with pytest.raises(TallyError) as caught:
        check_ballot(scene.election, frozenset(item.public for item in scene.credentials), raw)
    assert caught.value.code is not TallyCode.SIGNATURE_INVALID


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("place", [1, 2, 3])
def test_the_result_is_only_what_all_decryptions_give(group: str, place: int) -> None:
    """Fed directly: check 14 lets no false factor through to here. Whoever is more than enough must agree."""
    scene = replace(make_scene(group), owners=(1, 2, 3))
    state = read_state(scene.record([]))
    value = load(state.decryptions[place])
    first = scene.group.decode(value["decryption_factors"][0][0])
    value["decryption_factors"][0][0] = scene.group.encode(scene.group.multiply(first, scene.group.g))
    state.decryptions[place] = dump(value)
    with pytest.raises(TallyError, match="scrutineer 3 contradicts those of the others") as caught:
        RESULT.run(state)
    assert caught.value.code is TallyCode.DECRYPTION_INVALID


def test_a_recorded_poll_has_no_keys_to_ask() -> None:
    with pytest.raises(ValueError, match="no scrutineers' keys"):
        _ = State(b"").keys
