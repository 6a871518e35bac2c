"""Tables in the cells of other tables, and beside each other in a frame: each is read for itself, and nothing is lost."""

from extractors.layout import lay_out
from schemas.pages import Page
from tests.extractors.layout.pages import cells, grid, page, tables, typed, words_of

STAGES = [["Stage", "2014/15", "2015/16"], ["Stage 1", "12", "14"], ["Total", "15", "19"]]
TEAMS = [["Team", "Cases"], ["Fostering", "7"], ["West", "12"]]


def drawn(rows: list[list[str]], left: float, top: float) -> Page:
    """A ruled table, columns 60 points wide and rows 20 points high."""
    words = [
        w
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
        for w in typed(text, left=left + 5 + 60 * c, top=top + 4 + 20 * r)
    ]
    xs = [left + 60 * n for n in range(len(rows[0]) + 1)]
    return page(words, rules=grid(xs, [top + 20 * n for n in range(len(rows) + 1)]))


def test_tables_in_cells_of_an_outer_grid() -> None:
    one, other = drawn(STAGES, 190, 160), drawn(TEAMS, 190, 250)
    outer = grid([60, 180, 400], [100, 125, 235, 325])
    words = [*typed("Area", left=65, top=105), *typed("Detail", left=185, top=105)]
    words += [
        *typed("By stage", left=65, top=135),
        *typed("The numbers by stage:", left=185, top=135),
        *typed("By team", left=65, top=245),
    ]
    whole = page([*words, *one.words, *other.words], rules=[*outer, *one.rules, *other.rules])
    layout = lay_out([whole])
    found = [cells(table) for table in tables(layout)]
    assert sorted(map(len, found)) == [3, 3, 3]
    assert STAGES in found and TEAMS in found
    assert [["Area", "Detail"], ["By stage", "The numbers by stage:"], ["By team", ""]] in found
    assert len(words_of(layout)) == len(whole.words)


def test_tables_beside_each_other_in_a_frame() -> None:
    one, other = drawn(STAGES, 70, 160), drawn(TEAMS, 290, 160)
    whole = page([*one.words, *other.words], rules=[*grid([60, 270, 450], [150, 240]), *one.rules, *other.rules])
    assert [cells(table) for table in tables(lay_out([whole]))] == [STAGES, TEAMS]
