"""What is put right in words that Tesseract read, and what is not."""

import pytest

from extractors.reading.ocr.mend import mended
from extractors.reading.ocr.place import joined
from extractors.reading.ocr.tesseract import Token
from schemas.pages import BBox


@pytest.mark.parametrize(
    ("read", "meant"),
    [("Ql", "Q1"), ("(QI)", "(Q1)"), ("oﬃcer", "officer"), ("ﬁrst", "first"), ("14%o", "14%"), ("14°/o)", "14%)"), ("7%0.", "7%.")],
)  # fmt: skip
def test_slips_of_shape(read: str, meant: str) -> None:
    assert mended(read) == meant


@pytest.mark.parametrize("word", ["Qatar", "Q2", "QL", "100", "10/0", "%", "2015/16", "Equal", "14%", "l", "IQ!"])
def test_words_that_are_fine(word: str) -> None:
    assert mended(word) == word


def line_of(*words: tuple[str, float, float]) -> list[Token]:
    return [Token(text, BBox(x0, 0, x1, 20), 0.9, (0,)) for text, x0, x1 in words]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        pytest.param(line_of(("of", 0, 20), ("1", 28, 36), ("17", 38, 54)), ["of", "117"], id="a number in two"),
        pytest.param(line_of(("2015/1", 0, 60), ("6", 62, 70)), ["2015/16"], id="a year in two"),
        pytest.param(line_of(("Stage", 0, 50), ("1", 58, 66), ("17", 74, 90)), ["Stage", "1", "17"], id="two numbers"),
        pytest.param(line_of(("7", 0, 10), ("8", 60, 70)), ["7", "8"], id="two cells"),
    ],
)
def test_words_are_made_whole(line: list[Token], words: list[str]) -> None:
    assert [token.text for token in joined(line)] == words
