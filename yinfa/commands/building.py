"""The words of the command line for PDFs and what is wrong with them: build and check."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from yinfa.commands.console import Progress
from yinfa.resources import form_names

if TYPE_CHECKING:
    from yinfa.report import Tally


def add_to(commands: Any) -> None:
    """Add these commands."""
    _add_build(commands)
    _add_check(commands)


def _add_build(commands: Any) -> None:
    build = commands.add_parser("build", help="生成 PDF", description="把 YAML 文件排成 PDF。")
    sources = "要排的文件；不写则排 source/ 下的全部"
    build.add_argument("files", nargs="*", type=Path, metavar="文件.yaml", help=sources)
    output = "PDF 放在哪里（只排一个文件时）"
    build.add_argument("-o", "--output", type=Path, metavar="文件.pdf", help=output)
    build.add_argument("--check", action="store_true", help="排好以后对照标准检查，报告结果")
    grid = "另出一份画着版心、行、字格和尺寸的 PDF，供人核对"
    build.add_argument("--grid", action="store_true", help=grid)
    kept = "另存各道工序的结果和用时，供查问题的人看（只排一个文件时）"
    build.add_argument("--keep", type=Path, metavar="文件夹", help=kept)
    ofd = "另出一份 OFD，放在 PDF 旁边"
    build.add_argument("--ofd", action="store_true", help=ofd)
    build.set_defaults(call=_build)


def _build(options: argparse.Namespace) -> int:
    from yinfa.batch.documents import Built, build_all
    from yinfa.report import Tally

    tallies: list[Tally] = []
    with Progress("排版") as progress:

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
            kept=options.keep,
            with_ofd=options.ofd,
        )
    for finding in findings:
        print(finding, file=sys.stderr)
    if tallies:
        total = Tally(*map(sum, zip(*tallies, strict=True)))
        print(f"对照标准检查 {len(tallies)} 份：{total}。运行 yinfa check 看详情")
    return 2 if findings else 0


def _faults(tally: Tally | None) -> str:
    return f"，{tally}" if tally and any(tally[:2]) else ""


def _add_check(commands: Any) -> None:
    description = (
        "对照 GB/T 9704-2012 检查源文件、PDF 和 OFD：YAML 文件先排成 PDF 再量，PDF 和 OFD 直接量。"
    )
    command = commands.add_parser("check", help="对照标准检查", description=description)
    files = "要检查的 YAML、PDF、OFD，或它们所在的文件夹；不写则检查 source/ 下的全部"
    command.add_argument("files", nargs="*", type=Path, metavar="文件", help=files)
    names = form_names()
    form = f"PDF 的格式：{' '.join(names)}；不写则由程序判断"
    command.add_argument("--form", choices=names, metavar="格式", help=form)
    formats = ("text", "json", "sarif")
    shape = "报告的样子：text（给人看）、json 或 sarif（给程序看）"
    command.add_argument("--format", choices=formats, default="text", metavar="样式", help=shape)
    command.add_argument("--explain", metavar="编号", help="说明一条规则，如 PN-04")
    command.add_argument("--picture", type=Path, metavar="文件夹", help="把每处问题画在页面图片上")
    command.add_argument("--all", action="store_true", help="列出每一条规则的结果")
    command.set_defaults(call=_check)


def _check(options: argparse.Namespace) -> int:
    from yinfa import check, picturing, verdict
    from yinfa.batch.checks import check_all
    from yinfa.recognising.format import Format
    from yinfa.report import Fault
    from yinfa.rules import RULES

    if options.explain:
        print(check.explain(options.explain))
        return 0 if options.explain.upper() in RULES else 2
    reports, faults = check_all(options.files, Format(options.form) if options.form else None)
    try:
        for picture in picturing.pictures(reports, options.picture) if options.picture else ():
            print(picture, file=sys.stderr)
    except Fault as fault:  # what was measured is told all the same
        faults += fault.findings
    if options.format == "json":
        print(verdict.as_json(reports, faults))
    elif options.format == "sarif":
        print(verdict.as_sarif(reports, faults))
    elif reports:
        print(verdict.words(reports, every_rule=options.all))
    for finding in faults:
        print(finding, file=sys.stderr)
    return 2 if faults else verdict.exit_code(reports)
