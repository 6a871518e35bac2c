"""What the readings of a number say of the figure that was made of it, from the page to the grade."""

from decimal import Decimal

import pytest

from extractors.document import extract
from schemas.documents import Reading
from schemas.pages import BBox, Page, TokenReading, Word


def read(number: str, *readings: tuple[str, float], sentence: str = "We received {} complaints in 2014/15.") -> Reading:
    """A scanned page with one sentence whose number was read in these ways."""
    words, x = [], 72.0
    for text in ("Coventry City Council annual report 2014/15. " + sentence).split():
        twice = tuple(TokenReading(engine=e, text=t, confidence=c) for e, (t, c) in zip("ab", readings, strict=False))
        words.append(
            Word(
                text=text.format(number), bbox=BBox(x, 100, x + 30, 112), size=10, confidence=0.95,
                readings=twice if "{" in text and len(twice) == 2 else (),
            )
        )  # fmt: skip
        x += 34
    page = Page(number=1, width=595, height=842, words=tuple(words), source="ocr")
    return extract([page], pdf=b"", file_name="a.pdf")


@pytest.mark.parametrize(
    ("readings", "agreement", "grade", "values"),
    [
        ((("117", 0.95), ("117", 0.99)), "agree", "read", (117, 117)),
        ((("117", 0.95), ("1l7", 0.7)), "agree", "read", (117, 117)),
        ((("117", 0.95), ("177", 0.9)), "disagree", "doubtful", (117, 177)),
        ((("117", 0.95), ("..", 0.2)), "not_comparable", "doubtful", (117, None)),
        ((("117", 0.3), ("117", 0.4)), "agree", "doubtful", (117, 117)),
    ],
)
def test_a_figure_keeps_both_readings(
    readings: tuple[tuple[str, float], ...], agreement: str, grade: str, values: tuple[int | None, ...]
) -> None:
    (figure,) = read("117", *readings).figures
    assert (figure.evidence.agreement, figure.grade) == (agreement, grade)
    assert [r.value for r in figure.evidence.readings] == [None if v is None else Decimal(v) for v in values]
    assert [(r.text, r.confidence) for r in figure.evidence.readings] == list(readings)


def test_a_number_that_was_read_once_is_doubtful_and_the_page_says_so() -> None:
    reading = read("117")
    (figure,) = reading.figures
    assert (figure.evidence.agreement, figure.grade) == ("single", "doubtful")
    assert [p.page for p in reading.problems if p.code == "read_once"] == [1]


def test_a_number_in_words_needs_no_second_reading() -> None:
    (figure,) = read("eleven").figures
    assert (figure.value, figure.evidence.agreement, figure.grade) == (11, None, "read")


def test_a_fall_is_negative_in_both_readings() -> None:
    sentence = "Complaints fell by {} compared with 2013/14."
    figures = read("15%", ("15%", 0.9), ("75%", 0.9), sentence=sentence).figures
    assert [[r.value for r in f.evidence.readings] for f in figures] == [[Decimal(-15), Decimal(-75)]]


def test_the_text_layer_of_a_page_is_read_once_and_for_all() -> None:
    words = tuple(
        Word(text=text, bbox=BBox(72 + 40 * i, 100, 100 + 40 * i, 112), size=10)
        for i, text in enumerate(["We", "received", "117", "complaints", "in", "2014/15."])
    )
    reading = extract([Page(number=1, width=595, height=842, words=words)], pdf=b"", file_name="a.pdf")
    assert [(f.evidence.readings, f.evidence.agreement) for f in reading.figures] == [((), None)]
    assert "read_once" not in {p.code for p in reading.problems}
