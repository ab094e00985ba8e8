"""A finished PDF into an OFD: the same pages, the same text, the same files travelling along."""

from __future__ import annotations

import functools
import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from yinfa.ofd import document
from yinfa.ofd.container import packed
from yinfa.ofd.content import content
from yinfa.ofd.typefaces import DamagedFace, Typeface, typefaces
from yinfa.pdf import enclosures
from yinfa.publish import write_whole
from yinfa.reading.paint import Painting, TextRun
from yinfa.reading.painter import paint_all
from yinfa.report import unreadable

SUFFIX = ".ofd"
IDENTITY_DIGITS = 32


@dataclass(frozen=True, slots=True)
class Converted:
    """An OFD that stands where it should, and what of the PDF is otherwise in it."""

    path: Path
    pages: int
    remarks: tuple[str, ...]


def convert_file(pdf: Path, output: Path | None = None) -> Converted:
    """Write the OFD of *pdf*, beside it where no *output* is named; a Fault where that fails."""
    output = output or pdf.with_suffix(SUFFIX)
    made, pages, remarks = convert(pdf)
    write_whole(output, made)
    return Converted(output, pages, remarks)


def convert(pdf: Path) -> tuple[bytes, int, tuple[str, ...]]:
    """The OFD of *pdf*, how many pages it has, and what is otherwise in it."""
    painting = paint_all(pdf)
    try:
        attached = enclosures.attached(pdf)
    except (*enclosures.UNREADABLE, enclosures.TooLarge) as error:
        raise unreadable(pdf, "PDF 随带的文件已损坏", "请重新生成这个 PDF") from error
    try:
        faces, stands_for = typefaces(painting.faces, _used(painting))
    except DamagedFace as error:
        raise unreadable(pdf, f"PDF 里的字体 {error} 已损坏", "请重新生成这个 PDF") from error
    identity = hashlib.sha256(pdf.read_bytes()).hexdigest()[:IDENTITY_DIGITS]
    files = _files(painting, faces, stands_for, attached, identity)
    return packed(files), len(painting.pages), painting.remarks


def _used(painting: Painting) -> dict[int, set[str]]:
    """The characters that each face sets."""
    used: dict[int, set[str]] = defaultdict(set)
    for page in painting.pages:
        for item in page.items:
            if isinstance(item, TextRun):
                used[item.face].update(glyph.char for glyph in item.glyphs)
    return used


def _files(
    painting: Painting,
    faces: Sequence[Typeface],
    stands_for: Mapping[int, int],
    attached: Sequence[enclosures.Attached],
    identity: str,
) -> dict[str, bytes]:
    """All files of the package by their path."""
    ids = count(1)
    page_ids = [next(ids) for _ in painting.pages]
    font_ids = [next(ids) for _ in faces]
    media_ids = [next(ids) for _ in painting.images]
    fonts = {face: font_ids[index] for face, index in stands_for.items()}
    media = dict(enumerate(media_ids))
    tags = document.Tags(page_ids, [page.label for page in painting.pages])
    contents = [
        content(
            page,
            fonts,
            media,
            lambda: next(ids),
            functools.partial(tags.note, number),
            lambda link: document.leads(link, page_ids),
        )
        for number, page in enumerate(painting.pages, 1)
    ]
    greatest = next(ids) - 1
    files = {
        "OFD.xml": document.entry(painting.information, identity),
        "Doc_0/Document.xml": document.document(
            painting.pages,
            page_ids,
            painting.outline,
            greatest,
            attached=bool(attached),
        ),
    }
    public, font_files = document.font_resources(faces, font_ids)
    own, media_files = document.media_resources(painting.images, media_ids)
    files |= {"Doc_0/PublicRes.xml": public, "Doc_0/DocumentRes.xml": own}
    files |= {f"Doc_0/{document.page_path(i)}": page for i, page in enumerate(contents)}
    files |= {f"Doc_0/Res/{name}": file for name, file in (font_files | media_files).items()}
    files["Doc_0/Tags/CustomTags.xml"] = document.custom_tags()
    files["Doc_0/Tags/Structure.xml"] = tags.structure(painting.structure)
    if attached:
        date = painting.information.get("CreationDate", "")
        listed, attached_files = document.attachments(attached, date)
        files["Doc_0/Attachs/Attachments.xml"] = listed
        files |= {f"Doc_0/Attachs/{name}": file for name, file in attached_files.items()}
    return files
