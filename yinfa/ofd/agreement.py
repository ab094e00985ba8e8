"""Whether an OFD shows what a PDF shows: page by page, glyph by glyph, line by line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from yinfa.reading import Box, Char, DrawnPicture, Reading, Sheet, Stroke
from yinfa.report import Finding, Place

NEAR_MM = 0.05  # how far a glyph may stand from its place
SAME_MM = 0.2  # and the edge of a line, an area or a picture
PAGE_MM = 0.1
QUOTED = 12
Extended = Stroke | Box | DrawnPicture


@dataclass(frozen=True, slots=True)
class Agreement:
    """What two files have in common, and where they differ."""

    pages: int
    characters: int
    farthest_mm: float  # that any glyph stands from its place
    findings: tuple[Finding, ...]


def agreement(pdf: Reading, ofd: Reading) -> Agreement:
    """How far *ofd* shows what *pdf* shows; findings tell of the former."""
    findings: list[Finding] = []
    characters, farthest_mm = 0, 0.0
    if len(pdf.sheets) != len(ofd.sheets):
        message = f"OFD 有 {len(ofd.sheets)} 页，PDF 有 {len(pdf.sheets)} 页"
        findings.append(Finding(Place(ofd.path), message, "请从这份 PDF 重新转换"))
    for wanted, found in zip(pdf.sheets, ofd.sheets, strict=False):
        here = Place(ofd.path, page=found.number)
        glyphs, others = _glyphs(wanted), _glyphs(found)
        differences = list(_page(wanted, found, glyphs, others))
        findings += (Finding(here, message, "请从这份 PDF 重新转换") for message in differences)
        characters += len(others)
        for glyph, other in zip(glyphs, others, strict=False):
            farthest_mm = max(farthest_mm, _apart_mm(glyph, other))
    return Agreement(len(ofd.sheets), characters, farthest_mm, tuple(findings))


def _glyphs(sheet: Sheet) -> list[Char]:
    lines = (*sheet.lines, *sheet.turned_lines)
    return [char for line in lines for char in line.chars if not char.char.isspace()]


def _apart_mm(one: Char, other: Char) -> float:
    return max(abs(one.x_mm - other.x_mm), abs(one.baseline_mm - other.baseline_mm))


def _page(
    wanted: Sheet, found: Sheet, glyphs: Sequence[Char], others: Sequence[Char]
) -> Iterator[str]:
    """The differences of a page: of each kind the first."""
    if max(
        abs(wanted.width_mm - found.width_mm), abs(wanted.height_mm - found.height_mm)
    ) > PAGE_MM:  # fmt: skip
        yield f"页面大小不同：{_size(found)}，PDF 是 {_size(wanted)}"
    for at, (one, other) in enumerate(zip_longest(glyphs, others)):
        if one is None or other is None or one.char != other.char:
            said = _quoted(others, at) or "到此为止"
            yield f"文字不同：{said}，PDF 是 {_quoted(glyphs, at) or '到此为止'}"
            return
    apart = [(one, _apart_mm(one, other)) for one, other in zip(glyphs, others, strict=True)]
    moved = [(one, by_mm) for one, by_mm in apart if by_mm > NEAR_MM]
    if moved:
        one, by_mm = max(moved, key=lambda pair: pair[1])
        yield f"有 {len(moved)} 个字的位置不同，“{one.char}”相差最大，{by_mm:.2f} mm"
    looks = [(a, b) for a, b in zip(glyphs, others, strict=True) if not _alike(a, b)]
    if looks:
        yield f"有 {len(looks)} 个字的大小、方向或颜色不同，第一个是“{looks[0][0].char}”"
    drawn: tuple[tuple[str, Sequence[Extended], Sequence[Extended]], ...] = (
        ("线", wanted.strokes, found.strokes),
        ("图形", wanted.boxes, found.boxes),
        ("图片", wanted.pictures, found.pictures),
    )
    for name, first, second in drawn:
        if len(first) != len(second):
            yield f"有 {len(second)} 处{name}，PDF 有 {len(first)} 处"
        elif any(not _in_place(a, b) for a, b in zip(first, second, strict=True)):
            yield f"{name}的位置或颜色不同"


def _alike(one: Char, other: Char) -> bool:
    a, b = one.look, other.look
    size = abs(a.size_mm - b.size_mm) <= NEAR_MM and abs(a.stretch - b.stretch) <= 0.01
    drawn = (a.turn, a.colour, a.alpha, a.render_mode) == (
        b.turn, b.colour, b.alpha, b.render_mode
    )  # fmt: skip
    return size and drawn


def _in_place(one: Extended, other: Extended) -> bool:
    edges = zip(_edges(one), _edges(other), strict=True)
    # The mean colour of a picture is a sample, which readers take each in their own way.
    coloured = isinstance(one, DrawnPicture) or one.colour == other.colour
    return coloured and all(abs(a - b) <= SAME_MM for a, b in edges)


def _edges(one: Extended) -> tuple[float, float, float, float]:
    return one.x0_mm, one.y0_mm, one.x1_mm, one.y1_mm


def _size(sheet: Sheet) -> str:
    return f"{sheet.width_mm:.1f}×{sheet.height_mm:.1f} mm"


def _quoted(glyphs: Sequence[Char], at: int) -> str:
    words = "".join(glyph.char for glyph in glyphs[at : at + QUOTED])
    return f"“{words}”" if words else ""
