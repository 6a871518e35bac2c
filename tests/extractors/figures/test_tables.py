"""Figures of tables: short tables in, one line per figure out; for each rule, tables on which it must not fire."""

from dataclasses import replace

import pytest

from extractors.figures.drafts import Context, Topic
from extractors.figures.table_labels import read_label
from extractors.figures.tables import read_table
from schemas.periods import Period
from tests.extractors.figures.grids import lines, mapped, read, table

# --- periods -------------------------------------------------------------------------------------------------------


def test_years_over_columns():
    assert lines(read("Team | 2013-14 | 2014-15\nNorth | 29 | 26\nTotal | 98 | 83")) == [
        "complaints 29 2013/14 team=North",
        "complaints 26 team=North",
        "complaints 98 2013/14",
        "complaints 83",
    ]


def test_years_down_rows():
    assert lines(read("Year | Stage 1 | Stage 2\n2013/14 | 90 | 8\n2014/15 | 85 | 7", under=None)) == [
        "complaints 90 2013/14 stage=1",
        "complaints 8 2013/14 stage=2",
        "complaints 85 stage=1",
        "complaints 7 stage=2",
    ]


def test_a_half_year_report_compares_half_years():
    got = lines(read("Team | 2017/18 | 2018/19\nNorth | 2 | 3", period="2018/19 H1"))
    assert got == ["complaints 2 2017/18 H1 team=North", "complaints 3 2018/19 H1 team=North"]


@pytest.mark.parametrize("labels", [("Q1", "Q2"), ("Quarter 1", "Quarter 2"), ("One", "Two"), ("1", "2")])
def test_quarters(labels: tuple[str, str]):
    got = lines(read(f"Quarter | Complaints\n{labels[0]} | 12\n{labels[1]} | 15\nYear | 27"))
    assert got == ["complaints 12 2014/15 Q1", "complaints 15 2014/15 Q2", "complaints 27"]


def test_a_quarter_is_of_the_year_over_its_column():
    got = lines(read("Quarter | 2012 to 2013 | 2013 to 2014\nOne | 43 | 61"))
    assert got == ["complaints 43 2012/13 Q1", "complaints 61 2013/14 Q1"]


def test_months():
    assert lines(read("Month | Complaints\nApril | 5\nFeb | 7")) == ["complaints 5 2014-04", "complaints 7 2015-02"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Team | Complaints\nMarch Street | 5", ["complaints 5 team=March Street"]),
        ("Theme | Complaints\nHalf-term | 5", ["complaints 5 category=Half-term"]),
        ("Stage | Complaints\n1 | 5\n2 | 6", ["complaints 5 stage=1", "complaints 6 stage=2"]),
    ],
)
def test_labels_that_are_no_periods(text: str, expected: list[str]):
    assert lines(read(text)) == expected


def test_a_stock_has_its_day():
    head = "Team | Number of open social care cases as of 31 March 2015 | Number of referrals for the year"
    assert lines(read(f"{head}\nBoston | 299 | 1,009")) == [
        "children_supported 299 2015-03-31 team=Boston",
        "referrals 1009 team=Boston",
    ]


def test_a_total_over_several_years_is_not_placed():
    reading = read("Team | 2012/13 | 2013/14 | Total\nNorth | 4 | 5 | 9")
    assert lines(reading) == ["complaints 4 2012/13 team=North", "complaints 5 2013/14 team=North"]
    assert "a total over several years" in [m.reason for _, m in reading.marks]


# --- measures ------------------------------------------------------------------------------------------------------


def test_stages_ombudsman_and_total():
    text = "Type | Stage 1 | Stage 2 | Ombudsman | Total\nCorporate complaints | 36 | 12 | 2 | 50\nTotal | 62 | 17 | 3 | 82"
    assert lines(read(text, under=None)) == [
        "complaints 36 regime=corporate stage=1",
        "complaints 12 regime=corporate stage=2",
        "ombudsman_cases 2 regime=corporate",
        "complaints 50 regime=corporate",
        "complaints 62 stage=1",
        "complaints 17 stage=2",
        "ombudsman_cases 3",
        "complaints 82",
    ]


def test_measures_as_rows():
    text = """Complaint type | 2014/15
Pre-complaints received | 58
Stage 1 closed | 261
% Stage 1 responded in time | 64%
% Pre-complaints responded in time | 9%
LGO complaints received | 8
Upheld LGO investigations | 2
Professional complaints | 12
Enquiries | 47
Compliments | 84"""
    assert lines(read(text, under=None)) == [
        "initial_feedback 58",
        "complaints 261 event=closed stage=1",
        "responses_on_time percent_of 64 stage=1",
        "responses_on_time percent_of 9 category=Pre-complaints",
        "ombudsman_cases 8",
        "ombudsman_cases 2 outcome=upheld",
        "complaints 12 category=Professional complaints",
        "enquiries 47",
        "compliments 84",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Theme | Complaints | Compliments\nDelay | 33 | -", ["complaints 33 category=Delay"]),
        ("Compliments | Total\nStaff Helpfulness | 17", ["compliments 17 category=Staff Helpfulness"]),
        ("Comments | Compliments | Complaints\n0 | 66 | 117", ["comments 0", "compliments 66", "complaints 117"]),
        ("Complaints | 45\nCompliments | 30\nTotal | 75", ["complaints 45", "compliments 30", "representations 75"]),
    ],
)
def test_the_measure_is_named_in_the_table(text: str, expected: list[str]):
    assert lines(read(text, under=None)) == expected


def test_the_heading_gives_the_measure():
    assert lines(read("Service | 2014/15\nFostering | 7", under="compliments")) == ["compliments 7 service=Fostering"]


@pytest.mark.parametrize(
    "text",
    [
        "Date | Item | Lead\n12 May 2015 | Complaints report (item 1 of 3) | 3",
        "Contents | Page\nStage 1 | 4\nCompliments | 9",
        "Stage | Timescale\nStage 1 | 10 working days\nStage 2 | 25 working days",
        " | Legislation | Corporate\nStage 1 | 10 working days (can be extended to 20) | 10 working days",
        "School | Pupils | Exclusions\nHill | 100 | 4",
        "Team | Sessions | Attendees\nEast | 10 | 40",
        "Council | Complaints\nNeighbour A | 50",
        "Date received | Reference\n12/04/14 | 14 001 234",
        "Date | Tally\nFirst | 5",
        "Total | 120 | 100",
    ],
)
def test_tables_without_figures(text: str):
    assert lines(read(text, under=None)) == []


def test_nothing_says_what_is_counted():
    reading = read("Item | 2014/15\nFirst thing | 5", under=None)
    assert lines(reading) == []
    assert [(m.kind, m.reason) for _, m in reading.marks if m.kind == "unplaced"] == [
        ("unplaced", "nothing says what is counted")
    ]


def test_parents_and_children_are_counted_for_many_reasons():
    text = "Group | Number\nParent | 5\nChild | 6"
    assert lines(read(text)) == ["complaints 5 complainant=parent", "complaints 6 complainant=child"]
    assert lines(read(text, under=None)) == []


# --- groups from headings ------------------------------------------------------------------------------------------


def test_the_stage_of_the_heading_holds_for_rows_and_total():
    text = "Outcome | Number | %\nUpheld | 12 | 24%\nNot upheld | 38 | 76%\nTotal | 50 | 100%"
    assert lines(read(text, dims={"stage": "1"})) == [
        "complaints 12 outcome=upheld stage=1",
        "complaints percent_of 24 outcome=upheld stage=1",
        "complaints 38 outcome=not_upheld stage=1",
        "complaints percent_of 76 outcome=not_upheld stage=1",
        "complaints 50 stage=1",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Stage 2 | Stage 3 | Total\n5 | 6 | 11", ["complaints 5 stage=2", "complaints 6 stage=3", "complaints 11"]),
        ("Service | Compliments\nEast | 5", ["compliments 5 service=East"]),
        ("Stage 2\nUpheld | 5", ["complaints 5 outcome=upheld stage=2"]),
    ],
)
def test_where_the_stage_of_the_heading_does_not_hold(text: str, expected: list[str]):
    assert lines(read(text, dims={"stage": "1"})) == expected


def test_rows_that_name_groups():
    text = "Stage 1\nUpheld | 5\nNot upheld | 6\nStage 2\nUpheld | 1"
    assert lines(read(text)) == [
        "complaints 5 outcome=upheld stage=1",
        "complaints 6 outcome=not_upheld stage=1",
        "complaints 1 outcome=upheld stage=2",
    ]


# --- labels --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "label", "expected"),
    [
        ("Age", "0 to 4", "age=0 to 4"),
        ("Ethnic origin", "White British", "ethnicity=White British"),
        ("Team", "Locality 1 and 5", "team=Locality 1 and 5"),
        ("Team", "Looked After Children", "team=Looked After Children"),
        ("Service area", "Disability 0-25", "service=Disability 0-25"),
        ("Theme", "Assessment", "category=Assessment"),
        ("Method of contact", "Email", "channel=Email"),
        ("Gender", "Female", "gender=female"),
        ("Who complained", "Young person", "complainant=child"),
        ("", "Foster carers", "complainant=carer"),
    ],
)
def test_row_labels(head: str, label: str, expected: str):
    assert lines(read(f"{head} | Number\n{label} | 5")) == [f"complaints 5 {expected}"]


@pytest.mark.parametrize("label", ["Total", "TOTAL", "All", "Grand total", "Year", "Overall"])
def test_totals_carry_no_dimension(label: str):
    assert lines(read(f"Theme | Number\nDelay | 5\n{label} | 5"))[-1] == "complaints 5"


@pytest.mark.parametrize("label", ["All others", "Total Care Ltd", "Year 9 pupils"])
def test_labels_that_are_no_totals(label: str):
    assert lines(read(f"Theme | Number\n{label} | 5")) == [f"complaints 5 category={label}"]


def test_a_column_that_numbers_the_rows():
    got = lines(read("No. | Theme | 2014/15\n1 | Delay | 40\n2 | Cost | 20"))
    assert got == ["complaints 40 category=Delay", "complaints 20 category=Cost"]


def test_teams_across():
    got = lines(read(" | North | South | Total\nStage 1 | 5 | 6 | 11"))
    assert got == [
        "complaints 5 category=North stage=1",
        "complaints 6 category=South stage=1",
        "complaints 11 stage=1",
    ]


def test_a_column_of_stage_numbers_behind_the_row_labels():
    got = lines(
        read("Procedure | Stage | Complaints\nStatutory | 1 | 56\nStatutory | 2 | 4\nCorporate | 1 | 33\nAll | | 93")
    )
    assert got == [
        "complaints 56 regime=statutory stage=1",
        "complaints 4 regime=statutory stage=2",
        "complaints 33 regime=corporate stage=1",
        "complaints 93",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Team | Complaints | Upheld\nNorth | 3 | 2\nSouth | 1 | 1",
        "Team | Stage 1 | Stage 2\nNorth | 3 | 2\nSouth | 1 | 1",
    ],
)
def test_small_numbers_that_are_no_labels(text: str):
    assert len(lines(read(text))) == 4


def test_what_is_still_being_done_is_going_on():
    got = lines(read("Outcome | Number\nUpheld | 14\nStill being investigated | 2\nInvestigated | 5"))
    assert got == ["complaints 14 outcome=upheld", "complaints 2 event=ongoing", "complaints 5 event=investigated"]


def test_the_total_of_issues_is_no_number_of_complaints():
    text = "Issue | {} | Share\nDelay | 41 | 60%\nStaff | 27 | 40%\nTotal | 68 | 100%"
    counted = ["complaints 41 category=Delay", "complaints percent_of 60 category=Delay"]
    got = lines(read(text.format("Times raised")))
    assert got[:2] == counted
    assert len(got) == 4
    assert lines(read(text.format("Number")))[-1] == "complaints 68"


@pytest.mark.parametrize(
    ("head", "expected"), [("Means of contact No. %", "channel=Email"), ("How it came No. %", "category=Email")]
)
def test_heads_in_one_line_over_numbers_and_shares(head: str, expected: str):
    got = lines(read(f"<3>{head}\nEmail | 58 | 65\nLetter | 31 | 35", dims={"stage": "1"}))
    assert got[:2] == [f"complaints 58 {expected} stage=1", f"complaints percent_of 65 {expected} stage=1"]


def test_a_title_that_ends_with_a_number_is_no_line_of_heads():
    assert not any("percent" in x for x in lines(read("<3>Figures by total number\nEmail | 58 | 65\nLetter | 31 | 35")))


def test_a_title_of_averages_makes_times_of_plain_numbers():
    title = "Average time to respond, in working days"
    text = "Stage | 2013/14 | 2014/15\nStage 1 | 12 | 15\nStage 2 | 88 | 95"
    assert lines(read(text, before=title))[-1] == "response_time mean 95 stage=2"
    for other in ("The average time was less than ten working days.", "Complaints by stage"):
        assert lines(read(text, before=other))[-1] == "complaints 95 stage=2"
    got = lines(read("Stage | Complaints | Days\nStage 1 | 12 | 15\nStage 2 | 88 | 95", before=title))
    assert "complaints 88 stage=2" in got


def test_bands_of_days_are_told_by_their_words():
    text = "Time taken | Number\nUp to 10 working days | 31\n11 to 20 working days | 18\nMore than 20 working days | 9"
    assert lines(read(text)) == [
        "responses_on_time 31 category=Up to 10 working days",
        "complaints 18 category=11 to 20 working days",
        "complaints 9 category=More than 20 working days",
    ]
    alone = "Measure | Number\nComplaints | 49\nUp to 10 working days | 31\nWithdrawn | 2"
    assert lines(read(alone))[1] == "responses_on_time 31"


def test_all_of_a_stage_is_the_whole_of_its_shares():
    text = "Decision | Number | %\nUpheld | 18 | 60.0\nNot upheld | 12 | 40.0\n{} | 30 | 100.0"
    assert lines(read(text.format("All Stage 1")))[-1] == "complaints 30 stage=1"
    assert lines(read(text.format("Stage 1")))[-1] == "complaints percent_of 100.0 stage=1"


def test_a_stage_may_be_abbreviated_behind_a_word() -> None:
    assert [r.dims.get("stage") for r in map(read_label, ("Statutory S1", "Corporate S2", "S1", "Section S1 2"))] == [
        "1", "2", None, None,
    ]  # fmt: skip


REPEATED = "Team | No. | % | No. | % | Change\nNorth | 9 | 75% | 6 | 60% | -3\nSouth | 3 | 25% | 4 | 40% | +1\nTotal | 12 | 100% | 10 | 100% | -2"


def periods_of(caption: str) -> list[str]:
    made = replace(table(REPEATED), caption=mapped(caption))
    context = Context(period=Period.parse("2014/15"), heading=Topic(measure="complaints"), default="complaints")
    drafts = [
        d for _, d in read_table(made, context).drafts if d.dims.get("team") == "North" and d.statistic == "count"
    ]
    return [d.period.code if d.period else "" for d in drafts]


def test_heads_that_come_again_are_of_the_years_that_the_caption_names():
    assert periods_of("Complaints by team, 2013/14 and 2014/15") == ["2013/14", "2014/15"]


@pytest.mark.parametrize(
    "caption",
    ["Complaints by team, 2014/15", "Complaints by team", "Complaints by team, 2012/13, 2013/14 and 2014/15"],
)
def test_heads_that_come_again_under_other_captions_are_left_as_they_are(caption: str):
    assert periods_of(caption) == ["2014/15", "2014/15"]


def test_columns_that_nothing_tells_apart_are_in_doubt():
    doubtful = [d for _, d in read(REPEATED).drafts if d.statistic in ("count", "percent_of") and d.confidence < 0.5]
    assert len(doubtful) == 10
    assert not [d for _, d in read("Team | 2013/14 | 2014/15\nNorth | 9 | 6").drafts if d.confidence < 0.5]


# --- shares that fit ---------------------------------------------------------------------------------------------------


def test_a_share_is_of_the_column_whose_parts_it_gives():
    got = lines(
        read(
            "Team | Stage 1 | Share | Stage 2\nNorth | 49 | 49% | 3\nSouth | 30 | 30% | 9\nWest | 21 | 21% | 1\nTotal | 100 | 100% | 13"
        )
    )
    assert [x for x in got if "percent" in x] == [
        "complaints percent_of 49 stage=1 team=North",
        "complaints percent_of 30 stage=1 team=South",
        "complaints percent_of 21 stage=1 team=West",
    ]


def test_a_share_is_of_the_year_whose_parts_it_gives():
    got = lines(
        read(
            "Team | 2012/13 | 2013/14 | % of total\nNorth | 10 | 25 | 50%\nSouth | 20 | 15 | 30%\nWest | 30 | 10 | 20%"
        )
    )
    assert [x for x in got if "percent" in x][0] == "complaints percent_of 50 2013/14 team=North"


@pytest.mark.parametrize(
    "table",
    [
        # the shares of no column, of two columns alike, and of too few rows to tell
        "Team | Stage 1 | Share | Stage 2\nNorth | 49 | 12% | 3\nSouth | 30 | 80% | 9\nWest | 21 | 8% | 1",
        "Team | Stage 1 | Share | Stage 2\nNorth | 50 | 50% | 5\nSouth | 30 | 30% | 3\nWest | 20 | 20% | 2",
        "Team | Stage 1 | Share | Stage 2\nNorth | 50 | 50% | 3\nSouth | 50 | 50% | 9",
    ],
)
def test_a_share_that_fits_no_one_column_is_of_none(table: str):
    assert not any("percent" in x and "stage" in x for x in lines(read(table)))


def test_percentages_that_make_a_whole_are_no_answers_on_time():
    got = lines(
        read("Service | No. | %\nNorth | 46 | 46%\nSouth | 34 | 34%\nWest | 20 | 20%\nTotal | 100 | 100%", timely=True)
    )
    assert "complaints percent_of 46 service=North" in got
    assert not any("on_time" in x for x in got)


def test_percentages_that_make_no_whole_are_answers_on_time():
    got = lines(read("Service | No. | %\nNorth | 46 | 76%\nSouth | 34 | 84%\nWest | 20 | 90%", timely=True))
    assert "responses_on_time percent_of 76 service=North" in got


def test_heads_in_one_line_may_end_in_a_target():
    got = lines(
        read(
            "<5>Measure Q2 2013/14 Q1 2014/15 Q2 2014/15 Target\nCompliments | 16 | 22 | 15 | -\nStage 1 complaints | 24 | 27 | 31 | -",
            under=None,
        )
    )
    assert got[:3] == ["compliments 16 2013/14 Q2", "compliments 22 2014/15 Q1", "compliments 15 2014/15 Q2"]
