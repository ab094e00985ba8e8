"""Of a camera's notes (Exif) the one that is needed: which side of the picture is up."""

from __future__ import annotations

from typing import Literal

_MARK = b"Exif\0\0"
_ORIENTATION = 0x0112
_SHORT = 3  # the type of its value
_TURNS = range(1, 9)


def orientation(segment: bytes) -> int:
    """1 to 8 as an Exif *segment* says, which begins after its length; 0 where it does not."""
    if not segment.startswith(_MARK):
        return 0
    tiff = segment[len(_MARK) :]
    order: Literal["little", "big"] = "little" if tiff.startswith(b"II") else "big"
    at = int.from_bytes(tiff[4:8], order)
    for entry in range(int.from_bytes(tiff[at : at + 2], order)):
        tag = tiff[at + 2 + 12 * entry :][:12]
        if int.from_bytes(tag[:2], order) == _ORIENTATION:
            turns = int.from_bytes(tag[8:10], order)
            return turns if turns in _TURNS else 0
    return 0


def orientation_alone(turns: int) -> bytes:
    """A whole segment of a JPEG that says which side is up, and nothing else."""
    entry = b"".join(
        (_ORIENTATION.to_bytes(2, "big"), _SHORT.to_bytes(2, "big"), (1).to_bytes(4, "big"),
         turns.to_bytes(2, "big"), b"\0\0")
    )  # fmt: skip
    tiff = b"MM\0*" + (8).to_bytes(4, "big") + (1).to_bytes(2, "big") + entry + bytes(4)
    said = _MARK + tiff
    return b"\xff\xe1" + (len(said) + 2).to_bytes(2, "big") + said
