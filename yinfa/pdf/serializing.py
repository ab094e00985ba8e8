"""The objects of a PDF as the bytes of a file: small, in a settled order, written once.

Objects are numbered as they are reached from the catalogue, so what nothing points to is left out,
and the same objects always give the same bytes. All but streams are packed into object streams,
which PDF has since 1.5.
"""

from __future__ import annotations

import hashlib
import io
import re
import zlib
from collections.abc import Iterable, Mapping
from functools import cache

from yinfa.pdf.objects import (
    ArrayObject,
    BooleanObject,
    ByteStringObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NullObject,
    NumberObject,
    PdfObject,
    StreamObject,
    TextStringObject,
    packed,
)

HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
COMPRESSION = 9  # of zlib: what is printed once is read and sent for decades
PACKED = 200  # objects in an object stream; a reader unpacks one to reach any of them
_IRREGULAR = re.compile(r"[^!-~]|[#/%()<>\[\]{}]")


def write(catalogue: IndirectObject, info: IndirectObject) -> bytes:
    """The file of all that *catalogue* and *info* reach, its identifier a digest of the rest."""
    numbering = _Numbering()
    numbering.number(catalogue)
    numbering.number(info)
    file = _File(HEADER)
    file.entries[0] = (0, 0, 65535)
    return file.close(_add(file, numbering))


def update(content: bytes, changed: Mapping[int, StreamObject]) -> bytes:
    """*content*, a file that ``write`` made, with the streams of these numbers *changed*.

    What they point to is added. All else stays as it is, byte for byte.
    """
    start = int(content[content.rindex(b"startxref") :].split()[1])
    size, identifier = re.findall(rb"/Size (\d+) .* /ID \[<(\w+)>", content[start:])[0]
    numbering = _Numbering(int(size))
    file = _File(content)
    for number, stream in changed.items():
        file.add(number, _stream(stream, numbering))
    return file.close(_add(file, numbering), (start, identifier))


def _add(file: _File, numbering: _Numbering) -> int:
    """Write all that *numbering* has met; the number that comes after it."""
    packed: list[tuple[int, bytes]] = []
    for number, found in numbering.objects():
        if isinstance(found, StreamObject):
            file.add(number, _stream(found, numbering))
        else:
            packed.append((number, _value(found, numbering)))
    number = numbering.next
    for start in range(0, len(packed), PACKED):
        file.pack(number, packed[start : start + PACKED])
        number += 1
    return number


class _Numbering:
    """Hands out numbers in the order in which objects are met, and remembers who waits."""

    def __init__(self, first: int = 1) -> None:
        self._first = first
        self._numbers: dict[int, int] = {}
        self._met: list[PdfObject] = []

    @property
    def next(self) -> int:
        """The number that the next object gets."""
        return self._first + len(self._met)

    def number(self, reference: IndirectObject) -> int:
        """The number of what *reference* points to in the new file; 0 when that is nothing."""
        key = reference.idnum
        if key not in self._numbers:
            found = reference.get_object()
            if found is None or isinstance(found, NullObject):
                self._numbers[key] = 0
            else:
                self._numbers[key] = self.next
                self._met.append(found)
        return self._numbers[key]

    def objects(self) -> Iterable[tuple[int, PdfObject]]:
        """Each object with its number; writing one may add others behind it."""
        return enumerate(self._met, self._first)  # a list that grows while it is walked


def _value(value: PdfObject, numbering: _Numbering) -> bytes:
    """*value* as it stands in a file."""
    if isinstance(value, IndirectObject):
        number = numbering.number(value)
        return b"%d 0 R" % number if number else b"null"
    if isinstance(value, DictionaryObject):
        return _dictionary(value.items(), numbering)
    if isinstance(value, ArrayObject):
        return b"[" + b" ".join([_value(item, numbering) for item in value]) + b"]"
    if isinstance(value, NameObject):
        return _name(value)
    if isinstance(value, NumberObject):
        return b"%d" % value
    if isinstance(value, FloatObject):
        return _float(value)
    if isinstance(value, BooleanObject):
        return b"true" if value.value else b"false"
    if isinstance(value, NullObject):
        return b"null"
    if isinstance(value, TextStringObject):
        return _text(value)
    if isinstance(value, ByteStringObject):
        return b"<" + value.hex().encode() + b">"
    raise TypeError(f"no PDF object: {value!r}")


def _dictionary(items: Iterable[tuple[PdfObject, PdfObject]], numbering: _Numbering) -> bytes:
    inner = [_name(str(key)) + b" " + _value(value, numbering) for key, value in items]
    return b"<<" + b" ".join(inner) + b">>"


@cache
def _name(name: str) -> bytes:
    """A name with its slash; what is no regular character is written as #hh of its UTF-8."""

    def escaped(match: re.Match[str]) -> str:
        return "".join(f"#{byte:02X}" for byte in match[0].encode())

    return b"/" + _IRREGULAR.sub(escaped, name[1:]).encode("ascii")


def _float(value: float) -> bytes:
    """As many decimals as a reader keeps."""
    text = f"{value:.5f}".rstrip("0").rstrip(".")
    return b"0" if text == "-0" else text.encode("ascii")


def _text(text: TextStringObject) -> bytes:
    """Text as ASCII where it is that, else as UTF-16."""
    if text.isascii() and text.isprintable():
        return b"(" + re.sub(rb"([\\()])", rb"\\\1", text.encode("ascii")) + b")"
    return b"<" + (b"\xfe\xff" + text.encode("utf-16-be")).hex().encode() + b">"


def _stream(stream: StreamObject, numbering: _Numbering) -> bytes:
    """A stream object; what is not compressed yet is, but for metadata, which people may read."""
    data = bytes(packed(stream))
    items = {key: value for key, value in stream.items() if key != "/Length"}
    if "/Filter" not in items and items.get("/Type") != "/Metadata":
        shorter = zlib.compress(data, COMPRESSION)
        if len(shorter) < len(data):
            data = shorter
            items[NameObject("/Filter")] = NameObject("/FlateDecode")
    items[NameObject("/Length")] = NumberObject(len(data))
    return _framed(_dictionary(items.items(), numbering), data)


def _framed(dictionary: bytes, data: bytes) -> bytes:
    """A stream; data that end in a carriage return get a line end they cannot be taken for."""
    end = b"\r\n" if data.endswith(b"\r") else b"\n"
    return b"%b\nstream\n%b%bendstream" % (dictionary, data, end)


class _File:
    """Bytes that grow after those *before*, and where each object begins in them."""

    def __init__(self, before: bytes) -> None:
        self._out = io.BytesIO()
        self._out.write(before)
        self.entries: dict[int, tuple[int, int, int]] = {}

    def add(self, number: int, body: bytes) -> None:
        self.entries[number] = (1, self._out.tell(), 0)
        self._out.write(b"%d 0 obj\n%b\nendobj\n" % (number, body))

    def pack(self, number: int, objects: list[tuple[int, bytes]]) -> None:
        """Put *objects* into one object stream of that *number*."""
        heads: list[str] = []
        position = 0
        for index, (inner, body) in enumerate(objects):
            self.entries[inner] = (2, number, index)
            heads.append(f"{inner} {position}")
            position += len(body) + 1
        head = " ".join(heads).encode() + b"\n"
        data = zlib.compress(head + b"\n".join(body for _, body in objects), COMPRESSION)
        dictionary = b"<</Type /ObjStm /N %d /First %d /Filter /FlateDecode /Length %d>>" % (
            len(objects),
            len(head),
            len(data),
        )
        self.add(number, _framed(dictionary, data))

    def close(self, number: int, previous: tuple[int, bytes] | None = None) -> bytes:
        """The whole file, ended by a cross-reference stream of that *number*.

        That of an update names the *previous* one by its place and the file's first identifier.
        """
        start = self._out.tell()
        self.entries[number] = (1, start, 0)
        widths = (1, (start.bit_length() + 7) // 8, 2)
        rows = b"".join(
            value.to_bytes(width, "big")
            for _, entry in sorted(self.entries.items())
            for value, width in zip(entry, widths, strict=True)
        )
        data = zlib.compress(rows, COMPRESSION)
        identifier = hashlib.md5(self._out.getbuffer(), usedforsecurity=False).hexdigest().encode()
        earlier, first = b"", identifier
        if previous:
            index = b" ".join(b"%d 1" % number for number in sorted(self.entries))
            earlier = b" /Index [%b] /Prev %d" % (index, previous[0])
            first = previous[1]
        dictionary = (
            b"<</Type /XRef /Size %d%b /W [%d %d %d] /Root 1 0 R /Info 2 0 R /ID [<%b> <%b>]"
            b" /Filter /FlateDecode /Length %d>>"
            % (number + 1, earlier, *widths, first, identifier, len(data))
        )
        self.add(number, _framed(dictionary, data))
        self._out.write(b"startxref\n%d\n%%%%EOF\n" % start)
        return self._out.getvalue()
