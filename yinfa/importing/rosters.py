"""Lists of names within a text: who leads, who belongs to it, each with a post; or names alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from yinfa.importing.draft import At, DraftLine, Row
from yinfa.importing.title import ORGANISATION

FEWEST_LINES = 2
FEWEST_NAMES = 4  # on one line of names alone
_HAN = "\u3400-\u9fff×○"
_GAP = "[ \u3000\t\u00a0]"
_NAME = rf"(?:[{_HAN}]{{2,4}}|[{_HAN}]{_GAP}{{1,4}}[{_HAN}]|[{_HAN}·]{{5,14}})"
_TASK = re.compile(
    rf"(?P<task>[{_HAN}](?:{_GAP}*[{_HAN}]){{1,5}}){_GAP}*[：:]{_GAP}*(?P<rest>\S.*)"
)
_PERSON = re.compile(rf"(?P<name>{_NAME})(?:{_GAP}+(?P<post>\S.*))?")
_TASKS = re.compile(
    "组长|副组长|成员|主任|副主任|委员|召集人|副召集人|主席|副主席|秘书长|副秘书长|会长|副会长|顾问|"
    "指挥长|副指挥长|总指挥|副总指挥|政委|队长|副队长|联络员|主持人?|出席|列席|请假|记录|参加|"
    "院长|副院长|校长|副校长|书记|副书记|秘书|理事长?|监事"
)
_SENTENCE = re.compile("[。；！？]|[，,]$")
_SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范"
    "彭郎鲁韦昌马苗凤花方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾"
    "孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危"
    "江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫经房裘缪干解应宗丁宣邓郁单杭洪包诸左石"
    "崔吉龚程邢裴陆荣翁荀羊甄曲家封芮储靳汲松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇"
    "栾暴甘厉戎祖武符刘景詹束龙叶幸司韶黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党"
    "翟谭贡劳逄姬申扶堵冉宰郦雍却璩桑桂濮牛寿通边扈燕冀浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古"
    "易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空"
    "曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公仉督岳帅缑亢况有琴商牟佘佴伯赏墨哈谯笪年爱阳"
    "佟言福覃肖闫×"
)


def roster_at(lines: Sequence[DraftLine], index: int) -> tuple[At, int] | None:
    """The list of names that begins at *index*, as the source has it, and how many lines it takes.

    None where there is none.
    """
    found = _people(lines, index)
    return found if found else _names(lines, index)


def _people(lines: Sequence[DraftLine], index: int) -> tuple[At, int] | None:
    """A line a person, the first with a task: 组　长：张某某　　副市长."""
    rows: list[At] = []
    posts = tasks = 0
    at = index
    while at < len(lines) and _may_list(lines[at], first=at == index):
        line = lines[at]
        tasked = _TASK.fullmatch(line.text)
        task = "".join(tasked["task"].split()) if tasked else ""
        person = _PERSON.fullmatch(tasked["rest"] if tasked else line.text)
        if person is None or (not tasked and not rows) or (task and not _TASKS.fullmatch(task)):
            break
        if not tasked and person["post"] is None and posts:
            break
        name, post = "".join(person["name"].split()), person["post"] or ""
        if name[0] not in _SURNAMES or ("、" in post and not tasked):
            break
        cells = (task, name, " ".join(post.split())) if post else (task, name)
        rows.append(At(Row(cells), line.numbers))
        tasks += bool(task)
        posts += bool(post)
        at += 1
    if len(rows) < FEWEST_LINES or not tasks or (posts and posts < len(rows)):
        return None
    return At(rows), len(rows)


def _names(lines: Sequence[DraftLine], index: int) -> tuple[At, int] | None:
    """Names alone, several on a line."""
    names: list[str] = []
    at = index
    while at < len(lines) and _may_list(lines[at], first=at == index):
        found = _parted(lines[at].text)
        if not found or (not names and len(found) < FEWEST_NAMES):
            break
        names += found
        at += 1
    if not names:
        return None
    numbers = tuple(number for line in lines[index:at] for number in line.numbers)
    return At([At(name) for name in names], numbers), at - index


def _parted(text: str) -> list[str]:
    """The names that a line of nothing else has; one of two characters may be spaced out."""
    words = text.split()
    names: list[str] = []
    for word in words:
        if names and len(word) == 1 and len(names[-1]) == 1:
            names[-1] += word
        else:
            names.append(word)
    known = sum(name[0] in _SURNAMES for name in names)
    if len(names) < 2 or known * 5 < len(names) * 4:
        return []
    shaped = all(re.fullmatch(rf"[{_HAN}]{{2,4}}", name) for name in names)
    return names if shaped and not any(map(ORGANISATION.search, names)) else []


def _may_list(line: DraftLine, first: bool) -> bool:
    return (
        line.is_text
        and not line.notes
        and not line.level
        and (first or not line.blank)
        and not _SENTENCE.search(line.text)
    )
