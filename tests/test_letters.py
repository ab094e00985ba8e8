"""What is written in the braces of a letter is filled in, or told with its line and its cure."""

from __future__ import annotations

from pathlib import Path

import pytest

from yinfa.issuing.distribution import read_distribution
from yinfa.report import SourceFault

WRONG = {
    "digits": "{{ " + "9" * 5000 + " }}",
    "brackets": "{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}",
    "denials": "{{ " + "not " * 5000 + "标题 }}",
    "choices": "{{ 标题 " + "or 标题 " * 5000 + "}}",
    "open": "{{ 标题",
    "no end": "{% if 标题 %}甲",
    "no begin": "甲{% endif %}",
    "quote": "{{ '标题 }}",
    "sign": "{{ \\ }}",
    "two names": "{{ 标题 页数 }}",
    "nothing": "{{ }}",
    "sum": "{{ 1 + 1 }}",
}


@pytest.mark.parametrize("how", WRONG)
@pytest.mark.parametrize("key", ["主题", "附言"])
def test_a_letter_that_cannot_be_filled_is_told_in_chinese(
    tmp_path: Path, how: str, key: str
) -> None:
    path = tmp_path / "distribution.yaml"
    mail = f"邮件:\n  发件人: a@b.cn\n  服务器: s.cn\n  {key}: |\n    {WRONG[how]}\n"
    path.write_text(f"收件:\n  - 简称: 甲\n    邮箱: a@b.cn\n{mail}", "utf-8")
    with pytest.raises(SourceFault) as caught:
        read_distribution(path)
    for finding in caught.value.findings:
        assert finding.place.line in (7, 8) and finding.hint
        words = finding.message.replace("elif", "").replace("endif", "").replace("else", "")
        assert "got" not in words and "unexpected" not in words and "花括号" in words
