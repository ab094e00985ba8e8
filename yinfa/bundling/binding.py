"""A bundle becomes a publication: every document composed by itself, then one rendering of all."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from yinfa.archive.carried import carried_bundle
from yinfa.archive.record import Record
from yinfa.arrange import arrange
from yinfa.bundling.bundle import Bundle, Folios
from yinfa.bundling.finished import lay_down
from yinfa.bundling.joining import BundleSection, Joined, join
from yinfa.bundling.setting import folio_style, in_bundle, settle
from yinfa.bundling.stamping import link_contents, set_bookmarks, stamp_marks
from yinfa.composing.typesetter import Typesetter
from yinfa.composition import Page, Role
from yinfa.files import Contents
from yinfa.finish import Stamp
from yinfa.finishing.draft import DraftMark, draft_mark, stamp_draft
from yinfa.finishing.marginal import words
from yinfa.finishing.xmp import About
from yinfa.layout import Layout
from yinfa.measures import Measures
from yinfa.model import FolioStyle
from yinfa.pdf.enclosures import Attached
from yinfa.press import Plate, Product, press
from yinfa.recipe import DRAFT_ROLE, Publication, published, told
from yinfa.rendering import Whole
from yinfa.report import Fault, Finding, SourceFault

MARK_ROLE = Role.HEITI
LOSS = "全书不再符合 PDF/A-3a 和 PDF/UA-1，这些页的文字没有标签"

Done = Callable[[], None]  # told of each piece of the work


def bind(bundle: Bundle, product: Path, done: Done = lambda: None) -> Publication:
    """Set, print, finish and publish *bundle*."""
    return published(bundle.path, product, lambda: make_bundle(bundle, None, done))


def pieces(bundle: Bundle) -> int:
    """How often *done* is told when *bundle* is made: each material, the printing, the end."""
    return len(bundle.materials) + 2


def make_bundle(
    bundle: Bundle, faces_folder: Path | None = None, done: Done = lambda: None
) -> Product:
    """Set, print and finish *bundle*, with the office's own faces if *faces_folder* has any."""
    layout = settle(bundle, faces_folder)
    sections = _sections(bundle, layout, done)
    joined = join(bundle, sections, Typesetter(layout.measures, layout.founts, layout.style))
    marks = _marks(joined, layout.measures)
    made = press(_plate(bundle, joined, marks, layout), layout, printed=done)
    done()
    return replace(made, remarks=(*made.remarks, *_remarks(bundle, joined, marks)))


# --- every material by itself ----------------------------------------------------------------


def _sections(bundle: Bundle, layout: Layout, done: Done) -> list[BundleSection]:
    """Each material on pages that count from 1; a fault with all that keeps any from being set."""
    sections: list[BundleSection] = []
    findings: list[Finding] = []
    style = folio_style(layout)
    folio = style if bundle.folios is Folios.THROUGH else FolioStyle.NONE
    for material in bundle.materials:
        pages: tuple[Page, ...] = ()
        try:
            if material.finished:
                pages = material.finished.pages(material.title, layout.measures, folio)
            elif material.document:
                pages = layout.compose(arrange(in_bundle(material.document, bundle, style))).pages
        except Fault as fault:
            findings += fault.findings
        sections.append(BundleSection(material, pages))
        done()
    if findings:
        raise SourceFault(tuple(findings))
    return sections


# --- beside the text -------------------------------------------------------------------------


def _marks(joined: Joined, measures: Measures) -> dict[int, str]:
    """The marks by the page that shows each; a finished PDF has one where there is room."""
    found = {}
    for section, start in zip(joined.sections, joined.starts, strict=True):
        mark, finished = section.material.mark, section.material.finished
        if mark and (finished is None or finished.has_room_for(mark, measures)):
            found[start] = mark
    return found


def _plate(bundle: Bundle, joined: Joined, marks: Mapping[int, str], layout: Layout) -> Plate:
    """*bundle* ready for the press."""
    documents = bundle.documents
    stamped: dict[Role, list[str]] = {DRAFT_ROLE: [each.output.draft for each in documents]}
    stamped.setdefault(MARK_ROLE, []).extend(marks.values())
    set_marks = {page: words(mark, layout.founts[MARK_ROLE]) for page, mark in marks.items()}
    return Plate(
        source=bundle.path,
        said=bundle,
        composition=joined.composition,
        forms=frozenset(document.form for document in documents),
        whole=Whole(bundle.name, bundle.mirrored, bookmarks=False),
        folio=folio_style(layout),
        about=_about(bundle),
        carried=functools.partial(_carried, bundle),
        stamps=(
            *_draft_stamps(joined, layout),
            functools.partial(stamp_marks, set_marks, bundle.mirrored),
            *_sheet_stamps(joined),
            functools.partial(set_bookmarks, joined.bookmarks),
            functools.partial(link_contents, joined.bookmarks[1:], bundle.mirrored),
        ),
        stamped=stamped,
        pictures=tuple(dict.fromkeys(one for each in documents for one in each.pictures)),
        read=(bundle.file, *(each.file for each in documents)),
    )


def _draft_stamps(joined: Joined, layout: Layout) -> Iterator[Stamp]:
    """The draft marks, each on the pages of its documents."""
    pages: dict[DraftMark, list[int]] = {}
    for section, start in zip(joined.sections, joined.starts, strict=True):
        document = section.material.document
        if document and (mark := draft_mark(document.output, layout.founts[DRAFT_ROLE])):
            pages.setdefault(mark, []).extend(range(start, start + len(section.pages)))
    for mark, indexes in pages.items():
        yield functools.partial(stamp_draft, mark, pages=indexes)


def _sheet_stamps(joined: Joined) -> Iterator[Stamp]:
    """The pages of finished PDFs."""
    for section, start in zip(joined.sections, joined.starts, strict=True):
        if section.material.finished:
            yield functools.partial(lay_down, section.material.finished, start)


# --- what is said of it ----------------------------------------------------------------------


def _about(bundle: Bundle) -> About:
    return About(
        title=bundle.name,
        issuer="、".join(map(str, bundle.hosts)),
        keywords="",
        date=bundle.date,
        number="",
        classification=bundle.classification,
        urgency="",
        conforms=len(bundle.documents) == len(bundle.materials),
    )


def _carried(bundle: Bundle, kept: Record, contents: Contents) -> tuple[Attached, ...]:
    if not bundle.carries or bundle.file is None:
        return ()
    return carried_bundle(bundle.file, bundle.documents, kept, contents)


def _remarks(bundle: Bundle, joined: Joined, marks: Mapping[int, str]) -> Iterator[str]:
    """What the office should know, beside what every print tells."""
    if classification := bundle.classification:
        yield f"封面按各份材料中的最高密级、最长保密期限标注“{classification}”；不随附源文件"
    for document in bundle.documents:
        yield from map(told, document.remarks)
        if document.letterhead.copy_number_room:
            yield f"{document.path.name}：份号在分发时才编，汇编里不印"
    names = [each.path.name for each in bundle.materials if each.finished]
    if names:
        yield f"收有现成的 PDF（{'、'.join(names)}）：{LOSS}；不随附源文件"
    for section, start in zip(joined.sections, joined.starts, strict=True):
        material = section.material
        if material.finished is None:
            continue
        yield from material.finished.lost
        if bundle.folios is Folios.THROUGH and not section.pages[0].folio:
            yield f"{material.path.name}：原件的页脚没有空处，没有印全书的页码"
        if material.mark and start not in marks:
            yield f"{material.path.name}：原件首页的左上角没有空处，没有印“{material.mark}”"
