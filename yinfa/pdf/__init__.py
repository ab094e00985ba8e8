"""The door of pypdf: what finishing, printing and issuing share.

Points here are PDF's, from the lower left corner; callers think in millimetres.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import uharfbuzz as hb

from yinfa.pdf import serializing
from yinfa.pdf.objects import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NumberObject,
    PageObject,
    PdfObject,
    PdfWriter,
    StreamObject,
    TextStringObject,
    add,
)
from yinfa.pdf.outlines import count_by_glyph

PT_PER_MM = 72 / 25.4
HEADER = "%PDF-1.7"


def clone(content: bytes) -> PdfWriter:
    """A writer that holds all of *content*: tags, intents, metadata, attachments."""
    writer = PdfWriter(clone_from=io.BytesIO(content))
    writer.pdf_header = HEADER  # cloning falls back to 1.3
    return writer


def to_bytes(writer: PdfWriter) -> bytes:
    """What *writer* holds as a file, its identifier following from the content alone."""
    catalogue: Any = writer.root_object
    info = add(writer, dictionary(writer.metadata or {}))
    return serializing.write(catalogue.indirect_reference, info)


def resolved(value: PdfObject | None) -> Any:
    """What *value* points to, whatever it is."""
    return value.get_object() if value is not None else None


def dictionary(items: Mapping[str, PdfObject]) -> DictionaryObject:
    """A PDF dictionary of *items*."""
    return DictionaryObject({NameObject(key): value for key, value in items.items()})


def font_table(font: bytes, tag: bytes) -> bytes:
    """One table of an OpenType font; nothing where it has no such table."""
    if font[:4] != b"OTTO":
        return b""
    count = int.from_bytes(font[4:6], "big")
    for at in range(12, 12 + 16 * count, 16):
        if font[at : at + 4] == tag:
            start, length = (int.from_bytes(font[at + n : at + n + 4], "big") for n in (8, 12))
            return font[start : start + length]
    return b""


@dataclass(frozen=True, slots=True)
class EmbeddedFace:
    """A subset of a face inside a PDF, ready to set text with."""

    font: IndirectObject
    glyphs: dict[str, int]
    advances: dict[str, float]  # em
    dash_middle: float  # em above the baseline, of the em dash

    def encoded(self, text: str) -> str:
        """*text* as the hexadecimal string of a Tj operator."""
        return "".join(f"{self.glyphs[char]:04x}" for char in text)


def embed(writer: PdfWriter, path: Path, characters: str) -> EmbeddedFace:
    """The glyphs of *characters* from the face *path*, embedded once in *writer*."""
    face = hb.Face(hb.Blob.from_file_path(path))
    font = hb.Font(face)
    glyphs = {char: font.get_nominal_glyph(ord(char)) or 0 for char in sorted(set(characters))}
    upem = face.upem
    advances = {char: font.get_glyph_h_advance(glyph) / upem for char, glyph in glyphs.items()}
    extents = font.get_glyph_extents(glyphs.get("—", 0))
    middle = (extents.y_bearing + extents.height / 2) / upem if extents else 0.0
    outlines = _subset(face, glyphs)
    name = _subset_name(path, outlines)
    descendant = _descendant(writer, name, outlines, glyphs, advances)
    to_unicode = add(writer, _stream(_to_unicode(glyphs)))
    reference = add(
        writer,
        dictionary(
            {
                "/Type": NameObject("/Font"),
                "/Subtype": NameObject("/Type0"),
                "/BaseFont": NameObject(f"/{name}"),
                "/Encoding": NameObject("/Identity-H"),
                "/DescendantFonts": ArrayObject([descendant]),
                "/ToUnicode": to_unicode,
            }
        ),
    )
    return EmbeddedFace(reference, glyphs, advances, middle)


def _subset(face: hb.Face, glyphs: dict[str, int]) -> bytes:
    wanted = hb.SubsetInput()
    wanted.sets(hb.SubsetInputSets.GLYPH_INDEX).update(glyphs.values())
    wanted.sets(hb.SubsetInputSets.DROP_TABLE_TAG).update(
        int.from_bytes(tag, "big") for tag in (b"GSUB", b"GPOS", b"BASE", b"VORG", b"vhea", b"vmtx")
    )
    wanted.flags = hb.SubsetFlags.RETAIN_GIDS | hb.SubsetFlags.DESUBROUTINIZE
    return bytes(hb.subset(face, wanted).blob.data)


def _subset_name(path: Path, outlines: bytes) -> str:
    """A subset's name: six letters that follow from the outlines, then the face's name."""
    digest = hashlib.md5(outlines, usedforsecurity=False).digest()[:6]
    stem = re.sub("[^A-Za-z0-9-]", "", path.stem) or "Face"
    return "".join(chr(65 + byte % 26) for byte in digest) + "+" + stem


def _descendant(
    writer: PdfWriter,
    name: str,
    outlines: bytes,
    glyphs: dict[str, int],
    advances: dict[str, float],
) -> IndirectObject:
    is_cff = outlines[:4] == b"OTTO"
    stream = _stream(count_by_glyph(font_table(outlines, b"CFF ")) if is_cff else outlines)
    if is_cff:
        stream[NameObject("/Subtype")] = NameObject("/CIDFontType0C")
    else:
        stream[NameObject("/Length1")] = NumberObject(len(outlines))
    descriptor = add(
        writer,
        dictionary(
            {
                "/Type": NameObject("/FontDescriptor"),
                "/FontName": NameObject(f"/{name}"),
                "/Flags": NumberObject(4),
                "/FontBBox": ArrayObject(map(NumberObject, (0, -120, 1000, 880))),
                "/ItalicAngle": NumberObject(0),
                "/Ascent": NumberObject(880),
                "/Descent": NumberObject(-120),
                "/CapHeight": NumberObject(700),
                "/StemV": NumberObject(80),
                "/FontFile3" if is_cff else "/FontFile2": add(writer, stream),
            }
        ),
    )
    widths = ArrayObject()
    for char, glyph in sorted(glyphs.items(), key=lambda pair: pair[1]):
        widths += [NumberObject(glyph), ArrayObject([NumberObject(round(advances[char] * 1000))])]
    descendant = dictionary(
        {
            "/Type": NameObject("/Font"),
            "/Subtype": NameObject("/CIDFontType0" if is_cff else "/CIDFontType2"),
            "/BaseFont": NameObject(f"/{name}"),
            "/CIDSystemInfo": dictionary(
                {
                    "/Registry": TextStringObject("Adobe"),
                    "/Ordering": TextStringObject("Identity"),
                    "/Supplement": NumberObject(0),
                }
            ),
            "/FontDescriptor": descriptor,
            "/W": widths,
        }
    )
    if not is_cff:
        descendant[NameObject("/CIDToGIDMap")] = NameObject("/Identity")
    return add(writer, descendant)


def _to_unicode(glyphs: dict[str, int]) -> bytes:
    pairs = "\n".join(
        f"<{glyph:04x}> <{char.encode('utf-16-be').hex()}>"
        for char, glyph in sorted(glyphs.items(), key=lambda pair: pair[1])
    )
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n"
        f"{len(glyphs)} beginbfchar\n{pairs}\nendbfchar\n"
        "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
    ).encode()


def _stream(data: bytes) -> StreamObject:
    stream = DecodedStreamObject()
    stream.set_data(data)
    return stream.flate_encode()


def stamp(
    writer: PdfWriter,
    page: PageObject,
    drawing: str,
    fonts: dict[str, IndirectObject],
    *,
    under: bool = False,
) -> None:
    """Put *drawing*, content operators in points, over or *under* what *page* shows."""
    contents: Any = page.get_contents()
    drawn = contents.get_data() if contents is not None else b""
    shown = b"q\n%b\nQ\n" % drawn
    added = drawing.encode("ascii")
    stream = _stream(added + shown if under else shown + added)
    page[NameObject("/Contents")] = add(writer, stream)
    # A page shares its resources with the others: it gets a copy before they change.
    resources = DictionaryObject(resolved(page["/Resources"]))
    merged = DictionaryObject(resolved(resources.get("/Font")) or {})
    merged.update({NameObject(name): font for name, font in fonts.items()})
    resources[NameObject("/Font")] = merged
    page[NameObject("/Resources")] = resources


def footer(shown: str, font: str, size_pt: float, origin_mm: tuple[float, float]) -> str:
    """Operators that show *shown*, the operand of TJ, as a footer artifact.

    Its origin is measured from the lower left corner.
    """
    x, y = (FloatObject(round(length * PT_PER_MM, 4)) for length in origin_mm)
    return (
        "/Artifact <</Type /Pagination /Subtype /Footer /Attached [/Bottom]>> BDC\n"
        f"BT 0 g {font} {size_pt:g} Tf {x} {y} Td [{shown}] TJ ET\nEMC\n"
    )
