"""Every role has its page and its holders, and every page its place."""

import pytest

from tests.support.plans.plain import sample_plan
from tests.support.repository import WEB
from voting.wire.roles import AT_A_SEAT, AUDIENCES, OFFICIALS, ROLES, ROUTES, Audience, Role


def test_every_role_has_a_page_and_every_view_is_some_pages() -> None:
    assert ROLES.keys() == set(Role)
    assert {spec.audience for spec in ROLES.values()} == set(Audience)


def test_a_page_is_one_folder_served_at_one_address() -> None:
    assert {spec.page: spec.route for spec in ROLES.values()}.items() <= ROUTES.items()
    assert all(ROUTES[spec.page] == spec.route for spec in ROLES.values())
    assert len(set(ROUTES.values())) == len(ROUTES)
    assert {folder.name for folder in (WEB / "pages").iterdir() if folder.is_dir()} == ROUTES.keys()


def test_the_chair_may_watch_the_hall_screen_and_nobody_else_another_view() -> None:
    more = {role: joined[1:] for role, joined in AUDIENCES.items() if joined[1:]}
    assert more == {Role.CHAIR: (Audience.SCREEN,)}


def test_delegates_and_observers_have_a_seat_and_officials_are_chair_and_scrutineers() -> None:
    assert AT_A_SEAT == (Role.DELEGATE, Role.OBSERVER)
    assert {Role.CHAIR, Role.SCRUTINEER} == OFFICIALS


@pytest.mark.parametrize("role", Role)
def test_everybody_who_holds_a_role_is_one_person_or_its_one_desk(role: Role) -> None:
    subjects = [holder.subject for holder in ROLES[role].holders(sample_plan())]
    assert len(set(subjects)) == len(subjects)
    assert "" not in subjects or subjects == [""]


def test_those_in_the_plan_hold_their_roles_and_nobody_the_publics() -> None:
    plan = sample_plan()
    held = {role: [holder.subject for holder in spec.holders(plan)] for role, spec in ROLES.items()}
    assert held[Role.DELEGATE] == [delegate.number for delegate in plan.roster.delegates]
    assert held[Role.OBSERVER] == [observer.number for observer in plan.roster.observers]
    assert held[Role.SCRUTINEER] == [str(person.index) for person in plan.scrutineers]
    assert (held[Role.CHAIR], held[Role.SCREEN], held[Role.PUBLIC]) == ([""], [""], [])
