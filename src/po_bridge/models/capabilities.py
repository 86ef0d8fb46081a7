"""What a target can hold and how it takes writes."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from attrs import field, frozen

from .bucket import RateBucket
from .checks import frozen_mapping


class Effect(Enum):
    """What repeating a write does."""

    SETS = "sets"
    """The same write again leaves the same state."""
    UNIQUE = "unique"
    """The remote refuses a second one."""
    ADDS = "adds"
    """A second one makes a duplicate or adds a second time."""


@frozen(kw_only=True)
class Capabilities:
    """The grain and the limits of a target; the planner knows nothing else of it."""

    members_per_create: int
    """Variants one family creation takes along; 0 where the family is made as a shell."""
    members_per_add: int
    """Variants one later addition takes; 0 where none can be added."""
    lines_per_add: int
    """Order lines one call takes."""
    options_per_create: int = 1
    """Variant options one creation makes."""
    max_options: int = 3
    """Variant options a family may have."""
    max_members: int = 200
    """Variants a family may have."""
    drafts: bool = True
    """Whether products can be made inactive."""
    tags: bool = True
    """Whether products can carry tags."""
    statuses: bool = True
    """Whether an order can be marked as sent."""
    parallel: int = 1
    """Steps that may be under way at once."""
    settle: float = 60.0
    """Seconds after sending before *absent* counts, since a request that timed out may still be running."""
    effects: Mapping[str, Effect] = field(factory=dict, converter=frozen_mapping)
    """What repeating each kind of write does; a kind left out ADDS."""
    lines_move_order: bool = False
    """Whether a changed line gives its order a new revision: lines of an order that did not move are not read again."""
    dead_codes_free: bool = False
    """Whether codes of deleted products are known to be free; else they count as taken."""
    generation: str = ""
    """Which generation of ids its records bear, where a POS has several; a cache that holds others is read anew."""
    records_per_page: int = 100
    """Records that one page of a list is asked for; the store may give fewer."""
    charges: bool = False
    """Whether a purchase order can bear freight and surcharge beside its goods; else they are named as a loss."""
    unheld: Mapping[str, str] = field(factory=dict, converter=frozen_mapping)
    """Business fields without a place of their own, by attribute of a draft, each with the reason.

    What an order would have had there is named as a loss.
    """
    bucket: RateBucket | None = None
    """What the remote counts calls in; None where it does not count them."""
