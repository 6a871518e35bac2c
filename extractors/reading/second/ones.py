"""What stands alone in a cell among numbers: an upright stroke that neither reader can tell from a letter, and letters that must be digits."""

from collections.abc import Sequence

import numpy as np

from extractors.reading.ocr.raster import Image
from extractors.reading.second.compare import is_clean
from schemas.pages import Word

# What readers make of an upright stroke.
STROKES = frozenset("1|lIi!][/T")
# In heights of the word: how far away the words beside it are at least, how near a number of its column is, above or below.
_BESIDE, _ABOVE = 0.8, 3.0
# So many numbers of its row and column tell that it stands among numbers.
_NUMBERS = 2
# Width to height of a one; a piece of a ruling line is thinner. How much of the height of its print box a digit takes, at least and at most.
_SHAPE, _HIGH = (0.16, 0.7), (0.4, 0.85)
_DARK = 128


def is_stroke(text: str) -> bool:
    """Whether a reading is one upright stroke."""
    return text.strip(".,'‘’ ") in STROKES


def is_lone_one(words: Sequence[Word], place: int, seen: str, crop: Image) -> bool:
    """Whether a word, of which `seen` is the second reading and `crop` the image, is a one in a cell among numbers."""
    word = words[place]
    if not is_stroke(word.text) or (seen and not is_stroke(seen)) or not _looks_so(crop):
        return False
    return is_among_numbers(words, place)


def is_among_numbers(words: Sequence[Word], place: int) -> bool:
    """Whether a word stands alone, as in a cell, and in its row and column are numbers."""
    word = words[place]
    box, high = word.bbox, word.bbox.height
    row = [w for n, w in enumerate(words) if n != place and w.bbox.top < box.middle < w.bbox.bottom]
    if any(max(box.x0 - w.bbox.x1, w.bbox.x0 - box.x1) < _BESIDE * high for w in row):
        return False
    middle = (box.x0 + box.x1) / 2
    column = [
        w
        for n, w in enumerate(words)
        if n != place
        and w.bbox.x0 - high < middle < w.bbox.x1 + high
        and abs(w.bbox.middle - box.middle) < _ABOVE * high
    ]
    numbers = (w for w in (*row, *column) if is_clean(w.text) or is_stroke(w.text))
    return sum(1 for _ in numbers) >= _NUMBERS


def _looks_so(crop: Image) -> bool:
    """Whether the ink of a crop is as high as a digit, and neither as thin as a line nor as wide as two."""
    ink = crop < _DARK
    columns, rows = np.flatnonzero(ink.any(axis=0)), np.flatnonzero(ink.any(axis=1))
    if len(columns) == 0:
        return False
    across, down = int(columns[-1] - columns[0]) + 1, int(rows[-1] - rows[0]) + 1
    return _SHAPE[0] <= across / down <= _SHAPE[1] and _HIGH[0] <= down / crop.shape[0] <= _HIGH[1]
