"""Where the categories of a line chart are, as the names below it tell: print in a row, each as far from the next."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

import numpy as np

from extractors.charts.marks import Print, is_speck, print_of, runs_of
from extractors.charts.names import are_names
from schemas.pages import Word

FEWEST, MOST = 3, 40
# In points: how level the tops of names in a row are, and how near categories may be.
LEVEL, NEAREST = 2.5, 12.0
# How far a name may be from its place, as a share of the pitch; and the most categories without a name between two that have one.
ASTRAY, GAPS = 0.11, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Slots:
    """Places of categories from left to right, `pitch` apart, the `top` of the names below, and how many `names` there are."""

    places: tuple[float, ...]
    pitch: float
    top: float
    names: int

    def nearest(self, x: float) -> int:
        """The number of the category that is nearest to a place."""
        return min(range(len(self.places)), key=lambda n: abs(self.places[n] - x))

    def overlaps(self, other: "Slots") -> bool:
        """Whether two rows lie one above the other."""
        return self.places[0] < other.places[-1] and other.places[0] < self.places[-1]


def rows_of_slots(words: Sequence[Word], free: set[int]) -> list[Slots]:
    """The rows of names on a page, each perhaps a chart's, those with most names first."""
    names = [n for n in free if not is_speck(words[n]) and any(c.isalnum() for c in words[n].text)]
    runs = [part for run in runs_of(words, names) for part in _years_apart(run, words)]
    # print above or below one of the names may have been taken for a part of it
    levels = (lambda p: p.bbox.top, lambda p: p.bbox.bottom)
    found = {slots for level in levels for row in _rows(runs, level) for slots in _regular(row)}
    return sorted(found, key=lambda s: (-s.names, s.top, s.places))


def _years_apart(run: Print, words: Sequence[Word]) -> list[Print]:
    """A run of nothing but years or numbers as so many: names that nearly touch."""
    if not all(any(c.isdigit() for c in words[n].text) for n in run.numbers):
        return [run]
    return [print_of(words, [n]) for n in run.numbers]


def _rows(prints: Sequence[Print], level: Callable[[Print], float]) -> Iterator[list[Print]]:
    """Print on one level."""
    row: list[Print] = []
    for one in sorted(prints, key=level):
        if row and level(one) - level(row[0]) > LEVEL:
            yield row
            row = []
        row.append(one)
    if row:
        yield row


def _regular(row: Sequence[Print]) -> Iterator[Slots]:
    """The parts of a row that are equally far apart, by their middles, their ends or their beginnings; each print in one only.

    Those come first that have most names for the places they leave empty.
    """
    anchors: tuple[Callable[[Print], float], ...] = (lambda p: p.x, lambda p: p.bbox.x1 - 4, lambda p: p.bbox.x0 + 4)
    left = sorted(row, key=lambda p: p.x)
    while len(left) >= FEWEST:
        found = [
            ((2 * len(part) - len(slots.places), len(part), -rank), part, slots)
            for rank, anchor in enumerate(anchors)
            for part in _parts(left, anchor)
            if are_names(part)
            and (slots := _fitted([anchor(p) for p in part], median(p.bbox.top for p in part))) is not None
        ]
        if not found:
            return
        _, part, slots = max(found, key=lambda f: f[0])
        yield slots
        left = [p for p in left if p not in part]


def _parts(prints: Sequence[Print], anchor: Callable[[Print], float]) -> Iterator[list[Print]]:
    """Stretches of print whose gaps are alike, or a few times as wide as one of them."""
    for pitch in {round(anchor(b) - anchor(a), 1) for a, b in pairwise(prints)}:
        if pitch < NEAREST:
            continue
        for start in range(len(prints) - 2):
            part = [prints[start]]
            for one in prints[start + 1 :]:
                steps = (anchor(one) - anchor(part[-1])) / pitch
                if 1 <= round(steps) <= 1 + GAPS and abs(steps - round(steps)) < 2 * ASTRAY:
                    part.append(one)
            if len(part) >= FEWEST:
                yield part


def _fitted(places: Sequence[float], top: float) -> Slots | None:
    """Places as they would be equally far apart, if they nearly are."""
    rough = min(b - a for a, b in pairwise(places))
    if rough < NEAREST:
        return None
    numbers = np.cumsum([0, *(round((b - a) / rough) for a, b in pairwise(places))])
    pitch, first = (float(v) for v in np.polyfit(numbers, np.array(places), 1))
    off = np.abs(first + pitch * numbers - np.array(places))
    count = int(numbers[-1]) + 1
    if pitch < NEAREST or count > MOST or float(off.max()) > ASTRAY * pitch or len(places) < 0.6 * count:
        return None
    return Slots(
        places=tuple(round(first + pitch * n, 1) for n in range(count)), pitch=pitch, top=top, names=len(places)
    )
