"""A Composition becomes HTML; the door of Jinja2.

Python decides, templates print: a template gets blocks with their lines ready set, and measures.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from yinfa import shelf
from yinfa.composition import Block, Composition, Page, Part, Role
from yinfa.lines_html import LineStyles
from yinfa.measures import Measures
from yinfa.model import Document
from yinfa.paginate import Html

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = ("base.html.j2", "blocks.html.j2", "base.css.j2")


@dataclass(frozen=True, slots=True)
class PrintedBlock:
    """What a template needs of a block."""

    part: Part
    level: int
    name: str
    classes: str
    html: str
    head_html: str  # of a run-in heading


@dataclass(frozen=True, slots=True)
class Meta:
    """What the PDF says of itself."""

    title: str
    author: str
    keywords: tuple[str, ...]
    date: str


def render(
    document: Document,
    composition: Composition,
    founts: Mapping[Role, shelf.Fount],
    survey: shelf.Survey,
    measures: Measures,
) -> Html:
    """*composition* as HTML, with the faces that *survey* found its characters to need."""
    styles = _Styles(measures, (char for fallback in survey.fallbacks for char in fallback.chars))
    blocks = [printed for page in composition.pages for printed in _print_page(page, styles)]
    environment = _environment(shelf.layouts())
    used = set(survey.used)
    css = "\n".join(
        [
            *(_font_face(face) for face in survey.used),
            environment.get_template("base.css.j2").render(m=measures),
            *(_role_rule(fount, used) for fount in founts.values()),
            *styles.rules(),
        ]
    )
    template = environment.get_template("base.html.j2")
    text = template.render(meta=_meta(document), css=css, blocks=blocks, base=Role.FANGSONG.name)
    return Html(text, {_face_url(face): face.path for face in survey.used})


def layout_files() -> tuple[Path, ...]:
    """The files of the layouts that every document depends on."""
    return tuple(shelf.layouts() / name for name in TEMPLATES)


@functools.cache
def _environment(folder: Path) -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(loader=FileSystemLoader(folder), undefined=StrictUndefined, autoescape=_escapes)


def _escapes(name: str | None) -> bool:
    return name is not None and ".html" in name


def _meta(document: Document) -> Meta:
    date = document.signature.date
    return Meta(
        title=" ".join(filter(None, (document.label, str(document.title)))),
        author=document.issuer,
        keywords=document.keywords,
        date=date.isoformat() if date else "",
    )


# --- faces -----------------------------------------------------------------------------------


def _face_url(face: shelf.Face) -> str:
    return f"yinfa:face/{face.sha256}"


def _font_face(face: shelf.Face) -> str:
    return f'@font-face {{ font-family: "{face.family}"; src: url({_face_url(face)}); }}'


def _role_rule(fount: shelf.Fount, used: set[shelf.Face]) -> str:
    """The class of a role: its faces in order, without those that no character needs."""
    families = [f'"{face.family}"' for face in fount.faces if face in used]
    return f".{fount.role.name} {{ font-family: {', '.join(families)}; }}" if families else ""


# --- blocks ----------------------------------------------------------------------------------


class _Styles:
    """Collects the classes that blocks turn out to need, so that each rule stands once."""

    def __init__(self, measures: Measures, borrowed: Iterable[str]) -> None:
        self.lines = LineStyles(borrowed)
        self._measures = measures
        self._rules: dict[str, str] = {}

    def above(self, rows: int) -> str:
        """The class that leaves *rows* grid lines empty above a block."""
        height_mm = rows * self._measures.grid_pitch_mm
        self._rules[f"a{rows}"] = f"padding-top: {height_mm:.4f}mm"
        return f"a{rows}"

    def indents(self, first_mm: float, others_mm: float) -> str:
        """The class of a block whose first line and other lines are indented so."""
        name = f"i{first_mm * 1000:.0f}-{others_mm * 1000:.0f}"
        self._rules[name] = (
            f"text-indent: {first_mm - others_mm:.4f}mm; padding-left: {others_mm:.4f}mm"
        )
        return name

    def rules(self) -> Iterator[str]:
        """The rules of the classes handed out."""
        for name, rule in sorted(self._rules.items()):
            yield f".{name} {{ {rule}; }}"
        yield self.lines.css()


def _print_page(page: Page, styles: _Styles) -> Iterator[PrintedBlock]:
    """The blocks of a page, each told how many grid lines stay empty above it."""
    row = 0
    for index, placed in enumerate(page.placed):
        classes = [_role_of(placed.block).name]
        if index == 0:
            classes.append("page")
        if placed.row > row:
            classes.append(styles.above(placed.row - row))
        yield _print_block(placed.block, classes, styles)
        row = placed.row + len(placed.block.lines)


def _role_of(block: Block) -> Role:
    """The role most of a block is set in."""
    stretches = [stretch for line in block.lines for stretch in line.stretches]
    lengths: dict[Role, int] = {}
    for stretch in stretches:
        lengths[stretch.role] = lengths.get(stretch.role, 0) + stretch.end - stretch.start
    return max(lengths, key=lambda role: lengths[role], default=Role.FANGSONG)


def _print_block(block: Block, classes: list[str], styles: _Styles) -> PrintedBlock:
    first_mm = block.lines[0].indent_mm
    others_mm = block.lines[1].indent_mm if len(block.lines) > 1 else first_mm
    if block.part is not Part.TITLE and (first_mm or others_mm):
        classes.append(styles.indents(first_mm, others_mm))
    role = _role_of(block)
    head, rest = styles.lines.split(block.lines, block.head, role)
    return PrintedBlock(block.part, block.level, block.name, " ".join(classes), rest, head)
