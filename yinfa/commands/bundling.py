"""The words of the command line for meeting bundles."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from yinfa.commands.console import Progress


def add_to(commands: Any) -> None:
    """Add this command."""
    description = "把几份材料汇编成一本：封面、目录、隔页，各份从单数页起，一次排成。"
    command = commands.add_parser("bundle", help="做会议材料汇编", description=description)
    files = "汇编文件；不写则做 source/ 下的全部（bundle.yaml、汇编.yaml）"
    command.add_argument("files", nargs="*", type=Path, metavar="汇编.yaml", help=files)
    output = "PDF 放在哪里（只做一本时）；不写则放在 build/ 下"
    command.add_argument("-o", "--output", type=Path, metavar="文件.pdf", help=output)
    ofd = "另出一份 OFD，放在 PDF 旁边"
    command.add_argument("--ofd", action="store_true", help=ofd)
    command.set_defaults(call=_bundle)


def _bundle(options: argparse.Namespace) -> int:
    from yinfa.batch.bundles import bind_all
    from yinfa.batch.documents import also_ofd

    with Progress("汇编") as progress:
        for bound in bind_all(options.files, options.output, progress.begin, progress.step):
            done = also_ofd(bound) if options.ofd else bound
            progress.clear()
            print(f"{done.product}：{done.pages} 页，{done.seconds:.1f} 秒")
            for remark in done.remarks:
                print(f"    {remark}")
    return 0
