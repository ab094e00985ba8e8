"""The words of the command line for OFD."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from yinfa.commands.console import Progress
from yinfa.report import unreadable


def add_to(commands: Any) -> None:
    """Add these commands."""
    description = (
        "把排好的 PDF 转成 OFD（GB/T 33190-2016）：页面、文字、字形的位置都与 PDF 一样，"
        "书签、标题等信息和随带的文件一并转过去。不带签名，也不代替电子印章。"
    )
    command = commands.add_parser("ofd", help="把 PDF 转成 OFD", description=description)
    command.add_argument("files", nargs="+", type=Path, metavar="文件.pdf", help="要转换的 PDF")
    output = "OFD 放在哪里（只转一个文件时）；不写则放在 PDF 旁边"
    command.add_argument("-o", "--output", type=Path, metavar="文件.ofd", help=output)
    command.set_defaults(call=_convert, error=command.error)


def _convert(options: argparse.Namespace) -> int:
    from yinfa.ofd.convert import convert_file

    if options.output and len(options.files) > 1:
        options.error("-o 只能用于一个文件：一次转一个，或者不写 -o")
    with Progress("转换") as progress:
        progress.begin(len(options.files))
        for pdf in options.files:
            made = convert_file(pdf, options.output)
            progress.clear()
            print(f"{made.path}：{made.pages} 页")
            for remark in made.remarks:
                print(f"    {remark}")
            progress.step()
    return 0


def verify_ofd(path: Path) -> int:
    """Tell whether the OFD *path* shows what the PDF beside it shows; 0 where it does, else 1."""
    from yinfa.ofd.agreement import agreement
    from yinfa.reading import read
    from yinfa.reading.ofd import read_ofd

    ofd = read_ofd(path)
    pdf = path.with_suffix(".pdf")
    if not pdf.is_file():
        message = f"旁边没有同名的 PDF（{pdf.name}），没有可比的"
        raise unreadable(path, message, "把 PDF 放在旁边再核对")
    found = agreement(read(pdf, as_shown=True), ofd)
    for finding in found.findings:
        print(finding, file=sys.stderr)
    if not found.findings:
        same = f"{found.pages} 页 {found.characters} 字，位置相差最多 {found.farthest_mm:.3f} 毫米"
        print(f"{path}：与 {pdf} 一致，{same}")
    if ofd.signatures:
        print(f"    有 {ofd.signatures} 处电子签章，本程序不能核对，请用 OFD 阅读器验证")
    return 1 if found.findings else 0
