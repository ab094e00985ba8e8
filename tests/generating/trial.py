"""The laws that every valid document is held to, and what of them one document breaks.

A document that cannot be set is refused with words; whatever else goes wrong is a failure.
"""

from __future__ import annotations

import re
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from tempfile import TemporaryDirectory

from generating.documents import Case, written
from generating.reader import bare, printed_words, typed_words, word_words
from yinfa.arrange import arrange
from yinfa.check import check
from yinfa.exporting.convert import export_file
from yinfa.exporting.text import as_text
from yinfa.exporting.word import as_word
from yinfa.importing.convert import import_file
from yinfa.load import load
from yinfa.model import Document, Output
from yinfa.recipe import build
from yinfa.report import Fault, Severity
from yinfa.validate import validate

_PICTURE = re.compile(r"\]\([^)]*\)(?=\n)")
_CITED = re.compile(r"“[^”]*”|「[^」]*」|\d+(?:\.\d+)?")


@dataclass(frozen=True)
class Failure:
    """A law that is broken: *kind* names it, the same for failures of one cause."""

    kind: str
    detail: str


@dataclass
class Findings:
    """What was found so far, each kind once."""

    failures: list[Failure]

    def tell(self, kind: str, detail: str) -> None:
        """Keep a failure, the first of its kind."""
        if all(failure.kind != kind for failure in self.failures):
            self.failures.append(Failure(kind, detail))

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Keep what *name* raises as a failure; a Fault is a refusal."""
        try:
            yield
        except Fault as fault:
            for finding in fault.findings:
                self.tell(f"{name}: refused: {_bare(finding.message)}", str(finding))
        except Exception as error:
            self._crashed(name, error)

    @contextmanager
    def taking(self, name: str) -> Iterator[None]:
        """Keep what *name* raises as a failure, save a Fault with a cure for each finding."""
        try:
            yield
        except Fault as fault:
            if not fault.findings or not all(finding.hint for finding in fault.findings):
                self.tell(f"{name}: refused without a cure", str(fault))
        except Exception as error:
            self._crashed(name, error)

    def _crashed(self, name: str, error: Exception) -> None:
        frame = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(frame.filename).name}:{frame.name}"
        told = "".join(traceback.format_exception(error))
        self.tell(f"{name}: crash: {type(error).__name__} in {where}", told)


def trial(case: Case, laws: frozenset[str] = frozenset()) -> list[Failure]:
    """What *case* breaks of *laws*: build, check, text, import; all where none is named."""
    with TemporaryDirectory(prefix="yinfa-fuzz-") as folder:
        return _tried(written(case, Path(folder)), laws or frozenset(LAWS))


def _tried(source: Path, laws: frozenset[str]) -> list[Failure]:
    found = Findings([])
    with found.stage("validate"):
        document = validate(load(source))
        for name, law in LAWS.items():
            if name in laws:
                with found.stage(name):
                    law(document, found)
    return found.failures


def _product(document: Document) -> Path:
    product = document.path.with_suffix(".pdf")
    if not product.exists():
        build(document, product)
    return product


def _build(document: Document, _: Findings) -> None:
    _product(document)


def _check(document: Document, found: Findings) -> None:
    product = document.path.with_suffix(".pdf")
    if not product.exists():
        return
    for known in (document, None) if _is_standard(document) else (document,):
        report = check(product, known)
        for finding in report.findings:
            if finding.severity is not Severity.NOTE:
                how = "" if known else " (without document)"
                found.tell(f"check: {finding.severity} {finding.rule}{how}", str(finding))


def _is_standard(document: Document) -> bool:
    """Whether its page can be judged by one who knows the standard alone."""
    output, plain = document.output, Output()
    usual = (plain.first_page, plain.folio, plain.draft, bool(document.imprint))
    return not document.house_rules.deviations and usual == (
        output.first_page, output.folio, output.draft, output.duplex,
    )  # fmt: skip


def _text(document: Document, found: Findings) -> None:
    product = document.path.with_suffix(".pdf")
    if not product.exists():
        return
    order = arrange(document)
    text = as_text(order)
    typed, written = typed_words(text), word_words(as_word(order))
    if written != typed:
        found.tell("text: other words in text and Word", _differences(typed, written))
    for element in order.letterhead:
        if element.preprinted:
            typed = typed.replace(bare(element.text), "", 1)
    printed = printed_words(product, document)
    if Counter(printed) != Counter(typed):
        found.tell("text: other characters in PDF and text", _differences(typed, printed))
    elif printed != typed and not _has_notes(text):  # a footnote stands at the foot of its page
        found.tell("text: another order in PDF and text", _differences(typed, printed))


def _import(document: Document, found: Findings) -> None:
    wanted = _unnamed(as_text(arrange(document)))
    for suffix in (".txt", ".docx"):
        path = document.path.with_name(f"again{suffix}")
        with found.stage(f"import {suffix}"):
            export_file(document.path, path)
            again = import_file(path, document.path.with_name(f"again{suffix}.yaml")).path
            back = _unnamed(as_text(arrange(validate(load(again)))))
            if typed_words(back) != typed_words(wanted):
                detail = _differences(typed_words(wanted), typed_words(back))
                found.tell(f"import {suffix}: other words after export", detail)
            elif back != wanted:
                detail = _line_differences(wanted, back)
                found.tell(f"import {suffix}: other lines after export", detail)


LAWS: dict[str, Callable[[Document, Findings], None]] = {
    "build": _build,
    "check": _check,
    "text": _text,
    "import": _import,
}


def _has_notes(text: str) -> bool:
    return "[注" in text


def _unnamed(text: str) -> str:
    """*text* without the names of picture files: a Word file gives them names of its own."""
    return _PICTURE.sub("]()", text)


def _bare(message: str) -> str:
    """*message* without what it cites, the same for all documents that are told it."""
    return _CITED.sub("…", message)


def _differences(wanted: str, had: str) -> str:
    """The first differences of two texts."""
    matcher = SequenceMatcher(None, wanted, had, autojunk=False)
    told = [
        f"-{wanted[a:b]!r} +{had[c:d]!r} after {wanted[max(0, a - 12) : a]!r}"
        for tag, a, b, c, d in matcher.get_opcodes()
        if tag != "equal"
    ]
    return "; ".join(told[:6])


def _line_differences(wanted: str, had: str) -> str:
    left, right = wanted.splitlines(), had.splitlines()
    for one, other in zip(left, right, strict=False):
        if one != other:
            return f"-{one!r} +{other!r}"
    return f"{len(left)} lines, {len(right)} lines"
