"""WeasyPrint, imported without what printing lines that are settled never calls.

A plain ``import weasyprint`` takes longer than printing ten pages. Three things make most of that,
and each has its lawful short cut:

- cffi parses the C declarations of Pango anew in every process. They are kept here as cffi itself
  compiles them (its out-of-line ABI mode), in ``yinfa/_pango.py``.
- The fontTools modules for faces without HarfBuzz, variable faces and WOFF2. Placeholders stand in
  for them and import the real module when one is called.
- The style sheet for any HTML there is. The layouts say all there is to say of their own elements.

All of it was settled on the release whose declarations are kept; any other is imported plainly.
"""

from __future__ import annotations

import functools
import hashlib
import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any

DECLARATIONS = Path("text", "ffi.py")  # of WeasyPrint
LATER = ("fontTools.subset", "fontTools.varLib.instancer", "fontTools.ttLib.woff2")


@functools.cache
def weasyprint() -> Any:
    """The module ``weasyprint``, as cheaply as this release of it allows."""
    if "weasyprint" in sys.modules or not is_known():
        return importlib.import_module("weasyprint")
    with _lean():
        return importlib.import_module("weasyprint")


def is_known() -> bool:
    """Whether the declarations kept here are those of the WeasyPrint that is installed."""
    from yinfa._pango import SOURCE

    spec = find_spec("weasyprint")
    if spec is None or spec.origin is None:
        return False
    try:
        source = Path(spec.origin).with_name(DECLARATIONS.parts[0]) / DECLARATIONS.name
        return hashlib.sha256(source.read_bytes()).hexdigest() == SOURCE
    except OSError:
        return False


@contextmanager
def _lean() -> Iterator[None]:
    """While this lasts, modules are imported with the short cuts; afterwards all is as before."""
    from yinfa import _pango

    cffi, tinycss2 = map(importlib.import_module, ("cffi", "tinycss2"))
    declared = ModuleType("cffi")
    declared.FFI = _pango.Declared  # type: ignore[attr-defined]
    placeholders = {name: _Later(name) for name in LATER if name not in sys.modules}
    parse = tinycss2.parse_stylesheet
    sys.modules |= {"cffi": declared, **placeholders}
    tinycss2.parse_stylesheet = _no_rules  # type: ignore[attr-defined]
    try:
        yield
    finally:
        tinycss2.parse_stylesheet = parse  # type: ignore[attr-defined]
        sys.modules["cffi"] = cffi
        for name in placeholders:
            del sys.modules[name]


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
