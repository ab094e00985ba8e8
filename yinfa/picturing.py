"""Pictures of pages with what was found there: numbered boxes, and the findings beside the page."""

from __future__ import annotations

import io
import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

from yinfa.check import Report, Told, page_list
from yinfa.composition import Role
from yinfa.faces import open_founts
from yinfa.publish import write_whole
from yinfa.recognising.paper import Extent
from yinfa.report import Finding, OutputFault, Place, ReadingFault, Severity

PDF = ".pdf"
UNDRAWN_HINT = "同一份公文的 PDF 可以用 --picture 画出来"
DOTS_PER_MM = 4.0  # about 100 dots an inch
LARGEST = 2400  # dots along a side; a larger page is drawn smaller
MARGIN_MM = 1.0
PANEL, GAP, LINE, TYPE = 420, 14, 20, 15  # dots: the column of findings, its blank, its lines
INKS = {Severity.ERROR: (200, 0, 0), Severity.WARNING: (230, 120, 0), Severity.NOTE: (0, 90, 200)}
WHITE, BLACK = (255, 255, 255), (0, 0, 0)
PIECES = re.compile("[\\w.%-]+ mm[，。）]?|[!-~]+[，。）]?|.[，。；：、）”]*", re.ASCII)
Group = tuple[Extent | None, list[Told]]


def pictures(reports: Iterable[Report], folder: Path) -> Iterator[Path]:
    """A picture, in *folder*, of each page that has findings; files of one name keep apart."""
    taken: set[str] = set()
    undrawn: list[Finding] = []
    for report in reports:
        if report.path.suffix.lower() != PDF:
            undrawn.append(Finding(Place(report.path), "OFD 的页面画不成图片", UNDRAWN_HINT))
            continue
        stem = _free(report.path.stem, taken)
        taken.add(stem.casefold())
        yield from _of_report(report, folder, stem)
    if undrawn:
        raise ReadingFault(tuple(undrawn))


def _free(stem: str, taken: Container[str]) -> str:
    names = (stem if number == 1 else f"{stem}（{number}）" for number in count(1))
    return next(name for name in names if name.casefold() not in taken)


def _of_report(report: Report, folder: Path, stem: str) -> Iterator[Path]:
    import pypdfium2

    by_page: dict[int, list[Told]] = {}
    for told in report.told:
        if told.finding.place.page and told.finding.place.path == report.path:
            by_page.setdefault(told.finding.place.page, []).append(told)
    document = pypdfium2.PdfDocument(report.path)
    try:
        for number, all_told in sorted(by_page.items()):
            page = document[number - 1]
            points = max(page.get_width(), page.get_height())
            scale = min(DOTS_PER_MM * 25.4 / 72, LARGEST / points)
            image = _beside(
                page.render(scale=scale).to_pil().convert("RGB"),
                groups(all_told),
                scale * 72 / 25.4,
            )
            path = folder / f"{stem}-{number}.png"
            _write(path, image)
            yield path
    finally:
        document.close()


def _write(path: Path, image: Any) -> None:
    drawn = io.BytesIO()
    image.save(drawn, "PNG")
    try:
        write_whole(path, drawn.getvalue())
    except OutputFault as fault:
        hint = "请在 --picture 后面写一个可以写入的文件夹"
        told = tuple(replace(finding, hint=hint) for finding in fault.findings)
        raise OutputFault(told) from fault


def groups(all_told: Sequence[Told]) -> list[Group]:
    """Findings by the box that they are about, from top to bottom; those of the whole page last."""
    found: dict[Extent | None, list[Told]] = {}
    for told in all_told:
        extent = told.extent and tuple(round(edge, 1) for edge in told.extent)
        found.setdefault(extent, []).append(told)  # type: ignore[arg-type]
    return sorted(found.items(), key=lambda group: (group[0] is None, (group[0] or (0, 0))[1]))


def _beside(page: Any, numbered: list[Group], dots_per_mm: float) -> Any:
    """The page with its boxes, and the column of findings at its right."""
    from PIL import Image, ImageDraw, ImageFont

    face = ImageFont.truetype(str(open_founts()[Role.SONGTI].faces[0].path), TYPE)
    rows = list(_rows(numbered, face))
    height = max(page.height, 2 * GAP + LINE * len(rows))
    image = Image.new("RGB", (page.width + PANEL, height), WHITE)
    image.paste(page, (0, 0))
    draw = ImageDraw.Draw(image)
    # The worst is drawn last, so that nothing hides it.
    marked = [(number, group) for number, group in enumerate(numbered, 1) if group[0]]
    for number, group in sorted(marked, key=lambda entry: -_weight(entry[1])):
        _box(draw, face, number, group, dots_per_mm, page.width)
    draw.line((page.width, 0, page.width, height), fill=(160, 160, 160))
    for index, (text, ink) in enumerate(rows):
        draw.text((page.width + GAP, GAP + LINE * index), text, font=face, fill=ink)
    return image


def _weight(group: Group) -> int:
    return min(told.finding.severity.rank for told in group[1])


def _ink(group: Group) -> tuple[int, int, int]:
    return next(ink for severity, ink in INKS.items() if severity.rank == _weight(group))


def _box(draw: Any, face: Any, number: int, group: Group, dots_per_mm: float, width: int) -> None:
    """A box round what findings are about, and its number at the upper right corner."""
    assert group[0] is not None
    x0, y0, x1, y1 = group[0]
    left, top, right, bottom = (
        dots_per_mm * edge
        for edge in (x0 - MARGIN_MM, y0 - MARGIN_MM, x1 + MARGIN_MM, y1 + MARGIN_MM)
    )
    ink = _ink(group)
    draw.rectangle((left, top, max(right, left), max(bottom, top)), outline=ink, width=2)
    label = str(number)
    wide = face.getlength(label) + 6
    at = min(right, width - wide)
    draw.rectangle((at, top - 2, at + wide, top + TYPE + 2), fill=ink)
    draw.text((at + 3, top - 1), label, font=face, fill=WHITE)


def _rows(numbered: list[Group], face: Any) -> Iterator[tuple[str, tuple[int, int, int]]]:
    """The lines of the column: numbers, rule and what is amiss, what is said alike said once."""
    said: dict[tuple[str, str, Severity], list[int]] = {}
    for number, (extent, all_told) in enumerate(numbered, 1):
        for told in all_told:
            finding = told.finding
            key = (finding.rule, finding.message, finding.severity)
            said.setdefault(key, []).append(number if extent else 0)
    for (rule, message, severity), numbers in said.items():
        where = page_list([number for number in numbers if number]) or "整页"
        for line in _broken(f"{where} [{rule}] {severity}：{message}", face, PANEL - 2 * GAP):
            yield line, INKS[severity]
        yield "", BLACK


def _broken(text: str, face: Any, width: float) -> Iterator[str]:
    """*text* in lines of *width*, figures and Latin words kept whole."""
    line = ""
    for piece in PIECES.findall(text):
        if line and face.getlength(line + piece) > width:
            yield line
            line = ""
        line += piece if line else piece.lstrip()
    yield line
