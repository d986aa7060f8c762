"""Codes, tokens and roles."""

import contextlib
import hashlib
import hmac
import sqlite3
from pathlib import Path

import pytest
from itsdangerous import URLSafeTimedSerializer

from tests.support.plans.plain import sample_plan
from voting.congress.refusal import Refused
from voting.server.http.access import (
    PUBLIC,
    TOKEN_SECONDS,
    Access,
    Principal,
    SecretDamaged,
    ServerSecret,
    Tokens,
    normal_code,
    require_audience,
    require_role,
)
from voting.server.http.attempts import CODES_PER_SECOND, FREE_ATTEMPTS, Attempts
from voting.server.services import code_store, codes
from voting.storage.database import Database
from voting.storage.tables.access import AccessDamaged
from voting.wire.refusals import WireRefusal
from voting.wire.roles import AUDIENCES, Audience, Role
from voting.words import fingerprint_words

SEAT = Principal(Role.DELEGATE, "001")


@pytest.fixture
def secret(tmp_path: Path) -> ServerSecret:
    return ServerSecret.load(tmp_path / "secret.key")


def tokens(secret: ServerSecret, generation: int = 0) -> Tokens:
    return Tokens(secret, lambda _: generation)


def test_the_secret_is_made_once_and_is_its_owners(tmp_path: Path, secret: ServerSecret) -> None:
    path = tmp_path / "secret.key"
    assert path.stat().st_mode & 0o777 == 0o600
    assert ServerSecret.load(path).code_mac("1234") == secret.code_mac("1234")
    with pytest.raises(ValueError, match="64"):
        ServerSecret(b"short")


@pytest.mark.parametrize("size", [0, 63, 65])
def test_a_secret_of_another_length_is_damaged_and_stays_as_it_is(tmp_path: Path, size: int) -> None:
    path = tmp_path / "secret.key"
    path.write_bytes(bytes(size))
    with pytest.raises(SecretDamaged, match=f"{size} bytes instead of 64"):
        ServerSecret.load(path)
    assert path.read_bytes() == bytes(size)


def test_a_token_names_its_holder_until_it_is_too_old(secret: ServerSecret, monkeypatch: pytest.MonkeyPatch) -> None:
    token = tokens(secret).token_for(SEAT)
    assert tokens(secret).principal_of(token) == SEAT
    monkeypatch.setattr("itsdangerous.timed.time.time", lambda: __import__("time").time_ns() / 1e9 + TOKEN_SECONDS + 5)
    with pytest.raises(Refused) as refused:
        tokens(secret).principal_of(token)
    assert refused.value.refusal.code is WireRefusal.LOGIN_NEEDED


@pytest.mark.parametrize(("seconds", "good"), [(TOKEN_SECONDS, True), (TOKEN_SECONDS + 1, False)])
def test_a_token_is_good_to_its_last_second(
    secret: ServerSecret, monkeypatch: pytest.MonkeyPatch, seconds: int, good: bool
) -> None:
    now = 1_700_000_000
    monkeypatch.setattr("time.time", lambda: now)
    token = tokens(secret).token_for(SEAT)
    now += seconds
    if good:
        assert tokens(secret).principal_of(token) == SEAT
    else:
        with pytest.raises(Refused):
            tokens(secret).principal_of(token)


@pytest.mark.parametrize("hours", [-3, 2])
def test_a_token_outlives_a_step_of_the_clock(
    secret: ServerSecret, monkeypatch: pytest.MonkeyPatch, hours: int
) -> None:
    token = tokens(secret).token_for(SEAT)
    monkeypatch.setattr("itsdangerous.timed.time.time", lambda: __import__("time").time_ns() / 1e9 + hours * 3600)
    assert tokens(secret).principal_of(token) == SEAT


def test_a_token_is_worth_something_for_a_day() -> None:
    assert TOKEN_SECONDS == 86_400


def test_a_token_of_another_generation_is_worth_nothing(secret: ServerSecret) -> None:
    given = [tokens(secret, generation).token_for(SEAT) for generation in range(3)]
    for at, token in enumerate(given):
        for generation in range(3):
            if at == generation:
                assert tokens(secret, generation).principal_of(token) == SEAT
                continue
            with pytest.raises(Refused) as refused:
                tokens(secret, generation).principal_of(token)
            assert refused.value.refusal.code is WireRefusal.LOGGED_OUT


def test_a_token_without_a_generation_is_of_the_first(secret: ServerSecret) -> None:
    token = secret.signer.dumps(["delegate", "001"])
    assert tokens(secret).principal_of(token) == SEAT
    with pytest.raises(Refused):
        tokens(secret, 1).principal_of(token)


def test_a_replaced_code_lets_nobody_in_and_the_new_one_does(secret: ServerSecret) -> None:
    other = Principal(Role.DELEGATE, "002")
    entries = [(secret.code_mac("12345678"), SEAT), (secret.code_mac("22222222"), other)]
    access = Access(secret, entries, Attempts())
    for code in ("33333333", "44444444"):
        access.replace(SEAT, secret.code_mac(code))
    assert access.login("44444444", "a") == SEAT
    assert access.login("22222222", "a") == other
    for old in ("12345678", "33333333"):
        assert _refused(access, old, "a") is WireRefusal.CODE_UNKNOWN


def test_one_half_of_the_secret_signs_tokens_and_the_other_is_the_pepper_of_codes() -> None:
    raw = bytes(range(64))
    secret = ServerSecret(raw)
    assert secret.code_mac("12-34") == hmac.new(raw[32:], b"1234", hashlib.sha256).hexdigest()
    token = URLSafeTimedSerializer(raw[:32], salt="plenary-token").dumps(["delegate", "001"])
    assert tokens(secret).principal_of(token) == SEAT


def test_a_token_of_another_server_is_worth_nothing(secret: ServerSecret) -> None:
    with pytest.raises(Refused):
        tokens(secret).principal_of(tokens(ServerSecret(bytes(64))).token_for(SEAT))


@pytest.mark.parametrize("typed", ["1234 5678", "1234-5678", " 12345678 ", "1234\u30005678"])
def test_spaces_and_hyphens_in_a_code_do_not_count(typed: str) -> None:
    assert normal_code(typed) == "12345678"


def test_no_code_is_looked_at_before_its_turn(secret: ServerSecret) -> None:
    access = Access(secret, [(secret.code_mac("12345678"), SEAT)], Attempts(lambda: 0.0))
    for _ in range(CODES_PER_SECOND):
        access.login("12345678", "a")
    assert _refused(access, "12345678", "a") is WireRefusal.TOO_MANY_ATTEMPTS


def test_a_right_code_is_never_refused_however_many_wrong_ones_came_before(secret: ServerSecret) -> None:
    access = Access(secret, [(secret.code_mac("12345678"), SEAT)], Attempts(lambda: 0.0))
    for _ in range(FREE_ATTEMPTS):
        assert _refused(access, "00000000", "a") is WireRefusal.CODE_UNKNOWN
    assert _refused(access, "00000000", "a") is WireRefusal.TOO_MANY_ATTEMPTS
    assert _refused(access, "00000000", "b") is WireRefusal.CODE_UNKNOWN
    assert access.login("1234-5678", "a") == SEAT
    assert _refused(access, "00000000", "a") is WireRefusal.TOO_MANY_ATTEMPTS


def _refused(access: Access, code: str, address: str) -> str:
    with pytest.raises(Refused) as refused:
        access.login(code, address)
    return refused.value.refusal.code


def test_a_role_that_is_not_named_is_refused() -> None:
    roles = frozenset({Role.CHAIR})
    require_role(Principal(Role.CHAIR), roles)
    for who, code in ((SEAT, WireRefusal.NOT_YOUR_ROLE), (PUBLIC, WireRefusal.LOGIN_NEEDED)):
        with pytest.raises(Refused) as refused:
            require_role(who, roles)
        assert refused.value.refusal.code is code


@pytest.mark.parametrize(
    ("role", "allowed"),
    [
        (Role.DELEGATE, {Audience.SEAT}),
        (Role.OBSERVER, {Audience.SEAT}),
        (Role.CHAIR, {Audience.CONSOLE, Audience.SCREEN}),
        (Role.SCREEN, {Audience.SCREEN}),
        (Role.SCRUTINEER, {Audience.SCRUTINEER}),
        (Role.PUBLIC, {Audience.PUBLIC}),
    ],
)
def test_each_role_joins_its_own_audience_only(role: Role, allowed: set[Audience]) -> None:
    assert {audience for audience in Audience if _joins(role, audience)} == allowed


def _joins(role: Role, audience: Audience) -> bool:
    try:
        return require_audience(Principal(role), audience.value) is audience
    except Refused:
        return False


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("audience", Audience)
def test_who_may_not_join_an_audience_is_told_why(role: Role, audience: Audience) -> None:
    if audience in AUDIENCES[role]:
        assert require_audience(Principal(role), audience.value) is audience
        return
    with pytest.raises(Refused) as refused:
        require_audience(Principal(role), audience.value)
    expected = WireRefusal.LOGIN_NEEDED if role is Role.PUBLIC else WireRefusal.NOT_YOUR_ROLE
    assert (refused.value.refusal.code, refused.value.refusal.params) == (expected, {"role": role.value})


def test_an_audience_that_there_is_not_cannot_be_joined() -> None:
    with pytest.raises(Refused):
        require_audience(Principal(Role.CHAIR), "everybody")


def test_codes_are_stored_as_macs_only_and_lead_to_their_owners(tmp_path: Path, secret: ServerSecret) -> None:
    database = Database(tmp_path / "plenary.db", tmp_path / "high-water")
    badges = codes.make_badges(sample_plan())
    code_store.store_codes(database, secret, badges)
    access = Access(secret, code_store.stored_codes(database), Attempts())
    assert [access.login(badge.code, "a") for badge in badges] == [badge.who for badge in badges]
    database.settle()
    stored = b"".join(path.read_bytes() for path in tmp_path.glob("plenary.db*"))
    assert not [badge.code for badge in badges if badge.code.encode() in stored]


def test_codes_csv_is_private_and_reads_back(tmp_path: Path) -> None:
    badges = codes.make_badges(sample_plan())
    path = tmp_path / "codes.csv"
    codes.write_codes(path, badges)
    assert path.stat().st_mode & 0o777 == 0o600
    assert codes.read_codes(path) == badges
    delegate, chair = badges[0], next(b for b in badges if b.role is Role.CHAIR)
    assert (len(delegate.code), delegate.code.isdigit(), delegate.link) == (12, True, f"/seat#code={delegate.code}")
    assert (len(chair.code), chair.link) == (10, f"/console#code={chair.code}")


@pytest.mark.parametrize(
    "raw",
    [
        b"code,role\n1,chair\n",
        b"code,role,subject,name,delegation,seat,link\n1,king,,,,,\n",
        b"code,role,subject,name,delegation,seat,link\n1\n",
        b"\xff\xfe\x00",
    ],
)
def test_a_damaged_codes_csv_is_named(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "codes.csv"
    path.write_bytes(raw)
    with pytest.raises(codes.CodesDamaged):
        codes.read_codes(path)


@pytest.mark.parametrize("row", ["(x'01', 'chair', '')", "('mac', 'king', '')", "('mac', 'chair', x'02')"])
def test_a_damaged_row_of_a_code_is_named(tmp_path: Path, row: str) -> None:
    database = Database(tmp_path / "plenary.db", tmp_path / "high-water")
    with contextlib.closing(sqlite3.connect(tmp_path / "plenary.db")) as connection, connection:
        connection.execute(f"INSERT INTO access VALUES {row}")
    with pytest.raises(AccessDamaged):
        code_store.stored_codes(database)
    database.settle()


def test_badges_show_everybody_with_a_code_to_scan(tmp_path: Path) -> None:
    badges = codes.make_badges(sample_plan())
    path = tmp_path / "badges.html"
    server_key = "0123456789abcdef" * 4
    codes.write_badges(path, "示例会议 <1>", "http://192.0.2.1:8000", badges, server_key)
    page = path.read_text(encoding="utf-8")
    assert page.count("<svg") == len(badges)
    words = "".join(f"<li>{word.text}</li>" for word in fingerprint_words(server_key))
    assert words.count("<li>") == 12
    assert page.count(words) == len(badges)
    assert "示例会议 &lt;1&gt;" in page
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "said", [["nobody", "001", 0], ["delegate", "001", "0"], ["delegate"], ["delegate", 1], {}, "x", None]
)
def test_a_token_of_ours_that_says_what_none_of_this_release_does_asks_to_log_in(
    secret: ServerSecret, said: object
) -> None:
    """As one that another release gave, whose roles were others."""
    with pytest.raises(Refused) as refused:
        tokens(secret).principal_of(secret.signer.dumps(said))
    assert refused.value.refusal.code is WireRefusal.LOGIN_NEEDED
