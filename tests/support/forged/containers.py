"""Sittings whose file, or what it states of itself, is not what it should be: checks Z1 to Z6."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping

import msgspec

from tests.support.forged.forgery import Files, Forgery
from tests.support.statements import OTHER
from tests.support.whole_sitting import Whole, ended_sitting, receipts_of
from voting.record.whole.container import read_files, write_files
from voting.record.whole.statement import PollFiles
from voting.sitting.poll import PollState
from voting.tally.json_form import sha256_hex

VOTED, NAMED, BY_HAND = "motion-2", "mixed-named", "hands"


def whole() -> Whole:
    """The honest one, to be changed."""
    return Whole(ended_sitting())


def honest() -> bytes:
    return whole().packed()


def _zipped(files: Mapping[str, bytes], compression: int) -> bytes:
    """As another program writes them."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", compression) as archive:
        for name, raw in files.items():
            archive.writestr(zipfile.ZipInfo(name), raw, compression)
    return made.getvalue()


def _directory(raw: bytes) -> int:
    return raw.index(b"PK\x01\x02")


def _put_before_directory(raw: bytes, inserted: bytes) -> bytes:
    place = _directory(raw)
    return raw[:place] + inserted + raw[place:]


def _entry(name: bytes, content: bytes = b"{}") -> bytes:
    """A file as the container has it, without its place in the directory."""
    size = len(content)
    header = struct.pack("<4s5H3I2H", b"PK\x03\x04", 20, 0, 0, 0, 33, zlib.crc32(content), size, size, len(name), 0)
    return header + name + content


def _patched(raw: bytes, place: int, value: bytes) -> bytes:
    return raw[:place] + value + raw[place + len(value) :]


def _named_otherwise(raw: bytes) -> bytes:
    place = raw.rindex(b"roster.json")
    return _patched(raw, place, b"others.json")


def _with_comment(raw: bytes) -> bytes:
    return raw[:-2] + b"\x01\x00x"


CONTAINERS: dict[str, Callable[[bytes], bytes]] = {
    "a_sitting_that_is_no_zip_file": lambda raw: b"no zip file",
    "a_sitting_that_is_empty": lambda raw: raw[-22:-14] + bytes(14),
    "a_sitting_packed_by_another_program": lambda raw: _zipped(read_files(raw), zipfile.ZIP_STORED),
    "a_sitting_that_is_compressed": lambda raw: _zipped(read_files(raw), zipfile.ZIP_DEFLATED),
    "a_sitting_with_something_before_it": lambda raw: b"x" + raw,
    "a_sitting_with_something_behind_it": lambda raw: raw + b"x",
    "a_sitting_with_something_before_the_directory": lambda raw: _put_before_directory(raw, b"x"),
    "a_sitting_with_a_file_outside_the_directory": lambda raw: _put_before_directory(
        raw, _entry(b"beside.json", b"{}")
    ),
    "a_sitting_with_a_file_twice": lambda raw: _entry(b"sitting.json") + raw,
    "a_sitting_with_a_path_out_of_its_folder": lambda raw: _entry(b"../sitting.json") + raw,
    "a_sitting_with_a_name_in_capitals": lambda raw: write_files(
        {f"x{name}": one for name, one in read_files(raw).items()}
    ).replace(b"xsitting.json", b"Xsitting.json"),
    "a_sitting_cut_short": lambda raw: raw[: len(raw) // 2],
    "a_sitting_without_its_directory": lambda raw: raw[: _directory(raw)],
    "a_sitting_whose_directory_names_another_file": _named_otherwise,
    "a_sitting_whose_directory_has_a_comment": _with_comment,
    "a_sitting_with_a_false_checksum": lambda raw: _patched(raw, 14, bytes(4)),
    "a_sitting_with_a_date": lambda raw: _patched(raw, 10, b"\x01\x00\x22\x00"),
    "a_sitting_with_a_file_longer_than_it_is": lambda raw: _patched(raw, 18, b"\xff\xff\xff\x7f" * 2),
    "a_sitting_with_flags": lambda raw: _patched(raw, 6, b"\x08\x00"),
}


def _spelled(old: bytes, new: bytes) -> Callable[[], bytes]:
    """sitting.json is spelled otherwise after it was signed."""

    def build() -> bytes:
        files = dict(read_files(honest()))
        assert files["sitting.json"].count(old) > 0
        files["sitting.json"] = files["sitting.json"].replace(old, new, 1)
        return write_files(files)

    return build


def _without_statement() -> bytes:
    return write_files({name: raw for name, raw in read_files(honest()).items() if name != "sitting.json"})


def _listed_twice() -> bytes:
    made = whole()
    return made.stating(polls=(*made.content.polls, made.content.polls[0])).packed()


STATEMENTS: dict[str, Callable[[], bytes]] = {
    "a_sitting_of_another_version": lambda: whole().stating(version=2).packed(),
    "a_sitting_whose_key_is_no_key": lambda: whole().stating(server_key="0").packed(),
    "a_sitting_whose_key_is_in_capitals": lambda: whole().stating(server_key="A" * 64).packed(),
    "a_sitting_whose_roster_hash_is_none": lambda: whole().stating(roster_sha256="0" * 65).packed(),
    "a_sitting_that_lists_a_poll_twice": _listed_twice,
    "a_sitting_without_a_statement": _without_statement,
    "a_sitting_stated_with_blanks": _spelled(b'"version":1', b'"version": 1'),
    "a_sitting_stated_with_an_unknown_field": _spelled(b'"version":1', b'"version":1,"note":""'),
    "a_sitting_stated_with_a_field_twice": _spelled(b'"version":1', b'"version":1,"version":1'),
    "a_sitting_stated_with_a_fraction": _spelled(b'"statutory_seats":3', b'"statutory_seats":3.0'),
    "a_sitting_stated_with_an_escape": _spelled("示".encode(), b"\\u793a"),
    "a_sitting_stated_in_no_utf_8": _spelled("示".encode(), b"\xff"),
    "a_sitting_stated_with_a_state_that_is_none": _spelled(b'"state":"annulled"', b'"state":"deleted"'),
    "a_sitting_whose_signature_is_none": _spelled(b'"signature":"', b'"signature":"00'),
}
SIGNATURES: dict[str, Callable[[], bytes]] = {
    "a_sitting_signed_with_another_key": lambda: whole().packed(OTHER.sign),
    "a_sitting_changed_after_it_was_signed": _spelled("示例原因".encode(), "示例理由".encode()),
    "a_sitting_that_states_another_key_than_signed": lambda: whole().stating(server_key=OTHER.public_hex).packed(),
}


def _beside(path: str, raw: bytes) -> bytes:
    return write_files({**read_files(honest()), path: raw})


def _renamed(old: str, new: str) -> bytes:
    return write_files({new if name == old else name: raw for name, raw in read_files(honest()).items()})


def _reordered() -> bytes:
    files = list(read_files(honest()).items())
    return write_files(dict([files[1], files[0], *files[2:]]))


def _without_roster() -> bytes:
    return write_files({name: raw for name, raw in read_files(honest()).items() if name != "roster.json"})


def _exchanged(poll: str) -> bytes:
    made = whole()
    own = made.files[poll]
    assert own.count is not None
    made.files[poll] = PollFiles(own.record, own.count + b"\n")
    return made.packed()


def _left_out(poll: str, files: PollFiles) -> bytes:
    """The statement names them, the file does not hold them."""
    made = whole()
    made.files[poll] = files
    return made.packed()


def _never_counted(poll: str) -> bytes:
    return whole().holding(poll, PollFiles()).packed()


def _without_record() -> bytes:
    made = whole()
    return made.holding(VOTED, PollFiles(None, made.files[VOTED].count)).packed()


def _without_count() -> bytes:
    made = whole()
    return made.holding(VOTED, PollFiles(made.files[VOTED].record, None)).packed()


def _by_hand_with_record() -> bytes:
    made = whole()
    return made.holding(BY_HAND, PollFiles(made.files[VOTED].record, made.files[BY_HAND].count)).packed()


def _other_record() -> bytes:
    made = whole()
    made.files[VOTED] = PollFiles(made.files[NAMED].record, made.files[VOTED].count)
    return made.packed()


FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "a_sitting_whose_count_was_exchanged": (lambda: _exchanged(BY_HAND), BY_HAND),
    "a_sitting_whose_record_was_exchanged": (_other_record, VOTED),
    "a_sitting_from_which_a_count_was_taken": (lambda: _left_out(BY_HAND, PollFiles()), BY_HAND),
    "a_sitting_from_which_a_record_was_taken": (
        lambda: _left_out(VOTED, PollFiles(None, whole().files[VOTED].count)),
        VOTED,
    ),
    "a_sitting_that_states_no_count_of_an_announced_poll": (lambda: _never_counted(VOTED), VOTED),
    "a_sitting_that_states_a_count_without_its_record": (_without_record, VOTED),
    "a_sitting_that_states_a_record_without_its_count": (_without_count, VOTED),
    "a_sitting_with_a_record_of_a_poll_by_hand": (_by_hand_with_record, BY_HAND),
    "a_sitting_with_a_count_of_a_poll_that_was_never_held": (
        lambda: whole().listing(VOTED, state=PollState.PLANNED).packed(),
        VOTED,
    ),
    "a_sitting_with_a_file_beside_those_stated": (lambda: _beside("polls/99/count.json", b"{}"), ""),
    "a_sitting_with_a_file_in_another_folder": (lambda: _renamed("roster.json", "polls/roster.json"), ""),
    "a_sitting_with_files_in_another_order": (_reordered, ""),
    "a_sitting_without_a_roster": (_without_roster, ""),
}


def _roster(change: Callable[[list[tuple[str, str]]], list[tuple[str, str]]]) -> Callable[[], bytes]:
    def build() -> bytes:
        made = whole()
        return made.with_roster(change(msgspec.json.decode(made.roster, type=list[tuple[str, str]]))).packed()

    return build


def _roster_after_signing() -> bytes:
    files = dict(read_files(honest()))
    files["roster.json"] = files["roster.json"].replace("示例代表001".encode(), "示例代表009".encode())
    return write_files(files)


def _roster_spelled(old: bytes, new: bytes) -> Callable[[], bytes]:
    def build() -> bytes:
        made = whole()
        made.roster = made.roster.replace(old, new, 1)
        return made.stating(roster_sha256=sha256_hex(made.roster)).packed()

    return build


ROSTERS: dict[str, Callable[[], bytes]] = {
    "a_sitting_whose_roster_was_exchanged": _roster_after_signing,
    "a_sitting_whose_roster_is_not_sorted": _roster(lambda names: names[::-1]),
    "a_sitting_whose_roster_names_a_number_twice": _roster(lambda names: [*names[:-1], names[-2]]),
    "a_sitting_with_more_in_office_than_seats": _roster(lambda names: [*names, ("004", "示例代表004")]),
    "a_sitting_whose_roster_has_blanks": _roster_spelled(b"[[", b"[ ["),
    "a_sitting_whose_roster_has_three_columns": _roster_spelled(b'"],', b'","x"],'),
}


def _receipt(**changes: object) -> bytes:
    made = whole()
    made.receipts = [{**receipts_of(ended_sitting(), VOTED)[0], **changes}]
    return made.packed()


RECEIPTS: dict[str, Callable[[], bytes]] = {
    "a_sitting_with_a_receipt_of_another_sitting": lambda: _receipt(election_uuid="1" * 14),
    "a_sitting_with_a_receipt_of_no_poll": lambda: _receipt(election_uuid=None),
    "a_sitting_whose_receipts_are_no_list": lambda: _beside("receipts.json", b"{}"),
    "a_sitting_whose_receipts_are_no_objects": lambda: _beside("receipts.json", b"[1]"),
    "a_sitting_whose_receipts_have_blanks": lambda: _beside("receipts.json", b"[ ]"),
    "a_sitting_whose_receipts_hold_a_fraction": lambda: _receipt(height=1.5),
}


def _as_files(build: Callable[[], bytes]) -> Callable[[], Files]:
    return lambda: Files(build())


def _changed(change: Callable[[bytes], bytes]) -> Callable[[], bytes]:
    return lambda: change(honest())


BEFORE_POLLS: tuple[Forgery, ...] = (
    *(Forgery(name, "Z1", _as_files(_changed(change))) for name, change in CONTAINERS.items()),
    *(Forgery(name, "Z2", _as_files(build)) for name, build in STATEMENTS.items()),
    *(Forgery(name, "Z3", _as_files(build)) for name, build in SIGNATURES.items()),
    *(Forgery(name, "Z4", _as_files(build), poll) for name, (build, poll) in FILES.items()),
    *(Forgery(name, "Z5", _as_files(build)) for name, build in ROSTERS.items()),
    *(Forgery(name, "Z6", _as_files(build)) for name, build in RECEIPTS.items()),
)
"""Those that the first six checks refuse."""
