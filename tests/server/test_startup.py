"""When the server refuses to start."""

import contextlib
from pathlib import Path

import msgspec
import pytest
from flask import Response

from tests.support.certificates import make_certificate
from tests.support.chamber import Chamber, LocalProver
from tests.support.plans.plain import sample_plan
from voting.server import app
from voting.server.app import HandlersDiffer, RoleMissing, announce_ready, serve, serve_plan
from voting.server.handing_out import codes_of, print_badges
from voting.server.http.access import Access, Principal, ServerSecret
from voting.server.http.attempts import Attempts
from voting.server.http.routes import Route
from voting.server.live import requests
from voting.server.services.code_store import store_codes
from voting.server.services.codes import Badge, make_badges, read_codes, write_codes
from voting.server.settings import ServerSettings, ServingAddress, SettingsInvalid
from voting.sitting.events import SittingPlan
from voting.storage.data_dir import DataDir
from voting.storage.database import Database
from voting.wire.declared import request
from voting.wire.requests import REQUESTS, ResyncRequest
from voting.wire.roles import EVERYBODY, Holder, Role


class _Workers(LocalProver):
    def __init__(self, count: int) -> None:
        super().__init__()

    def start(self) -> None: ...

    def stop(self) -> None: ...


@pytest.fixture(autouse=True)
def _no_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "ProofWorkers", _Workers)


def _start(tmp_path: Path, plan: SittingPlan) -> None:
    def must_not_be_ready(_: ServingAddress) -> None:
        raise AssertionError("the server started")

    serve_plan(plan, ServerSettings(session_dir=tmp_path, data_dir=tmp_path / "data"), must_not_be_ready)


def test_a_declared_request_without_a_handler_keeps_the_server_from_starting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(requests.HANDLERS, "close_poll")
    with pytest.raises(HandlersDiffer, match="close_poll"):
        _start(tmp_path, sample_plan())


def test_a_handler_of_an_undeclared_request_keeps_the_server_from_starting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(requests.HANDLERS, "take_the_chair", requests.HANDLERS["resync"])
    with pytest.raises(HandlersDiffer, match="take_the_chair"):
        _start(tmp_path, sample_plan())


def test_a_request_is_declared_once_and_for_somebody() -> None:
    with pytest.raises(ValueError, match="resync"):
        request("resync", Role.CHAIR)(ResyncRequest)
    with pytest.raises(ValueError, match="nobody"):
        request("anything")(ResyncRequest)


def test_a_route_without_a_role_keeps_the_server_from_starting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "page_routes", lambda _: (Route("back_door", "/back", frozenset(), Response),))
    with pytest.raises(RoleMissing, match="back_door"):
        _start(tmp_path, sample_plan())


def test_a_route_past_the_table_keeps_the_server_from_starting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "answer_refusals", lambda made: made.add_url_rule("/back", "back_door", Response))
    with pytest.raises(RoleMissing, match="back_door"):
        _start(tmp_path, sample_plan())


def test_only_the_chair_moves_polls_and_only_scrutineers_count() -> None:
    roles = {name: declared.roles for name, declared in REQUESTS.items()}
    chair = {name for name, allowed in roles.items() if allowed == {Role.CHAIR}}
    assert chair == {
        "sign_in_for", "record_leave", "record_departure", "call_item", "prepare_poll", "open_poll", "close_poll",
        "announce_result", "annul_poll", "open_by_hand", "issue_paper", "plan_poll", "preview_poll", "new_code",
        "log_out_everywhere",
    }  # fmt: skip
    scrutineer = {name for name, allowed in roles.items() if allowed == {Role.SCRUTINEER}}
    assert scrutineer == {
        "post_ceremony", "sign_closed_board", "compare_closed_head", "raise_alarm", "post_shuffle",
        "release_decryption", "enter_hand_count", "confirm_hand_count", "confirm_count",
    }  # fmt: skip
    both = {name for name, allowed in roles.items() if allowed == {Role.CHAIR, Role.SCRUTINEER}}
    assert both == {"ask_annulment", "confirm_annulment"}
    assert roles["resync"] == EVERYBODY


def test_a_plan_that_cannot_be_convened_is_named(tmp_path: Path) -> None:
    plan = sample_plan()
    with pytest.raises(SettingsInvalid, match="cannot be convened"):
        _start(tmp_path, msgspec.structs.replace(plan, threshold=9))


def test_a_session_directory_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsInvalid, match=r"session\.toml"):
        serve(ServerSettings(session_dir=tmp_path / "nothing", data_dir=tmp_path / "data"), lambda _: None)


@pytest.mark.parametrize(("name", "text"), [("ours", "[quorum]\nfraktion = 1\n"), ("Ours", ""), ("ours", "title = ")])
def test_rules_that_no_poll_can_adopt_are_named(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / f"{name}.toml").write_text(text, encoding="utf-8")
    with pytest.raises(SettingsInvalid, match=rf"{name}\.toml:1|{name}\.toml:2"):
        _start(tmp_path, sample_plan())


def test_a_certificate_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    certificate, key = make_certificate(tmp_path)
    settings = ServerSettings(session_dir=tmp_path, data_dir=tmp_path / "data", tls_cert=certificate, tls_key=key)
    key.write_text("no key")
    for spoilt in (settings, msgspec.structs.replace(settings, tls_key=tmp_path / "nothing.pem")):
        with pytest.raises(SettingsInvalid, match=r"certificate .*cert\.pem"):
            serve_plan(sample_plan(), spoilt, lambda _: None)


def test_a_second_server_on_the_same_data_is_turned_away(tmp_path: Path) -> None:
    with DataDir(tmp_path / "data").taken(), pytest.raises(SettingsInvalid, match="another server"):
        _start(tmp_path, sample_plan())


def test_people_are_told_where_it_listens(capsys: pytest.CaptureFixture[str]) -> None:
    announce_ready(ServingAddress(url="http://127.0.0.1:8250", data_dir=Path("data")))
    assert capsys.readouterr().out == "READY http://127.0.0.1:8250\n"


def test_a_terminal_notices_a_dead_line_within_ten_seconds() -> None:
    assert app.PING_SECONDS + app.PONG_SECONDS < 10


def test_damaged_codes_keep_the_server_from_starting(tmp_path: Path) -> None:
    data, sitting = DataDir(tmp_path), Chamber(sample_plan()).service.sitting
    print_badges(sitting, data, "http://192.0.2.1", "ab" * 32)
    data.codes.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingsInvalid, match=r"codes\.csv is damaged"):
        print_badges(sitting, data, "http://192.0.2.1", "ab" * 32)


def test_badges_whose_code_was_replaced_are_not_printed_again(tmp_path: Path) -> None:
    data, chamber = DataDir(tmp_path), Chamber(sample_plan())
    write_codes(data.codes, make_badges(chamber.plan))
    badges = {badge.who: badge.code[:4] for badge in read_codes(data.codes)}
    gone, stays = Principal(Role.DELEGATE, "001"), Principal(Role.SCRUTINEER, "1")
    chamber.service.admissions.new_code(gone)
    chamber.service.admissions.log_out_everywhere(stays)
    print_badges(chamber.service.sitting, data, "http://192.0.2.1", "ab" * 32)
    page = data.badges.read_text(encoding="utf-8")
    assert f"<code>{badges[stays]}" in page
    assert f"<code>{badges[gone]} " not in page


def test_a_sitting_convened_with_codes_of_eight_digits_keeps_them(tmp_path: Path) -> None:
    data, secret, who = DataDir(tmp_path), ServerSecret(bytes(64)), Principal(Role.DELEGATE, "001")
    with contextlib.closing(Database(data.database, data.high_water)) as database:
        store_codes(database, secret, (Badge(who.role, Holder("001", "示例代表001"), "12345678"),))
        entries = codes_of(sample_plan(), data, database, secret)
    assert not data.codes.exists()
    assert Access(secret, entries, Attempts()).login("1234 5678", "192.0.2.1") == who
