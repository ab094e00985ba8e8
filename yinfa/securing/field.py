"""The field that a signature fills: tagged where the document is, with a seal's picture or none.

PDF/UA-1 wants each widget within a Form element (ISO 14289-1 7.18.4), and that named in the tree of
parents; once somebody has signed, the structure tree must stay as it is, or the earlier signature
would count as followed by changes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name, pdf_string
from pyhanko.pdf_utils.images import pil_image
from pyhanko.sign.fields import ensure_sig_flags

Box = tuple[float, float, float, float]  # left, bottom, right, top, in points of the page
PRINT, LOCKED = 4, 128  # flags of an annotation
NOWHERE: Box = (0, 0, 0, 0)
OFF_THE_PAGE: Box = (-9999, -9999, -9999, -9999)  # an untagged widget must not be on it


@dataclass(frozen=True, slots=True)
class Appearance:
    """A picture, and where it stands."""

    picture: Any  # of Pillow, RGB or RGBA
    page: int  # from 0
    box: Box


class AsPrepared:
    """A style by pyHanko's terms that draws nothing: the field looks as it was made."""

    def create_stamp(self, *_: object) -> None:
        """No stamp."""


def add_field(
    writer: Any, name: str, description: str, look: Appearance | None, *, first: bool
) -> None:
    """An empty signature field on *look*'s page, or out of sight on the first one.

    Only the *first* signature may change the structure tree.
    """
    page, _ = writer.find_page_for_modification(look.page if look else 0)
    tree = _open_tree(writer.root) if first else None
    box = look.box if look else NOWHERE if tree else OFF_THE_PAGE
    field = generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Annot"),
            pdf_name("/Subtype"): pdf_name("/Widget"),
            pdf_name("/FT"): pdf_name("/Sig"),
            pdf_name("/T"): pdf_string(name),
            pdf_name("/TU"): pdf_string(description),
            pdf_name("/F"): generic.NumberObject(PRINT | LOCKED),
            pdf_name("/Rect"): generic.ArrayObject(_number(edge) for edge in box),
            pdf_name("/P"): page,
        }
    )
    if look:
        drawn = writer.add_object(_appearance(writer, look))
        field["/AP"] = generic.DictionaryObject({pdf_name("/N"): drawn})
    reference = writer.add_object(field)
    _add_to_form(writer, reference)
    writer.register_annotation(page, reference)
    if tree:
        _tag(writer, tree, page, reference, description)


def _number(value: float) -> generic.FloatObject:
    return generic.FloatObject(f"{value:.3f}")


def _appearance(writer: Any, look: Appearance) -> generic.StreamObject:
    """The form XObject that shows the picture all over its box.

    It is ink upon ink: the text below shows through, and white paper round the seal hides nothing.
    """
    left, bottom, right, top = look.box
    width, height = right - left, top - bottom
    picture = pil_image(look.picture, writer)
    ink = generic.DictionaryObject({pdf_name("/BM"): pdf_name("/Multiply")})
    resources = {
        "/XObject": {pdf_name("/Seal"): picture},
        "/ExtGState": {pdf_name("/Ink"): ink},
    }
    named = {pdf_name(kind): generic.DictionaryObject(items) for kind, items in resources.items()}
    return generic.StreamObject(
        {
            pdf_name("/Type"): pdf_name("/XObject"),
            pdf_name("/Subtype"): pdf_name("/Form"),
            pdf_name("/BBox"): generic.ArrayObject(map(_number, (0, 0, width, height))),
            pdf_name("/Resources"): generic.DictionaryObject(named),
        },
        stream_data=f"q /Ink gs {width:.3f} 0 0 {height:.3f} 0 0 cm /Seal Do Q".encode(),
    )


def _add_to_form(writer: Any, field: Any) -> None:
    """The document's form has *field*, and says that it holds signatures."""
    if "/AcroForm" not in writer.root:
        form = generic.DictionaryObject({pdf_name("/Fields"): generic.ArrayObject()})
        writer.root["/AcroForm"] = writer.add_object(form)
        writer.update_root()
    form = writer.root["/AcroForm"]
    if "/Fields" not in form:
        form["/Fields"] = generic.ArrayObject()
    form["/Fields"].append(field)
    writer.update_container(form["/Fields"])
    ensure_sig_flags(writer)


# --- the structure tree ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Tree:
    """A structure tree that can take one more element at its end."""

    root: Any
    parents: Any  # the list of numbers and elements
    document: Any  # a reference to the element that holds all others


def _open_tree(root: Any) -> _Tree | None:
    """The structure tree of a document; None where it has none, or one of an unusual shape."""
    if "/StructTreeRoot" not in root:
        return None
    tree = root["/StructTreeRoot"]
    if not {"/K", "/ParentTree", "/ParentTreeNextKey"} <= set(tree):
        return None
    if "/Nums" not in tree["/ParentTree"]:
        return None
    top = tree.raw_get("/K")
    if isinstance(top.get_object(), generic.ArrayObject):
        top = top.get_object().raw_get(0)
    document = top if isinstance(top, generic.IndirectObject) else None
    return _Tree(tree, tree["/ParentTree"]["/Nums"], document) if document else None


def _tag(writer: Any, tree: _Tree, page: Any, widget: Any, description: str) -> None:
    """Put *widget* into a Form element at the end of the document."""
    content = {
        pdf_name("/Type"): pdf_name("/OBJR"),
        pdf_name("/Obj"): widget,
        pdf_name("/Pg"): page,
    }
    element = writer.add_object(
        generic.DictionaryObject(
            {
                pdf_name("/Type"): pdf_name("/StructElem"),
                pdf_name("/S"): pdf_name("/Form"),
                pdf_name("/P"): tree.document,
                pdf_name("/Alt"): pdf_string(description),
                pdf_name("/K"): generic.DictionaryObject(content),
            }
        )
    )
    _append(writer, tree.document.get_object(), element)
    key = int(tree.root["/ParentTreeNextKey"])
    widget.get_object()["/StructParent"] = generic.NumberObject(key)
    tree.parents.extend([generic.NumberObject(key), element])
    writer.update_container(tree.parents)
    tree.root["/ParentTreeNextKey"] = generic.NumberObject(key + 1)
    writer.update_container(tree.root)
    sheet = page.get_object()
    if "/Tabs" not in sheet or sheet["/Tabs"] != "/S":  # ISO 14289-1 7.18.3
        sheet["/Tabs"] = pdf_name("/S")
        writer.update_container(sheet)


def _append(writer: Any, parent: Any, element: Any) -> None:
    """*element* is the last kid of *parent*, which may have had one kid, or none."""
    if "/K" in parent and isinstance(parent["/K"], generic.ArrayObject):
        kids = parent["/K"]
    else:
        kids = generic.ArrayObject([parent.raw_get("/K")] if "/K" in parent else [])
        parent["/K"] = kids
        writer.update_container(parent)
    kids.append(element)
    writer.update_container(kids)
