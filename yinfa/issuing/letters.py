"""Subject and letter of a delivery, with the document's own fields; a door of jinja2.

A letter knows fields and 如果 (if), and nothing that computes: it cannot run wild.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jinja2 import StrictUndefined, TemplateSyntaxError, meta, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from yinfa.model import Text
from yinfa.report import Place
from yinfa.validating.reader import Reader, clip, nearest

FIELDS = {  # of a letter: its English name
    "标题": "title",
    "发文字号": "document_number",
    "发文机关": "issuer",
    "密级": "classification",
    "紧急程度": "urgency",
    "成文日期": "date",
    "收件单位": "recipient",
    "简称": "name",
    "份号": "numbers",
    "页数": "pages",
}
_KNOWN = {*FIELDS, *FIELDS.values()}
_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.If, nodes.Const, nodes.Not,
    nodes.And, nodes.Or,
)  # fmt: skip
_ENVIRONMENT = ImmutableSandboxedEnvironment(
    undefined=StrictUndefined, keep_trailing_newline=True, trim_blocks=True, autoescape=False
)


@dataclass(frozen=True, slots=True)
class Letter:
    """A text with fields, sound and ready to be filled."""

    text: str

    def filled(self, values: Mapping[str, str]) -> str:
        """The text with *values*, each under its Chinese name, in the place of the fields."""
        both = {**values, **{FIELDS[name]: value for name, value in values.items()}}
        return _ENVIRONMENT.from_string(self.text).render(both).strip()


def read_letter(reader: Reader, lines: Sequence[Text], default: str) -> Letter:
    """The letter that *lines* make, its faults told to *reader*; *default* where there are none."""
    if not lines:
        return Letter(default)
    text = "\n".join(line.value for line in lines)

    def place(line: int | None) -> Place:
        return lines[min(max(line or 1, 1), len(lines)) - 1].place

    hint = f"可用的有：{{{{ {' }}、{{ '.join(FIELDS)} }}}}"
    try:
        parsed = _ENVIRONMENT.parse(text)
        refused = list(_refused(parsed))
        if not refused:
            _ENVIRONMENT.from_string(text)
    except TemplateSyntaxError as error:
        reader.wrong(place(error.lineno), _complaint(str(error.message)), hint)
        return Letter("")
    except (ValueError, RecursionError):  # a number of thousands of digits, brackets in brackets
        reader.wrong(lines[0].place, "花括号里的内容太长，或括号套得太深", hint)
        return Letter("")
    for node in refused:
        reader.wrong(place(node.lineno), "花括号里只能写名称，或 {% if 名称 %}……{% endif %}", hint)
    unknown = meta.find_undeclared_variables(parsed) - _KNOWN
    for node in parsed.find_all(nodes.Name):
        if node.name in unknown:
            near = nearest(node.name, list(FIELDS))
            what = f"是不是“{near}”？" if near else hint
            reader.wrong(place(node.lineno), f"没有“{clip(node.name)}”这个名称", what)
    return Letter(text)


def _complaint(said: str) -> str:
    """What jinja2 says of a text that it cannot parse, in Chinese."""
    if said.startswith("Encountered unknown tag"):
        return "花括号里的写法不对：标记只有 if、elif、else、endif，else 和 endif 之前要有 if"
    if "unexpected end of template" in said or "Unexpected end of template" in said:
        return "花括号里的写法不对：没有写完，或缺少 {% endif %}"
    if "Missing end of" in said or "unexpected char" in said:
        return "花括号里的写法不对：有不能用的符号，或花括号没有配对"
    return "花括号里的写法不对"


def _refused(node: Any) -> Iterator[Any]:
    if not isinstance(node, _ALLOWED):
        yield node
        return
    for child in node.iter_child_nodes():
        yield from _refused(child)
