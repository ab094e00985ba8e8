"""The C declarations of WeasyPrint, compiled once on a machine and kept in the user's cache.

cffi parses what a module declares anew in every process, which takes longer than printing a page.
It can write down what it has understood (its out-of-line ABI mode); that is derived from the
WeasyPrint that is installed, so it is made where that is, and named by the digest of all it was
made from: another release makes another file.

The file is read as data, and only if nobody but the user can have written it: folder and file are
the user's own, no link, writable by no one else, and whole by their own checksum. Where nothing can
be kept (a home that is read-only, no home at all) all works as well and takes a little longer.
"""

from __future__ import annotations

import ast
import hashlib
import io
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from yinfa import resources

FORMAT = b"1"
LIMIT = 1 << 20  # bytes; what is kept takes some 25,000


def ffi_class(source: bytes) -> type | None:
    """What may stand for ``cffi.FFI`` while the module *source* is imported.

    None where *source* does not declare in plain calls of ``cdef``; then cffi itself has to read.
    """
    compiled = _compiled(source)
    return None if compiled is None else _declared(compiled)


def _declared(compiled: dict[str, Any]) -> type:
    import _cffi_backend

    class Declared(_cffi_backend.FFI):  # type: ignore[misc]
        """``cffi.FFI`` as it is once it has read the declarations."""

        def __init__(self) -> None:
            super().__init__("_declared", **compiled)

        def cdef(self, *_: object, **__: object) -> None:
            pass

    return Declared


def _compiled(source: bytes) -> dict[str, Any] | None:
    """The arguments of cffi's backend for all that *source* declares, kept or made."""
    import cffi

    made_from = b"\0".join((FORMAT, cffi.__version__.encode(), source))
    name = f"weasyprint-{hashlib.sha256(made_from).hexdigest()}"
    text = _read(name)
    if text is None:
        text = _compile(source)
        if text is None:
            return None
        _keep(name, text)
    compiled: dict[str, Any] = ast.literal_eval(text)
    return compiled


def _compile(source: bytes) -> str | None:
    """What cffi writes down for the declarations in *source*, as a literal."""
    import cffi
    from cffi.recompiler import make_py_source

    calls = [
        node.args[0]
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "cdef"
    ]
    ffi = cffi.FFI()
    for declared in calls:
        if not isinstance(declared, ast.Constant):
            return None
        ffi.cdef(declared.value)
    written = io.StringIO()
    make_py_source(ffi, "_declared", written)
    (call,) = (
        node for node in ast.walk(ast.parse(written.getvalue())) if isinstance(node, ast.Call)
    )
    return repr({word.arg: ast.literal_eval(word.value) for word in call.keywords})


def _read(name: str) -> str | None:
    """What a release carries under *name*, or what is kept and can be trusted."""
    for read in (_carried, _kept):
        with suppress(OSError):
            checksum, _, content = read(name).partition(b"\n")
            if checksum == _checksum(content):
                return content.decode()
    return None


def _carried(name: str) -> bytes:
    return (resources.declarations() / name).read_bytes()  # as trustworthy as the program itself


def _kept(name: str) -> bytes:
    with _folder() as folder:
        handle = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=folder)
        with os.fdopen(handle, "rb") as file:
            if not _is_ours(handle) or not stat.S_ISREG(os.fstat(handle).st_mode):
                raise PermissionError("another may have written this")
            return file.read(LIMIT)


def _keep(name: str, text: str) -> None:
    """*text* stands whole under *name*, or nothing has changed."""
    content = text.encode()
    temporary = f".{name}.{os.getpid()}"
    with suppress(OSError), _folder(made=True) as folder:
        with suppress(FileNotFoundError):
            os.unlink(temporary, dir_fd=folder)  # of a process that died, whose number is ours now
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600, dir_fd=folder)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(_checksum(content) + b"\n" + content)
            os.replace(temporary, name, src_dir_fd=folder, dst_dir_fd=folder)
        except OSError:
            os.unlink(temporary, dir_fd=folder)


def _checksum(content: bytes) -> bytes:
    return hashlib.sha256(content).hexdigest().encode()


@contextmanager
def _folder(*, made: bool = False) -> Iterator[int]:
    """Our folder in the user's cache, open, if it is the user's own; *made* where it is missing.

    It is made only below what is the user's own: root with another's home leaves nothing there.
    """
    if os.name != "posix":
        raise PermissionError("elsewhere nothing tells whose a file is in these terms")
    kept = _cache() / "yinfa" / "declarations"
    if made and not kept.exists():
        standing = next(folder for folder in kept.parents if folder.exists())
        if standing.stat().st_uid == os.geteuid():
            kept.mkdir(0o700, parents=True, exist_ok=True)
    handle = os.open(kept, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        if not _is_ours(handle):
            raise PermissionError("another may have written here")
        yield handle
    finally:
        os.close(handle)


def _cache() -> Path:
    """Where programs keep what can be made again, by the XDG base directory specification."""
    named = Path(os.environ.get("XDG_CACHE_HOME", ""))
    if named.is_absolute():
        return named
    try:
        return Path.home() / ".cache"
    except RuntimeError as error:  # a user without a home
        raise FileNotFoundError("no home") from error


def _is_ours(handle: int) -> bool:
    """Whether what is open here belongs to the user and nobody else may write it."""
    status = os.fstat(handle)
    return status.st_uid == os.geteuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
