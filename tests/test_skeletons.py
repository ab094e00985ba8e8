"""A skeleton of every form is a source that can be built as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from yinfa.check import check
from yinfa.cli import main
from yinfa.forms import form_of, forms
from yinfa.load import load
from yinfa.recipe import build
from yinfa.report import Fault
from yinfa.schema import file_name, schema_text
from yinfa.skeletons import form_words, new_source, skeleton
from yinfa.validate import validate

REGULATIONS = ("规定", "办法", "条例", "细则", "制度")
SCHEMA = file_name("document")


@pytest.mark.parametrize("word", form_words())
def test_every_skeleton_is_valid(word: str, tmp_path: Path) -> None:
    document = validate(load(new_source(word, tmp_path / "甲.yaml")))
    assert document.body
    if word in ("请示", "报告"):
        assert document.letterhead.signatories  # 7.2.6
    if word in REGULATIONS:
        (issued,) = document.issued
        assert issued.title.value.endswith(word)
    elif (form := form_of(word)) and word in form.genres:
        assert document.genre == word


def test_every_skeleton_is_the_one_of_some_word() -> None:
    """A file that no word names would never be written."""
    found = {path for form in forms() for path in form.path.parent.glob("*.yaml")}
    assert found == set(KINDS)


@pytest.mark.parametrize(
    ("word", "usual"),
    [
        ("请示", "妥否，请批示。"),
        ("报告", "特此报告。"),
        ("批复", "收悉。经研究，现批复如下。"),
        ("公告", "现将有关事项公告如下。"),
        ("通告", "特此通告。"),
        ("议案", "现提请审议。"),
        ("转发", "转发给你们"),
        ("领导小组通知", "副组长："),
        ("公报", "公布如下。"),
        ("公示", "现予公示"),
        ("请假", "请予批准。"),
    ],
)
def test_a_skeleton_has_the_words_of_its_kind(word: str, usual: str) -> None:
    assert usual in skeleton(word)
    assert usual not in skeleton("通知")


def test_a_joint_document_begins_with_two_issuers(tmp_path: Path) -> None:
    document = validate(load(new_source("联合行文", tmp_path / "甲.yaml")))
    assert len(document.letterhead.mark) == len(document.signature.issuers) == 2


KINDS = {form.skeleton(word): word for form in forms() for word in (*form.genres, *form.skeletons)}


@pytest.mark.parametrize("word", KINDS.values())
def test_a_skeleton_keeps_to_the_standard_as_it_is(word: str, tmp_path: Path) -> None:
    document = validate(load(new_source(word, tmp_path / "甲.yaml")))
    product = build(document, tmp_path / "甲.pdf").product
    assert check(product, document).findings == ()


@pytest.mark.parametrize("word", form_words())
def test_every_skeleton_explains_itself(word: str) -> None:
    text = skeleton(word)
    assert text.startswith("# ")
    assert "{" not in text
    assert text.count("#") > 1


def test_the_schema_is_named_where_there_is_one(tmp_path: Path) -> None:
    (tmp_path / SCHEMA).write_text("{}", "utf-8")
    path = new_source("函", tmp_path / "source" / "甲.yaml")
    first = path.read_text("utf-8").split("\n")[0]
    assert first == f"# yaml-language-server: $schema=../{SCHEMA}"


def test_a_schema_is_laid_beside_where_there_is_none(tmp_path: Path) -> None:
    for name in ("甲.yaml", "乙.yaml"):
        first = new_source("函", tmp_path / name).read_text("utf-8").split("\n")[0]
        assert first == f"# yaml-language-server: $schema=.yinfa/{SCHEMA}"
    assert (tmp_path / ".yinfa" / SCHEMA).read_text("utf-8") == schema_text()
    assert sorted(path.name for path in tmp_path.iterdir()) == [".yinfa", "乙.yaml", "甲.yaml"]


def test_the_schema_of_the_checkout_is_named(tmp_path: Path) -> None:
    (tmp_path / "schemas").mkdir()
    (tmp_path / "schemas" / SCHEMA).write_text("{}", "utf-8")
    text = new_source("函", tmp_path / "source" / "甲.yaml").read_text("utf-8")
    assert text.startswith(f"# yaml-language-server: $schema=../schemas/{SCHEMA}\n")


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "甲.yaml"
    path.write_text("旧", "utf-8")
    with pytest.raises(Fault, match="已有同名的文件"):
        new_source("通知", path)
    assert path.read_text("utf-8") == "旧"


def test_an_unknown_form_is_answered_with_the_known_ones(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", "诏书", str(tmp_path / "甲.yaml")]) == 2
    told = capsys.readouterr().err
    assert "没有这种文种" in told and "通知、" in told
    assert list(tmp_path.iterdir()) == []


def test_the_command_says_how_to_go_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "总结", str(tmp_path / "甲.yaml")]) == 0
    assert "yinfa build" in capsys.readouterr().out
