"""Run random valid documents against the laws: `make fuzz MINUTES=n`, or this with --help.

With --kind, spoilt sources, spoilt exports to import, or damaged PDFs instead. The seeds are
counted up from --first, so that a run is told by two numbers. What fails is told with its seeds
and, of documents, a smallest one, in the file tally.md of the folder --into.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass, field
from pathlib import Path

from generating.attacks import ATTACKS, attack
from generating.documents import Case, as_yaml, case
from generating.shrinking import shrunk
from generating.trial import LAWS, Failure, trial

DOCUMENTS = "documents"


@dataclass
class Tally:
    """What a run came to, by the kind of failure."""

    first: int
    done: int = 0
    seeds: dict[str, list[int]] = field(default_factory=dict)
    details: dict[str, str] = field(default_factory=dict)
    smallest: dict[str, Case] = field(default_factory=dict)

    def add(self, seed: int, failures: list[Failure]) -> None:
        """One more is done, with what it broke."""
        self.done += 1
        for failure in failures:
            self.seeds.setdefault(failure.kind, []).append(seed)
            self.details.setdefault(failure.kind, failure.detail)

    @property
    def kinds(self) -> list[str]:
        """The kinds of failure, the most frequent first."""
        return sorted(self.seeds, key=lambda kind: (-len(self.seeds[kind]), kind))

    def __str__(self) -> str:
        lines = [f"{self.done} from seed {self.first}", "", "| failed | times | seeds |"]
        lines.append("|---|---|---|")
        for kind in self.kinds:
            seeds = self.seeds[kind]
            lines.append(f"| {kind} | {len(seeds)} | {' '.join(map(str, seeds[:6]))} |")
        for kind in self.kinds:
            lines += ["", f"## {kind}", "", "```", self.details[kind].strip(), "```"]
            if one := self.smallest.get(kind):
                lines += ["", "```yaml", as_yaml(one.source).rstrip(), "```"]
                if one.house is not None:
                    lines += ["", "house.yaml:", "", "```yaml", as_yaml(one.house).rstrip(), "```"]
        return "\n".join(lines) + "\n"


def main() -> int:
    wanted = _arguments()
    laws = frozenset(wanted.laws)
    tally = Tally(wanted.first)
    wanted.into.mkdir(parents=True, exist_ok=True)
    report = wanted.into / "tally.md"
    ends = time.monotonic() + wanted.minutes * 60
    seeds = _while(ends, iter(range(wanted.first, wanted.first + wanted.count)))
    with ProcessPoolExecutor(wanted.processes) as pool:
        running: set[Future[tuple[int, list[Failure]]]] = set()
        while True:
            for seed in seeds:
                running.add(pool.submit(tried, wanted.kind, seed, laws))
                if len(running) >= 2 * wanted.processes:
                    break
            if not running:
                break
            ready, running = wait(running, return_when=FIRST_COMPLETED)
            for one in ready:
                tally.add(*one.result())
        print(f"{tally.done} done, seeds from {wanted.first}", flush=True)
        report.write_text(str(tally), "utf-8")
        if wanted.attempts and wanted.kind == DOCUMENTS:
            for kind in tally.kinds:
                seeds_of = tally.seeds[kind]
                tally.smallest[kind] = pool.submit(
                    smallest_of, seeds_of, kind, laws, wanted.attempts
                ).result()
                report.write_text(str(tally), "utf-8")
    print(f"see {report}" if tally.seeds else "nothing failed")
    return 1 if tally.seeds else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--count", type=int, default=10**9, help="at most so many")
    parser.add_argument("--first", type=int, default=int(time.time()), help="the first seed")
    parser.add_argument("--kind", choices=(DOCUMENTS, *ATTACKS), default=DOCUMENTS)
    parser.add_argument("--laws", nargs="*", choices=sorted(LAWS), default=sorted(LAWS))
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--into", type=Path, default=Path("build/fuzz"))
    parser.add_argument("--attempts", type=int, default=60, help="to make a document smaller")
    return parser.parse_args()


def _while(ends: float, seeds: Iterator[int]) -> Iterator[int]:
    """*seeds* as long as it is before *ends*."""
    for seed in seeds:
        if time.monotonic() >= ends:
            return
        yield seed


def tried(kind: str, seed: int, laws: frozenset[str]) -> tuple[int, list[Failure]]:
    """What the document, or the spoilt file, of *seed* breaks."""
    return seed, trial(case(seed), laws) if kind == DOCUMENTS else attack(kind, seed)


def smallest_of(seeds: list[int], kind: str, laws: frozenset[str], attempts: int) -> Case:
    """The smallest document, from the shortest of *seeds*, that fails in the same *kind*."""
    shortest = min(map(case, seeds), key=lambda one: len(as_yaml(one.source)))
    needed = laws & {kind.split(":", 1)[0].split(maxsplit=1)[0], "build"} or laws
    return shrunk(shortest, lambda one: any(f.kind == kind for f in trial(one, needed)), attempts)


if __name__ == "__main__":
    sys.exit(main())
