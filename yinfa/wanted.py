"""What must be read on the pages of a document: its reading order, run by run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from yinfa.inline import plain
from yinfa.parts import Part
from yinfa.reading_order import Element, ReadingOrder
from yinfa.rules.compare import ExpectedWords

# These do not stand one after another from top to bottom.
ASIDE = frozenset(
    {
        Part.COPY_NUMBER,
        Part.CLASSIFICATION,
        Part.URGENCY,
        Part.MARK,
        Part.NUMBER,
        Part.SIGNATORY,
        Part.FOOTNOTE,
        Part.CAPTION,
        Part.TABLE,
        Part.TABLE_NOTE,
        Part.TABLE_UNIT,
        Part.FIGURE_CAPTION,
        Part.COPIED_TO,
        Part.PRINTED,
        Part.SIGNATURE,
    }
)
APART = frozenset({Part.SIGNATORY, Part.PRINTED})  # whose names stand each in a place of its own


def wanted(order: ReadingOrder) -> tuple[ExpectedWords, ...]:
    """The runs of words that a document asks for."""
    return tuple(
        run
        for element in order
        if not element.preprinted
        for run in _of(element)
        if run.words.strip()
    )


def _of(element: Element) -> Iterator[ExpectedWords]:
    flowing = element.part not in ASIDE
    if element.table is not None:
        for row in (*element.table.header, *element.table.rows):
            yield from (ExpectedWords(plain(cell.value), cell.place, flowing) for cell in row)
        return
    whole = ExpectedWords(element.text, element.place, flowing)
    match element.part:
        case Part.MARK:
            # 文件 stands beside the middle of several names.
            yield replace(whole, words=element.text.removesuffix(element.stop))
            yield replace(whole, words=element.stop)
        case part if part in APART:
            yield replace(whole, words=element.label)
            for words in element.words:
                yield ExpectedWords(words.text, words.place, flowing)
        case Part.ADDRESSEES:
            # They move to the imprint where side 1 has no room for them, 7.3.2.
            yield replace(whole, otherwise=f"主送：{element.text.removesuffix(element.stop)}。")
        case _:
            yield whole
