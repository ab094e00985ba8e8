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
    _add_import(commands)
    _add_export(commands)
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


def _add_import(commands: Any) -> None:
    description = "把文本、Word（.docx）、Markdown 文件转换成 YAML 源文件，一个字都不丢。"
    command = commands.add_parser("import", help="把现有文件转换成源文件", description=description)
    command.add_argument("file", type=Path, metavar="文件", help="要转换的文件")
    output = "源文件放在哪里；不写则放在原文件旁边"
    command.add_argument("-o", "--output", type=Path, metavar="文件.yaml", help=output)
    tidy = "改正半角标点、直引号、全角数字、多余的空格，逐条列出"
    command.add_argument("--tidy", action="store_true", help=tidy)
    command.set_defaults(call=_import)


def _import(options: argparse.Namespace) -> int:
    from yinfa.importing.convert import import_file

    imported = import_file(options.file, options.output, tidy=options.tidy)
    print(f"{imported.path}：原文 {imported.characters} 字，已核对，一字不少")
    for change in imported.tidied:
        print(f"    第{change.line}行：“{change.before}”改成“{change.after}”")
    for remark in imported.remarks:
        place = f"第{remark.line}行：" if remark.line else ""
        print(f"    {place}{remark.message}")
    return 0


def _add_export(commands: Any) -> None:
    description = "把源文件导出成带序号的纯文本（.txt），或可以接着编辑的 Word 文件（.docx）。"
    command = commands.add_parser("export", help="导出文本或 Word 文件", description=description)
    command.add_argument("file", type=Path, metavar="文件.yaml", help="要导出的源文件")
    output = "导出的文件，后缀是 .txt 或 .docx；不写则是源文件旁边的 .txt"
    command.add_argument("-o", "--output", type=Path, metavar="文件", help=output)
    command.set_defaults(call=_export)


def _export(options: argparse.Namespace) -> int:
    from yinfa.exporting.convert import export_file

    print(export_file(options.file, options.output))
    return 0
