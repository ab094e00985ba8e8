"""What Word shows of a file, paragraph by paragraph, for the proof alone.

This reads the file's XML as a stream and shares no code with the reader whose work is proved; of
facts, only the table of symbols. Deleted, hidden and struck words are not shown; numbers that Word
makes are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from yinfa.importing.word_proof_numbers import NumberOf, Styles
from yinfa.importing.word_symbols import is_symbol_face, symbol_of

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main "
_M = "http://schemas.openxmlformats.org/officeDocument/2006/math "
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006 "
_V = "urn:schemas-microsoft-com:vml "
_SKIPPED = {
    _W + "del", _W + "moveFrom", _MC + "Fallback", _W + "rt", _W + "object", _W + "altChunk",
    _W + "rPrChange", _W + "pPrChange", _W + "tblPrChange", _W + "tcPrChange", _W + "trPrChange",
    _W + "sectPrChange",
}  # fmt: skip
_SHOWN = {_W + "tab": "\t", _W + "br": "\n", _W + "cr": "\n", _W + "noBreakHyphen": "-"}
_OFF = ("0", "false", "off", "none")
_ROOM = 8  # underscores of a blank, and the steps in which it grows
_HIGH = dict(zip("0123456789+=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁼⁽⁾ⁿ", strict=True))
_LOW = dict(zip("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎", strict=True))
_RING = re.compile(r"\(\s*[○〇◯oO]\s*[,，;；]\s*(\S{1,2})\s*\)")


def shown_paragraphs(
    document: bytes, footnotes: bytes, endnotes: bytes, styles: bytes, numbering: bytes
) -> dict[int, str]:
    """What each paragraph shows, by its number; its footnotes after it."""
    notes = {
        **{("footnoteReference", key): text for key, text in _notes(footnotes).items()},
        **{("endnoteReference", key): text for key, text in _notes(endnotes).items()},
    }
    known = Styles(styles)
    stream = _Stream(known)
    stream.read(document)
    number_of = NumberOf(numbering, known)
    shown: dict[int, str] = {}
    for number, paragraph in sorted(stream.done.items()):
        text = _filled(paragraph.pieces)
        prefix = number_of(paragraph.style, paragraph.listed) if text.strip() else ""
        called = "".join(
            f"[注{index}]{notes.get(call, '')}" for index, call in enumerate(paragraph.calls, 1)
        )
        shown[number] = "".join(paragraph.art) + prefix + text + called
    return shown


def _notes(part: bytes) -> dict[str, str]:
    """The words of each note by its mark."""
    if not part:
        return {}
    stream = _Stream(Styles(b""))
    stream.notes = {}
    stream.read(part)
    return stream.notes


def _filled(pieces: list[tuple[str, bool]]) -> str:
    """The words of *pieces*; what is underlined and white is a blank."""
    found: list[tuple[str, bool]] = []
    for text, lined in pieces:
        white = not text.strip()
        if lined and "\n" not in text and not white:
            found.append((text.strip(" \t\u3000\u00a0"), lined))
        elif lined and "\n" not in text and found and found[-1][1] and not found[-1][0].strip():
            found[-1] = (found[-1][0] + text, True)
        else:
            found.append((text, lined))
    return "".join(
        "_" * max(_ROOM, _wide(text) // _ROOM * _ROOM)
        if lined and not text.strip() and "\n" not in text
        else text
        for text, lined in found
    )


def _wide(text: str) -> int:
    return sum({"\t": 8, "\u3000": 2}.get(char, 1) for char in text)


@dataclass(slots=True)
class _Paragraph:
    number: int
    pieces: list[tuple[str, bool]] = field(default_factory=list)
    calls: list[tuple[str, str]] = field(default_factory=list)
    art: list[str] = field(default_factory=list)
    style: str = ""
    listed: dict[str, str] = field(default_factory=dict)  # numId and ilvl of its own
    run: dict[str, str] = field(default_factory=dict)
    blanked: int = 0  # depth of a control that nobody has filled in


@dataclass(slots=True)
class _Form:
    """A field: its code, what it is a form of, and whether what it shows has begun."""

    code: str = ""
    shows: bool = False
    pieces: int = 0
    box: str = ""
    entries: list[str] = field(default_factory=list)
    chosen: str = "0"


class _Stream:
    """Follows the XML from start to end, with the paragraphs and fields that are open."""

    def __init__(self, styles: Styles) -> None:
        self.styles = styles
        self.done: dict[int, _Paragraph] = {}
        self.notes: dict[str, str] | None = None
        self.note = ""
        self.skipped = 0
        self.gone_row = 0  # depth of a row that is deleted
        self.in_text = self.in_code = False
        self.count = 0
        self.path: list[str] = []
        self.open: list[_Paragraph] = []
        self.forms: list[_Form] = []

    def read(self, data: bytes) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.Parse(data, True)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        parent = self.path[-1] if self.path else ""
        self.path.append(name)
        if name == _W + "del" and parent == _W + "trPr" and not self.gone_row:
            self.gone_row = len(self.path) - 2
        if self.skipped or name in _SKIPPED:
            self.skipped += 1
            return
        if self.gone_row:
            return
        value = attributes.get(_W + "val", "")
        if name == _W + "p":
            self.count += 1
            self.open.append(_Paragraph(self.count))
        elif name in (_W + "footnote", _W + "endnote"):
            self.note = attributes.get(_W + "id", "")
        elif self.open:
            self._within(self.open[-1], name, parent, value, attributes)

    def _within(
        self, paragraph: _Paragraph, name: str, parent: str, value: str, said: dict[str, str]
    ) -> None:
        short = name.removeprefix(_W)
        if name == _W + "r":
            paragraph.run = {}
        elif parent == _W + "rPr" and self.path[-3] == _W + "r":
            if short == "rFonts":
                paragraph.run.update({"face": said[_W + "ascii"]} if _W + "ascii" in said else {})
            else:
                paragraph.run[short] = value
        elif parent == _W + "pPr" and short == "pStyle":
            paragraph.style = value
        elif parent == _W + "numPr" and short in ("numId", "ilvl"):
            paragraph.listed[short] = value
        elif name in (_W + "t", _M + "t"):
            self.in_text = True
        elif name == _W + "instrText":
            self.in_code = True
        elif name in _SHOWN:
            self._say(_SHOWN[name])
        elif name == _W + "sym":
            code, face = said.get(_W + "char", ""), said.get(_W + "font", "")
            known = re.fullmatch("[0-9A-Fa-f]{1,6}", code) and 0x20 <= int(code, 16) < 0x110000
            self._say(symbol_of(face, chr(int(code, 16))) if known else "□", plain=True)
        elif name in (_W + "footnoteReference", _W + "endnoteReference"):
            paragraph.calls.append((short, said.get(_W + "id", "")))
            self._say(f"[注{len(paragraph.calls)}]", always=True)
        elif name == _V + "textpath" and said.get("string", "").strip():
            paragraph.art.append(said["string"].strip())
        elif short == "showingPlcHdr" and parent == _W + "sdtPr" and not paragraph.blanked:
            self._say("_" * _ROOM, always=True)
            paragraph.blanked = len(self.path) - 2
        elif self.forms or short == "fldChar":
            self._form(paragraph, short, parent, value, said)

    def _form(
        self, paragraph: _Paragraph, short: str, parent: str, value: str, said: dict[str, str]
    ) -> None:
        """Follow a field; one without words shows what its code or its form says."""
        if short == "fldChar":
            kind = said.get(_W + "fldCharType", "")
            if kind == "begin":
                self.forms.append(_Form(pieces=len(paragraph.pieces)))
            elif kind == "separate" and self.forms:
                self.forms[-1].shows = True
            elif kind == "end" and self.forms:
                form = self.forms.pop()
                own = paragraph.pieces[form.pieces :] if form.shows else []
                if not "".join(text for text, _ in own).strip():
                    self._say(_made(form))
        elif parent == _W + "checkBox" and short in ("checked", "default"):
            if short == "checked" or not self.forms[-1].box:
                self.forms[-1].box = "no" if value.lower() in ("0", "false", "off") else "yes"
        elif short == "listEntry":
            self.forms[-1].entries.append(value)
        elif short == "result" and parent == _W + "ddList":
            self.forms[-1].chosen = value

    def _end(self, name: str) -> None:
        self.path.pop()
        depth = len(self.path)
        if self.skipped:
            self.skipped -= 1
        elif self.gone_row:
            pass
        elif name == _W + "p":
            paragraph = self.open.pop()
            if self.notes is None:
                self.done[paragraph.number] = paragraph
            else:
                words = "".join(text for text, _ in paragraph.pieces)
                self.notes[self.note] = self.notes.get(self.note, "") + words
        elif name in (_W + "t", _M + "t"):
            self.in_text = False
        elif name == _W + "instrText":
            self.in_code = False
        elif name == _W + "r" and self.open:
            self.open[-1].run = {}
        if self.gone_row and depth + 1 == self.gone_row:
            self.gone_row = 0
        if self.open and self.open[-1].blanked and depth + 1 == self.open[-1].blanked:
            self.open[-1].blanked = 0

    def _text(self, data: str) -> None:
        if self.skipped or self.gone_row or not self.open:
            return
        if self.in_text:
            self._say(data)
        elif self.in_code and self.forms:
            self.forms[-1].code += data

    def _say(self, text: str, plain: bool = False, always: bool = False) -> None:
        """*text* is shown as its run looks, unless the run hides it."""
        paragraph = self.open[-1]
        if self.notes is not None or always:
            paragraph.pieces.append((text, False))
            return
        if paragraph.blanked or any(not form.shows for form in self.forms):
            return
        look = self.styles.look(paragraph.style, paragraph.run)
        if _on(look, "vanish") or _on(look, "strike") or _on(look, "dstrike"):
            return
        if not plain:
            text = _as_seen(text, look)
        paragraph.pieces.append((text, _on(look, "u") and not plain))


def _on(look: Mapping[str, str], name: str) -> bool:
    return name in look and look[name].lower() not in _OFF


def _as_seen(text: str, look: Mapping[str, str]) -> str:
    """*text* with its letters as capitals, symbols, raised or lowered digits, as it is shown."""
    if _on(look, "caps"):
        text = text.upper()
    face = look.get("face", "")
    han = any("\u2e80" <= char <= "\u9fff" or "\uff00" <= char <= "\uffef" for char in text)
    if any("\ue000" <= char <= "\uf8ff" for char in text) or (is_symbol_face(face) and not han):
        text = "".join(symbol_of(face, char) for char in text)
    table = {"superscript": _HIGH, "subscript": _LOW}.get(look.get("vertAlign", ""), {})
    if table and text.strip() and all(char in table for char in text):
        return "".join(table[char] for char in text)
    return text


def _made(form: _Form) -> str:
    name = form.code.split()[0].upper() if form.code.split() else ""
    if name == "FORMCHECKBOX":
        return "☑" if form.box == "yes" else "□"
    if name == "FORMDROPDOWN" and form.entries:
        at = int(form.chosen) if form.chosen.isdecimal() and len(form.chosen) < 6 else 0
        return form.entries[at] if at < len(form.entries) else ""
    if name == "FORMTEXT":
        return "_" * _ROOM
    ring = _RING.search(form.code) if name.startswith("EQ") and "\\o" in form.code.lower() else None
    if ring and ring[1].isascii() and ring[1].isdecimal() and 1 <= int(ring[1]) <= 20:
        return chr(0x2460 + int(ring[1]) - 1)
    if ring and ring[1] in tuple("一二三四五六七八九十"):
        return chr(0x3280 + "一二三四五六七八九十".index(ring[1]))
    return ""
