"""Sources and PDFs become reports: a source is built first, a PDF is measured as it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from yinfa.check import Report, check
from yinfa.model import Form
from yinfa.report import SourceFault
from yinfa.workshop import BUNDLES, Built, build_all

PDF = ".pdf"


def inspect_all(paths: Sequence[Path], form: Form | None) -> list[Report]:
    """A report for each of *paths*, or for all of source/; a Fault where one cannot be read."""
    measured = [path for path in paths if path.suffix.lower() == PDF]
    bundles = [path for path in paths if path.name in BUNDLES]
    sources = [path for path in paths if path not in (*measured, *bundles)]
    reports = [check(path, form=form) for path in measured]
    if bundles:
        from yinfa.bundling.bindery import bind_all

        reports += [check(bound.product) for bound in bind_all(bundles, None)]
    if sources or not paths:
        reports += _of_sources(sources)
    return reports


def _of_sources(sources: Sequence[Path]) -> Iterator[Report]:
    from yinfa.load import load
    from yinfa.validate import validate

    built: list[Built] = []
    if findings := build_all(sources, None, built.append):
        raise SourceFault(findings)
    for one in built:
        yield check(one.product, validate(load(one.source)))
