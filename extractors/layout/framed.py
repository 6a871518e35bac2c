"""Tables between level rules: one above the heads, one below them, one at the foot, and nothing upright.

Rules of one width that follow each other frame a table if what stands between them is set in columns. The page's own
rules, above and below the text, frame text and are found out by it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from statistics import median
from typing import Literal

from extractors.layout.captions import names_a_table
from extractors.layout.cells import table_of
from extractors.layout.lines import Line, Row
from extractors.layout.structure import Structure, placed, spots_of, structure_of, structures_of, tabular
from extractors.layout.sums import chosen
from extractors.layout.tabular import is_framed_table
from extractors.layout.tokens import ends_sentence, has_digit, is_numbered, is_period, is_value, starts_lower
from extractors.layout.turned import printed_rows
from extractors.layout.underlined import Frame, begins_paragraph, is_larger, parts_sections, without_underlines
from extractors.layout.wrapped import WRAPPED
from schemas.layout import Table
from schemas.pages import BBox, Page, Rule, Word

LEAST_WIDTH = 90.0  # points
SAME_END = 8.0  # points between the ends of rules that frame one table
GAP = 14.0  # points between pieces of one rule
MOST_RULES = 400
MOST_HEADS = 150.0  # points that the heads above the first rule take
PERIODS_GAP = 1.6  # em from periods over other heads to these
HEAD_GAP = 0.9  # em from heads to the rule below them, and from line to line of them
LINE_WORDS = 4  # of running text, in each of its columns
SENTENCE = 5  # words of a line that ends with a stop, and is no head
CAPTION = 6  # words of a line that is the caption of the next table, and of no cell
LEAST_LINES = 3
WIDE = 0.4  # share of the width of a bay that a line of a text column takes
MOST_HEAD = 24.0  # points between two rules over a line of heads


def framed_tables(page: Page, taken: set[int], space: float) -> list[tuple[Table, frozenset[int]]]:
    """Tables between the level rules of a page, with the numbers of the words they hold; `taken` are words of other tables."""
    frames = without_underlines(_frames(page.rules), page, space)
    words = [(n, w) for n, w in enumerate(page.words) if n not in taken]
    tables: list[tuple[Table, frozenset[int]]] = []
    used: set[int] = set()
    for chain in _chains(frames):
        waiting = list(_stretches(chain, [w for n, w in words if n not in used], page.number, space))
        while waiting:
            first, last = waiting.pop(0)
            free = [(n, w) for n, w in words if n not in used]
            box = _extent(chain[first : last + 1], [w for _, w in free], page, space)
            borders = _borders(chain[first : last + 1], box)
            inside = [n for n, w in free if _holds(box, w.bbox)]
            structures = structures_of(_rows(page.number, [page.words[n] for n in inside], space), borders)
            if is_framed_table(structures[0]):
                readings = [s for s in structures if is_framed_table(s)]
                (table,) = chosen(
                    [[table_of(page.number, spots_of(s, page.rules, borders), "ruled")] for s in readings]
                )
                tables.append((table, frozenset(inside)))
                used.update(inside)
            else:
                waiting[:0] = _halves(chain, first, last, [w for _, w in free], page.number, space)
    return tables


def _extent(chain: Sequence[Frame], words: Sequence[Word], page: Page, space: float) -> BBox:
    """The table between the first and the last rule, with heads above the one and a row below the other, if it has them."""

    def structure(box: BBox) -> Structure:
        return structure_of(_rows(page.number, [w for w in words if _holds(box, w.bbox)], space), _borders(chain, box))

    box = BBox(chain[0].x0, _top(chain[0], page), chain[-1].x1, chain[-1].height)
    if structure(box).heads == 0:
        box = replace(
            box, top=_above_heads(box, words, [r.bbox.middle for r in page.rules if r.horizontal], page.number, space)
        )
    found = structure(box)
    below = _row_below(box, words, found, page.number, space) if is_framed_table(found) else None
    return replace(box, bottom=below) if below else box


def _borders(chain: Sequence[Frame], box: BBox) -> list[float]:
    """The heights of the rules between two rows of a table."""
    return [frame.height for frame in chain if box.top < frame.height < box.bottom]


def _frames(rules: Sequence[Rule]) -> list[Frame]:
    """The long level rules from top to bottom, pieces at one height together."""
    level = sorted((r.bbox for r in rules if r.horizontal), key=lambda b: (round(b.middle), b.x0))
    if len(level) > MOST_RULES:
        return []
    frames: list[Frame] = []
    for box in level:
        last = frames[-1] if frames else None
        if last is not None and abs(last.height - box.middle) < 1.5 and -1 <= box.x0 - last.x1 < GAP:
            frames[-1] = Frame(x0=last.x0, x1=box.x1, height=last.height)
        else:
            frames.append(Frame(x0=box.x0, x1=box.x1, height=box.middle))
    return [frame for frame in frames if frame.x1 - frame.x0 >= LEAST_WIDTH]


def _chains(frames: Sequence[Frame]) -> list[list[Frame]]:
    """Rules of one width, from top to bottom."""
    chains: list[list[Frame]] = []
    for frame in sorted(frames, key=lambda f: f.height):
        chain = next((c for c in chains if _same_ends(c[-1], frame)), None)
        if chain is None:
            chains.append([frame])
        elif frame.height - chain[-1].height > 2:
            chain.append(frame)
    return sorted((c for c in chains if len(c) > 1), key=lambda c: (c[0].x0 - c[0].x1, c[0].height))


def _same_ends(one: Frame, other: Frame) -> bool:
    return abs(one.x0 - other.x0) < SAME_END and abs(one.x1 - other.x1) < SAME_END


def _stretches(chain: Sequence[Frame], words: Sequence[Word], page: int, space: float) -> Iterator[tuple[int, int]]:
    """First and last rule of each run of bays that are set in columns; lone lines may stand between such bays only."""
    kinds = [_bay(above, below, words, page, space) for above, below in zip(chain, chain[1:], strict=False)]
    for columns, run in groupby(enumerate(kinds), key=lambda bay: bay[1] is not None):
        several = [at for at, kind in run if kind == "columns"]
        if columns and several:
            yield several[0], several[-1] + 1


def _halves(
    chain: Sequence[Frame], first: int, last: int, words: Sequence[Word], page: int, space: float
) -> list[tuple[int, int]]:
    """A run of bays that is no table as two, parted where a caption stands alone between two rules; none if there is no such bay."""
    for at in range(first + 1, last - 1):
        above, below = chain[at], chain[at + 1]
        rows = _rows(page, [w for w in words if above.height < w.bbox.middle < below.height], space)
        if len(rows) == 1 and any(len(part.words) >= CAPTION for part in rows[0]):
            return [(first, at), (at + 1, last)]
    return []


def _top(first: Frame, page: Page) -> float:
    """Where the heads begin: at shorter rules above the first long one, over some of the columns, with a line of heads between."""
    top = first.height
    for rule in sorted((r.bbox for r in page.rules if r.horizontal), key=lambda b: -b.middle):
        short = (
            first.x0 - 4 <= rule.x0
            and rule.x1 <= first.x1 + 4
            and LEAST_WIDTH / 2 < rule.width < 0.95 * (first.x1 - first.x0)
        )
        if short and 6 < top - rule.middle < MOST_HEAD:
            between = [w for w in page.words if rule.middle < w.bbox.middle < top and first.x0 <= w.bbox.x0 <= first.x1]
            if between and all(rule.x0 - 4 <= w.bbox.x0 and w.bbox.x1 <= rule.x1 + 4 for w in between):
                top = rule.middle
    return top


def _above_heads(box: BBox, words: Sequence[Word], level: Sequence[float], page: int, space: float) -> float:
    """Where a table begins whose first rule stands below its heads: above the lines that are heads, if there are any.

    `level` are the heights of level rules: a line may also stand near one of those.
    """
    near = [w for w in words if box.top - MOST_HEADS < w.bbox.middle < box.top and _holds(replace(box, top=0), w.bbox)]
    edge = top = box.top
    for row in reversed(_rows(page, near, space)):
        over = len(row) > 1 and all(_is_dated(part) for part in row)
        gap = PERIODS_GAP if over else HEAD_GAP
        if edge - max(part.bbox.bottom for part in row) > gap * row[0].size or names_a_table(row[0].text):
            break
        if begins_paragraph(row) or any(len(p.words) >= SENTENCE and p.text.endswith(".") for p in row):
            break
        if any(is_value(part.words[0].text) and has_digit(part.text) and not _names_periods(part) for part in row):
            break
        edge = min(part.bbox.top for part in row)
        edge = min([height for height in level if edge - HEAD_GAP * row[0].size < height < edge], default=edge)
        if len(row) > 1 or row[0].bbox.x0 > box.x0 + 0.25 * box.width:
            top = edge
        elif row[0].bbox.width > 0.5 * box.width:
            break
    return top - 1 if top < box.top else top


def _is_dated(part: Line) -> bool:
    """Whether a part of a row is a period and nothing else: "2015/16", "H1 2015/16"."""
    *before, last = (word.text for word in part.words)
    return is_period(last) and all(re.fullmatch(r"[HQ][1-4]|to|-|–", text) or is_period(text) for text in before)


def _names_periods(part: Line) -> bool:
    """Whether all numbers of a part are years: "2009 to 2010", or the first line of that, "2013/14 No. (%)"."""
    return all(is_period(word.text) for word in part.words if has_digit(word.text))


def _row_below(box: BBox, words: Sequence[Word], structure: Structure, page: int, space: float) -> float | None:
    """Where a table ends that has a row below its last rule; None if it has none: as near, in the same columns, half filled."""
    near = [w for w in words if box.bottom < w.bbox.middle < box.bottom + MOST_HEAD and _beside(box, w.bbox)]
    rows = _rows(page, near, space)
    if not rows or len(structure.columns) < 2:
        return None
    row, columns = rows[0], structure.columns
    own = placed(row, columns)
    filled = len(row) > 1 and len(row) > 0.5 * len(columns) and len({col for col, _, _ in own}) == len(own)
    close = min(part.bbox.top for part in row) - box.bottom < HEAD_GAP * row[0].size
    if not filled or not close or any(span > 1 for _, span, _ in own) or names_a_table(row[0].text):
        return None
    bottom = max(part.bbox.bottom for part in row)
    for more in rows[1:]:  # the rest of its wrapped cells
        if more[0].bbox.middle - row[0].bbox.middle > WRAPPED * row[0].size or more[0].bbox.top > bottom + row[0].size:
            break
        if any(span > 1 for _, span, _ in placed(more, columns)) or is_value(more[0].words[0].text):
            break
        bottom = max(part.bbox.bottom for part in more)
    return bottom + 1


def _bay(
    above: Frame, below: Frame, words: Sequence[Word], page: int, space: float
) -> Literal["columns", "lone"] | None:
    """Whether what stands between two rules may be rows of a table, or a lone heading between such rows."""
    x0, x1 = min(above.x0, below.x0), max(above.x1, below.x1)
    between = [w for w in words if above.height < w.bbox.middle < below.height]
    if any(w.bbox.x0 < x < w.bbox.x1 for w in between for x in (x0 - 4, x1 + 4)):
        return None
    rows = _rows(page, [w for w in between if x0 - 4 <= w.bbox.x0 and w.bbox.x1 <= x1 + 4], space)
    if any(names_a_table(row[0].text) for row in rows):
        return None
    if parts_sections(rows):
        return None
    several = [row for row in rows if len(row) > 1]
    wide = any(len(row) == 1 and row[0].bbox.width > WIDE * (x1 - x0) for row in rows)
    if _is_text(rows, several) or wide and any(len(r) == 1 and ends_sentence(r[0].text) for r in rows):
        return None
    if several:
        return "columns" if 3 * len(several) >= len(rows) else None
    lone = 0 < len(rows) < 3 and all(row[0].bbox.width < 0.6 * (x1 - x0) for row in rows)
    return "lone" if lone else None


def _is_text(rows: Sequence[Row], several: Sequence[Row]) -> bool:
    """Whether rows are running text: in columns, in numbered paragraphs, or with a heading in larger type at the end, which the rule underlines."""
    running = [row for row in several if all(len(part.words) >= LINE_WORDS for part in row)]
    if len(running) >= LEAST_LINES and 2 * len(running) >= len(rows):
        return True
    lower = sum(starts_lower(part.text) for row in rows for part in row)
    mostly = 3 * len(running) >= 2 * len(several) and 3 * lower >= 2 * len(running)
    if len(running) > 1 and (len(running) == len(several) and lower or mostly):
        return True
    for row in several:
        if len(row) == 2 and is_numbered((*row[0].words, *row[1].words)) and len(row[1].words) >= LINE_WORDS:
            return True
    usual = median([part.size for row in several for part in row] or [0.0])
    return bool(rows) and len(rows[-1]) == 1 and is_larger(rows[-1][0], usual)


def _rows(page: int, words: Sequence[Word], space: float) -> list[Row]:
    return [tabular(row) for row in printed_rows(page, words, space)]


def _beside(outer: BBox, box: BBox) -> bool:
    return outer.x0 - 4 <= (box.x0 + box.x1) / 2 <= outer.x1 + 4


def _holds(outer: BBox, box: BBox) -> bool:
    middle = (box.x0 + box.x1) / 2
    return outer.x0 - 4 <= middle <= outer.x1 + 4 and outer.top <= box.middle <= outer.bottom
