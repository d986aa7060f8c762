"""A poll as the console composes it, and the plan that it stands for.

What is wrong with the draft itself is refused here, with the same code as what the chamber finds wrong with the plan:
`poll_plan_invalid` with `problem` (a DraftProblem, a PlanProblemCode or a BallotProblemCode) and that one's parameters.
"""

from collections.abc import Mapping

from msgspec.structs import replace

from voting.congress.law.kinds import KINDS
from voting.congress.law.question import Option, Question
from voting.congress.law.ruleset import Ruleset
from voting.congress.limits import MAX_TEXT
from voting.congress.refusal import Param, Refused, refuse
from voting.files.rosters.people import wrong_character
from voting.files.session.toml_keys import ID, unprintable
from voting.record.ballot_problems import BallotProblemCode
from voting.record.questions import problem_of_ballot
from voting.sitting.machine import Sitting
from voting.sitting.plan_checks import problems_of_poll, problems_of_seconds
from voting.sitting.plan_problems import PlanProblemCode
from voting.sitting.poll import PollPlan
from voting.sitting.refusals import ChamberRefusal
from voting.wire.polls import DraftProblem, PollDraft

ProblemOfPoll = DraftProblem | PlanProblemCode | BallotProblemCode
SHOWN = 20
"""How many characters of a wrong text are told."""


def plan_of(draft: PollDraft, state: Sitting, rulebooks: Mapping[str, Ruleset]) -> PollPlan:
    """The plan that the draft stands for. Raises Refused."""
    plan = PollPlan(_stripped(draft.question(_rules_of(draft, state, rulebooks))), draft.seconds)
    _check(plan)
    for problem in (*problems_of_seconds(plan), *problems_of_poll(plan)):
        raise _refused(plan.id, problem.code, **problem.params)
    impossible = problem_of_ballot(plan.question, state.plan.group)
    if impossible:
        raise _refused(plan.id, impossible.code, **impossible.params)
    return plan


def _rules_of(draft: PollDraft, state: Sitting, rulebooks: Mapping[str, Ruleset]) -> Ruleset:
    if draft.rules:
        if draft.rules not in rulebooks:
            raise _refused(draft.id, DraftProblem.RULES_UNKNOWN, value=draft.rules)
        return rulebooks[draft.rules]
    followed = state.polls.get(draft.follows.poll) if draft.follows else None
    return followed.question.ruleset if followed else state.plan.adopted


def _stripped(asked: Question) -> Question:
    """The texts without the spaces around them, which nobody sees; a motion's options are known."""
    options = tuple(replace(o, id=o.id.strip(), title=o.title.strip()) for o in asked.options)
    return replace(
        asked,
        id=asked.id.strip(),
        title=asked.title.strip(),
        options=options or KINDS[asked.kind].options,
        eligible=tuple(name.strip() for name in asked.eligible),
    )


def _check(plan: PollPlan) -> None:
    asked = plan.question
    if not ID.fullmatch(plan.id):
        raise _refused(plan.id, DraftProblem.ID_WRONG, value=plan.id)
    _check_text(plan.id, "title", asked.title)
    for option in asked.options:
        _check_text(plan.id, "options", option.title)
    for name in asked.eligible:
        _check_text(plan.id, "eligible", name)
        if wrong_character(name):
            raise _text_refused(plan.id, "eligible", name)
    for option in asked.options:
        _check_option_id(plan.id, option)
    if not asked.options:
        raise _refused(plan.id, DraftProblem.OPTIONS_MISSING)


def _check_text(poll: str, field: str, text: str) -> None:
    """A text on one line that every page and report can show."""
    if unprintable(text) or not 1 <= len(text) <= MAX_TEXT:
        raise _text_refused(poll, field, text)


def _text_refused(poll: str, field: str, text: str) -> Refused:
    limits = {"found": len(text), "least": 1, "most": MAX_TEXT}
    return _refused(poll, DraftProblem.TEXT_WRONG, field=field, value=text[:SHOWN], **limits)


def _check_option_id(poll: str, option: Option) -> None:
    """An id of the same form as in agenda.toml, or the name of somebody whom the ballots of an earlier poll added."""
    if not ID.fullmatch(option.id) and option.id != option.title:
        raise _refused(poll, DraftProblem.ID_WRONG, value=option.id)
    if "=" in option.id or option.id.startswith("+"):
        raise _refused(poll, DraftProblem.ID_WRONG, value=option.id)


def _refused(poll: str, problem: ProblemOfPoll, **params: Param) -> Refused:
    return refuse(ChamberRefusal.POLL_PLAN_INVALID, poll=poll, problem=problem, **params)
