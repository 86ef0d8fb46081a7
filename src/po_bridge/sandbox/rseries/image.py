"""Pictures: multipart upload with the parts `data` and `image`, to an item or a matrix."""

from __future__ import annotations

import hashlib
import json

from attrs import evolve, frozen

from ..message import Part, Response
from .body import Body
from .call import Call, single
from .goods_kind import IMAGE
from .goods_wire import image_wire
from .listing import list_kind
from .records import Image
from .refusal import malformed, missing

SUFFIXES = ("jpg", "jpeg", "png")
"""Kinds of files that are taken."""
LONGEST_NAME = 249
"""Characters of a file name."""

_SIGNATURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")


@frozen
class _Owner:
    item_id: int
    matrix_id: int


def upload(call: Call) -> Response:
    """Take a picture; equal bytes again are a picture more."""
    data, part = _parts(call)
    owner = _named_owner(call) or _told_owner(call, data)
    held = call.state.images_of(owner.item_id, owner.matrix_id)
    if len(held) >= call.switches.max_pictures:
        raise malformed(f"at most {call.switches.max_pictures} images")
    image = Image(
        id=call.state.images.new_id(),
        item_id=owner.item_id,
        matrix_id=owner.matrix_id,
        description=call.line(data, "description"),
        filename=part.filename,
        ordering=data.whole("ordering"),
        digest=hashlib.sha256(part.content).hexdigest(),
        size=len(part.content),
        create_time=call.now,
        time_stamp=call.now,
    )
    call.note_ignored(data)
    return single("Image", image_wire(call, call.state.images.put(image)))


def list_owned(call: Call) -> Response:
    """Answer the pictures of the item or matrix that the path names."""
    owner = _named_owner(call)
    if owner is None:
        return list_kind(IMAGE, call)
    return list_kind(IMAGE, call, lambda call: call.state.images_of(owner.item_id, owner.matrix_id))


def update_image(call: Call) -> Response:
    """Change description or place of a picture."""
    image, body = _one(call), call.body()
    changed = evolve(
        image,
        description=call.line(body, "description", image.description),
        ordering=body.whole("ordering", image.ordering),
        time_stamp=call.now,
    )
    call.note_ignored(body)
    return single("Image", image_wire(call, call.state.images.put(changed)))


def delete_image(call: Call) -> Response:
    """Remove a picture for good."""
    image = _one(call)
    call.state.images.drop(image.id)
    return single("Image", image_wire(call, image))


def _parts(call: Call) -> tuple[Body, Part]:
    parts = {part.name: part for part in call.request.parts()}
    if set(parts) != {"data", "image"}:
        raise malformed("send multipart/form-data with the parts data and image")
    try:
        data = Body(json.loads(parts["data"].content.decode()))
    except ValueError as error:
        raise malformed("the part data is not JSON") from error
    return data, _checked(call, parts["image"])


def _checked(call: Call, part: Part) -> Part:
    stem, _, suffix = part.filename.rpartition(".")
    if suffix.lower() not in SUFFIXES or not part.content.startswith(_SIGNATURES):
        raise malformed("the image must be JPG or PNG")
    if "." in stem or len(part.filename) > LONGEST_NAME:
        raise malformed("the file name must have one dot and fewer than 250 characters")
    largest = call.switches.max_picture
    if largest is not None and len(part.content) > largest:
        raise malformed(f"the image is larger than {largest} bytes")
    return part


def _named_owner(call: Call) -> _Owner | None:
    if "item" in call.params:
        return _Owner(call.one(call.state.items, "item").id, 0)
    if "matrix" in call.params:
        return _Owner(0, call.one(call.state.matrices, "matrix").id)
    return None


def _told_owner(call: Call, data: Body) -> _Owner:
    owner = _Owner(
        call.linked(call.state.items, data, "itemID", 0),
        call.linked(call.state.matrices, data, "itemMatrixID", 0),
    )
    if bool(owner.item_id) is bool(owner.matrix_id):
        raise malformed("data must hold itemID or itemMatrixID")
    return owner


def get_image(call: Call) -> Response:
    """Answer one picture; raises 404 for one of another owner."""
    return single("Image", image_wire(call, _one(call)))


def _one(call: Call) -> Image:
    owner, image = _named_owner(call), call.one(call.state.images)
    if owner is not None and (image.item_id, image.matrix_id) != (owner.item_id, owner.matrix_id):
        raise missing()
    return image
