"""When two readings of a number say the same, and which of them is used."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.reading.second.compare import chosen, compare, digits_of, is_clean, with_commas
from schemas.pages import TokenReading


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("1,234", "1234"),
        ("(10)", "10"),
        ("14%", "14 %"),
        ("14%.", "(14%)"),
        ("£2,000", "E2000"),
        ("1O4", "104"),
        ("l7", "17"),
        ("Stage", "Stage"),
        ("eleven", "e1even"),
        ("41(17%)", "41 (17%)"),
        # what the recogniser makes of a percent sign
        ("14%", "149"),
        ("(4%)", "(496)"),
        ("2%", "296"),
        ("9%", "9%6"),
    ],
)
def test_readings_that_differ_in_form_agree(first: str, second: str) -> None:
    assert compare(first, second) == compare(second, first) == "agree"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("17", "11"),
        ("10", "16"),
        ("126", "12.6"),
        ("117", "17"),
        ("(419%)", "(41%)"),
        ("7%", "1%"),
        ("seven", "eleven"),
        ("3 4", "34"),
        ("2022123", "2022/23"),
        # no percent sign to be misread
        ("14", "149"),
    ],
)
def test_other_numbers_disagree(first: str, second: str) -> None:
    assert compare(first, second) == compare(second, first) == "disagree"


@pytest.mark.parametrize(
    ("first", "second"), [("17", ""), ("wv", "17"), ("8", "@"), ("three", "tbx"), ("1", "l"), ("0", "o")]
)
def test_a_number_and_no_number_cannot_be_compared(first: str, second: str) -> None:
    assert compare(first, second) == compare(second, first) == "not_comparable"


_NUMBERS = st.decimals(0, 99_999, places=1).map(str) | st.integers(0, 999_999).map(str)


@given(
    number=st.integers(0, 9_999_999),
    before=st.sampled_from(["", "(", "£", "“"]),
    after=st.sampled_from(["", ")", ".", ","]),
)
def test_marks_and_commas_make_no_difference(number: int, before: str, after: str) -> None:
    assert compare(f"{before}{number:,}{after}", str(number)) == "agree"


@given(first=_NUMBERS, second=_NUMBERS)
def test_different_plain_numbers_never_agree(first: str, second: str) -> None:
    assert (compare(first, second) == "agree") == (digits_of(first) == digits_of(second))


@given(first=st.text(max_size=12), second=st.text(max_size=12))
def test_any_two_texts_compare_the_same_both_ways(first: str, second: str) -> None:
    assert compare(first, second) == compare(second, first)


@given(text=st.text(max_size=12))
def test_a_text_agrees_with_itself(text: str) -> None:
    assert compare(text, text) == "agree"


@pytest.mark.parametrize(
    ("first", "second", "used"),
    [
        (("26", 0.6), ("20", 0.99), "20"),
        (("(1)", 0.96), ("(2)", 0.86), "(1)"),
        (("wv", 0.35), ("17", 0.99), "17"),
        (("18", 0.9), ("1?", 0.99), "18"),
        (("£100", 0.5), ("180", 0.99), "£180"),
    ],
)
def test_the_surer_reading_of_a_number_is_used(first: tuple[str, float], second: tuple[str, float], used: str) -> None:
    one, other = (TokenReading(engine=e, text=t, confidence=c) for e, (t, c) in zip("ab", (first, second), strict=True))
    assert chosen(one, other) == used


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("117", True),
        ("£1,234.50", True),
        ("(14%),", True),
        ("2014/15", True),
        ("1?", False),
        ("3. 1a", False),
        ("", False),
    ],
)
def test_a_clean_number_has_nothing_else(text: str, clean: bool) -> None:
    assert is_clean(text) is clean


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("2;808", "2,808"),
        ("1.151", "1,151"),
        ("£2.000", "£2,000"),
        ("0.125", "0.125"),
        ("13.5", "13.5"),
        ("1.2.345", "1.2.345"),
    ],
)
def test_the_comma_of_thousands_is_mended(read: str, meant: str) -> None:
    assert with_commas(read) == meant
