"""Pictures of items: fetched, uploaded, looked for; a bad one is told, never an error."""

from __future__ import annotations

import hashlib
from typing import Any, Final

from ...errors import NotFound, Refused
from ...mapping.json_text import write_json
from ...mapping.rseries import rows_of
from ...planning.receipt import Absent, Done, Probed, Receipt
from ...planning.refs import Ids, resolve
from ...planning.write import AttachImage
from ...ports.exchange import Exchange
from .._picture import NoPicture, Picture, fetch_picture
from .wire import Wire, id_in

KINDS: Final = frozenset({"image/jpeg", "image/jpg", "image/png"})
"""Media types that the store takes."""
MAX_BYTES: Final = 5_000_000
"""Largest picture; the vendor states none."""

_BAD_FILE: Final = frozenset({400, 413, 415, 422})


def attach_image(wire: Wire, host: str, write: AttachImage, ids: Ids) -> Exchange[Receipt]:
    """Upload a picture to an item, under a file name made from its address, so that it can be found again."""
    item_id = resolve(write.product, ids)
    picture = yield from fetch_picture(write.address, host)
    if isinstance(picture, Picture) and (picture.kind not in KINDS or len(picture.content) > MAX_BYTES):
        why = f"the picture at {write.address} is {picture.kind} of {len(picture.content):,} bytes; "
        picture = NoPicture(why=f"{why}the store takes JPG and PNG up to {MAX_BYTES:,}")
    if isinstance(picture, NoPicture):
        return Receipt(notes=(picture.why,))
    data = write_json({"description": "", "ordering": 0, "itemID": item_id})
    stem = _stem(write.address)
    try:
        answer = yield from wire.upload(
            "Image", picture.multipart_with({"data": data}, stem=stem), picture.multipart_kind
        )
    except Refused as refused:
        if refused.status not in _BAD_FILE:
            raise
        return Receipt(notes=(f"the store refused the picture at {write.address}: {refused.words}",))
    return Receipt(made={write.slot: id_in(answer, "Image", "imageID", wire)})


def _stem(address: str) -> str:
    return hashlib.sha256(address.encode()).hexdigest()[:16]


def probe_image(wire: Wire, write: AttachImage, ids: Ids) -> Exchange[Probed]:
    """Look among the item's pictures for one with the file name that this address gives."""
    try:
        document = yield from wire.one("Item", resolve(write.product, ids), ("Images",))
    except NotFound:
        return Absent()
    stem = _stem(write.address)
    for row in rows_of(document, "Item")["Item"]:
        for image in _images(row):
            if str(image.get("filename", "")).startswith(stem) and image.get("imageID"):
                return Done(receipt=Receipt(made={write.slot: str(image["imageID"])}, found=True))
    return Absent()


def _images(row: Any) -> list[dict[str, Any]]:
    held = row.get("Images") if isinstance(row, dict) else None
    return [one for one in held["Image"] if isinstance(one, dict)] if isinstance(held, dict) else []
