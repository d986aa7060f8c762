"""Codes and tokens that the console takes back."""

import pytest

from tests.support.chamber import Chamber
from tests.support.http_client import Client
from tests.support.plans.plain import sample_plan
from voting.congress.refusal import Refused
from voting.server.http.access import Principal, ServerSecret
from voting.server.services.admissions import follow_codes, generation_in, shut_out
from voting.sitting.events import CodeReplaced
from voting.storage.journal.chain import JournalRow
from voting.wire.refusals import WireRefusal
from voting.wire.roles import Role

SEAT, OTHER = Principal(Role.DELEGATE, "001"), Principal(Role.DELEGATE, "002")


@pytest.fixture
def chamber() -> Chamber:
    return Chamber(sample_plan())


CODES = {"11112222": SEAT, "33334444": OTHER}


def _body(code: str) -> bytes:
    return b'{"code":"' + code.encode() + b'"}'


def _token(client: Client, code: str) -> str:
    token: str = client.sign_in(_body(code)).get_json()["token"]
    return token


def test_logged_out_everywhere_means_that_no_token_given_before_is_good(chamber: Chamber) -> None:
    client = Client(chamber, CODES)
    old, others = _token(client, "11112222"), _token(client, "33334444")
    chamber.service.admissions.log_out_everywhere(SEAT)
    with pytest.raises(Refused) as refused:
        client.holder(old)
    assert refused.value.refusal.code is WireRefusal.LOGGED_OUT
    assert client.holder(others) == OTHER
    assert client.holder(_token(client, "11112222")) == SEAT


def test_a_new_code_ends_the_old_one_and_its_tokens(chamber: Chamber) -> None:
    client = Client(chamber, CODES)
    old = _token(client, "11112222")
    badge = chamber.service.admissions.new_code(SEAT)
    code = badge.code
    follow_codes(client.access, chamber.service.sitting)
    assert client.sign_in(_body("11112222")).status_code == 401
    with pytest.raises(Refused):
        client.holder(old)
    assert client.holder(_token(client, code)) == SEAT
    assert (len(code), code.isdigit(), badge.who) == (12, True, SEAT)
    assert badge.holder.name == chamber.plan.roster.delegates[0].name
    chamber.service.admissions.log_out_everywhere(SEAT)
    assert client.holder(_token(client, code)) == SEAT
    assert generation_in(chamber.service.sitting, SEAT) == 2


def test_whoever_is_shut_out_is_named_by_the_rows_that_did_it(chamber: Chamber) -> None:
    seen: list[JournalRow] = []
    chamber.service.listen(seen.extend)
    chamber.service.admissions.new_code(SEAT)
    chamber.service.admissions.log_out_everywhere(OTHER)
    chamber.service.sign_in(Principal(Role.DELEGATE, "003"))
    chamber.service.record_departure("003")
    assert shut_out(seen) == (SEAT, OTHER, Principal(Role.DELEGATE, "003"))


def test_a_new_code_in_the_journal_is_only_its_mac(chamber: Chamber) -> None:
    badge = chamber.service.admissions.new_code(SEAT)
    (event,) = (event for event in chamber.events if isinstance(event, CodeReplaced))
    assert event.code_mac == ServerSecret(bytes(64)).code_mac(badge.code)
    assert badge.code not in str(event)


def test_what_was_taken_back_stays_so_after_a_restart(chamber: Chamber) -> None:
    client = Client(chamber, CODES)
    old = _token(client, "11112222")
    code = chamber.service.admissions.new_code(SEAT).code
    resumed = Client(Chamber(chamber.plan, chamber.journal), CODES)
    with pytest.raises(Refused):
        resumed.holder(old)
    assert resumed.sign_in(_body("11112222")).status_code == 401
    assert resumed.holder(_token(resumed, code)) == SEAT


@pytest.mark.parametrize(
    "who",
    [
        Principal(Role.CHAIR),
        Principal(Role.PUBLIC),
        Principal(Role.DELEGATE, "nobody"),
        Principal(Role.SCRUTINEER, "99"),
        Principal(Role.OBSERVER, "001"),
    ],
)
def test_the_console_shuts_out_neither_itself_nor_nobody(chamber: Chamber, who: Principal) -> None:
    for act in (chamber.service.admissions.new_code, chamber.service.admissions.log_out_everywhere):
        with pytest.raises(Refused) as refused:
            act(who)
        assert refused.value.refusal.code is WireRefusal.PERSON_UNKNOWN
