"""The words of the command line, in Chinese: commands, their arguments and their help."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NoReturn

_TRANSLATIONS = (
    (r"the following arguments are required: (.*)", r"缺少参数 \1"),
    (r"unrecognized arguments: (.*)", r"不认识的参数 \1"),
    (r"argument (.*): invalid choice: '([^']*)'.*", r"“\2”不是 \1 可用的值"),
    (r"argument (.*): expected one argument", r"\1 后面缺少内容"),
    (r"argument (.*): not allowed with argument (.*)", r"\1 与 \2 不能同时使用"),
    (r"argument (.*): invalid int value: '(.*)'", r"\1 应是整数，写成了“\2”"),
    (r"ambiguous option: (.*) could match (.*)", r"\1 不明确，可能是 \2"),
)


class _Help(argparse.HelpFormatter):
    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """A parser that speaks Chinese."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings, add_help=False, formatter_class=_Help, allow_abbrev=False)
        self._optionals.title = "选项"
        self._positionals.title = "参数"
        self.add_argument("-h", "--help", action="help", help="显示这份说明")

    def error(self, message: str) -> NoReturn:
        for pattern, chinese in _TRANSLATIONS:
            message = re.sub(pattern, chinese, message)
        self.exit(2, f"yinfa：{message}\n    提示：运行 {self.prog} --help 查看用法\n")


def parser() -> Parser:
    """The whole command line; each command carries the call that does it."""
    whole = Parser(prog="yinfa", description="印发：把 YAML 文件排成公文 PDF（GB/T 9704-2012）。")
    whole.add_argument("--version", action="version", version=_version(), help="显示版本")
    commands = whole.add_subparsers(
        title="命令", metavar="命令", required=True, parser_class=Parser
    )
    _add_build(commands)
    return whole


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return f"yinfa {version('yinfa')}"
    except PackageNotFoundError:
        return "yinfa"


def _add_build(commands: Any) -> None:
    build = commands.add_parser("build", help="生成 PDF", description="把 YAML 文件排成 PDF。")
    sources = "要排的文件；不写则排 source/ 下的全部"
    build.add_argument("files", nargs="*", type=Path, metavar="文件.yaml", help=sources)
    output = "PDF 放在哪里（只排一个文件时）"
    build.add_argument("-o", "--output", type=Path, metavar="文件.pdf", help=output)
    build.set_defaults(call=_build)


def _build(options: argparse.Namespace) -> int:
    from yinfa.workshop import Built, build_all

    fresh: list[Built] = []

    def tell(built: Built) -> None:
        if not built.seconds:
            fresh.append(built)
            print(f"{built.product}：{built.pages} 页，没有变化")
            return
        print(f"{built.product}：{built.pages} 页，{built.seconds:.1f} 秒")
        for remark in built.remarks:
            print(f"    {remark}")

    findings = build_all(options.files, options.output, tell)
    for finding in findings:
        print(finding, file=sys.stderr)
    return 2 if findings else 0
