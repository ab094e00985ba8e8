"""Objects become a small file that any reader understands, the same every time."""

from __future__ import annotations

import io
import string
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    ByteStringObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NullObject,
    NumberObject,
    TextStringObject,
)

from yinfa import pdf
from yinfa.pdf import serializing

NAMES = st.text(st.characters(min_codepoint=33, max_codepoint=0x9FFF, exclude_categories=["Cs"]))
LEAVES = st.one_of(
    st.integers(-(2**31), 2**31).map(NumberObject),
    st.floats(-1e6, 1e6).map(lambda value: FloatObject(round(value, 4))),
    st.booleans().map(BooleanObject),
    st.just(NullObject()),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1).map(TextStringObject),
    st.binary(min_size=1).map(ByteStringObject),
    NAMES.map(lambda name: NameObject(f"/{name}")),
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner).map(ArrayObject),
        st.dictionaries(st.text(string.ascii_letters, min_size=1), inner).map(
            lambda items: DictionaryObject(
                {NameObject(f"/{key}"): value for key, value in items.items()}
            )
        ),
    ),
    max_leaves=12,
)


def writer() -> PdfWriter:
    found = PdfWriter()
    found.add_blank_page(100, 100)
    return found


def read(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content), strict=True)


@given(VALUES)
def test_what_is_written_is_read_back(value: Any) -> None:
    source = writer()
    source.root_object[NameObject("/Tried")] = source._add_object(value)
    root: Any = read(pdf.to_bytes(source)).trailer["/Root"]
    assert same(root.get("/Tried", NullObject()), value)


def same(found: Any, wanted: Any) -> bool:
    found = found.get_object() if found is not None else NullObject()
    if isinstance(wanted, DictionaryObject):
        return set(found) == set(wanted) and all(same(found.get(k), v) for k, v in wanted.items())
    if isinstance(wanted, ArrayObject):
        return len(found) == len(wanted) and all(map(same, found, wanted))
    if isinstance(wanted, ByteStringObject):
        return (found.original_bytes if isinstance(found, TextStringObject) else found) == wanted
    if isinstance(wanted, NullObject):
        return isinstance(found, NullObject)
    if isinstance(wanted, BooleanObject):
        return found.value == wanted.value
    if isinstance(wanted, FloatObject):
        return float(found) == pytest.approx(float(wanted), abs=1e-4)
    return found == wanted


def with_stream(data: bytes, **keys: str) -> bytes:
    source = writer()
    stream = DecodedStreamObject()
    stream.set_data(data)
    stream.update({NameObject(f"/{key}"): NameObject(f"/{name}") for key, name in keys.items()})
    source.root_object[NameObject("/Tried")] = source._add_object(stream)
    return pdf.to_bytes(source)


@given(st.binary(max_size=40), st.sampled_from([b"", b"\r", b"\n", b"\r\n", b"endstream"]))
def test_streams_end_where_they_say(data: bytes, end: bytes) -> None:
    found = read(with_stream(data + end)).trailer["/Root"]["/Tried"]
    assert found.get_data() == data + end


def test_streams_are_compressed_but_for_metadata_that_people_may_read() -> None:
    text = b"archive " * 100
    assert text not in with_stream(text)
    assert text in with_stream(text, Type="Metadata")


def test_what_nothing_points_to_is_left_out() -> None:
    source = writer()
    source._add_object(TextStringObject("forgotten"))
    source._add_object(with_data := DecodedStreamObject())
    with_data.set_data(b"forgotten")
    assert b"forgotten" not in pdf.to_bytes(source)
    assert len(pdf.to_bytes(source)) == len(pdf.to_bytes(writer()))


def test_a_reference_to_nothing_is_null() -> None:
    source = writer()
    source.root_object[NameObject("/Tried")] = ArrayObject([source._add_object(NullObject())])
    (found,) = read(pdf.to_bytes(source)).trailer["/Root"]["/Tried"]
    assert isinstance(found.get_object(), NullObject)


def test_the_identifier_follows_from_the_content() -> None:
    one, other = (read(with_stream(data)).trailer["/ID"] for data in (b"one", b"other"))
    assert one[0] == one[1]
    assert one != other
    assert with_stream(b"one") == with_stream(b"one")


def test_more_objects_than_an_object_stream_takes() -> None:
    source = writer()
    many = [source._add_object(NumberObject(n)) for n in range(serializing.PACKED * 2 + 1)]
    source.root_object[NameObject("/Tried")] = ArrayObject(many)
    found = read(pdf.to_bytes(source)).trailer["/Root"]["/Tried"]
    assert [int(value.get_object()) for value in found] == list(range(serializing.PACKED * 2 + 1))


def test_what_is_no_pdf_object_is_our_own_mistake() -> None:
    source = writer()
    source.root_object[NameObject("/Tried")] = ArrayObject(["text"])  # type: ignore[list-item]
    with pytest.raises(TypeError, match="text"):
        pdf.to_bytes(source)
