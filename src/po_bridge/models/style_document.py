"""What a brand says about one style in one colour."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from attrs import field, frozen

from .checks import filled, frozen_mapping
from .origin import Origin


@frozen(kw_only=True)
class StyleSize:
    """One size of a style."""

    size: str
    """Size as written."""
    upc: str | None = None
    """Code as written, unjudged."""
    units_per_pack: Decimal | None = None
    """Eaches in a pack, where stated."""
    retail: Mapping[str, Decimal] = field(factory=dict, converter=frozen_mapping)
    """Suggested retail price by ISO 4217 code."""


@frozen(kw_only=True)
class StyleDocument:
    """Season, style number and colour, with what the order line does not tell."""

    portal: str
    """Name of the brand portal."""
    style_id: str = field(validator=filled)
    """The source's id."""
    number: str = ""
    """Style number."""
    name: str = ""
    """Product name."""
    description: str = ""
    """Description, may hold HTML; hostile text."""
    brand: str = ""
    """Brand name, empty where the document names none."""
    brand_item_id: str = ""
    """The brand's own stable id of style and colour."""
    season: str = ""
    """Season word."""
    color: str = ""
    """Colour as written."""
    color_code: str = ""
    """The brand's code of the colour."""
    sizes: tuple[StyleSize, ...] = ()
    """Sizes the brand offers, in the document's order."""
    retail: Mapping[str, Decimal] = field(factory=dict, converter=frozen_mapping)
    """Suggested retail price by ISO 4217 code."""
    wholesale: Mapping[str, Decimal] = field(factory=dict, converter=frozen_mapping)
    """Wholesale price by ISO 4217 code."""
    images: tuple[str, ...] = ()
    """Addresses of pictures, best first."""
    faults: tuple[str, ...] = ()
    """What could not be read and no order needs, as a picture, and was left out: where, and what stood there."""
    extra: Mapping[str, Any] = field(factory=dict, converter=frozen_mapping, eq=False)
    """Keys of the document that no table knows."""
    origin: Origin | None = field(default=None, eq=False)
    """System, record and content hash."""
