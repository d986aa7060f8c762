"""How the scrutineers make the election key together, each on its own terminal.

Threshold form (t of n, Pedersen): certificates, then dealings, then verification keys. Shares travel
in libsodium boxes from browser to browser; the server only carries them and they are not published.
The n-of-n form (``Single``) needs one round. Before a round is used, the scrutineers compare its
``ceremony_fingerprint`` aloud: a server that shows different messages to different people is found out.
Specification (3.x): "Messages specific to threshold decryption support".
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from nacl import bindings

from voting.tally.boxes import BOX_KEY_BYTES, box_shape_holds, open_share, seal_share
from voting.tally.errors import TallyCode, TallyError
from voting.tally.group import Element, Group, Rng, group_by_name
from voting.tally.json_form import check_form, dump
from voting.tally.private_share import PrivateShare
from voting.tally.proofs import PROOF_FORM, key_prefix, prove_knowledge
from voting.tally.signed import SIGNED_FORM, sign, sign_message, signature_holds
from voting.tally.trustees import (
    SHARE_KEY_FORM,
    SINGLE_KEY_FORM,
    Trustees,
    certs_message,
    read_certificate,
    read_coefexps,
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
    "box_signature": PROOF_FORM,
}
DEALING_FORM = {
    "index": "int",
    "coefexps": SIGNED_FORM,
    "signature": PROOF_FORM,
    "shares": [{"to": "int", "box": "string"}],
}
VERIFICATION_KEY_FORM = {"index": "int", "public_key": SHARE_KEY_FORM}
SINGLE_MESSAGE_FORM = {"index": "int", "public_key": SINGLE_KEY_FORM}


@dataclass(frozen=True)
class CeremonyPlan:
    """Who takes part. ``threshold == len(names)`` means the n-of-n ``Single`` form.

    Raises TallyError(group_unknown) or ValueError when the numbers make no sense.
    """

    group: str
    names: tuple[str, ...]
    threshold: int

    def __post_init__(self) -> None:
        group_by_name(self.group)
        if not 1 <= self.threshold <= len(self.names):
            raise ValueError("the threshold must be between 1 and the number of scrutineers")

    @property
    def size(self) -> int:
        """The number of scrutineers."""
        return len(self.names)

    @property
    def single(self) -> bool:
        """Whether every scrutineer is indispensable."""
        return self.threshold == len(self.names)


def start_share(plan: CeremonyPlan, index: int, rng: Rng) -> tuple[PrivateShare, Certificate]:
    """Round 1: draw signing and box keys and certify them. ``index`` counts from 1."""
    group = _threshold_group(plan, index)
    signing, unused = group.random_scalar(rng), group.random_scalar(rng)
    content = {
        "context": {"group": plan.group, "size": plan.size, "threshold": plan.threshold, "index": index},
        "verification": group.encode(group.secret_power_g(signing)),
        # Belenios wants an encryption key; ours are libsodium boxes, so nobody keeps its secret.
        "encryption": group.encode(group.secret_power_g(unused)),
    }
    certificate = sign_message(group, signing, dump(content).decode(), rng)
    secret = rng(BOX_KEY_BYTES)
    box = bindings.crypto_scalarmult_base(secret).hex()
    message = {
        "index": index,
        "certificate": certificate,
        "box": box,
        "box_signature": sign(group, signing, box_message(certificate, box), rng),
    }
    return PrivateShare(plan.group, index, signing=signing, box=secret.hex()), message


def box_message(certificate: Message, box: str) -> str:
    """What ``box_signature`` signs: the box key, tied to the certificate it came with."""
    return f"box|{box}|{certificate['message']}"


def check_certificate(plan: CeremonyPlan, index: int, message: Certificate) -> None:
    """Check a message of round 1. Raises TallyError(trustee_message_invalid)."""
    with _Refusing(index, "certificate"):
        _verification(plan, index, message)


def deal_shares(
    plan: CeremonyPlan, private: PrivateShare, certificates: Sequence[Certificate], rng: Rng
) -> tuple[PrivateShare, Dealing]:
    """Round 2: draw a polynomial, commit to it, and box one value of it for every scrutineer.

    Raises TallyError(trustee_message_invalid) when a certificate is wrong or is not one's own where it must be.
    """
    group = _threshold_group(plan, private.index)
    signing, secret = _working_secrets(private)
    _require_own_certificate(plan, private, certificates)
    coefficients = tuple(group.random_scalar(rng) for _ in range(plan.threshold))
    coefexps = [group.encode(group.secret_power_g(number)) for number in coefficients]
    certs = [message["certificate"] for message in certificates]
    shares = [
        {
            "to": place,
            "box": seal_share(_evaluate(coefficients, place, group.q), bytes.fromhex(message["box"]), secret, rng),
        }
        for place, message in enumerate(certificates, 1)
    ]
    dealing = {
        "index": private.index,
        "coefexps": sign_message(group, signing, dump({"coefexps": coefexps}).decode(), rng),
        "signature": sign(group, signing, certs_message(certs, coefexps), rng),
        "shares": shares,
    }
    return replace(private, coefficients=coefficients), dealing


def check_dealing(plan: CeremonyPlan, index: int, certificates: Sequence[Certificate], message: Dealing) -> None:
    """Check the public part of a message of round 2. Raises TallyError(trustee_message_invalid)."""
    with _Refusing(index, "dealing"):
        _commitments(plan, index, certificates, message)


def finish_share(
    plan: CeremonyPlan,
    private: PrivateShare,
    certificates: Sequence[Certificate],
    dealings: Sequence[Dealing],
    rng: Rng,
) -> tuple[PrivateShare, VerificationKey]:
    """Round 3: open the boxes, check each value against its dealer's commitments, and add them up.

    Raises TallyError(trustee_message_invalid) naming the scrutineer whose message is wrong.
    """
    group = _threshold_group(plan, private.index)
    signing, secret = _working_secrets(private)
    _require_own_certificate(plan, private, certificates)
    coefexps = _all_commitments(plan, certificates, dealings)
    _require_own_dealing(group, private, coefexps)
    total = 0
    for dealer, (dealing, commitments) in enumerate(zip(dealings, coefexps, strict=True), 1):
        with _Refusing(dealer, "share"):
            sender = bytes.fromhex(certificates[dealer - 1]["box"])
            value = group.parse_scalar(open_share(dealing["shares"][private.index - 1]["box"], sender, secret))
            if group.secret_power_g(value) != share_key(group, [commitments], private.index):
                raise TallyError(TallyCode.SHARE_INVALID, "the share does not fit the commitments")
        total = (total + value) % group.q
    key = _public_key(group, total, rng)
    key["signature"] = sign(group, signing, key["public_key"], rng)
    finished = PrivateShare(plan.group, private.index, decryption=total)
    return finished, {"index": private.index, "public_key": key}


def start_single(plan: CeremonyPlan, index: int, rng: Rng) -> tuple[PrivateShare, VerificationKey]:
    """The only round of the n-of-n form: draw a key and prove knowledge of it."""
    if not plan.single:
        raise ValueError("this plan has the threshold form")
    group = _group(plan, index)
    secret = group.random_scalar(rng)
    message = {"index": index, "public_key": _public_key(group, secret, rng)}
    return PrivateShare(plan.group, index, decryption=secret), message


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
    with _Refusing(index, "verification key"):
        _check_shape(message, SINGLE_MESSAGE_FORM if plan.single else VERIFICATION_KEY_FORM, index)
        group = _group(plan, index)
        if plan.single:
            require_knowledge(group, message["public_key"])
            return
        coefexps = _all_commitments(plan, certificates, dealings)
        verification = _verification(plan, index, certificates[index - 1])
        require_share_key(group, verification, share_key(group, coefexps, index), message["public_key"])


def assemble_trustees(
    plan: CeremonyPlan,
    certificates: Sequence[Certificate],
    dealings: Sequence[Dealing],
    verification_keys: Sequence[VerificationKey],
) -> bytes:
    """The trustees document to archive. Raises TallyError when the messages do not make a valid one."""
    keys = [_ordered_key(message["public_key"]) for message in verification_keys]
    if len(keys) != plan.size:
        raise TallyError(TallyCode.TRUSTEE_MESSAGE_INVALID, "a verification key is missing")
    value: list[Any] = [["Single", key] for key in keys]
    if not plan.single:
        pedersen = {
            "threshold": plan.threshold,
            "certs": [_ordered_signed(message["certificate"]) for message in certificates],
            "coefexps": [_ordered_signed(message["coefexps"]) for message in dealings],
            "signatures": [_ordered_proof(message["signature"]) for message in dealings],
            "verification_keys": keys,
        }
        value = [["Pedersen", pedersen]]
    raw = dump(value)
    Trustees.parse(group_by_name(plan.group), raw)
    return raw


def ceremony_fingerprint(messages: Sequence[Message]) -> str:
    """SHA-256 (hex) of a round's messages: compact JSON array ordered by index, keys sorted at every level."""
    ordered = sorted(messages, key=lambda message: int(message["index"]))
    text = json.dumps(ordered, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


class _Refusing:
    """Turns any refusal inside into trustee_message_invalid, naming scrutineer and message."""

    def __init__(self, index: int, what: str) -> None:
        self._where = f"the {what} of scrutineer {index}"

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, TallyError) and error.code is not TallyCode.TRUSTEE_MESSAGE_INVALID:
            detail = f"{self._where} is refused: {error.detail}"
            raise TallyError(TallyCode.TRUSTEE_MESSAGE_INVALID, detail) from None


def _group(plan: CeremonyPlan, index: int) -> Group:
    if not 1 <= index <= plan.size:
        raise ValueError(f"there is no scrutineer number {index}")
    return group_by_name(plan.group)


def _threshold_group(plan: CeremonyPlan, index: int) -> Group:
    if plan.single:
        raise ValueError("this plan has the n-of-n form; use start_single")
    return _group(plan, index)


def _check_shape(message: Any, form: Any, index: int) -> None:
    check_form(message, form, "the message", ordered=False)
    if message["index"] != index:
        raise TallyError(TallyCode.DOCUMENT_MALFORMED, "it bears another scrutineer's number")


def _verification(plan: CeremonyPlan, index: int, message: Any) -> Element:
    _check_shape(message, CERTIFICATE_FORM, index)
    group = _threshold_group(plan, index)
    verification, _ = read_certificate(
        group, message["certificate"], size=plan.size, threshold=plan.threshold, index=index
    )
    box = message["box"]
    if len(box) != 2 * BOX_KEY_BYTES or not set(box) <= set("0123456789abcdef"):
        raise TallyError(TallyCode.DOCUMENT_MALFORMED, "the box key is not 64 lowercase hexadecimal digits")
    signed = box_message(message["certificate"], box)
    if not signature_holds(group, verification, signed, message["box_signature"]):
        raise TallyError(TallyCode.SIGNATURE_INVALID, "the signature of the box key does not hold")
    return verification


def _commitments(plan: CeremonyPlan, index: int, certificates: Sequence[Certificate], message: Any) -> list[Element]:
    _check_shape(message, DEALING_FORM, index)
    group = _threshold_group(plan, index)
    _require_complete(plan, certificates, "certificate")
    verification = _verification(plan, index, certificates[index - 1])
    spelled = read_coefexps(group, verification, message["coefexps"], plan.threshold)
    certs = [other["certificate"] for other in certificates]
    if not signature_holds(group, verification, certs_message(certs, spelled), message["signature"]):
        raise TallyError(TallyCode.SIGNATURE_INVALID, "it was made for other certificates than these")
    addressed = [share["to"] for share in message["shares"]]
    if addressed != list(range(1, plan.size + 1)):
        raise TallyError(TallyCode.DOCUMENT_MALFORMED, "it does not hold one share for each scrutineer")
    if not all(box_shape_holds(share["box"]) for share in message["shares"]):
        raise TallyError(TallyCode.DOCUMENT_MALFORMED, "a share is not a box")
    return [group.decode(text) for text in spelled]


def _all_commitments(
    plan: CeremonyPlan, certificates: Sequence[Certificate], dealings: Sequence[Dealing]
) -> list[list[Element]]:
    _require_complete(plan, dealings, "dealing")
    found: list[list[Element]] = []
    for index, message in enumerate(dealings, 1):
        with _Refusing(index, "dealing"):
            found.append(_commitments(plan, index, certificates, message))
    return found


def _require_complete(plan: CeremonyPlan, messages: Sequence[Message], what: str) -> None:
    if len(messages) != plan.size:
        raise TallyError(TallyCode.TRUSTEE_MESSAGE_INVALID, f"a {what} is missing")


def _working_secrets(private: PrivateShare) -> tuple[int, bytes]:
    if private.signing is None or private.box is None:
        raise ValueError("this share is finished or of the n-of-n form")
    return private.signing, bytes.fromhex(private.box)


def _require_own_certificate(plan: CeremonyPlan, private: PrivateShare, certificates: Sequence[Certificate]) -> None:
    _require_complete(plan, certificates, "certificate")
    signing, secret = _working_secrets(private)
    verifications = []
    for index, message in enumerate(certificates, 1):
        with _Refusing(index, "certificate"):
            verifications.append(_verification(plan, index, message))
    own_box = bindings.crypto_scalarmult_base(secret).hex()
    own = group_by_name(plan.group).secret_power_g(signing)
    if verifications[private.index - 1] != own or certificates[private.index - 1]["box"] != own_box:
        raise TallyError(TallyCode.TRUSTEE_MESSAGE_INVALID, "my own certificate was replaced by another")


def _require_own_dealing(group: Group, private: PrivateShare, coefexps: Sequence[Sequence[Element]]) -> None:
    own = [group.secret_power_g(number) for number in private.coefficients]
    if list(coefexps[private.index - 1]) != own:
        raise TallyError(TallyCode.TRUSTEE_MESSAGE_INVALID, "my own dealing was replaced by another")


def _evaluate(coefficients: Sequence[int], place: int, q: int) -> int:
    return sum(number * pow(place, degree, q) for degree, number in enumerate(coefficients)) % q


def _public_key(group: Group, secret: int, rng: Rng) -> dict[str, Any]:
    public = group.encode(group.secret_power_g(secret))
    return {"pok": prove_knowledge(group, secret, key_prefix(group, public), rng).to_json(), "public_key": public}


def _ordered_proof(proof: Any) -> dict[str, str]:
    return {"challenge": proof["challenge"], "response": proof["response"]}


def _ordered_signed(signed: Any) -> dict[str, Any]:
    return {"message": signed["message"], "signature": _ordered_proof(signed["signature"])}


def _ordered_key(key: Any) -> dict[str, Any]:
    ordered = {"pok": _ordered_proof(key["pok"]), "public_key": key["public_key"]}
    if "signature" in key:
        ordered["signature"] = _ordered_proof(key["signature"])
    return ordered
