"""The nouns of recognition: a paper as a person sees it, every line known for what it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from itertools import pairwise

from yinfa.model import Document
from yinfa.reading import Sheet, Stroke, TextLine
from yinfa.recognising import measures as m
from yinfa.recognising.faces import reddish
from yinfa.recognising.format import Format
from yinfa.recognising.heading import Standing, level_of, standing_of

Extent = tuple[float, float, float, float]  # x0, y0, x1, y1 in mm

ARTICLE = re.compile(r"第[一二三四五六七八九十百零〇]+条")


def extent_of(shown: TextLine | Stroke) -> Extent:
    """The box of a line of text, or of a drawn one."""
    if isinstance(shown, Stroke):
        return shown.x0_mm, shown.top_mm, shown.x1_mm, shown.bottom_mm
    return shown.x0_mm, shown.em_top_mm, shown.x1_mm, shown.em_bottom_mm


class SpotKind(StrEnum):
    """What a line of a paper is."""

    COPY_NUMBER = "份号"
    CLASSIFICATION = "密级"
    URGENCY = "紧急程度"
    MARK = "发文机关标志"
    NUMBER = "发文字号"
    SIGNATORY = "签发人"
    LABEL = "附件"
    TITLE = "标题"
    BYLINE = "题下署名"
    ADDRESSEE = "主送机关"
    TEXT = "正文"
    ATTACHMENT_LIST = "附件说明"
    SIGNER = "发文机关署名"
    DATE = "成文日期"
    NOTE = "附注"
    ATTENDANCE = "出席"
    IMPRINT = "版记"
    TABLE = "表格"
    CAPTION = "图表说明"
    FOOTNOTE = "脚注"


@dataclass(frozen=True)
class Spot:
    """A line, or a part of one, with its page and what it is."""

    kind: SpotKind
    page: int
    line: TextLine
    section: int = 0  # 0 the paper itself, from 1 its attachments
    opens: bool = False  # the first line of a paragraph

    @property
    def text(self) -> str:
        return self.line.bare

    @property
    def extent(self) -> Extent:
        return extent_of(self.line)


@dataclass(frozen=True, slots=True)
class PrintedParagraph:
    """The lines of one paragraph, over a page end too."""

    spots: tuple[Spot, ...]

    @property
    def text(self) -> str:
        return "".join(spot.text for spot in self.spots)

    @property
    def first(self) -> Spot:
        return self.spots[0]


@dataclass(frozen=True)
class Specimen:
    """A PDF as recognised: its sheets, and its lines in reading order with what they are."""

    sheets: tuple[Sheet, ...]
    form: Format
    spots: tuple[Spot, ...]
    document: Document | None = None
    due: m.Figures = m.STANDARD  # what it is held against
    red_rules: tuple[Stroke, ...] = ()  # of side 1
    imprint_page: int = 0
    imprint_rules: tuple[Stroke, ...] = ()
    seals: tuple[tuple[int, Extent], ...] = ()
    blank_pages: tuple[int, ...] = field(default=())
    first_folio: int = 1
    wordless: tuple[tuple[int, str], ...] = ()  # pages that show something, but no text; why

    @cached_property
    def _by_kind(self) -> dict[SpotKind, tuple[Spot, ...]]:
        found: dict[SpotKind, list[Spot]] = {}
        for spot in self.spots:
            found.setdefault(spot.kind, []).append(spot)
        return {kind: tuple(spots) for kind, spots in found.items()}

    def of(self, kind: SpotKind, section: int | None = None) -> tuple[Spot, ...]:
        """All lines of *kind*, of one section or of all."""
        spots = self._by_kind.get(kind, ())
        return spots if section is None else tuple(s for s in spots if s.section == section)

    @cached_property
    def on_page(self) -> dict[int, tuple[Spot, ...]]:
        found: dict[int, list[Spot]] = {sheet.number: [] for sheet in self.sheets}
        for spot in self.spots:
            found[spot.page].append(spot)
        return {
            page: tuple(sorted(spots, key=lambda s: (s.line.baseline_mm, s.line.x0_mm)))
            for page, spots in found.items()
        }

    @cached_property
    def paragraphs(self) -> tuple[PrintedParagraph, ...]:
        """The paragraphs of the running text."""
        found: list[list[Spot]] = []
        for spot in self.of(SpotKind.TEXT):
            if spot.opens or not found:
                found.append([])
            found[-1].append(spot)
        return tuple(PrintedParagraph(tuple(spots)) for spots in found)

    @cached_property
    def _regulations(self) -> frozenset[int]:
        """The sections set in articles, whose （一） and 1. are items and no headings."""
        return frozenset(p.first.section for p in self.paragraphs if ARTICLE.match(p.text))

    def level(self, paragraph: PrintedParagraph) -> int:
        """The level of heading that *paragraph* begins with, 0 where it begins with none."""
        return 0 if paragraph.first.section in self._regulations else level_of(paragraph.text)

    def standing(self, paragraph: PrintedParagraph) -> Standing | None:
        """What *paragraph* is by the level mark that it begins with; None where it has none."""
        if not level_of(paragraph.text):
            return None
        if paragraph.first.section in self._regulations:
            return Standing.OPEN  # articles have items, and headings may stand among them
        return standing_of(paragraph.text, len(paragraph.spots))

    @cached_property
    def wrapped(self) -> tuple[Spot, ...]:
        """The full lines: those after which their paragraph goes on."""
        return tuple(spot for paragraph in self.paragraphs for spot in paragraph.spots[:-1])

    def shows_text(self, page: int) -> bool:
        """Whether *page* shows running text, a table or a figure; seals and stamps are red."""
        shown = (SpotKind.TEXT, SpotKind.TABLE, SpotKind.CAPTION)
        if any(spot.kind in shown for spot in self.on_page[page]):
            return True
        pictures = self.sheet(page).pictures
        return any(p.colour is not None and not reddish(p.colour) for p in pictures)

    def drawn_between(self, page: int, top_mm: float, bottom_mm: float) -> bool:
        """Whether a picture or a drawing, no mere rule, stands between two heights of *page*."""
        sheet = self.sheet(page)
        drawn = [(p.y0_mm, p.y1_mm) for p in sheet.pictures if not p.artifact]
        drawn += [(b.y0_mm, b.y1_mm) for b in sheet.boxes if not b.artifact]
        drawn += [(s.y0_mm, s.y1_mm) for s in sheet.strokes if not s.horizontal]
        return any(top_mm - 0.5 < y0 and y1 < bottom_mm + 0.5 for y0, y1 in drawn)

    def sheet(self, page: int) -> Sheet:
        return self.sheets[page - 1]

    def neighbours(self, page: int) -> Iterator[tuple[Spot, Spot]]:
        """Each line of *page* with the next below it."""
        spots = self.on_page[page]
        return pairwise(spots)
