"""A Word file becomes lines, with what its styles, lists and faces say about them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from xml.etree import ElementTree

from yinfa.importing.draft import DraftLine, DraftPicture, Notebook
from yinfa.importing.package import DOCUMENT, Package
from yinfa.importing.word_looks import StyleLooks
from yinfa.importing.word_numbers import BULLET, Numbering, W, read_numbering
from yinfa.importing.word_runs import WP, M, R, Runs, shown_lines
from yinfa.importing.word_tables import children, dissolved, grid_of, is_imprint, is_layout
from yinfa.report import Finding, Place, SourceFault

FOOTNOTES, ENDNOTES = "word/footnotes.xml", "word/endnotes.xml"
BIG_HALF_POINTS = 36  # centred words of this size are a title
RIGHT_COLUMNS = 40  # indent that stands for the right edge
DEEPEST_CHAIN = 20  # styles based on one another

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_ENDS = "end"  # kept of a paragraph mark that is deleted
_REVISED = (f"{W}del", f"{W}ins", f"{W}moveFrom", f"{W}moveTo")
_SAID = (f"{W}t", f"{W}delText")
_GONE = (
    f"{W}del", f"{W}moveFrom", f"{_MC}Fallback", f"{W}rPrChange", f"{W}pPrChange",
    f"{W}tblPrChange", f"{W}tcPrChange", f"{W}trPrChange", f"{W}sectPrChange",
)  # fmt: skip
_PICTURES = ((b"\x89PNG", "png"), (b"\xff\xd8\xff", "jpg"))


@dataclass(frozen=True, slots=True)
class WordText:
    """What was read of a Word file; *pictures* are named as the source will name them."""

    lines: list[DraftLine]
    pictures: dict[str, bytes]


@dataclass(slots=True)
class _WordStyle:
    """What a paragraph style says, itself or through the one it is based on."""

    level: int = 0
    title: bool = False
    closing: bool = False  # under no heading any more
    number_id: str = ""
    number_level: int = 0
    align: str = ""
    half_points: int = 0


def read_word(package: Package, folder_name: str, notebook: Notebook) -> WordText:
    """The lines of a Word file; its pictures go to *folder_name*."""
    try:
        reader = _Reader(package, folder_name, notebook)
        lines = list(reader.lines())
    except (ElementTree.ParseError, LookupError, ValueError, RecursionError) as error:
        message = "Word 文件的内容已损坏"
        hint = "请用 Word 或 WPS 打开后重新保存再导入"
        raise SourceFault((Finding(Place(package.path), message, hint),)) from error
    return WordText(_with_title(lines), reader.pictures)


def _with_title(lines: list[DraftLine]) -> list[DraftLine]:
    """Where the only heading of the first level comes first of all headings, it is the title."""
    headings = [line for line in lines if line.level]
    first = [line for line in headings if line.level == 1]
    if len(first) != 1 or headings[0] is not first[0] or len(headings) == 1:
        return lines
    if any(line.title for line in lines):
        return lines
    return [
        replace(line, level=line.level - 1, title=line is first[0]) if line.level else line
        for line in lines
    ]


class _Reader:
    def __init__(self, package: Package, folder_name: str, notebook: Notebook) -> None:
        self.package = package
        self.folder_name = folder_name
        self.notebook = notebook
        self.root = ElementTree.fromstring(package.xml(DOCUMENT))
        _forget(self.root, notebook)
        self.numbers = {
            paragraph: number for number, paragraph in enumerate(self.root.iter(f"{W}p"), 1)
        }
        self.styles = _styles(package.xml("word/styles.xml"))
        self.numbering: Numbering = read_numbering(package.xml("word/numbering.xml"))
        self.relations = _relations(package.xml("word/_rels/document.xml.rels"))
        self.notes = {
            (kind, key): text
            for kind, part in (("footnoteReference", FOOTNOTES), ("endnoteReference", ENDNOTES))
            for key, text in _notes(package.xml(part)).items()
        }
        self.runs = Runs(StyleLooks(package.xml("word/styles.xml")), self.notes, notebook)
        self.pictures: dict[str, bytes] = {}
        self.blank = 0
        self.passed = 0  # the number of the last paragraph
        self.described = ""

    def lines(self) -> Iterator[DraftLine]:
        body = self.root.find(f"{W}body")
        if body is not None:
            yield from self._blocks(body)
        for name in sorted(self.package.names):
            if name.startswith(("word/header", "word/footer")) and name.endswith(".xml"):
                root = ElementTree.fromstring(self.package.xml(name))
                said = "".join(text.text or "" for text in root.iter(f"{W}t")).strip()
                done = "没有收入，页码由程序编排"
                if said and not re.fullmatch(r"[\s\d—–\-第页共/一·.]*", said):
                    self.notebook.lose("页眉页脚", done, 0, said)

    def _blocks(self, parent: ElementTree.Element) -> Iterator[DraftLine]:
        """The lines of the paragraphs and tables in *parent*."""
        begun: list[DraftLine] = []  # its end is deleted: it goes on in the next paragraph
        for element in parent:
            if element.tag == f"{W}p":
                self.passed = self.numbers[element]
                lines = _joined([*begun, *self._paragraph(element)], len(begun))
                begun = [lines.pop()] if lines and _mark_deleted(element) else []
                yield from lines
            elif element.tag == f"{W}tbl":
                yield from begun
                begun = []
                yield from self._table(element)
            elif element.tag == f"{W}altChunk":
                done = "没有收入，请在 Word 里打开后另存为 .docx 再导入"
                self.notebook.lose("嵌在里面的另一份文件", done, self.passed)
            elif element.tag not in (f"{W}sectPr", f"{W}tblPr", f"{W}tcPr"):
                yield from self._blocks(element)
        yield from begun

    # --- paragraphs -----------------------------------------------------------------------

    def _paragraph(self, paragraph: ElementTree.Element) -> Iterator[DraftLine]:
        number = self.numbers[paragraph]
        name, style = self._style(paragraph)
        words = self.runs.read(paragraph, number, name)
        text = words.text
        head = len("".join(piece for piece, _ in words.pieces[: words.head]).strip())
        shown = shown_lines(words)
        big = style.align == "center" and self._is_big(paragraph, style)
        prefix = self._number(style, number) if shown else ""
        for art in words.art:
            self.notebook.lose("艺术字", "收作普通的字", number, art)
            yield DraftLine((number,), art, self.blank, title=True)
            self.blank = 0
        for index, part in enumerate(shown):
            before = prefix if index == 0 else ""
            yield DraftLine(
                numbers=(number,),
                text=before + part.text,
                blank=1 if style.closing else self.blank,
                indent=RIGHT_COLUMNS if style.align in ("right", "end") else 0,
                level=style.level if index == 0 else 0,
                title=style.title or big,
                head=head + len(prefix) if head < len(text.strip()) else 0,
                notes=tuple(words.notes) if index == len(shown) - 1 else (),
                marked=before + part.marked if part.marked else "",
                looks=part.looks,
            )
            self.blank = 0
        for element in words.inner:
            if element.tag == f"{W}txbxContent":
                yield from self._blocks(element)
            else:
                yield from self._picture(element, number)
        if not shown and not words.inner:
            self.blank += 1

    def _style(self, paragraph: ElementTree.Element) -> tuple[str, _WordStyle]:
        """The style of *paragraph*, and what it says, the paragraph itself over it."""
        found = paragraph.find(f"{W}pPr/{W}pStyle")
        name = found.get(f"{W}val", "") if found is not None else ""
        style = replace(self.styles.get(name, _WordStyle()))
        _read_properties(paragraph.find(f"{W}pPr"), style)
        return name, style

    def _is_big(self, paragraph: ElementTree.Element, style: _WordStyle) -> bool:
        sizes = [_integer(size.get(f"{W}val", "")) for size in paragraph.iter(f"{W}sz")]
        return max(sizes, default=style.half_points) >= BIG_HALF_POINTS

    def _number(self, style: _WordStyle, number: int) -> str:
        """The number that Word shows before a paragraph."""
        if not style.number_id or style.number_id == "0":
            return ""
        prefix, kind = self.numbering.next_number(style.number_id, style.number_level)
        if kind == BULLET:
            self.notebook.lose("项目符号", "没有收入：公文用序号分层次", number)
        return prefix

    # --- pictures ---------------------------------------------------------------------------

    def _picture(self, element: ElementTree.Element, number: int) -> Iterator[DraftLine]:
        if element.tag == f"{WP}docPr":
            self.described = element.get("descr") or element.get("title") or ""
            return
        described, self.described = self.described.strip(), ""
        key = element.get(f"{R}embed") or element.get(f"{R}id") or ""
        if element.get(f"{R}link") or key not in self.relations:
            self.notebook.remark(number, "这里有一幅链接在外面的图，没有收入，请补上")
            return
        data = self.package.picture(self.relations[key])
        kind = next((kind for start, kind in _PICTURES if data.startswith(start)), "")
        if not kind:
            self.notebook.remark(number, "这里有一幅不是 PNG、JPEG 的图，没有收入，请另存后补上")
            return
        name = f"图{len(self.pictures) + 1}"
        path = f"{self.folder_name}/{name}.{kind}"
        self.pictures[path] = data
        if not described:
            self.notebook.remark(number, f"“{name}”没有替代文字，先写“{name}”，请改成图的说明")
        yield DraftLine(
            (number,), "", picture=DraftPicture(path, " ".join(described.split()) or name)
        )

    # --- tables -----------------------------------------------------------------------------

    def _table(self, table: ElementTree.Element) -> Iterator[DraftLine]:
        """A table as one line with its grid; one that only lays text out, as its paragraphs."""
        rows = list(children(table, "tr"))
        paragraphs = list(table.iter(f"{W}p"))
        blank = self.blank
        cells = [[list(self._blocks(cell)) for cell in children(row, "tc")] for row in rows]
        flat = [line for row in cells for cell in row for line in cell]
        if not flat:
            return
        if is_layout(cells):
            if not is_imprint(cells):
                said = "这里的表格只用来排版，已拆成一段一段的文字，请核对"
                self.notebook.remark(flat[0], said)
            yield from dissolved(cells)
            return
        for line in flat:
            for kind, said in line.looks:
                self.notebook.lose(kind, "没有收入", line.number, said)
        grid, marked = grid_of(rows, cells)
        numbers = tuple(self.numbers[paragraph] for paragraph in paragraphs)
        if not marked:
            self.notebook.remark(numbers[0], "表格的第一行当作表头，请核对")
        yield DraftLine(numbers, "", blank, grid=grid)
        self.blank = 0


def _joined(lines: list[DraftLine], at: int) -> list[DraftLine]:
    """*lines*, the one at *at* joined to the one before it, which has begun the paragraph."""
    if not 0 < at < len(lines) or not (lines[at - 1].is_text and lines[at].is_text):
        return lines
    first, second = lines[at - 1], lines[at]
    whole = replace(
        first,
        text=first.text + second.text,
        numbers=first.numbers + second.numbers,
        notes=first.notes + second.notes,
        marked="",
        looks=first.looks + second.looks,
    )
    return [*lines[: at - 1], whole, *lines[at + 1 :]]


def _forget(root: ElementTree.Element, notebook: Notebook | None = None) -> None:
    """Take out what is deleted, and what is there a second time for old programs.

    Revisions are told in *notebook* by the number of their paragraph.
    """
    number = 0
    for parent in list(root.iter()):
        number += parent.tag == f"{W}p"
        for child in list(parent):
            revised = child.tag in _REVISED or (
                child.tag == f"{W}tr" and child.find(f"{W}trPr/{W}del") is not None
            )
            if notebook and revised and len(child):
                said = "".join(text.text or "" for text in child.iter() if text.tag in _SAID)
                notebook.lose("修订", "按接受修订以后收入", number, said)
            if child.tag in _GONE or (child.tag == f"{W}tr" and revised):
                parent.remove(child)
                if parent.tag == f"{W}rPr" and child.tag == f"{W}del":
                    parent.set(_ENDS, "deleted")


def _mark_deleted(paragraph: ElementTree.Element) -> bool:
    """Whether the paragraph's end is deleted, so that it goes on in the next one."""
    properties = paragraph.find(f"{W}pPr/{W}rPr")
    return properties is not None and properties.get(_ENDS) == "deleted"


# --- the parts beside the document -------------------------------------------------------------


def _notes(data: bytes) -> dict[str, str]:
    """The words of each footnote by its mark."""
    if not data:
        return {}
    root = ElementTree.fromstring(data)
    _forget(root)
    found = {}
    for note in root:
        pieces = [text.text or "" for text in note.iter() if text.tag in (f"{W}t", f"{M}t")]
        found[note.get(f"{W}id", "")] = " ".join("".join(pieces).split())
    return found


def _relations(data: bytes) -> dict[str, str]:
    """The part that each relation inside the file points to; those to the outside are left out."""
    if not data:
        return {}
    found = {}
    for relation in ElementTree.fromstring(data):
        if relation.get("TargetMode") != "External":
            target = relation.get("Target", "")
            found[relation.get("Id", "")] = (
                target.lstrip("/") if target.startswith("/") else f"word/{target}"
            )
    return found


def _styles(data: bytes) -> dict[str, _WordStyle]:
    """What each paragraph style says, with what it takes from those it is based on."""
    if not data:
        return {}
    elements = {
        style.get(f"{W}styleId", ""): style
        for style in ElementTree.fromstring(data).iter(f"{W}style")
    }
    return {name: _chained(name, elements) for name in elements}


def _chained(name: str, elements: dict[str, ElementTree.Element]) -> _WordStyle:
    chain: list[ElementTree.Element] = []
    while name in elements and len(chain) < DEEPEST_CHAIN:
        chain.append(elements[name])
        based = elements[name].find(f"{W}basedOn")
        name = based.get(f"{W}val", "") if based is not None else ""
    style = _WordStyle()
    for element in reversed(chain):
        named = element.find(f"{W}name")
        called = (named.get(f"{W}val", "") if named is not None else "").lower()
        if called in ("title", "公文标题", "标题") or called.startswith("公文标题"):
            style.title, style.level = True, 0
        style.closing = style.closing or called == "结尾段"
        _read_properties(element.find(f"{W}pPr"), style)
        size = element.find(f"{W}rPr/{W}sz")
        if size is not None:
            style.half_points = _integer(size.get(f"{W}val", ""))
        if called.startswith("heading ") and called[8:].isdecimal():
            style.level = int(called[8:])
    return style


def _read_properties(properties: ElementTree.Element | None, style: _WordStyle) -> None:
    if properties is None:
        return
    if (outline := properties.find(f"{W}outlineLvl")) is not None:
        level = _integer(outline.get(f"{W}val", "9"))
        style.level = level + 1 if level < 9 and not style.title else 0
    if (align := properties.find(f"{W}jc")) is not None:
        style.align = align.get(f"{W}val", "")
    if (listed := properties.find(f"{W}numPr")) is not None:
        if (number := listed.find(f"{W}numId")) is not None:
            style.number_id = number.get(f"{W}val", "")
        if (depth := listed.find(f"{W}ilvl")) is not None:
            style.number_level = _integer(depth.get(f"{W}val", ""))


def _integer(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 9 else 0
