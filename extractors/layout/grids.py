"""The grid of a table: where its rules are, and where they are missing."""

from collections.abc import Sequence
from dataclasses import dataclass

from schemas.pages import BBox

NEAR = 2.5  # points: rules this close are one, and rules this far from touching still touch


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Positions of the rules of one table in points, and the rules by direction."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    across: tuple[BBox, ...]
    down: tuple[BBox, ...]

    @property
    def bbox(self) -> BBox:
        """The outer edge of the grid."""
        return BBox(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])


def touch(one: BBox, other: BBox) -> bool:
    """Whether two rules cross, or one ends at the other or goes on from it."""
    return (
        one.x0 - NEAR <= other.x1
        and other.x0 <= one.x1 + NEAR
        and one.top - NEAR <= other.bottom
        and other.top <= one.bottom + NEAR
    )


def open_borders(
    places: Sequence[float], bands: Sequence[float], rules: Sequence[tuple[float, float, float]]
) -> set[tuple[int, int]]:
    """Inner borders (number of the place, number of the band) that no rule covers by half or more.

    `rules` are (twice the position, start, end) along the bands.
    """
    opened = set()
    for p in range(1, len(places) - 1):
        near = [(start, end) for twice, start, end in rules if abs(twice / 2 - places[p]) <= NEAR + 0.5]
        for b in range(len(bands) - 1):
            low, high = bands[b], bands[b + 1]
            covered = sum(max(0.0, min(high, end) - max(low, start)) for start, end in near)
            if covered < 0.5 * (high - low):
                opened.add((p, b))
    return opened
