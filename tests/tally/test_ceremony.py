"""The scrutineers' ceremony: two of three can decrypt, and every false message is refused by name."""

import base64
import copy
import itertools
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from tests.support.tally.scenes import COUNTS, GROUPS, NAMES, Ceremony, hold_ceremony, make_scene, seeded
from voting.tally.ballots.signed import sign
from voting.tally.board.result import check_partial_decryption, compute_result, partial_decrypt, sum_ballots
from voting.tally.errors import TallyCode, TallyError
from voting.tally.groups.choice import group_by_name
from voting.tally.json_form import dump
from voting.tally.trustees.boxes import box_shape_holds, seal_share
from voting.tally.trustees.ceremony import (
    CeremonyPlan,
    PrivateShare,
    assemble_trustees,
    ceremony_fingerprint,
    check_certificate,
    check_dealing,
    check_verification_key,
    deal_shares,
    finish_share,
    start_share,
    start_single,
)
from voting.tally.trustees.document import Trustees
from voting.tally.trustees.messages import box_message, commitment_to

PLAN = CeremonyPlan("Ed25519", NAMES, 2)


@pytest.fixture(scope="module")
def ceremony() -> Ceremony:
    return hold_ceremony(PLAN, seeded("ceremony"))


@pytest.mark.parametrize("group", GROUPS)
def test_any_two_of_three_decrypt_and_one_cannot(group: str) -> None:
    scene = make_scene(group)
    trustees = Trustees.parse(scene.group, scene.ceremony.trustees)
    tally = sum_ballots(scene.election, scene.ballots)
    decryptions = {
        share.index: partial_decrypt(scene.election, share, tally, seeded("two of three"))
        for share in scene.ceremony.shares
    }
    for owner, raw in decryptions.items():
        check_partial_decryption(scene.election, trustees, owner, tally, raw)
    for pair in [*itertools.combinations((1, 2, 3), 2), (1, 2, 3)]:
        chosen = {owner: decryptions[owner] for owner in pair}
        assert compute_result(scene.election, trustees, tally, 5, chosen)[1] == COUNTS
    for owner in (1, 2, 3):
        with pytest.raises(TallyError) as caught:
            compute_result(scene.election, trustees, tally, 5, {owner: decryptions[owner]})
        assert caught.value.code is TallyCode.DECRYPTIONS_MISSING


@pytest.mark.parametrize("group", GROUPS)
def test_in_the_single_form_nobody_may_be_missing(group: str) -> None:
    scene = make_scene(group, 3)
    trustees = Trustees.parse(scene.group, scene.ceremony.trustees)
    tally = sum_ballots(scene.election, scene.ballots)
    chosen = {
        share.index: partial_decrypt(scene.election, share, tally, seeded("all")) for share in scene.ceremony.shares[:2]
    }
    assert (trustees.size, trustees.threshold) == (3, 3)
    with pytest.raises(TallyError) as caught:
        compute_result(scene.election, trustees, tally, 5, chosen)
    assert caught.value.code is TallyCode.DECRYPTIONS_MISSING


def test_the_secret_behind_the_key_is_shared_and_never_whole(ceremony: Ceremony) -> None:
    """Any two shares interpolate the secret of the election key; a finished share keeps nothing else."""
    group = group_by_name(PLAN.group)
    first, second = (share.decryption for share in ceremony.shares[:2])
    assert first is not None
    assert second is not None
    key = Trustees.parse(group, ceremony.trustees).public_key
    assert group.encode(group.power_g(2 * first - second)) == key
    for share in ceremony.shares:
        assert (share.signing, share.box, share.coefficients) == (None, None, ())


def test_honest_messages_pass_every_check(ceremony: Ceremony) -> None:
    certificates, dealings = ceremony.certificates, ceremony.dealings
    for index in (1, 2, 3):
        check_certificate(PLAN, index, certificates[index - 1])
        check_dealing(PLAN, index, certificates, dealings[index - 1])
        check_verification_key(PLAN, index, certificates, dealings, ceremony.verification_keys[index - 1])


def falsified(message: dict[str, Any], change: Callable[[Any], Any]) -> dict[str, Any]:
    false = copy.deepcopy(message)
    change(false)
    return false


def flip(proof: dict[str, str]) -> None:
    proof["response"] = proof["response"][:-1] + ("1" if proof["response"][-1] != "1" else "2")


CERTIFICATE_LIES: dict[str, Callable[[Any], Any]] = {
    "another number": lambda m: m.update(index=2),
    "an altered signature": lambda m: flip(m["certificate"]["signature"]),
    "an altered box signature": lambda m: flip(m["box_signature"]),
    "another box key": lambda m: m.update(box="00" * 32),
    "a box key that is none": lambda m: m.update(box="00"),
    "another commitment": lambda m: m.update(commitment="00" * 32),
    "a commitment that is none": lambda m: m.update(commitment="00"),
    "an altered message": lambda m: m["certificate"].update(message=m["certificate"]["message"] + " "),
    "a message that is no JSON": lambda m: m["certificate"].update(message="x"),
    "a field missing": lambda m: m.pop("box"),
    "another type": lambda m: m.update(certificate="x"),
    "a lone surrogate": lambda m: m["certificate"].update(message="\ud800"),
}


@pytest.mark.parametrize("lie", CERTIFICATE_LIES)
def test_a_false_certificate_is_refused(ceremony: Ceremony, lie: str) -> None:
    with pytest.raises(TallyError) as caught:
        check_certificate(PLAN, 1, falsified(ceremony.certificates[0], CERTIFICATE_LIES[lie]))
    assert caught.value.code is TallyCode.TRUSTEE_MESSAGE_INVALID
    assert "scrutineer 1" in caught.value.detail


def test_a_certificate_for_another_threshold_is_refused(ceremony: Ceremony) -> None:
    other = CeremonyPlan("Ed25519", (*NAMES, "示例监票人丁"), 2)
    with pytest.raises(TallyError, match="another ceremony"):
        check_certificate(other, 1, ceremony.certificates[0])


DEALING_LIES: dict[str, Callable[[Any], Any]] = {
    "another number": lambda m: m.update(index=1),
    "altered commitments": lambda m: m["coefexps"].update(message=m["coefexps"]["message"][:-2]),
    "an altered signature": lambda m: flip(m["signature"]),
    "a share missing": lambda m: m["shares"].pop(),
    "shares for one person twice": lambda m: m["shares"][0].update(to=2),
    "a share that is no box": lambda m: m["shares"][0].update(box="!"),
}


@pytest.mark.parametrize("lie", DEALING_LIES)
def test_a_false_dealing_is_refused(ceremony: Ceremony, lie: str) -> None:
    with pytest.raises(TallyError) as caught:
        check_dealing(PLAN, 2, ceremony.certificates, falsified(ceremony.dealings[1], DEALING_LIES[lie]))
    assert caught.value.code is TallyCode.TRUSTEE_MESSAGE_INVALID


def test_a_dealing_made_for_other_certificates_is_refused(ceremony: Ceremony) -> None:
    """A server cannot show one scrutineer another set of colleagues."""
    _, stranger = start_share(PLAN, 3, seeded("stranger"))
    with pytest.raises(TallyError, match="other certificates"):
        check_dealing(PLAN, 1, [*ceremony.certificates[:2], stranger], ceremony.dealings[0])


def test_a_share_that_does_not_fit_is_laid_at_its_dealers_door(ceremony: Ceremony) -> None:
    dealings = copy.deepcopy(ceremony.dealings)
    shares = dealings[1]["shares"]
    shares[0]["box"], shares[2]["box"] = shares[2]["box"], shares[0]["box"]
    with pytest.raises(TallyError, match="share of scrutineer 2"):
        finish_share(PLAN, ceremony.working[1][0], ceremony.certificates, dealings, seeded("x"))


def test_a_wrong_value_in_a_good_box_is_laid_at_its_dealers_door(ceremony: Ceremony) -> None:
    """Scrutineer 2 boxes values of another polynomial than the one committed to."""
    other = replace(ceremony.working[0][1], coefficients=(11, 12))
    _, again = deal_shares(PLAN, other, ceremony.certificates, seeded("again"))
    dealings = [ceremony.dealings[0], {**ceremony.dealings[1], "shares": again["shares"]}, ceremony.dealings[2]]
    with pytest.raises(TallyError, match=r"share of scrutineer 2.*commitments"):
        finish_share(PLAN, ceremony.working[1][0], ceremony.certificates, dealings, seeded("x"))


def test_ones_own_messages_cannot_be_replaced(ceremony: Ceremony) -> None:
    _, replaced = start_share(PLAN, 1, seeded("replaced"))
    with pytest.raises(TallyError, match="my own certificate"):
        deal_shares(PLAN, ceremony.working[0][0], [replaced, *ceremony.certificates[1:]], seeded("x"))
    other = replace(ceremony.working[1][0], coefficients=(11, 12))
    with pytest.raises(TallyError, match="my own dealing"):
        finish_share(PLAN, other, ceremony.certificates, ceremony.dealings, seeded("x"))


def test_nobody_deals_another_polynomial_than_the_one_committed_to(ceremony: Ceremony) -> None:
    """Whoever waits for the others' dealings cannot choose an own one that makes a key of choice."""
    other = replace(ceremony.working[0][0], coefficients=(11, 12))
    _, dealing = deal_shares(PLAN, other, ceremony.certificates, seeded("rushing"))
    with pytest.raises(TallyError, match="certificate committed to") as caught:
        check_dealing(PLAN, 1, ceremony.certificates, dealing)
    assert caught.value.code is TallyCode.TRUSTEE_MESSAGE_INVALID


def test_dealings_that_add_up_to_less_than_they_promise_make_no_key(ceremony: Ceremony) -> None:
    q = group_by_name("Ed25519").q
    started = [start_share(PLAN, index, seeded(f"weak {index}")) for index in (1, 2, 3)]
    total = sum(share.coefficients[1] for share, _ in started[:2])
    share, message = started[2]
    weak = replace(share, coefficients=(share.coefficients[0], -total % q))
    certificates = [message for _, message in started[:2]]
    certificates.append(recommitted(weak, message))
    dealings = [deal_shares(PLAN, one, certificates, seeded("d"))[1] for one in (started[0][0], started[1][0], weak)]
    finished = finish_share(PLAN, started[0][0], certificates, dealings, seeded("f"))[1]
    with pytest.raises(TallyError, match="lower degree") as caught:
        check_verification_key(PLAN, 1, certificates, dealings, finished)
    assert caught.value.code is TallyCode.TRUSTEE_MESSAGE_INVALID


def recommitted(share: PrivateShare, message: dict[str, Any]) -> dict[str, Any]:
    """The certificate message of a scrutineer who chose the polynomial of this share."""
    group = group_by_name(share.group)
    coefexps = [group.encode(group.power_g(number)) for number in share.coefficients]
    commitment = commitment_to(dump({"coefexps": coefexps}).decode())
    signed = box_message(message["certificate"], message["box"], commitment)
    signature = sign(group, share.signing or 0, signed, seeded("recommitted"))
    return {**message, "commitment": commitment, "box_signature": signature}


@pytest.mark.parametrize(("size", "threshold"), [(3, 1), (2, 1), (3, 0), (0, 0)])
def test_nobody_of_several_may_open_alone(size: int, threshold: int) -> None:
    with pytest.raises(ValueError, match="threshold"):
        CeremonyPlan("Ed25519", ("示例",) * size, threshold)


KEY_LIES: dict[str, Callable[[Any], Any]] = {
    "an altered proof": lambda m: flip(m["public_key"]["pok"]),
    "an altered signature": lambda m: flip(m["public_key"]["signature"]),
    "no signature": lambda m: m["public_key"].pop("signature"),
    "another number": lambda m: m.update(index=3),
}


@pytest.mark.parametrize("lie", KEY_LIES)
def test_a_false_verification_key_is_refused(ceremony: Ceremony, lie: str) -> None:
    false = falsified(ceremony.verification_keys[0], KEY_LIES[lie])
    with pytest.raises(TallyError) as caught:
        check_verification_key(PLAN, 1, ceremony.certificates, ceremony.dealings, false)
    assert caught.value.code is TallyCode.TRUSTEE_MESSAGE_INVALID


def test_a_key_of_ones_own_choice_is_refused(ceremony: Ceremony) -> None:
    """A proven key that does not follow from the dealings would let its owner leave the others out."""
    _, message = start_single(CeremonyPlan("Ed25519", NAMES, 3), 1, seeded("own"))
    message["public_key"]["signature"] = ceremony.verification_keys[0]["public_key"]["signature"]
    with pytest.raises(TallyError, match="does not follow"):
        check_verification_key(PLAN, 1, ceremony.certificates, ceremony.dealings, message)


@pytest.mark.parametrize("group", GROUPS)
def test_single_keys_are_checked_for_knowledge(group: str) -> None:
    plan = CeremonyPlan(group, NAMES, 3)
    _, message = start_single(plan, 2, seeded("single"))
    check_verification_key(plan, 2, (), (), message)
    with pytest.raises(TallyError, match="knowing the key"):
        check_verification_key(plan, 2, (), (), falsified(message, lambda m: flip(m["public_key"]["pok"])))


def test_a_missing_message_stops_the_ceremony(ceremony: Ceremony) -> None:
    with pytest.raises(TallyError, match="missing"):
        deal_shares(PLAN, ceremony.working[0][0], ceremony.certificates[:2], seeded("x"))
    with pytest.raises(TallyError, match="missing"):
        assemble_trustees(PLAN, ceremony.certificates, ceremony.dealings, ceremony.verification_keys[:2])


def test_messages_that_make_no_valid_document_are_not_assembled(ceremony: Ceremony) -> None:
    dealt_by_others = hold_ceremony(PLAN, seeded("another ceremony")).dealings
    with pytest.raises(TallyError):
        assemble_trustees(PLAN, ceremony.certificates, dealt_by_others, ceremony.verification_keys)


def test_a_box_holds_at_least_a_number_of_one_digit(ceremony: Ceremony) -> None:
    recipient = bytes.fromhex(ceremony.certificates[0]["box"])
    shortest = seal_share(0, recipient, b"\1" * 32, seeded("box"))
    assert box_shape_holds(shortest)
    assert not box_shape_holds(base64.b64encode(base64.b64decode(shortest)[:-1]).decode())


def test_the_fingerprint_of_a_round_ignores_order_and_sees_every_change(ceremony: Ceremony) -> None:
    messages = ceremony.certificates
    shuffled = [dict(reversed(message.items())) for message in reversed(messages)]
    assert ceremony_fingerprint(shuffled) == ceremony_fingerprint(messages)
    changed = [messages[0], messages[1], {**messages[2], "box": "00" * 32}]
    assert ceremony_fingerprint(changed) != ceremony_fingerprint(messages)


def test_private_shares_survive_being_sealed_and_opened(ceremony: Ceremony) -> None:
    for stage in (*ceremony.working, ceremony.shares):
        for share in stage:
            assert PrivateShare.from_json(share.to_json()) == share


@pytest.mark.parametrize("text", ["", "{}", "null", "[]", '{"version":2}', '{"version":1,"group":"x","index":1}'])
def test_what_is_no_private_share_is_refused(text: str) -> None:
    with pytest.raises(TallyError) as caught:
        PrivateShare.from_json(text)
    assert caught.value.code is TallyCode.SHARE_INVALID


def test_the_two_forms_are_not_mixed_up(ceremony: Ceremony) -> None:
    single = CeremonyPlan("Ed25519", NAMES, 3)
    for misuse in (
        lambda: start_share(single, 1, seeded("x")),
        lambda: start_single(PLAN, 1, seeded("x")),
        lambda: start_share(PLAN, 4, seeded("x")),
        lambda: deal_shares(PLAN, ceremony.shares[0], ceremony.certificates, seeded("x")),
        lambda: CeremonyPlan("Ed25519", NAMES, 4),
    ):
        with pytest.raises(ValueError, match=r"form|number"):
            misuse()
