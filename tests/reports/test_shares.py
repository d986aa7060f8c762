"""Fractions as the chair reads them aloud."""

import pytest

from voting.reports.share_texts import share_called


@pytest.mark.parametrize(
    ("share", "spoken"),
    [
        ("2/3", "三分之二"),
        ("3/4", "四分之三"),
        ("1/10", "十分之一"),
        ("7/12", "十二分之七"),
        ("20/21", "二十一分之二十"),
        ("51/100", "一百分之五十一"),
        ("67/105", "一百零五分之六十七"),
        ("111/1010", "一千零一十分之一百一十一"),
        ("1/9009", "九千零九分之一"),
    ],
)
def test_a_fraction_is_read_from_the_whole_to_the_part(share: str, spoken: str) -> None:
    assert share_called(share) == spoken
