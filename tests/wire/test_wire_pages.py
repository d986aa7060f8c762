"""Every role has its page, and every page its place."""

from tests.support.repository import WEB
from voting.wire.base import Audience, Role
from voting.wire.pages import AUDIENCES, PAGE, ROUTES


def test_every_role_has_a_page_and_every_view_is_some_pages() -> None:
    assert PAGE.keys() == set(Role)
    assert {spec.audience for spec in PAGE.values()} == set(Audience)


def test_a_page_is_one_folder_served_at_one_address() -> None:
    assert {spec.name: spec.route for spec in PAGE.values()}.items() <= ROUTES.items()
    assert all(ROUTES[spec.name] == spec.route for spec in PAGE.values())
    assert len(set(ROUTES.values())) == len(ROUTES)
    assert {folder.name for folder in (WEB / "pages").iterdir() if folder.is_dir()} == ROUTES.keys()


def test_the_chair_may_watch_the_hall_screen_and_nobody_else_another_view() -> None:
    more = {role: joined[1:] for role, joined in AUDIENCES.items() if joined[1:]}
    assert more == {Role.CHAIR: (Audience.SCREEN,)}
