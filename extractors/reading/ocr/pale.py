"""Letters whose thin strokes are too pale to be ink, as copies of copies leave them: seen whole in all that is darker than the paper.

One threshold for a page follows its heavy print; beside bold heads and black bars thin type breaks into pieces that are no letters.
"""

import cv2
import numpy as np

from extractors.reading.ocr.pieces import Labels, Stats, pieces_of
from extractors.reading.ocr.raster import Image, as_image

# Darker than this (grey levels, paper is white) is a stroke that belongs to ink; the paper's grain is lighter.
_PALE = 220
# In heights of small letters: the height of a letter, from and to, its greatest width, and the size of a piece of one.
_HIGH, _WIDE, _PIECE = (0.7, 2.2), 5.0, (0.25, 0.3)
# So many pieces for each letter show that letters are broken; stops and dots are smaller.
_BROKEN = 0.06


def pale_letters(ink: Image, labels: Labels, stats: Stats, image: Image, letter_height: float) -> Image | None:
    """255 where broken letters are, with their pale strokes; None where hardly any are broken.

    `ink` is 255 where there is print, `labels` and `stats` are its pieces, `image` is the page as it is read.
    """
    across, down = stats[:, 2], stats[:, 3]
    is_letter = (down >= _HIGH[0] * letter_height) & (down < 2 * _HIGH[1] * letter_height)
    least, longest = (size * letter_height for size in _PIECE)
    is_piece = (down >= least) & (down < _HIGH[0] * letter_height) & (np.maximum(across, down) >= longest)
    is_piece &= across < 2 * letter_height
    if is_piece.sum() <= _BROKEN * is_letter.sum():
        return None
    whole, sizes = pieces_of(as_image(cv2.threshold(image, _PALE - 1, 255, cv2.THRESH_BINARY_INV)[1]))
    wide, high = sizes[:, 2], sizes[:, 3]
    made = (high >= _HIGH[0] * letter_height) & (high <= _HIGH[1] * letter_height) & (wide <= _WIDE * letter_height)
    # the height of the highest piece of ink inside each, by a pixel of every piece; without any it is 0
    places, one = np.flatnonzero(ink), np.zeros(len(stats), np.intp)
    one[labels.ravel()[places]] = places
    tallest = np.zeros(len(sizes), np.int64)
    np.maximum.at(tallest, whole.ravel()[one[1:]], down[1:])
    made &= (tallest > 0) & (tallest < _HIGH[0] * letter_height)
    made[0] = False
    if not made.any():
        return None
    letters = np.zeros_like(ink)
    for n in np.flatnonzero(made).tolist():
        x, y, columns, rows, _ = sizes[n].tolist()
        part = slice(y, y + rows), slice(x, x + columns)
        letters[part] |= (whole[part] == n) * np.uint8(255)
    return letters
