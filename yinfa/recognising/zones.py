"""Parts of a side that are not running text: tables, footnotes, the imprint, seals."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from yinfa.composition import Role
from yinfa.reading import Sheet, Stroke, TextLine
from yinfa.recognising import measures as m
from yinfa.recognising.faces import is_black, is_red, main_look, reddish, role_of
from yinfa.recognising.paper import Extent, SpotKind

COPIED = re.compile(r"(抄送|主送|抄报)[:：]")
PRINTED = re.compile(r"\d{1,2}月\d{1,2}日印发$|印发$")
CAPTION = re.compile(r"[表图]\s*\d+|单位[:：]|注[:：]|资料来源|数据来源")

IMPRINT_SMALL_MM = 5.3  # smaller than 3号
TABLE_RULE_MM = 15.0
TABLE_ROW_MM = 70.0
FIGURE_GAP_MM = 3.0  # within a drawing
NOTE_RULE_MM = (15.0, 90.0)
SEAL_MM = (15.0, 110.0)  # seals are 42 to 50 mm across; what is not is told


@dataclass(frozen=True, slots=True)
class ImprintZone:
    """Where the imprint stands; page 0 where there is none."""

    page: int = 0
    top_mm: float = 0.0
    rules: tuple[Stroke, ...] = ()


@dataclass(frozen=True, slots=True)
class SideZones:
    """The parts of one side that are not running text."""

    imprint_mm: float | None
    notes_mm: float | None
    tables: tuple[Extent, ...]
    captions: frozenset[int]  # the lines above and below tables that belong to them
    due: m.Figures

    def kind(self, line: TextLine) -> SpotKind | None:
        """What *line* is by where it stands; None where it is of the running text."""
        y = (line.em_top_mm + line.em_bottom_mm) / 2
        if self.imprint_mm is not None and y > self.imprint_mm:
            return SpotKind.IMPRINT
        if any(y0 < y < y1 for _, y0, _, y1 in self.tables):
            return SpotKind.TABLE
        if id(line) in self.captions:
            return SpotKind.CAPTION
        if self.notes_mm is not None and y > self.notes_mm and line.size_mm < IMPRINT_SMALL_MM:
            return SpotKind.FOOTNOTE
        small = line.size_mm < IMPRINT_SMALL_MM
        if CAPTION.match(line.bare) and (small or _centred(line, self.due)):
            return SpotKind.CAPTION
        return None


def _centred(line: TextLine, due: m.Figures) -> bool:
    """Whether the line stands in the middle, clear of where paragraphs begin; no sentence."""
    clear = line.x0_mm > due.left_mm + 3 * due.cell_mm
    return clear and abs(line.middle_mm - due.middle_mm) < 1 and not line.bare.endswith("。")


def imprint_zone(sheets: Sequence[Sheet], due: m.Figures) -> ImprintZone:
    """The imprint, looked for from the last page back: by its words, then by its two rules."""
    for sheet in reversed(sheets):
        rules = sorted(
            (
                s
                for s in sheet.strokes
                if s.horizontal and s.length_mm > due.long_mm and not is_red(s.colour)
            ),
            key=lambda s: s.y0_mm,
        )
        named = [
            line
            for line in sheet.body_lines
            if (COPIED.match(line.bare) or PRINTED.search(line.bare))
            and (line.size_mm < IMPRINT_SMALL_MM or line.baseline_mm > 200)
            and not _is_text(line)
        ]
        printed = [line for line in named if line.bare.endswith("印发")]
        copied = [line for line in named if COPIED.match(line.bare)]
        if not printed and not copied:
            continue
        top_mm = min(line.em_top_mm for line in named)
        above = [s for s in rules if top_mm - 15 < s.y0_mm < top_mm + 1]
        own = [s for s in rules if s.y0_mm >= (above[0].y0_mm if above else top_mm) - 0.01]
        return ImprintZone(sheet.number, above[0].y0_mm if above else top_mm - 1, tuple(own))
    return ImprintZone()


def _is_text(line: TextLine) -> bool:
    """Whether the line is a sentence of the text that merely ends like an imprint."""
    return "，" in line.bare and not COPIED.match(line.bare)


def side_zones(sheet: Sheet, imprint: ImprintZone, due: m.Figures) -> SideZones:
    """The zones of *sheet*."""
    own = imprint.page == sheet.number
    imprint_mm = imprint.top_mm if own else None
    notes = notes_mm(sheet, due)
    ends = [edge for edge in (imprint_mm, notes) if edge is not None]
    tables = tuple(_tables(sheet, min(ends, default=None)))
    named = [line for table in tables for line in _captions(sheet, table, due)]
    feet = [*_figures(sheet, tables), *(y1 for _, _, _, y1 in tables)]
    named += (line for foot in feet for line in _under_figure(sheet, foot, due))
    captions = frozenset(map(id, named))
    return SideZones(imprint_mm, notes, tables, captions, due)


def _captions(sheet: Sheet, table: Extent, due: m.Figures) -> Iterator[TextLine]:
    """The lines right above *table* that name it, and those right below it, of smaller type.

    The first tells what they are: by its words, by its place in the middle, or by its size. Those
    that go on are set like it.
    """
    _, y0, _, y1 = table
    above = [line for line in sheet.body_lines if line.em_bottom_mm < y0 + 1]
    below = [line for line in sheet.body_lines if line.em_top_mm > y1 - 1]
    reach_mm = 1.6 * due.pitch_mm
    edge, first = y0, True
    for line in sorted(above, key=lambda line: -line.baseline_mm):
        far = line.em_top_mm < edge - reach_mm - (line.size_mm if first else 0)
        if far or line.size_mm > due.larger_mm:
            break
        named = CAPTION.match(line.bare) or _is_small(line)
        middle = abs(line.middle_mm - due.middle_mm) < 1 and not line.bare.endswith("。")
        if not (named or _centred(line, due) or (middle and _set_apart(line))):
            break
        yield line
        edge, first = line.em_top_mm, False
    edge = y1
    for line in sorted(below, key=lambda line: line.baseline_mm):
        if line.em_bottom_mm > edge + reach_mm or not (_is_small(line) or CAPTION.match(line.bare)):
            break
        yield line
        edge = line.em_bottom_mm


def _figures(sheet: Sheet, tables: Sequence[Extent]) -> Iterator[float]:
    """The lower edges of the pictures and drawings of *sheet*."""
    drawn = [(p.y0_mm, p.y1_mm) for p in sheet.pictures if not p.artifact]
    drawn += [(b.y0_mm, b.y1_mm) for b in sheet.boxes if not b.artifact]
    drawn += [(s.y0_mm, s.y1_mm) for s in sheet.strokes if not (s.artifact or s.horizontal)]
    foot_mm = -1.0
    for top_mm, bottom_mm in sorted(drawn):
        if any(y0 - 1 < top_mm and bottom_mm < y1 + 1 for _, y0, _, y1 in tables):
            continue
        if foot_mm >= 0 and top_mm > foot_mm + FIGURE_GAP_MM:
            yield foot_mm
        foot_mm = max(foot_mm, bottom_mm)
    if foot_mm >= 0:
        yield foot_mm


def _under_figure(sheet: Sheet, foot_mm: float, due: m.Figures) -> Iterator[TextLine]:
    """The lines right under a figure that name it: in the middle, and set apart or numbered."""
    edge_mm = foot_mm
    for line in sorted(sheet.body_lines, key=lambda line: line.baseline_mm):
        if line.em_top_mm < edge_mm - 1:
            continue
        middle = abs(line.middle_mm - due.middle_mm) < 1
        named = CAPTION.match(line.bare) or _set_apart(line) or edge_mm > foot_mm
        if line.em_top_mm > edge_mm + 1.6 * due.pitch_mm or not (middle and named):
            return
        yield line
        edge_mm = line.em_bottom_mm


def _is_small(line: TextLine) -> bool:
    return line.size_mm < IMPRINT_SMALL_MM


def _set_apart(line: TextLine) -> bool:
    """Whether *line* is in another face than the text, as the names of tables are."""
    look = main_look(line.chars)
    return look is not None and role_of(look) in {Role.HEITI, Role.KAITI, Role.SONGTI}


def notes_mm(sheet: Sheet, due: m.Figures) -> float | None:
    """Below where the footnotes stand: a short black rule at the left with small type under it."""
    for stroke in sheet.strokes:
        if not stroke.horizontal or not m.within(stroke.length_mm, NOTE_RULE_MM):
            continue
        if abs(stroke.x0_mm - due.left_mm) > 3 or stroke.y0_mm < 100 or is_red(stroke.colour):
            continue
        below = [line for line in sheet.body_lines if line.em_top_mm > stroke.y0_mm - 1]
        if below and all(line.size_mm < IMPRINT_SMALL_MM for line in below):
            return stroke.y0_mm
    return None


def _tables(sheet: Sheet, end_mm: float | None) -> Iterator[Extent]:
    """The boxes of ruled tables: what upright rules hold together, or three level lines or more."""
    foot_mm = sheet.height_mm if end_mm is None else end_mm - 0.5
    black = [
        s for s in sheet.strokes if is_black(s.colour) and s.y0_mm < foot_mm and s.length_mm > 3
    ]
    level = sorted((s for s in black if s.horizontal), key=lambda s: s.y0_mm)
    middles = [(line.em_top_mm + line.em_bottom_mm) / 2 for line in sheet.body_lines]
    ruled = [
        box
        for box in _ruled([s for s in black if not s.horizontal], level)
        if any(box[1] < y < box[3] for y in middles)  # else a drawing
    ]
    yield from ruled
    free = [
        s
        for s in level
        if s.length_mm > TABLE_RULE_MM
        and not any(y0 - 1 < s.y0_mm < y1 + 1 for _, y0, _, y1 in ruled)
    ]
    for cluster in _near(free):
        if len({round(s.y0_mm) for s in cluster}) > 2:
            yield _around(cluster)


def _ruled(upright: Sequence[Stroke], level: Sequence[Stroke]) -> Iterator[Extent]:
    """Upright rules that follow each other down the page, with the level lines among them."""
    cluster: list[Stroke] = []
    foot_mm = 0.0
    for stroke in [*sorted(upright, key=lambda s: s.y0_mm), None]:
        if stroke is not None and (not cluster or stroke.y0_mm < foot_mm + 1):
            cluster.append(stroke)
            foot_mm = max(foot_mm, stroke.y1_mm)
            continue
        if cluster:
            head_mm = min(s.y0_mm for s in cluster)
            among = [s for s in level if head_mm - 1 < s.y0_mm < foot_mm + 1]
            if among and (len(among) > 1 or len({round(s.x0_mm) for s in cluster}) > 1):
                yield _around([*cluster, *among])
        if stroke is not None:
            cluster, foot_mm = [stroke], stroke.y1_mm


def _near(level: Sequence[Stroke]) -> Iterator[list[Stroke]]:
    """The level lines, from the top, that stand no further apart than the rows of a table."""
    cluster: list[Stroke] = []
    for stroke in level:
        if cluster and stroke.y0_mm - cluster[-1].y0_mm >= TABLE_ROW_MM:
            yield cluster
            cluster = []
        cluster.append(stroke)
    if cluster:
        yield cluster


def _around(strokes: Sequence[Stroke]) -> Extent:
    return (
        min(s.x0_mm for s in strokes),
        min(s.y0_mm for s in strokes),
        max(s.x1_mm for s in strokes),
        max(s.y1_mm for s in strokes),
    )


def seals_of(sheet: Sheet) -> Iterator[Extent]:
    """The boxes of the seals on *sheet*: red pictures, or red drawings about as high as wide."""
    boxes: list[Extent] = []
    for picture in sheet.pictures:
        if picture.colour is not None and reddish(picture.colour):
            boxes.append((picture.x0_mm, picture.y0_mm, picture.x1_mm, picture.y1_mm))
    for box in sheet.boxes:
        if is_red(box.colour):
            boxes.append((box.x0_mm, box.y0_mm, box.x1_mm, box.y1_mm))
    for extent in boxes:
        x0, y0, x1, y1 = extent
        round_ = abs((x1 - x0) - (y1 - y0)) < 0.15 * max(x1 - x0, y1 - y0)
        inner = any(_holds(other, extent) for other in boxes if other != extent)
        if round_ and m.within(x1 - x0, SEAL_MM) and not inner:
            yield extent


def _holds(outer: Extent, inner: Extent) -> bool:
    return (
        outer[0] <= inner[0]
        and outer[1] <= inner[1]
        and outer[2] >= inner[2]
        and outer[3] >= inner[3]
    )
