"""Pieces of lines and edges of the sheet that were read as words, and words that look like them."""

import pytest

from extractors.reading.ocr.stumps import without_sheet_edges, without_stumps
from schemas.pages import BBox, Rule, Word


def row_of(*texts: str) -> list[Word]:
    return [Word(text=text, bbox=BBox(80 * n, 0, 80 * n + 40, 10)) for n, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("text", "x", "kept"),
    [("|", 100.0, False), ("I", 101.0, False), ("|", 110.0, True), ("1", 100.0, True), ("Q", 100.0, True)],
    ids=["a stroke", "a letter that is one", "a stroke beside it", "a one", "another letter"],
)
def test_pieces_of_a_line_are_no_words(text: str, x: float, kept: bool) -> None:  # noqa: FBT001
    lines = [Rule(bbox=BBox(100, 50, 100.5, 200)), Rule(bbox=BBox(0, 50, 300, 50.5))]
    for top in (40.0, 120.0):
        words = without_stumps([Word(text=text, bbox=BBox(x - 1, top, x + 1, top + 10))], lines)
        assert len(words) == kept
    assert without_stumps([Word(text=text, bbox=BBox(x - 1, 10, x + 1, 20))], lines), "too far from the line"


@pytest.mark.parametrize(
    ("text", "x", "middle", "kept"),
    [
        ("-", 151.0, 50.5, False),
        ("—", 296.0, 51.5, False),
        ("-", 151.0, 62.0, True),
        ("-", 320.0, 50.5, True),
        ("4", 151.0, 50.5, True),
        ("-", 402.0, 50.5, True),
    ],
    ids=[
        "in a gap",
        "at an end",
        "in the row below",
        "far beyond the end",
        "a number",
        "beside a dash of its own length",
    ],
)
def test_a_piece_of_a_level_line_is_no_dash(text: str, x: float, middle: float, kept: bool) -> None:  # noqa: FBT001
    lines = [Rule(bbox=BBox(*box)) for box in ((20, 50, 150, 51), (158, 50, 295, 51), (390, 50, 400, 51))]
    word = Word(text=text, bbox=BBox(x, middle - 6, x + 6, middle + 6))
    assert (word in without_stumps([*row_of("Stage", "1", "85"), word], lines)) == kept


@pytest.mark.parametrize(
    ("confidence", "height", "kept"),
    [(0.4, 5.0, False), (0.4, 10.0, True), (0.9, 5.0, True)],
    ids=["small and hardly read", "as high as others", "well read"],
)
def test_specks_beside_a_line_are_no_words(confidence: float, height: float, kept: bool) -> None:  # noqa: FBT001
    lines = [Rule(bbox=BBox(100, 50, 100.5, 200))]
    word = Word(text="Bee", bbox=BBox(101, 60, 106, 60 + height), confidence=confidence)
    made = without_stumps([*row_of("Stage", "1", "85"), word], lines)
    assert (word in made) == kept and len(made) == 3 + kept


PRINT = [
    Word(text=text, bbox=BBox(80.0 + 60 * n, 100, 120.0 + 60 * n, 110)) for n, text in enumerate(("Stage", "84", "69"))
]


@pytest.mark.parametrize(
    ("text", "x", "kept"),
    [
        ("I", 4.0, False),
        ("i", 596.0, False),
        ("|-", 3.0, False),
        ("I", 30.0, True),
        ("7", 4.0, True),
        ("to", 4.0, True),
    ],
    ids=["a stroke at the left", "at the right", "strokes", "in the margin", "a digit", "a word"],
)
def test_strokes_at_the_edge_of_the_page_are_no_words(text: str, x: float, kept: bool) -> None:  # noqa: FBT001
    word = Word(text=text, bbox=BBox(x - 2, 100, x + 2, 110))
    assert (word in without_sheet_edges([*PRINT, word], 600)) == kept


def test_a_letter_that_reaches_over_the_edge_of_the_page_is_no_word() -> None:
    word = Word(text="n", bbox=BBox(-7, 90, 22, 150))
    assert word not in without_sheet_edges([*PRINT, word], 600)


def test_a_stroke_close_to_print_stays() -> None:
    word = Word(text="I", bbox=BBox(3, 100, 7, 110))
    near = Word(text="have", bbox=BBox(12, 100, 40, 110))
    assert word in without_sheet_edges([*PRINT, near, word], 600)


def test_on_a_page_cut_close_to_its_print_strokes_are_print() -> None:
    word, other = Word(text="I", bbox=BBox(3, 100, 7, 110)), Word(text="and", bbox=BBox(1, 130, 9, 140))
    assert word in without_sheet_edges([*PRINT, other, word], 600)
