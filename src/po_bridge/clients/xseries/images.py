"""Pictures of products: fetched, uploaded, looked for; a bad one is told, never an error."""

from __future__ import annotations

from typing import Final

from ...errors import NotFound, Refused
from ...planning.receipt import Absent, Done, Probed, Receipt
from ...planning.refs import Ids, resolve
from ...planning.seen import PictureStatus
from ...planning.write import AttachImage
from ...ports.exchange import Exchange
from .._picture import NoPicture, fetch_picture
from .._standing import Find
from .products import PATH
from .wire import Wire, content_of, id_of, path_of

LEGACY: Final = ("actions", "image_upload")
"""Where a product takes pictures up to 2026-07."""
OWN: Final = ("images",)
"""Where a product takes pictures in 2026-10; the form of the body is assumed."""

_STATUSES: Final = {
    "uploaded": PictureStatus.SHOWN,
    "processing": PictureStatus.PROCESSING,
    "error": PictureStatus.BROKEN,
}

_BAD_FILE: Final = frozenset({400, 413, 415, 422})


def attach_image(
    wire: Wire, host: str, write: AttachImage, ids: Ids, where: tuple[str, ...] = LEGACY
) -> Exchange[Receipt]:
    """Upload a picture to a product; the store may process it for a while, which leaves the receipt unread.

    Sending the same bytes again changes nothing: the store takes them for the same picture.
    """
    product_id = resolve(write.product, ids)
    picture = yield from fetch_picture(write.address, host)
    if isinstance(picture, NoPicture):
        return Receipt(notes=(picture.why,))
    path = path_of(PATH, product_id, *where)
    try:
        answer = yield from wire.upload(path, picture.multipart, picture.multipart_kind)
    except Refused as refused:
        if refused.status not in _BAD_FILE:
            raise
        return Receipt(notes=(f"the store refused the picture at {write.address}: {refused.words}",))
    made = {write.slot: id_of(answer, wire, f"POST /{path}")}
    is_known = _status(answer) in (None, PictureStatus.SHOWN)
    return Receipt(made=made, unread=not is_known)


def read_picture(wire: Wire, image_id: str) -> Exchange[PictureStatus | None]:
    """What became of a picture; None where the store does not tell, as of one that is gone."""
    try:
        answer = yield from wire.read(path_of("product_images", image_id))
    except NotFound:
        return None
    return _status(answer)


def _status(answer: object) -> PictureStatus | None:
    content = content_of(answer)
    return _STATUSES.get(str(content.get("status"))) if isinstance(content, dict) else None


def probe_image(find: Find, write: AttachImage, ids: Ids) -> Exchange[Probed]:
    """Look at the product's pictures: a plan gives one only to a product that has none."""
    product = yield from find(resolve(write.product, ids))
    if product is None or not product.images:
        return Absent()
    return Done(receipt=Receipt(made={write.slot: product.images[0].image_id}, found=True))
