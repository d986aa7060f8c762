"""The page votes, keeps a scrutineer's share and verifies; Python and belenios-tool accept what it does."""

from pathlib import Path
from typing import Any

import pytest

from tests.support.tally.boards import put_ballot
from tests.tally_web.page_samples import Poll, belenios_accepts, close_poll, open_poll, opening_of, page_ballots
from tests.tally_web.tally_page import Page, plan_fields, seeded
from voting.tally.ballots.ballot import check_ballot
from voting.tally.board.agreement import ClosedBoard, check_closed_board, sign_closed_board
from voting.tally.board.chain import END_BALLOTS, ballot_step, closed_head_of
from voting.tally.board.result import check_partial_decryption, partial_decrypt, sum_ballots
from voting.tally.trustees.ceremony import (
    CeremonyPlan,
    assemble_trustees,
    check_certificate,
    check_dealing,
    check_verification_key,
    deal_shares,
    finish_share,
    start_share,
    start_single,
)
from voting.tally.trustees.private_share import PrivateShare
from voting.tally.verify.checks import verify_archive

GROUPS = ["Ed25519", "BELENIOS-2048"]
NAMES = ("示例监票人01", "示例监票人02", "示例监票人03")
VOTES = [[1, 0, 0], [1, 1, 0], [0, 0, 0], [0, 1, 1]]
COUNTS = (2, 2, 1)


@pytest.mark.parametrize("group_name", GROUPS)
def test_python_accepts_ballots_of_the_page(page: Page, group_name: str) -> None:
    poll, _ = single_poll(page, group_name)
    for raw in page_ballots(page, poll, VOTES):
        check_ballot(poll.election, poll.listed(), raw)


@pytest.mark.belenios
def test_belenios_accepts_an_archive_of_the_pages_ballots(page: Page, tmp_path: Path) -> None:
    poll, share = single_poll(page, "BELENIOS-2048")
    board = poll.open_board()
    for raw in page_ballots(page, poll, VOTES):
        board.append(ballot_step(raw))
    tally = sum_ballots(poll.election, board.ballots)
    archive = close_poll(poll, board, {1: partial_decrypt(poll.election, share, tally, seeded("open"))})
    belenios_accepts(poll.election.uuid, archive, tmp_path)


@pytest.fixture(scope="module", params=GROUPS)
def mixed(page: Page, request: pytest.FixtureRequest) -> tuple[Poll, bytes]:
    """A poll of a mixed ceremony, and its archive."""
    return mixed_poll(page, request.param)


def test_mixed_ceremony_opens_the_tally(page: Page, mixed: tuple[Poll, bytes]) -> None:
    poll, archive = mixed
    record = verify_archive(archive)
    assert record.counts == COUNTS
    seen = page.call("verifyArchive", data=archive)
    assert tuple(seen["counts"]) == COUNTS
    assert (seen["fingerprint"], seen["head"]) == (record.fingerprint, record.head)
    assert (seen["nBallots"], seen["owners"], seen["threshold"]) == (len(VOTES), [1, 3], 2)
    assert seen["election"]["hash"] == poll.election.hash


@pytest.mark.belenios
@pytest.mark.parametrize("mixed", ["BELENIOS-2048"], indirect=True)
def test_belenios_accepts_the_mixed_ceremony(mixed: tuple[Poll, bytes], tmp_path: Path) -> None:
    poll, archive = mixed
    belenios_accepts(poll.election.uuid, archive, tmp_path)


def test_page_does_not_decrypt_what_it_has_not_rebuilt(page: Page) -> None:
    poll, share = single_poll(page, "Ed25519")
    fingerprint = poll.open_board().fingerprint
    agreement: dict[str, Any] = {"signed": [], "compared": None}
    (outcome,) = page.run(
        ("partialDecrypt", {"fingerprint": fingerprint, "share": share.to_json(), "agreement": agreement})
    )
    assert outcome.refused["code"] == "decryption_invalid"


def test_page_and_python_read_each_others_signatures_on_a_closed_board(page: Page) -> None:
    poll, share = single_poll(page, "Ed25519")
    board = poll.open_board()
    for raw in page_ballots(page, poll, VOTES):
        board.append(ballot_step(raw))
    rebuild = ("verifyBoard", {**poll.documents(), "ballots": board.ballots})
    closed = ClosedBoard(closed_head_of(board.head, len(VOTES)), len(VOTES))
    ours = sign_closed_board(poll.election, share, closed, seeded("closed")).decode()
    recall = ("recallBoard", {"fingerprint": board.fingerprint, "index": 1, "signed": ours})
    sign = ("signClosedBoard", {"fingerprint": board.fingerprint, "share": share.to_json(), "kept": None})
    _, recalled, signed = page.run(rebuild, recall, sign)
    assert not recalled.refused
    assert check_closed_board(poll.election, poll.trustees, signed.done.encode()) == (1, closed)


def test_page_rebuilds_the_board_that_the_server_has(page: Page) -> None:
    poll, _ = single_poll(page, "Ed25519")
    board = poll.open_board()
    for raw in page_ballots(page, poll, VOTES):
        entry = put_ballot(board, raw)
    seen = page.call("verifyBoard", **poll.documents(), ballots=board.ballots)
    assert (seen["fingerprint"], seen["height"], seen["head"]) == (board.fingerprint, entry.height, entry.head)
    board.append(END_BALLOTS)
    assert seen["closedHead"] == board.head
    assert seen["encryptedTally"] == sum_ballots(poll.election, board.ballots)


def test_page_refuses_a_board_with_a_forged_ballot(page: Page) -> None:
    poll, _ = single_poll(page, "Ed25519")
    honest = page_ballots(page, poll, VOTES)
    twice = [*honest, honest[0]]
    stranger = open_poll(page, "Ed25519", poll.trustees.raw, 1)
    foreign = [*honest, *page_ballots(page, stranger, VOTES[:1])]
    codes = [
        page.run(("verifyBoard", {**poll.documents(), "ballots": ballots}))[0].refused["code"]
        for ballots in (twice, foreign)
    ]
    assert codes == ["tally_invalid", "credential_unknown"]


def single_poll(page: Page, group_name: str) -> tuple[Poll, PrivateShare]:
    """A poll with one scrutineer, who works in Python."""
    plan = CeremonyPlan(group_name, NAMES[:1], 1)
    share, message = start_single(plan, 1, seeded("single"))
    return open_poll(page, group_name, assemble_trustees(plan, [], [], [message]), len(VOTES)), share


def mixed_poll(page: Page, group_name: str) -> tuple[Poll, bytes]:
    """Scrutineers 1 and 3 work on pages, 2 in Python; 1 and 3 open the tally."""
    shares, trustees = mixed_ceremony(page, group_name)
    poll = open_poll(page, group_name, trustees, len(VOTES))
    board = poll.open_board()
    for raw in page_ballots(page, poll, VOTES):
        board.append(ballot_step(raw))
    tally = sum_ballots(poll.election, board.ballots)
    decryptions: dict[int, bytes] = {}
    for owner, share in shares.items():
        rebuild = ("verifyBoard", {**poll.documents(), "ballots": board.ballots})
        *_, decrypted = page.run(rebuild, *opening_of(board, share))
        check_partial_decryption(poll.election, poll.trustees, owner, tally, decrypted.done)
        decryptions[owner] = decrypted.done
    return poll, close_poll(poll, board, decryptions)


def mixed_ceremony(page: Page, group_name: str) -> tuple[dict[int, str], bytes]:
    """The shares (JSON) of the pages' scrutineers 1 and 3, and the trustees document."""
    plan, fields = CeremonyPlan(group_name, NAMES, 2), plan_fields(group_name, NAMES, 2)

    def on_pages(name: str, requests: list[dict[str, Any]]) -> list[dict[str, Any]]:
        outcomes = page.run(*[(name, {"plan": fields, **request}) for request in requests])
        return [outcome.done for outcome in outcomes]

    one, three = on_pages("startShare", [{"index": 1}, {"index": 3}])
    own, certificate = start_share(plan, 2, seeded("start"))
    certificates = [one["message"], certificate, three["message"]]
    for index, message in enumerate(certificates, 1):
        check_certificate(plan, index, message)

    given: dict[str, Any] = {"certificates": certificates}
    one, three = on_pages("dealShares", [{"share": one["share"], **given}, {"share": three["share"], **given}])
    own, dealing = deal_shares(plan, own, certificates, seeded("deal"))
    dealings = [one["message"], dealing, three["message"]]
    for index, message in enumerate(dealings, 1):
        check_dealing(plan, index, certificates, message)

    given["dealings"] = dealings
    one, three = on_pages("finishShare", [{"share": one["share"], **given}, {"share": three["share"], **given}])
    own, key = finish_share(plan, own, certificates, dealings, seeded("finish"))
    keys = [one["message"], key, three["message"]]
    for index, message in enumerate(keys, 1):
        check_verification_key(plan, index, certificates, dealings, message)
    assert own.decryption is not None
    return {1: one["share"], 3: three["share"]}, assemble_trustees(plan, certificates, dealings, keys)
