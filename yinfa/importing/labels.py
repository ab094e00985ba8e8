"""Where the attachments of a file begin: lines that say 附件, and which of them mean it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from yinfa.importing.draft import DraftLine
from yinfa.importing.marks import date_of
from yinfa.importing.title import is_title_like

MOST_SIGNING = 4  # lines of a signature, the date among them
LABEL = re.compile(r"附\s*件\s*([0-9０-９]{1,3}|[一二三四五六七八九十]{1,3})?\s*(?:[：:]\s*)?")
LABEL_AND_TITLE = re.compile(
    r"附\s*件\s*([0-9０-９]{1,3}|[一二三四五六七八九十]{1,3})?\s*[：:]\s*(?=\S)"
)


@dataclass(frozen=True, slots=True)
class Unit:
    """An attachment of the file; a text below the date that is none has no *label*."""

    label: DraftLine | None
    lines: list[DraftLine]


def is_label(line: DraftLine) -> bool:
    """Whether *line* is 附件 and a number, and nothing else."""
    return line.is_text and bool(LABEL.fullmatch(line.text))


def has_label_and_title(line: DraftLine) -> bool:
    """Whether *line* is a label and, behind its colon, a title."""
    match = LABEL_AND_TITLE.match(line.text) if line.is_text else None
    if match is None:
        return False
    return is_title_like(replace(line, text=line.text[match.end() :].strip()))


def split_units(lines: list[DraftLine]) -> tuple[list[DraftLine], list[Unit]]:
    """The document itself, and the attachments that follow it under their labels."""
    dated = next(
        (n for n, line in enumerate(lines) if n and line.is_text and date_of(line.text)),
        len(lines),
    )
    starts = [index for index in range(1, len(lines)) if _starts_unit(lines, index, dated)]
    if not starts:
        return lines, []
    units = [
        Unit(lines[start], lines[start + 1 : end])
        for start, end in zip(starts, [*starts[1:], len(lines)], strict=True)
    ]
    return lines[: starts[0]], units


def _starts_unit(lines: Sequence[DraftLine], index: int, dated: int) -> bool:
    """Whether a label at *index* begins an attachment, not a list of attachments.

    Only below the date, which stands at *dated*, can its title stand on the same line.
    """
    line = lines[index]
    if not line.is_text or not line.text.startswith("附"):
        return False
    if LABEL.fullmatch(line.text):
        following = lines[index + 1] if index + 1 < len(lines) else None
        listed = following is not None and following.text.startswith(("1.", "1．", "1、"))
        left = lines[index + 1 :]
        signed = 0 < len(left) <= MOST_SIGNING and bool(date_of(left[-1].text))
        return not ((listed or signed) and line.text[-1] in "：:")
    match = LABEL_AND_TITLE.match(line.text)
    return index > dated and bool(match and match[1]) and has_label_and_title(line)
