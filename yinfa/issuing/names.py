"""Names of files that recipients' names become: they lead nowhere, on any system."""

from __future__ import annotations

import re
import unicodedata

NAME_BYTES = 180  # a number, a suffix and another name must still fit into 255
_REFUSED = str.maketrans('/\\:*?"<>|', "／＼：＊？＂＜＞｜") | dict.fromkeys((*range(0x20), 0x7F))
_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE | re.ASCII)


def file_part(name: str) -> str:
    """*name* as a part of a file's name: no separators, no controls, not too long, not empty."""
    plain = unicodedata.normalize("NFC", name).translate(_REFUSED)
    plain = "".join(char for char in plain if unicodedata.category(char)[0] != "C")
    plain = plain.encode()[:NAME_BYTES].decode(errors="ignore").strip(" .")
    if not plain:
        return "收件单位"
    return f"_{plain}" if _DEVICE.fullmatch(plain) else plain
