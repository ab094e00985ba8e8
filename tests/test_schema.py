"""The schema says what the reader of sources takes, and the file at the root is up to date."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from yinfa import words
from yinfa.cli import main
from yinfa.load import load
from yinfa.report import SourceFault
from yinfa.schema import NAME, schema, schema_text
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


def test_the_file_at_the_root_is_what_the_command_prints(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["schema"]) == 0
    assert (ROOT / NAME).read_text("utf-8") == capsys.readouterr().out == schema_text()


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
