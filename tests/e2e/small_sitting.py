"""Five delegates hold one poll of each kind: two of them in Chromium, the others simulated and voting as told."""

import contextlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from playwright.sync_api import Browser, expect

from tests.e2e.companions import Choices
from tests.e2e.hall import Hall
from tests.e2e.people import LONG, PORTRAIT, Chair, Person, Screen, Scrutineer, Seat
from voting.congress.law.kinds import PER_OPTION_KINDS
from voting.congress.law.poll_kinds import PollKind
from voting.congress.law.question import Question
from voting.record.count_checks import StatedCount, check_statement
from voting.record.outcome import outcome_in
from voting.sitting.counting import Count
from voting.tally.verify.checks import VerifiedRecord, verify_archive

SESSION = Path(__file__).with_name("session_of_every_kind")
DELEGATES = 5
NONE = "–"
Somebody = TypeVar("Somebody", bound=Person)
MINE = ("001", "002")  # the seats in Chromium

Marks = Mapping[str, Mapping[str, tuple[str, ...] | None]]
"""Poll -> delegate -> what this ballot holds (see voting.record.questions); None: nothing is pressed."""


@dataclass(frozen=True)
class Expected:
    """What must come out. rows: option -> the numbers in its row, as the pages show them; NONE: nobody was asked."""

    outcome: str
    rows: Mapping[str, Sequence[int | str]]
    elected: Sequence[str] = ()
    tied: Sequence[str] = ()
    returned: int = DELEGATES
    void: int = 0
    verdicts: Mapping[str, str] = field(default_factory=dict)


class SmallSitting:
    """Everybody's windows, shared by the tests of one module, which run in their order."""

    def __init__(self, browser: Browser, hall: Hall, pictures: Path) -> None:
        self.hall = hall
        self.browser, self.pictures = browser, pictures
        self._people: list[Person] = []
        self.chair: Chair = self.window(Chair, "chair")
        self.screen: Screen = self.window(Screen, "screen")
        self.seat: Seat = self.window(Seat, "delegate", MINE[0])
        self.tall: Seat = self.window(Seat, "delegate", MINE[1], size=PORTRAIT)
        self._receipts: dict[str, list[dict[str, Any]]] = {}

    def window(self, kind: type[Somebody], role: str, subject: str = "", **more: Any) -> Somebody:
        """Somebody's page in a window of its own; it stays until the sitting ends."""
        person = kind(self.browser, self.hall, self.hall.link(role, subject), self.pictures, **more)
        self._people.append(person)
        return person

    @cached_property
    def chief(self) -> Scrutineer:
        """The chief scrutineer's terminal in Chromium, where that one is not simulated."""
        return self.window(Scrutineer, "scrutineer", "1")

    @cached_property
    def second(self) -> Scrutineer:
        """Another scrutineer's terminal in Chromium."""
        return self.window(Scrutineer, "scrutineer", "2")

    @property
    def seats(self) -> tuple[Seat, Seat]:
        """The delegates in Chromium."""
        return self.seat, self.tall

    def gather(self, marks: Marks, scrutineers: Mapping[str, bool]) -> None:
        """Everybody comes in. marks: of all; those of the seats in Chromium are left to their tests."""
        others = [f"{n:03}" for n in range(1, DELEGATES + 1) if f"{n:03}" not in MINE]
        choices: dict[str, Choices] = {
            number: {poll: of.get(number) for poll, of in marks.items()} for number in others
        }
        self.hall.accompany(choices, scrutineers)
        for seat in self.seats:
            seat.stage("sign_in")
            seat.sign_in()
        self.chair.counts("attendance-present", DELEGATES)

    def open(self, poll: str, called: bool = False) -> None:
        """From calling the item, which has the same id, to a ballot at both seats."""
        if not called:
            self.chair.call(poll)
        self.chair.press("prepare", poll)
        self.chair.counts("ready", DELEGATES)
        self.chair.press("open", poll)
        for seat in self.seats:
            seat.stage("vote")

    def receipts(self, poll: str, *seats: Seat) -> None:
        """These seats, or both in Chromium, get a receipt and keep its file."""
        for seat in seats or self.seats:
            seat.stage("receipt")
            expect(seat.by("receipt-checked")).to_be_visible()
            with seat.page.expect_download() as download:
                seat.by("receipt-download").click()
            kept = json.loads(download.value.path().read_bytes())
            assert kept["tracker"] == seat.receipt()
            self._receipts.setdefault(poll, []).append(kept)

    def close(self, poll: str, returned: int = DELEGATES) -> None:
        """The chair closes when all who want to have voted."""
        self.chair.counts("voted", returned)
        self.chair.press("close", poll)

    def announce(self, poll: str) -> None:
        """The chair announces what the scrutineers have counted and their chief has confirmed."""
        self.chair.poll_is(poll, "confirmed")
        self.chair.press("announce", poll)
        self.chair.poll_is(poll, "announced")

    def shows(self, poll: str, expected: Expected) -> None:
        """Screen, seats and console show these figures and this outcome; a picture of each, named after the poll."""
        for seat in self.seats:
            seat.stage("announced")
        self.screen.by("screen-result").wait_for()
        for name, person in self.everybody.items():
            read_result(person, expected)
            person.picture(f"{poll}-{name}-result")

    @property
    def everybody(self) -> Mapping[str, Person]:
        """The windows by the name their pictures carry."""
        return {"screen": self.screen, "seat": self.seat, "seat-portrait": self.tall, "console": self.chair}

    def published(self, path: str) -> bytes:
        """What anybody may read: fetched without logging in."""
        public = self.browser.new_context()
        answer = public.request.get(self.hall.url + path)
        assert answer.ok, (path, answer.status)
        body = answer.body()
        public.close()
        return body

    def record_says(self, poll: str, expected: Expected) -> StatedCount:
        """Public record, receipts and the signed count are valid, and state these figures and this outcome."""
        archive, _ = self.verified(poll)
        stated = self.count_says(poll, expected, archive)
        found = outcome_in(archive)
        assert (found.count, found.ruling) == (stated.count, stated.ruling)
        return stated

    def verified(self, poll: str) -> tuple[bytes, VerifiedRecord]:
        """The public record, checked with every receipt that the seats in Chromium have kept."""
        archive, receipts = self.published(f"/api/polls/{poll}/archive.bel"), self._receipts[poll]
        verified = verify_archive(archive, receipts)
        assert verified.receipts == len(receipts) > 0
        return archive, verified

    def count_says(self, poll: str, expected: Expected, archive: bytes | None = None) -> StatedCount:
        """The signed count holds, alone or with the archive, and states these figures and this outcome."""
        keys = {receipt["server_key"] for receipt in self._receipts.get(poll, ())}
        stated = check_statement(self.published(f"/api/polls/{poll}/count.json"), archive, server_keys=keys)
        count, ruling = stated.count, stated.ruling
        assert ruling.outcome == expected.outcome
        assert sorted(ruling.elected) == sorted(expected.elected)
        assert ruling.verdicts == expected.verdicts
        assert rows_of(stated.question, count) == {option: tuple(numbers) for option, numbers in expected.rows.items()}
        assert (count.issued, count.returned, count.void) == (DELEGATES, expected.returned, expected.void)
        return stated

    def browser_says(self, poll: str, expected: Expected, folder: Path, recorded: bool = True) -> None:
        """The verify page, cut off from the network, finds the published files valid and shows the same rows."""
        auditor = Person(self.browser, self.hall, f"{self.hall.url}/verify", self.pictures)
        self._people.append(auditor)
        auditor.by("choose-files").wait_for(state="attached")
        auditor.page.route("**/*", lambda route: route.abort())
        files = {f"{poll}-count.json": self.published(f"/api/polls/{poll}/count.json")}
        if recorded:
            files[f"{poll}.bel"] = self.published(f"/api/polls/{poll}/archive.bel")
            files[f"{poll}-receipts.json"] = json.dumps(self._receipts[poll]).encode()
        for name, content in files.items():
            (folder / name).write_bytes(content)
        auditor.by("choose-files").set_input_files([folder / name for name in files])
        expect(auditor.by("verdict")).to_have_attribute("data-kind", "countPassed", timeout=3 * LONG)
        read_rows(auditor, expected)
        auditor.page.screenshot(path=self.pictures / f"{poll}-verify.png", full_page=True)
        auditor.context.close()

    def close_windows(self) -> None:
        """Everybody goes home; no browser has anything to complain about."""
        for person in self._people:
            person.context.close()
        complaints = [complaint for person in self._people for complaint in person.complaints]
        assert not complaints, complaints


@contextlib.contextmanager
def small_sitting(browser: Browser, folder: Path, pictures: Path) -> Iterator[SmallSitting]:
    """A server on a fresh data directory, and the windows of chair, screen and two delegates."""
    hall = Hall(folder, SESSION)
    try:
        sitting = SmallSitting(browser, hall, pictures)
        yield sitting
        sitting.close_windows()
    finally:
        hall.end()
    assert not hall.errors(), hall.errors()


def read_result(person: Person, expected: Expected) -> None:
    """This window shows exactly these rows, these marks, this outcome and this many papers."""
    read_rows(person, expected)
    if expected.void:
        expect(person.by("count-void").first).to_have_text(str(expected.void))
    expect(person.by("count-returned").first).to_have_text(str(expected.returned))
    expect(person.by("count-issued").first).to_have_text(str(DELEGATES))


def read_rows(person: Person, expected: Expected) -> None:
    """This window shows exactly these rows, these marks and this outcome."""
    expect(person.by("outcome").first).to_have_attribute("data-outcome", expected.outcome, timeout=LONG)
    for option, numbers in expected.rows.items():
        row = person.by(f"result-{option}").first
        expect(row.locator(".number")).to_have_text([str(number) for number in numbers])
        expect(row).to_have_attribute("data-elected", str(option in expected.elected).lower())
        if option in expected.tied:
            expect(row).to_have_class(re.compile(r"\btied\b"))
        if option in expected.verdicts:
            expect(row.locator("[data-verdict]")).to_have_attribute("data-verdict", expected.verdicts[option])


def rows_of(question: Question, count: Count) -> dict[str, tuple[int | str, ...]]:
    """The numbers of each option in the order in which pages show them."""
    if question.kind is PollKind.EVALUATION:
        return {subject: tuple(levels) for subject, levels in count.levels.items()}
    if question.kind in PER_OPTION_KINDS:
        against, abstain = count.against, count.abstain
        return {option: (n, against.get(option, NONE), abstain.get(option, NONE)) for option, n in count.votes.items()}
    return {option: (n,) for option, n in count.votes.items()}
