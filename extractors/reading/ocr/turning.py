"""How a page lies on the scanner: on its side, upside down, askew.

Letters stand on base lines, and few reach below; above, some are tall and some are not. So of the four sides of the letters,
the lower ones line up best: the direction in which the sides line up best is down, and the angle at which they do is the
skew. This is the projection profile of Postl (1986), over the sides of letters instead of all ink.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

# Degrees: how far askew a page may lie, and the steps in which that is tried.
_MOST_SKEW, _COARSE, _FINE = 5.0, 0.5, 0.1
_STRAIGHT = 0.12
# Fewer letters than this do not tell how a page lies.
_ENOUGH = 25
_MOST_LETTERS = 4000


@dataclass(frozen=True, slots=True, kw_only=True)
class Letters:
    """The sides of pieces of ink about as large as letters, in pixels; `height` is their usual size, `shape` the image's."""

    left: Numbers
    top: Numbers
    right: Numbers
    bottom: Numbers
    height: float
    shape: tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Turning:
    """What makes a page upright and straight: `quarter_turns` clockwise, then `degrees` (counter-clockwise, small).

    `certainty` is how much better the letters line up so than in the next best direction (1: not at all).
    """

    quarter_turns: int = 0
    degrees: float = 0.0
    certainty: float = 1.0


def find_turning(letters: Letters) -> Turning:
    """How the page must be turned. A page with hardly any letters is left as it is."""
    if len(letters.left) < _ENOUGH:
        return Turning()
    step = max(1, len(letters.left) // _MOST_LETTERS)
    left, top, right, bottom = (side[::step] for side in (letters.left, letters.top, letters.right, letters.bottom))
    across, down = (left + right) / 2, (top + bottom) / 2
    # by quarter turns clockwise: the side that becomes the lower one, and where along the line each letter stands
    sides = ((bottom, across, 1), (right, down, -1), (top, across, 1), (left, down, -1))
    found = [_best_angle(edge, along * sign, letters.height) for edge, along, sign in sides]
    order = sorted(range(4), key=lambda quarter: -found[quarter][0])
    best, second = order[0], order[1]
    sharpness, degrees = found[best]
    return Turning(
        quarter_turns=best,
        degrees=degrees if abs(degrees) >= _STRAIGHT else 0.0,
        certainty=sharpness / max(found[second][0], 1e-9),
    )


def _best_angle(edge: Numbers, along: Numbers, height: float) -> tuple[float, float]:
    """How well the edges line up at best, and the angle in degrees at which they do."""
    coarse = np.arange(-_MOST_SKEW, _MOST_SKEW + _COARSE / 2, _COARSE)
    scores = [_sharpness(edge, along, angle, height, 4.0) for angle in coarse]
    middle = float(coarse[int(np.argmax(scores))])
    fine = np.arange(middle - _COARSE, middle + _COARSE + _FINE / 2, _FINE)
    scores = [_sharpness(edge, along, angle, height, 8.0) for angle in fine]
    at = int(np.argmax(scores))
    return scores[at], round(float(fine[at]), 2)


def _sharpness(edge: Numbers, along: Numbers, degrees: float, height: float, bins: float) -> float:
    """How unevenly the edges fall into lines at an angle: 1 if they do not line up at all."""
    position = (edge - along * np.tan(np.radians(degrees))) * (bins / height)
    counts = np.bincount((position - position.min()).astype(np.int64)).astype(np.float64)
    # half of each count goes to its neighbour, so that it does not matter where the bins begin
    counts = (counts[:-1] + counts[1:]) / 2 if len(counts) > 1 else counts
    return float(len(counts) * np.square(counts).sum() / np.square(counts.sum()))
