"""Lists of names: names alone, or each with a task and a post."""

from __future__ import annotations

from yinfa.load import Scalar, Sequence, Value
from yinfa.model import Person, Roster, Text
from yinfa.validating.reader import Fields, shape
from yinfa.words import Type

MOST = 3  # task, name, post
LONGEST_TASK = 6


def roster(fields: Fields, _: int) -> Roster:
    """The list of names of one node."""
    value = fields.value("roster", Type.ROSTER)
    items: tuple[Value, ...] = ()
    if isinstance(value, Sequence):
        items = value.items
    if not items:
        given = shape(value) if value is not None else "空的"
        fields.wrong("roster", f"“{fields.shown('roster')}”应是列表，这里是{given}", "一人一项")
    plain = all(isinstance(item, Scalar) for item in items)
    people = tuple(person for item in items if (person := _person(fields, item, plain)) is not None)
    return Roster(people, plain, fields.place)


def _person(fields: Fields, value: Value, plain: bool) -> Person | None:
    what = fields.shown("roster")
    nothing = Text("", value.place)
    if plain:
        return Person(nothing, fields.reader.text(value, what), nothing)
    if not isinstance(value, Sequence) or not 1 < len(value.items) <= MOST:
        message = f"“{what}”的一行应是[分工, 姓名, 职务]"
        fields.reader.wrong(value.place, message, "没有职务的写[分工, 姓名]；分工同上的写 ''")
        return None
    task, name, *post = (fields.reader.text(item, what, empty=True) for item in value.items)
    task = Text(task.value.rstrip("：:").strip("　 "), task.place)
    if not name:
        fields.reader.wrong(name.place, f"“{what}”的这一行没有姓名", "请写上姓名")
    if len(task.value.replace("　", "")) > LONGEST_TASK:
        message = f"“{what}”的分工太长：“{task}”"
        fields.reader.wrong(task.place, message, f"最多{LONGEST_TASK}个字，长的请写在职务里")
    return Person(task, name, post[0] if post else nothing)
