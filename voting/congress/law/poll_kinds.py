"""The kinds of questions a congress decides; see docs/rules.md for what each asks and how it is counted."""

from enum import StrEnum

import msgspec


class PollKind(StrEnum):
    """How a question is put and answered."""

    CHOOSE = "choose"  # mode A: tick at most k of n
    MOTION = "motion"  # for / against / abstain
    APPROVE_EACH = "approve_each"  # mode B: every option for / against / abstain, ranked by "for"
    RANK = "rank"  # mode C: every option gets a rank, 1 is best; the lowest sums win
    ELECTION = "election"  # persons: for / against / abstain each, or a write-in (另选他人)
    PRESELECTION = "preselection"  # persons: who of those nominated become candidates, by the order of votes
    EVALUATION = "evaluation"  # subjects, each with one of three or four levels


class Post(StrEnum):
    """What an election fills; the law says for each how many candidates there may be."""

    CHIEF = "chief"  # 正职: heads of committee, government, supervision, court, procuratorate; 秘书长; 乡镇人大主席
    DEPUTY = "deputy"  # 副职 of the standing committee and the government; 乡镇人大副主席
    MEMBER = "member"  # 委员 of the standing committee
    DELEGATE = "delegate"  # 上一级人民代表大会代表


class Option(msgspec.Struct, frozen=True):
    """One option; `illustrative` marks an invented one (示例), which every page shows."""

    id: str
    title: str
    illustrative: bool = False
