"""The files that travel in a PDF: its source, what that names, and the build record.

Recipients' data never travels, nor do seals: only what is listed here does, and comments are
taken out.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile
from pathlib import Path, PurePosixPath

from yinfa.archive import record
from yinfa.archive.seals import with_seals
from yinfa.archive.seals import withheld as seals_of
from yinfa.files import Contents, FileContent
from yinfa.load import without_comments
from yinfa.model import Document
from yinfa.pdf import enclosures
from yinfa.pdf.enclosures import Attached
from yinfa.publish import write_whole
from yinfa.report import Finding, OutputFault, Place, one_line, system_reason, unreadable

YAML = "application/yaml"
MIMES = {".png": "image/png", ".svg": "image/svg+xml"}
PICTURE = "image/jpeg"
SOURCE, SUPPLEMENT = "Source", "Supplement"
PARENT = "上级文件夹"  # stands for a folder above the source's, whose name stays at home
MOST_PARENTS = 4


def carried(document: Document, kept: record.Record, contents: Contents) -> tuple[Attached, ...]:
    """What travels in the PDF of *document*, its pictures in *contents*; nothing if it says so."""
    if not document.output.carry_source or document.file is None:
        return ()
    folder = document.path.parent.resolve()
    house = Path(os.path.relpath(document.house, folder)).parts if document.house else ()
    ups = house.count(os.pardir)
    if ups > MOST_PARENTS:  # named by a path of this machine, which leads nowhere elsewhere
        house, ups = (), 0
    below = PurePosixPath(*[PARENT] * ups)
    source = str(below / document.path.name)
    found = [Attached(source, _yaml(document.file), YAML, SOURCE, "公文的源文件")]
    if document.house_rules.file and house:
        name = str(PurePosixPath(*house[ups:]))
        found.append(Attached(name, _yaml(document.house_rules.file), YAML, SOURCE, "本单位规定"))
    seals = seals_of([document])
    stamped = {}
    for path in sorted(contents):
        name = str(below / PurePosixPath(*path.relative_to(folder).parts))
        content = contents[path].content
        if path in seals:
            stamped[name] = content, seals[path]
        else:
            found.append(Attached(name, content, _mime(path), SOURCE, "公文中的图片"))
    return (*found, _record(with_seals(kept, stamped)))


def carried_bundle(
    file: FileContent, documents: Sequence[Document], kept: record.Record, contents: Contents
) -> tuple[Attached, ...]:
    """What travels in a bundle of *documents* whose own source is *file*.

    Each file lies as far from the others as at home; folders above the bundle lose their names.
    """
    folder = file.path.parent.resolve()
    what = {file.path.resolve(): ("汇编的源文件", YAML, _yaml(file))}
    sources = [each.file for each in documents if each.file]
    what |= {each.path.resolve(): ("公文的源文件", YAML, _yaml(each)) for each in sources}
    houses = {each.path.resolve(): each for one in documents if (each := one.house_rules.file)}
    for path, house in houses.items():
        if _ups(path, folder) <= MOST_PARENTS:
            what[path] = ("本单位规定", YAML, _yaml(house))
    for path in sorted(contents):
        what[path] = ("公文中的图片", _mime(path), contents[path].content)
    root = Path(os.path.commonpath([path.parent for path in what]))
    above = folder.relative_to(root).parts
    seals = seals_of(documents)
    stamped = {}
    found = []
    for path, (description, mime, content) in what.items():
        parts = path.relative_to(root).parts
        pairs = zip(parts, above, strict=False)
        shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
        name = str(PurePosixPath(*[PARENT] * shared, *parts[shared:]))
        if path in seals:
            stamped[name] = content, seals[path]
        else:
            found.append(Attached(name, content, mime, SOURCE, description))
    return (*found, _record(with_seals(kept, stamped)))


def _mime(path: Path) -> str:
    """What a picture is, by the end of its name."""
    return MIMES.get(path.suffix.lower(), PICTURE)


def _ups(path: Path, folder: Path) -> int:
    """How many folders lie between *folder* and the one that has *path* below it."""
    return Path(os.path.relpath(path, folder)).parts.count(os.pardir)


def _record(kept: record.Record) -> Attached:
    note = "排版时各软件的版本、字体和版式的校验和"
    return Attached(record.NAME, record.dumps(kept), "application/json", SUPPLEMENT, note)


def _yaml(file: FileContent) -> bytes:
    return without_comments(file).encode()


def take_out(path: Path) -> tuple[Attached, ...]:
    """What travels in the PDF *path*, the source first; a ReadingFault where nothing does."""
    try:
        found = enclosures.attached(path)
    except OSError as error:
        found_none = isinstance(error, FileNotFoundError)
        message = "找不到这个文件" if found_none else f"读不了这个文件：{system_reason(error)}"
        raise unreadable(path, message, "请核对文件名和文件的权限") from error
    except enclosures.TooLarge as error:
        message = f"随带的文件解开以后超过 {enclosures.MOST_BYTES // 1_000_000} MB"
        raise unreadable(path, message, "本程序排的公文不会这么大，不要打开它") from error
    except enclosures.UNREADABLE as error:
        message, hint = "不是完好的 PDF 文件", "请换一份没有损坏、没有加密的文件"
        raise unreadable(path, message, hint) from error
    if not any(file.mime == YAML and file.relationship == SOURCE for file in found):
        hint = "有密级的、或写明“随附源文件: 否”的公文不带源文件；请向起草的人要 YAML 文件"
        raise unreadable(path, "这份 PDF 没有随带源文件", hint)
    return found


def unpack(found: Iterable[Attached], folder: Path) -> tuple[Path, ...]:
    """*found* as files below *folder*; what stands there already is left alone, and told."""
    targets: dict[Path, bytes] = {}
    findings: list[Finding] = []
    for file in found:
        path = folder / _inside(file.name)
        if targets.setdefault(path, file.content) != file.content:
            message = "PDF 里有两个同名而内容不同的文件"
            findings.append(Finding(Place(path), message, "这不是本程序排的 PDF，请向来源核对"))
        findings += _obstacles(path, file.content, folder)
    if findings:
        raise OutputFault(tuple(findings))
    for path, content in targets.items():
        write_whole(path, content)
    return tuple(targets)


def _obstacles(path: Path, content: bytes, folder: Path) -> Iterator[Finding]:
    """What stands in the way of *content* at *path*."""
    try:
        if not path.parent.resolve().is_relative_to(folder.resolve()):
            hint = "请用 -o 指定一个新的文件夹"
            yield Finding(Place(path), "这里有通到文件夹外面的链接", hint)
        elif path.exists() and not (path.is_file() and path.read_bytes() == content):
            yield Finding(Place(path), "这里已有内容不同的同名文件", "请用 -o 指定另一个文件夹")
    except OSError as error:
        yield Finding(
            Place(path), f"不能写入文件：{system_reason(error)}", "请用 -o 指定另一个文件夹"
        )


def _inside(name: str) -> Path:
    """*name* as a path that leads nowhere but down, each part fit to be shown on one line."""
    return Path(*_parts(name.replace("\\", "/"))) if any(_parts(name)) else Path("附件")


def _parts(name: str) -> Iterator[str]:
    for part in name.split("/"):
        shown = one_line(part).replace(":", "：")
        if shown.strip(" ."):
            yield shown
