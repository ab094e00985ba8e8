"""Where lines may end: the lists of CLREQ, and what a reader keeps together."""

from __future__ import annotations

import pytest

from yinfa.composing import marks
from yinfa.composing.breaks import LAST_ALLOWED, Level, break_levels

# The lists of CLREQ at the level GB, with the additions for digits and their signs.
NO_LINE_START = "。．，、；：！？‼⁇⁈⁉”’）〕】〗］｝》〉」』·‧・–—～-／/％%‰℃°′″々"
NO_LINE_END = "“‘（〔【〖［｛《〈「『/／￥¥$£€№＃#§"


def pieces(text: str, **options: bool) -> list[str]:
    """*text* cut wherever a line may end."""
    levels = break_levels(text, **options)
    places = [i for i in range(1, len(text)) if levels[i] <= LAST_ALLOWED]
    return [text[a:b] for a, b in zip([0, *places], [*places, len(text)], strict=True)]


def test_the_lists_are_those_of_the_standard_and_no_others() -> None:
    assert set(marks.NO_LINE_START) == set(NO_LINE_START)
    assert set(marks.NO_LINE_END) == set(NO_LINE_END)


@pytest.mark.parametrize("char", NO_LINE_START)
def test_no_line_begins_with(char: str) -> None:
    assert pieces(f"字{char}字")[0].startswith(f"字{char}")


@pytest.mark.parametrize("char", NO_LINE_END)
def test_no_line_ends_with(char: str) -> None:
    assert not any(piece.endswith(char) for piece in pieces(f"字{char}字"))


# What the documents say, in our words, and what follows for one example: the pieces of it.
CASES = {
    # CLREQ, line-start and line-end prohibition
    "between two Han characters a line may end": ("汉字", "汉/字"),
    "many × stand for words that may part": ("××××××局", "×/×/×/×/×/×/局"),
    "three × stay together": ("×××局", "×××/局"),
    "a stop stays with what it ends": ("完。又", "完。/又"),
    "an opening bracket stays with what it opens": ("见（一）后", "见/（一）/后"),
    "stop, closing quote, closing bracket stay in a row": ("“好。”）去", "“好。”）/去"),
    "opening marks in a row stay together": ("看（《书》）", "看/（《书》）"),
    "two names in marks part between them": ("《甲》《乙》", "《甲》/《乙》"),
    "a doubled dash is one thing and may begin a line": ("甲——乙", "甲/——/乙"),
    "a doubled dash after an opening mark does not": ("“——乙", "“——/乙"),
    "an ellipsis is one thing and may begin a line": ("甲……乙", "甲/……/乙"),
    "twelve dots are one thing": ("甲…………乙", "甲/…………/乙"),
    "question and exclamation in a row are one thing": ("吗？！好", "吗？！/好"),
    "a single dash as connector may end a line, not begin it": ("甲—乙", "甲—/乙"),
    "a wave may end a line, not begin it": ("甲～乙", "甲～/乙"),
    "a middle dot may end a line, not begin it": ("让·雅克", "让·/雅/克"),
    "a solidus does neither": ("和/或", "和_或"),
    "a repeat mark stays with its character": ("人々来", "人々/来"),
    # CLREQ, digits and Latin letters; CSS Text, line breaking
    "a number is one thing": ("计1,234.56元", "计/1,234.56元"),
    "a percentage is one thing": ("达94.3%了", "达/94.3%/了"),
    "a full-width percent sign too": ("达90％了", "达/90％/了"),
    "degrees stay with their number": ("为20℃时", "为/20℃/时"),
    "currency stays with its number": ("付￥100元", "付/￥100元"),
    "a word of letters does not part": ("用PDF格式", "用/PDF/格/式"),
    "words part at spaces, which stay behind": ("a good day", "a /good /day"),
    "no line ends after an ASCII hyphen": ("part-time工", "part-time/工"),
    "a time is one thing": ("自8:30起", "自/8:30/起"),
    "a no-break space joins": ("5\u00a0kg", "5\u00a0kg"),
    "a word joiner joins": ("甲\u2060乙", "甲\u2060乙"),
    "an ASCII comma stays with the Han before it": ("甲,乙", "甲,/乙"),
    "a variation selector stays with its character": ("葛\U000e0100城", "葛\U000e0100/城"),
    # GB/T 15835 and the house: a number stays with its unit
    "a year": ("自2009年起", "自/2009年/起"),
    "a count": ("共37个组", "共/37个/组"),
    "a round count": ("共1200多位人", "共/1200多位/人"),
    "a count in ten thousands": ("80余万字的", "80余万字/的"),
    "a number in groups of three": ("计1 234 567元了", "计/1 234 567元/了"),
    "a grouped number and a unit behind a space": ("长3 200 千米的", "长/3 200 千米/的"),
    "a grouped number with a fraction": ("计12 345.67万元", "计/12 345.67万元"),
    "numbers that are no groups part": ("见12 3456号", "见/12 /3456号"),
    "a range of years": ("在2008-2012年间", "在/2008-2012年/间"),
    "a range with a wave": ("18℃～24℃，", "18℃～24℃，"),
    "a range with a dash": ("2018—2023年的", "2018—2023年/的"),
    "an ordinal": ("第15期办", "第15期/办"),
    "a number in English": ("按No.5办", "按/No.5/办"),
    "a document number": ("〔2009〕12号文", "〔2009〕12号/文"),
    "a tolerance": ("差±20g的", "差/±20g/的"),
    "a year in Chinese numerals": ("二〇〇九年底", "二〇〇九年/底"),
}


@pytest.mark.parametrize(("text", "parts"), CASES.values(), ids=CASES)
def test_what_stays_together(text: str, parts: str) -> None:
    wanted = [parts.replace("_", "/")] if "_" in parts else parts.split("/")
    assert pieces(text) == wanted


def test_a_date_parts_only_after_year_and_month_and_not_gladly() -> None:
    text = "2009年12月31日"
    assert pieces(text) == ["2009年", "12月", "31日"]
    assert break_levels(text)[5] == Level.POOR


def test_the_word_a_number_counts_in_parts_only_when_much_is_gained() -> None:
    text = "长1,988.5小时的"
    assert pieces(text) == ["长", "1,988.5小", "时", "的"]
    assert break_levels(text)[9] == Level.LOATH


def test_an_address_parts_after_its_strokes_stops_and_queries() -> None:
    assert pieces("https://example.org/a?b=1") == ["https://", "example.", "org/", "a?", "b=", "1"]
    assert pieces("见/share/2012/07处") == ["见/", "share/", "2012/", "07处"]
    assert pieces("1/2和GB/T 9704") == ["1/2", "和", "GB/T ", "9704"]


def test_a_word_parts_by_hyphenation_and_only_when_asked() -> None:
    assert pieces("communication") == ["communication"]
    assert pieces("communication", hyphenate=True) == ["com", "mu", "ni", "ca", "tion"]
    assert pieces("www.communication.org", hyphenate=True) == ["www.", "communication.", "org"]
    assert pieces("PDF2000格", hyphenate=True) == ["PDF2000", "格"]
