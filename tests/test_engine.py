"""WeasyPrint imported leanly prints the same bytes as WeasyPrint imported plainly."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from yinfa.rendering import engine

ROOT = Path(__file__).resolve().parents[1]
FACE = ROOT / "fonts" / "FandolSong-Regular.otf"
PRINT = """
import sys
from pathlib import Path
from yinfa.rendering import engine, pages
from yinfa.rendering.pages import Html
if sys.argv[1] == "plainly":
    import weasyprint
files = {"yinfa:picture": Path(sys.argv[3]), "yinfa:face": Path(sys.argv[4])}
html = Html(Path(sys.argv[2]).read_text("utf-8"), files)
sys.stdout.buffer.write(pages.paginate(html))
print("fontTools.subset" in sys.modules, file=sys.stderr)
"""
BODY = """
<h1 class="title" data-name="题">题名</h1><div class="page"></div>
<div class="run-in"><h3 data-name="一">（一）题。</h3><p>
正文<span class="k">二〇〇九</span></p></div>
<p class="draft">段落一
段落二</p><hr class="red">
<table><caption>表</caption><thead><tr><th>甲</th><th>乙</th></tr></thead>
<tbody><tr><td>1</td><td>2</td></tr></tbody></table>
<img alt="图" src="yinfa:picture">
"""
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'


def printed(how: str, page: Path, picture: Path) -> tuple[bytes, str]:
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    command = (sys.executable, "-c", PRINT, how, str(page), str(picture), str(FACE))
    run = subprocess.run(command, env=environment, capture_output=True, check=False)
    assert run.returncode == 0, run.stderr.decode()
    return run.stdout, run.stderr.decode().split()[-1]


@pytest.mark.slow
def test_the_same_bytes_with_and_without_the_short_cuts(tmp_path: Path) -> None:
    from yinfa import resources
    from yinfa.measures import read_measures
    from yinfa.rendering.html import _environment

    measures = read_measures(resources.layouts() / "measures.toml")
    css = (
        _environment(resources.layouts())
        .get_template("base.css.j2")
        .render(m=measures, versos="", bookmarks=True)
    )
    page = tmp_path / "page.html"
    css += "@font-face { font-family: F; src: url(yinfa:face) } html { font-family: F }"
    head = f"<html lang=zh-CN><title>题</title><style>{css}</style><body>"
    page.write_text(head + BODY, "utf-8")
    picture = tmp_path / "picture.svg"
    picture.write_text(SVG, "utf-8")
    lean, loaded = printed("leanly", page, picture)
    assert loaded == "False"
    plain, loaded = printed("plainly", page, picture)
    assert loaded == "True"
    assert lean == plain


def test_a_placeholder_calls_the_module_it_stands_for() -> None:
    assert engine._Later("json").dumps([1]) == "[1]"
    with pytest.raises(AttributeError):
        engine._Later("json").__path__  # noqa: B018
