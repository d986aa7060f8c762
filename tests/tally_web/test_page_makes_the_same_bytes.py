"""With the same randomness the page and Python write the same bytes: ballots, ceremony, decryptions."""

from typing import Any

import pytest

from tests.tally_web.tally_page import Page, plan_fields, seeded
from voting.tally.ballots.ballot import make_ballot
from voting.tally.ballots.credential import make_credential
from voting.tally.board.election import Election, Question, make_election, make_uuid
from voting.tally.board.result import partial_decrypt, sum_ballots
from voting.tally.groups.choice import group_by_name
from voting.tally.trustees.ceremony import (
    CeremonyPlan,
    assemble_trustees,
    ceremony_fingerprint,
    deal_shares,
    finish_share,
    start_share,
    start_single,
)
from voting.tally.trustees.private_share import PrivateShare

GROUPS = ["Ed25519", "BELENIOS-2048"]
NAMES = ("示例监票人01", "示例监票人02", "示例监票人03")


def sample_election(group_name: str, public_key: str) -> Election:
    question = Question("示例选举", ("示例候选人01", "示例候选人02", "示例候选人03"), 0, 2)
    fields = {"uuid": make_uuid(seeded("uuid")), "name": "示例", "description": ""}
    group = group_by_name(group_name)
    return Election.parse(make_election(**fields, question=question, group=group, public_key=public_key))


@pytest.mark.parametrize("group_name", GROUPS)
@pytest.mark.parametrize("choices", [[0, 0, 0], [1, 0, 1]])
def test_ballot(page: Page, group_name: str, choices: list[int]) -> None:
    group = group_by_name(group_name)
    election = sample_election(group_name, make_credential(group, seeded("key")).public)
    credential = make_credential(group, seeded("credential"))
    made = page.call(
        "seeded.fillBallot",
        seed="ballot",
        election=election.raw,
        credential={"private": str(credential.private), "public": credential.public},
        answers=[choices],
    )
    assert made == make_ballot(election, credential, choices, seeded("ballot"))


@pytest.mark.parametrize("group_name", GROUPS)
def test_every_message_of_a_threshold_ceremony(page: Page, group_name: str) -> None:
    plan = CeremonyPlan(group_name, NAMES, 2)
    fields = plan_fields(group_name, NAMES, 2)
    first = [start_share(plan, index, seeded(f"start{index}")) for index in (1, 2, 3)]
    certificates = [message for _, message in first]
    _same(page.call("seeded.startShare", seed="start2", plan=fields, index=2), first[1])

    second = [deal_shares(plan, share, certificates, seeded(f"deal{share.index}")) for share, _ in first]
    dealings = [message for _, message in second]
    share = first[1][0].to_json()
    dealt = page.call("seeded.dealShares", seed="deal2", plan=fields, share=share, certificates=certificates)
    _same(dealt, second[1])

    third = [finish_share(plan, share, certificates, dealings, seeded(f"end{share.index}")) for share, _ in second]
    request = {"share": second[1][0].to_json(), "certificates": certificates, "dealings": dealings}
    _same(page.call("seeded.finishShare", seed="end2", plan=fields, **request), third[1])

    keys = [message for _, message in third]
    trustees = assemble_trustees(plan, certificates, dealings, keys)
    request = {"certificates": certificates, "dealings": dealings, "verificationKeys": keys}
    assert page.call("assembleTrustees", plan=fields, **request) == trustees
    assert page.call("ceremonyFingerprint", messages=dealings[::-1]) == ceremony_fingerprint(dealings)


@pytest.mark.parametrize("group_name", GROUPS)
def test_message_of_the_single_form(page: Page, group_name: str) -> None:
    plan = CeremonyPlan(group_name, NAMES[:2], 2)
    made = page.call("seeded.startSingle", seed="single", plan=plan_fields(group_name, NAMES[:2], 2), index=1)
    _same(made, start_single(plan, 1, seeded("single")))


@pytest.mark.parametrize("group_name", GROUPS)
def test_partial_decryption(page: Page, group_name: str) -> None:
    share, message = start_single(CeremonyPlan(group_name, NAMES[:1], 1), 1, seeded("single"))
    election = sample_election(group_name, message["public_key"]["public_key"])
    ballot = make_ballot(election, make_credential(election.group, seeded("c")), [0, 1, 1], seeded("b"))
    tally = sum_ballots(election, [ballot])
    request = {"election": election.raw, "share": share.to_json(), "encryptedTally": tally}
    made = page.call("seeded.partialDecrypt", seed="open", **request)
    assert made == partial_decrypt(election, share, tally, seeded("open"))


def _same(made: Any, expected: tuple[PrivateShare, dict[str, Any]]) -> None:
    share, message = expected
    assert made == {"share": share.to_json(), "message": message}
