"""Pictures pasted into pages of text, on which print may be: charts, tables and paragraphs that are images.

Here they are only found, by size and place; `ocr.pasted` reads them. Logos, signatures and icons are too small, banners that
stand on several pages say nothing of their own, and a picture with text set over it is a background.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from extractors.reading.quality import STAMP
from schemas.pages import BBox, Word

# In points: a crest is 85 by 85, a signature 150 by 50, a small chart 200 by 140, a table of two rows 450 by 45.
LEAST_WIDTH, LEAST_HEIGHT, LEAST_AREA = 130.0, 45.0, 14_000.0
# The same picture in the same place of so many pages belongs to the paper and not to what it says.
OFTEN = 3
# Some programs cut a picture into tiles: how near they lie to each other, and how level their edges are, in points.
TOUCHING, LEVEL = 1.0, 2.0
MOST_TILES = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """An image on a page and a number that tells it from others (equal for equal images)."""

    bbox: BBox
    content: int


def pasted_pictures(images: Sequence[Image], words: Sequence[Word]) -> tuple[Image, ...]:
    """The pictures of a page of `words` that may hold print, tiles put together, from top to bottom."""
    if not images or len(images) > MOST_TILES:
        return ()
    whole = [image for image in _together(images) if _is_large(image.bbox) and not _is_background(image.bbox, words)]
    inner = [i for i in whole if not any(o is not i and _holds(o.bbox, i.bbox) for o in whole)]
    return tuple(sorted(inner, key=lambda i: (i.bbox.top, i.bbox.x0)))


def repeated(pages: Iterable[Sequence[Image]]) -> frozenset[Image]:
    """The pictures that stand on several pages, in the same place."""
    counts = Counter(image for images in pages for image in set(images))
    return frozenset(image for image, count in counts.items() if count >= OFTEN)


def _together(images: Sequence[Image]) -> list[Image]:
    """Images whose edges touch over their whole length as one: first those below each other, then those side by side."""
    stacked = _joined(sorted(images, key=lambda i: (i.bbox.top, i.bbox.x0)), _is_below)
    return _joined(sorted(stacked, key=lambda i: (i.bbox.x0, i.bbox.top)), _is_beside)


def _joined(images: Iterable[Image], goes_on: Callable[[BBox, BBox], bool]) -> list[Image]:
    joined: list[Image] = []
    for image in images:
        before = next((n for n, one in enumerate(joined) if goes_on(one.bbox, image.bbox)), None)
        if before is None:
            joined.append(image)
        else:
            both = (joined[before], image)
            content = hash(tuple(one.content for one in both))
            joined[before] = Image(bbox=BBox.around(one.bbox for one in both), content=content)
    return joined


def _is_below(one: BBox, other: BBox) -> bool:
    level = abs(one.x0 - other.x0) <= LEVEL and abs(one.x1 - other.x1) <= LEVEL
    return level and abs(other.top - one.bottom) <= TOUCHING


def _is_beside(one: BBox, other: BBox) -> bool:
    level = abs(one.top - other.top) <= LEVEL and abs(one.bottom - other.bottom) <= LEVEL
    return level and abs(other.x0 - one.x1) <= TOUCHING


def _is_large(box: BBox) -> bool:
    return box.width >= LEAST_WIDTH and box.height >= LEAST_HEIGHT and box.width * box.height >= LEAST_AREA


def _is_background(box: BBox, words: Sequence[Word]) -> bool:
    """Whether more words of the text layer stand on a picture than a few that name its parts."""
    return (
        sum(box.x0 < (w.bbox.x0 + w.bbox.x1) / 2 < box.x1 and box.top < w.bbox.middle < box.bottom for w in words)
        > STAMP
    )


def _holds(outer: BBox, box: BBox) -> bool:
    return (
        outer.x0 <= box.x0 + 1
        and outer.top <= box.top + 1
        and outer.x1 >= box.x1 - 1
        and outer.bottom >= box.bottom - 1
    )
