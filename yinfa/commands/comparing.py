"""The words of the command line for versions: compare."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from yinfa.report import Finding, OutputFault, Place


def add_to(commands: Any) -> None:
    """Add this command."""
    description = (
        "比较一份公文的两稿，逐段、逐词列出删了什么、增了什么、移动了什么；表格逐格比较，"
        "数字、日期和发文字号不拆开。文字相同时返回 0，不同时返回 1。"
    )
    command = commands.add_parser("compare", help="比较两稿", description=description)
    kinds = "YAML、本程序排的 PDF（取随带的源文件），或文本、Word、Markdown 文件"
    command.add_argument("old", type=Path, metavar="旧稿", help=kinds)
    command.add_argument("new", type=Path, metavar="新稿", help="同上")
    shape = "样子：text（给人看）或 json（给程序看）"
    command.add_argument(
        "--format", choices=("text", "json"), default="text", metavar="样式", help=shape
    )
    output = "另写一份带修订标记的 Word 文件：全部接受是新稿，全部拒绝是旧稿"
    command.add_argument("-o", "--output", type=Path, metavar="花脸稿.docx", help=output)
    command.set_defaults(call=_compare)


def _compare(options: argparse.Namespace) -> int:
    from yinfa.comparing.told import as_json, as_list
    from yinfa.comparing.versions import compare
    from yinfa.publish import write_whole

    output: Path | None = options.output
    if output and output.suffix.lower() != ".docx":
        hint = "请用 -o 写出以 .docx 结尾的文件名"
        raise OutputFault((Finding(Place(output), "花脸稿是 Word 文件", hint),))
    comparison = compare(options.old, options.new, with_redline=output is not None)
    if output:
        write_whole(output, comparison.redline)
    print(as_json(comparison) if options.format == "json" else as_list(comparison))
    return 1 if comparison.changes else 0
