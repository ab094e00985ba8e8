"""Bytes of a text file become its lines; hard-wrapped lines become paragraphs again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from yinfa.importing.draft import DraftLine, Grid, Notebook, numbers
from yinfa.importing.marks import is_marked
from yinfa.report import Finding, Place, SourceFault
from yinfa.validating import characters

LARGEST_BYTES = 15_000_000
MOST_LINES = 200_000
SAMPLE = 100_000
WIDEST_WRAPPED = 110  # columns; longer lines are not wrapped by hand or mail
NARROWEST_WRAPPED = 24
_FULL_WITHIN = 6  # columns: two characters and a mark may go to the next line

UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff"
    "\u115f\u1160\u2800\u3164\uffa0]"
)
_TO_SPACES = dict.fromkeys(
    (0x09, 0x0B, 0x0C, 0xA0, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F), " "
)
_SENTENCE_ENDS = "。！？；：”）…!?;:"
_LINE_END = re.compile("\r\n|\r|\n")


def decode(path: Path, data: bytes) -> tuple[str, str]:
    """The text of *data* and the name of its encoding, or a SourceFault that says why not."""
    for signature, encoding in (
        (b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"),
    ):  # fmt: skip
        if data.startswith(signature):
            return _strictly(path, data, encoding), encoding
    encodings = ["utf-8", "gb18030"]
    if b"\0" in data[:SAMPLE]:
        even, odd = data[0:SAMPLE:2].count(0), data[1:SAMPLE:2].count(0)
        encodings = ["utf-16-le" if odd >= even else "utf-16-be"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _is_text(text, encoding):
            return text, encoding
    raise _refused(
        path,
        "认不出这个文件的编码，或者它不是文本文件",
        "请用原来的软件打开，另存为 UTF-8 编码的文本文件，或者另存为 .docx",
    )


def _strictly(path: Path, data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        message = f"文件开头说是 {encoding.upper()} 编码，第 {error.start + 1} 个字节却不是"
        raise _refused(path, message, "文件可能已损坏，请用原来的软件重新保存") from None


def _is_text(text: str, encoding: str) -> bool:
    """Whether *text* reads like text rather than other bytes taken for it."""
    sample = text[:SAMPLE]
    odd = sum(char < " " and char not in "\t\n\r\x0b\x0c\x1a" for char in sample)
    if odd > len(sample) / 500:
        return False
    if encoding == "utf-8":
        return True
    wide = [char for char in sample if char > "\x7f"]
    usual = sum(
        ("\u4e00" <= char <= "\u9fff" and _in_gb2312(char))
        or "\u2000" <= char <= "\u303f" or "\uff00" <= char <= "\uff65" or char in "×·°"
        for char in wide
    )  # fmt: skip
    return usual >= 0.9 * len(wide)


def _in_gb2312(char: str) -> bool:
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def read_lines(text: str, notebook: Notebook) -> list[DraftLine]:
    """The lines of *text* that have words, as they stand."""
    lines: list[DraftLine] = []
    blank = unseen = 0
    for number, raw in enumerate(_LINE_END.split(text), 1):
        shown, count = UNSEEN.subn("", raw)
        unseen += count
        shown = shown.rstrip()
        words = shown.lstrip()
        if not words:
            blank += 1
            continue
        indent = columns(shown[: len(shown) - len(words)])
        lines.append(DraftLine((number,), words, blank if lines else 0, indent))
        blank = 0
    if unseen:
        notebook.remark(0, f"删去看不见的字符{unseen}个（它们没有字形）")
    return lines


def settle_spaces(line: DraftLine) -> DraftLine:
    """*line* with tabs and other spaces as plain ones, in the cells of a table too."""
    if line.grid is not None:
        head, rows = (
            tuple(tuple(cell.translate(_TO_SPACES) for cell in row) for row in part)
            for part in (line.grid.header, line.grid.rows)
        )
        return replace(line, grid=Grid(head, rows))
    if line.text.isprintable():
        return line
    marked = line.marked.translate(_TO_SPACES).strip()
    return replace(line, text=line.text.translate(_TO_SPACES).strip(), marked=marked)


def columns(text: str) -> int:
    """How wide *text* is on a screen: a Han character takes two columns, a tab four."""
    if text.isascii() and "\t" not in text:
        return len(text)
    return sum(4 if char == "\t" else 1 + (char > "\u2000") for char in text)


def refuse_unprintable(path: Path, lines: Sequence[DraftLine]) -> None:
    """Raise for characters that no document can have, with every place."""
    findings = []
    for line in lines:
        for char, message, hint in characters.faults(line.text):
            if ord(char) not in _TO_SPACES:
                place = Place(path, line.number, line.text.index(char) + 1)
                findings.append(Finding(place, f"文件里有{message}", hint))
    if findings:
        raise SourceFault(tuple(findings[:100]))


# --- hard-wrapped lines ----------------------------------------------------------------------


def unwrap(lines: list[DraftLine], notebook: Notebook) -> list[DraftLine]:
    """*lines* with those joined that were cut at one width, as mail does."""
    width = _wrapped_at(lines)
    if not width:
        return lines
    indented = _indented(lines)
    joined: list[list[DraftLine]] = []
    for line in lines:
        if joined and _goes_on(joined[-1][-1], line, width, indented):
            joined[-1].append(line)
        else:
            joined.append([line])
    if len(joined) < len(lines):
        count = len(lines) - len(joined)
        notebook.remark(0, f"文件的行是按宽度折断的，已把{count}处断行接成整段，请核对分段")
    return [_join(group) for group in joined]


def _wrapped_at(lines: Sequence[DraftLine]) -> int:
    """The width at which the lines were cut; 0 where they were not.

    Cut lines crowd just under one width, most of them within a sentence.
    """
    texts = [line for line in lines if line.is_text]
    widths = [line.indent + columns(line.text) for line in texts]
    if len(widths) < 4 or max(widths) < NARROWEST_WRAPPED:
        return 0
    width = max(widths)
    if width > WIDEST_WRAPPED:
        return 0
    full = [line for line, w in zip(texts, widths, strict=True) if w > width - _FULL_WITHIN]
    within = sum(line.text[-1] not in _SENTENCE_ENDS for line in full)
    return width if len(full) >= 4 and len(full) * 4 >= len(lines) and within * 2 > len(full) else 0


def _indented(lines: Sequence[DraftLine]) -> bool:
    """Whether paragraphs begin with an indent, so that a line without one goes on."""
    return sum(2 <= line.indent <= 8 for line in lines) * 10 >= len(lines)


def _goes_on(before: DraftLine, line: DraftLine, width: int, indented: bool) -> bool:
    """Whether *line* goes on with the paragraph of *before*."""
    if line.blank or not before.is_text or not line.is_text or is_marked(line.text):
        return False
    if before.indent + columns(before.text) <= width - _FULL_WITHIN:
        return False
    return not (indented and line.indent >= 2)


def _join(group: Sequence[DraftLine]) -> DraftLine:
    if len(group) == 1:
        return group[0]
    pieces = [group[0].text]
    for before, line in pairwise(group):
        last, first = before.text[-1], line.text[0]
        latin = last.isascii() and first.isascii() and not (last.isdigit() and first.isdigit())
        pieces += [" ", line.text] if latin else [line.text]
    return replace(group[0], numbers=numbers(group), text="".join(pieces))


def _refused(path: Path, message: str, hint: str) -> SourceFault:
    return SourceFault((Finding(Place(path), message, hint),))
