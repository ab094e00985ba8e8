"""Where the notation within texts may stand, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator

from yinfa.inline import CALL, Span, parse
from yinfa.model import Article, Document, Figure, Node, Numbered, Paragraph, Section, Table, Text
from yinfa.validating.reader import Reader
from yinfa.walking import footnotes, texts, walk

SHOWN = 6  # characters by which a notation is found in the file


def refuse_notation(reader: Reader, document: Document) -> None:
    """Tell of notation that is wrong, or stands where none can be: it would print as typed."""
    if not any("[" in line for line in reader.source.lines):
        return
    nodes = [node for body in document.bodies for node in walk(body)]
    calling = {id(text) for node in nodes for text in _calling(node)}
    marked = calling | {id(text) for node in nodes for text in _marked(node)}
    marked |= {id(text) for body in document.bodies for text in footnotes(body)}
    marked |= {id(text) for text in (document.note,) if text}
    for text in texts(document):
        if "[" not in text.value:
            continue
        spans, faults = parse(text.value)
        if id(text) not in marked:
            _refuse_any(reader, text, spans)
            continue
        for fault in faults:
            words = text.value[fault.start : fault.start + SHOWN]
            reader.wrong(reader.find(text.place, words), fault.message, fault.hint)
        if id(text) not in calling:
            _refuse_calls(reader, text, spans)


def _calling(node: Node) -> Iterator[Text]:
    """The texts of *node* that may call footnotes and break lines."""
    match node:
        case Paragraph() | Numbered():
            yield node.text
        case Section():
            yield from texts(node.run_in)
        case Article():
            yield from texts((node.paragraphs, node.items))


def _marked(node: Node) -> Iterator[Text]:
    """The other texts of *node* whose words may be marked."""
    match node:
        case Section():
            yield node.title
        case Table():
            yield from texts(
                (node.caption, node.unit, node.header, node.rows, node.note, node.source)
            )
        case Figure():
            yield from texts(node.caption)


def _refuse_calls(reader: Reader, text: Text, spans: tuple[Span, ...]) -> None:
    for span in spans:
        if span.note or span.ends_line:
            words = f"[{CALL}{span.note}]" if span.note else "[换行]"
            reader.wrong(
                reader.find(text.place, words),
                f"{words}不能写在这里",
                "脚注和换行只能用在正文的段、条目、接排文字和条文里，请移到那里，或删去",
            )


def _refuse_any(reader: Reader, text: Text, spans: tuple[Span, ...]) -> None:
    """Tell of a notation in *text*, which has none."""
    for span in spans:
        if span.note or span.ends_line or span.emphases or span.link:
            words = f"[{CALL}{span.note}]" if span.note else "标记"
            reader.wrong(
                text.place,
                f"{words}不能写在这里",
                "脚注、加粗等标记只能用在正文、表格和附注里，请移到那里，或删去",
            )
            return
