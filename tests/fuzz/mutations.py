"""Inputs that nobody should have written: random ones, and valid ones with small damage."""

import json
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from tests.fuzz.readers import Reader
from tests.fuzz.repairs import with_document, with_file
from tests.support.json_values import json_values
from voting.record.whole.container import read_files
from voting.tally.board.container import read_container

MOST = 60_000
"""Bytes of an input; what is larger is cut."""

DEEP = 3000
TOKENS = (
    *(b"[" * DEEP, b'{"a":' * DEEP, b"(" * DEEP, b"<a>" * DEEP, b"a." * DEEP),
    *(b"\x00", b"\xff", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\\ud800", b"\\u0000", "\u2028\x85\x0b\x1c".encode()),
    *(b"9" * 5000, b"-1", b"1e400", b"1.0", b"NaN", b"Infinity", b"9007199254740993", b"18446744073709551616"),
    *(b"true", b"null", b"[]", b"{}", b'""', b'"', b"'", b'"""', b"'''", b'\\"""', b"\\", b"#", b",", b"\n", b"\r"),
    *(b"..", b"/", b"=1+1", b"../../etc/passwd", "示例".encode(), "\u202e".encode(), "\U0001f5f3".encode()),
    *(b' r="2000000000"', b' r="XFD1048576"', b"&a;", b"<![CDATA[", b"0" * 64, b"f" * 64),
)
"""What has broken readers of such formats elsewhere."""

Change = Callable[[bytes], bytes]


@st.composite
def damage(draw: st.DrawFn) -> Change:
    """One small change at some place."""
    where, length = draw(st.floats(0, 1, exclude_max=True)), draw(st.integers(0, 40))
    token = draw(st.sampled_from(TOKENS) | st.binary(max_size=4))
    kind = draw(st.sampled_from(("insert", "delete", "overwrite", "double", "cut", "swap")))

    def change(raw: bytes) -> bytes:
        at = int(where * len(raw))
        end = at + length
        match kind:
            case "insert":
                return raw[:at] + token + raw[at:]
            case "delete":
                return raw[:at] + raw[end:]
            case "overwrite":
                return raw[:at] + token + raw[at + len(token) :]
            case "double":
                return raw[:at] + raw[at:end] * 50 + raw[end:]
            case "cut":
                return raw[:at]
            case _:
                return raw[at:] + raw[:at]

    return change


@st.composite
def exchanged(draw: st.DrawFn, raw: bytes) -> bytes:
    """JSON with one value exchanged, removed or doubled; as it is where it is no JSON."""
    try:
        value = json.loads(raw)
    except ValueError:
        return raw
    place, fresh = draw(st.integers(0, 10_000)), draw(json_values | st.sampled_from((2**64, -1, 1.0, "", "\ud800")))
    kind = draw(st.sampled_from(("exchange", "remove", "double", "rename")))
    changed = _changed(value, place, fresh, kind)
    return json.dumps(changed, ensure_ascii=draw(st.booleans()), separators=(",", ":")).encode("utf-8", "replace")


def _changed(value: Any, place: int, fresh: Any, kind: str) -> Any:
    """The value with one of its parts changed; place says which."""
    parts: list[tuple[Any, Any]] = []  # containers with a key in them

    def collect(inner: Any) -> None:
        keys = list(inner) if isinstance(inner, dict) else range(len(inner)) if isinstance(inner, list) else ()
        for key in keys:
            parts.append((inner, key))
            collect(inner[key])

    collect(value)
    if not parts:
        return fresh
    container, key = parts[place % len(parts)]
    match kind:
        case "exchange":
            container[key] = fresh
        case "remove":
            del container[key]
        case "double" if isinstance(container, list):
            container.insert(key, container[key])
        case _:
            if isinstance(container, dict):
                container[str(fresh)] = container.pop(key)
    return value


def inputs(reader: Reader) -> st.SearchStrategy[bytes]:
    """For one reader: bytes, seeds with damage, and seeds with one value exchanged."""
    seeds = [path.read_bytes() for path in reader.valid]
    seed = st.sampled_from(seeds)
    return st.one_of(
        st.binary(max_size=300),
        st.builds(_damaged, seed, st.lists(damage(), min_size=1, max_size=4), st.just(bytes)),
        st.builds(_damaged, seed, st.lists(damage(), min_size=1, max_size=4), st.just(reader.repair)),
        seed.flatmap(exchanged).map(reader.repair),
        _of_parts(reader, seed),
    ).map(lambda raw: raw[:MOST])


def _damaged(raw: bytes, changes: list[Change], repair: Change) -> bytes:
    for change in changes:
        raw = change(raw)[:MOST]
    return repair(raw)


def _of_parts(reader: Reader, seed: st.SearchStrategy[bytes]) -> st.SearchStrategy[bytes]:
    """Damage to one document of a record, one file of a sitting, or one line of a journal, with all hashes right."""
    if reader.name == "archive":
        return st.tuples(seed, st.integers(0, 100)).flatmap(lambda one: _documents(*one))
    if reader.name == "sitting":
        return st.tuples(seed, st.integers(0, 100)).flatmap(lambda one: _files(*one))
    return seed.flatmap(_lines)


@st.composite
def _documents(draw: st.DrawFn, raw: bytes, place: int) -> bytes:
    entries = read_container(raw).entries
    document = entries[place % len(entries)].raw
    changed = draw(exchanged(document) | st.builds(lambda change: change(document), damage()))
    return with_document(raw, place, changed)


@st.composite
def _files(draw: st.DrawFn, raw: bytes, place: int) -> bytes:
    files = list(read_files(raw).values())
    file = files[place % len(files)]
    return with_file(raw, place, draw(exchanged(file) | st.builds(lambda change: change(file), damage())))


@st.composite
def _lines(draw: st.DrawFn, raw: bytes) -> bytes:
    lines = raw.splitlines() or [b""]
    places = st.integers(0, len(lines) - 1)
    one, other = draw(places), draw(places)
    match draw(st.sampled_from(("exchange", "remove", "repeat", "swap"))):
        case "exchange":
            lines[one] = draw(exchanged(lines[one]))
        case "remove":
            del lines[one]
        case "repeat":
            lines.insert(other, lines[one])
        case _:
            lines[one], lines[other] = lines[other], lines[one]
    return b"\n".join(lines)
