"""Rounding intervals and the arithmetic on them, held against brute force."""

from decimal import ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.reconcile.equations import solve, solve_all
from pipeline.reconcile.intervals import Interval, exactly, integers_in, last_digit_unit, stated
from schemas.figures import Figure, Qualifier
from schemas.relations import RelationKind
from tests.pipeline.reconcile.build import figure


def span(of: Figure) -> tuple[Fraction, Fraction]:
    interval = stated(of)
    assert interval is not None
    return interval.low, interval.high


@pytest.mark.parametrize(
    ("of", "low", "high"),
    [
        (figure("a", "117"), "117", "117"),
        (figure("a", "7", "percent_of"), "6.5", "7.5"),
        (figure("a", "13.0", "percent_of"), "12.95", "13.05"),
        (figure("a", "-2.6", "percent_change"), "-2.65", "-2.55"),
        (figure("a", "31.5", unit="fte"), "31.45", "31.55"),
        (figure("a", "350", "amount"), "349.5", "350.5"),
        (figure("a", "350.25", "amount"), "350.25", "350.25"),
        (figure("a", "1200000", "amount", decimals=-5), "1150000", "1250000"),
    ],
)
def test_what_a_number_stands_for(of: Figure, low: str, high: str) -> None:
    assert span(of) == (Fraction(low), Fraction(high))


@pytest.mark.parametrize(
    ("printed", "qualifier", "low", "high"),
    [
        ("200", "about", "150", "250"),
        ("117", "about", "105.3", "128.7"),
        ("500", "at_least", "500", "5000"),
        ("20", "at_most", "0", "20"),
    ],
)
def test_hedges_widen(printed: str, qualifier: Qualifier, low: str, high: str) -> None:
    assert span(figure("a", printed, qualifier=qualifier)) == (Fraction(low), Fraction(high))


def test_an_unreadable_number_stands_for_nothing() -> None:
    assert stated(figure("a", None)) is None


@pytest.mark.parametrize(("value", "unit"), [("4200", 100), ("0", 1), ("7", 1), ("0.50", Fraction(1, 10))])
def test_last_digit(value: str, unit: Fraction) -> None:
    assert last_digit_unit(Decimal(value)) == unit


def test_division_by_what_may_be_nought() -> None:
    with pytest.raises(ZeroDivisionError):
        exactly(1) / Interval(Fraction(-1), Fraction(1))


@given(
    part=st.integers(0, 400),
    whole=st.integers(1, 400),
    decimals=st.integers(0, 2),
    rounding=st.sampled_from([ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_HALF_DOWN]),
)
def test_a_rounded_share_always_holds(part: int, whole: int, decimals: int, rounding: str) -> None:
    percent = (Decimal(100 * part) / whole).quantize(Decimal(1).scaleb(-decimals), rounding=rounding)
    printed = stated(figure("p", str(percent), "percent_of"))
    implied = solve("share", ("part", "whole", "percent"), [exactly(part), exactly(whole), exactly(0)], 2)
    assert printed is not None and implied is not None
    assert implied.meets(printed)


@given(part=st.integers(0, 60), whole=st.integers(1, 60), tenths=st.integers(0, 1100))
def test_a_share_holds_only_if_it_is_half_a_unit_away_at_most(part: int, whole: int, tenths: int) -> None:
    percent = Decimal(tenths) / 10
    printed = stated(figure("p", f"{percent:.1f}", "percent_of"))
    implied = solve("share", ("part", "whole", "percent"), [exactly(part), exactly(whole), exactly(0)], 2)
    assert printed is not None and implied is not None
    assert implied.meets(printed) == (abs(Fraction(100 * part, whole) - Fraction(percent)) <= Fraction(1, 20))


small = st.integers(1, 30)


@given(a=small, b=small, widths=st.tuples(st.integers(0, 3), st.integers(0, 3)))
def test_interval_arithmetic_against_all_corners(a: int, b: int, widths: tuple[int, int]) -> None:
    one, other = Interval(Fraction(a), Fraction(a + widths[0])), Interval(Fraction(b), Fraction(b + widths[1]))
    ones, others = [[i.low, (i.low + i.high) / 2, i.high] for i in (one, other)]
    for found, every in (
        (one + other, [x + y for x in ones for y in others]),
        (one - other, [x - y for x in ones for y in others]),
        (one * other, [x * y for x in ones for y in others]),
        (one / other, [x / y for x in ones for y in others]),
    ):
        assert (found.low, found.high) == (min(every), max(every))


@given(low=st.fractions(-50, 50), width=st.fractions(0, 20))
def test_integers_in_against_counting(low: Fraction, width: Fraction) -> None:
    interval = Interval(low, low + width)
    assert integers_in(interval) == sum(interval.holds(Fraction(n)) for n in range(-60, 80))


KINDS: list[tuple[RelationKind, tuple[str, ...]]] = [
    ("share", ("part", "whole", "percent")),
    ("percent_change", ("current", "prior", "percent")),
    ("change", ("current", "prior", "difference")),
    ("sum", ("whole", "part", "part")),
]


@given(kind=st.sampled_from(KINDS), first=small, second=small)
def test_every_figure_of_an_equation_leads_back_to_itself(
    kind: tuple[RelationKind, tuple[str, ...]], first: int, second: int
) -> None:
    name, roles = kind
    result = {"sum": 0}.get(name, 2)
    values = [exactly(first), exactly(second), exactly(0)] if result else [exactly(0), exactly(first), exactly(second)]
    implied = solve(name, roles, values, result)
    assert implied is not None
    values[result] = implied
    assert all(solve(name, roles, values, i) == values[i] for i in range(3))


@given(kind=st.sampled_from(KINDS), spans=st.lists(st.tuples(small, small), min_size=3, max_size=3))
def test_all_at_once_is_one_by_one(kind: tuple[RelationKind, tuple[str, ...]], spans: list[tuple[int, int]]) -> None:
    name, roles = kind
    values = [Interval(Fraction(min(s)), Fraction(max(s))) for s in spans]
    assert solve_all(name, roles, values) == [solve(name, roles, values, i) for i in range(3)]
