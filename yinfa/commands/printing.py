"""The words of the command line for printing: booklet and print."""

from __future__ import annotations

import argparse
import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

from yinfa.commands.console import Progress

if TYPE_CHECKING:
    from yinfa.printing.imposing import Printout
    from yinfa.printing.prepress import Matter

SIDES = {
    "one-sided": "单面",
    "two-sided-long-edge": "双面，长边翻转",
    "two-sided-short-edge": "双面，短边翻转",
}
PAPERS = ("A3", "A4")
MOST_COPIES = 9999


def add_to(commands: Any) -> None:
    """Add these commands."""
    _add_booklet(commands)
    _add_print(commands)


def _add_matter(command: Any) -> None:
    """What every command for print is given."""
    command.add_argument("file", type=Path, metavar="文件", help="YAML（先排成 PDF）或 PDF")
    cmyk = "红色用印刷的专用配比（Y80 M80），交印厂时用；黑色总是单黑"
    command.add_argument("--cmyk", action="store_true", help=cmyk)
    force = "PDF 里有签名或表单也照样子印"
    command.add_argument("--force", action="store_true", help=force)


def _add_booklet(commands: Any) -> None:
    description = "做成小册子：A4 页印在 A3 上对折，骑马订；也可分帖胶装，或缩印成两页、四页一面。"
    command = commands.add_parser("booklet", help="做成对折的小册子", description=description)
    _add_matter(command)
    output = "写到哪里；不写则放在 PDF 旁边"
    command.add_argument("-o", "--output", type=Path, metavar="文件.pdf", help=output)
    paper = "印在什么纸上；不写则取页面的两倍，A4 页写 A4 的缩印成 A5"
    command.add_argument("--paper", choices=PAPERS, metavar="纸", help=paper)
    style = command.add_mutually_exclusive_group()
    sections = "胶装：分帖对折，每帖最多这么多张纸，如 4"
    style.add_argument("--sections", type=_count, default=0, metavar="张数", help=sections)
    up = "不装订，一面印 2 页或 4 页"
    style.add_argument("--up", choices=("2", "4"), metavar="页数", help=up)
    leaf = "纸的厚度（毫米），里面的页按它向折缝移，默认 0.1（80 克纸）"
    command.add_argument("--thickness", type=_thickness, default=0.1, metavar="毫米", help=leaf)
    marks = "印出折线和订位（离上下边 70 毫米）"
    command.add_argument("--marks", action="store_true", help=marks)
    command.set_defaults(call=_booklet)


def _count(word: str) -> int:
    if not (word.isascii() and word.isdigit()) or not 1 <= int(word) <= MOST_COPIES:
        raise argparse.ArgumentTypeError(f"应是 1 到 {MOST_COPIES} 的整数，写成了“{word}”")
    return int(word)


def _thickness(word: str) -> float:
    if not re.fullmatch(r"0(\.\d+)?|1(\.0+)?", word, re.ASCII):
        raise argparse.ArgumentTypeError(f"应在 0 到 1 毫米之间，写成了“{word}”")
    return float(word)


def _booklet(options: argparse.Namespace) -> int:
    from yinfa.printing import prepress
    from yinfa.printing.imposing import Binding
    from yinfa.printing.paper import PaperSize
    from yinfa.publish import write_whole

    what = _matter(options)
    with Progress("拼版") as progress:
        wanted = prepress.PrintRequest(options.force, options.cmyk, progress.at)
        if options.up:
            paper = PaperSize(options.paper or PaperSize.A4)
            printout = prepress.make_reading_copy(what, int(options.up), paper, wanted)
            name = f"一面{options.up}页"
        else:
            folded = PaperSize(options.paper) if options.paper else None
            binding = Binding(folded, options.thickness, options.sections, options.marks)
            printout = prepress.make_booklet(what, binding, wanted)
            name = "胶装" if options.sections else "小册子"
    output = options.output or prepress.beside(what.pdf, name)
    what.keep(output)
    write_whole(output, printout.content())
    print(f"{output}：{_described(printout)}")
    _print_remarks(printout)
    return 0


def _add_print(commands: Any) -> None:
    description = "送打印机：先说明要做什么，再照原大、双面打印。"
    command = commands.add_parser("print", help="送打印机打印", description=description)
    _add_matter(command)
    command.add_argument("--printer", default="", metavar="名称", help="打印机；不写则用默认的")
    command.add_argument("--copies", type=_count, default=1, metavar="份数", help="印几份")
    command.add_argument("--booklet", action="store_true", help="印成对折的小册子")
    paper = "小册子印在什么纸上；不写则取页面的两倍"
    command.add_argument("--paper", choices=PAPERS, metavar="纸", help=paper)
    command.add_argument("--simplex", action="store_true", help="单面打印")
    mirror = "双数页左移 2 毫米，使两面的订口都是 28 毫米；源文件写了“装订: 双面”的不用写"
    command.add_argument("--mirror", action="store_true", help=mirror)
    crop = "留 3 毫米出血，印出裁切线（与 -o 同用，交印厂）"
    command.add_argument("--crop-marks", action="store_true", help=crop)
    output = "只写成印刷文件，不送打印机"
    command.add_argument("-o", "--output", type=Path, metavar="文件.pdf", help=output)
    command.add_argument("--dry-run", action="store_true", help="只说明要做什么，不打印")
    command.set_defaults(call=_print, error=command.error)


def _print(options: argparse.Namespace) -> int:
    from yinfa.printing import job
    from yinfa.publish import write_whole
    from yinfa.report import Fault

    _refuse_contradictions(options)
    what = _matter(options)
    printout = _printout(options, what)
    copies = options.copies
    print(f"{printout.original.path}：{_described(printout, copies)}")
    _print_remarks(printout)
    if options.output:
        what.keep(options.output)
        if not options.dry_run:
            write_whole(options.output, printout.content(copies))
        print(f"印刷文件：{options.output}{'（试运行，没有写）' * options.dry_run}")
        return 0
    try:
        printer = job.find_printer(options.file, options.printer)
        job.refuse_unfit(printer, printout)
    except Fault as fault:
        if not options.dry_run:
            raise
        print(f"试运行，没有打印；真要打印，现在还不行：\n{fault}")
        return 0
    print(f"打印机：{printer.name}")
    print(f"命令：{shlex.join(job.arguments(printer.name, printout, copies))}", flush=True)
    if options.dry_run:
        print("试运行，没有打印")
        return 0
    number = job.send(printer.name, printout, copies)
    print(f"已交给打印机{f'，任务号 {number}' * bool(number)}")
    return 0


def _refuse_contradictions(options: argparse.Namespace) -> None:
    """A usage error where options say two things of the paper."""
    for name in ("simplex", "mirror", "crop_marks"):
        if options.booklet and getattr(options, name):
            other = name.replace("_", "-")
            options.error(f"argument --booklet: not allowed with argument --{other}")
    if options.paper and not options.booklet:
        options.error("--paper 只与 --booklet 同用；别的都按页面的大小用纸")


def _matter(options: argparse.Namespace) -> Matter:
    """What is to be printed; a source is built first."""
    from yinfa.printing import prepress

    with Progress("排版") as progress:
        return prepress.matter(options.file, progress.begin)


def _printout(options: argparse.Namespace, what: Matter) -> Printout:
    """What is to be printed, laid out as the command line wants it."""
    from yinfa.printing import prepress
    from yinfa.printing.imposing import Binding
    from yinfa.printing.paper import PaperSize

    with Progress("拼版") as progress:
        wanted = prepress.PrintRequest(options.force, options.cmyk, progress.at)
        if options.booklet:
            paper = PaperSize(options.paper) if options.paper else None
            return prepress.make_booklet(what, Binding(paper), wanted)
        return prepress.make_print(
            what,
            wanted,
            duplex=not options.simplex,
            mirrored=options.mirror,
            crop_marks=options.crop_marks,
        )


def _described(printout: Printout, copies: int = 1) -> str:
    """Pages, sides, paper and how many sheets it takes."""
    paper = f"{printout.paper} 纸" if printout.paper else "带裁切线"
    pages = len(printout.original.pages)
    each = f"{printout.sheets} 张（{printout.printed} 面）"
    words = f"{pages} 页，{paper}，{SIDES[printout.duplex]}，{each}"
    if copies > 1:
        words += f"；{copies} 份共 {copies * printout.sheets} 张（{copies * printout.printed} 面）"
    return words


def _print_remarks(printout: Printout) -> None:
    for remark in printout.remarks:
        print(f"    {remark}")
