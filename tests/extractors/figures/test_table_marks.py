"""Units that stand in the corner of a table instead of beside its numbers."""

import pytest

from extractors.figures.table_marks import with_units
from tests.extractors.figures.grids import table

YEARS = "| 2013/14 | 2014/15\nAnswered in time | 79 | 75"


@pytest.mark.parametrize("corner", ["%", "(%)", "Per cent", "Percentage"])
def test_a_sign_in_the_corner_is_that_of_all_numbers(corner: str) -> None:
    shown = with_units(table(f"{corner} {YEARS}"), "")
    assert [c.text.text for c in shown.cells if c.row] == ["Answered in time", "79%", "75%"]


@pytest.mark.parametrize(
    "text",
    [
        f"Stage {YEARS}",
        f"% of all {YEARS}",  # a head with other words tells of its own column
        "% | 2013/14 | 2014/15\nReceived | 179 | 175",  # more than all
        "% | 2013/14 | 2014/15\nReceived | 79 | 75\nUpheld | 20% | 25%",  # signs stand where they belong
    ],
)
def test_other_corners_say_nothing_of_the_numbers(text: str) -> None:
    assert with_units(table(text), "") == table(text)
