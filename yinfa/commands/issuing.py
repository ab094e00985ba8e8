"""The words of the command line for issuing: copies and verify."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from yinfa.commands.fixing import verify_ofd
from yinfa.commands.securing import add_trust, verify_signatures

if TYPE_CHECKING:
    from yinfa.issuing.copies import Original
    from yinfa.issuing.distribution import Distribution

FOLDER = "分发"  # below build/


def add_to(commands: Any) -> None:
    """Add these commands."""
    _add_copies(commands)
    _add_verify(commands)


def add_matter(command: Any) -> None:
    """What every command that hands out is given."""
    command.add_argument("file", type=Path, metavar="文件", help="YAML（先排成 PDF）或 PDF")
    to = "收件单位的名单；不写则用文件旁边的 distribution.yaml 或 分发.yaml"
    command.add_argument("--to", type=Path, metavar="distribution.yaml", help=to)
    output = "各份放在哪个文件夹；不写则放在 build/分发/ 下"
    command.add_argument("-o", "--output", type=Path, metavar="文件夹", help=output)


def _add_copies(commands: Any) -> None:
    description = "给每个收件单位一份 PDF：填上份号，印上标记，不重新排版；另做登记表和校验清单。"
    command = commands.add_parser("copies", help="做出分发的各份", description=description)
    add_matter(command)
    bundling = "打成 zip：each（一个单位一个）或 all（全部一个）"
    choices = ("each", "all", "none")
    command.add_argument("--zip", choices=choices, default="none", metavar="方式", help=bundling)
    command.set_defaults(call=_copies)


def _copies(options: argparse.Namespace) -> int:
    from yinfa.issuing.issue import Bundling, issue

    to = distribution(options)
    original, folder = matter(options)
    issued = issue(original, to, folder, Bundling(options.zip))
    recipients = {each.recipient.name.value for each in issued.copies}
    print(f"{issued.folder}：{len(recipients)} 个单位，{len(issued.copies)} 份，登记表和校验清单")
    for remark in issued.remarks:
        print(f"    {remark}")
    return 0


def distribution(options: argparse.Namespace) -> Distribution:
    """Whom it is handed out to."""
    from yinfa.issuing.distribution import find_distribution, read_distribution

    return read_distribution(options.to or find_distribution(options.file))


def matter(options: argparse.Namespace) -> tuple[Original, Path]:
    """What is handed out, and the folder of its copies."""
    from yinfa.batch.documents import PRODUCTS
    from yinfa.issuing.copies import read_original
    from yinfa.printing import prepress

    original = read_original(prepress.matter(options.file).pdf)
    return original, options.output or PRODUCTS / FOLDER / original.path.stem


def _add_verify(commands: Any) -> None:
    description = (
        "核对分发的文件夹：缺了什么，改了什么，多了什么；或核对一个 PDF 的数字签名，"
        "或一个 OFD 与同名的 PDF 是否一致。"
    )
    command = commands.add_parser("verify", help="核对分发的文件和签名", description=description)
    what = "分发的文件夹，已签名的 PDF，或旁边有 PDF 的 OFD"
    command.add_argument("path", type=Path, metavar="文件夹或文件.pdf", help=what)
    add_trust(command)
    command.set_defaults(call=_verify)


def _verify(options: argparse.Namespace) -> int:
    from yinfa.issuing import manifest

    path: Path = options.path
    if path.suffix.lower() == ".ofd":
        return verify_ofd(path)
    if path.is_file() or path.suffix.lower() == ".pdf":
        return verify_signatures(path, options.trust)
    findings = manifest.verify(path)
    for finding in findings:
        print(finding, file=sys.stderr)
    if not findings:
        print(f"{path}：与清单一致，{len(manifest.made_before(path))} 个文件一个不少，一字节不差")
    return 1 if findings else 0
