"""How much time and memory `yinfa build` takes, beside Typst on the same text and faces.

    python -m bench.speed [--rounds 5] [--date 2026-01-31]

Every case runs in a process of its own, once a round, all cases before the next round, so that a
busy machine slows all of them alike; the table shows medians. What issuing takes for a thousand
departments is measured once. CPU is user + system of the process and its children. The table goes
to docs/性能.md, from a clean commit only.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from bench import checking, issuing
from bench.book import write_book
from bench.print_matter import PAGES, long_paper, scanned_book
from bench.typst_side import typst_markup

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "source" / "附件2.yaml"
REPORT = ROOT / "docs" / "性能.md"
TIMES = (1, 4, 16)
LONG_TIMES = 21  # what comes to 200 pages
BOOK_TIMES = 2  # of each paper in a bundle of 200 pages
LIMIT = ("timeout", "--kill-after=5", "120")  # a run that hangs is a failure, not a long wait
IMPORTS = ("yinfa.cli", "yinfa.recipe", "yinfa.check", "weasyprint", "pypdf", "jinja2", "yaml")
TYPST = (
    "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2],"
    " font_paths=[sys.argv[3]], ignore_system_fonts=True)"
)


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process and its children took; *peak_mb* is that of the largest of them."""

    cpu_s: float
    wall_s: float
    peak_mb: float


@dataclass(frozen=True, slots=True)
class Case:
    """A command to measure in a folder; what stood in build/ before counts only if *kept*."""

    name: str
    folder: Path
    words: tuple[str, ...]
    kept: bool = False


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    words.add_argument("--rounds", type=int, default=5)
    words.add_argument("--date", help="the date that the table carries; default: the commit's")
    options = words.parse_args()
    with tempfile.TemporaryDirectory(prefix="yinfa-bench-") as folder:
        cases = prepare(Path(folder))
        costs = measure(cases, options.rounds, progress)
        costs["check 1000"] = run_in(Path(folder) / "printing", checking.command(checking.THOUSAND))
        once = issuing.measure(Path(folder), text(), run_in)
    table = "\n".join([*tables(costs), "", *issuing.table(*once)])
    print(table)
    if dirty := git("status", "--porcelain", "--", ".", f":!{REPORT.relative_to(ROOT)}"):
        print(f"\n有未提交的改动，不写 {REPORT.relative_to(ROOT)}：", file=sys.stderr)
        print(dirty, file=sys.stderr)
        return 0
    date = options.date or git("show", "-s", "--format=%cs")
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(page(table, date, options.rounds), "utf-8")
    print(f"\n已写入 {REPORT.relative_to(ROOT)}")
    return 0


def prepare(folder: Path) -> list[Case]:
    """The cases, their sources written below *folder*."""
    yinfa = (sys.executable, "-m", "yinfa.cli", "build")
    cases = []
    for times in TIMES:
        name = f"{times}x.yaml"
        place = folder / f"{times}x"
        place.mkdir()
        (place / name).write_text(repeated(times), "utf-8")
        (place / "typst.typ").write_text(typst_markup(place / name), "utf-8")
        cases.append(Case(f"yinfa {times}", place, (*yinfa, name)))
        typst = (sys.executable, "-c", TYPST, "typst.typ", "typst.pdf", str(ROOT / "fonts"))
        cases.append(Case(f"typst {times}", place, typst))
    pair = folder / "pair"
    pair.mkdir()
    (pair / "first.yaml").write_text(repeated(1), "utf-8")
    second = repeated(1).replace("附件序号: 2", "附件序号: 3", 1)
    (pair / "second.yaml").write_text(second, "utf-8")
    cases.append(Case("two documents", pair, (*yinfa, "first.yaml", "second.yaml")))
    fresh = folder / "fresh"
    shutil.copytree(folder / "1x", fresh)
    run(Case("", fresh, (*yinfa, "1x.yaml")))
    cases.append(Case("unchanged", fresh, (*yinfa, "1x.yaml"), kept=True))
    printing = folder / "printing"
    printing.mkdir()
    (printing / "long.yaml").write_text(repeated(LONG_TIMES), "utf-8")
    long_paper(printing / "long.yaml", printing / "long.pdf")
    scanned_book(printing / "scans.pdf")
    booklet = (sys.executable, "-m", "yinfa.cli", "booklet")
    cases.append(Case("booklet", printing, (*booklet, "long.pdf")))
    cases.append(Case("scanned booklet", printing, (*booklet, "scans.pdf")))
    checking.write_papers(printing / "long.pdf", printing)
    cases += [
        Case(f"check {pages}", printing, checking.command(pages))
        for pages in (checking.TEN, checking.HUNDRED)
    ]
    write_book(folder / "book", repeated(BOOK_TIMES))
    book = (sys.executable, "-m", "bench.book")
    cases.append(Case("book", folder / "book", book))
    cases.append(Case("book rendered", folder / "book", (*book, "rendered")))
    cases.append(Case("python", folder, (sys.executable, "-c", "pass")))
    cases += [
        Case(f"import {name}", folder, (sys.executable, "-c", f"import {name}")) for name in IMPORTS
    ]
    return cases


def repeated(times: int) -> str:
    """The real document with its text *times* over."""
    return SOURCE.read_text("utf-8").removesuffix(text()) + text() * times


def text() -> str:
    """The text of the real document, as it stands in its source."""
    return SOURCE.read_text("utf-8").partition("\n正文:\n")[2]


def measure(
    cases: list[Case], rounds: int, tell: Callable[[int, int, str], None]
) -> dict[str, Cost]:
    """The median cost of each case over *rounds* interleaved rounds."""
    costs: dict[str, list[Cost]] = {case.name: [] for case in cases}
    for number in range(rounds):
        for case in cases:
            tell(number + 1, rounds, case.name)
            costs[case.name].append(run(case))
    return {name: median(several) for name, several in costs.items()}


def median(costs: list[Cost]) -> Cost:
    return Cost(
        statistics.median(cost.cpu_s for cost in costs),
        statistics.median(cost.wall_s for cost in costs),
        statistics.median(cost.peak_mb for cost in costs),
    )


def run_in(folder: Path, words: tuple[str, ...]) -> Cost:
    """What a run of *words* in *folder* costs."""
    return run(Case(" ".join(words[2:4]), folder, words, kept=True))


def run(case: Case) -> Cost:
    """What one run of *case* costs; a run that fails ends the measurement with its words."""
    if not case.kept:
        shutil.rmtree(case.folder / "build", ignore_errors=True)
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with tempfile.TemporaryFile() as words:
        started = time.perf_counter()
        process = subprocess.Popen(
            (*LIMIT, *case.words), cwd=case.folder, env=environment, stdout=words, stderr=words
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall_s = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            words.seek(0)
            told = words.read().decode()
            sys.exit(f"{case.name}：没有做完（退出码 {process.returncode}）\n{told}")
    return Cost(usage.ru_utime + usage.ru_stime, wall_s, usage.ru_maxrss / 1024)


def progress(number: int, rounds: int, name: str) -> None:
    if sys.stderr.isatty():
        print(f"\r第 {number}/{rounds} 轮：{name:<24}", end="", file=sys.stderr, flush=True)


def tables(costs: dict[str, Cost]) -> list[str]:
    """The figures, in Markdown, with what the project reaches for."""
    lines = [
        "| 正文 | yinfa CPU（秒） | yinfa 用时（秒） | yinfa 内存（MB） "
        "| Typst CPU（秒） | Typst 用时（秒） | Typst 内存（MB） | CPU 之比 |",
        "|---|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for times in TIMES:
        ours, theirs = costs[f"yinfa {times}"], costs[f"typst {times}"]
        cells = [
            f"{times} 倍",
            *(f"{ours.cpu_s:.2f}", f"{ours.wall_s:.2f}", f"{ours.peak_mb:.0f}"),
            *(f"{theirs.cpu_s:.2f}", f"{theirs.wall_s:.2f}", f"{theirs.peak_mb:.0f}"),
            f"{ours.cpu_s / theirs.cpu_s:.1f}",
        ]
        lines.append(f"| {' | '.join(cells)} |")
    one, two, fresh = costs["yinfa 1"], costs["two documents"], costs["unchanged"]
    sixteen = costs["yinfa 16"]
    ratio = one.cpu_s / costs["typst 1"].cpu_s
    lines += [
        "",
        "| 项目 | 实测 | 目标 |",
        "|---|---:|---:|",
        f"| 一件文件，从头排起，CPU | {one.cpu_s:.2f} 秒 | 1.0 秒，不超过 1.3 秒 |",
        f"| 同上，与 Typst 之比 | {ratio:.1f} 倍 | 不超过 13 倍 |",
        f"| 同一次运行中多排一件，CPU | {two.cpu_s - one.cpu_s:.2f} 秒 | 不到 0.35 秒 |",
        f"| 同上，用时 | {two.wall_s - one.wall_s:.2f} 秒 | |",
        f"| 16 倍正文与 1 倍正文用时之比 | {sixteen.wall_s / one.wall_s:.1f} 倍 | 不超过 6 倍 |",
        f"| 16 倍正文，内存峰值 | {sixteen.peak_mb:.0f} MB | 不到 300 MB |",
        f"| 没有变化时再运行一次，用时 | {fresh.wall_s:.2f} 秒 | 不到 0.15 秒 |",
        "",
        f"| {PAGES} 页 PDF 拼成 A3 小册子 | CPU（秒） | 用时（秒，目标不到 3） | 内存峰值（MB） |",
        "|---|---:|---:|---:|",
        f"| 本程序排的 | {figures(costs['booklet'])} |",
        f"| 每页一幅 150 dpi 扫描图，约 100 MB | {figures(costs['scanned booklet'])} |",
        "",
        f"| {PAGES} 页的会议材料汇编 | CPU（秒） | 用时（秒） | 内存峰值（MB，目标不到 400） |",
        "|---|---:|---:|---:|",
        f"| 从头排起 | {figures(costs['book'])} |",
        f"| 其中渲染以后（目标用时不到 6 秒） | {finishing(costs)} |",
        "",
        "| 检查一份 PDF（连同启动） | CPU（秒） | 用时（秒） | 内存峰值（MB） |",
        "|---|---:|---:|---:|",
        f"| 10 页（目标 CPU 扣除启动不到 0.6 秒，实测 {checked_s(costs, 10):.2f} 秒） "
        f"| {figures(costs['check 10'])} |",
        f"| 100 页（目标 CPU 不到 6 秒） | {figures(costs['check 100'])} |",
        f"| 1000 页（只运行一次） | {figures(costs['check 1000'])} |",
        "",
        "| 导入（扣除 Python 本身） | CPU（秒） |",
        "|---|---:|",
    ]
    bare_s = costs["python"].cpu_s
    lines += [f"| `{name}` | {costs[f'import {name}'].cpu_s - bare_s:.2f} |" for name in IMPORTS]
    return [*lines, f"| Python 本身 | {bare_s:.2f} |"]


def figures(cost: Cost) -> str:
    return f"{cost.cpu_s:.2f} | {cost.wall_s:.2f} | {cost.peak_mb:.0f}"


def checked_s(costs: dict[str, Cost], pages: int) -> float:
    """The CPU time of a check without that of starting Python and the rules."""
    return costs[f"check {pages}"].cpu_s - costs["import yinfa.check"].cpu_s


def finishing(costs: dict[str, Cost]) -> str:
    """What a bundle takes once it is rendered."""
    whole, rendered = costs["book"], costs["book rendered"]
    return f"{whole.cpu_s - rendered.cpu_s:.2f} | {whole.wall_s - rendered.wall_s:.2f} | "


def page(table: str, date: str, rounds: int) -> str:
    """docs/性能.md."""
    packages = "，".join(f"{name} {version(name)}" for name in ("weasyprint", "pypdf", "typst"))
    return f"""# 性能

本页由 `make bench` 生成，不要手改。

- 日期：{date}；提交：{git("rev-parse", "--short=12", "HEAD")}
- 机器：{processor()}，{os.cpu_count()} 核；{platform.system()} {platform.machine()}，\
Python {platform.python_version()}
- 软件包：{packages}
- 文件：`source/附件2.yaml`；4 倍、16 倍是把它的正文重复 4 遍、16 遍
- 量法：每项各在单独的进程里运行，所有项轮流运行 {rounds} 轮，取中位数，\
分发的各项只运行一次；CPU 是进程和子进程的用户时间加系统时间；文件已在系统缓存里
- Typst 只读 `fonts/` 里的字体，排同样的正文、版心、层次字体和页码；\
它不做本项目的标点挤压、避孤行和检查

{table}
"""


def processor() -> str:
    for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines():
        if line.startswith("model name"):
            return " ".join(line.partition(":")[2].split())
    return platform.processor() or "处理器不详"


def git(*words: str) -> str:
    done = subprocess.run(
        ("git", *words), cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=True
    )
    return done.stdout.rstrip("\n")


if __name__ == "__main__":
    sys.exit(main())
