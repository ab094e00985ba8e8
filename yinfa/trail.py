"""The trail of a build: what each stage handed over and how long it took, for whoever looks."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, is_dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from yinfa.report import Place

TIMES = "seconds.json"


@dataclass
class Trail:
    """Keeps the results of stages in *folder*; it remembers how long each took.

    Without a folder it keeps nothing, and no result is written out for it.
    """

    folder: Path | None = None
    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """While this lasts, stage *name* is at work."""
        started = time.perf_counter()
        yield
        if self.folder is not None:
            self.seconds[name] = round(time.perf_counter() - started, 4)
            self.keep(TIMES, json.dumps(self.seconds, indent=1))

    def keep(self, name: str, content: bytes | str | Callable[[], str]) -> None:
        """Write *content*, or what it gives when it is called, to the file *name*."""
        if self.folder is not None:
            from yinfa.publish import write_whole

            told = content() if callable(content) else content
            write_whole(self.folder / name, told.encode() if isinstance(told, str) else told)


NO_TRAIL = Trail()


def as_json(noun: object) -> str:
    """*noun* to be read by people: every field that says something, a place as line:column."""
    return json.dumps(_data(noun), ensure_ascii=False, indent=1)


def _data(noun: object) -> Any:
    from yinfa.model import Document  # a build that is fresh already needs none of this

    if isinstance(noun, Place):
        return f"{noun.line}:{noun.column}"
    if isinstance(noun, Document):
        return noun.path.name
    if isinstance(noun, Path):
        return noun.name
    if isinstance(noun, Enum):
        return noun.name.lower()
    if isinstance(noun, float):
        return round(noun, 4)
    if is_dataclass(noun):
        said = ((part.name, getattr(noun, part.name)) for part in fields(noun) if part.compare)
        return {"is": type(noun).__name__} | {name: _data(part) for name, part in said if part}
    if isinstance(noun, Mapping):
        return {str(name): _data(part) for name, part in noun.items()}
    if isinstance(noun, frozenset):
        return sorted(map(_data, noun))
    if isinstance(noun, tuple | list) and noun and all(isinstance(one, float) for one in noun):
        return " ".join(f"{one:.4g}" for one in noun)
    if isinstance(noun, tuple | list):
        return [_data(part) for part in noun]
    return noun
