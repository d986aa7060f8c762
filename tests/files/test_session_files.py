"""Session directories: what is read as a secretary means it, and every mistake refused by file, row, column or key."""

from pathlib import Path

import pytest

from tests.support.repository import SAMPLES
from tests.support.session_files import AGENDA, HEADER, NUMBERS, SESSION, csv_file, refused, small_session, xlsx_file
from voting.congress.law.poll_kinds import PollKind
from voting.congress.law.question import MOTION_OPTIONS
from voting.congress.law.ruleset import DEFAULTS
from voting.files.problems import FileProblem
from voting.files.session import LoadRefused, ProblemCode, load_roster, load_session
from voting.sitting.machine import convene
from voting.sitting.plan_problems import PlanProblemCode
from voting.words import Language

SAMPLE = SAMPLES / "pinghu-2022"


@pytest.fixture
def session_dir(tmp_path: Path) -> Path:
    return small_session(tmp_path)


# --- the sample ---


def test_the_sample_sitting_is_fit_to_be_convened() -> None:
    plan = load_session(SAMPLE)
    convene(plan, 0)
    assert (plan.roster.in_office, len(plan.roster.observers), plan.threshold) == (251, 20, 2)
    assert (plan.roster.delegates[0].number, plan.roster.delegates[-1].number) == ("001", "251")
    assert plan.titles.sitting == "第四次全体会议"
    assert [s.chief for s in plan.scrutineers] == [True, False, False]


def test_the_sample_puts_ten_of_twelve_projects_and_a_motion_to_the_vote() -> None:
    projects, report = (poll.question for poll in load_session(SAMPLE).polls)
    assert (projects.kind, projects.seats, len(projects.options)) == (PollKind.CHOOSE, 10, 12)
    assert [o.id for o in projects.options if o.illustrative] == ["sample-park", "sample-library"]
    assert (report.kind, report.options) == (PollKind.MOTION, MOTION_OPTIONS)


def test_every_person_of_the_sample_is_labelled_a_sample() -> None:
    plan = load_session(SAMPLE)
    people = (plan.roster.delegates, plan.roster.observers, plan.scrutineers)
    assert all(person.name.startswith("示例") for group in people for person in group)
    assert all("示例" in o.title for poll in plan.polls for o in poll.question.options if o.illustrative)


# --- observers ---


def test_observers_share_numbers_and_seats_with_the_delegates(session_dir: Path) -> None:
    text = "编号,姓名,职务,座位\n001,示例列席1,示例职务,\nL02,示例列席2,,1排01座\n"
    (session_dir / "observers.csv").write_text(text, encoding="utf-8")
    (session_dir / "session.toml").write_text('observers = "observers.csv"\n' + SESSION, encoding="utf-8")
    with pytest.raises(LoadRefused, match=r"roster\.csv:2") as caught:
        load_session(session_dir)
    found = [(p.file, p.code, p.row) for p in caught.value.problems]
    assert found == [
        ("observers.csv", ProblemCode.NUMBER_TAKEN, 2),
        ("observers.csv", ProblemCode.SEAT_TAKEN, 3),
    ]


# --- session.toml and agenda.toml ---


def test_a_small_session_is_loaded_with_its_defaults(session_dir: Path) -> None:
    plan = load_session(session_dir)
    assert (plan.group, plan.threshold, plan.roster.observers) == ("Ed25519", 1, ())
    (poll,) = plan.polls
    assert (poll.question.ruleset, poll.seconds) == (DEFAULTS, None)
    assert (plan.adopted, DEFAULTS.ballots.least_secret) == (DEFAULTS, 5)


def edited(session_dir: Path, file: str, old: str, new: str) -> Path:
    path = session_dir / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return session_dir


@pytest.mark.parametrize(
    ("file", "old", "new", "problem"),
    [
        ("session.toml", "threshold = 1", "treshold = 1\nthreshold = 1", ("key_unknown", "treshold")),
        ("session.toml", "threshold = 1\n", "", ("key_missing", "threshold")),
        ("session.toml", "threshold = 1", 'threshold = "1"', ("type_wrong", "threshold")),
        ("session.toml", "threshold = 1", "threshold = true", ("type_wrong", "threshold")),
        ("session.toml", "threshold = 1", "threshold = 1.0", ("type_wrong", "threshold")),
        ("session.toml", "threshold = 1", "threshold = 2", ("threshold_out_of_range", "threshold")),
        ("session.toml", "threshold = 1", "threshold = ", ("syntax_wrong", None)),
        ("session.toml", "threshold = 1", 'threshold = 1\ngroup = "P-256"', ("group_unknown", "group")),
        ("session.toml", "statutory_seats = 5", "statutory_seats = 0", ("statutory_seats_exceeded", "statutory_seats")),
        ("session.toml", "chief = true", "chief = false", ("not_one_chief", "scrutineers")),
        ("session.toml", "chief = true", "head = true\nchief = true", ("key_unknown", "scrutineers[1].head")),
        ("session.toml", "chief = true", 'chief = true\ndelegate = "9"', ("scrutineer_not_delegate", "scrutineer 1")),
        ("session.toml", '"示例监票人"', '" "', ("value_wrong", "scrutineers[1].name")),
        ("session.toml", 'sitting = "第一次全体会议"\n', "", ("key_missing", "titles.sitting")),
        ("session.toml", '"示例届"', '"示例\\n届"', ("character_wrong", "titles.congress")),
        ("session.toml", "[titles]", "[title]", ("key_missing", "titles")),
        ("session.toml", '"roster.csv"', '"../roster.csv"', ("file_name_wrong", "roster")),
        ("session.toml", '"roster.csv"', '"/etc/passwd"', ("file_name_wrong", "roster")),
        ("session.toml", '"roster.csv"', '"other.csv"', ("file_missing", None)),
        ("agenda.toml", 'title = "表决"', 'titel = "表决"\ntitle = "x"', ("key_unknown", "items[1].titel")),
        ("agenda.toml", 'title = "表决"', 'title = "表决"\ndocuments = [1]', ("type_wrong", "items[1].documents")),
        ("agenda.toml", '["projects"]', '["project"]', ("poll_unknown", "item votes")),
        ("agenda.toml", '["projects"]', "[]", ("poll_not_in_agenda", "poll projects")),
        ("agenda.toml", '["projects"]', '["projects", "projects"]', ("poll_in_two_items", "poll projects")),
        ("agenda.toml", '"choose"', '"elect"', ("value_wrong", "polls[1].kind")),
        ("agenda.toml", '"choose"', '"motion"', ("key_unknown", "polls[1].seats")),
        ("agenda.toml", "seats = 1", "seats = 2", ("seats_out_of_range", "poll projects")),
        ("agenda.toml", "seats = 1", "seats = 1\nseconds = 0", ("seconds_out_of_range", "poll projects")),
        ("agenda.toml", 'id = "a"', 'id = "A b"', ("value_wrong", "polls[1].options[1].id")),
        ("agenda.toml", 'id = "a"', 'id = "-"', ("value_wrong", "polls[1].options[1].id")),
        ("agenda.toml", 'id = "a"', 'id = "a"\nsample = true', ("key_unknown", "polls[1].options[1].sample")),
    ],
)
def test_a_session_with_this_mistake_is_refused_at_its_key(
    session_dir: Path, file: str, old: str, new: str, problem: tuple[str, str]
) -> None:
    found = refused(lambda: load_session(edited(session_dir, file, old, new)))
    assert problem in [(code, place) for code, _, place in found]


def test_mistakes_of_all_files_are_listed_at_once(session_dir: Path) -> None:
    edited(session_dir, "session.toml", "threshold = 1", "treshold = 1\nthreshold = 1")
    edited(session_dir, "agenda.toml", "seats = 1", "seats = 2")
    (session_dir / "roster.csv").write_text(HEADER + "001,,示例团,\n", encoding="utf-8")
    with pytest.raises(LoadRefused) as caught:
        load_session(session_dir)
    assert [(p.file, p.code) for p in caught.value.problems] == [
        ("roster.csv", ProblemCode.CELL_EMPTY),
        ("session.toml", ProblemCode.KEY_UNKNOWN),
        ("agenda.toml", PlanProblemCode.SEATS_OUT_OF_RANGE),
    ]


@pytest.mark.parametrize("file", ["session.toml", "agenda.toml"])
def test_a_file_of_a_later_format_is_refused_by_both_numbers_and_not_read_on(session_dir: Path, file: str) -> None:
    plan = load_session(session_dir)
    path = session_dir / file
    written = path.read_text(encoding="utf-8")
    path.write_text(f"format = 1\n{written}", encoding="utf-8")
    assert load_session(session_dir) == plan
    path.write_text(f'format = 2\nunheard_of = "1"\n{written}', encoding="utf-8")
    with pytest.raises(LoadRefused) as caught:
        load_session(session_dir)
    [problem] = caught.value.problems
    assert (problem.file, problem.code, problem.key) == (file, ProblemCode.FORMAT_UNKNOWN, "format")
    assert problem.text(Language.ENGLISH) == (
        f"{file}, format: this file is of format 2, and this release reads format 1; use a later release"
    )
    assert problem.text(Language.CHINESE) == f"{file} format：此文件为格式 2，本版本只能读取格式 1；请使用较新的版本"
    path.write_text(f'format = "1"\n{written}', encoding="utf-8")
    with pytest.raises(LoadRefused, match="whole number"):
        load_session(session_dir)


def test_an_empty_directory_names_both_files_that_are_missing(tmp_path: Path) -> None:
    with pytest.raises(LoadRefused) as caught:
        load_session(tmp_path)
    assert [(p.file, p.code) for p in caught.value.problems] == [
        ("session.toml", ProblemCode.FILE_MISSING),
        ("agenda.toml", ProblemCode.FILE_MISSING),
    ]


def test_toml_saved_by_notepad_is_read(session_dir: Path) -> None:
    (session_dir / "session.toml").write_bytes(SESSION.encode("utf-8-sig"))
    (session_dir / "agenda.toml").write_bytes(AGENDA.replace("\n", "\r\n").encode("gb18030"))
    assert load_session(session_dir).polls[0].question.options[0].title == "示例项目"


def test_the_roster_may_be_a_workbook(session_dir: Path) -> None:
    xlsx_file(session_dir, *((number, "示例代表", "示例团", None) for number in NUMBERS))
    edited(session_dir, "session.toml", "roster.csv", "roster.xlsx")
    assert load_session(session_dir).roster.in_office == len(NUMBERS)


# --- what a person is told ---


def test_a_problem_is_told_with_file_row_and_column(tmp_path: Path) -> None:
    with pytest.raises(LoadRefused) as caught:
        load_roster(csv_file(tmp_path, HEADER + "1,,团,\n"))
    (problem,) = caught.value.problems
    assert problem.text(Language.CHINESE) == "roster.csv 第 2 行 “姓名”列：不能为空"
    assert problem.text(Language.ENGLISH) == "roster.csv, row 2, column 姓名: must not be empty"
    assert problem.text(Language.CHINESE) in str(caught.value)


def test_a_problem_of_the_plan_is_told_in_the_words_of_files() -> None:
    problem = FileProblem("agenda.toml", PlanProblemCode.ID_REPEATED, key="poll a", params={"value": "a"})
    assert problem.bilingual() == "agenda.toml poll a：id 重复：a (agenda.toml, poll a: the id is used twice: a)"
