"""Footnotes that a text has under the node that calls them: [注1] and their words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from yinfa.importing.draft import At, DraftLine

_CALL = re.compile(r"\[注(\d{1,4})\]", re.ASCII)
_FOOTNOTE = re.compile(r"\[注(\d{1,4})\]\s*(?=\S)", re.ASCII)
_MAY_CALL = ("段", "条目", "接排")  # a node with one of these, beside articles
_TEXTS = (*_MAY_CALL, "条", "项", "目")  # where calls of a node stand


@dataclass
class Footnotes:
    """Gives footnotes to the nodes that call them.

    They are counted through a node, or on through the whole text as they are printed. How many
    were counted before a node's own is kept, until all are there.
    """

    _taken: list[tuple[dict[str, At], int]] = field(default_factory=list)

    def takes(self, above: At | None, article: dict[str, At] | None, line: DraftLine) -> bool:
        """Whether *line* is the next footnote that the open *article*, or the node *above*, calls.

        It is then put there.
        """
        match = _FOOTNOTE.match(line.text)
        node = _calling(above, article) if match else None
        if match is None or node is None:
            return False
        notes = node["脚注"].tree if "脚注" in node else []
        assert isinstance(notes, list)
        called = sorted({int(call) for text in _texts(node) for call in _calls(text)})
        before = next((b for held, b in self._taken if held is node), None)
        if before is None:
            before = called[0] - 1 if called else 0
        if int(match[1]) not in called or int(match[1]) != before + len(notes) + 1:
            return False
        if not notes:
            self._taken.append((node, before))
        node["脚注"] = At([*notes, At(line.text[match.end() :], line.numbers)])
        return True

    def count_anew(self) -> None:
        """Let the calls of each node count from one, as a source has them."""
        for node, before in self._taken:
            for text in _texts(node) if before else ():
                text.tree = _CALL.sub(
                    lambda call, before=before: f"[注{int(call[1]) - before}]",  # type: ignore[misc]
                    str(text.tree),
                )


def _calls(text: At) -> list[str]:
    return _CALL.findall(str(text.tree))


def _calling(above: At | None, article: dict[str, At] | None) -> dict[str, At] | None:
    """The node that may have footnotes; a bare paragraph that calls one becomes such a node."""
    if article is not None:
        return article
    if above is None:
        return None
    if isinstance(above.tree, str):
        if not _CALL.search(above.tree):
            return None
        above.tree = {"段": At(above.tree)}
    node = above.tree
    return node if isinstance(node, dict) and node.keys() & set(_MAY_CALL) else None


def _texts(node: dict[str, At]) -> Iterator[At]:
    """The texts of *node* that may call its footnotes."""
    for key in _TEXTS:
        if key in node:
            yield from _leaves(node[key])


def _leaves(at: At) -> Iterator[At]:
    if isinstance(at.tree, str):
        yield at
    elif isinstance(at.tree, dict):
        yield from _texts(at.tree)
    elif isinstance(at.tree, list):
        for below in at.tree:
            yield from _leaves(below)
