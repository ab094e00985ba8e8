"""Valid documents made at random: of all forms and houses, the same again for the same seed."""

from __future__ import annotations

from generating.documents import Case, case, written

__all__ = ["Case", "case", "written"]
