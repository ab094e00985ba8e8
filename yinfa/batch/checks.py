"""Sources, PDFs and OFDs become reports: a source is built first, the others are measured."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from yinfa.batch.documents import BUNDLES, NOT_DOCUMENTS, Built, build_all
from yinfa.check import Report, check
from yinfa.recognising.format import Format
from yinfa.report import Fault, Finding, Place

MEASURED = (".pdf", ".ofd")  # as they are


def check_all(paths: Sequence[Path], form: Format | None) -> tuple[list[Report], list[Finding]]:
    """A report for each of *paths*, or of all of source/; and what kept some from being checked."""
    faults: list[Finding] = []
    paths = [found for path in paths for found in _within(path, faults)]
    if faults and not paths:
        return [], faults
    measured = [path for path in paths if path.suffix.lower() in MEASURED]
    bundles = [path for path in paths if path.name in BUNDLES]
    sources = [path for path in paths if path not in (*measured, *bundles)]
    reports: list[Report] = []
    for path in measured:
        try:
            reports.append(check(path, form=form))
        except Fault as fault:
            faults += fault.findings
    if bundles:
        try:
            reports += _of_bundles(bundles)
        except Fault as fault:
            faults += fault.findings
    if sources or not paths:
        built: list[Built] = []
        faults += build_all(sources, None, built.append)
        reports += _of_sources(built)
    return reports, faults


def _within(path: Path, faults: list[Finding]) -> list[Path]:
    """*path* itself, or all in the folder that it is: a PDF beside its source is of that source."""
    if not path.is_dir():
        return [path]
    found = []
    for one in sorted(path.rglob("*")):
        if any(part.startswith(".") for part in one.relative_to(path).parts):
            continue
        source = one.with_suffix(".yaml")
        beside = one.suffix.lower() in MEASURED and not source.is_file()
        if beside or (one.suffix == ".yaml" and one.name not in NOT_DOCUMENTS):
            found.append(one)
    if not found:
        hint = "写源文件（.yaml）、PDF 或 OFD 所在的文件夹"
        faults.append(Finding(Place(path), "文件夹里没有可检查的文件", hint))
    return found


def _of_bundles(bundles: Sequence[Path]) -> Iterator[Report]:
    from yinfa.batch.bundles import bind_all

    for bound in bind_all(bundles, None):
        yield check(bound.product)


def _of_sources(built: Sequence[Built]) -> Iterator[Report]:
    from yinfa.load import load
    from yinfa.validate import validate

    for one in built:
        yield check(one.product, one.document or validate(load(one.source)))
