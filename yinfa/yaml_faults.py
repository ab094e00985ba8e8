"""The complaints of YAML in the words of a clerk, with the cause that is most likely."""

from __future__ import annotations

import re
from itertools import islice
from pathlib import Path
from typing import Any

from yinfa.report import Finding, Place
from yinfa.words import is_key

_LIKELY_KEY = re.compile(r"^[ ]*(?:-[ ]+)*([^\s:：#'\"-][^\s:：]*)[ ]*(：|:(?=[^\s]))")
_TAB_INDENT = re.compile(r"^[ ]*(?:-[ ]*)?\t")
_AFTER_QUOTE = re.compile(r"(?:^|[:\-] +)(['\"]).*\1$")
_AFTER_BRACKET = re.compile(r"(?:^|[:\-] +)[\[{].*[\]}]$")
_MOST_TABS = 20
# A dash that opens no item of a list; -5℃ and -- are meant as they stand.
_TIGHT_DASH = re.compile(r"-(?=[^\W\d_]|[“‘《（〔])")
_TIGHT_ITEM = re.compile(r"(?P<indent>[ ]*(?:-[ ]+)*)-(?=[\u3400-\u9fff“‘《（〔])")
_MOST_DASHES = 100

# What YAML says, what it means, what to do. The first whose words are in its complaint holds.
_COMPLAINTS = (
    (
        "scanning a quoted scalar",
        "引号没有配对：从这里开始的引号没有结束",
        "在末尾补上同样的引号；正文要用中文引号“”，那样不必再加别的",
    ),
    (
        "unknown escape character",
        "双引号里的反斜杠“\\”后面不能是这个字符",
        "请改用单引号，单引号里的反斜杠就是反斜杠",
    ),
    ("escape", "双引号里的反斜杠“\\”写得不对", "请改用单引号，单引号里的反斜杠就是反斜杠"),
    (
        "scanning an alias",
        "“*”开头的内容会被 YAML 当作别名",
        "给整段加上单引号，如 '*注：……'",
    ),
    ("scanning an anchor", "“&”开头的内容会被 YAML 当作锚点", "给整段加上单引号，如 '&……'"),
    ("tag", "“!”开头的内容会被 YAML 当作类型标记", "给整段加上单引号，如 '!……'"),
    ("directive", "“%”开头的内容会被 YAML 当作指令", "给整段加上单引号，如 '%……'"),
    (
        "scanning a block scalar",
        "“|”或“>”的后面应当换行，内容写在下一行",
        "“|”“>”本是正文的，给整段加上单引号",
    ),
    (
        "mapping values are not allowed",
        "这里不该有“: ”（冒号加空格）",
        "正文里的冒号请用全角“：”；要保留半角的，给整段加上单引号；本是新的一项的，请与同级的项对齐",
    ),
    (
        "could not find expected ':'",
        "这一行缺少冒号，或冒号后面没有空格",
        "写成“键: 值”：半角冒号，后面空一格；接着上一行的，请比上一行的键多缩进两格",
    ),
    (
        "sequence entries are not allowed",
        "列表不能写在键的同一行",
        "请把“- ”换到下一行，再缩进两格；“- ”本是正文的，给整段加上单引号",
    ),
    (
        "mapping keys are not allowed",
        "“? ”开头的内容会被 YAML 当作键",
        "给整段加上单引号",
    ),
    (
        "did not find expected ',' or",
        "括号没有配对，或括号里缺少逗号",
        "“[”“{”开头的正文，给整段加上单引号；六角括号请用“〔〕”",
    ),
    (
        "expected '-' indicator",
        "缩进不对：这一行既不是列表的下一项“- ”，也不属于上一项",
        "同一列表的“- ”上下对齐；属于某一项的键与那一项的第一个键对齐",
    ),
    (
        "expected <document start>",
        "“...”之后不能再有内容",
        "请删去只有“...”的那一行",
    ),
)


def explain(path: Path, text: str, error: Any, first: int) -> list[Finding]:
    """What is wrong with *text* from line *first*, given the marked *error* of YAML."""
    tabs = _tabs(path, text)
    if tabs:
        return tabs
    mark = error.problem_mark or error.context_mark
    quoted = "scanning a quoted" in (error.context or "")
    last = (error.context_mark if quoted else mark).line
    if tight := _tight_items(path, _lines(text), first, last):
        return tight
    return tight_keys(path, text, mark.line + 1) or [_translate(path, text, error)]


def dashes(path: Path, lines: list[str], start: Any, end: Any) -> list[Finding]:
    """The lines of a text without quotes from mark *start* to mark *end* that an item should open.

    A dash needs a blank behind it; without one, the lines of a list are one text for YAML.
    """
    pieces = [
        (number, len(line) - len(line.lstrip()), line.strip())
        for number, line in enumerate(lines[start.line : end.line + 1], start.line)
    ]
    if not pieces:
        return []
    column = start.column
    opens = not lines[start.line][:column].strip(" -")
    pieces[0] = (start.line, column, lines[start.line][column:])
    tight = [(number, at) for number, at, words in pieces if _TIGHT_DASH.match(words)]
    if tight and tight[0][0] == start.line:
        alone = len(tight) == 1 and len(pieces) == 1
        if not opens or (alone and not _TIGHT_ITEM.match(pieces[0][2])):
            del tight[0]
    if tight:
        return [_tight(path, number, at) for number, at in tight[:_MOST_DASHES]]
    return [
        Finding(
            Place(path, number + 1, at + 1),
            "这一行的“- ”没有另起一项，接在上一行的文字后面了",
            "请与同一列表的“- ”上下对齐；本是正文的，给整段加上单引号",
        )
        for number, at, words in pieces[1:]
        if words.startswith("- ")
    ][:_MOST_DASHES]


def _tight_items(path: Path, lines: list[str], first: int, last: int) -> list[Finding]:
    """Items whose dash lacks its blank from line *first* to *last*, and the later ones in line."""
    matches = [(number, _TIGHT_ITEM.match(line)) for number, line in enumerate(lines)]
    found = [(number, match.end() - 1) for number, match in matches if match and number >= first]
    columns = {at for number, at in found if number <= last}
    return [_tight(path, number, at) for number, at in found if at in columns][:_MOST_DASHES]


def _tight(path: Path, line: int, column: int) -> Finding:
    """A dash at *line* and *column*, counted from 0, that lacks its blank."""
    return Finding(
        Place(path, line + 1, column + 1),
        "“-”后面缺少空格",
        "请写成“- ”：后面空一格；本是正文的，给整段加上单引号",
    )


def _place(path: Path, mark: Any) -> Place:
    return Place(path, mark.line + 1, mark.column + 1) if mark else Place(path)


def _lines(text: str) -> list[str]:
    """The lines of *text* as YAML counts them."""
    return re.split("\r\n|\r|\n", text)


def _tabs(path: Path, text: str) -> list[Finding]:
    """The lines of *text* that are indented with tabs; YAML allows none."""
    tabs = (
        Finding(
            Place(path, number, line.index("\t") + 1),
            "缩进用了制表符（Tab）",
            "请改成空格，每级两格",
        )
        for number, line in enumerate(_lines(text), 1)
        if _TAB_INDENT.match(line)
    )
    return list(islice(tabs, _MOST_TABS))


def tight_keys(path: Path, text: str, last: int | None = None) -> list[Finding]:
    """Lines as far as *last* that begin with a known key and a colon that YAML does not take."""
    findings = []
    for number, line in enumerate(_lines(text)[:last], 1):
        match = _LIKELY_KEY.match(line)
        if match and is_key(match[1]):
            said = "冒号是全角的“：”" if match[2] == "：" else "冒号后面没有空格"
            findings.append(
                Finding(
                    Place(path, number, match.start(2) + 1),
                    f"“{match[1]}”后面的{said}",
                    f"请写成“{match[1]}: ”：半角冒号，后面空一格",
                )
            )
    return findings


def _translate(path: Path, text: str, error: Any) -> Finding:
    """The complaint of YAML itself, in Chinese."""
    said = f"{error.context or ''} {error.problem or ''}"
    mark = error.problem_mark or error.context_mark
    line = [*_lines(text), ""][mark.line]  # a mark may stand after the last line
    before, char = line[: mark.column].rstrip(), line[mark.column : mark.column + 1]
    if "cannot start any token" in said and char:
        if char == "\t":
            return Finding(_place(path, mark), "这里有制表符（Tab）", "请改成空格")
        message = f"内容不能以“{char}”开头，它在 YAML 里另有用处"
        return Finding(_place(path, mark), message, f"给整段加上单引号，如 '{char}……'")
    if _AFTER_QUOTE.search(before):
        return Finding(
            _place(path, mark),
            "引号后面还有内容：半角引号包住的只是这一段的前一部分",
            "正文的引号请用中文引号“”；要保留半角引号的，给整段再加上单引号，其中的单引号写两个",
        )
    if _AFTER_BRACKET.search(before):
        return Finding(
            _place(path, mark),
            "括号后面还有内容：“[ ]”“{ }”开头的内容会被 YAML 当作列表",
            "给整段加上单引号，如 '[2009]……'；六角括号请用“〔〕”",
        )
    for words, message, hint in _COMPLAINTS:
        if words in said:
            at = error.context_mark if "quoted" in words or "':'" in words else None
            return Finding(_place(path, at or mark), message, hint)
    if "did not find expected key" in said:
        return Finding(
            _place(path, mark),
            "缩进不对：这一行与上面的任何一项都不对齐",
            "同级的键上下对齐，下一级多缩进两格",
        )
    if "expected node content" in said and char:
        return Finding(
            _place(path, mark), f"内容不能以“{char}”开头", f"给整段加上单引号，如 '{char}……'"
        )
    return Finding(
        _place(path, mark),
        f"YAML 写法有误（{(error.problem or '').strip()}）",
        "请检查这一行的缩进、冒号和引号；拿不准的，给整段加上单引号",
    )
