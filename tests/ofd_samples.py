"""OFD packages taken apart, spoilt in one place and put together again."""

from __future__ import annotations

import random
import re
import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO

FIGURE = re.compile(rb'(?<=[" ])-?\d+\.?\d*(?=[" ])')
SENSELESS = (b"", b"0", b"-1", b"1e308", b"nan", b"inf", b"x", b"99999999999", b"0x10", b"1 2 3")
WORD = re.compile(rb"ofd:[A-Z][A-Za-z]+")


def unpacked(content: bytes) -> dict[str, bytes]:
    """The parts of a package by their names."""
    with zipfile.ZipFile(BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed_again(parts: Mapping[str, bytes]) -> bytes:
    """A package of *parts*."""
    whole = BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return whole.getvalue()


def mutated(content: bytes, seed: int) -> bytes:
    """*content* with one kind of damage, another for every seed."""
    chance = random.Random(seed)
    parts = unpacked(content)
    name = chance.choice([part for part in parts if part.endswith(".xml")])
    spoilt: Callable[[bytes, random.Random], bytes] = chance.choice(
        (_flipped, _cut, _figures, _renamed, _doubled)
    )
    if seed % 5 == 0:
        return _flipped(content, chance) if seed % 2 else _cut(content, chance)
    if seed % 7 == 0:
        fonts = [part for part in parts if part.endswith(".ttf")]
        parts[chance.choice(fonts)] = _flipped(parts[fonts[0]], chance)
    elif seed % 11 == 0:
        del parts[chance.choice(list(parts))]
    else:
        parts[name] = spoilt(parts[name], chance)
    return packed_again(parts)


def _flipped(content: bytes, chance: random.Random) -> bytes:
    data = bytearray(content)
    for _ in range(chance.choice((1, 5, 50))):
        data[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(data)


def _cut(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content))]


def _figures(content: bytes, chance: random.Random) -> bytes:
    figures = list(FIGURE.finditer(content))
    wanted = chance.sample(figures, min(3, len(figures)))
    for found in sorted(wanted, key=lambda found: -found.start()):
        senseless = chance.choice(SENSELESS)
        content = content[: found.start()] + senseless + content[found.end() :]
    return content


def _renamed(content: bytes, chance: random.Random) -> bytes:
    found = chance.choice(WORD.findall(content) or [b"ofd:Page"])
    return content.replace(found, chance.choice((b"ofd:PageBlock", b"ofd:Area", b"Other")))


def _doubled(content: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(content))
    return content[:at] + content[at : at + 400] + content[at:]
