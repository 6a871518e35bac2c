"""Tables: by rules, by aligned columns, by lines of text. And what is none."""

import pytest

from extractors.layout import lay_out
from extractors.layout.structure import structure_of, tabular
from extractors.layout.tabular import is_prose
from extractors.layout.turned import printed_rows
from schemas.pages import BBox, Rule
from tests.extractors.layout.pages import cells, grid, laid_out, page, seen, tables, typed, words_of

TEXT = "This is a long line that runs from one side of the page right to the other one.\n"


def test_ruled_cells_and_their_wrapped_text() -> None:
    words = [
        *typed("Team", left=65, top=105),
        *typed("Number of\ncomplaints", left=205, top=105),
        *typed("Fostering", left=65, top=135),
        *typed("12", left=205, top=135),
    ]
    (table,) = tables(lay_out([page(words, rules=grid([60, 200, 300], [100, 130, 150]))]))
    assert (table.method, cells(table)) == ("ruled", [["Team", "Number of complaints"], ["Fostering", "12"]])


def test_a_missing_rule_is_a_spanning_cell_and_an_empty_cell_is_kept() -> None:
    outer = [*grid([60, 240], [100, 120, 140, 160])]
    inner = Rule(bbox=BBox(150, 120, 150, 160))
    words = [*typed("Complaints 2015/16", left=65, top=104), *typed("Upheld", left=65, top=124)]
    words += [*typed("Total", left=65, top=144), *typed("3", left=155, top=144)]
    (table,) = tables(lay_out([page(words, rules=[*outer, inner])]))
    assert [(c.row, c.col, c.colspan, c.text.text) for c in table.cells] == [
        (0, 0, 2, "Complaints 2015/16"),
        (1, 0, 1, "Upheld"),
        (1, 1, 1, ""),
        (2, 0, 1, "Total"),
        (2, 1, 1, "3"),
    ]


def test_a_frame_round_text_is_no_table() -> None:
    assert not tables(lay_out([page(typed(TEXT * 3), rules=grid([50, 560], [90, 150]))]))


def test_a_table_goes_on_over_the_page_end() -> None:
    top = [*typed("Team", left=65, top=705), *typed("2015/16", left=205, top=705)]
    top += [*typed("East", left=65, top=725), *typed("7", left=205, top=725)]
    rest = [*typed("West", left=65, top=55), *typed("9", left=205, top=55)]
    rest += [*typed("Total", left=65, top=75), *typed("16", left=205, top=75)]
    pages = [
        page(top, rules=grid([60, 200, 300], [700, 720, 740])),
        page(rest, number=2, rules=grid([60, 200, 300], [50, 70, 90])),
    ]
    (table,) = tables(lay_out(pages))
    assert cells(table) == [["Team", "2015/16"], ["East", "7"], ["West", "9"], ["Total", "16"]]
    assert {w.page for c in table.cells for w in c.text.words} == {1, 2}


def test_aligned_columns() -> None:
    (table,) = tables(
        laid_out(
            TEXT + "\n"
            "Cause                     2009/10    2010/11\n"
            "Staff attitude                 51       25.1\n"
            "Poor communication             47          -\n"
            "All others                               207\n"
        )
    )
    assert table.method == "aligned"
    assert cells(table)[1:] == [
        ["Staff attitude", "51", "25.1"],
        ["Poor communication", "47", "-"],
        ["All others", "", "207"],
    ]


def test_drawn_rules_part_rows_of_one_table_and_stay_as_furniture() -> None:
    layout = laid_out(
        TEXT + "\n"
        "Quarter      Complaints   Compliments\n"
        "=====================================\n"
        "Q1                   34            22\n"
        "Q2                   30            19\n"
        "-------      ----------   -----------\n"
        "Year                 64            41\n"
    )
    assert [row.split(" | ")[0] for row in seen(layout) if "|" in row] == ["Quarter", "Q1", "Q2", "Year"]
    assert [row for row in seen(layout) if row.startswith("furniture")] == [
        "furniture =====================================",
        "furniture ------- ---------- -----------",
    ]


def test_specks_do_not_break_a_flattened_table() -> None:
    (table,) = tables(
        laid_out(
            TEXT + "\nTeam Volume % Upheld\nMASH 7 29% (2)\nAssessment 9 33% (3)\n\n~ . _\n\n"
            "Children in Need 6 17% (1)\nLooked After Children 4 25% (l)"
        )
    )
    assert [row[0] for row in cells(table)] == [
        "Team", "MASH", "Assessment", "Children in Need", "Looked After Children",
    ]  # fmt: skip


def test_the_second_line_of_heads_is_kept_whole_and_a_legend_is_no_head() -> None:
    (table,) = tables(
        laid_out(
            TEXT + "\nINITIAL FEEDBACK STAGE 1 MPS\n#2019/20 m2018/19\n\nPeriod Initial Stage 1 Member MP\n"
            "feedback enquiries enquiries\n2019/20 38 26 4 1\n2018/19 35 29 5 1\n+/- +3 -3 -l 0"
        )
    )
    assert cells(table) == [
        ["Period", "Initial", "Stage 1", "Member", "MP"],
        ["feedback enquiries enquiries"],
        ["2019/20", "38", "26", "4", "1"],
        ["2018/19", "35", "29", "5", "1"],
        ["+/-", "+3", "-3", "-l", "0"],
    ]


def test_labels_that_wrap_above_their_values_and_labels_set_in() -> None:
    (table,) = tables(
        laid_out(
            TEXT + "\nReason                        2013/14   2014/15\n"
            "All reasons                        35        34\n"
            "  Attitude or behaviour of\n  staff                            21        25\n"
            "  Quality                          14         9\n"
        )
    )
    assert cells(table)[1:] == [
        ["All reasons", "35", "34"],
        ["Attitude or behaviour of staff", "21", "25"],
        ["Quality", "14", "9"],
    ]


def test_label_and_value_pairs_in_a_row_come_apart() -> None:
    layout = laid_out(TEXT + "\n     West 71   Mid 68   East 52   Countywide 12")
    assert seen(layout)[1:] == ["paragraph West 71", "paragraph Mid 68", "paragraph East 52", "paragraph Countywide 12"]


@pytest.mark.parametrize(
    "text",
    [
        "1.    That the report be noted.\n2.    That a further report be made.\n3.    That thanks be given.",
        "Contents\nSummary                              2\nStage 1                              3\nOmbudsman                            7",
        "1    Planning    (19.00)    Pages 1 - 28\n2    Other matters    (20.30)    Pages 29 - 46\n3    Minutes    Pages 53 - 66",
        "Support Team 2 1\nSupport Team 3 1\nSupport Team 4 1",
        "Two  spaces stand here.  And here.\nAfter  the stop there.  Are two.",
    ],
)
def test_no_table(text: str) -> None:
    assert not tables(laid_out(TEXT + "\n" + text))


def test_rows_flattened_to_lines() -> None:
    (table,) = tables(
        laid_out(
            TEXT + "\nQuarter 2021 to 2022 2022 to 2023 2023 to 2024\nOne 43 61 101\nTwo 54 71 88\nTotal 97 132 189"
        )
    )
    assert table.method == "lines"
    assert cells(table) == [
        ["Quarter", "2021 to 2022", "2022 to 2023", "2023 to 2024"],
        ["One", "43", "61", "101"],
        ["Two", "54", "71", "88"],
        ["Total", "97", "132", "189"],
    ]


def test_flattened_rows_with_groups_of_columns_and_numbered_names() -> None:
    (table,) = tables(
        laid_out(
            TEXT + "\nComplaint Area Volume % Upheld Volume % Upheld\n2018/19 2019/20\n\n"
            "Adolescent Team 1 100% (1)\n\nAdoption 2 50% (1) 1 100% (1)\n\n"
            "Children and Families Assessment 4 50% (2) 1 0%\nTeam CFAT\n\n"
            "Locality 2 7 43% (3) 6 509% (3)\nFamily Support Team 2 1 100% (1)"
        )
    )
    assert cells(table) == [
        ["Complaint Area", "Volume", "% Upheld", "Volume", "% Upheld"],
        ["2018/19", "2019/20"],
        ["Adolescent Team", "1 100% (1)"],
        ["Adoption", "2", "50% (1)", "1", "100% (1)"],
        ["Children and Families Assessment Team CFAT", "4", "50% (2)", "1", "0%"],
        ["Locality 2", "7", "43% (3)", "6", "509% (3)"],
        ["Family Support Team 2", "1 100% (1)"],
    ]
    assert [(c.col, c.colspan) for c in table.cells if c.row == 1] == [(1, 2), (3, 2)]
    assert [(c.col, c.colspan) for c in table.cells if c.row == 2] == [(0, 1), (1, 4)]


def test_scanned_values_hold_a_row_together_and_a_label_may_begin_above() -> None:
    (table,) = tables(laid_out(TEXT + "\nApr-Sept\n2018/19 S1 2l 1 O 33%\nApr-Sept\n2017/18 43 26 2 0 4O%"))
    assert cells(table) == [
        ["Apr-Sept 2018/19", "S1", "2l", "1", "O", "33%"],
        ["Apr-Sept 2017/18", "43", "26", "2", "0", "4O%"],
    ]


def test_one_cell_on_each_line() -> None:
    (table,) = tables(
        laid_out(TEXT + "\nTeam\n2015/16\n2016/17\n\nIntake\n23\n31\n\nLeaving Care\n5\n8\n\nTotal\n28\n39")
    )
    assert cells(table) == [
        ["Team", "2015/16", "2016/17"],
        ["Intake", "23", "31"],
        ["Leaving Care", "5", "8"],
        ["Total", "28", "39"],
    ]


def test_columns_in_turn() -> None:
    (table,) = tables(
        laid_out(TEXT + "\nService\nAssessment\nFostering\nTOTAL\n\nQ3 2018/19\n9\n3\n12\n\nQ3 2019/20\n12\nI\n13")
    )
    assert cells(table) == [
        ["Service", "Q3 2018/19", "Q3 2019/20"],
        ["Assessment", "9", "12"],
        ["Fostering", "3", "I"],
        ["TOTAL", "12", "13"],
    ]


def test_caption_and_notes() -> None:
    (table,) = tables(
        laid_out(
            TEXT + "\nTable 1: Complaints by team\n\n"
            "Team            2014/15    2015/16\nFirst Contact         9         12\nDisability            7          9\n\n"
            "*includes late ones"
        )
    )
    assert table.caption is not None
    assert table.caption.text == "Table 1: Complaints by team"
    assert [note.text for note in table.notes] == ["*includes late ones"]


@pytest.mark.parametrize(
    "text",
    [
        "Outcome         2013/14   2014/15\nUpheld              299       282\nNot upheld           27        19\n"
        "4. Complaints by area\nArea            2014/15   Change\nNorth                58        +7\nSouth                49        -4\n",
        "Outcome 2013/14 2014/15\nUpheld 299 282\nNot upheld 27 19\n4. Complaints by area\nArea 2014/15 Change\nNorth 58 +7\nSouth 49 -4",
    ],
)
def test_a_numbered_heading_over_new_heads_parts_two_tables(text: str) -> None:
    first, second = tables(laid_out(TEXT + "\n" + text))
    assert [row[0] for row in cells(first)] == ["Outcome", "Upheld", "Not upheld"]
    assert [row[0].split()[0] for row in cells(second)] == ["Area", "North", "South"]


def test_a_numbered_label_that_wraps_parts_no_table() -> None:
    (table,) = tables(
        laid_out(
            TEXT + "\nReason                        2013/14   2014/15\n"
            "1. Quality                         14         9\n"
            "2. Attitude or behaviour of\n   staff                           21        25\n"
            "3. Delay                           35        34\n"
        )
    )
    assert [row[0] for row in cells(table)] == ["Reason", "1. Quality", "2. Attitude or behaviour of staff", "3. Delay"]


def test_a_number_and_its_share_in_brackets_are_one_value() -> None:
    (table,) = tables(
        laid_out(TEXT + "\nOutcome Statutory Corporate\nUpheld 14 (23%) 11 (31%)\nPartially upheld 22 (36%) 9 (25%)")
    )
    assert cells(table) == [
        ["Outcome", "Statutory", "Corporate"],
        ["Upheld", "14 (23%)", "11 (31%)"],
        ["Partially upheld", "22 (36%)", "9 (25%)"],
    ]


def test_a_number_and_a_share_without_brackets_stand_apart() -> None:
    (table,) = tables(laid_out(TEXT + "\nTeam Upheld % Upheld %\nEast 14 23% 11 31%\nWest 22 36% 9 25%"))
    assert cells(table)[1] == ["East", "14", "23%", "11", "31%"]


def test_a_numbered_heading_with_a_remark_at_its_right_parts_two_tables() -> None:
    first, second = tables(
        laid_out(
            TEXT + "\n"
            "Team              2013/14     2014/15\n"
            "Adoption               14          17\n"
            "Fostering               9          11\n"
            "\n"
            "2.  Outcomes    (Stage 1, closed: 40)\n"
            "\n"
            "Upheld                  8         20%\n"
            "Not upheld             32         80%\n"
        )
    )
    assert cells(first)[-1] == ["Fostering", "9", "11"]
    assert cells(second) == [["Upheld", "8", "20%"], ["Not upheld", "32", "80%"]]


def test_numbered_rows_with_values_part_no_table() -> None:
    (table,) = tables(
        laid_out(
            TEXT + "\n"
            "Theme             2013/14     2014/15\n"
            "1.  Delay              14          17\n"
            "\n"
            "2.  Attitude            9          11\n"
        )
    )
    assert [row[-1] for row in cells(table)] == ["2014/15", "17", "11"]


def test_a_dash_between_label_and_values_is_no_empty_cell() -> None:
    (table,) = tables(laid_out(TEXT + "\nAttitude of staff – 22 (27)\nDelay – 18 (20)\nOther – 3 (4)"))
    assert cells(table)[1] == ["Delay", "18 (20)"]


def test_a_dash_in_some_rows_is_an_empty_cell() -> None:
    (table,) = tables(laid_out(TEXT + "\nTheme 2013/14 2014/15\nAttitude – 22\nDelay 18 20\nOther 3 4"))
    assert cells(table)[1] == ["Attitude", "–", "22"]


def test_a_dash_before_the_only_value_stays() -> None:
    layout = laid_out(TEXT + "\nRoot cause 1: Communication - 15\nRoot cause 2: Delay - 9")
    assert [word.text for _, word in words_of(layout)].count("15") == 1


def banded(rows: list[str], shaded: list[int], xs: list[float]) -> list[Rule]:
    """The rules of shaded rows: each is a band of fields, 12 points high, over the columns."""
    return [rule for n in shaded for rule in grid(xs, [100 + 12 * n, 112 + 12 * n])]


def test_shaded_rows_and_the_plain_ones_between_are_one_table() -> None:
    rows = [
        "Team             2013/14   2014/15",
        "Adoption              14        17",
        "Fostering              9        11",
        "Access                 8        12",
        "Disability             3         4",
    ]
    words = typed("\n".join(rows), top=100, left=64)
    rules = banded(rows, [1, 3], [60, 160, 220, 300])
    (table,) = tables(lay_out([page(words, rules=rules)]))
    assert cells(table) == [row.rsplit(maxsplit=2) for row in rows]


def test_a_body_without_rules_is_parted_as_its_heads_are() -> None:
    rows = [
        "Team             2013/14   2014/15",
        "Adoption              14        17",
        "Fostering              9        11",
    ]
    words = typed("\n".join(rows), top=100, left=64)
    frame = [*grid([60, 160, 230, 300], [100, 112]), *grid([60, 300], [112, 136])]
    (table,) = tables(lay_out([page(words, rules=frame)]))
    assert cells(table) == [row.rsplit(maxsplit=2) for row in rows]


def test_a_sentence_over_all_columns_stays_one_cell() -> None:
    text = (
        "Team             2013/14   2014/15\nAdoption              14        17\nThe figures include late complaints."
    )
    frame = [*grid([60, 160, 230, 300], [100, 112, 124]), *grid([60, 300], [124, 136])]
    (table,) = tables(lay_out([page(typed(text, top=100, left=64), rules=frame)]))
    assert cells(table)[-1] == ["The figures include late complaints."]


def test_captions_that_follow_their_tables_are_theirs() -> None:
    part = "\nTeam            2013/14    2014/15\nAdoption             14         17\nFostering             9         11\n\n"
    layout = laid_out(
        TEXT
        + part
        + "Table 1: Complaints by team\n\n"
        + TEXT * 2
        + part
        + "Table 2: Compliments by team\n\n"
        + TEXT * 2
    )
    assert [t.caption.text for t in tables(layout) if t.caption] == [
        "Table 1: Complaints by team",
        "Table 2: Compliments by team",
    ]


def over_two_pages(last: str) -> list[list[list[str]]]:
    """A ruled table on a page, and one with the same heads at the top of the next; `last` is the label of the first one's last row."""
    heads = [*typed("Team", left=65, top=705), *typed("2015/16", left=205, top=705)]
    top = [*heads, *typed(last, left=65, top=725), *typed("7", left=205, top=725)]
    rest = [*typed("Team", left=65, top=55), *typed("2015/16", left=205, top=55)]
    rest += [*typed("West", left=65, top=75), *typed("9", left=205, top=75)]
    pages = [
        page(top, rules=grid([60, 200, 300], [700, 720, 740])),
        page(rest, number=2, rules=grid([60, 200, 300], [50, 70, 90])),
    ]
    return [cells(table) for table in tables(lay_out(pages))]


def test_heads_repeated_on_the_next_page_are_left_off() -> None:
    assert over_two_pages("East") == [[["Team", "2015/16"], ["East", "7"], ["West", "9"]]]


def test_a_table_ends_with_its_total() -> None:
    assert over_two_pages("Total") == [[["Team", "2015/16"], ["Total", "7"]], [["Team", "2015/16"], ["West", "9"]]]


@pytest.mark.parametrize(
    ("left", "right", "prose"),
    [
        (
            "This report covers the twelve months from 1 April\n2014 to 31 March 2015 and is published under the\nChildren Act 1989 Representations Procedure",
            "including complaints, made by children, their\nparents, foster carers and others. A complaint should\nbe made within 12 months of the matter complained",
            True,
        ),
        ("Recruit 3 independent persons\nRun 4 workshops on replies\nReview the categories used", "by the manager\nby quarter four\nby the head", False),
        ("Complaints that were made by children themselves\nComplaints that parents or carers made for them\nComplaints that were made by foster carers", "12\n7\n15", False),
    ],
)  # fmt: skip
def test_text_in_two_columns_is_prose_though_the_lines_of_one_begin_with_capitals(
    left: str, right: str, prose: bool
) -> None:
    words = [*typed(left, left=50, top=100), *typed(right, left=360, top=100)]
    rows = [tabular(row) for row in printed_rows(1, words, 0.3)]
    assert is_prose(structure_of(rows)) is prose
