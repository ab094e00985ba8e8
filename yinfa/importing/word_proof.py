"""The bare words of a Word file, paragraph by paragraph, for the proof alone.

This reads the file's XML as a stream and shares no code with the reader whose work is proved.
"""

from __future__ import annotations

from collections.abc import Callable
from xml.parsers import expat

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main "
_M = "http://schemas.openxmlformats.org/officeDocument/2006/math "
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006 "
_SKIPPED = {_W + "del", _W + "moveFrom", _MC + "Fallback"}
_PLAIN = {_W + "tab": "\t", _W + "br": "\n", _W + "cr": "\n", _W + "noBreakHyphen": "-"}


def bare_paragraphs(document: bytes, footnotes: bytes, endnotes: bytes) -> dict[int, str]:
    """The words of each paragraph by its number; footnotes after the paragraph that calls them."""
    notes = {
        **{("footnoteReference", key): text for key, text in _notes(footnotes).items()},
        **{("endnoteReference", key): text for key, text in _notes(endnotes).items()},
    }
    paragraphs: dict[int, str] = {}

    def done(number: int, text: str, calls: list[tuple[str, str]]) -> None:
        called = "".join(f"[注{k}]{notes.get(call, '')}" for k, call in enumerate(calls, 1))
        paragraphs[number] = text + called

    _Stream(done).read(document)
    return paragraphs


def _notes(part: bytes) -> dict[str, str]:
    """The words of each note by its mark."""
    found: dict[str, str] = {}
    if part:
        stream = _Stream(lambda *_: None)
        stream.notes = found
        stream.read(part)
    return found


class _Stream:
    """Follows the XML from start to end, with the paragraphs that are open."""

    def __init__(self, done: Callable[[int, str, list[tuple[str, str]]], None]) -> None:
        self.done = done
        self.notes: dict[str, str] | None = None
        self.note = ""
        self.skipped = 0
        self.in_text = False
        self.count = 0
        self.open: list[tuple[int, list[str], list[tuple[str, str]]]] = []

    def read(self, data: bytes) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.Parse(data, True)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if self.skipped or name in _SKIPPED:
            self.skipped += 1
        elif name == _W + "p":
            self.count += 1
            self.open.append((self.count, [], []))
        elif name in (_W + "footnote", _W + "endnote"):
            self.note = attributes.get(_W + "id", "")
        elif not self.open:
            return
        elif name in (_W + "t", _M + "t"):
            self.in_text = True
        elif name in _PLAIN:
            self.open[-1][1].append(_PLAIN[name])
        elif name == _W + "sym":
            self.open[-1][1].append(_symbol(attributes.get(_W + "char", "")))
        elif name in (_W + "footnoteReference", _W + "endnoteReference"):
            calls = self.open[-1][2]
            calls.append((name.removeprefix(_W), attributes.get(_W + "id", "")))
            self.open[-1][1].append(f"[注{len(calls)}]")

    def _end(self, name: str) -> None:
        if self.skipped:
            self.skipped -= 1
        elif name == _W + "p":
            number, pieces, calls = self.open.pop()
            if self.notes is None:
                self.done(number, "".join(pieces), calls)
            else:
                self.notes[self.note] = self.notes.get(self.note, "") + "".join(pieces)
        elif name in (_W + "t", _M + "t"):
            self.in_text = False

    def _text(self, data: str) -> None:
        if self.in_text and not self.skipped and self.open:
            self.open[-1][1].append(data)


def _symbol(code: str) -> str:
    try:
        char = chr(int(code, 16))
    except (ValueError, OverflowError):
        return "□"
    return "□" if "\ue000" <= char <= "\uf8ff" or not char.isprintable() else char
