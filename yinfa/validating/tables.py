"""Tables: rows of cells, and those that take several, ← and ↑."""

from __future__ import annotations

from collections.abc import Iterable

from yinfa.load import Sequence, Value
from yinfa.model import Align, Merge, Ruling, Table, Text
from yinfa.validating.reader import Fields, Reader, shape
from yinfa.words import Type

LEFT, UP = "←", "↑"  # a cell that belongs to the one on its left, or above

Row = tuple[Text, ...]
Position = tuple[int, int]  # row, the head's counted too, and column


def table(fields: Fields, _: int) -> Table:
    """The table of one node."""
    header, rows = _rows(fields, "header"), _rows(fields, "rows")
    columns = len((header or rows or ((),))[0])
    whole = True
    for number, row in enumerate((*header, *rows), 1):
        if len(row) != columns:
            whole = False
            place = row[0].place if row else fields.key_place("rows")
            fields.reader.wrong(
                place,
                f"表格第{number}行有{len(row)}格，应有{columns}格",
                "每行的格数与第一行相同；空的格写 ''，与左边合并的写 ←，与上面合并的写 ↑",
            )
    merged = _merged(fields.reader, header, rows) if whole else ()
    _match_columns(fields, columns)
    ruling = fields.choice("ruling")
    return Table(
        caption=fields.text("table", empty=True),
        header=tuple(map(_unmarked, header)),
        rows=tuple(map(_unmarked, rows)),
        widths_mm=fields.lengths_mm("widths"),
        align=tuple(Align(word.value) for word in fields.choices("align")),
        landscape=fields.yes("landscape", default=False),
        note=fields.text("note"),
        source=fields.text("source"),
        place=fields.place,
        widths_place=fields.value_place("widths"),
        merged=merged,
        unit=fields.text("unit"),
        ruling=Ruling(ruling.value) if ruling else Ruling.GRID,
    )


def _match_columns(fields: Fields, columns: int) -> None:
    """Tell of widths and alignments that are not one a column."""
    for name in ("widths", "align"):
        value = fields.value(name, Type.LENGTHS, Type.CHOICES)
        if isinstance(value, Sequence) and len(value.items) != columns:
            fields.wrong(
                name,
                f"“{fields.shown(name)}”有{len(value.items)}项，表格有{columns}列",
                "一列写一项",
            )


def _rows(fields: Fields, name: str) -> tuple[Row, ...]:
    """The rows of cells under *name*; one row of a header may stand without its own list."""
    value = fields.value(name, Type.ROWS)
    if value is None:
        return ()
    if not isinstance(value, Sequence) or not value.items:
        fields.wrong(
            name, f"“{fields.shown(name)}”应是列表，这里是{shape(value)}", "一行写一项：- [甲, 乙]"
        )
        return ()
    rows: Iterable[Value] = value.items
    if name == "header" and not any(isinstance(item, Sequence) for item in value.items):
        rows = (value,)
    read = (_cells(fields, row, name) for row in rows)
    return tuple(row for row in read if row is not None)


def _cells(fields: Fields, row: Value, name: str) -> Row | None:
    what = fields.shown(name)
    if not isinstance(row, Sequence):
        fields.reader.wrong(row.place, f"“{what}”的一行应是列表", "写成 - [甲, 乙, 丙]")
        return None
    return tuple(fields.reader.text(cell, what, empty=True) for cell in row.items)


# --- merged cells ---------------------------------------------------------------------------


def _unmarked(row: Row) -> Row:
    """*row* with nothing in the cells that belong to others."""
    return tuple(Text("", cell.place) if cell.value in (LEFT, UP) else cell for cell in row)


def _merged(reader: Reader, header: tuple[Row, ...], rows: tuple[Row, ...]) -> tuple[Merge, ...]:
    """The cells that take several; a fault where what they take is no rectangle."""
    every = (*header, *rows)
    owners: dict[Position, Position] = {}
    for at, row in enumerate(every):
        for column, cell in enumerate(row):
            owners[at, column] = _owner(reader, cell, (at, column), len(header), owners)
    for at, row in enumerate(every[1:], 1):
        if at != len(header) and all(owners[at, column][0] < at for column in range(len(row))):
            message = f"表格第{at + 1}行的格全都并到了上一行"
            reader.wrong(row[0].place, message, "请删去这一行")
    taken: dict[Position, list[Position]] = {}
    for position, owner in owners.items():
        taken.setdefault(owner, []).append(position)
    merges = []
    for (at, column), positions in taken.items():
        last_row, last_column = (max(each) for each in zip(*positions, strict=True))
        merge = Merge(at, column, last_row - at + 1, last_column - column + 1)
        if merge.rows * merge.columns != len(positions):
            reader.wrong(
                every[at][column].place,
                f"从“{every[at][column].value or '空格'}”合并的格不成长方形",
                "合并的各格里，除左上角一格外都写 ← 或 ↑",
            )
        elif len(positions) > 1:
            merges.append(merge)
    return tuple(merges)


def _owner(
    reader: Reader, cell: Text, at: Position, header: int, owners: dict[Position, Position]
) -> Position:
    """The cell that *cell* belongs to: itself, or the owner of the one it points at."""
    row, column = at
    if cell.value == LEFT:
        if column:
            return owners[row, column - 1]
        reader.wrong(cell.place, "这一格写了“←”，左边没有格", "请写上内容，或写成 ↑")
    elif cell.value == UP:
        if row not in (0, header):
            return owners[row - 1, column]
        where = "表头和表格的行之间不能合并" if row else "上面没有格"
        reader.wrong(cell.place, f"这一格写了“↑”，{where}", "请写上内容，或写成 ←")
    return at
