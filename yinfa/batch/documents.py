"""Many sources become many PDFs: only what has changed, on all cores, nothing half done."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from yinfa.freshness import ProductEntry, ProductIndex, absolute, program_digest, read_index
from yinfa.report import Fault, Finding, OutputFault, Place, SourceFault, Tally
from yinfa.trail import Trail

if TYPE_CHECKING:
    from yinfa.model import Document
    from yinfa.recipe import Publication

_PR_SET_PDEATHSIG = 1
SOURCES = Path("source")
PRODUCTS = Path("build")
OFD = ".ofd"
PACKAGES = ("weasyprint",)  # what stands beside it tells the versions of the rest
BUNDLES = ("bundle.yaml", "汇编.yaml")
NOT_DOCUMENTS = (
    "house.yaml", "本单位规定.yaml", "词表.yaml", *BUNDLES, "distribution.yaml", "分发.yaml",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Built:
    """What became of one source.

    *seconds* is 0 for a product that was still fresh, *tally* None where it was not checked.
    """

    source: Path
    product: Path
    pages: int
    seconds: float
    tally: Tally | None = None
    remarks: tuple[str, ...] = ()
    document: Document | None = None  # None where it was still fresh


@dataclass(frozen=True, slots=True)
class Job:
    """A document to build, and where its PDF goes."""

    document: Document
    product: Path
    checked: bool
    gridded: bool = False
    trail: Trail = field(default_factory=Trail)
    with_ofd: bool = False


Tell = Callable[[Built], None]
Begin = Callable[[int], None]


def build_all(
    paths: Sequence[Path],
    output: Path | None,
    tell: Tell,
    *,
    begin: Begin = lambda _: None,
    checked: bool = False,
    gridded: bool = False,
    kept: Path | None = None,
    with_ofd: bool = False,
) -> tuple[Finding, ...]:
    """Build what is stale among *paths* (or all of source/), telling each product as it stands.

    Before it builds it tells how many there are to *begin*. With *checked*, each product gets a
    tally of findings; with *gridded*, a copy with the grid under its text, fresh or not; with
    *with_ofd*, or where its house wants one or one was made before, an OFD; the folder *kept* gets
    what the stages of a single one leave. Faulty sources, and those that would take one name, do
    not keep the others from being built; what is wrong with them comes back.
    """
    sources = list({absolute(path): path for path in paths}.values()) or _all_sources()
    if output is not None and len(sources) > 1:
        raise SourceFault(
            (Finding(Place(output), "-o 只能用于一个文件", "一次排一个文件，或者不写 -o"),)
        )
    if kept is not None and len(sources) > 1:
        hint = "一次排一个文件，或者不写 --keep"
        raise SourceFault((Finding(Place(kept), "--keep 只能用于一个文件", hint),))
    trail = Trail(kept)
    index = read_index(PRODUCTS)
    program = program_digest(PACKAGES)
    stale: list[Path] = []
    fresh: dict[Path, Path] = {}
    for source in sources:
        entry = index.fresh(source, output, program)
        lacking = entry is None or (with_ofd and not index.has(source, OFD))
        if entry is None or lacking or gridded or kept or (checked and entry.tally is None):
            stale.append(source)
        else:
            fresh[source] = product = Path(os.path.relpath(entry.product))
            tell(Built(source, product, entry.pages, 0.0, entry.tally))
    if not stale:
        return ()
    documents, findings = _read(stale, trail)
    products = {document.path: output or _product(document) for document in documents}
    refused, told = same_product(products, (*fresh.items(), *index.bundles()))
    findings += told
    jobs = [
        Job(
            document,
            products[document.path],
            checked,
            gridded,
            trail,
            with_ofd or document.house_rules.ofd or index.has(document.path, OFD),
        )
        for document in documents
        if document.path not in refused
    ]
    begin(len(jobs))
    findings += _build(jobs, index, program, tell, kept=output is None)
    return tuple(sorted(findings, key=lambda finding: finding.place))


def _all_sources() -> list[Path]:
    found = sorted(
        path
        for path in SOURCES.rglob("*.yaml")
        if path.name not in NOT_DOCUMENTS and not path.name.startswith(".")
    )
    if not found:
        hint = "把 YAML 文件放进 source/，或在命令后写出文件名"
        raise SourceFault((Finding(Place(SOURCES), "没有找到要排的文件", hint),))
    return found


def _read(paths: Sequence[Path], trail: Trail) -> tuple[list[Document], list[Finding]]:
    """The documents at *paths*, and what is wrong with those that cannot be read."""
    from yinfa.load import load
    from yinfa.validate import validate

    documents: list[Document] = []
    findings: list[Finding] = []
    for path in paths:
        try:
            with trail.stage("load"):
                source = load(path)
            if source.file:
                trail.keep("1-source.yaml", source.file.content)
            with trail.stage("validate"):
                documents.append(validate(source))
        except Fault as fault:
            findings.extend(fault.findings)
    return documents, findings


def _product(document: Document) -> Path:
    from yinfa.publish import file_name

    return product_of(document.path, file_name(document))


def product_of(source: Path, name: str) -> Path:
    """build/, then the folders that *source* has below source/, then *name*."""
    try:
        below = source.resolve().parent.relative_to(SOURCES.resolve())
    except ValueError:
        below = Path()
    return PRODUCTS / below / name


def same_product(
    wanted: Mapping[Path, Path], standing: Iterable[tuple[Path, Path]]
) -> tuple[set[Path], list[Finding]]:
    """The sources whose *wanted* products take one name, or that of one *standing*, and why.

    All of them are refused, and each name is told once.
    """
    taken: dict[Path, list[Path]] = defaultdict(list)
    for source, product in wanted.items():
        taken[absolute(product)].append(source)
    refused: set[Path] = set()
    findings: list[Finding] = []
    others = defaultdict(list)
    for source, product in standing:
        others[absolute(product)].append(source)
    for product, sources in taken.items():
        first, *more = (*sources, *others[product])
        if more:
            refused.update(sources)
            message = f"与 {'、'.join(map(str, more))} 会生成同名的 {product.name}"
            hint = "改其中一个的标题、附件序号或会议名称，或用 -o 另起名字"
            findings.append(Finding(Place(first), message, hint))
    return refused, findings


def _build(
    jobs: Sequence[Job], index: ProductIndex, program: str, tell: Tell, *, kept: bool
) -> list[Finding]:
    """Build *jobs*; with *kept*, what was built is remembered even when the run is stopped."""
    from yinfa.publish import write_whole

    findings: list[Finding] = []
    try:
        for job, made in zip(jobs, _results(jobs), strict=True):
            findings += made.findings
            if (done := made.publication) is None:
                continue
            entry = ProductEntry(str(done.product), done.pages, made.tally, program)
            index.note(done.source, entry, done.files, done.known)
            tell(_built(done, made.tally, job.document))
    finally:
        if kept:
            with contextlib.suppress(OutputFault):  # then the next run builds again
                write_whole(index.path, index.dumps())
    return findings


def _built(done: Publication, tally: Tally | None, document: Document) -> Built:
    return Built(done.source, done.product, done.pages, done.seconds, tally, done.remarks, document)


@dataclass(frozen=True, slots=True)
class JobResult:
    """What a job came to: a publication and its tally, or findings that say why there is none."""

    publication: Publication | None
    tally: Tally | None = None
    findings: tuple[Finding, ...] = ()


def _results(jobs: Sequence[Job]) -> Iterator[JobResult]:
    """What each job came to; many jobs share the machine's cores, each taking two at least."""
    cores = min(len(jobs) // 2, _cores())
    if cores < 2:
        yield from map(_run, jobs)
        return
    import multiprocessing

    from yinfa import recipe  # noqa: F401 - loaded once, before the workers part
    from yinfa.rendering import engine

    engine.weasyprint()
    with multiprocessing.get_context("fork").Pool(cores, _leave_signals) as pool:
        yield from pool.imap(_run, jobs)
        pool.close()
        pool.join()


def _cores() -> int:
    """How many cores this process may use; one where the system does not tell, or cannot fork."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1


def also_ofd(publication: Publication) -> Publication:
    """*publication* with an OFD beside its PDF."""
    from yinfa.ofd.convert import convert_file

    made = convert_file(publication.product)
    remarks = (*publication.remarks, f"另有 {made.path}", *made.remarks)
    return replace(publication, files=(*publication.files, made.path), remarks=remarks)


def _leave_signals() -> None:
    """A worker is stopped by its parent, and dies with it; an interrupt is the parent's affair."""
    _die_with_parent()
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _die_with_parent() -> None:
    """Without its parent a worker would complain of a broken pipe, and build for nobody."""
    if sys.platform != "linux":
        return
    import ctypes

    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _run(job: Job) -> JobResult:
    from yinfa.recipe import build, draw_grid

    try:
        publication = build(job.document, job.product, job.trail)
        if job.gridded:
            grid = draw_grid(job.document, job.product)
            publication = replace(publication, remarks=(*publication.remarks, f"版心格：{grid}"))
        if job.with_ofd:
            publication = also_ofd(publication)
        if not job.checked:
            return JobResult(publication)
        from yinfa.check import check

        return JobResult(publication, check(job.product, job.document).tally)
    except Fault as fault:
        return JobResult(None, findings=fault.findings)
