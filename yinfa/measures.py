"""The measures of the page, as layouts/measures.toml and a house say them.

What follows from another measure is a property here, so that each is written once.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

MM_PER_PT = 25.4 / 72


@dataclass(frozen=True, slots=True)
class Measures:
    """Lengths in mm from the paper's top left corner, sizes in pt as printers name them."""

    paper_width_mm: float  # 5.1
    paper_height_mm: float
    type_area_head_mm: float  # 5.2.1
    type_area_binding_mm: float
    type_area_width_mm: float
    type_area_height_mm: float
    grid_cells: float  # 5.2.3; whole where the page is upright
    grid_lines: int
    grid_pitch_mm: float  # 3.2
    sizes_title_pt: float  # 7.3.1
    sizes_small_pt: float  # 7.4.2
    table_sizes_pt: tuple[float, ...]
    table_pitch_em: float
    table_side_em: float
    table_above_mm: float
    table_opened_mm: float
    table_outer_rule_mm: float
    table_inner_rule_mm: float
    table_note_pt: float
    table_note_gap_mm: float
    figure_natural_lines: int
    notes_cells: int
    notes_pitch_mm: float
    notes_rule_mm: float
    notes_rule_thickness_mm: float
    notes_clear_mm: float
    notes_gap_mm: float
    draft_middle_mm: float
    draft_slant_mm: float
    draft_slant_em_mm: float
    draft_slant_grey: float
    bundle_mark_middle_mm: float
    bundle_meeting_pt: float
    bundle_book_pt: float
    bundle_cover_share: float
    bundle_divider_share: float
    bundle_foot_lines: int
    folio_drop_mm: float  # 7.5
    folio_inset_em: float

    @property
    def cell_mm(self) -> float:
        """字, 3.1: one 28th of the measure, which is 3号."""
        return self.type_area_width_mm / self.grid_cells

    @property
    def half_gap_mm(self) -> float:
        """Half the space between two lines: what a line box has above and below its type."""
        return (self.grid_pitch_mm - self.cell_mm) / 2

    @property
    def head_mm(self) -> float:
        """From the paper's upper edge to the first line box, so that type starts at 天头."""
        return self.type_area_head_mm - self.half_gap_mm

    @property
    def gap_mm(self) -> float:
        """What stands between the type of two lines."""
        return self.grid_pitch_mm - self.cell_mm

    @property
    def foot_mm(self) -> float:
        """From the last line box to the paper's lower edge, less a hair so that it fits."""
        return self.paper_height_mm - self.head_mm - self.grid_lines * self.grid_pitch_mm - 0.005

    @property
    def fore_edge_mm(self) -> float:
        """切口: what is left of the paper's width."""
        return self.paper_width_mm - self.type_area_binding_mm - self.type_area_width_mm

    @property
    def right_mm(self) -> float:
        """The type area's right edge."""
        return self.type_area_binding_mm + self.type_area_width_mm

    @property
    def bottom_mm(self) -> float:
        """The type area's lower edge."""
        return self.type_area_head_mm + self.type_area_height_mm

    def type_top_mm(self, row: int) -> float:
        """The upper edge of the type on grid line *row*, from the paper's."""
        return self.head_mm + row * self.grid_pitch_mm + self.half_gap_mm

    def type_bottom_mm(self, row: int) -> float:
        """The lower edge of the type on grid line *row*, from the paper's upper edge."""
        return self.type_top_mm(row) + self.cell_mm

    @property
    def title_mm(self) -> float:
        """2号 as an em."""
        return self.sizes_title_pt * MM_PER_PT

    @property
    def notes_cell_mm(self) -> float:
        """The em of footnotes."""
        return self.type_area_width_mm / self.notes_cells

    @property
    def small_mm(self) -> float:
        """4号 as an em."""
        return self.sizes_small_pt * MM_PER_PT


def read_measures(path: Path) -> Measures:
    """The measures in the TOML file *path*; tables become the first part of the names."""
    tables: dict[str, dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))
    flat: dict[str, Any] = {
        f"{table}_{key}": tuple(value) if isinstance(value, list) else value
        for table, row in tables.items()
        for key, value in row.items()
    }
    return Measures(**{field.name: flat[field.name] for field in fields(Measures)})


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


def read_form(path: Path) -> FormMeasures:
    """The measures of a form in the TOML file *path*."""
    tables: dict[str, dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))
    return FormMeasures(**{name: _FORM_TABLES[name](**row) for name, row in tables.items()})
