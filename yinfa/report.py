"""What is said to people: findings with their place, and the faults that end a run."""

from __future__ import annotations

import errno
import re
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

# Controls, separators of lines, and what turns the direction of text.
_UNRULY = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


class Severity(StrEnum):
    """How much a finding weighs; the word is the one people read."""

    ERROR = "错误"
    WARNING = "警告"
    NOTE = "提示"

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return tuple(Severity).index(self)


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands: a file, then line and column of text, or a page of a PDF; from 1."""

    path: Path
    line: int = 0
    column: int = 0
    page: int = 0

    def __str__(self) -> str:
        where = [one_line(str(self.path))]
        if self.page:
            where.append(f"第{self.page}页")
        elif self.line:
            where += [str(self.line), str(self.column)] if self.column else [str(self.line)]
        return ":".join(where)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to tell: where, what is wrong and by how much, and what to do next."""

    place: Place
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR
    rule: str = ""  # ID of the requirement, such as PN-04, where there is one
    clause: str = ""  # clause of GB/T 9704-2012 or of a companion standard

    def __str__(self) -> str:
        head = f"[{self.rule}] " if self.rule else ""
        tail = f"\n    提示：{self.hint}" if self.hint else ""
        return f"{self.place}: {head}{self.message}{tail}"


class Tally(NamedTuple):
    """How many findings of each severity a check came to."""

    errors: int
    warnings: int
    notes: int

    def __str__(self) -> str:
        counts = zip(Severity, self, strict=True)
        return "，".join(f"{severity} {count} 处" for severity, count in counts)


@dataclass
class Fault(Exception):
    """Something the user can mend; the command line prints its findings and exits with its code."""

    findings: tuple[Finding, ...] = field(default_factory=tuple)
    exit_code = 2

    def __str__(self) -> str:
        return "\n".join(str(finding) for finding in self.findings)


class SourceFault(Fault):
    """The source, or a file it names, cannot be understood or breaks a rule of its form."""


class FaceFault(Fault):
    """A face is missing or damaged, or no face has a character."""


class OutputFault(Fault):
    """The product cannot be written where it should go."""


class ReadingFault(Fault):
    """A PDF cannot be opened or read: no PDF, empty, damaged, encrypted."""


class DeliveryFault(Fault):
    """Sending may not begin, or cannot go on."""


class SetupFault(Fault):
    """The machine lacks something the work needs."""


def unreadable(path: Path, message: str, hint: str, page: int = 0) -> ReadingFault:
    """The fault of a file at *path* that cannot serve as what it is taken for."""
    return ReadingFault((Finding(Place(path, page=page), message, hint),))


_SYSTEM = {
    "E2BIG": "参数太长", "EACCES": "没有权限", "EADDRNOTAVAIL": "这个地址不能用",
    "EAGAIN": "暂时不能用，请稍后再试", "EBADF": "文件已经关闭", "EBUSY": "正被别的程序使用",
    "ECONNABORTED": "连接中断", "ECONNREFUSED": "对方不接受连接", "ECONNRESET": "对方断开了连接",
    "EDQUOT": "超出了磁盘配额", "EEXIST": "已有同名的文件", "EFBIG": "文件超过了系统许可的大小",
    "EHOSTUNREACH": "网络不通", "EINVAL": "系统不接受", "EIO": "磁盘读写出错",
    "EISDIR": "那里是一个文件夹", "ELOOP": "符号链接绕成了圈", "EMFILE": "打开的文件太多",
    "EMLINK": "链接太多", "ENAMETOOLONG": "文件名太长", "ENETDOWN": "网络不通",
    "ENETUNREACH": "网络不通", "ENFILE": "系统打开的文件太多",
    "ENODEV": "那里是设备或管道，不是文件", "ENOENT": "没有这个文件或文件夹",
    "ENOEXEC": "不能运行", "ENOMEM": "内存不够",
    "ENOSPC": "磁盘已满", "ENOTDIR": "路径中有一段不是文件夹", "ENOTEMPTY": "文件夹不是空的",
    "ENXIO": "那里是设备或管道，不是文件", "EPERM": "没有权限", "EPIPE": "对方不再接收",
    "EROFS": "磁盘是只读的", "ESTALE": "网络文件夹已经断开", "ETIMEDOUT": "超过了等待的时间",
    "ETXTBSY": "正被别的程序使用", "EXDEV": "不在同一个磁盘上",
}  # fmt: skip


def system_reason(error: OSError) -> str:
    """What the system means by *error*, in Chinese."""
    name = errno.errorcode.get(error.errno or 0, "")
    return _SYSTEM.get(name, f"系统错误 {name}" if name else "系统拒绝了")


def one_line(text: str) -> str:
    """*text* from a file of others as it may be shown: nothing in it moves a cursor."""
    return _UNRULY.sub("", text)
