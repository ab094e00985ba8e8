"""Letters that print nothing are refused: what is typed would be there, and nobody would see it."""

from __future__ import annotations

import pytest
from forms import NOTICE, document

from yinfa.report import SourceFault


@pytest.mark.parametrize("char", "\uffa0\u3164\u115f\u1160")
def test_a_letter_that_cannot_be_seen_is_refused(char: str) -> None:
    with pytest.raises(SourceFault, match="看不见的字符"):
        document(NOTICE, 正文=[f"甲{char}乙。"])
