"""Style documents in the cache file."""

from __future__ import annotations

from typing import Final

from attrs import evolve, frozen

from ..mapping.freeze import frozen_json
from ..mapping.json_text import parse_json, write_json
from ..models.style_document import StyleDocument
from ..planning.exact import MOMENT
from ..ports.cache import KeptStyle
from .document import pack, pack_bytes, unpack, unpack_bytes
from .kept_file import KeptFile

_GET: Final = "SELECT at, document, extra FROM style WHERE portal = ? AND style = ?"
_PUT: Final = "REPLACE INTO style (portal, style, at, document, extra) VALUES (?, ?, ?, ?, ?)"


@frozen
class SqliteStyles:
    """Style documents with their age; one that the source does not have is kept too."""

    _file: KeptFile

    def get(self, portal: str, style_id: str) -> KeptStyle | None:
        """A kept document."""
        with self._file.reading() as connection:
            row = connection.execute(_GET, (portal, style_id)).fetchone()
            if row is None:
                return None
            at, document, extra = row
            return KeptStyle(document=_read(document, extra) if document else None, at=MOMENT.read(at))

    def put(self, portal: str, style_id: str, kept: KeptStyle) -> None:
        """Keep a document."""
        packed, extra = _written(kept.document) if kept.document else (None, None)
        with self._file.writing() as connection:
            connection.execute(_PUT, (portal, style_id, MOMENT.write(kept.at), packed, extra))


def _written(document: StyleDocument) -> tuple[bytes, bytes]:
    """The document, and apart from it what no table knows: that is JSON of any shape, with numbers."""
    extra = pack_bytes(write_json(document.extra), StyleDocument)
    return pack(evolve(document, extra={})), extra


def _read(document: bytes, extra: bytes) -> StyleDocument:
    unknown = frozen_json(parse_json(unpack_bytes(extra, StyleDocument)))
    return evolve(unpack(document, StyleDocument), extra=unknown)
