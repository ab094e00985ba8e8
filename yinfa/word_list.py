"""An office's own list of words: what it adds to the common misprints, and what it switches off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from yinfa.load import load
from yinfa.model import Misprint
from yinfa.report import Severity
from yinfa.validating.reader import Fields, Reader
from yinfa.words import MISPRINT, WORD_LIST, Type

NAME = "词表.yaml"


@dataclass(frozen=True, slots=True)
class WordList:
    """The entries that an office adds, and the wrong words that it does not mind."""

    added: tuple[Misprint, ...] = ()
    off: frozenset[str] = frozenset()


def find_word_list(house: Path | None, folder: Path) -> Path | None:
    """The list beside the file of the *house*, or in the *folder* of a document without one."""
    path = (house.parent if house else folder) / NAME
    return path if path.is_file() else None


def read_word_list(path: Path) -> WordList:
    """The list of the file *path*, or a SourceFault with all that is wrong with it."""
    reader = Reader(load(path), printed=False)
    fields = reader.fields(reader.source.root, WORD_LIST)
    added = tuple(_added(fields))
    off = frozenset(text.value for text in fields.texts("off"))
    reader.settle()
    return WordList(added, off)


def _added(fields: Fields) -> Iterator[Misprint]:
    for item in fields.items("add", Type.RECORDS):
        entry = fields.reader.fields(item, MISPRINT)
        wrong, right = entry.text("wrong"), entry.text("right")
        if wrong is None or right is None:
            continue
        if len(wrong.value) < 2:
            entry.wrong("wrong", f"“{wrong}”只有一个字，会误伤别的词", "写成两个字以上的词")
            continue
        if wrong.value == right.value:
            entry.wrong("right", f"“{wrong}”的误和正是同一个词", "改其中一个，或删去这一项")
            continue
        example = entry.text("example")
        before = tuple(text.value for text in entry.texts("before"))
        after = tuple(text.value for text in entry.texts("after"))
        weight = entry.choice("weight")
        found = Misprint(
            wrong.value,
            right.value,
            before,
            after,
            Severity[weight.value.upper()] if weight else Severity.WARNING,
            example.value if example else "",
        )
        if example and not found.stands_in(example.value):
            message = f"例句里没有“{wrong}”，或它的前文、后文说不算错"
            entry.wrong("example", message, "改例句，或改“前文”“后文”")
        yield found
