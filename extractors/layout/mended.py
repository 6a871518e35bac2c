"""Rules of a scan, which come in pieces and end short: joined, and completed where no print stands in their way."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from extractors.layout.grids import Grid
from schemas.pages import BBox, Rule, Word

SAME_LINE = 1.6  # points between pieces of one rule across it
GAP = 20.0  # points between them along it
LEAST_DRAWN = 0.3  # share of the height, or width, of a grid over which a rule must be there
INSIDE = 1.5  # points by which a word must reach over a rule to stand in its way


def joined(rules: Sequence[Rule]) -> list[Rule]:
    """The rules, pieces of one line as one rule."""
    level = [rule.bbox for rule in rules if rule.horizontal]
    upright = [_flipped(rule.bbox) for rule in rules if not rule.horizontal]
    boxes = [*_joined(level), *map(_flipped, _joined(upright))]
    return [Rule(bbox=box) for box in boxes]


def _flipped(box: BBox) -> BBox:
    """A box with across and down exchanged."""
    return BBox(box.top, box.x0, box.bottom, box.x1)


def _joined(level: Iterable[BBox]) -> Iterator[BBox]:
    lines: list[list[BBox]] = []
    for box in sorted(level, key=lambda b: b.middle):
        if lines and box.middle - lines[-1][-1].middle < SAME_LINE:
            lines[-1].append(box)
        else:
            lines.append([box])
    for line in lines:
        pieces = sorted(line, key=lambda b: b.x0)
        last = pieces[0]
        for piece in pieces[1:]:
            if piece.x0 - last.x1 <= GAP:
                last = BBox(last.x0, min(last.top, piece.top), max(last.x1, piece.x1), max(last.bottom, piece.bottom))
            else:
                yield last
                last = piece
        yield last


def completed(grid: Grid, words: Sequence[Word]) -> Grid:
    """The grid, rules drawn from one end to the other where they are there for a good part and no word stands across."""
    box = grid.bbox
    near = [w.bbox for w in words if box.top <= w.bbox.middle <= box.bottom and box.x0 <= w.bbox.x0 <= box.x1]
    across = list(_whole(grid.ys, grid.across, box, near))
    down = [
        _flipped(b)
        for b in _whole(grid.xs, [_flipped(b) for b in grid.down], _flipped(box), [_flipped(b) for b in near])
    ]
    return replace(grid, across=(*grid.across, *across), down=(*grid.down, *down)) if across or down else grid


def _whole(places: Sequence[float], level: Sequence[BBox], box: BBox, words: Sequence[BBox]) -> Iterator[BBox]:
    """Level rules over the whole of a box, at those places where part of one is drawn."""
    for place in places:
        drawn = sum(b.width for b in level if abs(b.middle - place) <= SAME_LINE)
        across = any(w.top < place - INSIDE and w.bottom > place + INSIDE for w in words)
        if LEAST_DRAWN * box.width <= drawn < 0.95 * box.width and not across:
            yield BBox(box.x0, place, box.x1, place)
