"""How the command line speaks: Chinese, and a line that tells how far long work has come."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable
from typing import Any, NoReturn, Self

BAR = 20  # characters
_TRANSLATIONS = (
    (r"the following arguments are required: (.*)", r"缺少参数 \1"),
    (r"unrecognized arguments: (.*)", r"不认识的参数 \1"),
    (r"argument (.*): expected one argument", r"\1 后面缺少内容"),
    (r"argument (.*): not allowed with argument (.*)", r"\1 与 \2 不能同时使用"),
    (r"argument (.*): invalid int value: '(.*)'", r"\1 应是整数，写成了“\2”"),
    (r"argument ([^:]*): (应.*)", r"\1 \2"),
    (r"ambiguous option: (.*) could match (.*)", r"\1 不明确，可能是 \2"),
)


_CHOICE = re.compile(r"argument ([^:]*): invalid choice: '([^']*)' \(choose from (.*)\)")


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
        if match := _CHOICE.fullmatch(message):
            self.exit(2, f"yinfa：{_unknown(*match.groups())}\n")
        for pattern, chinese in _TRANSLATIONS:
            message = re.sub(pattern, chinese, message)
        self.exit(2, f"yinfa：{message}\n    提示：运行 {self.prog} --help 查看用法\n")


def _unknown(argument: str, word: str, choices: str) -> str:
    """*word* is none of *choices*: the nearest of them, or all."""
    from difflib import get_close_matches  # only needed in trouble

    known = re.findall(r"[^\s',]+", choices)
    near = get_close_matches(word[:40], known, 1, 0.5)
    hint = f"是不是“{near[0]}”？" if near else f"可用的有：{'、'.join(known)}"
    return f"“{word}”不是 {argument} 可用的值\n    提示：{hint}"


class Progress:
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
        self.at(0, total)

    def step(self) -> None:
        """One piece is done."""
        self.at(self._done + 1, self._total)

    def at(self, done: int, total: int) -> None:
        """*done* pieces of *total* are done."""
        self._done, self._total = done, total
        self._show()

    def clear(self) -> None:
        """Leave the line free for what is printed."""
        if self._shown:
            print("\r\033[K", end="", file=sys.stderr, flush=True)

    def _show(self) -> None:
        if not self._shown or self._done >= self._total:
            return
        bar = "█" * (BAR * self._done // self._total)
        far = f" {bar:░<{BAR}} {self._done}/{self._total}" if self._total > 1 else "……"
        print(f"\r正在{self._work}{far}", end="", file=sys.stderr, flush=True)
