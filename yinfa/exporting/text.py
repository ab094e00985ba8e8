"""A Document as plain text that people read and that can be imported again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from yinfa.exporting.lines import ExportLine, export_lines
from yinfa.measures import standard_measures
from yinfa.model import Align, Table
from yinfa.parts import Part
from yinfa.reading_order import SPACE, ReadingOrder

INDENT = SPACE * 2  # 7.3.3

_CENTRED = (Part.MARK, Part.NUMBER, Part.TITLE, Part.BYLINE, Part.CHAPTER)
_FLUSH_LEFT = (
    Part.COPY_NUMBER, Part.CLASSIFICATION, Part.URGENCY, Part.LABEL, Part.ADDRESSEES,
    Part.COPIED_TO, Part.PRINTED, Part.TABLE, Part.CAPTION, Part.TABLE_NOTE,
    Part.TABLE_UNIT, Part.FIGURE,
    Part.FIGURE_CAPTION,
)  # fmt: skip
_RIGHT = (Part.SIGNATORY, Part.SIGNATURE, Part.DATE)
_APART = (
    {Part.TITLE, Part.BYLINE},
    {Part.ATTACHMENT_LIST},
    {Part.SIGNATURE, Part.DATE},
    {Part.ATTENDANCE},
    {Part.LABEL},
    {Part.COPIED_TO, Part.PRINTED},
)
_RULERS = {
    Align.LEFT: ":---", Align.CENTRE: ":---:", Align.RIGHT: "---:", Align.DECIMAL: "---:",
}  # fmt: skip


def as_text(order: ReadingOrder) -> str:
    """The whole of *order* with its numbers, a paragraph a line, ending with a line end."""
    written: list[str] = []
    cells = int(standard_measures().grid.cells)
    before: Part | None = None
    for line in export_lines(order):
        if before is not None:
            written += [""] * _blank_lines(before, line)
        written += _written(line, cells)
        before = line.part
    return "\n".join(written) + "\n"


def _blank_lines(before: Part, line: ExportLine) -> int:
    """One before and after title, signature and the like; more where a paragraph steps out.

    One before a paragraph that stands under no heading any more, one and as many as were closed
    before a paragraph that leaves some of them open.
    """
    if any((before in group) != (line.part in group) for group in _APART):
        return 1
    if line.part is Part.LABEL:
        return 1
    if not line.left:
        return 0
    return 1 if line.outside else line.left + 1


def _written(line: ExportLine, cells: int) -> Iterator[str]:
    """The lines of *line* in a page of so many *cells* a line."""
    if line.element.table is not None:
        yield from _table(line.element.table)
    elif line.part in _CENTRED:
        yield SPACE * max(0, (cells - len(line.text)) // 2) + line.text
    elif line.part in _RIGHT:
        yield SPACE * max(2, cells - 2 - len(line.text)) + line.text
    elif line.part in _FLUSH_LEFT:
        yield line.text
    elif line.part is Part.ATTACHMENT_LIST and line.element.number > 1:
        yield SPACE * 5 + line.text
    else:
        yield INDENT + line.text


def _table(table: Table) -> Iterator[str]:
    """Rows between upright strokes, the header ruled off."""
    columns = len((table.header or table.rows)[0])
    for number, row in enumerate(table.typed_rows(), 1):
        yield _row(row)
        if number == len(table.header):
            aligns = [*table.align, *([None] * (columns - len(table.align)))]
            yield _row(_RULERS[align] if align else "---" for align in aligns)


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
