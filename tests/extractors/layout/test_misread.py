"""Signs of scanned tables that were misread, put right by the cells of their column, and those that are what they say."""

from collections.abc import Sequence

import pytest

from extractors.layout.misread import with_signs
from schemas.layout import Cell, Table
from schemas.pages import BBox, MappedText, Word

BOX = BBox(0, 0, 10, 10)


def table(rows: Sequence[Sequence[str]], confidence: float | None = 0.9) -> Table:
    def text(cell: str) -> MappedText:
        return MappedText.join([(1, Word(text=part, bbox=BOX, confidence=confidence)) for part in cell.split()])

    cells = (Cell(row=r, col=c, text=text(cell), bbox=BOX) for r, row in enumerate(rows) for c, cell in enumerate(row))
    return Table(page=1, bbox=BOX, method="ruled", cells=tuple(cells))


def heads(*rows: Sequence[str], confidence: float | None = 0.9) -> list[str]:
    """The first row of a table as it is left."""
    made = with_signs(table(rows, confidence))
    return [cell.text.text for cell in made.cells if cell.row == 0]


SHARES = (("Parents", "14", "58%"), ("Carers", "6", "25%"), ("Others", "4", "17%"))
PAIRS = (("Parents", "14 (58%)"), ("Carers", "6 (25%)"), ("Others", "4 (17%)"))


@pytest.mark.parametrize("sign", ["*", "2", "%a", "om", "°o"])
def test_over_shares_stands_a_percent_sign(sign: str) -> None:
    assert heads(("Source", "No.", sign), *SHARES) == ["Source", "No.", "%"]


def test_over_values_that_make_a_hundred_too() -> None:
    rows = (("Parents", "14", "58.0"), ("Carers", "6", "25.0"), ("Others", "4", "17.0"), ("Total", "24", "100"))
    assert heads(("Source", "No.", "*"), *rows)[-1] == "%"


@pytest.mark.parametrize("misread", ["No. (°»)", "No. (°o)", "No. ( )", "No. (Yo)"])
def test_over_numbers_with_shares_stands_one_in_brackets(misread: str) -> None:
    assert heads(("Source", misread), *PAIRS) == ["Source", "No. (%)"]


@pytest.mark.parametrize("misread", ["No", "No,"])
def test_over_numbers_stands_no_with_its_stop(misread: str) -> None:
    assert heads(("Source", misread, "%"), *SHARES) == ["Source", "No.", "%"]


@pytest.mark.parametrize(
    "row",
    [
        ("Source", "Q1", "Q2"),  # shares by quarter
        ("Source", "1", "2"),  # by stage
        ("Source", "No.", "All"),
        ("Source", "No.", "Share"),
    ],
)
def test_heads_that_say_something_stay(row: Sequence[str]) -> None:
    shares = (("Parents", "58%", "60%"), ("Carers", "25%", "20%"), ("Others", "17%", "20%"))
    assert heads(row, *(shares if row[1] != "No." else SHARES)) == list(row)


def test_yes_and_no_stay() -> None:
    assert heads(("Theme", "Yes", "No"), ("Heard", "14", "6"), ("Told", "12", "8")) == ["Theme", "Yes", "No"]


def test_a_sign_over_counts_stays() -> None:
    assert heads(("Theme", "*"), ("Heard", "14"), ("Told", "12"), ("Asked", "11")) == ["Theme", "*"]


def test_born_digital_heads_stay() -> None:
    assert heads(("Source", "No.", "*"), *SHARES, confidence=None) == ["Source", "No.", "*"]


def test_among_numbers_what_is_like_not_applicable_is_that_and_keeps_what_was_read() -> None:
    made = with_signs(
        table([("Theme", "2014/15"), ("Delay", "14"), ("Staff", "wa"), ("Move", "9"), ("Other", "Ofsted")])
    )
    assert [cell.text.text for cell in made.cells if cell.col] == ["2014/15", "14", "n/a", "9", "Ofsted"]
    assert [cell.text.words[0].word.raw for cell in made.cells if cell.text.text == "n/a"] == ["wa"]


def test_among_words_it_stays() -> None:
    made = with_signs(table([("Action", "Lead"), ("Train", "va"), ("Tell", "Manager"), ("Ask", "Director")]))
    assert made.cells[3].text.text == "va"


@pytest.mark.parametrize(("misread", "right"), [("2011/129", "2011/12"), ("20112012", "2011/2012")])
def test_a_year_with_a_speck_or_without_its_stroke(misread: str, right: str) -> None:
    made = heads(("Source", misread, "Change"), ("Parents", "14", "+2"), ("Carers", "6", "-1"))
    assert made == ["Source", right, "Change"]


@pytest.mark.parametrize("head", ["2011/139", "2011/2012", "20112014", "2011"])
def test_other_years_stay(head: str) -> None:
    assert heads(("Source", head), ("Parents", "14"), ("Carers", "6")) == ["Source", head]


def label(text: str, *values: str) -> str:
    made = with_signs(table((("Indicator", "2014/15", "2015/16"), ("Received", "14", "12"), (text, *values))))
    return next(cell.text.text for cell in made.cells if (cell.row, cell.col) == (2, 0))


@pytest.mark.parametrize("sign", ["•", "°o", "Yo", "%."])
def test_a_label_of_shares_begins_with_its_sign(sign: str) -> None:
    assert label(f"{sign} answered on time", "84%", "76%") == "% answered on time"


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("• answered on time", ("14", "12")),  # counts
        ("£ paid", ("84%", "76%")),
        ("answered on time", ("84%", "76%")),  # no sign at all
        ("- answered on time", ("84%", "76%")),  # a dash
    ],
)
def test_other_labels_stay(text: str, values: tuple[str, str]) -> None:
    assert label(text, *values) == text


def quarters(*row: str, confidence: float | None = 0.9) -> list[str]:
    """The heads of a table of a count a quarter."""
    return heads(row, ("Delay", *(str(n) for n in range(4, 3 + len(row)))), ("Policy", *("7" for _ in row[1:])), confidence=confidence)  # fmt: skip


@pytest.mark.parametrize(
    "row",
    [("Theme", "01", "Q?", "0 3", "Qa", "Totals"), ("Theme", "Q1", "oz", "93", "Q4", "Totals")],
)
def test_four_heads_of_which_three_say_so_are_the_quarters(row: tuple[str, ...]) -> None:
    assert quarters(*row) == ["Theme", "Q1", "Q2", "Q3", "Q4", "Totals"]


def test_the_first_quarter_may_be_the_end_of_the_head_before_it() -> None:
    made = quarters("Indicator", "2008/09Q1", "", "oz", "93", "Q4", "Year")
    assert made == ["Indicator", "2008/09", "Q1", "Q2", "Q3", "Q4", "Year"]


@pytest.mark.parametrize(
    "row",
    [
        ("Theme", "1", "2", "3", "4", "Totals"),  # stages
        ("Theme", "Q1", "No.", "%", "Q4", "Totals"),
        ("Theme", "Q1", "Year", "Q3", "Q4", "Totals"),
        ("Theme", "Q1", "aa", "bb", "Q4", "Totals"),  # two are not enough
        ("Theme", "Q1", "", "Q3", "Q4", "Totals"),  # nothing was read there
    ],
)
def test_other_heads_are_no_quarters(row: tuple[str, ...]) -> None:
    assert quarters(*row) == list(row)
