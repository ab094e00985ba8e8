"""Files within a PDF: put in as ISO 19005-3 wants associated files, and read out again."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pypdf.errors import DependencyError, PyPdfError

from yinfa.pdf import resolved
from yinfa.pdf.objects import (
    ArrayObject,
    ByteStringObject,
    DecodedStreamObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    PdfReader,
    PdfWriter,
    TextStringObject,
    add,
)

# What pypdf lets rise from a file that is damaged, or encrypted.
UNREADABLE = (
    PyPdfError, DependencyError, ArithmeticError, AssertionError, AttributeError, LookupError,
    RuntimeError, TypeError, ValueError,
)  # fmt: skip
MOST_BYTES = 300_000_000  # of all files together: a few kilobytes may unpack to anything


@dataclass(frozen=True, slots=True)
class Attached:
    """A file in a PDF; *relationship* is what it is to the document, such as Source."""

    name: str
    content: bytes
    mime: str
    relationship: str
    description: str


def attach(writer: PdfWriter, files: Sequence[Attached], date: str) -> None:
    """Put *files* into the document; *date* is the document's own as PDF writes it, or nothing."""
    if not files:
        return
    references = {file.name: _specification(writer, file, date) for file in files}
    names = ArrayObject()
    for name in sorted(references, key=lambda name: name.encode("utf-16-be")):
        names += [TextStringObject(name), references[name]]
    tree = DictionaryObject({NameObject("/Names"): names})
    catalogue = writer.root_object
    known = DictionaryObject(resolved(catalogue.get("/Names")) or {})
    known[NameObject("/EmbeddedFiles")] = tree
    catalogue[NameObject("/Names")] = known
    catalogue[NameObject("/AF")] = ArrayObject(references.values())


def _specification(writer: PdfWriter, file: Attached, date: str) -> IndirectObject:
    stream = DecodedStreamObject()
    stream.set_data(file.content)
    parameters = DictionaryObject(
        {
            NameObject("/Size"): NumberObject(len(file.content)),
            NameObject("/CheckSum"): ByteStringObject(
                hashlib.md5(file.content, usedforsecurity=False).digest()
            ),
        }
    )
    if date:
        parameters[NameObject("/ModDate")] = TextStringObject(date)
    stream[NameObject("/Type")] = NameObject("/EmbeddedFile")
    stream[NameObject("/Subtype")] = NameObject(f"/{file.mime}")
    stream[NameObject("/Params")] = parameters
    content = add(writer, stream)
    name = TextStringObject(file.name)
    return add(
        writer,
        DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Filespec"),
                NameObject("/F"): name,
                NameObject("/UF"): name,
                NameObject("/EF"): DictionaryObject(
                    {NameObject("/F"): content, NameObject("/UF"): content}
                ),
                NameObject("/AFRelationship"): NameObject(f"/{file.relationship}"),
                NameObject("/Desc"): TextStringObject(file.description),
            }
        ),
    )


class TooLarge(Exception):
    """The files in a PDF are larger than any document's would be."""


def attached(path: Path) -> tuple[Attached, ...]:
    """The files associated with the document *path*, in its own order; TooLarge is what it says."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it cannot read it also raises
    with path.open("rb") as file:
        return tuple(_read(PdfReader(file).root_object))


def _read(catalogue: Any) -> Iterator[Attached]:
    room = MOST_BYTES
    for specification in map(resolved, resolved(catalogue.get("/AF")) or ()):
        stream = resolved(resolved(specification["/EF"])["/F"])
        content = stream.get_data()
        room -= len(content)
        if room < 0:
            raise TooLarge
        yield Attached(
            str(resolved(specification.get("/UF", specification["/F"]))),
            content,
            str(stream.get("/Subtype", ""))[1:],
            str(specification.get("/AFRelationship", ""))[1:],
            str(specification.get("/Desc", "")),
        )
