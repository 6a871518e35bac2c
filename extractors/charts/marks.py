"""What charts are made of: bars with their colours, and print near them."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from schemas.pages import BBox, Shape, Word

# Nothing thinner than this is a bar, and nothing wider, in points.
THINNEST, THICKEST = 2.0, 170.0


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """Which way the bars of a chart grow: up (`lying` False), or to the right.

    Everything is then read as if they stood: `along` the axis of categories, `up` the axis of values.
    """

    lying: bool

    def along(self, box: BBox) -> tuple[float, float]:
        """Where a box begins and ends along the axis of categories."""
        return (box.top, box.bottom) if self.lying else (box.x0, box.x1)

    def up(self, box: BBox) -> tuple[float, float]:
        """Where a box begins and ends along the axis of values, which grows upwards or to the right."""
        return (box.x0, box.x1) if self.lying else (-box.bottom, -box.top)


STANDING, LYING = View(lying=False), View(lying=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A bar, a part of a stacked bar, or a point of a line: its colour, and its places along both axes."""

    colour: int
    start: float
    end: float
    low: float
    high: float
    bbox: BBox

    @property
    def centre(self) -> float:
        """Its middle along the axis of categories."""
        return (self.start + self.end) / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Print:
    """Some words of the page (by number) that are printed as one."""

    numbers: tuple[int, ...]
    text: str
    bbox: BBox

    @property
    def x(self) -> float:
        """The middle from left to right."""
        return (self.bbox.x0 + self.bbox.x1) / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Label(Print):
    """A printed number, perhaps with another in brackets."""

    value: Decimal
    percent: bool


_VALUE = re.compile(r"(-?)£?(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(%?)(?:\(-?[\d.,]+%?\))?[;,]?")
# What OCR makes of a number that a tick or a line of the grid runs into.
_BESIDE_TICK = re.compile(r"^[|_~—–-]+|[|_~—–.:'’-]+$")
_BESIDE = re.compile(r"(?<=\d)[|_~—–-]+$")
_NEARLY = re.compile(r"[|_~—–.:'’-]*[\dOoCcDQGlI|SsB,.]{1,7}%?[|_~—–.:'’-]*")
_TICK_SLIPS = str.maketrans("OoCcDQGlI|SsB", "0000000111558")
_BEHIND = re.compile(r"%|[(\[]-?[\d.,]+ ?%?[)\]]")


def labels_of(words: Sequence[Word], numbers: Iterable[int]) -> list[Label]:
    """The printed numbers among some words of a page, with what stands behind them in brackets; on a scan without strokes beside them."""
    return _labels(words, numbers, lambda word: word.text if word.confidence is None else _BESIDE.sub("", word.text))


def ticks_of(words: Sequence[Word], numbers: Iterable[int]) -> list[Label]:
    """The printed numbers that may be ticks of an axis.

    On a scan the mark of a tick touches its number, and grid lines run through it: so of a word that is hardly more than a number
    that number is taken. What is none of the axis does not fit the others.
    """
    return _labels(words, numbers, lambda word: word.text if word.confidence is None else _as_tick(word.text))


def _as_tick(text: str) -> str:
    return _BESIDE_TICK.sub("", text).translate(_TICK_SLIPS) if _NEARLY.fullmatch(text) else text


def _labels(words: Sequence[Word], numbers: Iterable[int], text_of: Callable[[Word], str]) -> list[Label]:
    found: list[Label] = []
    taken: set[int] = set()
    for number in sorted(numbers):
        match = _VALUE.fullmatch(text_of(words[number]))
        if match is None or number in taken:
            continue
        together = [number]
        after = number + 1
        if after < len(words) and _BEHIND.fullmatch(words[after].text) and on_one_line(words[number], words[after]):
            together.append(after)
            taken.add(after)
        value = Decimal(match[1] + match[2].replace(",", "") + (match[3] or ""))
        text = " ".join(words[n].text for n in together)
        percent = bool(match[4]) or text.endswith(" %")
        box = BBox.around(words[n].bbox for n in together)
        found.append(Label(numbers=tuple(together), text=text, bbox=box, value=value, percent=percent))
    return found


def on_one_line(before: Word, after: Word, gap: float = 0.6) -> bool:
    """Whether a word follows another on its line, with no more than `gap` em between them."""
    height = max(em_of(before), em_of(after))
    level = abs(before.bbox.middle - after.bbox.middle) < 0.35 * height
    return level and -0.2 * height <= after.bbox.x0 - before.bbox.x1 <= gap * height


def em_of(word: Word) -> float:
    """The height of a line of the word's type: boxes of words printed upwards or slanted are higher."""
    return min(word.bbox.height, 1.35 * word.size) if word.size else word.bbox.height


def runs_of(words: Sequence[Word], numbers: Iterable[int]) -> list[Print]:
    """Words that were drawn one after the other and touch: on a line, or on one that rises."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and runs[-1][-1] == number - 1 and _goes_on(words[number - 1], words[number]):
            runs[-1].append(number)
        else:
            runs.append([number])
    return [print_of(words, run) for run in runs]


def print_of(words: Sequence[Word], numbers: Iterable[int]) -> Print:
    """Words as one print."""
    kept = tuple(numbers)
    text = " ".join(words[n].text for n in kept)
    return Print(numbers=kept, text=text, bbox=BBox.around(words[n].bbox for n in kept))


def is_speck(word: Word) -> bool:
    """Whether a word of a scan is what OCR makes of a piece of an axis: one letter or stroke alone."""
    return word.confidence is not None and len(word.text) == 1 and word.text not in "aA&"


def is_upright(word: Word) -> bool:
    """Whether a word is printed upwards."""
    return (
        len(word.text) > 1 and word.bbox.height > 1.4 * word.bbox.width and word.bbox.height > 1.6 * (word.size or 99)
    )


def _goes_on(before: Word, after: Word) -> bool:
    # slanted words whose boxes lie side by side are of two lines
    if on_one_line(before, after, 0.7) and not (_is_slanted(before) and _is_slanted(after)):
        return True
    em = 0.9 * min(before.size or before.bbox.height, after.size or after.bbox.height)
    aside = abs(before.bbox.x0 + before.bbox.x1 - after.bbox.x0 - after.bbox.x1) / 2
    if aside < 0.35 * em and -0.8 * em <= before.bbox.top - after.bbox.bottom <= 0.8 * em:
        return True
    return _climbs(before.bbox, after.bbox, em)


def _is_slanted(word: Word) -> bool:
    return word.size > 0 and min(word.bbox.height, word.bbox.width) > 1.7 * word.size


def _climbs(before: BBox, after: BBox, em: float) -> bool:
    """Whether a word goes on upwards to the right where another ends. Boxes of slanted words say little of their height."""
    right = (after.x0 + after.x1 - before.x0 - before.x1) / 2
    up = before.middle - after.middle
    return abs(after.x0 - before.x1) <= 1.2 * em and right > 0 and 0.35 <= up / right <= 2.5


def boxes_of(shapes: Sequence[Shape], view: View) -> Iterator[Mark]:
    """The filled upright boxes that could be bars."""
    for shape in shapes:
        if (
            shape.fill is None
            or (shape.fill == 0xFFFFFF and shape.stroke is None)
            or not 4 <= len(shape.points) <= 6
            or not _is_box(shape)
        ):
            continue
        box = shape.bbox
        (start, end), (low, high) = view.along(box), view.up(box)
        if THINNEST <= end - start <= THICKEST:
            yield Mark(colour=shape.fill, start=start, end=end, low=low, high=high, bbox=box)


def _is_box(shape: Shape) -> bool:
    box = shape.bbox
    return all(
        min(abs(x - box.x0), abs(x - box.x1)) < 0.3 and min(abs(y - box.top), abs(y - box.bottom)) < 0.3
        for x, y in shape.points
    )


def clusters(marks: Iterable[Mark], key: Callable[[Mark], float], slack: float, share: float) -> Iterator[list[Mark]]:
    """Marks parted where the next one's key (in points) is larger by more than `slack`, and by more than this share of it."""
    group: list[Mark] = []
    for mark in sorted(marks, key=key):
        if group and key(mark) - key(group[-1]) > max(slack, share * key(mark)):
            yield group
            group = []
        group.append(mark)
    if group:
        yield group
