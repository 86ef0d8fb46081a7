from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, strategies as st
from tests.mapping.toy import Mood

from po_bridge.mapping import BOOL, ID, OPTIONAL_TEXT, TEXT, Codec, Unreadable, literals, words
from po_bridge.mapping.codec import UNREADABLE

FALLING = words(Mood, {"calm": Mood.CALM, "quiet": Mood.CALM, "cross": Mood.CROSS}, fallback=Mood.OTHER)
YES = literals("yes or no", {"yes": True, 1: True, "no": False}, gives=(bool,))
CODECS: dict[str, tuple[Codec[Any], st.SearchStrategy[Any]]] = {
    "text": (TEXT, st.text()),
    "optional text": (OPTIONAL_TEXT, st.none() | st.text(min_size=1)),
    "id": (ID, st.text(min_size=1).filter(lambda text: not text.isspace())),
    "flag": (BOOL, st.booleans()),
    "word": (words(Mood), st.sampled_from(Mood)),
    "word with fallback": (FALLING, st.sampled_from([Mood.CALM, Mood.CROSS])),
    "literal": (YES, st.booleans()),
}


@pytest.mark.parametrize("name", CODECS)
@given(data=st.data())
def test_word_is_read_as_written(name: str, data: st.DataObject) -> None:
    """Reading what a codec of words wrote gives the same value."""
    codec, values = CODECS[name]
    value = data.draw(values)
    assert codec.read(codec.write(value)) == value


@pytest.mark.parametrize(
    ("codec", "wire"),
    [
        pytest.param(TEXT, None, id="null is no text"),
        pytest.param(TEXT, 7, id="a number is no text"),
        pytest.param(OPTIONAL_TEXT, 7, id="a number is no optional text"),
        pytest.param(ID, "", id="empty is no id"),
        pytest.param(ID, "\t ", id="blank is no id"),
        pytest.param(ID, 7, id="a number is no id"),
        pytest.param(BOOL, "false", id="text is no flag"),
        pytest.param(BOOL, 0, id="zero is no flag"),
        pytest.param(BOOL, None, id="null is no flag"),
        pytest.param(words(Mood), "CALM", id="case differs"),
        pytest.param(words(Mood), None, id="null is no word"),
        pytest.param(words(Mood), ["calm"], id="a list is no word"),
        pytest.param(FALLING, 7, id="fallback is for words only"),
        pytest.param(FALLING, None, id="fallback is not for null"),
        pytest.param(YES, True, id="true is not 1"),
        pytest.param(YES, {}, id="an object is no literal"),
    ],
)
def test_no_word(codec: Codec[Any], wire: Any) -> None:
    """Nothing is turned into text, words or flags that is none."""
    with pytest.raises(UNREADABLE):
        codec.read(wire)


def test_empty_text_is_nothing_for_optional_text() -> None:
    """Null and empty text both mean that nothing is set."""
    assert OPTIONAL_TEXT.read("") is None
    assert OPTIONAL_TEXT.read(None) is None
    assert OPTIONAL_TEXT.write(None) is None


def test_unknown_word_falls_back() -> None:
    """A word the table does not know reads as the fallback."""
    assert FALLING.read("furious") is Mood.OTHER


def test_first_of_several_words_is_written() -> None:
    """Where two words mean the same, the first is written."""
    assert FALLING.write(Mood.CALM) == "calm"


def test_fallback_has_no_word() -> None:
    """The fallback stands for many words, so none can be written for it."""
    with pytest.raises(UNREADABLE):
        FALLING.write(Mood.OTHER)


def test_literals_fall_back_on_scalars() -> None:
    """A literal codec with a fallback takes other scalars, never null."""
    codec = literals("yes", {"yes": "y"}, fallback="?")
    assert codec.read(7) == "?"
    with pytest.raises(Unreadable):
        codec.read(None)


def test_expected_words_are_listed() -> None:
    """A codec of words says which words it knows."""
    assert words(Mood).expected == "one of 'calm', 'cross', 'other'"
    assert FALLING.expected == "a word, as 'calm', 'quiet', 'cross'"
