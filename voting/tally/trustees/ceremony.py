"""How the scrutineers make the election key together, each on its own terminal.

Threshold form (t of n, Pedersen): certificates, then dealings, then verification keys. Shares travel
in libsodium boxes from browser to browser; the server only carries them and they are not published.
The n-of-n form (``Single``) needs one round. Before a round is used, the scrutineers compare its
``ceremony_fingerprint`` aloud: a server that shows different messages to different people is found out.
Specification (3.x): "Messages specific to threshold decryption support".
"""

from collections.abc import Sequence
from typing import Any

from nacl import bindings

from voting.tally.ballots.signed import sign, sign_message
from voting.tally.errors import TallyCode, TallyError
from voting.tally.groups.choice import Element, Group, Rng, group_by_name
from voting.tally.groups.proofs import key_prefix, prove_knowledge
from voting.tally.json_form import dump
from voting.tally.trustees.boxes import BOX_KEY_BYTES, open_share, seal_share
from voting.tally.trustees.document import Trustees, certs_message, share_key
from voting.tally.trustees.messages import (
    CeremonyPlan,
    Certificate,
    Dealing,
    Refusing,
    VerificationKey,
    all_commitments,
    box_message,
    ceremony_fingerprint,
    certified_key,
    check_certificate,
    check_dealing,
    check_verification_key,
    commitment_to,
    member_group,
    require_complete,
    threshold_group,
)
from voting.tally.trustees.private_share import PrivateShare

__all__ = [
    "CeremonyPlan",
    "Certificate",
    "Dealing",
    "PrivateShare",
    "VerificationKey",
    "assemble_trustees",
    "ceremony_fingerprint",
    "check_certificate",
    "check_dealing",
    "check_verification_key",
    "deal_shares",
    "finish_share",
    "start_share",
    "start_single",
]


def start_share(plan: CeremonyPlan, index: int, rng: Rng) -> tuple[PrivateShare, Certificate]:
    """Round 1: draw signing and box keys and a polynomial, certify the keys and commit to the polynomial.

    ``index`` counts from 1.
    """
    group = threshold_group(plan, index)
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
    coefficients = tuple(group.random_scalar(rng) for _ in range(plan.threshold))
    commitment = commitment_to(_coefexps_message(_spelled(group, coefficients)))
    message = {
        "index": index,
        "certificate": certificate,
        "box": box,
        "commitment": commitment,
        "box_signature": sign(group, signing, box_message(certificate, box, commitment), rng),
    }
    return PrivateShare(plan.group, index, signing=signing, box=secret.hex(), coefficients=coefficients), message


def deal_shares(
    plan: CeremonyPlan, private: PrivateShare, certificates: Sequence[Certificate], rng: Rng
) -> tuple[PrivateShare, Dealing]:
    """Round 2: show the polynomial's commitments, and box one value of it for every scrutineer.

    Raises TallyError(trustee_message_invalid) when a certificate is wrong or is not one's own where it must be.
    """
    group = threshold_group(plan, private.index)
    signing, secret = _working_secrets(private)
    _require_own_certificate(plan, private, certificates)
    coefficients = private.coefficients
    coefexps = _spelled(group, coefficients)
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
        "coefexps": sign_message(group, signing, _coefexps_message(coefexps), rng),
        "signature": sign(group, signing, certs_message(certs, coefexps), rng),
        "shares": shares,
    }
    return private, dealing


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
    group = threshold_group(plan, private.index)
    signing, secret = _working_secrets(private)
    _require_own_certificate(plan, private, certificates)
    coefexps = all_commitments(plan, certificates, dealings)
    _require_own_dealing(group, private, coefexps)
    total = 0
    for dealer, (dealing, commitments) in enumerate(zip(dealings, coefexps, strict=True), 1):
        with Refusing(dealer, "share"):
            sender = bytes.fromhex(certificates[dealer - 1]["box"])
            value = group.parse_scalar(open_share(dealing["shares"][private.index - 1]["box"], sender, secret))
            if group.secret_power_g(value) != share_key(group, commitments, private.index):
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
    group = member_group(plan, index)
    secret = group.random_scalar(rng)
    message = {"index": index, "public_key": _public_key(group, secret, rng)}
    return PrivateShare(plan.group, index, decryption=secret), message


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


def _working_secrets(private: PrivateShare) -> tuple[int, bytes]:
    if private.signing is None or private.box is None:
        raise ValueError("this share is finished or of the n-of-n form")
    return private.signing, bytes.fromhex(private.box)


def _require_own_certificate(plan: CeremonyPlan, private: PrivateShare, certificates: Sequence[Certificate]) -> None:
    require_complete(plan, certificates, "certificate")
    signing, secret = _working_secrets(private)
    verifications = []
    for index, message in enumerate(certificates, 1):
        with Refusing(index, "certificate"):
            verifications.append(certified_key(plan, index, message))
    own_box = bindings.crypto_scalarmult_base(secret).hex()
    own = group_by_name(plan.group).secret_power_g(signing)
    if verifications[private.index - 1] != own or certificates[private.index - 1]["box"] != own_box:
        raise TallyError(TallyCode.TRUSTEE_MESSAGE_INVALID, "my own certificate was replaced by another")


def _require_own_dealing(group: Group, private: PrivateShare, coefexps: Sequence[Sequence[Element]]) -> None:
    own = [group.encode(element) for element in coefexps[private.index - 1]]
    if own != _spelled(group, private.coefficients):
        raise TallyError(TallyCode.TRUSTEE_MESSAGE_INVALID, "my own dealing was replaced by another")


def _spelled(group: Group, coefficients: Sequence[int]) -> list[str]:
    """The commitments to a polynomial."""
    return [group.encode(group.secret_power_g(number)) for number in coefficients]


def _coefexps_message(coefexps: Sequence[str]) -> str:
    return dump({"coefexps": list(coefexps)}).decode()


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
