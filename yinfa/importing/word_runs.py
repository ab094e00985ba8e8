"""What Word shows of a paragraph, run by run; what is not shown is told."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from xml.etree import ElementTree

from yinfa.importing.draft import Notebook
from yinfa.importing.word_looks import RunLook, StyleLooks
from yinfa.importing.word_numbers import W
from yinfa.importing.word_symbols import BOX, is_symbol_face, symbol_of
from yinfa.inline import Emphasis, typed

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
V = "{urn:schemas-microsoft-com:vml}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

BLANK = 8  # underscores of the shortest blank to be filled in, and steps of longer ones
_TAB = 8  # columns
_RAISED = str.maketrans("0123456789+=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁼⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_HEADING_FACES = ("黑体", "楷体", "simhei", "kaiti", "heiti")
_CIRCLED = re.compile(
    r"eq\s*\\o\s*(?:\\a[clr])?\s*\(\s*[○〇◯oO]\s*[,，;；]\s*(\S{1,2})\s*\)", re.IGNORECASE
)
_PLAIN = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}


@dataclass(slots=True)
class Shown:
    """A paragraph on its way: its words piece by piece, its footnotes, what else is in it."""

    number: int
    pieces: list[tuple[str, RunLook]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    inner: list[ElementTree.Element] = field(default_factory=list)  # text boxes and pictures
    art: list[str] = field(default_factory=list)  # words of text art
    head: int = 0  # pieces before the face of headings ends
    in_head: bool = True

    @property
    def text(self) -> str:
        return "".join(text for text, _ in self.pieces)


@dataclass(slots=True)
class _Field:
    """A field of Word: its code, until what it shows begins."""

    code: str = ""
    shows: bool = False
    form: ElementTree.Element | None = None
    shown: int = 0  # pieces before it


class Runs:
    """Reads the runs of a file's paragraphs; fields may go on from one to the next."""

    def __init__(
        self, looks: StyleLooks, notes: Mapping[tuple[str, str], str], notebook: Notebook
    ) -> None:
        self._looks = looks
        self._notes = notes
        self._notebook = notebook
        self._fields: list[_Field] = []

    def read(self, paragraph: ElementTree.Element, number: int, style: str) -> Shown:
        """What *paragraph*, the file's *number*-th, shows."""
        shown = Shown(number)
        self._collect(paragraph, shown, style, RunLook())
        shown.pieces = _with_blanks(shown.pieces)
        return shown

    def _collect(
        self, element: ElementTree.Element, shown: Shown, style: str, look: RunLook
    ) -> None:
        for child in element:
            tag = child.tag
            if tag == f"{W}r":
                self._run(child, shown, style)
            elif tag in (f"{W}t", f"{M}t"):
                self._put(child.text or "", look, shown)
            elif tag in _PLAIN:
                self._put(_PLAIN[tag], look, shown)
            elif tag == f"{W}sym":
                self._symbol(child, look, shown)
            elif tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
                key = (tag.removeprefix(W), child.get(f"{W}id", ""))
                shown.notes.append(self._notes.get(key, ""))
                self._put(f"[注{len(shown.notes)}]", RunLook(), shown)
            elif tag == f"{W}ruby":
                self._ruby(child, shown, style, look)
            elif tag == f"{W}fldChar":
                self._field(child, look, shown)
            elif tag == f"{W}instrText":
                if self._fields:
                    self._fields[-1].code += child.text or ""
            elif tag == f"{V}textpath":
                if string := child.get("string", "").strip():
                    shown.art.append(string)
            elif tag in (f"{W}txbxContent", f"{A}blip", f"{V}imagedata", f"{WP}docPr"):
                shown.inner.append(child)
            elif tag == f"{W}object":
                self._notebook.lose("嵌入的对象", "没有收入，请另存后补上", shown.number)
            elif tag == f"{A}graphicData" and (drawn := _drawn(child)):
                self._notebook.lose(drawn, "没有收入，请存成图片后补上", shown.number)
            elif tag == f"{W}hyperlink" and child.get(f"{R}id"):
                before = len(shown.text)
                self._collect(child, shown, style, look)
                self._notebook.lose("链接", "地址没有收入", shown.number, shown.text[before:])
            elif tag == f"{M}oMath":
                before = len(shown.text)
                self._collect(child, shown, style, look)
                said = shown.text[before:]
                self._notebook.lose("公式", "只收入了平排的文字，请核对", shown.number, said)
            elif tag == f"{W}commentReference":
                self._notebook.lose("批注", "没有收入", shown.number)
            elif tag == f"{W}sdt" and child.find(f"{W}sdtPr/{W}showingPlcHdr") is not None:
                said = "".join(text.text or "" for text in child.iter(f"{W}t"))
                self._notebook.lose("没有填写的控件", "改成空白", shown.number, said)
                self._put("_" * BLANK, RunLook(), shown)
            elif tag not in (f"{W}pPr", f"{W}rPr", f"{W}sdtPr"):
                self._collect(child, shown, style, look)

    def _run(self, run: ElementTree.Element, shown: Shown, style: str) -> None:
        properties = run.find(f"{W}rPr")
        look = self._looks.of(style, properties)
        if shown.in_head and not _heads(properties):
            shown.in_head = False
        self._collect(run, shown, style, look)
        if shown.in_head:
            shown.head = len(shown.pieces)

    def _put(self, text: str, look: RunLook, shown: Shown) -> None:
        """Add what *text* shows in that *look*."""
        if not text or any(not entry.shows for entry in self._fields):
            return
        if look.hidden or look.struck or look.struck_twice:
            kind = "隐藏文字" if look.hidden else "删除线"
            self._notebook.lose(kind, "已略去", shown.number, text)
            return
        if look.capitals:
            text = text.upper()
        private = any("\ue000" <= char <= "\uf8ff" for char in text)
        if private or (is_symbol_face(look.face) and not _has_han(text)):
            text = "".join(symbol_of(look.face, char) for char in text)
        if look.raised:
            text = _raised(text, look)
        shown.pieces.append((text, look))

    def _symbol(self, element: ElementTree.Element, look: RunLook, shown: Shown) -> None:
        code = element.get(f"{W}char", "")
        valid = re.fullmatch("[0-9A-Fa-f]{1,6}", code) and 0x20 <= int(code, 16) < 0x110000
        char = symbol_of(element.get(f"{W}font", ""), chr(int(code, 16))) if valid else BOX
        if char == BOX and valid and int(code, 16) & 0xFF not in (0x6F, 0x71, 0x72, 0xA8, 0xA3):
            self._notebook.lose("符号", f"没有对应的字，印成“{BOX}”，请核对", shown.number)
        plain = RunLook(look.hidden, look.struck, look.struck_twice)
        self._put(char, plain, shown)

    def _ruby(self, ruby: ElementTree.Element, shown: Shown, style: str, look: RunLook) -> None:
        said = "".join(text.text or "" for text in ruby.iterfind(f"{W}rt//{W}t"))
        base = ruby.find(f"{W}rubyBase")
        before = len(shown.text)
        if base is not None:
            self._collect(base, shown, style, look)
        words = f"{shown.text[before:]}（{said}）"
        self._notebook.lose("拼音指南", "没有收入", shown.number, words)

    # --- fields ---------------------------------------------------------------------------

    def _field(self, element: ElementTree.Element, look: RunLook, shown: Shown) -> None:
        kind = element.get(f"{W}fldCharType", "")
        if kind == "begin":
            form = element.find(f"{W}ffData")
            self._fields.append(_Field(form=form, shown=len(shown.pieces)))
        elif kind == "separate" and self._fields:
            self._fields[-1].shows = True
        elif kind == "end" and self._fields:
            ended = self._fields.pop()
            said = shown.pieces[ended.shown :] if ended.shows else []
            if not "".join(text for text, _ in said).strip():
                self._put(self._made(ended, shown.number), look, shown)

    def _made(self, ended: _Field, number: int) -> str:
        """What a field shows that keeps no words of its own."""
        name = ended.code.split(maxsplit=1)[0].upper() if ended.code.split() else ""
        if ended.form is not None and name == "FORMCHECKBOX":
            box = ended.form.find(f"{W}checkBox")
            return "☑" if box is not None and _ticked(box) else "□"
        if ended.form is not None and name == "FORMDROPDOWN":
            return _chosen(ended.form.find(f"{W}ddList"))
        if ended.form is not None and name == "FORMTEXT":
            return "_" * BLANK
        if name.startswith("EQ"):
            circled = _CIRCLED.search(ended.code)
            if circled and (char := _circle(circled[1])):
                return char
            self._notebook.lose("域公式", "没有收入，请补上", number, ended.code.strip())
        return ""


_LOOKS: tuple[tuple[str, Emphasis | None, Callable[[RunLook], bool]], ...] = (
    ("加粗", Emphasis.BOLD, lambda look: look.bold),
    ("下划线", Emphasis.UNDERLINE, lambda look: look.underlined),
    ("着重号", Emphasis.DOTTED, lambda look: look.emphasised),
    ("上标", Emphasis.SUPERSCRIPT, lambda look: look.raised > 0),
    ("下标", Emphasis.SUBSCRIPT, lambda look: look.raised < 0),
    ("倾斜", None, lambda look: look.slanted),
    ("颜色", None, lambda look: look.coloured),
)
_CALL = re.compile(r"\[注\d+\]")


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line of a paragraph: its words, these in the source's notation, how some are set apart."""

    text: str
    marked: str = ""
    looks: tuple[tuple[str, str], ...] = ()


def shown_lines(shown: Shown) -> list[ShownLine]:
    """The lines of a paragraph, which words of each are set apart from the others, and how.

    What all of a paragraph has sets nothing apart, nor what its beginning has: headings have it.
    """
    lines: list[list[tuple[str, RunLook]]] = [[]]
    for text, look in shown.pieces:
        first, *others = text.split("\n")
        lines[-1].append((first, look))
        lines += [[(other, look)] for other in others]
    return [line for line in map(_shown_line, lines) if line.text]


def _shown_line(pieces: list[tuple[str, RunLook]]) -> ShownLine:
    text = "".join(words for words, _ in pieces).strip()
    inked = [(words, look) for words, look in pieces if words.strip()]
    apart: list[tuple[str, Emphasis | None, Callable[[RunLook], bool]]] = []
    looks: list[tuple[str, str]] = []
    for kind, emphasis, has in _LOOKS:
        said = "".join(words for words, look in inked if has(look) and not _is_kept(words, look))
        whole = all(has(look) for _, look in inked)
        if not said or (whole and kind not in ("下划线", "着重号")):
            continue
        if kind == "加粗" and text.startswith(said.strip()):
            continue
        apart.append((kind, emphasis, has))
        looks.append((kind, said))
    if not any(emphasis for _, emphasis, _ in apart):
        return ShownLine(text, "", tuple(looks))
    marked = "".join(
        words
        if _CALL.fullmatch(words) or not words.strip()
        else typed(
            words,
            frozenset(e for _, e, has in apart if e and has(look) and not _is_kept(words, look)),
            "",
        )
        for words, look in pieces
    )
    return ShownLine(text, marked.strip(), tuple(looks))


def _is_kept(words: str, look: RunLook) -> bool:
    """Whether characters of their own say already how *words* look: ², ________."""
    return (look.raised != 0 and not words.isascii() and not _has_han(words)) or (
        look.underlined and not words.strip("_")
    )


def _raised(text: str, look: RunLook) -> str:
    """*text* in characters that are raised or lowered themselves, where there are such."""
    table = _RAISED if look.raised > 0 else _LOWERED
    known = text.strip() and all(ord(char) in table for char in text)
    return text.translate(table) if known else text


def _with_blanks(pieces: list[tuple[str, RunLook]]) -> list[tuple[str, RunLook]]:
    """*pieces* with underlined white space as underscores, which the source has for blanks."""
    found: list[tuple[str, RunLook]] = []
    for text, look in pieces:
        before = found[-1] if found else None
        if not look.underlined or "\n" in text:
            found.append((text, look))
        elif text.strip():
            found.append((text.strip(" \t\u3000\u00a0"), look))
        elif before and before[1].underlined and not before[0].strip():
            found[-1] = (before[0] + text, look)
        else:
            found.append((text, look))
    return [(_blank(text) if look.underlined else text, look) for text, look in found]


def _blank(text: str) -> str:
    if text.strip() or "\n" in text:
        return text
    columns = sum(_TAB if char == "\t" else 2 if char == "\u3000" else 1 for char in text)
    return "_" * max(BLANK, columns // BLANK * BLANK)


def _heads(properties: ElementTree.Element | None) -> bool:
    """Whether a run is set as headings are."""
    if properties is None:
        return False
    fonts = properties.find(f"{W}rFonts")
    face = (fonts.get(f"{W}eastAsia", "") if fonts is not None else "").lower()
    return properties.find(f"{W}b") is not None or any(name in face for name in _HEADING_FACES)


def _has_han(text: str) -> bool:
    return any("\u2e80" <= char <= "\u9fff" or "\uff00" <= char <= "\uffef" for char in text)


def _ticked(box: ElementTree.Element) -> bool:
    for name in ("checked", "default"):
        state = box.find(f"{W}{name}")
        if state is not None:
            return state.get(f"{W}val", "1").lower() not in ("0", "false", "off")
    return False


def _chosen(choices: ElementTree.Element | None) -> str:
    if choices is None:
        return ""
    entries = [entry.get(f"{W}val", "") for entry in choices.iterfind(f"{W}listEntry")]
    result = choices.find(f"{W}result")
    index = result.get(f"{W}val", "0") if result is not None else "0"
    at = int(index) if index.isdecimal() and len(index) < 6 else 0
    return entries[at] if at < len(entries) else ""


def _circle(text: str) -> str:
    """*text* within a circle, where there is such a character."""
    if text.isdecimal() and text.isascii() and 1 <= int(text) <= 20:
        return chr(ord("①") + int(text) - 1)
    at = "一二三四五六七八九十".find(text)
    return chr(ord("㊀") + at) if at >= 0 and len(text) == 1 else ""


def _drawn(data: ElementTree.Element) -> str:
    """What is drawn there, where it is no picture and no words."""
    uri = data.get("uri", "")
    kinds = (("chart", "图表"), ("diagram", "智能图形"), ("ink", "墨迹"), ("model3d", "三维图形"))
    return next((kind for end, kind in kinds if end in uri.rsplit("/", 1)[-1]), "")
