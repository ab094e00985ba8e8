"""Files into the package that an OFD is: a ZIP without clock, user or host in it."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO

NO_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest that ZIP can write
UNIX = 3
READABLE = 0o100644 << 16
COMPRESSED = frozenset({".png", ".jpg"})


def packed(files: Mapping[str, bytes]) -> bytes:
    """The package of *files*, in their order."""
    whole = BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, NO_TIME)
            entry.create_system = UNIX
            entry.external_attr = READABLE
            small = name[-4:] in COMPRESSED
            entry.compress_type = zipfile.ZIP_STORED if small else zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return whole.getvalue()
