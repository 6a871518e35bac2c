"""Thin pale lines that scanning in black and white broke into dashes, put together again.

A pale line that is a little askew is dark enough for print only where it runs along the middle of a row of pixels; what is left are dashes
with gaps between them. They are told from dashes in print by what stands at their height: print has letters there, a line has hardly any.
"""

from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from extractors.reading.ocr.pieces import Labels, Stats, pieces_of
from extractors.reading.ocr.raster import Image
from schemas.pages import BBox

# In heights of small letters: the shortest dash, the least length of the pieces that show a line, the thickest; how far pieces of
# one line may be apart, and how far off its height; how far from the next line of a table.
_SHORTEST, _SHOWING, _THICK, _APART, _OFF, _ROW = 0.3, 1.0, 0.22, 30.0, 0.2, 8.0
# Pixels that a line drifts up or down.
_DRIFT = 2
# So many times as long as it is thick is a dash; so many pieces show a line, and so many where others of the page are broken too.
_LONG, _FEWEST, _FEWER = 3, 3, 2
# Of the length of the pieces, what else may stand at their height; of that of the line, what they take at least.
_ELSE, _DRAWN = 0.2, 0.15
# Of the length of a piece, the least gap behind it, and by how much pieces and gaps of a line without dashes differ.
_GAP, _ALIKE = 0.3, 0.2


def whole_lines(
    ink: Image, lines: Sequence[BBox], edges: Sequence[BBox], letter_height: float
) -> tuple[list[BBox], Image]:
    """Level lines (boxes in pixels) that dashes make up, with those of `lines` that are pieces of them; and a mask of the dashes.

    They run as far as the lines and `edges` next to them. `ink` is 255 where there is print, without the ink of `lines`.
    """
    labels, stats = pieces_of(ink)
    thick = max(_THICK * letter_height, 4.0)
    dashes = _dashes(stats, letter_height, thick)
    level = [line for line in lines if line.height <= thick < line.width]
    found = [run for run in _runs([*dashes, *level], letter_height) if _is_line(ink, run, dashes, letter_height)]
    boxes = [BBox.around(run) for run in found]
    if boxes:
        taken = {piece for run in found for piece in run}
        rest = _runs([dash for dash in dashes if dash not in taken], letter_height)
        boxes += [BBox.around(run) for run in rest if _is_rest(ink, run, boxes, letter_height)]
    whole = _lengthened(boxes, [box for box in (*level, *edges) if box.width > box.height], letter_height)
    return whole, _on(whole, labels, stats, thick)


def _dashes(stats: Stats, letter_height: float, thick: float) -> list[BBox]:
    """The boxes of thin level pieces."""
    left, top, across, down, area = stats.T
    thin = (area > 0) & (down <= thick) & (across >= _SHORTEST * letter_height) & (across >= _LONG * down)
    edges = np.stack([left, top, left + across, top + down], axis=1)[thin].astype(float)
    return [BBox(*box) for box in edges.tolist()]


def _on(lines: Sequence[BBox], labels: Labels, stats: Stats, thick: float) -> Image:
    """255 where there are pieces that lie on a line, 0 elsewhere."""
    left, top, across, down, area = stats.T
    mask: Image = np.zeros(labels.shape, np.uint8)
    for line in lines:
        on = (area > 0) & (top >= line.top - _DRIFT) & (top + down <= line.bottom + _DRIFT) & (down <= thick)
        on &= (left < line.x1) & (left + across > line.x0)
        rows = slice(max(int(line.top) - _DRIFT, 0), int(line.bottom) + _DRIFT)
        mask[rows][on[labels[rows]]] = 255
    return mask


def _runs(pieces: Sequence[BBox], letter_height: float) -> Iterator[list[BBox]]:
    """Pieces that stand at one height and follow each other."""
    levels: list[list[BBox]] = [[]]
    for piece in sorted(pieces, key=lambda box: box.middle):
        if levels[-1] and piece.middle - levels[-1][-1].middle > _OFF * letter_height:
            levels.append([])
        levels[-1].append(piece)
    for level in filter(None, levels):
        ordered = sorted(level, key=lambda box: box.x0)
        ends = [n + 1 for n, (a, b) in enumerate(pairwise(ordered)) if b.x0 - a.x1 > _APART * letter_height]
        for start, end in pairwise([0, *ends, len(ordered)]):
            yield ordered[start:end]


def _is_line(ink: Image, run: Sequence[BBox], dashes: Container[BBox], letter_height: float) -> bool:
    """Whether pieces are one line: enough of it is there, it is broken regularly, and there is hardly anything else at its height."""
    showing = [piece for piece in run if piece.width >= _SHOWING * letter_height]
    drawn = sum(piece.width for piece in run)
    if len(showing) < _FEWEST or drawn < _DRAWN * BBox.around(run).width:
        return False
    return (any(piece in dashes for piece in run) or _is_regular(run)) and _beside(ink, run) <= _ELSE * drawn


def _is_regular(run: Sequence[BBox]) -> bool:
    """Whether long pieces are as far from each other, with gaps that show; the first and the last piece may be cut short."""
    gaps = [after.x0 - before.x1 for before, after in pairwise(run)]
    longest = max(piece.width for piece in run)
    return min(gaps) >= _GAP * longest and max(gaps) - min(gaps) <= _ALIKE * (longest + max(gaps))


def _is_rest(ink: Image, run: Sequence[BBox], lines: Sequence[BBox], letter_height: float) -> bool:
    """Whether dashes are what is left of a line next to other broken ones: there is hardly anything else at their height."""
    box = BBox.around(run)
    near = any(
        abs(line.middle - box.middle) < _ROW * letter_height and line.x0 < box.x1 and box.x0 < line.x1 for line in lines
    )
    return near and len(run) >= _FEWER and _beside(ink, run) <= _ELSE * sum(piece.width for piece in run)


def _beside(ink: Image, run: Sequence[BBox]) -> int:
    """Over how many columns, from the left edge of the page to the end of a line, there is other print at its height."""
    box = BBox.around(run)
    there = np.asarray((ink[int(box.top) : int(box.bottom) + 1, : int(box.x1)] > 0).any(axis=0))
    for piece in run:
        there[max(int(piece.x0) - 2, 0) : int(piece.x1) + 3] = False
    return int(np.count_nonzero(there))


def _lengthened(boxes: Sequence[BBox], others: Sequence[BBox], letter_height: float) -> list[BBox]:
    """Lines, each as long as the nearest above and below that it stands under or over, if that is longer."""
    made = sorted(boxes, key=lambda box: box.middle)
    for side in (-1, 1):
        for n in range(len(made))[::-side]:
            box = made[n]
            near = [o for o in (*made, *others) if 0 < side * (o.middle - box.middle) < _ROW * letter_height]
            near = [o for o in near if o.x0 <= box.x0 + letter_height and o.x1 >= box.x1 - letter_height]
            if near:
                nearest = min(near, key=lambda o: abs(o.middle - box.middle))
                made[n] = replace(box, x0=min(box.x0, nearest.x0), x1=max(box.x1, nearest.x1))
    return made
