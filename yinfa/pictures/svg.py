"""SVG read as a tree: what cannot be drawn in it, and the file without what is private."""

from __future__ import annotations

import re
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

SVG, XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
HREF = f"{{{XLINK}}}href"
_PREFIXES = {XLINK: "xlink", "http://www.w3.org/XML/1998/namespace": "xml"}
DEEPEST = 200  # elements one in the other
MOST_DRAWN = 50_000  # elements, those that are used several times counted as often
# What WeasyPrint leaves out without a word, and what of it to say.
_LEFT_OUT = {
    "foreignObject": "嵌着网页内容（foreignObject）",
    "textPath": "有沿着曲线排的文字（textPath）",
    "switch": "有按软件取舍的内容（switch）",
    "font": "自带字体（font）",
    "meshgradient": "有网格渐变（meshgradient）",
    "hatch": "有阴影线填充（hatch）",
    "video": "嵌着影像（video）",
    "iframe": "嵌着网页（iframe）",
}
_FILTERS = frozenset({"feOffset", "feBlend", "feFlood"})  # the ones that it knows
_PRIVATE = frozenset({"metadata", "script", "title", "desc"})  # none of it is drawn
_OUTLINES = "请在绘图软件里把文字转成路径（曲线），再另存为 SVG；或另存为 PNG"
_AS_PNG = "请用绘图软件打开它，另存为 PNG"
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_OPENING = (ElementTree.ParseError, ValueError, LookupError, RecursionError)


def read_svg(content: bytes) -> Element | None:
    """The root of an SVG; None where it is no XML."""
    try:
        return ElementTree.fromstring(content)
    except _OPENING:
        return None


def local(element: Element) -> str:
    """The name of *element* without that of its vocabulary."""
    return element.tag.rpartition("}")[2]


def unfit(content: bytes) -> tuple[str, str] | None:
    """Why an SVG cannot be drawn as it is meant, and what to do; None where it can."""
    root = read_svg(content)
    if root is None:
        return None  # told where it cannot be drawn, as what refers to other files is
    if _depth(root) > DEEPEST:
        return f"画不出来：层次太深，超过 {DEEPEST} 层", _AS_PNG
    if _drawn(root) > MOST_DRAWN:
        return f"画不出来：引用（use）展开后太多，超过 {MOST_DRAWN} 个图形", _AS_PNG
    for element in root.iter():
        name = local(element)
        if name in _LEFT_OUT:
            return f"画不出来：{_LEFT_OUT[name]}", _AS_PNG
        if name == "filter":
            effects = [local(child) for child in element if local(child) not in _FILTERS]
            if effects:
                return f"画不出来：有印不出来的效果（{effects[0]}）", _AS_PNG
        if name == "style" and "@font-face" in "".join(element.itertext()):
            return "画不出来：引用了字体文件（@font-face）", _OUTLINES
    return None


def _depth(root: Element) -> int:
    deepest, level = 0, [root]
    while level and deepest <= DEEPEST:
        deepest += 1
        level = [child for element in level for child in element]
    return deepest


def _drawn(root: Element) -> int:
    """How many elements are drawn, at least MOST_DRAWN + 1 where one is within itself."""
    by_name = {element.get("id", ""): element for element in root.iter()}
    counted: dict[Element, int] = {}
    open_elements: set[Element] = set()

    def count(element: Element) -> int:
        if element in counted:
            return counted[element]
        if element in open_elements:
            return MOST_DRAWN + 1
        open_elements.add(element)
        total = 1 + sum(map(count, element))
        if local(element) == "use":
            target = by_name.get(reference(element).removeprefix("#"))
            total += count(target) if target is not None else 0
        open_elements.discard(element)
        counted[element] = min(total, MOST_DRAWN + 1)
        return counted[element]

    return count(root)


def reference(element: Element) -> str:
    """What *element* refers to."""
    return (element.get("href") or element.get(HREF) or "").strip()


# --- what travels -----------------------------------------------------------------------------


def bare_svg(content: bytes) -> bytes:
    """An SVG without comments, notes on its making and what belongs to other programs."""
    root = read_svg(content)
    if root is None:
        return content
    _strip(root)
    return written(root)


def written(root: Element) -> bytes:
    """The file of *root*, whose names are written as SVG is; the tree is taken up by it.

    What prefixes libraries have agreed upon with ElementTree makes no difference.
    """
    for element in root.iter():
        element.tag = local(element)
        for name in [name for name in element.attrib if name.startswith("{")]:
            space, _, bare_name = name[1:].partition("}")
            element.set(f"{_PREFIXES[space]}:{bare_name}", element.attrib.pop(name))
    root.set("xmlns", SVG)
    root.set("xmlns:xlink", XLINK)
    return bytes(ElementTree.tostring(root, encoding="utf-8"))


def _strip(element: Element) -> None:
    for name in [name for name in element.attrib if _is_foreign_name(name)]:
        del element.attrib[name]
    if local(element) == "style":
        element.text = _COMMENT.sub("", element.text or "")
    before: Element | None = None
    for child in list(element):
        if _is_foreign(child) or local(child) in _PRIVATE:
            _keep_tail(element, before, child)
            element.remove(child)
        else:
            _strip(child)
            before = child


def _keep_tail(parent: Element, before: Element | None, child: Element) -> None:
    """What stands behind *child*, which goes, belongs to its parent."""
    if before is None:
        parent.text = (parent.text or "") + (child.tail or "")
    else:
        before.tail = (before.tail or "") + (child.tail or "")


def _is_foreign(element: Element) -> bool:
    return element.tag.startswith("{") and not element.tag.startswith(f"{{{SVG}}}")


def _is_foreign_name(name: str) -> bool:
    if name.startswith("{"):
        return name[1:].partition("}")[0] not in _PREFIXES
    return name.startswith(("data-", "on"))
