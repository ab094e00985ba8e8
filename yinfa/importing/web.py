"""Lines that a web page puts around a document: none of them are the document's own words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from yinfa.importing.draft import DraftLine, Notebook

FARTHEST = 30  # lines from either end among which they are looked for
LONGEST = 200
WHY = "是网页上的说明，不是公文的文字"

_MOMENT = r"\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?(?:\s*\d{1,2}:\d{2}(?::\d{2})?)?"
_TOLD = (
    r"(?:发布|发文|成文|印发|生成|公开|更新|添加|录入|信息|上传|失效|生效)?(?:时间|日期)\s*[：:]\s*"
    rf"(?:{_MOMENT})?",
    r"(?:浏览|点击|阅读|访问|查看)(?:次数|量|数)?\s*[：:]?\s*[\[(（【]?\s*\d*\s*[\])）】]?\s*次?",
    r"(?:信息|文章|稿件)?(?:来源|出处)\s*[：:]\s*\S{0,30}",
    r"(?:责任编辑|编辑|作者|录入|录入者|审核|审核人|校对|发布人|发布者|供稿|撰稿|责编|初审|复审|终审)"
    r"\s*[：:]\s*\S{0,20}",
    r"[【\[（(]?\s*(?:字\s*[体号]|文字大小)\s*[：:]?[\s大中小特超默认|A+\-【】\[\]()（）]*[】\])）]?",
    r"[【\[]?\s*(?:打印|打印本页|打印此页|关闭|关闭窗口|关闭本页|分享|分享到|收藏|纠错|返回顶部|返回|"
    r"下载|下载文档|扫一扫|扫一扫在手机打开当前页|我要打印|我要纠错|加入收藏|上一篇|下一篇|字体)"
    r"\s*[】\]]?",
    r"(?:您?(?:现在|当前)的?位置|当前位置)\s*[：:].*",
    r"(?:上一篇|下一篇|相关(?:链接|文档|解读|稿件))\s*[：:].*",
    r"(?:索\s*引\s*号|信息分类|主题分类|体裁分类|组配分类|公开范围|公开方式|文\s*号|发文字号|发文机关|"
    r"发布机构|发布单位|名\s*称|标\s*题|主\s*题\s*词|关\s*键\s*词|有\s*效\s*性|信息名称|内容概述|废止日期)"
    r"\s*[：:].*",
)
_KEEPS = re.compile(
    r"(?:公开方式|主\s*题\s*词|关\s*键\s*词|文\s*号|发文字号|发文机关|名\s*称|标\s*题)\s*[：:]"
)
_LINE = re.compile("(?:(?:" + "|".join(f"(?:{told})" for told in _TOLD) + r")[\s|·]*)+")
_SURE = re.compile(
    "浏览|点击|阅读|访问|来\\s*源\\s*[：:]|出处|字\\s*[体号]|打印|关闭|分享|当前|位置|索\\s*引\\s*号|"
    "分类|责任编辑|发布(?:时间|日期|机构|单位)|上一篇|下一篇|更新(?:时间|日期)|信息(?:时间|来源|名称)|"
    "扫一扫|相关链接|生成日期|有\\s*效\\s*性"
)


_CHAT_FIRST = re.compile(
    r"(?:好的|当然|没问题|可以的?|收到|明白了?|以下|下面|这)(?:[，,！!。 ]|是|为)"
    r".{0,120}[：:。！!]?"
)
_CHAT_LAST = re.compile(
    r"(?:希望|如果?您?|如需|以上|您可以|请您?根据|需要我|注[：:]|温馨提示[：:]).{0,200}"
)
_TO_READER = re.compile(
    "[您你]|告诉我|需要我|仅供参考|(?:以下|下面)[是为].*[：:]$|范文|模板|草稿|初稿|供.{0,6}参考|示例"
)
CHAT_LINES = 3  # at either end among which they are looked for
CHAT_WHY = "是写作软件说的话，不是公文的文字"


def drop_chat_lines(lines: Sequence[DraftLine], notebook: Notebook) -> list[DraftLine]:
    """*lines* without what a writing program says to its user before and after the text."""
    kept = list(lines)
    for _ in range(CHAT_LINES):
        if len(kept) > 2 and _is_chat(kept[0], _CHAT_FIRST) and not _is_chat(kept[1], _CHAT_LAST):
            notebook.leave_out(kept.pop(0), CHAT_WHY)
    for _ in range(CHAT_LINES):
        if len(kept) > 2 and _is_chat(kept[-1], _CHAT_LAST):
            notebook.leave_out(kept.pop(), CHAT_WHY)
    return kept


def _is_chat(line: DraftLine, pattern: re.Pattern[str]) -> bool:
    return (
        line.is_text
        and not line.title
        and not line.level
        and bool(pattern.fullmatch(line.text))
        and bool(
            _TO_READER.search(line.text) or (pattern is _CHAT_FIRST and line.text[-1] in "：:")
        )
    )


def drop_web_lines(lines: Sequence[DraftLine], notebook: Notebook) -> list[DraftLine]:
    """*lines* without those of a web page at their beginning and end, each of them told."""
    kept: list[DraftLine] = []
    dropped: list[DraftLine] = []
    table = False  # within a list of what the page knows of the document
    for index, line in enumerate(lines):
        near = index < FARTHEST or index >= len(lines) - FARTHEST
        after_grid = index > 0 and lines[index - 1].grid is not None  # 来源 of that table
        if near and not after_grid and _is_web(line, table):
            table = index < FARTHEST and bool(_SURE.search(line.text))
            dropped.append(line)
            continue
        table = False
        kept.append(line)
    if not kept:
        return list(lines)
    for line in dropped:
        notebook.leave_out(line, WHY)
    return kept


def _is_web(line: DraftLine, table: bool) -> bool:
    """Whether *line* says only what web pages say; within their *table* more is theirs."""
    text = " ".join(line.text.split())
    if not line.is_text or line.notes or len(text) > LONGEST or text[-1] in "。；":
        return False
    if not _LINE.fullmatch(text):
        return False
    return bool(_SURE.search(text)) or (table and bool(_KEEPS.match(text)))
