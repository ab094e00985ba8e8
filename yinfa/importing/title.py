"""The title, what may stand under it, and the kind of document it names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from yinfa.arranging.numbering import written_date
from yinfa.importing.draft import At, DraftLine, Notebook, Tree
from yinfa.importing.marks import date_of, is_marked
from yinfa.words import FORMS

LONGEST_LINE = 60
MOST_LINES = 6
MOST_NAMES = 3
LONGEST_NAME = 30

_NOT_AT_END = "。；;，,：:、！!"
_LABEL = re.compile(r"附件\s*[0-9０-９一二三四五六七八九十]*\s*[：:]|附件\s*[0-9]+")
_BRACKETED = re.compile("[（(].*[）)]")
_TITLE_NOTE = re.compile("（[^（）。]+）|\\([^()。]+\\)")
_TAIL = re.compile(r"[（(][^（）()]*[）)]$")
_KINDS = re.compile(
    "(?:办法|规定|细则|条例|章程|制度|规则|规程|准则|要点|名单|一览表|统计表|登记表|申请表|情况表|表|讲话)$"
)
_GENRES = sorted(
    (word for form in FORMS for word in form.chinese if form.value != "attachment"),
    key=len, reverse=True,
)  # fmt: skip


@dataclass(slots=True)
class Title:
    """The lines of a title, and the words and date under it."""

    lines: list[DraftLine] = field(default_factory=list)
    taken: int = 0

    @property
    def words(self) -> str:
        return "".join(line.text for line in self.lines)

    @property
    def at(self) -> At:
        """The title as the source has it: with its own line ends where it has several."""
        tree: Tree = "\n".join(line.text for line in self.lines)
        return At(tree, tuple(n for line in self.lines for n in line.numbers))


def take_title(lines: Sequence[DraftLine]) -> Title:
    """The title that *lines* begin with; without lines where they begin with none."""
    title = Title()
    for index, line in enumerate(lines[:MOST_LINES]):
        if not is_title_like(line) or (index and not _goes_on(title, line, lines[index + 1 :])):
            break
        title.lines.append(line)
        title.taken += 1
    if title.taken == len(lines):
        return Title()
    return title


def is_title_like(line: DraftLine) -> bool:
    """Whether *line* can be one of a title's lines."""
    text = line.text
    return (
        line.is_text
        and not line.notes
        and len(text) <= LONGEST_LINE
        and text[-1] not in _NOT_AT_END
        and "。" not in text
        and "[注" not in text
        and not is_marked(text)
        and not _LABEL.match(text)
        and date_of(text) is None
    )


def _goes_on(title: Title, line: DraftLine, following: Sequence[DraftLine]) -> bool:
    """Whether *line* belongs to the title whose earlier lines are there."""
    before = title.lines[-1]
    if line.title:
        return True
    if before.title or line.blank or not following:
        return False
    if _BRACKETED.fullmatch(line.text):
        return date_of(line.text[1:-1]) is None and len(line.text) <= 12
    if _is_whole(title.words):
        return False
    if before.indent != line.indent and line.indent in (2, 4) and before.indent in (0, 2, 4):
        return False
    return len(line.text) <= 30


def _is_whole(words: str) -> bool:
    """Whether *words* end with the name of a kind of text, as whole titles do."""
    bare = _TAIL.sub("", words)
    return bare.endswith(tuple(_GENRES)) or bool(_KINDS.search(bare))


def genre_of(title: str) -> str:
    """The kind of document that *title* ends with, as sources write it; nothing for none."""
    bare = _TAIL.sub("", title)
    if bare.endswith("讲话"):
        return "讲话稿"
    return next((genre for genre in _GENRES if bare.endswith(genre)), "")


def take_under_title(lines: Sequence[DraftLine], notebook: Notebook) -> tuple[dict[str, At], int]:
    """Names and date under a title, by the names of the source, and how many lines they take."""
    for index, line in enumerate(lines[: MOST_NAMES + 1]):
        if not line.is_text:
            break
        bracketed = _BRACKETED.fullmatch(line.text)
        day = date_of(line.text[1:-1].strip() if bracketed else line.text)
        if day:
            import datetime

            written = written_date(datetime.date(*day))
            notebook.change(line, line.text, f"（{written}）")
            found = {"date": At(written, line.numbers)}
            if names := [At(name.text, name.numbers) for name in lines[:index]]:
                tree: Tree = list(names) if len(names) > 1 else names[0].tree
                found["signature"] = At(tree, tuple(n for name in names for n in name.lines))
            return found, index + 1
        if len(line.text) > LONGEST_NAME or line.text[-1] in _NOT_AT_END or is_marked(line.text):
            break
    return {}, 0


def title_note(lines: Sequence[DraftLine]) -> DraftLine | None:
    """The line in brackets that *lines*, those under a title, begin with."""
    first = lines[0] if len(lines) > 1 else None
    if first is None or not first.is_text or first.notes or is_marked(first.text):
        return None
    return first if _TITLE_NOTE.fullmatch(first.text) else None
