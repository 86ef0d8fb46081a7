"""What the store can hold and how it takes writes, by the version that is spoken."""

from __future__ import annotations

from ...models.bucket import RateBucket
from ...models.capabilities import Capabilities
from .effects import EFFECTS, UNHELD
from .lines import LINES_PER_CALL
from .settings import Settings
from .versions import ApiVersion


def capabilities_of(settings: Settings, page_size: int, bucket: RateBucket | None) -> Capabilities:
    """A family with up to 200 variants in one call, 500 lines in one call, one step at a time."""
    families = settings.generation is not ApiVersion.V2026_07
    return Capabilities(
        members_per_create=200,
        members_per_add=200 if families else 1,
        lines_per_add=LINES_PER_CALL,
        options_per_create=1,
        max_options=3,
        max_members=200,
        drafts=True,
        tags=True,
        statuses=True,
        parallel=1,
        settle=settings.settle,
        effects=EFFECTS,
        unheld=UNHELD if families else {},
        dead_codes_free=settings.deleted_codes_free is True,
        lines_move_order=settings.line_moves_version is True,
        generation=settings.generation.value if families else "",
        records_per_page=page_size,
        bucket=bucket,
    )
