"""What a document says against what its pages say: lost, changed, displaced and added words.

The words wanted come in units, in the order of print. Each is looked for whole, the longest first,
so that a short one never takes a piece of a longer; what is not there whole is compared, letter by
letter, with what stands in its place. Whatever is left on the pages then was added.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher

from yinfa.reading import Char, Reading, Sheet, TextLine
from yinfa.recognising.measures import STANDARD, Figures
from yinfa.recognising.paper import Extent
from yinfa.recognising.zones import notes_mm
from yinfa.report import Place
from yinfa.rules.registry import Found
from yinfa.rules.wording import quoted

CALLS = re.compile("[①-⑳㉑-㉟㊱-㊿]")
LOOKALIKES = re.compile("[\u2f00-\u2fdf\uf900-\ufaff]")  # a finished PDF may say one for the other
HYPHENS = frozenset("-\u2010")
PIECE = 2  # letters on either side of a hyphen that find its word again
ANCHOR = 8  # a unit of this many characters tells where it stands
COMPARABLE = 4_000_000  # letters times letters that are compared in well under a second
ALIKE = 0.5
TOLD = 5  # differences within one unit


@dataclass(frozen=True, slots=True)
class ExpectedWords:
    """A run of words that must be printed together; *flowing* ones follow each other in order."""

    words: str
    place: Place
    flowing: bool = True
    otherwise: str = ""  # how the same words are printed in another place


@dataclass(frozen=True, slots=True)
class _Seen:
    """One character on a page; *line* is where it stands."""

    char: str
    page: int
    line: TextLine


@dataclass
class _Comparison:
    """The pages' characters in two orders, and which of them are accounted for so far.

    ``file`` is the order of the content streams, ``sight`` that from top to bottom; the latter
    numbers the characters of the former.
    """

    seen: list[_Seen]
    sight: list[int]
    covered: bytearray = field(init=False)
    streams: tuple[str, str] = field(init=False)
    rank: dict[int, int] = field(init=False)  # by number in the file: by number in sight

    def __post_init__(self) -> None:
        self.covered = bytearray(len(self.seen))
        by_sight = "".join(self.seen[number].char for number in self.sight)
        self.streams = (by_sight, "".join(one.char for one in self.seen))
        self.rank = {number: rank for rank, number in enumerate(self.sight)}

    def occurrences(self, words: str, flowing: bool) -> list[list[int]]:
        """The places, as numbers of characters, where *words* stand whole and unaccounted for.

        What flows must do so in sight, unless it is turned and has its order from the file alone.
        """
        found: list[list[int]] = []
        taken: set[int] = set()
        for stream, numbers in zip(self.streams, (self.sight, None), strict=True):
            start = stream.find(words)
            while start >= 0:
                end = start + len(words)
                place = numbers[start:end] if numbers else list(range(start, end))
                free = not any(self.covered[n] or n in taken for n in place)
                if numbers is None and flowing:
                    free = free and not any(n in self.rank for n in place)
                if free:
                    found.append(place)
                    taken.update(place)
                start = stream.find(words, end if free else start + 1)
        return found

    def cover(self, numbers: Sequence[int]) -> None:
        for number in numbers:
            self.covered[number] = 1


def compared(
    reading: Reading,
    wanted: Sequence[ExpectedWords],
    extra: frozenset[str],
    due: Figures = STANDARD,
) -> Iterator[Found]:
    """What the pages of *reading* lack of *wanted*, and have beyond it and *extra*."""
    units = [(unit, _units(_uncalled(unit.words))) for unit in wanted]
    units = [(unit, words) for unit, words in units if words]
    pages = _pages(reading, due, " ".join(words for _, words in units))
    places = _places(pages, units)
    for index, (unit, _) in enumerate(units):
        if not places[index] and unit.otherwise:
            places[index] = next(iter(pages.occurrences(_units(unit.otherwise), False)), [])
            pages.cover(places[index])
            units[index] = (replace(unit, flowing=False), unit.otherwise)
    for index, (unit, words) in enumerate(units):
        if not places[index]:
            yield from _differing(pages, unit, words, *_between(pages, places, index))
    yield from _displaced(pages, units, places)
    yield from _added(pages, extra)


def _pages(reading: Reading, due: Figures, wanted: str) -> _Comparison:
    """All that is to be read on the pages, page numbers and other artifacts apart.

    A hyphen that parts a word of *wanted* at a line's end is none of its letters.
    """
    seen: list[_Seen] = []
    sight: list[int] = []
    for sheet in reading.sheets:
        lines = (*sheet.body_lines, *sheet.turned_lines)
        home = {id(char): line for line in lines for char in line.chars}
        numbers: dict[int, int] = {}
        hyphens = set(_hyphens(sheet.chars, wanted))
        for char in sheet.chars:
            if id(char) in hyphens:
                continue
            line = home.get(id(char)) or _line_of(char, sheet)
            if line is not None and _counts(char.char):
                numbers[id(char)] = len(seen)
                seen.append(
                    _Seen(plain(unicodedata.normalize("NFC", char.char)), sheet.number, line)
                )
        foot_mm = notes_mm(sheet, due) or sheet.height_mm
        for line in sheet.body_lines:
            if line.em_top_mm < foot_mm - 1:
                sight += [numbers[id(c)] for c in line.chars if id(c) in numbers]
    return _Comparison(seen, sight)


def _hyphens(chars: Sequence[Char], wanted: str) -> Iterator[int]:
    """The hyphens that stand where a line ends within a word of *wanted*."""
    for index, char in enumerate(chars):
        if char.char not in HYPHENS:
            continue
        before = "".join(c.char for c in chars[max(index - PIECE, 0) : index])
        after = "".join(c.char for c in chars[index + 1 : index + 1 + PIECE])
        if not (before[-1:].isascii() and before[-1:].isalpha() and after[:1].isalnum()):
            continue
        ends_line = chars[index + 1].x_mm < char.x_mm
        if ends_line and before + after in wanted and f"{before}-{after}" not in wanted:
            yield id(char)


def _line_of(char: Char, sheet: Sheet) -> TextLine | None:
    """The line of a character that is not an upright one: turned ones are copies in their frame."""
    if not char.look.turn or char.look.artifact:
        return None
    return next((line for line in sheet.turned_lines if line.turn == char.look.turn), None)


def _counts(char: str) -> bool:
    return not char.isspace() and not CALLS.fullmatch(char)


def _units(text: str) -> str:
    """*text* without white space, in UTF-16 units, as the reader hands characters out."""
    normal = plain(unicodedata.normalize("NFC", "".join(text.split())))
    if normal.isascii() or max(normal) <= "\uffff":
        return normal
    raw = normal.encode("utf-16-le")
    return "".join(chr(int.from_bytes(raw[i : i + 2], "little")) for i in range(0, len(raw), 2))


def plain(text: str) -> str:
    """*text* with radicals and compatibility forms as the characters that they look like."""
    if not LOOKALIKES.search(text):
        return text
    return LOOKALIKES.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)


def _uncalled(text: str) -> str:
    """*text* without the calls of footnotes, which are numbered anew on paper."""
    return CALLS.sub("", text)


def _places(pages: _Comparison, units: Sequence[tuple[ExpectedWords, str]]) -> list[list[int]]:
    """Where each unit stands whole; empty where it does not."""
    places = list(_one_after_another(pages, units))
    alike: dict[str, list[int]] = {}
    for index, (_, words) in enumerate(units):
        if not places[index]:
            alike.setdefault(words, []).append(index)
    for words, indices in sorted(alike.items(), key=lambda item: -len(item[0])):
        found = pages.occurrences(words, all(units[index][0].flowing for index in indices))
        if len(found) > len(indices):
            found = _nearest(pages, places, indices, found)
        for index, place in zip(indices, found, strict=False):
            places[index] = place
            pages.cover(place)
    return places


def _one_after_another(
    pages: _Comparison, units: Sequence[tuple[ExpectedWords, str]]
) -> Iterator[list[int]]:
    """Where each unit stands that follows at once on the one before it; empty where it does not.

    So what a unit repeats of the next, ×× before ×××, is not taken for a part of that.
    """
    at = 0
    for unit, words in units:
        found = at if unit.flowing and pages.streams[0].startswith(words, at) else -1
        if found < 0 and unit.flowing and len(words) >= ANCHOR:
            found = pages.streams[0].find(words, at)
        if found < 0:
            yield []
            continue
        at = found + len(words)
        place = pages.sight[found:at]
        pages.cover(place)
        yield place


def _nearest(
    pages: _Comparison, places: list[list[int]], indices: list[int], found: list[list[int]]
) -> list[list[int]]:
    """Of too many places *found*, the one for each of *indices* that its neighbours point at."""
    chosen: list[list[int]] = []
    rest = list(found)
    for index in indices:
        before, _ = _between(pages, places, index)
        after = [place for place in rest if pages.rank.get(place[0], place[0]) >= before]
        place = (after or rest)[0]
        rest.remove(place)
        chosen.append(place)
    return chosen


def _between(pages: _Comparison, places: list[list[int]], index: int) -> tuple[int, int]:
    """From where to where in sight a unit would stand, by the units before and after it."""
    before = next((p for p in reversed(places[:index]) if p and p[-1] in pages.rank), None)
    start = pages.rank[before[-1]] + 1 if before else 0
    after = next((p for p in places[index + 1 :] if p and pages.rank.get(p[0], -1) >= start), None)
    return start, pages.rank[after[0]] if after else len(pages.sight)


def _differing(
    pages: _Comparison, unit: ExpectedWords, words: str, start: int, end: int
) -> Iterator[Found]:
    """How what stands between *start* and *end* in sight differs from *words*."""
    numbers = [n for n in pages.sight[start:end] if not pages.covered[n]]
    there = "".join(pages.seen[number].char for number in numbers)
    if not there or len(words) * len(there) > COMPARABLE:
        yield Found(f"{quoted(words)}在 PDF 里没有排出", place=unit.place)
        return
    matcher = SequenceMatcher(None, words, there, autojunk=False)
    same = [block for block in matcher.get_matching_blocks() if block.size]
    if sum(block.size for block in same) < ALIKE * len(words):
        yield Found(f"{quoted(words)}在 PDF 里没有排出", place=unit.place)
        return
    first, last = same[0].b, same[-1].b + same[-1].size
    pages.cover(numbers[first:last])
    steps = [step for step in matcher.get_opcodes() if step[0] != "equal"]
    told = [step for step in steps if step[1] != step[2] or first <= step[3] < step[4] <= last]
    for _, a, b, c, d in told[:TOLD]:
        put = there[c:d] if first <= c <= d <= last else ""
        strayed = next(iter(pages.occurrences(words[a:b], False)), []) if b - a > 1 else []
        pages.cover(strayed)
        at = strayed[0] if strayed else numbers[min(max(c, first), last - 1)]
        yield _at(pages, at, _change(words, a, b, put, bool(strayed)), unit.place)
    if len(told) > TOLD:
        yield Found(f"{quoted(words)}还有 {len(told) - TOLD} 处不同", place=unit.place)


def _change(words: str, a: int, b: int, put: str, strayed: bool) -> str:
    """One difference in words: from *a* to *b* of *words* stands *put*, or nothing."""
    old = words[a:b]
    around = f"“{words[max(a - 6, 0) : a]}”之后" if a else f"“{words[b : b + 6]}”之前"
    if strayed:
        return f"{around}的{quoted(old)}排在别处，次序不对"
    if old and put:
        return f"{around}的{quoted(old)}印成了{quoted(put)}"
    return f"{around}少了{quoted(old)}" if old else f"{around}多了{quoted(put)}"


def _displaced(
    pages: _Comparison, units: Sequence[tuple[ExpectedWords, str]], places: list[list[int]]
) -> Iterator[Found]:
    """Units that stand whole, but not after those that they should follow."""
    flow = [
        (index, pages.rank[places[index][0]], places[index][0])
        for index, (unit, words) in enumerate(units)
        if unit.flowing
        and len(words) >= ANCHOR
        and places[index]
        and all(number in pages.rank for number in places[index])
    ]
    kept = _rising([rank for _, rank, _ in flow])
    in_file = _rising([number for _, _, number in flow])
    for position, (index, _, number) in enumerate(flow):
        unit, words = units[index]
        if position not in kept:
            yield _at(pages, number, f"{quoted(words)}排在别处，次序与源文件不同", unit.place)
        elif position not in in_file:
            message = f"{quoted(words)}在文件内部的次序不对，复制和朗读时会错位"
            yield _at(pages, number, message, unit.place)


def _rising(values: Sequence[int]) -> set[int]:
    """The positions of a longest rising run among *values*."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for position, value in enumerate(values):
        length = bisect_left(tails, value)
        tails[length:] = [value, *tails[length + 1 :]]
        ends[length:] = [position, *ends[length + 1 :]]
        before.append(ends[length - 1] if length else -1)
    found = set()
    position = ends[-1] if ends else -1
    while position >= 0:
        found.add(position)
        position = before[position]
    return found


def _added(pages: _Comparison, extra: frozenset[str]) -> Iterator[Found]:
    """What is left: runs of characters on one line that nothing accounts for."""
    rest = [*pages.sight, *(n for n in range(len(pages.seen)) if n not in pages.rank)]
    run: list[int] = []
    for number in [*rest, -1]:
        joined = (
            run
            and number >= 0
            and not pages.covered[number]
            and (pages.seen[number].line is pages.seen[run[-1]].line)
        )
        if run and not joined:
            words = "".join(pages.seen[one].char for one in run)
            if not _made(words, extra):
                yield _at(pages, run[0], f"多出{quoted(words)}，源文件里没有", None)
            run = []
        if number >= 0 and not pages.covered[number]:
            run.append(number)


def _made(words: str, extra: frozenset[str]) -> bool:
    """Whether *words* are but pieces that printing adds, one after another."""
    while words:
        piece = max((one for one in extra if words.startswith(one)), key=len, default="")
        if not piece:
            return False
        words = words[len(piece) :]
    return True


def _at(pages: _Comparison, number: int, message: str, place: Place | None) -> Found:
    """*message* about a character: its page and its line, with the place in the source."""
    seen = pages.seen[number]
    line = seen.line
    extent: Extent = (line.x0_mm, line.em_top_mm, line.x1_mm, line.em_bottom_mm)
    where = f"第{seen.page}页：" if place else ""
    return Found(where + message, seen.page, extent, place=place)
