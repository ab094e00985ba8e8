"""Labels that the program prints and that a source may not say once more."""

from __future__ import annotations

import re

from yinfa.words import ATTACHMENT, DOCUMENT, ISSUED, Key, Kind, Type

_OTHER_WORDS = {
    "attachment_list": ("附件",),
    "observers": ("列席", "旁听"),
    "copied_to": ("抄报", "抄送"),
}
_ENDS = "(?:单位|机关|人员|人|名单)?"
_SAID = (Type.TEXT, Type.LIST, Type.TITLE)
_NUMBER = (
    r"附件\s*[0-9０-９一二三四五六七八九十]*\s*[：:]|附件\s*[0-9]+|[0-9]{1,2}\s*[.．、](?![0-9])"
)


def typed_label(kind: Kind, key: Key, words: str) -> str:
    """The label that *words* begin with though *key* says it already, or nothing.

    What stands round a table may bring its label: it is printed as typed, and no second.
    """
    if kind not in (DOCUMENT, ATTACHMENT, ISSUED) or key.type not in _SAID:
        return ""
    names = "|".join((key.chinese, *_OTHER_WORDS.get(key.name, ())))
    match = re.match(f"(?:{names}){_ENDS}\\s*[：:]", words)
    if match is None and key.name == "attachment_list":
        match = re.match(_NUMBER, words)
    return match[0] if match else ""
