"""Run random valid documents against the laws: `make fuzz MINUTES=n`, or this with --help.

With --kind, spoilt sources, spoilt exports to import, or damaged PDFs instead.

The seeds are counted up from --first, so that a run is told by two numbers. What fails is told
with its seed and a smallest document, which are kept in the folder --into.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from pathlib import Path

from generating.attacks import ATTACKS, attack
from generating.documents import Case, as_yaml, case
from generating.shrinking import shrunk
from generating.trial import LAWS, Failure, trial

DOCUMENTS = "documents"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--count", type=int, default=10**9, help="at most so many documents")
    parser.add_argument("--first", type=int, default=int(time.time()), help="the first seed")
    parser.add_argument("--kind", choices=(DOCUMENTS, *ATTACKS), default=DOCUMENTS)
    parser.add_argument("--laws", nargs="*", choices=sorted(LAWS), default=sorted(LAWS))
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--into", type=Path, default=Path("build/fuzz"))
    parser.add_argument("--no-shrink", action="store_true")
    wanted = parser.parse_args()
    laws = frozenset(wanted.laws)
    counts: Counter[str] = Counter()
    seeds: dict[str, list[int]] = {}
    details: dict[str, str] = {}
    done, ends = 0, time.monotonic() + wanted.minutes * 60
    seed = wanted.first
    with ProcessPoolExecutor(wanted.processes) as pool:
        running: set[Future[tuple[int, list[Failure]]]] = set()
        while running or (seed < wanted.first + wanted.count and time.monotonic() < ends):
            while (
                len(running) < 2 * wanted.processes
                and seed < wanted.first + wanted.count
                and time.monotonic() < ends
            ):
                running.add(pool.submit(tried, wanted.kind, seed, laws))
                seed += 1
            ready, running = wait(running, return_when=FIRST_COMPLETED)
            for one in ready:
                number, failures = one.result()
                done += 1
                for failure in failures:
                    counts[failure.kind] += 1
                    seeds.setdefault(failure.kind, []).append(number)
                    details.setdefault(failure.kind, failure.detail)
        print(f"{done} documents, seeds {wanted.first} to {seed - 1}", flush=True)
        smallest = {}
        if not wanted.no_shrink and wanted.kind == DOCUMENTS:
            asked = {kind: pool.submit(smallest_of, seeds[kind], kind, laws) for kind in counts}
            smallest = {kind: future.result() for kind, future in asked.items()}
    wanted.into.mkdir(parents=True, exist_ok=True)
    report = wanted.into / "tally.md"
    report.write_text(table(done, wanted.first, counts, seeds, details, smallest), "utf-8")
    print(report.read_text("utf-8") if done < 50 else f"see {report}")
    return 1 if counts else 0


def tried(kind: str, seed: int, laws: frozenset[str]) -> tuple[int, list[Failure]]:
    """What the document, or the spoilt file, of *seed* breaks."""
    return seed, trial(case(seed), laws) if kind == DOCUMENTS else attack(kind, seed)


def smallest_of(seeds: list[int], kind: str, laws: frozenset[str]) -> Case:
    """The smallest document, from the shortest of *seeds*, that fails in the same *kind*."""
    shortest = min(map(case, seeds), key=lambda one: len(as_yaml(one.source)))
    needed = laws & {kind.split(":", 1)[0].split(maxsplit=1)[0], "build"} or laws
    return shrunk(shortest, lambda one: any(f.kind == kind for f in trial(one, needed)))


def table(
    done: int,
    first: int,
    counts: Counter[str],
    seeds: dict[str, list[int]],
    details: dict[str, str],
    smallest: dict[str, Case],
) -> str:
    """The run as Markdown: how often each kind failed, with seeds and a smallest document."""
    lines = [
        f"{done} documents from seed {first}",
        "",
        "| failed | documents | seeds |",
        "|---|---|---|",
    ]
    for kind, count in counts.most_common():
        lines.append(f"| {kind} | {count} | {' '.join(map(str, seeds[kind][:6]))} |")
    for kind, _ in counts.most_common():
        lines += ["", f"## {kind}", "", "```", details[kind].strip(), "```"]
        if kind in smallest:
            one = smallest[kind]
            lines += ["", "```yaml", as_yaml(one.source).rstrip(), "```"]
            if one.house is not None:
                lines += ["", "house.yaml:", "", "```yaml", as_yaml(one.house).rstrip(), "```"]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
