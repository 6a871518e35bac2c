"""A page image made ready for reading: evenly lit, without borders, upright, straight, with letters of a good size.

Steps are functions from image to image; what they did to the geometry is one matrix (3 × 3, pixels of the prepared image to
pixels of the image that came in).
"""

from dataclasses import dataclass
from math import sqrt
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.reading.ocr.pieces import pieces_of
from extractors.reading.ocr.raster import MOST_PIXELS, Image, as_image, lightest_blocks
from extractors.reading.ocr.sheet import laid_flat
from extractors.reading.ocr.turning import Letters, Turning, find_turning

Matrix = NDArray[np.float64]

# Paper darker than this is not paper but a filled box, and is not made white.
_DARKEST_PAPER = 110
# Blocks of pixels whose lightest stands for the paper; so many of them around a block are the paper that a filled box lies on, and
# what is darker than this share of that is such a box.
_BLOCK, _AROUND, _FILLED = 8, 63, 0.68
# What hangs together with such a box is of it up to this share, where so much of it all is darker; what lies between two, up to that.
_ABOUT, _SEEDS, _NEARLY = 0.75, 0.2, 0.82
# So much of a page is not lighter than its paper: what boxes lie on that are larger.
_PAPER = 0.75
# What is paler than that, and darker than this share of the paper, is a tint; a block and those next to it.
_TINTED, _NEXT = 0.92, np.ones((3, 3), np.uint8)
# The same of a tint that is only a block or two high, as the head of a table is on a coarse page, and the blocks that it is wide at least.
_LOW_TINT, _WIDE = 0.85, np.ones((1, 7), np.uint8)
# The usual grey level of a page that is dark all over, and the share of it that may be one piece of white.
_DARK_GROUND, _LARGEST_LETTER = 110, 0.1
# When paper has been made white and ink black, blocks whose lightest point is darker than this are tinted; so many make a tint.
_TINT, _WIDE_TINT = 215, 5
# Every second row tells the grey levels of a page as well as all of them.
_EVERY = 2
# Print without contrast to the paper (grey levels after evening out) is none.
_LEAST_CONTRAST = 40
# A block whose lightest point is darker than this, what is left of boxes that are no paper, has none; so much of what is dark may be such blocks before they tell nothing of print.
_NO_PAPER, _FILLS = 173, 0.2
# The share of ink that is made all black, and how far from the threshold to the paper everything lighter is made white.
_INK, _WHITE = 0.3, 0.75
# Grey levels under this are no paper, after evening out.
_FAINT = 235
# Faint print at some distance (heights of small letters) from any ink shows through from the other side where there is so much of it: the
# least size of its pieces, their number, and their area as a share of the ink. Nearly all of it is lighter than this part of it.
_AWAY, _SPECK, _FEWEST_PIECES, _SHOWING, _DARKEST_SHOWING = 0.3, 0.02, 250, 0.02, 0.02
# Small letters of this height (pixels) are read best; outside the range the image is made larger or smaller.
_GOOD_HEIGHT, _SMALLEST, _LARGEST = 22.0, 14.0, 40.0
_MOST_ENLARGED = 3.0
# Print of this share of the usual height and more is no dust; the fewest letters of it, and their least share, that count.
_SMALL_PRINT, _FEW, _MANY = 0.3, 15, 0.12
# Parts of the long side of the page: the size of a hole for a file, and how near to an edge it is; how near its share of its box is
# to that of a disc.
_HOLE, _MARGIN, _ROUND = (0.013, 0.032), 0.08, 0.06
# Degrees; straightening costs sharpness, so less is left as it is.
_STRAIGHT = 0.12


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """`image` is ready to be read; `ink` is its print (255 where there is ink); `matrix` leads back to the image that came in."""

    image: Image
    ink: Image
    matrix: Matrix
    turning: Turning
    letter_height: float


def prepare(image: Image, turning: Turning | None = None) -> Prepared | None:
    """The page upright and straight; None when there is no print on it. `turning` overrides what the letters tell."""
    sheet, lying = laid_flat(image)
    even = with_contrast(evenly_lit(dark_on_light(sheet)))
    ink = print_of(even)
    labels, stats = pieces_of(ink)
    clean(even, ink, labels, stats)
    letters = letters_of(stats, sheet.shape)
    if len(letters.left) == 0:
        return None
    turning = turning or find_turning(letters)
    factor = _factor(letters.height, sheet.size)
    straight, matrix = turned(even, turning, factor)
    ink = turned(ink, turning, 1.0)[0] if factor == 1.0 and not turning.degrees else print_of(straight)
    return Prepared(
        image=straight, ink=ink, matrix=lying @ matrix, turning=turning, letter_height=letters.height * factor
    )


def dark_on_light(image: Image) -> Image:
    """A page printed in white on a dark ground, as covers are, turned over; any other as it is."""
    small = image[:: _BLOCK // 2, :: _BLOCK // 2]
    darkest, usual, lightest = (int(level) for level in np.percentile(small, (1, 50, 99)))
    if usual > _DARK_GROUND or usual - darkest > (lightest - usual) / 2:
        return image
    # paper on a dark glass is one large piece, print is many small ones
    light = (small > (usual + lightest) // 2).astype(np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(light, connectivity=4)
    largest = int(stats[1:, cv2.CC_STAT_AREA].max(initial=0))
    return image if largest > _LARGEST_LETTER * small.size else as_image(255 - image)


def evenly_lit(image: Image) -> Image:
    """Paper white everywhere, whatever the light was: each point against the lightest points around it."""
    height, width = image.shape
    rows, columns = height // _BLOCK, width // _BLOCK
    if rows < 3 or columns < 3:
        return image.copy()
    lightest = lightest_blocks(image, _BLOCK)
    paper, around = cv2.medianBlur(lightest, 3), _around(lightest)
    # a filled box is no paper: what is dark there stays as dark as it is
    dark = paper < _FILLED * around.astype(np.float32)
    if dark.any():
        usual = np.quantile(lightest, _PAPER)
        large = _large(dark, paper < _FILLED * usual)
        dark, around = dark | large, np.where(large, usual, around)
        dark = _whole_boxes(dark, paper / np.maximum(around, 1).astype(np.float32))
    paper = as_image(np.maximum(np.where(dark, around, paper), _DARKEST_PAPER))
    paper = cv2.GaussianBlur(np.where(_beside_tint(paper, around, dark), cv2.erode(paper, _NEXT), paper), (0, 0), 0.8)
    even = as_image(cv2.divide(image, cv2.resize(paper, (width, height)), scale=255))
    shadow = _at_edges(dark)
    if shadow.any():
        cv2.bitwise_or(even, cv2.resize(shadow, (width, height), interpolation=cv2.INTER_NEAREST), dst=even)
    return even


def _whole_boxes(dark: NDArray[np.bool_], share: NDArray[Any]) -> NDArray[np.bool_]:
    """The dark blocks with those of the same boxes that are hardly lighter: what hangs together with them, and what lies between two.

    `share` is the level of each block as a share of the paper around it. Heads that are about as dark as the limit, or only a few blocks
    high and full of print, would be made paper in parts.
    """
    _, labels = cv2.connectedComponents((share < _ABOUT).astype(np.uint8), connectivity=4)
    blocks = np.bincount(labels.ravel())
    own = np.bincount(labels[dark], minlength=len(blocks)) >= _SEEDS * blocks
    own[0] = False
    whole = dark | own[labels]
    row = cv2.morphologyEx(whole.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((1, _AROUND), np.uint8))
    return np.asarray(whole | ((row > 0) & (share < _NEARLY)))


def _beside_tint(paper: Image, around: Image, dark: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Where the edge of a tint must be, which is no print: blocks there count as tint, which only makes what is paper whiter."""
    usual = around.astype(np.float32)
    kinds = ((_TINTED, _NEXT), (_LOW_TINT, _WIDE))
    high, low = (cv2.morphologyEx((paper < s * usual).astype(np.uint8), cv2.MORPH_OPEN, part) for s, part in kinds)
    tint = cv2.bitwise_or(high, low)
    near = cv2.dilate(dark.astype(np.uint8), _NEXT, iterations=3)
    return np.asarray((cv2.dilate(tint, _NEXT, iterations=2) > 0) & (near == 0))


def _around(lightest: Image) -> Image:
    """The usual level of the blocks around each; beyond the edges the page is mirrored."""
    wide = _AROUND // 2
    framed = np.pad(lightest, wide, mode="symmetric")
    return as_image(cv2.medianBlur(framed, _AROUND)[wide:-wide, wide:-wide])


def _large(dark: NDArray[np.bool_], darker: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The boxes so large that only their edges are `dark` against what is around: they are `darker` than the paper, and lie within the page."""
    _, labels = cv2.connectedComponents(darker.astype(np.uint8), connectivity=4)
    beyond = np.unique(np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]]))
    return np.asarray(np.isin(labels, np.setdiff1d(np.unique(labels[dark]), [0, *beyond])))


def _at_edges(dark: NDArray[np.bool_]) -> Image:
    """What of the dark places hangs together with an edge of the page: the shadow of a fold, the lid that was open."""
    _, labels = cv2.connectedComponents(dark.astype(np.uint8), connectivity=4)
    edges = np.unique(np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]]))
    found = as_image(np.isin(labels, edges[edges > 0]) * np.uint8(255))
    return as_image(cv2.dilate(found, np.ones((3, 3), np.uint8)))


def with_contrast(image: Image) -> Image:
    """Ink black, and paper white with its grain and what shows through from the other side.

    How dark ink is, print tells: bars of a chart are darker than faded letters, and there is more of them.
    """
    some = _without_fills(image)[::_EVERY]
    counts = cv2.calcHist([some], [0], None, [256], [0, 256]).ravel()
    level = _threshold(counts)
    dark, light = counts[: level + 1], counts[level + 1 :]
    if dark.sum() == 0 or light.sum() == 0:
        return image
    ink = int(np.searchsorted(np.cumsum(dark), _INK * dark.sum()))
    paper = level + 1 + int(np.searchsorted(np.cumsum(light), 0.5 * light.sum()))
    white = level + _WHITE * (paper - level)
    if paper - ink < _LEAST_CONTRAST:
        return image
    levels = np.clip((np.arange(256) - ink) * 255 / max(white - ink, 1), 0, 255).astype(np.uint8)
    return as_image(cv2.LUT(image, levels))


def _without_fills(image: Image) -> Image:
    """The image with the blocks that are dark all over made paper, where they are a good part of what is dark."""
    filled = lightest_blocks(image, _BLOCK) < _NO_PAPER
    if filled.sum() * _BLOCK**2 < _FILLS * np.count_nonzero(image < _NO_PAPER):
        return image
    rows, columns = (_BLOCK * count for count in filled.shape)
    made = image.copy()
    # with their edges, which are in blocks that have paper too
    whole = cv2.resize(cv2.dilate(filled.astype(np.uint8), _NEXT), (columns, rows), interpolation=cv2.INTER_NEAREST)
    made[:rows, :columns][whole > 0] = 255
    return made


def print_of(image: Image) -> Image:
    """255 where there is ink (Otsu's threshold), 0 elsewhere; all 0 where nothing stands out."""
    some = image[::_EVERY]
    levels = cv2.calcHist([some], [0], None, [256], [0, 256]).ravel()
    threshold = _threshold(levels)
    counts = np.cumsum(levels[: threshold + 1])
    # the usual level of the ink is where half of it is as dark
    if counts[-1] == 0 or 255 - int(np.searchsorted(counts, counts[-1] / 2)) < _LEAST_CONTRAST:
        return np.zeros_like(image)
    ink = as_image(cv2.threshold(image, threshold, 255, cv2.THRESH_BINARY_INV)[1])
    return ink if threshold >= _TINT else _with_tints(ink, image)


def _with_tints(ink: Image, image: Image) -> Image:
    """The print with what is dark all over, though lighter than print: the tint of a head is found as any filled box is, and made paper."""
    tinted = (lightest_blocks(image, _BLOCK) < _TINT).astype(np.uint8)
    wide = as_image(cv2.morphologyEx(tinted, cv2.MORPH_OPEN, np.ones((1, _WIDE_TINT), np.uint8)))
    if not wide.any():
        return ink
    rows, columns = (_BLOCK * count for count in wide.shape)
    near = cv2.resize(cv2.dilate(wide, _NEXT), (columns, rows), interpolation=cv2.INTER_NEAREST)
    made = ink.copy()
    made[:rows, :columns][(near > 0) & (image[:rows, :columns] < _TINT)] = 255
    return made


def _threshold(counts: NDArray[Any]) -> int:
    """The grey level that best parts dark from light pixels, by how many there are of each level.

    Otsu 1979, "A threshold selection method from gray-level histograms" (IEEE SMC). OpenCV has it for images only, and would count again.
    """
    shares = counts.astype(np.float64) / max(float(counts.sum()), 1.0)
    dark, moment = np.cumsum(shares), np.cumsum(np.arange(256) * shares)
    light = 1 - dark
    both = np.minimum(dark, light) >= np.finfo(np.float32).eps
    apart = np.square(moment[-1] * dark - moment) / np.where(both, dark * light, 1.0)
    return int(np.argmax(np.where(both, apart, 0.0)))


def faint_print_of(image: Image, ink: Image, letter_height: float) -> tuple[Image, ...]:
    """255 where there is anything darker than paper, as the thin lines of a table are that Otsu's threshold (`ink`) breaks into pieces.

    Where print shows through from the other side of the page there are two images: without what may be of that side, and with it.
    """
    faint = as_image(cv2.threshold(image, _FAINT, 255, cv2.THRESH_BINARY_INV)[1])
    level = _level_of_other_side(image, ink, faint, letter_height)
    return (faint,) if level is None else (as_image(cv2.threshold(image, level, 255, cv2.THRESH_BINARY_INV)[1]), faint)


def _level_of_other_side(image: Image, ink: Image, faint: Image, letter_height: float) -> int | None:
    """The grey level that print of the other side is not darker than; None where none shows through.

    It is told by its many small pieces that hang together with no ink. The grain of tinted areas is larger or lies on one piece.
    """
    away = 2 * round(_AWAY * letter_height) + 1
    pale = as_image(cv2.bitwise_and(faint, cv2.bitwise_not(cv2.dilate(ink, np.ones((away, away), np.uint8)))))
    least = _SHOWING * cv2.countNonZero(ink)
    if cv2.countNonZero(pale) < least:
        return None
    labels, stats = pieces_of(pale)
    across, down, area = (stats[:, column] for column in (2, 3, 4))
    small = (across < 3 * letter_height) & (down < 2 * letter_height) & (area >= _SPECK * letter_height**2)
    small[0] = False
    if small.sum() < _FEWEST_PIECES or area[small].sum() < least:
        return None
    return int(np.quantile(image[small[labels]], _DARKEST_SHOWING))


def clean(image: Image, ink: Image, labels: Any, stats: Any) -> None:
    """Take away, in place, what lies at the edges (borders, shadows, staples) and is larger than print."""
    height, width = image.shape
    left, top, across, down = stats[:, 0], stats[:, 1], stats[:, 2], stats[:, 3]
    at_edge = (left <= 1) | (top <= 1) | (left + across >= width - 1) | (top + down >= height - 1)
    large = (across > width / 20) | (down > height / 20)
    gone = at_edge & large
    gone |= _are_holes(stats, height, width)
    gone[0] = False
    for piece in np.flatnonzero(gone):
        # with a pixel around it
        rows = slice(max(top[piece] - 1, 0), top[piece] + down[piece] + 1)
        columns = slice(max(left[piece] - 1, 0), left[piece] + across[piece] + 1)
        mine = (labels[rows, columns] == piece).astype(np.uint8)
        ink[rows, columns][mine > 0] = 0
        image[rows, columns][cv2.dilate(mine, np.ones((3, 3), np.uint8)) > 0] = 255


def _are_holes(stats: Any, height: int, width: int) -> NDArray[np.bool_]:
    """Which pieces are holes for a file: discs of their size near an edge of the page."""
    left, top, across, down, area = (stats[:, column].astype(np.float64) for column in range(5))
    page = max(height, width)
    size = (np.minimum(across, down) >= _HOLE[0] * page) & (np.maximum(across, down) <= _HOLE[1] * page)
    disc = (across <= 1.15 * down) & (down <= 1.15 * across)
    disc &= np.abs(area / np.maximum(across * down, 1) - np.pi / 4) < _ROUND
    middle = np.stack([left + across / 2, width - left - across / 2, top + down / 2, height - top - down / 2])
    return np.asarray(size & disc & (middle.min(axis=0) < _MARGIN * page))


def letters_of(stats: Any, shape: tuple[int, ...]) -> Letters:
    """The pieces of ink that are about as large as letters."""
    left, top, across, down, area = (stats[1:, column].astype(np.float64) for column in range(5))
    size = np.maximum(across, down)
    possible = (size >= 5) & (size <= max(shape) / 15) & (area >= 0.12 * across * down) & (area > 8)
    possible &= (across < 6 * down) & (down < 6 * across)
    usual = float(np.median(size[possible])) if possible.any() else 0.0
    # under a title there may be print so small that by the title's measure it is dust
    small = possible & (size > _SMALL_PRINT * usual) & (size <= 0.45 * usual)
    if usual and small.sum() >= max(_FEW, _MANY * possible.sum()):
        usual = float(np.median(size[small]))
    chosen = possible & (size > 0.45 * usual) & (size < 2.6 * usual)
    return Letters(
        left=left[chosen],
        top=top[chosen],
        right=(left + across)[chosen],
        bottom=(top + down)[chosen],
        height=float(np.median(np.minimum(size[chosen], 1e9))) if chosen.any() else 0.0,
        shape=(shape[0], shape[1]),
    )


def turned(image: Image, turning: Turning, factor: float) -> tuple[Image, Matrix]:
    """The image turned, straightened and scaled, and the matrix that leads from it back."""
    height, width = image.shape
    upright = as_image(np.rot90(image, -turning.quarter_turns))
    # np.rot90(image, -1) turns clockwise: what was at (x, y) is then at (height - y, x)
    back = np.array(
        {
            0: ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
            1: ((0, 1, 0), (-1, 0, height), (0, 0, 1)),
            2: ((-1, 0, width), (0, -1, height), (0, 0, 1)),
            3: ((0, -1, width), (1, 0, 0), (0, 0, 1)),
        }[turning.quarter_turns],
        dtype=np.float64,
    )
    rows, columns = upright.shape
    if factor != 1.0:
        # resized first and then turned, by which it is blurred less than it was enlarged: all at once would take three times as long
        size = (max(round(columns * factor), 1), max(round(rows * factor), 1))
        back = back @ np.diag([columns / size[0], rows / size[1], 1.0])
        columns, rows = size
        how = cv2.INTER_CUBIC if factor > 1 else cv2.INTER_AREA
        upright = as_image(cv2.resize(upright, size, interpolation=how))
    if not turning.degrees:
        return upright, back
    there = np.vstack([cv2.getRotationMatrix2D((columns / 2, rows / 2), turning.degrees, 1.0), (0, 0, 1)])
    made = cv2.warpAffine(upright, there[:2], (columns, rows), flags=cv2.INTER_LINEAR, borderValue=(255,))
    return as_image(made), back @ np.linalg.inv(there)


def _factor(letter_height: float, pixels: int) -> float:
    """By how much the image is made larger or smaller; it is not made larger than any page is drawn."""
    if _SMALLEST <= letter_height <= _LARGEST:
        return 1.0
    return min(_GOOD_HEIGHT / letter_height, _MOST_ENLARGED, max(sqrt(MOST_PIXELS / max(pixels, 1)), 1.0))
