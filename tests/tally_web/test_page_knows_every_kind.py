"""Polls of every further kind: with the same randomness the page and Python write the same bytes, part by part."""

from pathlib import Path
from typing import Any

import pytest

from tests.support.tally.boards import put_ballot
from tests.support.tally.kinds import CAST, KindScene, make_kind
from tests.tally_web.page_samples import TIMESTAMP, belenios_accepts, opening_of
from tests.tally_web.tally_page import Page, seeded
from voting.tally.ballots.ballot import check_ballot, fill_ballot
from voting.tally.ballots.by_name import NO_TRUSTEES, encode_voters
from voting.tally.board.chain import (
    END_BALLOTS,
    END_SHUFFLES,
    Board,
    ballot_step,
    decryption_step,
    result_step,
    shuffle_step,
)
from voting.tally.board.encrypted_tally import sum_ballots
from voting.tally.board.result import compute_results, partial_decrypt
from voting.tally.board.shuffle import check_shuffle, make_shuffle, mixed_tally
from voting.tally.board.shuffle_owner import check_shuffle_owner, sign_shuffle
from voting.tally.trustees.document import Trustees

pytestmark = pytest.mark.long

CASES = [(kind, "Ed25519") for kind in CAST] + [("several", "BELENIOS-2048"), ("ranked", "RFC-3526-2048")]
SECRET = [case for case in CASES if case[0] != "recorded"]
NOBODY = {"index": 0, "made": list[str]()}
"""The terminal of somebody who shuffles nothing."""
MIXED = [case for case in CASES if case[0] in ("mixed", "ranked")]


@pytest.mark.parametrize(("kind", "group_name"), CASES)
def test_ballots(page: Page, kind: str, group_name: str) -> None:
    scene = make_kind(kind, group_name)
    credential = scene.credentials[0]
    answers = CAST[kind][1][0]
    request = {
        "election": scene.election.raw,
        "credential": {"private": str(credential.private), "public": credential.public},
        "answers": [list(values) for values in answers],
    }
    made = page.call("seeded.fillBallot", seed="ballot", **request)
    assert made == fill_ballot(scene.election, credential, answers, seeded("ballot"))
    fresh = page.call("fillBallot", **request)["raw"]
    check_ballot(scene.election, frozenset({credential.public}), fresh)


@pytest.mark.parametrize(("kind", "group_name"), SECRET)
def test_tallies_and_decryptions(page: Page, kind: str, group_name: str) -> None:
    scene = make_kind(kind, group_name)
    record = scene.record()
    tally = page.call("sumBallots", election=scene.election.raw, ballots=scene.ballots)
    assert tally == record.tally
    opened = scene.mixed(record)
    assert scene.ceremony is not None
    share = scene.ceremony.shares[0]
    request = {"election": scene.election.raw, "share": share.to_json(), "encryptedTally": opened}
    made = page.call("seeded.partialDecrypt", seed="open", **request)
    assert made == partial_decrypt(scene.election, share, opened, seeded("open"))
    result = page.call(
        "computeResult",
        election=scene.election.raw,
        trustees=record.trustees,
        encryptedTally=opened,
        counted=record.sized["num_tallied"],
        decryptions=[{"owner": owner, "raw": raw} for owner, raw in record.decryptions],
    )
    assert result == record.result


@pytest.mark.parametrize(("kind", "group_name"), MIXED)
def test_shuffles(page: Page, kind: str, group_name: str) -> None:
    scene = make_kind(kind, group_name)
    tally = sum_ballots(scene.election, scene.ballots)
    request = {"election": scene.election.raw, "encryptedTally": tally}
    made = page.call("seeded.makeShuffle", seed="shuffle", **request)
    assert made == make_shuffle(scene.election, tally, seeded("shuffle"))
    check_shuffle(scene.election, tally, made)
    assert scene.ceremony is not None
    share = scene.ceremony.shares[1]
    owned = page.call("seeded.signShuffle", seed="sign", election=scene.election.raw, share=share.to_json(), raw=made)
    assert owned == sign_shuffle(scene.election, share, made, seeded("sign"))
    mixed = page.call("mixedTally", **request, shuffle=made)
    assert mixed == mixed_tally(scene.election, tally, made)


@pytest.mark.parametrize("ballots", [0, 1])
def test_shuffles_of_almost_nothing(page: Page, ballots: int) -> None:
    scene = make_kind("ranked", "Ed25519")
    tally = sum_ballots(scene.election, scene.ballots[:ballots])
    made = page.call("seeded.makeShuffle", seed="few", election=scene.election.raw, encryptedTally=tally)
    assert made == make_shuffle(scene.election, tally, seeded("few"))


@pytest.mark.parametrize(("kind", "group_name"), [*SECRET, ("recorded", "Ed25519")])
def test_page_rebuilds_the_board(page: Page, kind: str, group_name: str) -> None:
    scene = make_kind(kind, group_name)
    record = scene.record()
    board = open_board(scene)
    seen = page.call("verifyBoard", **documents(scene), ballots=scene.ballots)
    for raw in scene.ballots:
        entry = put_ballot(board, raw)
    assert (seen["fingerprint"], seen["head"], seen["height"]) == (board.fingerprint, entry.head, entry.height)
    assert (seen["nBallots"], seen["nReplaced"]) == (board.n_counted, len(scene.ballots) - board.n_counted)
    board.append(END_BALLOTS)
    assert seen["closedHead"] == board.head
    assert seen["encryptedTally"] == (record.tally or b"")
    assert seen["recordedResult"] == (record.result if kind == "recorded" else None)


def test_page_decrypts_only_what_enough_scrutineers_shuffled(page: Page) -> None:
    scene = make_kind("mixed", "Ed25519")
    record = scene.record()
    assert scene.ceremony is not None
    first, second = ({"owned": made.owned, "raw": made.raw} for made in record.shuffles)
    again = scene.own(2, record.shuffles[1].raw)
    board = open_board(scene)
    fingerprint = board.fingerprint
    board.append(*map(ballot_step, scene.ballots))
    sign, opening = opening_of(board, scene.ceremony.shares[0].to_json())

    def take(*shuffles: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        return "takeShuffles", {"fingerprint": fingerprint, "shuffles": list(shuffles), "own": NOBODY}

    outcomes = page.run(
        ("verifyBoard", {**documents(scene), "ballots": scene.ballots}),
        sign,
        opening,
        take(first),
        opening,
        take(first, {"owned": again.owned, "raw": again.raw}),
        take(second, first),
        take(first, second),
        opening,
    )
    codes = [outcome.refused.get("code") for outcome in outcomes]
    missing, invalid = "shuffles_missing", "shuffle_invalid"
    assert codes == [None, None, missing, None, missing, invalid, invalid, None, None]
    assert outcomes[7].done == {"shufflers": [2, 3], "tally": scene.mixed(record)}


def test_page_shuffles_a_board_that_it_rebuilt(page: Page) -> None:
    scene = make_kind("ranked", "Ed25519")
    fingerprint = open_board(scene).fingerprint
    rebuild = ("verifyBoard", {**documents(scene), "ballots": scene.ballots})
    assert scene.ceremony is not None
    making = ("makeShuffle", {"fingerprint": fingerprint, "share": scene.ceremony.shares[0].to_json()})
    refused, _, shuffled = page.run(making, rebuild, making)
    assert refused.refused["code"] == "decryption_invalid"
    tally = sum_ballots(scene.election, scene.ballots)
    check_shuffle(scene.election, tally, shuffled.done["raw"])
    trustees = Trustees.parse(scene.group, scene.ceremony.trustees)
    found = check_shuffle_owner(scene.election, trustees, shuffled.done["owned"], shuffled.done["raw"])
    assert (found.owner, found.payload) == (1, shuffled.done["hash"])


@pytest.mark.belenios
@pytest.mark.parametrize(("kind", "group_name"), [("several", "BELENIOS-2048"), ("ranked", "RFC-3526-2048")])
def test_belenios_accepts_what_pages_filled_shuffled_and_opened(
    page: Page, tmp_path: Path, kind: str, group_name: str
) -> None:
    scene = make_kind(kind, group_name)
    assert scene.ceremony is not None
    board = open_board(scene)
    for raw in page_ballots(page, scene):
        board.append(ballot_step(raw))
    openings = [opening_of(board, scene.ceremony.shares[owner - 1].to_json()) for owner in scene.owners]
    board.append(END_BALLOTS)
    tally = sum_ballots(scene.election, board.ballots)
    board.append(board.encrypted_tally_step(tally))
    rebuild = ("verifyBoard", {**documents(scene), "ballots": board.ballots})
    poll = {"fingerprint": board.fingerprint}
    shuffles: list[dict[str, Any]] = []
    for owner in scene.shufflers if scene.election.mixed else ():
        making = ("makeShuffle", {**poll, "share": scene.ceremony.shares[owner - 1].to_json()})
        *_, made = page.run(rebuild, ("takeShuffles", {**poll, "shuffles": shuffles, "own": NOBODY}), making)
        document = {name: made.done[name] for name in ("owned", "raw")}
        board.append(shuffle_step(**document))
        shuffles = [*shuffles, document]
    if shuffles:
        board.append(END_SHUFFLES)
    taking = ("takeShuffles", {**poll, "shuffles": shuffles, "own": NOBODY})
    _, taken, *opened = page.run(rebuild, taking, *(step for opening in openings for step in opening))
    opened = opened[1::2]
    decryptions = {owner: outcome.done for owner, outcome in zip(scene.owners, opened, strict=True)}
    for owner, raw in decryptions.items():
        board.append(decryption_step(owner, raw))
    trustees = Trustees.parse(scene.group, scene.ceremony.trustees)
    result, _ = compute_results(scene.election, trustees, taken.done["tally"], board.n_counted, decryptions)
    board.append(result_step(result))
    belenios_accepts(scene.election.uuid, board.to_archive(TIMESTAMP), tmp_path)


def page_ballots(page: Page, scene: KindScene) -> list[bytes]:
    """One ballot of the page for each delegate of the scene who votes."""
    requests = [
        (
            "fillBallot",
            {
                "election": scene.election.raw,
                "credential": {"private": str(credential.private), "public": credential.public},
                "answers": [list(values) for values in answers],
            },
        )
        for credential, answers in zip(scene.credentials, CAST[scene.kind][1], strict=False)
    ]
    return [outcome.done["raw"] for outcome in page.run(*requests)]


def test_a_page_is_told_every_question_of_a_poll_and_whether_a_later_ballot_replaces(page: Page) -> None:
    for kind in ("several", "mixed", "ranked", "recorded", "again"):
        seen = page.call("checkSetup", **documents(make_kind(kind, "Ed25519")))
        assert [q["text"] for q in seen["questions"]] == [q.text for q in CAST[kind][0]]
        assert seen["lastCounts"] is (kind == "again")


def documents(scene: KindScene) -> dict[str, bytes]:
    """What a terminal is given to check the setup."""
    record = scene.record()
    return {"election": record.election, "trustees": record.trustees, "credentials": record.credentials}


def open_board(scene: KindScene) -> Board:
    """The board at opening."""
    record = scene.record()
    if scene.kind == "recorded":
        return Board.open(record.election, NO_TRUSTEES, encode_voters(scene.voters))
    return Board.open(record.election, record.trustees, record.credentials)
