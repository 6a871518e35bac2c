"""Tables that ruling lines make one grid of, though each has its own title, heads and totals."""

import pytest

from extractors.layout.parted import parted
from schemas.layout import Table
from tests.extractors.figures.grids import table

FIRST = "Team | 2013/14 | 2014/15\nNorth | 9 | 4\nSouth | 6 | 3\nTotals | 15 | 7"
SECOND = "Made by | No. | Change\nParent | 3 | -7\nAdvocate | 4 | -1\nTotals | 7 | -8"
TITLE = "Stage 1 complaints by source | |"


def texts(part: Table) -> list[list[str]]:
    return [[c.text.text for c in part.cells if c.row == row] for row in range(part.rows)]


def test_a_title_between_totals_and_heads_begins_another_table() -> None:
    first, second = parted(table(f"{FIRST}\n{TITLE}\n{SECOND}"))
    assert texts(first) == texts(table(FIRST))
    assert texts(second) == texts(table(SECOND))
    assert (first.caption, second.caption and second.caption.text) == (None, "Stage 1 complaints by source")
    assert first.bbox.bottom <= second.bbox.top


def test_there_may_be_three() -> None:
    parts = parted(table(f"{FIRST}\n{TITLE}\n{SECOND}\n{TITLE}\n{SECOND}"))
    assert [part.rows for part in parts] == [4, 4, 4]


@pytest.mark.parametrize(
    "text",
    [
        FIRST,
        "Team | 2013/14 | 2014/15\nNorth | 9 | 4\nComplaints of the southern teams | |\nSouth | 6 | 3\nTotals | 15 | 7",  # no totals before
        f"{FIRST}\nSouth | |\n{SECOND}",  # the label of a group
        f"{FIRST}\n{TITLE}\nParent | 3 | -7\nAdvocate | 4 | -1",  # no heads behind
        f"{FIRST}\n{TITLE}\nMade by | No. | Change",  # nothing behind the heads
    ],
)
def test_other_rows_part_nothing(text: str) -> None:
    assert parted(table(text)) == (table(text),)


def test_each_has_its_own_columns() -> None:
    wide = "Team | | 2013/14 | 2014/15\nNorth | | 9 | 4\nTotals | | 9 | 4"
    narrow = "Made by | No. | | Change\nParent | 3 | | -7\nTotals | 3 | | -7"
    first, second = parted(table(f"{wide}\nStage 1 complaints by source | | |\n{narrow}"))
    assert texts(first) == [["Team", "2013/14", "2014/15"], ["North", "9", "4"], ["Totals", "9", "4"]]
    assert texts(second) == [["Made by", "No.", "Change"], ["Parent", "3", "-7"], ["Totals", "3", "-7"]]
