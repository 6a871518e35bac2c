from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.language.numbers import Number, find_numbers, words_to_int


def only(text: str, *, damaged: bool = False) -> Number:
    """The one number of a text; its place is the text that it says."""
    numbers = find_numbers(text, damaged=damaged)
    assert len(numbers) == 1, [n.text for n in numbers]
    assert text[numbers[0].start : numbers[0].end] == numbers[0].text
    return numbers[0]


def printed(text: str, *, damaged: bool = False) -> list[str]:
    """The numbers of a text as printed."""
    return [n.text for n in find_numbers(text, damaged=damaged)]


class TestDigits:
    @pytest.mark.parametrize(
        ("text", "words", "value", "unit", "decimals"),
        [
            ("8178 referrals", "8178", "8178", "", 0),
            ("3,003 referrals", "3,003", "3003", "", 0),
            ("1,234,567 visits", "1,234,567", "1234567", "", 0),
            ("2 569 assessments", "2 569", "2569", "", 0),
            ("12 345 678 visits", "12 345 678", "12345678", "", 0),
            ("117 002 visits", "117 002", "117002", "", 0),
            ("paid £112 000 in all", "£112 000", "112000", "GBP", 0),
            ("0 complaints", "0", "0", "", 0),
            ("took 31.5 days", "31.5", "31.5", "", 1),
            ("a rate of 13.0.", "13.0", "13.0", "", 1),
            ("paid £3600 in all", "£3600", "3600", "GBP", 0),
            ("paid £3,600.50 in all", "£3,600.50", "3600.50", "GBP", 2),
            ("paid £ 300 in all", "£ 300", "300", "GBP", 0),
            ("cost £1.2m in all", "£1.2m", "1200000", "GBP", 1),
            ("cost £1.2 million", "£1.2 million", "1200000", "GBP", 1),
            ("44% of them", "44%", "44", "percent", 0),
            ("44 % of them", "44 %", "44", "percent", 0),
            ("0.5% of them", "0.5%", "0.5", "percent", 1),
            ("61 per cent of them", "61 per cent", "61", "percent", 0),
            ("61 per  cent of them", "61 per  cent", "61", "percent", 0),
            ("61 percent of them", "61 percent", "61", "percent", 0),
            ("fell to88 in all", "88", "88", "", 0),
            ("in brackets (87)", "87", "87", "", 0),
        ],
    )
    def test_printed_forms(self, text: str, words: str, value: str, unit: str, decimals: int) -> None:
        number = only(text)
        assert (number.text, number.value, number.unit, number.decimals) == (words, Decimal(value), unit, decimals)
        assert not (number.words or number.none or number.damaged or number.signed)
        assert number.proposed is None

    @pytest.mark.parametrize(
        ("text", "value", "unit"),
        [
            ("compliments (+9)", 9, ""),
            ("complaints (-4 on last year)", -4, ""),
            ("complaints –4", -4, ""),
            ("complaints −4", -4, ""),
            ("complaints +4%", 4, "percent"),
            ("redress -£4", -4, "GBP"),
        ],
    )
    def test_a_sign_is_part_of_the_number(self, text: str, value: int, unit: str) -> None:
        number = only(text)
        assert (number.value, number.unit, number.signed) == (value, unit, True)

    @pytest.mark.parametrize("text", ["pages 10-12", "from 10–12 people", "10 - 12"])
    def test_a_dash_between_two_numbers_is_no_sign(self, text: str) -> None:
        assert [(n.value, n.signed) for n in find_numbers(text)] == [(10, False), (12, False)]

    @pytest.mark.parametrize(
        ("text", "values"),
        [
            ("a decrease of 2 (2.6%)", ["2", "2.6%"]),
            ("17 (13.0%) were upheld", ["17", "13.0%"]),
            ("47 out of 58", ["47", "58"]),
            ("50% (1/2)", ["50%", "1", "2"]),
            ("98, 83, 71", ["98", "83", "71"]),
            ("117 102 complaints", ["117", "102"]),
            ("£300, £500 and £1,250, £2,050 in all", ["£300", "£500", "£1,250", "£2,050"]),
        ],
    )
    def test_each_number_of_several(self, text: str, values: list[str]) -> None:
        assert printed(text) == values


class TestWords:
    @pytest.mark.parametrize(
        ("text", "words", "value"),
        [
            ("eleven complaints", "eleven", 11),
            ("Twenty-two complaints", "Twenty-two", 22),
            ("twenty two complaints", "twenty two", 22),
            ("Two hundred complaints", "Two hundred", 200),
            ("A hundred complaints", "A hundred", 100),
            ("A hundred and five complaints", "A hundred and five", 105),
            ("a thousand and two complaints", "a thousand and two", 1002),
            ("one second stage complaint", "one", 1),
            ("two hundred and forty-six complaints", "two hundred and forty-six", 246),
            ("three thousand and five complaints", "three thousand and five", 3005),
            ("one thousand, two hundred and six complaints", "one thousand, two hundred and six", 1206),
        ],
    )
    def test_number_words(self, text: str, words: str, value: int) -> None:
        number = only(text)
        assert (number.text, number.value, number.words, number.none) == (words, value, True, False)

    def test_a_share_in_words(self) -> None:
        number = only("sixty-one per cent of complaints")
        assert (number.text, number.value, number.unit) == ("sixty-one per cent", 61, "percent")

    @pytest.mark.parametrize(
        ("text", "words"),
        [("nil", "nil"), ("None were upheld", "None"), ("no complaints", "no"), ("No complaints", "No")],
    )
    def test_a_stated_none_is_zero(self, text: str, words: str) -> None:
        number = only(text)
        assert (number.text, number.value, number.none) == (words, 0, True)


class TestDamage:
    @pytest.mark.parametrize(
        ("text", "value", "unit", "decimals"),
        [
            ("2l complaints", "21", "", 0),
            ("1O complaints", "10", "", 0),
            ("2O3 complaints", "203", "", 0),
            ("S1 complaints", "51", "", 0),
            ("l2 complaints", "12", "", 0),
            ("I2 complaints", "12", "", 0),
            ("4OO complaints", "400", "", 0),
            ("9G complaints", "96", "", 0),
            ("5O% upheld", "50", "percent", 0),
            ("62.S% upheld", "62.5", "percent", 1),
            ("£S,4OO of redress", "5400", "GBP", 0),
        ],
    )
    def test_letters_that_look_like_digits(self, text: str, value: str, unit: str, decimals: int) -> None:
        number = only(text)
        assert (number.value, number.unit, number.decimals, number.damaged) == (Decimal(value), unit, decimals, True)

    @pytest.mark.parametrize(
        ("text", "proposed"),
        [
            ("2014/15 (&$) saw", 74),
            ("by delays (25%, !&).", 17),
            ("in all (&*)", 78),
            ("in all (%$)", 54),
            ("in all (£)", 3),
        ],
    )
    def test_shifted_keys_have_no_value_but_a_proposal(self, text: str, proposed: int) -> None:
        number = find_numbers(text)[-1]
        assert (number.value, number.proposed, number.damaged) == (None, proposed, True)

    @pytest.mark.parametrize(
        ("text", "proposed"),
        [
            ('the year before ("!()', 219),
            ("rose to $* cases", 48),
            ('11 of the !)" at Stage 1', 102),
            ("!!", 11),
            ('"^ (40)', 26),
        ],
    )
    def test_a_whole_number_typed_with_shift_needs_no_brackets(self, text: str, proposed: int) -> None:
        assert [n.proposed for n in find_numbers(text) if n.damaged] == [proposed]

    @pytest.mark.parametrize(
        "text",
        [
            "See note ** below",
            "Well done !! The team",
            "Thank you !!",
            "R & D",
            'the sign "&" (see below)',
            "total: £% or %£",
        ],
    )
    def test_signs_that_are_used_as_signs_are_no_number(self, text: str) -> None:
        assert [n.proposed for n in find_numbers(text) if n.damaged] == []

    @pytest.mark.parametrize("text", ["O0MEP", "0OMPs", "Of these O0SARs were late"])
    def test_two_noughts_run_into_a_short_name_cannot_be_read(self, text: str) -> None:
        number = only(text)
        assert (number.value, number.proposed, number.damaged) == (None, 0, True)

    @pytest.mark.parametrize("text", ["O0MEP12", "CYP/O0MEP", "ROOM", "OOMEP"])
    def test_a_code_is_no_number_without_a_value(self, text: str) -> None:
        assert all(n.value is not None for n in find_numbers(text))

    @pytest.mark.parametrize("text", ["compliments & thanks", "(see *)", "£ and %"])
    def test_marks_that_stand_alone_are_no_number(self, text: str) -> None:
        assert [n.value for n in find_numbers(text) if n.value is not None] == []

    @pytest.mark.parametrize(
        ("text", "words", "value"),
        [
            ("1 18 complaints", "1 18", "118"),
            ("10 .7% of them", "10 .7%", "10.7"),
            ("10. 7% of them", "10. 7%", "10.7"),
            ("£1 2,350 in all", "£1 2,350", "12350"),
            ("6 2% of them", "6 2%", "62"),
            ("SI complaints", "SI", "51"),
            ("IO complaints", "IO", "10"),
        ],
    )
    def test_what_scanning_broke_apart(self, text: str, words: str, value: str) -> None:
        number = only(text, damaged=True)
        assert (number.text, number.value, number.damaged) == (words, Decimal(value), True)

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("1 18 complaints", ["1", "18"]),
            ("10 .7% of them", ["10", "7%"]),
            ("SI complaints", []),
            ("IO complaints", []),
        ],
    )
    def test_clean_text_is_left_as_it_is(self, text: str, words: list[str]) -> None:
        assert printed(text) == words

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("Stage 1 18 complaints", ["1", "18"]),
            ("Item 4 12 complaints", ["4", "12"]),
            ("10% 5 complaints", ["10%", "5"]),
            ("eleven 12", ["eleven", "12"]),
        ],
    )
    def test_numbers_that_stand_apart_stay_apart(self, text: str, words: list[str]) -> None:
        assert printed(text, damaged=True) == words


@pytest.mark.parametrize(
    "text",
    [
        "Complaints were received.",
        "IS it so?",
        "Ill health",
        "OSS and SO on",
        "often, weighty, someone, anyone, tent",
        "Bob and Lil",
        "a lot of it",
        "first, second and third",
        "a half, two-thirds, three quarters",
        "the twenty-first meeting",
        "No one complained, no-one at all",
        "hundreds of a thing",
        "tenfold",
        "A4 paper and CO2",
        "Q3",
        "the old one, which was lost",
        "under the corporate one.",
        "-",
        "",
    ],
)
def test_no_number(text: str) -> None:
    assert printed(text) == []


# --- for all numbers -----------------------------------------------------------------------------------------------

WHOLE = st.integers(min_value=0, max_value=9_999_999)
FRACTION = st.decimals(min_value=0, max_value=99_999, places=2, allow_nan=False, allow_infinity=False)


@given(
    WHOLE, st.sampled_from(["{}", "{:,}"]), st.sampled_from(["{}", "({})", "of {} complaints", "received {}.", "{};"])
)
def test_any_whole_number_is_read_back(value: int, form: str, around: str) -> None:
    number = only(around.format(form.format(value)))
    assert (number.value, number.decimals, number.text) == (value, 0, form.format(value))


@given(FRACTION, st.integers(min_value=1, max_value=2), st.sampled_from(["{}%", "{} %", "{} per cent"]))
def test_any_percentage_is_read_back_with_its_decimals(value: Decimal, places: int, form: str) -> None:
    value = value.quantize(Decimal(1).scaleb(-places))
    number = only(f"It was {form.format(value)} of all.")
    assert (number.value, number.decimals, number.unit) == (value, places, "percent")


@given(FRACTION)
def test_any_sum_of_money_is_read_back(value: Decimal) -> None:
    number = only(f"It was £{value:,} in all.")
    assert (number.value, number.decimals, number.unit) == (value, 2, "GBP")


@given(st.integers(min_value=1, max_value=9999), st.sampled_from("+-−–"))
def test_any_signed_number_is_read_back(value: int, sign: str) -> None:
    number = only(f"Complaints ({sign}{value})")
    assert (number.value, number.signed) == (value if sign == "+" else -value, True)


UNITS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = ["zero", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def in_words(value: int) -> str:
    """A number as it is written out in British English."""
    if value < 20:
        return UNITS[value]
    if value < 100:
        return TENS[value // 10] + (f"-{UNITS[value % 10]}" if value % 10 else "")
    if value < 1000:
        rest = f" and {in_words(value % 100)}" if value % 100 else ""
        return f"{UNITS[value // 100]} hundred{rest}"
    rest = value % 1000
    joined = "" if not rest else f" and {in_words(rest)}" if rest < 100 else f", {in_words(rest)}"
    return f"{in_words(value // 1000)} thousand{joined}"


@given(st.integers(min_value=0, max_value=999_999))
def test_any_number_in_words_is_understood(value: int) -> None:
    assert words_to_int(in_words(value)) == value
    assert words_to_int(in_words(value).upper()) == value


@given(st.integers(min_value=0, max_value=9999))
def test_any_number_in_words_is_found(value: int) -> None:
    number = only(f"There were {in_words(value)} complaints.")
    assert (number.text, number.value, number.words) == (in_words(value), value, True)


@given(st.text(max_size=60), st.booleans())
def test_numbers_lie_in_the_text_in_order_and_apart(text: str, damaged: bool) -> None:
    end = 0
    for number in find_numbers(text, damaged=damaged):
        assert end <= number.start < number.end <= len(text)
        assert number.value is None or number.value.is_finite()
        assert text[number.start : number.end] == number.text
        end = number.end


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('There were !",)*& children in need.', ['!",)*&']),
        ("We dealt with £)^ complaints.", ["£)^"]),
        ('They said "yes", "no" and (maybe) more.', []),
        ("Rates (%), notes (*) and more **.", []),
        ("Well!! So be it.", []),
    ],
)
def test_numbers_typed_with_shift_held_down(text: str, expected: list[str]) -> None:
    assert [n.text for n in find_numbers(text) if n.value is None] == expected
