"""How each row of the product table is read."""

from __future__ import annotations

from decimal import Decimal

from ..models.one_line import one_line
from .description import clean_html
from .pictures import pictures_of
from .views import ProductView


def product_name(view: ProductView) -> str:
    """Name in the style document, else the style number."""
    named = view.style.name.strip() if view.style else ""
    return named or view.line.style_number


def description(view: ProductView) -> str:
    """Description in the style document; a few tags are kept, the rest is shown as text."""
    return clean_html(view.style.description) if view.style else ""


def brand(view: ProductView) -> str:
    """Brand in the style document, else the supplier of the portal."""
    named = one_line(view.style.brand) if view.style else ""
    return named or view.setup.supplier_of(view.line.key.portal)


def item_price(view: ProductView) -> Decimal | None:
    """Cost of one unit as the money rule reads it; None is unknown, never zero."""
    return view.cost


def msrp(view: ProductView) -> Decimal | None:
    """Suggested retail price of the size, else of the style, in the order's currency; zero suggests none."""
    if not view.setup.retail_from_msrp:
        return None
    stated = [view.line.retail_price]
    if view.style and view.currency:
        sizes = [size for size in view.style.sizes if size.size == view.line.size]
        stated += [size.retail.get(view.currency) for size in sizes]
        stated.append(view.style.retail.get(view.currency))
    price = next((found for found in stated if found is not None and found > 0), None)
    return None if price is None else price * view.rate


def image(view: ProductView) -> str:
    """First picture of the style document, on the portal's image host where the setup names one."""
    return next(iter(pictures_of(view.style, view.setup)), "")


def supplier_code(view: ProductView) -> str:
    """Style number, followed by the variant options of a variant."""
    return "-".join(part for part in map(one_line, (view.line.style_number, *view.options)) if part)


def upc(view: ProductView) -> str:
    """Code of the size on the order, else in the style document, where it is fit to identify."""
    return view.code


def product_id(view: ProductView) -> str:
    """Ties the two systems; kept as the link, and as source id where a family is one style."""
    return view.line.key.style_id
