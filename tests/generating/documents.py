"""A random valid document: its source as keys, its house, and the folder that holds both."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml
from PIL import Image

from generating.bodies import Size, body, regulation
from generating.houses import house
from generating.phrases import POSTS, Writer

Source = dict[str, Any]

SOURCE, HOUSE = "source.yaml", "house.yaml"
MOST_IN_LINE = 18  # characters of a title: a line of the type area holds 20, 7.3.1
SEAL, STAMP = "印章.png", "签名.png"
SIZES = (Size(1, 2, 1, 1), Size(2, 4, 1, 3), Size(4, 9, 1, 6), Size(8, 22, 2, 12))
NOTICES = (
    "通知", "决定", "公告", "通告", "意见", "通报", "批复", "议案", "决议",
)  # fmt: skip
UPWARD = ("报告", "请示")
MATERIALS = ("材料", "总结", "汇报", "讲话稿", "方案", "计划")
_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 40" width="60mm" height="40mm">'
    '<rect x="1" y="1" width="58" height="38" fill="none" stroke="#000"/>'
    '<circle cx="30" cy="20" r="12"/></svg>'
)


@dataclass(frozen=True)
class Case:
    """A document as its keys, and the house's rules; no *house* is the standard."""

    seed: int
    source: Source
    house: Source | None = None

    @property
    def form(self) -> str:
        """The word of the source for its form."""
        return str(self.source["文种"])


def case(seed: int) -> Case:
    """The document of *seed*: the same for the same seed."""
    random = Random(seed)
    return _Making(random, random.choices(SIZES, (15, 35, 35, 15))[0]).case(seed)


def written(case: Case, folder: Path) -> Path:
    """The source of *case* in *folder*, with the house and the pictures that it may name."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in pictures().items():
        (folder / name).write_bytes(content)
    if case.house is not None:
        (folder / HOUSE).write_text(as_yaml(case.house), "utf-8")
    path = folder / SOURCE
    path.write_text(as_yaml(case.source), "utf-8")
    return path


def as_yaml(keys: Mapping[str, Any]) -> str:
    """*keys* as the file that says them."""
    return yaml.dump(keys, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=10_000)


class _Plain(yaml.SafeDumper):
    """Writes what stands twice twice."""

    def ignore_aliases(self, _data: object) -> bool:
        return True


@cache
def pictures() -> Mapping[str, bytes]:
    """The pictures that documents name, by their names."""
    return {
        SEAL: _saved("PNG", (84, 84)),
        STAMP: _saved("PNG", (80, 40)),
        "图一.png": _saved("PNG", (400, 300)),
        "图二.jpg": _saved("JPEG", (300, 500)),
        "图三.svg": _SVG.encode(),
    }


def _saved(kind: str, size: tuple[int, int]) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(file, kind)
    return file.getvalue()


@dataclass
class _Making:
    """One document in the making; *keys* is what it says so far."""

    random: Random
    size: Size

    def __post_init__(self) -> None:
        self.writer = Writer(self.random)
        self.year = self.random.randint(1998, 2024)
        self.keys: Source = {}

    def odds(self, share: float) -> bool:
        return self.writer.odds(share)

    def case(self, seed: int) -> Case:
        form = self.random.choices(
            ("notice", "upward", "bulletin", "letter", "order", "minutes", "attachment", "plain"),
            (26, 12, 8, 14, 8, 12, 8, 12),
        )[0]
        getattr(self, f"_{form}")()
        self._output()
        rules = house(self.random) if self.odds(0.3) else None
        return Case(seed, self.keys, rules)

    # --- the forms ---

    def _notice(self) -> None:
        self.keys["文种"] = genre = self.random.choice(NOTICES)
        issuers = self._issuers()
        if self.odds(0.85):
            self._secrecy()
            self._mark(issuers)
            self.keys["发文字号"] = self._number()
            if self.odds(0.12):
                self.keys["版头"] = "套打"
        self._title(genre)
        if self.odds(0.85):
            self._addressees()
        self._text()
        self._enclosures()
        self._signing(issuers)
        self._imprint(printed=True)

    def _upward(self) -> None:
        self.keys["文种"] = genre = self.random.choice(UPWARD)
        issuers = self._issuers()
        self._secrecy()
        self.keys["发文字号"] = self._number()
        self.keys["签发人"] = self.writer.people(len(issuers))
        if self.odds(0.1):
            self.keys["版头"] = "套打"
        self._title(genre)
        self.keys["主送"] = self.writer.office()
        self._text()
        if genre == "请示":
            self.keys["正文"].append("妥否，请批示。")
        self._enclosures()
        self._signing(issuers)
        self._imprint(printed=True)

    def _bulletin(self) -> None:
        self.keys["文种"] = "公报"
        issuers = self._issuers()
        if self.odds(0.7):
            self._secrecy()
            self.keys["发文字号"] = (
                self._number() if self.odds(0.5) else f"第{self.random.randint(1, 40)}号"
            )
        self._title("公报")
        self._text()
        self._enclosures(0.15)
        self.keys["成文日期"] = self._day()
        if self.odds(0.5):
            self.keys["署名位置"] = "题下"
        elif self.odds(0.5):
            self.keys["印章"] = SEAL if len(issuers) == 1 else [SEAL] * len(issuers)
        self._imprint(printed=True)

    def _letter(self) -> None:
        self.keys["文种"] = self.random.choice(("函", "信函"))
        issuers = self._issuers()
        self._secrecy()
        self.keys["发文字号"] = self._number()
        if self.odds(0.15):
            self.keys["版头"] = "套打"
        self._title("函")
        self._addressees()
        self._text()
        self._enclosures()
        self._signing(issuers)
        self._imprint(printed=False)

    def _order(self) -> None:
        word = self.random.choice(("令", "命令"))
        self.keys["文种"] = word
        office = self.writer.office()
        self.keys["标题"] = f"{office}{word}"
        self.keys["发文机关"] = office
        self.keys["令号"] = f"第{self.random.randint(1, 120)}号"
        self._text(regulated=0.0)
        self._issued(0.5)
        self.keys["成文日期"] = self._day()
        if self.odds(0.8):
            stamp: Source = {"职务": self.random.choice(POSTS)}
            if self.odds(0.8):
                stamp["图片"] = STAMP
            self.keys["签名章"] = stamp
        self._imprint(printed=True)

    def _minutes(self) -> None:
        self.keys["文种"] = "纪要"
        office = self.writer.office()
        meeting = self.random.choice(("办公会议", "会议", "专题会议"))
        self.keys["发文机关标志"] = f"{office}{meeting}纪要"
        if self.odds(0.5):
            self.keys["发文机关"] = office
        if self.odds(0.7):
            number, year = self.random.randint(1, 40), self.year
            self.keys["发文字号"] = self.random.choice(
                (f"第{number}期", f"{year}年第{number}期", f"〔{year}〕{number}号", self._number())
            )
        self._secrecy(0.2)
        self._title("纪要")
        self._text(regulated=0.0)
        if self.odds(0.9):
            self.keys["出席"] = self._people(12)
        if self.odds(0.5):
            self.keys["请假"] = self._people(3)
        if self.odds(0.5):
            self.keys["列席"] = self._people(8)
        if self.odds(0.3):
            self._attachments(2)
        if self.odds(0.6):
            self.keys["成文日期"] = self._day()
        self._imprint(printed=True)

    def _attachment(self) -> None:
        self.keys["文种"] = "附件"
        if self.odds(0.7):
            self.keys["附件序号"] = self.random.randint(1, 12)
        if self.odds(0.4):
            self.keys["发文字号"] = self._number()
        self.keys["标题"] = self._name()
        self._text(regulated=0.2)

    def _plain(self) -> None:
        genre = self.random.choice(MATERIALS)
        self.keys["文种"] = genre
        ending = {"材料": "情况", "讲话稿": "讲话"}.get(genre, genre)
        self._title(ending, usual=0.5)
        issuers = self._issuers(0.7)
        if self.odds(0.3):
            self._addressees()
        self._text(regulated=0.25)
        if issuers and self.odds(0.3):
            self.keys["署名位置"] = "题下"
        self._enclosures(0.15)
        if issuers and self.odds(0.8):
            self.keys["成文日期"] = self._day()

    # --- their parts ---

    def _issuers(self, share: float = 1.0) -> list[str]:
        if not self.odds(share):
            return []
        count = self.random.choices((1, 2, 3, 4, 6), (70, 14, 8, 5, 3))[0]
        names = self.writer.offices(count, longer=self.odds(0.15))
        self.keys["发文机关"] = names[0] if count == 1 else names
        return names

    def _mark(self, issuers: list[str]) -> None:
        """The mark said of itself, where it is not the issuers with 文件."""
        if self.odds(0.15):
            self.keys["发文机关标志"] = issuers[0] if self.odds(0.5) else f"{issuers[0]}文件"

    def _secrecy(self, share: float = 0.3) -> None:
        if self.odds(share * 0.6):
            self.keys["份号"] = self.random.choice((self.random.randint(1, 999999), "分发"))
        if self.odds(share):
            self.keys.setdefault("份号", self.random.randint(1, 999999))
            level = self.random.choice(("绝密", "机密", "秘密"))
            term = self.random.choice(("", "1年", "6个月", "10年", "长期"))
            if term and self.odds(0.5):
                self.keys["密级"], self.keys["保密期限"] = level, term
            else:
                self.keys["密级"] = f"{level}★{term}" if term else level
        if self.odds(share):
            self.keys["紧急程度"] = self.random.choice(("特急", "加急"))

    def _number(self) -> str:
        agency = self.random.choice(("×政发", "江教办", "×××", "市财预", "南水函", "×府办电"))
        return f"{agency}〔{self.year}〕{self.random.randint(1, 1200)}号"

    def _title(self, genre: str, usual: float = 0.95) -> None:
        topic = self.writer.topic(longer=self.odds(0.4))
        lines = [f"关于{topic}", f"的{genre}"] if self.odds(usual) else [topic, genre]
        issuer = self.keys.get("发文机关")
        if isinstance(issuer, str) and self.odds(0.2):
            lines[0] = issuer + lines[0]
        title = "".join(lines)
        self.keys["标题"] = title
        if len(title) > 18 and self.odds(0.15):
            cut = title.index("工作") + 2
            if max(cut, len(title) - cut) <= MOST_IN_LINE:
                self.keys["标题"] = f"{title[:cut]}|{title[cut:]}"

    def _addressees(self) -> None:
        if self.odds(0.3):
            self.keys["主送"] = self.random.choice(("各县区人民政府，市直各部门", "各有关单位"))
        else:
            count = self.random.choices((1, 2, 3, 6, 12), (40, 25, 15, 12, 8))[0]
            self.keys["主送"] = self.writer.offices(count)

    def _text(self, regulated: float = 0.06) -> None:
        if self.odds(regulated):
            self.keys["正文"] = regulation(self.writer, self.size)
        else:
            self.keys["正文"] = body(self.writer, self.size)

    def _name(self) -> str:
        """The name of an attachment or of a text that is issued."""
        topic = self.writer.topic(longer=self.odds(0.25))
        return topic.removeprefix("印发") + self.random.choice(
            ("方案", "任务分解表", "名单", "细则")
        )

    def _enclosures(self, share: float = 0.35) -> None:
        if self.odds(share):
            self._attachments(self.random.choices((1, 2, 3, 10), (45, 30, 18, 7))[0])
        elif self.odds(0.15):
            names = {self._name(): None for _ in range(self.random.randint(1, 11))}
            self.keys["附件说明"] = list(names)
        if self.keys["文种"] not in (*MATERIALS, "公报"):
            self._issued(0.12)
        if self.odds(0.25):
            self.keys["附注"] = self.random.choice(
                ("此件公开发布", f"联系人：{self.writer.person()}，电话：012-34567890")
            )

    def _attachments(self, count: int) -> None:
        names = {self._name(): None for _ in range(count)}
        small = SIZES[0] if count > 3 else SIZES[1]
        self.keys["附件"] = [
            {
                "标题": name,
                "正文": body(self.writer, small)
                if self.odds(0.85)
                else regulation(self.writer, small),
            }
            for name in names
        ]

    def _issued(self, share: float) -> None:
        if not self.odds(share):
            return
        name = self.writer.topic(longer=False).removeprefix("印发") + "办法"
        issued: Source = {"标题": name}
        if self.odds(0.5):
            issued["题注"] = f"{self._day()}局务会议通过"
        issued["正文"] = regulation(self.writer, self.size)
        self.keys["印发件"] = [issued]

    def _signing(self, issuers: list[str]) -> None:
        self.keys["成文日期"] = self._day()
        kind = self.random.choices(
            ("", "加盖印章", "印章", "不加盖印章", "签名章"), (30, 10, 35, 15, 10)
        )[0]
        if kind == "印章":
            seal: Any = (
                SEAL if self.odds(0.8) else {"图片": SEAL, "直径": self.random.randint(38, 50)}
            )
            self.keys["印章"] = seal if len(issuers) == 1 else [seal] * len(issuers)
        elif kind == "签名章":
            stamps = [
                {"职务": self.random.choice(POSTS), "图片": STAMP}
                | ({"宽": self.random.randint(25, 45)} if self.odds(0.3) else {})
                for _ in issuers
            ]
            self.keys["签名章"] = stamps[0] if len(stamps) == 1 else stamps
        elif kind:
            self.keys["落款"] = kind

    def _imprint(self, printed: bool) -> None:
        if self.odds(0.5):
            count = self.random.choices((1, 3, 8, 20), (35, 35, 20, 10))[0]
            addressed = self.keys.get("主送", [])
            names = [n for n in self.writer.offices(count) if n not in addressed]
            if names:
                self.keys["抄送"] = names
        if printed and self.odds(0.6):
            self.keys["印发机关"] = self.writer.office(longer=True)
            month, _, day = str(self.keys.get("成文日期", self._day())).rpartition("月")
            self.keys["印发日期"] = f"{month}月{int(day.removesuffix('日')) + 1}日"

    def _day(self) -> str:
        """A day of the document's year, with a day after it in its month."""
        return f"{self.year}年{self.random.randint(1, 12)}月{self.random.randint(1, 27)}日"

    def _people(self, most: int) -> Any:
        names = self.writer.people(self.random.randint(1, most))
        return names if self.odds(0.7) else "、".join(names)

    def _output(self) -> None:
        """The keys that say how it is put out."""
        if self.odds(0.1):
            self.keys["起始页码"] = self.random.randint(1, 200)
        if self.odds(0.08):
            self.keys["页码"] = self.random.choice(("外侧", "居中", "无"))
        if self.odds(0.1) and self.keys["文种"] not in (*MATERIALS, "附件"):
            self.keys["双面"] = self.random.choice(("是", "否"))
        if self.odds(0.1):
            self.keys["装订"] = self.random.choice(("单面", "双面"))
        if self.odds(0.1):
            self.keys["稿别"] = self.random.choice(("征求意见稿", "送审稿", "讨论稿"))
            if self.odds(0.6):
                self.keys["稿别样式"] = self.random.choice(("右上", "斜印"))
            if "成文日期" in self.keys and "印发日期" not in self.keys and self.odds(0.4):
                self.keys["成文日期"] = "空白"
        if self.odds(0.1):
            self.keys["关键词"] = ["公文", "格式"]
        if self.odds(0.1):
            self.keys["随附源文件"] = self.random.choice(("是", "否"))
        if self.odds(0.1):
            self.keys["版本"] = 1
