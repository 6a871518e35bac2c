"""Numbers and figures in plain words, for the messages of findings."""

import math
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from schemas.figures import Figure


def number_text(number: Fraction | Decimal, decimals: int) -> str:
    """`number` to `decimals` places, halves away from nought: "14.7", "-10.8", "256"."""
    scaled = abs(Fraction(number)) * 10 ** max(0, decimals)
    rounded = Decimal(math.floor(scaled + Fraction(1, 2))).scaleb(-max(0, decimals))
    return f"{-rounded if number < 0 and rounded else rounded:f}"


def value_text(figure: Figure) -> str:
    """The value as printed: "13.0%", "£1,250", "75"."""
    if figure.value is None:
        return f"“{figure.evidence.printed}”"
    text = number_text(figure.value, figure.decimals)
    if figure.unit in ("percent", "percentage_points"):
        return f"{text}%"
    return f"£{text}" if figure.unit == "GBP" else text


def subject_text(figure: Figure) -> str:
    """What is counted: "complaints (stage 1, child)"."""
    named = [f"stage {value}" if name == "stage" else value.replace("_", " ") for name, value in figure.dims]
    measure = figure.measure.replace("_", " ")
    return f"{measure} ({', '.join(named)})" if named else measure


def period_text(figure: Figure) -> str:
    """The period, with a word in front: "in 2014/15", "at 2015-03-31"."""
    if figure.period is None:
        return "in a period that is not named"
    return f"{'at' if figure.period.start is None else 'in'} {figure.period.code}"


def listed(texts: Iterable[str]) -> str:
    """Several as one: "7, 4 and 5"."""
    *first, last = texts
    return f"{', '.join(first)} and {last}" if first else last


def moved(number: Fraction | Decimal) -> str:
    """Whether a difference is a rise or a fall."""
    return "rise" if number > 0 else "fall"
