"""People at their pages: each class is one person in one browser window, with the size that person's device has."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.e2e.hall import SECONDS, Hall
from voting.words import BOTH_SIDES_CHOSEN, ONE_SIDE_FIXED, fingerprint_words

LONG = SECONDS * 1000
LANDSCAPE, PORTRAIT = (1280, 800), (820, 1180)


class Person:
    """A window on one page; `picture` keeps what the person sees, `complaints` what the browser says is wrong."""

    size = LANDSCAPE

    def __init__(self, browser: Browser, hall: Hall, link: str, pictures: Path, size: tuple[int, int] | None = None):
        width, height = size or self.size
        self.context: BrowserContext = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN")
        self.context.set_default_timeout(LONG)
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        self.hall, self._pictures = hall, pictures
        self.page.goto(link)

    def by(self, testid: str) -> Locator:
        """The element that tests know by this name."""
        return self.page.get_by_test_id(testid)

    def picture(self, name: str) -> None:
        """Keep a picture of the window."""
        self.page.screenshot(path=self._pictures / f"{name}.png")

    def fingerprint(self, testid: str, count: int = BOTH_SIDES_CHOSEN) -> str:
        """The value of a fingerprint that is shown in words; those must be the words that Python makes of it."""
        shown = self.by(testid)
        value = shown.get_attribute("data-value") or ""
        assert shown.locator("b").all_inner_texts() == [word.text for word in fingerprint_words(value, count)]
        return value


class Seat(Person):
    """A delegate or an observer at a tablet."""

    def stage(self, kind: str) -> None:
        """Wait until the seat shows this stage."""
        expect(self.page.locator(f'[data-testid="seat-stage"][data-stage="{kind}"]')).to_be_visible(timeout=LONG)

    def sign_in(self) -> None:
        """Check the name and press 签到."""
        self.by("confirm-sign-in").click()

    def tick(self, *options: str) -> None:
        """Touch these options."""
        for option in options:
            self.by(f"option-{option}").click()

    def mark(self, option: str, mark: str) -> None:
        """Answer one option or subject."""
        self.by(f"option-{option}-{mark}").click()

    def undo(self) -> None:
        """Take the last press back."""
        self.by("undo").click()

    def press_key(self, voice: str) -> None:
        """Press a key of a motion and confirm it."""
        self.by(f"option-{voice}").click()
        self.by("confirm").click()

    def confirm(self) -> None:
        """Review the ballot and confirm it."""
        self.by("review").click()
        self.by("confirm").click()

    def reload_at(self, kind: str) -> None:
        """Reload the tab; it must come back to the same stage."""
        self.page.reload()
        self.stage(kind)

    def keep_receipt(self) -> dict[str, Any]:
        """Keep the receipt's file; it must say what the receipt shows."""
        with self.page.expect_download() as download:
            self.by("receipt-download").click()
        kept: dict[str, Any] = json.loads(download.value.path().read_bytes())
        assert kept["tracker"] == self.receipt()
        return kept

    def receipt(self) -> str:
        """The tracking number of the receipt that is shown."""
        return self.fingerprint("receipt-tracker", ONE_SIDE_FIXED)


class Chair(Person):
    """The executive chair at the console."""

    size = (1440, 900)

    def call(self, item: str) -> None:
        """Look at an item and make it the current one."""
        self.by(f"item-{item}").click()
        self.by(f"call-{item}").click()

    def press(self, step: str, poll: str) -> None:
        """Take a step and answer its question, if it asks one."""
        expect(self.by(f"{step}-{poll}")).to_be_enabled(timeout=LONG)
        self.by(f"{step}-{poll}").click()
        if step == "prepare":
            return
        expect(self.by("step-dialog")).to_be_visible()
        if self.by("no-kin").count():
            self.by("no-kin").check()
        self.by("confirm").click()

    def compose(self, title: str, kind: str, **fields: str) -> None:
        """Fill in the open form for one more poll; fields by the names that tests know them by."""
        self.by(f"kind-{kind}").click()
        self.by("compose-title").fill(title)
        for name, value in fields.items():
            field = self.by(f"compose-{name}")
            if field.evaluate("field => field.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)

    def add_poll(self) -> str:
        """Put the composed poll on the agenda; returns its id."""
        expect(self.by("compose-add")).to_be_enabled(timeout=LONG)
        self.by("compose-add").click()
        expect(self.by("composer")).to_have_count(0, timeout=LONG)
        shown = self.page.locator('[data-testid^="poll-"][data-state="planned"]')
        return (shown.get_attribute("data-testid") or "").removeprefix("poll-")

    def poll_is(self, poll: str, state: str) -> None:
        """Wait until the poll has reached this state."""
        expect(self.page.locator(f'[data-testid="poll-{poll}"][data-state="{state}"]')).to_be_visible(timeout=LONG)

    def reads(self, testid: str, text: str) -> None:
        """Wait until this element reads so."""
        expect(self.by(testid)).to_contain_text(text, timeout=LONG)

    def counts(self, testid: str, least: int) -> None:
        """Wait until the number that this element begins with is at least so large."""
        self.page.wait_for_function(
            "([name, least]) => parseInt(document.querySelector(`[data-testid=${name}]`)?.textContent, 10) >= least",
            arg=[testid, least],
            timeout=LONG,
        )


class Screen(Person):
    """The hall screen."""

    size = (1920, 1080)

    def shows(self, text: str) -> None:
        """Wait until the hall can read this."""
        expect(self.page.locator("body")).to_contain_text(text, timeout=LONG)


class Scrutineer(Person):
    """A scrutineer at an own terminal."""

    PASSPHRASE = "示例口令 sample passphrase 2022"

    def make_share(self) -> None:
        """First round: a passphrase, twice; the share is made here."""
        self.by("passphrase").fill(self.PASSPHRASE)
        self.by("passphrase-again").fill(self.PASSPHRASE)
        self.by("make-share").click()
        self.keep_and_post()

    def keep_and_post(self) -> None:
        """Save the backup file, which must come before posting."""
        expect(self.by("post-ceremony")).to_be_disabled(timeout=LONG)
        with self.page.expect_download(timeout=LONG):
            self.by("save-backup").click()
        self.by("post-ceremony").click()

    def advance(self) -> str:
        """Compare the fingerprint, go on to the next round; returns the fingerprint read aloud."""
        self.by("compared").check()  # when all have posted the round before
        fingerprint = self.fingerprint("ceremony-fingerprint")
        self.by("advance").click()
        self.keep_and_post()
        return fingerprint

    def ceremony_done(self) -> None:
        """Wait until the key is made."""
        expect(self.by("ceremony-complete")).to_be_visible(timeout=LONG)

    def shuffle(self, poll: str) -> None:
        """Check the box and shuffle the ballots; the others' shuffles are then followed and checked here."""
        self.by("passphrase").fill(self.PASSPHRASE)
        self.by(f"shuffle-{poll}").click()
        expect(self.by(f"release-{poll}")).to_be_visible(timeout=3 * LONG)

    def enter_hand_count(self, poll: str, method: str, reason: str, figures: Mapping[str, int]) -> None:
        """Fill in what was counted by hand and send it. figures: by the names that tests know the fields by."""
        if self.by(f"method-{method}").count():
            self.by(f"method-{method}").check()
        for name, number in figures.items():
            self.by(f"figure-{name}").fill(str(number))
        self.by("hand-reason").fill(reason)
        self.by(f"enter-hand-count-{poll}").click()
        expect(self.by("second-needed")).to_be_visible(timeout=LONG)

    def confirm_hand_count(self, poll: str) -> None:
        """Compare another scrutineer's entry with the papers, or the hands, and confirm it."""
        self.by("hand-compared").check()
        self.by(f"confirm-hand-count-{poll}").click()
        expect(self.by("hand-compared")).to_have_count(0, timeout=LONG)

    def check_box(self, poll: str) -> None:
        """Rebuild and check the board in this browser."""
        self.by(f"check-board-{poll}").click()
        expect(self.by(f"release-{poll}")).to_be_visible(timeout=3 * LONG)

    def release(self, poll: str) -> None:
        """Compare the fingerprint with the hall screen and release the decryption of the sum."""
        self.by("compared").check()
        self.by("passphrase").fill(self.PASSPHRASE)
        self.by(f"release-{poll}").click()

    def confirm_count(self, poll: str) -> None:
        """The chief confirms the count."""
        self.by(f"confirm-{poll}").click()
        self.by("confirm").click()


def make_key(scrutineers: Sequence[Scrutineer]) -> None:
    """All rounds of the ceremony at these terminals, with others who do not wait; all read the same fingerprint."""
    for scrutineer in scrutineers:
        scrutineer.make_share()
    for _ in range(2):
        assert len({scrutineer.advance() for scrutineer in scrutineers}) == 1
    for scrutineer in scrutineers:
        scrutineer.ceremony_done()
