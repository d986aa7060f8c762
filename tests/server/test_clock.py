"""The server's clock runs on evenly, and whoever moves the system's is noticed."""

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from voting.server.clock import ClockWatch, SteadyClock
from voting.server.log import Log
from voting.storage.last_alive import LastAlive, read_alive

START = 1_645_150_000_000


class Machine:
    """system: what its clock says (Unix ms); passed: seconds since it was switched on."""

    def __init__(self) -> None:
        self.moved, self.since = 0, 5000.0

    def system(self) -> int:
        return START + self.moved + round((self.since - 5000) * 1000)

    def passed(self) -> float:
        return self.since

    def clock(self) -> SteadyClock:
        return SteadyClock(self.system, self.passed)


@pytest.fixture
def machine() -> Machine:
    return Machine()


@pytest.fixture
def alive(tmp_path: Path) -> Iterator[LastAlive]:
    alive = LastAlive(tmp_path / "alive", 0)
    yield alive
    alive.close()


@pytest.mark.parametrize("hours", [-3, 2, 25])
def test_a_step_of_the_systems_clock_does_not_move_the_servers(machine: Machine, hours: int) -> None:
    clock = machine.clock()
    assert clock() == START
    machine.moved = hours * 3_600_000
    assert clock() == START
    machine.since += 1.5
    assert clock() == START + 1_500
    assert machine.clock()() == START + 1_500 + hours * 3_600_000


@pytest.mark.parametrize("seconds", [-10_800, 7_200, 2, -2])
def test_a_step_is_told_and_logged_once_and_so_is_its_end(machine: Machine, alive: LastAlive, seconds: int) -> None:
    log, told = io.StringIO(), list[int]()
    watch = ClockWatch(machine.clock(), alive, 0, Log(log), machine.system)
    watch.listen(lambda: told.append(watch.off))
    for moved in (0, 1_999, -1_999, 0, 1000 * seconds, 1000 * seconds, 1000 * seconds + 900, 0, 0):
        machine.moved = moved
        machine.since += 1
        watch.look()
    assert told == [seconds, 0]
    assert [json.loads(line)["seconds"] for line in log.getvalue().splitlines()] == [seconds, 0]


def test_a_clock_before_the_end_of_the_record_is_told_until_it_is_past_it(machine: Machine, alive: LastAlive) -> None:
    watch = ClockWatch(machine.clock(), alive, START + 10_000, Log(io.StringIO()), machine.system)
    shown = []
    for _ in range(12):
        watch.look()
        shown.append(watch.off)
        machine.since += 1
    assert shown == [-10] * 10 + [0, 0]


@pytest.mark.parametrize("reached", [0, START - 86_400_000, START + 1_999])
def test_a_record_that_ended_before_now_is_nothing_to_tell(machine: Machine, alive: LastAlive, reached: int) -> None:
    watch = ClockWatch(machine.clock(), alive, reached, Log(io.StringIO()), machine.system)
    watch.look()
    assert watch.off == 0


def test_each_look_notes_by_the_servers_own_clock_that_it_is_alive(
    machine: Machine, alive: LastAlive, tmp_path: Path
) -> None:
    watch = ClockWatch(machine.clock(), alive, 0, Log(io.StringIO()), machine.system)
    machine.moved, machine.since = 7_200_000, 5003.0
    watch.look()
    assert read_alive(tmp_path / "alive") == START + 3_000
