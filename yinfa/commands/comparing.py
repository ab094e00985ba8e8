"""The words of the command line for versions: compare."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any


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
    command.set_defaults(call=_compare)


def _compare(options: argparse.Namespace) -> int:
    from yinfa.comparing.told import as_json, as_list
    from yinfa.comparing.versions import compare

    comparison = compare(options.old, options.new)
    print(as_json(comparison) if options.format == "json" else as_list(comparison))
    return 1 if comparison.changes else 0
