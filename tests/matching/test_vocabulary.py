"""The tables that say which spellings are equal: readable, extensible, checked when built."""

from __future__ import annotations

import re

import pytest
from attrs import evolve

from po_bridge.matching.default_vocabulary import DEFAULT
from po_bridge.matching.options import color_key, name_key, size_key
from po_bridge.matching.vocabulary import Shape, Vocabulary, Word

TALL = Word(key="mt", spellings=("Medium Tall", "Tall-M"))


def test_it_can_be_extended() -> None:
    """A table with more in it knows the new spellings, and the default is as it was."""
    mine = evolve(DEFAULT, sizes=(*DEFAULT.sizes, TALL))
    assert size_key("medium tall", mine) == size_key("TALL M", mine) == "mt"
    assert size_key("medium tall") != "mt"
    assert size_key("Medium", mine) == "m"


def test_tables_are_only_what_stands_in_them() -> None:
    """Without tables nothing but spacing, case and numbers is equal."""
    bare = Vocabulary()
    assert size_key("Medium", bare) != size_key("M", bare)
    assert size_key("32/34", bare) != size_key("32x34", bare)
    assert color_key("Grey", bare) != color_key("Gray", bare)
    assert size_key("OS", bare) == "os"
    assert name_key("Colour", bare) == "colour"


def test_shapes_can_be_added() -> None:
    """A shape says how a size built of parts is read."""
    bra = Shape(name="band and cup", pattern=r"(\d\d)[ /]?([a-h]{1,3})", form="{0}{1}")
    mine = evolve(DEFAULT, shapes=(bra, *DEFAULT.shapes))
    assert size_key("34/DD", mine) == size_key("34 dd", mine) == size_key("34DD", mine)
    assert size_key("34/DD") != size_key("34DD")


def test_colors_are_written_in_any_way() -> None:
    """The words of a whole colour are replaced by their keys before it is looked up."""
    mine = evolve(DEFAULT, colors=(*DEFAULT.colors, Word(key="charcoal", spellings=("Dk. Grey", "CHRCL"))))
    assert color_key("dark gray", mine) == color_key("chrcl", mine) == "charcoal"


@pytest.mark.parametrize(
    "words",
    [
        (Word(key="m", spellings=("med",)), Word(key="mediterranean", spellings=("MED",))),
        (Word(key="s"), Word(key="small", spellings=("S",))),
    ],
    ids=["two spellings", "a key and a spelling"],
)
def test_one_spelling_has_one_meaning(words: tuple[Word, ...]) -> None:
    """A spelling with two meanings is refused when the table is built."""
    with pytest.raises(ValueError, match="leave one of them out"):
        Vocabulary(sizes=words)


def test_a_key_is_folded() -> None:
    """A key that no folding would leave is refused, since nothing would ever be equal to it."""
    with pytest.raises(ValueError, match="must be written 'xl'"):
        Vocabulary(sizes=(Word(key="XL"),))
    with pytest.raises(ValueError, match="must be written 'light gray'"):
        evolve(DEFAULT, colors=(Word(key="light grey"),))


def test_a_pattern_is_a_pattern() -> None:
    """A shape that is no regular expression is refused when the table is built."""
    with pytest.raises(re.error):
        Vocabulary(shapes=(Shape(name="broken", pattern="(", form="{0}"),))


def test_equal_tables_are_equal() -> None:
    """Two vocabularies with the same tables are one value."""
    assert evolve(DEFAULT) == DEFAULT
    assert hash(evolve(DEFAULT)) == hash(DEFAULT)
    assert Vocabulary() != DEFAULT


@pytest.mark.parametrize(
    "word", [*DEFAULT.sizes, *DEFAULT.widths, *DEFAULT.units], ids=lambda word: str(word.key)
)
def test_default_sizes(word: Word) -> None:
    """Every spelling of the default tables, alone or behind a number, is read as its key."""
    front = "" if word in DEFAULT.sizes else "7.5 "
    assert {size_key(f"{front}{spelling}") for spelling in word.spellings} <= {size_key(f"{front}{word.key}")}


@pytest.mark.parametrize("word", [*DEFAULT.colors, *DEFAULT.color_words], ids=lambda word: str(word.key))
def test_default_colors(word: Word) -> None:
    """Every spelling of the default tables is read as its key."""
    assert {color_key(spelling) for spelling in word.spellings} == {word.key}
