"""Many bundles become many PDFs: all that is wrong with any is told before one is made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from yinfa.bundling.binding import bind, pieces
from yinfa.bundling.bundle import Bundle, read_bundle
from yinfa.publish import pdf_name
from yinfa.recipe import Publication
from yinfa.report import Fault, Finding, Place, SourceFault
from yinfa.workshop import BUNDLES, SOURCES, product_of


def bind_all(
    paths: Sequence[Path],
    output: Path | None,
    begin: Callable[[int], None] = lambda _: None,
    done: Callable[[], None] = lambda: None,
) -> Iterator[Publication]:
    """Make the bundles at *paths*, or all below source/, each as it stands.

    *begin* is told how many pieces of work there are, *done* of each.
    """
    sources = list(paths) or _all_sources()
    if output is not None and len(sources) > 1:
        hint = "一次做一本，或者不写 -o"
        raise SourceFault((Finding(Place(output), "-o 只能用于一本汇编", hint),))
    bundles = _read(sources)
    products = {
        bundle.path: output or product_of(bundle.path, pdf_name(bundle.name)) for bundle in bundles
    }
    _refuse_same_product(products)
    begin(sum(map(pieces, bundles)))
    for bundle in bundles:
        yield bind(bundle, products[bundle.path], done)


def _all_sources() -> list[Path]:
    found = sorted(path for name in BUNDLES for path in SOURCES.rglob(name))
    if not found:
        hint = f"把汇编写成 {' 或 '.join(BUNDLES)}，放在 source/ 下，或在命令后写出文件名"
        raise SourceFault((Finding(Place(SOURCES), "没有找到汇编", hint),))
    return found


def _read(paths: Sequence[Path]) -> list[Bundle]:
    bundles: list[Bundle] = []
    findings: list[Finding] = []
    for path in paths:
        try:
            bundles.append(read_bundle(path))
        except Fault as fault:
            findings += fault.findings
    if findings:
        raise SourceFault(tuple(findings))
    return bundles


def _refuse_same_product(products: dict[Path, Path]) -> None:
    """Two bundles never take one name."""
    taken: dict[Path, list[Path]] = defaultdict(list)
    for source, product in products.items():
        taken[product].append(source)
    findings = [
        Finding(
            Place(source),
            f"与 {sources[0]} 会生成同名的 {product.name}",
            "改其中一本的会议名称或标题，或用 -o 另起名字",
        )
        for product, sources in taken.items()
        for source in sources[1:]
    ]
    if findings:
        raise SourceFault(tuple(findings))
