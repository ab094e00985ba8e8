"""The parts of a Word file, opened with care: bombs, damage and foreign kinds are refused."""

from __future__ import annotations

import codecs
import io
import re
import zipfile
import zlib
from pathlib import Path

from yinfa.report import Finding, Place, SourceFault

LARGEST_PART = 80_000_000  # bytes, unpacked
LARGEST_PICTURE = 50_000_000
MOST_PARTS = 10_000
BOMB_RATIO = 200  # a part that unpacks to so many times its size, and is big, is a bomb
BOMB_LEAST = 10_000_000
DOCUMENT = "word/document.xml"

STRICT = b"http://purl.oclc.org/ooxml/"  # Strict Open XML names the same things otherwise
_TRANSITIONAL = b"http://schemas.openxmlformats.org/"
_STRICT_NAMES = (
    (STRICT + b"wordprocessingml/main", _TRANSITIONAL + b"wordprocessingml/2006/main"),
    (STRICT + b"officeDocument/", _TRANSITIONAL + b"officeDocument/2006/"),
    (STRICT + b"drawingml/wordprocessingDrawing",
     _TRANSITIONAL + b"drawingml/2006/wordprocessingDrawing"),
    (STRICT + b"drawingml/", _TRANSITIONAL + b"drawingml/2006/"),
)  # fmt: skip
_DECLARED = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"'][^>]*\?>")

_OTHERS = (
    ("xl/workbook.xml", "是 Excel 文件", "请把要用的表格复制到 Word 文件里再导入"),
    ("ppt/presentation.xml", "是 PowerPoint 文件", "请把文字另存为文本文件再导入"),
    ("content.xml", "是 OpenDocument 或 WPS 的文件", "请另存为 .docx 再导入"),
)


class Package:
    """The parts of a .docx, each read at most once and never further than its limit."""

    def __init__(self, path: Path, data: bytes) -> None:
        self.path = path
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
            names = self._archive.namelist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise self._damaged() from error
        if len(names) > MOST_PARTS:
            raise self._refused("文件里的部分太多，不像是 Word 文件", "请用 Word 或 WPS 重新保存")
        self.names = frozenset(names)
        if DOCUMENT not in self.names:
            for name, message, hint in _OTHERS:
                if name in self.names:
                    raise self._refused(message, hint)
            raise self._refused("是压缩文件，不是 Word 文件", "请先解压，再导入里面的文件")

    def xml(self, name: str) -> bytes:
        """The bytes of an XML part in UTF-8, by the usual names; empty when it is absent."""
        if name not in self.names:
            return b""
        data = self._utf8(self._bytes(name, LARGEST_PART))
        if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
            raise self._refused("文件里有不该有的实体声明", "请用 Word 或 WPS 重新保存")
        if STRICT in data:
            for strict, usual in _STRICT_NAMES:
                data = data.replace(strict, usual)
        return data

    def _utf8(self, data: bytes) -> bytes:
        """*data* in UTF-8, whatever its declaration says; parsers know few other encodings."""
        declared = _DECLARED.match(data)
        if declared is None or declared[1].lower() in (b"utf-8", b"utf8", b"us-ascii", b"ascii"):
            return data
        name = declared[1].decode()
        try:
            codec = codecs.lookup("gb18030" if name.lower() in ("gb2312", "gbk") else name)
            text = data[declared.end() :].decode(codec.name)
        except (LookupError, UnicodeError, ValueError) as error:
            raise self._refused(
                f"文件里的文字用了认不出的编码“{name}”", "请用 Word 或 WPS 重新保存"
            ) from error
        return text.encode("utf-8", "replace")

    def picture(self, name: str) -> bytes:
        """The bytes of a picture; empty when it is absent."""
        return self._bytes(name, LARGEST_PICTURE) if name in self.names else b""

    def _bytes(self, name: str, most: int) -> bytes:
        try:
            info = self._archive.getinfo(name)
            ratio = info.file_size / max(1, info.compress_size)
            if info.file_size > most or (info.file_size > BOMB_LEAST and ratio > BOMB_RATIO):
                raise self._refused("文件解压后大得出奇", "它可能是恶意的文件；请向来文单位核实")
            with self._archive.open(info) as part:
                data = part.read(most + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError,
                NotImplementedError) as error:  # fmt: skip
            raise self._damaged() from error
        if len(data) > most:
            raise self._refused("文件解压后大得出奇", "它可能是恶意的文件；请向来文单位核实")
        return data

    def _damaged(self) -> SourceFault:
        return self._refused(
            "Word 文件已损坏，或加了密码", "请用 Word 或 WPS 打开后重新保存（不加密码）再导入"
        )

    def _refused(self, message: str, hint: str) -> SourceFault:
        return SourceFault((Finding(Place(self.path), message, hint),))
