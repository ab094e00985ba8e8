"""The schema says what the reader of sources takes, and what is installed is up to date."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from yinfa import resources, words
from yinfa.cli import main
from yinfa.house import read_house
from yinfa.load import load
from yinfa.report import SourceFault
from yinfa.schema import SCHEMAS, distribution_schema, file_name, house_schema, schema, schema_text
from yinfa.skeletons import form_words, skeleton
from yinfa.validate import validate

ROOT = Path(__file__).parent.parent
SOUND = "文种: 通知\n标题: 甲\n正文:\n  - 乙\n"


class _EditorLoader(yaml.SafeLoader):
    """YAML as editors read it: dates stay text, 是 and yes are words."""


_EditorLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith("timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def as_editor(source: str) -> Any:
    return yaml.load(source, Loader=_EditorLoader)


@pytest.fixture(scope="module")
def validator() -> Draft7Validator:
    Draft7Validator.check_schema(schema())
    return Draft7Validator(schema())


@pytest.mark.parametrize("kind", SCHEMAS)
def test_the_file_that_is_installed_is_what_the_command_prints(
    kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["schema", kind]) == 0
    assert (resources.schemas() / file_name(kind)).read_text("utf-8") == capsys.readouterr().out
    Draft7Validator.check_schema(SCHEMAS[kind]())


def test_without_a_kind_it_is_the_schema_of_documents(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema"]) == 0
    assert capsys.readouterr().out == schema_text()


@pytest.mark.parametrize("kind", words.KINDS, ids=lambda kind: kind.chinese)
def test_every_key_is_there_in_both_languages(kind: words.Kind) -> None:
    whole = schema()
    described = whole if kind is words.DOCUMENT else whole["definitions"][kind.name]
    names = {name for key in kind.keys for name in (key.chinese, key.name)}
    assert set(described["properties"]) == names
    assert described["additionalProperties"] is False
    for key in kind.keys:
        told = described["properties"][key.chinese]
        assert (told["title"], told["description"]) == (key.chinese, key.meaning)
        assert told["examples"]


@pytest.mark.parametrize("word", form_words())
def test_skeletons_are_sound(word: str, validator: Draft7Validator) -> None:
    assert list(validator.iter_errors(as_editor(skeleton(word)))) == []


def test_the_real_source_is_sound(validator: Draft7Validator) -> None:
    source = (ROOT / "source" / "附件2.yaml").read_text("utf-8")
    assert list(validator.iter_errors(as_editor(source))) == []


@pytest.mark.parametrize(
    "source",
    [
        "标题: 甲\n正文: 乙\n",  # no form
        "文种: 通知\n标题: 甲\n",  # no body
        "文种: 通告书\n标题: 甲\n正文: 乙\n",
        SOUND + "发文字好: 甲\n",
        SOUND + "title: 甲\n",  # twice, in two languages
        SOUND + "令号: 第1号\n",  # of another form
        SOUND + "出席: 甲\n",
        SOUND + "页码: 上方\n",
        SOUND + "成文日期: 去年\n",
        SOUND + "起始页码: 零\n",
        SOUND + "密级: 保密\n",
        SOUND + "双面: 也许\n",
        SOUND + "附件:\n  - 标题: 甲\n",
        SOUND + "豁免: [TI-03]\n",
        SOUND + "  - 图: 甲.png\n",  # no alternative text
        SOUND + "  - 表格: 甲\n",  # no rows
        SOUND + "  - 标题: 甲\n    接着: 乙\n",
        SOUND + "  - [甲]\n",
    ],
)
def test_what_the_reader_refuses_the_schema_refuses(
    source: str, validator: Draft7Validator, tmp_path: Path
) -> None:
    path = tmp_path / "甲.yaml"
    path.write_text(source, "utf-8")
    with pytest.raises(SourceFault):
        validate(load(path))
    assert list(validator.iter_errors(as_editor(source)))


def test_english_is_as_good_as_chinese(validator: Draft7Validator) -> None:
    source = {"form": "notice", "title": "甲", "body": ["乙", {"title": "丙", "run_in": "丁"}]}
    assert list(validator.iter_errors(json.loads(json.dumps(source)))) == []


# --- an office's own rules, and who gets a document ------------------------------------------

HOUSE = """
天头: 35
订口: 27 毫米
版心: [157, 226]
行数: 21
每行字数: 28
标题字号: 小二
小字字号: 12磅
字体: 本单位字体.toml
数字字体: 宋体
页码: 居中
页码一字线: 否
标点: 占格
西文间距: 是
红线粗细: 0.7
标志字高: 14
"""
DISTRIBUTION = """
收件:
  - 简称: 市委办
    全称: 中共×××市委办公室
    份数: 2
    份号: [1-2]
  - {简称: 市府办, 份号: 3, 邮箱: office@example.com, 标记: 否}
组:
  各办: [市委办, 市府办]
发给: [各办]
起始份号: 1
标记: 页边
邮件:
  发件人: office@example.com
  服务器: smtp.example.com
  端口: 587
  加密: TLS
"""


@pytest.mark.parametrize("text", [
    HOUSE, "行距: 28.9磅\n正文字号: 16 pt\n", "行距: 10.2\n正文字号: 15.75\n",
    "head_margin: 35\nfolio: centre\ntext_size: 四号\n",
])  # fmt: skip
def test_a_right_house_passes(text: str, tmp_path: Path) -> None:
    path = tmp_path / "house.yaml"
    path.write_text(text.replace("字体: 本单位字体.toml\n", ""), "utf-8")
    read_house(path)
    assert list(Draft7Validator(house_schema()).iter_errors(as_editor(text))) == []


@pytest.mark.parametrize("text", [
    "天头: 高", "天头: -3", "天头: 200", "版心: 156", "版心: [156]", "版心: [156, 225, 3]",
    "版心: [20, 225]", "行数: 22.5", "行数: 60", "行距: 1.5倍", "行距: -28磅", "正文字号: 大",
    "标题字号: 22号", "小字字号: 72", "数字字体: 幼圆", "页码: 上面", "页码一字线: 也许",
    "标点: 半角", "红线粗细: 1磅", "标志字高: 100", "天投: 37", "天头: 37\nhead_margin: 37",
    "文种: 通知", "- 天头",
])  # fmt: skip
def test_a_wrong_house_passes_neither_schema_nor_reader(text: str, tmp_path: Path) -> None:
    path = tmp_path / "house.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(SourceFault):
        read_house(path)
    assert list(Draft7Validator(house_schema()).iter_errors(as_editor(text)))


def test_a_right_distribution_passes() -> None:
    validator = Draft7Validator(distribution_schema())
    assert list(validator.iter_errors(as_editor(DISTRIBUTION))) == []


@pytest.mark.parametrize(("old", "new"), [
    ("收件:", "收建:"), ("简称: 市委办", "简写: 市委办"), ("份数: 2", "份数: 两份"),
    ("起始份号: 1", "起始份号: 0"), ("标记: 页边", "标记: 页脚"), ("端口: 587", "端口: 99999"),
    ("加密: TLS", "加密: SSL3"), ("  发件人: office@example.com\n", ""), ("标记: 否", "标记: 也许"),
    ("  各办: [市委办, 市府办]", "  - 各办"), ("服务器:", "口令:"),
])  # fmt: skip
def test_a_wrong_distribution_fails(old: str, new: str) -> None:
    assert old in DISTRIBUTION
    wrong = as_editor(DISTRIBUTION.replace(old, new))
    assert list(Draft7Validator(distribution_schema()).iter_errors(wrong))
