"""Codes of the people of a sitting: made once per data directory, printed on badges, kept only as MACs.

codes.csv columns: code, role, subject, name, delegation, seat, link (`/<page>#code=<code>`, relative to the address).
"""

import csv
import html
import io
import re
import secrets
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec
import segno

from voting.server.http.access import Principal
from voting.sitting.events import SittingPlan
from voting.storage.private_files import write_private
from voting.wire.roles import AT_A_SEAT, ROLES, Holder, Role
from voting.words import fingerprint_words

# Without 0/O and 1/I/L: these are read aloud and typed.
_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
SEAT_DIGITS, STAFF_CHARACTERS = 12, 10
"""Typed on a number pad and on a keyboard; so many that a day of guessing at full speed expects no hit: ADR 0024."""


class Badge(msgspec.Struct, frozen=True):
    """A holder of a role with the code that only the badge and codes.csv hold in clear."""

    role: Role
    holder: Holder
    code: str

    @property
    def who(self) -> Principal:
        """Whom a connection with this code acts for."""
        return Principal(self.role, self.holder.subject)

    @property
    def link(self) -> str:
        """Path and fragment of the page; the fragment never reaches the server's log."""
        return f"{ROLES[self.role].route}#code={self.code}"

    def qr(self, url: str) -> segno.QRCode:
        """Of the link. url: how terminals reach the server."""
        return segno.make_qr(url + self.link, error="m")


def make_badges(plan: SittingPlan) -> tuple[Badge, ...]:
    """A fresh code for everybody, role by role, no two alike."""
    used: set[str] = set()
    return tuple(
        Badge(role, holder, fresh_code(role, used)) for role, spec in ROLES.items() for holder in spec.holders(plan)
    )


def fresh_code(role: Role, used: set[str]) -> str:
    """A code as this role types it, not among those used; it is one of them from now on."""
    while True:
        if role in AT_A_SEAT:
            code = f"{secrets.randbelow(10**SEAT_DIGITS):0{SEAT_DIGITS}d}"
        else:
            code = "".join(secrets.choice(_ALPHABET) for _ in range(STAFF_CHARACTERS))
        if code not in used:
            used.add(code)
            return code


def write_codes(path: Path, badges: tuple[Badge, ...]) -> None:
    """codes.csv, readable by its owner only."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["code", "role", "subject", "name", "delegation", "seat", "link"])
    for b in badges:
        h = b.holder
        writer.writerow([b.code, b.role.value, h.subject, h.name, h.delegation, h.seat or "", b.link])
    write_private(path, text.getvalue().encode())


class CodesDamaged(Exception):
    """The file is no codes.csv."""


def read_codes(path: Path) -> tuple[Badge, ...]:
    """The badges of codes.csv. Raises CodesDamaged and OSError."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return _badges_of(list(csv.DictReader(file)))
    except (KeyError, TypeError, ValueError, csv.Error):  # a column, a cell, a role, the encoding or a quote
        raise CodesDamaged from None


def _badges_of(rows: Iterable[Mapping[str, str]]) -> tuple[Badge, ...]:
    return tuple(
        Badge(Role(r["role"]), Holder(r["subject"], r["name"], r["delegation"], r["seat"] or None), r["code"])
        for r in rows
    )


def write_badges(path: Path, title: str, url: str, badges: tuple[Badge, ...], server_key: str) -> None:
    """badges.html: one printable card with a QR code per person. url: how terminals reach the server.

    server_key: what receipts are signed with (hex); a holder can compare its words with the page and the hall screen.
    The ballot key is made after the badges, in the hall.
    """
    words = "".join(f"<li>{word.text}</li>" for word in fingerprint_words(server_key))
    cards = "\n".join(_card(url, b, words) for b in badges)
    write_private(path, _BADGES_PAGE.format(title=html.escape(title), cards=cards).encode())


def _card(url: str, badge: Badge, key_words: str) -> str:
    holder = badge.holder
    code = " ".join(re.findall(".{1,4}", badge.code)) if badge.code.isdigit() else badge.code
    lines = (holder.delegation, f"席位 {holder.seat}" if holder.seat else "", ROLES[badge.role].title)
    notes = "".join(f"<p>{html.escape(line)}</p>" for line in lines if line)
    qr = badge.qr(url).svg_inline(scale=3)
    shown = f"<h2>{html.escape(holder.name)}</h2>{notes}<code>{code}</code><small>回执公钥</small><ol>{key_words}</ol>"
    return f"<section><div>{qr}</div><div>{shown}</div></section>"


_BADGES_PAGE = """<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title><style>
body {{ font-family: "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; margin: 1rem; }}
main {{ display: grid; grid-template-columns: repeat(2, 1fr); gap: .5rem; }}
section {{ display: flex; gap: 1rem; border: 1px solid #999; padding: .75rem; break-inside: avoid; }}
h2, p {{ margin: 0 0 .25rem; }}
code {{ font-size: 1.25rem; }}
small {{ display: block; margin-top: .35rem; font-size: .6rem; color: #555; }}
ol {{ display: grid; grid-template-columns: repeat(4, auto); gap: .15rem 1.1rem; margin: 0; }}
ol {{ padding: 0 0 0 1rem; font-size: .75rem; font-weight: 700; }}
li {{ white-space: nowrap; }}
li::marker {{ font-size: .5rem; color: #777; }}
</style></head><body><h1>{title}</h1><main>
{cards}
</main></body></html>
"""
