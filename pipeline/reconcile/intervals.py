"""What a printed number stands for: an interval of exact numbers, and arithmetic on such intervals.

A rounded number stands for every value that would be printed so: [v - half a unit of its last digit, v + the same], both ends
included, because people round a half up, down and to the even digit. This is the rule of XBRL Calculations 1.1 (XBRL
International, 2023). Counts and money in pounds and pence are exact.
"""

import math
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from schemas.figures import Figure, Qualifier, Statistic

_ROUNDED_STATISTICS = ("percent_of", "percent_change", "rate", "mean", "median")
_ROUNDED_UNITS = ("percent", "percentage_points")

# “About 200” is taken to be within a tenth of it; “over 200” to be no more than ten times as much: further out no one writes it.
_ABOUT = Fraction(1, 10)
_AT_LEAST = 10


class Printed(NamedTuple):
    """All of a figure that arithmetic looks at: equal to that of another figure that is printed alike."""

    value: Decimal | None
    statistic: Statistic
    unit: str
    decimals: int
    qualifier: Qualifier


Quantity = Figure | Printed


def printed(figure: Figure) -> Printed:
    """What arithmetic looks at of a figure."""
    return Printed(figure.value, figure.statistic, figure.unit, figure.decimals, figure.qualifier)


@dataclass(frozen=True, slots=True)
class Interval:
    """All numbers from `low` to `high`, both included. One exact number is one object twice, which makes its arithmetic four times as fast."""

    low: Fraction
    high: Fraction

    def __post_init__(self) -> None:
        if self.low is not self.high and self.low > self.high:
            raise ValueError(f"an interval ends before it begins: {self.low} to {self.high}")

    def __add__(self, other: "Interval") -> "Interval":
        if self.low is self.high and other.low is other.high:
            return _point(self.low + other.low)
        return Interval(self.low + other.low, self.high + other.high)

    def __sub__(self, other: "Interval") -> "Interval":
        if self.low is self.high and other.low is other.high:
            return _point(self.low - other.low)
        return Interval(self.low - other.high, self.high - other.low)

    def __mul__(self, other: "Interval") -> "Interval":
        if self.low is self.high and other.low is other.high:
            return _point(self.low * other.low)
        if self.low is self.high and self.low > 0:
            return Interval(self.low * other.low, self.low * other.high)
        ends = (self.low * other.low, self.low * other.high, self.high * other.low, self.high * other.high)
        return Interval(min(ends), max(ends))

    def __truediv__(self, other: "Interval") -> "Interval":
        if other.holds(Fraction(0)):
            raise ZeroDivisionError("the divisor may be zero")
        if other.low is other.high:
            return self * _point(1 / other.low) if self.low is self.high else _point(1 / other.low) * self
        return self * Interval(1 / other.high, 1 / other.low)

    def __neg__(self) -> "Interval":
        return Interval(-self.high, -self.low)

    def holds(self, number: Fraction) -> bool:
        """Whether `number` lies within."""
        return self.low <= number <= self.high

    def meets(self, other: "Interval") -> bool:
        """Whether the two have a number in common."""
        return self.low <= other.high and other.low <= self.high

    def within(self, other: "Interval") -> "Interval | None":
        """The numbers that both have, or None."""
        return Interval(max(self.low, other.low), min(self.high, other.high)) if self.meets(other) else None


def exactly(number: int | Decimal | Fraction) -> Interval:
    """One number."""
    return _point(Fraction(number))


def _point(number: Fraction) -> Interval:
    return Interval(number, number)


def stated(figure: Quantity) -> Interval | None:
    """The values that the print of `figure` can stand for; None when it has no value."""
    if figure.value is None:
        return None
    value = Fraction(figure.value)
    if figure.qualifier == "exact" and not is_rounded(figure):
        return _point(value)
    half = unit_of(figure) / 2 if is_rounded(figure) else Fraction(0)
    if figure.qualifier == "at_least":
        near, far = value, value * _AT_LEAST
    elif figure.qualifier == "at_most":
        near, far = Fraction(0), value
    elif figure.qualifier == "about":
        slack = max(abs(value) * _ABOUT, last_digit_unit(figure.value) / 2)
        near, far = value - slack, value + slack
    else:
        near, far = value, value
    return Interval(min(near, far) - half, max(near, far) + half)


def is_rounded(figure: Quantity) -> bool:
    """Whether the print of `figure` stands for more than one value. A sum of money without its pence is rounded to the pound."""
    if figure.statistic in _ROUNDED_STATISTICS or figure.unit in _ROUNDED_UNITS or figure.unit.startswith("per_"):
        return True
    return figure.decimals < 2 if figure.unit == "GBP" else figure.decimals != 0


def unit_of(figure: Quantity) -> Fraction:
    """One in the last printed place: 0.1 for 13.0. Fewer than no decimals are thousands and millions (“£1.2m” has -5)."""
    return _power_of_ten(-figure.decimals)


@cache
def _power_of_ten(exponent: int) -> Fraction:
    return Fraction(10) ** exponent


def last_digit_unit(value: Decimal) -> Fraction:
    """One in the place of the last digit that is not nought: 100 for 4200."""
    return Fraction(10) ** int(value.normalize().as_tuple().exponent) if value else Fraction(1)


def integers_in(interval: Interval, step: Fraction = Fraction(1)) -> int:
    """How many multiples of `step` lie in `interval`."""
    if step == 1:
        return max(0, math.floor(interval.high) - math.ceil(interval.low) + 1)
    return max(0, math.floor(interval.high / step) - math.ceil(interval.low / step) + 1)
