"""The names that pypdf keeps to itself do what the door says they do."""

from __future__ import annotations

import zlib

from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, StreamObject

from yinfa import pdf
from yinfa.pdf.objects import add, every_object, packed, permissions, repack


def test_what_is_added_is_pointed_to_and_is_one_of_all_objects() -> None:
    writer = PdfWriter()
    value = DictionaryObject({NameObject("/Type"): NameObject("/Font")})
    reference = add(writer, value)
    assert reference.get_object() is value
    assert add(writer, value) == reference
    assert list(every_object(writer))[reference.idnum - 1] is value


def test_objects_that_are_added_meanwhile_are_met_too() -> None:
    writer = PdfWriter()
    for number, _ in enumerate(every_object(writer)):
        if number < 20:
            add(writer, DictionaryObject())
    assert number >= 20


def test_a_stream_is_packed_as_its_filters_left_it_and_can_be_given_other_data() -> None:
    stream = pdf._stream(b"q Q")
    assert zlib.decompress(packed(stream)) == b"q Q"
    del stream["/Filter"]
    repack(stream, b"0 g")
    assert packed(stream) == b"0 g"
    assert isinstance(stream, StreamObject)


def test_what_readers_may_do_is_in_the_file() -> None:
    writer = PdfWriter()
    writer.add_blank_page(10, 10)
    writer.encrypt("secret", algorithm="AES-256")
    assert permissions(writer)["/Filter"] == "/Standard"
