"""What stands within a document: its nodes in reading order, its texts, its pictures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import TypeVar

from yinfa.model import Article, Chapter, Node, Numbered, Paragraph, Picture, Section, Text


def walk(body: tuple[Node, ...]) -> Iterator[Node]:
    """Every node of *body* in reading order, a section before what stands under it."""
    for node in body:
        yield node
        if isinstance(node, Section | Chapter | Numbered):
            yield from walk(node.body)


def footnotes(body: tuple[Node, ...]) -> Iterator[Text]:
    """The footnotes of *body* in reading order."""
    for node in walk(body):
        if isinstance(node, Paragraph | Numbered | Section | Article):
            yield from node.notes


def texts(noun: object) -> Iterator[Text]:
    """Every text within *noun*, a document or a part of one, in the order of its fields."""
    return _within(noun, Text)


def pictures(noun: object) -> Iterator[Picture]:
    """Every picture within *noun*, likewise."""
    return _within(noun, Picture)


_Noun = TypeVar("_Noun")


def _within(noun: object, kind: type[_Noun]) -> Iterator[_Noun]:
    if isinstance(noun, kind):
        yield noun
    elif isinstance(noun, tuple):
        for item in noun:
            yield from _within(item, kind)
    elif is_dataclass(noun):
        for part in fields(noun):
            yield from _within(getattr(noun, part.name), kind)
