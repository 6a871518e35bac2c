"""Heads beside their columns, and columns that are what they are."""

from collections.abc import Callable, Sequence

import pytest

from extractors.layout.paired import with_heads_paired, with_shares_joined
from schemas.layout import Cell, Table
from schemas.pages import BBox, MappedText, Word

BOX = BBox(0, 0, 10, 10)


def rows(
    *texts: Sequence[str], confidence: float | None = 0.9, made: Callable[[Table], Table] = with_heads_paired
) -> list[list[str]]:
    """The rows of a table as it is then."""

    def text(cell: str) -> MappedText:
        return MappedText.join([(1, Word(text=part, bbox=BOX, confidence=confidence)) for part in cell.split()])

    cells = [Cell(row=r, col=c, text=text(cell), bbox=BOX) for r, row in enumerate(texts) for c, cell in enumerate(row)]
    done = made(Table(page=1, bbox=BOX, method="ruled", cells=tuple(cells)))
    return [[c.text.text for c in sorted(done.cells, key=lambda c: c.col) if c.row == row] for row in range(len(texts))]


PARTED = (["Source", "Q1", "", "Q2", ""], ["Parent", "", "9", "", "6"], ["Carer", "", "<5", "", "Nil"])


def test_heads_beside_their_columns_stand_over_them() -> None:
    assert rows(*PARTED) == [["Source", "Q1", "Q2"], ["Parent", "9", "6"], ["Carer", "<5", "Nil"]]


def test_other_columns_stay_beside_them() -> None:
    made = rows(*([*row, last] for row, last in zip(PARTED, ("Total", "15", "3"), strict=True)))
    assert made[1] == ["Parent", "9", "6", "15"]


@pytest.mark.parametrize(
    "texts",
    [
        (["Source", "Q1", ""], ["Parent", "", "9"], ["Carer", "", "8"]),  # one pair tells nothing
        (["Source", "Q1", "Q2"], ["Parent", "9", ""], ["Carer", "", "8"]),  # gaps among values
        (["Action", "Lead", "", "Progress", ""], ["Reply", "", "Manager", "", "Green"]),  # no numbers
        (["Source", "Q1", "", "Q2", "", ""], ["Parent", "", "9", "", "6", "7"]),  # a column without a head
    ],
)
def test_columns_with_gaps_stay(texts: Sequence[Sequence[str]]) -> None:
    assert rows(*texts) == [list(row) for row in texts]


def test_born_digital_columns_stay() -> None:
    assert rows(*PARTED, confidence=None) == [list(row) for row in PARTED]


SHARES = (["Source", "No. (%)", ""], ["Parent", "31", "(22.8%)"], ["Carer", "40", "629.4%)"], ["Total", "71", ""])


def test_shares_behind_their_numbers_are_one_column_with_them() -> None:
    made = rows(*SHARES, made=with_shares_joined)
    assert made == [["Source", "No. (%)"], ["Parent", "31 (22.8%)"], ["Carer", "40 629.4%)"], ["Total", "71"]]


@pytest.mark.parametrize(
    "texts",
    [
        (["Source", "No.", "%"], ["Parent", "31", "(22.8%)"], ["Carer", "40", "(29.4%)"]),  # heads of their own
        (["Source", "No. (%)", "Change"], ["Parent", "31 (4%)", "+2%"], ["Carer", "40 (6%)", "-1%"]),
        (["Source", "No. (%)", ""], ["Parent", "31 (4%)", "noted"], ["Carer", "40 (6%)", "checked"]),  # no shares
        (["Source", "No. (%)", ""], ["Parent", "31 (4%)", "12"], ["Carer", "40 (6%)", "14"]),  # counts
    ],
)
def test_other_columns_behind_stay(texts: Sequence[Sequence[str]]) -> None:
    assert rows(*texts, made=with_shares_joined) == [list(row) for row in texts]


def test_born_digital_shares_stay() -> None:
    assert rows(*SHARES, confidence=None, made=with_shares_joined) == [list(row) for row in SHARES]
