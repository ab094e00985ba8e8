"""The real document: what the source says is, character for character, what the office wrote."""

import unicodedata
from pathlib import Path

from yinfa.load import load
from yinfa.model import Paragraph, Section
from yinfa.validate import validate

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "source" / "附件2.yaml"
ORIGINAL = ROOT / "tests" / "data" / "attachment-2.txt"
DOCUMENT = validate(load(SOURCE))
HAN_DIGITS = "零一二三四五六七八九十"


def flattened() -> list[str]:
    """The paragraphs of the document with numbers put by this test alone: 一、 and （一）."""
    lines = [DOCUMENT.label, str(DOCUMENT.title)]
    first = 0
    for node in DOCUMENT.body:
        if isinstance(node, Paragraph):
            lines.append(str(node.text))
            continue
        assert isinstance(node, Section)
        first += 1
        lines.append(f"{HAN_DIGITS[first]}、{node.title}{node.run_in or ''}")
        for second, below in enumerate(node.body, 1):
            assert isinstance(below, Section)
            lines.append(f"（{HAN_DIGITS[second]}）{below.title}{below.run_in or ''}")
    return lines


def original() -> list[str]:
    lines = ORIGINAL.read_text("utf-8").split("\n")
    return [line.strip() for line in lines if line.strip()]


def test_nothing_is_lost_and_nothing_changed() -> None:
    written = original()
    written[0] = written[0].removesuffix("：")  # the colon after 附件2 is layout, 7.3.7
    assert flattened() == written


def test_structure_is_six_headings_over_twenty_run_in_ones() -> None:
    sections = [node for node in DOCUMENT.body if isinstance(node, Section)]
    below = [node for section in sections for node in section.body]
    assert (len(sections), len(below)) == (6, 20)
    assert all(section.run_in is None for section in sections)
    assert all(isinstance(node, Section) and node.run_in for node in below)
    assert [type(node) for node in (DOCUMENT.body[0], DOCUMENT.body[-1])] == [Paragraph] * 2


def test_it_is_an_attachment_that_names_no_issuer_and_no_date() -> None:
    assert (DOCUMENT.form.name, DOCUMENT.genre, DOCUMENT.label) == ("attachment", "附件", "附件2")
    assert not DOCUMENT.issuer
    assert DOCUMENT.signature.date is None
    assert not DOCUMENT.imprint


def test_every_paragraph_stands_on_its_own_line_without_quotes() -> None:
    lines = SOURCE.read_text("utf-8").splitlines()
    for text in original()[2:]:
        # What stands before the first stop is a heading, on the line above.
        tail = text.split("。", 1)[1] if text.startswith("（") else text
        tail = tail[2:] if tail[1] == "、" else tail
        assert any(line.endswith(tail) for line in lines)
    assert not any(mark in line for line in lines for mark in "'\"|>")


def test_text_is_in_the_normal_form_it_came_in() -> None:
    joined = "".join(flattened())
    assert unicodedata.normalize("NFC", joined) == joined
