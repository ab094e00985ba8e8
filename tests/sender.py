"""Runs of a sender in processes of their own, to be killed: ``python tests/sender.py``.

Every line that it reads, a folder and a point, forks a run over the copies in that folder; it
answers with the number of the process, and once that has ended with what ended it. At a *point*,
``before 2`` or ``after 2``, the run kills itself around the second thing that lasts.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

KILLED = -signal.SIGKILL


class Senders:
    """The other end: starts runs, and knows the one that is running."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self._number = 0
        self._begun = threading.Event()

    def run(self, folder: Path, point: str = "-") -> int:
        """What ended a run over *folder*: 0, or a signal."""
        assert self._process.stdin
        self._begun.clear()
        print(f"{point}\t{folder}", file=self._process.stdin, flush=True)
        self._number = self._answer()
        self._begun.set()
        return self._answer()

    def kill(self) -> None:
        """Kill the run, wherever it is."""
        assert self._begun.wait(10)
        os.kill(self._number, signal.SIGKILL)

    def _answer(self) -> int:
        assert self._process.stdout
        return int(self._process.stdout.readline())


@contextmanager
def senders() -> Iterator[Senders]:
    words = (sys.executable, __file__)
    with subprocess.Popen(
        words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield Senders(process)


def _kill_around(point: str) -> None:
    """Have this process kill itself *point*: before or after the nth thing that lasts.

    That is an entry in the journal, the end of several that count together, or a name of a file.
    """
    from yinfa.issuing.delivery.journal import Journal

    when, number = point.split()
    left = int(number)

    def counted(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*words: Any, **named: Any) -> Any:
            nonlocal left
            left -= 1
            if left == 0 and when == "before":
                os.kill(os.getpid(), signal.SIGKILL)
            found = real(*words, **named)
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return found

        return call

    together = Journal.together

    @contextmanager
    def together_counted(journal: Journal) -> Iterator[None]:
        stack = ExitStack()
        stack.enter_context(together(journal))
        yield
        counted(stack.close)()

    Journal.mark = counted(Journal.mark)  # type: ignore[method-assign]
    Journal.together = together_counted  # type: ignore[method-assign,assignment]
    Path.replace = counted(Path.replace)  # type: ignore[method-assign]


def _serve() -> None:
    from delivery_samples import issued, sent

    for line in sys.stdin:
        point, folder = line.rstrip("\n").split("\t")
        ready, go = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(go)
            os.read(ready, 1)
            status = 1
            try:
                if point != "-":
                    _kill_around(point)
                path = Path(folder)
                sent(issued(path, (path / "distribution.yaml").read_text("utf-8")))
                status = 0
            finally:
                os._exit(status)
        print(child, flush=True)
        os.close(ready)
        os.close(go)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    _serve()
