"""Rules of a scan come in pieces, end short, or are seen as areas only: the grid is still whole, and what was not drawn stays missing."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from extractors.layout import lay_out
from extractors.layout.mended import joined
from schemas.pages import BBox, Page, Rule, Shape, Word
from tests.extractors.layout.pages import cells, page, tables, typed

PROSE = typed("The text of the page, with the spaces that words have between them in it.\n" * 3, left=65, top=600)
LEFTS, TOPS = (65, 185, 305), (104, 124, 144)
ROWS = [["Year", "Stage 1", "Stage 2"], ["2012/13", "240", "22"], ["2013/14", "237", "19"]]


def scanned(words: list[Word], rules: list[BBox], areas: list[BBox] | None = None) -> Page:
    made = replace(page([*words, *PROSE], rules=[Rule(bbox=box) for box in rules]), source="ocr")
    return replace(made, shapes=tuple(area(box) for box in areas or []))


def area(box: BBox) -> Shape:
    corners = ((box.x0, box.top), (box.x1, box.top), (box.x1, box.bottom), (box.x0, box.bottom), (box.x0, box.top))
    return Shape(points=corners, fill=0xBCBCBC)


def grid_of_words(rows: list[list[str]] = ROWS) -> list[Word]:
    return [
        word
        for row, top in zip(rows, TOPS, strict=True)
        for text, left in zip(row, LEFTS, strict=True)
        for word in typed(text, left=left, top=top)
    ]


def pieces(y: float) -> list[BBox]:
    """A level rule from 60 to 420 in four pieces, one of them a little off."""
    return [BBox(60, y, 150, y), BBox(160, y + 1, 230, y + 1), BBox(240, y, 330, y), BBox(345, y, 420, y)]


def test_broken_rules_make_one_grid() -> None:
    words = grid_of_words()
    level = [box for y in (100, 120, 140, 160) for box in pieces(y)]
    upright = [BBox(60, 100, 60, 160), BBox(180, 118, 180, 160), BBox(300, 139, 300, 160), BBox(420, 105, 420, 160)]
    (table,) = tables(lay_out([scanned(words, [*level, *upright])]))
    assert cells(table) == ROWS


@pytest.mark.parametrize(
    "head",
    ["2012/13", "H1 2013/14"],  # the rule between the columns is under the head, or under the space behind "H1"
)
def test_a_rule_ends_where_a_head_stands_across(head: str) -> None:
    rows = [["Year", head], ["", "No.", "%"], ["East", "240", "22"], ["West", "237", "19"]]
    lefts = [(65, 285), LEFTS, LEFTS, LEFTS]
    words = [
        w
        for row, own, top in zip(rows, lefts, (104, 124, 144, 164), strict=True)
        for text, left in zip(row, own, strict=True)
        for w in typed(text, left=left, top=top)
    ]
    level = [BBox(60, y, 420, y) for y in (100, 120, 140, 160, 180)]
    upright = [BBox(x, 100, x, 180) for x in (60, 180, 420)] + [BBox(300, 121, 300, 180)]
    (table,) = tables(lay_out([scanned(words, [*level, *upright])]))
    assert [(c.col, c.colspan) for c in table.cells if c.text.text == head] == [(1, 2)]


FRAME = [BBox(60, 100, 420, 100), BBox(60, 160, 420, 160)]
BROKEN = [BBox(60, 120, 230, 120), BBox(255, 120, 420, 120)]


def level_of(*rules: BBox, words: Sequence[Word] = ()) -> list[tuple[float, float]]:
    """Where rules at height 120 begin and end once those of a scan were mended."""
    made = joined([Rule(bbox=rule) for rule in rules], words)
    return [(rule.bbox.x0, rule.bbox.x1) for rule in made if rule.bbox.top == 120]


def test_a_rule_with_a_wide_gap_is_whole_between_two_that_are() -> None:
    assert level_of(*FRAME, *BROKEN) == [(60, 420)]


def test_rules_beside_each_other_below_one_over_both_stay_two() -> None:
    assert level_of(FRAME[0], *BROKEN) == [(60, 230), (255, 420)]
    assert level_of(FRAME[0], BBox(60, 160, 230, 160), BBox(255, 160, 420, 160), *BROKEN) == [(60, 230), (255, 420)]


def test_rules_with_a_word_between_them_stay_two() -> None:
    assert level_of(*FRAME, *BROKEN, words=typed("or", left=236, top=115)) == [(60, 230), (255, 420)]


def test_rules_far_from_each_other_for_their_length_stay_two() -> None:
    assert level_of(*FRAME, BBox(60, 120, 180, 120), BBox(300, 120, 420, 120)) == [(60, 180), (300, 420)]


def test_rules_far_from_those_that_are_whole_stay_two() -> None:
    assert level_of(FRAME[0], BBox(60, 400, 420, 400), *BROKEN) == [(60, 230), (255, 420)]


LEVEL = [BBox(60, y, 420, y) for y in (120, 140, 160)]
UPRIGHT = [BBox(x, 120, x, 160) for x in (60, 180, 300, 420)]


def test_the_edges_of_a_tinted_head_belong_to_the_grid_below_it() -> None:
    (table,) = tables(lay_out([scanned(grid_of_words(), [*LEVEL, *UPRIGHT], [BBox(60, 100, 420, 120)])]))
    assert cells(table) == ROWS


def test_the_edges_of_filled_heads_part_them_from_the_cells_below_where_no_line_was_found() -> None:
    heads = [BBox(x0, 100, x1, 120) for x0, x1 in ((60, 180), (180, 300), (300, 420))]
    level = [BBox(60, y, 420, y) for y in (140, 160)]
    upright = [BBox(x, 121, x, 160) for x in (60, 180, 300, 420)]
    (table,) = tables(lay_out([scanned(grid_of_words(), [*level, *upright], heads)]))
    assert [(c.row, c.rowspan) for c in table.cells if c.text.text in ("Year", "2012/13")] == [(0, 1), (1, 1)]
    assert cells(table) == ROWS


def test_a_ragged_piece_of_a_rule_that_is_seen_as_an_area_parts_rows() -> None:
    level = [BBox(60, y, 420, y) for y in (100, 120, 160)]
    upright = [BBox(x, 100, x, 160) for x in (60, 180, 300, 420)]
    words = grid_of_words(
        [["Year", "Stage 1", "Stage 2"], ["East and West", "240", "22"], ["of the town", "237", "19"]]
    )
    (table,) = tables(lay_out([scanned(words, [*level, *upright], [BBox(60, 139, 420, 140.5)])]))
    assert cells(table)[1:] == [["East and West", "240", "22"], ["of the town", "237", "19"]]


def test_areas_that_touch_no_rule_make_no_table() -> None:
    strokes = [BBox(60, 100, 420, 102), BBox(60, 130, 420, 132), BBox(60, 100, 62, 132), BBox(420, 100, 422, 132)]
    words = typed("Nothing but a note that somebody framed with a pen", left=70, top=110)
    assert not tables(lay_out([scanned(words, [BBox(60, 500, 420, 500)], strokes)]))


def test_shading_of_every_other_row_does_not_part_a_framed_table() -> None:
    level = [BBox(60, y, 420, y) for y in (100, 120, 180)]
    words = grid_of_words() + [
        w for t, x in zip(("2014/15", "211", "27"), LEFTS, strict=True) for w in typed(t, left=x, top=164)
    ]
    (table,) = tables(lay_out([scanned(words, level, [BBox(60, 141, 420, 159)])]))
    assert cells(table) == [*ROWS, ["2014/15", "211", "27"]]


def test_a_tint_that_is_seen_in_two_parts_has_no_cells() -> None:
    level = [BBox(60, y, 420, y) for y in (100, 120, 140, 160)]
    parts = [BBox(100, 121, 222, 139), BBox(223, 121, 419, 139)]
    (table,) = tables(lay_out([scanned(grid_of_words(), level, parts)]))
    assert cells(table) == ROWS


def test_tables_under_each_other_keep_their_own_lines() -> None:
    upright = [BBox(x, top, x, bottom) for x in (60, 180, 300, 420) for top, bottom in ((60, 90), (100, 160))]
    level = [BBox(60, y, 420, y) for y in (60, 90, 100, 120, 140, 160)]
    above = [word for text, left in zip(ROWS[0], LEFTS, strict=True) for word in typed(text, left=left, top=68)]
    found = tables(lay_out([scanned([*above, *grid_of_words()], [*upright, *level])]))
    assert [cells(table) for table in found] == [[ROWS[0]], ROWS]


ACTIONS = [["No.", "Action", "Lead"], ["5", "Agree a protocol", "Assistant Director"]]


def two_rows(rules: list[BBox]) -> Page:
    words = [
        word
        for row, top in zip(ACTIONS, TOPS, strict=False)
        for text, left in zip(row, (65, 120, 305), strict=True)
        for word in typed(text, left=left, top=top)
    ]
    return page([*words, *PROSE], rules=[Rule(bbox=box) for box in rules])


def test_a_row_of_words_below_heads_in_a_box_is_a_table() -> None:
    (table,) = tables(lay_out([two_rows([BBox(60, 100, 420, 100), BBox(60, 119, 420, 119)])]))
    assert cells(table) == ACTIONS


def test_two_rows_of_words_are_no_table_without_such_a_box() -> None:
    assert not tables(lay_out([two_rows([])]))
    assert not tables(lay_out([two_rows([BBox(60, 119, 420, 119)])]))
    assert not tables(lay_out([two_rows([BBox(60, 100, 200, 100), BBox(60, 119, 200, 119)])]))
