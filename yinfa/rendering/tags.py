"""The structure tree that WeasyPrint writes, read as what it drew of each block.

It tags every line, and what shows nothing too; a block is an element below the document's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from yinfa.pdf import resolved
from yinfa.pdf.objects import ArrayObject, DictionaryObject, NumberObject, PdfWriter
from yinfa.rendering.drawn import DrawnElement, TagsDiffer


def drawn_elements(writer: PdfWriter) -> tuple[tuple[DrawnElement, ...], ...]:
    """What was drawn on each page, in the order of the HTML."""
    root = resolved(writer.root_object["/StructTreeRoot"])
    document = resolved(root["/K"][0])
    drawn: dict[int, list[DrawnElement]] = {}
    for kid in map(resolved, document["/K"]):
        if next(_contents(kid), None) is not None:
            drawn.setdefault(kid.raw_get("/Pg").idnum, []).append(_block(kid))
    return tuple(
        tuple(drawn.get(page.indirect_reference.idnum, ())) if page.indirect_reference else ()
        for page in writer.pages
    )


def _block(element: Any) -> DrawnElement:
    """A block: the table in it, or its heading and text, or what it shows."""
    tag = _tag(element)
    if tag in ("Div", "Table"):
        tables = [found for found in _walk(element) if found["/S"] == "/Table"]
        if len(tables) > 1:
            raise TagsDiffer(f"{len(tables)} tables where one was printed")
        if tables:
            return _table(tables[0])
        parts = (DrawnElement(_tag(kid), tuple(_contents(kid))) for kid in _kids(element))
        return DrawnElement(tag, parts=tuple(part for part in parts if part.contents))
    return DrawnElement(tag, tuple(_contents(element)))


def _table(element: Any) -> DrawnElement:
    """A table, or a part of one; what else a row or cell holds is content of it."""
    tag = _tag(element)
    if tag not in ("TH", "TD"):
        kids = (kid for kid in _kids(element) if isinstance(kid, DictionaryObject))
        return DrawnElement(tag, parts=tuple(map(_table, kids)))
    spans = resolved(element["/A"]) if "/A" in element else {}
    rows, columns = (int(spans.get(key, 0)) for key in ("/RowSpan", "/ColSpan"))
    return DrawnElement(tag, tuple(_contents(element)), rows=rows, columns=columns)


def _tag(element: Any) -> str:
    return str(element["/S"])[1:]


def _kids(element: Any) -> Iterable[Any]:
    kids = resolved(element.get("/K"))
    if kids is None:
        return ()
    return map(resolved, kids) if isinstance(kids, ArrayObject) else (kids,)


def _walk(element: Any) -> Iterator[Any]:
    """*element* and every element below it."""
    yield element
    for kid in _kids(element):
        if isinstance(kid, DictionaryObject) and "/S" in kid:
            yield from _walk(kid)


def _contents(element: Any) -> Iterator[int]:
    """The numbers of all marked content below *element*, in reading order."""
    for kid in _kids(element):
        if isinstance(kid, NumberObject):
            yield int(kid)
        else:
            yield from _contents(kid)
