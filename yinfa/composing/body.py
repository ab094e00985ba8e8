"""The text of a document, 7.3.3, on its way to pages: paragraphs and numbered headings."""

from __future__ import annotations

from collections.abc import Iterator

from yinfa.composing.numbering import level_mark
from yinfa.composing.pages import Flow
from yinfa.composing.typesetter import INDENT_CELLS, Typesetter, settled
from yinfa.composition import Block, Part, Role
from yinfa.model import Node, Paragraph, Section

LEVEL_ROLES = {1: Role.HEITI, 2: Role.KAITI}  # 7.3.3; deeper levels keep the text's face


def flow_body(body: tuple[Node, ...], typesetter: Typesetter, level: int = 1) -> Iterator[Flow]:
    """*body* in reading order; its sections are numbered on *level*."""
    number = 0
    for node in body:
        match node:
            case Paragraph():
                yield _paragraph(node, typesetter)
            case Section():
                number += 1
                yield _heading(node, level, number, typesetter)
                yield from flow_body(node.body, typesetter, level + 1)


def _paragraph(paragraph: Paragraph, typesetter: Typesetter) -> Flow:
    reset = typesetter.paragraph(typesetter.run(str(paragraph.text)), first_cells=INDENT_CELLS)
    return Flow(Block(Part.PARAGRAPH, settled(reset).lines), reset=reset)


def _heading(section: Section, level: int, number: int, typesetter: Typesetter) -> Flow:
    """A heading with its mark; run in, it begins the paragraph that goes on after it."""
    name = level_mark(level, number) + str(section.title)
    runs = [typesetter.run(name, LEVEL_ROLES.get(level, Role.FANGSONG))]
    if section.run_in:
        runs.append(typesetter.run(str(section.run_in)))
    reset = typesetter.paragraph(*runs, first_cells=INDENT_CELLS)
    part, head = (Part.RUN_IN, len(name)) if section.run_in else (Part.HEADING, 0)
    block = Block(part, settled(reset).lines, level=level, head=head, name=name)
    return Flow(block, keep=not section.run_in, whole=not section.run_in, reset=reset)
