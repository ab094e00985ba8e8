"""What every page of a bundle is set with: one layout for all its documents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from yinfa.bundling.bundle import Bundle, Folios, Material
from yinfa.layout import Layout, layout_of, own_faces
from yinfa.model import Document, FolioStyle, House
from yinfa.report import Finding, SourceFault


def settle(bundle: Bundle, faces_folder: Path | None) -> Layout:
    """The layout of *bundle*; a SourceFault where its documents do not share one.

    The office's own faces are beside the documents, or in *faces_folder*.
    """
    first = next((each for each in bundle.materials if each.document), None)
    if first is None or first.document is None:
        return layout_of(None, House(), faces_folder or bundle.path.parent)
    findings = tuple(_differing(bundle, first, first.document, faces_folder))
    if findings:
        raise SourceFault(findings)
    document = first.document
    folder = faces_folder or document.path.parent
    return layout_of(document.house, document.house_rules, folder)


def folio_style(layout: Layout) -> FolioStyle:
    """Where folios stand: a bundle has some, whatever a document by itself has."""
    return FolioStyle.CENTRE if layout.rules.folio is FolioStyle.CENTRE else FolioStyle.OUTSIDE


def _faces(document: Document, faces_folder: Path | None) -> Path | None:
    """The table of the office's own faces that *document* is set with."""
    return own_faces(document.house_rules, faces_folder or document.path.parent)


def _differing(
    bundle: Bundle, first: Material, document: Document, faces_folder: Path | None
) -> Iterator[Finding]:
    """The documents that another house or other faces set."""
    hint = (
        "一本汇编只有一种版面：请让各份材料用同一个本单位规定和字体表，"
        "或者先把这一份单独排成 PDF，在这里写 PDF 的路径"
    )
    faces = _same_file(_faces(document, faces_folder))
    for each in bundle.materials:
        if each.document is None:
            continue
        if _one_house(each.document.house_rules) != _one_house(document.house_rules):
            ours = "、".join(map(str, each.document.house_rules.deviations)) or "照标准"
            theirs = "、".join(map(str, document.house_rules.deviations)) or "照标准"
            message = (
                f"“{each.path.name}”的本单位规定（{ours}）"
                f"与第{first.place.line}行的材料（{theirs}）不同"
            )
            yield Finding(each.place, message, hint)
        elif _same_file(_faces(each.document, faces_folder)) != faces:
            message = f"“{each.path.name}”的字体表与第{first.place.line}行的材料不同"
            yield Finding(each.place, message, hint)


def _one_house(rules: House) -> House:
    """What must be one for all, and nothing of the files that say it."""
    return replace(rules, faces=None, deviations=())


def _same_file(path: Path | None) -> Path | None:
    return path.resolve() if path else None


def in_bundle(document: Document, bundle: Bundle, folio: FolioStyle) -> Document:
    """*document* as the bundle puts it out: bound like all others, numbered as the bundle wants."""
    output = replace(document.output, first_page=1, duplex=True, mirrored=bundle.mirrored)
    if bundle.folios is Folios.THROUGH:
        output = replace(output, folio=folio)
    letterhead = replace(document.letterhead, copy_number_room=False)
    return replace(document, output=output, letterhead=letterhead)
