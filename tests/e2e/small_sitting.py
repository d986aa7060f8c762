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

from tests.e2e.crew import Crew, Marks
from tests.e2e.hall import Hall
from tests.e2e.people import LONG, PORTRAIT, Chair, Person, Screen, Scrutineer, Seat
from voting.congress.law.kind import Answer
from voting.congress.law.kinds import KINDS
from voting.congress.law.poll_kinds import PollKind
from voting.congress.law.question import Question
from voting.record.count_checks import StatedCount
from voting.record.outcome import outcome_in
from voting.record.verification import verify_poll
from voting.record.whole.verification import SittingVerification, verify_sitting
from voting.sitting.counting import Count
from voting.tally.verify.checks import VerifiedRecord, verify_archive
from voting.tally.verify.verdict import Verdict
from voting.wire.roles import Role

SESSION = Path(__file__).with_name("session_of_every_kind")
DELEGATES = 5
NONE = "–"
MINE = ("001", "002")  # the seats in Chromium
OTHERS = ("003", "004", "005")
Somebody = TypeVar("Somebody", bound=Person)


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


class Windows:
    """People in Chromium, in the order in which they came."""

    def __init__(self, browser: Browser, hall: Hall, pictures: Path) -> None:
        self.browser, self.hall, self.pictures = browser, hall, pictures
        self._people: list[Person] = []

    def open(self, kind: type[Somebody], role: str, subject: str = "", size: tuple[int, int] | None = None) -> Somebody:
        """Somebody's page, by the link on the badge."""
        return self.at(kind, self.hall.link(role, subject), size)

    def at(self, kind: type[Somebody], address: str, size: tuple[int, int] | None = None) -> Somebody:
        """Somebody's page at this address."""
        person = kind(self.browser, self.hall, address, self.pictures, size)
        self._people.append(person)
        return person

    def close(self) -> None:
        """Everybody goes home; no browser has anything to complain about."""
        for person in self._people:
            person.context.close()
        complaints = [complaint for person in self._people for complaint in person.complaints]
        assert not complaints, complaints


class SmallHall:
    """A server, simulated people, and the scrutineers in Chromium, whose browsers keep their shares of the key."""

    def __init__(self, browser: Browser, folder: Path, pictures: Path, marks: Marks) -> None:
        self.hall = Hall(folder, SESSION)
        self.crew = Crew(self.hall.url, self.hall.data / "codes.csv", marks)
        self.desks = Windows(browser, self.hall, pictures)

    @cached_property
    def chief(self) -> Scrutineer:
        """The chief scrutineer's terminal in Chromium, where that one is not simulated."""
        return self.desks.open(Scrutineer, "scrutineer", "1")

    @cached_property
    def second(self) -> Scrutineer:
        """Another scrutineer's terminal in Chromium."""
        return self.desks.open(Scrutineer, "scrutineer", "2")

    def gather(self) -> None:
        """Everybody comes in; those of the seats in Chromium take their places when their windows are opened."""
        self.crew.sign_in_only(*MINE)
        self.crew.sign_in_only("L01", role=Role.OBSERVER)
        self.crew.sign_in(*OTHERS)


class SmallSitting:
    """The windows of one test; each is opened when the test first looks at it."""

    def __init__(self, small: SmallHall) -> None:
        self.hall, self.crew, self._small = small.hall, small.crew, small
        self.windows = Windows(small.desks.browser, small.hall, small.desks.pictures)
        self._receipts: dict[str, list[dict[str, Any]]] = {}

    @cached_property
    def chair(self) -> Chair:
        return self.windows.open(Chair, "chair")

    @cached_property
    def screen(self) -> Screen:
        return self.windows.open(Screen, "screen")

    @cached_property
    def seat(self) -> Seat:
        return self.windows.open(Seat, "delegate", MINE[0])

    @cached_property
    def tall(self) -> Seat:
        """A seat whose tablet stands upright."""
        return self.windows.open(Seat, "delegate", MINE[1], PORTRAIT)

    @cached_property
    def observer(self) -> Seat:
        return self.windows.open(Seat, "observer", "L01")

    @property
    def chief(self) -> Scrutineer:
        return self._small.chief

    @property
    def second(self) -> Scrutineer:
        return self._small.second

    @property
    def seats(self) -> tuple[Seat, Seat]:
        """The delegates in Chromium."""
        return self.seat, self.tall

    @property
    def everybody(self) -> Mapping[str, Person]:
        """The windows by the name their pictures carry."""
        return {"screen": self.screen, "seat": self.seat, "seat-portrait": self.tall, "console": self.chair}

    def open(self, poll: str, called: bool = False) -> None:
        """From calling the item, which has the same id, to a ballot at both seats."""
        seats = self.seats
        if not called:
            self.chair.call(poll)
        self.chair.press("prepare", poll)
        self.chair.counts("ready", DELEGATES)
        self.chair.press("open", poll)
        for seat in seats:
            seat.stage("vote")

    def receipts(self, poll: str, *seats: Seat) -> None:
        """These seats, or both in Chromium, get a receipt and keep its file."""
        for seat in seats or self.seats:
            seat.stage("receipt")
            expect(seat.by("receipt-checked")).to_be_visible()
            self._receipts.setdefault(poll, []).append(seat.keep_receipt())

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

    def published(self, path: str) -> bytes:
        """What anybody may read: fetched without logging in."""
        public = self.windows.browser.new_context()
        answer = public.request.get(self.hall.url + path)
        assert answer.ok, (path, answer.status)
        body = answer.body()
        public.close()
        return body

    def record_says(self, poll: str, expected: Expected) -> StatedCount:
        """Public record, receipts and the signed count are valid, and state these figures and this outcome."""
        archive, record = self.verified(poll)
        stated = self.count_says(poll, expected, archive)
        found = outcome_in(record)
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
        statement = self.published(f"/api/polls/{poll}/count.json")
        stated = verify_poll(archive, self._receipts.get(poll, ()) if archive else (), statement).stated()
        count, ruling = stated.count, stated.ruling
        assert ruling.outcome == expected.outcome
        assert sorted(ruling.elected) == sorted(expected.elected)
        assert ruling.verdicts == expected.verdicts
        assert rows_of(stated.question, count) == {option: tuple(numbers) for option, numbers in expected.rows.items()}
        assert (count.issued, count.returned, count.void) == (DELEGATES, expected.returned, expected.void)
        return stated

    def browser_says(self, poll: str, expected: Expected, folder: Path, recorded: bool = True) -> None:
        """The verify page, cut off from the network, finds the published files valid and shows the same rows."""
        auditor = self.windows.at(Person, f"{self.hall.url}/verify")
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
        auditor.page.screenshot(path=self.windows.pictures / f"{poll}-verify.png", full_page=True)

    def whole_sitting(self, folder: Path) -> SittingVerification:
        """The sitting's record as the verify page fetches it, which that page and the command find alike."""
        auditor = self.windows.at(Person, f"{self.hall.url}/verify")
        with auditor.page.expect_download() as fetched:
            auditor.by("fetch-sitting").click()
        fetched.value.save_as(folder / "sitting.zip")
        auditor.page.route("**/*", lambda route: route.abort())
        auditor.by("choose-files").set_input_files(folder / "sitting.zip")
        found = verify_sitting((folder / "sitting.zip").read_bytes())
        shown = {Verdict.VALID: "sitting-passed", Verdict.OUTCOME_NOT_STATED: "sitting-reserved"}
        expect(auditor.by("verdict")).to_have_attribute("data-kind", shown[found.verdict], timeout=3 * LONG)
        auditor.page.screenshot(path=self.windows.pictures / "sitting-verify.png", full_page=True)
        for one in found.annulled:
            expect(auditor.by(f"sitting-poll-{one.poll}").get_by_test_id("annulled-because")).to_contain_text(
                one.reason
            )
        return found


@contextlib.contextmanager
def small_hall(browser: Browser, folder: Path, pictures: Path, marks: Marks) -> Iterator[SmallHall]:
    """A server on a fresh data directory, where nobody has signed in and no key is made."""
    small = SmallHall(browser, folder, pictures, marks)
    try:
        yield small
        small.desks.close()
    finally:
        small.crew.end()
        small.hall.end()


@contextlib.contextmanager
def windows_of(small: SmallHall) -> Iterator[SmallSitting]:
    """The windows of one test, and afterwards no poll under way, whatever became of the test."""
    sitting = SmallSitting(small)
    try:
        yield sitting
    finally:
        small.crew.settle()
        sitting.windows.close()


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
    if KINDS[question.kind].answer is Answer.VOICE:
        against, abstain = count.against, count.abstain
        return {option: (n, against.get(option, NONE), abstain.get(option, NONE)) for option, n in count.votes.items()}
    return {option: (n,) for option, n in count.votes.items()}
