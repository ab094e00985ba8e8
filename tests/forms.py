"""Documents for the tests of the forms: written, built once, and measured in the PDF.

What the standard demands is written down here anew; nothing is taken from the layouts.
"""

from __future__ import annotations

import atexit
import shutil
import struct
import zlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pypdfium2
import yaml

from yinfa.load import load
from yinfa.model import Document
from yinfa.reading import Look, Reading, Sheet, Stroke, TextLine, read
from yinfa.recipe import build
from yinfa.validate import validate

LEFT_MM, RIGHT_MM = 28.0, 184.0  # 版心, 5.2.1
TOP_MM, BOTTOM_MM = 37.0, 262.0
MIDDLE_MM = 106.0
CELL_MM = 156 / 28  # 字, 3.1
LINE_MM = 10.447  # 行, 3.2
SMALL_MM = 14 * 25.4 / 72  # 4号
ONE_BLANK_MM = (9.4, 16.3)  # 空一行, from type to type
TWO_BLANK_MM = (19.8, 26.8)  # 空二行
RED = (255, 0, 0)

SENTENCE = "公文的版面由版头、主体和版记三部分组成，每面排二十二行，每行排二十八个字，并撑满版心。"
NAME = "×××市×××局"

NOTICE: Mapping[str, Any] = {
    "文种": "通知",
    "发文机关": NAME,
    "发文字号": "×××〔2012〕10号",
    "标题": "关于公文版面的通知",
    "主送": ["×××委员会"],
    "正文": [SENTENCE * 2],
    "成文日期": "2012年7月1日",
}
LETTER = {**NOTICE, "文种": "函", "标题": "关于商请核对公文版面的函"}
ORDER: Mapping[str, Any] = {
    "文种": "令",
    "发文机关": NAME,
    "令号": "第15号",
    "标题": "×××市×××局令",
    "正文": [SENTENCE * 2],
    "成文日期": "2012年7月7日",
    "签名章": {"职务": "局长", "图片": "签名.png"},
}
BULLETIN: Mapping[str, Any] = {
    "文种": "公报",
    "发文机关": NAME,
    "发文字号": "第1号",
    "标题": "关于公文版面的公报",
    "署名位置": "题下",
    "正文": [SENTENCE * 2],
    "成文日期": "2012年7月1日",
}
MINUTES: Mapping[str, Any] = {
    "文种": "纪要",
    "发文机关标志": "×××市×××局会议纪要",
    "标题": "关于公文版面的会议纪要",
    "正文": [SENTENCE * 2],
    "出席": "×××",
}
IMPRINT: Mapping[str, Any] = {
    "抄送": ["×××市人民政府办公室", "×××市档案局"],
    "印发机关": "×××市×××局办公室",
    "印发日期": "2012年7月2日",
}


@cache
def _folder() -> Path:
    """A folder for all documents of a run, with a seal and a signature in it."""
    folder = Path(mkdtemp(prefix="yinfa-forms-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (folder / "印章.png").write_bytes(_png(84, 84))
    (folder / "签名.png").write_bytes(_png(80, 40))
    (folder / "长.png").write_bytes(_png(80, 60))
    return folder


def _png(width: int, height: int) -> bytes:
    """A red picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = (b"\0" + b"\xe6\0\0" * width) * height
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            chunk(b"IHDR", header),
            chunk(b"IDAT", zlib.compress(rows)),
            chunk(b"IEND", b""),
        )
    )


class _Plain(yaml.SafeDumper):
    """Writes what stands twice twice."""

    def ignore_aliases(self, _data: object) -> bool:
        return True


def written(base: Mapping[str, Any], **changes: Any) -> Path:
    """The source of *base* with *changes*; a key that is None is left out."""
    keys = {key: value for key, value in {**base, **changes}.items() if value is not None}
    text = yaml.dump(keys, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=10_000)
    path = _folder() / f"{zlib.crc32(text.encode()):08x}.yaml"
    path.write_text(text, "utf-8")
    return path


def document(base: Mapping[str, Any], **changes: Any) -> Document:
    """The document of *base* with *changes*."""
    return validate(load(written(base, **changes)))


def printed(base: Mapping[str, Any], **changes: Any) -> Reading:
    """The PDF of *base* with *changes*, as pdfium reads it."""
    return _printed(written(base, **changes))


@cache
def _printed(source: Path) -> Reading:
    product = source.with_suffix(".pdf")
    build(validate(load(source)), product)
    return read(product)


# --- measuring -------------------------------------------------------------------------------


def between_mm(upper: TextLine, lower: TextLine) -> float:
    """From the type of *upper* to that of *lower*."""
    return lower.em_top_mm - upper.em_bottom_mm


def within(value: float, window: tuple[float, float]) -> bool:
    return window[0] <= value <= window[1]


def row(line: TextLine) -> float:
    """The line of the page, from 1, that *line* stands on."""
    return (line.em_top_mm - TOP_MM) / LINE_MM + 1


def looks(line: TextLine) -> frozenset[Look]:
    return frozenset(char.look for char in line.inked())


def marks(sheet: Sheet) -> list[TextLine]:
    """The lines of the issuer mark: red type."""
    return [
        piece
        for line in sheet.lines
        for piece in line.pieces
        if any(look.colour == RED for look in looks(piece))
    ]


def red_rules(sheet: Sheet) -> list[Stroke]:
    return [stroke for stroke in sheet.strokes if stroke.colour == RED]


def black_rules(sheet: Sheet) -> list[Stroke]:
    return [stroke for stroke in sheet.strokes if stroke.colour == (0, 0, 0)]


def text_of(reading: Reading) -> str:
    """All that is printed but the folios, without white space."""
    return "".join(line.bare for sheet in reading.sheets for line in sheet.body_lines)


@cache
def red_ink_mm(path: Path, page: int = 0) -> tuple[tuple[float, float], ...]:
    """Upper and lower edge of each band of red on a page of the PDF, by its pixels."""
    scale = 300 / 72
    document = pypdfium2.PdfDocument(path)
    try:
        bitmap = document[page].render(scale=scale, rev_byteorder=True)
        red, green, _ = bitmap.to_pil().convert("RGB").split()
    finally:
        document.close()
    width, height = red.size
    reds, greens = red.tobytes(), green.tobytes()
    bands: list[tuple[int, int]] = []
    for y in range(height):
        line = slice(y * width, (y + 1) * width)
        if reds[line] == greens[line]:
            continue
        if any(r - g > 100 for r, g in zip(reds[line], greens[line], strict=True)):
            if bands and bands[-1][1] == y:
                bands[-1] = (bands[-1][0], y + 1)
            else:
                bands.append((y, y + 1))
    mm = 25.4 / 72 / scale
    return tuple((top * mm, bottom * mm) for top, bottom in bands)
