"""Bundles for the tests of binding: written, bound once, and read back."""

from __future__ import annotations

import atexit
import shutil
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from tempfile import mkdtemp

from pypdf import PdfReader

from yinfa.bundling.binding import bind
from yinfa.bundling.bundle import read_bundle
from yinfa.reading import Reading, Sheet, read
from yinfa.recipe import Publication

LONG = "各单位要切实加强组织领导，细化工作措施，落实工作责任，确保各项任务按时完成。"
HEAD = "会议: ×××市公文处理工作会议\n日期: 2012-07-09\n地点: ×××会议中心\n"
# Titles of the contents; a document says nothing but how long it is.
TITLES = (
    "关于进一步加快推进×××市现代服务业集聚区规划建设若干重大问题的调查报告",
    "关于×××市2012年市级预算执行情况的报告",
    "×××市人民政府工作报告",
    "关于加快推进现代服务业集聚区建设若干政策意见（征求意见稿）的说明",
    "关于进一步加强城乡规划建设管理工作推动城市高质量发展的实施意见",
    "×××市城市总体规划（2011—2020年）实施情况评估报告",
    "关于×××市2012年度公文质量检查情况的通报",
    "市人大常委会关于批准×××市2012年市级决算的决议（草案）",
    "×××市“十二五”教育事业发展规划中期评估报告",
    "会议议程",
    "关于在全市机关开展活动的情况汇报",
    "在全市公文处理工作会议上的讲话",
)
ITEMS = (3, 1, 2, 1, 1, 2, 1, 3, 1, 1, 2, 1)  # headings of each of them
NOTICE = f"""\
文种: 通知
发文机关: ×××市×××局
发文字号: ×××〔2012〕10号
标题: 关于公文版面的通知
主送: 各单位
正文:
  - {LONG}
附件:
  - 标题: 名单
    正文:
      - 标题: 在册人员。
        接排: 甲、乙。
成文日期: 2012年7月1日
抄送: 市档案局
印发机关: ×××市×××局办公室
印发日期: 2012年7月2日
"""


def folder() -> Path:
    """A folder that is gone when the tests are."""
    path = Path(mkdtemp(prefix="yinfa-bundles-"))
    atexit.register(shutil.rmtree, path, ignore_errors=True)
    return path


def paper(title: str, items: int, more: str = "") -> str:
    """A paper of so many headings, each with text for most of a page."""
    text = f"文种: 材料\n标题: {title}\n{more}正文:\n"
    for number in range(1, items + 1):
        text += f"  - 标题: 第{number}项工作\n    正文:\n      - {LONG * 11}\n"
    return text


@dataclass(frozen=True)
class Bound:
    """A bundle that was bound, as it is read back."""

    publication: Publication

    @cached_property
    def content(self) -> bytes:
        return self.publication.product.read_bytes()

    @cached_property
    def reading(self) -> Reading:
        return read(self.publication.product)

    @cached_property
    def reader(self) -> PdfReader:
        return PdfReader(self.publication.product)

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        return self.reading.sheets

    @property
    def contents(self) -> list[Sheet]:
        return [sheet for sheet in self.sheets if sheet.label.startswith("目录") and sheet.lines]


def bound(path: Path) -> Bound:
    return Bound(bind(read_bundle(path), path.with_suffix(".pdf")))


@cache
def twelve() -> Bound:
    """Twelve papers with long titles, folios through the book."""
    place = folder()
    for number, (title, items) in enumerate(zip(TITLES, ITEMS, strict=True), 1):
        (place / f"{number}.yaml").write_text(paper(title, items), "utf-8")
    names = "".join(f"  - {number}.yaml\n" for number in range(1, len(TITLES) + 1))
    path = place / "bundle.yaml"
    path.write_text(HEAD + "材料:\n" + names, "utf-8")
    return bound(path)


@cache
def mixed() -> Bound:
    """A notice with imprint and attachment, a draft, and a paper with a mark of its own.

    Folios of each document's own, leaves between them.
    """
    place = folder()
    (place / "notice.yaml").write_text(NOTICE, "utf-8")
    (place / "draft.yaml").write_text(paper("说明", 2, "稿别: 讨论稿\n"), "utf-8")
    (place / "talk.yaml").write_text(paper("讲话", 1), "utf-8")
    path = place / "汇编.yaml"
    path.write_text(
        HEAD + "主办: [×××市人民政府办公室, ×××市×××局]\n标题: 会议文件\n"
        "页码: 各自\n隔页: 是\n标记: 文件\n材料:\n"
        "  - notice.yaml\n  - draft.yaml\n  - {文件: talk.yaml, 标记: 会议参阅材料}\n",
        "utf-8",
    )
    return bound(path)
