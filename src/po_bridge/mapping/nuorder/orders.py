"""Wire tables of orders and their lines, for the three generations of documents seen.

Recorded documents of 2014 have no line dates and often no codes; that of 2023 has decimal text for totals and
no line ids; typed models of 2025/26 add line ids, unrounded prices, packs and retail prices to the sizes.
What a generation does not tell is missing here too: nothing is invented.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from attrs import fields

from ...models.wholesale_order import OrderLine, WholesaleOrder
from ..codec import optional, tuple_of
from ..moments import MOMENT
from ..numbers import COUNT, DECIMAL, DECIMAL_TEXT, PERCENT, UNITS
from ..rule import part, rows, rule
from ..table import table
from ..words import BOOL, ID, OPTIONAL_TEXT, TEXT
from .parts import ADDRESS, LINE_KEY, LINE_WINDOW, ORDER_KEY, ORDER_WINDOW
from .wire_form import BLANK, CODE, CURRENCY, NULL, STATUS, TOLD

_L: Final = fields(OrderLine)
_O: Final = fields(WholesaleOrder)

LINE: Final = table(
    OrderLine,
    (
        part(_L.key, ".", LINE_KEY),
        rule(_L.style_number, "^product.style_number", TEXT, label="Style Number"),
        rule(_L.color_code, "^product.color_code", TEXT, default="", absent=NULL),
        rule(_L.season, "^product.season", TEXT, default="", absent=NULL),
        rule(_L.brand_item_id, "^product.brand_id", TEXT, default="", absent=NULL),
        rule(
            _L.quantity,
            "quantity",
            UNITS,
            label="Total Quantity",
            note="packs or eaches: a rule of the portal; below zero is a return",
        ),
        rule(
            _L.unit_price,
            read=("price_precise", "price"),
            write="price",
            codec=optional(DECIMAL),
            default=None,
            absent=BLANK,
            label="Item Price",
            note="whether discounts are inside is not stated",
        ),
        rule(_L.original_price, "original_price", optional(DECIMAL), default=None, absent=BLANK),
        rule(_L.retail_price, "retail", optional(DECIMAL), default=None, absent=BLANK, label="MSRP"),
        rule(_L.discount_percent, "^discount", PERCENT, default=Decimal(0), absent=BLANK),
        rule(_L.surcharge, "surcharges.total_surcharge", DECIMAL_TEXT, default=Decimal(0), absent=BLANK),
        rule(
            _L.customizations,
            read="^__customizations",
            codec=TOLD,
            default=(),
            absent=NULL,
            note="of no known shape; shown as it stands",
        ),
        rule(_L.units_per_pack, "units_per_pack", optional(COUNT), default=None, absent=BLANK),
        rule(_L.upc, "upc", CODE, default=None, label="UPCs", note="any text; judged when matching"),
        part(_L.window, ".", LINE_WINDOW),
        rule(_L.warehouse, "^warehouse", TEXT, default="", absent=NULL),
        rule(_L.prebook, "^prebook", BOOL, default=False, absent=NULL),
        rule(_L.line_id, "^id", TEXT, default="", absent=NULL),
        rule(_L.notes, "^notes", TEXT, default="", absent=NULL),
        rule(_L.path, read="#path", codec=TEXT),
    ),
    over=("line_items", "sizes"),
    ignored=(
        "discounts",
        "surcharges.*",
        "^product.department",
        "^product.division",
        "^applied",
        "^surcharges",
        "^customization_split",
        "^original_total",
        "^effective_subtotal",
        "^discounted_total",
        "^total_applied",
        "^total_adjustment",
        "^company_manual_discount_on_item",
        "^item_manual_discount_on_item",
        "^item_price_after_discount",
        "^adjusted_wholesale_string",
        "^retail_string",
    ),
    title="Order line",
    note="Quantity and price stand on the size; style, colour and dates on the line around it.",
)
"""One line for each size of each line item; a style may stand on several."""

ORDER: Final = table(
    WholesaleOrder,
    (
        part(_O.key, ".", ORDER_KEY),
        rule(
            _O.number,
            "order_number",
            ID,
            label="Order Number",
            note="repeats across portals; split orders add -1",
        ),
        rule(_O.status, read="status", codec=STATUS),
        rule(_O.status_word, "status", TEXT),
        rule(_O.currency, "currency_code", CURRENCY, default=None),
        rule(
            _O.created_at,
            "created_on",
            optional(MOMENT),
            default=None,
            absent=BLANK,
            label="Order Date",
            note="a submission date is not known",
        ),
        rule(
            _O.modified_at,
            "modified_on",
            optional(MOMENT),
            default=None,
            absent=BLANK,
            note="stays when an order is processed or cancelled",
        ),
        rule(_O.edited, "edited", BOOL, default=False, absent=NULL),
        rule(_O.buyer, "retailer.buyer_name", TEXT, default="", absent=NULL, label="Buyer"),
        rule(
            _O.creator,
            "creator_name",
            TEXT,
            default="",
            absent=NULL,
            label="Buyer",
            note="where no buyer is named",
        ),
        rule(_O.retailer, "retailer.retailer_name", TEXT, default="", absent=NULL),
        rule(
            _O.customer_po_number,
            "customer_po_number",
            OPTIONAL_TEXT,
            default=None,
            label="Customer PO Number",
            note="the key vanishes when an order is edited",
        ),
        part(_O.window, ".", ORDER_WINDOW),
        part(_O.ship_to, "shipping_address", ADDRESS, default=None),
        rows(_O.lines, LINE),
        rule(_O.total, "total", optional(DECIMAL), default=None, absent=BLANK, label="Total"),
        rule(
            _O.total_quantity,
            "total_quantity",
            optional(COUNT),
            default=None,
            absent=BLANK,
            label="Total Quantity",
        ),
        rule(_O.discount_percent, "discount", PERCENT, default=Decimal(0), absent=BLANK),
        rule(
            _O.discount_amount,
            "order_discounts.total_order_level_discount",
            DECIMAL_TEXT,
            default=Decimal(0),
            absent=BLANK,
            note="promotions on the order and the order discount together",
        ),
        rule(_O.surcharge_percent, "additional_percentage", DECIMAL, default=Decimal(0), absent=BLANK),
        rule(
            _O.freight,
            read=("order_discounts.shipping_final_amount", "shipping_information.final_amount"),
            write="order_discounts.shipping_final_amount",
            codec=DECIMAL_TEXT,
            default=Decimal(0),
            absent=BLANK,
        ),
        rule(
            _O.surcharge,
            read=("order_discounts.surcharge", "order_discounts.surcharges.total_surcharge"),
            write="order_discounts.surcharge",
            codec=DECIMAL_TEXT,
            default=Decimal(0),
            absent=BLANK,
        ),
        rule(_O.cancelled_units, "__cancelled_units", COUNT, default=Decimal(0), absent=BLANK),
        rule(_O.cancelled_total, "__cancelled_total", DECIMAL, default=Decimal(0), absent=BLANK),
        rule(_O.group, "order_group_id", TEXT, default="", absent=NULL),
        rule(_O.notes, "notes", TEXT, default="", absent=NULL),
        rule(_O.tags, "order_tags", tuple_of(TEXT), default=(), absent=NULL),
    ),
    keep_unknown=_O.extra,
    left_out=(_O.origin,),
    ignored=(
        "order_discounts.*",
        "order_discounts.surcharges.*",
        "shipping_information.*",
        "retailer.*",
        "billing_address",
        "rep_name",
        "rep_code",
        "rep_email",
        "submitted_by",
        "buyer_submitted",
        "edited_on",
        "edited_by",
        "external_id",
        "order_type",
        "order_flow_type",
        "order_surcharges",
        "shipments",
        "split",
        "__split_overrides",
        "locked",
        "payment_status",
        "is_drop_ship",
        "collaborative_draft",
        "easy_order_ready",
        "easy_order_viewed",
        "use_advanced_promotions",
        "__includes_cancelled",
        "__shipment_status",
        "__uninitiated_order",
        "__is_rtp",
        "__exported",
        "__configure_to_order_items",
        "__metadata",
        "selected_shipping_locations",
        "style_number",
        "schema_id",
        "legal_file",
        "existing_pdf_linesheet",
        "existing_pdf_original",
        "admin_pdf",
        "manager_pdf",
        "rep_pdf",
        "buyer_pdf",
        "tech_pdf",
    ),
    title="Order",
    note="The first line's style number at the top of the document means nothing.",
)
"""A wholesale order; ``origin`` is set by the adapter, which hashes the document."""
