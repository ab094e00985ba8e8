"""How OFD writes figures, boxes, colours and text: the basic types of GB/T 33190-2016, 7.3."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from yinfa.reading.paint import Tint

NAMESPACE = "http://www.ofdspec.org/2016"
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
OPAQUE = 255


def number(value: float, places: int = 3) -> str:
    """A length in mm to a thousandth, or a factor finer than that, without needless zeros."""
    text = f"{value:.{places}f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def numbers(values: Iterable[float]) -> str:
    return " ".join(map(number, values))


def factors(values: Iterable[float]) -> str:
    """The figures of a matrix, finer than lengths because lengths are multiplied by them."""
    return " ".join(number(value, 6) for value in values)


def attributes(**named: str | int | None) -> str:
    """The attributes that have a value, each with a space before it."""
    return "".join(
        f" {name}={quoteattr(str(value))}" for name, value in named.items() if value is not None
    )


def element(name: str, content: str = "", **named: str | int | None) -> str:
    """An element of OFD around *content*, which is markup."""
    head = f"ofd:{name}{attributes(**named)}"
    return f"<{head}>{content}</ofd:{name}>" if content else f"<{head}/>"


def said(name: str, text: str) -> str:
    """An element that holds *text*; nothing where there is none."""
    return element(name, escape(text)) if text else ""


def root(name: str, content: str, **named: str | int | None) -> bytes:
    """A whole file."""
    head = f'ofd:{name} xmlns:ofd="{NAMESPACE}"{attributes(**named)}'
    return f"{DECLARATION}<{head}>{content}</ofd:{name}>".encode()


def coloured(name: str, ink: Tint) -> str:
    """A colour in sRGB, 8.3.2; how far it covers what is below is written where it does not."""
    alpha = None if ink.alpha == OPAQUE else ink.alpha
    return element(name, Value=" ".join(map(str, ink.colour)), Alpha=alpha)
