"""TX: the words of the file, and what it says of itself."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from yinfa.model import Document, Table
from yinfa.reading import Facts, Reading
from yinfa.report import ReadingFault, Severity
from yinfa.rules.compare import ExpectedWords, compared
from yinfa.rules.houses import figures
from yinfa.rules.registry import Family, Found, NotMeasurable, rule
from yinfa.rules.wording import quoted
from yinfa.walking import texts, walk

# What printing adds to the words of the source: the numbers of notes, a table's heading once more.
ADDED = ("注：", "资料", "来源：", "续表", "（续）")


def facts_of(reading: Reading) -> Facts:
    try:
        return reading.facts
    except ReadingFault as fault:
        raise NotMeasurable(fault.findings[0].message) from fault


def _bare(text: str) -> str:
    return "".join(unicodedata.normalize("NFC", text).split())


@rule(
    "TX-01",
    clause="GB/T 33476.2 5",
    severity=Severity.ERROR,
    family=Family.FILE,
    title="文字与源文件一致",
    measured="PDF 里的文字与源文件逐字比较（去空格）：少了的、不同的、次序变了的、多出来的",
    right="逐字相同，次序相同",
    wrong="漏排一段，改了一个字，多出一句",
    hint="重新生成 PDF；仍不同的请报告",
)
def text_is_source(
    reading: Reading, document: Document | None, wanted: Sequence[ExpectedWords]
) -> Iterator[Found]:
    """The text that the file yields is that of the source, in its order (GB/T 33476.2 5)."""
    if document is None:
        raise NotMeasurable("没有源文件可比")
    extra = frozenset(ADDED) | _headers(document)
    yield from compared(reading, wanted, extra, figures(document))


def _headers(document: Document) -> frozenset[str]:
    """The cells of the headings of tables, which stand again on every page of a long one."""
    tables = (node for body in document.bodies for node in walk(body) if isinstance(node, Table))
    return frozenset(_bare(text.value) for table in tables for text in texts(table.header))


@rule(
    "TX-02",
    clause="GB/T 33476.2",
    severity=Severity.NOTE,
    family=Family.FILE,
    title="标题、语言、标签",
    measured="文件信息里的标题、语言，有无标签",
    right="标题为公文标题，语言 zh-CN，有标签",
    wrong="标题为“Microsoft Word - 文档1”",
    hint="导出时填写标题，勾选“文档结构标签”",
    without_words=True,
)
def described(reading: Reading, document: Document | None, _: object) -> Iterator[Found]:
    """The file names its title and language, and is tagged."""
    facts = facts_of(reading)
    if not facts.title:
        yield Found("文件信息里没有标题")
    elif document is not None and _bare(document.title.value) not in _bare(facts.title):
        yield Found(f"文件信息里的标题是{quoted(facts.title)}，应为公文标题")
    if facts.language is not None and not facts.language.lower().startswith("zh"):
        said = f"语言写的是“{facts.language}”" if facts.language else "没有写明语言"
        yield Found(f"{said}，应为 zh-CN")
    if facts.tagged is False:
        yield Found("没有结构标签，读屏软件读不出层次")
