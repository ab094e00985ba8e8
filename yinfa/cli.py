"""Words on the command line become calls; the only room that prints or exits."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Sequence

from yinfa.commands import parser
from yinfa.report import Fault

GARBAGE = 200_000  # objects
INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what *arguments* say; the exit status."""
    gc.set_threshold(GARBAGE)  # a run is short: collecting as often as usual is a sixth of it
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a stop leaves everything whole
    options = parser().parse_args(arguments)
    try:
        return int(options.call(options))
    except Fault as fault:
        for finding in fault.findings:
            print(finding, file=sys.stderr)
        return fault.exit_code
    except KeyboardInterrupt:
        print("\n已中断，没有留下半成品。", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


if __name__ == "__main__":
    sys.exit(main())
