"""A file of an office becomes a source: read, recognised, written, and proved to be whole."""

from __future__ import annotations

import contextlib
import html
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from yinfa.arrange import arrange
from yinfa.exporting.lines import MARKED, export_lines
from yinfa.importing.draft import (
    MERGED,
    At,
    Change,
    Draft,
    DraftLine,
    DraftPicture,
    Loss,
    Notebook,
    Remark,
    Step,
    line_of,
)
from yinfa.importing.foreign import ODT, as_docx, foreign_kind
from yinfa.importing.lines import (
    LARGEST_BYTES,
    MOST_LINES,
    decode,
    read_lines,
    refuse_unprintable,
    settle_spaces,
    unwrap,
)
from yinfa.importing.markdown import reads_as_markdown
from yinfa.importing.notation import is_ours, spoken
from yinfa.importing.proof import Difference, losses
from yinfa.importing.recognise import plain, recognise
from yinfa.importing.tables import find_tables
from yinfa.importing.yaml_text import yaml_text
from yinfa.load import load
from yinfa.publish import write_whole
from yinfa.report import Fault, Finding, Place, SourceFault, system_reason
from yinfa.validate import validate

SUFFIX = ".yaml"
CHECK = "请改好原文件再导入"
MARKDOWN = (".md", ".markdown")
WORD = (".docx", ".doc", ".wps", ".rtf", ".odt")
SUFFIXES = (".txt", *MARKDOWN, *WORD)  # of files that a folder is searched for


@dataclass(frozen=True, slots=True)
class Imported:
    """A source that stands where it should, proved to have every character of its file."""

    path: Path
    characters: int  # of the file, without white space
    remarks: tuple[Remark, ...]
    tidied: tuple[Change, ...]
    left_out: int = 0  # lines and parts of lines of the file that the source has not, each told
    losses: tuple[Loss, ...] = ()  # what else the source has not
    unit: str = "行"  # what places are numbers of
    genre: str = ""  # 文种


@dataclass(frozen=True, slots=True)
class _FileText:
    """What was read of a file: its lines for recognising, and for the proof its bare words."""

    lines: list[DraftLine]
    bare: dict[int, str]
    typed: bool  # plain text: tables are typed, lines may be cut
    pictures: dict[str, bytes] = field(default_factory=dict)
    unsaid: str = ""  # characters that mark up the text
    unit: str = "行"  # what its numbers count


class LossFault(Fault):
    """The source would not have every character of the file, so that it was not written."""


def import_file(path: Path, product: Path | None = None, *, tidy: bool = False) -> Imported:
    """Write the source that the file *path* becomes to *product*, beside it by default.

    A text whose tables or marks cannot be told so that nothing is lost is taken line by line.
    """
    notebook = Notebook()
    data = _converted(path, _read(path), notebook)
    product = product or path.with_suffix(SUFFIX)
    _refuse_overwriting(path, product)
    try:
        return _imported(path, product, _reading(path, data, product, notebook), notebook, tidy)
    except LossFault:
        if data.startswith(b"PK"):
            raise
    notebook = Notebook()
    notebook.remark(0, "没有认出结构（表格或标记），每行照原样收作一段，请对照原文改写")
    return _imported(path, product, _as_typed(path, data, notebook), notebook, tidy=False)


def _imported(
    path: Path, product: Path, reading: _FileText, notebook: Notebook, tidy: bool
) -> Imported:
    """What was read as *reading*, written and proved."""
    lines = [replace(line, foreign=not reading.typed) for line in reading.lines]
    if not lines:
        raise _refused(path, "文件里没有文字", "请核对文件")
    if len(lines) > MOST_LINES:
        message = f"文件有 {len(lines)} 行文字，最多 {MOST_LINES} 行"
        raise _refused(path, message, "一份公文没有这么长，请拆成几个文件")
    refuse_unprintable(path, lines)
    if tidy:
        from yinfa.importing.tidy import tidy_lines

        lines = tidy_lines(lines, notebook)
    if reading.typed:
        lines = unwrap(find_tables(lines, notebook), notebook)
    lines = [settle_spaces(line) for line in lines]
    with _beside(product, reading.pictures):
        draft = _proved(path, product, lines, reading, notebook)
        if not draft.titled:
            draft.keys["标题"] = At("", draft.keys["标题"].lines)
        write_whole(product, _written(path, draft, notebook, reading.unit).encode())
    return Imported(
        product,
        sum(len("".join(line.split())) for line in reading.bare.values()),
        tuple(sorted(set(notebook.remarks))),
        tuple(notebook.changes[Step.TIDY]),
        len(notebook.left_out),
        notebook.losses,
        reading.unit,
        str(draft.keys["文种"].tree),
    )


@contextlib.contextmanager
def _beside(product: Path, pictures: dict[str, bytes]) -> Iterator[None]:
    """The pictures stand in their folder beside *product*; they go again when that fails."""
    folder = product.parent / f"{product.stem}-图"
    if not pictures:
        yield
        return
    if folder.exists():
        raise _refused(folder, "已有同名的文件夹，图片放不进去", "请先移走它，或用 -o 另起名字")
    try:
        for name, data in pictures.items():
            write_whole(product.parent / name, data)
        yield
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _proved(
    path: Path, product: Path, lines: list[DraftLine], reading: _FileText, notebook: Notebook
) -> Draft:
    """The draft of *lines*; where their parts cannot be told safely, one of paragraphs only."""
    before = notebook.state()
    draft = recognise(lines, path.stem, notebook)
    source = _written(path, draft, notebook, reading.unit)
    try:
        _prove(path, product, source, draft, reading, notebook)
        return draft
    except Fault as fault:
        if any(line.grid or line.picture or line.notes for line in lines):
            raise
        notebook.go_back(before)
        reason = fault.findings[0].message
        notebook.remark(0, f"没有认出结构（{reason}），每行照原样收作一段，请对照原文改写")
    draft = plain(lines, path.stem)
    source = _written(path, draft, notebook, reading.unit)
    try:
        _prove(path, product, source, draft, reading, notebook)
    except SourceFault as fault:
        raise _told_of_file(path, lines, fault) from None
    return draft


def _told_of_file(path: Path, lines: Sequence[DraftLine], fault: SourceFault) -> SourceFault:
    """What no source can hold, told at its line of the file instead of the source's."""
    findings = []
    for finding in fault.findings:
        quoted = re.search(r"\[注\d+\]", finding.message)
        line = next((n.number for n in lines if quoted and quoted[0] in n.text), 0)
        findings.append(Finding(Place(path, line), finding.message, finding.hint or CHECK))
    return SourceFault(tuple(findings))


def _prove(
    path: Path,
    product: Path,
    source: str,
    draft: Draft,
    reading: _FileText,
    notebook: Notebook,
) -> None:
    """Build the text again from *source* and compare it with the file; a Fault tells of losses."""
    handle, name = tempfile.mkstemp(prefix=".", suffix=SUFFIX, dir=_folder(product))
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(source)
        document = validate(load(Path(name)))
    finally:
        Path(name).unlink()
    rebuilt = [
        spoken(words) if line.part in MARKED else words
        for line in export_lines(arrange(document))
        for words in line.words
        if line.element.table is None or words not in MERGED
    ]
    layers = [
        [(change.line, change.before, change.after) for change in changes]
        for changes in notebook.changes.values()
    ]
    lost = losses(
        reading.bare,
        draft.order,
        layers,
        rebuilt,
        reading.unsaid,
        notebook.cuts,
        notebook.left_out,
        notebook.dropped,
    )
    if lost:
        raise LossFault(tuple(_loss(path, loss) for loss in lost[:20]))


def _folder(product: Path) -> Path:
    """Where the source will stand: pictures are looked for from there."""
    try:
        product.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"不能建立文件夹：{system_reason(error)}"
        raise _refused(product, message, "请用 -o 另选位置") from None
    if not os.access(product.parent, os.W_OK):
        raise _refused(product, "没有写入这个文件夹的权限", "请用 -o 另选位置")
    return product.parent


def _loss(path: Path, loss: Difference) -> Finding:
    hint = "这是程序的错误，没有写出文件；请把原文件发给维护的人"
    return Finding(Place(path, line_of(loss.line)), f"转换后不完整：{loss.message}", hint)


def _written(path: Path, draft: Draft, notebook: Notebook, unit: str) -> str:
    remarks: dict[int, list[str]] = {}
    for remark in sorted(set(notebook.remarks)):
        remarks.setdefault(remark.line, []).append(remark.message)
    return yaml_text(draft.keys, remarks, list(_comment(path, notebook, unit)), unit)


def _comment(path: Path, notebook: Notebook, unit: str) -> Iterator[str]:
    """What stands at the head of the source."""
    name = "".join(char for char in path.name if char.isprintable())
    yield f"由 {name} 转换而来。一段一项；“一、”“（一）”等序号由程序编排，这里不写。"
    if any(remark.line for remark in notebook.remarks):
        yield f"“# 原文第×{unit}”是拿不准的地方，核对后可以删去。"
    if notebook.losses:
        yield "原文里有、这里没有照收的："
        yield from (f"  {loss.told(unit)}" for loss in notebook.losses)


# --- from the disk ---------------------------------------------------------------------------

_TYPED_PICTURE = re.compile(r"!\[([^\]]+)\]\(([^()\s]+\.(?:png|jpe?g|svg))\)", re.IGNORECASE)
_SOURCE = re.compile(r"^(?:文种|form)[ ]*:[ ].*$", re.MULTILINE)
_SOURCE_BODY = re.compile(r"^(?:正文|body)[ ]*:", re.MULTILINE)


def _read(path: Path) -> bytes:
    try:
        if not path.exists():
            raise _refused(path, "找不到这个文件", "请核对文件名和所在文件夹")
        if not path.is_file():
            raise _refused(path, "不是文件", "请给出一个文本文件、.docx 或 .md 文件")
        with path.open("rb") as file:
            data = file.read(_largest(path) + 1)
    except OSError as error:
        message = f"读不了这个文件：{system_reason(error)}"
        raise _refused(path, message, "请检查文件名和权限") from None
    if len(data) > _largest(path):
        most = f"{_largest(path) / 1e6:.0f} MB"
        raise _refused(path, f"文件太大，最多 {most}", "请拆成几个文件")
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise _refused(path, "文件是空的", "请核对文件")
    return data


def _converted(path: Path, data: bytes, notebook: Notebook) -> bytes:
    """*data* as text or .docx: other files of a word processor go through LibreOffice."""
    kind = foreign_kind(data)
    if kind is None and data.startswith(b"PK") and path.suffix.lower() == ".odt":
        kind = ODT
    if kind is None:
        return data
    word = as_docx(data, kind)
    if word is None:
        raise _refused(path, kind.message, kind.hint)
    notebook.remark(
        0, f"这个文件{kind.message}，用 LibreOffice 转换成 .docx 后导入，请对照原文核对"
    )
    return word


def _largest(path: Path) -> int:
    return 200_000_000 if path.suffix.lower() in WORD else LARGEST_BYTES


def _reading(path: Path, data: bytes, product: Path, notebook: Notebook) -> _FileText:
    """The lines of a file of any kind that is known."""
    if data.startswith(b"PK"):
        return _word_reading(path, data, f"{product.stem}-图", notebook)
    text, _ = decode(path, data)
    if path.suffix.lower() in (".yaml", ".yml") or (
        _SOURCE.search(text) and _SOURCE_BODY.search(text)
    ):
        raise _refused(
            path, "已经是 YAML 源文件，不必导入", f"可以直接排版：yinfa build {path.name}"
        )
    bare = dict(enumerate(_bare_lines(text), 1))
    if path.suffix.lower() in MARKDOWN or reads_as_markdown(text):
        from yinfa.importing.markdown import MARKS, markdown_lines

        said = {number: html.unescape(line) for number, line in bare.items()}
        lines = markdown_lines(text, product.parent, notebook)
        return _FileText(lines, said, typed=False, unsaid=MARKS)
    lines = read_lines(text, notebook)
    bare = {number: spoken(line) if is_ours(line) else line for number, line in bare.items()}
    return _FileText([_pictured(line, product.parent) for line in lines], bare, typed=True)


def _as_typed(path: Path, data: bytes, notebook: Notebook) -> _FileText:
    """The lines of a text file as they stand, whatever is drawn or marked up with them."""
    text, _ = decode(path, data)
    lines = [replace(line, level=0) for line in read_lines(text, notebook)]
    return _FileText(lines, dict(enumerate(_bare_lines(text), 1)), typed=False)


def _pictured(line: DraftLine, folder: Path) -> DraftLine:
    """*line* as a picture where it names one that is there."""
    match = _TYPED_PICTURE.fullmatch(line.text) if line.text.startswith("![") else None
    if match is None or ".." in match[2] or not (folder / match[2]).is_file():
        return line
    return replace(line, text="", picture=DraftPicture(match[2], match[1], typed=True))


def _word_reading(path: Path, data: bytes, folder_name: str, notebook: Notebook) -> _FileText:
    from yinfa.importing.package import DOCUMENT, Package
    from yinfa.importing.word import ENDNOTES, FOOTNOTES, read_word
    from yinfa.importing.word_proof import shown_paragraphs

    package = Package(path, data)
    text = read_word(package, folder_name, notebook)
    parts = (DOCUMENT, FOOTNOTES, ENDNOTES, "word/styles.xml", "word/numbering.xml")
    bare = shown_paragraphs(*(package.xml(part) for part in parts))
    return _FileText(text.lines, bare, typed=False, pictures=text.pictures, unit="段")


def _bare_lines(text: str) -> Sequence[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _refuse_overwriting(path: Path, product: Path) -> None:
    if product.exists():
        raise _refused(product, "已有同名的文件，不覆盖它", "请先移走它，或用 -o 另起名字")
    if product.suffix != SUFFIX:
        raise _refused(product, "源文件的名字应以 .yaml 结尾", f"如 -o {product.stem}.yaml")
    if os.path.abspath(path) == os.path.abspath(product):  # noqa: PTH100 - links stay links
        raise _refused(product, "结果会盖住原文件", "请用 -o 另起名字")


def _refused(path: Path, message: str, hint: str) -> SourceFault:
    return SourceFault((Finding(Place(path), message, hint),))
