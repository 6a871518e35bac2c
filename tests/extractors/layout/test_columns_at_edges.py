"""The reading order of running text in columns; lines of two columns that stand beside each other are not one sentence."""

import pytest

from extractors.layout import lay_out
from tests.extractors.layout.pages import page, seen, typed

LEFT = """
The Council registered 47 complaints at Stage 1
in 2009/10, against 51 in the year before, which
was a decrease of 8%. There were four of them at
the next stage in the year and one complaint was
taken to Stage 3. The Ombudsman had considered
"""
RIGHT = """
four complaints about the service. Two of those
had been premature and the others were closed at
once with advice. The Chair welcomed the report,
"""
INDENTED = """
    which set out the figures for Members to see
    at the end of the year, and thanked the staff
    for their work through all of the long year.
"""


def columns(*more: str) -> list[str]:
    """The blocks of a page of two columns; `more` stands at its foot."""
    right = RIGHT.strip("\n") + "\n" + INDENTED.strip("\n")
    words = [*typed(LEFT, size=7), *typed(right, left=310, size=7)]
    return seen(lay_out([page([*words, *(w for text in more for w in typed(text, top=790, size=7))])]))


def test_a_column_is_read_down_where_only_some_of_its_lines_begin_at_its_edge() -> None:
    (block, *rest) = columns()
    assert "taken to Stage 3. The Ombudsman had considered four complaints about the service" in block
    assert block.endswith("for their work through all of the long year.")
    assert rest == []


def test_the_foot_of_the_page_belongs_to_no_column() -> None:
    found = columns("Annual report of complaints                                                 Page")
    assert "had considered four complaints about the service." in found[0]


SECTIONS = """
**Access to records
There were 84 requests for access to records, an       the 84 requests, 80 were answered and 4 of them
increase of 16 on the number of the year before.       were outstanding when the year came to its end.
They came from adults who had been in care. Of         None of the requests was from somebody in care.

**Compensation
In 5 cases a payment was made, at a total cost of      from the budgets of the teams concerned, and of
1,150 pounds. Payments are made, as in all years,      those none was over 500 pounds in all the year.
"""


def test_headings_over_both_columns_part_what_is_read_down_them() -> None:
    found = seen(lay_out([page(typed(SECTIONS, size=7))]))
    assert [line.split(" ")[0] for line in found] == ["heading", "paragraph", "heading", "paragraph"]
    assert "Of the 84 requests, 80 were answered" in found[1]
    assert "as in all years, from the budgets of the teams" in found[3]


def test_a_heading_of_one_column_parts_nothing() -> None:
    left = LEFT.replace("was a decrease of 8%. There were four of them at", "**Later stages")
    found = seen(lay_out([page([*typed(left, size=7), *typed(RIGHT + INDENTED.strip("\n"), left=310, size=7)])]))
    assert any(line == "heading Later stages" for line in found)
    assert "taken to Stage 3. The Ombudsman had considered four complaints about the service" in found[-1]


@pytest.mark.parametrize(
    ("last", "goes_on"),
    [
        ("at the third by young people, four of them through an", True),
        ("at the third by young people, four of them alone.", False),
    ],
)
def test_a_sentence_that_breaks_off_at_the_foot_of_the_left_column_goes_on_in_the_right_one(
    last: str, goes_on: bool
) -> None:
    left = (
        LEFT.strip("\n").removesuffix("The Ombudsman had considered").rstrip()
        + f"\n\n**People\nComplaints were made at the next stage and\n{last}"
    )
    right = (
        "advocate, which was a decrease of one complaint\n"
        + RIGHT.strip("\n")
        + "\nand noted the work of all of the staff in the year"
    )
    found = seen(lay_out([page([*typed(left, size=7), *typed(right, left=310, size=7)])]))
    people = found.index("heading People")
    assert any("advocate, which" in line for line in found[people:]) == goes_on
