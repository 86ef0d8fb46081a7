"""Pictures: multipart upload, processing in the background, status, position, removal."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from http import HTTPStatus
from typing import Any

from attrs import evolve

from ..message import Part, Response
from .body import members, number
from .call import Call, data
from .records import Image
from .refusal import malformed, rejected
from .state import State

SUFFIXES = ("jpg", "jpeg", "png", "gif", "tiff", "tif", "webp")
"""Kinds of files that are taken."""
MAX_BYTES = 10_000_000
"""Largest file."""
MAX_IMAGES = 250
"""Pictures of one product."""

_SIGNATURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"II*\x00", b"MM\x00*", b"RIFF")
_POSITION = members({"position": number})


def upload(call: Call) -> Response:
    """Take one file in the field `image`; it is processed a while before it shows, unless that takes no time.

    The same file again is the same picture. Bytes that are no picture end with status `error`.
    """
    return keep(call, call.one(call.state.products, "product").id)


def keep(call: Call, product_id: str) -> Response:
    """Keep the file of a request as a picture of a product."""
    part, suffix = _file(call)
    digest = hashlib.sha256(part.content).hexdigest()
    held = _held(call.state, product_id)
    same = [image for image in held if image.digest == digest]
    if same:
        return data(image_wire(same[0]), HTTPStatus.CREATED)
    if len(held) >= MAX_IMAGES:
        raise rejected(f"a product has at most {MAX_IMAGES} images")
    readable = part.content.startswith(_SIGNATURES)
    image = _put(call, product_id, digest=digest, suffix=suffix, readable=readable, delay=True)
    finish_images(call.state, call.now)
    return data(image_wire(call.state.images.by_id[image.id]), HTTPStatus.CREATED)


def _file(call: Call) -> tuple[Part, str]:
    parts = call.request.parts()
    if len(parts) != 1 or parts[0].name != "image":
        raise malformed("send one file as multipart/form-data in the field image")
    part = parts[0]
    suffix = part.filename.rpartition(".")[2].lower()
    if suffix not in SUFFIXES:
        raise malformed(f"the file must be one of {', '.join(SUFFIXES)}, not {part.filename!r}")
    if not part.content or len(part.content) > MAX_BYTES:
        raise malformed(f"the file must have 1 to {MAX_BYTES} bytes")
    return part, suffix


def _held(state: State, product_id: str) -> list[Image]:
    images = [state.images.by_id[key] for key in state.pictures.get(product_id, ())]
    return [image for image in images if image.deleted_at is None]


def _put(call: Call, product_id: str, *, digest: str, suffix: str, readable: bool, delay: bool) -> Image:
    state = call.state
    image = Image(
        id=state.new_id(),
        version=state.new_version(),
        product_id=product_id,
        position=len(_held(state, product_id)) + 1,
        digest=digest,
        suffix=suffix,
        status="processing" if delay else "uploaded",
        ready_at=call.now + call.switches.image_time,
        readable=readable,
    )
    state.pictures[product_id] = (*state.pictures.get(product_id, ()), image.id)
    if delay:
        state.processing = (*state.processing, image.id)
    return state.images.put(image)


def take_inline(call: Call, product_id: str, entries: Iterable[Mapping[str, Any]]) -> list[Image]:
    """Attach images given by address; they count as uploaded at once."""
    digests = [hashlib.sha256(entry["location"].encode()).hexdigest() for entry in entries]
    return [
        _put(call, product_id, digest=digest, suffix="jpg", readable=True, delay=False) for digest in digests
    ]


def finish_images(state: State, now: datetime) -> None:
    """End the processing of the pictures whose time has come; their products get a new version."""
    for key in state.processing:
        image = state.images.by_id[key]
        if image.ready_at > now or image.deleted_at is not None:
            continue
        status = "uploaded" if image.readable else "error"
        state.images.put(evolve(image, status=status, version=state.new_version()))
        product = state.products.live(image.product_id)
        if product is not None:
            state.touch(product, now)
    waiting = (state.images.by_id[key] for key in state.processing)
    state.processing = tuple(
        each.id for each in waiting if each.status == "processing" and each.deleted_at is None
    )


def image_wire(image: Image) -> dict[str, Any]:
    """Write a picture's status."""
    return {
        "id": image.id,
        "product_id": image.product_id,
        "position": image.position,
        "status": image.status,
        "version": image.version,
    }


def get_image(call: Call) -> Response:
    """Answer the status of a picture."""
    return data(image_wire(call.one(call.state.images, "image")))


def move_image(call: Call) -> Response:
    """Give a picture another position."""
    image = call.one(call.state.images, "image")
    position = int(call.read(_POSITION)["position"])
    moved = evolve(image, position=position, version=call.state.new_version())
    return data(image_wire(call.state.images.put(moved)))


def delete_image(call: Call) -> Response:
    """Remove a picture from its product."""
    return discard(call, call.one(call.state.images, "image"))


def discard(call: Call, image: Image) -> Response:
    """Take a picture away."""
    state = call.state
    state.images.put(evolve(image, version=state.new_version(), deleted_at=call.now))
    kept = tuple(key for key in state.pictures.get(image.product_id, ()) if key != image.id)
    state.pictures[image.product_id] = kept
    product = state.products.live(image.product_id)
    if product is not None:
        state.touch(product, call.now)
    return Response(status=HTTPStatus.NO_CONTENT)
