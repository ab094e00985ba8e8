"""FT-12, TX: the file itself: fonts, text, metadata."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from yinfa.model import Document, Figure, Form, Text, footnotes, texts, walk
from yinfa.reading import Reading
from yinfa.report import Severity
from yinfa.rules.registry import Family, Found, NotMeasurable, rule
from yinfa.rules.telling import quoted
from yinfa.rules.zones import notes_mm

_CALLS = re.compile("\\[注[0-9]+\\]|[①-⑳㉑-㉟㊱-㊿]")
COPIED = 12  # a passage of this many characters does not recur by chance


@rule("FT-12", clause="GB/T 33476.2 5", severity=Severity.ERROR, family=Family.FILE,
      title="字体嵌入", measured="各字体是否嵌入、有无 Unicode 对照表，有无读不出的字",
      right="全部字体嵌入，文字可以复制", wrong="仿宋_GB2312 没有嵌入",
      hint="导出 PDF 时勾选“嵌入字体”；不要用“打印成图片”")
def fonts_embedded(reading: Reading, document: Document | None) -> Iterator[Found]:
    """Every font is embedded and its characters can be read (GB/T 33476.2 5)."""
    if not reading.facts.fonts:
        raise NotMeasurable("文件里没有字体（可能是扫描件）")
    for font in reading.facts.fonts:
        name = font.name or "（无名）"
        if not font.embedded:
            yield Found(f"字体 {name} 没有嵌入")
        if not font.to_unicode:
            yield Found(f"字体 {name} 没有 Unicode 对照表，文字不能复制和检索")
    for sheet in reading.sheets:
        if sheet.unreadable:
            yield Found(f"有 {sheet.unreadable} 个字读不出是什么字", sheet.number)


def _bare(text: str) -> str:
    return "".join(unicodedata.normalize("NFC", text).split())


def _uncalled(text: str) -> str:
    """*text* without the calls of footnotes, which the program numbers."""
    return _CALLS.sub("", _bare(text))


@rule("TX-01", clause="GB/T 33476.2 5", severity=Severity.ERROR, family=Family.FILE,
      title="文字与源文件一致", measured="PDF 提取的文字与源文件逐段比较（去空格，顺序不变）",
      right="逐字相同", wrong="漏排一段，或一段排了两遍", hint="重新生成 PDF；仍不同的请报告")
def text_is_source(reading: Reading, document: Document | None) -> Iterator[Found]:
    """The text that the file yields is that of the source, in its order (GB/T 33476.2 5)."""
    if document is None:
        raise NotMeasurable("没有源文件可比")
    orders = [_uncalled("".join(sheet.text for sheet in reading.sheets)), _as_seen(reading)]
    ends = [0, 0]
    unseen = {id(text) for text in (*_alternatives(document), *_notes(document))}
    passages = [text for text in _passages(document) if id(text) not in unseen]
    for text in passages:
        wanted = _uncalled(text.value)
        places = [whole.find(wanted, end) for whole, end in zip(orders, ends, strict=True)]
        if max(places) < 0:
            where = "顺序不对" if wanted in orders[1] else "没有排出，或排得不同"
            yield Found(f"{quoted(wanted)}在 PDF 里{where}", place=text.place)
        ends = [
            place + len(wanted) if place >= 0 else end
            for place, end in zip(places, ends, strict=True)
        ]
    for text in _elsewhere(document):
        if _bare(text.value) not in orders[1] and _bare(text.value) not in orders[0]:
            yield Found(f"{quoted(text.value)}在 PDF 里没有排出，或排得不同", place=text.place)
    for text in passages:
        wanted = _uncalled(text.value)
        due = sum(_uncalled(other.value).count(wanted) for other in texts(document))
        if len(wanted) >= COPIED and orders[1].count(wanted) > due:
            yield Found(f"{quoted(wanted)}在 PDF 里多排了一遍", place=text.place)


def _as_seen(reading: Reading) -> str:
    """The text from top to bottom, without footnotes, page numbers and other artifacts."""
    seen = []
    for sheet in reading.sheets:
        top_mm = notes_mm(sheet) or sheet.height_mm
        seen += [line.bare for line in sheet.body_lines if line.em_top_mm < top_mm - 1]
    return _uncalled("".join(seen))


def _passages(document: Document) -> Iterator[Text]:
    """The texts of the title and the bodies, in the order of the pages."""
    if document.form is not Form.ORDER:  # an order shows no title, 10.2
        yield from document.title_lines or (document.title,)
    yield from texts(document.body)
    yield from document.attachment_list
    yield from texts(document.note)
    for issued in document.issued:
        yield from issued.title_lines or (issued.title,)
        yield from texts((issued.title_note, issued.body))
    for attachment in document.attachments:
        yield from attachment.title_lines or (attachment.title,)
        yield from texts(attachment.body)


def _notes(document: Document) -> Iterator[Text]:
    """The footnotes; they stand at the foot of their pages."""
    for body in document.bodies:
        yield from footnotes(body)


def _alternatives(document: Document) -> Iterator[Text]:
    """What is said of figures to those who cannot see them; it is in the tags, not on the page."""
    for body in document.bodies:
        for node in walk(body):
            if isinstance(node, Figure):
                yield node.alternative


def _elsewhere(document: Document) -> Iterator[Text]:
    """The texts that different forms print in different places."""
    yield from _notes(document)
    yield from texts(document.letterhead.number)
    yield from document.addressees
    yield from document.signature.issuers
    yield from document.imprint.copied_to
    yield from texts(document.imprint.printed_by)


@rule("TX-02", clause="GB/T 33476.2", severity=Severity.NOTE, family=Family.FILE,
      title="标题、语言、标签", measured="文件信息里的标题、语言，有无标签",
      right="标题为公文标题，语言 zh-CN，有标签", wrong="标题为“Microsoft Word - 文档1”",
      hint="导出时填写标题，勾选“文档结构标签”")
def described(reading: Reading, document: Document | None) -> Iterator[Found]:
    """The file names its title and language, and is tagged."""
    facts = reading.facts
    if not facts.title:
        yield Found("文件信息里没有标题")
    elif document is not None and _bare(document.title.value) not in _bare(facts.title):
        yield Found(f"文件信息里的标题是{quoted(facts.title)}，应为公文标题")
    if not facts.language.lower().startswith("zh"):
        yield Found(f"语言是“{facts.language or '空'}”，应为 zh-CN")
    if not facts.tagged:
        yield Found("没有结构标签，读屏软件读不出层次")
