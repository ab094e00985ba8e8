"""PNG and JPEG without the words, places, times and small pictures that programs add."""

from __future__ import annotations

from yinfa.pictures.exif import orientation, orientation_alone

# What a PNG needs to look as it does.
_PNG_NEEDED = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB",
     b"bKGD", b"pHYs"}
)  # fmt: skip
_PNG_SIGNATURE = 8  # bytes
_JFIF, _EXIF, _PROFILE, _ADOBE, _COMMENT = 0xE0, 0xE1, 0xE2, 0xEE, 0xFE
_APPLICATION = range(0xE0, 0xF0)
_SCAN, _END = 0xDA, 0xD9
_WITHIN_SCAN = frozenset({0x00, *range(0xD0, 0xD8)})  # a byte 0xFF of pixels, and restarts
_ALONE = frozenset({0x01, *range(0xD0, 0xD9)})  # markers without a length
_JFIF_BYTES = 14  # of its segment without a small picture, after the length
_UPRIGHT = 1


def bare_png(content: bytes) -> bytes:
    """A PNG with the chunks alone that say what it looks like."""
    kept = [content[:_PNG_SIGNATURE]]
    at = _PNG_SIGNATURE
    while at + 12 <= len(content):
        end = at + 12 + int.from_bytes(content[at : at + 4], "big")
        kind = content[at + 4 : at + 8]
        if kind in _PNG_NEEDED:
            kept.append(content[at:end])
        if kind == b"IEND":
            break
        at = end
    return b"".join(kept)


def bare_jpeg(content: bytes) -> bytes:
    """A JPEG with its colours, its resolution and which side is up, and nothing else said of it."""
    kept = [content[:2]]
    at = 2
    turned = _UPRIGHT
    while at + 4 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker in _ALONE:
            kept.append(content[at : at + 2])
            at += 2
            continue
        end = at + 2 + int.from_bytes(content[at + 2 : at + 4], "big")
        segment = content[at:end]
        if marker == _EXIF:
            turned = orientation(segment[4:]) or turned
        elif marker == _SCAN:
            if turned != _UPRIGHT:
                kept.append(orientation_alone(turned))
            kept.append(_scans(content[at:]))
            break
        elif kept_segment := _kept(marker, segment):
            kept.append(kept_segment)
        at = end
    return b"".join(kept)


def _kept(marker: int, segment: bytes) -> bytes:
    """What of a *segment* before the pixels stays."""
    said = segment[4:]
    if marker == _JFIF and said.startswith(b"JFIF\0"):
        return segment[:2] + (_JFIF_BYTES + 2).to_bytes(2, "big") + said[:12] + b"\0\0"
    if marker == _PROFILE and not said.startswith(b"ICC_PROFILE\0"):
        return b""
    if marker in _APPLICATION and marker not in (_PROFILE, _ADOBE):
        return b""
    return b"" if marker == _COMMENT else segment


def _scans(content: bytes) -> bytes:
    """*content* from a scan to the end of the picture, without comments between the scans."""
    kept: list[bytes] = []
    start = at = 0
    while (at := content.find(b"\xff", at)) >= 0 and at + 1 < len(content):
        marker = content[at + 1]
        if marker in _WITHIN_SCAN:
            at += 2
        elif marker == _END:
            return b"".join((*kept, content[start : at + 2]))
        elif marker == 0xFF:
            at += 1
        else:
            kept.append(content[start:at])
            end = at + 2 + int.from_bytes(content[at + 2 : at + 4], "big")
            kept.append(_kept(marker, content[at:end]))
            start = at = max(end, at + 2)
    return b"".join((*kept, content[start:]))
