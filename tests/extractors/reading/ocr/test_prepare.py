"""A page image made ready for reading."""

import numpy as np

from extractors.reading.ocr.prepare import evenly_lit, prepare, print_of, with_contrast
from extractors.reading.ocr.raster import MOST_PIXELS, Image


def test_grain_is_not_enlarged_into_an_image_that_fills_the_memory() -> None:
    image = np.full((3500, 2500), 255, np.uint8)
    image[10:3490:14, 10:2490:10] = 0
    for row in range(1, 6):  # marks of six pixels by six, smaller than any print that can be read
        for column in range(6):
            image[10 + row : 3490 : 14, 10 + column : 2490 : 10] = 0
    prepared = prepare(image)
    assert prepared is not None
    assert 1.05 * image.size < prepared.image.size <= 1.01 * MOST_PIXELS


def test_a_tinted_head_is_paper_up_to_its_edges() -> None:
    page = np.full((2000, 1400), 230, np.uint8)
    page[400:460, 100:-100] = 175
    page[408:412, 200:240] = 40
    even = evenly_lit(page)
    print_of = even < 200
    assert print_of[408:412, 200:240].all(), "what is printed on it stays"
    print_of[408:412, 200:240] = False
    assert not print_of.any()


def test_a_dark_head_stays_dark() -> None:
    page = np.full((2000, 1400), 230, np.uint8)
    page[400:460, 100:-100] = 100
    assert (evenly_lit(page)[410:450, 120:-120] < 130).all()


def test_a_dark_box_larger_than_what_is_looked_at_around_a_place_stays_dark() -> None:
    page = np.full((2480, 3508), 230, np.uint8)
    page[700:1700, 300:-300] = 90
    page[1200:1240, 1600:1620] = 225
    even = evenly_lit(page)
    assert (even[720:1680:40, 320:-320:40] < 130).mean() > 0.99
    assert even[1200:1240, 1605:1615].min() > even[1150, 1500] + 60, "what is printed on it in white stays"


def test_a_shadow_from_the_edge_of_the_page_is_no_box_however_large() -> None:
    page = np.full((2480, 3508), 230, np.uint8)
    page[:, :1000] = np.linspace(60, 230, 1000).astype(np.uint8)
    assert (evenly_lit(page)[:, 700:] > 240).all()


def test_paper_that_is_a_little_darker_is_no_box() -> None:
    page = np.full((2480, 3508), 230, np.uint8)
    page[700:1700, 300:-300] = 180
    assert (evenly_lit(page)[900:1500, 600:-600] > 240).all()


def printed(*, paper: int = 230, print_: int = 150, bars: int = 0, bar: int = 30) -> Image:
    """A page of rows of faded upright strokes, with so many dark bars below them."""
    page = np.full((2000, 1400), paper, np.uint8)
    for top in range(200, 900, 50):
        for left in range(200, 1200, 16):
            page[top : top + 20, left : left + 4] = print_
    for number in range(bars):
        page[1000:1800, 200 + 350 * number : 450 + 350 * number] = bar
    return page


def darkness(page: Image) -> float:
    """The grey level of the strokes once their page has its contrast."""
    return float(with_contrast(evenly_lit(page))[200:220, 201:203].mean())


def test_faded_print_is_made_black_though_bars_beside_it_are_darker() -> None:
    assert darkness(printed()) < 10
    assert darkness(printed(bars=3)) < 10


def test_bars_stay_black_beside_faded_print() -> None:
    made = with_contrast(evenly_lit(printed(bars=3)))
    assert (made[1020:1780, 220:430] < 10).all()


def test_one_dark_line_of_heads_takes_no_part_of_the_print_away() -> None:
    page = printed(print_=60)
    page[950:990, 200:1200] = 60
    assert darkness(page) < 10


def test_a_page_of_nothing_but_a_bar_keeps_it() -> None:
    page = np.full((2000, 1400), 230, np.uint8)
    page[600:1400, 300:1100] = 40
    assert (with_contrast(evenly_lit(page))[650:1350, 350:1050] < 60).all()


def tinted() -> Image:
    """Black print on paper and on dark tints, where the gaps between its strokes are grey."""
    page = printed(paper=255, print_=0)
    for top in (1300, 1500, 1700):
        page[top : top + 80, 100:-100] = 140
        page[top + 20 : top + 60, 200:500:6] = 0
        page[top + 20 : top + 60, 203:500:6] = 95
    return page


def test_gaps_between_strokes_on_a_dark_tint_stay_lighter_than_the_strokes() -> None:
    made = with_contrast(tinted())
    assert made[1330, 203:500:6].min() > made[1330, 200:500:6].max() + 60


def test_a_dark_tint_is_found_as_a_filled_box_though_print_is_darker() -> None:
    assert (print_of(with_contrast(tinted()))[1310:1370, 600:-120] > 0).all()


def test_grey_strokes_are_no_tint() -> None:
    page = printed(paper=255, print_=0)
    page[1300:1303, 100:-100] = 150
    assert not print_of(page)[1300:1303].all()
