"""What the renderer embeds of an OpenType face beyond its outlines is taken out again."""

from __future__ import annotations

from yinfa.pdf import font_table, resolved
from yinfa.pdf.objects import DictionaryObject, NameObject, PdfWriter, every_object
from yinfa.pdf.outlines import count_by_glyph


def strip_outlines(writer: PdfWriter) -> None:
    """Leave of each embedded OpenType face with CFF outlines these alone, which is all PDF needs.

    The renderer embeds the whole font file, whose other tables repeat what PDF says itself.
    """
    for found in every_object(writer):
        if not isinstance(found, DictionaryObject) or "/FontFile3" not in found:
            continue
        stream = resolved(found["/FontFile3"])
        outlines = font_table(stream.get_data(), b"CFF ")
        if outlines:
            stream.set_data(count_by_glyph(outlines))
            stream[NameObject("/Subtype")] = NameObject("/CIDFontType0C")
