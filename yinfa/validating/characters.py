"""Which characters a text may not have, and which are taken for others."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_FILLERS = "\u115f\u1160\u2800\u3164\uffa0"  # letters and signs that print nothing
_SUSPECT = (
    f"[{_FILLERS}"
    "\x00-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\uffff"
    "\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\U0001fffe\U0001ffff\U000e0000-\U000e007f"
    "\U000f0000-\U0010ffff]"
)

# Radicals and compatibility forms of characters; Cyrillic and Greek letters beside Latin ones that
# they look like; signs of full width between digits or letters; blanks that do not break.
_RADICAL = re.compile("[\u2e80-\u2fd5\uf900-\ufaff\U0002f800-\U0002fa1f]")
_OWN = "﨎﨏﨑﨓﨔﨟﨡﨣﨤﨧﨨﨩"  # stand among compatibility forms and are characters of their own
_ALIEN = "\u0400-\u04ffΑΒΕΖΗΙΚΜΝΟΡΤΥΧο"  # the last fifteen are Greek
_MIXED = re.compile(f"(?<=[A-Za-z])[{_ALIEN}]|[{_ALIEN}](?=[A-Za-z])")
_SIGN = re.compile("(?<=[0-9A-Za-z])[＋－＝＜＞＊／](?=[0-9A-Za-z])")
_FIXED_BLANK = re.compile("(?<![0-9A-Za-z])\xa0|\xa0(?![0-9A-Za-z])")


def faults(words: str) -> Iterator[tuple[str, str, str]]:
    """Each character that *words* may not have: itself, what it is, what to do."""
    if words.isprintable() and not any(char in words for char in "\ufffd" + _FILLERS):
        return
    for char in dict.fromkeys(re.findall(_SUSPECT, words)):
        yield char, *_explain(char)


def look_alikes(words: str) -> Iterator[tuple[str, str, str]]:
    """Each character of *words* that looks like another: itself, what it is, what to do."""
    if words.isascii():
        return
    for char in dict.fromkeys(_RADICAL.findall(words)):
        if char in _OWN:
            continue
        meant = unicodedata.normalize("NFKC", char)
        right = f"改成“{meant}”" if meant != char else "重新输入这个字"
        hint = f"请{right}：看着一样，查找和复制时是另一个字"
        yield char, f"部首或兼容字 U+{ord(char):04X}“{char}”", hint
    for char in dict.fromkeys(_MIXED.findall(words)):
        kind = "西里尔" if char >= "\u0400" else "希腊"
        hint = "看着像拉丁字母，请改成拉丁字母"
        yield char, f"混在外文里的{kind}字母 U+{ord(char):04X}“{char}”", hint
    for char in dict.fromkeys(_SIGN.findall(words)):
        meant = unicodedata.normalize("NFKC", char)
        yield char, f"全角符号“{char}”", f"数字、字母之间用半角的“{meant}”"
    for char in dict.fromkeys(_FIXED_BLANK.findall(words)):
        hint = "多半是从网页粘贴来的，请删去；数字或外文之间的可以留着"
        yield char, f"不换行空格 U+{ord(char):04X}", hint


def _explain(char: str) -> tuple[str, str]:
    code = f"U+{ord(char):04X}"
    if char in "\n\r":
        return "换行", "这里只能写一段，请写在一行里；另一段请另写一项"
    if char == "\t":
        return "制表符（Tab）", "请改成空格，或删去"
    if char == "\ufffd":
        return f"乱码字符 {code}", "原来的字在转换编码时丢失了，请照原稿补上"
    if "\ud800" <= char <= "\udfff":
        return f"半个字符 {code}", "这个字在转换编码时损坏了，请照原稿补上"
    if "\ue000" <= char <= "\uf8ff" or "\U000f0000" <= char <= "\U0010fffd":
        return (
            f"自造字 {code}",
            "这个码位由各家字库自定，别的电脑上会是别的字；请换成它的正式编码，没有的请另行造图",
        )
    if ord(char) < 0xA0:
        return f"控制字符 {code}", "这个字符看不见，多半是从别处粘贴时带来的，请删去"
    return f"看不见的字符 {code}", "多半是从别处粘贴时带来的，请删去"
