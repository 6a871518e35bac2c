"""The print of scanned charts, which OCR runs into what is drawn beside it."""

from dataclasses import replace
from itertools import pairwise
from math import cos, pi, sin

import pytest

from extractors.charts import find_charts, without
from extractors.charts.marks import ticks_of
from schemas.pages import BBox, Page, Rule, Shape, Word
from tests.extractors.charts.drawings import (
    BLUE,
    GREEN,
    GREY,
    RED,
    box,
    column,
    legend,
    names,
    page,
    phrase,
    read_off,
    sector,
    ticks,
    word,
)

TEAMS = ("North", "South", "Fostering")


def scanned(drawn: Page) -> Page:
    return replace(drawn, source="ocr", words=tuple(replace(w, confidence=0.9) for w in drawn.words))


@pytest.mark.parametrize(
    ("read", "value"),
    [("40-", 40), ("4C", 40), ("1,200.", 1200), ("o--", 0), ("2G", 20), ("30", 30)],
)
def test_what_ocr_makes_of_a_tick(read: str, value: int) -> None:
    word = Word(text=read, bbox=BBox(0, 0, 9, 9), confidence=0.8)
    assert [label.value for label in ticks_of([word], [0])] == [value]
    assert ticks_of([replace(word, confidence=None)], [0]) == ([] if read != "30" else ticks_of([word], [0]))


@pytest.mark.parametrize("read", ["Stage", "2014/15", "the", "—"])
def test_what_is_no_tick(read: str) -> None:
    assert ticks_of([Word(text=read, bbox=BBox(0, 0, 9, 9), confidence=0.8)], [0]) == []


def test_an_axis_with_a_misread_tick() -> None:
    axis = [replace(w, text="36" if w.text == "20" else f"{w.text}-") for w in ticks((0, 10, 20, 30, 40, 50))]
    read = scanned(page([column(n, v) for n, v in enumerate((12, 40, 31))], [*axis, *names(TEAMS)]))
    assert read_off(read) == [["North", "12"], ["South", "40"], ["Fostering", "31"]]


def test_a_patch_of_a_legend_read_as_a_part_of_its_name_and_its_paler_edge() -> None:
    shapes, words = legend([(BLUE, "2013/14"), (RED, "2014/15")])
    joined = [replace(w, bbox=replace(w.bbox, x0=s.bbox.x0)) for s, w in zip(shapes, words, strict=True)]
    edges: list[Shape] = [box(s.bbox.x0 - 0.4, s.bbox.top, s.bbox.x1, s.bbox.bottom, 0xE4E4E4) for s in shapes]
    bars = [column(n, v) for n, v in enumerate((12, 40, 31))]
    bars += [column(n, v, fill=RED, part=1) for n, v in enumerate((20, 9, 44))]
    read = scanned(page([*bars, *shapes, *edges], [*ticks((0, 10, 20, 30, 40, 50)), *names(TEAMS, width=40), *joined]))
    assert read_off(read) == [
        ["", "2013/14", "2014/15"], ["North", "12", "20"], ["South", "40", "9"], ["Fostering", "31", "44"],
    ]  # fmt: skip


@pytest.mark.parametrize("hidden", ["start", "end"])
def test_a_line_whose_end_a_marker_hides(hidden: str) -> None:
    heights = (12, 40, 31, 45)
    points = [(160.0 + 60 * n, 400 - 2.0 * v) for n, v in enumerate(heights)]
    (x0, y0), (x1, y1) = (points[0], points[1]) if hidden == "start" else (points[-1], points[-2])
    points[0 if hidden == "start" else -1] = (x0 + (x1 - x0) / 10, y0 + (y1 - y0) / 10)
    line = [Shape(points=part, stroke=BLUE) for part in pairwise(points)]
    years = [w for n in range(4) for w in names([f"201{n}/1{n + 1}"])]
    placed = [
        replace(w, bbox=replace(w.bbox, x0=w.bbox.x0 + 60 * n - 10, x1=w.bbox.x1 + 60 * n - 10))
        for n, w in enumerate(years)
    ]
    read = scanned(page(line, [*ticks((0, 10, 20, 30, 40, 50)), *placed]))
    assert [row[1] for row in read_off(read)] == [str(v) for v in heights]


@pytest.mark.parametrize(("ground", "heads"), [(BLUE, []), (RED, ["", "Q3"])], ids=["hole of a letter", "patch"])
def test_the_ground_in_the_holes_of_white_letters_is_no_legend(ground: int, heads: list[str]) -> None:
    patch, (word,) = box(250, 449, 254, 454, BLUE), phrase("Q3", 251, 451.5)
    bars = [column(n, v) for n, v in enumerate((12, 40, 31))]
    head = box(100, 440, 500, 465, ground)
    read = scanned(page([*bars, head, patch], [*ticks((0, 10, 20, 30, 40, 50)), *names(TEAMS), word]))
    assert read_off(read) == [*filter(None, [heads]), ["North", "12"], ["South", "40"], ["Fostering", "31"]]


@pytest.mark.parametrize(("letters", "heads"), [(2, []), (1, ["", "Indicator"])], ids=["letters", "patch"])
def test_letters_of_heavy_print_in_the_colour_of_bars_are_no_legend(letters: int, heads: list[str]) -> None:
    pieces = [box(250 + 7 * n, 449, 255 + 7 * n, 454, BLUE) for n in range(letters)]
    (word,) = phrase("Indicator", 249, 451.5)
    bars = [column(n, v) for n, v in enumerate((12, 40, 31))]
    read = scanned(page([*bars, *pieces], [*ticks((0, 10, 20, 30, 40, 50)), *names(TEAMS), word]))
    assert read_off(read) == [*filter(None, [heads]), ["North", "12"], ["South", "40"], ["Fostering", "31"]]


HEIGHTS = (12, 40, 31, 45)
YEARS = ("2010/11", "2011/12", "2012/13", "2013/14")
LINE = (Shape(points=tuple((180.0 + 60 * n, 400 - 2.0 * v) for n, v in enumerate(HEIGHTS)), stroke=BLUE),)
POINTS = [[year, str(height)] for year, height in zip(YEARS, HEIGHTS, strict=True)]
AXES = [*ticks((0, 10, 20, 30, 40, 50)), *names(YEARS)]


def line_chart(*more: Word, shapes: tuple[Shape, ...] = (), axes: list[Word] = AXES) -> Page:
    parts = tuple(Shape(points=ends, stroke=BLUE) for ends in pairwise(LINE[0].points))
    return scanned(page((*parts, *shapes), [*axes, *more]))


@pytest.mark.parametrize("read", ["—o-", ""], ids=["read as a word", "not read"])
def test_a_line_and_the_marker_on_it_are_one_patch_of_a_legend(read: str) -> None:
    sample = Shape(points=((240, 453), (258, 453)), stroke=BLUE)
    marker = box(246, 450, 252, 456, BLUE)
    words = [Word(text=read, bbox=BBox(239.5, 448, 258.5, 458), size=8)] if read else []
    chart = line_chart(*words, *phrase("Upheld", 263, 453), shapes=(sample, marker))
    assert read_off(chart) == [["", "Upheld"], *POINTS]


def test_words_of_a_name_in_a_legend_without_tall_letters_stand_farther_apart_for_their_height() -> None:
    sample = Shape(points=((240, 453), (258, 453)), stroke=BLUE)
    two = [Word(text="Stage", bbox=BBox(262, 449.5, 282, 456.5)), Word(text="2", bbox=BBox(288, 449.5, 292, 456.5))]
    assert read_off(line_chart(*two, shapes=(sample,))) == [["", "Stage 2"], *POINTS]


def taller(name: Word) -> Word:
    """A name with the foot of a label above it, for which its print is taken to be larger than it is."""
    return replace(name, bbox=replace(name.bbox, top=name.bbox.top - 7, bottom=name.bbox.bottom + 5))


def test_print_above_a_name_that_was_read_as_a_part_of_it() -> None:
    axes = [taller(w) if w.text == "2011/12" else w for w in AXES]
    assert read_off(line_chart(axes=axes)) == POINTS


@pytest.mark.parametrize("read", [False, True], ids=["drawn", "scanned"])
def test_a_taller_name_that_begins_a_little_lower_stays_one(read: bool) -> None:
    axes = [replace(w, bbox=replace(w.bbox, top=w.bbox.top + 4, bottom=w.bbox.bottom + 9)) if w.text == "South" else w
            for w in names(TEAMS)]  # fmt: skip
    drawn = page([column(n, v) for n, v in enumerate((12, 40, 31))], [*AXIS, *axes])
    assert read_off(scanned(drawn) if read else drawn) == [["North", "12"], ["South", "40"], ["Fostering", "31"]]


def test_a_misread_label_right_above_a_name_is_no_part_of_it() -> None:
    axes = [replace(w, bbox=w.bbox.moved(0, 8)) if "/" in w.text else w for w in AXES]
    assert read_off(line_chart(word("5%", 180, 407), axes=axes)) == POINTS


@pytest.mark.parametrize("marks", [(), (0,), (0, 1, 2)], ids=["none", "one", "all"])
def test_the_axis_and_its_ticks_read_as_letters_above_slanted_names_are_no_names(marks: tuple[int, ...]) -> None:
    slanted = [
        Word(text=t, bbox=BBox(180 + 60 * n - 24, 406, 180 + 60 * n + 6, 436), size=8) for n, t in enumerate(TEAMS)
    ]
    letters = [Word(text="Tr", bbox=BBox(176 + 60 * n, 399, 184 + 60 * n, 405), size=8) for n in marks]
    read = scanned(page([column(n, v) for n, v in enumerate((12, 40, 31))], [*AXIS, *letters, *slanted]))
    assert read_off(read) == [["North", "12"], ["South", "40"], ["Fostering", "31"]]


def test_titles_below_names_and_more_lines_of_names_stay_what_they_are() -> None:
    titled = line_chart(*phrase("Year", 232, 424), *phrase("of", 296, 424))
    assert read_off(titled) == POINTS
    axes = [*ticks((0, 10, 20, 30, 40, 50)), *names(("North and", "South", "Fostering", "Adoption"))]
    second = line_chart(word("Central", 180, 420), axes=axes)
    assert [row[0] for row in read_off(second)] == ["North and Central", "South", "Fostering", "Adoption"]


def test_lines_of_a_table_below_a_chart_are_not_its_frame() -> None:
    bars = [column(n, v) for n, v in enumerate((12, 40, 31))]
    rules = (Rule(bbox=BBox(100, 415, 500, 415)), Rule(bbox=BBox(100, 435, 500, 435)))
    drawn = page(bars, [*ticks((0, 10, 20, 30, 40, 50)), *names(TEAMS), *phrase("Quarter", 120, 425)])
    read = scanned(replace(drawn, rules=rules))
    assert without(read, *find_charts(read)).rules == rules[1:]


def test_specks_beside_print_are_no_chart() -> None:
    specks = [column(n, 0.1) for n in range(3)]
    read = scanned(page(specks, [*ticks((0, 10, 20, 30, 40, 50)), *names(TEAMS)]))
    assert find_charts(read) == ([], set())
    assert find_charts(scanned(page([*specks, column(3, 30)], [*ticks((0, 10, 20, 30)), *names((*TEAMS, "All"))])))[0]


AXIS = ticks((0, 10, 20, 30, 40, 50))


def labelled(heights: tuple[int, ...], labels: tuple[str, ...]) -> Page:
    """Columns of these heights under these labels."""
    bars = [column(n, v) for n, v in enumerate(heights)]
    over = [word(t, 180 + 60 * n, 400 - 2 * v - 7) for n, (v, t) in enumerate(zip(heights, labels, strict=True)) if t]
    return page(bars, [*AXIS, *over, *names((*TEAMS, "MASH")[: len(heights)])])


def test_a_label_that_its_bar_denies_was_misread_and_the_bar_is_measured() -> None:
    read = scanned(labelled((12, 40, 31, 22), ("12", "140", "31", "22")))
    (table,) = find_charts(read)[0]
    told = {c.row: (c.text.text, c.interval is not None) for c in table.cells if c.col == 1}
    assert told == {0: ("12", False), 1: ("40", True), 2: ("31", False), 3: ("22", False)}


@pytest.mark.parametrize(
    ("label", "told"),
    [("94", "84"), ("85", "85"), ("84", "84")],
    ids=["a misread digit", "as near as edges are seen", "as drawn"],
)
def test_a_digit_misread_by_little_of_the_longest_bar_is_denied_by_its_own(label: str, told: str) -> None:
    heights, labels = (84, 300, 200), (label, "300", "200")
    bars = [column(n, v, scale=0.5) for n, v in enumerate(heights)]
    over = [word(t, 180 + 60 * n, 393 - v / 2) for n, (v, t) in enumerate(zip(heights, labels, strict=True))]
    drawn = page(bars, [*ticks((0, 100, 200, 300), scale=0.5), *over, *names(TEAMS)])
    assert [row[1] for row in read_off(scanned(drawn))] == [told, "300", "200"]
    assert [row[1] for row in read_off(drawn)] == [label, "300", "200"]  # print is believed


@pytest.mark.parametrize(("label", "told"), [("18", "12"), ("12", "12")], ids=["misread", "as drawn"])
def test_a_label_that_the_point_of_its_line_denies_was_misread(label: str, told: str) -> None:
    over = [
        word(t, 180 + 60 * n, 394 - 2 * v)
        for n, (v, t) in enumerate(zip(HEIGHTS, (label, "40", "31", "45"), strict=True))
    ]
    assert [row[1] for row in read_off(line_chart(*over))] == [told, "40", "31", "45"]


def test_a_label_that_is_printed_is_believed() -> None:
    assert [row[1] for row in read_off(labelled((12, 40, 31, 22), ("12", "140", "31", "22")))] == [
        "12",
        "140",
        "31",
        "22",
    ]


def test_a_bar_whose_label_is_not_read_is_measured() -> None:
    read = scanned(labelled((12, 40, 31, 22), ("12", "", "31", "22")))
    assert [row[1] for row in read_off(read)] == ["12", "40", "31", "22"]


def test_a_series_without_a_name_beside_others_tells_nothing_and_its_labels_stay_words_of_the_page() -> None:
    shapes, words = legend([(BLUE, "2013/14")])
    bars = [column(n, v) for n, v in enumerate((12, 40, 31))]
    bars += [column(n, v, fill=RED, part=1) for n, v in enumerate((20, 9, 44))]
    labels = [word(str(v), 200 + 60 * n, 400 - 2 * v - 7) for n, v in enumerate((20, 9, 44))]
    read = scanned(page([*bars, *shapes], [*AXIS, *names(TEAMS, width=40), *words, *labels]))
    (table,), taken = find_charts(read)
    assert [[c.text.text for c in table.cells if c.row == row] for row in range(table.rows)] == [
        ["", "2013/14"], ["North", "12"], ["South", "40"], ["Fostering", "31"],
    ]  # fmt: skip
    assert not taken & {n for n, w in enumerate(read.words) if any(w.bbox == label.bbox for label in labels)}


def test_what_two_colours_show_between_them_is_no_series() -> None:
    bars = [column(n, v) for n, v in enumerate((12, 40, 31))]
    rims = [box(170 + 60 * n, 399, 190 + 60 * n, 400, 0x333344) for n in range(3)]
    assert read_off(scanned(page([*bars, *rims], [*AXIS, *names(TEAMS)]))) == [
        ["North", "12"], ["South", "40"], ["Fostering", "31"],
    ]  # fmt: skip


def test_a_tick_that_is_too_low_only_for_the_next_was_misread() -> None:
    axis = [replace(w, text="3" if w.text == "30" else w.text) for w in AXIS]
    read = scanned(page([column(n, v) for n, v in enumerate((12, 40, 31))], [*axis, *names(TEAMS)]))
    assert read_off(read) == [["North", "12"], ["South", "40"], ["Fostering", "31"]]


def test_a_seam_of_a_pie_takes_no_number_and_a_misread_number_moves_no_other() -> None:
    shares = (
        (BLUE, 0.3, "Upheld", "30"),
        (RED, 0.34, "Partly upheld", "4"),
        (GREEN, 0.24, "Not upheld", "24"),
        (GREY, 0.1, "Withdrawn", "10"),
    )
    pie, at, numbers = [], 0.0, []
    for fill, share, _, number in shares:
        pie.append(sector(at, share, fill))
        turn = 2 * pi * (at + share / 2) - pi / 2
        numbers.append(word(number, 300 + 85 * cos(turn), 300 + 85 * sin(turn)))
        at += share
    seam = sector(at, 0.02, 0xDCDCDC)
    patches, named = legend([(fill, name) for fill, _, name, _ in shares])
    read = scanned(page([*pie, seam, *patches], [*numbers, *named]))
    found = dict((row[0], row[1]) for row in read_off(read))
    assert found["Upheld"] == "30" and found["Not upheld"] == "24"
    assert abs(int(found["Partly upheld"]) - 34) <= 1  # measured by the others
