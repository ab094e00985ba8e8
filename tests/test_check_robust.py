"""Whatever is handed in, the checker says in Chinese what it is, and fails nothing silently."""

from __future__ import annotations

import random
import re
from functools import cache
from pathlib import Path

import pypdfium2
import pytest
from handmade import TITLE, attachment, lay, notice
from pypdf import PdfReader, PdfWriter

from yinfa import verdict
from yinfa.check import Report, RuleOutcome, check, page_list
from yinfa.cli import main
from yinfa.reading import read
from yinfa.report import ReadingFault
from yinfa.rules import RULES

A4 = (595.276, 841.89)
HOSTILE = (
    b"0",
    b"-1",
    b"1e38",
    b"99999999999",
    b"0.00000001",
    b"nan",
    b"<<",
    b"/X",
    b"2147483648",
    b"[",
)
TOKEN = re.compile(rb"(?<=[ \n\[])-?\d+\.?\d*(?=[ \n\]])|/[A-Za-z]+")


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lay(notice(), tmp_path_factory.mktemp("right") / "对.pdf", TITLE)


def judged(path: Path) -> Report | str:
    """The report, told in every way; or the words of the fault, which are Chinese and have a cure.

    Anything else that is raised fails the test.
    """
    try:
        report = check(path)
    except ReadingFault as fault:
        (finding,) = fault.findings
        assert re.search("[\u4e00-\u9fff]", finding.message)
        assert finding.hint
        return finding.message
    assert verdict.words([report])
    assert verdict.as_json([report])
    return report


@pytest.mark.parametrize("keep", range(0, 100, 4))
def test_a_file_cut_short_is_refused(page: Path, tmp_path: Path, keep: int) -> None:
    data = page.read_bytes()
    path = tmp_path / "截.pdf"
    path.write_bytes(data[: len(data) * keep // 100])
    assert judged(path) == ("PDF 不完整，后面缺了一截" if keep else "文件是空的（0 字节）")


@pytest.mark.parametrize("seed", range(12))
def test_a_file_with_flipped_bytes_is_read_or_refused(
    page: Path, tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    data = bytearray(page.read_bytes())
    for _ in range(5 ** (seed % 4)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    path = tmp_path / "翻.pdf"
    path.write_bytes(data)
    assert judged(path)


@pytest.mark.parametrize("seed", range(24))
def test_a_file_with_senseless_figures_is_read_or_refused(
    page: Path, tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    data = page.read_bytes()
    tokens = chance.sample(list(TOKEN.finditer(data)), 3 ** (seed % 4))
    for token in sorted(tokens, key=lambda found: -found.start()):
        data = data[: token.start()] + chance.choice(HOSTILE) + data[token.end() :]
    path = tmp_path / "乱.pdf"
    path.write_bytes(data)
    assert judged(path)


def written(folder: Path, *sizes: tuple[float, float]) -> Path:
    writer = PdfWriter()
    for size in sizes:
        writer.add_blank_page(*size)
    path = folder / "页.pdf"
    writer.write(path)
    return path


def test_no_page_and_no_paper_are_told(tmp_path: Path) -> None:
    assert judged(written(tmp_path)) == "PDF 里一页也没有"
    for size in ((1.0, 1.0), (14400.0, 14400.0)):
        report = judged(written(tmp_path, size))
        assert isinstance(report, Report)
        assert report.failed == {"PG-01", "TX-02"}


@cache
def scan() -> bytes:
    """One page as a scanner makes it: a picture of the whole sheet."""
    from io import BytesIO
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        document = pypdfium2.PdfDocument(lay(attachment(), Path(folder) / "原.pdf", TITLE))
        image = document[1].render(scale=1).to_pil().convert("L")
        document.close()
    file = BytesIO()
    image.save(file, "PDF", resolution=72)
    return file.getvalue()


def test_nothing_passes_on_a_scan(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "扫.pdf"
    path.write_bytes(scan())
    report = judged(path)
    assert isinstance(report, Report)
    outcomes = {result.rule.identifier: result.outcome for result in report.results}
    measured = {
        rule for rule, outcome in outcomes.items() if outcome is not RuleOutcome.NOT_MEASURABLE
    }
    assert measured == {"PG-01", "PG-02", "TX-02"}
    assert main(["check", str(path)]) == 2
    told = capsys.readouterr().out
    unseen = sum(not rule.without_words for rule in RULES.values())
    assert f"第 1 页是扫描的图：{unseen} 条规则（加 --all 逐条列出）" in told
    assert "看不出格式" in told


def test_a_scanned_page_among_others_is_no_fault_and_passes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "扫.pdf"
    path.write_bytes(scan())
    writer = PdfWriter(clone_from=lay(attachment(), tmp_path / "对.pdf", TITLE))
    writer.append(PdfReader(path))
    writer.write(tmp_path / "混.pdf")
    report = judged(tmp_path / "混.pdf")
    assert isinstance(report, Report)
    assert report.failed == {"TX-02"}
    passed = {r.rule.identifier for r in report.results if r.outcome is RuleOutcome.PASSED}
    assert passed == {"FT-12", "PG-01", "PG-02"}
    assert report.exit_code == 0


def test_a_file_that_cannot_be_read_keeps_no_other_from_being_checked(
    page: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "坏.pdf").write_bytes(b"%PDF-1.7")
    assert main(["check", str(tmp_path / "坏.pdf"), str(page), str(tmp_path / "无.pdf")]) == 2
    told = capsys.readouterr()
    assert f"{page}（一般格式）：错误 0 处" in told.out
    assert "坏.pdf: PDF 不完整" in told.err
    assert "无.pdf: 没有这个文件" in told.err


def test_what_the_file_does_not_say_of_itself_is_not_measured(page: Path, tmp_path: Path) -> None:
    path = tmp_path / "伤.pdf"
    path.write_bytes(page.read_bytes())
    reading = read(path)
    path.write_bytes(b"%PDF-1.7\n%%EOF")  # its pages were seen, its objects are gone
    outcomes = {result.rule.identifier: result for result in check(reading).results}
    for rule in ("FT-12", "TX-02"):
        assert outcomes[rule].outcome is RuleOutcome.NOT_MEASURABLE
        assert "内部结构已损坏" in outcomes[rule].reason
    assert outcomes["PG-04"].outcome is RuleOutcome.PASSED


def test_pages_that_follow_each_other_are_a_range() -> None:
    assert page_list([1, 2, 3, 5, 7, 8]) == "1～3、5、7、8"
