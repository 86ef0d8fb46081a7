"""What holds for every written code."""

from __future__ import annotations

from hypothesis import given
from tests.matching.code_strategies import digits, dressed, gtins, right, written

from po_bridge.matching.gs1_prefix import judge_key
from po_bridge.matching.judgement import Doubtful, Fit, NoCode, NotACode, WrongLength, explain
from po_bridge.matching.plain_number import PATTERNED, pattern_of, plain_number
from po_bridge.matching.readings import ReadingKind, read_code
from po_bridge.models.gtin import Gtin


@given(written)
def test_any_text_is_read(text: str) -> None:
    """Reading never raises; whatever was written has a judgement with words for it."""
    code = read_code(text)
    assert code.written == text
    assert explain(code.judgement)
    assert code.explanation.startswith(f"{text!r}: ")


@given(written)
def test_the_plain_reading_is_one_and_first(text: str) -> None:
    """A code fits exactly where it has a plain reading, and that one stands first and alone."""
    code = read_code(text)
    kinds = [reading.kind for reading in code.readings]
    assert (ReadingKind.PLAIN in kinds) == (code.judgement == Fit())
    assert ReadingKind.PLAIN not in kinds[1:]
    assert len({reading.gtin for reading in code.readings}) == len(kinds)


@given(written)
def test_doubt_has_readings(text: str) -> None:
    """Doubtful means that there is something to look at; text and wrong lengths have nothing."""
    code = read_code(text)
    if isinstance(code.judgement, Doubtful):
        assert code.readings
    if isinstance(code.judgement, NoCode | NotACode | WrongLength):
        assert not code.readings


@given(right)
def test_a_code_read_and_written_keeps_its_key(text: str) -> None:
    """Reading, writing and reading again gives the same number."""
    plain = read_code(text).plain
    if plain is not None:
        assert read_code(str(plain)).plain == plain
        assert read_code(plain.key).plain == plain
        assert Gtin.parse(str(plain)).key == plain.key


@given(gtins)
def test_padding_changes_nothing(gtin: Gtin) -> None:
    """A number is plain with its leading zeros or without, or in neither form."""
    assert read_code(gtin.key).number == plain_number(str(gtin))


@given(dressed(right))
def test_dress_changes_nothing(pair: tuple[str, str]) -> None:
    """A code with separators and spreadsheet marks reads as its bare digits do."""
    bare, text = pair
    ways = [[(reading.kind, reading.gtin) for reading in read_code(code).readings] for code in pair]
    assert ways[0] == ways[1]
    assert (read_code(text).judgement == read_code(bare).judgement) or not bare


@given(digits)
def test_every_reading_is_an_ordinary_number(text: str) -> None:
    """No reading but the two that say so ends at a coupon, placeholder or restricted number."""
    for reading in read_code(text).readings:
        if reading.kind not in {ReadingKind.RESTRICTED, ReadingKind.VARIABLE_MEASURE}:
            assert judge_key(reading.gtin.key) == Fit()
            assert pattern_of(reading.gtin.key) is None


@given(right)
def test_placeholders_are_listed(text: str) -> None:
    """The set of placeholder numbers and the rule that names the pattern agree but on a case of nothing."""
    listed = int(text) // 10 % 10**12 in PATTERNED
    named = pattern_of(text) is not None
    empty_case = len(text) == 14 and not text[1:-1].strip("0")
    assert listed == (named or empty_case)
