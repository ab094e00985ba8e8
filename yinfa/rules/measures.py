"""The figures of GB/T 9704-2012 that the rules hold a page against, in mm from its top-left.

They are written here from the standard, apart from the layouts: a slip in either shows.
"""

from __future__ import annotations

PT_MM = 25.4 / 72

PAPER_WIDTH_MM, PAPER_HEIGHT_MM = 210.0, 297.0  # 5.1
PAPER_SLACK_MM = 0.5

HEAD_MM = 37.0  # 5.2.1 天头
BINDING_MM = 28.0  # 5.2.1 订口
MARGIN_SLACK_MM = 1.0  # 5.2.1 states both ±1 mm
TYPE_WIDTH_MM, TYPE_HEIGHT_MM = 156.0, 225.0  # 5.2.1 版心
LEFT_MM = BINDING_MM
RIGHT_MM = BINDING_MM + TYPE_WIDTH_MM  # 184
TOP_MM = HEAD_MM
BOTTOM_MM = HEAD_MM + TYPE_HEIGHT_MM  # 262
MIDDLE_MM = (LEFT_MM + RIGHT_MM) / 2  # 106
MIRROR_MM = 2.0  # 28 against 26 mm when the margins change sides

LINES = 22  # 5.2.3
CELLS = 28  # 5.2.3
CELL_MM = TYPE_WIDTH_MM / CELLS  # 3号, 5.5714
GAP_MM = CELL_MM * 7 / 8  # 3.2
PITCH_MM = CELL_MM + GAP_MM  # 3.2: 10.446
WORD_PITCH_MM = (10.16, 10.24)  # fixed 28.8 to 29 pt, the usual setting of word processors

SIZE_2_PT = (21.0, 22.05)
SIZE_3_PT = (15.7, 16.05)
SIZE_4_PT = (13.7, 14.05)
SMALL_CELL_MM = 14 * PT_MM  # 4号, 4.94

ONE_BLANK_MM = (9.4, 16.3)  # em edge to em edge over one blank line
TWO_BLANK_MM = (19.8, 26.8)

CENTRE_SLACK_MM = 1.0
INDENT_MM = 2 * CELL_MM  # 7.3.3
INDENT_SLACK_MM = 0.4

MARK_TOP_MM = 72.0  # 7.2.4: 35 mm below the type area's top
ORDER_MARK_TOP_MM = 57.0  # 10.2: 20 mm below it
MINUTES_MARK_TOP_MM = 72.0  # 10.3
LETTER_MARK_TOP_MM = 30.0  # 10.1: from the paper's edge
RED_RULE_DROP_MM = 4.0  # 7.2.7, 10.1
LETTER_RULE_MM = 170.0  # 10.1
LETTER_FOOT_MM = 277.0  # 10.1: 20 mm from the paper's lower edge

SEALED_DATE_RIGHT_MM = RIGHT_MM - 4 * CELL_MM  # 7.3.5.1
UNSEALED_RIGHT_MM = RIGHT_MM - 2 * CELL_MM  # 7.3.5.2
LINE_HEIGHT_MM = 10.39  # 行 of GB/T 33476.2

THICK_RULE_MM = 0.35  # 7.4.1
THIN_RULE_MM = 0.25

FOLIO_MM = BOTTOM_MM + 7.0  # 7.5: 269
FOLIO_SLACK_MM = 0.7


def pt(size_mm: float) -> float:
    """A size in points, as people know it."""
    return size_mm / PT_MM


def within(value: float, span: tuple[float, float], slack: float = 0.0) -> bool:
    return span[0] - slack <= value <= span[1] + slack
