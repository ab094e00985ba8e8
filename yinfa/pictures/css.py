"""The little of style sheets that tells how the words of an SVG stand: plain selectors."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SELECTOR = re.compile(r"(?P<tag>[\w-]+|\*)?(?P<rest>(?:[.#][\w-]+)*)")
_PART = re.compile(r"[.#][\w-]+")
_FONT = re.compile(r"(\d[\d.]*[a-z%]*)(?:/\S+)?\s+(.+)$", re.IGNORECASE)


class Rules:
    """The rules of a style sheet that select by name, class or mark, in the order they hold."""

    def __init__(self, text: str) -> None:
        found = []
        for order, (selectors, body) in enumerate(_RULE.findall(text)):
            for selector in selectors.split(","):
                match = _SELECTOR.fullmatch(selector.strip())
                if match and (match["tag"] or match["rest"]):
                    parts = _PART.findall(match["rest"])
                    weight = (sum(part[0] == "#" for part in parts), len(parts), order)
                    found.append((weight, match["tag"] or "*", parts, declarations(body)))
        self._rules = sorted(found, key=lambda rule: rule[0])

    def of(self, element: Element) -> dict[str, str]:
        """What the sheet says of *element*."""
        name = element.tag.rpartition("}")[2]
        marks = {f".{one}" for one in element.get("class", "").split()}
        marks.add(f"#{element.get('id', '')}")
        said: dict[str, str] = {}
        for _, tag, parts, declared in self._rules:
            if tag in ("*", name) and marks.issuperset(parts):
                said |= declared
        return said


def declarations(body: str) -> dict[str, str]:
    """The properties of a rule or of a style attribute; ``font`` gives size and family."""
    said: dict[str, str] = {}
    for declaration in body.split(";"):
        name, colon, value = declaration.partition(":")
        if not colon:
            continue
        name, value = name.strip().lower(), value.replace("!important", "").strip()
        if name == "font" and (match := _FONT.search(value)):
            said |= {"font-size": match[1], "font-family": match[2]}
            if re.search(r"\bbold\b", value):
                said["font-weight"] = "bold"
        else:
            said[name] = value
    return said
