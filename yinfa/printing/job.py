"""A print file handed to a printer through lp, which is told exactly what the file is."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from yinfa.printing.imposing import Printout
from yinfa.printing.paper import PaperSize
from yinfa.printing.sheets import Duplex
from yinfa.publish import write_whole
from yinfa.report import Fault, Finding, Place, SetupFault, system_reason

ANSWER_SECONDS = 30
SHOWN_PAPERS = 8
TITLE_BYTES = 200  # CUPS refuses a job whose name is longer than 255
NOTHING_PRINTED = "一张也没有印"


class PrinterFault(Fault):
    """There is no such printer, it cannot print this, or it did not take the job."""


@dataclass(frozen=True, slots=True)
class Printer:
    """A printer and what it says it can do; None where it does not say."""

    name: str
    papers: tuple[str, ...] | None = None
    duplex: bool | None = None

    def has(self, paper: PaperSize) -> bool:
        """Whether *paper* is among its sizes, as far as it says."""
        names = {paper.value, f"ISO{paper}", f"iso_{paper.lower()}"}
        return self.papers is None or any(
            re.split(r"[.,_](?=[a-zA-Z0-9])", known)[0] in names
            or known.lower().startswith(f"iso_{paper.lower()}_")
            for known in self.papers
        )


def find_printer(path: Path, wanted: str = "") -> Printer:
    """The printer called *wanted*, or the default one; *path* is what is to be printed on it."""
    if shutil.which("lp") is None:
        hint = "请管理员安装 CUPS（Debian：apt-get install cups-client），或用 -o 写成文件另行打印"
        raise SetupFault((Finding(Place(path), "这台机器没有打印命令 lp", hint),))
    known = _ask(path, "lpstat", "-e").split()
    if wanted and wanted not in known:
        hint = f"可用的有：{'、'.join(known)}" if known else "这台机器上没有装打印机"
        raise _fault(path, f"没有叫“{wanted}”的打印机", hint)
    if not known:
        hint = "请先在系统里添加打印机，或用 -o 写成文件另行打印"
        raise _fault(path, "没有找到打印机", hint)
    name = wanted or _default(path)
    if not name:
        hint = f"请用 --printer 写明一台：{'、'.join(known)}"
        raise _fault(path, "没有设默认打印机", hint)
    options = _ask(path, "lpoptions", "-p", name, "-l")
    return Printer(name, _choices(options, "PageSize"), _duplex(_choices(options, "Duplex")))


def refuse_unfit(printer: Printer, printout: Printout) -> None:
    """A fault where *printer* lacks the paper or the duplex unit that *printout* needs."""
    path = printout.original.path
    findings = []
    if printout.paper is None:
        hint = "用 -o 写成文件，交给印厂"
        message = "带裁切线的版面比成品纸大，不能直接送打印机"
        raise _fault(path, message, hint)
    if not printer.has(printout.paper):
        papers = "、".join((printer.papers or ())[:SHOWN_PAPERS])
        hint = f"它有的纸：{papers}；换一台打印机（--printer），或换纸（--paper）"
        findings.append((f"打印机 {printer.name} 没有 {printout.paper} 纸", hint))
    if printer.duplex is False and printout.duplex is not Duplex.NONE:
        hint = "换一台打印机（--printer），或单面打印（--simplex）"
        findings.append((f"打印机 {printer.name} 不能双面打印", hint))
    if findings:
        raise PrinterFault(tuple(Finding(Place(path), *words) for words in findings))


def arguments(printer: str, printout: Printout, copies: int) -> list[str]:
    """What lp is called with, but for the file."""
    options = [
        f"media={printout.paper}",
        f"sides={printout.duplex}",
        "print-scaling=none",
        "collate=true",
    ]
    told = [part for option in options for part in ("-o", option)]
    title = printout.original.title.encode()[:TITLE_BYTES].decode(errors="ignore")
    return ["lp", "-d", printer, "-n", str(copies), "-t", title, *told]


def send(printer: str, printout: Printout, copies: int) -> str:
    """Hand the whole job to *printer*; the number it is known by there."""
    path = printout.original.path
    content = printout.content(copies)
    try:
        folder = tempfile.TemporaryDirectory(prefix="yinfa-")
    except OSError as error:
        hint = f"请腾出临时文件夹的空间；{NOTHING_PRINTED}"
        raise _fault(path, f"临时文件夹不能用：{system_reason(error)}", hint) from None
    with folder:
        file = Path(folder.name) / "print.pdf"
        write_whole(file, content)
        answer = _ask(path, *arguments(printer, printout, copies), str(file))
    found = re.search(r"request id is (\S+)", answer)
    return found[1] if found else ""


def _ask(path: Path, *command: str) -> str:
    """What *command* answers, in English whatever the user's language is."""
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            env={**os.environ, "LC_ALL": "C"},
            timeout=ANSWER_SECONDS,
            check=False,
            stdin=subprocess.DEVNULL,
        )
    except subprocess.TimeoutExpired:
        message = f"打印服务 {ANSWER_SECONDS} 秒没有回应"
        hint = "请检查打印服务器和网络后再试"
        if command[0] == "lp":
            hint = "任务也许已经送到：请先用 lpstat 看队列，再决定要不要重打"
        raise _fault(path, message, hint) from None
    except OSError as error:
        hint = "请管理员检查 CUPS 是否装全（cups-client）"
        raise _fault(
            path, f"打印命令 {command[0]} 运行不了：{system_reason(error)}", hint
        ) from None
    answer = done.stdout.decode("utf-8", "replace")
    if done.returncode and command[0] == "lp":
        reason = " ".join(done.stderr.decode("utf-8", "replace").split())
        message = f"打印机没有接受任务：{reason or f'lp 返回 {done.returncode}'}"
        raise _fault(path, message, f"{NOTHING_PRINTED}；请检查打印机后再试")
    return answer if not done.returncode else ""


def _default(path: Path) -> str:
    found = re.search(r"default destination: (\S+)", _ask(path, "lpstat", "-d"))
    return found[1] if found else ""


def _choices(options: str, key: str) -> tuple[str, ...] | None:
    """The choices of *key* in what lpoptions tells."""
    found = re.search(rf"^{key}/[^:]*:(.*)$", options, re.MULTILINE)
    return tuple(choice.lstrip("*") for choice in found[1].split()) if found else None


def _duplex(choices: Sequence[str] | None) -> bool | None:
    return None if choices is None else any("Tumble" in choice for choice in choices)


def _fault(path: Path, message: str, hint: str) -> PrinterFault:
    return PrinterFault((Finding(Place(path), message, hint),))
