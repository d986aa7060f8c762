"""What the executive chair says: sentences to be spoken, with the words of each kind of poll in their places.

`Findings.say` fills them. A form may differ by kind and by way of voting, as in voting/words.
"""

from voting.words import Form

OPENING = "各位{members}：现在报告本次全体会议出席情况。"
ATTENDANCE = "本次会议应到{members}{due}名，实到{members}{present}名{others}。"
ON_LEAVE, ABSENT, DEPARTED, SUSPENDED = "请假{n}名", "缺席{n}名", "中途退场{n}名", "暂停执行职务{n}名"
OBSERVERS = "列席人员应到{due}名，实到{present}名。"
QUORUM = {
    False: "出席会议的{members}达到{base}的{share}以上，符合法定人数，现在开会。",
    True: "出席会议的{members}超过{base}的{share}，符合法定人数，现在开会。",
}
NO_QUORUM = {
    False: "出席会议的{members}不足{base}的{share}，不符合法定人数，会议不能举行。",
    True: "出席会议的{members}没有超过{base}的{share}，不符合法定人数，会议不能举行。",
}
"""By whether the rules ask for more than the share."""

BEGIN = "各位{members}：现在宣布“{title}”的{act}结果。"
BEGIN_OF_TITLE = "各位{members}：现在宣布{title}的结果。"
ELECTS = "选举"
"""A title that begins so is spoken without quotation marks."""
FORM = "本次选举为{form}，候选人{candidates}名，应选{seats}名。"
COMPETITIVE, EQUAL = "差额选举", "等额选举"
BY_ELECTION = "补选，"
PRESENT = "全体{members}{in_office}名，{act}时在场{present}名。"
BALLOTS = "发出{ballots}{issued}张，收回{returned}张，其中有效票{valid}张，无效票{void}张。"
VALID = "收回的{ballots}等于或者少于发出的{ballots}，本次{act}有效。"
VALID_OTHERWISE = "收回的{ballots}不多于{limit}张，本次{act}有效。"
COUNTED: Form = {
    "electronic": "",
    "by_hand": "本次{act}使用纸质{ballots}，由监票人手工计票。",
    "mixed": "本次计票含纸质票{by_hand}张，由监票人手工清点，其余为电子计票。",
    "show_of_hands": "本次表决以举手方式进行，由监票人计票。",
}
MOTION = "{act}结果：赞成{votes}票，反对{against}票，弃权{abstain}票{not_pressed}。"
IDLE = "，{idle}{n}人"
PASSED = "赞成票达到规定的{needed}票，“{title}”通过。"
NOT_PASSED = "赞成票没有达到规定的{needed}票，“{title}”未通过。"
TOO_FEW_TOOK_PART = "参加表决的人数没有达到规定，“{title}”未通过。"
ORDER: Form = {
    "other": "现在按得票多少的顺序，宣布各{called}的得票数：",
    "rank": "现在按名次之和由小到大的顺序，宣布各{called}的名次之和：",
}
ORDER_OF_ELECTED: Form = {
    "other": "按照规定，只公布{verb}的{called}的得票数：",
    "rank": "按照规定，只公布{verb}的{called}的名次之和：",
}
OPTION: Form = {
    "choose": "{title}，{votes}票{mark}",
    "rank": "{title}，名次之和{votes}{mark}",
    "other": "{title}，赞成{votes}票，反对{against}票，弃权{abstain}票{mark}",
}
WRITE_IN = "另选他人{title}，{votes}票{mark}"
NEEDED = "按照规定，得票须达到{needed}票，由得票多的{verb}。"
ELECTED_ONE = "现在宣布：{names}{verb}。"
ELECTED = "现在宣布：{names}，共{won}{unit}，{verb}。"
NOBODY = "本次{act}没有{called}{verb}。"
TIED: Form = {
    "other": "{tied}{equal}，均为{votes}票，不能确定{which}{verb}。",
    "rank": "{tied}{equal}，均为{votes}，不能确定{which}{verb}。",
}
AGAIN: Form = {
    "other": "按照规定，须就这{n}{unit}再次投票，从中选出{left}{unit}。",
    "preselection": "按照规定，须就这{n}{unit}再次投票，从中定出{left}{unit}。",
}
MISSING = "应选{seats}{unit}，已选出{won}{unit}，尚缺{missing}{unit}。{choices}请会议决定。"
CHOICE = "{first}，还是{other}，"
CHOICE_ALONE = "是否{first}，"
SUBJECT = "{title}：{levels}。测评结果：{verdict}。"
LEVEL = "{level}{n}票"
EACH_NEEDS = "各{called}逐项表决，赞成票达到{needed}票的通过。现在宣布各{called}的表决结果："
DECIDED = "{title}，赞成{votes}票，反对{against}票，弃权{abstain}票：{verdict}。"
VOID = "收回的{ballots}多于{limit}张，本次{act}无效，应当重新进行。"
VOID_TOO_FEW = "参加{act}的人数没有达到规定，本次{act}无效，可以重新{act}。"
VOID_QUORUM = "在场{members}不足法定人数，本次{act}无效。"
END = "{act}结果宣布完毕。"
