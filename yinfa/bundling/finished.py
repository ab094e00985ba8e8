"""Finished PDFs of other origin: their pages as they are, on pages that the bundle leaves empty."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from yinfa import pdf
from yinfa.bundling.secrecy import classified
from yinfa.composition import Composition, Page
from yinfa.finishing.tags import SHEET_CONTENT
from yinfa.finishing.xmp import CLASSIFICATION
from yinfa.measures import Measures, PaperMeasures, standard_measures
from yinfa.model import FolioStyle
from yinfa.pdf import PT_PER_MM, resolved
from yinfa.pdf.drawings import drawing, turn_quarter
from yinfa.pdf.objects import (
    DictionaryObject,
    NameObject,
    PdfReader,
    PdfWriter,
    StreamObject,
    add,
    every_object,
)
from yinfa.pdf.opening import read_whole, what_is_lost
from yinfa.reading import page_images
from yinfa.report import Finding, Place, ReadingFault

if TYPE_CHECKING:
    from PIL.Image import Image

Box = tuple[float, float, float, float]  # x0, y0, x1, y1 in mm from the paper's upper left corner

MEND = "请重新导出或重新传送这个 PDF"
SLACK_MM = 1.0  # larger by this, a page still passes for A4
FOLIO_WIDTH_MM, FOLIO_HEIGHT_MM = 34.0, 7.0  # what a folio of four digits needs round it
MARK_HEIGHT_MM = 8.0
DOTS_PER_MM = 1.0
WHITE, NEARLY_WHITE = 255, 250
NAME = "/Sheet"


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page as a form XObject, with its size as it is laid down."""

    form: StreamObject
    width_mm: float
    height_mm: float
    turned: bool  # a lying page stands with its head at the left, 8


@dataclass(frozen=True, slots=True)
class Finished:
    """A finished PDF that goes into a bundle."""

    path: Path
    place: Place  # where the bundle names it
    leaves: tuple[Leaf, ...]
    lost: tuple[str, ...]  # what it has that its pages alone cannot have
    classification: str  # such as 机密★10年; empty where it says none

    def pages(self, title: str, measures: Measures, folio: FolioStyle) -> tuple[Page, ...]:
        """Empty pages for its leaves; with folios where all of them leave the room for *folio*."""
        count = len(self.leaves)
        folios = folio is not FolioStyle.NONE and all(
            _is_free(picture, _folio_place(number, folio, measures))
            for number, picture in enumerate(self._pictures(), 1)
        )
        return tuple(
            Page(
                number,
                (),
                folio=folios,
                stands_for=f"{title}，第{number}页，共{count}页（收入的 PDF 原件，文字没有标签）",
            )
            for number in range(1, count + 1)
        )

    def has_room_for(self, mark: str, measures: Measures) -> bool:
        """Whether its first page shows nothing where *mark* would stand."""
        left_mm, middle_mm = measures.type_area.binding_mm, measures.bundle.mark_middle_mm
        half_mm = MARK_HEIGHT_MM / 2
        right_mm = left_mm + len(mark) * measures.cell_mm
        place = (left_mm, middle_mm - half_mm, right_mm, middle_mm + half_mm)
        return _is_free(next(self._pictures()), place)

    def _pictures(self) -> Iterator[Image]:
        """What each page looks like on A4, drawn when it is asked for."""
        pages = page_images(self.path, DOTS_PER_MM)
        for leaf in self.leaves:
            try:
                picture = next(pages)
            except Exception as error:  # damage has many shapes
                message = f"{self.path.name}：PDF 已损坏，显示不出来"
                raise ReadingFault((Finding(self.place, message, MEND),)) from error
            yield _on_paper(picture.rotate(90, expand=True) if leaf.turned else picture)


def _is_free(picture: Image, place: Box) -> bool:
    """Whether nothing is printed in *place* of the paper."""
    left, top, right, bottom = (round(edge * DOTS_PER_MM) for edge in place)
    darkest: Any = picture.crop((left, top, right, bottom)).getextrema()[0]
    return bool(darkest >= NEARLY_WHITE)


def _folio_place(number: int, folio: FolioStyle, measures: Measures) -> Box:
    """Where the folio of a page stands; one that begins on an odd page keeps its parity."""
    middle_mm = measures.type_area.bottom_mm + measures.folio.drop_mm
    left_mm = measures.type_area.binding_mm
    if folio is FolioStyle.CENTRE:
        left_mm += (measures.type_area.width_mm - FOLIO_WIDTH_MM) / 2
    elif number % 2:
        left_mm = measures.type_area.right_mm - FOLIO_WIDTH_MM
    half_mm = FOLIO_HEIGHT_MM / 2
    return left_mm, middle_mm - half_mm, left_mm + FOLIO_WIDTH_MM, middle_mm + half_mm


# --- opened, or refused by name --------------------------------------------------------------


def open_finished(path: Path, place: Place) -> Finished:
    """The PDF at *path*; a ReadingFault with all that keeps it out of a bundle, told of *place*."""

    def refused(message: str, hint: str) -> Finding:
        return Finding(place, f"{path.name}：{message}", hint)

    try:
        reader = read_whole(path)
    except ReadingFault as fault:
        told = (refused(one.message, one.hint) for one in fault.findings)
        raise ReadingFault(tuple(told)) from fault
    findings = []
    try:
        hidden = _has_hidden_layers(reader)
        lost = tuple(f"{path.name}：{told.message}" for told in what_is_lost(path, reader))
        info = reader.metadata
        classification = classified(str(resolved(info.get(CLASSIFICATION)))) if info else ""
        writer = PdfWriter(clone_from=reader)
        reader.stream.close()  # the writer has all there is: the file need not stay in memory
        sheets = list(writer.pages)
    except Exception as error:  # damage has many shapes
        raise ReadingFault((refused("PDF 已损坏，读不完", MEND),)) from error
    if hidden:
        hint = "请在原来的软件里合并图层，重新导出这个 PDF"
        findings.append(refused("有不显示的图层，收进来会显示出来", hint))
    pages = []
    for number, page in enumerate(sheets, 1):
        try:
            form, width_mm, height_mm = drawing(page)
        except Exception:
            findings.append(refused(f"第{number}页已损坏，取不出来", MEND))
            continue
        if not _fits(width_mm, height_mm) and not _fits(height_mm, width_mm):
            message = f"第{number}页是 {width_mm:.0f} × {height_mm:.0f} 毫米，比 A4 大"
            hint = "汇编不缩放别处来的页面；请用 A4 重新导出，或另行装订"
            findings.append(refused(message, hint))
        pages.append((form, width_mm, height_mm))
    if findings:
        raise ReadingFault(tuple(findings))
    leaves = tuple(_leaf(*page) for page in pages)
    return Finished(path, place, leaves, lost, classification)


def _has_hidden_layers(reader: PdfReader) -> bool:
    """Whether it has layers that no viewer shows; in a bundle, which has none, they would show."""
    properties = resolved(resolved(reader.trailer["/Root"]).get("/OCProperties")) or {}
    usual = resolved(properties.get("/D")) or {}
    return bool(resolved(usual.get("/OFF"))) or usual.get("/BaseState") == "/OFF"


def _leaf(form: StreamObject, width_mm: float, height_mm: float) -> Leaf:
    """The page upright, or turned with its head at the left where it lies, 8."""
    if _fits(width_mm, height_mm):
        return Leaf(form, width_mm, height_mm, turned=False)
    turn_quarter(form, height_mm)
    return Leaf(form, height_mm, width_mm, turned=True)


def _fits(width_mm: float, height_mm: float) -> bool:
    paper = standard_measures().paper
    return width_mm <= paper.width_mm + SLACK_MM and height_mm <= paper.height_mm + SLACK_MM


def _on_paper(picture: Image) -> Image:
    """*picture* in the middle of a white sheet of A4."""
    from PIL import Image as Pictures

    paper = standard_measures().paper
    width, height = round(paper.width_mm * DOTS_PER_MM), round(paper.height_mm * DOTS_PER_MM)
    whole = Pictures.new("L", (width, height), WHITE)
    whole.paste(picture, ((width - picture.width) // 2, (height - picture.height) // 2))
    return whole


# --- laid down -------------------------------------------------------------------------------


def lay_down(
    finished: Finished, start: int, writer: PdfWriter, _: Composition, measures: Measures
) -> None:
    """Draw the leaves of *finished* in the middle of the pages of *writer* from index *start*."""
    before = sum(1 for _ in every_object(writer))
    for index, leaf in enumerate(finished.leaves, start):
        _draw(writer, leaf, index, measures.paper)
    for found in islice(every_object(writer), before, None):
        if isinstance(found, DictionaryObject):
            for key in ("/StructParent", "/StructParents"):  # of a tree that stays behind
                found.pop(key, None)


def _draw(writer: PdfWriter, leaf: Leaf, index: int, paper: PaperMeasures) -> None:
    sheet: Any = writer.pages[index]
    form: Any = leaf.form.clone(writer)
    resources = DictionaryObject(resolved(sheet["/Resources"]))
    objects = DictionaryObject(resolved(resources.get("/XObject")) or {})
    objects[NameObject(NAME)] = add(writer, form)
    resources[NameObject("/XObject")] = objects
    sheet[NameObject("/Resources")] = resources
    x = (paper.width_mm - leaf.width_mm) / 2 * PT_PER_MM
    y = (paper.height_mm - leaf.height_mm) / 2 * PT_PER_MM
    drawn = f"q 1 0 0 1 {x:.4f} {y:.4f} cm {NAME} Do Q"
    marked = f"/Figure <</MCID {SHEET_CONTENT}>> BDC\n{drawn}\nEMC\n"
    pdf.stamp(writer, sheet, marked, {}, under=True)
