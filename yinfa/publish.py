"""The finished PDF lands where the office looks for it, whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import functools
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from yinfa.model import Document
from yinfa.report import Finding, OutputFault, Place, system_reason
from yinfa.workspace import take

PART = ".yinfa-"  # begins the names of files that are being written
NAME_BYTES = 200  # file systems take 255; room for .pdf, copies and a cloud folder's additions
_REFUSED = str.maketrans('/\\:*?"<>|', "／＼：＊？＂＜＞｜") | dict.fromkeys((*range(0x20), 0x7F))


def file_name(document: Document) -> str:
    """Label and title as an office would name the file: 附件2 2009年常州教育党建工作总结.pdf."""
    return pdf_name(" ".join(filter(None, (document.label, str(document.title)))))


def pdf_name(title: str) -> str:
    """*title* as the name of a PDF that every file system takes."""
    name = title.translate(_REFUSED).strip(" .") or "公文"
    encoded = name.encode()[:NAME_BYTES]
    return encoded.decode(errors="ignore").strip(" .") + ".pdf"


def write_whole(path: Path, content: bytes) -> None:
    """*content* stands at *path*, or what stood there before stands there still."""
    with writing_whole(path) as file:
        file.write(content)


@contextlib.contextmanager
def writing_whole(path: Path) -> Iterator[BinaryIO]:
    """A file that stands at *path* once it is written; until then what stood there before."""
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            raise OSError(errno.ENODEV, "")  # a device would be gone, and a file in its place
        path.parent.mkdir(parents=True, exist_ok=True)
        _clear(path.parent.resolve())
        handle, name = _part(path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
                Path(name).chmod(0o666 & ~_umask())
                Path(name).replace(path)  # while it is locked: nobody takes it for left behind
        except BaseException:
            with contextlib.suppress(OSError):
                Path(name).unlink()
            raise
    except OSError as error:
        raise OutputFault((_cannot_write(path, error),)) from error


def _part(folder: Path) -> tuple[int, str]:
    """An open file in *folder*, locked for as long as we live, and its name."""
    while True:
        handle, name = tempfile.mkstemp(prefix=PART, suffix=".part", dir=folder)
        take(handle)
        if os.fstat(handle).st_nlink:  # nobody took it for left behind before it was locked
            return handle, name
        os.close(handle)


@functools.cache
def _clear(folder: Path) -> None:
    """Once a run, take away what was left half written in *folder* by one that died."""
    for path in folder.glob(f"{PART}*.part"):
        with contextlib.suppress(OSError):
            handle = os.open(path, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC)
            try:
                if take(handle):
                    path.unlink()
            finally:
                os.close(handle)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _cannot_write(path: Path, error: OSError) -> Finding:
    return Finding(
        Place(path),
        f"不能写入文件：{why_not_written(error)}",
        "换一个可以写入的位置（-o），或腾出空间、改权限后再试",
    )


def why_not_written(error: OSError) -> str:
    """What the system means that refuses to write."""
    return {
        "EACCES": "没有写入权限",
        "EPERM": "没有写入权限",
        "EEXIST": "路径中有一段不是文件夹",
        "ENOENT": "没有这个文件夹",
    }.get(errno.errorcode.get(error.errno or 0, ""), system_reason(error))
