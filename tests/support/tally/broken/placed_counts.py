"""Sums, decryptions, results and receipts with one part changed, each in turn (checks 12 to 18)."""

from collections.abc import Iterator
from typing import Any

from tests.support.tally.broken.forms import Broken
from tests.support.tally.broken.places import TORSION, Path, Placed, at, called, ends, leaves, replaced, with_neighbour
from tests.support.tally.kinds import make_kind
from tests.support.tally.scenes import SERVER, Record, Scene, make_receipts, make_scene
from voting.tally.board.receipt import make_receipt
from voting.tally.errors import TallyCode
from voting.tally.groups.proofs import Proof, challenge
from voting.tally.json_form import dump, load

UNPROVEN = "the proof of a decryption factor does not hold"
MISSHAPEN = "does not have the shape of the questions"


def sums() -> Iterator[Placed]:
    """Each ciphertext of the sum, each ballot left out of it, and each number of the size."""
    scene = make_scene("Ed25519")
    tally = load(scene.record().tally or b"")
    other = "the archived sum is not that"
    for path in leaves(tally):
        changed = with_neighbour(scene.group, tally, path)
        yield _with(f"sum {called(path)}", 13, TallyCode.TALLY_INVALID, other, tally=dump(changed))
    for place in range(len(scene.ballots)):
        rest = scene.ballots[:place] + scene.ballots[place + 1 :]

        def without(rest: list[bytes] = rest) -> bytes:
            return scene.record(summed=rest).archive()

        yield Placed(f"sum without {place}", 13, TallyCode.TALLY_INVALID, other, without)
    for name in ("num_tallied", "total_weight"):
        for number in (4, 6):
            sized = {**scene.record().sized, name: number}
            yield _with(f"{name} {number}", 12, TallyCode.TALLY_INVALID, "are announced, 5 are there", sized=sized)


def _with(name: str, number: int, code: TallyCode, says: str, **changes: Any) -> Placed:
    """The honest record of the poll with one question, with these fields in place of its own."""

    def build() -> bytes:
        record = make_scene("Ed25519").record()
        for field, value in changes.items():
            setattr(record, field, value)
        return record.archive()

    return Placed(name, number, code, says, build)


def decryptions() -> Iterator[Placed]:
    """Each factor and each number of each proof of each scrutineer, in a poll of one question and of several.

    In the latter nobody voted, so that what is decrypted are the ciphertexts that a sum begins with.
    """
    one, several = make_scene("Ed25519"), make_kind("several", "Ed25519")
    for record, group, name in ((one.record(), one.group, "one"), (several.record([]), several.group, "several")):
        for place, (_, raw) in enumerate(record.decryptions):
            value = load(raw)
            for path in leaves(value):
                if path[1] in ends(len(value[path[0]])):
                    changed = with_neighbour(group, value, path)
                    yield _decrypted(record, f"{name} {place} {called(path)}", place, changed, UNPROVEN)
            yield from _misshapen(record, name, place, value)


def _misshapen(record: Record, name: str, place: int, value: Any) -> Iterator[Placed]:
    for field in value:
        for question in ends(len(value[field])):
            listed = value[field][question]
            for what, made in (("short", listed[:-1]), ("long", [*listed, listed[-1]])):
                changed = replaced(value, (field, question), made)
                yield _decrypted(record, f"{name} {place} {what} {field} {question}", place, changed, MISSHAPEN)
        without = {**value, field: value[field][:-1]}
        yield _decrypted(record, f"{name} {place} without a question's {field}", place, without, MISSHAPEN)
    shorter = {field: [part[:-1] for part in value[field]] for field in value}
    yield _decrypted(record, f"{name} {place} short", place, shorter, MISSHAPEN)


def _decrypted(
    honest: Record,
    name: str,
    place: int,
    value: Any,
    says: str,
    code: TallyCode = TallyCode.DECRYPTION_INVALID,
) -> Placed:
    def build() -> bytes:
        record = honest.copy()
        record.decryptions[place] = (record.decryptions[place][0], dump(value))
        return record.archive()

    return Placed(name, 14, code, says, build)


def factors_outside_the_group() -> Iterator[Placed]:
    """A factor times a point of order 8. Its proof holds: the challenge was drawn until it is divided by 8."""
    scene = make_scene("Ed25519")
    for place, (owner, raw) in enumerate(scene.record().decryptions):
        value = load(raw)
        for answer in range(len(value["decryption_factors"][0])):
            path: Path = ("decryption_factors", 0, answer)
            false = scene.group.multiply(scene.group.decode(at(value, path)), TORSION)
            changed = replaced(value, path, scene.group.encode(false))
            changed["decryption_proofs"][0][answer] = _proof_of_order_eight(scene, owner, answer).to_json()
            says = "a decryption factor is not in the group"
            yield _decrypted(scene.record(), f"outside {place} {answer}", place, changed, says, TallyCode.NOT_IN_GROUP)


def _proof_of_order_eight(scene: Scene, owner: int, answer: int) -> Proof:
    group, secret = scene.group, scene.ceremony.shares[owner - 1].decryption or 0
    alpha = group.decode(load(scene.record().tally or b"")[0][answer]["alpha"])
    public = group.encode(group.power_g(secret))
    while True:
        nonce = group.random_scalar(scene.rng)
        prefix = f"decrypt|{scene.election.hash}|{public}|"
        asked = challenge(group, prefix, [group.power_g(nonce), group.power(alpha, nonce)])
        if asked % 8 == 0:
            return Proof(asked, (nonce - secret * asked) % group.q)


def owners() -> Iterator[Placed]:
    """Scrutineers who are none, or decrypt twice, each in turn; and each who is missing."""
    scene = make_scene("Ed25519")
    honest = scene.record().decryptions
    for place, (owner, raw) in enumerate(honest):
        for nobody in (0, 4):
            listed = [*honest[:place], (nobody, raw), *honest[place + 1 :]]
            says = f"there is no scrutineer number {nobody}"
            yield _with(f"owner {place} {nobody}", 14, TallyCode.DECRYPTION_INVALID, says, decryptions=listed)
        twice = f"scrutineer {owner} decrypted twice"
        again = [*honest, (owner, raw)]
        yield _with(f"again {place}", 14, TallyCode.DECRYPTION_INVALID, twice, decryptions=again)
        rest = honest[:place] + honest[place + 1 :]
        yield _with(f"without {place}", 15, TallyCode.DECRYPTIONS_MISSING, "1 of 2 needed", decryptions=rest)


def results() -> Iterator[Placed]:
    """Each number of each answer, and each list that is too short or too long."""
    for kind in ("several", "ranked", "recorded"):
        scene = make_kind(kind, "Ed25519")
        record = scene.record([] if kind == "several" else None)
        value = load(record.result)
        for path in leaves(value):
            changed = replaced(value, path, at(value, path) + 1)
            yield _resulting(record, f"{kind} {called(path)}", changed, "the archived result is not")
        listed = value["result"]
        for made in (listed[:-1], [*listed, listed[-1]]):
            yield _resulting(record, f"{kind} {len(made)} questions", {"result": made}, MISSHAPEN)
        for question, answers in enumerate(listed):
            papers = bool(answers) and isinstance(answers[0], list)
            mixed: Any = answers[0] if papers else [[number] for number in answers]
            yield _resulting(
                record,
                f"{kind} {question} of another kind",
                replaced(value, ("result", question), mixed),
                "the shape of",
            )
            for width, made in _other_widths(answers, papers=papers):
                changed = replaced(value, ("result", question), made)
                yield _resulting(record, f"{kind} {question} {width}", changed, "the shape of the question")


def _other_widths(answers: list[Any], *, papers: bool) -> Iterator[tuple[str, list[Any]]]:
    if not papers:
        yield "short", answers[:-1]
        yield "long", [*answers, 0]
        return
    for place in ends(len(answers)):
        yield f"short paper {place}", [*answers[:place], answers[place][:-1], *answers[place + 1 :]]
        yield f"long paper {place}", [*answers[:place], [*answers[place], 0], *answers[place + 1 :]]


def _resulting(honest: Record, name: str, value: Any, says: str) -> Placed:
    def build() -> bytes:
        record = honest.copy()
        record.result = dump(value)
        return record.archive()

    return Placed(name, 16, TallyCode.RESULT_INVALID, says, build)


RECEIPT_CHANGES: tuple[tuple[str, Any, str], ...] = (
    ("election_uuid", "1" * 14, "receipt {} belongs to another poll"),
    ("fingerprint", "0" * 64, "receipt {} belongs to another poll"),
    ("tracker", "A" * 43, "of receipt {} is not where it was promised"),
    ("height", 9, "of receipt {} is not where it was promised"),
    ("board_head", "0" * 64, "of receipt {} is not where it was promised"),
)


def receipts() -> Iterator[Placed]:
    """Each receipt in turn with each field changed: signed anew by the server, and not signed."""
    scene = make_scene("Ed25519")
    record = scene.record()
    honest = make_receipts(scene, record)
    for place in ends(len(honest)):
        for field, new, says in RECEIPT_CHANGES:
            signed = _signed_anew({**honest[place], field: new})
            yield _receiving(
                f"{place} {field} signed", record, _in_place(honest, place, signed), says.format(place + 1)
            )
            forged = {**honest[place], field: new}
            yield _receiving(f"{place} {field}", record, _in_place(honest, place, forged), "signature")
        forged = {**honest[place], "signature": "0" * 128}
        yield _receiving(f"{place} signature", record, _in_place(honest, place, forged), "signature")
        other = honest[(place + 1) % len(honest)]
        later = _of_version(2, honest[place])
        yield _receiving(f"{place} version signed", record, _in_place(honest, place, later), "not of version 1")
        moved = _signed_anew({**honest[place], **{name: other[name] for name in ("height", "board_head")}})
        yield _receiving(f"{place} moved", record, _in_place(honest, place, moved), "not where it was promised")


def _in_place(honest: list[dict[str, Any]], place: int, receipt: dict[str, Any]) -> list[dict[str, Any]]:
    return [*honest[:place], receipt, *honest[place + 1 :]]


def _signed_anew(receipt: dict[str, Any]) -> dict[str, Any]:
    fields = {name: value for name, value in receipt.items() if name not in ("version", "signature")}
    return make_receipt(**fields, sign=lambda message: SERVER.sign(message).signature)


def _of_version(version: int, receipt: dict[str, Any]) -> dict[str, Any]:
    """Its signature holds."""
    content = {name: value for name, value in receipt.items() if name != "signature"} | {"version": version}
    return content | {"signature": SERVER.sign(b"plenary-receipt|" + dump(content)).signature.hex()}


def _receiving(name: str, record: Record, given: list[dict[str, Any]], says: str) -> Placed:
    return Placed(f"receipt {name}", 18, TallyCode.RECEIPT_INVALID, says, lambda: Broken(record.archive(), given))
