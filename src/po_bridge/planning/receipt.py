"""What a remote said a step did, and what a probe found."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from attrs import field, frozen

from ..models.checks import aware, frozen_mapping
from .outcome import Difference
from .question import Question
from .refs import Slot
from .write import Write


@frozen(kw_only=True)
class Receipt:
    """A step's change is there."""

    made: Mapping[Slot, str] = field(factory=dict, converter=frozen_mapping)
    """Remote ids of what it made."""
    found: bool = False
    """True where a probe met it, so that it may not be ours; such a record is never compensated."""
    notes: tuple[str, ...] = ()
    """What a person should know, as an image that was refused."""
    unread: bool = False
    """True where something is still to be read back: ids that *made* leaves out, fields, what becomes of a picture.

    Only a target that ``ReadsBack`` says so; one look serves many steps then.
    """
    differences: tuple[Difference, ...] = ()
    """What was read back otherwise than planned."""


@frozen(kw_only=True)
class Refusal:
    """A remote said no; nothing was changed."""

    status: int
    """HTTP status, 0 where there is none."""
    words: str
    """The remote's own words."""
    mend: str
    """Who must do what."""
    again: bool = False
    """The same step may be sent again as a new attempt."""
    retry_at: datetime | None = field(default=None, validator=aware)
    """Not before this moment."""


@frozen(kw_only=True)
class Doubt:
    """A request left and its outcome is not known."""

    why: str
    """What happened instead of an answer."""


@frozen(kw_only=True)
class Rest:
    """What remains to be done, as writes of their own."""

    writes: tuple[Write, ...]
    """Child steps, in order."""
    receipt: Receipt = field(factory=Receipt)
    """What is there already."""


@frozen(kw_only=True)
class Done:
    """A probe found the change."""

    receipt: Receipt
    """What it found."""


@frozen(kw_only=True)
class Absent:
    """A probe did not find the change."""


@frozen(kw_only=True)
class Partly:
    """A probe found a part of the change."""

    rest: Rest
    """What is missing."""


@frozen(kw_only=True)
class Unclear:
    """A probe cannot tell; a person must."""

    question: Question
    """What to ask."""


Probed = Done | Absent | Partly | Unclear
"""What a probe may answer."""
