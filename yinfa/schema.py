"""JSON Schemas of what people write, from the table of words: editors complete and check."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from yinfa import words
from yinfa.load import Scalar, Sequence, Value, load
from yinfa.words import Key, Kind, Type, Word

DIALECT = "http://json-schema.org/draft-07/schema#"

Schema = dict[str, Any]

# Whatever YAML makes of it, the reader takes it as text.
_SCALAR: Schema = {"type": ["string", "number", "boolean"]}
_TEXTS: Schema = {"anyOf": [_SCALAR, {"type": "array", "items": _SCALAR, "minItems": 1}]}
_LENGTH: Schema = {
    "anyOf": [
        {"type": "number"},
        {"type": "string", "pattern": r"^\d+(\.\d+)?\s*(mm|毫米)?$"},
    ]
}
_DATE = (
    r"^([〇○Ｏ零一二三四五六七八九]{4}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日"
    r"|\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日|\d{4}([-./])\d{1,2}\2\d{1,2}|空白|blank)$"
)


# Names of 号, and lengths with their units, as houses write them.
_NAMED_SIZE = "[初一二三四五1-5]号|小[初一二三四五]"
_SIZE = rf"^({_NAMED_SIZE}|\d+(\.\d+)?\s*(磅|pt|毫米|mm)?)$"
_PITCH = r"^\d+(\.\d+)?\s*(磅|pt|毫米|mm)?$"


def schema_text(kind: str = words.DOCUMENT.name) -> str:
    """The schema of files of *kind* as the file in schemas/ has it."""
    return json.dumps(SCHEMAS[kind](), ensure_ascii=False, indent=2) + "\n"


def file_name(kind: str) -> str:
    """What the file of a schema is called."""
    return "yinfa.schema.json" if kind == words.DOCUMENT.name else f"yinfa.{kind}.schema.json"


def house_schema() -> Schema:
    """The schema of the file of an office's own rules."""
    house = _kind(words.HOUSE, _examples((words.HOUSE,)))
    area = words.HOUSE.named("type_area")
    for name in (area.chinese, area.name):
        house["properties"][name] |= {"minItems": 2, "maxItems": 2}
    return {
        "$schema": DIALECT,
        **house,
        "title": "本单位规定",
        "description": "本单位的规定与 GB/T 9704-2012 不同的地方。键名用中文或英文都可以。",
    }


def distribution_schema() -> Schema:
    """The schema of the file that says who gets a document."""
    examples = _examples(words.ISSUING_KINDS)
    below = (words.RECIPIENT, words.MAIL)
    return {
        "$schema": DIALECT,
        **_kind(words.DISTRIBUTION, examples),
        "title": "分发",
        "description": "一份公文分发给哪些单位。键名用中文或英文都可以。",
        "definitions": {kind.name: _kind(kind, examples) for kind in below},
    }


def bundle_schema() -> Schema:
    """The schema of the file of a meeting bundle."""
    examples = _examples(words.BUNDLE_KINDS)
    return {
        "$schema": DIALECT,
        **_kind(words.BUNDLE, examples),
        "title": "印发的会议材料汇编",
        "description": "几份材料汇编成一本。键名用中文或英文都可以。",
        "definitions": {words.MATERIAL.name: _kind(words.MATERIAL, examples)},
    }


def schema() -> Schema:
    """The schema of a whole source."""
    examples = _examples(words.KINDS)
    document = _kind(words.DOCUMENT, examples)
    document["allOf"] += [_only_for(form) for form in words.FORMS]
    return {
        "$schema": DIALECT,
        **document,
        "title": "印发的源文件",
        "description": "一份公文，按 GB/T 9704-2012 排版。键名用中文或英文都可以。",
        "definitions": {
            "node": {
                "title": "正文的一项",
                "anyOf": [_SCALAR, *(_reference(kind) for kind in words.NODES)],
            },
            "body": {
                "anyOf": [
                    _SCALAR,
                    {"type": "array", "items": {"$ref": "#/definitions/node"}, "minItems": 1},
                ]
            },
            **{
                kind.name: _kind(kind, examples)
                for kind in words.KINDS
                if kind is not words.DOCUMENT
            },
        },
    }


def _reference(kind: Kind) -> Schema:
    return {"$ref": f"#/definitions/{kind.name}"}


def _kind(kind: Kind, examples: Mapping[Key, Any]) -> Schema:
    """A mapping of *kind*: its keys in Chinese and English, no others, each once."""
    properties: Schema = {}
    rules: list[Schema] = []
    for key in kind.keys:
        described = _key(key, examples)
        both = [{"required": [name]} for name in (key.chinese, key.name)]
        properties[key.chinese] = described
        properties[key.name] = described
        if key.required:
            rules.append({"anyOf": both})
        rules.append({"not": {"required": [key.chinese, key.name]}})
    return {
        "title": kind.chinese,
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
        "allOf": rules,
    }


def _key(key: Key, examples: Mapping[Key, Any]) -> Schema:
    usual = f"；标准为{key.standard}" if key.standard else ""
    described: Schema = {"title": key.chinese, "description": f"{key.meaning}{usual}"}
    if key in examples:
        described["examples"] = [examples[key]]
    return {**described, **_value(key)}


def _value(key: Key) -> Schema:
    """What may stand behind *key*."""
    match key.type:
        case Type.LINES | Type.LIST | Type.TITLE:
            return _TEXTS
        case Type.CHOICE | Type.YES_NO:
            return _fixed(key.words)
        case Type.CHOICES:
            return {"type": "array", "items": _fixed(key.words)}
        case Type.INTEGER:
            return {"type": "integer", **_limits(key)}
        case Type.LENGTH:
            return _length(key)
        case Type.LENGTHS:
            return {"type": "array", "items": _length(key)}
        case Type.DATE:
            return {"type": "string", "pattern": _DATE}
        case Type.PATH:
            return {"type": "string", "minLength": 1}
        case Type.BODY:
            return {"$ref": "#/definitions/body"}
        case Type.ROWS:
            row = {"type": "array", "items": {"anyOf": [_SCALAR, {"type": "null"}]}}
            return {"type": "array", "items": {"anyOf": [row, _SCALAR]}, "minItems": 1}
        case Type.ROSTER:
            person = {"type": "array", "items": _SCALAR, "minItems": 1, "maxItems": 3}
            return {"type": "array", "items": {"anyOf": [_SCALAR, person]}, "minItems": 1}
        case Type.REASONS:
            return {"type": "object", "patternProperties": {r"^[A-Z]{2}-\d{2}$": _SCALAR},
                    "additionalProperties": False}  # fmt: skip
        case Type.RECORDS:
            known = {words.ISSUED.name: words.ISSUED, "recipients": words.RECIPIENT}
            return _one_or_many(_reference(known.get(key.name, words.ATTACHMENT)))
        case Type.SETTINGS:
            return _reference(words.MAIL)
        case Type.GROUPS:
            return {"type": "object", "additionalProperties": _TEXTS}
        case Type.SIZE | Type.PITCH:
            pattern = _SIZE if key.type is Type.SIZE else _PITCH
            return {"anyOf": [{"type": "number", **_limits(key)},
                              {"type": "string", "pattern": pattern}]}  # fmt: skip
        case Type.MATERIALS:
            return _one_or_many({"anyOf": [_SCALAR, _reference(words.MATERIAL)]})
        case Type.ITEMS:
            return _one_or_many({"anyOf": [_SCALAR, _reference(words.ITEM)]})
        case Type.PICTURE:
            below = words.SEAL if key.name == words.SEAL.name else words.STAMP
            return _one_or_many({"anyOf": [{"type": "string"}, _reference(below)]})
        case _:
            return _beginning(key.words) if key.words else _SCALAR


def _beginning(fixed: Iterable[Word]) -> Schema:
    """A text that begins with one of some words."""
    spellings = "|".join(spelling for word in fixed for spelling in word.spellings)
    return {"type": "string", "pattern": f"^({spellings})"}


def _one_or_many(item: Schema) -> Schema:
    return {"anyOf": [item, {"type": "array", "items": item, "minItems": 1}]}


def _fixed(fixed: Iterable[Word]) -> Schema:
    """One of some words; each with what it means, where that is said."""
    spellings = [(word, spelling) for word in fixed for spelling in word.spellings]
    chosen: Schema = {"enum": [_yaml(spelling) for _, spelling in spellings]}
    if any(word.meaning for word, _ in spellings):
        chosen["enumDescriptions"] = [word.meaning for word, _ in spellings]
    return chosen


def _yaml(spelling: str) -> str | bool:
    """What an editor's YAML makes of *spelling*."""
    return {"true": True, "false": False}.get(spelling, spelling)


def _limits(key: Key) -> Schema:
    least = {"minimum": key.least} if key.least or key.most else {}
    return least | ({"maximum": key.most} if key.most else {})


def _length(key: Key) -> Schema:
    number, text = _LENGTH["anyOf"]
    return {"anyOf": [{**number, **_limits(key)}, text]}


def _only_for(form: Word) -> Schema:
    """In a document of *form* the keys of other forms have no place."""
    foreign = [key for key in words.DOCUMENT.keys if key.forms and form.value not in key.forms]
    spelt = {"enum": list(form.spellings)}
    form_key = words.DOCUMENT.named("form")
    return {
        "if": {
            "anyOf": [
                {"properties": {name: spelt}, "required": [name]}
                for name in (form_key.chinese, form_key.name)
            ]
        },
        "then": {
            "properties": {name: False for key in foreign for name in (key.chinese, key.name)}
        },
    }


# --- examples --------------------------------------------------------------------------------


def _examples(kinds: Iterable[Kind]) -> dict[Key, Any]:
    """The example of each key as a value, read by the reader of sources itself."""
    keys = [key for kind in kinds for key in kind.keys if key.example]
    lines = []
    for number, key in enumerate(keys):
        example = key.example
        if example.startswith("- "):
            example = "\n  " + example.replace("\n", "\n  ")
        lines.append(f"k{number}: {example}")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "examples.yaml"
        path.write_text("\n".join(lines) + "\n", "utf-8")
        root = load(path).root
    return {key: _plain(value, key) for key, (_, value) in zip(keys, root.items, strict=True)}


def _plain(value: Value, key: Key) -> Any:
    """*value* as JSON has it."""
    if isinstance(value, Scalar):
        numeric = key.type in (Type.INTEGER, Type.LENGTH, Type.LENGTHS)
        number = float(value.value) if numeric else 0.0
        return (int(number) if number.is_integer() else number) if numeric else value.value
    if isinstance(value, Sequence):
        return [_plain(item, key) for item in value.items]
    return {name.value: _plain(item, key) for name, item in value.items}


SCHEMAS: Mapping[str, Callable[[], Schema]] = {
    words.DOCUMENT.name: schema,
    words.HOUSE.name: house_schema,
    words.DISTRIBUTION.name: distribution_schema,
    words.BUNDLE.name: bundle_schema,
}
