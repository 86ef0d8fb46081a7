"""Pictures on the image host's path; nobody has to sign for them."""

from __future__ import annotations

import hashlib
from http import HTTPStatus

from ..message import Request, Response
from .state import State

PATH = "/product/"
"""Where pictures are: `/product/<hash>.jpg`."""
_MEDIA = ((b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"))


def keep_picture(state: State, content: bytes) -> str:
    """Store a picture and give its hash, 32 hexadecimal digits of the content."""
    name = hashlib.sha256(content).hexdigest()[:32]
    state.pictures[name] = content
    return name


def read_picture(request: Request, state: State) -> Response:
    """Answer with a picture; the media type is that of the bytes, whatever the address ends in."""
    name, _, ending = request.path.removeprefix(PATH).partition(".")
    content = state.pictures.get(name)
    if content is None or ending not in {"jpg", "png"} or request.method != "GET":
        return Response(
            status=HTTPStatus.NOT_FOUND.value, headers={"content-type": "text/plain"}, body=b"Not Found\n"
        )
    media = next((media for start, media in _MEDIA if content.startswith(start)), "application/octet-stream")
    return Response(headers={"content-type": media, "cache-control": "max-age=31536000"}, body=content)
