"""Why a poll ended as it did: closed codes with numbers, put into words in both languages.

Console, reports and `voting decide` show the same words, because they come from here.
"""

from enum import StrEnum

import msgspec


class ReasonCode(StrEnum):
    """Wire names of the steps of an explanation."""

    QUORUM_REACHED = "quorum_reached"
    QUORUM_MISSED = "quorum_missed"
    BALLOTS_ADD_UP = "ballots_add_up"
    BALLOTS_TOO_MANY = "ballots_too_many"
    MARKS_DO_NOT_ADD_UP = "marks_do_not_add_up"
    RANKS_DO_NOT_ADD_UP = "ranks_do_not_add_up"
    PRESSES_TOO_MANY = "presses_too_many"
    MOTION_VOTES = "motion_votes"
    MOTION_VOTES_ALL = "motion_votes_all"
    PARTICIPATION_REACHED = "participation_reached"
    PARTICIPATION_MISSED = "participation_missed"
    VOTES_PASS = "votes_pass"  # noqa: S105 - no password
    VOTES_FAIL = "votes_fail"
    OPTION_REACHES = "option_reaches"
    OPTION_BELOW = "option_below"
    RANKINGS_SUFFICE = "rankings_suffice"
    RANKINGS_TOO_FEW = "rankings_too_few"
    RANK_SUM = "rank_sum"
    ELECTED = "elected"
    TIE = "tie"
    LEFT_OUT = "left_out"
    SHORTFALL = "shortfall"
    EVALUATED_SATISFIED = "evaluated_satisfied"
    EVALUATED_BASICALLY = "evaluated_basically"
    EVALUATED_DISSATISFIED = "evaluated_dissatisfied"


Param = str | int | tuple[str, ...]
"""A number, an id or code, or several of them; never several in one text."""


class Reason(msgspec.Struct, frozen=True):
    """One line of an explanation; `params` fill the placeholders of its words."""

    code: ReasonCode
    params: dict[str, Param] = {}


def because(code: ReasonCode, **params: Param) -> Reason:
    """A Reason with its numbers."""
    return Reason(code=code, params=params)


class Language(StrEnum):
    """Languages an explanation is written in."""

    CHINESE = "zh"
    ENGLISH = "en"


_R = ReasonCode
_CHINESE: dict[ReasonCode, str] = {
    _R.QUORUM_REACHED: "法定人数为 {base} 人中的 {needed} 人；实到 {present} 人：符合法定人数",
    _R.QUORUM_MISSED: "法定人数为 {base} 人中的 {needed} 人；实到 {present} 人：不足法定人数，不得表决",
    _R.BALLOTS_ADD_UP: "发出 {issued} 张，收回 {returned} 张，其中有效 {valid} 张、无效 {void} 张：本次表决有效",
    _R.BALLOTS_TOO_MANY: "收回 {returned} 张，多于限额 {limit} 张：本次表决无效，须重新进行",
    _R.MARKS_DO_NOT_ADD_UP: "请核对：{valid} 张有效票合计应为 {fewest} 至 {most} 票，现为 {total} 票",
    _R.RANKS_DO_NOT_ADD_UP: "请核对：{valid} 张有效排序票的名次合计应为 {expected}，现为 {total}",
    _R.PRESSES_TOO_MANY: "请核对：投票 {cast} 人，未按表决器 {not_pressed} 人，合计多于 {voters} 人",
    _R.MOTION_VOTES: "赞成 {votes} 票，反对 {against} 票，弃权 {abstain} 票；赞成占{of}的 {percent}%",
    _R.MOTION_VOTES_ALL: (
        "赞成 {votes} 票，反对 {against} 票，弃权 {abstain} 票，未按表决器 {not_pressed} 人；赞成占{of}的 {percent}%"
    ),
    _R.PARTICIPATION_REACHED: "{base} 人中须有 {needed} 人参加表决；参加 {cast} 人：符合",
    _R.PARTICIPATION_MISSED: "{base} 人中须有 {needed} 人参加表决；参加 {cast} 人：不足，不通过",
    _R.VOTES_PASS: "{base} 人中须有 {needed} 票；赞成 {votes} 票：通过",
    _R.VOTES_FAIL: "{base} 人中须有 {needed} 票；赞成 {votes} 票：未通过",
    _R.OPTION_REACHES: "{option}：须 {needed} 票（基数 {base}）；得 {votes} 票，占{of}的 {percent}%：达到",
    _R.OPTION_BELOW: "{option}：须 {needed} 票（基数 {base}）；得 {votes} 票，占{of}的 {percent}%：未达到",
    _R.RANKINGS_SUFFICE: "{base} 人中须有 {needed} 张有效排序票；有效 {valid} 张：符合",
    _R.RANKINGS_TOO_FEW: "{base} 人中须有 {needed} 张有效排序票；有效 {valid} 张：不足，均不入选",
    _R.RANK_SUM: "{option}：名次之和 {sum}（越小越靠前）",
    _R.ELECTED: "{option}：{votes}，入选",
    _R.TIE: "{options}：均为 {votes}，在入选线上相同，须就其再次投票，余额 {seats}",
    _R.LEFT_OUT: "{option}：{votes}，未进入前 {seats} 名",
    _R.SHORTFALL: "应选 {seats}，缺 {missing}：请主席团决定（可选：{choices}）",
    _R.EVALUATED_SATISFIED: "{option}：须 {needed}（基数 {base}）；满意 {satisfied}：满意",
    _R.EVALUATED_BASICALLY: "{option}：须 {needed}（基数 {base}）；满意 {satisfied}，加基本满意 {both}：基本满意",
    _R.EVALUATED_DISSATISFIED: "{option}：须 {needed}（基数 {base}）；满意 {satisfied}，加基本满意 {both}：不满意",
}
_ENGLISH: dict[ReasonCode, str] = {
    _R.QUORUM_REACHED: "{needed} of {base} needed for a quorum; {present} present: reached",
    _R.QUORUM_MISSED: "{needed} of {base} needed for a quorum; {present} present: not reached, nothing is decided",
    _R.BALLOTS_ADD_UP: "{issued} ballots issued, {returned} returned, {valid} valid, {void} void: the poll is valid",
    _R.BALLOTS_TOO_MANY: "at most {limit} ballots may be returned; {returned} were: the poll is void and is run again",
    _R.MARKS_DO_NOT_ADD_UP: "attention: {valid} valid ballots hold {fewest} to {most} votes, but {total} are given",
    _R.RANKS_DO_NOT_ADD_UP: "attention: {valid} rankings add up to {expected} in all, but {total} is given",
    _R.PRESSES_TOO_MANY: "attention: {cast} cast and {not_pressed} not pressed are more than the {voters} there were",
    _R.MOTION_VOTES: "{votes} for, {against} against, {abstain} abstained; {percent}% of those {of} for",
    _R.MOTION_VOTES_ALL: (
        "{votes} for, {against} against, {abstain} abstained, {not_pressed} not pressed; {percent}% of those {of} for"
    ),
    _R.PARTICIPATION_REACHED: "{needed} of {base} must take part; {cast} did: enough",
    _R.PARTICIPATION_MISSED: "{needed} of {base} must take part; {cast} did: too few, not passed",
    _R.VOTES_PASS: "{needed} of {base} needed; {votes} for: passed",
    _R.VOTES_FAIL: "{needed} of {base} needed; {votes} for: not passed",
    _R.OPTION_REACHES: "{option}: {needed} of {base} needed; {votes} for ({percent}% of those {of}): reached",
    _R.OPTION_BELOW: "{option}: {needed} of {base} needed; {votes} for ({percent}% of those {of}): not reached",
    _R.RANKINGS_SUFFICE: "{needed} of {base} must rank; {valid} valid rankings: enough",
    _R.RANKINGS_TOO_FEW: "{needed} of {base} must rank; {valid} valid rankings: too few, nobody is elected",
    _R.RANK_SUM: "{option}: ranks add up to {sum} (lower is better)",
    _R.ELECTED: "{option}: elected with {votes}",
    _R.TIE: "{options}: tied at {votes} across the cut line; a run-off among them for {seats} seat(s)",
    _R.LEFT_OUT: "{option}: {votes} is not among the best {seats}",
    _R.SHORTFALL: "{missing} of {seats} seats unfilled: the presidium decides ({choices})",
    _R.EVALUATED_SATISFIED: "{option}: {needed} of {base} needed; {satisfied} satisfied: satisfied",
    _R.EVALUATED_BASICALLY: (
        "{option}: {needed} of {base} needed; {satisfied} satisfied, {both} with basically: basically satisfied"
    ),
    _R.EVALUATED_DISSATISFIED: (
        "{option}: {needed} of {base} needed; {satisfied} satisfied, {both} with basically: dissatisfied"
    ),
}
_OF_CHINESE = {
    "cast": "投票数",
    "in_office": "实有代表数",
    "present": "实到代表数",
    "issued": "发出票数",
    "returned": "收回票数",
}
_OF_ENGLISH = {
    "cast": "cast",
    "in_office": "in office",
    "present": "present",
    "issued": "issued",
    "returned": "returned",
}
_AFTER_CHINESE = {
    "second_round": "本次会议另行选举",
    "next_session": "下次会议另行选举",
    "accept_fewer": "不再补足",
}
_AFTER_ENGLISH = {
    "second_round": "a second round now",
    "next_session": "at the next session",
    "accept_fewer": "accept fewer",
}


def in_words(reason: Reason, language: Language) -> str:
    """The line as shown to a person."""
    chinese = language is Language.CHINESE
    texts, bases = (_CHINESE, _OF_CHINESE) if chinese else (_ENGLISH, _OF_ENGLISH)
    after = _AFTER_CHINESE if chinese else _AFTER_ENGLISH
    params = dict(reason.params)
    if "of" in params:
        params["of"] = bases[str(params["of"])]
    if isinstance(options := params.get("options"), tuple):
        params["options"] = ("、" if chinese else ", ").join(options)
    if isinstance(choices := params.get("choices"), tuple):
        params["choices"] = ("、" if chinese else ", or ").join(after[name] for name in choices)
    return texts[reason.code].format_map(params)
