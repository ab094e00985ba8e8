"""A file of an office, whatever its kind, as a version to be compared."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from yinfa.archive.carried import take_out, unpack
from yinfa.arrange import arrange
from yinfa.comparing.blocks import ComparedBlock, blocks, compared
from yinfa.comparing.redline import as_redline
from yinfa.importing.convert import import_file
from yinfa.load import load
from yinfa.reading_order import ReadingOrder
from yinfa.report import unreadable
from yinfa.validate import is_bundle, validate

SOURCES = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two files, and how the one becomes the other."""

    old: Path
    new: Path
    blocks: tuple[ComparedBlock, ...]
    redline: bytes = b""  # a Word file with tracked changes, where it was asked for

    @property
    def changes(self) -> tuple[ComparedBlock, ...]:
        return tuple(block for block in self.blocks if block.changed)


def compare(old: Path, new: Path, *, with_redline: bool = False) -> Comparison:
    """How *old* becomes *new*: sources, PDFs that carry theirs, text, Word or Markdown files."""
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        before, after = version(old, Path(one)), version(new, Path(other))
        found = compared(list(blocks(before)), list(blocks(after)))
        redline = as_redline(found, after.document) if with_redline else b""
    return Comparison(old, new, found, redline)


def version(path: Path, folder: Path) -> ReadingOrder:
    """The document of the file *path* in order of print; a Fault where it has none.

    What is no source becomes one in *folder*, where its pictures lie as long as that stands.
    """
    if path.suffix.lower() in SOURCES:
        return _of_source(path, path)
    if path.suffix.lower() == ".pdf":
        source, *_ = unpack(take_out(path), folder)
    else:
        source = import_file(path, folder / f"{path.stem}.yaml").path
    return _of_source(source, path)


def _of_source(source: Path, path: Path) -> ReadingOrder:
    loaded = load(source)
    if is_bundle(loaded):
        raise unreadable(path, "这是汇编，不是一份公文", "请逐份比较其中的公文")
    return arrange(validate(loaded))
