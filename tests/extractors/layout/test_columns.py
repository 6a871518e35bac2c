"""Text in columns: what is read down each column, and what is not parted."""

import pytest

from extractors.layout import lay_out
from schemas.pages import Word
from tests.extractors.layout.pages import LINE, blocks, page, typed

LEFT = (
    "The first column holds some\ntext that is wrapped in the\nmiddle of the page, and this\n"
    "is how it goes on for a few\nmore lines until it comes to\nits end."
)
RIGHT = (
    "The second column begins at\nthe top of the page again as\none would think, and it then\n"
    "runs on until there is not a\nthing more for it to say on\nthe matter."
)
SHORT_LEFT = "Parents made 51 of the 81\ncomplaints at Stage 1 (63%)."
SHORT_RIGHT = "A breakdown by complainant\nis given in the table."
COLUMNS = [*typed(LEFT), *typed(RIGHT, left=310)]
"""Columns that are long enough to be seen by themselves."""


def texts(*pages_of_words: list[Word]) -> list[str]:
    layout = lay_out([page(words, number=n) for n, words in enumerate(pages_of_words, start=1)])
    return [b.text.text for b in blocks(layout)]


def test_columns_of_two_lines_are_read_apart_where_the_document_has_columns() -> None:
    short = [*typed(SHORT_LEFT, top=400), *typed(SHORT_RIGHT, left=310, top=400)]
    assert texts(COLUMNS, short)[-2:] == [SHORT_LEFT.replace("\n", " "), SHORT_RIGHT.replace("\n", " ")]


def test_an_item_of_a_list_may_begin_the_right_column() -> None:
    short = [
        *typed(SHORT_LEFT, top=400),
        *typed("•", left=315, top=400),
        *typed("128 complaints had been\nreceived during the year;", left=328, top=400),
    ]
    assert texts(COLUMNS, short)[-2:] == [
        SHORT_LEFT.replace("\n", " "),
        "128 complaints had been received during the year;",
    ]


@pytest.mark.parametrize(
    ("left", "right", "at"),
    [
        (SHORT_LEFT, SHORT_RIGHT, 350),  # at another place than the columns of the document
        ("Upheld\nNot upheld", "12 of the 30\n18 of the 30", 310),  # labels and their values
        ("2015/16 the year before that\n2016/17", "17\n18", 310),
    ],
)
def test_no_columns_where_the_document_does_not_have_them_there(left: str, right: str, at: float) -> None:
    short = [*typed(left, top=400), *typed(right, left=at, top=400)]
    assert not {left.replace("\n", " "), right.replace("\n", " ")} <= set(texts(COLUMNS, short))


def test_columns_that_begin_anew_below_a_heading_are_read_section_by_section() -> None:
    words = [
        *typed("Headlines", size=14, top=60),
        *typed(LEFT, top=80),
        *typed(RIGHT, left=310, top=80),
        *typed("Response times", size=14, top=80 + 8 * LINE),
        *typed(SHORT_LEFT, top=80 + 10 * LINE),
        *typed(SHORT_RIGHT, left=310, top=80 + 10 * LINE),
    ]
    order = [t[:14] for t in texts(words)]
    assert order == ["Headlines", LEFT[:14], RIGHT[:14], "Response times", SHORT_LEFT[:14], SHORT_RIGHT[:14]]


def test_columns_that_run_on_beside_a_heading_are_read_to_their_end() -> None:
    words = [
        *typed(LEFT, top=80),
        *typed("Response times", size=14, top=80 + 7 * LINE),
        *typed(SHORT_LEFT, top=80 + 9 * LINE),
        *typed(f"{RIGHT[:-1]},\nand then goes on\nand on and on for\nas long as it can.", left=310, top=80),
    ]
    assert [t[:14] for t in texts(words)] == [LEFT[:14], "Response times", SHORT_LEFT[:14], RIGHT[:14]]


def test_the_number_of_a_page_that_stands_alone_is_no_text() -> None:
    words = [*typed("of the 302 complaints 112 (37%) not\nupheld and 30 resolved"), *typed("1", top=800, left=300)]
    kinds = {b.text.text: b.kind for b in blocks(lay_out([page(words)]))}
    assert kinds["1"] == "furniture"


@pytest.mark.parametrize(
    ("number", "top"),
    [
        ("3", 800),  # not the number of the page
        ("1", 400),  # in the text
        ("1", 762),  # right below the last line
    ],
)
def test_another_number_that_stands_alone_is_text(number: str, top: float) -> None:
    words = [
        *typed("of the 302 complaints 112 (37%) not", top=400),
        *typed("the last line of all", top=750),
        *typed(number, top=top, left=300),
    ]
    kinds = {b.text.text: b.kind for b in blocks(lay_out([page(words)]))}
    assert kinds.get(number) != "furniture"
