"""How much a relation that holds proves: the probability that it would fail if one of its figures were any other number.

For a percentage of a whole whose part is not given this is the GRIM test (Brown and Heathers 2017, "The GRIM Test", Social
Psychological and Personality Science 8(4)): of the 10^(d+2) percentages with d decimals at most n can come from n cases, so that
min(1, n/10^(d+2)) of random ones pass. For the other relations the numbers that would pass are counted among all numbers of the
figure's size: 0 to 100 for a share, up to twice the figure for a count, down to its negative for what may be negative.
"""

from fractions import Fraction
from functools import lru_cache

from pipeline.reconcile.intervals import Interval, Quantity, integers_in, unit_of
from schemas.figures import Statistic

_NO_POWER = Fraction(0)
_CERTAIN = Fraction(1)


def grim_power(whole: int, decimals: int) -> Fraction:
    """The power of asking whether a percentage with `decimals` is possible for `whole` cases."""
    return 1 - min(Fraction(1), Fraction(whole) / Fraction(10) ** (decimals + 2))


def power(figure: Quantity, own: Interval, implied: Interval | None) -> Fraction:
    """The probability that a random number in the place of `figure`, which is printed as `own`, would not agree with what the others say it is."""
    if implied is None or figure.value is None:
        return _NO_POWER
    value = Fraction(figure.value)
    if own.low is own.high:
        agreeing = implied
    else:
        agreeing = Interval(implied.low - (own.high - value), implied.high + (value - own.low))
    step = unit_of(figure)
    possible, number = _possible(figure.statistic, abs(value), step)
    common = agreeing.within(possible)
    return 1 - Fraction(integers_in(common, step), number) if common else _CERTAIN


@lru_cache(maxsize=10_000)
def _possible(statistic: Statistic, size: Fraction, step: Fraction) -> tuple[Interval, int]:
    """Numbers that could as well stand in the place of a figure of this size, and how many they are."""
    if statistic == "percent_of":
        span = Interval(Fraction(0), max(Fraction(100), size))
    elif statistic == "percent_change":
        span = Interval(-max(Fraction(100), size), max(Fraction(100), size))
    elif statistic == "change":
        span = Interval(-2 * size, 2 * size)
    else:
        span = Interval(Fraction(0), 2 * size)
    return span, integers_in(span, step)
