"""How the runs of a Word file look: what each says itself, over its style and its paragraph's."""

from __future__ import annotations

from dataclasses import dataclass, replace
from xml.etree import ElementTree

from yinfa.importing.word_numbers import W

DEEPEST_CHAIN = 20  # styles based on one another
_OFF = ("0", "false", "off", "none")
_TOGGLES = {
    "vanish": "hidden", "strike": "struck", "dstrike": "struck_twice", "caps": "capitals",
    "b": "bold", "i": "slanted",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class RunLook:
    """What is seen of a run, beside its letters."""

    hidden: bool = False
    struck: bool = False
    struck_twice: bool = False
    capitals: bool = False
    bold: bool = False
    slanted: bool = False
    underlined: bool = False
    emphasised: bool = False  # 着重号
    coloured: bool = False
    raised: int = 0  # 1 superscript, -1 subscript
    face: str = ""  # of Latin letters
    han_face: str = ""


class StyleLooks:
    """The looks that a file's styles give."""

    def __init__(self, data: bytes) -> None:
        root = ElementTree.fromstring(data) if data else ElementTree.Element("none")
        self._styles = {style.get(f"{W}styleId", ""): style for style in root.iter(f"{W}style")}
        usual = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        self._usual = _changed(RunLook(), usual)
        self._default = next(
            (
                name
                for name, style in self._styles.items()
                if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") == "1"
            ),
            "",
        )
        self._known: dict[tuple[str, str], RunLook] = {}

    def of(self, paragraph_style: str, properties: ElementTree.Element | None) -> RunLook:
        """The look of a run with *properties* in a paragraph of that style."""
        named = properties.find(f"{W}rStyle") if properties is not None else None
        name = named.get(f"{W}val", "") if named is not None else ""
        key = (paragraph_style or self._default, name)
        if key not in self._known:
            look = self._usual
            for style in key:
                for element in self._chain(style):
                    look = _changed(look, element.find(f"{W}rPr"))
            self._known[key] = look
        return _changed(self._known[key], properties)

    def _chain(self, name: str) -> list[ElementTree.Element]:
        """The style *name* with those it is based on, the first of them first."""
        chain: list[ElementTree.Element] = []
        while name in self._styles and len(chain) < DEEPEST_CHAIN:
            chain.insert(0, self._styles[name])
            based = self._styles[name].find(f"{W}basedOn")
            name = based.get(f"{W}val", "") if based is not None else ""
        return chain


def _changed(look: RunLook, properties: ElementTree.Element | None) -> RunLook:
    """*look* with what *properties* say over it."""
    if properties is None or not len(properties):
        return look
    changes: dict[str, object] = {}
    for element in properties:
        name = element.tag.removeprefix(W)
        value = element.get(f"{W}val", "")
        if name in _TOGGLES:
            changes[_TOGGLES[name]] = value.lower() not in _OFF
        elif name == "u":
            changes["underlined"] = value.lower() not in _OFF
        elif name == "em":
            changes["emphasised"] = value.lower() not in _OFF
        elif name in ("color", "highlight"):
            changes["coloured"] = value.lower() not in ("", "auto", "000000", "none", "black")
        elif name == "vertAlign":
            changes["raised"] = {"superscript": 1, "subscript": -1}.get(value, 0)
        elif name == "rFonts":
            for key, attribute in (("face", "ascii"), ("han_face", "eastAsia")):
                if (face := element.get(f"{W}{attribute}")) is not None:
                    changes[key] = face
    return replace(look, **changes) if changes else look  # type: ignore[arg-type]
