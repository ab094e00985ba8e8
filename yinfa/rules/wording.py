"""How findings are worded and placed."""

from __future__ import annotations

from yinfa.recognising.paper import Spot
from yinfa.report import Severity
from yinfa.rules.registry import Found

SHOWN = 12  # characters of a line that are enough to find it


def mm(value: float) -> str:
    return f"{value:.1f} mm"


def points(size_mm: float) -> str:
    return f"{size_mm * 72 / 25.4:.1f} 磅"


def quoted(text: str) -> str:
    """The beginning of *text* in brackets, enough to find it on the page."""
    return f"“{text[:SHOWN]}{'…' if len(text) > SHOWN else ''}”"


def at(spot: Spot, message: str, severity: Severity | None = None) -> Found:
    """*message* about *spot*."""
    return Found(message, spot.page, spot.extent, severity)
