"""Declarations are compiled once, kept for the user alone, and never trusted on another's word."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest

from yinfa import resources
from yinfa.rendering import declarations
from yinfa.rendering.declarations import ffi_class
from yinfa.rendering.engine import DECLARING

SOURCE = b"""
ffi = cffi.FFI()
ffi.cdef("typedef struct { int width; int height; } Size;")
ffi.cdef("int area(Size *size);")
"""


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache of the user's own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "yinfa" / "declarations"


@pytest.fixture
def compilations(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """What was compiled while the test ran."""
    compiled: list[bytes] = []
    compile_ = declarations._compile

    def counted(source: bytes) -> str | None:
        compiled.append(source)
        return compile_(source)

    monkeypatch.setattr(declarations, "_compile", counted)
    return compiled


def is_declared(source: bytes = SOURCE) -> bool:
    """Whether what stands for ``cffi.FFI`` knows what *source* declares."""
    ffi = ffi_class(source)
    assert ffi is not None
    return bool(ffi().sizeof("Size") == 8)  # two ints of four bytes


def only_file(cache: Path) -> Path:
    (kept,) = cache.iterdir()
    return kept


def test_they_are_made_once(cache: Path, compilations: list[bytes]) -> None:
    assert is_declared()
    assert is_declared()
    assert compilations == [SOURCE]
    assert cache.stat().st_mode & 0o777 == 0o700
    assert only_file(cache).stat().st_mode & 0o777 == 0o600


def test_a_cache_that_a_group_may_write_has_a_folder_that_it_may_not(
    cache: Path, compilations: list[bytes]
) -> None:
    cache.parent.mkdir(parents=True)
    cache.parent.chmod(0o775)
    assert is_declared()
    assert is_declared()
    assert compilations == [SOURCE]
    assert cache.stat().st_mode & 0o777 == 0o700


def test_another_release_makes_another_file(cache: Path, compilations: list[bytes]) -> None:
    later = SOURCE + b"# of another release\n"
    for source in (SOURCE, later, SOURCE):
        assert is_declared(source)
    assert compilations == [SOURCE, later]
    assert len(list(cache.iterdir())) == 2


def test_another_cffi_makes_another_file(
    cache: Path, compilations: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert is_declared()
    for module in ("cffi", "_cffi_backend"):
        monkeypatch.setattr(f"{module}.__version__", "0")
    assert is_declared()
    assert len(compilations) == len(list(cache.iterdir())) == 2


def test_what_is_computed_is_left_to_cffi(cache: Path) -> None:
    assert ffi_class(b"ffi.cdef('int ' + 'area(void);')") is None
    assert not cache.exists()


def test_the_release_installed_declares_in_plain_calls(cache: Path) -> None:
    spec = find_spec("weasyprint")
    assert spec is not None and spec.origin is not None
    ffi = ffi_class((Path(spec.origin).parent / DECLARING).read_bytes())
    assert ffi is not None
    assert ffi().sizeof("PangoRectangle") == 16  # four ints


def test_a_release_carries_its_own(
    cache: Path, compilations: list[bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert is_declared()
    cache.rename(tmp_path / "carried")
    monkeypatch.setattr(resources, "declarations", lambda: tmp_path / "carried")
    assert is_declared()
    assert compilations == [SOURCE]
    assert not cache.exists()


def written_by_all(cache: Path) -> None:
    only_file(cache).chmod(0o602)


def written_by_the_group(cache: Path) -> None:
    cache.chmod(0o770)


def changed(cache: Path) -> None:
    kept = only_file(cache)
    kept.write_bytes(kept.read_bytes().replace(b"height", b"weight"))


def torn(cache: Path) -> None:
    kept = only_file(cache)
    kept.write_bytes(kept.read_bytes()[:-1])


def linked(cache: Path) -> None:
    kept = only_file(cache)
    elsewhere = kept.rename(cache.parent / "elsewhere")
    kept.symlink_to(elsewhere)


def linked_whole(cache: Path) -> None:
    cache.symlink_to(cache.rename(cache.parent / "elsewhere"))


def piped(cache: Path) -> None:
    kept = only_file(cache)
    kept.unlink()
    os.mkfifo(kept)


@pytest.mark.parametrize(
    "spoil",
    [written_by_all, written_by_the_group, changed, torn, linked, linked_whole, piped],
)
def test_what_another_may_have_written_is_made_anew(
    spoil: Callable[[Path], None], cache: Path, compilations: list[bytes]
) -> None:
    assert is_declared()
    spoil(cache)
    assert is_declared()
    assert compilations == [SOURCE, SOURCE]


def test_what_is_another_users_is_neither_trusted_nor_touched(
    cache: Path, compilations: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert is_declared()
    kept = only_file(cache)
    before = kept.stat().st_mtime_ns, kept.read_bytes()
    another = os.geteuid() + 1
    monkeypatch.setattr(os, "geteuid", lambda: another)
    assert is_declared()
    assert compilations == [SOURCE, SOURCE]
    assert (kept.stat().st_mtime_ns, kept.read_bytes()) == before
    assert only_file(cache) == kept


def test_nothing_is_left_in_the_home_of_another(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    another = os.geteuid() + 1
    monkeypatch.setattr(os, "geteuid", lambda: another)
    assert is_declared()
    assert not cache.parent.exists()


def test_where_nothing_can_be_kept_all_works(
    tmp_path: Path, compilations: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))  # as little use as a full disk
    assert is_declared()
    monkeypatch.setattr(os, "open", refuse)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert is_declared()
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")  # the specification has it ignored
    monkeypatch.setattr(Path, "home", homeless)
    assert is_declared()
    assert len(compilations) == 3
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["file"]


def refuse(*_: object, **__: object) -> int:
    raise OSError(30, "Read-only file system")


def homeless() -> Path:
    raise RuntimeError("Could not determine home directory.")


def test_a_disk_that_is_full_keeps_nothing(
    cache: Path, compilations: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "replace", refuse)
    assert is_declared()
    assert not list(cache.iterdir())


def test_two_at_once_keep_one_whole_file(cache: Path, compilations: list[bytes]) -> None:
    script = f"from yinfa.rendering.declarations import ffi_class; assert ffi_class({SOURCE!r})"
    command = (sys.executable, "-c", script)
    running = [subprocess.Popen(command) for _ in range(4)]
    assert [process.wait() for process in running] == [0, 0, 0, 0]
    assert only_file(cache)
    assert is_declared()
    assert compilations == []
