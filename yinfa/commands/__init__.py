"""The words of the command line, in Chinese: commands, their arguments and their help."""

from __future__ import annotations

from yinfa import __version__
from yinfa.commands import (
    building,
    bundling,
    comparing,
    delivering,
    fixing,
    issuing,
    printing,
    securing,
    sources,
)
from yinfa.commands.console import Parser


def parser() -> Parser:
    """The whole command line; each command carries the call that does it."""
    whole = Parser(prog="yinfa", description="印发：把 YAML 文件排成公文 PDF（GB/T 9704-2012）。")
    version = f"yinfa {__version__}"
    whole.add_argument("--version", action="version", version=version, help="显示版本")
    commands = whole.add_subparsers(
        title="命令", metavar="命令", required=True, parser_class=Parser
    )
    for room in (
        building,
        sources,
        comparing,
        bundling,
        fixing,
        printing,
        issuing,
        delivering,
        securing,
    ):
        room.add_to(commands)
    return whole
