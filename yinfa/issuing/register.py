"""The register of what was handed out (登记表): a table to sign, and the same for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence as Items
from itertools import pairwise
from pathlib import Path

from yinfa import load
from yinfa.issuing.distribution import Recipient
from yinfa.load import Mapping, Scalar, Source, Value
from yinfa.model import Document, Text
from yinfa.report import Place
from yinfa.validate import validate

TITLE = "公文分发登记表"
NUMBERS, HEADER = "份号", ("收件单位", "份数", "签收人", "签收日期")
WIDTHS_MM = ((36, 54, 16, 25, 25), (90, 16, 25, 25))  # with and without numbers
ALIGN = (("中", "左", "中", "中", "中"), ("左", "中", "中", "中"))
_FORMULA = tuple("=+-@＝＋－＠\t\r\n")  # what a spreadsheet would compute


def shown_numbers(numbers: Items[int]) -> str:
    """Numbers as an office lists them: 000001—000003、000007."""
    if not numbers:
        return ""
    ordered = sorted(numbers)
    breaks = [index for index, (a, b) in enumerate(pairwise(ordered), 1) if b != a + 1]
    starts, ends = [0, *breaks], [*breaks, len(ordered)]
    return "、".join(
        f"{ordered[start]:06}" + (f"—{ordered[end - 1]:06}" if end - start > 1 else "")
        for start, end in zip(starts, ends, strict=True)
    )


def register_csv(recipients: Items[Recipient]) -> bytes:
    """The register as a spreadsheet opens it, with Chinese on every system."""
    target = io.StringIO()
    writer = csv.writer(target)
    writer.writerow((NUMBERS, *HEADER))
    for each in recipients:
        cells = (shown_numbers(each.numbers), each.full_name.value, str(each.copies), "", "")
        writer.writerow(f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells)
    return target.getvalue().encode("utf-8-sig")


def register(title: str, number: str, recipients: Items[Recipient], folder: Path) -> Document:
    """The register of the document of that *title* and *number*, to be set like any document."""
    place = Place(folder / "登记表.yaml")
    numbered = any(each.numbers for each in recipients)
    rows = []
    for each in recipients:
        cells = (each.full_name, Text(str(each.copies), place), *[Text("", place)] * 2)
        if numbered:
            cells = (Text(shown_numbers(each.numbers), each.name.place), *cells)
        rows.append(_sequence([Scalar(cell.value, cell.place, plain=False) for cell in cells]))
    header = (NUMBERS, *HEADER) if numbered else HEADER
    table = _mapping(
        place,
        表头=_sequence([Scalar(word, place) for word in header]),
        行=_sequence(rows),
        列宽=_sequence([Scalar(str(width), place) for width in WIDTHS_MM[not numbered]]),
        对齐=_sequence([Scalar(word, place) for word in ALIGN[not numbered]]),
    )
    what = f"《{title}》（{number}）" if number else f"《{title}》"
    copies = sum(each.copies for each in recipients)
    told = f"{what}分发{len(recipients)}个单位，共{copies}份。"
    root = _mapping(
        place,
        文种=Scalar("材料", place),
        标题=Scalar(TITLE, place),
        随附源文件=Scalar("否", place),
        正文=_sequence([Scalar(told, place, plain=False), table]),
    )
    return validate(Source(place.path, root))


def _mapping(place: Place, **items: Value) -> Mapping:
    return Mapping(tuple((Scalar(key, place), value) for key, value in items.items()), place)


def _sequence(items: Items[Value]) -> load.Sequence:
    return load.Sequence(tuple(items), items[0].place)
