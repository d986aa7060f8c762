"""The pages that people open: which role works on which page, where it is served and what it may watch.

Server, badges, commands and the pages themselves take it from here; `make wire` carries it to the pages.
"""

import msgspec

from voting.wire.base import Audience, Role


class PageSpec(msgspec.Struct, frozen=True):
    """The page of one role. name: of its folder among the pages' sources and in the build, and of its words.

    route: where it is served; audience: the view it shows; also: further views that the role may join; title: of the
    role, on its badge; label: of the role, in what the commands print.
    """

    name: str
    route: str
    audience: Audience
    title: str
    label: str
    also: tuple[Audience, ...] = ()


PAGE: dict[Role, PageSpec] = {
    Role.DELEGATE: PageSpec("seat", "/seat", Audience.SEAT, "代表", "Seat of delegate"),
    Role.OBSERVER: PageSpec("seat", "/seat", Audience.SEAT, "列席人员", "Seat of observer"),
    Role.CHAIR: PageSpec(
        "console",
        "/console",
        Audience.CONSOLE,
        "执行主席 · 会务控制台",
        "Console (executive chair)",
        also=(Audience.SCREEN,),
    ),
    Role.SCREEN: PageSpec("screen", "/screen", Audience.SCREEN, "大屏幕", "Hall screen"),
    Role.SCRUTINEER: PageSpec("scrutineer", "/scrutineer", Audience.SCRUTINEER, "监票人", "Scrutineer"),
    Role.PUBLIC: PageSpec("index", "/", Audience.PUBLIC, "公众", "Everybody"),
}
"""Every role's page, in the order in which they are listed."""
VERIFIER = "/verify"
"""Where anybody verifies a record; nobody logs in there, and it joins no view."""
ROUTES: dict[str, str] = {spec.name: spec.route for spec in PAGE.values()} | {"verifier": VERIFIER}
"""Every page by its name."""
AUDIENCES: dict[Role, tuple[Audience, ...]] = {role: (spec.audience, *spec.also) for role, spec in PAGE.items()}
"""The views each role may join, its own page's first."""
