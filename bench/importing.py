"""A text of 10 MB and a Word file of 500 pages: what `yinfa import` takes for them.

    python -m bench.importing

Made of invented words with headings, items, tables and looks; each runs in a process of its own.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

TEXT_BYTES = 10_000_000
PAGES, LINES = 500, 22  # 7.3.3
PARAGRAPH = "各单位要按照要求认真组织实施，明确责任分工，加强督促检查，确保各项任务落到实处。" * 3
COMMAND = "import sys; from yinfa.cli import main; sys.exit(main(['import', *sys.argv[1:]]))"
NAME = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def lines() -> Iterator[str]:
    """The lines of a report, without end."""
    yield "关于××工作情况的报告"
    number = 0
    while True:
        number += 1
        yield f"{number % 20 + 1}.落实情况：{PARAGRAPH}"
        yield PARAGRAPH


def write_text(path: Path) -> None:
    """A text of TEXT_BYTES."""
    size, written = 0, []
    for line in lines():
        size += len(line.encode()) + 1
        if size > TEXT_BYTES:
            break
        written.append(line)
    path.write_text("\n".join(written) + "\n", "utf-8")


def write_word(path: Path) -> None:
    """A Word file of PAGES: some words of every paragraph are bold."""
    per_page = LINES * 28 // len(PARAGRAPH)
    body = io.StringIO()
    for line, _ in zip(lines(), range(PAGES * per_page), strict=False):
        body.write(
            f"<w:p><w:r><w:t>{line[:20]}</w:t></w:r><w:r><w:rPr><w:b/></w:rPr>"
            f"<w:t>{line[20:26]}</w:t></w:r><w:r><w:t>{line[26:]}</w:t></w:r></w:p>"
        )
    with zipfile.ZipFile(path, "w") as package:
        package.writestr(
            "word/document.xml",
            f"<w:document {NAME}><w:body>{body.getvalue()}</w:body></w:document>",
        )


def measure(path: Path) -> tuple[float, float]:
    """Seconds of CPU and megabytes at most of one import, in a process of its own."""
    with subprocess.Popen(
        [sys.executable, "-c", COMMAND, str(path)], stdout=subprocess.DEVNULL
    ) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{path.name}: {process.returncode}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        for title, write, file in (
            ("10 MB text", write_text, "文.txt"),
            (f"Word file of {PAGES} pages", write_word, "稿.docx"),
        ):
            path = Path(name) / file
            write(path)
            started = time.monotonic()
            cpu, peak_mb = measure(path)
            wall = time.monotonic() - started
            print(f"{title}: {cpu:.1f} s CPU, {wall:.1f} s, {peak_mb:.0f} MB")


if __name__ == "__main__":
    main()
