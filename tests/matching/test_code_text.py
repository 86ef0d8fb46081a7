"""What is taken away around the digits of a written code, and what is not."""

# ruff: noqa: RUF001 - look-alike characters are what these tests are about

from __future__ import annotations

import pytest
from hypothesis import given
from tests.matching.code_strategies import digits, dressed

from po_bridge.matching.code_text import Note, clean_code, without_separators

CODE = "844277097994"


@pytest.mark.parametrize(
    ("text", "notes"),
    [
        (CODE, ()),
        (" 844277097994", (Note.SEPARATORS,)),
        ("844277097994\t", (Note.SEPARATORS,)),
        ("844277097994\r\n", (Note.SEPARATORS,)),
        ("8442770\u00a097994", (Note.SEPARATORS,)),
        ("8-44277-09799-4", (Note.SEPARATORS,)),
        ("8\u201344277\u201309799\u20134", (Note.SEPARATORS,)),
        ("\ufeff844277097994\u200b", (Note.SEPARATORS,)),
        ("844277097994.0", (Note.DECIMALS,)),
        ("844277097994.00", (Note.DECIMALS,)),
        ("844277097994,0", (Note.DECIMALS,)),
        ("８４４２７７０９７９９４", (Note.FULL_WIDTH,)),
        ("８４４２７７－０９７９９４", (Note.FULL_WIDTH, Note.SEPARATORS)),
        ('="844277097994"', (Note.QUOTES,)),
        ("'844277097994", (Note.QUOTES,)),
        ('"844277097994"', (Note.QUOTES,)),
        ("(01)844277097994", (Note.IDENTIFIER,)),
        ("'844 277 097 994.0 ", (Note.QUOTES, Note.DECIMALS, Note.SEPARATORS)),
    ],
    ids=repr,
)
def test_dress_is_taken_off_with_a_note(text: str, notes: tuple[Note, ...]) -> None:
    """The digits are found, and a note says what stood around them."""
    cleaned = clean_code(text)
    assert (cleaned.digits, cleaned.notes) == (CODE, notes)


@pytest.mark.parametrize(
    "text",
    ["SPREE-T-SHIRT", "844277097994/844277090377", "844.277.097.994", "844,277,097,994", "UPC 844277097994"],
    ids=repr,
)
def test_the_rest_is_left_alone(text: str) -> None:
    """Whatever holds more than digits, spaces and hyphens is text, as it was."""
    cleaned = clean_code(text)
    assert (cleaned.digits, cleaned.text, cleaned.notes) == ("", text, ())


@pytest.mark.parametrize(
    "text", ["٨٤٤٢٧٧٠٩٧٩٩٤", "८४४२७७०९७९९४", "84427709799²"], ids=["arabic", "devanagari", "superscript"]
)
def test_other_scripts_are_no_digits(text: str) -> None:
    """Digits of other scripts are not read, though Python's int would."""
    assert clean_code(text).digits == ""


@given(dressed())
def test_dress_never_changes_digits(pair: tuple[str, str]) -> None:
    """Taken off, any dress leaves the digits that were under it."""
    bare, text = pair
    assert clean_code(text).digits == bare


@given(digits)
def test_separators_never_take_digits(text: str) -> None:
    """Taking separators out keeps every digit in its place."""
    assert without_separators(f" {'-'.join(text)}\u2009") == text
