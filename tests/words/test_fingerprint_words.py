"""The list of words: two thousand and forty-eight that no ear and no eye takes for one another.

Sounds are compared over the pinyin of the list, without tones, and with those consonants and endings merged that
speakers in some part of the country do not tell apart: zh/z, ch/c, sh/s; n, l and r; a final n and ng; f, h and w
before u; ü and i. Two words are also too near when one has the other's sounds in reverse.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from functools import cache
from hashlib import sha256
from itertools import combinations

import pytest

from voting.words.fingerprints import Word, word_list

WORDS = word_list()
TONES = dict.fromkeys((0x0300, 0x0301, 0x0304, 0x030C))
SYLLABLE = re.compile(r"([zcs]h|[bpmfdtnlgkhjqxzcsryw])?[aeiouü]{1,3}(n|ng)?|er")
GROUPS = """
己已巳 末未 土士上 人入八 日曰 大太犬丈 木本术禾 干千于 天夫 午牛 白百自 目且 田由甲申电 鸟乌 刀力刃 儿几 王玉主
今令 免兔 冶治 候侯 茶荼 拔拨 折拆 晴睛 清请情 桃挑 柏拍 杨扬 棵颗 峰蜂锋 贝见 风凤 历厉 处外 石右 古占舌 小少
水冰永 半羊 手毛 牙开 井并 厂广 万方 车东 西酉 洒酒 粟栗 帅师 间问 微徽 粱梁 竿杆 蓝篮 慕幕暮 裁栽 钩钓 线钱 铃铅
瓜爪 低底 场汤扬 沙纱砂 桥轿 板版 绵棉 鸭鸦 技枝 材村 林休 筐框 饮饭 披被 项顶 盆盒 炕坑 沟钩 渔鱼 油抽 蜡腊 衣农
内肉 巾币 布市 棋旗 椅椒 浆桨奖 芋芽 宇字 客容 官宫 坡波披 河何 湖胡 虹虾 蝶碟 池地 云去 尺尸 名各 早旱 晨震 蓬篷
管菅 裙裤 雪雷 霞露 花化 芝之 芒茫 轨轴 镜境 门们 阁阔
"""
ALIKE = GROUPS.split()
LOOK_ALIKE = {pair for group in ALIKE for pair in combinations(sorted(group), 2)}


@cache
def plain(syllable: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", syllable).translate(TONES))


@cache
def merged(syllable: str) -> str:
    """The syllable as it may sound where fewest sounds are told apart."""
    sound = re.sub("^([zcs])h", r"\1", plain(syllable))
    sound = re.sub("^[nr]", "l", sound)
    sound = re.sub("ng$", "n", sound)
    sound = re.sub("^fu$", "wu", re.sub("^fen$", "fun", re.sub("^fei$", "fui", sound)))
    sound = re.sub("^[fh](?=u)", "w", re.sub("^f(?=[aou])", "w", sound))
    sound = {"wui": "wei", "wun": "wen", "won": "wen", "hon": "wen"}.get(sound, re.sub("^wu(?=.)", "w", sound))
    sound = re.sub("ü", "i", re.sub("^([jqx])u", r"\1i", sound))
    return re.sub("^yu", "yi", sound).replace("yian", "yan").replace("yie", "ye")


def sounds(word: Word) -> tuple[str, str]:
    first, second = word.pinyin.split(" ")
    return merged(first), merged(second)


def alike(one: str, other: str) -> bool:
    return one == other or tuple(sorted((one, other))) in LOOK_ALIKE


def test_there_are_as_many_as_eleven_bits_can_tell() -> None:
    assert len(WORDS) == len({word.text for word in WORDS}) == 2**11


def test_each_is_two_different_characters_that_every_chinese_font_has() -> None:
    def first_level(character: str) -> bool:
        row, *rest = character.encode("gb2312")
        return len(rest) == 1 and 0xB0 <= row <= 0xD7

    assert [w for w in WORDS if len(w.text) != 2 or w.text[0] == w.text[1] or not all(map(first_level, w.text))] == []


def test_each_has_the_pinyin_of_two_syllables() -> None:
    read = [word.pinyin.split(" ") for word in WORDS]
    assert [s for s in read if len(s) != 2 or not all(SYLLABLE.fullmatch(plain(one)) for one in s)] == []
    assert all(unicodedata.is_normalized("NFC", word.pinyin) for word in WORDS)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        *(("zhu", "zu"), ("chi", "cī"), ("shān", "sǎng"), ("nán", "lán"), ("rì", "lì"), ("bīn", "bīng"), ("fā", "huā")),
        *(
            ("fēi", "huī"),
            ("fēng", "hóng"),
            ("fēn", "wén"),
            ("hú", "wú"),
            ("fú", "hú"),
            ("huáng", "wáng"),
            ("huǒ", "wǒ"),
        ),
        *(("yú", "yí"), ("yuè", "yè"), ("yuán", "yán"), ("yún", "yīn"), ("jú", "jī"), ("xué", "xié"), ("quán", "qián")),
        *(("lǜ", "lì"), ("jūn", "jīn"), ("fàn", "huàn"), ("fó", "huó")),
    ],
)
def test_sounds_that_some_do_not_tell_apart_are_one(one: str, other: str) -> None:
    assert merged(one) == merged(other)


@pytest.mark.parametrize(("one", "other"), [("gū", "gōu"), ("lián", "lán"), ("xī", "shī"), ("bō", "pō"), ("jī", "zhī")])
def test_sounds_that_everybody_tells_apart_are_two(one: str, other: str) -> None:
    assert merged(one) != merged(other)


def test_no_two_sound_alike_in_either_order() -> None:
    heard: dict[frozenset[str] | tuple[str, str], list[str]] = defaultdict(list)
    for word in WORDS:
        heard[min(sounds(word), sounds(word)[::-1])].append(word.text)
    assert [words for words in heard.values() if len(words) > 1] == []


def test_no_two_look_alike() -> None:
    by_first: dict[str, list[str]] = defaultdict(list)
    groups = {character: {c for group in ALIKE if character in group for c in group} for character in "".join(ALIKE)}
    for word in WORDS:
        for character in {word.text[0]} | groups.get(word.text[0], set()):
            by_first[character].append(word.text)
    near = [pair for words in by_first.values() for pair in combinations(words, 2)]
    assert len(near) > len(WORDS)
    assert [(a, b) for a, b in near if alike(a[0], b[0]) and alike(a[1], b[1])] == []


def test_a_character_is_read_in_one_way_wherever_it_stands() -> None:
    readings: dict[str, Counter[str]] = defaultdict(Counter)
    for word in WORDS:
        for character, syllable in zip(word.text, word.pinyin.split(" "), strict=True):
            readings[character][plain(syllable)] += 1
    assert {c: dict(read) for c, read in readings.items() if len(read) > 1} == {}


def test_they_stand_in_the_order_of_their_sounds_for_ever() -> None:
    assert list(WORDS) == sorted(WORDS, key=lambda word: ([plain(s) for s in word.pinyin.split(" ")], word.text))
    digest = sha256("\n".join(word.text for word in WORDS).encode()).hexdigest()
    assert digest == "d5f2898d00b9f5aee07655930127af2043c26a538deac32f6178bbf7fbed0a06"
