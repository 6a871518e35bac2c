"""Where lines of print are on a page: the strips of the image that are read one by one.

Tesseract's own analysis of a page loses lone digits in tables and reads across columns. Strips found here leave it nothing to
analyse: pieces of ink that stand beside each other, nearer than columns do, are one strip. A strip may be a part of a line.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.reading.ocr.pale import pale_letters
from extractors.reading.ocr.pieces import pieces_of
from extractors.reading.ocr.raster import Image, as_image
from schemas.pages import BBox

Boxes = NDArray[np.int64]  # n × 4: left, top, right, bottom

# In heights of small letters: how high a letter may be, how far apart letters of one strip, how near a stop or comma is.
_LOWEST, _LOW, _HIGHEST, _WIDEST = 0.75, 0.48, 6.5, 60.0
_APART = 1.7
_NEAR, _TOUCHING = 0.9, 0.62
# Letters nearer to a standing line than this may be halves of a word that something drew through.
_AT_WALL = 0.2
# How far above or below it they may be: a stop or comma, and a stroke, which may be the foot of a broken digit.
_ALOFT, _FOOT = 0.36, 0.7
# In heights of small letters: what a broken letter parts is no farther apart; and the share of the lower of two that is level with the other.
_SPLIT, _BESIDE = 0.8, 0.5
# How near to each other the pieces of a sign are that fell apart, and its least and greatest width and height.
_FALLEN, _SIGN = 0.4, ((0.5, 2.5), (0.6, 1.6))
# Stops, commas and dashes are at least this large; less is dust.
_DUST = 0.14
# The part of a letter's height, around its middle, in which it must meet its neighbour.
_MEETING = 0.6
# White kept above and below a strip.
_AROUND = 0.3
# A strip this many times higher than its letters has more than one line.
_TWO_LINES = 2.1
# A bullet: the share of its box that is ink, and its height in heights of letters.
_DISC, _BULLET = 0.7, (0.26, 1.15)
_BLUNT = 0.55
# A round blot leaves its corners white; heavy type is as black, but fills some ("M", "B", "n"): their size, and the share of ink in any.
_CORNER, _WHITE = 0.16, 0.3
# A dash that stands alone: heights of letters.
_DASH_WIDTH, _DASH_HEIGHT = (0.28, 2.6), 0.4
# So many dashes beside each other are a line; how far apart they are at most, and how level, in heights of letters.
_A_LINE, _TYPED, _LEVEL = 4, 1.3, 0.2
# The mean grey level of a dash, which is print.
_DARK = 118
# A stroke of a pen or the line of a chart, in heights of letters: as wide and as high at least, with this share of its box at most,
# and nothing beside it that is as high as a letter of its size would be.
_SPRAWLING, _SPARSE, _AS_HIGH = 1.8, 0.35, (0.6, 1.6)

# In heights of small letters: how near to a letter a black piece is one too, and by how much its top and foot may lie off the letter's.
_AS_NEAR, _AS_LEVEL = 0.25, 0.25


@dataclass(frozen=True, slots=True)
class Strip:
    """A piece of a line of print: the image to be read, whose corner lies at `left`, `top` of the page, in pixels.

    `one_line` is False when there seems to be more than one line on it.
    """

    image: Image
    left: int
    top: int
    one_line: bool = True


@dataclass(frozen=True, slots=True)
class Found:
    """The strips of a page, and signs that stand alone and need no reading: bullets, and dashes ("-" in a cell).

    `pale` is 255 where there are letters that are too pale to be ink, if there are any.
    """

    strips: tuple[Strip, ...]
    signs: tuple[tuple[str, BBox], ...]
    pale: Image | None = None


def find_strips(image: Image, ink: Image, letter_height: float, rules: Sequence[BBox] = ()) -> Found:
    """The strips of a page, from top to bottom. `ink` is the print without ruling lines, `rules` are these lines; standing ones part strips."""
    walls = [rule for rule in rules if rule.height > rule.width]
    labels, stats = pieces_of(ink)
    pale = pale_letters(ink, labels, stats, image, letter_height)
    if pale is not None:
        ink = as_image(cv2.bitwise_or(ink, pale))
        labels, stats = pieces_of(ink)
    left, top, across, down, area = (stats[:, column].astype(np.int64) for column in range(5))
    boxes = np.stack([left, top, left + across, top + down], axis=1)
    solid = area >= 0.08 * across * down
    tall, low = down >= _LOWEST * letter_height, down >= _LOW * letter_height
    # a comma is as high as small print, but not as wide
    letters = solid & (tall | (low & (across >= _LOW * letter_height))) & (down <= _HIGHEST * letter_height)
    letters &= across <= _WIDEST * letter_height
    large = np.maximum(across, down) >= _DUST * letter_height
    discs = (area >= _DISC * across * down) & (across <= 1.35 * down) & (down <= 1.35 * across)
    blots = discs & (down > _BULLET[1] * letter_height)  # holes for a file, dots of charts
    discs &= (down >= _BULLET[0] * letter_height) & ~blots
    for black in (blots, discs):
        black[black] = [_is_round(ink, boxes[piece]) for piece in np.flatnonzero(black)]
    blots[blots] = [
        not _stands_in_word(boxes, letters & ~blots, n, letter_height) for n in np.flatnonzero(blots).tolist()
    ]
    letters &= ~blots
    # a bullet of few pixels has no shape: what is too low for a letter and stands alone before a line is one
    blunt = (
        (area >= _BLUNT * across * down)
        & (across <= 1.6 * down)
        & (down <= 1.6 * across)
        & (down <= _LOWEST * letter_height)
    )
    small = solid & large & ~letters & ~tall & (across <= 8 * letter_height)
    letters[0] = small[0] = False
    pens = _pens(boxes, letters, area, letter_height)
    letters &= ~pens
    owner, groups = _grouped(boxes, np.flatnonzero(letters), letter_height, walls)
    # where nothing is as high as a letter there are pieces of letters: they belong to a strip that they stand in or beside
    whole = np.isin(owner, owner[letters & tall])
    if (letters & ~whole).any():
        letters, small = letters & whole, small | (letters & ~whole)
        owner, groups = _grouped(boxes, np.flatnonzero(letters), letter_height, walls)
    # a dash with a space on either side is left out by the reader at the end of a strip
    dashed = (across >= _DASH_WIDTH[0] * letter_height) & (across <= _DASH_WIDTH[1] * letter_height)
    dashed &= (down <= _DASH_HEIGHT * letter_height) & (across >= 1.8 * down) & (area >= 0.45 * across * down)
    marks, strokes = np.flatnonzero(small & ~dashed), np.flatnonzero(small & dashed)
    near = (_NEAR * letter_height, _ALOFT * letter_height)
    rest = _attach(boxes, marks, owner, groups, near)
    # what is left and high enough may be a broken digit, or a piece of a letter of small or thin print
    broken = np.array([n for n in rest if down[n] >= _LOW * letter_height and not discs[n]], np.int64)
    if len(broken):
        letters[broken] = True
        owner, groups = _grouped(boxes, np.flatnonzero(letters), letter_height, walls)
        rest = _attach(boxes, np.setdiff1d(marks, broken), owner, groups, near)
    rest += _attach(boxes, strokes, owner, groups, (_TOUCHING * letter_height, _FOOT * letter_height))
    fallen = list(_fallen(boxes, [n for n in rest if not discs[n] and not dashed[n]], groups, letter_height))
    for pieces in fallen:
        owner[pieces], letters[pieces] = len(groups) + 1, True
        groups = np.vstack([groups, [*boxes[pieces, :2].min(axis=0), *boxes[pieces, 2:].max(axis=0)]])
    owner, groups = _rejoined(boxes, owner, groups, letter_height, walls)
    dashes = [piece for piece in rest if dashed[piece] and _is_dark(image, boxes[piece])]
    bullets = [piece for piece in rest if discs[piece] and _heads_a_line(boxes[piece], groups, letter_height)]
    owner[pens] = -1
    strips = []
    for number, box in enumerate(groups, start=1):
        mine = np.flatnonzero((owner == number) & letters)
        if len(mine) == 1 and (discs[mine[0]] or blunt[mine[0]]) and _heads_a_line(box, groups, letter_height):
            bullets.append(int(mine[0]))
            continue
        usual = float(np.median(down[mine])) if len(mine) else letter_height
        strips.append(_cut(image, labels, owner, number, box, usual))
    points = [("•", _bbox(boxes[piece])) for piece in bullets]
    signs = (*_dashes([_bbox(boxes[piece]) for piece in dashes], letter_height), *points)
    return Found(tuple(sorted(strips, key=lambda s: (s.top, s.left))), signs, pale)


def _grouped(boxes: Boxes, pieces: Any, letter_height: float, walls: Sequence[BBox]) -> tuple[Any, Boxes]:
    """The group (from 1) of each of all boxes, 0 for those that are not among `pieces`; and the boxes of the groups."""
    owner = np.zeros(len(boxes), np.int64)
    if len(pieces) == 0:
        return owner, np.zeros((0, 4), np.int64)
    left, top, right, bottom = boxes[pieces].T
    high = bottom - top
    reach = (_APART * np.clip(high, letter_height, 3 * letter_height) / 2).astype(np.int64)
    inset = (high * (1 - _MEETING) / 2).astype(np.int64)
    meeting = np.stack([np.maximum(left - reach, 0), top + inset, right + reach, bottom - inset], axis=1)
    middle, touching = (top + bottom) / 2, _AT_WALL * letter_height
    for wall in walls:
        level = (middle > wall.top) & (middle < wall.bottom)
        before, behind = level & (wall.x0 - right > touching), level & (left - wall.x1 > touching)
        meeting[before, 2] = np.minimum(meeting[before, 2], int(wall.x0) - 1)
        meeting[behind, 0] = np.maximum(meeting[behind, 0], int(wall.x1) + 1)
    # what hangs together is the same where all rows and columns between two edges are one
    columns, rows = np.unique(meeting[:, [0, 2]]), np.unique(meeting[:, [1, 3]])
    lines = np.zeros((len(rows), len(columns)), np.uint8)
    x0, x1 = (np.searchsorted(columns, meeting[:, side]) for side in (0, 2))
    y0, y1 = (np.searchsorted(rows, meeting[:, side]) for side in (1, 3))
    for a, b, c, d in zip(x0.tolist(), y0.tolist(), x1.tolist(), y1.tolist(), strict=True):
        lines[b:d, a:c] = 255
    count, groups = cv2.connectedComponents(lines, connectivity=8)  # several times faster than 4
    owner[pieces] = groups[y0, x0]
    return owner, _around(boxes, owner, count - 1)


def _fallen(boxes: Boxes, pieces: Sequence[int], groups: Boxes, letter_height: float) -> Iterator[list[int]]:
    """Small pieces of ink that together are as large as a sign, and stand level with print: one that fell apart ("%" in thin type)."""
    left, top, right, bottom = groups.T
    middles, near = (top + bottom) / 2, _FALLEN * letter_height
    numbers = np.array(pieces, np.int64)
    edges, waiting = boxes[numbers], np.ones(len(numbers), bool)
    while waiting.any():
        places = [int(np.flatnonzero(waiting)[-1])]
        waiting[places] = False
        for place in places:
            x0, y0, x1, y1 = edges[place]
            beside = waiting & (np.maximum(edges[:, 0] - x1, x0 - edges[:, 2]) < near)
            beside &= np.maximum(edges[:, 1] - y1, y0 - edges[:, 3]) < near
            waiting &= ~beside
            places += np.flatnonzero(beside).tolist()
        found: list[int] = numbers[places].tolist()
        (x0, y0), (x1, y1) = boxes[found, :2].min(axis=0), boxes[found, 2:].max(axis=0)
        sizes = (
            low * letter_height <= side <= high * letter_height
            for side, (low, high) in zip((x1 - x0, y1 - y0), _SIGN, strict=True)
        )
        if len(found) > 1 and all(sizes) and (np.abs(middles - (y0 + y1) / 2) < _ALOFT * letter_height).any():
            yield found


def _rejoined(
    boxes: Boxes, owner: Any, groups: Boxes, letter_height: float, walls: Sequence[BBox]
) -> tuple[Any, Boxes]:
    """The groups, those made one that a broken letter parts: print that is near, at one height.

    A letter of which only the foot is left meets its neighbours no more.
    """
    if len(groups) == 0:
        return owner, groups
    left, top, right, bottom = groups.T
    high = bottom - top
    gap = left[None, :] - right[:, None]  # from the end of each to the beginning of each other
    common = np.minimum(bottom[:, None], bottom) - np.maximum(top[:, None], top)
    near = (np.abs(gap) < _SPLIT * letter_height) & (common >= _BESIDE * np.minimum(high[:, None], high))
    into = np.arange(len(groups) + 1)
    for one, other in zip(*np.nonzero(near & ~np.eye(len(groups), dtype=bool)), strict=True):
        parted = any(
            right[one] - 2 <= w.x0 <= left[other] + 2 and w.top < bottom[one] and w.bottom > top[one] for w in walls
        )
        if not parted:
            into[into == into[other + 1]] = into[one + 1]
    numbers, renumbered = np.unique(into, return_inverse=True)
    owner = renumbered[owner]
    return owner, _around(boxes, owner, len(numbers) - 1)


def _attach(boxes: Boxes, pieces: Any, owner: Any, groups: Boxes, reach: tuple[float, float]) -> list[int]:
    """Give stops, commas and dashes to the group that they stand in or near, in place; those that stand alone are given back.

    `reach` is how far beside the group their middle may be, and how far above or below it, in pixels.
    """
    if len(pieces) == 0 or len(groups) == 0:
        return [int(piece) for piece in pieces]
    across, down = ((boxes[pieces, side] + boxes[pieces, side + 2]) // 2 for side in (0, 1))
    order = np.argsort(down, kind="stable")
    pieces, across, down = pieces[order], across[order], down[order]
    for beside, aloft in ((int(reach[0]), int(reach[1])), (0, 0)):
        starts, ends = np.searchsorted(down, groups[:, 1] - aloft), np.searchsorted(down, groups[:, 3] + aloft)
        for number in np.flatnonzero(starts < ends):
            near = slice(starts[number], ends[number])
            inside = (across[near] >= groups[number, 0] - beside) & (across[near] < groups[number, 2] + beside)
            owner[pieces[near][inside]] = number + 1
    groups[:] = _around(boxes, owner, len(groups))
    return [int(piece) for piece in np.sort(pieces[owner[pieces] == 0])]


def _around(boxes: Boxes, owner: Any, count: int) -> Boxes:
    """The box of each group."""
    edges = np.empty((count + 1, 4), np.int64)
    edges[:, :2], edges[:, 2:] = 1 << 30, -1
    for column in range(4):
        (np.minimum if column < 2 else np.maximum).at(edges[:, column], owner, boxes[:, column])
    return edges[1:]


def _pens(boxes: Boxes, letters: Any, area: Any, letter_height: float) -> Any:
    """Which pieces of ink are strokes of a pen or lines of a chart and no letters, though some are as high."""
    left, top, right, bottom = boxes.T
    across, down = right - left, bottom - top
    least = _SPRAWLING * letter_height
    pens = letters & (np.minimum(across, down) >= least) & (area <= _SPARSE * across * down)
    for n in np.flatnonzero(pens):
        alike = letters & (down >= _AS_HIGH[0] * down[n]) & (down <= _AS_HIGH[1] * down[n])
        beside = (np.maximum(left - right[n], left[n] - right) <= down[n]) & (top < bottom[n]) & (bottom > top[n])
        alike[n] = False
        pens[n] = not (alike & beside).any()
    return pens


def _bbox(edges: Any) -> BBox:
    return BBox(*(float(edge) for edge in edges))


def _dashes(boxes: Sequence[BBox], letter_height: float) -> list[tuple[str, BBox]]:
    """Dashes, with those that make a line ("-----") as one word, as it was typed."""
    lines: list[list[BBox]] = []
    for box in sorted(boxes, key=lambda b: b.x0):
        last = next((line for line in lines if _goes_on(line[-1], box, letter_height)), None)
        if last is None:
            lines.append([box])
        else:
            last.append(box)
    whole = [line for line in lines if len(line) >= _A_LINE]
    single = [("-", box) for line in lines if len(line) < _A_LINE for box in line]
    return [*single, *(("-" * len(line), BBox.around(line)) for line in whole)]


def _goes_on(before: BBox, box: BBox, letter_height: float) -> bool:
    return (
        abs(before.middle - box.middle) < _LEVEL * letter_height
        and box.x0 - before.x1 < _TYPED * letter_height
        and box.x0 > before.x0
    )


def _is_round(ink: Image, box: Any) -> bool:
    """Whether a black piece is a disc and no heavy letter, by its four corners."""
    x0, y0, x1, y1 = (int(edge) for edge in box)
    part = ink[y0:y1, x0:x1]
    high, wide = (max(int(_CORNER * side), 1) for side in part.shape)
    corners = (part[:high, :wide], part[:high, -wide:], part[-high:, :wide], part[-high:, -wide:])
    return all(float(corner.mean()) <= 255 * _WHITE for corner in corners)


def _stands_in_word(boxes: Boxes, letters: Any, piece: int, letter_height: float) -> bool:
    """Whether a black piece stands as near to a letter of its height as letters of a word do: a bold "6" that has run full."""
    left, top, right, bottom = boxes.T
    gap = np.maximum(left - right[piece], left[piece] - right)
    level = np.abs(top - top[piece]) + np.abs(bottom - bottom[piece]) <= _AS_LEVEL * letter_height
    return bool((letters & level & (gap <= _AS_NEAR * letter_height)).any())


def _is_dark(image: Image, box: Any) -> bool:
    """Whether a dash is as dark as print, and no dust or piece of a faint line."""
    x0, y0, x1, y1 = (int(edge) for edge in box)
    return float(image[y0:y1, x0:x1].mean()) <= _DARK


def _heads_a_line(box: Any, groups: Boxes, letter_height: float) -> bool:
    """Whether a dot stands before a strip, at half its height."""
    middle = (box[1] + box[3]) / 2
    height = groups[:, 3] - groups[:, 1]
    level = (middle > groups[:, 1] + 0.25 * height) & (middle < groups[:, 3] - 0.25 * height)
    gap = groups[:, 0] - box[2]
    return bool((level & (gap > 0) & (gap < 6 * letter_height)).any())


def _cut(image: Image, labels: Any, owner: Any, group: int, box: Any, usual: float) -> Strip:
    """The image of one strip; print of its neighbours that reaches into it is made white."""
    x0, y0, x1, y1 = (int(edge) for edge in box)
    height, width = image.shape
    around, beside = int(_AROUND * usual) + 1, int(0.5 * usual) + 1
    left, top = max(x0 - beside, 0), max(y0 - around, 0)
    right, bottom = min(x1 + beside, width), min(y1 + around, height)
    part = image[top:bottom, left:right].copy()
    whose = owner[labels[top:bottom, left:right]]
    others = (whose != 0) & (whose != group)
    if others.any():
        part[cv2.dilate(others.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0] = 255
    edge = max(int(0.4 * usual), 4)
    framed = cv2.copyMakeBorder(part, edge, edge, edge, edge, cv2.BORDER_CONSTANT, value=(255,))
    return Strip(as_image(framed), left - edge, top - edge, y1 - y0 <= _TWO_LINES * max(usual * 1.2, 1))
