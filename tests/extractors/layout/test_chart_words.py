"""Heads of a table that a chart took go back to their row; words of charts stay."""

from dataclasses import replace

import pytest

from extractors.layout.chart_words import left_to_rows
from schemas.layout import Cell, Table
from schemas.pages import BBox, MappedText, Page, Word
from tests.extractors.layout.pages import page, typed

HEADS = "Outcome   No.    %   No.    %"


def chart(words: list[Word], labels: list[Word]) -> Table:
    """A chart with a head, if there is one, and labels."""
    texts = [(0, MappedText.join([(1, word) for word in words])), *((n, MappedText.join([(1, w)])) for n, w in enumerate(labels, start=1))]  # fmt: skip
    cells = tuple(Cell(row=row, col=0, text=text, bbox=BBox(0, 0, 9, 9)) for row, text in texts)
    return Table(page=1, bbox=BBox(60, 120, 400, 300), method="chart", cells=cells)


def scan(text: str, *, source: bool = True) -> Page:
    made = page([*typed(text), *typed("Upheld", top=200), *typed("Resolved", top=220)])
    return replace(made, source="ocr") if source else made


def left(text: str, at: int, *, label: bool = False, source: bool = True) -> tuple[list[list[str]], set[int]]:
    """The words of the charts and the numbers of those taken, where the word `at` was taken as a head or as a label."""
    made = scan(text, source=source)
    names = list(range(len(made.words) - 2, len(made.words)))
    head, own = ([], [at, *names]) if label else ([at], names)
    charts, taken = left_to_rows(
        made, [chart([made.words[n] for n in head], [made.words[n] for n in own])], {at, *names}
    )
    return [[c.text.text for c in one.cells] for one in charts], taken


def test_a_head_goes_back_to_its_row() -> None:
    assert left(HEADS, 3) == ([["", "Upheld", "Resolved"]], {5, 6})


def test_what_a_head_is_a_label_of_is_no_chart() -> None:
    assert left(HEADS, 3, label=True) == ([], set())


@pytest.mark.parametrize(
    ("text", "at", "source"),
    [
        ("Complaints by outcome No. of cases", 2, True),  # a word of a title
        ("Outcome   No.", 1, True),  # nothing behind it
        ("12   34   Others   56", 2, True),  # a label between values
        (HEADS, 3, False),  # born-digital
    ],
)
def test_other_words_of_a_chart_stay(text: str, at: int, source: bool) -> None:
    charts, taken = left(text, at, source=source)
    assert charts[0][0] == scan(text).words[at].text
    assert at in taken
