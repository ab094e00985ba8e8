"""The nouns of importing: lines of a file, what was noted of them, and the source they become."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import IntEnum

LONGEST_TOLD = 60  # characters of what is left out that are told
MOST_TOLD = 5  # places of one kind of loss that are told


def clipped(words: str) -> str:
    """*words*, or their beginning where they are long."""
    return words if len(words) <= LONGEST_TOLD else f"{words[:LONGEST_TOLD]}……"


LEFT, ABOVE = "←", "↑"  # a cell that belongs to its neighbour
MERGED = (LEFT, ABOVE)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of the file; cells that are merged with one before say so."""

    header: tuple[tuple[str, ...], ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class DraftPicture:
    """A picture of the file; *path* is as the source will name it."""

    path: str
    alternative: str
    typed: bool = False  # its path stands in the file, as text


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A paragraph of the file, and what its look says about it."""

    numbers: tuple[int, ...]  # lines of the file, from 1
    text: str
    blank: int = 0  # blank lines above
    indent: int = 0  # columns of white space before
    level: int = 0  # of a heading, where a style says so
    title: bool = False  # a style says that it is the title
    head: int = 0  # so many characters stand in a heading's face
    notes: tuple[str, ...] = ()
    grid: Grid | None = None
    picture: DraftPicture | None = None
    foreign: bool = False  # no text of ours: its brackets are never notation
    marked: str = ""  # its text in the source's notation, where words of it are set apart
    looks: tuple[tuple[str, str], ...] = ()  # what is set apart, and how

    @property
    def number(self) -> int:
        """Where it begins."""
        return self.numbers[0]

    @property
    def is_text(self) -> bool:
        return self.grid is None and self.picture is None


@dataclass(frozen=True, slots=True)
class Change:
    """On *line* of the file stands *before*; the document has *after* in its place."""

    line: int
    before: str
    after: str
    kind: str = ""  # of typing that is tidied


@dataclass(frozen=True, slots=True, order=True)
class Remark:
    """What the importer was not sure of, or did not take as it stood; *line* 0 is the whole."""

    line: int
    message: str


class Step(IntEnum):
    """The steps of importing that change what a line says, one after the other.

    Between TABLE and STRUCTURE lines are cut into parts.
    """

    READ = 0  # marks of Markdown
    NOTES = 1  # how footnotes are called
    TIDY = 2
    TABLE = 3  # strokes of typed tables
    STRUCTURE = 4  # numbers and labels that the document gives back


_PARTS = 1 << 32  # parts of a line are known by keys above all numbers of lines


def line_of(key: int) -> int:
    """The line of the file that *key* names, whole or in part.

    >>> line_of(7), line_of(7 + 2 * _PARTS)
    (7, 7)
    """
    return key % _PARTS


@dataclass(frozen=True, slots=True)
class Loss:
    """Something of one *kind* that the file has and the source has not; *done* says instead."""

    kind: str
    done: str
    places: tuple[int, ...]  # lines of the file, 0 for the whole
    words: tuple[str, ...]

    @property
    def count(self) -> int:
        return len(self.places)

    def told(self, unit: str) -> str:
        """It in a sentence; *unit* is what the places are numbers of.

        >>> Loss("删除线", "已略去", (3, 7), ("五百元", "")).told("段")
        '删除线2处，已略去：第3段“五百元”、第7段'
        """
        shown = [
            (f"第{place}{unit}" if place else "") + (f"“{clipped(words)}”" if words else "")
            for place, words in zip(self.places, self.words, strict=True)
        ]
        shown = [entry for entry in shown if entry]
        more = "等" if len(shown) > MOST_TOLD else ""
        listed = "、".join(shown[:MOST_TOLD]) + more
        return f"{self.kind}{self.count}处，{self.done}" + (f"：{listed}" if listed else "")


@dataclass(slots=True)
class Notebook:
    """What is noted while a file is read: all the steps of importing write to it.

    The changes of one step to one line come in the order of the line.
    """

    changes: dict[Step, list[Change]] = field(default_factory=lambda: {step: [] for step in Step})
    remarks: list[Remark] = field(default_factory=list)
    cuts: dict[int, list[tuple[int, str]]] = field(default_factory=dict)  # line: keys and words
    left_out: list[int] = field(default_factory=list)  # lines and parts that the source has not
    # Words of a line that are not read at all: what stands before them since the last, they.
    dropped: list[tuple[int, str, str]] = field(default_factory=list)
    ledger: dict[tuple[str, str], list[tuple[int, str]]] = field(default_factory=dict)

    def change(
        self,
        line: DraftLine | int,
        before: str,
        after: str,
        step: Step = Step.STRUCTURE,
        kind: str = "",
    ) -> None:
        """*before* was typed, *after* is what the document has.

        White space is no change, save where typing is tidied.
        """
        if step is Step.TIDY or "".join(before.split()) != "".join(after.split()):
            number = line if isinstance(line, int) else line.number
            self.changes[step].append(Change(number, before, after, kind))

    def remark(self, line: DraftLine | int, message: str) -> None:
        number = line if isinstance(line, int) else line.number
        self.remarks.append(Remark(line_of(number), message))

    def cut(self, line: DraftLine, *places: int) -> list[DraftLine]:
        """*line*, which is one line of the file, in parts that begin at 0 and at *places*."""
        ends = [*places, len(line.text)]
        texts = [
            line.text[start:end].strip() for start, end in zip((0, *places), ends, strict=True)
        ]
        keys = [line.number + index * _PARTS for index in range(1, len(texts) + 1)]
        self.cuts[line.number] = list(zip(keys, texts, strict=True))
        return [
            replace(line, numbers=(key,), text=text, blank=line.blank if index == 0 else 0)
            for index, (key, text) in enumerate(zip(keys, texts, strict=True))
        ]

    def leave_out(self, line: DraftLine, why: str) -> None:
        """*line* will not be in the source; it is told, with its words."""
        self.left_out += line.numbers
        self.remark(line, f"没有收入“{clipped(line.text)}”：{why}")

    def lose(self, kind: str, done: str, line: int, words: str = "") -> None:
        """The source has not what of this *kind* stands on *line*; one after another is one."""
        entries = self.ledger.setdefault((kind, done), [])
        said = " ".join(words.split())
        if said and entries and entries[-1][0] == line and entries[-1][1]:
            entries[-1] = (line, entries[-1][1] + said)
        else:
            entries.append((line, said))

    @property
    def losses(self) -> tuple[Loss, ...]:
        """The ledger, a kind an entry."""
        return tuple(
            Loss(kind, done, tuple(line for line, _ in entries), tuple(said for _, said in entries))
            for (kind, done), entries in self.ledger.items()
        )

    def state(self) -> Notebook:
        """A copy to go back to when what follows comes to nothing."""
        return Notebook(
            {step: list(changes) for step, changes in self.changes.items()},
            list(self.remarks), dict(self.cuts), list(self.left_out), self.dropped, self.ledger,
        )  # fmt: skip

    def go_back(self, state: Notebook) -> None:
        self.changes, self.remarks = state.changes, state.remarks
        self.cuts, self.left_out = state.cuts, state.left_out


# --- the source to be written ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Row:
    """A list that is written on one line."""

    cells: tuple[str, ...]


@dataclass(slots=True)
class At:
    """A part of the source, with the lines of the file it was made of."""

    tree: Tree
    lines: tuple[int, ...] = ()


Tree = str | Row | list[At] | dict[str, "At"]


@dataclass(slots=True)
class Draft:
    """A source: keys with values in the order they are written.

    *order* says which lines of the file stand where in the finished document; a text among them
    is one that the file does not have.
    """

    keys: dict[str, At]
    order: list[int | str]
    titled: bool = True  # False: its title is the file's name, which no source may keep


def placed(lines: Iterable[DraftLine]) -> list[int | str]:
    """The lines of the file that *lines* were made of, and what stands there for a picture."""
    order: list[int | str] = []
    for line in lines:
        order += line.numbers
        if line.picture is not None and not line.picture.typed:
            order.append(f"![{line.picture.alternative}]({line.picture.path})")
    return order


def numbers(lines: Iterable[DraftLine]) -> tuple[int, ...]:
    """The lines of the file that *lines* were made of."""
    return tuple(number for line in lines for number in line.numbers)
