"""Which numbered lines are headings, which begin with one, and which are items, 7.3.3.

A heading is one phrase of at most one line. A run-in heading is a short first sentence with more
text after it. Every other paragraph with a number is an item and has the text's face throughout.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from enum import Enum, auto

from yinfa.importing.draft import DraftLine
from yinfa.importing.marks import TypedMark, cells, first_sentence, level_mark_of, part_mark_of
from yinfa.measures import standard_measures

CELLS = standard_measures().grid.cells  # of a line
MOST_LINES = 2  # of a heading that is longer, yet no sentence
LONGEST_SENTENCE = 40  # of a run-in heading among such headings
_STOPS = re.compile("[。；：！？;:!?]")
_ENDS = "；：，、;:,"
_SAID_OF = re.compile("(?:本|此)(?:通知|公告|办法|意见|规定|决定|方案|细则|条例)所称|是指")


FEWEST_ARTICLES = 3
# What is counted so, too: 第一条建议.
_THINGS = re.compile("建议|意见|措施|标准|原则|理由|经验|要求|线索|路线|战线")
_AIRY = 1 / 3  # so many headings with a blank line above: blank lines say nothing


class NumberedShape(Enum):
    """What a numbered line is."""

    HEADING = auto()
    RUN_IN = auto()
    ITEM = auto()


def shapes_of(lines: Sequence[DraftLine]) -> tuple[dict[int, NumberedShape], set[int]]:
    """What each numbered line of a body is, by its place, and the places that are not sure.

    The lines that stand under one heading are judged together: they look alike.
    """
    found: dict[int, NumberedShape] = {}
    groups: dict[tuple[int, int], list[int]] = {}
    above: dict[int, int] = {}  # the last mark of each level
    for index, line in enumerate(lines):
        mark = level_mark_of(line.text) if line.is_text else None
        if mark is None:
            if line.is_text and part_mark_of(line.text):
                above = {0: index}
            continue
        following = lines[index + 1] if index + 1 < len(lines) else None
        found[index] = _alone(line, mark, following)
        parent = max((place for level, place in above.items() if level < mark.level), default=-1)
        groups.setdefault((mark.level, parent), []).append(index)
        above = {level: place for level, place in above.items() if level < mark.level}
        above[mark.level] = index
    unsure: set[int] = set()
    for places in groups.values():
        unsure |= _agree(places, lines, found)
    return found, unsure


def _alone(line: DraftLine, mark: TypedMark, following: DraftLine | None) -> NumberedShape:
    """What *line* is by its own look."""
    rest = line.text[len(mark.typed) :]
    room = CELLS - cells(mark.typed.strip())
    marked = line.head - len(mark.typed)  # so much of it stands in a heading's face
    if line.level or 0 < marked < len(rest):
        return _in_face(rest, marked)
    bare = rest.removesuffix("。")
    if not _STOPS.search(bare) and not bare.endswith(tuple(_ENDS)):
        if not rest.endswith("。"):
            return NumberedShape.HEADING if cells(rest) <= room * MOST_LINES else NumberedShape.ITEM
        # A sentence alone on its line heads what stands under it.
        heads = following is not None and _is_under(following, mark)
        return NumberedShape.HEADING if heads and cells(rest) <= room + 1 else NumberedShape.ITEM
    end = first_sentence(rest)
    if not end or not rest[end:].strip() or _STOPS.search(rest[: end - 1]):
        return NumberedShape.ITEM
    return NumberedShape.RUN_IN if cells(rest[:end]) <= CELLS else NumberedShape.ITEM


def _in_face(rest: str, marked: int) -> NumberedShape:
    """What a line is whose style or face says that it is a heading, or begins with one."""
    end = first_sentence(rest)
    if 0 < marked < len(rest) and rest[:marked].rstrip()[-1:] in tuple("。：；！？"):
        return NumberedShape.RUN_IN
    if end and rest[end:].strip():
        return NumberedShape.RUN_IN if cells(rest[:end]) <= LONGEST_SENTENCE else NumberedShape.ITEM
    return NumberedShape.HEADING if not rest.endswith(tuple(_ENDS)) else NumberedShape.ITEM


def _is_under(following: DraftLine, mark: TypedMark) -> bool:
    """Whether *following* belongs to what *mark* numbers."""
    deeper = level_mark_of(following.text) if following.is_text else None
    if deeper is not None:
        return deeper.level > mark.level
    return not (following.is_text and (part_mark_of(following.text) or following.blank))


def _agree(
    places: list[int], lines: Sequence[DraftLine], found: dict[int, NumberedShape]
) -> set[int]:
    """Judge lines side by side together; the places that were judged by the others."""
    counts = Counter(found[place] for place in places)
    runs, items = counts[NumberedShape.RUN_IN], counts[NumberedShape.ITEM]
    if not runs or not items:
        return _long_headings(places, lines, found)
    plain = [place for place in places if not (lines[place].level or lines[place].head)]
    if items >= runs and not counts[NumberedShape.HEADING]:
        changed = {place for place in plain if found[place] is NumberedShape.RUN_IN}
        found.update(dict.fromkeys(changed, NumberedShape.ITEM))
        return changed if items == runs else set()
    changed = set()
    for place in plain:
        mark = level_mark_of(lines[place].text)
        rest = lines[place].text[len(mark.typed) :] if mark else ""
        end = first_sentence(rest)
        alike = 0 < cells(rest[:end]) <= LONGEST_SENTENCE and bool(rest[end:].strip())
        says = _STOPS.search(rest[: end - 1]) or _SAID_OF.search(rest[:end])
        if found[place] is NumberedShape.ITEM and runs > items and alike and not says:
            found[place] = NumberedShape.RUN_IN
            changed.add(place)
    return changed


def _long_headings(
    places: list[int], lines: Sequence[DraftLine], found: dict[int, NumberedShape]
) -> set[int]:
    """Headings of more than one line among the *places*: no rule says that they are any."""
    long = set()
    for place in places:
        mark = level_mark_of(lines[place].text)
        if found[place] is NumberedShape.HEADING and mark and cells(lines[place].text) > CELLS:
            long.add(place)
    return long


# --- a body as a whole ----------------------------------------------------------------------------


def is_airy(lines: Sequence[DraftLine]) -> bool:
    """Whether blank lines are so common that they say nothing."""
    headings = [line for line in lines[1:] if level_mark_of(line.text) or part_mark_of(line.text)]
    blank = sum(line.blank > 0 for line in headings)
    return bool(headings) and blank >= len(headings) * _AIRY and blank > 1


def has_plain_articles(lines: Sequence[DraftLine]) -> bool:
    """Whether articles stand without a space after 第×条: they begin at one and go on.

    第一条建议, the first of some proposals, is no article.
    """
    marks = [(line, part_mark_of(line.text)) for line in lines if line.is_text]
    articles = [(line, mark) for line, mark in marks if mark and mark.part == "条"]
    if len(articles) < FEWEST_ARTICLES:
        return False
    numbers = [mark.number for _, mark in articles]
    rests = [line.text[len(mark.typed) :] for line, mark in articles]
    return numbers == list(range(1, len(numbers) + 1)) and not any(map(_THINGS.match, rests))


def closing_at(lines: Sequence[DraftLine]) -> int:
    """Where the paragraphs after the last heading begin; past the end where there are none."""
    at = len(lines)
    while at and not lines[at - 1].level and not _is_headed(lines[at - 1]):
        at -= 1
    return at if at else len(lines)


def _is_headed(line: DraftLine) -> bool:
    return bool(level_mark_of(line.text) or part_mark_of(line.text))
