"""A quorum of the congress's own making (three quarters of the statutory seats) is the same number in every room."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from tests.support.repository import HAMLET
from tests.support.sittings import NOW, do, ready, refusal
from voting.cli import cli
from voting.congress.law.bases import Bases
from voting.congress.law.poll_kinds import PollKind
from voting.congress.law.reasons import ReasonCode
from voting.congress.law.ruleset import Base, MajorityRule, Ruleset
from voting.congress.law.ruling import OutcomeKind, rule_on
from voting.files.rules import PRESETS, load_ruleset
from voting.files.session import LoadRefused, load_session
from voting.reports import texts
from voting.reports.attendance_sheet import attendance_sheet
from voting.reports.record import PollRecord, SittingRecord
from voting.reports.script_sheet import opening_script
from voting.reports.sheet import Figures, Notice, Speech, Table, Verdict
from voting.server.live.poll_views import poll_view
from voting.server.live.views import Scene, view_of
from voting.server.services.drafts import plan_of
from voting.sitting import commands as c
from voting.sitting.counting import count_of, figures_of
from voting.sitting.events import SittingPlan
from voting.sitting.machine import Sitting, decide
from voting.sitting.refusals import ChamberRefusal
from voting.wire.polls import PollDraft
from voting.wire.roles import Audience
from voting.wire.views import ConsoleView, ScreenView, SeatView

IN_OFFICE, STATUTORY, QUORUM = 9, 10, 8
"""Two thirds of those in office would be 6; three quarters of them 7."""
RULES = 'title = "示例"\ndeviates = ["组 14"]\n[quorum]\nfraction = "3/4"\nbase = "statutory_seats"\n'


@pytest.fixture
def session(tmp_path: Path) -> Path:
    folder = Path(shutil.copytree(HAMLET, tmp_path / "session"))
    (folder / "rules" / "ours.toml").write_text(RULES, encoding="utf-8")
    frame = (folder / "session.toml").read_text(encoding="utf-8")
    (folder / "session.toml").write_text(frame.replace('rules = "few"', 'rules = "ours"'), encoding="utf-8")
    return folder


@pytest.fixture
def plan(session: Path) -> SittingPlan:
    return load_session(session)


def prepared(plan: SittingPlan, present: int) -> Sitting:
    """The motion prepared, with everybody present registered."""
    state = do(ready(plan, present), c.PreparePoll(poll="resolution", election_uuid="uuid"))
    return do(state, *(c.RegisterCredential(poll="resolution", delegate=d, credential=d) for d in state.present))


OPENING = c.OpenPoll(poll="resolution", election="e", credentials="c", fingerprint="f")


@pytest.mark.parametrize("audience", [Audience.CONSOLE, Audience.SCREEN, Audience.SEAT])
@pytest.mark.parametrize("present", [QUORUM - 1, QUORUM])
def test_hall_and_console_show_it(plan: SittingPlan, audience: Audience, present: int) -> None:
    view = view_of(audience, Scene(prepared(plan, present)))
    assert isinstance(view, (ConsoleView, ScreenView, SeatView))
    shown = view.hall.attendance
    assert (shown.quorum, shown.quorum_reached) == (QUORUM, present == QUORUM)
    assert {poll.quorum for poll in view.hall.polls.values()} == {QUORUM}


def test_nothing_is_opened_below_it(plan: SittingPlan) -> None:
    below = refusal(prepared(plan, QUORUM - 1), OPENING)
    assert below.code is ChamberRefusal.NO_QUORUM
    assert (below.params["present"], below.params["needed"]) == (QUORUM - 1, QUORUM)
    assert decide(prepared(plan, QUORUM), OPENING, NOW)


@pytest.mark.parametrize(
    ("present", "told", "spoken"),
    [
        (QUORUM - 1, "不足法定人数", "出席会议的代表不足代表名额的四分之三，不符合法定人数"),
        (QUORUM, "符合法定人数", "出席会议的代表达到代表名额的四分之三以上，符合法定人数"),
    ],
)
def test_papers_state_it(plan: SittingPlan, present: int, told: str, spoken: str) -> None:
    state = prepared(plan, present)
    record = SittingRecord(sitting=state, as_of=NOW, polls={})
    blocks = attendance_sheet(record).blocks
    figures = next(block for block in blocks if isinstance(block, Figures))
    verdict = next(block for block in blocks if isinstance(block, Verdict))
    assert QUORUM in [item.value for item in figures.items]
    assert f"法定人数 {QUORUM} 名，{told}" in verdict.text.zh
    notice, speech = opening_script(record).blocks
    assert isinstance(speech, Speech)
    assert spoken in speech.paragraphs[-1]
    assert notice in blocks
    assert isinstance(notice, Notice)
    assert notice.text.zh == "采用的规则与地方组织法第十四条第四款不一致"


@pytest.mark.parametrize(
    ("present", "spoken"),
    [
        (4, "出席会议的组成人员没有超过全体组成人员的半数，不符合法定人数，会议不能举行。"),
        (5, "出席会议的组成人员超过全体组成人员的半数，符合法定人数，现在开会。"),
    ],
)
def test_a_committee_is_told_of_more_than_half_of_its_members(plan: SittingPlan, present: int, spoken: str) -> None:
    committee = load_ruleset(PRESETS / "standing-committee.toml")
    record = SittingRecord(sitting=ready(replace(plan, ruleset=committee), present), as_of=NOW, polls={})
    (speech,) = opening_script(record).blocks
    assert isinstance(speech, Speech)
    assert speech.paragraphs[-1] == spoken
    assert speech.paragraphs[0].startswith("各位组成人员：")
    assert f"应到组成人员{IN_OFFICE}名，实到组成人员{present}名" in speech.paragraphs[1]
    (verdict,) = (block for block in attendance_sheet(record).blocks if isinstance(block, Verdict))
    assert verdict.text.zh.startswith(f"应到组成人员 {IN_OFFICE} 名")


def test_the_attendance_report_measures_each_opening_by_the_polls_own_rules(plan: SittingPlan) -> None:
    state = do(prepared(plan, QUORUM), OPENING)
    record = SittingRecord(sitting=state, as_of=NOW, polls={"resolution": PollRecord(state.polls["resolution"])})
    blocks = attendance_sheet(record).blocks
    (table,) = (b for b in blocks if isinstance(b, Table) and b.heading == texts.AT_OPENINGS)
    ((_, _, present, needed, enough),) = (row.cells for row in table.rows)
    assert (present, needed, enough) == (QUORUM, QUORUM, "符合")


@pytest.mark.parametrize(("present", "outcome"), [(QUORUM - 1, OutcomeKind.NO_QUORUM), (QUORUM, OutcomeKind.PASSED)])
def test_the_ruling_of_the_record_takes_it(plan: SittingPlan, present: int, outcome: OutcomeKind) -> None:
    motion = next(p.question for p in plan.polls if p.question.kind is PollKind.MOTION)
    count = count_of(motion, entitled=IN_OFFICE, issued=present, returned=present, votes=(present, 0, 0))
    figures = figures_of(motion, count, Bases(IN_OFFICE, STATUTORY, present))
    ruling = rule_on(motion.ruleset, figures)
    assert (ruling.quorum, ruling.outcome) == (QUORUM, outcome)
    code = ReasonCode.QUORUM_REACHED if present == QUORUM else ReasonCode.QUORUM_MISSED
    assert ruling.reasons[0].code is code
    assert ruling.reasons[0].params["needed"] == QUORUM


@pytest.mark.parametrize("polls", ["without rules", "with the same rules", "with others"])
def test_a_rehearsal_asks_for_it(session: Path, polls: str) -> None:
    agenda = session / "agenda.toml"
    text = agenda.read_text(encoding="utf-8")
    if polls != "without rules":
        named = "ours" if polls == "with the same rules" else "national"
        agenda.write_text(text.replace("[[polls]]\n", f'[[polls]]\nrules = "{named}"\n'), encoding="utf-8")
    arguments = ["rehearse", str(session), "--out", str(session.parent / "out"), "--seats", str(QUORUM - 1)]
    done = CliRunner().invoke(cli, arguments)
    assert done.exit_code == 1
    assert f"{QUORUM - 1} of {IN_OFFICE} delegates attend, but a sitting needs {QUORUM} [no_quorum]" in done.output


def test_a_poll_keeps_the_rules_that_it_names(session: Path) -> None:
    agenda = session / "agenda.toml"
    text = agenda.read_text(encoding="utf-8")
    agenda.write_text(text.replace('kind = "motion"\n', 'kind = "motion"\nrules = "national"\n'), encoding="utf-8")
    projects, motion = (poll.question for poll in load_session(session).polls)
    assert (projects.ruleset.title, motion.ruleset.quorum.fraction) == ("示例", "2/3")


def test_a_poll_under_the_sittings_rules_has_no_settings_of_its_own(session: Path) -> None:
    agenda = session / "agenda.toml"
    text = agenda.read_text(encoding="utf-8")
    agenda.write_text(text.replace("seats = 2\n", "seats = 2\nmajority_floor = false\n"), encoding="utf-8")
    with pytest.raises(LoadRefused, match="majority_floor"):
        load_session(session)


def test_a_poll_added_during_the_sitting_without_rules_is_decided_by_those_of_the_sitting(plan: SittingPlan) -> None:
    state = prepared(plan, QUORUM)
    added = plan_of(PollDraft(id="added", kind=PollKind.MOTION, title="示例决议"), state, {})
    assert added.question.ruleset == plan.adopted != Ruleset()


def test_rules_that_the_sitting_names_must_be_there(session: Path) -> None:
    (session / "rules" / "ours.toml").unlink()
    with pytest.raises(LoadRefused, match=r"session\.toml"):
        load_session(session)


def test_a_majority_of_those_present_is_shown_once_the_poll_is_open(plan: SittingPlan) -> None:
    of_present = Ruleset(majority=MajorityRule(base=Base.PRESENT))
    polls = tuple(replace(poll, question=replace(poll.question, ruleset=of_present)) for poll in plan.polls)
    before = prepared(replace(plan, polls=polls), QUORUM)
    after = do(before, OPENING)
    shown = [poll_view(state, state.polls["resolution"], shows_result=False).majority for state in (before, after)]
    assert shown == [None, QUORUM // 2 + 1]
