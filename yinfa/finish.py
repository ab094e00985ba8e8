"""Rendered pages become the final PDF: folios, labels, metadata, tags mended."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from yinfa import pdf
from yinfa.composition import Composition
from yinfa.finishing import copy_number, tags, xmp
from yinfa.measures import Measures
from yinfa.model import FolioStyle
from yinfa.parts import Part
from yinfa.pdf import enclosures
from yinfa.pdf.enclosures import Attached
from yinfa.pdf.objects import BooleanObject, DictionaryObject, NameObject, PageLabelStyle, PdfWriter
from yinfa.rendering import DrawnPages

FOLIO_CHARACTERS = "0123456789— "
DASH = "—"

Stamp = Callable[[PdfWriter, Composition, Measures], None]  # puts on pages what comes last
SPACE_EM = 0.5  # between dash and number: half a character, as printers do


@dataclass(frozen=True, slots=True)
class Folio:
    """How folios are set: the face of 宋体, and where they stand, 7.5."""

    face: Path
    style: FolioStyle
    mirrored: bool = False  # versos are bound at the right
    dashes: bool = True


@dataclass(frozen=True, slots=True)
class Identity:
    """What the file says of itself, of what made it, and what travels in it."""

    about: xmp.About
    creator: str
    producer: str
    files: tuple[Attached, ...] = ()


def finish(
    drawn: DrawnPages,
    composition: Composition,
    folio: Folio,
    measures: Measures,
    identity: Identity,
    stamps: Sequence[Stamp] = (),
) -> bytes:
    """*drawn* with folios, page labels, mended tags, metadata and the files that travel."""
    writer = drawn.writer
    drawn.rework(tags.write_tags(drawn, composition))
    if any(placed.block.part is Part.NUMBER_ROOM for placed in composition.pages[0].placed):
        copy_number.empty(writer)
    xmp.describe(writer, identity.about, identity.creator, identity.producer)
    enclosures.attach(writer, identity.files, identity.about.pdf_date)
    _print_folios(writer, composition, folio, measures)
    for stamp in stamps:
        stamp(writer, composition, measures)
    _label_pages(writer, composition)
    _prefer(writer)
    return pdf.to_bytes(writer)


def _print_folios(
    writer: PdfWriter, composition: Composition, folio: Folio, measures: Measures
) -> None:
    """A folio on every page that shows one: ``— 1 —``, its dash 7 mm under the type area."""
    if folio.style is FolioStyle.NONE or not any(page.folio for page in composition.pages):
        return
    face = pdf.embed(writer, folio.face, FOLIO_CHARACTERS)
    size_mm = measures.sizes.small_mm
    middle_mm = measures.paper.height_mm - measures.type_area.bottom_mm - measures.folio.drop_mm
    baseline_mm = middle_mm - face.dash_middle * size_mm
    for sheet, page in zip(writer.pages, composition.pages, strict=True):
        if not page.folio:
            continue
        number = str(page.number)
        width_em = sum(face.advances[char] for char in number)
        shown = f"<{face.encoded(number)}>"
        if folio.dashes:
            width_em += 2 * face.advances[DASH] + 2 * SPACE_EM
            space = f"<{face.encoded(' ')}> {(face.advances[' '] - SPACE_EM) * 1000:g}"
            dash = f"<{face.encoded(DASH)}>"
            shown = f"{dash} {space} {shown} {space} {dash}"
        x_mm = _folio_x(page.number, width_em * size_mm, folio, measures)
        drawing = pdf.footer(shown, "/Folio", measures.sizes.small_pt, (x_mm, baseline_mm))
        pdf.stamp(writer, sheet, drawing, {"/Folio": face.font})


def _folio_x(number: int, width_mm: float, folio: Folio, measures: Measures) -> float:
    """Where a folio begins: rectos flush right, versos flush left, one character in, 7.5."""
    verso = number % 2 == 0
    mirrored = folio.mirrored and verso
    left_mm = measures.fore_edge_mm if mirrored else measures.type_area.binding_mm
    if folio.style is FolioStyle.CENTRE:
        return left_mm + (measures.type_area.width_mm - width_mm) / 2
    inset_mm = measures.folio.inset_em * measures.sizes.small_mm
    if verso:
        return left_mm + inset_mm
    return measures.type_area.right_mm - inset_mm - width_mm


def _label_pages(writer: PdfWriter, composition: Composition) -> None:
    """Page labels are the numbers in print; a page without one has its name."""
    for start, end in _runs(composition):
        first = composition.pages[start]
        if first.label:
            writer.set_page_label(start, end, prefix=first.label)
        else:
            writer.set_page_label(start, end, PageLabelStyle.DECIMAL, start=first.number)


def _runs(composition: Composition) -> Iterator[tuple[int, int]]:
    """The first and last of pages that share their name, or whose numbers run on."""
    pages = composition.pages
    start = 0
    for index in range(1, len(pages)):
        before, page = pages[index - 1], pages[index]
        named = bool(page.label or before.label)
        if page.label != before.label or (not named and page.number != before.number + 1):
            yield start, index - 1
            start = index
    yield start, len(pages) - 1


def _prefer(writer: PdfWriter) -> None:
    """A viewer shows the title and prints at true size."""
    writer.root_object[NameObject("/ViewerPreferences")] = DictionaryObject(
        {
            NameObject("/DisplayDocTitle"): BooleanObject(True),
            NameObject("/PrintScaling"): NameObject("/None"),
        }
    )
    if "/Outlines" in writer.root_object:
        writer.root_object[NameObject("/PageMode")] = NameObject("/UseOutlines")
