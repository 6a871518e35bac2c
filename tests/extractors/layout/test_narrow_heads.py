"""Heads that stand little apart, one over the other or along their columns, and cells that wrap, as scans of typed tables have them."""

from collections.abc import Sequence

import pytest

from extractors.layout import lay_out
from extractors.layout.heads import Column, head_cells
from extractors.layout.lines import line_of
from extractors.layout.turned import printed_rows
from schemas.layout import Table
from schemas.pages import BBox, Page, Rule, Word
from tests.extractors.layout.pages import cells

SIZE = 8.9
Placed = tuple[float, str]


def placed(x: float, middle: float, text: str, *, size: float = SIZE) -> list[Word]:
    """Words from `x` on as a typewriter sets them, a letter 5 points wide and the space between words six."""
    words = []
    for part in text.split(" "):
        box = BBox(x, middle - size / 2, x + 5 * len(part), middle + size / 2)
        words.append(Word(text=part, bbox=box, size=size))
        x = box.x1 + 6
    return words


def tables(*rows: tuple[float, Sequence[Placed]], rules: Sequence[Rule] = ()) -> list[list[list[str]]]:
    """The cells of the tables of a page with lines at these heights, above some running text."""
    prose = (300.0, [(60.0, "These are the numbers as they stood at the end of the year of the report")])
    words = [word for middle, row in (*rows, prose) for x, text in row for word in placed(x, middle, text)]
    laid = lay_out([Page(number=1, width=595, height=842, words=tuple(words), rules=tuple(rules))])
    return [cells(e) for e in laid.elements if isinstance(e, Table)]


BODY: tuple[tuple[float, Sequence[Placed]], ...] = (
    (118, [(60, "Total"), (157.5, "100"), (218, "65")]),
    (136, [(60, "Telephone"), (157.5, "42"), (218, "27")]),
    (154, [(60, "Letter"), (157.5, "58"), (218, "38")]),
)


def test_heads_little_more_than_a_space_apart_are_cut_where_the_columns_below_begin() -> None:
    (found,) = tables((100, [(60, "Method of contact"), (157.5, "Percentage"), (218, "Number")]), *BODY)
    assert found[0] == ["Method of contact", "Percentage", "Number"]
    assert found[1] == ["Total", "100", "65"]


NARROW: tuple[tuple[float, Sequence[Placed]], ...] = tuple(
    (118 + 18 * n, [(60, label), *((200 + 16 * k, value) for k, value in enumerate(values))])
    for n, (label, values) in enumerate((("Delay", "1234"), ("Contact", "5678"), ("Policy", "2468")))
)


def test_heads_a_space_apart_behind_that_of_the_labels_are_cut_over_their_columns() -> None:
    (found,) = tables((100, [(60, "Theme"), (200, "Q1 Q2 Q3 Q4")]), *NARROW)
    assert found[0] == ["Theme", "Q1", "Q2", "Q3", "Q4"]


@pytest.mark.parametrize("head", ["Complaints by quarter", "Q1 to Q4", "In 2014/15"])
def test_a_head_over_several_columns_is_not_cut(head: str) -> None:
    assert all(row[1:] != head.split() for row in tables((100, [(60, "Theme"), (200, head)]), *NARROW)[0])


def test_running_text_above_a_table_is_not_cut_though_words_of_it_begin_where_columns_do() -> None:
    # the same spaces all along the line: no gap is wider than the others
    (found,) = tables((100, [(60, "All of the contact made in the year is here")]), *BODY)
    assert found[0] == ["Total", "100", "65"]


def test_a_line_above_a_table_is_not_cut_where_one_column_has_no_word_of_its_own() -> None:
    (found,) = tables((100, [(60, "Method of contact"), (157.5, "Percentage")]), *BODY)
    assert found == [["Total", "100", "65"], ["Telephone", "42", "27"], ["Letter", "58", "38"]]


PERIODS = tuple(f"{year}-{year - 1999:02}" for year in range(2001, 2008))


def test_periods_a_space_apart_are_heads_of_their_columns() -> None:
    at = [200.0 + 42 * n for n in range(len(PERIODS))]
    values = [str(70 + n) for n in range(len(PERIODS))]
    row = [(60.0, "Complaints"), *zip(at, values, strict=True)]
    (found,) = tables((100, [(60, "Indicator"), *zip(at, PERIODS, strict=True)]), (120, row))
    assert found == [["Indicator", *PERIODS], ["Complaints", *values]]


TWICE: tuple[tuple[float, Sequence[Placed]], ...] = (
    (130, [(60, "Councillors"), (165, "47"), (228, "64%"), (290, "91"), (353, "72%")]),
    (148, [(60, "Members"), (165, "26"), (228, "36%"), (290, "35"), (353, "28%")]),
    (166, [(60, "Total"), (165, "73"), (228, "100%"), (290, "126"), (353, "100%")]),
)
UNITS = [(60.0, "Source"), (165.0, "No."), (228.0, "%"), (290.0, "No."), (353.0, "%")]


def test_a_year_over_two_columns_is_no_beginning_of_the_head_that_it_happens_to_be_centred_over() -> None:
    # 2007-08 stands over the column of percentages, and its middle over that of "%"
    (found,) = tables((100, [(213, "2007-08"), (338, "2008-09")]), (112, UNITS), *TWICE)
    assert found[1][-4:] == ["No.", "%", "No.", "%"]
    assert "2007-08" in found[0] and "2008-09" in found[0]


def test_a_head_that_recurs_over_the_first_of_two_columns_goes_on_below() -> None:
    (found,) = tables(
        (100, [(158, "No. of"), (283, "No. of")]),
        (110, [(60, "Source"), (165, "all"), (228, "%"), (290, "all"), (353, "%")]),
        *TWICE,
    )
    assert found[0] == ["Source", "No. of all", "%", "No. of all", "%"]


def action(number: str, middle: float, *below: Placed) -> tuple[tuple[float, Sequence[Placed]], ...]:
    first = [(60.0, number), (90.0, "Agree a protocol with the"), (250.0, "Head of Service"), (380.0, "31 March")]
    return ((middle, first), (middle + 12, below)) if below else ((middle, first),)


HEADS: tuple[float, Sequence[Placed]] = (100, [(60, "No."), (90, "Action"), (250, "Lead"), (380, "By when")])


def test_a_day_and_its_year_on_the_next_line_are_one_cell() -> None:
    rest: list[Placed] = [(90, "legal team"), (250, "Safeguarding"), (380, "2013")]
    (found,) = tables(HEADS, *action("1", 120), *action("2", 142), *action("3", 164, *rest))
    assert len(found) == 4
    assert found[-1] == ["3", "Agree a protocol with the legal team", "Head of Service Safeguarding", "31 March 2013"]


@pytest.mark.parametrize("above", ["31", "12%"])
def test_a_number_is_no_beginning_of_the_number_below_it(above: str) -> None:
    rows: list[tuple[float, Sequence[Placed]]] = [
        (100, [(60, "Team"), (200, "Complaints")]),
        (120, [(60, "East"), (200, "14")]),
        (142, [(60, "West"), (200, above)]),
        (154, [(200, "2013")]),
        (176, [(60, "North"), (200, "16")]),
    ]
    assert not any("2013" in cell and above in cell for table in tables(*rows) for row in table for cell in row)


def test_words_of_another_height_do_not_make_the_step_from_row_to_row_larger() -> None:
    rows = [(100.0 + 22 * n, [(60.0, f"Team {n}"), (200.0, f"{n}4"), (260.0, f"{n}7")]) for n in range(1, 6)]
    words = [word for middle, row in rows for x, text in row for word in placed(x, middle, text)]
    small = [w for w in words if w.text == "Team"][3]
    words[words.index(small)] = Word(text="Team", bbox=small.bbox, size=6.5)
    (table,) = [
        e for e in lay_out([Page(number=1, width=595, height=842, words=tuple(words))]).elements if isinstance(e, Table)
    ]
    assert table.rows == 5


def turned(x: float, bottom: float, *texts: str, gap: float) -> list[Word]:
    """Words that run upwards from `bottom`."""
    words = []
    for text in texts:
        box = BBox(x, bottom - 5 * len(text), x + 10, bottom)
        words.append(Word(text=text, bbox=box, size=8.4, turned=True))
        bottom = box.top - gap
    return words


def test_the_words_of_a_typewriters_turned_head_are_one_head() -> None:
    words = [w for x, text in ((60, "Team"), (60, "Total")) for w in placed(x, 100 if text == "Team" else 118, text)]
    words += [w for n, value in enumerate(("12", "18", "27")) for w in placed(202 + 24 * n, 118, value)]
    words += [w for n, value in enumerate(("3", "1", "5")) for w in placed(202 + 24 * n, 136, value)]
    words += placed(60, 136, "Front")
    for n, head in enumerate((("Upheld",), ("Partially", "upheld"), ("Not", "upheld"))):
        words += turned(200 + 24 * n, 105, *head, gap=6.3)
    (table,) = [
        e for e in lay_out([Page(number=1, width=595, height=842, words=tuple(words))]).elements if isinstance(e, Table)
    ]
    assert cells(table)[0] == ["Team", "Upheld", "Partially upheld", "Not upheld"]


COLUMNS = [Column(x0=60, x1=106), Column(x0=180, x1=195), Column(x0=240, x1=255), Column(x0=300, x1=315)]


@pytest.mark.parametrize(
    ("heads", "meant"),
    [
        ([(60, "Stage"), (142, "2004/05"), (200, "2005/06"), (260, "2006/07")], [0, 1, 2, 3]),
        ([(142, "2004/05"), (200, "2005/06"), (260, "2006/07")], [1, 2, 3]),
        ([(60, "Stage"), (240, "2005/06"), (300, "2006/07")], [0, 2, 3]),
        ([(60, "Stage"), (182, "2004/05"), (205, "No."), (244, "2005/06"), (303, "2006/07")], [0, 1, 1, 2, 3]),
        ([(182, "2004/05"), (244, "2005/06")], [1, 2]),
    ],
    ids=[
        "at their left",
        "without one over the labels",
        "each over its own",
        "more than columns",
        "fewer than columns",
    ],
)
def test_turned_heads_at_one_side_of_their_columns_stand_over_them_in_turn(
    heads: Sequence[Placed], meant: list[int]
) -> None:
    row = tuple(line_of(1, turned(x, 105, text, gap=0)) for x, text in heads)
    spots, _ = head_cells([row], COLUMNS, [])
    assert [spot.col for _, text in heads for spot in spots if spot.lines and spot.lines[0].text == text] == meant


def band(*second: Word) -> list[str]:
    """Turned heads of a page: one that is long, and one whose words stand at 250."""
    words = [
        *turned(200, 200, "Enquiries", "from", "councillors", gap=4),
        *turned(250, 200, "Average", "days", gap=4),
        *second,
    ]
    return [part.text for row in printed_rows(1, words, 0.25) for part in row]


def test_a_turned_head_one_word_of_which_was_not_read_is_one_head() -> None:
    assert band(*turned(250, 128, "reply", gap=4)) == ["Enquiries from councillors", "Average days reply"]


def test_turned_heads_above_each_other_that_no_other_runs_past_are_two() -> None:
    below = [*turned(200, 200, "Number", gap=4), *turned(250, 200, "Share", gap=4)]
    above = [*turned(200, 155, "2014", gap=4), *turned(250, 155, "2014", gap=4)]
    assert len([part for row in printed_rows(1, [*below, *above], 0.25) for part in row]) == 4


def test_turned_heads_far_above_each_other_are_two() -> None:
    assert "Average days" in band(*turned(250, 110, "reply", gap=4))


def test_turned_heads_beside_each_other_are_two() -> None:
    assert "Average days" in band(*turned(275, 128, "reply", gap=4))


def test_the_parts_of_a_turned_head_are_in_turn_whichever_was_read_first() -> None:
    long = turned(200, 200, "Enquiries", "from", "councillors", gap=4)
    parts = [*turned(250, 128, "reply", "now", gap=4), *turned(250, 200, "Average", "days", gap=4)]
    found = [part.text for row in printed_rows(1, [*long, *parts], 0.25) for part in row]
    assert found == ["Enquiries from councillors", "Average days reply now"]


ENDING = ((100, [(60, "Result"), (157, "Stage One"), (228, "Stage Two"), (298, "Stage Three")]),)


def test_heads_and_the_one_row_that_a_page_end_left_below_them_are_a_table() -> None:
    (found,) = tables(*ENDING, (118, [(60, "Total"), (157, "97"), (228, "8"), (298, "1")]))
    assert found[1] == ["Total", "97", "8", "1"]


@pytest.mark.parametrize(
    "below",
    [
        [(60, "Total"), (157, "97"), (228, "none"), (298, "1")],
        [(60, "Total"), (157, "97"), (228, "8")],
        [(60, "14"), (157, "97"), (228, "8"), (298, "1")],
    ],
    ids=["a word among them", "a column without one", "no label"],
)
def test_two_rows_of_anything_else_are_none(below: Sequence[Placed]) -> None:
    assert not tables(*ENDING, (118, below))


def labelled(*rows: tuple[str, float, str]) -> list[list[list[str]]]:
    """The tables of lines of a label and a value, which begins at a place of its own."""
    lines = [(100.0 + 18 * n, [(60.0, label), (x, value)]) for n, (label, x, value) in enumerate(rows)]
    return tables(*lines)


def test_a_label_that_takes_all_the_room_before_its_value_has_it_beside_it() -> None:
    (found,) = labelled(
        ("Premature", 222, "0% (0)"),
        ("Closed after initial enquiries", 222, "50% (2)"),
        ("Advice given", 222, "9% (4)"),
    )
    assert found[1] == ["Closed after initial enquiries", "50% (2)"]


@pytest.mark.parametrize(
    ("x", "value"), [(218.0, "50% of them"), (222.0, "all cases")], ids=["not where the others begin", "words"]
)
def test_a_line_of_text_between_two_rows_is_not_cut(x: float, value: str) -> None:
    rows = (
        ("Premature", 222.0, "0% (0)"),
        ("Closed after initial enquiries", x, value),
        ("Advice given", 222.0, "9% (4)"),
    )
    assert not any(cell.startswith(value) for table in labelled(*rows) for row in table for cell in row)


def below_turned_heads(*values: str) -> list[list[list[str]]]:
    """The tables of a page with one row of values, which stand left of the turned heads above them."""
    words = [*placed(60, 200, "Period"), *placed(60, 218, "Autumn")]
    for n, head in enumerate((("Stage", "One"), ("Stage", "Two"), ("Stage", "Three"), ("Upheld",))):
        words += turned(200 + 60 * n, 204, *head, gap=4)
    words += [w for n, value in enumerate(values) for w in placed(170 + 60 * n, 218, value)]
    words += placed(60, 300, "These are the numbers as they stood at the end of the year of the report")
    laid = lay_out([Page(number=1, width=595, height=842, words=tuple(words))])
    return [cells(e) for e in laid.elements if isinstance(e, Table)]


def test_turned_heads_beside_the_columns_of_the_one_row_below_them_stand_over_these_in_turn() -> None:
    (found,) = below_turned_heads("126", "10", "1", "18")
    assert found == [["Period", "Stage One", "Stage Two", "Stage Three", "Upheld"], ["Autumn", "126", "10", "1", "18"]]


@pytest.mark.parametrize("values", [("126", "none", "1", "18"), ("126", "10")], ids=["words", "few"])
def test_turned_heads_over_one_row_of_anything_else_are_no_table(values: tuple[str, ...]) -> None:
    assert not below_turned_heads(*values)


def test_turned_heads_without_one_over_the_labels_stand_over_the_rows_below() -> None:
    words = [
        w for n, year in enumerate(("2012/13", "2013/14", "2014/15")) for w in turned(200 + 60 * n, 204, year, gap=4)
    ]
    for n, (label, *values) in enumerate((("Received", "50", "37", "30"), ("Upheld", "3", "2", "2"))):
        words += placed(60, 222 + 18 * n, label)
        words += [w for k, value in enumerate(values) for w in placed(200 + 60 * k, 222 + 18 * n, value)]
    words += placed(60, 300, "These are the numbers as they stood at the end of the year of the report")
    laid = lay_out([Page(number=1, width=595, height=842, words=tuple(words))])
    (found,) = [cells(e) for e in laid.elements if isinstance(e, Table)]
    assert found[0][-3:] == ["2012/13", "2013/14", "2014/15"]


RECURRING: tuple[tuple[float, Sequence[Placed]], ...] = (
    (118, [(60, "Source"), (270, "No."), (340, "%"), (420, "No."), (490, "%")]),
    (136, [(60, "Parents"), (275, "5"), (330, "83%"), (425, "6"), (480, "38%")]),
    (154, [(60, "Others"), (275, "1"), (330, "17%"), (425, "9"), (480, "62%")]),
)


@pytest.mark.parametrize(
    ("left", "first", "second", "heads"),
    [
        (262, "2004-05", "2005-06", ["Source", "2004-05", "2005-06"]),
        (262, "Parents", "Parents", ["Source", "Parents No.", "%", "Parents No.", "%"]),  # no period
    ],
)
def test_a_period_that_begins_a_little_before_heads_that_recur_stands_over_them(
    left: float, first: str, second: str, heads: list[str]
) -> None:
    (found,) = tables((105, [(left, first), (left + 150, second)]), *RECURRING)
    assert found[0] == heads, found[:3]
