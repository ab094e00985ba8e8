"""Composed pages become a finished PDF: surveyed, verified, rendered, finished, recorded.

Documents and bundles go through the same press; each brings its plate.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from yinfa.archive import record
from yinfa.archive.record import Record
from yinfa.composition import Composition, Role
from yinfa.concessions import concessions
from yinfa.faces import Survey, survey_faces, uncovered_finding, verify_faces
from yinfa.files import Contents, FileContent, KnownFile
from yinfa.finish import Folio, Identity, Stamp, finish
from yinfa.finishing.xmp import About
from yinfa.forms import Form
from yinfa.layout import Layout
from yinfa.model import FolioStyle
from yinfa.pdf.enclosures import Attached
from yinfa.rendering import Undrawable, Whole, draw
from yinfa.report import FaceFault, Finding, Place, SourceFault
from yinfa.trail import NO_TRAIL, Trail
from yinfa.walking import pictures, texts

if TYPE_CHECKING:
    from yinfa.pictures.lettering import Lettered


@dataclass(frozen=True, slots=True)
class Plate:
    """What goes to the press: composed pages, what is stamped on them, what the file says.

    *said* is the document or bundle itself, whose texts and pictures know their places.
    """

    source: Path
    said: object
    composition: Composition
    forms: frozenset[Form]
    whole: Whole
    folio: FolioStyle
    about: About
    carried: Callable[[Record, Contents], tuple[Attached, ...]]  # what travels in the PDF
    stamps: tuple[Stamp, ...] = ()
    stamped: Mapping[Role, Iterable[str]] | None = None  # the words of the stamps
    pictures: tuple[KnownFile, ...] = ()  # on its pages
    read: tuple[FileContent | None, ...] = ()  # its source, and what else it was composed from
    sought: tuple[Path, ...] = ()  # what would have been read, had it been there


@dataclass(frozen=True, slots=True)
class Product:
    """A finished PDF before it stands anywhere, and what it depends on beside its source."""

    content: bytes
    pages: int
    files: tuple[Path, ...]
    known: tuple[KnownFile, ...]  # what was read of them
    remarks: tuple[str, ...]  # what the office should know, such as borrowed characters
    record: Record


def press(
    plate: Plate,
    layout: Layout,
    trail: Trail = NO_TRAIL,
    printed: Callable[[], None] = lambda: None,
) -> Product:
    """The PDF of *plate*; *printed* is told when its pages are there and only the end is left.

    A FaceFault tells of characters that no face has and of damaged faces, a SourceFault of
    pictures that cannot be drawn.
    """
    with trail.stage("survey"):
        survey = survey_faces(_printed(plate), layout.founts)
    if survey.uncovered:
        raise FaceFault(tuple(_uncovered(plate, survey)))
    folio_face = layout.founts[Role.SONGTI].faces[0]
    with trail.stage("pictures"):
        contents = _contents(plate)
        drawings = _lettered(contents, plate, layout) if contents else {}
        outlined = {
            path: replace(contents[path], content=one.content) for path, one in drawings.items()
        }
        shown = {**contents, **outlined}
    lettering = (face for one in drawings.values() for face in one.faces)
    faces = tuple(dict.fromkeys((*survey.used, folio_face, *lettering)))
    with trail.stage("verify"):
        known = verify_faces(faces)
    try:
        drawn = draw(
            plate.composition, layout.founts, survey, layout.measures, plate.whole, shown, trail
        )
    except Undrawable as failed:
        raise SourceFault(tuple(_undrawable(failed.paths, plate.said))) from failed
    printed()
    layouts = layout.files(plate.forms)
    kept = record.record(faces, layouts)
    identity = Identity(plate.about, *record.makers(kept), plate.carried(kept, contents))
    folio = Folio(folio_face.path, plate.folio, plate.whole.mirrored, layout.rules.dashes)
    with trail.stage("finish"):
        content = finish(drawn, plate.composition, folio, layout.measures, identity, plate.stamps)
    return Product(
        content,
        pages=len(plate.composition.pages),
        files=(*layouts, *layout.face_tables(), *plate.sought),
        known=(*known, *plate.pictures, *(file.known for file in plate.read if file)),
        remarks=tuple(
            filter(
                None,
                (
                    layout.remark,
                    *map(str, survey.fallbacks),
                    *map(str, concessions(plate.composition)),
                ),
            )
        ),
        record=kept,
    )


def _contents(plate: Plate) -> dict[Path, FileContent]:
    """The pictures by their paths, with what of them may travel."""
    if not plate.pictures:
        return {}
    from yinfa.pictures import bared  # most documents have none

    return {one.path: bared(one.again()) for one in plate.pictures}


def _lettered(contents: Contents, plate: Plate, layout: Layout) -> dict[Path, Lettered]:
    """The drawings among *contents* with outlines for words; a FaceFault for what none can set."""
    from yinfa.pictures import is_svg
    from yinfa.pictures.lettering import lettered

    found = {
        path: lettered(file.content, layout.founts)
        for path, file in contents.items()
        if is_svg(file.content)
    }
    findings = [
        uncovered_finding(char, role, picture.place)
        for picture in pictures(plate.said)
        for role, char in (found[picture.path].uncovered if picture.path in found else ())
    ]
    if findings:
        raise FaceFault(tuple(findings))
    return found


def _printed(plate: Plate) -> dict[Role, list[str]]:
    """What each role prints: the lines, and the words of the stamps."""
    found = plate.composition.texts()
    for role, words in (plate.stamped or {}).items():
        found.setdefault(role, []).extend(words)
    return found


def _uncovered(plate: Plate, survey: Survey) -> Iterator[Finding]:
    """Each character that no face has, at every place where it stands in the source."""
    for role, characters in survey.uncovered.items():
        for char in characters:
            places = [text.place for text in texts(plate.said) if char in text.value]
            for place in places or [Place(plate.source)]:
                yield uncovered_finding(char, role, place)


def _undrawable(paths: frozenset[Path], said: object) -> Iterator[Finding]:
    """The pictures of what is *said* that are among *paths*."""
    for picture in pictures(said):
        if picture.path in paths:
            yield Finding(
                picture.place,
                f"图片画不出来：写法有错，或引用了别的文件：{picture.path.name}",
                "请用绘图软件打开它，另存为 PNG",
            )
