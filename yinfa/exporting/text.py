"""A Document as plain text that people read and that can be imported again."""

from __future__ import annotations

from collections.abc import Iterator

from yinfa.exporting.lines import SPACE, Kind, Line, document_lines
from yinfa.model import Align, Document, Table

CELLS = 28  # 5.2.3
INDENT = SPACE * 2  # 7.3.3

_CENTRED = (Kind.MARK, Kind.NUMBER, Kind.TITLE, Kind.UNDER_TITLE, Kind.CHAPTER, Kind.PART)
_FLUSH_LEFT = (
    Kind.COPY_NUMBER, Kind.CLASSIFICATION, Kind.URGENCY, Kind.LABEL, Kind.ADDRESSEES,
    Kind.COPIED_TO, Kind.PRINTED, Kind.TABLE, Kind.CAPTION, Kind.TABLE_NOTE, Kind.FIGURE,
    Kind.FIGURE_CAPTION,
)  # fmt: skip
_RIGHT = (Kind.SIGNATORY, Kind.SIGNATURE, Kind.DATE)
_APART = (
    {Kind.TITLE, Kind.UNDER_TITLE},
    {Kind.ATTACHMENT_LIST},
    {Kind.SIGNATURE, Kind.DATE},
    {Kind.ATTENDANCE},
    {Kind.LABEL},
    {Kind.COPIED_TO, Kind.PRINTED},
)
_RULERS = {
    Align.LEFT: ":---", Align.CENTRE: ":---:", Align.RIGHT: "---:", Align.DECIMAL: "---:",
}  # fmt: skip


def as_text(document: Document) -> str:
    """The whole of *document* with its numbers, a paragraph a line, ending with a line end."""
    written: list[str] = []
    before: Kind | None = None
    for line in document_lines(document):
        if before is not None:
            written += [""] * _blank_lines(before, line)
        written += _written(line)
        before = line.kind
    return "\n".join(written) + "\n"


def _blank_lines(before: Kind, line: Line) -> int:
    """One before and after title, signature and the like; more where a paragraph steps out.

    One before a paragraph that stands under no heading any more, one and as many as were closed
    before a paragraph that leaves some of them open.
    """
    if any((before in group) != (line.kind in group) for group in _APART):
        return 1
    if line.kind is Kind.LABEL:
        return 1
    if not line.left:
        return 0
    return 1 if line.outside else line.left + 1


def _written(line: Line) -> Iterator[str]:
    if line.table is not None:
        yield from _table(line.table)
    elif line.kind in _CENTRED:
        yield SPACE * max(0, (CELLS - len(line.text)) // 2) + line.text
    elif line.kind in _RIGHT:
        yield SPACE * max(2, CELLS - 2 - len(line.text)) + line.text
    elif line.kind in _FLUSH_LEFT:
        yield line.text
    elif line.kind is Kind.ATTACHMENT_LIST and not line.head:
        yield SPACE * 5 + line.text
    else:
        yield INDENT + line.text


def _table(table: Table) -> Iterator[str]:
    """Rows between upright strokes, the header ruled off."""
    columns = len((table.header or table.rows)[0])
    for row in table.header:
        yield _row(map(str, row))
    if table.header:
        aligns = [*table.align, *([None] * (columns - len(table.align)))]
        yield _row(_RULERS[align] if align else "---" for align in aligns)
    for row in table.rows:
        yield _row(map(str, row))


def _row(cells: Iterator[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
