"""A sector of a pie that a picture does not show: the others keep their shares of the whole."""

import pytest

from extractors.charts import find_charts
from extractors.charts.pale_sector import unseen_sector
from schemas.pages import BBox, Shape
from tests.extractors.charts.drawings import BLUE, GREEN, RED, page, phrase, read_off, sector
from tests.extractors.charts.test_scanned_print import scanned

PIE = BBox(230, 230, 370, 370)
NAMES = [*phrase("Upheld", 375, 265), *phrase("Withdrawn", 352, 368), *phrase("Resolved", 222, 300, right=True)]


def test_the_shares_of_sectors_beside_one_as_pale_as_paper() -> None:
    seen = [sector(0.0, 0.3, BLUE), sector(0.3, 0.25, RED), sector(0.55, 0.3, GREEN)]
    drawn = page(seen, NAMES)
    assert read_off(scanned(drawn)) == [["Upheld", "30%"], ["Withdrawn", "25%"], ["Resolved", "30%"], ["", ""]]


def test_a_whole_pie_keeps_its_shares() -> None:
    seen = [sector(0.0, 0.36, BLUE), sector(0.36, 0.28, RED), sector(0.64, 0.36, GREEN)]
    assert list(unseen_sector(seen, PIE)) == []
    assert read_off(scanned(page(seen, NAMES))) == [["Upheld", "36%"], ["Withdrawn", "28%"], ["Resolved", "36%"]]


@pytest.mark.parametrize(
    "seen",
    [
        pytest.param([sector(0.0, 0.5, BLUE), sector(0.51, 0.48, RED)], id="seams"),
        pytest.param([sector(0.0, 0.3, BLUE), sector(0.4, 0.4, RED)], id="two are missing"),
        pytest.param([sector(0.0, 0.2, BLUE), sector(0.2, 0.3, RED)], id="half is missing, as of a gauge"),
        pytest.param([], id="nothing"),
    ],
)
def test_what_is_no_unseen_sector(seen: list[Shape]) -> None:
    assert list(unseen_sector(seen, PIE)) == []


def test_of_a_drawing_every_sector_is_known() -> None:
    seen = [sector(0.0, 0.3, BLUE), sector(0.3, 0.25, RED), sector(0.55, 0.3, GREEN)]
    assert find_charts(page(seen, NAMES)) == ([], set())
