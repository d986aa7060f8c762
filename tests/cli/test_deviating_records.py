"""A record whose rules set an article of the law aside says so to whoever verifies it, and papers with it."""

import hashlib

import msgspec
import pytest

from tests.support.reports import records as samples
from tests.support.sittings import asking
from voting.commands.verify_count import decision_of, ruling_lines
from voting.congress.law.bases import Bases
from voting.congress.law.bodies import Article
from voting.congress.law.ruleset import DEFAULTS, Ruleset
from voting.record.description import frozen_poll
from voting.record.outcome import ArchiveOutcome
from voting.reports.count_sheet import count_sheet
from voting.reports.return_sheet import return_sheet
from voting.reports.script_sheet import script_sheet
from voting.reports.sheet import Notice
from voting.sitting.counting import ruling_of
from voting.words import Language

SAID = "采用的规则与地方组织法第十四条第四款、地方组织法第二十五条不一致"
DEVIATING = msgspec.structs.replace(DEFAULTS, deviates=(Article.CONGRESS_QUORUM, Article.CONGRESS_MAJORITY))
KEEPING = (DEFAULTS, Ruleset())


@pytest.mark.parametrize(("rules", "lines"), [(DEVIATING, 1), *((rules, 0) for rules in KEEPING)])
def test_the_command_that_verifies_says_it(rules: Ruleset, lines: int) -> None:
    plan, count = samples.motion()
    question = asking(plan, ruleset=rules).question
    bases = Bases(samples.IN_OFFICE, present=samples.PRESENT)
    decided = ArchiveOutcome(question, count, ruling_of(question, count, bases))
    assert ruling_lines(decided, Language.CHINESE).count(f"  {SAID}") == lines
    assert decision_of(decided, Language.CHINESE).get("deviates", ()) == (rules.deviates or ())


def test_the_command_that_verifies_names_the_rules_by_the_hash_of_what_the_record_states() -> None:
    plan, count = samples.motion()
    question = asking(plan, ruleset=DEVIATING).question
    stated = msgspec.json.decode(msgspec.json.encode(frozen_poll(question)), type=dict[str, msgspec.Raw])["ruleset"]
    expected = hashlib.sha256(bytes(stated)).hexdigest()
    bases = Bases(samples.IN_OFFICE, present=samples.PRESENT)
    decided = ArchiveOutcome(question, count, ruling_of(question, count, bases))
    assert f"  SHA-256 of the rules: {expected}" in ruling_lines(decided, Language.CHINESE)
    assert decision_of(decided, Language.CHINESE)["rules_sha256"] == expected


@pytest.mark.parametrize(("rules", "notices"), [(DEVIATING, 1), *((rules, 0) for rules in KEEPING)])
def test_every_paper_of_a_poll_says_it(rules: Ruleset, notices: int) -> None:
    plan, count = samples.motion()
    plan = asking(plan, ruleset=rules)
    record = samples.record_from([*samples.gathering(samples.sitting_plan(plan)), *samples.held(plan, count)])
    for sheet in (count_sheet, script_sheet, return_sheet):
        blocks = sheet(record, record.polls["motion"]).blocks
        assert [b.text.zh for b in blocks if isinstance(b, Notice)].count(SAID) == notices
