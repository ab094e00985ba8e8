"""Random bodies: paragraphs, headings, articles, tables, figures and footnotes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from generating.phrases import TAILS, Writer

# Pictures, and the greatest width in mm in which a page has room for them.
FIGURES = {"图一.png": 156, "图二.jpg": 110, "图三.svg": 156}
DEEPEST = 5  # levels of headings, 7.3.3 and one beyond


@dataclass(frozen=True)
class Size:
    """How much a body says: how many nodes it has, and clauses a paragraph."""

    least_nodes: int
    most_nodes: int
    least_clauses: int
    most_clauses: int


def body(writer: Writer, size: Size, level: int = 1) -> list[Any]:
    """A body whose headings stand on *level*."""
    count = writer.random.randint(size.least_nodes, size.most_nodes)
    if level > 1:
        count = writer.random.randint(1, max(1, min(count // 2, 4)))
    nodes = [_node(writer, size, level) for _ in range(count)]
    if level == 1 and not isinstance(nodes[0], str):
        nodes.insert(0, writer.paragraph(size.least_clauses, size.most_clauses))
    return nodes


def _node(writer: Writer, size: Size, level: int) -> Any:
    kind = writer.random.choices(
        ("paragraph", "noted", "section", "run_in", "table", "figure"), (45, 6, 24, 12, 8, 5)
    )[0]
    if level > DEEPEST and kind in ("section", "run_in"):
        kind = "paragraph"
    match kind:
        case "noted":
            return _noted(writer, "段", writer.paragraph(size.least_clauses, size.most_clauses))
        case "section":
            return {"标题": writer.heading(), "正文": body(writer, size, level + 1)}
        case "run_in":
            text = writer.paragraph(size.least_clauses, size.most_clauses)
            node: dict[str, Any] = {"标题": writer.heading() + "。"}
            node |= _noted(writer, "接排", text) if writer.odds(0.15) else {"接排": text}
            if writer.odds(0.2):
                node["正文"] = body(writer, size, level + 1)
            return node
        case "table":
            return table(writer)
        case "figure":
            return figure(writer)
        case _:
            return writer.paragraph(size.least_clauses, size.most_clauses)


def _noted(writer: Writer, key: str, text: str) -> dict[str, Any]:
    """*text* with calls of footnotes after one or several of its clauses."""
    parts = text.split("，")
    notes: list[str] = []
    for index in range(len(parts)):
        if (writer.odds(0.3) or (not notes and index == len(parts) - 1)) and len(notes) < 4:
            notes.append(writer.sentence(writer.random.randint(1, 3)))
            call = f"[注{len(notes)}]"
            stop = parts[index][-1:] if parts[index].endswith("。") else ""
            parts[index] = parts[index].removesuffix("。") + call + stop
    return {key: "，".join(parts), "脚注": notes}


def regulation(writer: Writer, size: Size) -> list[Any]:
    """第×章, 第×节, 第×条 and what stands under them."""
    if writer.odds(0.4):
        count = writer.random.randint(2, size.most_nodes + 2)
        return [_article(writer, size) for _ in range(count)]
    chapters: list[Any] = []
    for _ in range(writer.random.randint(1, 4)):
        articles = [_article(writer, size) for _ in range(writer.random.randint(1, 4))]
        if writer.odds(0.25):
            articles = [{"节": writer.heading(), "正文": articles}]
        title = writer.random.choice(("总则", "附则", writer.heading()))
        chapters.append({"章": title, "正文": articles})
    return chapters


def _article(writer: Writer, size: Size) -> dict[str, Any]:
    texts = [
        writer.paragraph(1, max(2, size.most_clauses // 2))
        for _ in range(writer.random.choices((1, 2, 3), (70, 20, 10))[0])
    ]
    node: dict[str, Any] = {"条": texts[0] if len(texts) == 1 else texts}
    if writer.odds(0.35):
        items: list[Any] = []
        count = writer.random.randint(2, 5)
        for number in range(1, count + 1):
            text = writer.clause() + ("。" if number == count else "；")
            if writer.odds(0.15):
                below = [writer.clause() + "；" for _ in range(writer.random.randint(1, 3))]
                items.append({"项": writer.clause() + "：", "目": below})
            else:
                items.append(text)
        node["项"] = items
    if len(texts) == 1 and writer.odds(0.08):
        node |= _noted(writer, "条", texts[0])
    return node


def table(writer: Writer) -> dict[str, Any]:
    """A table, on its own page turned in some cases, 8."""
    random = writer.random
    landscape = writer.odds(0.2)
    columns = random.choices((2, 3, 4, 5, 6, 8), (15, 20, 25, 20, 12, 8))[0]
    rows = random.choices((1, 3, 6, 12, 30), (15, 35, 30, 15, 5))[0]
    node: dict[str, Any] = {"表格": "" if writer.odds(0.3) else f"{writer.heading()}情况表"}
    if writer.odds(0.85):
        heads = ["序号", *(random.choice(TAILS)[:4] for _ in range(columns - 1))]
        node["表头"] = [heads, [writer.cell() for _ in heads]] if writer.odds(0.08) else heads
    node["行"] = [
        [str(number), *(writer.cell() for _ in range(columns - 1))] for number in range(1, rows + 1)
    ]
    if writer.odds(0.2):
        whole = 225 if landscape else 156
        each = whole // columns
        node["列宽"] = [each] * columns
    if writer.odds(0.2):
        node["对齐"] = [random.choice(("左", "中", "右", "小数点")) for _ in range(columns)]
    if landscape:
        node["横排"] = "是"
    if writer.odds(0.25):
        node["注"] = writer.sentence(random.randint(1, 3))
    if writer.odds(0.15):
        node["来源"] = writer.office()
    return node


def figure(writer: Writer) -> dict[str, Any]:
    """A figure from one of the pictures that stand beside the source."""
    name = writer.random.choice(tuple(FIGURES))
    node: dict[str, Any] = {"图": name}
    if writer.odds(0.7):
        node["宽"] = writer.random.choice((30, 60, 100, FIGURES[name]))
    if writer.odds(0.7):
        node["图题"] = f"图1　{writer.heading()}示意图"
    node["替代文字"] = writer.clause()
    return node
