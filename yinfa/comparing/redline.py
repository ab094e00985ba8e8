"""A Comparison as a Word file with tracked changes: accepted it is the new version, else the old.

Words are compared as they print; how they look is as the new version has it. Merged cells, heads
of tables and pictures are those of the version that a row or picture stands in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count, groupby
from xml.sax.saxutils import escape

from yinfa.comparing.blocks import ComparedBlock, VersionBlock
from yinfa.comparing.words import WordChange, changes
from yinfa.exporting.lines import MARKED, ExportLine
from yinfa.exporting.word import LOOKS, WordMedia, blank_above, figure_run, style_of, word_file
from yinfa.exporting.word_page import WordPage, word_page
from yinfa.exporting.word_styles import head_style
from yinfa.inline import CALL, escaped, parse
from yinfa.model import Document
from yinfa.parts import Part

AUTHOR = "yinfa"
MADE = "2012-07-01T00:00:00Z"  # one time for all: the same versions give the same bytes
LEFT, ABOVE = "←", "↑"  # what a cell says that belongs to another


@dataclass(frozen=True, slots=True)
class StyledChar:
    """A character as it prints, and the properties of its run."""

    char: str
    looks: str


@dataclass
class _Tracker:
    """Numbers the changes."""

    page: WordPage
    media: WordMedia = field(default_factory=WordMedia)
    ids: Iterator[int] = field(default_factory=lambda: count(1))

    def mark(self, name: str) -> str:
        """The attributes of a change that is *name*, ins or del."""
        return f'w:{name} w:id="{next(self.ids)}" w:author="{AUTHOR}" w:date="{MADE}"'

    def runs(self, old: Sequence[StyledChar], new: Sequence[StyledChar]) -> str:
        """The runs in which *old* becomes *new*."""
        written = []
        before, after = "".join(c.char for c in old), "".join(c.char for c in new)
        at_old = at_new = 0
        for word in changes(before, after):
            size = len(word.text)
            if word.change is WordChange.GONE:
                text = _runs(old[at_old : at_old + size], "delText")
                written.append(f"<{self.mark('del')}>{text}</w:del>")
                at_old += size
                continue
            text = _runs(new[at_new : at_new + size], "t")
            at_new += size
            if word.change is WordChange.COME:
                text = f"<{self.mark('ins')}>{text}</w:ins>"
            else:
                at_old += size
            written.append(text)
        return "".join(written)

    def paragraph(self, block: ComparedBlock) -> str:
        """A paragraph, whose end is put in or struck with all of it where one version lacks it."""
        shown = _line(_shown(block))
        style, more = style_of(shown, self.page)
        end = ""
        if block.old is None or block.new is None:
            end = f"<w:rPr><{self.mark('ins' if block.old is None else 'del')}/></w:rPr>"
        old, new = _styled(block.old), _styled(block.new)
        runs = self.runs(old, new)
        if block.new is not None and (drawn := figure_run(_line(block.new), self.page, self.media)):
            style, more = "Figure", ""
            runs = drawn if block.old else f"<{self.mark('ins')}>{drawn}</w:ins>"
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}{end}</w:pPr>{runs}</w:p>'

    def table(self, rows: Sequence[ComparedBlock]) -> str:
        """A table row by row, those put in or struck told as such."""
        columns = max(len(_shown(row).cells) for row in rows)
        width = self.page.width_twips // columns
        written = []
        for index, row in enumerate(rows):
            following = rows[index + 1] if index + 1 < len(rows) else None
            written.append(self._row(row, following, width))
        grid = f'<w:gridCol w:w="{width}"/>' * columns
        return (
            '<w:tbl><w:tblPr><w:tblStyle w:val="Ruled"/>'
            f'<w:tblW w:w="{self.page.width_twips}" w:type="dxa"/></w:tblPr>'
            f"<w:tblGrid>{grid}</w:tblGrid>{''.join(written)}</w:tbl>"
        )

    def _row(self, row: ComparedBlock, following: ComparedBlock | None, width: int) -> str:
        own = _shown(row).cells
        below = _shown(following).cells if following is not None else ()
        properties = _header(row)
        if row.old is None or row.new is None:
            properties += f"<{self.mark('ins' if row.old is None else 'del')}/>"
        cells = []
        for column, sign in enumerate(own):
            if sign == LEFT:
                continue
            wide = 1
            while column + wide < len(own) and own[column + wide] == LEFT:
                wide += 1
            span = f'<w:gridSpan w:val="{wide}"/>' if wide > 1 else ""
            tall = "<w:vMerge/>" if sign == ABOVE else ""
            if not tall and column < len(below) and below[column] == ABOVE:
                tall = '<w:vMerge w:val="restart"/>'
            old, new = _cell(row.old, column), _cell(row.new, column)
            end = ""
            if row.old is None or row.new is None:
                end = f"<w:rPr><{self.mark('ins' if row.old is None else 'del')}/></w:rPr>"
            cells.append(
                f'<w:tc><w:tcPr><w:tcW w:w="{wide * width}" w:type="dxa"/>{span}{tall}</w:tcPr>'
                f'<w:p><w:pPr><w:pStyle w:val="TableText"/>{end}</w:pPr>'
                f"{self.runs(old, new)}</w:p></w:tc>"
            )
        head = f"<w:trPr>{properties}</w:trPr>" if properties else ""
        return f"<w:tr>{head}{''.join(cells)}</w:tr>"


def as_redline(blocks: Iterable[ComparedBlock], document: Document) -> bytes:
    """The bytes of a .docx of *blocks*, on the page of the new version's *document*."""
    tracker = _Tracker(word_page(document))
    body: list[str] = []
    before: Part | None = None
    for group in _groups(blocks):
        part = _shown(group[0]).part
        if part is Part.TABLE:
            body.append(tracker.table(group))
            before = part
            continue
        if group[0].new is not None:
            blank = '<w:p><w:pPr><w:pStyle w:val="Normal"/></w:pPr></w:p>'
            body += [blank] * blank_above(part, before)
            before = part
        body.append(tracker.paragraph(group[0]))
    return word_file(body, tracker.page, tracker.media)


def _groups(blocks: Iterable[ComparedBlock]) -> Iterator[list[ComparedBlock]]:
    """Each paragraph alone, the rows of a table together."""
    rows: list[ComparedBlock] = []
    for block in blocks:
        begins = any(one is not None and one.row == 0 for one in (block.old, block.new))
        if rows and (_shown(block).part is not Part.TABLE or (begins and _ends(rows, block))):
            yield rows
            rows = []
        if _shown(block).part is Part.TABLE:
            rows.append(block)
        else:
            yield [block]
    if rows:
        yield rows


def _ends(rows: Sequence[ComparedBlock], block: ComparedBlock) -> bool:
    """Whether a table that *block* belongs to is another than that of *rows*, in either version."""
    for version in ("old", "new"):
        one = getattr(block, version)
        last = next((getattr(r, version) for r in reversed(rows) if getattr(r, version)), None)
        if one is not None and last is not None and one.line is not last.line:
            return True
    return False


def _shown(block: ComparedBlock) -> VersionBlock:
    """The new block, or the old one where that is gone."""
    shown = block.new or block.old
    assert shown is not None
    return shown


def _line(block: VersionBlock) -> ExportLine:
    assert block.line is not None
    return block.line


def _header(row: ComparedBlock) -> str:
    """What says that a row is of the head of its table."""
    shown = _shown(row)
    table = _line(shown).element.table
    head = table is not None and shown.row < len(table.header)
    return "<w:tblHeader/>" if head else ""


def _styled(block: VersionBlock | None) -> list[StyledChar]:
    """The characters of a line as they print; none of a picture, or where there is no block."""
    if block is None or _line(block).element.figure is not None:
        return []
    line = _line(block)
    said = line.text if line.part in MARKED else escaped(line.text)
    style = head_style(line)
    if not style or not 0 < line.head < len(line.text):
        return _spans(said)
    return [*_spans(line.text[: line.head], style), *_spans(line.text[line.head :])]


def _cell(block: VersionBlock | None, column: int) -> list[StyledChar]:
    if block is None or column >= len(block.cells) or block.cells[column] in (LEFT, ABOVE):
        return []
    return _spans(block.cells[column])


def _spans(text: str, style: str = "") -> list[StyledChar]:
    """The characters that the notation of *text* comes to."""
    named = f'<w:rStyle w:val="{style}"/>' if style else ""
    found = []
    for span in parse(text)[0]:
        looks = named + "".join(look for each, look in LOOKS.items() if each in span.emphases)
        said = f"[{CALL}{span.note}]" if span.note else "\n" if span.ends_line else span.text
        found += [StyledChar(char, looks) for char in said]
    return found


def _runs(chars: Sequence[StyledChar], name: str) -> str:
    """Runs of *chars* whose text stands in elements called *name*."""
    written = []
    for looks, some in groupby(chars, lambda char: char.looks):
        properties = f"<w:rPr>{looks}</w:rPr>" if looks else ""
        lines = "".join(char.char for char in some).split("\n")
        said = "<w:br/>".join(
            f'<w:{name} xml:space="preserve">{escape(line)}</w:{name}>' if line else ""
            for line in lines
        )
        written.append(f"<w:r>{properties}{said}</w:r>")
    return "".join(written)
