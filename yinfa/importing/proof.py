"""Nothing is lost: the finished document, built again as text, has every character of the file.

This shares no code with what reads files and recognises their parts; it takes from them only what
they claim: which line of the file stands where, and what was changed. Claims are examined too.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

CONTEXT = 12

# What numbers and labels are made of; between them a change may go from one writing to another.
_OF_NUMBERS = frozenset("〇零一二三四五六七八九十百千第章节条年月日号期附件图表注文OoОо")  # 二OO八


@dataclass(frozen=True, slots=True)
class Difference:
    """On *line* of the file something is lost or falsely claimed; line 0 is none of them."""

    line: int
    message: str


def losses(
    lines: Mapping[int, str],
    order: Sequence[int | str],
    changes: Iterable[Iterable[tuple[int, str, str]]],
    rebuilt: Iterable[str],
    unsaid: str = "",
    cuts: Mapping[int, Sequence[tuple[int, str]]] = MappingProxyType({}),
    left_out: Collection[int] = (),
    dropped: Iterable[tuple[int, str, str]] = (),
) -> list[Difference]:
    """What the document *rebuilt* does not have of the file's *lines*; nothing when all is there.

    *order* names every line once, in the order of the document, and gives the words the file does
    not have. *changes* are layers of line, what stands there, what the document has instead; each
    layer goes through a line from left to right; *cuts* part lines before the last of them, each
    part with a key of its own. Lines and parts *left_out* and words *dropped* of their lines are
    not in the document. White space is never compared, nor are the characters *unsaid*, which mark
    up a text and are none of its words.
    """
    silent = {ord(char): None for char in unsaid}
    black = {number: _black(text).translate(silent) for number, text in lines.items()}
    found: list[Difference] = []
    *layers, last = [list(layer) for layer in changes] or [[]]
    found += _drop(black, dropped, silent)
    for layer in layers:
        found += _change(black, layer, silent)
    found += _cut(black, cuts, silent)
    found += _misplaced(black, [*left_out, *order])
    found += _change(black, last, silent)
    if found:
        return found
    told = [words if isinstance(words, int) else words.translate(silent) for words in order]
    return _first_difference(black, told, "".join(map(_black, rebuilt)).translate(silent))


def _drop(
    lines: dict[int, str], dropped: Iterable[tuple[int, str, str]], silent: Mapping[int, None]
) -> Iterable[Difference]:
    """Take words out of their lines, from left to right, each behind what stands before it."""
    places: dict[int, int] = {}
    for line, before, words in dropped:
        text, gone = lines.get(line, ""), _black(words).translate(silent)
        start = places.get(line, 0) + len(_black(before).translate(silent))
        if text[start : start + len(gone)] != gone:
            yield Difference(line, f"这一行没有“{gone}”")
        else:
            lines[line] = text[:start] + text[start + len(gone) :]
            places[line] = start


def _change(
    lines: dict[int, str], layer: Iterable[tuple[int, str, str]], silent: Mapping[int, None]
) -> Iterable[Difference]:
    """Carry out one layer of changes on *lines*; what cannot or must not be is a loss."""
    by_line: dict[int, list[tuple[str, str]]] = {}
    for line, before, after in layer:
        pair = (_black(before).translate(silent), _black(after).translate(silent))
        by_line.setdefault(line, []).append(pair)
    for line, changes in by_line.items():
        text, pieces, at = lines.get(line, ""), [], 0
        for before, after in changes:
            start = text.find(before, at)
            if start < 0:
                yield Difference(line, f"这一行没有“{before}”")
            elif _letters(before) != _letters(after) and not _calls_note(before, after):
                yield Difference(line, f"“{before}”不能改成“{after}”")
            else:
                pieces += [text[at:start], after]
                at = start + len(before)
        lines[line] = "".join(pieces) + text[at:]


def _cut(
    lines: dict[int, str],
    cuts: Mapping[int, Sequence[tuple[int, str]]],
    silent: Mapping[int, None],
) -> Iterable[Difference]:
    """Put the parts of a line in its place; together they are the whole line."""
    for line, cut in cuts.items():
        parts = [(key, _black(text).translate(silent)) for key, text in cut]
        whole = "".join(text for _, text in parts)
        if whole != lines.get(line):
            yield Difference(line, f"这一行没有分完：{whole[:CONTEXT]}")
        lines[line] = ""
        lines.update(parts)


def _misplaced(lines: Mapping[int, str], order: Sequence[int | str]) -> Iterable[Difference]:
    """Lines with words that *order* forgets or names twice."""
    named: set[int] = set()
    for line in order:
        if isinstance(line, int):
            if line in named:
                yield Difference(line, "这一行用了两次")
            named.add(line)
    for number, text in lines.items():
        if text and number not in named:
            yield Difference(number, f"这一行丢失了：{text[:CONTEXT]}")


def _first_difference(
    lines: Mapping[int, str], order: Sequence[int | str], rebuilt: str
) -> list[Difference]:
    """Where the document first says something else than the file."""
    at = 0
    for entry in order:
        wanted = lines.get(entry, "") if isinstance(entry, int) else _black(entry)
        if not rebuilt.startswith(wanted, at):
            line = entry if isinstance(entry, int) else 0
            same = next(
                (i for i, char in enumerate(wanted) if rebuilt[at + i : at + i + 1] != char),
                len(wanted),
            )
            file_has = wanted[same : same + CONTEXT]
            document_has = rebuilt[at + same : at + same + CONTEXT]
            return [Difference(line, f"原文是“{file_has}”，得到的是“{document_has}”")]
        at += len(wanted)
    if at < len(rebuilt):
        return [Difference(0, f"多出了原文没有的“{rebuilt[at : at + CONTEXT]}”")]
    return []


def _calls_note(before: str, after: str) -> bool:
    """Whether both call a footnote, or stand before its words: [^甲] and [注1]."""
    return bool(re.fullmatch(r"\[?\^[^\]]{1,40}\]?:?", before) and after.strip("[]") == "注")


# Radicals that have no other form in Unicode and look like these characters.
_LOOKS = str.maketrans(
    "⺠⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳⺟",
    "民西见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙龟母",
)
_UNSEEN = re.compile(
    "[\x00-\x20\x7f-\xa0\xad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff"
    "\u115f\u1160\u2800\u3164\uffa0]"
)


_CALL = re.compile(r"\[注\d+\]")  # counted anew in print, in the order of the text


def _black(text: str) -> str:
    """*text* without white space, what has no ink, and the numbers of footnotes."""
    return _CALL.sub("[注]", "".join(_UNSEEN.sub(" ", text).split()))


def _letters(text: str) -> str:
    """The letters of *text* that belong to no number or label, width aside."""
    return "".join(
        char
        for char in unicodedata.normalize("NFKC", text.translate(_LOOKS))
        if char.isalpha() and char not in _OF_NUMBERS
    )
