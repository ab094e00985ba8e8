"""A path becomes a publication: the stages in order."""

from __future__ import annotations

import functools
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from yinfa import house, resources
from yinfa.archive import record
from yinfa.archive.carried import carried
from yinfa.archive.record import Record
from yinfa.compose import compose
from yinfa.composition import Composition, Role
from yinfa.faces import Fount, Survey, open_founts, survey_faces, uncovered_finding, verify_faces
from yinfa.faces.own import NAME as OWN_FACES
from yinfa.faces.own import find_own_faces
from yinfa.finish import Folio, Identity, finish
from yinfa.finishing.draft import draft_mark, stamp_draft
from yinfa.finishing.grid import grid_path, with_grid
from yinfa.finishing.xmp import about
from yinfa.measures import read_form, read_measures
from yinfa.model import Document, Form, pictures, texts
from yinfa.paginate import Html, Undrawable, paginate
from yinfa.publish import write_whole
from yinfa.render import Whole, layout_files, render
from yinfa.report import FaceFault, Finding, Place, SourceFault

MEASURES = "measures.toml"
DRAFT_ROLE = Role.HEITI


@dataclass(frozen=True, slots=True)
class Publication:
    """A PDF that stands where it should, and what it was made from beside its source."""

    source: Path
    product: Path
    pages: int
    seconds: float
    files: tuple[Path, ...]
    digests: Mapping[Path, str]  # of those among them that were verified
    remarks: tuple[str, ...]  # what the office should know, such as borrowed characters


@dataclass(frozen=True, slots=True)
class Product:
    """A finished PDF before it stands anywhere, and what it depends on beside its source."""

    content: bytes
    pages: int
    files: tuple[Path, ...]
    digests: Mapping[Path, str]
    remarks: tuple[str, ...]
    record: Record


def build(document: Document, product: Path) -> Publication:
    """Set, print, finish and publish *document*."""
    return published(document.path, product, lambda: make(document, document.path.parent))


def published(source: Path, product: Path, made_by: Callable[[], Product]) -> Publication:
    """What *made_by* makes of *source*, standing at *product*; the making is timed."""
    started = time.perf_counter()
    made = made_by()
    write_whole(product, made.content)
    return Publication(
        source=source,
        product=product,
        pages=made.pages,
        seconds=time.perf_counter() - started,
        files=made.files,
        digests=made.digests,
        remarks=made.remarks,
    )


def draw_grid(document: Document, product: Path) -> Path:
    """A copy of *product* with the grid under its text, beside it."""
    output = document.output
    content = with_grid(
        product.read_bytes(),
        house.house_measures(read_measures(resources.layouts() / MEASURES), document.house_rules),
        founts_with(None)[Role.FANGSONG].faces[0].path,
        first_page=output.first_page,
        mirrored=output.mirrored,
    )
    write_whole(grid_path(product), content)
    return grid_path(product)


def make(document: Document, faces_folder: Path) -> Product:
    """Set, print and finish *document*, with the office's own faces if *faces_folder* has any."""
    usual, rules = read_measures(resources.layouts() / MEASURES), document.house_rules
    measures = house.house_measures(usual, rules)
    form = house.house_form(read_form(form_path(document.form)), rules, usual)
    founts = founts_with(rules.faces or find_own_faces(faces_folder, resources.fonts()))
    composition = compose(document, founts, measures, form, house.house_style(rules))
    survey = survey_faces(_printed(document, composition), founts)
    if survey.uncovered:
        raise FaceFault(tuple(uncovered(document, document.path, survey)))
    faces = (*survey.used, founts[Role.SONGTI].faces[0])
    verify_faces(faces)
    output = document.output
    whole = Whole(str(document.title), output.mirrored)
    html = render(composition, founts, survey, measures, whole)
    folio = Folio(founts[Role.SONGTI].faces[0].path, output.folio, output.mirrored, rules.dashes)
    layouts = (*layout_files(), resources.layouts() / MEASURES, form_path(document.form))
    kept = record.record(faces, layouts)
    draft = draft_mark(output, founts[DRAFT_ROLE])
    stamps = [functools.partial(stamp_draft, draft)] if draft else []
    identity = Identity(about(document), *record.makers(kept), carried(document, kept))
    return Product(
        content=finish(_drawn(html, document), composition, folio, measures, identity, stamps),
        pages=len(composition.pages),
        files=(
            *layouts,
            *_face_tables(faces_folder),
            folio.face,
            *html.files.values(),
            *document.pictures,
            *house.files(document.path.parent, document.house),
            *filter(None, (rules.faces,)),
        ),
        digests={face.path: face.sha256 for face in faces},
        remarks=tuple(
            filter(None, (house.remark(document.house, rules), *map(str, survey.fallbacks)))
        ),
        record=kept,
    )


def _printed(document: Document, composition: Composition) -> dict[Role, list[str]]:
    """What each role prints: the lines, and the draft mark."""
    printed = composition.texts()
    if document.output.draft:
        printed.setdefault(DRAFT_ROLE, []).append(document.output.draft)
    return printed


def _drawn(html: Html, document: Document) -> bytes:
    """*html* as PDF; a SourceFault where a picture of *document* cannot be drawn."""
    try:
        return paginate(html)
    except Undrawable as failed:
        findings = [
            Finding(
                picture.place,
                f"图片画不出来：写法有错，或引用了别的文件：{picture.path.name}",
                "请用绘图软件打开它，另存为 PNG",
            )
            for picture in pictures(document)
            if picture.path in failed.paths
        ]
        if not findings:
            raise
        raise SourceFault(tuple(findings)) from failed


def form_path(form: Form) -> Path:
    """Where the measures of *form* stand."""
    return resources.layouts() / "forms" / f"{form}.toml"


@functools.cache
def founts_with(own_faces: Path | None) -> dict[Role, Fount]:
    """The founts, an office's own faces first; open for a run: their widths are learnt once."""
    return open_founts(own_faces)


def _face_tables(folder: Path) -> tuple[Path, ...]:
    """The tables that decide on faces, also those that are absent today."""
    return (resources.fonts() / "faces.toml", resources.fonts() / OWN_FACES, folder / OWN_FACES)


def uncovered(noun: object, path: Path, survey: Survey) -> Iterator[Finding]:
    """Each character that no face has, at every place where it stands in the source at *path*."""
    for role, characters in survey.uncovered.items():
        for char in characters:
            places = [text.place for text in texts(noun) if char in text.value]
            for place in places or [Place(path)]:
                yield uncovered_finding(char, role, place)
