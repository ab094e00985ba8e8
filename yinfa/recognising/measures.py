"""The figures that the rules hold a page against, in mm from its top-left.

They are written here from GB/T 9704-2012, apart from the layouts: a slip in either shows. Those
that an office's own rules may change are `Figures`; the others are the same for everybody.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from yinfa.composition import Role
from yinfa.model import FolioStyle

PT_MM = 25.4 / 72

PAPER_WIDTH_MM, PAPER_HEIGHT_MM = 210.0, 297.0  # 5.1
PAPER_SLACK_MM = 0.5

MARGIN_SLACK_MM = 1.0  # 5.2.1 states ±1 mm for both margins
MIRROR_MM = 2.0  # 28 against 26 mm when the margins change sides
WORD_PITCH_MM = (10.16, 10.24)  # fixed 28.8 to 29 pt, the usual setting of word processors
CENTRE_SLACK_MM = 1.0
INDENT_SLACK_MM = 0.4

LETTER_MARK_TOP_MM = 30.0  # 10.1: from the paper's edge
RED_RULE_DROP_MM = 4.0  # 7.2.7, 10.1
LETTER_RULE_MM = 170.0  # 10.1
LETTER_FOOT_MM = 277.0  # 10.1: 20 mm from the paper's lower edge

THICK_RULE_MM = 0.35  # 7.4.1
THIN_RULE_MM = 0.25

FOLIO_SLACK_MM = 0.7
SIZE_SLACK_PT = 0.05

Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Size:
    """A size of type: what people call it, and what counts as it in points."""

    name: str
    span_pt: Span


def exactly(size_pt: float) -> Size:
    """A size that an office gives in points."""
    return Size(f"{size_pt:.4g} 磅", (size_pt - SIZE_SLACK_PT, size_pt + SIZE_SLACK_PT))


@dataclass(frozen=True, slots=True)
class Figures:
    """What may differ from office to office; by itself what the standard says."""

    top_mm: float = 37.0  # 5.2.1 天头
    binding_mm: float = 28.0  # 5.2.1 订口
    type_width_mm: float = 156.0  # 5.2.1 版心
    type_height_mm: float = 225.0
    lines: int = 22  # 5.2.3
    cells: float = 28  # 5.2.3; a part of a cell may be left where an office gives a size
    house_pitch_mm: float = 0.0  # 0: as 3.2 says
    title_size: Size = Size("二号（22 磅）", (21.0, 22.05))
    text_size: Size = Size("三号（15.75～16 磅）", (15.7, 16.05))
    small_size: Size = Size("四号（14 磅）", (13.7, 14.05))
    small_pt: float = 14.0  # 4号, as the cell of the imprint and the folio
    folio: FolioStyle = FolioStyle.OUTSIDE  # 7.5
    dashes: bool = True  # beside the folio, 7.5
    faces: Mapping[str, frozenset[Role]] = field(default_factory=dict)  # what own fonts set
    latin: Role | None = None  # what sets digits and letters

    @property
    def left_mm(self) -> float:
        return self.binding_mm

    @property
    def right_mm(self) -> float:
        return self.binding_mm + self.type_width_mm

    @property
    def bottom_mm(self) -> float:
        return self.top_mm + self.type_height_mm

    @property
    def middle_mm(self) -> float:
        return (self.left_mm + self.right_mm) / 2

    @property
    def cell_mm(self) -> float:
        """字, 3.1: 3号, 5.5714 mm."""
        return self.type_width_mm / self.cells

    @property
    def gap_mm(self) -> float:
        """The white between two lines, 3.2."""
        return self.house_pitch_mm - self.cell_mm if self.house_pitch_mm else self.cell_mm * 7 / 8

    @property
    def pitch_mm(self) -> float:
        """行, 3.2: 10.446 mm."""
        return self.cell_mm + self.gap_mm

    @property
    def larger_mm(self) -> float:
        """Type of more than this is no text but a title or a mark."""
        return max(6.2, self.cell_mm + 0.4)

    @property
    def largest_mm(self) -> float:
        """Type of more than this is no title but a mark."""
        return max(8.2, self.title_size.span_pt[1] * PT_MM + 0.4)

    @property
    def long_mm(self) -> float:
        """Level lines of more than this part a letterhead or an imprint from the rest."""
        return 0.77 * self.type_width_mm

    @property
    def spare_mm(self) -> float:
        """What the lines of an office leave of its type area; nothing by the standard, 5.2.3."""
        type_mm = (self.lines - 1) * self.pitch_mm + self.cell_mm
        return max(0.0, self.type_height_mm - type_mm)

    @property
    def indent_mm(self) -> float:
        return 2 * self.cell_mm  # 7.3.3

    @property
    def small_cell_mm(self) -> float:
        return self.small_pt * PT_MM

    @property
    def one_blank_mm(self) -> Span:
        """空一行 from em edge to em edge, as GB/T 33476.2 counts it or as the grid does."""
        return round(self.pitch_mm - 1.05, 1), round(2 * self.pitch_mm - self.cell_mm + 1, 1)

    @property
    def two_blank_mm(self) -> Span:
        return round(2 * self.pitch_mm - 1.1, 1), round(3 * self.pitch_mm - self.cell_mm + 1, 1)

    @property
    def mark_top_mm(self) -> float:
        return self.top_mm + 35.0  # 7.2.4, 10.3

    @property
    def order_mark_top_mm(self) -> float:
        return self.top_mm + 20.0  # 10.2

    @property
    def sealed_date_right_mm(self) -> float:
        return self.right_mm - 4 * self.cell_mm  # 7.3.5.1

    @property
    def unsealed_right_mm(self) -> float:
        return self.right_mm - 2 * self.cell_mm  # 7.3.5.2

    @property
    def folio_mm(self) -> float:
        return self.bottom_mm + 7.0  # 7.5


STANDARD = Figures()


def pt(size_mm: float) -> float:
    """A size in points, as people know it."""
    return size_mm / PT_MM


def within(value: float, span: Span, slack: float = 0.0) -> bool:
    return span[0] - slack <= value <= span[1] + slack


def told(span: Span) -> str:
    """*span* in words."""
    return f"{span[0]:g}～{span[1]:g} mm"
