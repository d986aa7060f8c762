"""Codes of the people of a sitting: made once per data directory, printed on badges, kept only as MACs.

codes.csv columns: code, role, subject, name, delegation, seat, link (`/<page>#code=<code>`, relative to the address).
"""

import csv
import html
import io
import secrets
from collections.abc import Iterator
from pathlib import Path

import msgspec
import segno

from voting.server.http.access import Principal
from voting.sitting.events import SittingPlan
from voting.storage.private_files import write_private
from voting.wire.base import AT_A_SEAT, Role
from voting.wire.pages import PAGE

# Without 0/O and 1/I/L: these are read aloud and typed.
_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


class Person(msgspec.Struct, frozen=True):
    """One holder of a code; delegation is an observer's post, seat may be None."""

    who: Principal
    name: str
    delegation: str = ""
    seat: str | None = None


class Badge(msgspec.Struct, frozen=True):
    """A person with the code that only the badge and codes.csv hold in clear."""

    person: Person
    code: str

    @property
    def link(self) -> str:
        """Path and fragment of the page; the fragment never reaches the server's log."""
        return f"{PAGE[self.person.who.role].route}#code={self.code}"


def people_of(plan: SittingPlan) -> Iterator[Person]:
    """Everybody who gets a code: delegates, observers, scrutineers, the chair's console and the hall screen."""
    for d in plan.roster.delegates:
        yield Person(Principal(Role.DELEGATE, d.number), d.name, d.delegation, d.seat)
    for o in plan.roster.observers:
        yield Person(Principal(Role.OBSERVER, o.number), o.name, o.post, o.seat)
    for s in plan.scrutineers:
        yield Person(Principal(Role.SCRUTINEER, str(s.index)), s.name)
    yield Person(Principal(Role.CHAIR), "执行主席")
    yield Person(Principal(Role.SCREEN), "大屏幕")


def make_badges(plan: SittingPlan) -> tuple[Badge, ...]:
    """A fresh code for everybody, no two alike."""
    used: set[str] = set()
    return tuple(Badge(person, _fresh_code(person.who.role, used)) for person in people_of(plan))


def _fresh_code(role: Role, used: set[str]) -> str:
    while True:
        if role in AT_A_SEAT:
            code = f"{secrets.randbelow(10**8):08d}"
        else:
            code = "".join(secrets.choice(_ALPHABET) for _ in range(10))
        if code not in used:
            used.add(code)
            return code


def write_codes(path: Path, badges: tuple[Badge, ...]) -> None:
    """codes.csv, readable by its owner only."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["code", "role", "subject", "name", "delegation", "seat", "link"])
    for b in badges:
        p = b.person
        writer.writerow([b.code, p.who.role.value, p.who.subject, p.name, p.delegation, p.seat or "", b.link])
    write_private(path, text.getvalue().encode())


def read_codes(path: Path) -> tuple[Badge, ...]:
    """The badges of codes.csv."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return tuple(
        Badge(
            Person(Principal(Role(r["role"]), r["subject"]), r["name"], r["delegation"], r["seat"] or None), r["code"]
        )
        for r in rows
    )


def write_badges(path: Path, title: str, url: str, badges: tuple[Badge, ...]) -> None:
    """badges.html: one printable card with a QR code per person. url: how terminals reach the server."""
    cards = "\n".join(_card(url, b) for b in badges)
    write_private(path, _BADGES_PAGE.format(title=html.escape(title), cards=cards).encode())


def _card(url: str, badge: Badge) -> str:
    person = badge.person
    code = f"{badge.code[:4]} {badge.code[4:]}" if badge.code.isdigit() else badge.code
    lines = (person.delegation, f"席位 {person.seat}" if person.seat else "", PAGE[person.who.role].title)
    notes = "".join(f"<p>{html.escape(line)}</p>" for line in lines if line)
    qr = segno.make_qr(url + badge.link, error="m").svg_inline(scale=3)
    return f"<section><div>{qr}</div><div><h2>{html.escape(person.name)}</h2>{notes}<code>{code}</code></div></section>"


_BADGES_PAGE = """<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title><style>
body {{ font-family: "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; margin: 1rem; }}
main {{ display: grid; grid-template-columns: repeat(2, 1fr); gap: .5rem; }}
section {{ display: flex; gap: 1rem; border: 1px solid #999; padding: .75rem; break-inside: avoid; }}
h2, p {{ margin: 0 0 .25rem; }}
code {{ font-size: 1.25rem; }}
</style></head><body><h1>{title}</h1><main>
{cards}
</main></body></html>
"""
