"""What tables say of their totals: short tables in, one line per relation out, "?" behind one that is not complete."""

import pytest

from tests.extractors.figures.grids import read, relations


def sums(text: str, **given: object) -> list[str]:
    return [line for line in relations(read(text, **given)) if line.startswith("sum")]  # type: ignore[arg-type]


def test_a_total_beside_its_parts():
    assert sums("Team | Stage 1 | Stage 2 | Total\nNorth | 12 | 3 | 14") == ["sum: 14 12 3"]


@pytest.mark.parametrize("hidden", ["<5", "*", "see note"])
def test_a_total_beside_a_cell_that_is_withheld_is_no_sum_of_the_others(hidden: str):
    assert sums(f"Team | Stage 1 | Stage 2 | Stage 3 | Total\nNorth | 12 | {hidden} | 0 | 14") == ["sum: 14 12 0 ?"]


def test_shares_between_the_numbers_hide_nothing():
    table = "Team | Stage 1 | % | Stage 2 | % | Total\nNorth | 12 | 80% | 3 | 20% | 16"
    assert sums(table) == ["sum: 16 12 3"]


def test_a_table_that_began_on_the_page_before_may_lack_rows():
    rows = "Theme | Complaints\nDelay | 20\nStaff | 11\nTotal | 84"
    assert sums(rows) == ["sum: 84 20 11"]
    assert sums(rows, rest=True) == ["sum: 84 20 11 ?"]


def test_rows_that_are_more_than_their_total_lack_none():
    rows = "Theme | Complaints\nDelay | 20\nStaff | 11\nTotal | 30"
    assert sums(rows, rest=True) == ["sum: 30 20 11"]


def test_a_year_and_its_quarters_beside_last_year():
    row = "Measure | 2013/14 | Q1 | Q2 | Q3 | Q4 | 2014/15\nComplaints | 20 | 8 | 4 | 6 | 2 | 26"
    assert sums(row) == ["sum: 26 8 4 6 2"]


@pytest.mark.parametrize(
    "table",
    [
        "Measure | Q1 | Q2 | Q3 | 2014/15\nComplaints | 8 | 4 | 6 | 26",
        "Measure | Q1 | Q2 | Q3 | Q4 | 2013/14\nComplaints | 8 | 4 | 6 | 2 | 26",
        "Measure | Q1 | Q2 | Q3 | Q4 | 2014/15\n% answered on time | 80% | 90% | 85% | 85% | 85%",
    ],
)
def test_a_year_without_all_its_quarters_is_no_sum(table: str):
    assert sums(table) == []


def test_a_share_is_of_the_total_of_its_own_rows():
    table = "Outcome | No. | %\nStage 1 | | \nTotal | 65 | 100\nUpheld | 13 | 20\nStage 2 | | \nTotal | 6 | 100\nUpheld | 3 | 50"
    shares = [line for line in relations(read(table)) if line.startswith("share")]
    assert shares == ["share: 13 65 20", "share: 3 6 50"]


def test_a_lone_number_under_shares_with_numbers_is_a_count():
    table = "Outcome | % (No.)\nUpheld | 15.0% (21)\nNot upheld | 85.0% (119)\nTotal | 140"
    assert sums(table) == ["sum: 140 21 119"]


@pytest.mark.parametrize(
    "table",
    ["Outcome | % (No.)\nUpheld | 15\nNot upheld | 85", "Outcome | %\nUpheld | 15%\nNot upheld | 85%\nTotal | 100"],
)
def test_a_lone_number_under_shares_is_a_share(table: str):
    assert {d.statistic for _, d in read(table).drafts} == {"percent_of"}


def test_a_total_that_stands_first_and_is_wrong_in_one_year():
    table = "Decision | 2012/13 | 2013/14 | 2014/15\nTotal | 8 | 10 | 11\nUpheld | 3 | 5 | 2\nNot upheld | 3 | 5 | 9"
    assert sums(table) == ["sum: 8 3 3", "sum: 10 5 5", "sum: 11 2 9"]


def test_a_row_in_its_own_words_among_those_who_complained():
    table = "Who complained | Stage 1 | Stage 2\nTotal | 13 | 5\nParents | 7 | 3\nCarers | 5 | 2\nA friend | 1 | 0"
    assert sums(table) == ["sum: 13 7 5 1", "sum: 5 3 2 0"]


@pytest.mark.parametrize(
    "table",
    [
        "Decision | 2013/14 | 2014/15\nTotal | 8 | 10\nUpheld | 3 | 5\nNot upheld | 3 | 5",  # one year may add up by chance
        "Decision | 2013/14 | 2014/15\nTotal | 8 | 10\nUpheld | 3 | 5\nNot upheld | 3 | 4",  # parts of something else
        "Decision | 2013/14 | 2014/15\nTotal | 8 | 10\nUpheld | 8 | 10\nNot upheld | 3 | 4",
    ],
)
def test_a_total_that_stands_first_is_no_sum_of_rows_that_seldom_add_up_to_it(table: str):
    assert sums(table) == []


TEAMS = "Team | Upheld | Not upheld\nTotal | 5 | 9\nNorth | 1 | 2\nSouth | 0 | 3\nWest | 1 | 2"


def test_teams_below_a_bare_total_are_its_parts():
    assert sums(TEAMS) == ["sum: 5 1 0 1", "sum: 9 2 3 2"]


@pytest.mark.parametrize(
    "table",
    [
        TEAMS.replace("Team", "Theme"),  # a complaint may have several
        TEAMS.replace("Total", "Total complaints received"),  # the first of several things
        TEAMS.replace("\nWest | 1 | 2", ""),
    ],
)
def test_other_rows_below_a_total_need_not_be(table: str):
    assert [line for line in sums(table) if not line.endswith("?")] == []


def test_rows_that_make_less_than_half_of_every_total_are_not_all():
    table = "Team | Upheld | Not upheld\nNorth | 3 | 2\nSouth | 2 | 4\nTotal | 23 | 38"
    assert sums(table) == ["sum: 23 3 2 ?", "sum: 38 2 4 ?"]


@pytest.mark.parametrize("totals", ["23 | 6", "9 | 11", "8 | 38"])
def test_rows_that_make_more_than_half_of_some_total_are(totals: str):
    table = f"Team | Upheld | Not upheld\nNorth | 3 | 2\nSouth | 2 | 4\nTotal | {totals}"
    assert not any(line.endswith("?") for line in sums(table))


def test_a_change_is_from_the_year_before_and_not_from_the_one_before_a_dash():
    table = "Team | 2012/13 | 2013/14 | 2014/15 | Change\nNorth | 5 | 4 | 6 | +2\nContact | 3 | - | 3 | +3"
    changes = [line for line in relations(read(table)) if line.startswith("change")]
    assert changes == ["change: 6 4 2"]


NOTE = "Some complaints are counted under more than one heading."


def test_a_complaint_of_two_themes_is_made_in_one_quarter_only():
    table = "Theme | Q1 | Q2 | Q3 | Q4 | 2014/15\nDelay | 1 | 9 | 4 | 6 | 32"
    assert sums(table, before=NOTE) == ["sum: 32 1 9 4 6"]


@pytest.mark.parametrize(
    "table",
    [
        "Theme | Stage 1 | Stage 2 | Total\nDelay | 1 | 9 | 32",
        "Stage | Delay | Staff | Total\nStage 1 | 1 | 9 | 32",
    ],
)
def test_but_may_be_of_two_kinds(table: str):
    assert all(line.endswith("?") for line in sums(table, before=NOTE))


FIRST = "Result | 2013/14 | 2014/15\nTotals | 121 | 86\nUpheld | 29 | 14\nUpheld in part | 23 | 21\nNot upheld | {} | 388\nResolved | 9 | 7\nInconclusive | 7 | 5\nWithdrawn | 3 | 1"


def test_a_total_that_stands_first_is_of_many_rows_that_add_up_in_one_column():
    assert "sum: 86 14 21 388 7 5 1" in sums(FIRST.format(50))


def test_it_is_not_where_they_add_up_in_none():
    assert all(line.endswith("?") for line in sums(FIRST.format(51)))
