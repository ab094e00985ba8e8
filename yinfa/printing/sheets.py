"""Pages placed on sheets become a print file, which tells a viewer how it wants to be printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from yinfa.pdf import PT_PER_MM, dictionary, serializing
from yinfa.pdf.objects import (
    ArrayObject,
    BooleanObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NumberObject,
    PdfObject,
    TextStringObject,
    add,
)
from yinfa.printing.original import OnePage, PressPages


class Duplex(StrEnum):
    """Which edge of the paper is turned over; the value is what lp and CUPS call it."""

    NONE = "one-sided"
    LONG = "two-sided-long-edge"
    SHORT = "two-sided-short-edge"


PREFERRED = {
    Duplex.NONE: "/Simplex",
    Duplex.LONG: "/DuplexFlipLongEdge",
    Duplex.SHORT: "/DuplexFlipShortEdge",
}


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A part of a sheet, in mm from its lower left corner."""

    x_mm: float
    y_mm: float
    width_mm: float
    height_mm: float


@dataclass(frozen=True, slots=True)
class PlacedPage:
    """A page on a side: where its lower left corner stands; what lies outside *room* is cut.

    So is what lies outside the page itself, but for its bleed.
    """

    page: OnePage
    x_mm: float
    y_mm: float
    scale: float
    room: Rectangle
    bleed_mm: float = 0.0

    @property
    def shown(self) -> Rectangle:
        """The part of the side that shows the page."""
        width_mm, height_mm = self.page.width_mm * self.scale, self.page.height_mm * self.scale
        own = grown(Rectangle(self.x_mm, self.y_mm, width_mm, height_mm), self.bleed_mm)
        return _common(own, self.room)


@dataclass(frozen=True, slots=True)
class PrintedSide:
    """One side of a sheet; *trim* is what is left of it when the paper is cut."""

    width_mm: float
    height_mm: float
    places: tuple[PlacedPage, ...]
    marks: tuple[str, ...] = ()  # operators
    trim: Rectangle | None = None
    bleed_mm: float = 0.0


def print_file(
    original: PressPages, sides: Sequence[PrintedSide], duplex: Duplex, copies: int = 1
) -> bytes:
    """*sides* as a PDF of their own; nothing of *original* but its drawings goes into it."""
    writer = original.writer
    tree = DictionaryObject({NameObject("/Type"): NameObject("/Pages")})
    parent = add(writer, tree)
    pages = [add(writer, _page(original, side, parent)) for side in sides]
    tree[NameObject("/Kids")] = ArrayObject(pages)
    tree[NameObject("/Count")] = NumberObject(len(pages))
    catalogue: dict[str, PdfObject] = {
        "/Type": NameObject("/Catalog"),
        "/Pages": parent,
        "/Lang": TextStringObject("zh-CN"),
        "/ViewerPreferences": _preferences(duplex, copies),
    }
    layers = writer.root_object.get("/OCProperties")
    if layers is not None:  # what is switched off in the original stays so
        catalogue["/OCProperties"] = layers
    info = {"/Title": TextStringObject(original.title)}
    return serializing.write(add(writer, dictionary(catalogue)), add(writer, dictionary(info)))


def _preferences(duplex: Duplex, copies: int) -> DictionaryObject:
    """True size, the right edge, the paper of the pages, so many copies."""
    return dictionary(
        {
            "/DisplayDocTitle": BooleanObject(True),
            "/PrintScaling": NameObject("/None"),
            "/Duplex": NameObject(PREFERRED[duplex]),
            "/PickTrayByPDFSize": BooleanObject(True),
            "/NumCopies": NumberObject(copies),
        }
    )


def _page(original: PressPages, side: PrintedSide, parent: IndirectObject) -> DictionaryObject:
    drawn: list[str] = []
    forms: dict[str, PdfObject] = {}
    for number, place in enumerate(side.places):
        name = f"/Page{number}"
        forms[name] = place.page.form
        shown = place.shown
        edges = (shown.x_mm, shown.y_mm, shown.width_mm, shown.height_mm)
        clip = " ".join(f"{edge * PT_PER_MM:.4f}" for edge in edges)
        x, y = (f"{at * PT_PER_MM:.4f}" for at in (place.x_mm, place.y_mm))
        drawn.append(f"q {clip} re W n {place.scale:.6f} 0 0 {place.scale:.6f} {x} {y} cm")
        drawn.append(f"{name} Do Q")
    stream = DecodedStreamObject()
    stream.set_data("\n".join((*drawn, *side.marks)).encode("ascii"))
    whole = Rectangle(0, 0, side.width_mm, side.height_mm)
    page: dict[str, PdfObject] = {
        "/Type": NameObject("/Page"),
        "/Parent": parent,
        "/MediaBox": _box(whole),
        "/Resources": dictionary({"/XObject": dictionary(forms)}),
        "/Contents": add(original.writer, stream),
    }
    if side.trim:
        page["/TrimBox"] = _box(side.trim)
        page["/BleedBox"] = _box(grown(side.trim, side.bleed_mm))
    return dictionary(page)


def grown(box: Rectangle, by_mm: float) -> Rectangle:
    """*box* with so much more on every side."""
    return Rectangle(
        box.x_mm - by_mm, box.y_mm - by_mm, box.width_mm + 2 * by_mm, box.height_mm + 2 * by_mm
    )


def _common(one: Rectangle, other: Rectangle) -> Rectangle:
    """What two rectangles that overlap have in common."""
    x_mm, y_mm = max(one.x_mm, other.x_mm), max(one.y_mm, other.y_mm)
    right_mm = min(one.x_mm + one.width_mm, other.x_mm + other.width_mm)
    upper_mm = min(one.y_mm + one.height_mm, other.y_mm + other.height_mm)
    return Rectangle(x_mm, y_mm, right_mm - x_mm, upper_mm - y_mm)


def _box(box: Rectangle) -> ArrayObject:
    edges = (box.x_mm, box.y_mm, box.x_mm + box.width_mm, box.y_mm + box.height_mm)
    return ArrayObject(FloatObject(round(edge * PT_PER_MM, 4)) for edge in edges)


def stroke(x_mm: float, y_mm: float, to_x_mm: float, to_y_mm: float, width_mm: float) -> str:
    """Operators that draw a black line from one point to the other."""
    ends = " ".join(f"{at * PT_PER_MM:.4f}" for at in (x_mm, y_mm))
    to = " ".join(f"{at * PT_PER_MM:.4f}" for at in (to_x_mm, to_y_mm))
    return f"q 0 G {width_mm * PT_PER_MM:.4f} w {ends} m {to} l S Q"
