"""Which numbers one slip of the keys turns into each other."""

from decimal import Decimal

import pytest

from extractors.figures.misprints import slips_into


@pytest.mark.parametrize(
    ("meant", "printed", "decimals", "expected"),
    [
        ("28.1", "82.1", 1, True),
        ("21", "12", 0, True),
        ("18", "1", 0, True),
        ("36", "336", 0, True),
        ("3.6", "33.6", 1, True),
        ("28", "28", 0, False),
        ("28", "31", 0, False),
        ("123", "321", 0, False),
        ("128", "1", 0, False),
    ],
)
def test_one_slip(meant: str, printed: str, decimals: int, expected: bool) -> None:
    assert slips_into(Decimal(meant), Decimal(printed), decimals) is expected
