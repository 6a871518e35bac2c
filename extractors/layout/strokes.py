"""Rules drawn with characters ("-----", "=====", "~ . |"): they part rows and headings, and are no text themselves."""

import re
from collections.abc import Sequence

from extractors.layout.lines import Row
from extractors.layout.tokens import is_bullet, is_value

_DRAWN = re.compile(r"[-=_~*+.|:–—―─━═┄┈│┼├┤┬┴┌┐└┘╪╬¯]+")
_SAME = re.compile(r"(.)\1\1")


def stroke_rows(rows: Sequence[Row]) -> set[int]:
    """Numbers of the rows that consist of drawn rules, or of specks that a scan made of one."""
    return {number for number, row in enumerate(rows) if is_stroke(" ".join(part.text for part in row))}


def is_stroke(text: str) -> bool:
    """Whether a line holds nothing but characters that draw a rule. Dashes that stand for missing values do not."""
    words = text.split()
    if not words or not all(_DRAWN.fullmatch(w) for w in words):
        return False
    if any(_SAME.search(w) for w in words):
        return True
    return len(words) > 1 and not all(is_value(w) or is_bullet(w) for w in words)
