"""The objects of a PDF by the names of pypdf: what other rooms build with, and its private parts.

Whoever would have another library writes PDFs looks here. pypdf has no public way to do what the
functions below do; each of them is the one place that depends on a name it keeps to itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.constants import PageLabelStyle, UserAccessPermissions
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    ByteStringObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NullObject,
    NumberObject,
    PdfObject,
    StreamObject,
    TextStringObject,
)

__all__ = [
    "ArrayObject", "BooleanObject", "ByteStringObject", "DecodedStreamObject", "DictionaryObject",
    "FloatObject", "IndirectObject", "NameObject", "NullObject", "NumberObject", "PageLabelStyle",
    "PageObject", "PdfObject", "PdfReader", "PdfWriter", "StreamObject", "TextStringObject",
    "UserAccessPermissions", "add", "every_object", "packed", "permissions", "repack",
]  # fmt: skip


def add(writer: PdfWriter, value: PdfObject) -> IndirectObject:
    """*value* as an object of *writer* that others may point to."""
    return writer._add_object(value)


def every_object(writer: PdfWriter) -> Iterator[PdfObject | None]:
    """The objects of *writer* by their numbers, also those added meanwhile; None where one went."""
    return iter(writer._objects)


def packed(stream: StreamObject) -> bytes:
    """The data of *stream* as its filters left them."""
    return stream._data


def repack(stream: StreamObject, data: bytes) -> None:
    """Give *stream* other *data*, which its filters still allow."""
    stream._data = data


def permissions(writer: PdfWriter) -> Any:
    """The dictionary that says how *writer* is encrypted and what is allowed to readers."""
    return writer._encrypt_entry
