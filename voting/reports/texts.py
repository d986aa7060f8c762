"""What sheets alone print, Chinese first. Placeholders in braces are filled by `Words.fill`.

Words that others say as well (kinds and what they call their things, voices, levels, marks, outcomes, reasons) are in
voting/words.
"""

from voting.congress.law.evaluating import Level
from voting.congress.law.question import Medium
from voting.congress.law.ruleset import Secrecy
from voting.sitting.hand_counts import HandMethod
from voting.sitting.poll import PollState
from voting.words import Voice, Words, level_words, voice_words

PAGE = Words("第{page}页 共{pages}页", "page {page} of {pages}")
AS_OF = Words("统计截至 {time}（北京时间）", "as of {time} China Standard Time")

ATTENDANCE_TITLE = Words("出席情况报告单", "Report on attendance")
RETURN_TITLE = Words("{ballots}发出收回情况报告单", "Report on ballots issued and returned")
COUNT_TITLE = Words("{act}计票结果报告单", "Report on the count")
SCRIPT_TITLE = Words("主持词（宣布{act}结果）", "Chair's script for announcing the result")
OPENING_SCRIPT_TITLE = Words("主持词（宣布出席情况）", "Chair's script for announcing attendance")

STATUTORY = Words("{members}名额", "Statutory seats")
DUE = Words("应到{members}", "Due")
PRESENT = Words("实到", "Present")
ON_LEAVE = Words("请假", "On leave")
ABSENT = Words("缺席", "Absent")
DEPARTED = Words("中途退场", "Departed")
SUSPENDED = Words("暂停执行职务", "Suspended")
QUORUM = Words("法定人数", "Quorum")
OBSERVERS_DUE = Words("列席应到", "Obs. due")
OBSERVERS_PRESENT = Words("列席实到", "Obs. present")
QUORUM_REACHED = Words(
    "应到{members} {due} 名，实到 {present} 名，法定人数 {quorum} 名，符合法定人数。",
    "{present} of {due} delegates present; quorum {quorum}: reached.",
)
QUORUM_MISSED = Words(
    "应到{members} {due} 名，实到 {present} 名，法定人数 {quorum} 名，不足法定人数。",
    "{present} of {due} delegates present; quorum {quorum}: not reached.",
)
BY_DELEGATION = Words("各代表团出席情况", "By delegation")
DELEGATION = Words("代表团", "Delegation")
TOTAL = "合计"
AT_OPENINGS = Words("附表：各项表决开始时的出席情况", "Attendance when each poll was opened")
POLL = Words("表决事项", "Poll")
OPENED = Words("开始时间", "Opened")
ENOUGH = Words("是否符合", "Enough")
YES, NO = "符合", "不足"
NOT_PRESENT = Words("附表：未在场人员名单", "Delegates not present")
NUMBER = Words("编号", "No.")
NAME = Words("姓名", "Name")
SITUATION = Words("情况", "Reason")
OBSERVERS_LIST = Words("附表：列席人员签到情况", "Observers")
POST = Words("职务", "Post")
SIGNED_IN, NOT_SIGNED_IN = "已签到", "未签到"

ENTITLED = Words("实有{members}", "In office")
PRESENT_AT_OPENING = Words("{act}时实到", "Present")
ISSUED = Words("发出", "Issued")
RETURNED = Words("收回", "Returned")
NOT_RETURNED = Words("未收回", "Not returned")
VALID = Words("有效", "Valid")
VOID = Words("无效", "Void")
MAJORITY = Words("须得票数", "Votes needed")
RETURN_HOLDS = Words(
    "发出{ballots} {issued} 张，收回 {returned} 张，不多于 {limit} 张，本次{act}有效。",
    "{issued} ballots issued, {returned} returned; not more than {limit}: the poll is valid.",
)
RETURN_FITS = Words(
    "发出{ballots} {issued} 张，收回 {returned} 张，不多于 {limit} 张。是否有效，还看参加{act}的人数。",
    "{issued} ballots issued, {returned} returned; not more than {limit}. The count tells whether enough took part.",
)
RETURN_BREAKS = Words(
    "发出{ballots} {issued} 张，收回 {returned} 张，多于 {limit} 张，本次{act}无效，应当重新进行。",
    "{issued} ballots issued, {returned} returned; more than {limit}: the poll is void and is run again.",
)

MEDIUM = Words("计票方式", "Counted")
MEDIA = {
    Medium.ELECTRONIC: Words("电子表决，电子计票", "electronically"),
    Medium.BY_HAND: Words("手工计票", "by hand"),
    Medium.MIXED: Words("电子计票，含纸质票 {by_hand} 张（手工清点）", "electronically, with {by_hand} papers by hand"),
}
SECRECY = Words("{act}方式", "Ballots")
SECRECIES = {Secrecy.SECRET: Words("无记名", "secret"), Secrecy.RECORDED: Words("记名", "recorded by name")}
HELD = Words("{act}时间", "Held")
RULES = Words("适用办法", "Rules")
RULES_DEFAULT = Words("未另行通过办法，依照法律规定和通行做法", "none adopted: the law and usual practice")
FORM = Words("选举形式", "Election")
COMPETITIVE = "差额选举（候选人 {candidates} 名，应选 {seats} 名）"
EQUAL = "等额选举（候选人 {candidates} 名，应选 {seats} 名）"
BY_ELECTION = "补选，"
METHOD = Words("手工方式", "By hand")
METHODS = {HandMethod.SHOW_OF_HANDS: "举手表决", HandMethod.PAPER: "纸质票"}
ENTERED = Words("录入复核", "Entered and confirmed")
ENTERED_BY = "{entered}录入，{confirmed}复核"
REASON_BY_HAND = Words("手工理由", "Reason")
PAPERS = Words("纸质票", "Papers")
PAPERS_COUNTED = "发出 {issued} 张，收回 {returned} 张，其中有效 {valid} 张、无效 {void} 张"
PAPERS_TABLE = Words("其中：手工清点的纸质票（已计入上表）", "Of these, on paper")
BLANKS = Words("空白票", "Blank")
BLANKS_OF_MOTION = "收回的票中有 {n} 张未作选择，计入未按表决器"
PUBLISHED = Words("公布的得票数", "Votes published")
PUBLISHED_ELECTED = "按照规定，只公布当选、入选的得票数；本表供存档"
UNMARKED = Words("未作表示", "Not marked")
UNMARKED_SUBJECTS = "有的选票对个别测评对象未作评价，不计入各档"
UNMARKED_SOME = "有的选票对个别{called}未作表示，不计入赞成、反对、弃权"
FOLLOWS = Words("接续", "Follows")
FOLLOWED = Words("后续", "Followed by")
FOLLOWED_BY = "“{title}”（{state}）"
ON_PAPER = Words("附表：改用纸质票的人员", "Delegates who voted on paper")
REASON = Words("原因", "Reason")
ROLL_TITLE = Words("记名表决情况表", "Recorded votes")
KIN = Words("近亲属", "Close kin")
NO_KIN = "开始前已确认：监票人都不是候选人的近亲属（选举法第四十三条第二款）"
LISTED = Words("列入人数", "Listed")
ROLL = Words("各人的表决意见", "How each delegate voted")
SHUFFLED = Words("混洗", "Shuffled")
SHUFFLED_BY = "选票由{names}先后混洗后逐张开出，任何人不能得知哪一张是谁的"
PRESSED_AGAIN = Words("重新表决", "Voted again")
PRESSED_AGAIN_LAST_COUNTS = "{delegates}人重新表决，以最后一次为准；此前的{ballots}张不计票"
ROLLED_BACK = Words("记录退回", "Record went back")
ROLLED_BACK_TO = "{at}起由第{row}条记录继续，此前已存至第{mark}条"
ROLLED_BACK_UNMARKED = "{at}起由第{row}条记录继续，此前存至哪一条无法查明"
STATE = Words("报告状态", "State")
STATES_OF_FOLLOWING = {
    PollState.PLANNED: "尚未进行",
    PollState.PREPARED: "正在进行",
    PollState.OPEN: "正在进行",
    PollState.CLOSED: "正在进行",
    PollState.SEALED: "正在进行",
    PollState.COUNTED: "已计票",
    PollState.CONFIRMED: "已计票",
    PollState.ANNOUNCED: "结果已宣布",
    PollState.ANNULLED: "已作废",
}
STATES = {
    PollState.CLOSED: Words("已结束投票，正在核验", "closed, being verified"),
    PollState.SEALED: Words("已结束投票，等待计票", "closed, not yet counted"),
    PollState.COUNTED: Words("已计票，总监票人尚未确认", "counted, not yet confirmed by the chief scrutineer"),
    PollState.CONFIRMED: Words("总监票人已确认，尚未宣布", "confirmed by the chief scrutineer, not yet announced"),
    PollState.ANNOUNCED: Words("总监票人已确认，执行主席已宣布", "confirmed by the chief scrutineer and announced"),
    PollState.ANNULLED: Words("已作废", "annulled"),
}
ANNULLED = Words(
    "本次表决已作废，理由：{reason}。以下数字仅作存档。", "This poll was annulled; the figures are kept on record."
)
ANNULLED_TOGETHER = {
    False: Words(
        "计票后由执行主席提出、总监票人确认作废，计票结果照常公布。",
        "Annulled after the count: the chair asked, the chief scrutineer confirmed; the count is published.",
    ),
    True: Words(
        "计票后由总监票人提出、执行主席确认作废，计票结果照常公布。",
        "Annulled after the count: the chief scrutineer asked, the chair confirmed; the count is published.",
    ),
}
"""Whether the chief scrutineer asked for it."""
BY_HAND_NOTICES = {
    Medium.BY_HAND: Words(
        "本次计票为手工计票，与电子计票有别；有纸质原票的，一并存档。",
        "Counted by hand; to be kept with the paper ballots, where there are any.",
    ),
    Medium.MIXED: Words(
        "本次计票有手工清点的票，与电子计票有别；纸质原票一并存档。",
        "Counted by hand in part; to be kept with the paper ballots.",
    ),
}
ILLUSTRATIVE = "示例"
WRITE_IN = "（另选他人）"
PLACED = "第{place}位"
BLANK = "空白票"
UNREADABLE = "无法辨认（无效）"
NONE = "—"

VOTES_TABLE = Words("得票情况（按得票多少排列）", "Votes, sorted")
RANK_TABLE = Words("名次之和（由小到大排列）", "Sums of ranks, lowest first")
MOTION_TABLE = Words("表决情况", "Votes")
EVALUATION_TABLE = Words("测评情况（按票面顺序）", "Evaluation, in the order of the ballot")
PLACE = Words("名次", "Place")
OPTION_ANY = Words("选项", "Option")
ANSWER = Words("表决意见", "Answer")
VOICES = tuple(voice_words(voice) for voice in Voice)
LEVELS = tuple(level_words(level) for level in Level)
ANSWERS = {voice.value: voice_words(voice).zh for voice in Voice} | {one.value: level_words(one).zh for one in Level}
VOTES = Words("得票", "Votes")
RANK_SUM = Words("名次之和", "Sum")
MARK = Words("结果", "Result")

WHY = Words("附：结果依据", "Why")
POLL_PRINT = Words("表决指纹", "Fingerprint of the poll")
POLL_PRINT_NOTE = Words(
    "开启表决时固定，与当时大屏和各席位所示的十二个词一致。",
    "Fixed at opening: the twelve words that the hall screen and the seats showed.",
)
CLOSED_HEAD = Words("票箱封存时的指纹", "Fingerprint of the closed box")
CLOSED_HEAD_NOTE = Words(
    "投票截止、解密之前固定，与当时大屏和监票人终端所示的十二个词一致。",
    "Fixed at the end of voting, before anything was decrypted: the words on the hall screen and at the scrutineers'.",
)
FINGERPRINTS_TITLE = Words("会议指纹表", "Fingerprints of the sitting")
KEY_PRINT = Words("选票加密公钥（监票人共同生成）", "Key that ballots are encrypted to, made by the scrutineers")
KEY_PRINT_NOTE = Words(
    "与大屏、各席位和每位监票人终端所示的十二个词一致；不一致时停止表决并报告监票人。",
    "The words on the hall screen, at the seats and at each scrutineer's. Where they differ, stop and report.",
)
SERVER_KEY_PRINT = Words("回执公钥（签署回执和计票结果单）", "Key that signs receipts and counts")
SERVER_KEY_PRINT_NOTE = Words(
    "与证件所印、大屏和席位所示的一致。", "The words on the badges, the hall screen and the seats."
)
ROSTER_PRINT = Words("代表名单", "Roster")
ROSTER_PRINT_NOTE = Words(
    "代表名单的 SHA-256 校验值，写入每次表决的存档（roster_sha256）。",
    "SHA-256 of the roster, which stands in every record (roster_sha256).",
)
PAGES_PRINT = Words("页面程序", "Pages")
PAGES_PRINT_NOTE = Words(
    "本服务器所发页面的校验值；可用 voting pages 与发行版本核对。",
    "Hash of the pages that this server gives; `voting pages` compares it with the release.",
)
NO_KEY_YET = Words(
    "监票人尚未生成公钥：生成之后请重新打印本表。",
    "The scrutineers have not made their key yet: print this sheet again then.",
)
DIGEST = Words("公开记录（.bel 文件）的 SHA-256 校验值", "SHA-256 of the public record")
DIGEST_NOTE = Words(
    "任何人可用 voting verify 核验该记录，并核对其校验值与本报告单一致。",
    "Anybody can check the record with `voting verify`, and that its hash is the one printed here.",
)
DIGEST_OF_COUNT = Words("签名计票结果单（count.json）的 SHA-256 校验值", "SHA-256 of the signed count")
DIGEST_OF_COUNT_NOTE = Words(
    "任何人可用 voting verify --count 核验该文件，并核对其校验值与本报告单一致。",
    "Anybody can check the file with `voting verify --count`, and that this is its hash.",
)
NO_ARCHIVE = Words(
    "本次{act}为手工计票，没有电子选票记录；签名计票结果单（count.json）由服务器提供。",
    "Counted by hand: there are no electronic ballots. The server has the signed count (count.json).",
)
NO_RECORD = Words("本报告单未附公开记录的校验值。", "The hash of the public record is not given here.")
CHIEF_SCRUTINEER = Words("总监票人", "Chief scrutineer")
SCRUTINEER = Words("监票人", "Scrutineer")
TELLER = Words("计票人", "Teller")
SECRETARIAT = Words("大会秘书处", "Secretariat")
EXECUTIVE_CHAIR = Words("执行主席", "Executive chair")
SIGN_DATE = Words("日期：        年    月    日", "Date")
