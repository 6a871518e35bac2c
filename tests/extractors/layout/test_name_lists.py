"""Lists of names with one number each, whose columns became lines of text: alone, and two side by side."""

import pytest

from tests.extractors.layout.pages import cells, laid_out, seen, tables

TEXT = "This is a long line that runs from one side of the page right to the other one.\n\n"


def test_two_lists_side_by_side_are_two_tables() -> None:
    members, mps = tables(
        laid_out(
            TEXT + "Member Enquiries Number MP Enquiries Number\n"
            "Adoption 3 Support Team 4 1\nYouth Centre Team 2 5 MASH 2\nFostering 1 Early Help 4\nResidential 2"
        )
    )
    assert cells(members) == [
        ["Member Enquiries", "Number"], ["Adoption", "3"], ["Youth Centre Team 2", "5"], ["Fostering", "1"], ["Residential", "2"],
    ]  # fmt: skip
    assert cells(mps) == [["MP Enquiries", "Number"], ["Support Team 4", "1"], ["MASH", "2"], ["Early Help", "4"]]


def test_a_long_name_goes_on_in_the_next_line_on_either_side() -> None:
    members, mps = tables(
        laid_out(
            TEXT + "Member Enquiries Number MP Enquiries Number\n"
            "Adoption 3 Children and Families Assessment 4\nTeam 1\n\nFostering 1 MASH 2\n"
            "Children Looked After and Leaving Care 1 MASH 2\nTeam 2"
        )
    )
    assert [row[0] for row in cells(mps)] == ["MP Enquiries", "Children and Families Assessment Team 1", "MASH", "MASH"]
    assert [row[0] for row in cells(members)][-1] == "Children Looked After and Leaving Care Team 2"


def test_one_list_of_teams_under_its_head() -> None:
    (table,) = tables(
        laid_out(
            TEXT
            + "Service Area Total Received\n\nPrevention Service\n\n1\n\nFamily Support Team 3 1\n\nFamily Support Team 4 1\nAdoption 6"
        )
    )
    assert cells(table) == [
        ["Service Area", "Total Received"], ["Prevention Service", "1"], ["Family Support Team 3", "1"], ["Family Support Team 4", "1"],
        ["Adoption", "6"],
    ]  # fmt: skip


def test_a_name_at_the_end_without_a_number_is_kept_with_the_list_that_it_is_near_to() -> None:
    layout = laid_out(
        TEXT
        + "Team Number\nAdoption 2\nFostering 4\nMASH 2\n\nYouth Justice\n\n\n\nExternal compliments\n\nThere were none."
    )
    (table,) = tables(layout)
    assert cells(table)[-1] == ["Youth Justice", ""]
    assert "heading External compliments" in seen(layout) or "paragraph External compliments" in seen(layout)


@pytest.mark.parametrize(
    "text",
    [
        "Complaints received\nWest 12\nEast 14\nNorth 9",  # no list of names by its head
        "Team Number\nThe team was given 12.\nIt has 14 members.\nIn all 9 left.",
        "Team Number\nAdoption 2\nFostering 3",  # too few
        "Member Enquiries Number MP Enquiries Number\n2014/15 2013/14\nSupport Team 2 and Support Team 3 were merged on 1 April",
        "The team was told the number\nAdoption 2\nFostering 3\nMASH 4",
    ],
)
def test_no_list(text: str) -> None:
    assert not tables(laid_out(TEXT + text))
