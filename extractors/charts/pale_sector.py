"""The sector of a pie that is nearly as pale as the paper of its picture: the others tell where it lies, and how large it is."""

from collections.abc import Iterator, Sequence
from math import atan2, cos, hypot, pi, sin

from schemas.pages import BBox, Shape

# In turns: between two sectors that are seen lies less than this; and so much of a pie may be unseen, less than of a gauge.
SEAM, MOST = 0.025, 0.4
# The share of the radius about the middle in which points do not tell a direction.
MIDDLE = 0.5
# Steps of a turn in which an arc is drawn.
STEPS = 120
WHITE = 0xFFFFFF


def unseen_sector(sectors: Sequence[Shape], pie: BBox) -> Iterator[Shape]:
    """The one sector that is missing from a pie in this box, drawn in white; none where none is missing, or more than one."""
    x, y = (pie.x0 + pie.x1) / 2, pie.middle
    across, down = pie.width / 2, pie.height / 2
    spans = sorted(span for sector in sectors if (span := _span(sector, x, y, across, down)) is not None)
    if not spans:
        return
    gaps: list[tuple[float, float]] = []
    reached = spans[0][1]
    for start, end in (*spans[1:], (spans[0][0] + 1, spans[0][1] + 1)):
        if start - reached > SEAM:
            gaps.append((reached, start))
        reached = max(reached, end)
    if len(gaps) != 1 or gaps[0][1] - gaps[0][0] > MOST:
        return
    start, end = gaps[0]
    turns = [start + (end - start) * step / STEPS for step in range(STEPS + 1)]
    rim = [(x + across * cos(2 * pi * turn), y + down * sin(2 * pi * turn)) for turn in turns]
    yield Shape(points=((x, y), *rim, (x, y)), fill=WHITE)


def _span(sector: Shape, x: float, y: float, across: float, down: float) -> tuple[float, float] | None:
    """Where a sector begins and ends (turns, clockwise from the right, the first from 0 to 1), by its points along the rim."""
    places = [((px - x) / across, (py - y) / down) for px, py in sector.points]
    turns = sorted({(atan2(py, px) / (2 * pi)) % 1 for px, py in places if hypot(px, py) > MIDDLE})
    if len(turns) < 2:
        return None
    # it begins behind the widest part of a turn in which it has no points
    gap, last = max(
        (following - turn, n) for n, (turn, following) in enumerate(zip(turns, (*turns[1:], turns[0] + 1), strict=True))
    )
    return (turns[(last + 1) % len(turns)], turns[(last + 1) % len(turns)] + 1 - gap)
