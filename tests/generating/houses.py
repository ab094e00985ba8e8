"""Random rules of an office's own, as its file says them."""

from __future__ import annotations

from random import Random
from typing import Any


def house(random: Random) -> dict[str, Any]:
    """One or several points in which an office differs; they agree with one another."""
    found: dict[str, Any] = {}
    for points in random.sample(_GROUPS, random.randint(1, 3)):
        found |= random.choice(points)
    return found


# Of each group one is taken: points of different groups may be said together.
_GROUPS: tuple[tuple[dict[str, Any], ...], ...] = (
    (
        {"天头": 35}, {"天头": 40}, {"订口": 26}, {"订口": 30}, {"天头": 36, "订口": 27},
        {"版心": [156, 225]}, {"版心": [160, 230], "天头": 35}, {"版心": [150, 220]},
    ),
    (
        {"行距": "28.9磅"}, {"行距": "28磅"}, {"行距": 10.2}, {"行数": 20}, {"行数": 21},
        {"行数": 24}, {"每行字数": 26}, {"每行字数": 27}, {"每行字数": 30, "行数": 25},
        {"正文字号": "16磅"}, {"正文字号": "小三"},
    ),
    ({"标题字号": "小二"}, {"标题字号": "20磅"}, {"小字字号": "小四"}, {"小字字号": "12磅"}),
    ({"页码": "居中"}, {"页码": "无"}, {"页码": "外侧"}, {"页码一字线": "否"}),
    ({"标点": "占格"}, {"标点": "挤压"}, {"西文间距": "是"}, {"数字字体": "宋体"}),
    ({"红线粗细": 0.5}, {"红线粗细": 1}, {"标志字高": 12}, {"标志字高": 18}),
)  # fmt: skip
