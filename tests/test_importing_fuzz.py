"""Any file is imported whole or refused with a reason, in linear time."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yinfa.arrange import arrange
from yinfa.exporting.text import as_text
from yinfa.importing.convert import LossFault, import_file
from yinfa.load import load
from yinfa.report import Fault
from yinfa.validate import validate

PIECES = (
    "一、",
    "二、",
    "（一）",
    "(二)",
    "1.",
    "2、",
    "（1）",
    "①",
    "第一章　",
    "第一条 ",
    "第二条",
    "第三节 ",
    "附件",
    "附件1",
    "附件：",
    "附件2：",
    "附件：1.",
    "抄送：",
    "印发",
    "出席：",
    "签发人：",
    "×××局",
    "×××局文件",
    "×××令",
    "×××会议纪要",
    "第1号",
    "×××〔2012〕1号",
    "××[2012]第01号",
    "2012年7月1日",
    "二〇一二年七月一日",
    "2012.7.1",
    "（2012年7月1日）",
    "关于甲的通知",
    "办法",
    "总结",
    "各科室：",
    "甲",
    "乙。",
    "丙，丁。",
    "“戊。”",
    "[注1]",
    "[注2]",
    "____",
    "标题: ",
    "图：",
    "- ",
    "# ",
    "'",
    '"',
    ": ",
    "| 甲 | 乙 |",
    "|---|---|",
    "甲\t乙",
    "┌─┐",
    "│甲│",
    "└─┘",
    "\u3000\u3000",
    " ",
    "\t",
    "\n",
    "\n",
    "\n\n",
    "\r\n",
    "！",
    "...",
    "机密★1年",
    "特急",
    "000012",
    "（联系人：×××）",
    "注：",
    "![甲](乙.png)",
    "\u200b",
    "\x0b",
    "ａ１",
    "𠮷",
    "A b",
)


def check(data: bytes, name: str, tidy: bool = False) -> None:
    """*data* is imported and proved, or refused by a fault with hints."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        try:
            result = import_file(path, tidy=tidy)
        except LossFault:
            raise
        except Fault as fault:
            assert fault.findings and all(finding.hint for finding in fault.findings)
            return
        assert not any("不完整" in remark.message for remark in result.remarks)
        if any("没有认出" in remark.message for remark in result.remarks):
            return  # its title is to be written first
        document = validate(load(result.path))
        again = Path(folder) / "again.txt"
        again.write_text(as_text(arrange(document)), "utf-8")
        import_file(again)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(PIECES), max_size=40), st.booleans())
def test_any_mixture_of_parts(pieces: list[str], tidy: bool) -> None:
    check("".join(pieces).encode(), "甲.txt", tidy)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_any_mixture_as_markdown(pieces: list[str]) -> None:
    check("".join(pieces).encode(), "甲.md")


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    check(text.encode("utf-8", "surrogatepass"), "甲.txt")


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.binary(max_size=300), st.sampled_from(["甲.txt", "甲.docx", "甲.md"]))
def test_any_bytes(data: bytes, name: str) -> None:
    check(data, name)
    check(b"PK\x03\x04" + data, name)


SHAPES = {
    "one line": "甲乙丙丁，",
    "brackets": "（",
    "quotes": '"',
    "paragraphs": "甲乙丙丁戊己庚辛壬癸甲乙丙丁。\n",
    "dates": "甲乙丙丁戊己。\n2012年7月1日\n",
    "labels": "附件\n甲乙丙丁戊己\n乙丙丁。\n",
    "levels": "一、甲乙丙丁戊己\n（一）乙丙丁戊己庚\n",
    "cut lines": "甲乙丙丁戊己庚辛壬癸" * 3 + "\n",
}


@pytest.mark.slow
@pytest.mark.parametrize("shape", SHAPES)
def test_time_is_linear(shape: str, tmp_path: Path) -> None:
    unit = SHAPES[shape]

    def seconds(size: int) -> float:
        path = tmp_path / f"{size}.txt"
        path.write_text("说明\n\n甲" + unit * (size // len(unit.encode())), "utf-8")
        started = time.process_time()
        import_file(path)
        return time.process_time() - started

    small, large = seconds(100_000), seconds(800_000)
    assert large < 20 * max(small, 0.02)  # eight times as much; quadratic would be sixty-four
