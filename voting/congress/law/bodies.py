"""Whose rules they are, and the articles of national law that bind such a body."""

from enum import StrEnum


class Body(StrEnum):
    """Who decides; every fraction is taken of its members (全体代表, 全体组成人员, 全体成员)."""

    CONGRESS = "congress"  # a local people's congress (县级以上的地方各级人民代表大会)
    TOWNSHIP_CONGRESS = "township_congress"  # 乡、民族乡、镇的人民代表大会
    STANDING_COMMITTEE = "standing_committee"  # 常务委员会 of a local congress
    PRESIDIUM = "presidium"  # 主席团
    DELEGATION = "delegation"  # 代表团
    OTHER = "other"  # whatever else: no article is known to bind it


class Article(StrEnum):
    """Articles that rules may be at odds with, by the short name under which a file of rules admits it.

    组: 地方组织法 (2022); 选: 选举法 (2020).
    """

    CONGRESS_QUORUM = "组 14"
    CONGRESS_MAJORITY = "组 25"
    CANDIDATES = "组 27"
    COMMITTEE = "组 51"
    DELEGATES = "选 31"
