"""Seals and signatures do not travel: the record knows them by their checksums alone."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from yinfa.archive.record import Record
from yinfa.model import Document, Figure, Picture
from yinfa.pdf.enclosures import Attached
from yinfa.report import Finding, Place, ReadingFault, system_reason
from yinfa.walking import walk

SEALS, SHAPES = "印章", "印章宽高比"  # kinds of the record: checksum, width over height
_BLANK = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} 1"/>'
_SOURCE = "Source"


def withheld(documents: Iterable[Document]) -> dict[Path, Picture]:
    """The pictures of *documents* that are seals or signature stamps and nothing else."""
    found: dict[Path, Picture] = {}
    shown: set[Path] = set()
    for document in documents:
        signature = document.signature
        marks = [seal.picture for seal in signature.seals]
        marks += [stamp.picture for stamp in signature.stamps]
        found |= {picture.path: picture for picture in marks if picture}
        for body in document.bodies:
            shown |= {node.picture.path for node in walk(body) if isinstance(node, Figure)}
    return {path: picture for path, picture in found.items() if path not in shown}


def with_seals(kept: Record, seals: Mapping[str, tuple[bytes, Picture]]) -> Record:
    """*kept*, which also knows *seals* by the names they would travel under."""
    if not seals:
        return kept
    digests = {name: hashlib.sha256(content).hexdigest() for name, (content, _) in seals.items()}
    shapes = {name: repr(picture.ratio) for name, (_, picture) in seals.items()}
    return {**kept, SEALS: digests, SHAPES: shapes}


def without_seals(kept: Record) -> Record:
    """*kept* without what it knows of seals: what the program, faces and layouts were."""
    return {kind: part for kind, part in kept.items() if kind not in (SEALS, SHAPES)}


def names(kept: Record) -> tuple[str, ...]:
    """The seals that did not travel."""
    return tuple(sorted(kept.get(SEALS, {})))


def put_back(kept: Record, given: Iterable[Path]) -> tuple[tuple[Attached, ...], tuple[str, ...]]:
    """The seals of *kept* from the files *given*, blank where none fits, and the names of those.

    A ReadingFault tells of a file that cannot be read or is none of the seals.
    """
    wanted = kept.get(SEALS, {})
    contents = dict(_given(given, set(wanted.values())))
    files, missing = [], []
    for name in names(kept):
        content = contents.get(wanted[name])
        if content is None:
            missing.append(name)
            content = _BLANK.format(_ratio(kept.get(SHAPES, {}).get(name, ""))).encode()
        files.append(Attached(name, content, "", _SOURCE, ""))
    return tuple(files), tuple(missing)


def _given(paths: Iterable[Path], wanted: set[str]) -> Iterator[tuple[str, bytes]]:
    findings = []
    from yinfa.pictures import bare  # only where a PDF is built again

    for path in paths:
        try:
            content = bare(path.read_bytes())
        except OSError as error:
            message = f"印章的图片读不了：{system_reason(error)}"
            findings.append(Finding(Place(path), message, "请核对文件名和文件的权限"))
            continue
        digest = hashlib.sha256(content).hexdigest()
        if digest in wanted:
            yield digest, content
        else:
            hint = "请给出排版时用的那个图片文件；不写 --印章，除印章以外照样核对"
            findings.append(Finding(Place(path), "不是这份 PDF 里的印章", hint))
    if findings:
        raise ReadingFault(tuple(findings))


def _ratio(text: str) -> float:
    """A shape as the record tells it; square where it tells none."""
    try:
        ratio = float(text)
    except ValueError:
        return 1.0
    return ratio if 0.01 < ratio < 100 else 1.0
