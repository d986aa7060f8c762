"""Shuffles: of any size they hold, for their own input, output and election only."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.tally.scenes import seeded
from voting.tally.ballots.answers import Sealer
from voting.tally.board.election import Election, MixedQuestion, make_secret_election
from voting.tally.board.encrypted_tally import encode_tally
from voting.tally.board.shuffle import _draw_permutation, check_shuffle, make_shuffle, mixed_tally
from voting.tally.errors import TallyCode, TallyError
from voting.tally.groups.choice import group_by_name
from voting.tally.groups.proofs import Ciphertext, read_ciphertext
from voting.tally.json_form import dump, load

GROUP = group_by_name("Ed25519")
SECRET = 987654321
PAPERS = MixedQuestion("示例", ("甲", "乙"))


def sample(uuid: str = "1" * 14, questions: int = 1) -> Election:
    key = GROUP.encode(GROUP.power_g(SECRET))
    raw = make_secret_election(
        uuid=uuid, name="示例", description="", questions=[PAPERS] * questions, group=GROUP, public_key=key
    )
    return Election.parse(raw)


def sealed(election: Election, papers: Sequence[Sequence[int]], seed: str = "papers") -> list[Ciphertext]:
    sealer, rng = Sealer(election, "x"), seeded(seed)
    return [read_ciphertext(GROUP, sealer.seal(PAPERS, paper, rng)["choices"]) for paper in papers]


def opened(tally: bytes, question: int = 0) -> list[tuple[int, ...]]:
    pairs = [read_ciphertext(GROUP, item) for item in load(tally)[question]]
    return [GROUP.extract(GROUP.divide(pair.beta, GROUP.power(pair.alpha, SECRET)), 2) for pair in pairs]


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 255), st.integers(0, 255)), max_size=6), st.integers())
def test_a_shuffle_keeps_the_papers_and_proves_it(papers: list[tuple[int, int]], seed: int) -> None:
    election = sample()
    tally = encode_tally(GROUP, [sealed(election, papers)])
    shuffle = make_shuffle(election, tally, seeded(f"shuffle {seed}"))
    check_shuffle(election, tally, shuffle)
    mixed = mixed_tally(election, tally, shuffle)
    assert sorted(opened(mixed)) == sorted(papers)
    before = {item["alpha"] for item in load(tally)[0]}
    assert before.isdisjoint(item["alpha"] for item in load(mixed)[0])


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 40), st.integers())
def test_what_is_drawn_is_a_permutation(size: int, seed: int) -> None:
    assert sorted(_draw_permutation(size, seeded(str(seed)))) == list(range(size))


def test_a_proof_holds_for_its_own_election_only() -> None:
    one, other = sample(), sample("2" * 14)
    tally = encode_tally(GROUP, [sealed(one, [(1, 2), (3, 4)])])
    shuffle = make_shuffle(one, tally, seeded("shuffle"))
    with pytest.raises(TallyError) as caught:
        check_shuffle(other, tally, shuffle)
    assert caught.value.code is TallyCode.SHUFFLE_INVALID


def test_every_question_is_shuffled_on_its_own() -> None:
    election = sample(questions=2)
    papers = [(n, n) for n in range(6)]
    tally = encode_tally(GROUP, [sealed(election, papers), sealed(election, papers, "second")])
    shuffle = make_shuffle(election, tally, seeded("shuffle"))
    check_shuffle(election, tally, shuffle)
    mixed = mixed_tally(election, tally, shuffle)
    assert sorted(opened(mixed, 0)) == sorted(opened(mixed, 1)) == papers
    assert opened(mixed, 0) != opened(mixed, 1)


def test_the_proofs_of_two_questions_cannot_be_exchanged() -> None:
    election = sample(questions=2)
    tally = encode_tally(GROUP, [sealed(election, [(1, 1), (2, 2)]), sealed(election, [(3, 3), (4, 4)], "second")])
    value = load(make_shuffle(election, tally, seeded("shuffle")))
    value["proofs"].reverse()
    with pytest.raises(TallyError) as caught:
        check_shuffle(election, tally, dump(value))
    assert caught.value.code is TallyCode.SHUFFLE_INVALID


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_number_or_element_of_a_shuffle_can_be_replaced(data: st.DataObject) -> None:
    """Each of them in turn by another one of its kind, so that the spelling stays right."""
    election = sample()
    tally = encode_tally(GROUP, [sealed(election, [(1, 2), (3, 4), (5, 6)])])
    raw = make_shuffle(election, tally, seeded("shuffle"))
    parts = sorted({part for part in raw.decode().split('"') if len(part) > 20})
    old = data.draw(st.sampled_from(parts))
    new = data.draw(st.sampled_from([part for part in parts if (len(part) == 64) == (len(old) == 64) and part != old]))
    with pytest.raises(TallyError):
        check_shuffle(election, tally, raw.replace(old.encode(), new.encode()))


@pytest.mark.parametrize("place", [0, 1])
def test_what_a_shuffle_leaves_is_new_and_none_alike(place: int) -> None:
    """Told before the proof is looked at: an input among the outputs, or an output twice."""
    election = sample()
    tally = encode_tally(GROUP, [sealed(election, [(1, 2), (3, 4)])])
    value = load(make_shuffle(election, tally, seeded("renewed")))
    before = load(tally)[0]
    for same in (before[place], value["ciphertexts"][0][1 - place]):
        changed = load(dump(value))
        changed["ciphertexts"][0][place] = same
        with pytest.raises(TallyError, match="leaves a ciphertext as it was, or makes two alike"):
            check_shuffle(election, tally, dump(changed))
