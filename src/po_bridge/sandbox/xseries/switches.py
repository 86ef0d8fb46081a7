"""What the vendor leaves unsaid, as settings of the emulator."""

from __future__ import annotations

from datetime import timedelta
from enum import Enum

from attrs import frozen


class BodyForm(Enum):
    """How the body of a consignment or of one of its lines has to come."""

    BARE = "bare"
    """The members stand at the top, as in the vendor's tutorial and Postman collection."""
    WRAPPED = "wrapped"
    """The members stand in `data`, as in the vendor's OpenAPI documents."""
    BOTH = "both"
    """Either is taken."""


class BadRow(Enum):
    """What a bulk line call does when one of its rows is bad."""

    REFUSE_ALL = "refuse all"
    """422 and nothing is written."""
    KEEP_GOOD = "keep good"
    """422, and yet the good rows are written."""
    SKIP_BAD = "skip bad"
    """200; the good rows are written and alone stand in the answer."""


class ImageBody(Enum):
    """How a picture comes in 2026-10."""

    MULTIPART = "multipart"
    """One file in the field `image`, as up to 2026-07."""
    ADDRESS = "address"
    """JSON with the member `url`."""


class AddBody(Enum):
    """How more products of a family come in 2026-10."""

    LIST = "list"
    """A bare list, as an integrator reports."""
    WRAPPED = "wrapped"
    """The list stands in `products`, as on creation."""


class ErrorShape(Enum):
    """How the body of an undocumented error looks."""

    MESSAGE = "message"
    """`error` holds the title, `message` the detail, as documented for 429."""
    OBJECT = "object"
    """`error` holds an object with code and message."""
    LIST = "list"
    """`errors` holds a list of texts."""
    EMPTY = "empty"
    """An empty object, as the Postman collection shows for a refused update."""


class HiddenCosts(Enum):
    """How cost members look to a token that may not read them."""

    LEFT_OUT = "left out"
    """The members are missing."""
    NULL = "null"
    """The members are null."""


@frozen(kw_only=True)
class Switches:
    """The open questions of the X-Series API; section numbers are those of our reference."""

    body_form: BodyForm = BodyForm.BOTH
    """Bodies of consignments and lines, bare or in `data` (4.5)."""
    wrong_form_status: int = 400
    """Status of the answer to a body in the other form, 400 or 422 (4.5)."""
    create_as_sent: bool = True
    """Whether an order may be created with status SENT (4.5)."""
    bad_row: BadRow = BadRow.REFUSE_ALL
    """Bulk line call with one bad row (4.5)."""
    line_edit_moves_order: bool = True
    """Whether a change of a line gives its order a new version, and so a place in the cursor."""
    put_line_nested: bool = False
    """Whether PUT of a line answers a collection in `data.data`, as the document has it (4.5)."""
    added_line_status: int = 200
    """Status of an added line: 200 since 2025, 201 in 2019 (4.5)."""
    second_line_refused: bool = False
    """Whether adding a product that is on the order already is refused instead of summed (4.5)."""
    cost_from_supplier: bool = True
    """Whether a line without cost takes the supplier's price; otherwise zero (4.5)."""
    inactive_orderable: bool = True
    """Whether an inactive product can stand on an order (3C)."""
    reference_generated: bool = False
    """Whether an order without reference gets the outlet's next number (4.5)."""
    order_ids_equal: bool = True
    """Whether a purchase order has the id of its consignment (4.6)."""
    deleted_codes_free: bool = False
    """Whether codes of deleted products may be used again (3D)."""
    duplicate_status: int = 422
    """Status of the answer to a code that is taken, 422 or 400 (3D)."""
    error_shape: ErrorShape = ErrorShape.MESSAGE
    """Body of every error that is not 429 (2.6)."""
    max_page_size: int = 1000
    """Largest page of a cursor list; more is silently capped (2.2)."""
    short_pages: bool = False
    """Whether pages are shorter than asked for although more follows (2.2)."""
    stuck_cursor: bool = False
    """Whether the cursor lists ignore `after` and give their first page again and again (2.2)."""
    hidden_costs: HiddenCosts = HiddenCosts.LEFT_OUT
    """Cost members without the scope `products:read:costs` (1.3)."""
    ids_reversed: bool = False
    """Whether a create answers its ids in another order than the variants were sent (3A)."""
    names_unique: bool = False
    """Whether a second supplier, brand or tag of one name is refused (4.1, 4.2)."""
    contact_required: bool = True
    """Whether a new supplier needs the member `contact` from 2026-07 on (4.1)."""
    inline_images: bool = False
    """Whether images given by address on creation are taken; refused otherwise (4.4)."""
    image_time: timedelta = timedelta(seconds=2)
    """How long an uploaded image is processed (4.4)."""
    code_types_lower: bool = False
    """Whether code types are read in lower case, as in the examples (3A)."""
    family_status: int = 201
    """Status of a new family and of more products in one, 201 or 200 (3B)."""
    lists_null: bool = False
    """Whether empty lists, and codes of deleted members, are null in 2026-10 (2.5)."""
    rows_full: bool = True
    """Whether list rows of 2026-10 tell more than id, family and version (3B)."""
    sku_filter: bool = True
    """Whether 2026-10 still finds products by a code (0)."""
    image_body: ImageBody = ImageBody.MULTIPART
    """How a picture comes in 2026-10 (3B)."""
    add_body: AddBody = AddBody.LIST
    """How more products of a family come in 2026-10 (3B)."""
    supplier_price_is_cost: bool = True
    """Whether the price of the default supplier is the cost in 2026-10 (3B)."""
    family_delete: bool = True
    """Whether a family can be deleted as a whole in 2026-10 (3B)."""
