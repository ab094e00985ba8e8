"""Whom a text is for: the line right under its title, or under a few short lines, 7.3.2."""

from __future__ import annotations

import re
from collections.abc import Sequence

from yinfa.importing.draft import At, DraftLine, Notebook
from yinfa.importing.marks import is_marked
from yinfa.importing.title import stands_between

LONGEST = 600
MOST_BETWEEN = 5  # lines between title and addressees
_OFFICES = re.compile("[各局厅部委府院校司位志表×处科室中心会领导办公司政]")
_ANNOUNCES = re.compile("如下|以下|下列|现将|特此|通过")


def addressed_at(lines: Sequence[DraftLine]) -> int | None:
    """Where the addressees stand among *lines*, those under a title."""
    for index, line in enumerate(lines[: MOST_BETWEEN + 1]):
        if index + 1 < len(lines) and is_addressed(line):
            return index
        if not stands_between(line):
            return None
    return None


def is_addressed(line: DraftLine) -> bool:
    """Whether *line* names those whom a text is for."""
    text = line.text
    return (
        line.is_text
        and not line.notes
        and text[-1] in "：:"
        and len(text) <= LONGEST
        and "。" not in text
        and not is_marked(text)
        and bool(_OFFICES.search(text))
        and not _ANNOUNCES.search(text)
        and len(text.strip("：: ")) > 0
    )


def addressees(line: DraftLine, notebook: Notebook) -> At:
    """The names on *line*; the program sets the colon."""
    named = line.text.rstrip("：: ")
    notebook.change(line, line.text, named + "：")
    return At(named, line.numbers)
