"""Characters that look like others are told with their lines; what is meant is not."""

from __future__ import annotations

from pathlib import Path

import pytest
from forms import NOTICE, SENTENCE, document, printed, written

from yinfa.lookalikes import lookalikes
from yinfa.model import Text
from yinfa.recipe import build
from yinfa.report import Place, SourceFault
from yinfa.walking import texts


def told(words: str) -> list[str]:
    return list(lookalikes([Text(words, Place(Path("甲.yaml"), 7))]))


@pytest.mark.parametrize(
    ("words", "like"),
    [
        ("⼀、认真", "一"),
        ("人民政府⼯作", "工"),
        ("pаypal", "a"),
        ("Gοvernment", "o"),
        ("ΑBC", "A"),
    ],
)
def test_a_character_that_looks_like_another_is_told_with_it(words: str, like: str) -> None:
    (said,) = told(words)
    assert (
        said.startswith("第7行的“") and f"像{'拉丁字母' if like.isascii() else ''}“{like}”" in said
    )


@pytest.mark.parametrize(
    "words",
    [
        "μm、kΩ、Δt",
        "α射线",
        "Привет",
        "α、β",
        "12\u00a0345",
        "＋－＝",
        "工作，一、二",
        "Wi-Fi",
        "℃㎡",
    ],
)
def test_letters_and_signs_that_are_meant_are_not(words: str) -> None:
    assert told(words) == []


def test_a_blank_that_does_not_break_beside_a_han_character_is_told() -> None:
    (said,) = told("甲\u00a0乙")
    assert "U+00A0" in said


def test_the_build_tells_it_at_its_lines(tmp_path: Path) -> None:
    source = written(NOTICE, 正文=[SENTENCE, "⼀、认真。", "又是⼀次。"])
    assert printed(NOTICE, 正文=[SENTENCE, "⼀、认真。", "又是⼀次。"]).sheets
    whole = document(NOTICE, 正文=[SENTENCE, "⼀、认真。", "又是⼀次。"])
    (said,) = [one for one in build(whole, tmp_path / "甲.pdf").remarks if "部首" in one]
    lines = source.read_text("utf-8").splitlines()
    first, second = (n for n, line in enumerate(lines, 1) if "⼀" in line)
    assert said.startswith(f"第{first}行、第{second}行的")
    assert any("⼀" in text.value for text in texts(whole))


@pytest.mark.parametrize("char", "\uffa0\u3164\u115f\u1160")
def test_a_letter_that_cannot_be_seen_is_refused(char: str) -> None:
    with pytest.raises(SourceFault, match="看不见的字符"):
        document(NOTICE, 正文=[f"甲{char}乙。"])
