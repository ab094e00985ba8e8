"""What a bundle's file says: the meeting, and the documents and PDFs in their order."""

from __future__ import annotations

import datetime
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from yinfa import words
from yinfa.arranging.numbering import chinese, written_date
from yinfa.bundling.finished import Finished, open_finished
from yinfa.bundling.secrecy import highest
from yinfa.files import FileContent
from yinfa.load import Mapping, Value, load
from yinfa.model import Document, Text
from yinfa.report import Fault, Finding, Place, SourceFault
from yinfa.validate import is_bundle, validate
from yinfa.validating import dates
from yinfa.validating.reader import Fields, Reader, clip
from yinfa.words import Type

TITLE = "会议材料汇编"
MARKS = "会议材料之"
NO_MARK = ("无", "none")
YAML, PDF = (".yaml", ".yml"), (".pdf",)
MOST_MATERIALS = 200
LARGEST_BYTES = 200_000_000  # of a PDF: it is held in memory
MOST_PARENTS = 4  # folders above its own in which a bundle looks for a document
LONGEST_MARK = 16  # characters: more would meet a draft mark in the same margin
LONGEST_NUMERAL = 4  # 一百零三
_DAYS = re.compile(r"(.*?\d\s*日?)\s*(至|—|－|～|-(?=\d+日))\s*(.*)")
_REMOTE = r"[A-Za-z][A-Za-z0-9+.-]*:"
_LAST_DAY = r"(?:(?:(\d{4})年)?(\d{1,2})月)?(\d{1,2})日"


class Folios(StrEnum):
    """What folios count."""

    THROUGH = "through"  # the pages of the whole bundle
    OWN = "own"  # those of each document


@dataclass(frozen=True, slots=True)
class Material:
    """What *path* brings into the bundle: a document, or a finished PDF."""

    path: Path
    place: Place
    title: str  # in the contents
    mark: str  # in the head margin of its first page; empty for none
    document: Document | None = None
    finished: Finished | None = None


@dataclass(frozen=True, slots=True)
class Bundle:
    """A meeting bundle, whole and valid."""

    path: Path
    meeting: Text
    meeting_lines: tuple[Text, ...]  # where the source breaks the name itself
    title: Text
    title_lines: tuple[Text, ...]
    days: str
    date: datetime.date | None  # the first of them
    place: Text
    hosts: tuple[Text, ...]
    folios: Folios
    dividers: bool
    mirrored: bool
    carry_source: bool
    materials: tuple[Material, ...]
    file: FileContent | None = field(default=None, compare=False)  # as it was read

    @property
    def name(self) -> str:
        """The meeting and what this is: the title of the PDF."""
        return f"{self.meeting} {self.title}"

    @property
    def documents(self) -> tuple[Document, ...]:
        return tuple(each.document for each in self.materials if each.document)

    @property
    def classification(self) -> str:
        """The highest grade and the longest term of all that is in it; empty for none."""
        heads = (document.letterhead.classification for document in self.documents)
        finished = (each.finished.classification for each in self.materials if each.finished)
        return highest((*map(str, filter(None, heads)), *finished))

    @property
    def carries(self) -> bool:
        """Whether its sources travel in it: all may, and all of it is made of them."""
        return self.carry_source and all(
            each.document is not None and each.document.output.carry_source
            for each in self.materials
        )


def read_bundle(path: Path) -> Bundle:
    """What the bundle at *path* says, or a SourceFault with all its faults and its documents'."""
    reader = Reader(load(path))
    fields = reader.fields(reader.source.root, words.BUNDLE)
    meeting, meeting_lines = fields.title("meeting")
    title, title_lines = fields.title()
    days, date = _days(fields)
    folios = fields.choice("folios")
    binding = fields.choice("binding")
    place = fields.text("place") or Text("", fields.place)
    hosts = fields.texts("host")
    series = fields.text("marks")
    marks = MARKS if series is None else _mark(reader, series, LONGEST_MARK - LONGEST_NUMERAL)
    materials = tuple(_materials(fields, marks))
    bundle = Bundle(
        path=path,
        meeting=meeting,
        meeting_lines=meeting_lines,
        title=title or Text(TITLE, fields.place),
        title_lines=title_lines,
        days=days,
        date=date,
        place=place,
        hosts=hosts,
        folios=Folios(folios.value) if folios else Folios.THROUGH,
        dividers=fields.yes("dividers", default=False),
        mirrored=binding is not None and binding.value == "duplex",
        carry_source=fields.yes("carry_source", default=True),
        materials=materials,
        file=reader.source.file,
    )
    _refuse_unmarked(bundle, fields)
    reader.settle()
    return bundle


def _days(fields: Fields) -> tuple[str, datetime.date | None]:
    """The days of the meeting as they are printed, and the first of them."""
    text = fields.text("date")
    if text is None:
        return "", None
    several = _DAYS.fullmatch(text.value)
    first = several[1] if several else text.value
    if several and not first.endswith("日"):
        first += "日"
    date, message, hint = dates.read(first)
    if date is None:
        fields.wrong(
            "date",
            f"“{fields.shown('date')}”{message}",
            f"{hint}；开几天的写成 2012年7月9日至11日",
        )
        return "", None
    if several is None:
        return written_date(date), date
    if wrong := _wrong_last_day(several[3], date):
        fields.wrong(
            "date",
            f"“{fields.shown('date')}”里的“{clip(several[3])}”{wrong}",
            "开几天的写成 2012年7月9日至11日，或 2012年7月30日至8月2日",
        )
    return f"{written_date(date)}至{several[3]}", date


def _wrong_last_day(words: str, first: datetime.date) -> str:
    """What is wrong with *words* as the last day after *first*; it shares what it does not say."""
    match = re.fullmatch(_LAST_DAY, words, re.ASCII)
    if match is None:
        return "不是日期"
    year, month, day = match[1] or first.year, match[2] or first.month, match[3]
    last, message, _ = dates.read(f"{int(year):04}年{month}月{day}日")
    if last is None:
        return f"不是日期：{message}"
    return "" if last > first else f"不在开始的{written_date(first)}之后"


# --- materials -------------------------------------------------------------------------------


def _materials(fields: Fields, marks: str) -> Iterator[Material]:
    """The materials; those with no mark of their own are counted."""
    reader = fields.reader
    values = list(fields.items("materials", Type.MATERIALS))
    if len(values) > MOST_MATERIALS:
        message = f"“{fields.shown('materials')}”有 {len(values)} 份，最多 {MOST_MATERIALS} 份"
        fields.wrong("materials", message, "请分成几册")
        return
    seen: dict[Path, Place] = {}
    number = 0
    for value in values:
        found = _material(reader, value)
        if found is None:
            continue
        material, own = found
        if own is None and marks:
            number += 1
            material = replace(material, mark=marks + chinese(number))
        if (first := seen.setdefault(material.path, material.place)) is not material.place:
            message = f"这份材料与第{first.line}行的重复"
            reader.wrong(material.place, message, "一份材料只收一次，请删去一处")
        yield material


def _material(reader: Reader, value: Value) -> tuple[Material, Text | None] | None:
    """A material and the mark it asks for itself; None where there is none, which is told."""
    if isinstance(value, Mapping):
        fields = reader.fields(value, words.MATERIAL)
        file, title, own = fields.text("file"), fields.text("title"), fields.text("mark")
    else:
        file, title, own = reader.text(value, words.MATERIAL.chinese) or None, None, None
    mark = _mark(reader, own, LONGEST_MARK)
    path = _file(reader, file) if file else None
    if path is None or file is None:
        return None
    material = Material(path, file.place, str(title or "") or path.stem, mark)
    try:
        if path.suffix.lower() in YAML:
            document = _document(path, file.place)
            name = str(title or document.title)
            return replace(material, title=name, document=document), own
        return replace(material, finished=open_finished(path, file.place)), own
    except Fault as fault:
        reader.findings += fault.findings
        return None


def _mark(reader: Reader, text: Text | None, most: int) -> str:
    """The words of a mark of *most* characters; nothing where none is wanted."""
    if text is None or text.value in NO_MARK:
        return ""
    if len(text.value) > most:
        message = f"标记“{clip(text.value)}”有 {len(text.value)} 个字，最多 {most} 个"
        reader.wrong(text.place, message, "标记印在首页天头的左边，请写短一些")
    return text.value


def _file(reader: Reader, text: Text) -> Path | None:
    """The file that *text* names, or None, which is told."""
    shown = clip(text.value, 40)
    if text.value.startswith(("/", "\\", "~")) or re.match(_REMOTE, text.value):
        hint = "路径从本文件所在的文件夹写起，如 报告.yaml、../报告.yaml"
        reader.wrong(text.place, f"“{shown}”不是相对路径", hint)
        return None
    if Path(os.path.normpath(text.value)).parts.count(os.pardir) > MOST_PARENTS:
        message = f"“{shown}”在本文件的文件夹往上 {MOST_PARENTS} 级以外"
        reader.wrong(text.place, message, "请把汇编文件放到离材料近一些的文件夹里")
        return None
    path = Path(os.path.normpath(reader.folder / text.value))
    if path.suffix.lower() not in YAML + PDF:
        hint = "材料是 .yaml 源文件或 .pdf；Word、WPS 文件请先用 yinfa import 转换，或另存为 PDF"
        reader.wrong(text.place, f"“{shown}”不是 YAML 文件，也不是 PDF", hint)
        return None
    try:
        if path.is_file():
            size = path.stat().st_size
            if size <= LARGEST_BYTES:
                return path
            message = f"“{shown}”有 {size / 1e6:.0f} MB，最多 {LARGEST_BYTES / 1e6:.0f} MB"
            reader.wrong(text.place, message, "请缩小其中的图片，或分成几份")
            return None
    except (OSError, ValueError):
        pass
    hint = "请核对文件名；路径从本文件所在的文件夹算起"
    reader.wrong(text.place, f"找不到文件：{shown}", hint)
    return None


def _document(path: Path, place: Place) -> Document:
    """The document of the source *path*; what is wrong with it is told at its own places."""
    source = load(path)
    if is_bundle(source):
        message = f"“{path.name}”也是汇编，汇编里不能再收汇编"
        raise SourceFault((Finding(place, message, "请把其中的材料一一写在这里"),))
    return validate(source)


def _refuse_unmarked(bundle: Bundle, fields: Fields) -> None:
    """Where every document is numbered from 1, only its mark tells the reader where he is."""
    unmarked = [each for each in bundle.materials if not each.mark]
    if bundle.folios is Folios.OWN and len(unmarked) > 1:
        lines = "、".join(str(each.place.line) for each in unmarked)
        fields.wrong(
            "folios",
            f"页码各自从1起，而第{lines}行的材料没有标记，读者照目录找不到它们",
            f"请写上“{fields.shown('marks')}”，或者页码通排",
        )
