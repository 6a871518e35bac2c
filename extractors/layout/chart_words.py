"""Heads of a scanned table that a chart took: one right above the chart, or one on which a stamp looks like slices.

"No.", "%" or a year of a chart with other print on either side at its height, none of which is the chart's, belongs to that print.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extractors.layout.cells import EMPTY
from extractors.layout.lines import rows_of_words
from extractors.layout.tokens import is_period
from schemas.layout import Table
from schemas.pages import Page, Word


def left_to_rows(page: Page, charts: Sequence[Table], taken: set[int]) -> tuple[list[Table], set[int]]:
    """The charts without such words, and the numbers of the words that are still theirs; one whose labels are such words is none."""
    within = _within_rows(page, taken) if page.source == "ocr" else set()
    if not within:
        return list(charts), taken
    places = {id(word): n for n, word in enumerate(page.words)}
    kept, lost = [], set[int]()
    for chart in charts:
        own = {places[id(w.word)]: cell.row for cell in chart.cells for w in cell.text.words if id(w.word) in places}
        if not within & own.keys():
            kept.append(chart)
        elif any(own[n] for n in within & own.keys()):
            axes = {places[id(w.word)] for axis in chart.axes for w in axis.words if id(w.word) in places}
            lost |= own.keys() | axes
        else:
            lost |= {n for n, row in own.items() if not row}
            kept.append(replace(chart, cells=tuple(c if c.row else replace(c, text=EMPTY) for c in chart.cells)))
    return kept, taken - lost


def _within_rows(page: Page, taken: set[int]) -> set[int]:
    """The heads among the words of charts that have print which is not theirs on both sides."""
    places = {id(word): n for n, word in enumerate(page.words)}
    found = set()
    for row in rows_of_words(page.words):
        own = [places[id(word)] for word in row]
        inner = ((n, before, after) for (before, n), (_, after) in pairwise(pairwise(own)))
        found |= {
            n for n, *beside in inner if n in taken and _is_head(page.words[n]) and not taken.intersection(beside)
        }
    return found


def _is_head(word: Word) -> bool:
    return word.text in ("No.", "%") or is_period(word.text)
