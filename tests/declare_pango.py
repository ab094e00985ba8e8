"""Write yinfa/_pango.py anew: ``python -m tests.declare_pango``, after a new WeasyPrint."""

import hashlib
import re
import tempfile
from importlib.util import find_spec
from pathlib import Path

import cffi

TARGET = Path(__file__).resolve().parents[1] / "yinfa" / "_pango.py"
HEAD = '''\
# ruff: noqa
# mypy: ignore-errors
# The C declarations of WeasyPrint's text/ffi.py (BSD-3-Clause), compiled by cffi.
# Written by tests/declare_pango.py; see yinfa/engine.py for what it is good for.
import _cffi_backend

SOURCE = "{digest}"


class Declared(_cffi_backend.FFI):
    """What cffi.FFI is once it has read the declarations."""

    def __init__(self):
        super().__init__("_pango", **COMPILED)

    def cdef(self, source):
        pass


COMPILED = dict(
'''


def compiled() -> str:
    """The module's text, for the WeasyPrint that is installed."""
    spec = find_spec("weasyprint")
    assert spec is not None
    assert spec.origin is not None
    source = Path(spec.origin).with_name("text") / "ffi.py"
    text = source.read_text("utf-8")
    (declarations,) = re.findall(r"ffi\.cdef\('''(.*?)'''\)", text, re.DOTALL)
    ffi = cffi.FFI()
    ffi.cdef(declarations)
    ffi.set_source("_pango", None)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "_pango.py")
        ffi.emit_python_code(str(path))
        _, _, body = path.read_text("utf-8").partition("FFI('_pango',\n")
    digest = hashlib.sha256(source.read_bytes()).hexdigest()
    return HEAD.format(digest=digest) + body


if __name__ == "__main__":
    TARGET.write_text(compiled(), "utf-8")
