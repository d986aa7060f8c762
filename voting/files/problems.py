"""What can be wrong with a session directory: a closed list, told to a secretary in Chinese and English."""

from enum import StrEnum

import msgspec

from voting.record.ballot_problems import BallotProblemCode
from voting.sitting.plan_problems import PlanProblemCode

MAX_BYTES = 5 * 1024 * 1024
MAX_ROWS = 10_000
FORMAT = 1
"""The format of session.toml and agenda.toml that this release reads; a file without `format` is of the first."""


class ProblemCode(StrEnum):
    """Wire names of the problems of files, beside those of a plan (PlanProblemCode)."""

    FILE_MISSING = "file_missing"
    FILE_UNREADABLE = "file_unreadable"
    FILE_TOO_LARGE = "file_too_large"
    FILE_NAME_WRONG = "file_name_wrong"
    SHEETS_SEVERAL = "sheets_several"
    TOO_MANY_ROWS = "too_many_rows"
    ENCODING_UNKNOWN = "encoding_unknown"
    SYNTAX_WRONG = "syntax_wrong"
    FORMAT_UNKNOWN = "format_unknown"
    KEY_UNKNOWN = "key_unknown"
    KEY_MISSING = "key_missing"
    TYPE_WRONG = "type_wrong"
    VALUE_WRONG = "value_wrong"
    COLUMN_MISSING = "column_missing"
    COLUMN_UNKNOWN = "column_unknown"
    COLUMN_REPEATED = "column_repeated"
    CELL_EXTRA = "cell_extra"
    CELL_EMPTY = "cell_empty"
    CELL_TOO_LONG = "cell_too_long"
    CELL_TYPE_WRONG = "cell_type_wrong"
    CHARACTER_WRONG = "character_wrong"
    NUMBER_TAKEN = "number_taken"
    SEAT_TAKEN = "seat_taken"
    NOBODY_LISTED = "nobody_listed"
    STATUTORY_SEATS_EXCEEDED = "statutory_seats_exceeded"
    RULES_MISSING = "rules_missing"
    RULES_WRONG = "rules_wrong"


AnyCode = ProblemCode | PlanProblemCode | BallotProblemCode
TEXTS: dict[AnyCode, tuple[str, str]] = {
    ProblemCode.FILE_MISSING: ("找不到文件", "the file is missing"),
    ProblemCode.FILE_UNREADABLE: ("无法读取文件：{detail}", "the file cannot be read: {detail}"),
    ProblemCode.FILE_TOO_LARGE: ("文件过大：{detail}", "the file is too large: {detail}"),
    ProblemCode.FILE_NAME_WRONG: (
        "应为本目录下的 .csv 或 .xlsx 文件名，而不是“{detail}”",
        "must name a .csv or .xlsx file of this directory, not {detail!r}",
    ),
    ProblemCode.SHEETS_SEVERAL: (
        "有多张工作表含有内容，请只保留一张：{detail}",
        "several sheets have content, keep only one: {detail}",
    ),
    ProblemCode.TOO_MANY_ROWS: ("行数过多：上限 {detail} 行", "too many rows: at most {detail}"),
    ProblemCode.ENCODING_UNKNOWN: (
        "文字编码既不是 UTF-8 也不是 GB18030（{detail}）",
        "the text is neither UTF-8 nor GB18030 ({detail})",
    ),
    ProblemCode.SYNTAX_WRONG: ("书写格式有误：{detail}", "the syntax is wrong: {detail}"),
    ProblemCode.FORMAT_UNKNOWN: (
        f"此文件为格式 {{detail}}，本版本只能读取格式 {FORMAT}；请使用较新的版本",
        f"this file is of format {{detail}}, and this release reads format {FORMAT}; use a later release",
    ),
    ProblemCode.KEY_UNKNOWN: ("不认识的项目，请检查拼写", "unknown key, check its spelling"),
    ProblemCode.KEY_MISSING: ("缺少此项", "this key is missing"),
    ProblemCode.TYPE_WRONG: ("值的类型不对，应为：{detail}", "wrong type of value, expected {detail}"),
    ProblemCode.VALUE_WRONG: ("值不合要求：{detail}", "the value is not allowed: {detail}"),
    ProblemCode.COLUMN_MISSING: ("缺少“{detail}”列", "the column {detail} is missing"),
    ProblemCode.COLUMN_UNKNOWN: ("不认识的列名，可用：{detail}", "unknown column, known are {detail}"),
    ProblemCode.COLUMN_REPEATED: ("此列出现了两次", "this column stands twice"),
    ProblemCode.CELL_EXTRA: ("表头之外多出内容“{detail}”", "a value beyond the header: {detail!r}"),
    ProblemCode.CELL_EMPTY: ("不能为空", "must not be empty"),
    ProblemCode.CELL_TOO_LONG: ("过长：{detail}", "too long: {detail}"),
    ProblemCode.CELL_TYPE_WRONG: (
        "单元格不是文字（{detail}），请在 Excel 中把该列设为“文本”后重新填写",
        "the cell is no text ({detail}); set the column to text in Excel and write it again",
    ),
    ProblemCode.CHARACTER_WRONG: ("含有不能使用的字符 {detail}", "contains a character that cannot be used: {detail}"),
    ProblemCode.NUMBER_TAKEN: ("编号已被使用：{detail}", "the number is already used: {detail}"),
    ProblemCode.SEAT_TAKEN: ("座位已有人：{detail}", "the seat is already taken: {detail}"),
    ProblemCode.NOBODY_LISTED: ("名单是空的", "the list is empty"),
    ProblemCode.STATUTORY_SEATS_EXCEEDED: (
        "代表人数超过名额：{detail}",
        "more delegates than statutory seats: {detail}",
    ),
    ProblemCode.RULES_MISSING: (
        "找不到表决规则“{detail}”（应在本目录的 rules 或 config/rules 中）",
        "there are no rules {detail!r} (neither in this directory's rules nor in config/rules)",
    ),
    ProblemCode.RULES_WRONG: ("表决规则不可采用：{detail}", "the rules cannot be adopted: {detail}"),
    PlanProblemCode.EMPTY: ("不能为空：{field}", "must not be empty: {field}"),
    PlanProblemCode.NAME_TOO_LONG: ("姓名过长：{found} > {most}", "the name is too long: {found} > {most}"),
    PlanProblemCode.NUMBER_REPEATED: ("编号重复：{value}", "the number is used twice: {value}"),
    PlanProblemCode.SEAT_REPEATED: ("座位重复：{value}", "the seat is used twice: {value}"),
    PlanProblemCode.ID_REPEATED: ("id 重复：{value}", "the id is used twice: {value}"),
    PlanProblemCode.POLL_UNKNOWN: ("没有这个表决：{value}", "there is no such poll: {value}"),
    PlanProblemCode.POLL_NOT_IN_AGENDA: (
        "表决未列入任何议程",
        "the poll belongs to no agenda item",
    ),
    PlanProblemCode.POLL_IN_TWO_ITEMS: (
        "表决列入了 {found} 处议程，只能列入一处",
        "the poll belongs to {found} agenda items instead of one",
    ),
    PlanProblemCode.SEATS_OUT_OF_RANGE: (
        "应选数不合要求：{found}（{least}..{most}）",
        "seats out of range: {found}, not {least}..{most}",
    ),
    PlanProblemCode.SECONDS_OUT_OF_RANGE: (
        "表决秒数不合要求：{found}（{least}..{most}）",
        "seconds out of range: {found}, not {least}..{most}",
    ),
    PlanProblemCode.RULES_CONTRADICT: ("规则自相矛盾：{value}", "the adopted rules contradict themselves: {value}"),
    PlanProblemCode.SECRECY_FORBIDDEN: (
        "规则不允许这种记名方式：{value}（{asked}）",
        "the rules forbid this secrecy: {value}, not {asked}",
    ),
    PlanProblemCode.MEDIUM_FORBIDDEN: ("规则不允许这种表决方式：{value}", "the rules forbid this medium: {value}"),
    PlanProblemCode.LINK_WRONG: ("不能与这个表决相关联：{value}", "cannot be linked to this poll: {value}"),
    PlanProblemCode.WRITE_INS_FORBIDDEN: (
        "只有选举可以另选他人，而不是：{value}",
        "only elections take write-ins, not: {value}",
    ),
    PlanProblemCode.CANDIDATES_OUT_OF_RANGE: (
        "候选人数不合规则：{found}（{least}..{most}）",
        "the rules do not allow this number of candidates: {found}, not {least}..{most}",
    ),
    PlanProblemCode.ELIGIBLE_WRONG: (
        "另选他人名单有误（姓名不得重复、不得是候选人）：{value}",
        "wrong roster of the eligible (no name twice, and no candidate's): {value}",
    ),
    PlanProblemCode.MOTION_OPTIONS_WRONG: (
        "议案表决的选项固定为：for against abstain",
        "the options of a motion are fixed: for against abstain",
    ),
    PlanProblemCode.THRESHOLD_OUT_OF_RANGE: (
        "门限数不合要求：{found}（{least}..{most}）",
        "threshold out of range: {found}, not {least}..{most}",
    ),
    PlanProblemCode.NOT_ONE_CHIEF: (
        "总监票人应恰好一名，现有 {found} 名",
        "there must be exactly one chief scrutineer, not {found}",
    ),
    PlanProblemCode.SCRUTINEER_INDEX_WRONG: (
        "监票人序号有误：应为 {expected}",
        "wrong index of a scrutineer: expected {expected}",
    ),
    PlanProblemCode.SCRUTINEER_NOT_DELEGATE: (
        "监票人的代表编号不在名单中：{value}",
        "the scrutineer's number is not in the roster: {value}",
    ),
    PlanProblemCode.GROUP_UNKNOWN: ("不认识的密码群：{value}", "unknown group: {value}"),
    PlanProblemCode.ELIGIBLE_UNUSED: (
        "有另选他人名单，却不允许另选他人",
        "a roster of the eligible where no names may be added",
    ),
    PlanProblemCode.POST_FORBIDDEN: ("只有选举才有职务，而不是：{value}", "only elections fill a post, not: {value}"),
    PlanProblemCode.TOO_FEW_SCRUTINEERS: (
        "手工计票须有至少 {least} 名监票人，现有 {found} 名",
        "counting by hand takes at least {least} scrutineers, not {found}",
    ),
    BallotProblemCode.TOO_MANY_OPTIONS: (
        "终端上的一张选票容纳不下这个表决：选项 {found} > {most}",
        "no ballot of a terminal can hold this poll: {found} > {most} options",
    ),
    BallotProblemCode.TOO_MANY_NUMBERS: (
        "终端上的一张选票容纳不下这个表决：须写 {found} 个数 > {most}",
        "no ballot of a terminal can hold this poll: it would hold {found} > {most} numbers",
    ),
    BallotProblemCode.TOO_MANY_ELIGIBLE: (
        "另选他人名单过长：{found} > {most}",
        "the roster of the eligible is too long: {found} > {most}",
    ),
    BallotProblemCode.NOT_READ_SINGLY: (
        "密码群 {value} 没有逐张读出的选票，应为 Ed25519",
        "{value} has no ballots that are read one by one, Ed25519 has",
    ),
    BallotProblemCode.NAME_IS_AN_ID: (
        "另选他人名单中的姓名与选项 id 相同：{value}",
        "a name of the eligible is the id of an option: {value}",
    ),
    BallotProblemCode.NO_ROOM_FOR_NAMES: (
        "选票上每个另选的姓名只剩 {found} < {least} 字节；请列出另选他人名单",
        "{found} < {least} bytes are left for each name that is added; name the eligible",
    ),
}


class FileProblem(msgspec.Struct, frozen=True):
    """One problem: in which file, at which key or row (1 = the header, as Excel counts) and column, and what it is.

    detail: for what is read from files; params: of the problems of a plan or a ballot.
    """

    file: str
    code: AnyCode
    key: str | None = None
    row: int | None = None
    column: str | None = None
    detail: str = ""
    params: dict[str, str | int] = {}

    def text(self, language: str = "zh") -> str:
        """One line for a person: place and reason. language: "zh" or "en"."""
        chinese, english = (text.format(detail=self.detail, **self.params) for text in TEXTS[self.code])
        if language == "zh":
            row = "" if self.row is None else f" 第 {self.row} 行"
            column = "" if self.column is None else f" “{self.column}”列"
            key = "" if self.key is None else f" {self.key}"
            return f"{self.file}{key}{row}{column}：{chinese}"
        row = "" if self.row is None else f", row {self.row}"
        column = "" if self.column is None else f", column {self.column}"
        key = "" if self.key is None else f", {self.key}"
        return f"{self.file}{key}{row}{column}: {english}"


class LoadRefused(Exception):
    """The session directory cannot be used; `problems` holds everything that was found, in reading order."""

    def __init__(self, problems: tuple[FileProblem, ...]) -> None:
        super().__init__("\n".join(f"{p.text('zh')} ({p.text('en')})" for p in problems))
        self.problems = problems
