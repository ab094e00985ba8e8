"""The formats that a page may show.

They go by the names of the forms that a source chooses, and know nothing of how those are laid out:
what the standard asks of each is in the rules.
"""

from __future__ import annotations

from enum import StrEnum


class Format(StrEnum):
    """The formats of clauses 7 to 10, and two without letterhead."""

    NOTICE = "notice"  # the general format, 7
    BULLETIN = "bulletin"  # 公报, in the general format
    LETTER = "letter"  # 信函格式, 10.1
    ORDER = "order"  # 命令（令）格式, 10.2
    MINUTES = "minutes"  # 纪要格式, 10.3
    ATTACHMENT = "attachment"  # an attachment bound on its own, 7.3.7
    PLAIN = "plain"  # a report or meeting paper without letterhead
