"""The package of an OFD: a ZIP whose parts are found by location, each within its size."""

from __future__ import annotations

import codecs
import contextlib
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn
from xml.etree import ElementTree

from yinfa.report import ReadingFault, unreadable

Element = ElementTree.Element

MOST_PARTS = 20_000
MOST_BYTES = 64_000_000  # of one part, unpacked
MOST_MARKUP = 32_000_000  # of one that is parsed
MOST_TOGETHER = 400_000_000  # of all that are read
MOST_DEPTH = 200  # of elements within elements
SIGNATURE = b"PK"
NAMED_IN_UTF_8 = 0x800
ENCRYPTED = 0x1
FORBIDDEN = re.compile(r"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
ENCODING = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
CHINESE = frozenset({"gb2312", "gbk", "cp936"})
BROKEN = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, RuntimeError, NotImplementedError,
    EOFError, OSError, ValueError, IndexError, OverflowError,
)  # fmt: skip
AGAIN = "请重新导出或重新传送这个 OFD"


@dataclass
class OfdPackage:
    """An open package; it remembers how much of it was unpacked."""

    path: Path
    archive: zipfile.ZipFile
    entries: dict[str, zipfile.ZipInfo] = field(default_factory=dict)
    folded: dict[str, str] = field(default_factory=dict)
    unpacked: int = 0

    def find(self, base: str, location: str) -> str | None:
        """The name of the part at *location*, as the part *base* writes it; None where none is.

        A location is relative to the part that has it, or begins at the root with a slash;
        producers mix these up, and capitals too.
        """
        location = location.strip().replace("\\", "/")
        if not location:
            return None
        folder = posixpath.dirname(base)
        tried = [location] if location.startswith("/") else [f"{folder}/{location}", location]
        for one in tried:
            name = posixpath.normpath(one.lstrip("/"))
            if name in self.entries:
                return name
            if name.casefold() in self.folded:
                return self.folded[name.casefold()]
        return None

    def read(self, name: str, most: int = MOST_BYTES) -> bytes:
        """The part *name*; a ReadingFault where it is damaged, encrypted or beyond all measure."""
        entry = self.entries[name]
        if entry.flag_bits & ENCRYPTED:
            self.fault("OFD 已加密，没有密码打不开", "请用未加密的 OFD 检查")
        try:
            with self.archive.open(entry) as part:
                content = part.read(most + 1)
        except BROKEN as error:
            raise self._fault(f"OFD 里的 {name} 已损坏", AGAIN) from error
        self.unpacked += len(content)
        if len(content) > most or self.unpacked > MOST_TOGETHER:
            self.fault(f"OFD 里的 {name} 解开以后大得不合常理", "请不要打开它，向来源核对")
        return content

    def parse(self, name: str) -> Element:
        """The part *name* as markup."""
        text = _decoded(self.read(name, MOST_MARKUP))
        if FORBIDDEN.search(text):
            self.fault(f"OFD 里的 {name} 含有不该有的实体声明", "请不要打开它，向来源核对")
        parser: Any = ElementTree.XMLPullParser(("start", "end"))
        depth = 0
        root: Element | None = None
        try:
            for start in range(0, len(text), 1 << 16):
                parser.feed(text[start : start + (1 << 16)])
                for event, element in parser.read_events():
                    depth += 1 if event == "start" else -1
                    root = element if root is None else root
                    if depth > MOST_DEPTH:
                        self.fault(f"OFD 里的 {name} 嵌套过深", "请不要打开它，向来源核对")
            parser.close()
        except (ElementTree.ParseError, ValueError) as error:
            raise self._fault(f"OFD 里的 {name} 不是完好的 XML", AGAIN) from error
        if root is None:
            self.fault(f"OFD 里的 {name} 是空的", AGAIN)
        return root

    def fault(self, message: str, hint: str) -> NoReturn:
        raise self._fault(message, hint)

    def _fault(self, message: str, hint: str) -> ReadingFault:
        return unreadable(self.path, message, hint)


@contextlib.contextmanager
def opened_package(path: Path) -> Iterator[OfdPackage]:
    """The package at *path*; a ReadingFault where there is none."""
    _look_at(path)
    try:
        archive = zipfile.ZipFile(path)
    except BROKEN as error:
        raise unreadable(path, "OFD 不完整或已损坏，打不开", AGAIN) from error
    with archive:
        package = OfdPackage(path, archive)
        parts = archive.infolist()
        if len(parts) > MOST_PARTS:
            package.fault(f"OFD 里有 {len(parts)} 个文件，多得不合常理", "请向来源核对")
        for part in parts:
            name = posixpath.normpath(_name(part).replace("\\", "/").lstrip("/"))
            package.entries.setdefault(name, part)
            package.folded.setdefault(name.casefold(), name)
        yield package


def _look_at(path: Path) -> None:
    """Raises the fault of a file that is not there, is empty or is no package."""
    try:
        with path.open("rb") as file:
            head = file.read(len(SIGNATURE))
    except FileNotFoundError as error:
        raise unreadable(path, "没有这个文件", "请检查文件名和所在的文件夹") from error
    except IsADirectoryError as error:
        raise unreadable(path, "这是文件夹，不是 OFD 文件", "请写出 OFD 文件的名字") from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise unreadable(path, f"文件打不开（{reason}）", "请检查读取权限") from error
    if not head:
        raise unreadable(path, "文件是空的（0 字节）", AGAIN)
    if head != SIGNATURE:
        raise unreadable(path, "这不是 OFD 文件", "请核对文件；OFD 是一个压缩包")


def _name(part: zipfile.ZipInfo) -> str:
    """The name of a part as its producer meant it: UTF-8 or GBK where the ZIP does not say."""
    if part.flag_bits & NAMED_IN_UTF_8:
        return part.filename
    try:
        raw = part.filename.encode("cp437")
    except UnicodeEncodeError:
        return part.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return part.filename


def _decoded(content: bytes) -> str:
    """Markup as text without its declaration, in the encoding that it has or says it has."""
    if content.startswith(codecs.BOM_UTF8):
        text = content[len(codecs.BOM_UTF8) :].decode("utf-8", "replace")
    elif content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = content.decode("utf-16", "replace")
    else:
        said = ENCODING.match(content)
        encoding = said[1].decode("ascii").lower() if said else "utf-8"
        encoding = "gb18030" if encoding in CHINESE else encoding
        try:
            text = content.decode(encoding)
        except (LookupError, UnicodeError):
            text = content.decode("utf-8", "replace")
    return DECLARATION.sub("", text, count=1)
