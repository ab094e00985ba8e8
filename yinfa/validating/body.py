"""The body: paragraphs, sections, articles, tables and figures, 7.3.3."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from yinfa import words
from yinfa.inline import parse
from yinfa.load import Mapping, Scalar, Sequence, Value
from yinfa.model import Article, Chapter, Figure, Item, Node, Numbered, Paragraph, Section, Text
from yinfa.validating import pictures, rosters, tables
from yinfa.validating.ordinals import ordinal
from yinfa.validating.reader import Fields, Reader, clip
from yinfa.walking import texts
from yinfa.words import Kind, Type

DEEPEST_LEVEL = 5  # 一、 （一） 1. （1） and, beyond the standard, ①

_TIGHT_KEY = re.compile("([^\\s:：]{1,11})[ ]*([:：])")
_TYPED_NUMBER = re.compile(
    "[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）"
    "|第[一二三四五六七八九十百]+[章节条](?=[ \u3000])"
)


def body(fields: Fields, name: str = "body", level: int = 1) -> tuple[Node, ...]:
    """The nodes under *name*; its sections stand on *level* (from 1)."""
    values = fields.items(name, Type.BODY)
    if isinstance(whole := fields.value(name, Type.BODY), Scalar):
        values = _lines(fields.reader, whole)
    read = (_node(fields.reader, value, level) for value in values)
    nodes = tuple(node for node in read if node is not None)
    _refuse_misplaced(fields, nodes)
    return nodes


def _lines(reader: Reader, whole: Scalar) -> Iterator[Value]:
    """A body that is one text, each of its lines a paragraph."""
    lines = [line.strip() for line in whole.value.split("\n") if line.strip()]
    if len(lines) < 2:
        yield whole
        return
    place = whole.place
    for number, line in enumerate(lines, 1):
        place = reader.find(place, line)
        comment = whole.comment if number == len(lines) else None
        yield replace(whole, value=line, place=place, comment=comment)
        place = replace(place, column=place.column + len(line))


def _refuse_misplaced(fields: Fields, nodes: tuple[Node, ...]) -> None:
    """Tell of a 节 beside a 章, and of either within what is no higher."""
    chapters = [node for node in nodes if isinstance(node, Chapter)]
    highest, lower = words.CHAPTER.chinese, words.PART.chinese
    mixed = any(node.part == highest for node in chapters)
    for node in chapters:
        within = fields.kind.chinese if fields.kind in (words.CHAPTER, words.PART) else ""
        if within and (within, node.part) != (highest, lower):
            fields.reader.wrong(
                node.place,
                f"“{node.part}”写在“{within}”里",
                f"“{highest}”里只分“{lower}”，请检查缩进",
            )
        elif not within and mixed and node.part == lower:
            fields.reader.wrong(
                node.place,
                f"“{lower}”和“{highest}”并列",
                f"“{lower}”写在它所属的“{highest}”的“正文”下面，请检查缩进",
            )


def _node(reader: Reader, value: Value, level: int) -> Node | None:
    """The node that *value* is; None where it is none, which is told."""
    if isinstance(value, Scalar):
        text = reader.text(value, "正文")
        if value.plain:
            _refuse_tight_key(reader, text)
        key, below = (reader.word(words.PARAGRAPH, name) for name in ("paragraph", "footnotes"))
        _match_notes(reader, [text], (), f"请写成“{key}: ……”，并在“{below}”下按顺序写上内容")
        return Paragraph(text)
    if isinstance(value, Sequence):
        reader.wrong(value.place, "正文里的一项又是列表", "每段一项，去掉多余的“- ”或方括号")
        return None
    kind = _kind(value)
    if kind is None:
        _unknown(reader, value)
        return None
    fields = reader.fields(value, kind)
    return _READERS[kind.name](fields, level)


def _refuse_tight_key(reader: Reader, text: Text) -> None:
    """Tell of a key whose colon YAML did not take, so that it became a paragraph."""
    match = _TIGHT_KEY.match(text.value)
    if match and any(kind.keys[0] is kind.key(match[1]) for kind in words.NODES):
        said = "冒号是全角的“：”" if match[2] == "：" else "冒号后面没有空格"
        reader.wrong(
            text.place,
            f"“{match[1]}”后面的{said}，整行成了一段文字",
            f"请写成“{match[1]}: ”：半角冒号，后面空一格；本是正文的，给整段加上单引号",
        )


def _kind(value: Mapping) -> Kind | None:
    """The kind of node whose keys *value* has: by its naming key, else by most of its keys."""
    written = [key.value for key, _ in value.items]
    for kind in words.NODES:
        if any(kind.key(word) is kind.keys[0] for word in written):
            return kind
    scores = [sum(kind.key(word) is not None for word in written) for kind in words.NODES]
    return words.NODES[scores.index(max(scores))] if max(scores, default=0) > 0 else None


def _unknown(reader: Reader, value: Mapping) -> None:
    """Tell of a mapping in the body that has no known key."""
    if not value.items:
        reader.wrong(value.place, "正文里有空的一项", "请写上内容，或删去这一项")
        return
    word = value.items[0][0]
    if len(value.items) == 1 and len(word.value) > len("landscape"):
        hint = "正文里的“: ”（半角冒号加空格）请改成全角“：”，或给整段加上单引号"
        reader.wrong(word.place, f"“{clip(word.value)}”被当作键了", hint)
        return
    names = "、".join(kind.keys[0].shown(reader.english) for kind in words.NODES)
    reader.wrong(
        word.place,
        f"正文里没有“{clip(word.value)}”这个键",
        "本是一段文字的，冒号请用全角“：”，或给整段加上单引号；"
        f"不是的，请以这些键之一开头：{names}",
    )


def _paragraph(fields: Fields, _: int) -> Paragraph:
    text = fields.text("paragraph") or Text("", fields.place)
    return Paragraph(text, _footnotes(fields, [text]))


def _numbered(fields: Fields, level: int) -> Numbered:
    text = fields.text("numbered") or Text("", fields.place)
    _refuse_deep(fields, level)
    refuse_typed_number(fields.reader, text)
    notes = _footnotes(fields, [text])
    below = body(fields, level=level + 1) if "body" in fields else ()
    return Numbered(text, below, fields.place, notes, ordinal(fields, marks=True))


def _footnotes(fields: Fields, called_in: Iterable[Text]) -> tuple[Text, ...]:
    """The footnotes of a node, which the texts *called_in* call."""
    notes = fields.texts("footnotes")
    hint = f"请在“{fields.shown('footnotes')}”下按顺序写上内容"
    _match_notes(fields.reader, called_in, notes, hint)
    return notes


def _match_notes(
    reader: Reader, called_in: Iterable[Text], notes: tuple[Text, ...], hint: str
) -> None:
    """Tell of calls without note, with *hint*, and of notes without call."""
    calls: set[int] = set()
    for text in called_in:
        found = {span.note for span in parse(text.value)[0] if span.note}
        calls |= found
        for call in sorted(found):
            if not 1 <= call <= len(notes):
                reader.wrong(text.place, f"文字里有[注{call}]，没有第{call}条脚注", hint)
    for number, note in enumerate(notes, 1):
        if number not in calls:
            reader.wrong(
                note.place, f"第{number}条脚注没有用上", f"请在文字里要注的地方写[注{number}]"
            )


def _section(fields: Fields, level: int) -> Section:
    title = fields.text("title") or Text("", fields.place)
    _refuse_deep(fields, level)
    refuse_typed_number(fields.reader, title)
    run_in = fields.text("run_in")
    notes = _footnotes(fields, texts(run_in))
    below = body(fields, level=level + 1)
    return Section(title, run_in, below, fields.place, notes, ordinal(fields, marks=True))


def _refuse_deep(fields: Fields, level: int) -> None:
    if level == DEEPEST_LEVEL + 1:
        fields.reader.wrong(
            fields.place,
            f"标题多了一层：最多{DEEPEST_LEVEL}层（一、（一）1.（1）①）",
            "请改成正文，或提高一层",
            "7.3.3",
        )


def refuse_typed_number(reader: Reader, title: Text) -> None:
    """Tell of a number that is typed before *title*."""
    match = _TYPED_NUMBER.match(title.value)
    if match:
        reader.wrong(
            title.place,
            f"标题前写了序号“{match[0]}”",
            "序号由程序按层次编排，请删去，否则会印两次",
            "7.3.3",
        )


def _chapter(fields: Fields, level: int) -> Chapter:
    title = fields.text(fields.kind.name) or Text("", fields.place)
    refuse_typed_number(fields.reader, title)
    part = fields.kind.chinese
    return Chapter(part, title, body(fields, level=level), fields.place, ordinal(fields))


def _article(fields: Fields, _: int) -> Article:
    paragraphs = fields.texts("article")
    for text in paragraphs[:1]:
        refuse_typed_number(fields.reader, text)
    read = (_item(fields.reader, value) for value in fields.items("items", Type.ITEMS))
    items = tuple(read)
    notes = _footnotes(fields, texts((paragraphs, items)))
    number = ordinal(fields, branches=True)
    return Article(paragraphs, items, fields.place, notes, number)


def _item(reader: Reader, value: Value) -> Item:
    if not isinstance(value, Mapping):
        text = reader.text(value, words.ITEM.chinese)
        refuse_typed_number(reader, text)
        return Item(text)
    fields = reader.fields(value, words.ITEM)
    text = fields.text("item") or Text("", fields.place)
    refuse_typed_number(reader, text)
    below = tuple(Item(below) for below in fields.texts("subitems"))
    return Item(text, below, ordinal(fields))


def _figure(fields: Fields, _: int) -> Figure:
    picture = pictures.picture(fields, "figure", fields.length_mm("width", 0.0))
    alternative = fields.text("alternative") or Text("", fields.place)
    fallback = pictures.missing(fields)
    return Figure(
        picture or fallback,
        fields.text("caption"),
        alternative,
        fields.place,
        fields.value_place("width"),
    )


_READERS: dict[str, Callable[[Fields, int], Node]] = {
    "paragraph": _paragraph,
    "numbered": _numbered,
    "section": _section,
    "chapter": _chapter,
    "part": _chapter,
    "article": _article,
    "table": tables.table,
    "roster": rosters.roster,
    "figure": _figure,
}
