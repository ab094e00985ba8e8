"""WeasyPrint, imported without what printing lines that are settled never calls.

A plain ``import weasyprint`` takes longer than printing ten pages. Three things make most of that,
and each has its lawful short cut:

- cffi parses the C declarations of Pango anew in every process; `declarations` keeps them compiled.
- The fontTools modules for faces without HarfBuzz, variable faces and WOFF2. Placeholders stand in
  for them and import the real module when one is called.
- The style sheet for any HTML there is. The layouts say all there is to say of their own elements.
"""

from __future__ import annotations

import functools
import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any

from yinfa.rendering.declarations import ffi_class

DECLARING = Path("text", "ffi.py")  # of WeasyPrint
LATER = ("fontTools.subset", "fontTools.varLib.instancer", "fontTools.ttLib.woff2")


@functools.cache
def weasyprint() -> Any:
    """The module ``weasyprint``, as cheaply as it can be had; where it is loaded, as it is."""
    if "weasyprint" in sys.modules:
        return importlib.import_module("weasyprint")
    with _lean():
        return importlib.import_module("weasyprint")


@contextmanager
def _lean() -> Iterator[None]:
    """While this lasts, modules are imported with the short cuts; afterwards all is as before."""
    cffi, tinycss2 = map(importlib.import_module, ("cffi", "tinycss2"))
    stand_ins: dict[str, ModuleType] = {
        name: _Later(name) for name in LATER if name not in sys.modules
    }
    ffi = _declared()
    if ffi is not None:
        stand_ins["cffi"] = ModuleType("cffi")
        stand_ins["cffi"].FFI = ffi  # type: ignore[attr-defined]
    parse = tinycss2.parse_stylesheet
    sys.modules |= stand_ins
    tinycss2.parse_stylesheet = _no_rules  # type: ignore[attr-defined]
    try:
        yield
    finally:
        tinycss2.parse_stylesheet = parse  # type: ignore[attr-defined]
        for name in stand_ins:
            del sys.modules[name]
        sys.modules["cffi"] = cffi


def _declared() -> type | None:
    """``cffi.FFI`` with the declarations of the WeasyPrint that is installed, already read."""
    spec = find_spec("weasyprint")
    if spec is None or spec.origin is None:
        return None
    with suppress(OSError):
        return ffi_class((Path(spec.origin).parent / DECLARING).read_bytes())
    return None


def _no_rules(*_: object, **__: object) -> list[object]:
    return []


class _Later(ModuleType):
    """Stands in for a module whose functions are called rarely or never."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)

        def call(*arguments: Any, **named: Any) -> Any:
            return getattr(importlib.import_module(self.__name__), name)(*arguments, **named)

        return call
