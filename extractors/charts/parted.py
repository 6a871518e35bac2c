"""Bars that print on them parts in a picture: of a low bar little more is seen than what lies beside its label."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from extractors.charts.marks import Mark, clusters
from schemas.pages import BBox

# Pieces of one bar have print between them over less than this share of it.
GAP = 0.6
# More boxes are the cells of a table or a map, and take long to compare.
MOST = 400


def made_whole(boxes: Sequence[Mark], slack: float) -> list[Mark]:
    """The boxes, with level pieces of one colour side by side made one where together they are what other bars of the chart are.

    Edges may be `slack` points off.
    """
    whole = list(boxes)
    for one, other in _level_pairs(boxes, slack) if len(boxes) <= MOST else ():
        bar = _together(one, other, slack)
        if bar is not None and any(_is_like(bar, known, slack) for known in boxes if known not in (one, other)):
            whole = [*(box for box in whole if box not in (one, other)), bar]
    return whole


def _level_pairs(boxes: Sequence[Mark], slack: float) -> Iterator[tuple[Mark, Mark]]:
    """Boxes of one colour that begin and end at the same heights, each with the next from left to right."""
    for colour in dict.fromkeys(box.colour for box in boxes):
        own = [box for box in boxes if box.colour == colour]
        for feet in clusters(own, lambda m: m.low, slack, 0.0):
            for row in clusters(feet, lambda m: m.high, slack, 0.0):
                yield from pairwise(sorted(row, key=lambda m: m.start))


def _together(one: Mark, other: Mark, slack: float) -> Mark | None:
    """Two pieces as one bar; None where they are too far apart."""
    if not -slack < other.start - one.end < GAP * (other.end - one.start):
        return None
    low, high = min(one.low, other.low), max(one.high, other.high)
    return replace(one, end=other.end, low=low, high=high, bbox=BBox.around((one.bbox, other.bbox)))


def _is_like(bar: Mark, known: Mark, slack: float) -> bool:
    """Whether a box is another bar of the chart: above or below this one from edge to edge, or on one line with it and as thick."""
    edges = abs(known.start - bar.start) < slack and abs(known.end - bar.end) < slack
    touching = abs(known.low - bar.high) < slack or abs(known.high - bar.low) < slack
    as_thick = abs((known.end - known.start) - (bar.end - bar.start)) < slack and abs(known.low - bar.low) < slack
    return (edges and touching) or as_thick
