"""The bundle of the benchmark: ten papers of ours, 200 pages in all.

    python -m bench.book [rendered]

binds ``bundle.yaml`` in the working folder; with ``rendered`` it stops once all is rendered, so
that the difference of two runs is what finishing and publishing take.
"""

from __future__ import annotations

import sys
from pathlib import Path

from yinfa.bundling.binding import bind, pieces
from yinfa.bundling.bundle import read_bundle

PAPERS = 10
HEAD = "会议: ×××会议\n日期: 2012年7月9日\n地点: ×××会议中心\n材料:\n"


def write_book(folder: Path, text: str) -> None:
    """The sources of the bundle in *folder*, every paper saying *text*."""
    folder.mkdir()
    names = [f"{number}.yaml" for number in range(1, PAPERS + 1)]
    for name in names:
        (folder / name).write_text(text, "utf-8")
    (folder / "bundle.yaml").write_text(HEAD + "".join(f"  - {name}\n" for name in names), "utf-8")


def main(words: list[str]) -> int:
    bundle = read_bundle(Path("bundle.yaml"))
    last = pieces(bundle) - 1  # the piece before finishing
    told = 0

    def done() -> None:
        nonlocal told
        told += 1
        if words == ["rendered"] and told == last:
            sys.exit(0)

    publication = bind(bundle, Path("build") / "book.pdf", done)
    print(f"{publication.pages} 页")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
