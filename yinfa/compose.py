"""A Document becomes a Composition: numbers, line ends, page ends, everything settled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from yinfa.composing.body import Typesetter, flow_body
from yinfa.composing.pages import Flow, Piece, deal
from yinfa.composing.title import set_title
from yinfa.composition import Block, Composition, Founts, Page, Part, Placed, Role, Style
from yinfa.measures import Measures
from yinfa.model import Document, FolioStyle, Text


def compose(document: Document, founts: Founts, measures: Measures) -> Composition:
    """Settle every character of *document*."""
    typesetter = Typesetter(measures, founts, Style())
    flows, pieces = deal(list(_flow(document, typesetter)), measures.grid_lines)
    folio = document.output.folio is not FolioStyle.NONE
    return Composition(
        tuple(
            Page(number, tuple(_place(flows, page)), folio)
            for number, page in enumerate(pieces, document.output.first_page)
        )
    )


def _flow(document: Document, typesetter: Typesetter) -> Iterator[Flow]:
    """The document in reading order."""
    if document.label:
        yield from _label(document.label, typesetter)
    yield _title(document.title, document.title_lines, typesetter, above=1)
    for index, flow in enumerate(flow_body(document.body, typesetter)):
        yield replace(flow, above=1) if index == 0 else flow


def _label(label: str, typesetter: Typesetter) -> Iterator[Flow]:
    """附件 and its number on the first line, flush left, 7.3.7."""
    lines = typesetter.lines(typesetter.run(label, Role.HEITI))
    yield Flow(Block(Part.LABEL, lines), keep=True, whole=True)


def _title(
    title: Text, title_lines: tuple[Text, ...], typesetter: Typesetter, *, above: int
) -> Flow:
    """The title, one line of it a grid line."""
    words = [str(line) for line in title_lines] or str(title)
    setting = set_title(words, typesetter.measure(), typesetter.founts)
    block = Block(Part.TITLE, setting.lines, name=str(title))
    return Flow(block, above=above, keep=True, whole=True)


def _place(flows: Sequence[Flow], pieces: Sequence[Piece]) -> Iterator[Placed]:
    """The pieces of one page as blocks in their places."""
    for piece in pieces:
        block = flows[piece.index].block
        whole = len(flows[piece.index].parts)
        lines = block.lines[piece.start : piece.end]
        passed = sum(len(line.text) for line in block.lines[: piece.start])
        yield Placed(
            piece.row,
            replace(
                block,
                lines=lines,
                head=max(0, block.head - passed),
                first=piece.start == 0,
                last=piece.end == whole,
            ),
        )
