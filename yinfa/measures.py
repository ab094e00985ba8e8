"""The measures of the page, as layouts/measures.toml and a house say them.

What follows from another measure is a property here, so that each is written once.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, get_type_hints

from yinfa import resources

MM_PER_PT = 25.4 / 72
MEASURES = "measures.toml"


@dataclass(frozen=True, slots=True)
class PaperMeasures:
    """成品幅面, 5.1."""

    width_mm: float
    height_mm: float


@dataclass(frozen=True, slots=True)
class TypeAreaMeasures:
    """版心, 5.2.1: its size, and the white above it and at its binding side."""

    head_mm: float  # 天头
    binding_mm: float  # 订口
    width_mm: float
    height_mm: float

    @property
    def right_mm(self) -> float:
        """Its right edge, from the paper's left one."""
        return self.binding_mm + self.width_mm

    @property
    def bottom_mm(self) -> float:
        """Its lower edge, from the paper's upper one."""
        return self.head_mm + self.height_mm


@dataclass(frozen=True, slots=True)
class GridMeasures:
    """字 and 行: how many fill the type area, 5.2.3, and from line to line, 3.2."""

    cells: float  # whole where the page is upright
    lines: int
    pitch_mm: float


@dataclass(frozen=True, slots=True)
class SizeMeasures:
    """The two sizes beside that of the text, which is one cell."""

    title_pt: float  # 2号, 7.3.1
    small_pt: float  # 4号, 7.4.2

    @property
    def title_mm(self) -> float:
        """2号 as an em."""
        return self.title_pt * MM_PER_PT

    @property
    def small_mm(self) -> float:
        """4号 as an em."""
        return self.small_pt * MM_PER_PT


@dataclass(frozen=True, slots=True)
class TableMeasures:
    """Tables of the text; an em is the size the table is set in."""

    sizes_pt: tuple[float, ...]  # the first in which the columns fit
    pitch_em: float
    side_em: float
    above_mm: float
    opened_mm: float
    outer_rule_mm: float
    inner_rule_mm: float
    note_pt: float
    note_gap_mm: float

    @property
    def note_mm(self) -> float:
        """The em of the note under a table."""
        return self.note_pt * MM_PER_PT


@dataclass(frozen=True, slots=True)
class FigureMeasures:
    """Figures whose width is not given."""

    natural_lines: int


@dataclass(frozen=True, slots=True)
class NoteMeasures:
    """Footnotes and the rule above them."""

    cells: int
    pitch_mm: float
    rule_mm: float
    rule_thickness_mm: float
    clear_mm: float
    gap_mm: float


@dataclass(frozen=True, slots=True)
class ImprintMeasures:
    """版记, 7.4.1: its rules, and what is left above them."""

    outer_rule_mm: float
    inner_rule_mm: float
    clear_mm: float


@dataclass(frozen=True, slots=True)
class SealMeasures:
    """Seals, 7.3.5.1, as they cover name and date."""

    diameter_mm: float
    apart_mm: float
    clear_mm: float
    least_drop_mm: float
    most_drop_mm: float


@dataclass(frozen=True, slots=True)
class StampMeasures:
    """Signature stamps, 7.3.5.3, whose size is not given."""

    width_mm: float
    height_mm: float


@dataclass(frozen=True, slots=True)
class CopyMeasures:
    """The mark on the copies of a distribution, below the page or aslant on it."""

    size_pt: float
    baseline_mm: float
    slant_pt: float
    slant_share: float
    slant_grey: float
    least_pt: float


@dataclass(frozen=True, slots=True)
class WordMeasures:
    """What a word processor is told, where it does not reckon as we do."""

    mark_pt: float
    picture_mm: float
    header_mm: float


@dataclass(frozen=True, slots=True)
class DraftMeasures:
    """征求意见稿 and the like, in the corner or aslant."""

    middle_mm: float
    slant_mm: float
    slant_em_mm: float
    slant_grey: float


@dataclass(frozen=True, slots=True)
class FolioMeasures:
    """页码, 7.5: from the type area to the middle of the dash, and in from its side."""

    drop_mm: float
    inset_em: float


@dataclass(frozen=True, slots=True)
class BundleMeasures:
    """会议材料汇编: marks of its documents, cover and dividers."""

    mark_middle_mm: float
    meeting_pt: float
    book_pt: float
    cover_share: float
    divider_share: float
    foot_lines: int


@dataclass(frozen=True, slots=True)
class Measures:
    """Lengths in mm from the paper's top left corner, sizes in pt as printers name them."""

    paper: PaperMeasures
    type_area: TypeAreaMeasures
    grid: GridMeasures
    sizes: SizeMeasures
    table: TableMeasures
    figure: FigureMeasures
    notes: NoteMeasures
    imprint: ImprintMeasures
    seal: SealMeasures
    stamp: StampMeasures
    copy: CopyMeasures
    word: WordMeasures
    draft: DraftMeasures
    folio: FolioMeasures
    bundle: BundleMeasures

    @property
    def cell_mm(self) -> float:
        """字, 3.1: one 28th of the measure, which is 3号."""
        return self.type_area.width_mm / self.grid.cells

    @property
    def gap_mm(self) -> float:
        """What stands between the type of two lines."""
        return self.grid.pitch_mm - self.cell_mm

    @property
    def half_gap_mm(self) -> float:
        """What a line box has above and below its type."""
        return self.gap_mm / 2

    @property
    def head_mm(self) -> float:
        """From the paper's upper edge to the first line box, so that type starts at 天头."""
        return self.type_area.head_mm - self.half_gap_mm

    @property
    def foot_mm(self) -> float:
        """From the last line box, or the type area where that ends lower, to the paper's edge.

        It is less a hair, so that the line fits. What stands on the lower edge of the type area,
        as the imprint and footnotes do, would be cut off where a house's lines end above it.
        """
        lines_mm = self.head_mm + self.grid.lines * self.grid.pitch_mm
        lowest_mm = max(lines_mm, self.type_area.bottom_mm + self.half_gap_mm)
        return self.paper.height_mm - lowest_mm - 0.005

    @property
    def fore_edge_mm(self) -> float:
        """切口: what is left of the paper's width."""
        return self.paper.width_mm - self.type_area.binding_mm - self.type_area.width_mm

    @property
    def note_cell_mm(self) -> float:
        """The em of footnotes."""
        return self.type_area.width_mm / self.notes.cells

    def type_top_mm(self, row: int) -> float:
        """The upper edge of the type on grid line *row*, from the paper's."""
        return self.head_mm + row * self.grid.pitch_mm + self.half_gap_mm

    def type_bottom_mm(self, row: int) -> float:
        """The lower edge of the type on grid line *row*, from the paper's upper edge."""
        return self.type_top_mm(row) + self.cell_mm


def read_measures(path: Path) -> Measures:
    """The measures in the TOML file *path*, table by table."""
    tables: dict[str, dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))
    tables["table"]["sizes_pt"] = tuple(tables["table"]["sizes_pt"])
    kinds = get_type_hints(Measures)
    return Measures(**{name: kinds[name](**row) for name, row in tables.items()})


@cache
def standard_measures() -> Measures:
    """The measures that documents have without a house."""
    return read_measures(resources.layouts() / MEASURES)


def changed(measures: Measures, changes: Mapping[str, float]) -> Measures:
    """*measures* with *changes*, each named as in the file: ``type_area.width_mm``."""
    tables: dict[str, dict[str, Any]] = {}
    for name, value in changes.items():
        table, key = name.split(".")
        tables.setdefault(table, {})[key] = value
    rows: dict[str, Any] = {
        table: replace(getattr(measures, table), **row) for table, row in tables.items()
    }
    return replace(measures, **rows)


@dataclass(frozen=True, slots=True)
class MarkMeasures:
    """发文机关标志: lengths from the paper's upper edge, heights of the characters' ink."""

    top_mm: float
    height_mm: float
    joint_height_mm: float
    width_mm: float
    blank_lines: int


@dataclass(frozen=True, slots=True)
class RedRuleMeasures:
    """The red rule under the document number, 7.2.7."""

    gap_mm: float
    thickness_mm: float
    blank_lines: int


@dataclass(frozen=True, slots=True)
class DoubleRuleMeasures:
    """The red double rules of a letter, 10.1."""

    gap_mm: float
    length_mm: float
    thick_mm: float
    between_mm: float
    thin_mm: float
    lower_mm: float

    @property
    def height_mm(self) -> float:
        """Both rules and what is between them."""
        return self.thick_mm + self.between_mm + self.thin_mm


@dataclass(frozen=True, slots=True)
class TitleMeasures:
    """Where a title stands that has no letterhead above it."""

    blank_lines: int


@dataclass(frozen=True, slots=True)
class FormMeasures:
    """What a form measures beside the page; what it has not is None."""

    mark: MarkMeasures | None = None
    red_rule: RedRuleMeasures | None = None
    double_rule: DoubleRuleMeasures | None = None
    title: TitleMeasures | None = None


_FORM_TABLES = {
    "mark": MarkMeasures,
    "red_rule": RedRuleMeasures,
    "double_rule": DoubleRuleMeasures,
    "title": TitleMeasures,
}


def form_measures(tables: Mapping[str, Mapping[str, Any]]) -> FormMeasures:
    """The measures of a form from the *tables* of its record."""
    return FormMeasures(**{name: _FORM_TABLES[name](**row) for name, row in tables.items()})
