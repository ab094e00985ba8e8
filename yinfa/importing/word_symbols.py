"""What the letters of Word's symbol faces show, as characters that every face may have."""

from __future__ import annotations

BOX = "□"  # shown for a symbol that no character says
_PRIVATE = 0xF000  # Word keeps symbols as F000 + letter

_WINGDINGS = {
    0x21: "✏", 0x22: "✂", 0x28: "☎", 0x2A: "✉", 0x36: "⌛", 0x46: "☞", 0x4A: "☺", 0x6C: "●",
    0x6E: "■", 0x6F: "□", 0x71: "□", 0x72: "□", 0x73: "◆", 0x74: "◆", 0x75: "◆", 0x76: "❖",
    0x77: "◆", 0x9F: "•", 0xA1: "○", 0xA2: "○", 0xA3: "○", 0xA4: "◎", 0xA7: "■", 0xA8: "□",
    0xAB: "★", 0xB2: "☆", 0xD5: "⌫", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓",
    0xE8: "➔", 0xEF: "⇐", 0xF0: "⇒", 0xF1: "⇑", 0xF2: "⇓", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒",
    0xFE: "☑",
}  # fmt: skip
_WINGDINGS_2 = {
    0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x97: "●", 0x98: "●",
    0x99: "●", 0x9A: "○", 0x9F: "■", 0xA0: "■", 0xA2: "□", 0xA3: "□", 0xA4: "□",
} | {0x6A + n: chr(0x2460 + n - 1) for n in range(1, 11)}  # fmt: skip
_WINGDINGS_3 = {
    0x21: "→", 0x22: "→", 0x66: "←", 0x67: "→", 0x68: "↑", 0x69: "↓", 0x70: "▲", 0x71: "▼",
    0x74: "◀", 0x75: "▶", 0x7D: "▶", 0x84: "◀",
}  # fmt: skip
_WEBDINGS = {0x61: "✓", 0x72: "✗", 0x63: "□", 0x67: "■", 0x6E: "●", 0x31: "□"}
_SYMBOL = dict(
    zip(
        range(0x41, 0x5B),
        "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ",
        strict=True,
    )
) | dict(zip(range(0x61, 0x7B), "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True)) | {
    code: chr(code) for code in range(0x20, 0x41) if code not in (0x22, 0x24, 0x27, 0x2A, 0x2D)
} | {
    0x22: "∀", 0x24: "∃", 0x27: "∍", 0x2A: "∗", 0x2D: "−", 0x40: "≅", 0x5B: "[", 0x5C: "∴",
    0x5D: "]", 0x5E: "⊥", 0x5F: "_", 0x7B: "{", 0x7C: "|", 0x7D: "}", 0x7E: "∼", 0xA2: "′",
    0xA3: "≤", 0xA4: "⁄", 0xA5: "∞", 0xA6: "ƒ", 0xA7: "♣", 0xA8: "♦", 0xA9: "♥", 0xAA: "♠",
    0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±", 0xB2: "″",
    0xB3: "≥", 0xB4: "×", 0xB5: "∝", 0xB6: "∂", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBA: "≡",
    0xBB: "≈", 0xBC: "…", 0xC5: "⊕", 0xC6: "∅", 0xC7: "∩", 0xC8: "∪", 0xC9: "⊃", 0xCA: "⊇",
    0xCC: "⊂", 0xCD: "⊆", 0xCE: "∈", 0xCF: "∉", 0xD0: "∠", 0xD1: "∇", 0xD5: "∏", 0xD6: "√",
    0xD7: "⋅", 0xD8: "¬", 0xD9: "∧", 0xDA: "∨", 0xDB: "⇔", 0xDC: "⇐", 0xDD: "⇑", 0xDE: "⇒",
    0xDF: "⇓", 0xE5: "∑", 0xF2: "∫",
}  # fmt: skip

_FACES = {
    "wingdings": _WINGDINGS,
    "wingdings 2": _WINGDINGS_2,
    "wingdings 3": _WINGDINGS_3,
    "webdings": _WEBDINGS,
    "symbol": _SYMBOL,
}


def is_symbol_face(face: str) -> bool:
    """Whether the letters of *face* show symbols."""
    return face.lower() in _FACES


def symbol_of(face: str, char: str) -> str:
    """What *char* shows in *face*; a box where nothing usual shows the same.

    >>> symbol_of("Wingdings 2", "R"), symbol_of("Symbol", chr(0xF0B3)), symbol_of("宋体", "甲")
    ('☑', '≥', '甲')
    """
    code = ord(char)
    table = _FACES.get(face.lower())
    if 0xE000 <= code <= 0xF8FF:
        return (table or {}).get(code - _PRIVATE, BOX)
    if table is None:
        return char if char.isprintable() else BOX
    return char if char.isspace() else table.get(code, BOX if code < 0x100 else char)
