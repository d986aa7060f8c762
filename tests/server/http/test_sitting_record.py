"""The record of the whole sitting over HTTP: who is given it when, that it is valid, and that it is made once."""

import hashlib

import pytest

from tests.support.chamber import Chamber
from tests.support.http_client import Client
from tests.support.signer import SIGNER
from tests.support.whole_sitting import ended_sitting, small_plan
from voting.record.whole.packing import sitting_record
from voting.record.whole.verification import verify_sitting
from voting.server.http import sitting_record as route
from voting.tally.verify.verdict import Verdict
from voting.wire.roles import OFFICIALS, Role

PATH = "/api/sitting.zip"


def answers(chamber: Chamber) -> dict[Role, int]:
    client = Client(chamber)
    return {role: client.get(PATH, role, "1").status_code for role in Role}


def test_everybody_is_given_the_record_of_a_sitting_that_has_ended() -> None:
    chamber = ended_sitting()
    answer = Client(chamber).get(PATH)
    assert (answer.status_code, answer.content_type) == (200, "application/zip")
    assert answer.headers["Content-Disposition"] == "attachment; filename=sitting.zip"
    service = chamber.service
    made = sitting_record(service.sitting, service.boards, server_key=SIGNER.public_hex, sign=SIGNER.sign)
    assert answer.data == made
    assert verify_sitting(answer.data).verdict is Verdict.VALID


def test_a_count_that_is_not_published_is_for_officials_alone() -> None:
    chamber = Chamber(small_plan())
    chamber.sign_in()
    chamber.hold_ceremony()
    assert set(answers(chamber).values()) == {200}
    chamber.open("motion")
    chamber.choose("motion", "001", "for")
    chamber.close("motion")
    assert set(answers(chamber).values()) == {200}
    assert b"count.json" not in Client(chamber).get(PATH).data
    chamber.count("motion")
    for _ in range(2):
        given = answers(chamber)
        assert {role for role, status in given.items() if status == 200} == OFFICIALS
        assert {status for role, status in given.items() if role not in OFFICIALS} == {403}
        refused = Client(chamber).get(PATH).get_json()["refusal"]
        assert (refused["code"], refused["params"]["poll"]) == ("not_public_yet", "motion")
        if chamber.state("motion") == "counted":
            chamber.service.polls.confirm("motion", 1)
    chamber.service.polls.announce("motion")
    assert set(answers(chamber).values()) == {200}


def test_the_file_is_asked_for_again_by_its_hash_and_made_again_only_when_it_changes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chamber = Chamber(small_plan())
    chamber.sign_in()
    chamber.hold_ceremony()
    chamber.open("motion")
    made: list[int] = []

    def counting(*arguments: object, **options: object) -> bytes:
        made.append(1)
        return sitting_record(*arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(route, "sitting_record", counting)
    client = Client(chamber)
    first = client.get(PATH)
    digest = hashlib.sha256(first.data).hexdigest()
    assert (first.headers["ETag"], first.headers["Cache-Control"]) == (f'"{digest}"', "private, no-cache")
    chamber.choose("motion", "001", "for")
    assert client.get(PATH, Role.PUBLIC, **{"If-None-Match": f'"{digest}"'}).status_code == 304
    assert len(made) == 1
    chamber.close("motion")
    assert client.get(PATH, Role.PUBLIC, **{"If-None-Match": f'"{digest}"'}).status_code == 200
    assert len(made) == 2
