"""A finished PDF and a distribution become a folder: copies, register, manifest."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from pathlib import Path

from yinfa import recipe
from yinfa.composition import Role
from yinfa.faces import Fount, open_founts
from yinfa.issuing import bundles, copies, manifest
from yinfa.issuing.copies import Original
from yinfa.issuing.distribution import CopyMark, Distribution, Recipient
from yinfa.issuing.names import file_part
from yinfa.issuing.register import register, register_csv
from yinfa.publish import write_whole
from yinfa.report import FaceFault, Finding, OutputFault, Place, SourceFault, system_reason

REGISTER = "登记表"
ALL = "全部"
CHANGED = "这一份做好以后被改动过，没有发"


class Bundling(StrEnum):
    """Which zip files are made."""

    EACH = "each"  # one a recipient
    ALL = "all"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of the document: its file, and the name under which its recipient gets it."""

    recipient: Recipient
    number: int  # 0: none
    path: Path
    delivered: str
    sha256: str = ""  # of what was made; nothing where it was only planned


@dataclass(frozen=True, slots=True)
class Issue:
    """The folder of a distribution, and the copies in it."""

    original: Original
    folder: Path
    copies: tuple[Copy, ...]
    remarks: tuple[str, ...]

    @property
    def title(self) -> str:
        return self.original.info.get("/Title", "").strip() or self.original.path.stem

    @property
    def number(self) -> str:
        return self.original.info.get("/DocumentNumber", "")

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.original.content).hexdigest()


def issue(
    original: Original,
    distribution: Distribution,
    folder: Path,
    bundling: Bundling = Bundling.NONE,
) -> Issue:
    """Copies of *original* for everyone in *distribution*, in *folder*, with all that proves them.

    What an earlier run made there and this one does not is taken away.
    """
    marks = _marks(original, distribution)
    issued = planned(original, distribution, folder)
    registers = _registers(issued, distribution)
    before = manifest.made_before(folder)
    made = [*_made(issued), *_bundled(issued, bundling), *map(manifest.MadeFile, registers)]
    try:
        manifest.remove(folder, set(before) - {each.name for each in made})
        manifest.remove(folder, (manifest.NAME,))
    except OSError as error:
        hint = "换一个可以写入的文件夹（-o）"
        finding = Finding(Place(folder), f"不能改这个文件夹：{system_reason(error)}", hint)
        raise OutputFault((finding,)) from error
    issued = replace(issued, copies=tuple(_written_copies(issued, marks)))
    _write_bundles(issued, bundling)
    for name, content in registers.items():
        write_whole(folder / name, content)
    subject = manifest.Subject(issued.number, issued.title, original.pages, issued.digest)
    manifest.write_manifest(folder, subject, made)
    return issued


def planned(original: Original, distribution: Distribution, folder: Path) -> Issue:
    """The copies of *original* that *folder* is to hold; none is made."""
    files = tuple(_planned(original, distribution, folder))
    return Issue(original, folder, files, tuple(_remarks(original, distribution)))


def _marks(original: Original, distribution: Distribution) -> dict[str, CopyMark]:
    """How each recipient's copies are marked; a fault where a number or a name has no place."""
    findings: list[Finding] = []
    marks: dict[str, CopyMark] = {}
    numbered = any(each.numbers for each in distribution.recipients)
    if numbered and original.has_letterhead and not original.room:
        findings.append(
            Finding(
                Place(original.path),
                "版头没有给份号留出位置",
                "在源文件里写“份号: 分发”，再运行一次",
                clause="7.2.1",
            )
        )
    for each in distribution.recipients:
        homeless = bool(each.numbers) and not original.room
        wanted = distribution.mark or (CopyMark.MARGIN if homeless else CopyMark.NONE)
        mark = marks[each.name.value] = wanted if each.marked else CopyMark.NONE
        if homeless and mark is CopyMark.NONE and not original.has_letterhead:
            message = f"“{each.name.value[:20]}”有份号，又不印标记，份号没有地方可印"
            findings.append(Finding(each.name.place, message, "请印标记，或删去份号"))
    if findings:
        raise SourceFault(tuple(findings))
    fount = _fount()
    missing = tuple(
        finding
        for each in distribution.recipients
        if marks[each.name.value] is not CopyMark.NONE
        for finding in copies.uncovered(each.name, fount)
    )
    if missing:
        raise FaceFault(missing)
    return marks


@cache
def _fount() -> Fount:
    return open_founts()[Role.SONGTI]


def _remarks(original: Original, distribution: Distribution) -> Iterator[str]:
    if original.room and not all(each.numbers for each in distribution.recipients):
        without = sum(not each.numbers for each in distribution.recipients)
        yield f"有 {without} 个单位没有份号，版头的那一行空着"


def _planned(original: Original, distribution: Distribution, folder: Path) -> Iterator[Copy]:
    stem = file_part(original.path.stem)
    for each in distribution.recipients:
        part = file_part(each.name.value)
        for number in each.numbers or (0,):
            shown = f"{number:06}" if number else ""
            name = f"{shown} {part}".strip() + ".pdf"
            delivered = f"{stem} {shown}".strip() + ".pdf"
            yield Copy(each, number, folder / name, delivered)


def _made(issued: Issue) -> Iterator[manifest.MadeFile]:
    for each in issued.copies:
        number = f"{each.number:06}" if each.number else ""
        pages = issued.original.pages
        yield manifest.MadeFile(each.path.name, each.recipient.full_name.value, number, pages)


def _written_copies(issued: Issue, marks: dict[str, CopyMark]) -> Iterator[Copy]:
    """Each copy once it stands in its place."""
    masters: dict[CopyMark, copies.Master] = {}
    fount = _fount()
    for each in issued.copies:
        mark = marks[each.recipient.name.value]
        if mark not in masters:
            masters[mark] = copies.master(issued.original, mark)
        content = copies.copy(masters[mark], each.number, each.recipient.name, fount)
        if not _stands(each.path, content):
            write_whole(each.path, content)
        yield replace(each, sha256=hashlib.sha256(content).hexdigest())


def _stands(path: Path, content: bytes) -> bool:
    """Whether *content* stands at *path* already: then it need not be written again."""
    try:
        return path.stat().st_size == len(content) and path.read_bytes() == content
    except OSError:
        return False


# --- zip files and registers -----------------------------------------------------------------


def _bundle_contents(issued: Issue, bundling: Bundling) -> dict[str, dict[str, Path]]:
    """The zip files by name, and what each holds."""
    found: dict[str, dict[str, Path]] = {}
    for each in issued.copies:
        if bundling is Bundling.EACH:
            name = file_part(each.recipient.name.value) + bundles.SUFFIX
            found.setdefault(name, {})[each.delivered] = each.path
        elif bundling is Bundling.ALL:
            found.setdefault(ALL + bundles.SUFFIX, {})[each.path.name] = each.path
    return found


def _bundled(issued: Issue, bundling: Bundling) -> Iterator[manifest.MadeFile]:
    for name in _bundle_contents(issued, bundling):
        yield manifest.MadeFile(name)


def _write_bundles(issued: Issue, bundling: Bundling) -> None:
    for name, files in _bundle_contents(issued, bundling).items():
        bundles.write_zip(issued.folder / name, files)


def _registers(issued: Issue, distribution: Distribution) -> dict[str, bytes]:
    recipients = distribution.recipients
    document = register(issued.title, issued.number, recipients, issued.folder)
    return {
        f"{REGISTER}.pdf": recipe.make(document, issued.folder).content,
        f"{REGISTER}.csv": register_csv(recipients),
    }
