"""The page of a Word file: what its house measures, in the units that Word counts in."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor

from yinfa.house import house_measures
from yinfa.measures import MM_PER_PT, Measures, standard_measures
from yinfa.model import Document, FolioStyle

TWIPS_A_PT = 20


@dataclass(frozen=True, slots=True)
class WordPage:
    """Twips are twentieths of a point, sizes half points."""

    measures: Measures
    first_page: int
    folio: FolioStyle
    mirrored: bool  # margins change sides on even pages
    dashes: bool  # beside the folio

    @staticmethod
    def twips(length_mm: float) -> int:
        """*length_mm* as Word counts."""
        return round(length_mm / MM_PER_PT * TWIPS_A_PT)

    @property
    def text_size(self) -> int:
        """The size of the text: the nearest to its cell that Word has."""
        return round(self.measures.cell_mm / MM_PER_PT * 2)

    @property
    def title_size(self) -> int:
        return round(self.measures.sizes.title_pt * 2)

    @property
    def small_size(self) -> int:
        return round(self.measures.sizes.small_pt * 2)

    @property
    def caption_size(self) -> int:
        return round(self.measures.table.sizes_pt[0] * 2)

    @property
    def note_size(self) -> int:
        """Of the cells of tables too: what Word lays out may not be refused as too wide."""
        return round(self.measures.table.note_pt * 2)

    @property
    def mark_size(self) -> int:
        return round(self.measures.word.mark_pt * 2)

    @property
    def character_twips(self) -> int:
        """An em of the text."""
        return self.text_size * TWIPS_A_PT // 2

    @property
    def tighter_twips(self) -> int:
        """What each character of the text has less, or more, for a line to hold its cells."""
        cell_pt = self.measures.cell_mm / MM_PER_PT
        return floor((cell_pt - self.text_size / 2) * TWIPS_A_PT)

    @property
    def pitch_twips(self) -> int:
        """From line to line: Word has half a gap above the first and below the last, 5.2.3."""
        area, grid = self.measures.type_area, self.measures.grid
        pitch_mm = min(grid.pitch_mm, area.height_mm / grid.lines)
        return floor(pitch_mm / MM_PER_PT * TWIPS_A_PT)

    @property
    def width_twips(self) -> int:
        """The width of the type area."""
        return self.twips(self.measures.type_area.width_mm)


def word_page(document: Document) -> WordPage:
    """The page of *document*."""
    rules, output = document.house_rules, document.output
    measures = house_measures(standard_measures(), rules)
    return WordPage(measures, output.first_page, output.folio, output.mirrored, rules.dashes)
