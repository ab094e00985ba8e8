"""Sources and PDFs become print files: a source is built first, a PDF is taken as it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from yinfa.house import house_measures
from yinfa.measures import standard_measures
from yinfa.model import Document
from yinfa.printing.imposing import (
    Binding,
    Printout,
    bears_imprint,
    booklet,
    plain,
    reading_copy,
)
from yinfa.printing.original import PressPages, open_original
from yinfa.printing.paper import PaperSize
from yinfa.printing.resolution import coarse_pictures
from yinfa.report import Finding, OutputFault, Place, SourceFault

PDF = ".pdf"


@dataclass(frozen=True, slots=True)
class PrintRequest:
    """What is wanted of the pages, whatever they are laid out as; *tell* hears how far it is."""

    force: bool = False  # forms and signatures may lose what they were
    cmyk: bool = False
    tell: Callable[[int, int], None] = lambda *_: None


@dataclass(frozen=True, slots=True)
class Matter:
    """What is to be printed: a finished PDF, and the document it came from where that is known."""

    pdf: Path
    document: Document | None = None

    @property
    def mirror_mm(self) -> float:
        """How far even pages move to have their binding margin at the fold, 5.2.1, 6.3."""
        measures = standard_measures()
        if self.document is not None:
            if self.document.output.mirrored:  # it is there already
                return 0.0
            measures = house_measures(measures, self.document.house_rules)
        return measures.type_area.binding_mm - measures.fore_edge_mm

    def keep(self, output: Path) -> None:
        """A fault where *output* is what is to be printed itself: that is never written over."""
        for path in (self.pdf, self.document.path if self.document else self.pdf):
            if output.exists() and output.samefile(path):
                message = f"这就是要印的文件 {path} 本身，不能写在它上面"
                hint = "用 -o 写另一个名字，或不写 -o"
                raise OutputFault((Finding(Place(output), message, hint),))


def matter(path: Path, begin: Callable[[int], None] = lambda _: None) -> Matter:
    """The PDF at *path*, or the one built of the source there, which *begin* is told of."""
    if path.suffix.lower() == PDF:
        return Matter(path)
    from yinfa.batch.documents import Built, build_all
    from yinfa.load import load
    from yinfa.validate import validate

    built: list[Built] = []
    if findings := build_all([path], None, built.append, begin=begin):
        raise SourceFault(findings)
    return Matter(built[0].product, built[0].document or validate(load(path)))


def make_booklet(what: Matter, binding: Binding, wanted: PrintRequest) -> Printout:
    """The booklet of *what*."""

    def lay(original: PressPages) -> Printout:
        imprint = bool(what.document.imprint) if what.document else bears_imprint(original)
        return booklet(original, binding, imprint=imprint)

    return _told(what, wanted, lay)


def make_reading_copy(
    what: Matter, places: int, paper: PaperSize, wanted: PrintRequest
) -> Printout:
    """Two or four pages on a side."""
    return _told(what, wanted, lambda original: reading_copy(original, places, paper))


def make_print(
    what: Matter, wanted: PrintRequest, *, duplex: bool, mirrored: bool, crop_marks: bool
) -> Printout:
    """The pages as they are, for the printer or the press."""
    return _told(
        what,
        wanted,
        lambda original: plain(
            original,
            duplex=duplex,
            mirror_mm=what.mirror_mm if mirrored else 0.0,
            crop_marks=crop_marks,
        ),
    )


def _told(what: Matter, wanted: PrintRequest, lay: Callable[[PressPages], Printout]) -> Printout:
    """What *lay* makes of the pages, with all that is to be said of them."""
    original = open_original(what.pdf, force=wanted.force, cmyk=wanted.cmyk, tell=wanted.tell)
    printout = lay(original)
    files = [one.path for one in what.document.pictures] if what.document else ()
    remarks = (
        *(finding.message for finding in original.lost),
        *printout.remarks,
        *coarse_pictures(original, files, printout.scale),
    )
    return replace(printout, remarks=remarks)


def beside(path: Path, what: str) -> Path:
    """The name of a derivative: next to the PDF, its name saying what it is."""
    return path.with_name(f"{path.stem}（{what}）{PDF}")
