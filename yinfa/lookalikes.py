"""Characters that look like others: they print alike, and no search finds them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import chain

from yinfa.model import Text

MOST_PLACES = 5  # lines that are named of one character
# Radicals that have no compatibility form of their own in Unicode.
_RADICALS = "[\u2e80-\u2fd5]"
_HAN = "\u3400-\u9fff，。、；：？！“”‘’（）《》"
_NO_BREAK = re.compile(f"(?<=[{_HAN}])\u00a0|\u00a0(?=[{_HAN}])")
# A word of Latin letters with letters of another alphabet among them, which look like Latin ones.
_MIXED = re.compile("[A-Za-z\u0370-\u052f]*[A-Za-z][A-Za-z\u0370-\u052f]*")
_LIKE = dict(
    zip(
        "АВЕКМНОРСТУХаеорсухіјѕԁԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧοναρυ",
        "ABEKMHOPCTYXaeopcyxijsdqwABEZHIKMNOPTYXovapu",
        strict=True,
    )
)
_ALPHABETS = {"CYRILLIC": "西里尔字母", "GREEK": "希腊字母"}


def lookalikes(texts: Iterable[Text]) -> Iterator[str]:
    """What to say of each character in *texts* that is not what it looks like, with its lines."""
    lines: dict[str, dict[int, None]] = {}
    for text in texts:
        if text.value.isascii():
            continue
        for char in chain(_radicals(text.value), _foreign(text.value), _blanks(text.value)):
            lines.setdefault(char, {})[text.place.line] = None
    for char, found in lines.items():
        named = "、".join(f"第{line}行" for line in list(found)[:MOST_PLACES] if line)
        more = "等" if len(found) > MOST_PLACES else ""
        yield f"{named}{more}{'的' if named else ''}{_said(char)}"


def _radicals(words: str) -> list[str]:
    return re.findall(_RADICALS, words)


def _blanks(words: str) -> list[str]:
    return _NO_BREAK.findall(words)


def _foreign(words: str) -> Iterator[str]:
    for word in _MIXED.findall(words):
        if not word.isascii():
            yield from (char for char in word if char in _LIKE)


def _said(char: str) -> str:
    code = f"U+{ord(char):04X}"
    if char == "\u00a0":
        return f"汉字旁有不换行的空格（{code}），看着像空格，多半是从别处粘贴来的"
    if char in _LIKE:
        alphabet = _ALPHABETS[unicodedata.name(char).split()[0]]
        return f"“{char}”（{code}）是{alphabet}，看着像拉丁字母“{_LIKE[char]}”，检索不到"
    right = unicodedata.normalize("NFKC", char)
    like = f"，看着像“{right}”" if right != char else ""
    return f"“{char}”（{code}）是部首{like}，检索不到，请重新输入"
