"""How a fraction of the delegates is spoken: "2/3" of those in office is 全体代表的三分之二."""

from voting.congress.law.ruleset import Base, Ruleset
from voting.words import Language, catalogue_of, members_in_words

_DIGITS = "零一二三四五六七八九"
_PLACES = ((1000, "千"), (100, "百"), (10, "十"), (1, ""))


def base_called(base: Base, rules: Ruleset) -> str:
    """Of whom a fraction is taken: 全体代表, or 全体组成人员."""
    return catalogue_of(Language.CHINESE).terms.bases[base].format(members=members_in_words(rules, Language.CHINESE))


def share_called(share: str) -> str:
    """A fraction as it is read aloud: 三分之二 for "2/3", 半数 for a half."""
    if share == "1/2":
        return "半数"
    part, whole = map(int, share.split("/"))
    return f"{number_called(whole)}分之{number_called(part)}"


def number_called(number: int) -> str:
    """A number from 1 to 9999 in characters: 一百零五, 十二."""
    spoken, skipped = "", False
    for worth, place in _PLACES:
        digit = number // worth % 10
        if digit:
            spoken += ("零" if skipped and spoken else "") + _DIGITS[digit] + place
        skipped = not digit
    return spoken.removeprefix("一") if spoken.startswith("一十") else spoken
