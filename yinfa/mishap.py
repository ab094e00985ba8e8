"""What goes wrong in the program itself: one line for people, and a file for its makers.

The file says where in the program it happened, and nothing of the documents: no message of an
exception, no value, no path of the user's.
"""

from __future__ import annotations

import errno
import hashlib
import platform
import re
import tempfile
import traceback
from collections.abc import Iterator
from pathlib import Path

from yinfa import __version__
from yinfa.report import Fault, Finding, Place, system_reason

NAME = "yinfa-故障-{}.txt"
HEAD = "这份文件只记程序出错的位置，没有公文的内容，可以发给程序的作者。"
# What is wrong with the machine, not with the program.
_OF_THE_MACHINE = frozenset(
    {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.EMFILE, errno.ENFILE, errno.ENOMEM}
)
_LAST = re.compile(r"(?:site-packages|python3\.\d+)/(.*)|.*/(yinfa/.*)")
# A frame as a worker hands it on, in words.
_WORKER_FRAME = re.compile(r'^  File "([^"\n]+)", line (\d+), in (.+)$', re.MULTILINE)


class MishapFault(Fault):
    """The program failed where it should not have."""

    exit_code = 3


def mishap(error: BaseException, folder: Path) -> MishapFault:
    """The fault to tell for *error*, whose file now stands in *folder* or where there is room."""
    if isinstance(error, MemoryError):
        hint = "请关闭别的程序再试；文件很大的，拆成几份"
        return MishapFault((Finding(Place(folder), "内存不够，没有做完", hint),))
    if isinstance(error, OSError) and (error.errno in _OF_THE_MACHINE or _is_of_temporaries(error)):
        place = Path(error.filename) if isinstance(error.filename, str) else folder
        hint = "请腾出磁盘空间、改权限再试；临时文件夹在别处的，用环境变量 TMPDIR 指明"
        message = f"没有做完：{system_reason(error)}"
        if _is_of_temporaries(error):
            message = "没有可用的临时文件夹，没有做完"
        return MishapFault((Finding(Place(place), message, hint),))
    text = "\n".join((HEAD, "", *_described(error))) + "\n"
    path = _kept(text, folder)
    where = f"请把文件 {path} 发给程序的作者" if path else "连记录也写不下来，请先腾出磁盘空间再试"
    kind = type(error).__name__
    hint = f"这不是您的错；{where}。换一种写法也许能绕过去"
    return MishapFault((Finding(Place(folder), f"程序自己出了错（{kind}），没有做完", hint),))


def _is_of_temporaries(error: OSError) -> bool:
    """Whether the system has nowhere to put temporary files."""
    return error.filename is None and "temporary" in str(error)


def _described(error: BaseException) -> Iterator[str]:
    """Versions, then each exception from the first cause on, with where it was raised."""
    yield f"yinfa {__version__}，Python {platform.python_version()}，{platform.system()}"
    for one in _causes(error):
        yield ""
        yield f"{type(one).__module__}.{type(one).__qualname__}"
        for file, line, function in _frames(one):
            yield f"  {_shown(file)}:{line} {function}"


def _causes(error: BaseException) -> list[BaseException]:
    found: list[BaseException] = []
    one: BaseException | None = error
    while one is not None and one not in found:
        found.append(one)
        one = one.__cause__ or one.__context__
    return found[::-1]


def _frames(error: BaseException) -> Iterator[tuple[str, int, str]]:
    for frame in traceback.extract_tb(error.__traceback__):
        yield frame.filename, frame.lineno or 0, frame.name
    for file, line, function in _WORKER_FRAME.findall(str(getattr(error, "tb", ""))):
        yield file, int(line), function


def _shown(file: str) -> str:
    """*file* from where its package begins: what stands before it is the user's."""
    match = _LAST.fullmatch(file) or _LAST.search(file)
    return (match[1] or match[2]) if match else Path(file).name


def _kept(text: str, folder: Path) -> Path | None:
    """Where *text* now stands; None where nothing can be written."""
    name = NAME.format(hashlib.sha256(text.encode()).hexdigest()[:8])
    for place in (folder, Path(tempfile.gettempdir())):
        path = place / name
        try:
            path.write_text(text, "utf-8")
        except OSError:
            continue
        return path
    return None
