"""Any PDF into Sheets: what stands where, in mm.

The reader is pdfium, not the library that writes our PDFs. Nothing here knows the standard, the
document or the layouts; PDFs by other producers are read the same way.
"""

from yinfa.reading.facts import Facts, FontFact, OutlineEntry
from yinfa.reading.images import page_images
from yinfa.reading.opening import Reading, read
from yinfa.reading.sheets import (
    EM_ASCENT,
    EM_DESCENT,
    INVISIBLE,
    Box,
    Char,
    DrawnPicture,
    Look,
    Sheet,
    Stroke,
    TextLine,
)

__all__ = [
    "EM_ASCENT",
    "EM_DESCENT",
    "INVISIBLE",
    "Box",
    "Char",
    "DrawnPicture",
    "Facts",
    "FontFact",
    "Look",
    "OutlineEntry",
    "Reading",
    "Sheet",
    "Stroke",
    "TextLine",
    "page_images",
    "read",
]
