"""Percent signs at the head of columns that copying left too thin to be read ("No. On) No. a"), told by the shares below them.

They stand in turn with the heads of numbers, and shares stand below them; what was read is kept (`Word.raw`).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.reading.ocr.mend import rows_of
from schemas.pages import BBox, Word

_NUMBER_HEAD = re.compile(r"\W?No\W?")
_NUMBER = re.compile(r"\W?\d[\d,]*")
_SHARE = re.compile(r"\d{1,3}(?:\.\d+)?%")  # in brackets it belongs to the number before it, under "No. (%)"
# Characters of what a sign is read as; heights of a word from a head down to the first value, at most; heads that stand in turn.
_SHORT, _BELOW, _FEWEST = 4, 3.0, 2


@dataclass(frozen=True, slots=True)
class _Pair:
    """The number of the word "No.", the words read for the sign behind it (none where it was not read at all), and the place of that."""

    number: int
    sign: tuple[int, ...]
    place: BBox


def with_percent_heads(words: Sequence[Word]) -> tuple[Word, ...]:
    """The words with the percent signs of a row of heads, and the stops of its "No.", as they must have been printed."""
    heads = [n for n, word in enumerate(words) if _NUMBER_HEAD.fullmatch(word.text)]
    made: dict[int, Word] = dict(enumerate(words))
    for row in rows_of(heads, words) if len(heads) >= _FEWEST else ():
        found = [_pair(n, end, words) for n, end in zip(row, [*row[1:], None], strict=True)]
        pairs = [pair for pair in found if pair is not None]
        if len(pairs) < max(len(found), _FEWEST):
            continue
        for pair in pairs:
            head = made[pair.number]
            read = " ".join(words[n].raw or words[n].text for n in pair.sign)
            made[pair.number] = head if head.text == "No." else replace(head, text="No.", raw=head.raw or head.text)
            if [words[n].text for n in pair.sign] != ["%"]:
                first = min(pair.sign, default=len(made) + len(words))
                raw = read or "(nothing)"
                made[first] = replace(head, text="%", bbox=pair.place, confidence=0.0, raw=raw, readings=())
                for other in pair.sign[1:]:
                    del made[other]
    return tuple(made.values())


def _pair(head: int, end: int | None, words: Sequence[Word]) -> _Pair | None:
    """The sign behind a head of numbers, before the next such head; None where there is another head, or no share below."""
    box = words[head].bbox
    right = words[end].bbox.x0 if end is not None else float("inf")
    below = [
        w.bbox
        for w in words
        if _NUMBER.fullmatch(w.text)
        and w.bbox.x0 < box.x1 + box.height
        and box.x0 - box.height < w.bbox.x1
        and 0 < w.bbox.middle - box.bottom < _BELOW * box.height
    ]
    if not below:
        return None
    value = min(below, key=lambda b: b.middle)
    beside = _level_with(value, right, words)
    if not beside or not _SHARE.fullmatch(words[beside[0]].text):
        return None
    share = words[beside[0]].bbox
    sign = [n for n in _level_with(box, right, words) if words[n].bbox.x0 < share.x1 + box.height]
    if sum(len(words[n].text) for n in sign) > _SHORT:
        return None
    at = BBox.around([words[n].bbox for n in sign]) if sign else share
    return _Pair(head, tuple(sign), BBox(at.x0, box.top, at.x1, box.bottom))


def _level_with(box: BBox, right: float, words: Sequence[Word]) -> list[int]:
    """The words behind a box at its height, up to `right`, from the left."""
    level = [n for n, w in enumerate(words) if box.x1 <= w.bbox.x0 < right and box.top < w.bbox.middle < box.bottom]
    return sorted(level, key=lambda n: words[n].bbox.x0)
