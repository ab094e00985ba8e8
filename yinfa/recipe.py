"""A path becomes a publication: the stages in order."""

from __future__ import annotations

import functools
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from yinfa import house
from yinfa.archive.carried import carried
from yinfa.arrange import arrange
from yinfa.composition import Composition, Role
from yinfa.files import KnownFile
from yinfa.finishing.draft import draft_mark, stamp_draft
from yinfa.finishing.grid import grid_path, with_grid
from yinfa.finishing.xmp import about
from yinfa.layout import Layout, founts_with, layout_of
from yinfa.model import Document
from yinfa.press import Plate, Product, press
from yinfa.publish import write_whole
from yinfa.rendering import Whole
from yinfa.report import Finding
from yinfa.trail import NO_TRAIL, Trail, as_json

DRAFT_ROLE = Role.HEITI


@dataclass(frozen=True, slots=True)
class Publication:
    """A PDF that stands where it should, and what it was made from beside its source."""

    source: Path
    product: Path
    pages: int
    seconds: float
    files: tuple[Path, ...]
    known: tuple[KnownFile, ...]  # what was read of them
    remarks: tuple[str, ...]  # what the office should know, such as borrowed characters


def build(document: Document, product: Path, trail: Trail = NO_TRAIL) -> Publication:
    """Set, print, finish and publish *document*."""
    folder = document.path.parent
    return published(document.path, product, lambda: make(document, folder, trail))


def make(document: Document, faces_folder: Path, trail: Trail = NO_TRAIL) -> Product:
    """Set, print and finish *document*, with the office's own faces if *faces_folder* has any."""
    with trail.stage("layout"):
        layout = layout_of(document.house, document.house_rules, faces_folder)
    with trail.stage("arrange"):
        order = arrange(document)
    trail.keep("2-reading-order.json", lambda: as_json(order))
    with trail.stage("compose"):
        composition = layout.compose(order)
    trail.keep("3-composition.json", lambda: as_json(composition))
    made = press(plate(document, composition, layout), layout, trail)
    return replace(made, remarks=(*made.remarks, *map(told, document.remarks)))


def told(finding: Finding) -> str:
    """*finding* in one line."""
    return f"{finding.place}: {finding.message}；{finding.hint}"


def plate(document: Document, composition: Composition, layout: Layout) -> Plate:
    """*document* ready for the press."""
    output = document.output
    draft = draft_mark(output, layout.founts[DRAFT_ROLE])
    return Plate(
        source=document.path,
        said=document,
        composition=composition,
        forms=frozenset({document.form}),
        whole=Whole(str(document.title), output.mirrored),
        folio=output.folio,
        about=about(document),
        carried=functools.partial(carried, document),
        stamps=(functools.partial(stamp_draft, draft),) if draft else (),
        stamped={DRAFT_ROLE: [output.draft]},
        pictures=document.pictures,
        read=(document.file, document.house_rules.file),
        sought=house.files(document.path.parent, document.house),
    )


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
        known=made.known,
        remarks=made.remarks,
    )


def draw_grid(document: Document, product: Path) -> Path:
    """A copy of *product* with the grid under its text, beside it."""
    output = document.output
    layout = layout_of(document.house, document.house_rules)
    content = with_grid(
        product.read_bytes(),
        layout.measures,
        founts_with(None)[Role.SONGTI].faces[0].path,
        first_page=output.first_page,
        mirrored=output.mirrored,
    )
    write_whole(grid_path(product), content)
    return grid_path(product)
