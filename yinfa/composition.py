"""The nouns of composition: runs of text go in, lines come out.

Nothing here knows HTML, YAML or PDF. Lengths are millimetres, spacing is in em of the character it
follows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from yinfa.inline import Emphasis
from yinfa.parts import Part
from yinfa.report import Place


class Role(StrEnum):
    """What a face is for; the standard names faces only by these five words."""

    FANGSONG = "仿宋"  # text, 5.2.2
    KAITI = "楷体"  # level-2 headings, signatory, 7.3.3
    HEITI = "黑体"  # level-1 headings, labels, 7.3.3, 7.3.7
    SONGTI = "宋体"  # folios, 7.5
    XIAOBIAOSONG = "小标宋"  # title, issuer mark, 7.3.1, 7.2.4


class FountMetrics(Protocol):
    """The faces that set one role, asked in order; what the composer knows of type."""

    def advance(self, char: str) -> float:
        """Width of *char* in em, from the first face that has it."""
        ...

    def ink(self, char: str) -> tuple[float, float]:
        """Left and right edge of what a mark prints, in em from the start of its advance."""
        ...

    def ink_height(self, text: str) -> tuple[float, float]:
        """Upper and lower edge of the ink of *text*, in em down from a line box of one em."""
        ...


Founts = Mapping[Role, FountMetrics]


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one role and size within a paragraph."""

    text: str
    role: Role
    size_mm: float  # the em
    raised_em: float = 0.0  # above the baseline
    drawn: frozenset[Emphasis] = frozenset()  # what is drawn under or through it
    call: str = ""  # the mark of the footnote that it calls


@dataclass(frozen=True, slots=True)
class Measure:
    """The room a paragraph is set in."""

    width_mm: float
    cell_mm: float  # the em of the paragraph's base size
    first_indent_mm: float = 0.0
    hanging_indent_mm: float = 0.0  # of every line but the first


@dataclass(frozen=True, slots=True)
class Style:
    """The choices a house has in setting lines."""

    grid: bool = False  # every mark keeps its whole cell but at a line's end
    latin_gap: bool = False  # a quarter em between Han and Latin or digits
    latin: Role | None = None  # what sets digits and Latin letters instead


@dataclass(frozen=True, slots=True)
class Stretch:
    """The part of a line, as [start, end) into its text, that one role sets at one size."""

    start: int
    end: int
    role: Role
    size_mm: float
    raised_em: float = 0.0
    drawn: frozenset[Emphasis] = frozenset()
    call: str = ""


class Relaxed(StrEnum):
    """A rule that had to give way because a run could not be set otherwise."""

    SPREAD = "字距过大"
    SHORT = "行未排满"
    ADDRESS = "网址处未排满"
    UNIT = "数字与单位分开"
    WORD = "数字、单词或网址拆开"
    MARK = "行首行尾禁则"
    PAIR = "标点拆开"
    OVERFULL = "超出行宽"


@dataclass(frozen=True, slots=True)
class Relaxation:
    """What gave way in a line, and the run of words that left no choice."""

    rule: Relaxed
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it is printed.

    ``gaps[i]`` is the space in em added after character *i*: negative where a mark gives up half
    its cell, positive where the line is spread. The last gap stands beyond the line's end.
    """

    text: str
    stretches: tuple[Stretch, ...]
    gaps: tuple[float, ...]
    indent_mm: float
    full: bool  # reaches the right edge: every line but a paragraph's last
    hyphenated: bool = False  # the last character is a hyphen that the source does not have
    relaxed: tuple[Relaxation, ...] = ()


@dataclass(frozen=True, slots=True)
class Setting:
    """A paragraph set in lines; ``cost`` compares settings of the same paragraph only."""

    lines: tuple[Line, ...]
    cost: float


# --- what a page is made of ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PlacedPicture:
    """A picture, such as a figure or a seal; lengths from the paper's corner."""

    path: Path
    left_mm: float
    top_mm: float
    width_mm: float
    height_mm: float
    alternative: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell: its lines, indented from its left edge, and how much it takes."""

    lines: tuple[Line, ...]
    top_mm: float  # from the row's upper edge to the first line box
    column: int
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class TableRow:
    """The cells that begin in a row, from left to right."""

    cells: tuple[Cell, ...]
    height_mm: float


@dataclass(frozen=True, slots=True)
class TablePart:
    """The rows of a table that one page shows, the head on each."""

    header: tuple[TableRow, ...]
    rows: tuple[TableRow, ...]
    widths_mm: tuple[float, ...]
    size_mm: float
    pitch_mm: float


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that belong together, or a table, or a picture: as much of it as one page shows."""

    part: Part
    content: tuple[Line, ...] | TablePart | PlacedPicture
    level: int = 0  # of a heading: 1 to 5
    head: int = 0  # of a run-in heading: how many characters the heading has
    name: str = ""  # of a heading: what bookmarks show
    first: bool = True  # the block begins here
    last: bool = True  # and ends here
    pitch_mm: float = 0.0  # from line to line; 0 is the grid's
    condensed: float = 1.0  # how much narrower than drawn the characters are printed
    taken: int = 0  # the grid lines it takes where these are not its lines
    place: Place | None = None  # where in the source it was written

    @property
    def lines(self) -> tuple[Line, ...]:
        return self.content if isinstance(self.content, tuple) else ()

    @property
    def table(self) -> TablePart | None:
        return self.content if isinstance(self.content, TablePart) else None

    @property
    def picture(self) -> PlacedPicture | None:
        return self.content if isinstance(self.content, PlacedPicture) else None

    @property
    def rows(self) -> int:
        """The grid lines it takes."""
        return self.taken or len(self.lines)

    def all_lines(self) -> Iterator[Line]:
        """Its lines, those in the cells of a table too."""
        yield from self.lines
        if self.table:
            for row in (*self.table.header, *self.table.rows):
                for cell in row.cells:
                    yield from cell.lines


@dataclass(frozen=True, slots=True)
class Placed:
    """A block on its page, its first line on grid line *row* (0 is the head of the type area).

    With *top_mm* it stands off the grid: that far below the type area's first line box, and
    *left_mm* from its left edge. *turned* counter-clockwise, both are measured on the page turned
    back, from the corner of its type area: the lower left one of the page as it is read, 8.
    """

    row: int
    block: Block
    top_mm: float | None = None
    left_mm: float = 0.0
    turned: bool = False


class Ink(StrEnum):
    """The two colours of an official document, 5.2.4 and 6.2."""

    BLACK = "black"
    RED = "red"


@dataclass(frozen=True, slots=True)
class PrintedRule:
    """A printed line; *top_mm* is its upper edge, both lengths from the paper's corner.

    A *round* one is a dot as wide as it is thick.
    """

    left_mm: float
    top_mm: float
    width_mm: float
    thickness_mm: float
    ink: Ink
    round: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """One side of a leaf; *number* counts on even where no folio shows it."""

    number: int
    placed: tuple[Placed, ...]
    folio: bool = True
    rules: tuple[PrintedRule, ...] = ()
    pictures: tuple[PlacedPicture, ...] = ()  # over the text
    notes: tuple[Block, ...] = ()  # footnotes that wait for their place at the foot
    label: str = ""  # what a viewer calls a page that no number is counted for
    begins: bool = False  # a document of a bundle begins here
    stands_for: str = ""  # which page of another PDF is laid on it, in words

    def all_pictures(self) -> Iterator[PlacedPicture]:
        """Its figures, and the pictures over the text."""
        for placed in self.placed:
            if placed.block.picture:
                yield placed.block.picture
        yield from self.pictures


@dataclass(frozen=True, slots=True)
class Composition:
    """A document with every character in its place."""

    pages: tuple[Page, ...]

    def blocks(self) -> Iterator[Block]:
        """Every block as it stands on a page."""
        for page in self.pages:
            yield from (placed.block for placed in page.placed)

    def texts(self) -> dict[Role, list[str]]:
        """What each role sets, line by line."""
        texts: dict[Role, list[str]] = {}
        for page in self.pages:
            for placed in page.placed:
                for line in placed.block.all_lines():
                    for stretch in line.stretches:
                        part = line.text[stretch.start : stretch.end]
                        texts.setdefault(stretch.role, []).append(part)
        return texts
