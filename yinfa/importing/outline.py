"""Lines of a body become sections, chapters, articles, tables and paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from yinfa.arranging.numbering import chinese, level_mark
from yinfa.importing.draft import At, DraftLine, Grid, Notebook, Row, Tree
from yinfa.importing.footnotes import Footnotes
from yinfa.importing.headings import (
    NumberedShape,
    closing_at,
    has_plain_articles,
    is_airy,
    shapes_of,
)
from yinfa.importing.marks import (
    TypedMark,
    first_sentence,
    level_mark_of,
    other_mark_of,
    part_mark_of,
)
from yinfa.importing.notation import kept_words, literal_line, tell_looks
from yinfa.importing.rosters import roster_at

DEEPEST = 5
EMPTY_BODY = "____"
_END_MARKS = "。！？：；"
_REFUSED_AFTER_MARK = re.compile(
    "[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）"
    "|第[一二三四五六七八九十百]+[章节条](?=[ \u3000])"
)
_THINGS = re.compile(
    "建议|意见|措施|标准|原则|理由|经验|要求|线索|路线|战线"
)  # that are counted so
_CALL = re.compile(r"\[注(\d{1,4})\]", re.ASCII)
_CAPTION = re.compile(r"[^。；：，！？\s][^。；！？]{0,58}[^。；：，！？]")
_FIGURE_CAPTION = re.compile(r"图[^。；：！？]{0,58}[^。；：，！？]")
_NAMES_TABLE = re.compile("表|一览|情况|名单|清单|明细|统计|目录")
_UNIT = re.compile(r"[（(]?\s*(?:计量)?单\s*位\s*[：:]\s*(?P<unit>[^，。；：]{1,20}?)\s*")
_TABLE_NOTE = re.compile(r"(注|来源|资料来源|数据来源)\s*[：:]\s*(?=\S)")


@dataclass(slots=True)
class _Open:
    """Something that lines still go into: the body itself, a section, a chapter, an article."""

    kind: str
    items: list[At]
    level: int = 0
    sections: int = 0  # the number of the last section or item in it
    chapters: dict[str, int] = field(default_factory=dict)  # likewise of 章 and 节
    closes: bool = False  # a paragraph at the end of the text is none of its own
    node: dict[str, At] = field(default_factory=dict)


class Outline:
    """Puts the lines of one body under their headings, and remembers the open ones."""

    def __init__(self, notebook: Notebook) -> None:
        self.notebook = notebook
        self.body: list[At] = []
        self.open = [_Open("body", self.body)]
        self.articles = 0
        self.seen: dict[int, int] = {}  # the last number of each level in this body
        self.going_on: dict[int, list[dict[str, At]]] = {}  # what goes on from another heading's
        self.anew: set[int] = set()  # levels that begin anew under a further heading
        self.shapes: dict[int, NumberedShape] = {}
        self.unsure: set[int] = set()
        self.plain_articles = False  # 第一条 without a space after it
        self.last: At | None = None
        self.last_table: dict[str, At] | None = None
        self.caption: dict[str, At] | None = None
        self.figure: dict[str, At] | None = None
        self.footnotes = Footnotes()
        self.told: set[int] = set()
        self.airy = False

    def read(self, lines: Sequence[DraftLine]) -> list[At]:
        """The nodes that *lines* become."""
        self.airy = is_airy(lines)
        self.shapes, self.unsure = shapes_of(lines)
        self.plain_articles = has_plain_articles(lines)
        closing = closing_at(lines)
        index = 0
        while index < len(lines):
            if index == closing and self.open[-1].closes:
                del self.open[1:]
            roster = roster_at(lines, index)
            if roster:
                people, taken = roster
                self._put_apart({"名单": people}, lines[index])
            else:
                self._line(index, lines)
            index += taken if roster else 1
        self.footnotes.count_anew()
        return self.body

    @property
    def running(self) -> list[int]:
        """The levels whose numbers run on through the whole body; these nodes need none then."""
        levels = sorted(level for level in self.going_on if level not in self.anew and level <= 4)
        for level in levels:
            for node in self.going_on.pop(level):
                node.pop("序号", None)
        return levels

    def _line(self, index: int, lines: Sequence[DraftLine]) -> None:
        line = lines[index]
        table, self.last_table = self.last_table, None
        figure, self.figure = self.figure, None
        if line.grid is not None:
            self._table(line, line.grid)
            return
        if line.picture is not None:
            picture = line.picture
            figure = {"图": At(picture.path), "替代文字": At(picture.alternative)}
            self._put_apart(figure, line)
            self.figure = figure
            return
        if table is not None and self._table_note(table, line):
            return
        captions = _FIGURE_CAPTION.fullmatch(line.text) and "[" not in line.text
        if figure is not None and not line.blank and captions:
            figure["图题"] = At(line.text, line.numbers)
            return
        article = self.open[-1].node if self.open[-1].kind == "article" else None
        if self.footnotes.takes(self.last, article, line) or self._caption(index, lines):
            return
        part = part_mark_of(line.text)
        if part and self._part(part, line):
            return
        mark = level_mark_of(line.text)
        if mark and self._marked(mark, line, index):
            return
        if line.level and not mark and not part and self._styled(line):
            return
        self._paragraph(line)

    # --- paragraphs ---------------------------------------------------------------------

    def _put(self, tree: Tree, line: DraftLine) -> At:
        """Add *tree* to what is open; a heading gets its body with its first item."""
        at = At(tree, line.numbers)
        into = self.open[-1]
        if into.kind != "body" and not into.items:
            into.node["正文"] = At(into.items)
        into.items.append(at)
        self.last = at
        return at

    def _put_apart(self, tree: Tree, line: DraftLine) -> None:
        """Add *tree*, which is no part of an article."""
        self._leave(line)
        if self.open[-1].kind == "article":
            self.open.pop()
        self._put(tree, line)

    def _leave(self, line: DraftLine) -> None:
        """Close what a blank line above *line* says is closed."""
        if self.airy or not line.blank or len(self.open) == 1:
            return
        keep = 1 if line.blank == 1 else max(1, len(self.open) - (line.blank - 1))
        del self.open[keep:]

    def _paragraph(self, line: DraftLine) -> None:
        self._leave(line)
        article = self.open[-1]
        if article.kind == "article":
            if "项" not in article.node and not line.notes:
                self._another_paragraph(article, line)
                return
            self.open.pop()
        words = kept_words(line, "", self.notebook)
        if line.notes:
            notes = [At(note) for note in line.notes]
            self._put({"段": At(words, line.numbers), "脚注": At(notes)}, line)
        else:
            self._put(words, line)

    def _another_paragraph(self, article: _Open, line: DraftLine) -> None:
        """款 of an article."""
        at = article.node["条"]
        if isinstance(at.tree, str):
            at.tree = [At(at.tree, at.lines)]
        assert isinstance(at.tree, list)
        at.tree.append(At(line.text, line.numbers))

    # --- numbers ------------------------------------------------------------------------

    def _marked(self, mark: TypedMark, line: DraftLine, index: int) -> bool:
        """Take *line* as a heading or item of its level; False where it stays as typed."""
        rest = line.text[len(mark.typed) :]
        if not rest or _REFUSED_AFTER_MARK.match(rest):
            return False
        last = self.open[-1]
        if last.kind == "article" and mark.level in (2, 3) and self._item(last, mark, line, rest):
            return True
        shape = self.shapes.get(index, NumberedShape.ITEM)
        if (line.notes or _CALL.search(rest)) and not self._notes_fit(shape, line, rest):
            return False
        levels = [place for place, entry in enumerate(self.open) if entry.kind == "section"]
        if len(levels) < mark.level - 1:
            self._say_typed(mark, line)
            return False
        parent = self._parent_of(mark.level, levels)
        del self.open[parent + 1 :]
        node = self._section(line, rest, mark.level, len(mark.typed), shape)
        self._count(mark, line, self.open[parent], node)
        if index in self.unsure:
            what = {
                NumberedShape.HEADING: "标题",
                NumberedShape.RUN_IN: "接排的标题",
                NumberedShape.ITEM: "条目",
            }[shape]
            said = mark.typed.strip()
            self.notebook.remark(line, f"“{said}”这一段当作{what}，拿不准，请核对")
        return True

    def _notes_fit(self, shape: NumberedShape, line: DraftLine, rest: str) -> bool:
        """Whether the footnotes of *line* are called where its node has room for them."""
        return shape is NumberedShape.ITEM or (
            shape is NumberedShape.RUN_IN and not _CALL.search(rest[: first_sentence(rest)])
        )

    def _count(self, mark: TypedMark, line: DraftLine, parent: _Open, node: dict[str, At]) -> None:
        """Keep the number that *mark* has: by counting, by running on, or by its own 序号."""
        level, number = mark.level, mark.number
        expected, before = parent.sections + 1, self.seen.get(level, 0)
        first = parent.sections == 0
        self.notebook.change(line, mark.typed, level_mark(level, number))
        if number != expected:
            self._give(node, chinese(number) if level < 3 else str(number), line)
        if first and before and number == before + 1 > 1:
            self.going_on.setdefault(level, []).append(node)
        elif first and before:
            self.anew.add(level)
        elif not first and number <= parent.sections and not (number == 1 and level > 2):
            self.notebook.remark(
                line, f"序号“{mark.typed.strip()}”没有接着上面的往下排，照原样留着，请核对"
            )
        parent.sections = self.seen[level] = number

    def _give(self, node: dict[str, At], number: str, line: DraftLine) -> None:
        """Put 序号 right behind the words of *node*."""
        held = {name: node.pop(name) for name in list(node)[1:]}
        node["序号"] = At(number, line.numbers)
        node.update(held)

    def _parent_of(self, level: int, levels: list[int]) -> int:
        """Which open entry a section or item of *level* goes into."""
        if len(levels) >= level:
            return levels[level - 1] - 1
        index = len(self.open) - 1
        return index - 1 if self.open[index].kind == "article" else index

    def _say_typed(self, mark: TypedMark, line: DraftLine) -> None:
        """Tell, once for each level, of numbers that stay in the text."""
        if mark.level in self.told:
            return
        self.told.add(mark.level)
        typed = mark.typed.strip()
        self.notebook.remark(
            line, f"“{typed}”一类的序号不合一、（一）1.（1）的层次，照原样留在文字里，请核对"
        )

    def _section(
        self, line: DraftLine, rest: str, level: int, marked: int, shape: NumberedShape
    ) -> dict[str, At]:
        """Put a heading or an item, which is then open."""
        notes = {"脚注": At([At(note) for note in line.notes])} if line.notes else {}
        if shape is NumberedShape.ITEM:
            words = kept_words(line, line.text[:marked], self.notebook)
            node = {"条目": At(words, line.numbers), **notes}
            self._put(node, line)
            self.open.append(_Open("section", [], level, closes=True, node=node))
            return node
        tell_looks(line, self.notebook)
        end = first_sentence(rest) if shape is NumberedShape.RUN_IN else 0
        if shape is NumberedShape.RUN_IN and line.head > marked:
            faced = rest[: line.head - marked].rstrip()
            end = len(faced) if faced[-1:] in tuple(_END_MARKS) else end
        title, run_in = (rest[:end], rest[end:].strip()) if end else (rest, "")
        node = {"标题": At(title, line.numbers)}
        if run_in:
            node |= {"接排": At(run_in), **notes}
        self._put(node, line)
        self.open.append(_Open("section", [], level, closes=bool(run_in), node=node))
        return node

    def _styled(self, line: DraftLine) -> bool:
        """A heading by its style alone: it keeps a number of its own kind, or is given one."""
        levels = [place for place, entry in enumerate(self.open) if entry.kind == "section"]
        level = min(line.level, len(levels) + 1, DEEPEST)
        other = other_mark_of(line.text)
        rest = line.text[len(other) :]
        if line.notes or _CALL.search(rest) or _REFUSED_AFTER_MARK.match(rest):
            return False
        if not other and line.text[:1].isdecimal():
            return False  # 1　总则: the number of a plan, which no level has
        parent_index = self._parent_of(level, levels)
        del self.open[parent_index + 1 :]
        parent = self.open[parent_index]
        node = self._section(line, rest, level, len(other), NumberedShape.HEADING)
        if other:
            self._give(node, other.strip(), line)
            return True
        parent.sections += 1
        self.seen[level] = parent.sections
        printed = level_mark(level, parent.sections)
        self.notebook.change(line, "", printed)
        self.notebook.remark(line, f"标题原来没有序号，印出来有“{printed}”，请核对")
        return True

    def _item(self, article: _Open, mark: TypedMark, line: DraftLine, rest: str) -> bool:
        """项 or 目 of the open article."""
        if line.notes:
            return False
        if mark.level == 2:
            held = article.node.setdefault("项", At([]))
            assert isinstance(held.tree, list)
            article.sections = self._put_item(held.tree, "项", article.sections, mark, line, rest)
            article.level = 0  # of its 目 none yet
        else:
            items = article.node.get("项")
            if items is None or not isinstance(items.tree, list):
                return False
            last = items.tree[-1]
            if isinstance(last.tree, str):
                last.tree = {"项": At(last.tree, last.lines)}
            assert isinstance(last.tree, dict)
            subitems = last.tree.setdefault("目", At([])).tree
            assert isinstance(subitems, list)
            if mark.number != len(subitems) + 1:
                if not subitems:
                    del last.tree["目"]
                return False
            subitems.append(At(rest, line.numbers))
        self.notebook.change(line, mark.typed, level_mark(mark.level, mark.number))
        return True

    def _put_item(
        self, items: list[At], key: str, before: int, mark: TypedMark, line: DraftLine, rest: str
    ) -> int:
        """Add one 项, with 序号 where it does not follow the last; its number."""
        tree: Tree = rest
        if mark.number != before + 1:
            tree = {key: At(rest, line.numbers), "序号": At(chinese(mark.number))}
        items.append(At(tree, line.numbers))
        return mark.number

    def _part(self, mark: TypedMark, line: DraftLine) -> bool:
        """第×章, 第×节 or 第×条; False where it is the beginning of a sentence."""
        rest = line.text[len(mark.typed) :]
        if not rest or line.notes or _REFUSED_AFTER_MARK.match(rest):
            return False
        if mark.part == "条":
            return self._article(mark, line, rest)
        if _CALL.search(rest) or len(rest) > 40 or rest[-1] in "。；，：":
            return False
        keep = 2 if mark.part == "节" and len(self.open) > 1 and self.open[1].kind == "章" else 1
        del self.open[keep:]
        counts = self.open[-1].chapters
        node: dict[str, At] = {mark.part: At(rest, line.numbers)}
        if mark.number != counts.get(mark.part, 0) + 1:
            self._give(node, chinese(mark.number), line)
        counts[mark.part] = mark.number
        self.notebook.change(line, mark.typed, f"第{chinese(mark.number)}{mark.part}")
        self._put(node, line)
        self.open.append(_Open(mark.part, [], node=node))
        return True

    def _article(self, mark: TypedMark, line: DraftLine, rest: str) -> bool:
        spaced = mark.typed != mark.typed.rstrip()
        if not spaced and not self.plain_articles:
            return False
        tell_looks(line, self.notebook)
        while self.open[-1].kind == "article":
            self.open.pop()
        branch = f"之{chinese(mark.branch)}" if mark.branch else ""
        node: dict[str, At] = {"条": At(rest, line.numbers)}
        if branch or mark.number != self.articles + 1:
            self._give(node, f"第{chinese(mark.number)}条{branch}", line)
        self.articles = mark.number
        self.notebook.change(line, mark.typed, f"第{chinese(mark.number)}条{branch}")
        self._put(node, line)
        self.open.append(_Open("article", [], node=node))
        return True

    # --- tables ---------------------------------------------------------------------------

    def _table(self, line: DraftLine, grid: Grid) -> None:
        node, self.caption = self.caption, None
        if node is None:
            node = {"表格": At("")}
            self._put_apart(node, line)
        unit = node.pop("单位", None)
        if grid.header:
            rows = [At(Row(row)) for row in grid.header]
            tree: Tree = Row(grid.header[0]) if len(rows) == 1 else list(rows)
            node["表头"] = At(tree, line.numbers)
        node["行"] = At([At(Row(row)) for row in grid.rows], line.numbers)
        if unit:
            node["单位"] = unit
        self.last_table = node

    def _caption(self, index: int, lines: Sequence[DraftLine]) -> bool:
        """Take a line as the caption of the table that follows it, or as the unit of its cells."""
        line = lines[index]
        following = lines[index + 1] if index + 1 < len(lines) else None
        unit = _UNIT.fullmatch(line.text)
        if following and following.grid is not None and unit and not line.notes:
            if self.caption is None:
                self.caption = {"表格": At("")}
                self._put_apart(self.caption, line)
            self.caption["单位"] = At(unit["unit"].strip(), line.numbers)
            self.notebook.change(line, line.text[: unit.start("unit")], "单位：")
            return True
        if following and _UNIT.fullmatch(following.text) and index + 2 < len(lines):
            following = lines[index + 2]
        if following is None or following.grid is None or following.blank:
            return False
        if line.level or line.notes or _CALL.search(line.text):
            return False
        if not _CAPTION.fullmatch(line.text) or "[" in line.text:  # captions have no notation
            return False
        node: dict[str, At] = {"表格": At(line.text, line.numbers)}
        self._put_apart(node, line)
        self.caption = node
        if not _NAMES_TABLE.search(line.text):
            self.notebook.remark(line, "表格上面的这一行当作表题，请核对")
        return True

    def _table_note(self, table: dict[str, At], line: DraftLine) -> bool:
        match = _TABLE_NOTE.match(line.text)
        if not match or line.notes or line.blank:
            return False
        key = "注" if match[1] == "注" else "来源"
        if key in table or (key == "注" and "来源" in table):
            return False
        # The label that is printed anyway is not written; one of the writer's own stays.
        printed = match[1] in ("注", "资料来源")
        if printed:
            self.notebook.change(line, match[0], f"{match[1]}：")
        table[key] = At(line.text[match.end() if printed else 0 :], line.numbers)
        self.last_table = table
        return True


def body_of(lines: Sequence[DraftLine], notebook: Notebook) -> dict[str, At]:
    """正文 of *lines*, and which of its numbers run on."""
    if not lines:
        return {"正文": At([At(EMPTY_BODY)])}
    outline = Outline(notebook)
    body = At(outline.read([literal_line(line) for line in lines]))
    levels = outline.running
    told = {"连续编号": At(Row(tuple(f"{chinese(n)}级" for n in levels)))} if levels else {}
    return {"正文": body, **told}
