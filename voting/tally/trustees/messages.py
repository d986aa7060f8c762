"""The messages of the scrutineers' ceremony, and the checks that server and scrutineers make alike.

Everything here works on public data. A message that is wrong is refused with the code
trustee_message_invalid and a sentence that names the scrutineer it came from.
"""

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from voting.tally.ballots.signed import SIGNED_FORM, signature_holds
from voting.tally.errors import TallyCode, TallyError
from voting.tally.groups.choice import Element, Group, group_by_name
from voting.tally.groups.proofs import PROOF_FORM
from voting.tally.json_form import check_form, sha256_hex
from voting.tally.trustees.boxes import box_shape_holds
from voting.tally.trustees.document import (
    certs_message,
    read_certificate,
    read_coefexps,
    require_commitments,
    require_knowledge,
    require_share_key,
    share_key,
)

Message = dict[str, Any]
Certificate = Message
Dealing = Message
VerificationKey = Message

CERTIFICATE_FORM = {
    "index": "int",
    "certificate": SIGNED_FORM,
    "box": "string",
    "commitment": "string",
    "box_signature": PROOF_FORM,
}
DEALING_FORM = {
    "index": "int",
    "coefexps": SIGNED_FORM,
    "signature": PROOF_FORM,
    "shares": [{"to": "int", "box": "string"}],
}
SINGLE_KEY_FORM = {"index": "int", "public_key": {"pok": PROOF_FORM, "public_key": "string"}}
SHARE_KEY_FORM = {
    "index": "int",
    "public_key": {"pok": PROOF_FORM, "public_key": "string", "signature": PROOF_FORM},
}


@dataclass(frozen=True)
class CeremonyPlan:
    """Who takes part. ``threshold == len(names)`` means the n-of-n ``Single`` form; of several two must be needed.

    Raises TallyError(group_unknown) or ValueError when the numbers make no sense.
    """

    group: str
    names: tuple[str, ...]
    threshold: int

    def __post_init__(self) -> None:
        group_by_name(self.group)
        if not 1 <= min(2, len(self.names)) <= self.threshold <= len(self.names):
            raise ValueError("the threshold must be from 2 up to the number of scrutineers")

    @property
    def size(self) -> int:
        """The number of scrutineers."""
        return len(self.names)

    @property
    def single(self) -> bool:
        """Whether every scrutineer is indispensable."""
        return self.threshold == len(self.names)


def box_message(certificate: Message, box: str, commitment: str) -> str:
    """What ``box_signature`` signs: box key and commitment, tied to the certificate they came with."""
    return f"box|{box}|{commitment}|{certificate['message']}"


def commitment_to(coefexps: str) -> str:
    """What a certificate says of the polynomial that is dealt later: the SHA-256 (hex) of its signed commitments' text.

    Nobody can choose a polynomial once the others' are known, and so no key but one that all made together.
    """
    return sha256_hex(coefexps.encode())


def check_certificate(plan: CeremonyPlan, index: int, message: Certificate) -> None:
    """Check a message of round 1. Raises TallyError(trustee_message_invalid)."""
    with Refusing(index, "certificate"):
        certified_key(plan, index, message)


def check_dealing(plan: CeremonyPlan, index: int, certificates: Sequence[Certificate], message: Dealing) -> None:
    """Check the public part of a message of round 2. Raises TallyError(trustee_message_invalid)."""
    with Refusing(index, "dealing"):
        opened_commitments(plan, index, certificates, message)


def check_verification_key(
    plan: CeremonyPlan,
    index: int,
    certificates: Sequence[Certificate],
    dealings: Sequence[Dealing],
    message: VerificationKey,
) -> None:
    """Check a message of the last round; in the threshold form it must follow from the dealings.

    Raises TallyError(trustee_message_invalid).
    """
    with Refusing(index, "verification key"):
        _check_shape(message, SINGLE_KEY_FORM if plan.single else SHARE_KEY_FORM, index)
        group = member_group(plan, index)
        if plan.single:
            require_knowledge(group, message["public_key"])
            return
        combined = require_commitments(group, all_commitments(plan, certificates, dealings))
        verification = certified_key(plan, index, certificates[index - 1])
        require_share_key(group, verification, share_key(group, combined, index), message["public_key"])


def ceremony_fingerprint(messages: Sequence[Message]) -> str:
    """SHA-256 (hex) of a round's messages: compact JSON array ordered by index, keys sorted at every level."""
    ordered = sorted(messages, key=lambda message: int(message["index"]))
    text = json.dumps(ordered, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


class Refusing:
    """Turns any refusal inside into trustee_message_invalid, naming scrutineer and message."""

    def __init__(self, index: int, what: str) -> None:
        self._where = f"the {what} of scrutineer {index}"

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, TallyError) and error.code is not TallyCode.TRUSTEE_MESSAGE_INVALID:
            detail = f"{self._where} is refused: {error.detail}"
            raise TallyError(TallyCode.TRUSTEE_MESSAGE_INVALID, detail) from None


_HEX = re.compile(r"[0-9a-f]{64}")


def member_group(plan: CeremonyPlan, index: int) -> Group:
    if not 1 <= index <= plan.size:
        raise ValueError(f"there is no scrutineer number {index}")
    return group_by_name(plan.group)


def threshold_group(plan: CeremonyPlan, index: int) -> Group:
    if plan.single:
        raise ValueError("this plan has the n-of-n form; use start_single")
    return member_group(plan, index)


def _check_shape(message: Any, form: Any, index: int) -> None:
    check_form(message, form, "the message", ordered=False)
    if message["index"] != index:
        raise TallyError(TallyCode.DOCUMENT_MALFORMED, "it bears another scrutineer's number")


def certified_key(plan: CeremonyPlan, index: int, message: Any) -> Element:
    _check_shape(message, CERTIFICATE_FORM, index)
    group = threshold_group(plan, index)
    verification, _ = read_certificate(
        group, message["certificate"], size=plan.size, threshold=plan.threshold, index=index
    )
    box, commitment = message["box"], message["commitment"]
    if not all(_HEX.fullmatch(text) for text in (box, commitment)):
        detail = "the box key or the commitment is not 64 lowercase hexadecimal digits"
        raise TallyError(TallyCode.DOCUMENT_MALFORMED, detail)
    signed = box_message(message["certificate"], box, commitment)
    if not signature_holds(group, verification, signed, message["box_signature"]):
        raise TallyError(TallyCode.SIGNATURE_INVALID, "the signature of the box key does not hold")
    return verification


def opened_commitments(
    plan: CeremonyPlan, index: int, certificates: Sequence[Certificate], message: Any
) -> list[Element]:
    _check_shape(message, DEALING_FORM, index)
    group = threshold_group(plan, index)
    require_complete(plan, certificates, "certificate")
    verification = certified_key(plan, index, certificates[index - 1])
    spelled = read_coefexps(group, verification, message["coefexps"], plan.threshold)
    if commitment_to(message["coefexps"]["message"]) != certificates[index - 1]["commitment"]:
        raise TallyError(TallyCode.TRUSTEES_INVALID, "it is not the one that its dealer's certificate committed to")
    certs = [other["certificate"] for other in certificates]
    if not signature_holds(group, verification, certs_message(certs, spelled), message["signature"]):
        raise TallyError(TallyCode.SIGNATURE_INVALID, "it was made for other certificates than these")
    addressed = [share["to"] for share in message["shares"]]
    if addressed != list(range(1, plan.size + 1)):
        raise TallyError(TallyCode.DOCUMENT_MALFORMED, "it does not hold one share for each scrutineer")
    if not all(box_shape_holds(share["box"]) for share in message["shares"]):
        raise TallyError(TallyCode.DOCUMENT_MALFORMED, "a share is not a box")
    return [group.decode(text) for text in spelled]


def all_commitments(
    plan: CeremonyPlan, certificates: Sequence[Certificate], dealings: Sequence[Dealing]
) -> list[list[Element]]:
    require_complete(plan, dealings, "dealing")
    found: list[list[Element]] = []
    for index, message in enumerate(dealings, 1):
        with Refusing(index, "dealing"):
            found.append(opened_commitments(plan, index, certificates, message))
    return found


def require_complete(plan: CeremonyPlan, messages: Sequence[Message], what: str) -> None:
    if len(messages) != plan.size:
        raise TallyError(TallyCode.TRUSTEE_MESSAGE_INVALID, f"a {what} is missing")
