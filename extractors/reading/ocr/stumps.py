"""What was read as words on a scan and is none: pieces of lines, and the edge of the sheet or the shadow of a fold beside it."""

import re
from collections.abc import Sequence
from statistics import median

from schemas.pages import Rule, Word

# Words read with less confidence than this may be anything.
_UNSURE = 0.6
_STUMP = re.compile(r"[|!\[\]Il]{1,2}")
# The same of a level line; points from a piece of a line to the next, and by how many times that is longer.
_DASH = re.compile(r"[-–—_.,]{1,2}")
_BEYOND, _LONGER = 6.0, 1.8
# Points between a stump and its line, and sizes of the stump by which the line may end before it; of the usual height of words, what
# specks beside a line are read as.
_ON_LINE, _ENDS, _SMALL = 2.0, 2.5, 0.6


def without_stumps(words: Sequence[Word], rules: Sequence[Rule]) -> tuple[Word, ...]:
    """The words without what is a piece of a line.

    Of an upright one, or what would be if that did not end short, strokes are, and small words that were hardly read; of a level one, a dash
    at its height, in it or right beside it.
    """
    upright = [rule.bbox for rule in rules if not rule.horizontal]
    level = [rule.bbox for rule in rules if rule.horizontal]
    usual = median(word.bbox.height for word in words) if words else 0.0

    def is_stump(word: Word) -> bool:
        box, stroke = word.bbox, bool(_STUMP.fullmatch(word.text))
        if not stroke and (box.height > _SMALL * usual or (word.confidence or 1.0) >= _UNSURE):
            return False
        x0, x1 = ((box.x0 + box.x1) / 2,) * 2 if stroke else (box.x0, box.x1)
        reach = _ENDS * (box.height if stroke else usual)
        return any(
            line.x0 - _ON_LINE < x1 and x0 < line.x1 + _ON_LINE and line.top - reach < box.middle < line.bottom + reach
            for line in upright
        )

    def is_gap(word: Word) -> bool:
        box = word.bbox
        return any(
            line.x0 - _BEYOND < box.x1
            and box.x0 < line.x1 + _BEYOND
            and line.top - _ON_LINE < box.middle < line.bottom + _ON_LINE
            and line.width > _LONGER * box.width
            for line in (level if _DASH.fullmatch(word.text) else ())
        )

    return tuple(word for word in words if not is_stump(word) and not is_gap(word))


# What an edge is read as; how near it is to that of the page, how far from any print, in points; and letters of a word that is print.
_EDGE = re.compile(r"[^\d\W]|[|!\[\](){}/\\_.,:;'‘’~·*°-]{1,2}")
_OUTERMOST, _AWAY, _LETTERS = 10.0, 20.0, 3


def without_sheet_edges(words: Sequence[Word], width: float) -> tuple[Word, ...]:
    """The words without strokes and lone letters in the outermost points of a page that is so wide, far from any other print.

    Where whole words stand there as well, the page was cut close to its print.
    """
    outer = [
        word
        for word in words
        if min(word.bbox.x1 - _OUTERMOST, word.bbox.x0) < 0 or max(word.bbox.x0 + _OUTERMOST, word.bbox.x1) > width
    ]
    if any(sum(c.isalnum() for c in word.text) >= _LETTERS for word in outer):
        return tuple(words)
    inner = [word.bbox for word in words if word not in outer]

    def is_edge(word: Word) -> bool:
        box = word.bbox
        return bool(_EDGE.fullmatch(word.text)) and not any(
            box.top < b.bottom and b.top < box.bottom and b.x0 < box.x1 + _AWAY and box.x0 < b.x1 + _AWAY for b in inner
        )

    return tuple(word for word in words if not (word in outer and is_edge(word)))
