"""Values in the cells of tables: shares, fractions, changes, damage; and the relations among them."""

import pytest

from extractors.figures.table_split import split_heads
from extractors.figures.table_values import read_value
from tests.extractors.figures.grids import lines, read, relations, table


@pytest.mark.parametrize("text", ["", "-", "–", "N/A", "n/a", "Not applicable", "..", "—"])
def test_empty_cells(text: str):
    assert read_value(text).kind == "empty"


def test_a_lone_ampersand_is_a_number_that_cannot_be_read_where_print_is_damaged():
    [part] = read_value("&", damaged=True).parts
    assert part.number.value is None and part.number.proposed is None
    assert [read_value(text, damaged=damaged).kind for text, damaged in (("&", False), ("A & B", True))] == [
        "words"
    ] * 2


@pytest.mark.parametrize("text", ["<5", "< 10", "*", "fewer than 5"])
def test_suppressed_cells(text: str):
    assert read_value(text).kind == "suppressed"


@pytest.mark.parametrize("text", ["2013-14", "Stage 1", "Yes", "No", "12/04/14", "10 working days from receipt", "Q1"])
def test_cells_of_words(text: str):
    assert read_value(text).kind == "words"


@pytest.mark.parametrize(
    ("text", "expected"),
    [("5", "5"), ("1,009", "1009"), ("12.5%", "12.5"), ("nil", "0"), ("£1,200", "1200"), ("5 *", "5"), ("Three", "3")],
)
def test_one_number(text: str, expected: str):
    assert [str(p.number.value) for p in read_value(text).parts] == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("S", "5"), ("2l", "21"), ("16 0", "160"), ("5O%", "50"), ("-l", "-1"), ("I9.2", "19.2"), ("O", "0")],
)
def test_damaged_numbers(text: str, expected: str):
    assert [str(p.number.value) for p in read_value(text, damaged=True).parts] == [expected]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("0", "number"), ("0%", "number"), ("12", "number"), ("Nil", "number"), ("", "blank"), (" ", "blank"), ("-", "dash"),
        ("–", "dash"), ("..", "dash"), ("N/A", "not_applicable"), ("<5", "suppressed"), ("*", "suppressed"),
        ("12/05/2014", "date"), ("31 March 2011", "date"), ("Complete", "text"), ("2014/15", "text"), ("10%-20%", "text"),
    ],
)  # fmt: skip
def test_what_a_cell_shows_is_never_confused(text: str, shown: str):
    assert read_value(text).shown == shown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0 (0%)", [("0", "", "main"), ("0", "percent", "bracket")]),
        ("1 100% (1)", [("1", "", "main"), ("100", "percent", "bracket"), ("1", "", "bracket")]),
        ("50%o", [("50", "percent", "main")]),
        ("50%o (2)", [("50", "percent", "main"), ("2", "", "bracket")]),
        ("14% (10)", [("14", "percent", "main"), ("10", "", "bracket")]),
        ("1 100", [("1100", "", "main")]),
    ],
)
def test_numbers_with_their_shares(text: str, expected: list[tuple[str, str, str]]):
    assert [(str(p.number.value), p.number.unit, p.place) for p in read_value(text).parts] == expected


@pytest.mark.parametrize("text", ["S", "I", "O"])
def test_letters_are_letters_on_a_clean_page(text: str):
    assert read_value(text).parts == ()


# --- shares --------------------------------------------------------------------------------------------------------


def test_a_share_with_its_number_and_whole():
    reading = read("Team | Volume | % Upheld\nEast | 4 | 50% (2)\nWest | 0 | N/A")
    assert lines(reading) == [
        "complaints 4 team=East",
        "complaints percent_of 50 outcome=upheld team=East",
        "complaints 2 outcome=upheld team=East",
        "complaints 0 team=West",
    ]
    assert relations(reading) == ["share: 2 4 50"]


@pytest.mark.parametrize(
    ("head", "cell", "expected"),
    [
        ("No. (%)", "12 (34)", ["complaints 12 category=Delay", "complaints percent_of 34 category=Delay"]),
        ("% (no.)", "34 (12)", ["complaints percent_of 34 category=Delay", "complaints 12 category=Delay"]),
        ("Number", "0 (0%)", ["complaints 0 category=Delay", "complaints percent_of 0 category=Delay"]),
        ("%", "25.1", ["complaints percent_of 25.1 category=Delay"]),
        ("%", "509%", ["complaints percent_of ?50 category=Delay"]),
    ],
)
def test_units_of_heads(head: str, cell: str, expected: list[str]):
    assert lines(read(f"Theme | {head}\nDelay | {cell}")) == expected


def test_answers_on_time_as_a_fraction():
    reading = read("Type | Stage 2\nStatutory complaints | 40% (2/5) *", notes=["*(2/5) = 2 of 5 answered on time."])
    assert lines(reading) == [
        "responses_on_time percent_of 40 regime=statutory stage=2",
        "responses_on_time 2 regime=statutory stage=2",
        "complaints 5 regime=statutory stage=2",
    ]
    assert relations(reading) == ["share: 2 5 40"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Type | Stage 2\nStatutory complaints | 40% (2/5)", ["complaints 5 regime=statutory stage=2"]),
        (
            "Outcome | Stage 2\nUpheld | 40% (2/5)",
            [
                "complaints percent_of 40 outcome=upheld stage=2",
                "complaints 2 outcome=upheld stage=2",
                "complaints 5 stage=2",
            ],
        ),
        ("Stage 2 | Number\nLate | 5", ["complaints 5 event=late stage=2"]),
    ],
)
def test_fractions_that_are_not_of_answers_on_time(text: str, expected: list[str]):
    assert lines(read(text)) == expected


def test_answers_on_time_lean_on_the_column_before():
    reading = read("Quarter | Stage 1 closed | On time | % on time\nQ1 | 12 | 9 | 75%")
    assert lines(reading) == [
        "complaints 12 2014/15 Q1 event=closed stage=1",
        "responses_on_time 9 2014/15 Q1 stage=1",
        "responses_on_time percent_of 75 2014/15 Q1 stage=1",
    ]
    assert relations(reading) == ["share: 9 12 75"]


@pytest.mark.parametrize(
    ("text", "last"),
    [
        (
            "Team | Stage 1 | Stage 2 | % upheld\nEast | 10 | 1 | 40%",
            "complaints percent_of 40 outcome=upheld team=East",
        ),
        ("Team | Stage 1 | Compliments\nEast | 10 | 4", "compliments 4 team=East"),
        ("Team | Stage 1 | 2013/14\nEast | 10 | 4", "complaints 4 2013/14 team=East"),
    ],
)
def test_columns_that_lean_on_nothing(text: str, last: str):
    assert lines(read(text))[-1] == last


def test_the_hundred_per_cent_at_the_foot_is_no_figure():
    reading = read("Outcome | Number | %\nUpheld | 15 | 15%\nNot upheld | 85 | 85%\nTotal | 100 | 100%")
    assert lines(reading)[-1] == "complaints 100"
    assert relations(reading) == ["sum: 100 15 85", "share: 15 100 15", "share: 85 100 85"]


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("Team | % on time\nEast | 100%\nTotal | 100%", "responses_on_time percent_of 100"),
        ("Outcome | %\nUpheld | 100%", "complaints percent_of 100 outcome=upheld"),
        ("Team | % upheld\nEast | 100%\nTotal | 100%", "complaints percent_of 100 outcome=upheld"),
    ],
)
def test_a_hundred_per_cent_that_is_a_figure(text: str, last: str):
    assert lines(read(text))[-1] == last


# --- differences ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "cell", "expected"),
    [
        ("Change", "+3", "complaints change 3 team=East"),
        ("Change on last year", "-3", "complaints change -3 team=East"),
        ("Change", "24%", "complaints percent_change 24 team=East"),
        ("% change", "-17", "complaints percent_change -17 team=East"),
        ("Variance", "▼ 4", "complaints change -4 team=East"),
        ("Decrease", "4", "complaints change -4 team=East"),
    ],
)
def test_columns_of_differences(head: str, cell: str, expected: str):
    assert lines(read(f"Team | 2013/14 | 2014/15 | {head}\nEast | 9 | 12 | {cell}"))[-1] == expected


def test_differences_of_shares_are_percentage_points():
    reading = read("Measure | 2013/14 | 2014/15 | Change\n% Stage 1 in time | 64% | 60% | -4%")
    assert lines(reading)[-1] == "responses_on_time change -4 stage=1"
    assert [d.unit for _, d in reading.drafts][-1] == "percentage_points"
    assert relations(reading) == ["change: 60 64 -4"]


def test_a_row_of_signed_numbers_under_rows_of_periods():
    reading = read(
        "Year | Stage 1 | Stage 2 | % upheld\n2014/15 | 21 | 2 | 33%\n2013/14 | 26 | 2 | 40%\nDI | -5 | 0 | -7%",
        damaged=True,
    )
    assert lines(reading)[-3:] == [
        "complaints change -5 stage=1",
        "complaints change 0 stage=2",
        "complaints change -7 outcome=upheld",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Team | Stage 1 | Stage 2\nEast | 5 | 1\nWest | 6 | 2\nDI | 7 | 3",
        "Team | Stage 1 | Stage 2\n2013/14 | 5 | 1\n2014/15 | 6 | 2",
        "Team | Climate change\nEast | 5",
    ],
)
def test_rows_without_differences(text: str):
    assert not any(" change " in line for line in lines(read(text)))


# --- other values --------------------------------------------------------------------------------------------------


def test_averages_need_a_unit_of_time():
    text = "Stage | Average working days | Average\nStage 1 | 14.5 | 3"
    assert lines(read(text)) == ["response_time mean 14.5 stage=1"]


def test_money_is_redress_only_where_it_is_said():
    assert lines(read("Redress | Amount\nStage 2 | £500", under=None)) == ["payments amount 500 stage=2"]
    assert lines(read("Investigators | Cost\nStage 2 | £500")) == []


def test_a_pound_sign_among_counts_is_a_slip_of_the_shift_key():
    assert lines(read("Team | 2014/15\nEast | £2\nWest | 12")) == [
        "complaints ?32 team=East",
        "complaints 12 team=West",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Upheld 44 | Withdrawn 12", ["complaints 44 outcome=upheld", "complaints 12 event=withdrawn"]),
        ("464 representations | 211 complaints", ["representations 464", "complaints 211"]),
        (
            "West 7 1 | Mid 68 | East l2",
            ["complaints 71 category=West", "complaints 68 category=Mid", "complaints 12 category=East"],
        ),
        (
            "Stage 1 | 5 (3 upheld)\nStage 2 | 1",
            ["complaints 5 stage=1", "complaints 3 outcome=upheld stage=1", "complaints 1 stage=2"],
        ),
    ],
)
def test_labels_and_values_in_one_cell(text: str, expected: list[str]):
    assert lines(read(text, damaged=True)) == expected


@pytest.mark.parametrize(
    "text", ["Stage 1 | Stage 2", "Appendix 2 | Page 14", "Item 4 | Pages 29 - 46", "Team 1 | Team 2"]
)
def test_cells_that_hold_no_value(text: str):
    assert lines(read(text, under=None)) == []


def test_values_printed_over_several_columns():
    heads = "Team | Volume | % Upheld | Volume | % Upheld\n | <2>2013/14 | <2>2014/15"
    reading = read(f"{heads}\nEast | 2 | 50% (1) | 1 | 0%\nFamily Team 2 | <4>1 100% (1)")
    assert lines(reading)[-3:] == [
        "complaints 1 2013/14 team=Family Team 2",
        "complaints percent_of 100 2013/14 outcome=upheld team=Family Team 2",
        "complaints 1 2013/14 outcome=upheld team=Family Team 2",
    ]
    assert {d.confidence < 0.7 for _, d in reading.drafts[-3:]} == {True}


# --- heads on one line ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "heads"),
    [
        ("Service 2013-14 2014-15", ("2013-14", "2014-15")),
        ("Complaint Area Volume % Upheld Volume % Upheld", ("Volume", "% Upheld", "Volume", "% Upheld")),
        ("Quarter 2021 to 2022 2022 to 2023", ("2021 to 2022", "2022 to 2023")),
        ("Type Stage 1 Stage 2 Ombudsman Total", ("Stage 1", "Stage 2", "Ombudsman", "Total")),
        (
            "Team Number of referrals Number of complaints received",
            ("Number of referrals", "Number of complaints received"),
        ),
    ],
)
def test_split_heads(line: str, heads: tuple[str, ...]):
    assert split_heads(line.split(), len(heads)) == heads


@pytest.mark.parametrize(
    "line", ["Complaints by team", "The figures for 2013-14 and 2014-15 are below", "Our staff and offices"]
)
def test_lines_that_are_no_heads(line: str):
    assert split_heads(line.split(), 2) is None


# --- relations and accounts ----------------------------------------------------------------------------------------


def test_totals_of_rows_and_columns():
    text = "Team | Upheld | Not upheld | Total\nEast | 2 | 3 | 5\nWest | 1 | 4 | 5\nTotal | 3 | 7 | 10"
    assert relations(read(text)) == [
        "sum: 3 2 1", "sum: 7 3 4", "sum: 10 5 5", "sum: 5 2 3", "sum: 5 1 4", "sum: 10 3 7",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "note", "expected"),
    [
        (
            "Theme | No.\nDelay | 5\nCost | 6\nTotal | 9",
            "A complaint can cover more than one category",
            ["sum: 9 5 6 ?"],
        ),
        ("Theme | No.\nDelay | 5\nCost | 6\nOther | <5\nTotal | 14", "", ["sum: 14 5 6 ?"]),
        ("Theme | No.\nDelay | 5\nOf which late | 3\nTotal | 5", "", ["sum: 5 5 3 ?"]),
        ("Theme | 2013/14 | 2014/15\nDelay | 5 | 6", "", []),
    ],
)
def test_parts_that_need_not_add_up(text: str, note: str, expected: list[str]):
    assert relations(read(text, notes=[note] if note else [])) == expected


def test_quarters_add_up_to_the_year():
    assert relations(read(" | Q1 | Q2 | Total\nStage 1 | 5 | 6 | 11")) == ["sum: 11 5 6"]


def test_changes_lie_between_the_figures_beside_them():
    reading = read("Team | 2013/14 | 2014/15 | Change | % change\nEast | 50 | 60 | 10 | 20%")
    assert relations(reading) == ["change: 60 50 10", "percent_change: 60 50 20"]


@pytest.mark.parametrize(
    "text",
    [
        "Team | 2013/14 | % Upheld\nFamily Team 2 | 5 | 50% (1)\nTotal | 9 | 100%",
        "Stage | Timescale\nStage 1 | 10 working days",
        "Contents | Page\nStage 1 | 4",
        "Upheld 44 | 25 (3 upheld) | <5",
    ],
)
def test_every_number_is_accounted_for(text: str):
    reading = read(text)
    told = {(i, d.start, d.end) for i, d in reading.drafts} | {(i, m.start, m.end) for i, m in reading.marks}
    for index, cell in enumerate(table(text).cells):
        for at, character in enumerate(cell.text.text):
            if character.isdigit():
                assert any(i == index and start <= at < end for i, start, end in told), cell.text.text


def test_a_change_beside_shares_with_their_numbers_is_of_the_numbers() -> None:
    reading = read(
        "Team | 2013/14 | 2014/15 | Change\nEast | 19.0% (4) | 15.4% (2) | -2\nWest | 9.5% (2) | 15.4% (2) | 0"
    )
    assert [line for line in lines(reading) if " change " in line] == [
        "complaints change -2 team=East", "complaints change 0 team=West",
    ]  # fmt: skip


BRACKETS = "Referral | 27 | (31)\nSafeguarding | 14 | (12)\n<2>Looked After Children | 13 (11)\nFostering | 6 | (6)"


def test_brackets_in_a_column_of_their_own_hold_the_year_before() -> None:
    before = "The complaints were about the following teams, the figure for the previous year being in brackets:"
    assert lines(read(BRACKETS, before=before))[:4] == [
        "complaints 27 category=Referral",
        "complaints 31 2013/14 category=Referral",
        "complaints 14 category=Safeguarding",
        "complaints 12 2013/14 category=Safeguarding",
    ]


@pytest.mark.parametrize(
    "table",
    [
        BRACKETS,  # nothing says what the brackets hold
        BRACKETS.replace("(31)", "31").replace("(12)", "12").replace("(6)", "6"),
    ],
)
def test_other_columns_without_a_head_are_of_nothing_known(table: str) -> None:
    assert lines(read(table)) == []


def test_the_last_row_says_of_what_stage_the_rows_are_that_it_adds_up() -> None:
    patches = "Patch | 2013/14 | 2014/15\nKilburn | 24 | 28\nHarlesden | 30 | 34"
    total = lines(read(f"{patches}\nAll Stage 1 | 54 | 62"))
    assert total[:2] == ["complaints 24 2013/14 stage=1 team=Kilburn", "complaints 28 stage=1 team=Kilburn"]
    for last in ("All | 54 | 62", "Stage 1 | 20 | 22", "Total | 54 | 62\nAll Stage 1 | 50 | 60"):
        assert not any("stage=1" in line for line in lines(read(f"{patches}\n{last}"))[:4])


@pytest.mark.parametrize(
    ("rows", "figures"),
    [
        (
            "Statutory: 110 Stage 1 | 9 Stage 2\nCorporate: 71 Stage 1 | 6 Stage 2",
            [
                "complaints 110 regime=statutory stage=1",
                "complaints 9 regime=statutory stage=2",
                "complaints 71 regime=corporate stage=1",
                "complaints 6 regime=corporate stage=2",
            ],
        ),
        (
            "Q1 68 | Q2 74 | Q3 81",
            ["complaints 68 2014/15 Q1", "complaints 74 2014/15 Q2", "complaints 81 2014/15 Q3"],
        ),
        ("See Annex: 4 | Page 2", []),
    ],
)
def test_rows_of_labels_that_each_have_their_value(rows: str, figures: list[str]) -> None:
    assert lines(read(rows)) == figures


@pytest.mark.parametrize(("marks", "meant"), [('-!"', "-12"), ("*.)", "8.0"), ("%*", "58"), ("&(", "79")])
def test_marks_typed_with_shift_held_down_below_numbers(marks: str, meant: str):
    (number,) = (p.number for p in read_value(marks, damaged=True).parts)
    assert (number.value, str(number.proposed)) == (None, meant)


@pytest.mark.parametrize(
    "text",
    [
        "Team | Change*\nWest | 3\nEast | 4\nTotal | 7",
        "Team | %*\nWest | 30\nEast | 70",  # the head of the percentages, with a note
        "Team | Number\nWest | 3\nEast | **\nMid | 4",  # suppressed
        "Team | Number\nWest | 3\nEast | (*)\nMid | 4",
    ],
)
def test_marks_that_are_no_numbers(text: str):
    assert not any("?" in line for line in lines(read(f"Complaints by team, 2014/15\n{text}")))


def test_marks_below_the_numbers_of_a_column_are_one():
    found = lines(read("Team | Complaints\nWest | 16\nEast | %*\nMid | 24"))
    assert "complaints ?58 team=East" in found
