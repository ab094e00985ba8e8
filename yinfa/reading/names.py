"""The names that an embedded font program bears, whatever the PDF calls it.

Printer drivers and some word processors call fonts F1 or CIDFont+F2; the program inside mostly
still says what it is. Only what holds names is read: the name table of a TrueType or OpenType
program, the Name INDEX and Top DICT of a CFF one, the head of a Type 1 one.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from itertools import pairwise

FAMILY, FULL, POSTSCRIPT, TYPOGRAPHIC = 1, 4, 6, 16
WANTED = frozenset({FAMILY, FULL, POSTSCRIPT, TYPOGRAPHIC})
PREDEFINED_STRINGS = 391  # of CFF: a name is never one of them
TYPE_1_HEAD = 4096
TYPE_1_NAME = re.compile(rb"/(?:FontName\s*/([^\s/{}\[\]]+)|(?:FullName|FamilyName)\s*\(([^)]*)\))")
SFNT = frozenset({b"\0\1\0\0", b"true", b"OTTO", b"ttcf"})
MOJIBAKE = re.compile("[\x80-\xff]{2}")


def face_names(program: bytes) -> tuple[str, ...]:
    """Family, full and PostScript names in *program*, each once; none where it cannot be read."""
    try:
        if program[:4] in SFNT:
            found = list(_of_sfnt(program))
        elif program[:1] == b"\1":
            found = list(_of_cff(program))
        else:
            found = list(_of_type_1(program))
    except (struct.error, IndexError, ValueError):
        return ()  # a damaged program tells nothing
    return tuple(dict.fromkeys(name for name in found if name))


def decoded(raw: bytes) -> str:
    """A name as its producer meant it: UTF-8, GBK or UTF-16, the latter two also as Latin-1."""
    if raw[:2] in {b"\xfe\xff", b"\xff\xfe"}:
        return raw.decode("utf-16", "replace").strip("\0 ")
    raw = raw.rstrip(b"\0")
    for encoding in ("utf-8", "gb18030"):
        try:
            return _unmangled(raw.decode(encoding))
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1")


def _unmangled(text: str) -> str:
    """*text* whose GBK bytes some producer took for Latin-1 and wrote as UTF-8, set right."""
    if not MOJIBAKE.search(text):
        return text
    try:
        return text.encode("latin-1").decode("gb18030")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return text


def _of_sfnt(program: bytes) -> Iterator[str]:
    start = struct.unpack_from(">I", program, 12)[0] if program[:4] == b"ttcf" else 0
    tables: dict[bytes, tuple[int, int]] = {}
    for index in range(struct.unpack_from(">H", program, start + 4)[0]):
        tag, _, offset, length = struct.unpack_from(">4sIII", program, start + 12 + 16 * index)
        tables[tag] = (offset, length)
    if b"name" in tables:
        offset, length = tables[b"name"]
        yield from _of_name_table(program[offset : offset + length])
    if b"CFF " in tables:
        offset, length = tables[b"CFF "]
        yield from _of_cff(program[offset : offset + length])


def _of_name_table(table: bytes) -> Iterator[str]:
    _, count, strings = struct.unpack_from(">HHH", table)
    for index in range(count):
        platform, encoding, _, name, length, offset = struct.unpack_from(
            ">6H", table, 6 + 12 * index
        )
        raw = table[strings + offset : strings + offset + length]
        if name in WANTED and len(raw) == length:
            yield _of_platform(raw, platform, encoding)


def _of_platform(raw: bytes, platform: int, encoding: int) -> str:
    """The words of a record of a name table; Chinese ones come in UTF-16 or in GBK."""
    wide = platform in {0, 3}
    # A Windows record in GBK has its one-byte characters padded to two.
    if platform == 3 and encoding == 3:
        return raw.replace(b"\0", b"").decode("gb18030", "replace")
    if wide:
        return raw.decode("utf-16-be", "replace")
    return decoded(raw)


def _of_cff(program: bytes) -> Iterator[str]:
    names, offset = _index(program, program[2])
    dicts, offset = _index(program, offset)
    strings, _ = _index(program, offset)
    yield from map(decoded, names)
    for key in _strings_of(dicts[0]):
        if PREDEFINED_STRINGS <= key < PREDEFINED_STRINGS + len(strings):
            yield decoded(strings[key - PREDEFINED_STRINGS])


def _index(program: bytes, offset: int) -> tuple[list[bytes], int]:
    """The entries of a CFF INDEX, and where it ends."""
    (count,) = struct.unpack_from(">H", program, offset)
    if not count:
        return [], offset + 2
    size = program[offset + 2]
    base = offset + 3
    starts = [
        int.from_bytes(program[base + size * i : base + size * (i + 1)], "big")
        for i in range(count + 1)
    ]
    data = base + size * (count + 1) - 1
    pieces = [program[data + a : data + b] for a, b in pairwise(starts)]
    return pieces, data + starts[-1]


def _strings_of(top: bytes) -> Iterator[int]:
    """The string numbers of FullName and FamilyName (operators 2 and 3) in a Top DICT."""
    operand, position = 0, 0
    while position < len(top):
        byte = top[position]
        position += 1
        if byte <= 21:
            if byte in {2, 3}:
                yield operand
            position += byte == 12  # an operator of two bytes
        elif byte == 0x1C:
            (operand,) = struct.unpack_from(">h", top, position)
            position += 2
        elif byte == 0x1D:
            (operand,) = struct.unpack_from(">i", top, position)
            position += 4
        elif byte == 0x1E:  # a real number, in nibbles up to an F
            while top[position] & 0x0F != 0x0F and top[position] >> 4 != 0x0F:
                position += 1
            position += 1
        elif byte <= 246:
            operand = byte - 139
        else:
            sign = 1 if byte <= 250 else -1
            operand = sign * ((byte - (247 if sign > 0 else 251)) * 256 + top[position] + 108)
            position += 1


def _of_type_1(program: bytes) -> Iterator[str]:
    for match in TYPE_1_NAME.finditer(program[:TYPE_1_HEAD]):
        yield decoded(match.group(1) or match.group(2))
