"""A Composition becomes HTML; the door of Jinja2.

Python decides, templates print: a template gets blocks with their lines ready set, and measures.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from yinfa import resources
from yinfa.composition import (
    Block,
    Cell,
    Composition,
    Page,
    Placed,
    PlacedPicture,
    PrintedRule,
    Role,
    TablePart,
    TableRow,
)
from yinfa.faces import Face, Fount, Survey
from yinfa.files import Contents, FileContent
from yinfa.measures import Measures
from yinfa.parts import Part
from yinfa.rendering.lines_html import LineStyles
from yinfa.rendering.pages import Html

if TYPE_CHECKING:
    from jinja2 import Environment

HAIR_MM = 0.001
CENTRED = (Part.TITLE, Part.BYLINE, Part.CHAPTER, Part.CAPTION, Part.FIGURE_CAPTION, Part.DIVIDER)
TEMPLATES = ("base.html.j2", "blocks.html.j2", "base.css.j2")


@dataclass(frozen=True, slots=True)
class PrintedPicture:
    """What a template needs of a picture."""

    classes: str
    url: str
    alternative: str


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """What a template needs of a table cell."""

    classes: str
    html: str
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """What a template needs of a row."""

    classes: str
    cells: tuple[PrintedCell, ...]


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """What a template needs of a table: the classes of its columns, and its rows."""

    columns: tuple[str, ...]
    header: tuple[PrintedRow, ...]
    rows: tuple[PrintedRow, ...]


@dataclass(frozen=True, slots=True)
class PrintedBlock:
    """What a template needs of a block."""

    part: Part
    level: int
    name: str
    classes: str
    html: str = ""
    head_html: str = ""  # of a run-in heading
    table: PrintedTable | None = None
    picture: PrintedPicture | None = None


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """A page for the templates; an empty one needs something to break the page before."""

    blocks: tuple[PrintedBlock, ...]
    rules: tuple[str, ...]  # classes
    pictures: tuple[PrintedPicture, ...]
    anchored: bool  # a block in the flow begins the page


@dataclass(frozen=True, slots=True)
class Whole:
    """What is true of the file as a whole."""

    title: str
    mirrored: bool = False  # versos are bound at the right
    bookmarks: bool = True  # headings become bookmarks


def render(
    composition: Composition,
    founts: Mapping[Role, Fount],
    survey: Survey,
    measures: Measures,
    whole: Whole,
    contents: Contents,
) -> Html:
    """*composition* as HTML, with the faces that *survey* found its characters to need.

    *contents* are the pictures by their paths.
    """
    urls = {path: picture_url(file) for path, file in contents.items()}
    styles = _Styles(measures, urls, LineStyles(survey.lent, survey.uneven))
    pages = [_print_page(page, styles) for page in composition.pages]
    environment = _environment(resources.layouts())
    used = set(survey.used)
    css = "\n".join(
        [
            *(_font_face(face) for face in survey.used),
            environment.get_template("base.css.j2").render(
                m=measures, versos=_versos(composition, whole), bookmarks=whole.bookmarks
            ),
            *(_role_rule(fount, used) for fount in founts.values()),
            *styles.rules(),
        ]
    )
    template = environment.get_template("base.html.j2")
    text = template.render(title=whole.title, css=css, pages=pages, base=Role.FANGSONG.name)
    files: dict[str, Path | bytes] = {_face_url(face): face.path for face in survey.used}
    files |= {urls[path]: file.content for path, file in contents.items()}
    return Html(text, files)


def _versos(composition: Composition, whole: Whole) -> str:
    """Which pages the renderer, which counts from 1, takes for versos; none where all are alike."""
    if not whole.mirrored:
        return ""
    return "left" if composition.pages[0].number % 2 else "right"


def layout_files() -> tuple[Path, ...]:
    """The files of the layouts that every document depends on."""
    return tuple(resources.layouts() / name for name in TEMPLATES)


@functools.cache
def _environment(folder: Path) -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(folder), undefined=StrictUndefined, autoescape=_escapes
    )


def _escapes(name: str | None) -> bool:
    return name is not None and ".html" in name


# --- faces -----------------------------------------------------------------------------------


def _face_url(face: Face) -> str:
    return f"yinfa:face/{face.sha256}"


def _font_face(face: Face) -> str:
    return f'@font-face {{ font-family: "{face.family}"; src: url({_face_url(face)}); }}'


def _role_rule(fount: Fount, used: set[Face]) -> str:
    """The class of a role: its faces in order, without those that no character needs."""
    families = [f'"{face.family}"' for face in fount.faces if face in used]
    return f".{fount.role.name} {{ font-family: {', '.join(families)}; }}" if families else ""


# --- blocks ----------------------------------------------------------------------------------


class _Styles:
    """Collects the classes that blocks turn out to need, so that each rule stands once."""

    def __init__(self, measures: Measures, urls: Mapping[Path, str], lines: LineStyles) -> None:
        self.urls = urls
        self.lines = lines
        self._measures = measures
        self._rules: dict[str, str] = {}
        self._rules_by_text: dict[str, str] = {}
        self.cell_mm = measures.cell_mm

    def from_corner(self, left_mm: float, top_mm: float) -> tuple[float, float]:
        """A place on the paper, measured from the first line box's corner."""
        measures = self._measures
        return left_mm - measures.type_area.binding_mm, top_mm - measures.head_mm

    def turned(self, across_mm: float, down_mm: float) -> str:
        """The class of what stands there on the page turned back, 8."""
        measures = self._measures
        top_mm = measures.type_area.bottom_mm - measures.head_mm - across_mm
        # Set at the head and moved from there: at the foot it would run over the page's end.
        turn = f"; width: {measures.type_area.height_mm}mm; transform-origin: 0 0"
        turn += f"; transform: translate({down_mm:.4f}mm, {top_mm:.4f}mm) rotate(-90deg)"
        return self.at(0.0, 0.0, turn)

    def length(self, prefix: str, what: str, length_mm: float) -> str:
        """The class, its name beginning with *prefix*, that gives *what* a length."""
        return self._class(f"{prefix}{length_mm * 1000:.0f}", f"{what}: {length_mm:.3f}mm")

    def above(self, rows: int) -> str:
        """The class that leaves *rows* grid lines empty above a block."""
        return self._class(f"a{rows}", f"padding-top: {rows * self._measures.grid.pitch_mm:.4f}mm")

    def indents(self, first_mm: float, others_mm: float) -> str:
        """The class of a block whose first line and other lines are indented so."""
        rule = f"text-indent: {first_mm - others_mm:.4f}mm; padding-left: {others_mm:.4f}mm"
        return self._class(f"i{first_mm * 1000:.0f}-{others_mm * 1000:.0f}", rule)

    def type(self, size_mm: float, pitch_mm: float) -> str:
        """The class of a block of another size, or with another distance of lines."""
        rule = f"font-size: {size_mm:.4f}mm"
        if pitch_mm:
            rule += f"; line-height: {pitch_mm:.4f}mm"
        return self._class(f"s{size_mm * 1000:.0f}-{pitch_mm * 1000:.0f}", rule)

    def at(self, left_mm: float, top_mm: float, more: str = "") -> str:
        """The class of what stands at a place of its own, from the first line box's corner."""
        rule = f"position: absolute; left: {left_mm:.4f}mm; top: {top_mm:.4f}mm{more}"
        return self._rules_by_text.get(rule) or self._class(f"p{len(self._rules_by_text)}", rule)

    def _class(self, name: str, rule: str) -> str:
        self._rules[name] = rule
        self._rules_by_text[rule] = name
        return name

    def rules(self) -> Iterator[str]:
        """The rules of the classes handed out."""
        for name, rule in sorted(self._rules.items()):
            yield f".{name} {{ {rule}; }}"
        yield self.lines.css()


def _print_page(page: Page, styles: _Styles) -> PrintedPage:
    """A page's blocks, each in the flow told how many grid lines stay empty above it.

    The first block begins the page; where that stands off the flow, something empty does.
    """
    row, begun = 0, False
    off_grid = [placed.top_mm is not None for placed in page.placed]
    ordered = off_grid != sorted(off_grid)
    anchored = bool(page.placed) and page.placed[0].top_mm is None
    blocks = []
    for placed in page.placed:
        classes = [_role_of(placed.block).name]
        if placed.top_mm is None:
            if anchored and not begun:
                classes.append("page")
            if ordered:
                classes.append("ordered")
            if placed.row > row:
                classes.append(styles.above(placed.row - row))
            begun, row = True, placed.row + placed.block.rows
        blocks.append(_print_block(placed, classes, styles))
    rules = tuple(_print_rule(rule, styles) for rule in page.rules)
    pictures = tuple(_print_picture(picture, styles) for picture in page.pictures)
    return PrintedPage(tuple(blocks), rules, pictures, anchored)


def _role_of(block: Block) -> Role:
    """The role most of a block is set in."""
    lengths: Counter[Role] = Counter()
    for line in block.lines:
        for stretch in line.stretches:
            lengths[stretch.role] += stretch.end - stretch.start
    return lengths.most_common(1)[0][0] if lengths else Role.FANGSONG


def _print_block(placed: Placed, classes: list[str], styles: _Styles) -> PrintedBlock:
    block = placed.block
    if block.picture:
        picture = _print_picture(block.picture, styles)
        return PrintedBlock(block.part, 0, "", "", picture=picture)
    if block.table:
        classes += [_place_class(placed, styles), *_table_classes(block.table, styles)]
        table = _print_table(block.table, styles)
        return PrintedBlock(block.part, 0, "", " ".join(classes), table=table)
    first_mm = block.lines[0].indent_mm
    others_mm = block.lines[1].indent_mm if len(block.lines) > 1 else first_mm
    size_mm = block.lines[0].stretches[0].size_mm if block.lines[0].stretches else 0.0
    if size_mm and (abs(size_mm - styles.cell_mm) > HAIR_MM or block.pitch_mm):
        classes.append(styles.type(size_mm, block.pitch_mm))
    if placed.top_mm is not None and block.condensed < 1:
        squeezed = f"; transform: scaleX({block.condensed:.5f}); transform-origin: 0 0"
        classes.append(styles.at(first_mm, placed.top_mm, squeezed))
    else:
        if placed.top_mm is not None:
            classes.append(_place_class(placed, styles))
        if block.part not in CENTRED and (first_mm or others_mm):
            classes.append(styles.indents(first_mm, others_mm))
    role = _role_of(block)
    head, rest = styles.lines.split(block.lines, block.head, role)
    name = block.name if block.first else ""  # one bookmark a heading
    return PrintedBlock(block.part, block.level, name, " ".join(classes), rest, head)


def _place_class(placed: Placed, styles: _Styles) -> str:
    """The class of a block that stands off the grid."""
    top_mm = placed.top_mm or 0.0
    if placed.turned:
        return styles.turned(placed.left_mm, top_mm)
    return styles.at(placed.left_mm, top_mm)


def _table_classes(table: TablePart, styles: _Styles) -> Iterator[str]:
    yield styles.length("w", "width", sum(table.widths_mm))
    yield styles.type(table.size_mm, table.pitch_mm)


def _print_table(table: TablePart, styles: _Styles) -> PrintedTable:
    return PrintedTable(
        tuple(styles.length("w", "width", width) for width in table.widths_mm),
        tuple(_print_row(row, Role.HEITI, styles) for row in table.header),
        tuple(_print_row(row, Role.FANGSONG, styles) for row in table.rows),
    )


def _print_row(row: TableRow, role: Role, styles: _Styles) -> PrintedRow:
    classes = f"{role.name} {styles.length('h', 'height', row.height_mm)}"
    return PrintedRow(classes, tuple(_print_cell(cell, role, styles) for cell in row.cells))


def _print_cell(cell: Cell, role: Role, styles: _Styles) -> PrintedCell:
    """A cell's lines in their places; lines that begin further in stand after a margin."""
    spans = (cell.columns, cell.rows)
    if not cell.lines:
        return PrintedCell("", "", *spans)
    indent_mm = min(line.indent_mm for line in cell.lines)
    # Of a cell of several rows WeasyPrint holds the whole height against the last of them alone.
    way = "padding-top" if cell.rows == 1 else "height: 0; position: relative; top"
    classes = [styles.length("t" if cell.rows == 1 else "s", way, cell.top_mm)]
    classes.append(styles.length("l", "padding-left", indent_mm))
    lines = []
    for line in cell.lines:
        html = styles.lines.html((line,), role)
        if line.indent_mm - indent_mm > HAIR_MM:
            margin = styles.length("m", "margin-left", line.indent_mm - indent_mm)
            html = f'<span class="{margin}">{html}</span>'
        lines.append(html)
    return PrintedCell(" ".join(classes), "\n".join(lines), *spans)


def _print_rule(rule: PrintedRule, styles: _Styles) -> str:
    border = f"; width: {rule.width_mm:.4f}mm; border-top: {rule.thickness_mm}mm solid"
    if rule.round:
        size = f"{rule.width_mm:.4f}mm"
        border = f"; width: {size}; height: {size}; border-radius: 50%; background: currentColor"
    left_mm, top_mm = styles.from_corner(rule.left_mm, rule.top_mm)
    return f"{rule.ink} {styles.at(left_mm, top_mm, border)}"


def _print_picture(picture: PlacedPicture, styles: _Styles) -> PrintedPicture:
    size = f"; width: {picture.width_mm:.4f}mm; height: {picture.height_mm:.4f}mm"
    left_mm, top_mm = styles.from_corner(picture.left_mm, picture.top_mm)
    classes = styles.at(left_mm, top_mm, size)
    return PrintedPicture(classes, styles.urls[picture.path], picture.alternative)


def picture_url(file: FileContent) -> str:
    """A name for a picture that tells no path."""
    return f"yinfa:picture/{file.known.sha256}{file.path.suffix.lower()}"
