"""`voting method`: the method of voting that a congress adopts, as a document made of the rules themselves."""

from pathlib import Path

import click

from voting.commands.sessions import plan_of
from voting.commands.stop import Stop
from voting.congress.law.poll_kinds import PollKind
from voting.congress.law.ruleset import Ruleset
from voting.files.rules import RulesRefused, load_ruleset
from voting.reports.method.docx import docx_of
from voting.reports.method.text import Method, method_of
from voting.sitting.events import SittingPlan
from voting.words import Purpose

_PROJECTS = {PollKind.CHOOSE, PollKind.APPROVE_EACH, PollKind.RANK}
_PERSONS = {PollKind.ELECTION, PollKind.PRESELECTION}


@click.command(name="method", short_help="Write the method of voting to adopt (票决办法, 选举办法) as DOCX.")
@click.argument("rules", metavar="RULES.toml|SESSION_DIR", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--for",
    "purpose",
    type=click.Choice([purpose.value for purpose in Purpose]),
    help="What it is adopted for; if not given, what the session votes on, or everything.",
)
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The file to write.")
def command(rules: Path, purpose: str | None, out: Path) -> None:
    """Write the rules as a Chinese text in numbered articles, for the congress to adopt.

    The text is made of the rules, each setting with the article of law it rests on, and names their SHA-256, which
    `voting verify` prints for every poll that was held under them. Of a session directory, the rules are those of its
    polls, which have to be the same for all polls of this purpose. The same rules give the same file.
    """
    method = _of_session(rules, purpose) if rules.is_dir() else _of_file(rules, purpose)
    out.write_bytes(docx_of(method))
    click.echo(f"{out}: rules {method.sha256}")


def _of_file(rules: Path, purpose: str | None) -> Method:
    try:
        return method_of(load_ruleset(rules), Purpose(purpose or Purpose.ALL))
    except RulesRefused as refused:
        raise Stop("rules_invalid", str(refused)) from None


def _of_session(session: Path, purpose: str | None) -> Method:
    plan = plan_of(session)
    chosen = Purpose(purpose) if purpose else _purpose_of(plan)
    titles = plan.titles
    return method_of(_one_ruleset(plan, chosen), chosen, (titles.congress, titles.session))


def _purpose_of(plan: SittingPlan) -> Purpose:
    """Projects or persons where the session votes on only one of them."""
    kinds = {poll.question.kind for poll in plan.polls}
    projects, persons = bool(kinds & _PROJECTS), bool(kinds & _PERSONS)
    if projects == persons:
        return Purpose.ALL
    return Purpose.PROJECTS if projects else Purpose.PERSONS


def _one_ruleset(plan: SittingPlan, purpose: Purpose) -> Ruleset:
    """The rules of all polls of this purpose. Raises Stop where they differ, and where there is no such poll."""
    kinds = {Purpose.PROJECTS: _PROJECTS, Purpose.PERSONS: _PERSONS, Purpose.ALL: set(PollKind)}[purpose]
    found = {poll.question.ruleset: poll.question.id for poll in plan.polls if poll.question.kind in kinds}
    if not found:
        raise Stop("no_such_poll", f"the session has no poll for which a method of {purpose} could be adopted")
    if len(found) > 1:
        polls = ", ".join(f'{id} ("{rules.title}")' for rules, id in found.items())
        raise Stop("rules_differ", f"the polls are held under different rules: {polls}; name a file of rules instead")
    return next(iter(found))
