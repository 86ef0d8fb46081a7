from __future__ import annotations

import pytest
from hypothesis import given, strategies as st
from tests.planning.test_rule import RULES

from po_bridge.models.keys import LineKey
from po_bridge.planning.rule import every_line
from po_bridge.planning.subject import Subject, decision_key, subject_of, subject_text

TEXTS = st.text(min_size=1)
LINES = st.builds(LineKey, portal=TEXTS, style_id=TEXTS, color=st.text(), size=st.text())
SUBJECTS: st.SearchStrategy[Subject] = st.one_of(LINES, RULES, st.tuples(TEXTS, TEXTS))


@given(SUBJECTS)
def test_key_is_read_back(subject: Subject) -> None:
    """The key of a line, a style or a rule reads back as what it is about."""
    assert subject_of(decision_key(subject)) == subject


@given(SUBJECTS, SUBJECTS)
def test_keys_tell_subjects_apart(one: Subject, other: Subject) -> None:
    """Two subjects share a key exactly where they are equal, strokes in portals and styles included."""
    assert (decision_key(one) == decision_key(other)) == (one == other)


@pytest.mark.parametrize("key", ["money:North/1", "line:too/short", "style:one", "rule:North", ""])
def test_other_keys_are_questions(key: str) -> None:
    """What is no line, style or rule stays the key of a question."""
    assert subject_of(key) == key


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        (LineKey(portal="North", style_id="s1", color="Navy", size=""), "line s1 / Navy of North"),
        (("North", "s1"), "every line of style s1 of North"),
        (every_line("North", size="M"), "every line of North whose size is 'm'"),
        ("money:North/1", "question money:North/1"),
    ],
    ids=["line", "style", "rule", "question"],
)
def test_subject_in_words(subject: Subject, text: str) -> None:
    """Every subject has words for people."""
    assert subject_text(subject) == text
