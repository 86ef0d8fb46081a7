from __future__ import annotations

from tests.mapping.test_table_derived import S, Small
from tests.mapping.toy import ORDER

from po_bridge.mapping import TEXT, grid, markdown, rule, table


def line_of(text: str, attribute: str) -> str:
    """Find the line of an attribute in a rendered table."""
    (found,) = [line for line in text.splitlines() if f"`{attribute}` |" in line]
    return found


def test_small_table_is_rendered() -> None:
    """A table reads as one Markdown table, whole."""
    rules = (
        rule(S.name, "name", TEXT, label="Name"),
        rule(S.note, read=("a|b", "note"), codec=TEXT, required=False),
    )
    assert markdown(table(Small, rules, title="Small things", note="Two fields.")) == (
        "## Small things\n\nTwo fields.\n\n"
        "| Label | Attribute | Read from | Written to | Form | Remarks |\n"
        "| --- | --- | --- | --- | --- | --- |\n"
        "| Name | `name` | `name` | `name` | text |  |\n"
        "|  | `note` | `a\\|b`, else `note` |  | text | if missing: the model's default |\n"
    )


def test_places_are_seen_from_the_document() -> None:
    """Paths of nested tables are written from the document, whatever level they begin at."""
    text = markdown(ORDER)
    assert "| `items[].product.id` | `items[].product.id` |" in line_of(text, "key.style")
    assert "| `items[].start`, else `window.start` |  |" in line_of(text, "window.start")
    assert "| `@shop` |  |" in line_of(text, "key.shop")
    assert "| `ship_to.line_1`, `ship_to.line_2`, `ship_to.line_3` |" in text
    assert "One Line for each element of `items[].sizes[]`." in text
    assert "Known and not used: `items[].retail_string`, `items[].sizes[].surcharges`." in text


def test_flags_are_rendered() -> None:
    """Labels, notes and flags of a rule stand in its line."""
    text = markdown(ORDER)
    assert line_of(text, "number").startswith("| Order Number |")
    assert "text, may have a suffix" in line_of(text, "number")
    assert "only on creation; if missing: None" in line_of(text, "made_at")
    assert "missing is a missing key, null or empty text" in line_of(text, "buyer")
    assert "written even where it is the default" in line_of(text, "channel")
    assert "what is empty is passed over" in text
    assert "always 'toy'" in line_of(text, "kind")
    assert "| `type` | always 'ORDER' | the only kind we make; only on creation |" in text
    assert "Not on this wire: `index`." in text
    assert "Unknown keys are kept in `extra`." in text


def test_headings_nest() -> None:
    """Parts with an object of their own, and rows, have sections one level deeper."""
    headings = [line for line in markdown(ORDER, level=3).splitlines() if line.startswith("#")]
    assert headings == ["### Order", "#### Address", "#### Order line"]


def test_cells_are_escaped() -> None:
    """A bar, a line break or a backtick cannot end a cell."""
    assert grid(("a",), [("x|y\nz",)]) == "| a |\n| --- |\n| x\\|y z |\n"
    assert "``od`d``" in markdown(table(Small, (rule(S.name, "od`d", TEXT),), left_out=(S.note,)))


def test_what_looks_outside_is_rendered() -> None:
    """A table that only serves inside others shows how far out it looks."""
    from_outside = table(Small, (rule(S.name, read="^^name", codec=TEXT),), left_out=(S.note,))
    assert "| `^^name` |" in markdown(from_outside)
