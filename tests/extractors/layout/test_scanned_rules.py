"""Rules of a scan come in pieces and end short: the grid is still whole, and a missing rule under a merged head stays missing."""

from dataclasses import replace

from extractors.layout import lay_out
from schemas.pages import BBox, Page, Rule, Word
from tests.extractors.layout.pages import cells, page, tables, typed

PROSE = typed("The text of the page, with the spaces that words have between them in it.\n" * 3, left=65, top=600)
LEFTS, TOPS = (65, 185, 305), (104, 124, 144)
ROWS = [["Year", "Stage 1", "Stage 2"], ["2012/13", "240", "22"], ["2013/14", "237", "19"]]


def scanned(words: list[Word], rules: list[BBox]) -> Page:
    return replace(page([*words, *PROSE], rules=[Rule(bbox=box) for box in rules]), source="ocr")


def pieces(y: float) -> list[BBox]:
    """A level rule from 60 to 420 in four pieces, one of them a little off."""
    return [BBox(60, y, 150, y), BBox(160, y + 1, 230, y + 1), BBox(240, y, 330, y), BBox(345, y, 420, y)]


def test_broken_rules_make_one_grid() -> None:
    words = [
        w
        for row, top in zip(ROWS, TOPS, strict=True)
        for text, left in zip(row, LEFTS, strict=True)
        for w in typed(text, left=left, top=top)
    ]
    level = [box for y in (100, 120, 140, 160) for box in pieces(y)]
    upright = [BBox(60, 100, 60, 160), BBox(180, 118, 180, 160), BBox(300, 139, 300, 160), BBox(420, 105, 420, 160)]
    (table,) = tables(lay_out([scanned(words, [*level, *upright])]))
    assert cells(table) == ROWS


def test_a_rule_ends_where_a_head_stands_across() -> None:
    rows = [["Year", "2012/13"], ["", "No.", "%"], ["East", "240", "22"], ["West", "237", "19"]]
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
    assert [(c.col, c.colspan) for c in table.cells if c.text.text == "2012/13"] == [(1, 2)]
