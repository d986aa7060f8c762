"""Records that do not claim our format 2, with what they lack of the stricter laws, or the check that refuses them."""

from collections.abc import Callable
from typing import NamedTuple

from tests.support.tally.kinds import make_kind
from tests.support.tally.scenes import Record, make_scene
from voting.tally.board.archive import OwnedDocument
from voting.tally.board.chain import owned_by
from voting.tally.json_form import dump, load
from voting.tally.verify.laws import Law

FREE = "An election that was described in free words."


class Lacking(NamedTuple):
    """found: the laws that it lacks; or the number of the check, and what its refusal says."""

    name: str
    build: Callable[[], bytes]
    found: tuple[Law, ...] | tuple[int, str]


def summed() -> Record:
    """An honest record of a summed poll that claims nothing."""
    return make_scene("Ed25519", 2, FREE).record()


def ranked() -> Record:
    """The same of one that is shuffled."""
    return make_kind("ranked", "Ed25519", None, FREE).record()


def published(raw: bytes) -> bytes:
    """A decryption as the published format has it."""
    return dump({name: part for name, part in load(raw).items() if name != "statement_proofs"})


def unsigned(made: OwnedDocument) -> OwnedDocument:
    """A shuffle as the published format has it."""
    return OwnedDocument(owned_by(load(made.owned)["owner"], made.raw), made.raw)


def unbound(trustees: bytes) -> bytes:
    """The scrutineers' keys without what ties them to their ceremony: their certificates name it still."""
    ((kind, block),) = load(trustees)
    keys = [{name: part for name, part in key.items() if name != "signature"} for key in block["verification_keys"]]
    rest = {name: part for name, part in block.items() if name != "signatures"}
    return dump([[kind, rest | {"verification_keys": keys}]])


def nothing() -> bytes:
    return summed().archive()


def order() -> bytes:
    record = summed()
    record.credentials = dump(load(record.credentials)[::-1])
    return record.archive()


def twice() -> bytes:
    record = summed()
    first, *others = load(record.credentials)
    record.credentials = dump([first, *others, first])
    return record.archive()


def statements(*places: int) -> Callable[[], bytes]:
    def build() -> bytes:
        record = summed()
        for place in places:
            owner, raw = record.decryptions[place]
            record.decryptions[place] = (owner, published(raw))
        return record.archive()

    return build


def false_statements() -> bytes:
    record = summed()
    for place, (owner, raw) in enumerate(record.decryptions):
        value = load(raw)
        record.decryptions[place] = (owner, dump({**value, "statement_proofs": value["decryption_proofs"]}))
    return record.archive()


def signatures(*places: int) -> Callable[[], bytes]:
    def build() -> bytes:
        record = ranked()
        for place in places:
            record.shuffles[place] = unsigned(record.shuffles[place])
        return record.archive()

    return build


def false_signatures() -> bytes:
    record = ranked()
    exchanged = [load(made.owned)["signature"] for made in record.shuffles][::-1]
    for place, (made, signature) in enumerate(zip(record.shuffles, exchanged, strict=True)):
        record.shuffles[place] = OwnedDocument(dump({**load(made.owned), "signature": signature}), made.raw)
    return record.archive()


def half_bound() -> bytes:
    record = summed()
    record.trustees = unbound(record.trustees)
    return record.archive()


LACKING = (
    Lacking("nothing is lacking", nothing, ()),
    Lacking("credentials out of order", order, (Law.CREDENTIALS_SORTED,)),
    Lacking("a credential twice", twice, (7, "a credential occurs twice")),
    Lacking("no statement is proven", statements(0, 1), (Law.STATEMENT_PROOFS,)),
    Lacking("the first statements are not", statements(0), (14, "some decryptions prove their whole statement")),
    Lacking("the second statements are not", statements(1), (14, "some decryptions prove their whole statement")),
    Lacking("false proofs of statements", false_statements, (14, "decryption")),
    Lacking("no shuffle is signed", signatures(0, 1), (Law.SIGNED_SHUFFLES,)),
    Lacking("the first shuffle is not", signatures(0), (19, "some shuffles are signed and others are not")),
    Lacking("the second shuffle is not", signatures(1), (19, "some shuffles are signed and others are not")),
    Lacking("exchanged signatures", false_signatures, (19, "the signature of scrutineer 2 on a shuffle does not hold")),
    Lacking("keys that are half bound", half_bound, (6, "certificate 1 was made for another ceremony")),
)
