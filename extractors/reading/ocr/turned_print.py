"""Print on a page that runs upwards or downwards, as narrow columns have it in their heads and charts beside their axes.

It is found by how its letters lie: each alone in its line, with others close above and below, and wider than high. What is
found is turned, read as a line, and kept only where that makes words.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from extractors.reading.ocr.again import read_poor
from extractors.reading.ocr.first_sight import read_at_first_sight
from extractors.reading.ocr.pieces import pieces_of
from extractors.reading.ocr.place import words_of
from extractors.reading.ocr.raster import Image, as_image
from extractors.reading.ocr.segment import Strip
from extractors.reading.ocr.strips import confidence_of
from extractors.reading.ocr.tesseract import Reader, Token
from extractors.reading.second.recogniser import LineReader
from schemas.pages import BBox, Word

# In heights of small letters. Nearer than this beside each other are letters of one ordinary word; above each other, those of a
# turned one; and so near are the words of a turned line.
_BESIDE, _ABOVE, _APART = 0.25, 0.5, 0.8
# A line of turned print: how wide, and how much higher than wide.
_NARROWEST, _WIDEST, _HIGHER = 0.7, 2.3, 1.1
# The share of its letters that are hardly higher than wide, as upright ones are not.
_LYING, _AS_WIDE = 0.5, 1.1
# How large a piece of a letter is at least, and how long a letter usually is along the line.
_LETTER, _LONGEST = 0.5, 1.3
# How long the shortest words, of two letters, are at most.
_DIGIT = 2.0
# A line of which no letters can be told apart is this much higher than wide, and than letters are.
_RUN_TOGETHER, _LONG = 2.5, 4.0
# Confidence of a reading: so sure that it tells the direction; so unsure that it is no print.
_SURE, _LEAST = 0.75, 0.55
# Turned heads that tell that another beside them is one.
_PEERS = 3
# More lines than this are a pattern.
_MOST = 80
# So many letters are a word, and no accident.
_WORD = 4
# Pixels: small letters of this height show how they lie. A pixel of a smaller image is ink if so much of it (of 255) is.
_ENOUGH, _INK = 10, 96
_EDGE = 6  # pixels of white around a line that is read


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A line of turned print as it was read. `quarter` is 1 for print that runs upwards, -1 for downwards."""

    box: BBox
    quarter: int
    tokens: tuple[Token, ...]

    @property
    def confidence(self) -> float:
        return confidence_of(self.tokens) if self.tokens else 0.0


def read_turned(
    image: Image, ink: Image, letter_height: float, reader: Reader, scale: float, second: LineReader | None = None
) -> tuple[tuple[Word, ...], tuple[BBox, ...]]:
    """The words that run upwards or downwards, in the order in which they are read, and the boxes of their lines in pixels.

    `image` and `ink` are the page without its ruling lines; `scale` is pixels per point. Raises ReaderError.
    """
    boxes = find_lines(ink, letter_height)
    if not boxes or len(boxes) > _MOST:
        return (), ()
    lines = _read(image, boxes, 1, reader, second)
    if 2 * _sure_letters(lines) < sum(map(_letters, lines)):
        # all of a page run one way: a few letters may make words both ways
        lines = max(lines, _read(image, boxes, -1, reader, second), key=_sure_letters)
    # a digit with a piece of a line at it looks like a letter or two: they count beside a longer head, or several sure ones, only
    sure = [line for line in lines if line.confidence >= _SURE and _letters(line) > 1]
    heads = [h for h in sure if _letters(h) >= _WORD or len(_beside(h, sure, letter_height)) >= _PEERS]
    kept = [
        line
        for line in lines
        if _letters(line) > 1
        and (peers := _beside(line, heads, letter_height))
        and (line.confidence >= _LEAST or len(peers) >= _PEERS)
    ]
    words = tuple(word for quarter in (1, -1) for word in _words(kept, quarter, ink, scale))
    return words, tuple(line.box for line in kept)


def _beside(line: _Line, others: Sequence[_Line], letter_height: float) -> list[_Line]:
    """The lines that begin or end where a line does, it itself among them."""
    edges = ((line.box.bottom - other.box.bottom, line.box.top - other.box.top) for other in others)
    return [other for other, ends in zip(others, edges, strict=True) if min(map(abs, ends)) < letter_height]


def without(image: Image, boxes: Iterable[BBox], paper: int) -> Image:
    """The image with these boxes (pixels) made paper."""
    made = image.copy()
    for box in boxes:
        made[int(box.top) : int(box.bottom), int(box.x0) : int(box.x1)] = paper
    return made


def find_lines(ink: Image, letter_height: float) -> tuple[BBox, ...]:
    """Boxes, in pixels, of what may be lines of turned print, from left to right.

    How letters lie is seen as well in an image in which they are smaller, in a quarter of the time.
    """
    step = max(int(letter_height / _ENOUGH), 1)
    if step == 1:
        return _find_lines(ink, letter_height)
    height, width = (size // step for size in ink.shape)
    small = cv2.resize(ink[: height * step, : width * step], (width, height), interpolation=cv2.INTER_AREA)
    found = _find_lines(as_image(cv2.threshold(small, _INK - 1, 255, cv2.THRESH_BINARY)[1]), letter_height / step)
    return tuple(BBox(*(step * edge for edge in (b.x0, b.top, b.x1, b.bottom))) for b in found)


def _find_lines(ink: Image, letter_height: float) -> tuple[BBox, ...]:
    beside, above = (max(round(times * letter_height), 1) for times in (_BESIDE, _ABOVE))
    # letters with others beside them become one wide piece and are left out
    labels, stats = pieces_of(as_image(cv2.dilate(ink, np.ones((1, beside), np.uint8))))
    across, down = stats[:, 2] - beside + 1, stats[:, 3]
    # specks and strokes are no letters
    narrow = (across <= _WIDEST * letter_height) & (np.maximum(across, down) >= 0.3 * letter_height)
    narrow[0] = False
    alone = as_image(cv2.bitwise_and(ink, as_image((narrow * np.uint8(255))[labels])))
    _, found = pieces_of(as_image(cv2.dilate(alone, np.ones((above, 1), np.uint8))))
    lines: list[BBox] = []
    others: list[BBox] = []
    for x, y, width, height, _ in found[1:].tolist():
        if _NARROWEST * letter_height <= width <= _WIDEST * letter_height:
            box = BBox(float(x), float(y), float(x + width), float(y + height))
            # what is not higher than wide is no line: most pieces need not be looked at
            is_line = height - above + 1 >= _HIGHER * width and _is_line(_part(alone, box), letter_height)
            (lines if is_line else others).append(box)
    if not lines:
        return ()
    # among heads that are turned a short one is, too, though its letters do not show it; and so is a digit that goes on a line, and what
    # stands between two words of one, whose letters may have run together
    gap = _APART * letter_height
    short = [
        other
        for other in others
        if sum(abs(other.bottom - b.bottom) < letter_height / 2 for b in lines) >= _PEERS
        or sum(_goes_on(b, other, gap) for b in lines) > 1
        or (
            other.height - above < _DIGIT * letter_height
            and any(_goes_on(b, other, gap) for b in lines)
            and _is_lying(_part(alone, other), letter_height)
        )
    ]
    return tuple(sorted(_joined([*lines, *short], gap), key=lambda box: (box.x0, box.top)))


def _part(image: Image, box: BBox) -> Image:
    return image[int(box.top) : int(box.bottom), int(box.x0) : int(box.x1)]


def _is_line(part: Image, letter_height: float) -> bool:
    """Whether the ink of a narrow piece of the page lies as that of turned letters does."""
    _, _, wide, high = cv2.boundingRect(part)
    if high < _HIGHER * wide:
        return False
    return high >= max(_RUN_TOGETHER * wide, _LONG * letter_height) or _is_lying(part, letter_height, least=2)


def _is_lying(part: Image, letter_height: float, *, least: int = 1) -> bool:
    """Whether the letters of a piece of the page are wider than high, as turned ones are, and not those of a title, which are large."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(part, connectivity=8)
    across, down = stats[1:, cv2.CC_STAT_WIDTH], stats[1:, cv2.CC_STAT_HEIGHT]
    letters = np.maximum(across, down) >= _LETTER * letter_height
    if letters.sum() < least or float(np.median(down[letters])) > _LONGEST * letter_height:
        return False
    return float((down[letters] <= _AS_WIDE * across[letters]).mean()) >= _LYING


def _goes_on(line: BBox, box: BBox, gap: float) -> bool:
    """Whether a box stands right above or below a line, between its sides."""
    within = line.x0 - gap / 4 <= box.x0 and box.x1 <= line.x1 + gap / 4
    return within and max(box.top - line.bottom, line.top - box.bottom) < gap


def _joined(boxes: Sequence[BBox], gap: float) -> list[BBox]:
    """Boxes above each other, with no more than `gap` between them, as one."""
    lines: list[BBox] = []
    for box in sorted(boxes, key=lambda b: b.top):
        middle = (box.x0 + box.x1) / 2
        near = [n for n, b in enumerate(lines) if b.x0 <= middle <= b.x1 and box.top - b.bottom < gap]
        if near:
            lines[near[0]] = BBox.around((lines[near[0]], box))
        else:
            lines.append(box)
    return lines


def _read(image: Image, boxes: Sequence[BBox], quarter: int, reader: Reader, second: LineReader | None) -> list[_Line]:
    """The lines read upwards or downwards, with their words in pixels of the page turned so that they run to the right."""
    height, width = image.shape
    crops = []
    for box in boxes:
        upright = as_image(np.rot90(_part(image, box), -quarter))
        crops.append(as_image(cv2.copyMakeBorder(upright, *(4 * (_EDGE,)), cv2.BORDER_CONSTANT, value=(255,))))
    lines = []
    once = read_at_first_sight(crops, reader)
    read = read_poor([Strip(crop, 0, 0) for crop in crops], once, reader, second)
    for number, (box, tokens) in enumerate(zip(boxes, read, strict=True)):
        left, top = (height - box.bottom, box.x0) if quarter == 1 else (box.top, width - box.x1)
        moved = (
            t._replace(bbox=t.bbox.moved(left - _EDGE, top - _EDGE), line=(number, quarter, *t.line)) for t in tokens
        )
        lines.append(_Line(box=box, quarter=quarter, tokens=tuple(moved)))
    return lines


def _words(lines: Sequence[_Line], quarter: int, ink: Image, scale: float) -> Iterable[Word]:
    """The words of the lines that run one way, back on the page as it lies."""
    tokens = [token for line in lines if line.quarter == quarter for token in line.tokens]
    if not tokens:
        return
    height, width = (pixels / scale for pixels in ink.shape)
    for word in words_of(tokens, as_image(np.rot90(ink, -quarter)), scale):
        box = word.bbox
        if quarter == 1:
            there = BBox(box.top, height - box.x1, box.bottom, height - box.x0)
        else:
            there = BBox(width - box.bottom, box.x0, width - box.top, box.x1)
        edges = (round(edge, 2) for edge in (there.x0, there.top, there.x1, there.bottom))
        yield replace(word, bbox=BBox(*edges), turned=True)


def _sure_letters(lines: Sequence[_Line]) -> int:
    return sum(_letters(line) for line in lines if line.confidence >= _SURE)


def _letters(line: _Line) -> int:
    return sum(c.isalnum() for token in line.tokens for c in token.text)
