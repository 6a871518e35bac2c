"""Rules drawn with characters ("-----", "=====", "~ . |"): they part rows and headings, and are no text themselves."""

import re
from collections.abc import Sequence

from extractors.layout.lines import Row
from extractors.layout.tokens import is_bullet, is_value

_DRAWN = re.compile(r"[-=_~*+.|:–—―─━═┄┈│┼├┤┬┴┌┐└┘╪╬¯]+")
LEAST_DASHES = 4
_SAME = re.compile(r"(.)\1\1")


def stroke_rows(rows: Sequence[Row], *, scanned: bool) -> set[int]:
    """Numbers of the rows that consist of drawn rules, or of specks that a scan made of one."""
    texts = (" ".join(part.text for part in row) for row in rows)
    return {number for number, text in enumerate(texts) if is_stroke(text) or scanned and _is_dotted(text.split())}


def _is_dotted(words: Sequence[str]) -> bool:
    """Whether a line holds so many strokes and nothing else that they are left of a dotted rule, and stand for no missing values."""
    return len(words) >= LEAST_DASHES and all(_DRAWN.fullmatch(word) for word in words)


def is_stroke(text: str) -> bool:
    """Whether a line holds nothing but characters that draw a rule. Dashes that stand for missing values do not."""
    words = text.split()
    if not words or not all(_DRAWN.fullmatch(w) for w in words):
        return False
    if any(_SAME.search(w) for w in words):
        return True
    return len(words) > 1 and not all(is_value(w) or is_bullet(w) for w in words)
