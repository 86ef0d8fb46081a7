"""What the vendor leaves unsaid, as settings of the emulator."""

from __future__ import annotations

from datetime import timedelta
from enum import Enum

from attrs import frozen


class ErrorBody(Enum):
    """How the body of an undocumented error looks."""

    ENVELOPE = "envelope"
    """The recorded envelope with httpCode, httpMessage, message and errorClass."""
    HTML = "html"
    """A page of HTML."""
    EMPTY = "empty"
    """Nothing."""


class UnsureFilter(Enum):
    """What a list does with a filter of which nobody knows whether it filters."""

    FILTERS = "filters"
    """It filters like any other field."""
    IGNORED = "ignored"
    """The list comes as if it had not been sent."""
    REFUSED = "refused"
    """400."""


class EarlyDate(Enum):
    """What becomes of an ordered date that comes before the first line."""

    DROPPED = "dropped"
    """It is not kept: a change of status needs a line."""
    KEPT = "kept"
    """It is kept and shown at once, as in the vendor's example."""
    WAITS = "waits"
    """It is not shown before the order has a line."""


class LongText(Enum):
    """What becomes of a name or text beyond `text_length`."""

    KEPT = "kept"
    """It is stored whole."""
    CUT = "cut"
    """It is cut without a word."""
    REFUSED = "refused"
    """400."""


@frozen(kw_only=True)
class Switches:
    """The open questions of the R-Series API; section numbers are those of our reference."""

    busy_body: ErrorBody = ErrorBody.ENVELOPE
    """Body of 429 (1, 4)."""
    error_body: ErrorBody = ErrorBody.ENVELOPE
    """Body of 403, 404, 405, 409 and 422 (1, 7)."""
    duplicates_refused: bool = True
    """Whether a second item with a UPC or EAN in use is refused (1)."""
    duplicate_create_status: int = 400
    """Status of that refusal on POST; the message holds `already exists` either way (1)."""
    duplicate_update_status: int = 422
    """Status of that refusal on PUT (1)."""
    codes_cross: bool = False
    """Whether a UPC and the EAN that is the same number with a zero in front are one code (8.3)."""
    archived_codes_free: bool = False
    """Whether codes of archived items may be used again (8.3)."""
    odd_codes_refused: bool = True
    """Whether a UPC or EAN without 11 to 14 digits is refused (9)."""
    code_zeros_ignored: bool = False
    """Whether a search by itemCode leaves zeros in front out of account (5)."""
    nested_items: bool = False
    """Whether `Items` in a new matrix make items; ignored otherwise (1)."""
    order_note: bool = False
    """Whether `Note` of an order can be written; ignored otherwise (1)."""
    nested_lines: bool = False
    """Whether `OrderLines` in an order make lines; ignored otherwise (1)."""
    complete_writable: bool = False
    """Whether `complete` of an order can be written; ignored otherwise (1)."""
    shop_required: bool = True
    """Whether an order without shopID is refused; otherwise it goes to the first shop (1)."""
    vendor_required: bool = False
    """Whether an order without vendorID is refused (8.1)."""
    early_date: EarlyDate = EarlyDate.DROPPED
    """An ordered date before the first line (8.1)."""
    long_text: LongText = LongText.KEPT
    """Names and texts beyond `text_length` (1, 9)."""
    text_length: int = 255
    """Characters from which `long_text` applies (1, 9)."""
    names_unique: bool = False
    """Whether a second vendor or brand of one name is refused (1)."""
    names_folded: bool = False
    """Whether filters compare text without letter case (5)."""
    next_keeps_filters: bool = True
    """Whether `next` carries filters and load_relations beside cursor, sort and limit (1, 5)."""
    short_pages: bool = False
    """Whether pages are shorter than asked for although more follows (5)."""
    stuck_cursor: bool = False
    """Whether lists ignore `after` and give their first page again and again (5)."""
    unknown_filter: UnsureFilter = UnsureFilter.REFUSED
    """A filter by a field that the record has not (5)."""
    order_filter: UnsureFilter = UnsureFilter.FILTERS
    """Filters of orders by refNum, b2bOrderUID and b2bOrderNumber (1)."""
    size_in_first_slot: bool = False
    """Whether the built-in set Size names attribute 1; its second attribute otherwise (1, 8.5)."""
    sets_writable: bool = True
    """Whether attribute sets can be made and changed (8.5)."""
    second_line_refused: bool = True
    """Whether an order refuses a second line for one item (1)."""
    line_price_kept: bool = True
    """Whether a price sent beside originalPrice stays on an order with a discount; computed otherwise (8.2)."""
    line_put_stale: bool = False
    """Whether PUT of a line answers the line as it was before (8.2)."""
    line_moves_order: bool = False
    """Whether a change of a line gives its order a new timeStamp (8.1)."""
    archived_orderable: bool = True
    """Whether an archived item can be put on an order (8.2)."""
    finished_closed: bool = True
    """Whether a finished order refuses changes (12)."""
    nested_cost: bool = True
    """Whether every nested entity of a body costs 0.5; only order lines and items do otherwise (1, 4)."""
    variant_named: bool = True
    """Whether the description of a variant is made from the matrix and its attributes (8.3)."""
    publish_default: bool = True
    """What publishToEcom is when it is not sent (8.3)."""
    tags_writable: bool = True
    """Whether `Tags` of an item or matrix replaces its tags; ignored otherwise (8.3)."""
    values_absent: bool = False
    """Whether a matrix shows no attribute values at all, as in old answers (6)."""
    empty_text: bool = False
    """Whether empty relations are loaded as an empty text; absent otherwise (6)."""
    vendor_name_hidden: bool = False
    """Whether PUT of a vendor without name is answered without the name (8.6)."""
    max_picture: int | None = 5_000_000
    """Largest picture in bytes (1)."""
    max_pictures: int = 12
    """Pictures of one item or matrix (8.8)."""
    token_life: timedelta = timedelta(seconds=3600)
    """How long an access token lives; 1800 is published too (3)."""
    old_refresh_good: bool = True
    """Whether an old refresh token stays good until the new access token is used (3)."""
    old_access_dies: bool = False
    """Whether a refresh ends the access token before (3)."""
    session_cut: bool = False
    """Whether the session shows the employee's rights cut with the scopes of the token (3)."""
