"""Footnotes that a text has under the paragraph that calls them: [注1] and their words."""

from __future__ import annotations

import re

from yinfa.importing.draft import At, DraftLine

_CALL = re.compile(r"\[注(\d{1,4})\]", re.ASCII)
_FOOTNOTE = re.compile(r"\[注(\d{1,4})\]\s*(?=\S)", re.ASCII)


def takes_note(paragraph: At, line: DraftLine) -> bool:
    """Whether *line* is the next footnote that *paragraph* calls; it is then put there."""
    match = _FOOTNOTE.match(line.text)
    if not match:
        return False
    tree = paragraph.tree
    if isinstance(tree, str):
        text, notes = tree, []
    elif isinstance(tree, dict) and "段" in tree:
        text, held = str(tree["段"].tree), tree["脚注"].tree
        notes = held if isinstance(held, list) else []
    else:
        return False
    called = sorted({int(call) for call in _CALL.findall(text)})
    if called != list(range(1, len(called) + 1)) or int(match[1]) != len(notes) + 1:
        return False
    if int(match[1]) > len(called):
        return False
    notes.append(At(line.text[match.end() :], line.numbers))
    paragraph.tree = {"段": At(text), "脚注": At(notes)}
    return True
