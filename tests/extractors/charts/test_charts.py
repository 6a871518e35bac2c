"""Charts as tables: what is read from bars, sectors and lines, and what is not taken for a chart."""

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from random import Random
from time import process_time

import pytest

from extractors.charts import find_charts, without
from extractors.charts.bars import SAME, stands_of
from extractors.charts.marks import LYING, boxes_of
from extractors.layout import lay_out
from schemas.layout import Table
from schemas.pages import Shape
from tests.extractors.charts.drawings import (
    BLUE,
    FLOOR,
    GREEN,
    GREY,
    LEFT,
    RED,
    box,
    centred,
    column,
    legend,
    names,
    only,
    page,
    phrase,
    rows,
    sector,
    ticks,
    word,
)

TEAMS = ("North", "South", "Fostering")


def labels_over(values: tuple[int, ...], *, part: int = 0, scale: float = 2.0) -> list:
    return [word(str(v), LEFT + 30 + 60 * slot + 20 * part, FLOOR - v * scale - 7) for slot, v in enumerate(values)]


def test_columns_with_labels_and_an_axis() -> None:
    values = (12, 40, 31)
    drawn = page(
        [column(n, v) for n, v in enumerate(values)],
        [*ticks((0, 10, 20, 30, 40, 50)), *labels_over(values), *names(TEAMS)],
    )
    table = only(drawn)
    assert rows(table) == [["North", "12"], ["South", "40"], ["Fostering", "31"]]
    assert [text.text for text in table.axes] == ["0", "10", "20", "30", "40", "50"]
    assert all(cell.interval is None for cell in table.cells)
    assert [c.bbox for c in table.cells if c.text.text == "40"] == [labels_over(values)[1].bbox]


def test_columns_without_labels_are_measured() -> None:
    values = (12, 40, 31)
    drawn = page([column(n, v) for n, v in enumerate(values)], [*ticks((0, 10, 20, 30, 40, 50)), *names(TEAMS)])
    table = only(drawn)
    assert rows(table) == [["North", "12"], ["South", "40"], ["Fostering", "31"]]
    cell = table.cells[3]
    assert cell.interval is not None and cell.interval[0] <= Decimal(40) <= cell.interval[1]
    assert cell.bbox == column(1, 40).bbox
    assert cell.text.printed(0, 2).startswith("bar, ")


@pytest.mark.parametrize("off", [-3.0, 2.5])
def test_an_axis_whose_print_is_off_its_ticks_is_set_by_the_foot_of_the_bars(off: float) -> None:
    axis = [
        replace(w, bbox=replace(w.bbox, top=w.bbox.top + off, bottom=w.bbox.bottom + off)) for w in ticks((0, 20, 40))
    ]
    drawn = page([column(n, v) for n, v in enumerate((12, 40, 31))], [*axis, *names(TEAMS)])
    assert rows(only(drawn)) == [["North", "12"], ["South", "40"], ["Fostering", "31"]]


def test_groups_are_told_apart_by_the_legend() -> None:
    first, second = (12, 40, 31), (22, 9, 35)
    bars = [column(n, v) for n, v in enumerate(first)] + [column(n, v, fill=RED, part=1) for n, v in enumerate(second)]
    patches, named = legend([(BLUE, "2012/13"), (RED, "2013/14")])
    words = [
        *ticks((0, 20, 40, 60)),
        *labels_over(first),
        *labels_over(second, part=1),
        *names(TEAMS, width=40),
        *named,
    ]
    table = only(page([*bars, *patches], words))
    assert rows(table) == [
        ["", "2012/13", "2013/14"],
        ["North", "12", "22"],
        ["South", "40", "9"],
        ["Fostering", "31", "35"],
    ]


def test_stacked_columns() -> None:
    first, second = (12, 20, 31), (22, 9, 5)
    bars = [column(n, v) for n, v in enumerate(first)]
    bars += [column(n, v, fill=RED, on=first[n]) for n, v in enumerate(second)]
    patches, named = legend([(BLUE, "Upheld"), (RED, "Not upheld")])
    table = only(page([*bars, *patches], [*ticks((0, 10, 20, 30, 40)), *names(TEAMS), *named]))
    assert rows(table) == [
        ["", "Upheld", "Not upheld"],
        ["North", "12", "22"],
        ["South", "20", "9"],
        ["Fostering", "31", "5"],
    ]


def test_lying_bars_with_names_beside_them() -> None:
    values = {"Delay in assessment": 35, "Staff attitude": 12, "Quality of service": 28}
    shapes, words = [], []
    for number, (name, value) in enumerate(values.items()):
        top = 200.0 + 30 * number
        shapes.append(box(LEFT, top, LEFT + 4 * value, top + 16, BLUE))
        words += [*phrase(name, LEFT - 5, top + 8, right=True), word(str(value), LEFT + 4 * value + 9, top + 8)]
    words += [word(str(v), LEFT + 4 * v, 300) for v in (0, 10, 20, 30, 40)]
    assert rows(only(page(shapes, words))) == [[name, str(value)] for name, value in values.items()]


def test_a_label_nought_needs_no_bar() -> None:
    bars = [column(0, 12), column(2, 31), column(3, 8)]
    labels = [
        word(text, LEFT + 30 + 60 * n, FLOOR - 2 * int(text) - 7) for n, text in enumerate(("12", "0", "31", "8"))
    ]
    drawn = page(bars, [*ticks((0, 10, 20, 30, 40)), *labels, *names((*TEAMS, "MASH"))])
    assert rows(only(drawn)) == [["North", "12"], ["South", "0"], ["Fostering", "31"], ["MASH", "8"]]


def test_labels_in_proportion_need_no_axis_and_others_are_none() -> None:
    values = (12, 40, 31)
    bars = [column(n, v) for n, v in enumerate(values)]
    assert rows(only(page(bars, [*labels_over(values), *names(TEAMS)]))) == [
        ["North", "12"],
        ["South", "40"],
        ["Fostering", "31"],
    ]
    wrong = [
        word(str(n), LEFT + 30 + 60 * slot, FLOOR - v * 2 - 7)
        for slot, (v, n) in enumerate(zip(values, (70, 3, 55), strict=True))
    ]
    assert find_charts(page(bars, [*wrong, *names(TEAMS)])) == ([], set())


def test_sectors_with_a_legend_and_with_names_beside_them() -> None:
    shares = ((BLUE, 0.5, "Upheld"), (RED, 0.3, "Partly upheld"), (GREEN, 0.2, "Not upheld"))
    pie, at = [], 0.0
    for fill, share, _ in shares:
        pie.append(sector(at, share, fill))
        at += share
    patches, named = legend([(fill, name) for fill, _, name in shares])
    inside = [word("10", 340, 300), word("6", 270, 325), word("4", 285, 265)]
    assert rows(only(page([*pie, *patches], [*inside, *named]))) == [
        ["Upheld", "10"],
        ["Partly upheld", "6"],
        ["Not upheld", "4"],
    ]
    beside = [
        *phrase("Upheld 50%", 375, 300),
        *phrase("Partly upheld 30%", 235, 360, right=True),
        *phrase("Not upheld 20%", 255, 235, right=True),
    ]
    assert rows(only(page(pie, beside))) == [["Upheld", "50%"], ["Partly upheld", "30%"], ["Not upheld", "20%"]]
    specks = [word("~", 420, 330), word(".", 210, 300)]
    assert rows(only(page(pie, [*beside, *specks]))) == rows(only(page(pie, beside)))
    bare = only(page([*pie, *patches], named))
    assert rows(bare) == [["Upheld", "50%"], ["Partly upheld", "30%"], ["Not upheld", "20%"]]
    assert all(cell.interval for cell in bare.cells if cell.col)


def test_specks_beside_sectors_are_neither_names_nor_values() -> None:
    pie, at = [], 0.0
    for fill, share in ((BLUE, 0.5), (RED, 0.3), (GREEN, 0.2)):
        pie.append(sector(at, share, fill))
        at += share
    beside = [*phrase("Upheld 50%", 375, 300), *phrase("Partly upheld 30%", 235, 360, right=True)]
    nameless = word("«-", 235, 255)  # beside the green sector, which has no print
    table = only(page(pie, [*beside, nameless]))
    assert rows(table)[:2] == [["Upheld", "50%"], ["Partly upheld", "30%"]]
    assert not any("«" in cell.text.text for cell in table.cells)


SEAMED = [sector(0.0, 0.5, BLUE), sector(0.5, 0.3, RED), sector(0.8, 0.2, GREEN), sector(0.497, 0.006, 0x8C6C80)]
NAMED = [
    *phrase("Upheld", 375, 300),
    *phrase("Partly upheld", 235, 360, right=True),
    *phrase("Withdrawn", 225, 255, right=True),
]


def test_a_seam_between_two_sectors_of_a_picture_is_no_sector() -> None:
    table = only(replace(page(SEAMED, NAMED), source="ocr"))
    assert [row[1] for row in rows(table)] == ["50%", "30%", "20%"]


def test_a_thin_sector_of_a_drawing_is_one() -> None:
    table = only(page(SEAMED, NAMED))
    assert len(rows(table)) == 4


def test_running_text_beside_a_pie_names_no_sector() -> None:
    pie = [sector(0.75, 0.5, BLUE), sector(0.25, 0.5, RED)]
    above = centred("Complaints relating to the Care team by source last year", 300, 215)
    below = centred("Seventy complaints on the Adoption team were logged in all", 300, 385)
    assert not find_charts(page(pie, [*above, *below]))[0]


def test_lines_over_years() -> None:
    years = ("2010/11", "2011/12", "2012/13", "2013/14")
    lines = {"Complaints": (BLUE, (10, 30, 25, 45)), "Compliments": (RED, (20, 15, 40, 38))}
    shapes = [
        Shape(points=tuple((LEFT + 30 + 60 * n, FLOOR - 2.0 * v) for n, v in enumerate(values)), stroke=colour)
        for colour, values in lines.values()
    ]
    patches, named = legend([(colour, name) for name, (colour, _) in lines.items()])
    table = only(page([*shapes, *patches], [*ticks((0, 10, 20, 30, 40, 50)), *names(years), *named]))
    assert rows(table) == [
        ["", "Complaints", "Compliments"],
        ["2010/11", "10", "20"],
        ["2011/12", "30", "15"],
        ["2012/13", "25", "40"],
        ["2013/14", "45", "38"],
    ]


def shaded_table() -> tuple[list[Shape], list]:
    """A table with every other row shaded."""
    shapes, words = [], []
    for row, (name, number) in enumerate((("North", "12"), ("South", "40"), ("Fostering", "31"), ("Total", "83"))):
        top = 200.0 + 14 * row
        if row % 2:
            shapes.append(box(100, top, 400, top + 14, GREY))
        words += [*phrase(name, 105, top + 7), word(number, 300, top + 7)]
    return shapes, words


def test_shaded_rows_and_heads_of_tables_are_no_charts() -> None:
    shapes, words = shaded_table()
    heads = [box(100, 180, 200, 200, BLUE), box(200, 180, 260, 200, BLUE), box(260, 180, 400, 200, BLUE)]
    assert find_charts(page([*shapes, *heads], words)) == ([], set())


def test_cells_of_one_width_under_each_other_are_shading_and_no_bars() -> None:
    edges = (100, 200, 260, 400)
    rows = [200 + 28 * row for row in range(3)]
    shaded = [box(x0, top, x1, top + 14, GREY) for top in rows for x0, x1 in pairwise(edges)]
    assert not list(stands_of(list(boxes_of(shaded, LYING)), LYING, SAME))
    longer = box(100, rows[-1] + 28, 330, rows[-1] + 42, GREY)
    assert list(stands_of(list(boxes_of([*shaded, longer], LYING)), LYING, SAME))


def test_numbers_under_bars_are_no_names() -> None:
    values = (12, 40, 31)
    drawn = page(
        [column(n, v) for n, v in enumerate(values)], [*ticks((0, 10, 20, 30, 40, 50)), *names(("7", "9", "4"))]
    )
    assert find_charts(drawn)[0] == []


def test_a_page_without_shapes_has_no_charts() -> None:
    assert find_charts(page([], [*ticks((0, 10, 20)), *names(TEAMS)])) == ([], set())


def test_text_around_a_chart_stays_and_its_ticks_leave_the_text() -> None:
    values = (12, 40, 31)
    prose = phrase("Most complaints were about delay and fewer came than last year.", 60, 600)
    title = phrase("Complaints by team", 200, 270)
    drawn = page(
        [column(n, v) for n, v in enumerate(values)], [*title, *ticks((0, 10, 20, 30, 40, 50)), *names(TEAMS), *prose]
    )
    layout = lay_out([drawn])
    assert [e.method if isinstance(e, Table) else e.text.text for e in layout.elements] == [
        "Complaints by team",
        "chart",
        "Most complaints were about delay and fewer came than last year.",
    ]
    charts, words = find_charts(drawn)
    left = [w.text for w in without(drawn, charts, words).words]
    assert left == [w.text for w in (*title, *prose)]


def test_names_in_two_lines() -> None:
    values = (12, 40, 31)
    lower = [*centred("locality team", LEFT + 30, FLOOR + 19), *centred("locality team", LEFT + 90, FLOOR + 19)]
    drawn = page([column(n, v) for n, v in enumerate(values)], [*ticks((0, 20, 40)), *names(TEAMS), *lower])
    assert [row[0] for row in rows(only(drawn))] == ["North locality team", "South locality team", "Fostering"]


@pytest.mark.parametrize("number", [1_400, 6_000])
def test_thousands_of_shapes_end_soon(number: int) -> None:
    chance = Random(number)
    places = [
        (chance.uniform(0, 500), chance.uniform(0, 700), chance.uniform(3, 60), chance.uniform(3, 60))
        for _ in range(number)
    ]
    boxes = [box(x, y, x + width, y + height, BLUE) for x, y, width, height in places]
    bent = [
        Shape(points=((x, y), (x + width, y + 3), (x + 2 * width, y + height)), stroke=RED, fill=GREEN)
        for x, y, width, height in places
    ]
    words = [word(str(n % 90), x, y) for n, (x, y, _, _) in enumerate(places[:1_000])]
    started = process_time()
    assert find_charts(page([*boxes, *bent], words)) == ([], set())
    assert process_time() - started < 5
