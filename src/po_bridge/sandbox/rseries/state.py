"""Everything an account holds, with the indexes that keep big ones quick."""

from __future__ import annotations

from datetime import datetime

from attrs import define, evolve, field

from .goods import Item, ItemShop, Matrix
from .paper import Order, OrderLine, Reception
from .records import (
    Account,
    AttributeSet,
    Category,
    Image,
    Manufacturer,
    PriceLevel,
    Shop,
    Tag,
    Vendor,
)
from .shelf import Shelf
from .token import RIGHTS, Bucket, Client, Grant, RefreshToken, Token

Index = dict[int, tuple[int, ...]]
"""Numbers of records by the number of another one."""


@define(kw_only=True)
class State:
    """The records of an account; frozen themselves, so that a copy of the shelves is a copy of it all."""

    account: Account = field(factory=Account)
    """The account's settings."""
    registers: int = 1
    """Registers of the subscription; they widen the bucket."""
    rights: frozenset[str] = frozenset(RIGHTS)
    """What the employee behind the tokens may do."""
    blocked: bool = False
    """Whether that employee was shut out, which ends every connection."""
    counter: int = 0
    """Secrets given so far."""
    sub_ids: int = 0
    """Numbers given to notes and vendor numbers."""
    shops: Shelf[Shop] = field(factory=Shelf[Shop])
    """Shops."""
    price_levels: Shelf[PriceLevel] = field(factory=Shelf[PriceLevel])
    """Price levels."""
    sets: Shelf[AttributeSet] = field(factory=Shelf[AttributeSet])
    """Attribute sets."""
    vendors: Shelf[Vendor] = field(factory=Shelf[Vendor])
    """Vendors."""
    manufacturers: Shelf[Manufacturer] = field(factory=Shelf[Manufacturer])
    """Brands."""
    categories: Shelf[Category] = field(factory=Shelf[Category])
    """Categories."""
    tags: Shelf[Tag] = field(factory=Shelf[Tag])
    """Tags."""
    matrices: Shelf[Matrix] = field(factory=Shelf[Matrix])
    """Matrices."""
    items: Shelf[Item] = field(factory=Shelf[Item])
    """Items."""
    item_shops: Shelf[ItemShop] = field(factory=Shelf[ItemShop])
    """Stock rows."""
    images: Shelf[Image] = field(factory=Shelf[Image])
    """Pictures."""
    orders: Shelf[Order] = field(factory=Shelf[Order])
    """Orders."""
    lines: Shelf[OrderLine] = field(factory=Shelf[OrderLine])
    """Order lines."""
    receptions: Shelf[Reception] = field(factory=Shelf[Reception])
    """Deliveries."""
    by_code: dict[str, tuple[int, ...]] = field(factory=dict[str, tuple[int, ...]])
    """Item numbers by UPC and EAN, archived items included."""
    matrix_items: Index = field(factory=Index)
    """Item numbers by matrix."""
    stock_rows: Index = field(factory=Index)
    """Stock rows by item, the sum row first."""
    order_lines: Index = field(factory=Index)
    """Line numbers by order."""
    item_lines: Index = field(factory=Index)
    """Line numbers by item."""
    clients: dict[str, Client] = field(factory=dict[str, Client])
    """Registered applications by client id."""
    grants: dict[str, Grant] = field(factory=dict[str, Grant])
    """Authorization codes."""
    tokens: dict[str, Token] = field(factory=dict[str, Token])
    """Access tokens."""
    refresh: dict[str, RefreshToken] = field(factory=dict[str, RefreshToken])
    """Refresh tokens that are still good."""
    generations: dict[int, int] = field(factory=dict[int, int])
    """Latest generation by connection."""
    attempts: dict[int, tuple[datetime, ...]] = field(factory=dict[int, tuple[datetime, ...]])
    """Refreshes of the last minute by connection."""
    buckets: dict[str, Bucket] = field(factory=dict[str, Bucket])
    """Limits by client."""

    def copy(self) -> State:
        """Copy the account; changes of one copy never show in the other."""
        return evolve(self, **{name: getattr(self, name).copy() for name in _COPIED})

    def new_sub_id(self) -> int:
        """Give a number to a note or a vendor number."""
        self.sub_ids += 1
        return self.sub_ids

    def put_item(self, item: Item) -> Item:
        """Add or replace an item and keep the indexes by code and matrix."""
        old = self.items.get(item.id)
        for code in _codes(old):
            _drop(self.by_code, code, item.id)
        for code in _codes(item):
            self.by_code[code] = (*self.by_code.get(code, ()), item.id)
        if old is None or old.matrix_id != item.matrix_id:
            if old is not None:
                _drop(self.matrix_items, old.matrix_id, item.id)
            if item.matrix_id:
                _add(self.matrix_items, item.matrix_id, item.id)
        return self.items.put(item)

    def put_line(self, line: OrderLine) -> OrderLine:
        """Add or replace an order line and keep its indexes."""
        old = self.lines.get(line.id)
        if old is None:
            _add(self.order_lines, line.order_id, line.id)
            _add(self.item_lines, line.item_id, line.id)
        elif old.item_id != line.item_id:
            _drop(self.item_lines, old.item_id, line.id)
            _add(self.item_lines, line.item_id, line.id)
        return self.lines.put(line)

    def drop_line(self, line: OrderLine) -> None:
        """Take an order line away for good."""
        _drop(self.order_lines, line.order_id, line.id)
        _drop(self.item_lines, line.item_id, line.id)
        self.lines.drop(line.id)

    def put_stock(self, row: ItemShop) -> ItemShop:
        """Add or replace a stock row."""
        if self.item_shops.get(row.id) is None:
            _add(self.stock_rows, row.item_id, row.id)
        return self.item_shops.put(row)

    def lines_of(self, order_id: int) -> list[OrderLine]:
        """List the lines of an order, oldest first."""
        return [self.lines.by_id[key] for key in self.order_lines.get(order_id, ())]

    def items_of(self, matrix_id: int) -> list[Item]:
        """List the items of a matrix, archived ones included, oldest first."""
        return [self.items.by_id[key] for key in self.matrix_items.get(matrix_id, ())]

    def stock_of(self, item_id: int) -> list[ItemShop]:
        """List the stock rows of an item, the shops first and the sum last."""
        rows = [self.item_shops.by_id[key] for key in self.stock_rows.get(item_id, ())]
        return sorted(rows, key=lambda row: (row.shop_id == 0, row.shop_id))

    def images_of(self, item_id: int, matrix_id: int) -> list[Image]:
        """List the pictures of an item or of a matrix by their place."""
        held = [each for each in self.images if (each.item_id, each.matrix_id) == (item_id, matrix_id)]
        return sorted(held, key=lambda image: (image.ordering, image.id))


_COPIED = (
    "shops",
    "price_levels",
    "sets",
    "vendors",
    "manufacturers",
    "categories",
    "tags",
    "matrices",
    "items",
    "item_shops",
    "images",
    "orders",
    "lines",
    "receptions",
    "by_code",
    "matrix_items",
    "stock_rows",
    "order_lines",
    "item_lines",
    "clients",
    "grants",
    "tokens",
    "refresh",
    "generations",
    "attempts",
    "buckets",
)


def _codes(item: Item | None) -> set[str]:
    return {code for code in (item.upc, item.ean) if code} if item else set()


def _add(index: Index, key: int, entry: int) -> None:
    index[key] = (*index.get(key, ()), entry)


def _drop(index: dict[str, tuple[int, ...]] | Index, key: str | int, entry: int) -> None:
    # Both indexes hold tuples of numbers; only the kind of their keys differs.
    held: dict[str | int, tuple[int, ...]] = index  # type: ignore[assignment]  # see above
    held[key] = tuple(each for each in held.get(key, ()) if each != entry)
