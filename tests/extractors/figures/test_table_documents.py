"""Tables as officers set them in reports, read the whole way from the file to the figures."""

import pytest

from extractors.document import extract
from extractors.reading.pdf import read_pdf
from extractors.reading.rendition import render
from extractors.reading.sniff import sniff
from schemas.documents import Reading
from tests.extractors.reading.samples import docx_of, paragraph, word_table

OPENING = """ANYSHIRE COUNTY COUNCIL
CHILDREN'S SERVICES COMPLAINTS ANNUAL REPORT 2014/15

1. Introduction

This report gives the complaints received about children's social care in 2014/15.


"""


def reading(content: bytes | str, name: str = "report.txt") -> Reading:
    data = content if isinstance(content, bytes) else (OPENING + content).encode()
    pdf = render(data, sniff(data, name)).pdf
    return extract(read_pdf(pdf), pdf=pdf, file_name=name)


def figures(read: Reading) -> list[str]:
    """Each figure of a table as "measure statistic value period dims"; a plain count and the paper's own year go unsaid."""
    found = []
    for x in read.figures:
        if x.evidence.rule.startswith("table"):
            period = x.period.code if x.period and x.period.code != "2014/15" else ""
            dims = [f"{k}={v}" for k, v in sorted(dict(x.dims).items())]
            words = [x.measure, "" if x.statistic == "count" else x.statistic, f"{x.value:f}", period, *dims]
            found.append(" ".join(w for w in words if w))
    return found


def test_rules_drawn_with_dashes_part_the_rows_of_one_table() -> None:
    read = reading(
        "2. Activity by quarter\n\n"
        "    Quarter      Complaints   Compliments   Answered on time\n"
        "    ---------------------------------------------------------\n"
        "    Q1                   34            22               71%\n"
        "    Q2                   30            19               68%\n"
        "    ---------------------------------------------------------\n"
        "    Year                 64            41               70%\n"
    )
    assert figures(read) == [
        "complaints 34 2014/15 Q1", "compliments 22 2014/15 Q1", "responses_on_time percent_of 71 2014/15 Q1",
        "complaints 30 2014/15 Q2", "compliments 19 2014/15 Q2", "responses_on_time percent_of 68 2014/15 Q2",
        "complaints 64", "compliments 41", "responses_on_time percent_of 70",
    ]  # fmt: skip
    assert [r.kind for r in read.relations] == ["sum", "sum"]


def test_a_last_row_that_is_the_sum_of_the_others_is_the_total_and_a_percentage_is_of_the_column_before() -> None:
    read = reading(
        "2. Stage 1 complaints by district team\n\n"
        "District team      Complaints   Replied to on time      %\n"
        "Allerdale                  29                   23    79%\n"
        "Barrow                     27                   20    74%\n"
        "County                     56                   43    77%\n"
    )
    assert figures(read)[3:] == [
        "complaints 27 stage=1 team=Barrow", "responses_on_time 20 stage=1 team=Barrow",
        "responses_on_time percent_of 74 stage=1 team=Barrow",
        "complaints 56 stage=1", "responses_on_time 43 stage=1", "responses_on_time percent_of 77 stage=1",
    ]  # fmt: skip


def test_a_scanned_table_whose_heads_wrap_and_whose_letters_are_digits() -> None:
    read = reading(
        "INITIAL FEEDBACK  STAGE 1  STAGE 2  COMPLIMENTS  MPS\n\n#2014/15 m2013/14\n\n"
        "Period Initial Stage 1 Stage 2 Compliments MP\nfeedback complaints complaints enquiries\n\n"
        "Year\n2014/15 38 Z6 4 33 1l\n\nYear\n2013/14 35 29 5 24 9\n\n+/- +3 -3 -l +9 +2\n"
    )
    assert figures(read) == [
        "initial_feedback 38", "complaints 26 stage=1", "complaints 4 stage=2", "compliments 33",
        "enquiries 11 source=mp",
        "initial_feedback 35 2013/14", "complaints 29 2013/14 stage=1", "complaints 5 2013/14 stage=2",
        "compliments 24 2013/14", "enquiries 9 2013/14 source=mp",
        "initial_feedback change 3", "complaints change -3 stage=1", "complaints change -1 stage=2",
        "compliments change 9", "enquiries change 2 source=mp",
    ]  # fmt: skip


def test_groups_of_rows_and_a_total_over_all_of_them() -> None:
    read = reading(
        "2. Complaints by stage and outcome\n\n"
        "Stage and outcome            2013/14    2014/15\n"
        "Stage 1\n  Upheld                          20         18\n  Not upheld                      31         40\n"
        "Stage 2\n  Upheld                           2          1\n  Not upheld                       3          4\n"
        "Total                             56         63\n"
    )
    assert figures(read)[-3:] == ["complaints 4 outcome=not_upheld stage=2", "complaints 56 2013/14", "complaints 63"]
    assert [len(r.figure_ids) for r in read.relations if r.kind == "sum"] == [5, 5]


def test_a_total_at_the_top_over_indented_rows() -> None:
    read = reading(
        "2. Complaints by service\n\nService                       2014/15\n"
        "All services                       64\n   Assessment                      21\n"
        "   Looked after children           30\n   Fostering and adoption          13\n"
    )
    assert figures(read)[:2] == ["complaints 64", "complaints 21 service=Assessment"]
    assert [r.kind for r in read.relations] == ["sum"]


def test_labels_that_wrap_above_their_values() -> None:
    read = reading(
        "2. Complaints by reason\n\n"
        "Reason                               2013/14   2014/15\n"
        "Attitude or behaviour of\nstaff                                     21        25\n"
        "Delay or failure to provide a\nservice                                   14         9\n"
        "Total                                     35        34\n"
    )
    assert figures(read)[1:3] == [
        "complaints 25 category=Attitude or behaviour of staff",
        "complaints 14 2013/14 category=Delay or failure to provide a service",
    ]


def test_quarters_under_rows_of_years() -> None:
    read = reading(
        "2. Activity by quarter\n\n                    Complaints    Compliments\n"
        "2013/14\nQuarter 1                   30             12\nQuarter 2                   24             15\n"
        "2014/15\nQuarter 1                   33              9\nQuarter 2                   28             14\n"
    )
    assert figures(read)[::4] == ["complaints 30 2013/14 Q1", "complaints 33 2014/15 Q1"]


def test_one_cell_on_each_line_with_a_percent_sign_for_a_head() -> None:
    read = reading(
        "2. How complaints were made\n\nMethod\nNumber\n%\n\nE-mail\n41\n45%\n\nTelephone\n28\n31%\n\n"
        "Letter\n22\n24%\n\nTotal\n91\n100%\n"
    )
    assert figures(read)[:2] == ["complaints 41 channel=E-mail", "complaints percent_of 45 channel=E-mail"]


def test_heads_on_one_line_over_flattened_rows() -> None:
    read = reading(
        "2. Complaints by team\n\nTeam Received Upheld Partly upheld Not upheld Withdrawn\n"
        "Intake 12 4 3 4 1\nFostering and adoption 8 2 1 5 0\nTotal 20 6 4 9 1\n"
    )
    assert figures(read)[:3] == [
        "complaints 12 team=Intake", "complaints 4 outcome=upheld team=Intake",
        "complaints 3 outcome=partly_upheld team=Intake",
    ]  # fmt: skip
    assert figures(read)[-1] == "complaints 1 event=withdrawn"


def test_a_title_row_over_the_heads_and_rules_of_plus_and_minus() -> None:
    read = reading(
        "2. Timeliness\n\n"
        "+----------------------+----------+-----------+------+\n"
        "| Stage 1 replies by service 2014/15                  |\n"
        "+----------------------+----------+-----------+------+\n"
        "| Service              | Answered | On time   | %    |\n"
        "+----------------------+----------+-----------+------+\n"
        "| Assessment           |       20 |        15 | 75%  |\n"
        "| Fostering            |       10 |         9 | 90%  |\n"
        "+----------------------+----------+-----------+------+\n"
    )
    assert figures(read)[:3] == [
        "complaints 20 service=Assessment stage=1", "responses_on_time 15 service=Assessment stage=1",
        "responses_on_time percent_of 75 service=Assessment stage=1",
    ]  # fmt: skip


def test_a_box_of_key_facts() -> None:
    read = reading(
        "2. Key facts\n\n211 complaints | 187 compliments | 34 MP enquiries\n\n"
        "82% answered on time | 19 days average response time\n"
    )
    assert figures(read) == [
        "complaints 211", "compliments 187", "enquiries 34 source=mp", "responses_on_time percent_of 82",
        "response_time mean 19",
    ]  # fmt: skip


def test_indicators_with_their_time_limits_and_targets() -> None:
    read = reading(
        "2. Performance\n\n"
        "Indicator                                        Target   2013/14   2014/15\n"
        "% of stage 1 complaints answered in 10 days         80%       71%       76%\n"
        "% of stage 2 investigations done in 65 days         90%       50%       67%\n"
    )
    assert figures(read)[1::2] == [
        "responses_on_time percent_of 76 stage=1", "responses_on_time percent_of 67 stage=2",
    ]  # fmt: skip
    assert sum(m.kind == "target" for m in read.marks) == 2


def test_payments_and_their_number() -> None:
    read = reading(
        "2. Compensation paid\n\nService                 No. of payments     Amount\n"
        "Looked after children                 3     £1,250\nAssessment                            1       £400\n"
        "Total                                 4     £1,650\n"
    )
    assert figures(read)[-2:] == ["payments 4", "payments amount 1650"]


def test_a_row_left_empty_is_no_head_of_the_rows_below_it() -> None:
    read = reading(
        "2. Complaints by team\n\nTeam\tStage 1\tStage 2\nIntake\t12\t1\nFostering\t\t\nLeaving care\t7\t1*\nTotal\t19\t2\n"
    )
    assert [len(r.figure_ids) for r in read.relations] == [3, 3]


def test_a_word_table_with_a_column_of_changes() -> None:
    body = paragraph("Anyshire County Council", style="Heading1") + paragraph("Complaints annual report 2014/15")
    body += paragraph("Complaints by theme", style="Heading2") + word_table(
        [["Theme", "2013/14", "2014/15", "+/-"], ["Communication", "23", "31", "+8"], ["Contact", "17", "12", "-5"]]
    )
    assert figures(reading(docx_of(body), "report.docx"))[:3] == [
        "complaints 23 2013/14 category=Communication", "complaints 31 category=Communication",
        "complaints change 8 category=Communication",
    ]  # fmt: skip


def test_dots_lead_from_labels_to_values() -> None:
    read = reading(
        "2. Summary\n\nComplaints received ............................. 98\n"
        "Complaints upheld ............................... 41\n"
        "Average response time (working days) ............ 14.5\n"
    )
    assert figures(read) == ["complaints 98", "complaints 41 outcome=upheld", "response_time mean 14.5"]


def test_narrow_columns_of_a_short_paper_and_last_years_figure_in_brackets() -> None:
    read = reading(
        "2. Complaints by locality\n\nLocality    Q1     Q2     Q3     Q4    2014/15   (2013/14)\n"
        "North        4      6      3      2         15        (12)\n"
        "South        5      1      4      3         13        (17)\n"
        "Borough      9      7      7      5         28        (29)\n"
    )
    assert figures(read)[:2] == ["complaints 4 2014/15 Q1 team=North", "complaints 6 2014/15 Q2 team=North"]
    assert figures(read)[-2:] == ["complaints 28", "complaints 29 2013/14"]


def test_sub_totals_of_groups_and_a_title_that_names_the_breakdown() -> None:
    page = (
        "<h1>Children\u2019s services complaints annual report 2014/15</h1><table border=1>"
        "<tr><td colspan=3>Complaints received by team, 2014/15</td></tr>"
        "<tr><td></td><td>Stage 1</td><td>Total</td></tr>"
        "<tr><td>Intake</td><td>14</td><td>15</td></tr><tr><td>Sub-total</td><td>14</td><td>15</td></tr></table>"
    )
    assert figures(reading(f"<html><body>{page}</body></html>".encode(), "report.html")) == [
        "complaints 14 stage=1 team=Intake", "complaints 15 team=Intake", "complaints 14 stage=1", "complaints 15",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (
            "Year        Complaints   Compliments\n2013/14          1,203         1,012\n2014/15          1,187           998",
            ["complaints 1203 2013/14", "compliments 1012 2013/14", "complaints 1187", "compliments 998"],
        ),
        (
            "Ethnicity        2013/14   2014/15\nWhite British         <5       12*\nNot stated            <5       n/a",
            ["complaints 12 ethnicity=White British"],
        ),
        (
            "Outcome       2013/14     2014/15\nUpheld      19 (21%)    22 (24%)\nNot upheld  43 (48%)    38 (42%)",
            ["complaints 19 2013/14 outcome=upheld", "complaints percent_of 21 2013/14 outcome=upheld",
             "complaints 22 outcome=upheld", "complaints percent_of 24 outcome=upheld",
             "complaints 43 2013/14 outcome=not_upheld", "complaints percent_of 48 2013/14 outcome=not_upheld",
             "complaints 38 outcome=not_upheld", "complaints percent_of 42 outcome=not_upheld"],
        ),
        (
            "Month      2013/14   2014/15\nApril            8        11\nMay              9         7",
            ["complaints 8 2013-04", "complaints 11 2014-04", "complaints 9 2013-05", "complaints 7 2014-05"],
        ),
    ],
)  # fmt: skip
def test_values_as_they_are_printed(rows: str, said: list[str]) -> None:
    assert figures(reading(f"2. Complaints\n\n{rows}\n")) == said


FRACTIONS = "Performance\n\nType | Stage 2 | Stage 3\nStatutory complaints | 29% (2/7) * | 100% (2/2)\nCorporate complaints | 38% (6/16) | N/A\n"


@pytest.mark.parametrize(
    ("note", "pairs"),
    [
        ("*(2/17) = 7 complaints came in, 2 of which were answered on time.", [("*(2/17)", "(2/7)")]),
        ("*(2/7) = 17 complaints came in, 2 of which were answered on time.", [("17", "(2/7)")]),
        ("*(2/7) = 7 complaints came in, 3 of which were answered on time.", [("3", "(2/7)")]),
        ("*(2/7) = 7 complaints came in, 2 of which were answered on time.", []),
        ("*(1/5) = 5 complaints came in, 1 of which was answered on time.", []),
        ("*(1/5) = 6 complaints came in, 1 of which was answered on time.", []),
        ("*(2/7) = 29%.", []),
    ],
)
def test_a_note_that_explains_a_fraction_of_its_table_contradicts_it_where_it_has_another_number(
    note: str, pairs: list[tuple[str, str]]
) -> None:
    read = reading(f"{FRACTIONS}{note}\n")
    printed = {f.figure_id: f.evidence.printed for f in read.figures}
    assert [tuple(printed[i] for i in r.figure_ids) for r in read.relations if r.kind == "equal"] == pairs
    assert sum(f.evidence.rule == "notation" for f in read.figures) == len(pairs)


def test_years_in_short_over_one_cell_on_each_line() -> None:
    """Two of them that follow each other are years; alone, or as ages, they are not."""
    cells = "Patch\n13-14\n14-15\n\nKilburn\n24\n28\n\nHarlesden\n30\n34\n\nWembley\n27\n31\n"
    assert figures(reading("2. Stage 1 complaints by patch\n\n" + cells))[:2] == [
        "complaints 24 2013/14 stage=1 team=Kilburn",
        "complaints 28 stage=1 team=Kilburn",
    ]
    ages = "Age\tGirls\tBoys\n10-11\t4\t3\n11-12\t5\t6\n"
    assert not any("2010/11" in figure for figure in figures(reading("2. Complaints by age\n\n" + ages)))


def test_the_number_of_a_stage_is_no_value_and_a_change_is_on_a_quarter() -> None:
    rows = "Complaints received 41 38 46 +8\nStage 1 36 33 40 +7\nStage 2 4 5 6 +1\nCompliments 29 34 27 -7\n"
    said = figures(reading("Measure Q2 2013/14 Q1 2014/15 Q2 2014/15 Change on Q1\n" + rows))
    assert said[4:8] == [
        "complaints 36 2013/14 Q2 stage=1",
        "complaints 33 2014/15 Q1 stage=1",
        "complaints 40 2014/15 Q2 stage=1",
        "complaints change 7 2014/15 Q2 stage=1",
    ]


def test_the_total_of_rows_of_stages_is_of_no_stage_whatever_the_corner_says() -> None:
    rows = "Stage 1\t2013/14\t2014/15\nStage 2\t9\t7\nStage 3\t2\t3\nTotal\t11\t10\n"
    assert figures(reading("2. How many complaints\n\n" + rows))[-2:] == ["complaints 11 2013/14", "complaints 10"]
    teams = "Stage 1\t2013/14\t2014/15\nNorth\t9\t7\nSouth\t2\t3\nTotal\t11\t10\n"
    assert figures(reading("2. How many complaints\n\n" + teams))[-1] == "complaints 10 stage=1"
