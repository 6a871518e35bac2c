"""The inside of a table that rules do not part completely: columns from what stands under each other, rows from wrapped lines.

Rows of parts come in, cells go out. Columns come from the rows with values; a part that runs over several columns is cut
where the gaps between its words are the gaps between the columns. The heads above the first row with values are put
together by `heads`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from extractors.layout.cells import Spot
from extractors.layout.heads import Column, head_cells
from extractors.layout.lines import Line, Row, line_of, usual_gap
from extractors.layout.tokens import has_digit, is_pair_tail, is_value
from extractors.layout.wrapped import OVERLAPPING, Placed, are_parted, is_number, row_groups, step_between
from schemas.pages import BBox, Rule, Word

FILLED = 0.5  # share of the columns of values that the first row below the heads has filled
HEAD_GAP = 0.4  # em between heads of two columns, where spaces are narrow
WIDE_TIMES = 1.6  # usual gaps between words
LEAST_FILLED = 0.4  # share of the rows that have something in a column that only spaces set apart
AT_EDGE, WIDER = 0.3, 1.25  # em from a word to the edge of its column; times any other gap
NO_ACCIDENT = 2  # gaps of a part, all of which end where a column begins
THOUSANDS = 0.36  # em between the groups of a number written "10 000"

_LEADER = re.compile(r"[.…·_]{3,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Structure:
    """Columns of a table, its rows with each part in its place, and how many of them are heads."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    grid: tuple[tuple[Placed, ...], ...]
    heads: int


def structure_of(rows: Sequence[Row], borders: Sequence[float] = ()) -> Structure:
    """Columns and places of everything in `rows`, which are printed lines cut at wide gaps.

    `borders` are heights in points at which a rule over the whole table stands.
    """
    return structures_of(rows, borders)[0]


def structures_of(rows: Sequence[Row], borders: Sequence[float] = ()) -> tuple[Structure, ...]:
    """The ways in which `rows` may be set in columns, the likelier one first.

    Values side by side with a mere space between them are columns of their own, or one cell ("83,826 86,502").
    """
    apart = [_values_apart(row) for row in rows]
    columns = _columns(_with_values(apart))
    whole = _structure(rows, _columns(_with_values(rows)), borders)
    if [len(row) for row in apart] == [len(row) for row in rows]:
        return (whole,)
    parted = _structure(apart, columns, borders)
    return (parted, whole) if _mostly_filled(apart, columns) else (whole, parted)


def _structure(rows: Sequence[Row], columns: Sequence[Column], borders: Sequence[float]) -> Structure:
    if not columns:
        box = BBox.around(part.bbox for row in rows for part in row)
        columns = [Column(x0=box.x0, x1=box.x1)]
    space = usual_gap([part.words for row in rows for part in row])
    rows = [tuple(piece for part in row for piece in _cut(part, columns, space)) for row in rows]
    columns = _with_empty_columns(columns, rows)
    grid = tuple(tuple(placed(row, columns)) for row in rows)
    return Structure(
        columns=tuple(columns), rows=tuple(rows), grid=grid, heads=_head_count(grid, len(columns), borders)
    )


def tabular(row: Row) -> Row:
    """A row cut also at the dots that lead from a label to its values, which are left out, if it has several values."""
    pieces: list[Line] = []
    for part in row:
        words: list[Word] = []
        for word in part.words:
            if _LEADER.fullmatch(word.text):
                pieces += [line_of(part.page, words)] if words else []
                words = []
            else:
                words.append(word)
        pieces += [line_of(part.page, words)] if words else []
    return tuple(pieces) if sum(is_value(piece.words[0].text) for piece in pieces[1:]) > 1 else row


def spots_of(structure: Structure, rules: Sequence[Rule], borders: Sequence[float] = ()) -> list[Spot]:
    """The cells of a table, empty ones included. `borders` are heights in points at which a rule parts two rows."""
    heads = structure.heads
    spots, shift = head_cells(structure.rows[:heads], structure.columns, rules)
    body: list[Spot] = []
    for number, group in enumerate(row_groups(structure.grid, structure.heads, len(structure.columns), borders)):
        body.extend(_row_spots(number + shift, group, structure))
    return [*spots, *with_shared_labels(body)]


def with_shared_labels(spots: Sequence[Spot]) -> list[Spot]:
    """The cells of a body, a label over the rows it belongs to where the second column says the same again and again.

    "Asthma" stands over "Count" and "Percentage", in the first row of the two or wrapped over both.
    """
    second = [s for s in sorted(spots, key=lambda s: s.row) if s.col == 1 and s.colspan == 1]
    texts = [" ".join(line.text for line in s.lines) for s in second]
    size = next((k for k in (2, 3, 4) if _recurs(texts, k)), 0)
    if not size or len(second) != len({s.row for s in spots}):
        return list(spots)
    first = second[0].row
    labels: dict[int, list[Spot]] = {}
    for spot in spots:
        if spot.col == 0 and spot.colspan == 1:
            labels.setdefault((spot.row - first) // size, []).append(spot)
    rest = [s for s in spots if not (s.col == 0 and s.colspan == 1)]
    merged = [
        replace(
            own[0],
            rowspan=size,
            lines=tuple(line for s in own for line in s.lines),
            bbox=BBox.around(s.bbox for s in own),
        )
        for own in labels.values()
        if len(own) == size
    ]
    return [*rest, *merged, *(s for own in labels.values() if len(own) != size for s in own)]


def _recurs(texts: Sequence[str], size: int) -> bool:
    """Whether texts repeat from `size` to `size`, are words, and differ within."""
    cycle = texts[:size]
    whole = len(texts) % size == 0 and len(texts) >= 3 * size and len(set(cycle)) == size
    return whole and all(t == cycle[n % size] and t and not is_value(t) for n, t in enumerate(texts))


def _values_apart(row: Row) -> Row:
    """A row with values that stand side by side in one part taken apart ("83,826 86,502"); what belongs together stays."""
    parts: list[Line] = []
    for part in row:
        cuts = [0]
        if len(part.words) > 1 and all(is_value(w.text) and has_digit(w.text) for w in part.words):
            for n, (before, after) in enumerate(zip(part.words, part.words[1:], strict=False)):
                gap = (after.bbox.x0 - before.bbox.x1) / part.size
                grouped = gap < THOUSANDS and after.text.isdecimal() and len(after.text) == 3 and len(before.text) < 4
                if not grouped and not is_pair_tail(after.text):
                    cuts.append(n + 1)
        ends = [*cuts[1:], len(part.words)]
        parts.extend(line_of(part.page, part.words[a:b]) for a, b in zip(cuts, ends, strict=True))
    return tuple(parts)


def _mostly_filled(rows: Sequence[Row], columns: Sequence[Column]) -> bool:
    """Whether every column has something in a good part of the rows with values."""
    valued = _with_values(rows)
    counts = [sum(any(p.bbox.x0 < c.x1 and p.bbox.x1 > c.x0 for p in row) for row in valued) for c in columns]
    return all(count >= LEAST_FILLED * len(valued) for count in counts)


def _with_values(rows: Sequence[Row]) -> Sequence[Row]:
    """The rows with a value beside a label or beside other values; all rows if those are few, once they have begun.

    One such row is enough below turned heads, which may stand beside their columns.
    """
    few = 0 if any(part.words[0].turned for row in rows for part in row) else 1
    numbers = [at for at, row in enumerate(rows) if len(row) > 1 and any(is_number(part) for part in row[1:])]
    begun = [row for row in rows[numbers[0] :] if len(row) > 1] if numbers else []
    return [rows[at] for at in numbers] if len(numbers) > few and 2 * len(numbers) > len(begun) else rows


def _columns(rows: Sequence[Row]) -> list[Column]:
    """Columns shown by the parts of rows, those with most parts first; a part over two columns is a heading over both."""
    columns: list[Column] = []
    for row in sorted(rows, key=len, reverse=True):
        for part in row if len(row) > 1 else ():
            over = [c for c in columns if part.bbox.x0 < c.x1 and part.bbox.x1 > c.x0]
            if len(over) > 1:
                continue
            merged = Column(
                x0=min([part.bbox.x0, *(c.x0 for c in over)]),
                x1=max([part.bbox.x1, *(c.x1 for c in over)]),
            )
            others = [c for c in columns if c not in over]
            if not over or all(c.x1 <= merged.x0 or c.x0 >= merged.x1 for c in others):
                columns = [*others, merged]
    return sorted(columns, key=lambda c: c.x0)


def _with_empty_columns(columns: Sequence[Column], rows: Sequence[Row]) -> list[Column]:
    """The columns, with those that have a head only: a part over none of them, in the first row, where all have one part each."""
    over = [[n for n, c in enumerate(columns) if part.bbox.x0 < c.x1 and part.bbox.x1 > c.x0] for part in rows[0]]
    empty = [part for part, own in zip(rows[0], over, strict=True) if not own]
    if not empty or sorted(n for own in over for n in own) != list(range(len(columns))):
        return list(columns)
    return sorted([*columns, *(Column(x0=p.bbox.x0, x1=p.bbox.x1) for p in empty)], key=lambda c: c.x0)


def _cut(part: Line, columns: Sequence[Column], space: float) -> Iterator[Line]:
    """A part over several columns, cut where every word lies in one column and the pieces are values or clearly apart.

    `space` is the usual gap between words, in em.
    """
    homes = []
    for word in part.words:
        over = [n for n, c in enumerate(columns) if word.bbox.x0 < c.x1 and word.bbox.x1 > c.x0]
        homes.append(over)
    touched = sorted({n for over in homes for n in over})
    if len(touched) < 2 or any(len(over) != 1 for over in homes):
        yield from cut_at_edges(part, [columns[n] for n in touched])
        return
    starts = [0] + [n for n in range(1, len(homes)) if homes[n] != homes[n - 1]]
    pieces = [part.words[a:b] for a, b in zip(starts, [*starts[1:], len(homes)], strict=True)]
    columns_once = len({over[0] for over in homes}) == len(pieces)
    wide = max(HEAD_GAP, WIDE_TIMES * space) * part.size
    apart = all(b[0].bbox.x0 - a[-1].bbox.x1 > wide for a, b in zip(pieces, pieces[1:], strict=False))
    if columns_once and (apart or all(is_value(piece[0].text) for piece in pieces[1:])):
        yield from (line_of(part.page, piece) for piece in pieces)
    else:
        yield from cut_at_edges(part, [columns[n] for n in touched])


def cut_at_edges(part: Line, columns: Sequence[Column]) -> Iterator[Line]:
    """A part over several columns, cut where each of them begins: with a word at its left edge, behind wider gaps than any other of the part.

    Typed heads are as wide as that: "2011-12 No. (%)  2012-13 No. (%)", a space and a half apart. Where all gaps are such, the words begin
    so many columns that it is no accident.
    """
    near = AT_EDGE * part.size
    starts = [next((n for n, w in enumerate(part.words) if abs(w.bbox.x0 - c.x0) < near), -1) for c in columns]
    gaps = [after.bbox.x0 - before.bbox.x1 for before, after in pairwise(part.words)]
    cuts = [n for n in starts[1:] if n > 0]
    others = [gap for n, gap in enumerate(gaps, start=1) if n not in cuts]
    apart = min(gaps[n - 1] for n in cuts) > WIDER * max(others) if cuts and others else len(cuts) >= NO_ACCIDENT
    if len(columns) < 2 or starts[0] != 0 or len(cuts) != len(columns) - 1 or not apart:
        yield part
        return
    for start, end in pairwise([*starts, len(part.words)]):
        yield line_of(part.page, part.words[start:end])


def placed(row: Row, columns: Sequence[Column]) -> list[Placed]:
    """Parts of a row as (first column, number of columns, part)."""
    found: list[Placed] = []
    for part in row:
        over = [n for n, c in enumerate(columns) if part.bbox.x0 < c.x1 and part.bbox.x1 > c.x0]
        if not over:
            middle = (part.bbox.x0 + part.bbox.x1) / 2
            over = [min(range(len(columns)), key=lambda n: abs(columns[n].middle - middle))]
        found.append((over[0], over[-1] - over[0] + 1, part))
    return found


def _head_count(grid: Sequence[Sequence[Placed]], cols: int, borders: Sequence[float]) -> int:
    """How many rows are heads: those before the first whose columns beside the labels are half filled with values.

    A rule over the whole table parts the heads from the labels that open the first group of rows; without one, such labels
    stand alone.
    """
    if not _has_numbers(grid, cols):
        return next((at for at in range(1, len(grid)) if grid[at][0][0] == 0), len(grid)) if len(grid) > 1 else 0
    for at, row in enumerate(grid):
        values = {col for col, span, part in row if col and span == 1 and is_number(part)}
        if values and len(values) >= FILLED * (cols - 1) or values and len(values) == len(row) - 1 and at:
            break
    else:
        return 0 if not grid else 1
    ruled = [n for n in range(1, at + 1) if are_parted(grid[n - 1], grid[n], borders)]
    if ruled:
        return ruled[-1]
    first = at
    # labels alone above the first values open a group of rows, unless heads stand beside or below them
    while (
        first and len(grid[first - 1]) == 1 and grid[first - 1][0][0] == 0 and grid[first - 1][0][1] < max(cols - 1, 2)
    ):
        first -= 1
    if first and first < at and step_between(grid[first - 1], grid[first]) < OVERLAPPING * grid[first][0][2].size:
        return at
    return first if first else at


def _has_numbers(grid: Sequence[Sequence[Placed]], cols: int) -> bool:
    """Whether a column beside the labels holds numbers for the most part."""
    own = [[part for row in grid for at, span, part in row if (at, span) == (col, 1)] for col in range(1, cols)]
    numbers = [[part for part in parts if is_number(part) and len(part.words) < 3] for parts in own]
    return any(2 * len(some) >= len(parts) > 0 for some, parts in zip(numbers, own, strict=True))


def columns_agree(structure: Structure) -> bool:
    """Whether most columns beside the labels have an edge or their middle in common, so that they are columns at all."""
    own = [
        [part for row in structure.grid[structure.heads :] for at, span, part in row if at == col and span == 1]
        for col in range(1, len(structure.columns))
    ]
    return sum(len(parts) > 1 and edges_agree(parts) for parts in own) > 0.6 * len(own)


def edges_agree(parts: Sequence[Line]) -> bool:
    """Whether parts stand under each other on their left or right edge or their middle."""
    left = sum(abs(p.bbox.x0 - median(q.bbox.x0 for q in parts)) < 3 for p in parts)
    right = sum(abs(p.bbox.x1 - median(q.bbox.x1 for q in parts)) < 3 for p in parts)
    middle = sum(abs(p.bbox.x0 + p.bbox.x1 - median(q.bbox.x0 + q.bbox.x1 for q in parts)) < 6 for p in parts)
    return max(left, right, middle) >= 0.7 * len(parts)


def _row_spots(number: int, group: Sequence[int], structure: Structure) -> Iterator[Spot]:
    """The cells of one row, empty ones included."""
    held: dict[tuple[int, int], list[Line]] = {}
    for at in group:
        for col, span, part in structure.grid[at]:
            home = next((k for k in held if k[0] <= col < k[0] + k[1]), (col, span))
            held.setdefault(home, []).append(part)
    band = BBox.around(part.bbox for at in group for _, _, part in structure.grid[at])
    covered = {c + k for c, span in held for k in range(span)}
    for (col, span), parts in held.items():
        box = BBox.around(p.bbox for p in parts)
        yield Spot(row=number, col=col, colspan=span, lines=tuple(parts), bbox=box)
    for col, column in enumerate(structure.columns):
        if col not in covered:
            yield Spot(row=number, col=col, bbox=BBox(column.x0, band.top, column.x1, band.bottom))
