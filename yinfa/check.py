"""A finished PDF, and its document where there is one, into a Report.

Every rule ends in one of five ways; what could not be measured never counts as passed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from yinfa.arrange import arrange
from yinfa.model import Document
from yinfa.reading import Reading, read
from yinfa.reading_order import ReadingOrder
from yinfa.recognising import recognise
from yinfa.recognising.distortion import distortion_of, straightened
from yinfa.recognising.format import Format
from yinfa.recognising.measures import STANDARD, Figures
from yinfa.recognising.paper import Extent, Specimen
from yinfa.recognising.volumes import Bound, bound_documents
from yinfa.report import Finding, Place, Severity, Tally
from yinfa.rules import RULES, Family, Found, NotApplicable, NotMeasurable, Requirement, houses
from yinfa.rules.registry import Yardstick
from yinfa.rules.script import Script, script_of
from yinfa.rules.typeface import strange_face
from yinfa.wanted import wanted


class RuleOutcome(StrEnum):
    """How a rule ended."""

    FAILED = "不符合"
    PASSED = "符合"
    HOUSE = "按本单位规定"
    WAIVED = "已说明理由"
    NOT_MEASURABLE = "无法测量"
    NOT_APPLICABLE = "不适用"


# How a rule ended for several documents is how it ended for the one that fares worst.
MANY = 5  # findings on the pages that one cause may explain
SCALE_HINT = "打印或导出时选“实际大小”（100 %），不选“适合页面”；页边距照标准设"
FACE_HINT = "正文改为仿宋（如仿宋_GB2312）"
PAPER_HINT = "页面设置改为 A4"
HOUSE_HINT = "已按本单位规定排版，不必改；要照标准排的，改本单位规定"
PASSAGE_ROWS = 60  # lines of a source that one passage may run over
GRAVITY = (
    RuleOutcome.FAILED,
    RuleOutcome.WAIVED,
    RuleOutcome.HOUSE,
    RuleOutcome.PASSED,
    RuleOutcome.NOT_MEASURABLE,
    RuleOutcome.NOT_APPLICABLE,
)


@dataclass(frozen=True, slots=True)
class Told:
    """A finding, and where on its page it stands."""

    finding: Finding
    extent: Extent | None = None


@dataclass(frozen=True, slots=True)
class Cause:
    """What lies behind many findings at once, what to do about it, and those findings."""

    message: str
    hint: str
    behind: frozenset[Told]


@dataclass(frozen=True, slots=True)
class Result:
    """One rule's outcome; *reason* says why it was excused, not applicable or not measured."""

    rule: Requirement
    outcome: RuleOutcome
    told: tuple[Told, ...] = ()
    reason: str = ""


@dataclass(frozen=True)
class Report:
    """All rules' outcomes for one file."""

    path: Path
    form: Format
    results: tuple[Result, ...]
    documents: int | None = None  # how many a bundle has
    pages: int = 0
    wordless: int = 0  # of the pages, those that show no words to measure
    causes: tuple[Cause, ...] = ()  # told before all, what follows from them folded under them

    @cached_property
    def consequences(self) -> frozenset[Told]:
        """The findings that go away with a cause."""
        return frozenset(told for cause in self.causes for told in cause.behind)

    @cached_property
    def told(self) -> tuple[Told, ...]:
        """All findings, the worst first, then by rule and page."""
        every = [told for result in self.results for told in result.told]
        return tuple(
            sorted(
                every,
                key=lambda told: (
                    told.finding.severity.rank,
                    told.finding.rule,
                    told.finding.place,
                ),
            )
        )

    @property
    def findings(self) -> tuple[Finding, ...]:
        return tuple(told.finding for told in self.told)

    @property
    def failed(self) -> frozenset[str]:
        """The IDs of the rules that found something amiss."""
        return frozenset(
            result.rule.identifier
            for result in self.results
            if result.outcome is RuleOutcome.FAILED
        )

    def count(self, severity: Severity) -> int:
        return sum(finding.severity is severity for finding in self.findings)

    @property
    def exit_code(self) -> int:
        """0 where there is no error, 1 where there is, 2 where no page could be measured."""
        if self.count(Severity.ERROR):
            return 1
        return 2 if self.unseen else 0

    @property
    def unseen(self) -> bool:
        """Whether no page shows words to measure."""
        return 0 < self.pages == self.wordless

    @property
    def tally(self) -> Tally:
        """The findings counted by severity."""
        return Tally(*(self.count(severity) for severity in Severity))

    @property
    def verdict(self) -> str:
        """One line of totals."""
        counts = Counter(result.outcome for result in self.results)
        outcomes = "，".join(f"{one} {counts[one]} 条" for one in RuleOutcome if counts[one])
        return f"{self.tally}；规则 {len(self.results)} 条：{outcomes}"


def check(
    pdf: Path | Reading, document: Document | None = None, form: Format | None = None
) -> Report:
    """Every rule's judgement of *pdf*; *document* is what it was made from, where that is known."""
    reading = pdf if isinstance(pdf, Reading) else read(pdf)
    bound = bound_documents(reading) if document is None and form is None else None
    if bound is not None:
        return _check_bundle(reading, bound)
    subject = _Subject(reading, document, form)
    results = tuple(_result(rule, subject) for rule in _rules())
    paper = subject.paper
    count, wordless = len(paper.sheets), len(paper.wordless)
    causes = tuple(_causes(subject, results))
    return Report(reading.path, paper.form, results, None, count, wordless, causes)


def _causes(subject: _Subject, results: Sequence[Result]) -> Iterator[Cause]:
    """What lies behind the findings on the pages, where there are many."""
    seen = [
        (result, told)
        for result in results
        if result.outcome is RuleOutcome.FAILED and result.rule.family is Family.PAGE
        for told in result.told
    ]
    if len(seen) < MANY:
        return
    if distortion := distortion_of(subject.paper):
        straight = replace(subject.given, sheets=straightened(subject.given.sheets, distortion))
        again = _Subject(straight, subject.document, subject.form)
        rules = {result.rule.identifier: result.rule for result, _ in seen}
        left = {
            (identifier, told.finding.place.page)
            for identifier, rule in rules.items()
            for told in _result(rule, again).told
        }
        gone = [
            told
            for result, told in seen
            if (result.rule.identifier, told.finding.place.page) not in left
        ]
        if len(gone) >= MANY:
            yield Cause(str(distortion), SCALE_HINT, frozenset(gone))
    if strange := strange_face(subject.paper):
        faces = [told for result, told in seen if result.rule.measures_by & Yardstick.FACES]
        if len(faces) > 1:
            yield Cause(f"全文用了{strange}，应为仿宋", FACE_HINT, frozenset(faces))
    sizes = [told for result, told in seen if result.rule.without_words]
    if len(sizes) == len(subject.paper.sheets) > 1:
        yield Cause(
            f"各页{sizes[0].finding.message.removeprefix('页面')}", PAPER_HINT, frozenset(sizes)
        )


def _rules() -> list[Requirement]:
    return sorted(RULES.values(), key=lambda rule: rule.identifier)


@dataclass(frozen=True)
class _Subject:
    """What is judged: a file, and its document where that is known."""

    given: Reading
    document: Document | None = None
    form: Format | None = None
    bound: Bound | None = None  # what of the file it is, where several are bound in one

    @cached_property
    def due(self) -> Figures:
        return houses.figures(self.document)

    @cached_property
    def reading(self) -> Reading:
        """The file as one sees it who knows where its office puts things."""
        return replace(self.given, sheets=houses.seen(self.given.sheets, self.due))

    @cached_property
    def paper(self) -> Specimen:
        """The pages, to be held against what their office wants, or else the standard."""
        if self.bound is not None:
            return replace(recognise(self.bound.sheets), first_folio=self.bound.first_folio)
        return recognise(self.reading.sheets, self.document, self.form, self.due)

    @cached_property
    def usual(self) -> Specimen:
        """The pages as one who knows only the standard sees them."""
        return recognise(self.given.sheets, self.document, self.form)

    @cached_property
    def order(self) -> ReadingOrder | None:
        return arrange(self.document) if self.document is not None else None

    @cached_property
    def script(self) -> Script:
        return script_of(self.order, self.paper)

    @cached_property
    def _source(self) -> tuple[str, ...]:
        """The lines of the document's file; none where it cannot be read any more."""
        try:
            text = self.document.path.read_text("utf-8") if self.document else ""
        except (OSError, ValueError):
            return ()
        return tuple(text.splitlines())

    def place(self, found: Found) -> Place:
        """Where *found* is told: on its page, or in the source as near as its words are found."""
        place = found.place
        if place is None:
            return Place(self.given.path, page=found.page)
        if not found.words or self.document is None or place.path != self.document.path:
            return place
        earlier, column = found.earlier, max(place.column - 1, 0)
        rows = self._source[max(place.line - 1, 0) : place.line - 1 + PASSAGE_ROWS]
        for row, text in enumerate(rows, place.line):
            while (column := text.find(found.words, column)) >= 0:
                if not earlier:
                    return replace(place, line=row, column=column + 1)
                earlier, column = earlier - 1, column + 1
            column = 0
        return place


def _check_bundle(reading: Reading, bound: Sequence[Bound]) -> Report:
    """The judgement of every document of a bundle, and of the file as a whole."""
    whole = _Subject(reading)
    subjects = [_Subject(reading, bound=document) for document in bound]
    results = []
    for rule in _rules():
        if rule.family is Family.FILE:
            results.append(_result(rule, whole))
            continue
        each = [
            _moved(_result(rule, subject), document.before)
            for subject, document in zip(subjects, bound, strict=True)
        ]
        nothing = Result(rule, RuleOutcome.NOT_APPLICABLE, reason="收入的都是现成的 PDF")
        worst = min(each, key=lambda result: GRAVITY.index(result.outcome), default=nothing)
        told = tuple(told for result in each for told in result.told)
        results.append(replace(worst, told=told))
    return Report(reading.path, Format.PLAIN, tuple(results), len(bound))


def _moved(result: Result, pages: int) -> Result:
    """*result* told of the bundle, in which so many *pages* come before the document."""
    told = (
        replace(one, finding=replace(one.finding, place=replace(place, page=place.page + pages)))
        for one in result.told
        if (place := one.finding.place)
    )
    return replace(result, told=tuple(told))


def _result(rule: Requirement, subject: _Subject) -> Result:
    unseen = {} if rule.without_words else dict(subject.paper.wordless)
    unknown = Result(rule, RuleOutcome.NOT_MEASURABLE, reason=_wordless(unseen))
    if subject.paper.form not in rule.forms:
        # The form was read from the pages, too.
        return (
            unknown
            if unseen
            else Result(rule, RuleOutcome.NOT_APPLICABLE, reason="本格式没有这项要求")
        )
    try:
        found = [one for one in _judged(rule, subject) if one.page not in unseen]
    except NotApplicable as reason:
        return unknown if unseen else Result(rule, RuleOutcome.NOT_APPLICABLE, reason=str(reason))
    except NotMeasurable as reason:
        return unknown if unseen else Result(rule, RuleOutcome.NOT_MEASURABLE, reason=str(reason))
    if rule.family is Family.PAGE and subject.due != STANDARD:
        if found and _passes(rule, subject.usual):
            found = []
        elif not found:
            return _by_house(rule, subject)
    if not found:
        return unknown if unseen else Result(rule, RuleOutcome.PASSED)
    told = tuple(_told(rule, subject, one) for one in found)
    waivers = subject.document.waivers if subject.document else ()
    for waiver in waivers:
        if waiver.rule == rule.identifier:
            excuse = f"本文已说明理由：{waiver.reason}"
            notes = tuple(_as_note(one, excuse) for one in told)
            return Result(rule, RuleOutcome.WAIVED, notes, excuse)
    return Result(rule, RuleOutcome.FAILED, told)


def _wordless(pages: Mapping[int, str]) -> str:
    """Which pages have no words to measure, and why."""
    reasons: dict[str, list[int]] = {}
    for page, reason in pages.items():
        reasons.setdefault(reason, []).append(page)
    return "；".join(f"第 {page_list(some)} 页{reason}" for reason, some in reasons.items())


def page_list(pages: Sequence[int]) -> str:
    """*pages*, in their order, those that follow each other as a range: 1～3、5."""
    ranges: list[list[int]] = []
    for page in pages:
        if ranges and ranges[-1][-1] == page - 1:
            ranges[-1].append(page)
        else:
            ranges.append([page])
    return "、".join(f"{r[0]}～{r[-1]}" if len(r) > 2 else "、".join(map(str, r)) for r in ranges)


def _judged(rule: Requirement, subject: _Subject) -> Iterator[Found]:
    if rule.family is Family.PAGE:
        return rule.judge(subject.paper)
    if rule.family is Family.TEXT:
        return rule.judge(subject.script)
    document = subject.document
    return rule.judge(subject.reading, document, wanted(subject.order) if subject.order else ())


def _passes(rule: Requirement, paper: Specimen) -> bool:
    """Whether *paper* keeps a rule of the page; where it cannot be judged, it does not."""
    try:
        return not list(rule.judge(paper))
    except (NotApplicable, NotMeasurable):
        return False


def _by_house(rule: Requirement, subject: _Subject) -> Result:
    """The result of a page as its office wants it: a note where the standard wants it otherwise."""
    document = subject.document
    reason = houses.reason(document, rule) if document else ""
    try:
        found = list(rule.judge(replace(subject.paper, due=STANDARD))) if reason else []
    except (NotApplicable, NotMeasurable):
        found = []
    if not found:
        return Result(rule, RuleOutcome.PASSED)
    several = f"共 {len(found)} 处，" if len(found) > 1 else ""
    note = _as_note(_told(rule, subject, found[0]), f"{several}{reason}")
    note = replace(note, finding=replace(note.finding, hint=HOUSE_HINT))
    return Result(rule, RuleOutcome.HOUSE, (note,), reason)


def _told(rule: Requirement, subject: _Subject, found: Found) -> Told:
    finding = Finding(
        place=subject.place(found),
        message=found.message,
        hint=rule.hint,
        severity=found.severity or rule.severity,
        rule=rule.identifier,
        clause=rule.clause,
    )
    return Told(finding, found.extent)


def _as_note(told: Told, excuse: str) -> Told:
    finding = replace(
        told.finding, severity=Severity.NOTE, message=f"{told.finding.message}（{excuse}）"
    )
    return replace(told, finding=finding)


def explain(identifier: str) -> str:
    """What the rule *identifier* requires, by which clause, how it is measured, with examples."""
    rule = RULES.get(identifier.upper())
    if rule is None:
        near = [known for known in sorted(RULES) if known.startswith(identifier.upper()[:2])]
        known = "、".join(near or sorted(RULES))
        return f"没有规则“{identifier}”。可查的有：{known}"
    return "\n".join(
        (
            f"{rule.identifier} {rule.title}",
            f"  依据：{clause_named(rule.clause)}",
            f"  分量：{rule.severity}",
            f"  测量：{rule.measured}",
            f"  正例：{rule.right}",
            f"  反例：{rule.wrong}",
            f"  改法：{rule.hint}",
        )
    )


def clause_named(clause: str) -> str:
    """*clause* with the standard that it is of."""
    return f"GB/T 9704-2012 {clause}" if clause[:1].isdigit() else clause
