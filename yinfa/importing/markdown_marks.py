"""Marks of Markdown and tags of HTML within a text: what each says, and what is told of it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

from yinfa.importing.draft import Notebook, Step

# Where the file's next line begins: as another paragraph, or going on.
NEXT, JOINED = "\ue110", "\ue111"
LINE_END = "\u2028"  # stands for <br> until the words are parted
RAISED = str.maketrans("0123456789+=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁼⁽⁾ⁿ")
LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_TAGS = (
    "a|abbr|b|big|blockquote|body|center|code|dd|del|details|div|dl|dt|em|font|h[1-6]|head|hr|html|"
    "i|img|ins|kbd|li|mark|ol|p|pre|s|section|small|span|strong|style|summary|table|tbody|td|tfoot|"
    "th|thead|title|tr|u|ul"
)
_EMOJI = (
    "[\U0001f000-\U0001faff\u2600-\u2604\u2611\u2614\u2615\u26a0\u26a1\u2705\u2728\u274c\u274e"
    "\u2753-\u2757\u2763\u2764\u27a1\u2b05-\u2b07\u2b50\u2b55\u231a\u231b\u23e9-\u23f3]"
    "[\ufe0e\ufe0f\u200d\u20e3]*|[\ufe0f\u20e3]"
)
_TOKENS = re.compile(
    r"(?P<fence>^ {0,3}(?P<ticks>```|~~~)[\s\S]*?(?:^ {0,3}(?P=ticks)[`~]*[ \t]*$|\Z))"
    r"|(?P<code>`[^`\n]+`)|(?P<escape>\\.)"
    r"|(?P<comment><!--[\s\S]*?(?:-->|\Z))|(?P<br><br\s*/?>)"
    r"|(?P<up><(?P<way>sup|sub)>(?P<raised>[^<\n]*)</(?P=way)>)"
    rf"|(?P<tag></?(?:{_TAGS})(?:\s[^<>\n]*)?/?>)"
    r"|(?P<struck>~~(?=\S)[^~\n]+(?<=\S)~~)|(?P<marked>==(?=\S)[^=\n]+(?<=\S)==)"
    r"|(?P<note>^ {0,3}\[\^(?P<label>[^\]\n]{1,40})\]:[ \t]*(?P<said>.*(?:\n(?:[ ]{2,}|\t).+)*))"
    r"|(?P<image>!\[(?P<alt>[^\]\n]*)\]\((?P<path>[^)\n]*)\))"
    r"|(?P<task>^[ \t]*[-*+][ \t]+\[(?P<ticked>[ xX])\][ \t])"
    r"|(?P<heading>^#{1,6}(?=[^\s#\x00-\x7f]))"
    rf"|(?P<key>\d\ufe0f?\u20e3)|(?P<emoji>[ \t]?(?:{_EMOJI}))",
    re.MULTILINE | re.IGNORECASE,
)
_FRONT = re.compile(
    r"\A---[ \t]*\n(?P<keys>(?:[A-Za-z_\u4e00-\u9fff-]+[ \t]*:.*\n|[ \t-].*\n)*)---[ \t]*\n"
)
_FRONT_TITLE = re.compile(
    r"^(?:title|标题)[ \t]*:[ \t]*(?P<q>[\"']?)(?P<title>.+?)(?P=q)[ \t]*$", re.MULTILINE
)
_TOLD = {
    "comment": ("注释", "已略去"),
    "struck": ("删除线", "已略去"),
    "tag": ("HTML 标记", "已略去"),
    "emoji": ("表情符号", "已略去"),
}


@dataclass(slots=True)
class CleanText:
    """A text without what no document has; as many lines as before."""

    lines: list[str]
    notes: dict[str, tuple[tuple[int, ...], str]] = field(default_factory=dict)  # by their labels
    title: tuple[int, str] | None = None  # in the front matter


def clean(text: str, folder: Path, notebook: Notebook) -> CleanText:
    """*text* with comments, tags, struck words and emoji taken out, each told, 注 put aside.

    A picture stays where it is a paragraph of its own and lies in *folder*.
    """
    cleaning = _Cleaning(text, folder, notebook)
    start = cleaning.front()
    for match in _TOKENS.finditer(text, start):
        cleaning.token(match)
    cleaning.keep(len(text))
    found = CleanText("".join(cleaning.pieces).split("\n"), cleaning.notes)
    if cleaning.title and not re.search(r"^# |^=+\s*$", "\n".join(found.lines), re.MULTILINE):
        found.title = cleaning.title
    return found


class _Cleaning:
    def __init__(self, text: str, folder: Path, notebook: Notebook) -> None:
        self.text = text
        self.folder = folder
        self.notebook = notebook
        self.pieces: list[str] = []
        self.notes: dict[str, tuple[tuple[int, ...], str]] = {}
        self.title: tuple[int, str] | None = None
        self.at = 0
        self.line = 1
        self.dropped = 0  # where the last words were left out
        self.since = ""  # of the line, after the last change to it

    def keep(self, end: int) -> None:
        """Keep the text up to *end*."""
        self._out(self.text[self.at : end])
        self.line += self.text.count("\n", self.at, end)
        self.at = end

    def _out(self, words: str) -> None:
        self.pieces.append(words)
        self.since = words.rpartition("\n")[2] if "\n" in words else self.since + words

    def _change(self, before: str, after: str) -> None:
        """The words *before* that come next in the line are shown as *after*."""
        self.notebook.change(self.line, self.since + before, self.since + after, Step.READ)
        self._out(after)
        self.since = ""

    def drop(self, end: int, kind: str = "", done: str = "", put: str = "") -> None:
        """Leave the text up to *end* out, but for its line ends, and tell it."""
        dropped = self.text[self.at : end]
        for index, words in enumerate(dropped.split("\n")):
            begins = self.text.rfind("\n", 0, self.at) + 1
            before = "" if index else self.text[max(begins, self.dropped) : self.at]
            if words.strip():
                self.notebook.dropped.append((self.line + index, before, words))
        self.dropped = end
        if kind:
            self.notebook.lose(kind, done, self.line, dropped.strip("~<>!- \n"))
        self._out(put + "\n" * dropped.count("\n"))
        self.line += dropped.count("\n")
        self.at = end

    def front(self) -> int:
        """Take the front matter out; where the text goes on."""
        match = _FRONT.match(self.text)
        if match is None or not match["keys"].strip():
            return 0
        title = _FRONT_TITLE.search(self.text, 0, match.end())
        if title:
            self.drop(title.start("title"), "文件头信息", "没有收入")
            self.title = (self.line, title["title"])
            self.at = title.end("title")
        self.drop(match.end(), "文件头信息", "没有收入")
        return match.end()

    def token(self, match: re.Match[str]) -> None:
        if match.start() < self.at:
            return
        self.keep(match.start())
        named = next(
            name
            for name in ("fence", "code", "escape", "comment", "br", "up", "tag", "struck",
                         "marked", "note", "image", "task", "heading", "key", "emoji")
            if match[name] is not None
        )  # fmt: skip
        if named in _TOLD:
            self.drop(match.end(), *_TOLD[named])
        elif named == "br":
            self.drop(match.end(), put=LINE_END)
        elif named == "up":
            self._raise(match)
        elif named == "marked":
            self.notebook.lose("标亮", "没有收入", self.line, match[0].strip("="))
            self._out(match[0].strip("="))
            self.at = match.end()
        elif named == "note":
            self._note(match)
        elif named == "image":
            self._image(match)
        elif named == "task":
            self._task(match)
        elif named == "heading":
            self.keep(match.end())
            self._out(" ")
        elif named == "key":
            self.at = match.start() + 1
            self._change(match[0][0], f"{match[0][0]}.")
            self.drop(match.end(), "表情符号", "改成“1.”一类的序号")
        else:
            self.keep(match.end())

    def _raise(self, match: re.Match[str]) -> None:
        """<sup> and <sub>: digits as characters of their own, else told."""
        raised, table = match["raised"], RAISED if match["way"].lower() == "sup" else LOWERED
        self.drop(match.start("raised"))
        if raised and all(ord(char) in table for char in raised):
            self._change(raised, raised.translate(table))
            self.at = match.end("raised")
        else:
            kind = "上标" if table is RAISED else "下标"
            self.notebook.lose(kind, "印成平排的字，请核对", self.line, raised)
            self.keep(match.end("raised"))
        self.drop(match.end())

    def _note(self, match: re.Match[str]) -> None:
        lines = match[0].split("\n")
        numbers = tuple(range(self.line, self.line + len(lines)))
        if match["label"] in self.notes or not match["said"].strip():
            self.keep(match.end())
            return
        self.notes[match["label"]] = (numbers, " ".join(match["said"].split()))
        self._out("\n" * (len(lines) - 1))
        self.line += len(lines) - 1
        self.at = match.end()

    def _image(self, match: re.Match[str]) -> None:
        start = self.text.rfind("\n", 0, match.start()) + 1
        end = self.text.find("\n", match.end())
        alone = self.text[start : len(self.text) if end < 0 else end].strip() == match[0]
        if alone and is_picture(match["path"], match["alt"], self.folder):
            self.keep(match.end())
        else:
            self.drop(match.end(), "图片", "没有收入，请补上")

    def _task(self, match: re.Match[str]) -> None:
        """- [x]: a box that is ticked or not."""
        self.keep(match.start("ticked") - 1)
        self.drop(match.end())
        box = "□" if match["ticked"] == " " else "☑"
        self._change("", box)


def is_picture(path: str, described: str, folder: Path) -> bool:
    """Whether a picture of Markdown can be one of the source: it is described, and lies there."""
    known = re.fullmatch(r"[^()\s]+\.(?:png|jpe?g|svg)", path, re.IGNORECASE)
    return bool(described and known) and ".." not in path and (folder / path).is_file()


# --- emphasis -------------------------------------------------------------------------------------

_RUN = re.compile(r"\*+|_+")
_LONGEST_RUN = 3  # more underscores are a blank to be filled in, more stars are no mark


def without_emphasis(text: str) -> tuple[str, list[tuple[str, str]]]:
    """*text* without the marks of emphasis, and what they said of which words.

    As CommonMark has it with its amendment for Chinese: a mark may stand beside a character or a
    full stop of Chinese without a blank. Stars between digits and letters, as in 5*3, are stars.

    >>> without_emphasis("要**“两个维护”**和5*3*2")
    ('要“两个维护”和5*3*2', [('加粗', '“两个维护”')])
    """
    marks: list[_Emphasis] = []
    for match in _RUN.finditer(text):
        if len(match[0]) <= _LONGEST_RUN:
            mark = _Emphasis(match.start(), match[0][0], len(match[0]))
            mark.read(text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1])
            marks.append(mark)
    said: list[tuple[str, str]] = []
    cut: set[int] = set()
    for index, closing in enumerate(marks):
        while closing.closes and closing.left:
            opening = next(
                (
                    mark
                    for mark in reversed(marks[max(0, index - 50) : index])
                    if mark.opens and mark.left and mark.char == closing.char
                ),
                None,
            )
            if opening is None:
                break
            count = 2 if opening.left >= 2 and closing.left >= 2 else 1
            inner = opening.start + opening.length
            said.append(("加粗" if count == 2 else "倾斜", text[inner : closing.start]))
            cut.update(opening.take(count, from_end=True))
            cut.update(closing.take(count, from_end=False))
            for between in marks[marks.index(opening) + 1 : index]:
                between.opens = False
    kept = "".join(char for index, char in enumerate(text) if index not in cut)
    return kept, [(kind, _RUN.sub("", words).strip()) for kind, words in said]


@dataclass(slots=True)
class _Emphasis:
    """A run of stars or underscores; *left* of them say nothing yet."""

    start: int
    char: str
    length: int
    left: int = 0
    opens: bool = False
    closes: bool = False

    def read(self, before: str, after: str) -> None:
        """Whether it may open or close emphasis between two characters."""
        self.left = self.length
        before, after = ("" if char in (NEXT, JOINED) else char for char in (before, after))
        leading = bool(after.strip()) and (
            not _is_mark(after) or not before.strip() or _is_mark(before) or _is_wide(before)
        )
        trailing = bool(before.strip()) and (
            not _is_mark(before) or not after.strip() or _is_mark(after) or _is_wide(after)
        )
        within = _is_latin(before) and _is_latin(after)
        if within:
            return
        self.opens, self.closes = leading, trailing
        if self.char == "_" and leading and trailing:  # within a word it is part of it
            self.opens, self.closes = _is_punctuation(before), _is_punctuation(after)

    def take(self, count: int, from_end: bool) -> range:
        """Where *count* of its characters stand that now have said something."""
        self.left -= count
        if from_end:
            return range(self.start + self.left, self.start + self.left + count)
        start = self.start + self.length - self.left - count
        return range(start, start + count)


def _is_wide(char: str) -> bool:
    """Whether *char* is a Chinese character or mark."""
    return bool(char) and ("\u2e80" <= char <= "\u9fff" or "\uff00" <= char <= "\uffef"
                           or char > "\U0001ffff" or char in "“”‘’—…×")  # fmt: skip


def _is_mark(char: str) -> bool:
    """Whether *char* is punctuation, but none of Chinese."""
    return (
        bool(char)
        and unicodedata.category(char)[0] in "PS"
        and (not _is_wide(char) or char in "“”‘’")
    )


def _is_punctuation(char: str) -> bool:
    return bool(char) and unicodedata.category(char)[0] == "P"


def _is_latin(char: str) -> bool:
    return bool(char) and char.isascii() and char.isalnum()
