"""Crumbs of ruling lines in a scan that were read as strokes: "|" beside a cell, "-" between two rows.

Copying breaks a thin line into dashes, and what is left of them makes columns and rows of its own. Upright strokes are told by
being too thin for a digit, level ones by standing nearer above or below a row than rows do.
"""

from collections.abc import Sequence

from extractors.layout.lines import rows_of_words
from schemas.pages import Page, Word

THIN = 0.12  # width to height of an upright stroke; a one is wider
DRAWN = 3  # upright strokes of a line that is drawn with them
DASHES = "-–—_~"
NEAR = 0.95  # heights of a dash from its middle to that of the nearest word of a row above or below it


def crumbs_of(page: Page) -> frozenset[int]:
    """The numbers of the words of a scanned page that are crumbs of its ruling lines."""
    if page.source != "ocr":
        return frozenset()
    places = {id(word): n for n, word in enumerate(page.words)}
    rows = rows_of_words(page.words)
    crumbs = [word for row in rows for word in _upright(row)]
    for at, row in enumerate(rows):
        beside = (*rows[max(at - 2, 0) : at], *rows[at + 1 : at + 3])
        if _are_dashes(row) and any(_is_near(dash, other) for dash in row for other in beside):
            crumbs += row
    return frozenset(places[id(word)] for word in crumbs)


def _upright(row: Sequence[Word]) -> list[Word]:
    """The strokes of a row that is not drawn with them."""
    strokes = [w for w in row if not w.text.strip("|") and w.confidence is not None]
    thin = [w for w in strokes if w.bbox.width <= THIN * w.bbox.height]
    return thin if len(strokes) < DRAWN and len(row) > len(strokes) else []


def _are_dashes(row: Sequence[Word]) -> bool:
    return all(word.confidence is not None and not word.text.strip(DASHES) for word in row)


def _is_near(dash: Word, row: Sequence[Word]) -> bool:
    """Whether a row of print runs above or below a dash, so near that the dash is no value of a row of its own."""
    along = row[0].bbox.x0 < dash.bbox.x1 and dash.bbox.x0 < row[-1].bbox.x1 and not _are_dashes(row)
    nearest = min(abs(word.bbox.middle - dash.bbox.middle) for word in row)
    return along and nearest < NEAR * dash.bbox.height
