"""The words of the command line, in Chinese: commands, their arguments and their help."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, Self

from yinfa.issuing import commands as issuing
from yinfa.printing import commands as printing

if TYPE_CHECKING:
    from yinfa.report import Tally

_TRANSLATIONS = (
    (r"the following arguments are required: (.*)", r"缺少参数 \1"),
    (r"unrecognized arguments: (.*)", r"不认识的参数 \1"),
    (r"argument (.*): invalid choice: '([^']*)'.*", r"“\2”不是 \1 可用的值"),
    (r"argument (.*): expected one argument", r"\1 后面缺少内容"),
    (r"argument (.*): not allowed with argument (.*)", r"\1 与 \2 不能同时使用"),
    (r"argument (.*): invalid int value: '(.*)'", r"\1 应是整数，写成了“\2”"),
    (r"argument ([^:]*): (应.*)", r"\1 \2"),
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
    whole.add_argument("--version", action=_Version, nargs=0, help="显示版本")
    commands = whole.add_subparsers(
        title="命令", metavar="命令", required=True, parser_class=Parser
    )
    _add_build(commands)
    _add_check(commands)
    _add_import(commands)
    _add_export(commands)
    _add_new(commands)
    _add_schema(commands)
    _add_source(commands)
    _add_rebuild(commands)
    printing.add_to(commands)
    issuing.add_to(commands)
    return whole


class _Version(argparse.Action):
    """Looks the version up only when it is asked for: that takes longer than finding all fresh."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> NoReturn:
        from importlib.metadata import version

        print(f"yinfa {version('yinfa')}")
        parser.exit()


def _add_build(commands: Any) -> None:
    build = commands.add_parser("build", help="生成 PDF", description="把 YAML 文件排成 PDF。")
    sources = "要排的文件；不写则排 source/ 下的全部"
    build.add_argument("files", nargs="*", type=Path, metavar="文件.yaml", help=sources)
    output = "PDF 放在哪里（只排一个文件时）"
    build.add_argument("-o", "--output", type=Path, metavar="文件.pdf", help=output)
    build.add_argument("--check", action="store_true", help="排好以后对照标准检查，报告结果")
    grid = "另出一份画着版心、行、字格和尺寸的 PDF，供人核对"
    build.add_argument("--grid", action="store_true", help=grid)
    build.set_defaults(call=_build)


def _build(options: argparse.Namespace) -> int:
    from yinfa.report import Tally
    from yinfa.workshop import Built, build_all

    tallies: list[Tally] = []
    with _Progress("排版") as progress:

        def tell(built: Built) -> None:
            progress.clear()
            done = f"{built.seconds:.1f} 秒" if built.seconds else "没有变化"
            print(f"{built.product}：{built.pages} 页，{done}{_faults(built.tally)}")
            for remark in built.remarks:
                print(f"    {remark}")
            if built.tally:
                tallies.append(built.tally)
            if built.seconds:
                progress.step()

        findings = build_all(
            options.files,
            options.output,
            tell,
            begin=progress.begin,
            checked=options.check,
            gridded=options.grid,
        )
    for finding in findings:
        print(finding, file=sys.stderr)
    if tallies:
        total = Tally(*map(sum, zip(*tallies, strict=True)))
        print(f"对照标准检查 {len(tallies)} 份：{total}。运行 yinfa check 看详情")
    return 2 if findings else 0


def _faults(tally: Tally | None) -> str:
    return f"，{tally}" if tally and any(tally[:2]) else ""


class _Progress:
    """A line that says how far the work has come: on a terminal, and nowhere else."""

    def __init__(self, work: str) -> None:
        self._work = work
        self._total = self._done = 0
        self._shown = sys.stderr.isatty()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.clear()

    def begin(self, total: int) -> None:
        """*total* pieces of work lie ahead."""
        self._total = total
        self._show()

    def step(self) -> None:
        """One piece is done."""
        self._done += 1
        self._show()

    def clear(self) -> None:
        """Leave the line free for what is printed."""
        if self._shown:
            print("\r\033[K", end="", file=sys.stderr, flush=True)

    def _show(self) -> None:
        if self._shown and self._total > 1 and self._done < self._total:
            bar = "█" * (20 * self._done // self._total)
            print(
                f"\r正在{self._work} {bar:░<20} {self._done}/{self._total}",
                end="",
                file=sys.stderr,
                flush=True,
            )


def _add_check(commands: Any) -> None:
    description = "对照 GB/T 9704-2012 检查源文件和 PDF：YAML 文件先排成 PDF 再量，PDF 直接量。"
    command = commands.add_parser("check", help="对照标准检查", description=description)
    files = "要检查的 YAML 或 PDF；不写则检查 source/ 下的全部"
    command.add_argument("files", nargs="*", type=Path, metavar="文件", help=files)
    forms = ("notice", "letter", "order", "minutes", "attachment", "plain")
    form = f"PDF 的格式：{' '.join(forms)}；不写则由程序判断"
    command.add_argument("--form", choices=forms, metavar="格式", help=form)
    formats = ("text", "json", "sarif")
    shape = "报告的样子：text（给人看）、json 或 sarif（给程序看）"
    command.add_argument("--format", choices=formats, default="text", metavar="样式", help=shape)
    command.add_argument("--explain", metavar="编号", help="说明一条规则，如 PN-04")
    command.add_argument("--picture", type=Path, metavar="文件夹", help="把每处问题画在页面图片上")
    command.add_argument("--all", action="store_true", help="列出每一条规则的结果")
    command.set_defaults(call=_check)


def _check(options: argparse.Namespace) -> int:
    from yinfa import check, verdict
    from yinfa.inspection import inspect_all
    from yinfa.model import Form

    if options.explain:
        print(check.explain(options.explain))
        return 0
    reports = inspect_all(options.files, Form(options.form) if options.form else None)
    for report in reports if options.picture else ():
        for picture in verdict.pictures(report, options.picture):
            print(picture, file=sys.stderr)
    if options.format == "json":
        print(verdict.as_json(reports))
    elif options.format == "sarif":
        print(verdict.as_sarif(reports))
    else:
        print(verdict.words(reports, every_rule=options.all))
    return verdict.exit_code(reports)


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


def _add_new(commands: Any) -> None:
    description = "写出一份带说明的源文件，照着改就能用；照原样也能排版。"
    command = commands.add_parser("new", help="新建一份源文件", description=description)
    forms = "通知、请示、函、令、纪要、附件、总结、办法等"
    command.add_argument("form", metavar="文种", help=forms)
    command.add_argument("file", type=Path, metavar="文件.yaml", help="新文件的名字")
    command.set_defaults(call=_new)


def _new(options: argparse.Namespace) -> int:
    from yinfa.skeletons import new_source

    path = new_source(options.form, options.file)
    print(f"{path}：已写好，改完后运行 yinfa build {path}")
    return 0


def _add_schema(commands: Any) -> None:
    description = "打印源文件的 JSON Schema，编辑器用它补全和检查。"
    command = commands.add_parser("schema", help="打印 JSON Schema", description=description)
    command.set_defaults(call=_schema)


def _schema(_: argparse.Namespace) -> int:
    from yinfa.schema import schema_text

    print(schema_text(), end="")
    return 0


def _add_source(commands: Any) -> None:
    description = "把 PDF 里随带的源文件、图片和排版记录取出来。"
    command = commands.add_parser("source", help="从 PDF 取出源文件", description=description)
    command.add_argument("file", type=Path, metavar="文件.pdf", help="本程序排出的 PDF")
    folder = "放在哪个文件夹；不写则放在当前文件夹里与 PDF 同名的文件夹"
    command.add_argument("-o", "--output", type=Path, metavar="文件夹", help=folder)
    command.set_defaults(call=_source)


def _source(options: argparse.Namespace) -> int:
    from yinfa.archive.carried import take_out, unpack

    for path in unpack(take_out(options.file), options.output or Path(options.file.stem)):
        print(path)
    return 0


def _add_rebuild(commands: Any) -> None:
    description = "用 PDF 里随带的源文件重新排一遍，看与原来的 PDF 是否一字节不差。"
    command = commands.add_parser("rebuild", help="用随带的源文件重排", description=description)
    command.add_argument("file", type=Path, metavar="文件.pdf", help="本程序排出的 PDF")
    output = "重排的 PDF 放在哪里；不写则只比较"
    command.add_argument("-o", "--output", type=Path, metavar="文件.pdf", help=output)
    command.set_defaults(call=_rebuild)


def _rebuild(options: argparse.Namespace) -> int:
    from yinfa.archive.rebuild import rebuild
    from yinfa.publish import write_whole
    from yinfa.workshop import SOURCES

    rebuilt = rebuild(options.file, SOURCES)
    if options.output:
        write_whole(options.output, rebuilt.content)
    if rebuilt.same:
        print(f"{options.file}：重排的结果一字节不差")
        return 0
    print(f"{options.file}：重排的结果与它不同")
    for difference in rebuilt.differences:
        print(f"    {difference}")
    if not rebuilt.differences:
        print("    软件、字体、版式都和当时一样：这份 PDF 在排好以后被改动过，如盖过电子印章")
    return 1
