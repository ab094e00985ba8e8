"""The operators by which WeasyPrint draws a page: found by their look, and reworked.

What is no part of the text becomes an artifact, what is not Chinese is marked as such, and what is
shown in pieces stands where it should in every reader.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from yinfa.pdf import resolved
from yinfa.pdf.objects import PdfWriter
from yinfa.rendering.drawn import Artifacts, is_counted

LATIN_LANGUAGE = b"en"
_GLYPH = ord("<")
_MARK = re.compile(rb"/[A-Za-z0-9]+\s+<</MCID (\d+)>>\s+BDC")
_SHOWN = re.compile(rb"(/[A-Z]+ [\d.]+ Tf\n)\[([^\]]*)\] TJ")
_PAIR = re.compile(rb"<([0-9a-fA-F]{4})> <([0-9a-fA-F]{4})>")
_TEXT = rb"/\w+\s+<</MCID %d>>\s+BDC(?:(?!EMC).)*?(/\w+) ([\d.]+) Tf\n\[([^\]]*)\] TJ"
_GLYPHS = re.compile(rb"<([0-9a-fA-F]+)>")
_CARRIED = re.compile(rb"([-\d. ]+)\] TJ\n((?:/[^\n]*(?:Tf|BDC)\n|EMC\n)*)\[(?:<>)?")
_PIECE = re.compile(rb"<[0-9a-f]*>|[^<]+")


def rework(writer: PdfWriter, artifacts: Artifacts) -> None:
    """Make *artifacts* of some marked content of *writer*, and mark Latin words as such."""
    faces = resolved(resolved(writer.pages[0]["/Resources"])["/Font"])
    glyphs_of = {
        name.encode(): latin_glyphs(resolved(face)["/ToUnicode"].get_data())
        for name, face in faces.items()
    }
    for index, sheet in enumerate(writer.pages):
        stream = resolved(sheet["/Contents"])
        drawn = stream.get_data()
        if numbers := artifacts.get(index):
            drawn = without_marks(drawn, numbers)
        stream.set_data(carrying_distances(marking_latin(drawn, glyphs_of)))


def shown_counts(writer: PdfWriter) -> tuple[int, ...]:
    """How many Han characters and digits each page of *writer* shows: of these none is joined."""
    faces = resolved(resolved(writer.pages[0]["/Resources"]).get("/Font")) or {}
    counted = {
        name.encode(): frozenset(
            glyph.lower()
            for glyph, code in _PAIR.findall(resolved(face)["/ToUnicode"].get_data())
            if is_counted(chr(int(code, 16)))
        )
        for name, face in faces.items()
    }
    return tuple(
        sum(
            glyphs[at : at + 4].lower() in counted[match[1].split(b" ", 1)[0]]
            for match in _SHOWN.finditer(resolved(sheet["/Contents"]).get_data())
            for glyphs in _GLYPHS.findall(match[2])
            for at in range(0, len(glyphs), 4)
        )
        for sheet in writer.pages
    )


def shown_in(operators: bytes, number: int) -> re.Match[bytes]:
    """The text that marked content *number* shows first: its face, its size, what is shown."""
    match = re.search(_TEXT % number, operators, re.DOTALL)
    assert match, "the text is not where the structure tree says"
    return match


def digit_glyphs(to_unicode: bytes) -> dict[str, bytes]:
    """The glyphs of the ten digits in a font, hexadecimal."""
    pairs = ((glyph, chr(int(code, 16))) for glyph, code in _PAIR.findall(to_unicode))
    return {char: glyph for glyph, char in pairs if char in "0123456789"}


def without_marks(operators: bytes, numbers: Collection[int]) -> bytes:
    """*operators* with the marked content of these *numbers* made artifacts."""

    def replaced(match: re.Match[bytes]) -> bytes:
        return b"/Artifact BMC" if int(match[1]) in numbers else match[0]

    return _MARK.sub(replaced, operators)


def latin_glyphs(to_unicode: bytes) -> Mapping[bytes, str]:
    """The glyphs of a face that draw Latin letters and what may stand within Latin words."""
    found: dict[bytes, str] = {}
    for glyph, code in _PAIR.findall(to_unicode):
        char = chr(int(code, 16))
        if char.isascii() and (char.isalpha() or char in " -'.&/"):
            found[glyph] = char
    return found


def marking_latin(operators: bytes, glyphs_of: Mapping[bytes, Mapping[bytes, str]]) -> bytes:
    """*operators* with each run of Latin words marked as such; *glyphs_of* each face by name."""
    letters = {
        face: [glyph for glyph, char in glyphs.items() if char.isalpha()]
        for face, glyphs in glyphs_of.items()
    }

    def marked(match: re.Match[bytes]) -> bytes:
        face = match[1].split(b" ", 1)[0]
        if not any(glyph in match[2] for glyph in letters.get(face, ())):
            return match[0]
        return match[1] + b"\n".join(_shown(match[2], glyphs_of[face]))

    return _SHOWN.sub(marked, operators) if any(letters.values()) else operators


def carrying_distances(operators: bytes) -> bytes:
    """*operators* with a distance at the end of what is shown put before what is shown next.

    Some readers, pdfium among them, forget it there: what follows in another face or language
    would stand too near.
    """
    return _CARRIED.sub(rb"] TJ\n\2[\1 ", operators)


def _shown(array: bytes, glyphs: Mapping[bytes, str]) -> Iterator[bytes]:
    """*array* shown in parts: the Latin runs each within a span of their own language."""
    pieces = list(_pieces(array))
    chars = [glyphs.get(piece[1:5], "") if piece[0] == _GLYPH else None for piece in pieces]
    start = 0
    for first, end in _runs(chars):
        if first > start:
            yield _show(pieces[start:first])
        yield b"/Span <</Lang (%b)>> BDC\n%b\nEMC" % (LATIN_LANGUAGE, _show(pieces[first:end]))
        start = end
    if start < len(pieces):
        yield _show(pieces[start:])


def _show(pieces: Iterable[bytes]) -> bytes:
    return b"[%b] TJ" % b"".join(pieces).replace(b"><", b"")


def _pieces(array: bytes) -> Iterator[bytes]:
    """The glyphs of *array*, each by itself, and the distances between them."""
    for piece in _PIECE.findall(array):
        if piece == b"<>":
            yield b" "  # it parts two distances, which would otherwise run together as one number
        elif piece[0] == _GLYPH:
            for at in range(1, len(piece) - 1, 4):
                yield b"<%b>" % piece[at : at + 4]
        else:
            yield piece


def _runs(chars: Iterable[str | None]) -> Iterator[tuple[int, int]]:
    """Where Latin runs begin and end: from letter to letter, nothing foreign between them.

    None is a distance, which belongs to no language.
    """
    first = last = -1
    for index, char in enumerate(chars):
        if char is None:
            continue
        if char.isalpha():
            first, last = (index if first < 0 else first), index
        elif not char and first >= 0:
            yield first, last + 1
            first = -1
    if first >= 0:
        yield first, last + 1
