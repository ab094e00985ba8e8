"""Who signs, when and how, 7.3.5."""

from __future__ import annotations

from yinfa.model import Sealing, Signature
from yinfa.validating import pictures
from yinfa.validating.reader import Fields


def signature(fields: Fields) -> Signature:
    """The signature of *fields*; nothing in it where the source names nobody."""
    issuers = fields.texts("signature") or fields.texts("issuer")
    seals = pictures.seals(fields, "seal")
    stamps = pictures.stamps(fields, "signature_stamp")
    day = fields.date("date")
    if day.blank and "draft" not in fields:
        fields.wrong(
            "date",
            f"“{fields.shown('date')}”空白，只有稿子可以这样",
            f"请写上日期；还是稿子的，请写上“{fields.shown('draft')}: 征求意见稿”",
            "7.3.5.4",
        )
    for name, marks, clause in (
        ("seal", seals, "7.3.5.1"),
        ("signature_stamp", stamps, "7.3.5.3"),
    ):
        if len(marks) > max(len(issuers), 1):
            what = fields.kind.named(name).chinese
            fields.wrong(
                name,
                f"有{len(marks)}个{what}，只有{len(issuers)}个署名机关",
                f"一个机关一个{what}，顺序相同",
                clause,
            )
    place = fields.choice("signature_place")
    return Signature(
        issuers=issuers,
        date=day.date,
        date_place=day.place,
        date_blank=day.blank,
        sealing=_sealing(fields, bool(seals), bool(stamps)),
        seals=seals,
        stamps=stamps,
        under_title=place is not None and place.value == "under_title",
    )


def _sealing(fields: Fields, sealed: bool, stamped: bool) -> Sealing:
    """How it is signed: as said, else by what is given."""
    if sealed and stamped:
        fields.wrong(
            "signature_stamp",
            f"又有“{fields.shown('seal')}”，又有“{fields.shown('signature_stamp')}”",
            "只能用一种，请删去一项",
            "7.3.5",
        )
    word = fields.choice("signing")
    if word is None:
        return Sealing.SEAL if sealed else Sealing.STAMP if stamped else Sealing.NONE
    sealing = Sealing(word.value)
    for name, given, wanted in (
        ("seal", sealed, Sealing.SEAL),
        ("signature_stamp", stamped, Sealing.STAMP),
    ):
        if given and sealing is not wanted:
            fields.wrong(
                name,
                f"“{fields.shown('signing')}”写的是另一种，这里又有“{fields.shown(name)}”",
                "请改一处，使两处一致",
                "7.3.5",
            )
    return sealing
