"""Footnotes: small type at the foot of a page, below everything else."""

from collections.abc import Collection, Sequence

from extractors.layout.captions import names_a_table
from extractors.layout.lines import Row
from extractors.layout.tokens import is_value
from schemas.layout import Table
from schemas.pages import Page

SMALLER = 0.88  # times the body size
CELLS = 3  # parts of a row of a table
VALUE_WORDS, LONGEST_MARK = 3, 3  # words of a value in a cell; characters of the mark of a note
LOWER_PART = 0.55  # share of the page height below which footnotes stand


def footnote_rows(
    page: Page, rows: Sequence[Row], furniture: Collection[int], body: float, tables: Sequence[Table] = ()
) -> set[int]:
    """Numbers of the rows at the page foot that are set in smaller type than the body (`body` in points).

    `tables` are those of the page that are not in its rows: what stands above one, or names one, is no footnote.
    """
    found: set[int] = set()
    lowest = max((table.bbox.bottom for table in tables), default=0.0)
    for number in range(len(rows) - 1, -1, -1):
        if number in furniture:
            continue
        row = rows[number]
        small = all(part.size <= SMALLER * body for part in row)
        too_high = row[0].bbox.top < max(LOWER_PART * page.height, lowest)
        if not small or too_high or len(row) >= CELLS or names_a_table(row[0].text) or _is_valued(row):
            break
        found.add(number)
    # a page of small type only has no footnotes
    return found if len(found) < len(rows) - len(furniture) else set()


def _is_valued(row: Row) -> bool:
    """Whether a row is a label with its value, wide apart, and no mark with its note."""
    if len(row) != CELLS - 1 or len(row[-1].words) > VALUE_WORDS:
        return False
    return is_value(row[-1].words[0].text) and len(row[0].text) > LONGEST_MARK


def footnote_texts(rows: Sequence[Row]) -> list[Row]:
    """The lines of each footnote together: a new one begins with its mark, a number or an asterisk."""
    notes: list[Row] = []
    for row in rows:
        mark = row[0].words[0].text
        begins = mark.rstrip(".)").isdigit() and len(mark) <= 3 or mark[0] in "*†‡"
        if notes and not begins:
            notes[-1] += row
        else:
            notes.append(row)
    return notes
