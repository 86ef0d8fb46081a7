"""Everything that could tell a secret: texts of errors and what hangs on them, values of our frames, log records."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.stand import Stand

import po_bridge

OURS = str(Path(po_bridge.__file__).parent)


def secrets_of(stand: Stand) -> set[str]:
    """Every text of a stand that opens something."""
    opened = [portal.credentials[0] for portal in stand.portals]
    texts = {text for one in opened for text in (one.consumer_secret, one.token, one.token_secret)}
    return texts | {stand.token}


def told_by(error: BaseException) -> Iterator[str]:
    """What an error says by itself, by its chain, and by the values in our own frames."""
    yield "".join(traceback.format_exception(error))
    for one in _chain(error):
        yield from (str(one), repr(one), repr(one.args), repr(vars(one)))
        for frame, _line in traceback.walk_tb(one.__traceback__):
            if frame.f_code.co_filename.startswith(OURS):
                yield from (repr(value) for value in frame.f_locals.values())


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    waiting = [error]
    while waiting:
        one = waiting.pop()
        if one is not None and id(one) not in seen:
            seen.add(id(one))
            yield one
            waiting += [one.__cause__, one.__context__]


def told_by_logs(records: Iterable[logging.LogRecord]) -> Iterator[str]:
    """Log records, formatted and as they are."""
    for record in records:
        yield record.getMessage()
        yield repr(vars(record))


def leaks(secrets: Iterable[str], texts: Iterable[str]) -> list[str]:
    """Where a secret shows, with what stands before it."""
    return [
        f"…{text[max(text.index(secret) - 60, 0) : text.index(secret)]}*** ({secret[:6]}…)"
        for text in texts
        for secret in secrets
        if secret in text
    ]
