"""What a PDF and an export say, read without the project's own reader, as bare words."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pdfplumber

from yinfa.model import Document, Table
from yinfa.walking import walk

_RULER = re.compile(r"\|(?: ?:?-{3,}:? ?\|)+")
_PICTURE = re.compile(r"!\[.*\]\(.*\)")
_CALL = re.compile(r"\[注\d+\]|[①-⑳㉑-㉟㊱-㊿]")  # a call, as typed and as printed
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WORD_P, _WORD_TEXT = f"{_WORD}p", f"{_WORD}t"
_PT_TO_MM = 25.4 / 72
_HEAD_MM, _HEIGHT_MM = 37.0, 225.0  # type area, 5.2.1
_UNDER_MM = 1.5  # from the type area on, what stands lower is a folio
_DRAFT_MM = 29.0  # a draft mark in the corner ends above this, a letter's mark begins under it
_LIGHT = 0.5  # what is lighter than this is a draft mark aslant


def printed_words(product: Path, document: Document) -> str:
    """The words of *product* in the order of its content, without folios and draft marks.

    The head that a table shows again on a page that it goes on to is left out, too.
    """
    measures = document.house_rules.measures
    foot_mm = measures.get("type_area.head_mm", _HEAD_MM) + measures.get(
        "type_area.height_mm", _HEIGHT_MM
    )
    with pdfplumber.open(product) as pdf:
        pages = ["".join(_kept(page, foot_mm)) for page in pdf.pages]
    return _CALL.sub("", "".join(_without_repeated_heads(pages, document)))


def _kept(page: Any, foot_mm: float) -> list[str]:
    """The characters of *page* that are words of its document."""
    return [
        char["text"].strip()
        for char in page.chars
        if char["bottom"] * _PT_TO_MM > _DRAFT_MM
        and char["top"] * _PT_TO_MM < foot_mm + _UNDER_MM
        and not _is_light(char["non_stroking_color"])
    ]


def _is_light(colour: Any) -> bool:
    return bool(colour) and min(colour) > _LIGHT


def _without_repeated_heads(pages: list[str], document: Document) -> list[str]:
    tables = [n for body in document.bodies for n in walk(body) if isinstance(n, Table)]
    heads = Counter(bare("".join(str(c) for row in t.header for c in row)) for t in tables)
    del heads[""]
    whole = "".join(pages)
    surplus = {head: whole.count(head) - heads[head] for head in heads}
    seen: set[str] = set()
    kept = []
    for page in pages:
        head = next((h for h in sorted(heads, key=len, reverse=True) if page.startswith(h)), "")
        again = head in seen and surplus[head] > 0
        if again:
            surplus[head] -= 1
        kept.append(page.removeprefix(head) if again else page)
        seen |= {one for one in heads if one in page}
    return kept


def typed_words(text: str) -> str:
    """The words of a text export, without the strokes of tables and the names of pictures."""
    words = []
    for line in text.splitlines():
        if _RULER.fullmatch(line) or _PICTURE.fullmatch(line.strip()):
            continue
        words.append(line.replace("|", "") if line.startswith("| ") else line)
    return _CALL.sub("", bare("".join(words)))


def word_words(content: bytes) -> str:
    """The words of a Word file."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        root = ElementTree.fromstring(package.read("word/document.xml"))
    paragraphs = ("".join(t.text or "" for t in p.iter(_WORD_TEXT)) for p in root.iter(_WORD_P))
    return typed_words("\n".join(paragraphs))


def bare(words: str) -> str:
    """*words* without white space."""
    return "".join(words.split())
