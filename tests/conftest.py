"""What many tests share: products built once, and the readers that measure them."""

from __future__ import annotations

from pathlib import Path

import pytest

from yinfa.load import load
from yinfa.reading import Reading, read
from yinfa.recipe import Publication, build
from yinfa.validate import validate

ROOT = Path(__file__).parent.parent
REPORT = ROOT / "source" / "附件2.yaml"


@pytest.fixture(scope="session")
def report(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    """The real document, built."""
    product = tmp_path_factory.mktemp("report") / "report.pdf"
    return build(validate(load(REPORT)), product)


@pytest.fixture(scope="session")
def report_sheets(report: Publication) -> Reading:
    """The real document as pdfium reads it."""
    return read(report.product)
