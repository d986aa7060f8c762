"""Chinese text is drawn with a CJK font, not with empty boxes."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.hall import Hall
from tests.e2e.small_sitting import SESSION

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    served = Hall(tmp_path_factory.mktemp("hall"), SESSION)
    yield served
    served.end()


@pytest.mark.parametrize("path", ["/", "/seat", "/console", "/screen", "/scrutineer", "/verify"])
def test_chinese_headings_are_drawn_with_a_cjk_font(chromium: Browser, hall: Hall, path: str) -> None:
    context = chromium.new_context(locale="zh-CN")
    page = context.new_page()
    page.goto(hall.url + path)
    expect(page.locator("h1, h2").first).to_contain_text(re.compile("[\u4e00-\u9fff]"))
    devtools = context.new_cdp_session(page)
    devtools.send("DOM.enable")
    devtools.send("CSS.enable")
    root = devtools.send("DOM.getDocument")["root"]["nodeId"]
    heading = devtools.send("DOM.querySelector", {"nodeId": root, "selector": "h1, h2"})["nodeId"]
    fonts = devtools.send("CSS.getPlatformFontsForNode", {"nodeId": heading})["fonts"]
    assert [font["familyName"] for font in fonts if "CJK" in font["familyName"]], fonts
    context.close()
