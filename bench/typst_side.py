"""The same text set by Typst: same faces, same page, same folios, as far as Typst goes.

    python -m bench.typst_side SOURCE.yaml OUT.typ

The markup carries the text and its structure; numbers are Typst's own. What Typst cannot do here
(a run-in heading as a heading of its own) is set in the same faces without the structure.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

# 156 x 225 mm of 28 x 22, as the standard asks; the faces by the names Typst reads in fonts/.
PREAMBLE = r"""
#set document(title: "TITLE", author: ())
#set page(
  paper: "a4",
  margin: (top: 37mm, bottom: 35mm, left: 28mm, right: 26mm),
  footer-descent: 0mm,
  footer: context {
    let folio = box(inset: (x: 4.94mm), text(font: "Fandol Songti", size: 14pt)[
      — #counter(page).display() —
    ])
    v(4.5mm)
    align(if calc.odd(counter(page).get().first()) { right } else { left }, folio)
  },
)
#set text(
  font: ("Fandol Fangsong", "Yinfa Serif Signs"), size: 5.5714mm,
  lang: "zh", region: "cn", cjk-latin-spacing: none,
  top-edge: 0.88em, bottom-edge: -0.12em,
)
#set par(
  justify: true, first-line-indent: (amount: 2em, all: true),
  leading: 10.447mm - 5.5714mm, spacing: 10.447mm - 5.5714mm,
)
#set heading(numbering: (..levels) => numbering("一、", levels.pos().last()))
#let hei = ("Yinfa Heiti", "Yinfa Heiti Signs")
#let kai = ("Yinfa Kaiti", "Yinfa Serif Signs")
#let biaosong = ("Fandol Biaosong", "Yinfa Biaosong Signs")
#show heading: it => par[#text(font: hei, weight: "regular", size: 5.5714mm,
  counter(heading).display() + it.body)]
#let runin(n, title, body) = par[#text(font: kai, numbering("（一）", n) + title)#body]
#par(first-line-indent: 0mm, text(font: hei)[LABEL])
#v(10.447mm)
#align(center, par(justify: false, text(font: biaosong, size: 22pt)[TITLE]))
#v(10.447mm)
"""


def typst_markup(source: Path) -> str:
    """The Typst source that sets *source*, a document of paragraphs and two levels of headings."""
    document = yaml.safe_load(source.read_text("utf-8"))
    opening = PREAMBLE.replace("TITLE", escaped(document["标题"]))
    opening = opening.replace("LABEL", f"附件{document['附件序号']}")
    return opening + "\n\n".join(_blocks(document["正文"])) + "\n"


def escaped(text: str) -> str:
    return re.sub(r"([\\#$*_`<>@\[\]~\"'/=+-])", r"\\\1", text)


def _blocks(entries: Sequence[str | Mapping[str, Any]]) -> Iterator[str]:
    run_in = 0
    for entry in entries:
        if isinstance(entry, str):
            yield escaped(entry)
        elif "接排" in entry:
            run_in += 1
            yield f"#runin({run_in})[{escaped(entry['标题'])}][{escaped(entry['接排'])}]"
        else:
            yield f"= {escaped(entry['标题'])}"
        if isinstance(entry, Mapping):
            yield from _blocks(entry.get("正文", ()))


if __name__ == "__main__":
    Path(sys.argv[2]).write_text(typst_markup(Path(sys.argv[1])), "utf-8")
