"""A notice for a thousand departments: copies with numbers, then deliveries into their folders.

The notice has a letterhead with room for the number, and the text of the real document.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Protocol


class Cost(Protocol):
    """What a process took."""

    @property
    def cpu_s(self) -> float: ...
    @property
    def wall_s(self) -> float: ...
    @property
    def peak_mb(self) -> float: ...


Run = Callable[[Path, tuple[str, ...]], Cost]
MANY = 1000
NOTICE = """\
文种: 通知
发文机关: 常州市教育局
份号: 分发
发文字号: 常教〔2009〕12号
标题: 关于印发2009年常州教育党建工作总结的通知
主送: 各辖市、区教育局
成文日期: 2009-12-25
印发机关: 常州市教育局办公室
印发日期: 2009-12-26
正文:
"""
COMMANDS = {  # what is measured, in this order; each finds what the one before has left
    "build": ("build", "notice.yaml", "-o", "notice.pdf"),
    "copies": ("copies", "notice.pdf", "-o", "copies"),
    "send": ("send", "notice.pdf", "-o", "copies", "--yes"),
    "send again": ("send", "notice.pdf", "-o", "copies", "--yes"),
    "status": ("status", "notice.pdf", "-o", "copies"),
    "verify": ("verify", "copies"),
}


def prepare(folder: Path, text: str, many: int) -> None:
    """A notice with that *text* in *folder*, and as *many* departments, each with a folder."""
    (folder / "notice.yaml").write_text(NOTICE + text, "utf-8")
    names = [f"{number:04}" for number in range(1, many + 1)]
    for name in names:
        (folder / "departments" / name).mkdir(parents=True)
    lines = (f"  - {{简称: 第{name}单位, 文件夹: departments/{name}}}\n" for name in names)
    words = f"收件:\n{''.join(lines)}起始份号: 1\n"
    (folder / "distribution.yaml").write_text(words, "utf-8")


def measure(folder: Path, text: str, run: Run) -> tuple[dict[str, Cost], float]:
    """What each command took, and by how much a copy is larger than the notice, in percent.

    Every command runs once, over *MANY* departments; the copies also over a tenth of them.
    """
    costs = {}
    for many in (MANY // 10, MANY):
        place = folder / f"issuing {many}"
        place.mkdir()
        prepare(place, text, many)
        for name, words in COMMANDS.items():
            costs[f"{name} {many}"] = run(place, (sys.executable, "-m", "yinfa.cli", *words))
            if name == "copies" and many < MANY:
                break
    notice = (place / "notice.pdf").stat().st_size
    largest = max(path.stat().st_size for path in place.glob("copies/0*.pdf"))
    return costs, 100 * (largest / notice - 1)


def table(costs: Mapping[str, Cost], growth: float) -> Iterator[str]:
    """The figures, in Markdown, with what the project reaches for."""
    yield f"| 12 页带份号的通知，{MANY} 个单位 | CPU（秒） | 用时（秒） | 内存峰值（MB） |"
    yield "|---|---:|---:|---:|"
    shown = {
        f"copies {MANY // 10}": f"做 {MANY // 10} 份，登记表和校验清单",
        f"copies {MANY}": f"做 {MANY} 份，登记表和校验清单（目标：用时不到 60 秒）",
        f"send {MANY}": f"放进 {MANY} 个文件夹（连同再做一遍各份）",
        f"send again {MANY}": "再运行一次，没有要发的",
        f"status {MANY}": "看发到哪一步",
        f"verify {MANY}": "核对",
    }
    for name, words in shown.items():
        cost = costs[name]
        yield f"| {words} | {cost.cpu_s:.2f} | {cost.wall_s:.2f} | {cost.peak_mb:.0f} |"
    yield ""
    yield f"每份比原件大 {growth:.2f}%（目标：不到 1%）。内存的峰值在排登记表时，随它的行数增加。"
