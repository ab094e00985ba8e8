"""Lines on the grid of the type area: full ones, full sides, where they begin and end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import mean, median

from yinfa.reading import TextLine
from yinfa.recognising import measures as m
from yinfa.recognising.heading import CHAPTER
from yinfa.recognising.paper import PrintedParagraph, Specimen, Spot, SpotKind
from yinfa.rules.registry import Found
from yinfa.rules.wording import at, mm

CLOSING = frozenset("。，、；：！？”’）》〉】〕」』．")
OPENING = frozenset("“‘（《〈【〔「『")

MARK_INK_EM = 0.3  # a closing mark fills at least this much of its cell, from the left
HANGING_CELLS = 0.7  # of its cell an opening mark may leave blank, on its left
EVEN_MM = 0.15  # word processors round each distance of lines
ADDRESS_END = re.compile(r"[!-~]*$")
ADDRESS_START = re.compile(r"^[!-~]*")
LONG_TOKEN = re.compile(r"[!-~]{8,}")  # may leave the line before it short
LONGEST_NUMBER = 40  # digits that a line may be asked to hold together
FEW = 3  # fewer full lines than this tell nothing about the page
INSET_SLACK_MM = 0.7


def full_sides(paper: Specimen) -> list[tuple[int, Spot, Spot]]:
    """The pages that running text leaves for the next: page, its last line, the line after it."""
    flow = [
        s for s in paper.spots if s.kind is not SpotKind.IMPRINT and s.kind is not SpotKind.FOOTNOTE
    ]
    found = []
    for last, after in pairwise(flow):
        if after.page != last.page + 1 or last.section != after.section:
            continue
        if last.kind is not SpotKind.TEXT or after.kind is not SpotKind.TEXT:
            continue
        on_next = paper.on_page[after.page]
        texts = sum(s.kind is SpotKind.TEXT for s in on_next)
        signed = any(s.kind is SpotKind.DATE for s in on_next)
        if signed and texts <= FEW + 2:  # a paragraph of three lines is never split
            continue  # lines were carried over so that the signature is not alone, 7.3.5.5
        if paper.drawn_between(after.page, 0, after.line.em_top_mm + after.line.size_mm):
            continue  # what opens the next side is a picture
        if paper.sheet(last.page).pictures:
            continue
        found.append((last.page, last, after))
    return found


def right_end_mm(line: TextLine, edge_mm: float) -> float:
    """The right end of *line*; the blank that a last mark has on its right may pass the edge."""
    last = line.chars[-1]
    if last.char not in CLOSING:
        return last.right_mm
    ink_mm, whole_mm = last.x_mm + MARK_INK_EM * last.size_mm, last.x_mm + last.size_mm
    return min(max(edge_mm, ink_mm), whole_mm)


def begins_at(line: TextLine, wanted_mm: float, slack_mm: float) -> bool:
    """Whether *line* begins at *wanted_mm*, an opening mark perhaps without its blank half."""
    off = line.x0_mm - wanted_mm
    hangs = line.bare[0] in OPENING and -HANGING_CELLS * line.size_mm - slack_mm <= off <= 0
    return hangs or abs(off) <= slack_mm


def right_edge_mm(paper: Specimen) -> float:
    return paper.due.binding_mm + paper.due.type_width_mm


def side_pitch_mm(paper: Specimen, page: int) -> float | None:
    """The usual distance of neighbouring baselines of the text on *page*."""
    gaps = [gap for gap, _, _ in gaps_of(paper, page)]
    return usual(gaps) if len(gaps) >= FEW else None


def usual(gaps: Sequence[float]) -> float:
    """The mean of the distances near their median; the median where none is near."""
    middle = median(gaps)
    near = [gap for gap in gaps if abs(gap - middle) <= EVEN_MM]
    return mean(near) if near else middle


def gaps_of(paper: Specimen, page: int) -> Iterator[tuple[float, Spot, Spot]]:
    for above, below in paper.neighbours(page):
        if above.kind is SpotKind.TEXT and below.kind is SpotKind.TEXT:
            gap = below.line.baseline_mm - above.line.baseline_mm
            if gap < 1.5 * paper.due.pitch_mm:
                yield gap, above, below


def rows_on(paper: Specimen, page: int, last: Spot, pitch: float) -> tuple[int, int]:
    """The lines of *page* down to *last*, empty ones too: the fewest and the most they may be.

    By the height that they take, and from line to line; the two differ where a letterhead or a
    title does not stand on the grid of the text.
    """
    spots = [s for s in paper.on_page[page] if s.line.baseline_mm <= last.line.baseline_mm]
    heights = sorted({round(s.line.baseline_mm, 1) for s in spots})
    plain = all(s.kind is SpotKind.TEXT for s in spots)
    first_mm = paper.due.top_mm + 0.88 * paper.due.cell_mm
    first = heights[0] if plain else min(heights[0], first_mm)
    by_height = round((last.line.baseline_mm - first) / pitch) + 1
    gaps = [below - above for above, below in pairwise(heights)]
    stepped = 1 + sum(max(1, round(gap / pitch)) for gap in gaps if gap > pitch / 2)
    return min(by_height, stepped), max(by_height, stepped)


def has_notes(paper: Specimen, page: int) -> bool:
    return any(s.kind in {SpotKind.FOOTNOTE, SpotKind.TABLE} for s in paper.on_page[page])


def may_lack(paper: Specimen, after: Spot) -> int:
    """How many lines the side before *after* may lack, for headings and for lone lines."""
    index = next(i for i, p in enumerate(paper.paragraphs) if after in p.spots)
    if not after.opens:
        rest = [s for s in paper.paragraphs[index].spots if s.page == after.page]
        return int(len(rest) == 2)  # one more came along so that the last is not alone
    opening = paper.paragraphs[index]
    if len(opening.spots) < FEW and _before_whole(paper, opening.spots[-1]):
        return paper.due.lines  # a table or picture, however high, came along with its words
    lines = 1  # the first line of what follows the headings would be alone
    for paragraph in paper.paragraphs[index:]:
        if CHAPTER.match(paragraph.text):
            lines += 2  # a blank line goes with it
        elif paper.level(paragraph) and stands_alone(paragraph):
            lines += len(paragraph.spots)
        else:
            break
        if _before_whole(paper, paragraph.spots[-1]):
            return paper.due.lines  # a table or picture, however high, came along with its heading
    if lines == 1 and len(paper.paragraphs[index].spots) <= FEW:
        return FEW - 1  # a paragraph of three lines cannot be parted without a lone one
    return lines


def _before_whole(paper: Specimen, spot: Spot) -> bool:
    """Whether a table or a picture follows *spot* at once."""
    below = [s for s in paper.on_page[spot.page] if s.line.baseline_mm > spot.line.baseline_mm + 1]
    if below and below[0].kind in {SpotKind.TABLE, SpotKind.CAPTION}:
        return True
    foot_mm = below[0].line.em_top_mm if below else m.PAPER_HEIGHT_MM
    return paper.drawn_between(spot.page, spot.line.em_bottom_mm, foot_mm)


def stands_alone(paragraph: PrintedParagraph) -> bool:
    """Whether the paragraph is a heading and nothing else."""
    text = paragraph.text
    return "。" not in text and text[-1] not in "；：，" and len(paragraph.spots) < 3


def one_cell_in(paper: Specimen, gap_mm: float) -> bool:
    """Whether *gap_mm* is one character: a 4号 one by 3.1, a 3号 one as GB/T 33476.2 counts."""
    return m.within(gap_mm, (paper.due.small_cell_mm, paper.due.cell_mm), INSET_SLACK_MM)


def line_above(paper: Specimen, spot: Spot) -> Spot | None:
    """The line right above *spot* on its page."""
    higher = [s for s in paper.on_page[spot.page] if s.line.baseline_mm < spot.line.baseline_mm - 1]
    return higher[-1] if higher else None


def blank_line_above(
    paper: Specimen, spot: Spot, name: str, body: frozenset[SpotKind]
) -> Iterator[Found]:
    """A fault where *spot*, called *name*, is not one blank line below the *body* above it.

    A table or figure drawn between the two leaves nothing to measure.
    """
    above = line_above(paper, spot)
    if above is None or above.kind not in body:
        return
    foot, top = above.line.em_bottom_mm, spot.line.em_top_mm
    gap = top - foot
    if not m.within(gap, paper.due.one_blank_mm) and not paper.drawn_between(spot.page, foot, top):
        due = m.told(paper.due.one_blank_mm)
        yield at(spot, f"{name}距正文 {mm(gap)}，应空一行（{due}）")


def is_address(end: str, start: str) -> bool:
    """Whether an address, or a number too long for a line, goes over from one line to the next."""
    whole = ADDRESS_END.search(end), ADDRESS_START.match(start)
    run = "".join(match.group() for match in whole if match)
    return any(char.isalpha() for char in run) or len(run) > LONGEST_NUMBER


def full_lines(paper: Specimen) -> tuple[Spot, ...]:
    """The lines after which their paragraph goes on, save those left short before an address."""
    return tuple(
        spot
        for paragraph in paper.paragraphs
        for spot, below in pairwise(paragraph.spots)
        if not (is_address(spot.text, below.text) or LONG_TOKEN.match(below.text))
    )
