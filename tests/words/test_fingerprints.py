"""Values and their words, as the pages' test reads them as well: the same in both programs, bit for bit."""

import json
from hashlib import scrypt
from pathlib import Path

import pytest

from voting.words.fingerprints import BOTH_SIDES_CHOSEN, ONE_SIDE_FIXED, fingerprint_words, key_fingerprint, word_list

VECTORS = json.loads((Path(__file__).parent / "fingerprint_vectors.json").read_bytes())


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["value"][:8])
def test_a_value_has_the_words_of_the_vector(vector: dict[str, str]) -> None:
    words = fingerprint_words(vector["value"])
    assert " ".join(word.text for word in words) == vector["words"]
    assert ", ".join(word.pinyin for word in words) == vector["pinyin"]


def test_a_word_stands_for_eleven_bits_from_the_first_on() -> None:
    value = "00" * 32
    spread = scrypt(bytes(32), salt=b"plenary-fingerprint-words-1", n=2048, r=8, p=1, dklen=17)
    bits = "".join(f"{byte:08b}" for byte in spread)
    numbers = [int(bits[at : at + 11], 2) for at in range(0, 132, 11)]
    assert [word_list().index(word) for word in fingerprint_words(value)] == numbers


def test_six_words_are_the_first_of_the_twelve() -> None:
    value = "5f" * 32
    assert fingerprint_words(value, ONE_SIDE_FIXED) == fingerprint_words(value, BOTH_SIDES_CHOSEN)[:6]


def test_hex_and_base64_of_the_same_bytes_have_the_same_words() -> None:
    assert fingerprint_words("ff" * 32) == fingerprint_words("/" * 42 + "8")


def test_values_that_differ_in_one_bit_share_no_word_in_its_place() -> None:
    pairs = zip(fingerprint_words("00" * 32), fingerprint_words("00" * 31 + "01"), strict=True)
    assert [one for one, other in pairs if one == other] == []


@pytest.mark.parametrize("value", ["", "ab", "g" * 64, "a" * 42, "a" * 44, "ab" * 31, "a" * 42 + "!"])
def test_a_value_of_another_size_has_no_words(value: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        fingerprint_words(value)


@pytest.mark.parametrize("count", [-1, 0, 13])
def test_more_than_twelve_words_are_refused(count: int) -> None:
    with pytest.raises(ValueError, match="twelve"):
        fingerprint_words("00" * 32, count)


def test_a_key_has_the_words_of_its_text() -> None:
    assert key_fingerprint("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
