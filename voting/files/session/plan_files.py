"""session.toml and agenda.toml: who sits under which titles, what is on the agenda and what is put to the vote."""

from pathlib import Path

from msgspec.structs import replace

from voting.congress.law.ruleset import Ruleset
from voting.congress.limits import MAX_NAME
from voting.congress.roster import Delegate, Observer, Roster, Scrutineer
from voting.files.problems import FileProblem, LoadRefused, ProblemCode
from voting.files.rosters.people import TakenPlaces, read_delegates, read_observers
from voting.files.session.poll_files import NameLists, Rulebooks, read_poll, table_name
from voting.files.session.toml_keys import Keys, read_toml
from voting.record.questions import problem_of_ballot
from voting.sitting.agenda import AgendaItem, Document
from voting.sitting.events import SittingPlan, Titles
from voting.sitting.plan_checks import problems_of
from voting.sitting.plan_problems import Part, Place, PlanProblem, PlanProblemCode
from voting.sitting.poll import PollPlan

SESSION_FILE = "session.toml"
AGENDA_FILE = "agenda.toml"
_AGENDA_PLACES = frozenset({Part.ITEM, Part.AGENDA, Part.POLL, Part.POLLS})
_ROSTER_PLACES = frozenset({Part.ROSTER, Part.DELEGATE, Part.OBSERVER})


def load_session(directory: Path) -> SittingPlan:
    """The plan in a session directory, fit to be convened; raises LoadRefused with every problem.

    A poll that names no rules is decided by those of the sitting. What the files mean together is judged for each file
    that is in order by itself, so that one slip is not reported twice.
    """
    problems: list[FileProblem] = []
    session = read_toml(directory / SESSION_FILE, problems)
    agenda = read_toml(directory / AGENDA_FILE, problems)
    lists = NameLists(directory)
    books = Rulebooks(directory)
    ruleset = books.adopted(session) if session else None
    items, polls = _agenda(agenda, books, lists, ruleset) if agenda else ((), ())
    plan = _plan(directory, session, items, polls, problems) if session else None
    if plan is not None:
        plan = replace(plan, polls=lists.filled_in(plan.polls, plan.roster.delegates), ruleset=ruleset)
        problems += _plan_problems(plan, {problem.file for problem in problems})
    if problems or plan is None:
        raise LoadRefused(tuple(problems))
    return plan


def _plan(
    directory: Path,
    session: Keys,
    items: tuple[AgendaItem, ...],
    polls: tuple[PollPlan, ...],
    problems: list[FileProblem],
) -> SittingPlan:
    titles = session.table_of("titles")
    statutory_seats = session.number("statutory_seats")
    threshold = session.number("threshold")
    plan = SittingPlan(
        titles=Titles(titles.text("congress"), titles.text("session"), titles.text("sitting")),
        roster=Roster(statutory_seats or 0, *_people(directory, session, problems)),
        agenda=items,
        polls=polls,
        scrutineers=tuple(_scrutineer(i, keys) for i, keys in enumerate(session.tables_of("scrutineers"), start=1)),
        threshold=threshold or 0,
        group=session.text("group", "Ed25519"),
    )
    titles.done()
    session.done()
    if statutory_seats is not None and statutory_seats < plan.roster.in_office:
        detail = f"{plan.roster.in_office} > {statutory_seats}"
        session.refuse("statutory_seats", ProblemCode.STATUTORY_SEATS_EXCEEDED, detail)
    return plan


def _people(
    directory: Path, session: Keys, problems: list[FileProblem]
) -> tuple[tuple[Delegate, ...], tuple[Observer, ...]]:
    taken = TakenPlaces()
    roster = _table_file(directory, session, "roster")
    delegates = read_delegates(roster, taken, problems) if roster else ()
    listed = _table_file(directory, session, "observers") if session.has("observers") else None
    observers = read_observers(listed, taken, problems) if listed else ()
    return delegates, observers


def _table_file(directory: Path, session: Keys, key: str) -> Path | None:
    """The roster file a key names: a plain name inside the directory."""
    name = table_name(session, key)
    return directory / name if name else None


def _scrutineer(index: int, keys: Keys) -> Scrutineer:
    delegate = keys.text("delegate") if keys.has("delegate") else None
    name, chief = keys.text("name", limit=MAX_NAME), keys.flag("chief", False)
    scrutineer = Scrutineer(index=index, name=name, chief=chief, delegate=delegate)
    keys.done()
    return scrutineer


def _agenda(
    agenda: Keys, books: Rulebooks, lists: NameLists, ruleset: Ruleset | None
) -> tuple[tuple[AgendaItem, ...], tuple[PollPlan, ...]]:
    items = tuple(_item(keys) for keys in agenda.tables_of("items"))
    tables = agenda.tables_of("polls") if agenda.has("polls") else []
    polls = tuple(read_poll(keys, books, lists, ruleset) for keys in tables)
    agenda.done()
    return items, polls


def _item(keys: Keys) -> AgendaItem:
    item = AgendaItem(
        id=keys.identifier("id"),
        title=keys.text("title"),
        documents=tuple(Document(title) for title in keys.texts("documents")),
        polls=keys.texts("polls"),
    )
    keys.done()
    return item


def _plan_problems(plan: SittingPlan, broken: set[str]) -> list[FileProblem]:
    """The problems of the plan as a whole, each at the file it is written in; broken: files refused already."""
    found = []
    for problem in problems_of(plan):
        part = problem.where.part
        file = AGENDA_FILE if part in _AGENDA_PLACES else SESSION_FILE
        if part not in _ROSTER_PLACES and not _follows(problem, file, broken):
            found.append(FileProblem(file, problem.code, key=str(problem.where), params=problem.params))
    return found or (_unheld(plan) if not broken else [])


def _unheld(plan: SittingPlan) -> list[FileProblem]:
    """The polls of a plan without other problems that no ballot could hold."""
    found = ((Place(Part.POLL, poll.id), problem_of_ballot(poll.question, plan.group)) for poll in plan.polls)
    return [
        FileProblem(AGENDA_FILE, problem.code, key=str(where), params=problem.params)
        for where, problem in found
        if problem is not None
    ]


def _follows(problem: PlanProblem, file: str, broken: set[str]) -> bool:
    """Whether the problem may only be the shadow of one that is reported already."""
    needs_roster = problem.code in (PlanProblemCode.SCRUTINEER_NOT_DELEGATE, PlanProblemCode.TOO_FEW_VOTERS)
    return file in broken or (needs_roster and bool(broken - {AGENDA_FILE}))
