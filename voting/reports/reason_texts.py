"""The lines of an explanation as reports word them: persons, projects, sums of ranks and hands in their own words."""

from collections.abc import Mapping

from voting.congress.law.poll_kinds import PollKind
from voting.congress.law.reasons import Language, Reason, ReasonCode, in_words
from voting.congress.law.ruleset import AfterShortfall
from voting.reports.texts import Words
from voting.sitting.hand_counts import HandMethod
from voting.sitting.poll import Medium
from voting.sitting.state import PollProgress

_PROJECTS = {
    ReasonCode.ELECTED: "{option}：{votes} 票，入选",
    ReasonCode.TIE: "{options}：均为 {votes} 票，在入选线上相同，须就其再次投票，从中选 {seats} 项",
    ReasonCode.LEFT_OUT: "{option}：{votes} 票，未进入前 {seats} 名",
    ReasonCode.SHORTFALL: "应选 {seats} 项，缺 {missing} 项：请主席团决定（可选：{choices}）",
}
_PERSONS = {
    ReasonCode.ELECTED: "{option}：{votes} 票，当选",
    ReasonCode.TIE: "{options}：均为 {votes} 票，票数相等，须就其再次投票，从中选 {seats} 名",
    ReasonCode.LEFT_OUT: "{option}：{votes} 票，未进入前 {seats} 名",
    ReasonCode.SHORTFALL: "应选 {seats} 名，缺 {missing} 名：请主席团决定（可选：{choices}）",
}
_RANKS = {
    ReasonCode.ELECTED: "{option}：名次之和 {votes}，入选",
    ReasonCode.TIE: "{options}：名次之和均为 {votes}，在入选线上相同，须就其再次投票，从中选 {seats} 项",
    ReasonCode.LEFT_OUT: "{option}：名次之和 {votes}，未进入前 {seats} 名",
    ReasonCode.SHORTFALL: _PROJECTS[ReasonCode.SHORTFALL],
}
_BY_KIND = {PollKind.ELECTION: _PERSONS, PollKind.RANK: _RANKS}
_KEYS = "未按表决器"
_HANDS = {ReasonCode.BALLOTS_ADD_UP: "应表决 {issued} 人，举手 {returned} 人：本次表决有效"}

AFTER_SHORTFALL = {
    AfterShortfall.SECOND_ROUND: "本次会议再次票决",
    AfterShortfall.NEXT_SESSION: "下次会议再行票决",
    AfterShortfall.ACCEPT_FEWER: "不再补足",
}
AFTER_SHORTFALL_OF_PERSONS = {
    AfterShortfall.SECOND_ROUND: "本次会议另行选举",
    AfterShortfall.NEXT_SESSION: "下次会议另行选举",
    AfterShortfall.ACCEPT_FEWER: "不再补足",
}


def reason_in_words(reason: Reason, titles: Mapping[str, str], progress: PollProgress) -> Words:
    """One line of the explanation, with titles in the place of ids."""
    params = dict(reason.params)
    if "option" in params:
        params["option"] = titles.get(str(params["option"]), str(params["option"]))
    if isinstance(options := params.get("options"), tuple):
        params["options"] = "、".join(titles.get(option, option) for option in options)
    named = Reason(reason.code, params)
    return Words(_chinese(named, progress), in_words(named, Language.ENGLISH))


def is_show_of_hands(progress: PollProgress) -> bool:
    """Whether hands were counted, so that there were no ballots."""
    return progress.hand_count is not None and progress.hand_count.method is HandMethod.SHOW_OF_HANDS


def _no_key(progress: PollProgress) -> str:
    """What those are called who took no part, where the votes were not all cast with keys."""
    if is_show_of_hands(progress):
        return "未举手"
    electronic = progress.count is None or progress.count.medium is Medium.ELECTRONIC
    return _KEYS if electronic else "未投票"


def _chinese(reason: Reason, progress: PollProgress) -> str:
    kind = progress.plan.kind
    apart = (_HANDS if is_show_of_hands(progress) else {}) | _BY_KIND.get(kind, _PROJECTS)
    if reason.code not in apart:
        words = in_words(reason, Language.CHINESE)
        return words.replace(_KEYS, _no_key(progress)) if reason.code is ReasonCode.MOTION_VOTES_ALL else words
    params = dict(reason.params)
    if isinstance(choices := params.get("choices"), tuple):
        after = AFTER_SHORTFALL_OF_PERSONS if kind is PollKind.ELECTION else AFTER_SHORTFALL
        params["choices"] = "、".join(after[AfterShortfall(name)] for name in choices)
    return apart[reason.code].format_map(params)
