"""Tables of plain texts: labels wrapped as far apart as rows, columns that have a head only."""

from extractors.layout import lay_out
from extractors.reading.pdf import read_pdf
from extractors.reading.rendition import render
from schemas.layout import Layout
from tests.extractors.layout.pages import cells, tables

PROSE = "The tables below give the complaints that were received in the year, by the team that they were about.\n\n"


def laid_out(text: str) -> Layout:
    return lay_out(read_pdf(render((PROSE + text).encode(), "text").pdf, typeset=True))


def test_wrapped_labels_as_far_apart_as_rows_are_joined_where_they_found_no_room() -> None:
    (table,) = tables(
        laid_out(
            "Team                              2014/15    2015/16\n"
            "Assessment Service                     12         14\n"
            "Child Protection and Planning           3          5\n"
            "Service\n"
            "Short Breaks and Occupational           7          9\n"
            "Therapy\n"
            "Contact Service                         8          6\n"
        )
    )
    labels = [row[0] for row in cells(table)]
    assert "Short Breaks and Occupational Therapy" in labels and "Contact Service" in labels


def test_labels_alone_that_name_groups_of_rows_stay_alone() -> None:
    (table,) = tables(
        laid_out(
            "Outcome                           2014/15    2015/16\n"
            "Stage 1\n"
            "Upheld                                 12         14\n"
            "Not upheld and not resolved             3          5\n"
            "Stage 2\n"
            "Upheld                                  7          9\n"
            "Not upheld                              8          6\n"
        )
    )
    assert [row[0] for row in cells(table)][-3:] == ["Stage 2", "Upheld", "Not upheld"]


def test_a_column_with_a_head_and_nothing_below_is_kept() -> None:
    (table,) = tables(
        laid_out(
            "Indicator            2014-15    Q1    Q2    2015-16    RAG\n"
            "Complaints received       75    24    18         86\n"
            "Ombudsman complaints       8     1     0          8\n"
            "Compliments              144    44    43        150\n"
        )
    )
    assert cells(table)[0] == ["Indicator", "2014-15", "Q1", "Q2", "2015-16", "RAG"]
    assert cells(table)[3] == ["Compliments", "144", "44", "43", "150", ""]


def test_a_table_that_fits_a_page_stands_on_one_with_its_heads_and_wrapped_labels() -> None:
    rows = "Team                              2014/15    2015/16\n"
    rows += "Assessment Service                     12         14\nChild Protection and Planning           3          5\nService\n"
    rows += (
        "Short Breaks Service                    7          9\nContact Service                        8          6\n"
    )
    for lines in range(48, 60):
        (table,) = tables(laid_out("\n".join(["A line of text."] * lines) + "\n\n" + rows))
        assert len(cells(table)) == 5
        assert len({w.page for c in table.cells for w in c.text.words}) == 1


def test_a_one_misread_among_values_and_a_share_behind_the_last_number() -> None:
    (table,) = tables(
        laid_out(
            "Team Received Closed Upheld\n"
            "Safeguarding North 7 6 3 (50%)\n"
            "Looked After and Leaving Care 5 4 l (25%)\n"
            "Disability 2 2 0 (0%)\n"
        )
    )
    assert cells(table)[1:3] == [
        ["Safeguarding North", "7", "6", "3 (50%)"],
        ["Looked After and Leaving Care", "5", "4", "l (25%)"],
    ]


def test_quarters_side_by_side_are_heads() -> None:
    (table,) = tables(
        laid_out(
            "                        Q1      Q2\n"
            "Assessment              5       6\n"
            "Area Teams              8       9\n"
            "TOTAL                   13      15\n"
        )
    )
    assert cells(table)[0] == ["", "Q1", "Q2"]


def test_a_line_apart_below_a_table_does_not_cost_the_table() -> None:
    (table,) = tables(
        laid_out(
            "Team                    2013/14 2014/15\n"
            "Assessment              5       6\n"
            "Area Teams              8       9\n"
            "TOTAL                   13      15\n"
            "\n"
            "Replies sent in ten working days:  Q1  65%  (11)    Q2  70%  (14)\n"
            "\n"
            "Upheld at Stage 1 in Quarter 2:  30%  (6)\n"
        )
    )
    assert [row[0] for row in cells(table)] == ["Team", "Assessment", "Area Teams", "TOTAL"]
