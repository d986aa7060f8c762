"""Scrutineers' keys with one thing false, for each scrutineer in turn (check 6)."""

import copy
from collections.abc import Iterator
from typing import Any

from tests.support.tally.broken.forged_keys import Forger, proven, record_with
from tests.support.tally.broken.places import TORSION, Placed, leaves, with_neighbour
from tests.support.tally.scenes import seeded
from voting.tally.errors import TallyCode
from voting.tally.groups.choice import Group, group_by_name

SIZE = 3
GROUP: Group = group_by_name("Ed25519")
INVALID = TallyCode.TRUSTEES_INVALID


def outside(text: str) -> str:
    """The element times a point of order 8."""
    return GROUP.encode(GROUP.multiply(GROUP.decode(text), TORSION))


def certificates() -> Iterator[Placed]:
    """Certificates made for another ceremony, or with a key that is none."""
    for place in range(SIZE):
        for name, new in (("group", "BELENIOS-2048"), ("size", 4), ("threshold", 3), ("index", (place + 1) % SIZE + 1)):
            forger = Forger(certificate={place: _in_context(name, new)})
            yield _pedersen(f"certificate {place} {name}", f"certificate {place + 1} was made for another", forger)
        for name in ("verification", "encryption"):
            forger = Forger(certificate={place: _outside(name)})
            yield _pedersen(f"certificate {place} {name} outside", "not in the group", forger, TallyCode.NOT_IN_GROUP)
        signing = [5, 6, 7]
        signing[place] = 0
        says = f"certificate {place + 1} has the identity as its key"
        yield _pedersen(f"certificate {place} identity", says, Forger(signing=signing))
        says = f"the signature of certificate {place + 1} does not hold"
        yield from _false_proofs(f"certificate {place}", ("certs", place, "signature"), says)


def _in_context(name: str, new: Any) -> Any:
    return lambda content: {**content, "context": {**content["context"], name: new}}


def _outside(name: str) -> Any:
    return lambda content: {**content, name: outside(content[name])}


def dealings() -> Iterator[Placed]:
    """Polynomials of another degree, outside the group, unsigned, or made for other certificates."""
    for place in range(SIZE):
        for name, says, code, change in (
            ("short", "polynomial of the wrong degree", INVALID, lambda listed: listed[:-1]),
            ("long", "polynomial of the wrong degree", INVALID, lambda listed: [*listed, listed[0]]),
            (
                "first outside",
                "not in the group",
                TallyCode.NOT_IN_GROUP,
                lambda listed: [outside(listed[0]), listed[1]],
            ),
            (
                "last outside",
                "not in the group",
                TallyCode.NOT_IN_GROUP,
                lambda listed: [listed[0], outside(listed[1])],
            ),
        ):
            yield _pedersen(f"dealing {place} {name}", says, Forger(commitments={place: change}), code)
        seen = Forger(dealt={place: lambda message: message.replace('"index\\":1', '"index\\":2')})
        yield _pedersen(f"dealing {place} for others", "a dealer did not sign these certificates", seen)
        says = "the signature of a dealer's commitments does not hold"
        yield from _false_proofs(f"dealing {place}", ("coefexps", place, "signature"), says)
        yield from _false_proofs(f"shown to {place}", ("signatures", place), "did not sign these certificates")


def verification_keys() -> Iterator[Placed]:
    """Keys that do not follow from the dealings, are outside the group, unproven or unsigned."""
    for place in range(SIZE):
        own = Forger(key={place: lambda key: {**proven(GROUP, 5, seeded("own")), "signature": key["signature"]}})
        yield _pedersen(f"key {place} of one's own", "a verification key does not follow from the dealings", own)
        far = Forger(key={place: lambda key: {**key, "public_key": outside(key["public_key"])}})
        yield _pedersen(f"key {place} outside", "not in the group", far, TallyCode.NOT_IN_GROUP)
        bare = Forger(key={place: lambda key: {name: key[name] for name in ("pok", "public_key")}})
        yield _pedersen(f"key {place} unsigned", "a verification key is not signed", bare)
        path = ("verification_keys", place)
        yield from _false_proofs(f"key {place}", (*path, "pok"), "proof of knowing the key does not hold")
        says = "the signature of a verification key does not hold"
        yield from _false_proofs(f"key {place} signature", (*path, "signature"), says)


def blocks() -> Iterator[Placed]:
    """Blocks whose numbers do not fit one another, and none at all."""
    for name in ("coefexps", "signatures", "verification_keys"):
        for what, resize in (("short", lambda listed: listed[:-1]), ("long", lambda listed: [*listed, listed[-1]])):
            forger = Forger(document=_resized(name, resize))
            yield _pedersen(f"{name} {what}", "the lists of the trustees differ in length", forger)
    says = "the threshold is not between 1 and the number of trustees"
    yield _pedersen("threshold 0", says, Forger(threshold=0, polynomials=[[], [], []]))
    yield _pedersen("threshold 4 of 3", says, Forger(threshold=4))
    yield _pedersen("nobody", says, Forger(size=0, threshold=0))
    yield _pedersen("too many", "more than 50 trustees", Forger(document=_repeated))
    yield Placed("no block", 6, INVALID, "there are no trustees", lambda: record_with([], Forger().element(5), {}))
    honest = Forger()
    other = "do not make the election's public key"
    key = honest.element(5)
    yield Placed("another key", 6, INVALID, other, lambda: record_with([["Pedersen", honest.block()]], key, {}))


def weaknesses() -> Iterator[Placed]:
    """Keys that are proven and follow from the dealings, but share less than they promise."""
    for place in range(SIZE):
        signing = [5, 6, 7]
        signing[place] = signing[place - 1]
        yield _pedersen(f"signing {place} twice", "scrutineers signed with the same key", Forger(signing=signing))
        for degree in (0, 1):
            polynomials = [[11, 12], [13, 14], [15, 16]]
            polynomials[place][degree] = 0
            says = "a dealer committed to a coefficient of zero"
            yield _pedersen(f"coefficient {place} {degree} zero", says, Forger(polynomials=polynomials))
    q = GROUP.q
    cancelled = Forger(polynomials=[[11, 12], [13, 14], [q - 24, 16]])
    yield _pedersen("secrets cancelled", "the dealers' secrets cancel one another", cancelled)
    constant = Forger(polynomials=[[11, 12], [13, 14], [15, q - 26]])
    yield _pedersen("constant", "the dealers' polynomials add up to one of a lower degree", constant)
    lower = Forger(threshold=3, polynomials=[[11, 12, 1], [13, 14, 2], [15, 16, q - 3]])
    yield _pedersen("of degree one", "the dealers' polynomials add up to one of a lower degree", lower)
    # Together 30 - 3x + x^2, which has one value at 1 and 2.
    folded = Forger(threshold=3, polynomials=[[10, q - 1, 2], [10, q - 1, 2], [10, q - 1, q - 3]])
    yield _pedersen("folded", "scrutineers have the same key", folded)
    for one, other in ((0, 1), (0, 2), (1, 2)):
        secrets = [5, 6, 7]
        secrets[other] = secrets[one]
        yield _weak_single(f"single {one} is {other}", secrets)


def _weak_single(name: str, secrets: list[int]) -> Placed:
    keys = [["Single", proven(GROUP, one, seeded("single"))] for one in secrets]
    public = GROUP.encode(GROUP.power_g(sum(secrets)))
    says = "scrutineers have the same key"
    return Placed(name, 6, INVALID, says, lambda: record_with(keys, public, dict(enumerate(secrets, 1))))


def _resized(name: str, resize: Any) -> Any:
    return lambda block: {**block, name: resize(block[name])}


def _repeated(block: Any) -> Any:
    return {name: value[:1] * 51 if isinstance(value, list) else value for name, value in block.items()}


def singles() -> Iterator[Placed]:
    """The same of keys that are all indispensable."""
    for place in range(SIZE):
        secrets = [5, 6, 7]
        yield _single(f"single {place} identity", "a scrutineer's key is the identity", place, secret=0)
        keys = [proven(GROUP, secret, seeded("single")) for secret in secrets]
        far = [dict(key) for key in keys]
        far[place]["public_key"] = outside(far[place]["public_key"])
        yield _listed(f"single {place} outside", "not in the group", far, TallyCode.NOT_IN_GROUP)
        for path in leaves(keys[place]["pok"]):
            false = copy.deepcopy(keys)
            false[place]["pok"] = with_neighbour(GROUP, false[place]["pok"], path)
            yield _listed(f"single {place} {path[-1]}", "proof of knowing the key does not hold", false)


def _single(name: str, says: str, place: int, secret: int) -> Placed:
    secrets = [5, 6, 7]
    secrets[place] = secret
    keys = [["Single", proven(GROUP, one, seeded("single"))] for one in secrets]
    public = GROUP.encode(GROUP.power_g(sum(secrets)))
    return Placed(name, 6, INVALID, says, lambda: record_with(keys, public, dict(enumerate(secrets, 1))))


def _listed(name: str, says: str, keys: list[Any], code: TallyCode = INVALID) -> Placed:
    public = GROUP.encode(GROUP.power_g(5 + 6 + 7))
    return Placed(name, 6, code, says, lambda: record_with([["Single", key] for key in keys], public, {}))


def _false_proofs(name: str, path: tuple[str | int, ...], says: str) -> Iterator[Placed]:
    for field in ("challenge", "response"):
        forger = Forger(document=_altered((*path, field)))
        yield _pedersen(f"{name} false {field}", says, forger)


def _altered(path: tuple[str | int, ...]) -> Any:
    return lambda block: with_neighbour(GROUP, block, path)


def _pedersen(name: str, says: str, forger: Forger, code: TallyCode = INVALID) -> Placed:
    return Placed(name, 6, code, says, forger.archive)
