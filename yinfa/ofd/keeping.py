"""Fitted glyphs in the user's cache: one file a face, of our own or not read at all.

What is kept is trusted as a font is trusted, so a file counts only where it is a plain file of this
user's that nobody else may write, and its checksum holds. A cache that cannot be read or written is
no fault: the glyphs are fitted anew.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import struct
from collections.abc import Iterator
from pathlib import Path

from yinfa.ofd.outlines import KeptGlyphs, TrueTypeGlyph
from yinfa.publish import write_whole
from yinfa.report import OutputFault

MAGIC = b"yinfa glyphs 1\n"
DIGEST = hashlib.sha256().digest_size
ENTRY = struct.Struct(f">{DIGEST}shI")
MOST_BYTES = 64_000_000  # of one face; beyond it what was kept is forgotten
OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH


@contextlib.contextmanager
def kept(face: str) -> Iterator[KeptGlyphs]:
    """What the cache holds of *face*; what is added is kept for the next time."""
    path = _folder() / f"{hashlib.sha256(face.encode()).hexdigest()[:32]}.glyphs"
    found = KeptGlyphs(_read(path))
    yield found
    if found.changed:
        with contextlib.suppress(OutputFault):
            write_whole(path, _dumps(found.known))


def _folder() -> Path:
    given = os.environ.get("XDG_CACHE_HOME", "")
    # By the specification of XDG a path that is not absolute is to be ignored.
    caches = Path(given) if given.startswith("/") else Path.home() / ".cache"
    return caches / "yinfa" / "glyphs"


def _read(path: Path) -> dict[bytes, TrueTypeGlyph]:
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with os.fdopen(descriptor, "rb") as file:
            status = os.fstat(descriptor)
            own = stat.S_ISREG(status.st_mode) and status.st_uid == os.getuid()
            if not own or status.st_mode & OTHERS_WRITE or status.st_size > MOST_BYTES:
                return {}
            content = file.read()
    except OSError:
        return {}
    body, digest = content[:-DIGEST], content[-DIGEST:]
    if not body.startswith(MAGIC) or hashlib.sha256(body).digest() != digest:
        return {}
    found, at = {}, len(MAGIC)
    while at < len(body):
        key, advance, length = ENTRY.unpack_from(body, at)
        at += ENTRY.size
        found[key] = TrueTypeGlyph(advance, body[at : at + length])
        at += length
    return found


def _dumps(known: dict[bytes, TrueTypeGlyph]) -> bytes:
    entries = (
        ENTRY.pack(key, glyph.advance, len(glyph.data)) + glyph.data
        for key, glyph in sorted(known.items())
    )
    body = MAGIC + b"".join(entries)
    return body + hashlib.sha256(body).digest()
