"""Tables between level rules: what is a bay of theirs, which rows rules part, what belongs to the heads."""

from collections.abc import Sequence

import pytest

from extractors.layout import lay_out
from extractors.layout.framed import _halves
from extractors.layout.structure import tabular
from extractors.layout.turned import printed_rows
from extractors.layout.underlined import Frame, parts_sections, without_underlines
from schemas.layout import Table
from schemas.pages import BBox, Rule, Word
from tests.extractors.layout.pages import cells, page, tables, typed


def level(*heights: float, left: float = 60, right: float = 500) -> list[Rule]:
    return [Rule(bbox=BBox(left, y, right, y)) for y in heights]


def row(top: float, texts: Sequence[str], lefts: Sequence[float] = (65, 260, 330, 400, 460)) -> list[Word]:
    return [word for text, left in zip(texts, lefts, strict=False) for word in typed(text, left=left, top=top)]


BODY = [
    *row(304, ("Stage", "2014/15", "2015/16")),
    *row(324, ("Stage 1", "152", "202")),
    *row(344, ("Stage 2", "13", "15")),
]
PROSE = typed("The text of the page, with the spaces that words have between them in it.\n" * 3, left=65, top=600)
TABLE = [["Stage", "2014/15", "2015/16"], ["Stage 1", "152", "202"], ["Stage 2", "13", "15"]]


def test_text_in_columns_under_an_underlined_heading_is_no_part_of_the_table_below() -> None:
    words = [
        *typed("Complaints received", left=65, top=200, size=14),
        *typed("The figure for complaints was 219\nbetween April 2015 and March 2016", left=65, top=225),
        *typed("were dealt with at Stage 2 and two\nat Stage 3 in the same year", left=290, top=225),
        *BODY,
    ]
    (table,) = tables(lay_out([page(words, rules=level(218, 298, 318, 338, 360))]))
    assert cells(table) == TABLE


def test_a_table_right_under_a_heading_begins_with_its_heads() -> None:
    rows = [
        ("No.", "Action", "Lead"),
        ("1", "Raise replies", "Service Manager"),
        ("2", "Recruit more", "Social Worker"),
    ]
    rows += [("3", "Run workshops", "Assistant Director"), ("4", "Report learning", "Head of Service")]
    body = [word for at, texts in enumerate(rows) for word in row(304 + 20 * at, texts, (65, 100, 330))]
    words = [*typed("Action plan", left=65, top=280, size=14), *body, *PROSE]
    (table,) = tables(lay_out([page(words, rules=level(298, 318, 402))]))
    assert cells(table)[0] == ["No.", "Action", "Lead"]


@pytest.mark.parametrize(
    ("heads", "below", "kept"),
    [
        pytest.param(
            [("Upheld", 300), ("Not upheld", 420)], level(299, left=250), True, id="heads over a shorter rule"
        ),
        pytest.param([("No.", 65), ("Action", 260), ("Lead", 400)], level(299), True, id="heads between rules"),
        pytest.param(
            [("Fifty-one complaints were taken on to the second stage", 65)], level(299), False, id="a line of text"
        ),
        pytest.param([("Upheld", 65)], level(299, left=250), False, id="a word at the edge"),
        pytest.param([("Upheld", 300), ("Not upheld", 420)], level(340, left=250), False, id="a rule farther down"),
    ],
)
def test_a_rule_under_a_caption_in_larger_type_is_an_edge_if_heads_follow(
    heads: Sequence[tuple[str, float]], below: list[Rule], kept: bool
) -> None:
    caption = typed("Complaints by team and outcome", left=65, top=262, size=14)
    words = [*caption, *[w for text, left in heads for w in typed(text, left=left, top=284)], *PROSE]
    made = page(words, rules=[*level(280), *below])
    frames = [Frame(x0=r.bbox.x0, x1=r.bbox.x1, height=r.bbox.top) for r in made.rules]
    assert (frames[0] in without_underlines(frames, made, 0.3)) is kept


def test_labels_of_groups_in_the_type_of_the_heads_part_no_sections() -> None:
    numbers = [row(344 + 20 * k, (f"Age {k}", "12", "15", "31")) for k in range(3)]
    lines = [typed("Boys", left=65, top=324, size=12), *numbers]
    rows = [tabular(printed) for words in lines for printed in printed_rows(1, words, 0.3)]
    assert not parts_sections(rows)
    text = [typed("The team was divided in two,\nand each part has its own\nmanager from now on.", left=65, top=344)]
    assert parts_sections([tabular(r) for words in (lines[0], *text) for r in printed_rows(1, words, 0.3)])


def test_text_and_a_heading_that_a_rule_underlines_end_the_table_above() -> None:
    words = [
        *BODY,
        *PROSE,
        *typed("Family Support Team was divided", left=65, top=380),
        *typed("No single reason could be found", left=290, top=380),
        *typed("Outcomes", left=65, top=440, size=14),
        *row(470, ("Upheld were", "12 of the 219 complaints received")),
    ]
    (table,) = tables(lay_out([page(words, rules=level(298, 318, 338, 360, 460, 490))]))
    assert cells(table) == TABLE


def test_rules_that_part_all_rows_keep_a_label_and_its_year_in_one() -> None:
    words = [
        *row(304, ("Period", "Received", "Upheld")),
        *typed("H1\n2014/15", left=65, top=324),
        *row(324, ("", "152", "31")),
    ]
    words += [*typed("H1\n2015/16", left=65, top=354), *row(354, ("", "202", "40"))]
    words += PROSE
    (table,) = tables(lay_out([page(words, rules=level(298, 318, 350, 380))]))
    assert cells(table)[1:] == [["H1 2014/15", "152", "31"], ["H1 2015/16", "202", "40"]]


def test_periods_over_recurring_heads_stand_over_all_of_them() -> None:
    words = [*row(284, ("", "2014/15", "", "2015/16"), (65, 290, 330, 430, 460))]
    words += [*row(304, ("Team", "No.", "%", "No.", "%"))]
    words += [*row(324, ("East", "52", "34", "62", "31")), *row(344, ("West", "100", "66", "140", "69"))]
    (table,) = tables(lay_out([page(words, rules=level(278, 318, 360))]))
    over = [(c.col, c.colspan, c.text.text) for c in table.cells if c.row == 0 and c.col and c.text.text]
    assert over == [(1, 2, "2014/15"), (3, 2, "2015/16")]


def test_rows_of_several_cells_in_small_type_at_the_foot_of_a_page_are_no_footnotes() -> None:
    text = typed(
        "All of this is the running text of the page, in larger type.\n" * 20, left=65, top=100, size=12, step=16
    )
    small = [word for n in range(4) for word in typed(f"Team {n}", left=65, top=700 + 14 * n, size=8)]
    small += [
        w
        for n in range(4)
        for at in (1, 2)
        for w in typed(str(n + 7 * at), left=65 + 150 * at, top=700 + 14 * n, size=8)
    ]
    (table,) = tables(lay_out([page([*text, *small])]))
    assert cells(table)[1] == ["Team 1", "8", "15"]


def small_table(*rows: tuple[str, str]) -> list[str]:
    """The kinds of what stands on a page that ends in lines of two parts in small type."""
    text = typed(
        "All of this is the running text of the page, in larger type.\n" * 20, left=65, top=100, size=12, step=16
    )
    small = [
        word
        for n, row in enumerate(rows)
        for at, part in enumerate(row)
        for word in typed(part, left=65 + 250 * at, top=700 + 14 * n, size=8)
    ]
    laid = lay_out([page([*text, *small])])
    return ["table" if isinstance(e, Table) else e.kind for e in laid.elements]


def test_labels_with_a_value_each_in_small_type_at_the_foot_of_a_page_are_no_footnotes() -> None:
    assert small_table(("Team", "% (No.)"), *((f"Team {n}", f"{n}2% ({n})") for n in range(1, 6)))[-1] == "table"


def test_notes_behind_their_marks_at_the_foot_of_a_page_are_footnotes() -> None:
    assert small_table(("1", "2014 figures were put right."), ("2", "Of all those that were made."))[-1] == "footnote"
    assert small_table(("Source of these figures", "The database of the team"))[-1] == "footnote"


def test_heads_that_begin_with_a_year_stand_above_the_first_rule() -> None:
    words = [
        *typed("Team                  2013/14 No. (%)   2014/15 No. (%)", top=100),
        *typed("Adoption                    6 (14.3%)         11 (30.6%)", top=122),
        *typed("Fostering                   7 (16.7%)          2 (5.6%)", top=142),
        *typed("Total                      13                 13", top=162),
    ]
    rules = [Rule(bbox=BBox(58, y, 420, y)) for y in (116, 136, 156, 176)]
    (table,) = tables(lay_out([page(words, rules=rules)]))
    assert cells(table)[0] == ["Team", "2013/14 No. (%)", "2014/15 No. (%)"]


def test_a_run_of_bays_that_is_no_table_is_parted_at_a_caption_alone_between_two_rules() -> None:
    chain = [Frame(x0=60, x1=500, height=y) for y in (298, 318, 338, 360, 398, 418, 438, 460)]
    caption = typed("Fi re 4, complaints at stage one by theme", left=65, top=375)
    assert _halves(chain, 0, 7, [*BODY, *caption], 1, 0.4) == [(0, 3), (4, 7)]
    assert _halves(chain, 0, 7, [*BODY, *row(375, ("Stage 3", "1", "2"))], 1, 0.4) == []


def test_heads_of_periods_in_words_stand_above_the_first_rule() -> None:
    words = [
        *row(300, ("Stage", "2013 to 2014", "2014 to 2015"), lefts=(65, 260, 380)),
        *row(324, ("Stage 1", "152", "202"), lefts=(65, 260, 380)),
        *row(344, ("Stage 2", "13", "15"), lefts=(65, 260, 380)),
    ]
    (table,) = tables(lay_out([page(words, rules=level(318, 338, 360))]))
    assert cells(table)[0] == ["Stage", "2013 to 2014", "2014 to 2015"]


@pytest.mark.parametrize(("gap", "parted"), [(8, True), (2, False)])
def test_heads_that_stand_close_are_parted_where_their_gap_is_wider_than_their_spaces(gap: float, parted: bool) -> None:
    body = [[("134", 200), ("63%", 242)], [("40", 206), ("19%", 242)], [("11", 206), ("8%", 248)]]
    words = [*typed("Source", left=65, top=300), *typed("Total", left=194, top=300)]
    words += [
        Word(text=text, bbox=BBox(left, 300, right, 311), size=10)
        for text, left, right in (
            ("%", 224 + gap, 230 + gap),
            ("of", 232 + gap, 242 + gap),
            ("total", 244 + gap, 258 + gap),
        )
    ]
    for n, (name, values) in enumerate(zip(("Parents", "Carers", "Others"), body, strict=True)):
        words += typed(name, left=65, top=324 + 20 * n)
        words += [w for text, left in values for w in typed(text, left=left, top=324 + 20 * n)]
    (table,) = tables(lay_out([page(words, rules=level(296, 318, 384))]))
    assert ("Total" in cells(table)[0]) == parted


HEADED = [["Stage", "2014/15", "2015/16"], ["Stage 1", "152", "202"], ["Stage 2", "13", "15"]]


def above_the_rule(left: str, right: str) -> list[list[str]]:
    """A table whose first rule stands below its heads, with a line above these in two columns."""
    words = [*typed(left, left=65, top=291), *typed(right, left=262, top=291), *BODY, *PROSE]
    return cells(tables(lay_out([page(words, rules=level(318, 338, 360))]))[0])


def test_a_sentence_in_two_columns_above_the_heads_is_no_head() -> None:
    assert above_the_rule("2014/15. The proportion", "The table below shows all of them.") == HEADED


@pytest.mark.parametrize("right", ["All of the complaints made", "Complaints recd.", "Received in the yr."])
def test_a_line_that_is_no_sentence_may_be_a_head(right: str) -> None:
    heads = " ".join(text for texts in above_the_rule("", right)[:2] for text in texts).split()
    assert set(right.split()) <= set(heads)
