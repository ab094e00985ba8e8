"""A notice whose copies get numbers, built once, and distributions to hand it out by."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from archive import NOTICE, made, written

NUMBERED = NOTICE + "密级: 机密★1年\n份号: 分发\n"
PLAIN = "文种: 附件\n附件序号: 2\n标题: 工作总结\n正文: [一段话。]\n"
LETTER = (
    "文种: 函\n发文机关: ×××\n发文字号: ×函〔2012〕1号\n份号: 分发\n标题: 关于××的函\n"
    "正文: [一段话。]\n"
)
HOSTILE = (
    "../../etc/passwd", "a/b\\c", "CON", 'say "hi" <x>', "=1+1", "名" * 200, "Bcc: x@example.com",
    "%s%n", "....", "'; drop table delivery; --",
)  # fmt: skip


@cache
def built(text: str) -> bytes:
    with TemporaryDirectory() as folder:
        return made(written(Path(folder), text)).content


def placed(folder: Path, text: str = NUMBERED, name: str = "通知.pdf") -> Path:
    """The built PDF of *text* in *folder*."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(built(text))
    return path


def distribution(folder: Path, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "distribution.yaml"
    path.write_text(text, "utf-8")
    return path
