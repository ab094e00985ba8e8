"""Documents for the tests of the finished PDF, built once, and their structure trees read back."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pypdf import PdfReader

from yinfa.load import load
from yinfa.press import Product
from yinfa.recipe import make
from yinfa.validate import validate

# One red pixel, half of it seen through.
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGM4wcDQAAADpQFJ3AO3EgAAAABJRU5ErkJggg=="
)
LONG = "各单位要切实加强组织领导，细化工作措施，落实工作责任，确保各项任务按时完成。"
NOTICE = f"""\
文种: 通知  # 起草人的话
发文机关: 常州市教育局
紧急程度: 特急
发文字号: 常教〔2009〕12号
标题: 关于做好GDP核算工作的通知
主送: 各辖市、区教育局
关键词: [教育, 核算]
正文:
  - 段: 根据WTO规则，现将有关事项通知如下[注1]。
    脚注: [规则见世界贸易组织网站。]
  - 标题: 总体要求
    正文:
      - 标题: 提高认识。
        接排: {LONG * 20}
      - 标题: 明确任务。
        接排: 〇三年以来，按照GB/T 9704执行。
  - 图: 图.png
    图题: 流程示意图
    替代文字: 从受理到办结的五个步骤
    宽: 30
  - 表格: 任务分工表
    表头: [序号, 任务, 单位]
    行:
{"".join(f"      - [{n}, 任务{n}, 单位{n}]" + chr(10) for n in range(1, 40))}
附件:
  - 标题: 名单
    正文: [甲、乙、丙。]
  - 标题: 办法
    正文: [共三条。]
成文日期: 2009-12-25
印章: 图.png
附注: （此件公开发布）
抄送: 市委办公室
印发机关: 常州市教育局办公室
印发日期: 2009-12-26
"""


def written(folder: Path, text: str, name: str = "通知.yaml") -> Path:
    """A source in *folder*, with a picture beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "图.png").write_bytes(PNG)
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def made(path: Path) -> Product:
    """What the source at *path* becomes."""
    return make(validate(load(path)), path.parent)


@cache
def notice() -> bytes:
    """A notice with nearly everything a document can have."""
    with TemporaryDirectory() as folder:
        return made(written(Path(folder), NOTICE)).content


def reader(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content))


# --- what a screen reader meets --------------------------------------------------------------


@dataclass
class Tag:
    """A structure element with the text of its own content, and the pages that stands on."""

    tag: str
    text: str = ""
    pages: list[int] = field(default_factory=list)
    kids: list[Tag] = field(default_factory=list)
    raw: Any = None

    def whole(self) -> str:
        return self.text + "".join(kid.whole() for kid in self.kids)

    def walk(self) -> Iterator[Tag]:
        yield self
        for kid in self.kids:
            yield from kid.walk()


def tree(content: bytes | PdfReader) -> Tag:
    """The document element of a PDF, with all below it."""
    pdf = content if isinstance(content, PdfReader) else reader(content)
    pages = {page.indirect_reference.idnum: number for number, page in enumerate(pdf.pages)}
    texts = [marked_texts(pdf, number) for number in range(len(pdf.pages))]

    def grown(element: Any) -> Tag:
        element = element.get_object()
        found = Tag(str(element["/S"])[1:], raw=element)
        kids = element["/K"].get_object()
        for kid in kids if isinstance(kids, list) else [kids]:
            resolved = kid.get_object()
            if isinstance(resolved, int):
                page, number = pages[element.raw_get("/Pg").idnum], int(resolved)
            elif resolved.get("/Type") == "/OBJR":
                continue  # an annotation shows no text of its own
            elif resolved.get("/Type") == "/MCR":
                page, number = pages[resolved.raw_get("/Pg").idnum], int(resolved["/MCID"])
            else:
                found.kids.append(grown(resolved))
                continue
            found.text += texts[page].get(number, "")
            found.pages.append(page)
        return found

    (root,) = pdf.trailer["/Root"]["/StructTreeRoot"]["/K"]
    return grown(root)


_OPERATOR = re.compile(
    rb"/\w+\s+<</MCID (\d+)>>\s+BDC|/(\w+)(?:\s+<<.*?>>)?\s+(?:BDC|BMC)|(EMC)"
    rb"|(/\w+) [\d.]+ Tf|\[([^\]]*)\] TJ"
)


def marked_texts(pdf: PdfReader, page: int) -> dict[int, str]:
    """The text of each piece of marked content on a page, by its number; -1 is outside of all."""
    faces = {
        name.encode(): to_unicode(face.get_object()["/ToUnicode"].get_object().get_data())
        for name, face in pdf.pages[page]["/Resources"]["/Font"].items()
    }
    texts: dict[int, str] = {}
    opened: list[int] = []
    face = b""
    for match in _OPERATOR.finditer(pdf.pages[page].get_contents().get_data()):
        number, other, end, changed, shown = match.groups()
        if number is not None:
            opened.append(int(number))
        elif other is not None:
            opened.append(opened[-1] if other == b"Span" else -1)
        elif end:
            opened.pop()
        elif changed:
            face = changed
        else:
            glyphs = re.findall(rb"<([0-9a-f]*)>", shown)
            codes = [run[at : at + 4] for run in glyphs for at in range(0, len(run), 4)]
            owner = opened[-1] if opened else -2
            texts[owner] = texts.get(owner, "") + "".join(faces[face][code] for code in codes)
    return texts


def to_unicode(cmap: bytes) -> dict[bytes, str]:
    return {
        glyph: bytes.fromhex(code.decode()).decode("utf-16-be")
        for glyph, code in re.findall(rb"<([0-9a-f]{4})> <([0-9a-f]+)>", cmap)
    }
