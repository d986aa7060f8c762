"""The scrutineers' public keys, as archived: how the election key came to be and who may decrypt.

Specification (3.x): "Threshold parameters", "Trustees". Two kinds of block: ``Single`` (this key is
indispensable) and ``Pedersen`` (any ``threshold`` of these keys). Scrutineers are numbered from 1
through all the blocks; that number is the ``owner`` of a partial decryption.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from voting.tally.ballots.signed import SIGNED_FORM, signature_holds
from voting.tally.errors import TallyCode, TallyError
from voting.tally.groups.choice import Element, Group
from voting.tally.groups.proofs import PROOF_FORM, key_prefix, knowledge_holds, read_proof
from voting.tally.json_form import Tagged, dump, load_canonical

TRUSTEE_KEY_FORM = {"pok": PROOF_FORM, "public_key": "string", "signature?": PROOF_FORM, "name?": "string"}
MAX_TRUSTEES = 50
"""Of all blocks together: checking the keys of so many takes seconds, and of ten times as many hours."""
PEDERSEN_FORM = {
    "threshold": "int",
    "certs": [SIGNED_FORM],
    "coefexps": [SIGNED_FORM],
    "signatures?": [PROOF_FORM],
    "verification_keys": [TRUSTEE_KEY_FORM],
}
TRUSTEES_FORM = [Tagged({"Single": TRUSTEE_KEY_FORM, "Pedersen": PEDERSEN_FORM})]
CERT_KEYS_FORM = {
    "context?": {"group": "string", "size": "int", "threshold": "int", "index": "int"},
    "verification": "string",
    "encryption": "string",
}
COEFEXPS_FORM = {"coefexps": ["string"]}


@dataclass(frozen=True)
class Block:
    """Scrutineers who share one secret: ``threshold`` of ``keys`` are needed; owners count from ``first``."""

    kind: str
    first: int
    threshold: int
    keys: tuple[str, ...]

    @property
    def owners(self) -> range:
        """The numbers of its scrutineers."""
        return range(self.first, self.first + len(self.keys))


@dataclass(frozen=True)
class Trustees:
    """The checked trustees document. ``public_key`` is the election key that it amounts to.

    ``bound``: whether every signature in it names the ceremony for which it was made, as ours do.
    """

    raw: bytes = field(repr=False)
    group: Group
    public_key: str
    blocks: tuple[Block, ...]
    bound: bool = True

    @classmethod
    def parse(cls, group: Group, raw: bytes, *, unbound: bool = False) -> "Trustees":
        """Read the document and check every signature, proof and product in it.

        ``unbound``: let certificates and keys pass that name no ceremony, as belenios-tool 2.0 makes them. Raises
        TallyError: document_malformed, document_not_canonical, trustees_invalid, not_in_group.
        """
        value = load_canonical(raw, TRUSTEES_FORM, "the trustees document")
        _require(bool(value), "there are no trustees")
        numbers = [len(content["certs"]) if kind == "Pedersen" else 1 for kind, content in value]
        _require(sum(numbers) <= MAX_TRUSTEES, f"there are more than {MAX_TRUSTEES} trustees")
        blocks: list[Block] = []
        product = group.identity
        for kind, content in value:
            first = 1 + sum(len(block.keys) for block in blocks)
            read = _read_single if kind == "Single" else _read_pedersen
            block, key = read(group, content, first)
            blocks.append(block)
            product = group.multiply(product, key)
        _require_different([key for block in blocks for key in block.keys], "scrutineers have the same key")
        bound = all(kind == "Single" or "signatures" in content for kind, content in value)
        _require(bound or unbound, "the scrutineers did not sign for which ceremony their keys are")
        return cls(raw, group, group.encode(product), tuple(blocks), bound)

    @property
    def size(self) -> int:
        """The number of scrutineers."""
        return sum(len(block.keys) for block in self.blocks)

    @property
    def threshold(self) -> int:
        """How many scrutineers are needed at least."""
        return sum(block.threshold for block in self.blocks)

    def verification_key(self, owner: int) -> str:
        """The public key of scrutineer ``owner`` (from 1). Raises TallyError(decryption_invalid)."""
        for block in self.blocks:
            if owner in block.owners:
                return block.keys[owner - block.first]
        raise TallyError(TallyCode.DECRYPTION_INVALID, f"there is no scrutineer number {owner}")

    def require_enough(
        self,
        owners: Collection[int],
        code: TallyCode = TallyCode.DECRYPTIONS_MISSING,
        what: str = "partial decryptions",
    ) -> None:
        """Raise TallyError with the code unless every block has enough of these owners; ``what`` they did."""
        for block in self.blocks:
            present = sum(owner in owners for owner in block.owners)
            if present < block.threshold:
                raise TallyError(
                    code,
                    f"{present} of {block.threshold} needed {what} from scrutineers"
                    f" {block.first} to {block.owners[-1]}",
                )

    def combine(self, factors: Mapping[int, Element]) -> Element:
        """The whole decryption factor from those of enough owners; whoever is more than enough must agree with them.

        Raises TallyError: decryptions_missing, and decryption_invalid naming the owner whose factor contradicts the
        first ones that suffice.
        """
        self.require_enough(factors.keys())
        return self.group.product(self._combine(block, factors) for block in self.blocks)

    def _combine(self, block: Block, factors: Mapping[int, Element]) -> Element:
        if block.kind == "Single":
            return factors[block.first]
        given = {owner - block.first + 1: factors[owner] for owner in block.owners if owner in factors}
        chosen = dict(list(given.items())[: block.threshold])
        for place, factor in given.items():
            if place not in chosen and interpolate(self.group, chosen, place) != factor:
                owner = block.first + place - 1
                detail = f"the decryption of scrutineer {owner} contradicts those of the others"
                raise TallyError(TallyCode.DECRYPTION_INVALID, detail)
        return interpolate(self.group, chosen, 0)


def interpolate(group: Group, shares: Mapping[int, Element], at: int) -> Element:
    """In the exponent, the value at ``at`` of the polynomial that has these values at their places; 0 is the secret."""
    places = list(shares)
    return group.product(
        group.power(element, lagrange(place, places, group.q, at)) for place, element in shares.items()
    )


def lagrange(place: int, places: Sequence[int], q: int, at: int = 0) -> int:
    """The coefficient mod q of the share at ``place`` when the value at ``at`` is rebuilt from ``places``."""
    numerator, denominator = 1, 1
    for other in places:
        if other != place:
            numerator = numerator * (other - at) % q
            denominator = denominator * (other - place) % q
    return numerator * pow(denominator, -1, q) % q


def combine_commitments(group: Group, coefexps: Sequence[Sequence[Element]]) -> list[Element]:
    """The commitments of the polynomial that all dealers' polynomials add up to, degree by degree."""
    return [group.product(column) for column in zip(*coefexps, strict=True)]


def require_commitments(group: Group, coefexps: Sequence[Sequence[Element]]) -> list[Element]:
    """The combined commitments, which must share a secret among as many as they promise.

    Raises TallyError(trustees_invalid) when a dealer adds nothing in some degree, or all of them together add up to
    a polynomial without a secret or of a lower degree: then fewer scrutineers than the threshold could decrypt.
    """
    _require(
        all(element != group.identity for dealer in coefexps for element in dealer),
        "a dealer committed to a coefficient of zero",
    )
    combined = combine_commitments(group, coefexps)
    _require(combined[0] != group.identity, "the dealers' secrets cancel one another")
    _require(combined[-1] != group.identity, "the dealers' polynomials add up to one of a lower degree")
    return combined


def share_key(group: Group, commitments: Sequence[Element], place: int) -> Element:
    """g**(share of ``place``): the product over the degrees k of A_k**(place**k)."""
    return group.product(
        group.power(element, pow(place, degree, group.q)) for degree, element in enumerate(commitments)
    )


def certs_message(certs: Sequence[Any], coefexps: Sequence[str]) -> str:
    """What a dealer signs besides its coefficients: the certificates it was shown."""
    signed = [
        {
            "message": cert["message"],
            "signature": {name: cert["signature"][name] for name in ("challenge", "response")},
        }
        for cert in certs
    ]
    return "certs_sig|" + dump({"certs": signed, "coefexps": list(coefexps)}).decode()


def read_certificate(
    group: Group, cert: Any, *, size: int, threshold: int, index: int, bound: bool = True
) -> tuple[Element, dict[str, Any]]:
    """The verification key and content of a certificate, whose context (there is none if not ``bound``) and signature
    are checked.
    """
    content: dict[str, Any] = load_canonical(cert["message"].encode(), CERT_KEYS_FORM, "a certificate")
    context = {"group": group.name, "size": size, "threshold": threshold, "index": index}
    expected = context if bound else None
    _require(content.get("context") == expected, f"certificate {index} was made for another ceremony")
    group.parse(content["encryption"])
    verification = group.parse(content["verification"])
    _require(verification != group.identity, f"certificate {index} has the identity as its key")
    _require(
        signature_holds(group, verification, cert["message"], cert["signature"]),
        f"the signature of certificate {index} does not hold",
    )
    return verification, content


def read_coefexps(group: Group, verification: Element, signed: Any, threshold: int) -> list[str]:
    """The signed commitments of one dealer: ``threshold`` members of the group."""
    _require(
        signature_holds(group, verification, signed["message"], signed["signature"]),
        "the signature of a dealer's commitments does not hold",
    )
    content = load_canonical(signed["message"].encode(), COEFEXPS_FORM, "a dealer's commitments")
    listed: list[str] = content["coefexps"]
    _require(len(listed) == threshold, "a dealer made a polynomial of the wrong degree")
    for text in listed:
        group.parse(text)
    return listed


def require_knowledge(group: Group, key: Any) -> Element:
    """The element of a trustee_public_key whose proof of knowledge is checked. Raises TallyError."""
    element = group.parse(key["public_key"])
    _require(element != group.identity, "a scrutineer's key is the identity")
    _require(
        knowledge_holds(group, element, read_proof(group, key["pok"]), key_prefix(group, key["public_key"])),
        "a scrutineer's proof of knowing the key does not hold",
    )
    return element


def require_share_key(group: Group, verification: Element, expected: Element, key: Any, *, bound: bool = True) -> None:
    """Check a threshold verification key: value, proof and its owner's signature (none if not ``bound``)."""
    _require(require_knowledge(group, key) == expected, "a verification key does not follow from the dealings")
    _require(("signature" in key) == bound, "a verification key is not signed, or only some are")
    if not bound:
        return
    _require(
        signature_holds(group, verification, key["public_key"], key["signature"]),
        "the signature of a verification key does not hold",
    )


def _read_single(group: Group, key: Any, first: int) -> tuple[Block, Element]:
    return Block("Single", first, 1, (key["public_key"],)), require_knowledge(group, key)


def _read_pedersen(group: Group, value: Any, first: int) -> tuple[Block, Element]:
    size, threshold, bound = len(value["certs"]), value["threshold"], "signatures" in value
    lists = ("coefexps", *(["signatures"] if bound else []), "verification_keys")
    _require(all(len(value[name]) == size for name in lists), "the lists of the trustees differ in length")
    _require(1 <= threshold <= size, "the threshold is not between 1 and the number of trustees")
    verifications = [
        read_certificate(group, cert, size=size, threshold=threshold, index=index, bound=bound)[0]
        for index, cert in enumerate(value["certs"], 1)
    ]
    _require_different([group.encode(key) for key in verifications], "scrutineers signed with the same key")
    spelled = [
        read_coefexps(group, verification, signed, threshold)
        for verification, signed in zip(verifications, value["coefexps"], strict=True)
    ]
    for verification, listed, signature in zip(verifications, spelled, value.get("signatures", ()), strict=bound):
        _require(
            signature_holds(group, verification, certs_message(value["certs"], listed), signature),
            "a dealer did not sign these certificates",
        )
    combined = require_commitments(group, [[group.decode(text) for text in listed] for listed in spelled])
    keys = value["verification_keys"]
    for index, (verification, key) in enumerate(zip(verifications, keys, strict=True), 1):
        require_share_key(group, verification, share_key(group, combined, index), key, bound=bound)
    return Block("Pedersen", first, threshold, tuple(key["public_key"] for key in keys)), combined[0]


def _require_different(keys: Sequence[object], detail: str) -> None:
    _require(len(set(keys)) == len(keys), detail)


def _require(holds: bool, detail: str) -> None:
    if not holds:
        raise TallyError(TallyCode.TRUSTEES_INVALID, detail)
