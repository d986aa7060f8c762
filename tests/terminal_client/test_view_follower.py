"""A headless terminal's view: a snapshot and unbroken patches; anything else asks for a fresh snapshot."""

from typing import Any

import msgspec
import pytest

from voting.terminal_client.simulated import ViewFollower


def snapshot(seq: int, **view: Any) -> dict[str, Any]:
    return {"audience": "seat", "seq": seq, "server_time": 1, "view": view}


def patch(base: int, seq: int, value: int) -> dict[str, Any]:
    return {"base": base, "seq": seq, "ops": [{"op": "replace", "path": "/present", "value": value}]}


@pytest.fixture
def follower() -> ViewFollower:
    started = ViewFollower()
    started.snapshot(snapshot(5, present=0))
    return started


def test_patches_that_follow_are_applied(follower: ViewFollower) -> None:
    assert follower.patch(patch(5, 6, 1))
    assert follower.patch(patch(6, 9, 4))
    assert (follower.seq, follower.view) == (9, {"present": 4})


def test_a_gap_asks_for_a_resync_and_nothing_is_applied(follower: ViewFollower) -> None:
    assert not follower.patch(patch(6, 7, 1))
    assert follower.seq is None
    assert follower.view == {"present": 0}


def test_after_a_gap_patches_are_left_out_until_the_snapshot(follower: ViewFollower) -> None:
    follower.patch(patch(6, 7, 1))
    assert follower.patch(patch(7, 8, 2))  # no second resync
    assert follower.view == {"present": 0}
    follower.snapshot(snapshot(8, present=2))
    assert follower.patch(patch(8, 9, 3))
    assert follower.view == {"present": 3}


def test_a_patch_older_than_the_snapshot_is_left_out(follower: ViewFollower) -> None:
    assert follower.patch(patch(3, 5, 7))
    assert (follower.seq, follower.view) == (5, {"present": 0})


def test_a_patch_before_the_first_snapshot_waits_for_it() -> None:
    assert ViewFollower().patch(patch(0, 1, 1))


@pytest.mark.parametrize("message", [{}, {"base": "x", "seq": 1, "ops": []}, {"base": 1, "seq": 2, "ops": [], "z": 1}])
def test_malformed_pushes_are_errors(follower: ViewFollower, message: dict[str, Any]) -> None:
    with pytest.raises(msgspec.ValidationError):
        follower.patch(message)
