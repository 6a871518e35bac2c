"""Ruling lines of a scanned page: found in its print, taken out of the image for reading, and kept for the tables.

Long thin runs of ink are found by morphological opening; letters are neither so long nor so thin.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import cv2
import numpy as np

from extractors.reading.ocr.broken_lines import whole_lines
from extractors.reading.ocr.own_lines import own_pale_lines
from extractors.reading.ocr.pieces import Labels, pieces_of
from extractors.reading.ocr.raster import Image, as_image
from schemas.pages import BBox, Rule

# In heights of small letters: the shortest lying and standing line, and the thickest.
_LYING, _STANDING = 4.0, 2.4
_THICKNESS = 0.35
# Pixels that a line is made thicker by, so that it is whole.
_DRIFT = 3
# In heights of small letters: how far a line is followed where it is broken, and what is no longer worth it; the widest break in pixels.
_FARTHEST, _SHORTEST, _BREAK = 4.0, 0.6, 4
# Of all the length of lines, pale ones too, the dark ones of a page with dark lines have at least this share.
_DARK_LINES = 0.35
# Along a line there is paper: this many pixels, with at most this share of ink.
_BESIDE, _MOST_BESIDE = 3, 0.25
# Share of a filled box that is ink; the rest are the letters on it.
_FILLED = 0.6
# The least share of the box around a bar that it fills; a line of bold letters is no bar.
_ONE_PIECE = 0.5
# The narrowest piece of a bar that white lines part, in heights of small letters, and the least share of its box that it fills; the
# least length and height of the longest of its pieces, which no letter has.
_WIDE_PIECE, _SQUARE, _LONG, _LEAST_HIGH = 1.8, 0.85, 6.0, 1.3
# A filled box goes on beside what was found of it as far as its columns have this share of ink, if letters take so much of that.
_GOING_ON, _LETTERED = 0.25, 0.05
# Turned print that touches the lower edge of the head of a table opens a notch into it: up to so many heights of small letters wide and
# deep; what is less deep is an edge that is not level. Such a head is so high at least, and so much wider than high.
_NOTCH, _SHALLOW, _HIGH, _WIDER = 2.0, 0.4, 2.5, 3.0
# A hole over more than this share of the width and the height of what is filled is that of a letter.
_HOLE = 0.3
# Columns of a bar that have less than this share of its height are not its own.
_FULL = 0.8
# Pixels of the page in one of the coarse image; the width of what a box cut out of it may have left.
_COARSE, _EDGE = 4, 9
# Print on a dark ground is thinner than other print, as the ground runs into it: up to this grey level, turned over, it is ink.
_THIN = 170
# The grey level of a box that is as good as black.
_BLACK = 40


def find_own_rules(
    ink: Image, faint: Sequence[Image], letter_height: float, edges: Sequence[BBox] = ()
) -> tuple[tuple[BBox, ...], Image]:
    """The lines of a page itself as `find_rules` finds them, where those of the other side may show through (see `faint_print_of`).

    Pale lines are of the other side, unless the page has hardly any others, or they make a grid that keeps clear of its print: then
    they are its own. `edges` are those of filled boxes.
    """
    found = [find_rules(ink, each, letter_height) for each in faint]
    (boxes, mask), *pale = found
    image = faint[0]
    if pale:
        every, mask_of_all = pale[0]
        if _length(boxes) < _DARK_LINES * _length(every):
            boxes, mask, image = every, mask_of_all, faint[-1]
        else:
            own = own_pale_lines(
                _besides(boxes, every), (*boxes, *edges), print_without(ink, mask_of_all), letter_height
            )
            boxes, mask = (*boxes, *own), mask.copy()
            for box in own:
                place = (slice(int(box.top) - 1, int(box.bottom) + 2), slice(int(box.x0), int(box.x1)))
                mask[place] |= mask_of_all[place]
    whole, dashes = whole_lines(print_without(image, mask), boxes, edges, letter_height)
    return (*boxes, *whole), as_image(cv2.bitwise_or(mask, dashes))


def _length(lines: Sequence[BBox]) -> float:
    return sum(max(line.width, line.height) for line in lines)


def _besides(known: Sequence[BBox], lines: Sequence[BBox]) -> list[BBox]:
    """The lines that are none of those that are known."""

    def is_known(line: BBox) -> bool:
        x, y = (line.x0 + line.x1) / 2, line.middle
        return any(k.x0 - 2 <= x <= k.x1 + 2 and k.top - 2 <= y <= k.bottom + 2 for k in known)

    return [line for line in lines if not is_known(line)]


def find_rules(ink: Image, faint: Image, letter_height: float) -> tuple[tuple[BBox, ...], Image]:
    """Boxes of the lines in pixels, and a mask of their ink.

    Thin lines are whole only in `faint`, which has all that is darker than paper; thick ones have soft edges there, and are
    looked for in the `ink` that is left.
    """
    mask = np.zeros_like(ink)
    boxes: list[BBox] = []
    for image in (faint, ink):
        left = print_without(image, mask) if boxes else image
        for lying in (True, False):
            boxes += _lines(left, letter_height, mask, lying=lying)
    standing = [box for box in boxes if box.height > box.width]
    more = tuple(_going_on(ink, standing, letter_height)) if standing else ()
    for box in more:
        mask[int(box.top) : int(box.bottom), int(box.x0) : int(box.x1)] = 255
    return (*boxes, *more), mask


def _going_on(ink: Image, standing: Sequence[BBox], letter_height: float) -> Iterator[BBox]:
    """Where standing lines go on above and below, through the tint of a head in which they are too short to be found."""
    reach, shortest = round(_FARTHEST * letter_height), _SHORTEST * letter_height
    for box in standing:
        x0, x1, top, bottom = max(int(box.x0) - _DRIFT, 0), int(box.x1) + _DRIFT, int(box.top), int(box.bottom)
        below = _unbroken(ink[bottom : bottom + reach, x0:x1])
        above = _unbroken(ink[max(top - reach, 0) : top, x0:x1][::-1])
        for y, length in ((bottom, below), (top - above, above)):
            if length >= shortest and _alone(ink.T, y, x0, length, x1 - x0):
                yield BBox(float(x0), float(y), float(x1), float(y + length))


def _unbroken(strip: Image) -> int:
    """Over how many rows from the first there is ink, but for breaks."""
    inked = np.flatnonzero(strip.any(axis=1))
    ends = np.flatnonzero(np.diff(inked, prepend=-1) > _BREAK)
    kept = inked[: ends[0]] if len(ends) else inked
    return int(kept[-1]) + 1 if len(kept) else 0


def without_rules(image: Image, mask: Image) -> Image:
    """The image with the ink of the lines made white, with the grey at their edges."""
    if not mask.any():
        return image
    # what is taken out is 255 in the mask
    return as_image(cv2.bitwise_or(image, cv2.dilate(mask, np.ones((3, 3), np.uint8))))


def print_without(ink: Image, mask: Image) -> Image:
    """The print without the lines."""
    around = cv2.dilate(mask, np.ones((3, 3), np.uint8))
    cv2.bitwise_not(around, dst=around)
    return as_image(cv2.bitwise_and(ink, around, dst=around))


def find_fills(ink: Image, letter_height: float) -> tuple[tuple[BBox, ...], Image]:
    """Boxes filled with ink (the head of a table in white on black, the bars of a chart) in pixels, and a mask of them.

    They are looked for in a coarse image: what is solid over more than a stroke, with the letters in it filled up. On a page that
    is bent they are, too, so the mask and not the box says what is filled.
    """
    mask = np.zeros_like(ink)
    height, width = ink.shape
    rows, columns = height // _COARSE, width // _COARSE
    if not rows or not columns:
        return (), mask
    whole = ink[: rows * _COARSE, : columns * _COARSE]
    coarse = cv2.resize(whole, (columns, rows), interpolation=cv2.INTER_AREA)
    solid = as_image((coarse >= 220) * np.uint8(255))
    # odd sizes: OpenCV shifts what even ones open or close
    stroke, high, wide = (round(times * letter_height / _COARSE) | 1 for times in (0.6, 1.4, 3.0))
    solid = as_image(cv2.morphologyEx(solid, cv2.MORPH_OPEN, np.ones((stroke, stroke), np.uint8)))
    solid = as_image(cv2.morphologyEx(solid, cv2.MORPH_CLOSE, np.ones((high, wide), np.uint8)))
    _, _, stats, _ = cv2.connectedComponentsWithStats(solid, connectivity=4)
    found = []
    for x, y, w, h, _ in (stats[1:] * _COARSE).tolist():
        if min(w, h) < 1.3 * letter_height or max(w, h) < 2.5 * letter_height:
            continue
        x, w = _lengthened(ink, x, y, w, h)
        for whole in _outlined(ink[y : y + h, x : x + w], letter_height):
            left, above, across, down = cv2.boundingRect(whole)
            piece = whole[above : above + down, left : left + across]
            place = (slice(y + above, y + above + down), slice(x + left, x + left + across))
            if cv2.mean(ink[place], piece)[0] < 255 * _FILLED or _is_letter(ink[place], piece):
                continue
            if max(across, down) > 2 * min(across, down) or _has_corners(ink[place]):
                box = _edges(piece)
                found.append(box.moved(x + left, y + above))
                mask[place] |= _without_notches(piece, box, letter_height)
    return tuple(found), mask


def _lengthened(ink: Image, x: int, y: int, w: int, h: int) -> tuple[int, int]:
    """Where a filled box begins, and its width, with what letters part from it that stand close in little room."""
    inked = (ink[y : y + h] > 0).mean(axis=0)
    paper = np.flatnonzero(inked < _GOING_ON)
    before, after = paper[paper < x + w // 2], paper[paper >= x + w // 2]
    left, right = int(before[-1]) + 1 if len(before) else 0, int(after[0]) if len(after) else ink.shape[1]
    start = left if left < x and inked[left:x].mean() < 1 - _LETTERED else x
    end = right if right > x + w and inked[x + w : right].mean() < 1 - _LETTERED else x + w
    return start, end - start


def _is_letter(part: Image, whole: Image) -> bool:
    """Whether what is filled is a large letter: most of its width and height is one hole."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(as_image(cv2.bitwise_and(whole, cv2.bitwise_not(part))))
    height, width = part.shape
    return any(w > _HOLE * width and h > _HOLE * height for _, _, w, h, _ in stats[1:].tolist())


def _edges(whole: Image) -> BBox:
    """Where the edges of a bar usually lie. Columns that are much lower are of something that touches it."""
    heights = (whole > 0).sum(axis=0)
    columns = np.flatnonzero(heights >= _FULL * np.median(heights))
    above, below = (float(np.median(side[:, columns].argmax(axis=0))) for side in (whole, whole[::-1]))
    return BBox(float(columns[0]), above, float(columns[-1] + 1), whole.shape[0] - below)


def _without_notches(whole: Image, box: BBox, letter_height: float) -> Image:
    """What is filled, with the white turned print that touches its lower edge, where that begins; `box` is where the edges usually lie."""
    if box.height < _HIGH * letter_height or box.width < _WIDER * box.height:
        return whole
    most = round(_NOTCH * letter_height)
    # with paper at both sides, which else would count as filled
    framed = cv2.copyMakeBorder(whole, 0, 0, most, most, cv2.BORDER_CONSTANT, value=(0,))
    closed = as_image(cv2.morphologyEx(framed, cv2.MORPH_CLOSE, np.ones((1, most | 1), np.uint8)))
    notches = as_image(closed[:, most:-most] & ~whole)
    # beyond the edges is what only touches the box, as a letter above it
    notches[: int(box.top)] = 0
    notches[int(box.bottom) :] = 0
    if not notches.any():
        return whole
    labels, stats = pieces_of(notches)
    deep = stats[:, 3] > _SHALLOW * letter_height
    print_ = deep & (stats[:, 3] <= most) & (stats[:, 1] + stats[:, 3] >= int(box.bottom) - 1)
    deep[0] = print_[0] = False
    # a box with others is ragged: grain, heavy print, or bars of a chart
    return whole if (deep & ~print_).any() else as_image(whole | print_[labels] * np.uint8(255))


def _outlined(part: Image, letter_height: float) -> list[Image]:
    """What the outline of the largest piece of ink encloses, if that is most of the part, or a bar of which heavy print stands close.

    A bar that white lines part, as a head between its columns, is a box for each piece.
    """
    outlines = cv2.findContours(part, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)[0]
    largest = max(outlines, key=cv2.contourArea)
    _, _, across, down = cv2.boundingRect(largest)
    boxes = [outline for outline in outlines if _is_box(outline, down, letter_height)]
    if (
        across >= _LONG * letter_height
        and down >= _LEAST_HIGH * letter_height
        and _is_box(largest, down, letter_height)
    ):
        return [_drawn(part, one) for one in boxes]
    whole = _drawn(part, largest)
    return [whole] if float(whole.mean()) >= 255 * _ONE_PIECE else []


def _is_box(outline: Any, height: int, letter_height: float) -> bool:
    """Whether an outline is that of a box as high as the bar of which it is a piece, and wider than a letter."""
    _, _, across, down = cv2.boundingRect(outline)
    wide = across >= _WIDE_PIECE * letter_height and down >= _FULL * height
    return bool(wide and cv2.contourArea(outline) >= _SQUARE * across * down)


def _drawn(part: Image, outline: Any) -> Image:
    return as_image(cv2.drawContours(np.zeros_like(part), [outline], -1, (255,), cv2.FILLED))


def _has_corners(part: Image) -> bool:
    """Whether a box is filled up to its corners, as the hole of a file is not."""
    high, wide = max(part.shape[0] // 8, 2), max(part.shape[1] // 16, 2)
    corners = (part[:high, :wide], part[:high, -wide:], part[-high:, :wide], part[-high:, -wide:])
    return min(float(corner.mean()) for corner in corners) > 0.5 * 255


def turn_over(image: Image, ink: Image, fills: Image, boxes: Sequence[BBox] = ()) -> None:
    """Make what is filled white and what is white on it black, in place; `fills` is the mask of `find_fills`, and `boxes` its boxes.

    What is filled with a colour that is not dark is made as white as the paper, box by box. Black print on it, as copying leaves it
    of white print, stays black.
    """
    if not fills.any():
        return
    dark = fills
    for box in boxes:
        place = (slice(int(box.top), int(box.bottom)), slice(int(box.x0), int(box.x1)))
        inside = fills[place] > 0
        filled = inside & (ink[place] > 0)
        level = float(np.median(image[place][filled])) if filled.any() else 0.0
        if level <= _BLACK:
            continue
        own = image[place].astype(np.float32)
        if (inside & (own < level / 2)).sum() > (inside & (own > (level + 255) / 2)).sum():
            dark = dark.copy() if dark is fills else dark
            dark[place][inside] = 0
            image[place] = np.where(inside, np.clip(own * (255 / level), 0, 255).astype(np.uint8), image[place])
            ink[place] = np.where(inside, (image[place] < _THIN) * np.uint8(255), ink[place])
        else:
            lighter = np.clip((own - level) * (255 / (255 - level)), 0, 255)
            image[place] = np.where(inside, lighter.astype(np.uint8), image[place])
    cv2.bitwise_xor(image, dark, dst=image)
    cv2.bitwise_and(ink, cv2.bitwise_not(dark), dst=ink)
    cv2.bitwise_or(ink, cv2.bitwise_and(dark, cv2.threshold(image, _THIN, 255, cv2.THRESH_BINARY_INV)[1]), dst=ink)
    # the box is cut out coarsely: what is left of it around is its edge
    around = cv2.bitwise_xor(cv2.dilate(fills, np.ones((_EDGE, _EDGE), np.uint8)), fills)
    edge = cv2.bitwise_and(around, ink)
    cv2.bitwise_or(image, edge, dst=image)
    cv2.bitwise_xor(ink, edge, dst=ink)


def edges_of(fill: BBox) -> tuple[BBox, ...]:
    """The four edges of a filled box, as lines."""
    return (
        BBox(fill.x0, fill.top, fill.x1, fill.top),
        BBox(fill.x0, fill.bottom, fill.x1, fill.bottom),
        BBox(fill.x0, fill.top, fill.x0, fill.bottom),
        BBox(fill.x1, fill.top, fill.x1, fill.bottom),
    )


def as_rules(boxes: tuple[BBox, ...], scale: float) -> tuple[Rule, ...]:
    """Boxes in pixels as rules in points."""
    return tuple(Rule(bbox=BBox(*(round(edge / scale, 2) for edge in (b.x0, b.top, b.x1, b.bottom)))) for b in boxes)


def _lines(ink: Image, letter_height: float, mask: Image, *, lying: bool) -> list[BBox]:
    """Lines of one direction; their ink is put into the mask. Standing lines are found as lying ones of the image turned over its diagonal."""
    length = max(int((_LYING if lying else _STANDING) * letter_height), 30)
    # a line one pixel thin that drifts or has gaps of a pixel is whole in the image made thicker by one pixel each way
    thick = as_image(cv2.dilate(ink, np.ones((_DRIFT, _DRIFT), np.uint8)))
    # only the short image is really turned over: of the large ones it would take longer than the search
    shortened = _shortened(thick) if lying else as_image(cv2.transpose(_lowered(thick)))
    image, thick, mask = (ink, thick, mask) if lying else (ink.T, thick.T, mask.T)
    opened = cv2.morphologyEx(shortened, cv2.MORPH_OPEN, np.ones((1, max(length // _COARSE, 3) | 1), np.uint8))
    # a tinted head is no line, and the lines that run into it go on beyond it
    thickest = round(_thickest(letter_height))
    filled = cv2.morphologyEx(opened, cv2.MORPH_OPEN, np.ones((thickest + 1, 1), np.uint8))
    if filled.any():
        opened = cv2.bitwise_and(opened, cv2.bitwise_not(cv2.dilate(filled, np.ones((2 * thickest + 1, 1), np.uint8))))
    boxes: list[BBox] = []
    if opened.any():
        labels, stats = pieces_of(as_image(opened))
        for number, (left, y, across, h, area) in enumerate(stats.tolist()):
            x, w = left * _COARSE, across * _COARSE
            if number and w >= length and area / across <= _thickest(letter_height) and _alone(image, x, y, w, h):
                boxes.append(BBox(x, y + 1, x + w, y + h - 1) if lying else BBox(y + 1, x, y + h - 1, x + w))
                _mark(mask, thick, labels, number, left, y, across, h)
    return boxes


def _shortened(thick: Image) -> Image:
    """The image in a quarter of its length, with ink where all four pixels have it; at its end the last column counts for those that lack."""
    width = thick.shape[1]
    whole = cv2.copyMakeBorder(thick, 0, 0, 0, -width % _COARSE, cv2.BORDER_REPLICATE) if width % _COARSE else thick
    return as_image((as_image(whole).view(np.uint32) == 0xFFFFFFFF) * np.uint8(255))


def _lowered(thick: Image) -> Image:
    """The same in a quarter of its height."""
    height, width = thick.shape
    whole = cv2.copyMakeBorder(thick, 0, -height % _COARSE, 0, 0, cv2.BORDER_REPLICATE) if height % _COARSE else thick
    return as_image(np.bitwise_and.reduce(as_image(whole).reshape(-1, _COARSE, width), axis=1))


def _mark(mask: Image, thick: Image, labels: Labels, number: int, left: int, y: int, across: int, h: int) -> None:
    """Put the ink of one line, with what it runs on at its ends, into the mask. The line is a piece of the shortened image."""
    first, last = max(left - 1, 0), left + across + 1
    mine = as_image((labels[y : y + h, first:last] == number) * np.uint8(255))
    place = (slice(y, y + h), slice(first * _COARSE, last * _COARSE))
    long = np.repeat(mine, _COARSE, axis=1)[:, : thick[place].shape[1]]
    mask[place] |= as_image(cv2.dilate(long, np.ones((1, 2 * _COARSE + 1), np.uint8))) & thick[place]


def _thickest(letter_height: float) -> float:
    return max(_THICKNESS * letter_height, 4.0) + _DRIFT - 1


def _alone(image: Image, x: int, y: int, w: int, h: int) -> bool:
    """Whether there is mostly paper along both sides of a line, as there is not where letters have run together."""
    above = image[max(y - _BESIDE, 0) : max(y, 1), x : x + w]
    below = image[y + h : y + h + _BESIDE, x : x + w]
    return all(side.size == 0 or float(side.mean()) < 255 * _MOST_BESIDE for side in (above, below))
