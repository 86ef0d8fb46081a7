"""The tree of categories; each write renumbers it."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve, frozen

from ..message import Response
from .call import Call, single
from .kind import Kind, Relation, Wire
from .records import Category
from .refusal import malformed
from .state import State
from .text import stamp


@frozen
class Node:
    """Where a category stands in the tree."""

    depth: int
    """0 at the top."""
    path: str
    """Names from the top, joined by slashes."""
    left: int
    """Number on the way in."""
    right: int
    """Number on the way out."""


def tree(state: State) -> dict[int, Node]:
    """Number the tree, oldest categories first on each level."""
    children: dict[int, list[Category]] = {}
    for each in state.categories:
        children.setdefault(each.parent_id, []).append(each)
    return dict(_walk(children, 0, 0, "", 1))


def _walk(
    children: dict[int, list[Category]], parent: int, depth: int, path: str, left: int
) -> Iterator[tuple[int, Node]]:
    for each in children.get(parent, ()):
        name = f"{path}{each.name}"
        below = list(_walk(children, each.id, depth + 1, f"{name}/", left + 1))
        right = left + 1 + 2 * len(below)
        yield each.id, Node(depth, name, left, right)
        yield from below
        left = right + 1


def category_wire(call: Call, category: Category) -> Wire:
    """Write a category with its place in the tree."""
    node = tree(call.state)[category.id]
    return {
        "categoryID": str(category.id),
        "name": category.name,
        "nodeDepth": str(node.depth),
        "fullPathName": node.path,
        "leftNode": str(node.left),
        "rightNode": str(node.right),
        "createTime": stamp(category.create_time),
        "timeStamp": stamp(category.time_stamp),
        "parentID": str(category.parent_id),
    }


def _parent(call: Call, category: Category) -> Wire | None:
    parent = call.state.categories.get(category.parent_id)
    return None if parent is None else category_wire(call, parent)


CATEGORY: Kind[Category] = Kind(
    entity="Category",
    key="categoryID",
    shelf=lambda state: state.categories,
    wire=category_wire,
    relations={"Parent": Relation[Category](load=lambda call, category, below: _parent(call, category))},
    sortable=("timeStamp", "leftNode", "rightNode"),
    fields=frozenset(
        [
            "categoryID",
            "name",
            "nodeDepth",
            "fullPathName",
            "leftNode",
            "rightNode",
            "createTime",
            "timeStamp",
            "parentID",
        ]
    ),
)
"""Categories."""


def create_category(call: Call) -> Response:
    """Make a category; equal names may stand side by side."""
    return _put(call, Category(id=0, name="", create_time=call.now, time_stamp=call.now))


def update_category(call: Call) -> Response:
    """Rename or move a category."""
    return _put(call, call.one(call.state.categories))


def _put(call: Call, old: Category) -> Response:
    body, shelf = call.body(), call.state.categories
    name = call.line(body, "name", old.name)
    if not name.strip():
        raise malformed("name cannot be blank.")
    parent = call.linked(shelf, body, "parentID", old.parent_id)
    if old.id and old.id in _above(call.state, parent):
        raise malformed("a category cannot stand below itself")
    made = evolve(old, id=old.id or shelf.new_id(), name=name, parent_id=parent, time_stamp=call.now)
    call.note_ignored(body)
    return single("Category", category_wire(call, shelf.put(made)))


def _above(state: State, key: int) -> Iterator[int]:
    while (found := state.categories.get(key)) is not None:
        yield key
        key = found.parent_id


def delete_category(call: Call) -> Response:
    """Remove a category for good; what stood below or in it goes to its parent."""
    category, state = call.one(call.state.categories), call.state
    wire = category_wire(call, category)
    for child in [each for each in state.categories if each.parent_id == category.id]:
        state.categories.put(evolve(child, parent_id=category.parent_id))
    for item in [each for each in state.items if each.category_id == category.id]:
        state.put_item(evolve(item, category_id=category.parent_id))
    state.categories.drop(category.id)
    return single("Category", wire)
