"""Many bundles become many PDFs: what is wrong with any source is told before one is made.

What only setting finds, such as a title that no page holds, is told when its bundle's turn comes.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from yinfa.batch.documents import BUNDLES, PRODUCTS, SOURCES, product_of, same_product
from yinfa.bundling.binding import bind, pieces
from yinfa.bundling.bundle import Bundle, read_bundle
from yinfa.bundling.setting import settle
from yinfa.freshness import BUNDLE, ProductEntry, absolute, read_index
from yinfa.publish import pdf_name, write_whole
from yinfa.recipe import Publication
from yinfa.report import Fault, Finding, OutputFault, Place, SourceFault


def bind_all(
    paths: Sequence[Path],
    output: Path | None,
    begin: Callable[[int], None] = lambda _: None,
    done: Callable[[], None] = lambda: None,
) -> Iterator[Publication]:
    """Make the bundles at *paths*, or all below source/, each as it stands.

    *begin* is told how many pieces of work there are, *done* of each.
    """
    sources = list({absolute(path): path for path in paths}.values()) or _all_sources()
    if output is not None and len(sources) > 1:
        hint = "一次做一本，或者不写 -o"
        raise SourceFault((Finding(Place(output), "-o 只能用于一本汇编", hint),))
    bundles, findings = _read(sources)
    products = {
        bundle.path: output or product_of(bundle.path, pdf_name(bundle.name)) for bundle in bundles
    }
    index = read_index(PRODUCTS)
    _, told = same_product(products, index.documents())
    if findings or told:
        raise SourceFault((*findings, *told))
    begin(sum(map(pieces, bundles)))
    for bundle in bundles:
        bound = bind(bundle, products[bundle.path], done)
        if output is None:
            entry = ProductEntry(str(bound.product), bound.pages, None, BUNDLE)
            index.note(bound.source, entry, (), ())
            with contextlib.suppress(OutputFault):  # then its name is not known to be taken
                write_whole(index.path, index.dumps())
        yield bound


def _all_sources() -> list[Path]:
    found = sorted(path for name in BUNDLES for path in SOURCES.rglob(name))
    if not found:
        hint = f"把汇编写成 {' 或 '.join(BUNDLES)}，放在 source/ 下，或在命令后写出文件名"
        raise SourceFault((Finding(Place(SOURCES), "没有找到汇编", hint),))
    return found


def _read(paths: Sequence[Path]) -> tuple[list[Bundle], list[Finding]]:
    """The bundles at *paths*, and what is wrong with them or keeps them from one setting."""
    bundles: list[Bundle] = []
    findings: list[Finding] = []
    for path in paths:
        try:
            bundle = read_bundle(path)
            bundles.append(bundle)
            settle(bundle, None)
        except Fault as fault:
            findings += fault.findings
    return bundles, findings
