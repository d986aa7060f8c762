"""Moments in words. A sitting is held in China, so its sheets show China Standard Time (UTC+8, no summer time)."""

from datetime import datetime, timedelta, timezone

CHINA = timezone(timedelta(hours=8), "CST")


def in_china(at: int) -> datetime:
    """The moment `at` (Unix ms) on a Chinese clock."""
    return datetime.fromtimestamp(at // 1000, CHINA)


def moment(at: int) -> str:
    """2022年2月18日 09:30."""
    time = in_china(at)
    return f"{time.year}年{time.month}月{time.day}日 {time:%H:%M}"


def clock(at: int) -> str:
    """09:30:05."""
    return f"{in_china(at):%H:%M:%S}"
