"""Words on the command line become calls; the only room that prints or exits."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from yinfa.commands import parser
from yinfa.report import Fault, Finding, OutputFault, Place, system_reason
from yinfa.workspace import workspace

GARBAGE = 200_000  # objects
INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what *arguments* say; the exit status."""
    gc.set_threshold(GARBAGE)  # a run is short: collecting as often as usual is a sixth of it
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a stop leaves everything whole
    for stream in (sys.stdout, sys.stderr):
        _speak_chinese(stream)
    try:
        options = parser().parse_args(arguments)
        with workspace():
            status = int(options.call(options))
        sys.stdout.flush()
    except BrokenPipeError:
        _silence(sys.stdout)
        return 1
    except KeyboardInterrupt:
        print("\n已中断，没有留下半成品。", file=sys.stderr)
        return INTERRUPTED
    except Exception as error:
        return _told(_fault(error))
    return status


def _speak_chinese(stream: TextIO) -> None:
    """Let *stream* take any text: UTF-8 where it has no Chinese, \\u where it lacks a sign."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is None:
        return
    try:
        "印发".encode(stream.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        reconfigure(encoding="utf-8")
    reconfigure(errors="backslashreplace")


def _fault(error: Exception) -> Fault:
    """What to tell of *error*."""
    if isinstance(error, Fault):
        return error
    if isinstance(error, OSError) and error.filename is None and _is_full(sys.stdout):
        message = f"写不出结果：{system_reason(error)}"
        _silence(sys.stdout)
        return OutputFault(
            (Finding(Place(Path("标准输出")), message, "请换一个地方写，或腾出空间"),)
        )
    from yinfa.mishap import mishap

    return mishap(error, Path())


def _is_full(stream: TextIO) -> bool:
    """Whether *stream* cannot be written to any more."""
    try:
        stream.flush()
    except OSError:
        return True
    return False


def _silence(stream: TextIO) -> None:
    """Nothing more is written to *stream*, also at the end of the run."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _told(fault: Fault) -> int:
    for finding in fault.findings:
        print(finding, file=sys.stderr)
    return fault.exit_code


if __name__ == "__main__":
    sys.exit(main())
