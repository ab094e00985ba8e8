"""PG in the ink: words that are covered, underlaid, printed over each other, or off the paper."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from yinfa.reading import Sheet, TextLine
from yinfa.recognising import measures as m
from yinfa.recognising.faces import is_red
from yinfa.recognising.format import Format
from yinfa.recognising.paper import Extent, Specimen, Spot, SpotKind, extent_of
from yinfa.report import Severity
from yinfa.rules.registry import EVERY_FORM, Family, Found, NotApplicable, rule
from yinfa.rules.wording import at, quoted

CLOSER = 0.4  # ems from one wide character to the next: words are printed over each other
ENOUGH = 3  # characters so covered
COVERED = 0.5  # of a line's height that a shape covers
WHITE = 250
THICK_MM = 2.0  # a line of more is an area
UNDER_MM = (-1.0, 2.6)  # below the baseline: where words are underlined
STRUCK_MM = (-4.0, -1.0)
OFFICIAL = EVERY_FORM - {Format.PLAIN}


@rule(
    "PG-15",
    clause="6.1",
    severity=Severity.ERROR,
    family=Family.PAGE,
    title="文字不重叠、不被遮盖",
    measured="同一行里互相压住的字；压在字上或字下的色块（印章、表格除外）",
    right="版面干净，字迹清楚",
    wrong="两行字印在一处，高亮没有去掉，图压住了文字",
    hint="去掉高亮和底色；图与文字分开放；两处文字错开",
)
def words_are_clear(paper: Specimen) -> Iterator[Found]:
    """Nothing is printed over the words of a page, or under them (6.1)."""
    for sheet in paper.sheets:
        for line in sheet.body_lines:
            if len(covered := _covered(line)) >= ENOUGH:
                message = f"{quoted(line.bare)}一行里有 {len(covered)} 个字压在别的字上"
                yield Found(message, sheet.number, extent_of(line))
        yield from _shaded(paper, sheet)


def _covered(line: TextLine) -> list[str]:
    """The Han-wide characters of *line* on which the next one lies."""
    return [
        one.char
        for one, other in pairwise(line.chars)
        if other.x_mm - one.x_mm < CLOSER * one.look.size_mm
        and one.advance_mm > 0.8 * one.look.size_mm
        and other.advance_mm > 0.8 * other.look.size_mm
        and one.char != other.char
    ]


def _shaded(paper: Specimen, sheet: Sheet) -> Iterator[Found]:
    tables = {id(s.line) for s in paper.on_page[sheet.number] if s.kind is SpotKind.TABLE}
    shapes = [
        (b.x0_mm, b.y0_mm, b.x1_mm, b.y1_mm)
        for b in sheet.boxes
        if b.filled and not b.artifact and not is_red(b.colour) and min(b.colour) < WHITE
    ]
    shapes += [
        (s.x0_mm, s.top_mm, s.x1_mm, s.bottom_mm)
        for s in sheet.strokes
        if s.thickness_mm > THICK_MM and not s.artifact and not is_red(s.colour)
    ]
    shapes += [
        (p.x0_mm, p.y0_mm, p.x1_mm, p.y1_mm)
        for p in sheet.pictures
        if not p.artifact and p.colour is not None and not is_red(p.colour)
    ]
    for shape in shapes:
        touched = [
            line
            for line in sheet.body_lines
            if id(line) not in tables and _lies_on(shape, line, sheet)
        ]
        if touched:
            told = "、".join(quoted(line.bare) for line in touched[:2])
            yield Found(f"色块或图与文字{told}重叠", sheet.number, shape)


def _lies_on(shape: Extent, line: TextLine, sheet: Sheet) -> bool:
    """Whether *shape* covers half the height of *line* over a character's width; no watermark."""
    x0, y0, x1, y1 = shape
    if (x1 - x0) > 0.9 * sheet.width_mm and (y1 - y0) > 0.9 * sheet.height_mm:
        return False
    high = min(y1, line.em_bottom_mm) - max(y0, line.em_top_mm)
    wide = min(x1, line.x1_mm) - max(x0, line.x0_mm)
    return high > COVERED * line.size_mm and wide > line.size_mm


@rule(
    "PG-16",
    clause="5.2.2",
    severity=Severity.WARNING,
    family=Family.PAGE,
    forms=OFFICIAL,
    title="不用下划线、删除线",
    measured="正文文字下面、中间的横线（表格、脚注线除外）",
    right="用黑体、楷体区分层次",
    wrong="词语下面划线",
    hint="去掉下划线、删除线",
)
def no_lines_at_words(paper: Specimen) -> Iterator[Found]:
    """No words are underlined or struck out (the standard asks for none)."""
    texts = [s for s in paper.spots if s.kind in {SpotKind.TEXT, SpotKind.ADDRESSEE}]
    if not texts:
        raise NotApplicable("没有正文")
    for spot in texts:
        for stroke in paper.sheet(spot.page).strokes:
            if not stroke.horizontal or is_red(stroke.colour):
                continue
            wide = min(stroke.x1_mm, spot.line.x1_mm) - max(stroke.x0_mm, spot.line.x0_mm)
            if wide < spot.line.size_mm or wide < 0.8 * stroke.length_mm:
                continue
            down_mm = stroke.y0_mm - spot.line.baseline_mm
            if m.within(down_mm, UNDER_MM) and _has_words_over(spot, stroke.x0_mm, stroke.x1_mm):
                yield at(spot, f"{quoted(spot.text)}一行有下划线")
            elif m.within(down_mm, STRUCK_MM):
                yield at(spot, f"{quoted(spot.text)}一行有删除线")


def _has_words_over(spot: Spot, x0_mm: float, x1_mm: float) -> bool:
    """Whether words stand on the line from *x0_mm* to *x1_mm*: not a blank to be filled in."""
    over = [c for c in spot.line.inked() if x0_mm - 1 < c.x_mm and c.right_mm < x1_mm + 1]
    return len(over) > 1
