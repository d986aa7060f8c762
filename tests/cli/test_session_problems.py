"""What a command says of a session that it cannot use."""

from voting.commands.sessions import MOST_PROBLEMS, describe
from voting.files.problems import FileProblem, LoadRefused, ProblemCode


def refused(number: int) -> LoadRefused:
    return LoadRefused(tuple(FileProblem(f"{n}.csv", ProblemCode.FILE_MISSING) for n in range(number)))


def test_every_problem_has_a_line() -> None:
    lines = describe(refused(MOST_PROBLEMS)).splitlines()
    assert len(lines) == MOST_PROBLEMS
    assert lines[-1].strip() == f"{MOST_PROBLEMS - 1}.csv：找不到文件 ({MOST_PROBLEMS - 1}.csv: the file is missing)"


def test_of_a_long_list_it_is_said_how_many_are_left_out() -> None:
    lines = describe(refused(MOST_PROBLEMS + 3)).splitlines()
    assert len(lines) == MOST_PROBLEMS + 1
    assert lines[-1].strip() == "另有 3 处问题 (and 3 more)"
