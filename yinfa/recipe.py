"""A path becomes a publication: the stages in order."""

from __future__ import annotations

import functools
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from yinfa import shelf
from yinfa.compose import compose
from yinfa.composition import Role
from yinfa.finish import Folio, finish
from yinfa.measures import read_form, read_measures
from yinfa.model import Document, Form, texts
from yinfa.ownfaces import NAME as OWN_FACES
from yinfa.ownfaces import find_own_faces
from yinfa.paginate import paginate
from yinfa.publish import write_whole
from yinfa.render import layout_files, render
from yinfa.report import FaceFault, Finding, Place

MEASURES = "measures.toml"


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


def build(document: Document, product: Path) -> Publication:
    """Set, print, finish and publish *document*."""
    started = time.perf_counter()
    measures = read_measures(shelf.layouts() / MEASURES)
    own_faces = find_own_faces(document.path.parent, shelf.fonts())
    founts = _founts(own_faces)
    form = read_form(form_path(document.form))
    composition = compose(document, founts, measures, form)
    survey = shelf.survey(composition.texts(), founts)
    if survey.uncovered:
        raise FaceFault(tuple(_uncovered(document, survey)))
    faces = (*survey.used, founts[Role.SONGTI].faces[0])
    shelf.verify(faces)
    html = render(document, composition, founts, survey, measures)
    folio = Folio(founts[Role.SONGTI].faces[0].path, document.output.folio)
    write_whole(product, finish(paginate(html), composition, folio, measures))
    return Publication(
        source=document.path,
        product=product,
        pages=len(composition.pages),
        seconds=time.perf_counter() - started,
        files=(
            *layout_files(),
            shelf.layouts() / MEASURES,
            form_path(document.form),
            *_face_tables(document.path.parent),
            folio.face,
            *html.files.values(),
            *document.pictures,
        ),
        digests={face.path: face.sha256 for face in faces},
        remarks=tuple(map(str, survey.fallbacks)),
    )


def form_path(form: Form) -> Path:
    """Where the measures of *form* stand."""
    return shelf.layouts() / "forms" / f"{form}.toml"


@functools.cache
def _founts(own_faces: Path | None) -> dict[Role, shelf.Fount]:
    """The founts stay open for a run: their widths are learnt once."""
    return shelf.open_founts(own_faces)


def _face_tables(folder: Path) -> tuple[Path, ...]:
    """The tables that decide on faces, also those that are absent today."""
    return (shelf.fonts() / "faces.toml", shelf.fonts() / OWN_FACES, folder / OWN_FACES)


def _uncovered(document: Document, survey: shelf.Survey) -> Iterator[Finding]:
    """Each character that no face has, at every place of the source where it stands."""
    for role, characters in survey.uncovered.items():
        for char in characters:
            places = [text.place for text in texts(document) if char in text.value]
            for place in places or [Place(document.path)]:
                yield shelf.uncovered_finding(char, role, place)
