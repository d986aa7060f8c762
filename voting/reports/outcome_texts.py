"""How each outcome is put: on the count report in one line, by the executive chair in spoken sentences."""

from voting.congress.law.ruling import OutcomeKind
from voting.reports.texts import Words

OUTCOMES = {
    OutcomeKind.ELECTED: Words("应选 {seats} {unit}，{verb} {won} {unit}。", "{won} of {seats} elected."),
    OutcomeKind.RUN_OFF: Words(
        "应选 {seats} {unit}，已{verb} {won} {unit}；{tied}{equal}，须再次投票，从中选 {left} {unit}。",
        "{won} of {seats} elected; a run-off among those tied, for {left}.",
    ),
    OutcomeKind.SHORTFALL: Words(
        "应选 {seats} {unit}，{verb} {won} {unit}，缺 {missing} {unit}，请主席团决定。",
        "{won} of {seats} elected, {missing} unfilled: the presidium decides.",
    ),
    OutcomeKind.PASSED: Words("表决结果：通过。", "Passed."),
    OutcomeKind.NOT_PASSED: Words("表决结果：未通过。", "Not passed."),
    OutcomeKind.EVALUATED: Words(
        "{subjects} 个测评对象的结果见下表。", "The verdicts on {subjects} subjects are below."
    ),
    OutcomeKind.VOID: Words("收回的{ballots}多于限额，本次{act}无效，应当重新进行。", "Void: to be run again."),
    OutcomeKind.NO_QUORUM: Words("实到代表不足法定人数，本次{act}无效。", "No quorum: nothing was decided."),
}

# Spoken by the executive chair.
SPOKEN_OPENING = "各位代表：现在报告本次全体会议代表出席情况。"
SPOKEN_ATTENDANCE = "本次会议应到代表{due}名，实到代表{present}名{others}。"
SPOKEN_ON_LEAVE, SPOKEN_ABSENT, SPOKEN_DEPARTED = "请假{n}名", "缺席{n}名", "中途退场{n}名"
SPOKEN_OBSERVERS = "列席人员应到{due}名，实到{present}名。"
SPOKEN_QUORUM = "出席会议的代表达到全体代表的三分之二以上，符合法定人数，现在开会。"
SPOKEN_NO_QUORUM = "出席会议的代表不足全体代表的三分之二，不符合法定人数，会议不能举行。"

SPOKEN_BEGIN = "各位代表：现在宣布“{title}”的{act}结果。"
SPOKEN_BEGIN_OF_ELECTION = "各位代表：现在宣布{title}的结果。"
ELECTS = "选举"
"""A title that begins so is spoken without quotation marks."""
SPOKEN_FORM = "本次选举为{form}，候选人{candidates}名，应选{seats}名。"
COMPETITIVE, EQUAL = "差额选举", "等额选举"
SPOKEN_PRESENT = "全体代表{in_office}名，{act}时在场{present}名。"
SPOKEN_BALLOTS = "发出{ballots}{issued}张，收回{returned}张，其中有效票{valid}张，无效票{void}张。"
SPOKEN_VALID = "收回的{ballots}等于或者少于发出的{ballots}，本次{act}有效。"
SPOKEN_VALID_OTHERWISE = "收回的{ballots}不多于{limit}张，本次{act}有效。"
SPOKEN_BY_HAND = "本次{act}使用纸质{ballots}，由监票人手工计票。"
SPOKEN_HANDS = "本次表决以举手方式进行，由监票人计票。"
SPOKEN_MIXED = "本次计票含纸质票{by_hand}张，由监票人手工清点，其余为电子计票。"
SPOKEN_MOTION = "{act}结果：赞成{votes}票，反对{against}票，弃权{abstain}票{not_pressed}。"
SPOKEN_NOT_PRESSED = "，未按表决器{n}人"
SPOKEN_NOT_CAST = "，未投票{n}人"
SPOKEN_NO_HAND_RAISED = "，未举手{n}人"
SPOKEN_PASSED = "赞成票达到规定的{needed}票，“{title}”通过。"
SPOKEN_NOT_PASSED = "赞成票没有达到规定的{needed}票，“{title}”未通过。"
SPOKEN_TOO_FEW_TOOK_PART = "参加表决的人数没有达到规定，“{title}”未通过。"
SPOKEN_VOTES = "现在按得票多少的顺序，宣布各{called}的得票数："
SPOKEN_RANKS = "现在按名次之和由小到大的顺序，宣布各{called}的名次之和："
SPOKEN_OPTION = "{title}，{votes}票{mark}"
SPOKEN_OPTION_ALL = "{title}，赞成{votes}票，反对{against}票，弃权{abstain}票{mark}"
SPOKEN_OPTION_RANK = "{title}，名次之和{votes}{mark}"
SPOKEN_WRITE_IN = "另选他人{title}，{votes}票{mark}"
SPOKEN_NEEDED = "按照规定，得票须达到{needed}票，由得票多的{verb}。"
SPOKEN_ELECTED_ONE = "现在宣布：{names}{verb}。"
SPOKEN_ELECTED = "现在宣布：{names}，共{won}{unit}，{verb}。"
SPOKEN_NOBODY = "本次{act}没有{called}{verb}。"
SPOKEN_TIED = "{tied}{equal}，均为{votes}{votes_unit}，不能确定{which}{verb}。"
SPOKEN_AGAIN = "按照规定，须就这{n}{unit}再次投票，从中选出{left}{unit}。"
WHICH_PERSON, WHICH_PROJECT = "由谁", "哪一项"
EQUAL_VOTES, EQUAL_SUMS = "得票相等", "名次之和相等"
SPOKEN_MISSING = "应选{seats}{unit}，已选出{won}{unit}，尚缺{missing}{unit}。{choices}由主席团决定。"
SPOKEN_CHOICE = "{first}，还是{other}，"
SPOKEN_CHOICE_ALONE = "是否{first}，"
SPOKEN_SUBJECT = "{title}：{levels}。测评结果：{verdict}。"
SPOKEN_LEVEL = "{level}{n}票"
SPOKEN_VOID = "收回的{ballots}多于{limit}张，本次{act}无效，应当重新进行。"
SPOKEN_VOID_QUORUM = "在场代表不足法定人数，本次{act}无效。"
SPOKEN_END = "{act}结果宣布完毕。"
