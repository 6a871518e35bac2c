"""Pale lines of a page itself, told from those that show through from its other side.

A table's own lines meet, and keep clear of its print; those of the other side run through the print of this one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from extractors.reading.ocr.raster import Image
from schemas.pages import BBox

# In heights of small letters: how near lines are that meet, and the least that a set of them is high and wide.
_MEET, _SIZE = 0.5, 3.0
# A grid has so many lines of each direction; so much of the length of one may run through print.
_FEWEST, _THROUGH = 2, 0.05
# Pixels on both sides of a line in which print is close to it.
_BESIDE = 4


def own_pale_lines(pale: Sequence[BBox], others: Sequence[BBox], ink: Image, letter_height: float) -> tuple[BBox, ...]:
    """Those of the `pale` lines (boxes in pixels) that are the page's own: they make a grid, with `others` that surely are.

    `ink` is 255 where there is print that belongs to no line.
    """
    near = _MEET * letter_height
    clear = [line for line in pale if _through(line, ink) <= _THROUGH * max(line.width, line.height)]
    clear = _held(clear, others, near)
    own: list[BBox] = []
    for lines in _sets([*clear, *others], near):
        lying = sum(line.width > line.height for line in lines)
        box = BBox.around(lines)
        if min(lying, len(lines) - lying) >= _FEWEST and min(box.width, box.height) >= _SIZE * letter_height:
            own += [line for line in lines if line in clear]
    return tuple(own)


def _held(pale: Sequence[BBox], others: Sequence[BBox], near: float) -> list[BBox]:
    """The pale lines that end at other lines, or below those next to them, as lines of a table do; those that show through end anywhere."""
    left = list(pale)
    while True:
        lines = [*left, *others]
        kept = [
            line
            for line in left
            if all(_met(end, line, lines, near) for end in _ends(line)) or _is_level(line, lines, near)
        ]
        if len(kept) == len(left):
            return kept
        left = kept


def _is_level(line: BBox, lines: Sequence[BBox], near: float) -> bool:
    """Whether a lying line begins and ends where another does, as in a table without lines at its sides."""
    alike = (
        abs(line.x0 - other.x0) <= near and abs(line.x1 - other.x1) <= near
        for other in lines
        if other != line and other.width > other.height
    )
    return line.width > line.height and any(alike)


def _ends(line: BBox) -> tuple[BBox, BBox]:
    if line.width > line.height:
        return replace(line, x1=line.x0), replace(line, x0=line.x1)
    return replace(line, bottom=line.top), replace(line, top=line.bottom)


def _met(end: BBox, own: BBox, lines: Sequence[BBox], near: float) -> bool:
    return any(_meet(end, other, near) for other in lines if other != own)


def _sets(lines: Sequence[BBox], near: float) -> Iterator[list[BBox]]:
    """Lines that meet, one with the other."""
    left = list(lines)
    while left:
        found = [left.pop()]
        for line in found:
            met = [other for other in left if _meet(line, other, near)]
            left = [other for other in left if other not in met]
            found += met
        yield found


def _meet(one: BBox, other: BBox, near: float) -> bool:
    return (
        one.x0 - near <= other.x1
        and other.x0 - near <= one.x1
        and one.top - near <= other.bottom
        and other.top - near <= one.bottom
    )


def _through(line: BBox, ink: Image) -> int:
    """Over how many pixels of its length a line has print on both sides, close to it."""
    x0, x1, top, bottom = (max(int(edge), 0) for edge in (line.x0, line.x1, line.top, line.bottom))
    if line.width > line.height:
        sides = (
            ink[max(top - _BESIDE, 0) : top, x0:x1].any(axis=0),
            ink[bottom + 1 : bottom + 1 + _BESIDE, x0:x1].any(axis=0),
        )
    else:
        sides = (
            ink[top:bottom, max(x0 - _BESIDE, 0) : x0].any(axis=1),
            ink[top:bottom, x1 + 1 : x1 + 1 + _BESIDE].any(axis=1),
        )
    return int(np.count_nonzero(sides[0] & sides[1]))
