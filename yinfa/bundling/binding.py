"""A bundle becomes a publication: every document composed by itself, then one rendering of all."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from yinfa import house, resources
from yinfa.archive import record
from yinfa.archive.carried import carried_bundle
from yinfa.bundling.bundle import Bundle, Folios
from yinfa.bundling.finished import lay_down
from yinfa.bundling.joining import BundleSection, Joined, join
from yinfa.bundling.setting import BundleSetting, in_bundle, settle
from yinfa.bundling.stamping import link_contents, set_bookmarks, stamp_marks
from yinfa.composition import Page, Role
from yinfa.faces import Survey, survey_faces, verify_faces
from yinfa.finish import Folio, Identity, Stamp, finish
from yinfa.finishing.draft import DraftMark, draft_mark, stamp_draft
from yinfa.finishing.marginal import words
from yinfa.finishing.xmp import About
from yinfa.model import FolioStyle
from yinfa.paginate import paginate
from yinfa.recipe import DRAFT_ROLE, MEASURES, Product, Publication, form_path, published, uncovered
from yinfa.render import Whole, layout_files, render
from yinfa.report import FaceFault, Fault, Finding, SourceFault

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
    setting = settle(bundle, faces_folder)
    founts, measures = setting.founts, setting.measures
    sections = _sections(bundle, setting, done)
    joined = join(bundle, sections, setting.typesetter)
    marks = _marks(joined, setting)
    survey = survey_faces(_printed(joined, marks), founts)
    if survey.uncovered:
        raise FaceFault(tuple(uncovered(bundle, bundle.path, survey)))
    folio_face = founts[Role.SONGTI].faces[0]
    faces = (*survey.used, folio_face)
    verify_faces(faces)
    whole = Whole(bundle.name, bundle.mirrored, bookmarks=False)
    rendered = paginate(render(joined.composition, founts, survey, measures, whole))
    done()
    forms = dict.fromkeys(form_path(document.form) for document in bundle.documents)
    layouts = (*layout_files(), resources.layouts() / MEASURES, *forms)
    kept = record.record(faces, layouts)
    folio = Folio(folio_face.path, setting.folio, bundle.mirrored, setting.rules.dashes)
    stamps: list[Stamp] = [
        *_draft_stamps(joined, setting),
        functools.partial(
            stamp_marks,
            {page: words(mark, founts[MARK_ROLE]) for page, mark in marks.items()},
            bundle.mirrored,
        ),
        *_sheet_stamps(joined),
        functools.partial(set_bookmarks, joined.bookmarks),
        functools.partial(link_contents, joined.bookmarks[1:], bundle.mirrored),
    ]
    identity = _identity(bundle, kept)
    content = finish(rendered, joined.composition, folio, measures, identity, stamps)
    done()
    return Product(
        content=content,
        pages=len(joined.composition.pages),
        files=(*layouts, *(each.path for each in bundle.materials)),
        digests={face.path: face.sha256 for face in faces},
        remarks=tuple(_remarks(bundle, joined, marks, survey)),
        record=kept,
    )


# --- every material by itself ----------------------------------------------------------------


def _sections(bundle: Bundle, setting: BundleSetting, done: Done) -> list[BundleSection]:
    """Each material on pages that count from 1; a fault with all that keeps any from being set."""
    sections: list[BundleSection] = []
    findings: list[Finding] = []
    folio = setting.folio if bundle.folios is Folios.THROUGH else FolioStyle.NONE
    for material in bundle.materials:
        pages: tuple[Page, ...] = ()
        try:
            if material.finished:
                pages = material.finished.pages(material.title, setting.measures, folio)
            elif material.document:
                pages = setting.compose(in_bundle(material.document, bundle, setting)).pages
        except Fault as fault:
            findings += fault.findings
        sections.append(BundleSection(material, pages))
        done()
    if findings:
        raise SourceFault(tuple(findings))
    return sections


# --- beside the text -------------------------------------------------------------------------


def _marks(joined: Joined, setting: BundleSetting) -> dict[int, str]:
    """The marks by the page that shows each; a finished PDF has one where there is room."""
    found = {}
    for section, start in zip(joined.sections, joined.starts, strict=True):
        mark, finished = section.material.mark, section.material.finished
        if mark and (finished is None or finished.has_room_for(mark, setting.measures)):
            found[start] = mark
    return found


def _printed(joined: Joined, marks: Mapping[int, str]) -> dict[Role, list[str]]:
    """What each role prints: the lines, the draft marks, the marks of documents."""
    printed = joined.composition.texts()
    for section in joined.sections:
        if section.material.document:
            draft = section.material.document.output.draft
            printed.setdefault(DRAFT_ROLE, []).append(draft)
    printed.setdefault(MARK_ROLE, []).extend(marks.values())
    return printed


def _draft_stamps(joined: Joined, setting: BundleSetting) -> Iterator[Stamp]:
    """The draft marks, each on the pages of its documents."""
    pages: dict[DraftMark, list[int]] = {}
    for section, start in zip(joined.sections, joined.starts, strict=True):
        document = section.material.document
        if document and (mark := draft_mark(document.output, setting.founts[DRAFT_ROLE])):
            pages.setdefault(mark, []).extend(range(start, start + len(section.pages)))
    for mark, indexes in pages.items():
        yield functools.partial(stamp_draft, mark, pages=indexes)


def _sheet_stamps(joined: Joined) -> Iterator[Stamp]:
    """The pages of finished PDFs."""
    for section, start in zip(joined.sections, joined.starts, strict=True):
        if section.material.finished:
            yield functools.partial(lay_down, section.material.finished, start)


# --- what is said of it ----------------------------------------------------------------------


def _identity(bundle: Bundle, kept: record.Record) -> Identity:
    about = About(
        title=bundle.name,
        issuer="、".join(map(str, bundle.hosts)),
        keywords="",
        date=bundle.date,
        number="",
        classification=bundle.classification,
        urgency="",
        conforms=len(bundle.documents) == len(bundle.materials),
    )
    files = carried_bundle(bundle.path, bundle.documents, kept) if bundle.carries else ()
    return Identity(about, *record.makers(kept), files)


def _remarks(
    bundle: Bundle, joined: Joined, marks: Mapping[int, str], survey: Survey
) -> Iterator[str]:
    """What the office should know."""
    documents = bundle.documents
    if documents and (said := house.remark(documents[0].house, documents[0].house_rules)):
        yield said
    yield from map(str, survey.fallbacks)
    if classification := bundle.classification:
        yield f"封面按各份材料中的最高密级、最长保密期限标注“{classification}”；不随附源文件"
    for document in documents:
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
