"""A draft as the YAML that a person would write."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from yinfa import words
from yinfa.importing.draft import At, Row, Tree, line_of

WIDEST = 80  # columns; a Han character takes two
_INDENT = "  "

# Beside these a line end is no space for the reader: full-width characters and marks.
_WIDE = (
    "\u2e80-\u312f\u3190-\ua4cf\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6"
    "\U00020000-\U0003ffff"
)
_AFTER_MARK = re.compile(f"(?<=[，。；：！？、）》”])(?=[{_WIDE}“‘])")
_ANYWHERE = re.compile(f"(?<=[{_WIDE}])(?=[{_WIDE}])")
_NO_BREAK_BEFORE = "，。；：！？、）》〉】〕”’…—％·"

_FIRST = re.compile(r"[-?:,\[\]{}#&*!|>'\"%@`~=<.\s\ufeff]")
_WITHIN = re.compile(r":(?=\s|$)|\s#|[\t\x85\u2028\u2029]")
_KEY_LIKE = re.compile("([^\\s:：]{1,11})[ ]*[:：]")
_NODE_KEYS = frozenset(
    word for kind in words.NODES for word in (kind.keys[0].chinese, kind.keys[0].name)
)


def yaml_text(
    keys: Mapping[str, At],
    remarks: Mapping[int, Sequence[str]],
    head: Sequence[str],
    unit: str = "行",
) -> str:
    """The source of *keys*, with the comments *head* on top and *remarks* where they belong."""
    left = {line: [_place(line, unit) + said for said in told] for line, told in remarks.items()}
    body = list(_mapping(keys, "", left))
    others = [f"# {said}" for _, told in sorted(left.items()) for said in told]
    return "\n".join([*(f"# {line}".rstrip() for line in head), *others, *body]) + "\n"


def _place(line: int, unit: str) -> str:
    return f"原文第{line}{unit}：" if line else ""


def _comments(at: At, indent: str, left: dict[int, list[str]]) -> Iterator[str]:
    """The remarks on the lines of *at*, each once."""
    for line in at.lines:
        for said in left.pop(line_of(line), ()):
            yield f"{indent}# {said}"


def _mapping(keys: Mapping[str, At], indent: str, left: dict[int, list[str]]) -> Iterator[str]:
    for key, at in keys.items():
        yield from _comments(at, indent, left)
        yield from _value(f"{indent}{key}:", at.tree, indent, left)


def _value(start: str, tree: Tree, indent: str, left: dict[int, list[str]]) -> Iterator[str]:
    """*tree* after its key."""
    match tree:
        case str() if "\n" in tree:
            yield f"{start} |"
            yield from (f"{indent}{_INDENT}{line}" for line in tree.split("\n"))
        case str():
            yield from _folded(f"{start} ", scalar(tree), indent + _INDENT)
        case Row():
            yield f"{start} {_row(tree)}"
        case dict():
            yield start
            yield from _mapping(tree, indent + _INDENT, left)
        case list():
            yield start
            yield from _sequence(tree, indent + _INDENT, left)


def _sequence(items: list[At], indent: str, left: dict[int, list[str]]) -> Iterator[str]:
    for at in items:
        yield from _comments(at, indent, left)
        match at.tree:
            case dict():
                lines = _mapping(at.tree, indent + _INDENT, left)
                yield f"{indent}- {next(lines).lstrip()}"
                yield from lines
            case Row():
                yield f"{indent}- {_row(at.tree)}"
            case str():
                yield from _folded(f"{indent}- ", scalar(at.tree, paragraph=True), indent + _INDENT)


def _row(row: Row) -> str:
    return "[" + ", ".join(_cell(cell) for cell in row.cells) + "]"


def _cell(cell: str) -> str:
    written = scalar(cell)
    return _quoted(cell) if re.search(r"[,\[\]{}]", written) and written == cell else written


def scalar(text: str, paragraph: bool = False) -> str:
    """*text* without quotes where YAML and the reader take it as it stands."""
    key_like = _KEY_LIKE.match(text) if paragraph else None
    if (
        not text
        or text != text.strip()
        or (_FIRST.match(text) and not re.match(r"-\d", text))
        or text.startswith(("---", "..."))
        or _WITHIN.search(text)
        or (key_like and key_like[1] in _NODE_KEYS)
    ):
        return _quoted(text)
    return text


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _folded(start: str, text: str, indent: str) -> Iterator[str]:
    """*text* in lines that are not too wide, broken where the reader puts no space."""
    room = WIDEST - _columns(start)
    if _columns(text[: WIDEST + 1]) <= room or text.startswith("'"):
        yield start + text
        return
    at = 0
    while at < len(text):
        end = _break(text, at, room)
        yield start + text[at:end]
        start, at, room = indent, end, WIDEST - len(indent)


def _break(text: str, at: int, room: int) -> int:
    """Where the line that begins at *at* ends: after a mark in its second half, if there is one."""
    end, columns = at, 0
    while end < len(text) and columns < room:
        columns += 1 + (text[end] > "\u2000")
        end += 1
    if end >= len(text):
        return len(text)
    for pattern, earliest in ((_AFTER_MARK, (at + end) // 2), (_ANYWHERE, at + 1)):
        places = [match.start() for match in pattern.finditer(text, earliest, end)]
        places = [p for p in places if text[p] not in _NO_BREAK_BEFORE]
        if places:
            return places[-1]
    return next(
        (
            m.start()
            for m in _ANYWHERE.finditer(text, end)
            if text[m.start()] not in _NO_BREAK_BEFORE
        ),
        len(text),
    )


def _columns(text: str) -> int:
    return sum(1 + (char > "\u2000") for char in text)
