"""The structure tree, mended: one element a block, though its lines and pages are many.

The renderer tags each line, and a block anew on each page. Blocks were printed in the order of the
composition, so the children of the document element pair with its blocks one to one, a page's
pictures after its blocks.
"""

from __future__ import annotations

from collections.abc import Iterator

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    PdfObject,
)

from yinfa.composition import Block, Composition


class TagsDiffer(Exception):
    """The renderer's tags do not pair with the blocks that were printed: our own mistake."""


def mend(writer: PdfWriter, composition: Composition) -> None:
    """Join the elements of each block, drop those of single lines, keep content in order."""
    root = writer.root_object["/StructTreeRoot"].get_object()
    document = root["/K"][0].get_object()
    parents = _parent_tree(root["/ParentTree"].get_object(), writer)
    blocks = list(_printed(composition))
    kids = [kid for kid in document["/K"] if _has_content(kid.get_object())]
    if len(kids) != len(blocks):
        raise TagsDiffer(f"{len(kids)} elements for {len(blocks)} blocks")
    merged: list[IndirectObject] = []
    for kid, block in zip(kids, blocks, strict=True):
        for element in _flatten(kid):
            _adopt(element, parents)
            if block and not block.first and merged and _same_kind(merged[-1], element):
                _join(merged[-1], element, parents)
            else:
                merged.append(element)
                element.get_object()[NameObject("/P")] = root["/K"][0]
    document[NameObject("/K")] = ArrayObject(merged)


def _printed(composition: Composition) -> Iterator[Block | None]:
    """The blocks in the order they were printed in, None for each picture."""
    for page in composition.pages:
        yield from (placed.block for placed in page.placed)
        yield from (None for _ in page.pictures)


def _flatten(kid: IndirectObject) -> list[IndirectObject]:
    """The elements a block leaves: itself, or heading and text of a run-in heading."""
    element = kid.get_object()
    if element["/S"] != "/Div":
        return [kid]
    parts: list[IndirectObject] = []
    for child in element["/K"]:
        if parts and _same_kind(parts[-1], child):
            parts[-1].get_object()["/K"].extend(child.get_object()["/K"])
        else:
            parts.append(child)
    return parts


def _same_kind(one: IndirectObject, other: IndirectObject) -> bool:
    return bool(one.get_object()["/S"] == other.get_object()["/S"])


def _leaves(element: DictionaryObject, page: PdfObject) -> Iterator[tuple[PdfObject, int]]:
    """Page and number of every piece of marked content below *element*, in reading order."""
    own = element.raw_get("/Pg") if "/Pg" in element else page
    kids = element["/K"]
    for kid in kids if isinstance(kids, ArrayObject) else [kids]:
        resolved = kid.get_object()
        if isinstance(resolved, NumberObject):
            yield own, int(resolved)
        elif resolved.get("/Type") == "/MCR":
            yield resolved.raw_get("/Pg"), int(resolved["/MCID"])
        else:
            yield from _leaves(resolved, own)


def _has_content(element: DictionaryObject) -> bool:
    """Rules and blank pages leave elements that hold nothing."""
    return any(True for _ in _leaves(element, element))


def _adopt(reference: IndirectObject, parents: dict[int, ArrayObject]) -> None:
    """Let the element hold its marked content itself, without an element for each line."""
    element = reference.get_object()
    page = element.raw_get("/Pg")
    leaves = list(_leaves(element, page))
    element[NameObject("/K")] = ArrayObject(NumberObject(number) for _, number in leaves)
    for own, number in leaves:
        parents[own.get_object()["/StructParents"]][number] = reference


def _join(reference: IndirectObject, more: IndirectObject, parents: dict[int, ArrayObject]) -> None:
    """Give the content of *more*, on a later page, to the element before it."""
    element, other = reference.get_object(), more.get_object()
    page = other.raw_get("/Pg")
    for number in other["/K"]:
        content = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/MCR"),
                NameObject("/Pg"): page,
                NameObject("/MCID"): number,
            }
        )
        element["/K"].append(content)
        parents[page.get_object()["/StructParents"]][number] = reference


def _parent_tree(tree: DictionaryObject, writer: PdfWriter) -> dict[int, ArrayObject]:
    """The parent tree's arrays by page, one entry for each piece of marked content."""
    numbers = tree["/Nums"]
    return {
        int(numbers[index]): numbers[index + 1].get_object() for index in range(0, len(numbers), 2)
    }
