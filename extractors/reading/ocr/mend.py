"""Words that Tesseract breaks in ways that are its own, put right; what it read is kept beside (`Word.raw`).

Only slips of shape that no text has. What a number may be that was misread is left to the second reader and to the arithmetic.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from schemas.pages import Word

_SLIPS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile("ﬃ"), "ffi"),
    (re.compile("ﬄ"), "ffl"),
    (re.compile("ﬀ"), "ff"),
    (re.compile("ﬁ"), "fi"),
    (re.compile("ﬂ"), "fl"),
    # the quarters of a year
    (re.compile(r"^([(“‘]?Q)[lIi|!](?=\W*$)"), r"\g<1>1"),
    # a percent sign whose rings were read as letters
    (re.compile(r"(?<=\d)(?:%o|°/o|°/0|°%|%0)(?=[).,;:]*$)"), "%"),
)


def mended(text: str) -> str:
    """The word as it must have been printed."""
    for slip, right in _SLIPS:
        text = slip.sub(right, text)
    return text


_QUARTERS = ("Q1", "Q2", "Q3", "Q4")
_STROKES = re.compile(r"[|!I\[\]_.,'‘’-]+")


def with_quarters(words: Sequence[Word]) -> tuple[Word, ...]:
    """The words with the quarters of a row put right where it has at least two of them in their places ("Q1 Q2 b3 O4")."""
    made = list(words)
    print_of = [n for n, word in enumerate(words) if not (_STROKES.fullmatch(word.text) and len(word.text) < 3)]
    for row in _rows([n for n in print_of if len(words[n].text) <= 3], words):
        for start in range(len(row) - 3):
            four = row[start : start + 4]
            if sum(words[n].text == quarter for n, quarter in zip(four, _QUARTERS, strict=True)) in (2, 3):
                for n, quarter in zip(four, _QUARTERS, strict=True):
                    if words[n].text != quarter and not words[n].text.isdigit():
                        made[n] = replace(words[n], text=quarter, raw=words[n].raw or words[n].text)
    return tuple(made)


def _rows(numbers: Sequence[int], words: Sequence[Word]) -> list[list[int]]:
    """Words that stand at one height, from left to right."""
    rows: list[list[int]] = []
    for n in sorted(numbers, key=lambda n: words[n].bbox.middle):
        box = words[n].bbox
        if rows and abs(words[rows[-1][0]].bbox.middle - box.middle) < box.height / 2:
            rows[-1].append(n)
        else:
            rows.append([n])
    return [sorted(row, key=lambda n: words[n].bbox.x0) for row in rows]
