"""What of a text is gone, what has come: told by words, numbers and 发文字号 whole."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby


class WordChange(StrEnum):
    """What became of words; the value is the word people read."""

    KEPT = "留"
    GONE = "删"
    COME = "增"


@dataclass(frozen=True, slots=True)
class Wording:
    """Words that were kept, or are gone, or have come."""

    change: WordChange
    text: str


# What is one thing to the reader: a 发文字号 with its 机关代字, a date, a number with its unit, an
# address or a word in Latin letters. All else is cut by the dictionary.
_WHOLE = re.compile(
    r"[\u4e00-\u9fff×]{1,8}[〔\[［(（]\d{4}[〕\]］)）]第?\d+号"
    r"|\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?|\d{1,2}月\d{1,2}日"
    r"|第[〇零一二三四五六七八九十百千]+[章节条款项]"
    r"|\d+(?:[.,．，]\d+)*(?:[%％‰]|[万亿千百]*(?:公里|平方米|[元个项人次户吨米件份年月日天号页倍])?)?"
    r"|[A-Za-z][A-Za-z0-9]*(?:[-._@/:][A-Za-z0-9]+)*"
)
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_NUMERIC = re.compile(r"[\dA-Za-z〔〕.%％]")
SHRED = 1  # characters: a kept word as short as this between changes is changed with them


def words(text: str) -> list[str]:
    """*text* as words; together they are the text again."""
    from rjieba import cut  # its dictionary takes longer to load than most texts to cut

    found: list[str] = []
    at = 0
    for whole in _WHOLE.finditer(text):
        found += cut(text[at : whole.start()], False)
        found.append(whole[0])
        at = whole.end()
    found += cut(text[at:], False)
    return found


def changes(old: str, new: str) -> tuple[Wording, ...]:
    """How *old* becomes *new*: what is not gone is old, what is not come is new."""
    if old == new:
        return (Wording(WordChange.KEPT, old),) if old else ()
    before, after = words(old), words(new)
    head = _shared(before, after)
    tail = _shared(before[head:][::-1], after[head:][::-1])
    middle = SequenceMatcher(
        None, before[head : len(before) - tail], after[head : len(after) - tail], autojunk=False
    )
    pieces = [Wording(WordChange.KEPT, "".join(before[:head]))]
    for kind, a0, a1, b0, b1 in middle.get_opcodes():
        gone, come = "".join(before[head + a0 : head + a1]), "".join(after[head + b0 : head + b1])
        if kind == "equal":
            pieces.append(Wording(WordChange.KEPT, gone))
        else:
            pieces += (Wording(WordChange.GONE, gone), Wording(WordChange.COME, come))
    pieces.append(Wording(WordChange.KEPT, "".join(before[len(before) - tail :])))
    return tuple(_joined(_readable([piece for piece in pieces if piece.text])))


def _joined(pieces: Iterable[Wording]) -> Iterator[Wording]:
    """*pieces* with neighbours that were both kept as one."""
    for change, some in groupby(pieces, lambda piece: piece.change):
        if change is WordChange.KEPT:
            yield Wording(change, "".join(piece.text for piece in some))
        else:
            yield from some


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """How many words both begin with."""
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count


def _readable(pieces: list[Wording]) -> Iterator[Wording]:
    """*pieces* with each run of changes as one deletion and one insertion, shreds within it."""
    gone, come = "", ""
    for index, piece in enumerate(pieces):
        shred = len(piece.text) <= SHRED and 0 < index < len(pieces) - 1
        if piece.change is WordChange.KEPT and not (shred and (gone or come)):
            yield from _both(gone, come)
            gone, come = "", ""
            yield piece
            continue
        gone += piece.text if piece.change is not WordChange.COME else ""
        come += piece.text if piece.change is not WordChange.GONE else ""
    yield from _both(gone, come)


def _both(gone: str, come: str) -> Iterator[Wording]:
    """A deletion and an insertion, without what both begin or end with."""
    head = _common(gone, come)
    kept_head, gone, come = gone[:head], gone[head:], come[head:]
    tail = _common(gone[::-1], come[::-1])
    cut, end = len(gone) - tail, len(come) - tail
    pieces = (
        (WordChange.KEPT, kept_head),
        (WordChange.GONE, gone[:cut]),
        (WordChange.COME, come[:end]),
        (WordChange.KEPT, gone[cut:]),
    )
    yield from (Wording(change, text) for change, text in pieces if text)


def _common(one: str, other: str) -> int:
    """How many characters both begin with: at least two, Chinese, and no part of a number."""
    count = _shared(one, other)
    han = _HAN.match(one[:count])
    count = len(han[0]) if han else 0
    beside = one[count : count + 1] + other[count : count + 1]
    return count if count > SHRED and not _NUMERIC.search(beside) else 0
