"""What looks like the markup of another language: it is no notation here, and prints as typed."""

from __future__ import annotations

import re
from collections.abc import Iterator

_TAGS = "a|b|br|center|code|del|div|em|font|i|img|li|p|s|span|strong|sub|sup|table|td|tr|u|ul"
_BOLD = "加粗写成 [粗：……]"
_KINDS = (
    (
        re.compile(r"(?<![*0-9A-Za-z])\*\*[^*\s][^*]*\*\*|(?<![_0-9A-Za-z])__[^_\s][^_]*__"),
        "Markdown",
        _BOLD,
    ),
    (re.compile(r"!\[[^\]]*\]\([^)]*\)"), "Markdown", "图片另写一项：图: 文件名"),
    (
        re.compile(r"(?<!!)\[[^\[\]]+\]\((?:https?|mailto):[^)]*\)"),
        "Markdown",
        "链接写成 [链接：文字|地址]",
    ),
    (re.compile(r"`[^`]+`"), "Markdown", "请删去反引号"),
    (re.compile(r"^#{1,6} \S+"), "Markdown", "标题写成“标题: ……”，序号由程序编排"),
    (re.compile(r"^[-*+] \S+|^> \S+"), "Markdown", "请删去前面的符号"),
    (re.compile(rf"</?(?:{_TAGS})(?:\s[^<>]*)?/?>", re.IGNORECASE), "HTML", _BOLD),
    (re.compile(r"\$[^$\s][^$]*[\\^_][^$]*\$|\\[a-z]+\{[^}]*\}"), "LaTeX", "上标写成 [上标：……]"),
)
_BEGINNINGS = frozenset("*_[`#-+><$\\")


def markup(words: str) -> Iterator[tuple[str, str, str]]:
    """What in *words* looks like markup: itself, the language it is of, what to do."""
    if _BEGINNINGS.isdisjoint(words):
        return
    for pattern, language, cure in _KINDS:
        if found := pattern.search(words):
            yield found[0], language, cure
