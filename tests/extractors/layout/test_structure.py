"""The inside of tables that rules part in part or not at all."""

from collections.abc import Sequence

import pytest

from extractors.layout import lay_out
from schemas.layout import Block, Table
from schemas.pages import BBox, Page, Rule, Word

SIZE = 10.0


def words_at(x: float, y: float, text: str, *, turned: bool = False) -> list[Word]:
    """Words of one line from `x` on, 5 points a letter, or upwards from `y` where they are turned."""
    found = []
    for part in text.split():
        length = 5.0 * len(part)
        box = BBox(x, y - length, x + SIZE, y) if turned else BBox(x, y, x + length, y + SIZE)
        found.append(Word(text=part, bbox=box, size=SIZE, turned=turned))
        x, y = (x, y - length - 3) if turned else (x + length + 2.5, y)
    return found


def printed(*lines: tuple[float, Sequence[tuple[float, str]]]) -> list[Word]:
    """Words of lines given as (top, [(left, text), ...])."""
    return [w for y, parts in lines for x, text in parts for w in words_at(x, y, text)]


def table_in(words: Sequence[Word], rules: Sequence[Rule] = ()) -> Table:
    text = words_at(50, 700, "These are the numbers as they stood at the end of the year that the report is about.")
    page = Page(number=1, width=600, height=800, words=(*words, *text), rules=tuple(rules))
    (table,) = [e for e in lay_out([page]).elements if isinstance(e, Table)]
    return table


def level(y: float, x0: float = 50, x1: float = 500) -> Rule:
    return Rule(bbox=BBox(x0, y, x1, y))


def upright(x: float, top: float, bottom: float) -> Rule:
    return Rule(bbox=BBox(x, top, x, bottom))


def cells(table: Table) -> dict[tuple[int, int], tuple[str, int, int]]:
    """Text, rows and columns of the cells with text, by place."""
    return {(c.row, c.col): (c.text.text, c.rowspan, c.colspan) for c in table.cells if c.text.text}


BODY = [
    (150 + 15 * n, [(60, name), (200, a), (260, b), (320, c), (380, d)])
    for n, (name, a, b, c, d) in enumerate(
        [
            ("East team", "12", "30%", "15", "35%"),
            ("West team", "28", "70%", "28", "65%"),
            ("Total", "40", "100%", "43", "100%"),
        ]
    )
]


def test_a_head_over_several_columns_and_heads_over_two_lines() -> None:
    words = printed(
        (105, [(225, "2014/15"), (345, "2015/16")]),
        (120, [(200, "No."), (260, "% of"), (320, "No."), (380, "% of")]),
        (132, [(60, "Team"), (260, "total"), (380, "total")]),
        *BODY,
    )
    found = cells(table_in(words, [level(100), level(117, 195, 290), level(117, 315, 410), level(146), level(196)]))
    assert found[0, 1] == ("2014/15", 1, 2) and found[0, 3] == ("2015/16", 1, 2)
    assert found[0, 0] == ("Team", 2, 1)
    assert found[1, 2] == ("% of total", 1, 1)
    assert found[2, 0][0] == "East team" and found[4, 4][0] == "100%"


def test_heads_above_the_first_rule_belong_to_the_table() -> None:
    words = printed((135, [(60, "Team"), (200, "No."), (260, "%"), (320, "Last"), (380, "% last")]), *BODY)
    found = cells(table_in(words, [level(147), level(162), level(177), level(192)]))
    assert found[0, 0][0] == "Team" and found[0, 4][0] == "% last"


def test_the_last_row_may_have_no_rule_below_it() -> None:
    words = printed((135, [(60, "Team"), (200, "No."), (260, "%"), (320, "Last"), (380, "% last")]), *BODY)
    table = table_in(words, [level(132), level(147), level(162), level(177)])
    assert cells(table)[table.rows - 1, 0][0] == "Total"


def test_a_label_wrapped_over_three_lines_is_one_cell() -> None:
    words = printed(
        (100, [(60, "Indicator"), (200, "2014/15"), (280, "2015/16")]),
        (120, [(60, "Stage 1"), (200, "12"), (280, "15")]),
        (131, [(60, "complaints")]),
        (142, [(60, "received")]),
        (160, [(60, "Stage 2"), (200, "3"), (280, "5")]),
        (171, [(60, "complaints")]),
        (189, [(60, "Compliments"), (200, "30"), (280, "28")]),
        (207, [(60, "Enquiries"), (200, "7"), (280, "9")]),
    )
    assert [text for (_, col), (text, _, _) in sorted(cells(table_in(words)).items()) if col == 0] == [
        "Indicator", "Stage 1 complaints received", "Stage 2 complaints", "Compliments", "Enquiries",
    ]  # fmt: skip


def test_a_label_over_rows_that_recur() -> None:
    rows = []
    for n, name in enumerate(("Asthma", "Allergy", "Other")):
        rows += [(120 + 30 * n, [(60, name), (150, "Count"), (260, f"{n + 11}"), (330, f"{n + 7}")])]
        rows += [(135 + 30 * n, [(150, "Percentage"), (260, f"{n + 1}.5%"), (330, f"{n + 2}.5%")])]
    words = printed((100, [(60, "Matter"), (150, "Shown as"), (260, "2014"), (330, "2015")]), *rows)
    found = cells(table_in(words, [level(97), level(115), level(215)]))
    assert found[1, 0] == ("Asthma", 2, 1) and found[3, 0] == ("Allergy", 2, 1)


def test_values_that_only_spaces_part_are_cells_where_their_columns_are_filled() -> None:
    rows = [
        (120 + 15 * n, [(60, f"Area {name}"), (200, " ".join(f"{n + k}2,345" for k in range(4)))])
        for n, name in enumerate("ABCDE")
    ]
    table = table_in(printed((100, [(60, "Area"), (200, "2011"), (237, "2012"), (275, "2013"), (312, "2014")]), *rows))
    assert table.cols == 5


def test_decimals_and_grouped_numbers_are_not_cut() -> None:
    words = printed(
        (100, [(60, "Substance"), (200, "To air"), (300, "To water")]),
        *((120 + 15 * n, [(60, f"Item {n}"), (200, "10 000"), (300, f"{n}.25")]) for n in range(4)),
    )
    found = cells(table_in(words))
    assert found[1, 1][0] == "10 000" and found[2, 2][0] == "1.25"


def test_rows_without_rules_between_them_in_a_ruled_table() -> None:
    rules = [level(y) for y in (100, 120, 200)] + [upright(x, 100, 200) for x in (50, 190, 300, 500)]
    words = printed(
        (104, [(60, "Country"), (200, "Fund"), (310, "Total")]),
        *(
            (124 + 14 * n, [(60, name), (200, f"{n}.5"), (310, f"{n}2.1")])
            for n, name in enumerate(("Malta", "Latvia", "Poland"))
        ),
    )
    found = cells(table_in(words, rules))
    assert found[1, 0][0] == "Malta" and found[3, 2][0] == "22.1"


def test_columns_without_rules_between_them_in_a_ruled_table() -> None:
    rules = [level(y) for y in (100, 120, 140, 160, 180)] + [upright(x, 100, 180) for x in (50, 190, 500)]
    words = printed(
        (104, [(60, "Answer"), (200, "Freq."), (260, "Percent"), (320, "Loss")]),
        *(
            (124 + 20 * n, [(60, name), (200, f"{n}44"), (260, f"{n}5.2"), (320, f"12{n}")])
            for n, name in enumerate(("Kept", "Sold", "All"))
        ),
    )
    found = cells(table_in(words, rules))
    assert found[1, 2][0] == "05.2" and found[0, 3][0] == "Loss"


def test_turned_heads_are_read_in_the_order_in_which_they_were_drawn() -> None:
    words = printed(*BODY)
    for x, head in ((200, "Upheld"), (260, "Upheld in part"), (320, "Not upheld"), (380, "All")):
        words += words_at(x, 144, head, turned=True)
    words += words_at(60, 130, "Team")
    found = cells(table_in(words, [level(146), level(163), level(178), level(194)]))
    assert [found[0, col][0] for col in range(5)] == ["Team", "Upheld", "Upheld in part", "Not upheld", "All"]


PROSE = [
    "specialized sections of the site that are",
    "to bringing together those who supply and",
    "consumers around a specific matter that is",
    "topics which the active communities provide",
    "people with a place to find what they need",
]


@pytest.mark.parametrize("rules", [(), (level(95), level(200))])
def test_prose_in_two_columns_is_no_table(rules: Sequence[Rule]) -> None:
    words = printed(
        *((100 + 12 * n, [(50, line), (290, line[::1].replace("the", "our"))]) for n, line in enumerate(PROSE))
    )
    page = Page(number=1, width=600, height=800, words=tuple(words), rules=tuple(rules))
    assert all(isinstance(e, Block) for e in lay_out([page]).elements)


def test_the_axis_of_a_chart_is_no_table() -> None:
    marks = [
        (
            100 + 20 * n,
            [(60, str(100 - 20 * n)), *([(200, "1990s")] if n == 1 else []), *([(350, "Boys")] if n == 3 else [])],
        )
        for n in range(6)
    ]
    page = Page(number=1, width=600, height=800, words=tuple(printed(*marks)))
    assert all(isinstance(e, Block) for e in lay_out([page]).elements)
