"""The stricter laws: checks of a record that claims our format 2; of any other record each that it lacks is named."""

import pytest

from tests.support.tally.kinds import make_kind
from tests.support.tally.scenes import GROUPS, STRICT, make_scene
from voting.tally.board.archive import OwnedDocument
from voting.tally.board.chain import owned_by
from voting.tally.errors import CheckFailed
from voting.tally.json_form import dump, load
from voting.tally.verify.audit import audit
from voting.tally.verify.checks import verify_archive
from voting.tally.verify.laws import LAW_TITLES, Law
from voting.tally.verify.verdict import Verdict

FREE = "An election that was described in free words."


def with_credentials_reversed(group: str, description: str) -> bytes:
    record = make_scene(group, 2, description).record()
    record.credentials = dump(load(record.credentials)[::-1])
    return record.archive()


@pytest.mark.parametrize("group", GROUPS)
def test_credentials_out_of_order_are_named_where_our_format_is_not_claimed(group: str) -> None:
    found = audit(with_credentials_reversed(group, FREE))
    assert found.record is not None
    assert found.record.lacking == (Law.CREDENTIALS_SORTED,)
    assert found.verdict is Verdict.OUTCOME_NOT_STATED


def test_credentials_out_of_order_are_refused_where_it_is_claimed() -> None:
    with pytest.raises(CheckFailed) as caught:
        verify_archive(with_credentials_reversed("Ed25519", STRICT))
    assert (caught.value.number, caught.value.key) == (7, "credentials")


def test_a_credential_twice_is_never_excused() -> None:
    record = make_scene("Ed25519", 2, FREE).record()
    first, *others = load(record.credentials)
    record.credentials = dump([first, *others, first])
    with pytest.raises(CheckFailed) as caught:
        verify_archive(record.archive())
    assert caught.value.number == 7


def test_what_is_lacking_is_said_in_words_and_in_fields() -> None:
    found = audit(with_credentials_reversed("Ed25519", FREE))
    assert "This record is valid by the published format." in "\n".join(found.sentences())
    assert f"A stricter law that it does not keep: {LAW_TITLES[Law.CREDENTIALS_SORTED]}." in found.sentences()
    fields = found.fields()
    assert (fields["valid"], fields["verdict"]) == (True, "outcome_not_stated")
    assert fields["record"]["lacking"] == ["credentials_sorted"]


def test_a_record_that_lacks_nothing_is_valid() -> None:
    found = audit(make_scene("Ed25519").record().archive())
    assert found.verdict is Verdict.VALID
    assert found.fields()["record"]["lacking"] == []


def published(raw: bytes) -> bytes:
    """A decryption as the published format has it."""
    return dump({name: part for name, part in load(raw).items() if name != "statement_proofs"})


@pytest.mark.parametrize("group", GROUPS)
def test_published_decryptions_alone_are_named_where_our_format_is_not_claimed(group: str) -> None:
    record = make_scene(group, 2, FREE).record()
    record.decryptions = [(owner, published(raw)) for owner, raw in record.decryptions]
    assert verify_archive(record.archive()).lacking == (Law.STATEMENT_PROOFS,)


def _refused_at(number: int, archive: bytes, says: str) -> None:
    with pytest.raises(CheckFailed, match=says) as caught:
        verify_archive(archive)
    assert caught.value.number == number


@pytest.mark.parametrize("place", [0, 1])
def test_a_statement_that_one_proves_and_another_does_not_is_never_excused(place: int) -> None:
    record = make_scene("Ed25519", 2, FREE).record()
    owner, raw = record.decryptions[place]
    record.decryptions[place] = (owner, published(raw))
    _refused_at(14, record.archive(), "some decryptions prove their whole statement and others do not")


def test_a_false_proof_of_a_statement_is_never_excused() -> None:
    record = make_scene("Ed25519", 2, FREE).record()
    for place, (owner, raw) in enumerate(record.decryptions):
        value = load(raw)
        value["statement_proofs"] = value["decryption_proofs"]
        record.decryptions[place] = (owner, dump(value))
    _refused_at(14, record.archive(), "the proof of a decryption factor does not hold")


def unsigned(made: OwnedDocument) -> OwnedDocument:
    return OwnedDocument(owned_by(load(made.owned)["owner"], made.raw), made.raw)


def test_shuffles_that_nobody_signed_are_named_where_our_format_is_not_claimed() -> None:
    record = make_kind("ranked", "Ed25519", None, FREE).record()
    record.shuffles = [unsigned(made) for made in record.shuffles]
    assert verify_archive(record.archive()).lacking == (Law.SIGNED_SHUFFLES,)


@pytest.mark.parametrize("place", [0, 1])
def test_a_shuffle_that_one_signed_and_another_did_not_is_never_excused(place: int) -> None:
    record = make_kind("ranked", "Ed25519", None, FREE).record()
    record.shuffles[place] = unsigned(record.shuffles[place])
    _refused_at(19, record.archive(), "some shuffles are signed and others are not")


def test_a_false_signature_of_a_shuffle_is_never_excused() -> None:
    record = make_kind("ranked", "Ed25519", None, FREE).record()
    signatures = [load(made.owned)["signature"] for made in record.shuffles]
    for place, (made, other) in enumerate(zip(record.shuffles, signatures[::-1], strict=True)):
        record.shuffles[place] = OwnedDocument(dump({**load(made.owned), "signature": other}), made.raw)
    _refused_at(19, record.archive(), "the signature of scrutineer 2 on a shuffle does not hold")


def test_every_law_has_words() -> None:
    assert set(LAW_TITLES) == set(Law)


def test_the_exit_status_says_the_verdict() -> None:
    assert {verdict.value: verdict.exit_status for verdict in Verdict} == {
        "valid": 0,
        "outcome_not_stated": 3,
        "not_valid": 1,
    }
