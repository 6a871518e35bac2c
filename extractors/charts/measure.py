"""Labels at their marks, and the values of marks without one."""

from collections.abc import Sequence
from decimal import Decimal
from math import ceil, floor, log10
from statistics import median

from extractors.charts.chart import Measured
from extractors.charts.marks import Label, Mark, View
from extractors.charts.scale import Scale
from schemas.pages import Word

# How far a label may stand from the end of its bar, in points.
FARTHEST = 16.0
# A label agrees with its mark if they differ by less than this share of the longest, or by this many points. Of what was read on a
# picture, where a digit may be another, less is let pass.
AGREES, AGREES_READ, AGREES_POINTS = 0.04, 0.02, 2.0
# Vector drawings are exact to this many points; print is not always centred on the ticks.
EXACT = 0.6


def label_marks(marks: Sequence[Mark], labels: Sequence[Label], view: View, scale: Scale | None) -> dict[int, Label]:
    """Which label stands at which mark (by number): the nearest, and the one that the axis bears out."""
    pairs = sorted(
        (cost, m, n)
        for m, mark in enumerate(marks)
        for n, label in enumerate(labels)
        if (cost := _cost(mark, label, view, scale)) is not None
    )
    found: dict[int, Label] = {}
    used: set[int] = set()
    for _, mark, label in pairs:
        if mark not in found and label not in used:
            found[mark] = labels[label]
            used.add(label)
    return found


def _cost(mark: Mark, label: Label, view: View, scale: Scale | None) -> float | None:
    """How badly a label stands at a mark; None where it is too far away."""
    start, end = view.along(label.bbox)
    low, high = view.up(label.bbox)
    aside = abs((start + end) / 2 - mark.centre)
    thick = mark.end - mark.start
    if aside > max(0.6 * thick, 5.0):
        return None
    beyond = low - mark.high
    if beyond > FARTHEST or high < mark.low - 1.5:
        return None
    away = max(beyond, 0.0) if low > mark.high - 5 else 2.0
    cost = aside / max(thick, 4.0) + away / FARTHEST
    if scale is not None and not (label.percent and not scale.percent):
        off = abs(scale.value(mark.high) - scale.value(mark.low) - float(label.value))
        off = min(off, abs(scale.value(mark.high) - float(label.value)))
        cost += 4.0 * min(1.0, off / max(scale.reach, 1e-9))
    return cost


def agreeing(marks: Sequence[Mark], labels: dict[int, Label], scale: Scale | None, share: float = AGREES) -> set[int]:
    """The marks whose labels say what their lengths say: by the scale, or else in proportion to each other.

    They may differ by this `share` of the longest.
    """
    lengths = {m: marks[m].high - marks[m].low for m in labels}
    longest = max(lengths.values(), default=0.0)
    values = {m: float(label.value) for m, label in labels.items()}

    def agree(rate: float, base: float) -> set[int]:
        allowed = max(share * longest, AGREES_POINTS) * abs(rate)
        # a bar that stands for nothing still has an outline
        return {m for m in labels if abs(base + lengths[m] * rate - values[m]) <= allowed}

    best: set[int] = set()
    if scale is not None:
        best = agree(scale.slope, 0.0)
        tops = {
            m
            for m in labels
            if abs(scale.value(marks[m].high) - values[m]) <= max(share * longest, AGREES_POINTS) * scale.slope
        }
        best = max(best, tops, key=len)
    rates = [values[m] / lengths[m] for m in labels if lengths[m] > 2 and values[m] > 0]
    if rates and len(best) < 0.7 * len(labels):
        best = max(best, agree(median(rates), 0.0), key=len)
    return best


def is_misread(label: Label, words: Sequence[Word]) -> bool:
    """Whether a label that its mark does not bear out may be a slip of OCR: what is printed is believed, what was read is not."""
    return any(words[n].confidence is not None for n in label.numbers)


def measure(low: float, high: float, scale: Scale, error: float = EXACT) -> Measured:
    """What reaches from `low` to `high` (places along the axis) is worth; `error` is how many points each may be off."""
    value = (high - low) * scale.slope
    return measured(value, error * abs(scale.slope), scale)


def measured(value: float, margin: float, scale: Scale) -> Measured:
    """A value known to within `margin`: a whole number where the axis counts."""
    margin = max(margin, 0.001 * scale.reach)
    unit = "%" if scale.percent else ""
    if scale.whole and not scale.percent and scale.reach >= 2:
        whole = Decimal(round(max(value, 0.0) if value > -margin else value))
        return Measured(
            value=whole, low=min(Decimal(ceil(value - margin)), whole), high=max(Decimal(floor(value + margin)), whole), unit=unit
        )  # fmt: skip
    places = max(0, min(3, -floor(log10(margin)) if margin < 1 else 0))
    step = Decimal(1).scaleb(-places)
    rounded = [Decimal(repr(v)).quantize(step) + 0 for v in (value, value - margin, value + margin)]
    return Measured(value=rounded[0], low=rounded[1], high=rounded[2], unit=unit)
