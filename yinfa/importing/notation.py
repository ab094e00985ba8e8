"""The source's notation within a text, [粗：…] and the like: read where it is ours, else escaped.

A text that this program has exported has it; what only looks like it is printed as it stands.
"""

from __future__ import annotations

import re

from yinfa.inline import parse, typed

_LOOKS_ALIKE = re.compile("\\[(?=\\[|换行\\]|[\u4e00-\u9fff]{1,4}[：:])")


def is_ours(text: str) -> bool:
    """Whether *text* is in the notation, just as an export writes it.

    >>> is_ours("要[粗：重]视"), is_ours("见[附表：一]"), is_ours("甲[[乙")
    (True, False, False)
    """
    if not _LOOKS_ALIKE.search(text):
        return True
    spans, faults = parse(text)
    if faults:
        return False
    written = "".join(
        f"[注{span.note}]"
        if span.note
        else "[换行]"
        if span.ends_line
        else typed(span.text, span.emphases, span.link)
        for span in spans
    )
    return written == text


def literal(text: str) -> str:
    """*text* as the source has it: with its notation where it is ours, else escaped."""
    return text if is_ours(text) else _LOOKS_ALIKE.sub("[[", text)


def spoken(text: str) -> str:
    """The words that a text of the source says, with the calls of its footnotes."""
    spans, _ = parse(text)
    return "".join(f"[注{span.note}]" if span.note else span.text for span in spans)
