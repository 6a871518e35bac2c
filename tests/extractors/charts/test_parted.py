"""Bars of pictures that print on them parts, and whose edges are not where they are drawn."""

import pytest

from extractors.charts import find_charts
from extractors.charts.marks import STANDING, boxes_of
from extractors.charts.parted import made_whole
from schemas.pages import Shape
from tests.extractors.charts.drawings import BLUE, FLOOR, RED, box, column, legend, names, page, read_off, rows, ticks
from tests.extractors.charts.test_scanned_print import TEAMS, scanned

AXIS = ticks((0, 10, 20, 30, 40, 50))


def pieces(slot: int, value: float, *, fill: int = BLUE, gap: float = 8.0) -> list[Shape]:
    """What is seen of a column beside its label."""
    whole = column(slot, value, fill=fill).bbox
    left, right = whole.x0 + (20 - gap) / 2, whole.x1 - (20 - gap) / 2
    return [box(a, whole.top, b, whole.bottom, fill) for a, b in ((whole.x0, left), (right, whole.x1))]


def whole(shapes: list[Shape]) -> list[tuple[float, float]]:
    """Where the boxes begin and end from left to right."""
    return sorted((m.start, m.end) for m in made_whole(list(boxes_of(shapes, STANDING)), 1.6))


def test_a_low_bar_of_a_stack_that_its_label_parts_is_whole_and_measured() -> None:
    shapes, words = legend([(BLUE, "2013/14"), (RED, "2014/15")])
    low = [column(0, 15), *pieces(1, 4), column(2, 20)]
    high = [column(0, 10, fill=RED, on=15), column(1, 30, fill=RED, on=4), column(2, 5, fill=RED, on=20)]
    read = scanned(page([*low, *high, *shapes], [*AXIS, *names(TEAMS), *words]))
    assert read_off(read) == [
        ["", "2013/14", "2014/15"], ["North", "15", "10"], ["South", "4", "30"], ["Fostering", "20", "5"],
    ]  # fmt: skip


def test_a_piece_of_another_height_between_the_two_is_no_hindrance() -> None:
    assert whole([column(0, 15), *pieces(1, 4), box(238, 395, 240, 397, BLUE)]) == [(170, 190), (230, 250), (238, 240)]


@pytest.mark.parametrize(
    "shapes",
    [
        pytest.param([column(0, 15), *pieces(1, 4, gap=14)], id="hardly anything but print"),
        pytest.param([column(0, 15), column(1, 4), column(1, 4, part=1)], id="bars of one length beside each other"),
        pytest.param([column(0, 15), pieces(1, 4)[0], pieces(1, 4, fill=RED)[1]], id="two colours"),
        pytest.param(
            [column(0, 15), box(230, 390, 238, 397, BLUE), box(242, 390, 250, 397, BLUE)], id="not on one line"
        ),
        pytest.param([column(0, 15), box(230, 396, 236, FLOOR, BLUE), box(242, 390, 250, FLOOR, BLUE)], id="not level"),
    ],
)
def test_what_is_no_bar_in_pieces(shapes: list[Shape]) -> None:
    assert whole(shapes) == sorted((s.bbox.x0, s.bbox.x1) for s in shapes)


def test_bars_of_a_picture_whose_dark_ones_lose_at_their_edges_what_the_pale_ones_gain() -> None:
    shapes, words = legend([(BLUE, "2013/14"), (RED, "2014/15")])
    bars = [column(n, v) for n, v in enumerate((12, 40, 31))]
    wider = [column(n, v, fill=RED, part=1).bbox for n, v in enumerate((20, 9, 44))]
    bars += [box(b.x0, b.top, b.x1 + 2.3, b.bottom, RED) for b in wider]
    drawn = page([*bars, *shapes], [*AXIS, *names(TEAMS, width=40), *words])
    assert read_off(scanned(drawn)) == [
        ["", "2013/14", "2014/15"], ["North", "12", "20"], ["South", "40", "9"], ["Fostering", "31", "44"],
    ]  # fmt: skip
    assert all(len(rows(table)[0]) < 3 for table in find_charts(drawn)[0])
