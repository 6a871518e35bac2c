"""What the rules of a table leave open: shading inside cells, rows without rules between them, columns without rules between them."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from extractors.layout.cells import Spot
from extractors.layout.grids import NEAR, Grid
from extractors.layout.lines import Line, Row, line_of, segments
from extractors.layout.structure import columns_agree, spots_of, structure_of
from extractors.layout.tokens import has_digit, is_date, is_period, is_value, starts_lower
from extractors.layout.turned import printed_rows
from extractors.layout.wrapped import row_groups
from schemas.pages import BBox, Page, Word

PADDING = 9.0  # points from a rule to the edge of the shading inside its cell
LEAST_LABELS = 3  # rows over which a column of labels has no rules
MOSTLY = 0.8  # of these rows that have a label
LEAST_PARTED = 0.5  # share of the lines of a column that have values side by side
MARGIN, HARDLY = 1.5, 0.25  # em of a column too narrow for print, and share of its rows in which something was read
CELLS_APART = 0.8  # em between the values of two cells, at least
LEVEL, SLANT = 2.0, 0.35  # points, and part of the size of print, by which lines of one row may differ in height


def without_margins(grid: Grid, words: Sequence[Word]) -> Grid:
    """The grid of a scan without an outer column that a line on the margin makes: too narrow for print, and hardly any in it."""
    lines = len(grid.ys) - 1
    narrow = []
    for side, (edge, inner) in ((0, grid.xs[:2]), (-1, (grid.xs[-1], grid.xs[-2]))):
        low, high = min(edge, inner), max(edge, inner)
        own = [w for w in words if low < (w.bbox.x0 + w.bbox.x1) / 2 < high]
        size = max((w.size for w in words), default=0.0)
        if high - low < MARGIN * size and len(own) <= HARDLY * lines and not any(has_digit(w.text) for w in own):
            narrow.append(side % len(grid.xs))
    if not narrow or len(grid.xs) - len(narrow) < 3:
        return grid
    return replace(grid, xs=tuple(x for n, x in enumerate(grid.xs) if n not in narrow))


def without_padding(grid: Grid, words: Sequence[Word]) -> Grid:
    """The grid without the edges of shading that stops a little short of the rules of its cell.

    Such an edge runs beside a rule that is longer, and no word stands between the two.
    """
    lengths = {x: _length(x, [((b.x0 + b.x1) / 2, b.top, b.bottom) for b in grid.down]) for x in grid.xs}
    weak = {
        x
        for x in grid.xs
        for other in grid.xs
        if NEAR < abs(x - other) <= PADDING and lengths[x] < 0.9 * lengths[other] and not _between(words, x, other)
    }
    if not weak or len(grid.xs) - len(weak) < 2:
        return grid
    xs = tuple(x for x in grid.xs if x not in weak)
    across = tuple(b for b in grid.across if not (_near(b.x0, weak) and _near(b.x1, weak)))
    down = tuple(b for b in grid.down if not _near((b.x0 + b.x1) / 2, weak))
    ys = tuple(y for y in grid.ys if any(abs(b.middle - y) <= NEAR for b in across) or y in (grid.ys[0], grid.ys[-1]))
    return Grid(xs=xs, ys=ys, across=across, down=down) if across and down and len(ys) > 1 else grid


def _length(place: float, rules: Sequence[tuple[float, float, float]]) -> float:
    """How much of a line at `place` is drawn, in points, by rules given as (place, start, end)."""
    drawn, reached = 0.0, float("-inf")
    for start, end in sorted((start, end) for at, start, end in rules if abs(at - place) <= NEAR):
        drawn += max(0.0, end - max(start, reached))
        reached = max(reached, end)
    return drawn


def _near(place: float, places: set[float]) -> bool:
    return any(abs(place - other) <= NEAR for other in places)


def _between(words: Sequence[Word], one: float, other: float) -> bool:
    low, high = min(one, other), max(one, other)
    return any(low < (w.bbox.x0 + w.bbox.x1) / 2 < high for w in words)


def parted_labels(grid: Grid, spots: Sequence[Spot]) -> list[Spot]:
    """The spots, with a first column that no rule parts cut at the rules of the others, where it has a line in each row."""
    result: list[Spot] = []
    for spot in spots:
        bands = [(grid.ys[r], grid.ys[r + 1]) for r in range(spot.row, min(spot.row + spot.rowspan, len(grid.ys) - 1))]
        own = [[line for line in spot.lines if top <= line.bbox.middle < bottom] for top, bottom in bands]
        whole = spot.col == 0 and len(bands) == spot.rowspan >= LEAST_LABELS
        if not whole or sum(map(bool, own)) < MOSTLY * len(bands) or any(len(lines) > 1 for lines in own):
            result.append(spot)
            continue
        for at, ((top, bottom), lines) in enumerate(zip(bands, own, strict=True)):
            box = BBox(spot.bbox.x0, top, spot.bbox.x1, bottom)
            result.append(replace(spot, row=spot.row + at, rowspan=1, lines=tuple(lines), bbox=box))
    return result


def parted_spans(page: int, grid: Grid, spots: Sequence[Spot]) -> list[Spot]:
    """The spots of a scan, those over several columns or rows cut where only a piece of a rule is lost: a value stands in each of them."""
    parts = [part for spot in spots for part in _by_columns(page, grid, spot)]
    rows = {row for spot in parts for row in range(spot.row + 1, spot.row + spot.rowspan) if _is_body(grid, parts, row)}
    return [part for spot in parts for part in _by_bands(grid, spot, rows)]


def _by_columns(page: int, grid: Grid, spot: Spot) -> list[Spot]:
    """A spot over several columns as one in each of them, if a value stands there by itself."""
    edges = grid.xs[spot.col : spot.col + spot.colspan + 1]
    words = [word for line in spot.lines for word in line.words]
    if spot.colspan == 1 or spot.rowspan > 1 or len(edges) <= spot.colspan:
        return [spot]
    own = [[w for w in words if left < (w.bbox.x0 + w.bbox.x1) / 2 < right] for left, right in pairwise(edges)]
    alone = all(part and _is_told(part) for part in own) and sum(map(len, own)) == len(words)
    if not alone or any(b[0].bbox.x0 - a[-1].bbox.x1 < CELLS_APART * a[-1].size for a, b in pairwise(own)):
        return [spot]
    return [
        replace(
            spot, col=spot.col + n, colspan=1, lines=(line_of(page, part),), bbox=replace(spot.bbox, x0=left, x1=right)
        )
        for n, (part, (left, right)) in enumerate(zip(own, pairwise(edges), strict=True))
    ]


def _is_told(words: Sequence[Word]) -> bool:
    """Whether words are one value, or the head of values."""
    text = words[0].text
    return len(words) == 1 and (is_value(text) or text in ("No.", "%"))


def _is_body(grid: Grid, spots: Sequence[Spot], row: int) -> bool:
    """Whether nothing but values stands beside the labels of a row, and in the cells that reach into it from above a line for each row."""
    own = [s for s in spots if s.row <= row < s.row + s.rowspan and s.lines]
    lines = [_in_band(grid, s, row) for s in own]
    beside = [found for s, found in zip(own, lines, strict=True) if s.col and found]
    whole = all(len(found) == 1 for found in lines) and all(s.row + s.rowspan <= len(grid.ys) - 1 for s in own)
    labels = [found[0] for s, found in zip(own, lines, strict=True) if not s.col and found]
    return (
        whole
        and bool(beside)
        and not any(starts_lower(label.text) for label in labels)
        and all(has_digit(found[0].text) and not is_period(found[0].text) for found in beside)
    )


def _in_band(grid: Grid, spot: Spot, row: int) -> list[Line]:
    return [line for line in spot.lines if grid.ys[row] <= line.bbox.middle < grid.ys[row + 1]]


def _by_bands(grid: Grid, spot: Spot, rows: set[int]) -> Iterator[Spot]:
    """A spot over several rows cut above those of `rows`."""
    starts = [spot.row, *(row for row in range(spot.row + 1, spot.row + spot.rowspan) if row in rows)]
    if len(starts) == 1:
        yield spot
        return
    for start, end in pairwise((*starts, spot.row + spot.rowspan)):
        lines = tuple(line for row in range(start, end) for line in _in_band(grid, spot, row))
        box = replace(spot.bbox, top=grid.ys[start], bottom=grid.ys[end])
        yield replace(spot, row=start, rowspan=end - start, lines=lines, bbox=box)


def split_rows(spots: Sequence[Spot]) -> list[Spot]:
    """Rows without rules between them taken apart: where labels and values stand level in several lines of one row."""
    by_row: dict[int, list[Spot]] = defaultdict(list)
    for spot in spots:
        by_row[spot.row].append(spot)
    crossed = {spot.row + k for spot in spots if spot.rowspan > 1 for k in range(spot.rowspan)}
    result: list[Spot] = []
    shift = 0
    for row in sorted(by_row):
        groups = [] if row in crossed else _groups(by_row[row])
        for spot in by_row[row]:
            if len(groups) < 2:
                result.append(replace(spot, row=spot.row + shift))
                continue
            for at, (top, bottom) in enumerate(groups):
                lines = tuple(line for line in spot.lines if top <= line.bbox.middle <= bottom)
                box = (
                    BBox.around(line.bbox for line in lines) if lines else BBox(spot.bbox.x0, top, spot.bbox.x1, bottom)
                )
                result.append(replace(spot, row=row + shift + at, lines=lines, bbox=box))
        shift += max(len(groups) - 1, 0)
    return result


def _groups(spots: Sequence[Spot]) -> list[tuple[float, float]]:
    """Upper and lower ends of the rows that one row of a grid holds; none if it is one row."""
    filled = sorted((s for s in spots if s.lines), key=lambda s: s.col)
    if len(filled) < 2 or max(len(s.lines) for s in filled) < 2:
        return []
    lines: list[list[tuple[int, int, Line]]] = []
    for col, span, line in sorted(
        ((s.col, s.colspan, x) for s in filled for x in s.lines), key=lambda p: p[2].bbox.middle
    ):
        first = lines[-1][0][2] if lines else line
        if lines and abs(line.bbox.middle - first.bbox.middle) < max(LEVEL, SLANT * max(line.size, first.size)):
            lines[-1].append((col, span, line))
        else:
            lines.append([(col, span, line)])
    grid = tuple(tuple(sorted(line, key=lambda p: p[0])) for line in lines)
    level = [row for row in grid if len(row) > 1]
    labels = filled[0].col
    if len(level) < 2 or not all(row[0][0] == labels and _has_value(row) for row in level):
        return []
    if any(_has_value(row) for row in grid if len(row) == 1 and row[0][0] != labels):
        return []
    boxes = [BBox.around(p.bbox for at in group for _, _, p in grid[at]) for group in row_groups(grid, 0, len(filled))]
    return [(box.top, box.bottom) for box in boxes]


def _has_value(row: Sequence[tuple[int, int, Line]]) -> bool:
    return any(is_value(part.words[0].text) and not is_date(part.words) for _, _, part in row[1:] or row)


def open_columns(
    page: Page, grid: Grid, spots: Sequence[Spot], words: Sequence[Word], space: float
) -> list[Spot] | None:
    """The cells of a table some of whose columns no rule parts: values stand side by side in most of their cells.

    None where the rules part all columns.
    """
    if not any(_is_open(page.number, col, spots, space) for col in range(len(grid.xs) - 1)):
        return None
    structure = structure_of([_at_rules(row, grid) for row in _rows(page.number, words, space)])
    if len(structure.columns) < len(grid.xs) - 1 or not columns_agree(structure):
        return None
    wide = [b.middle for b in grid.across if b.width > 0.6 * grid.bbox.width]
    return spots_of(structure, page.rules, wide)


def _rows(page: int, words: Sequence[Word], space: float) -> list[Row]:
    return printed_rows(page, words, space)


def _is_open(page: int, col: int, spots: Sequence[Spot], space: float) -> bool:
    """Whether most cells with values in a column have values side by side, under each other. What is turned is a head."""
    lines = [x for s in spots if s.col == col and s.colspan == 1 for x in s.lines if not x.words[0].turned]
    valued = [line for line in lines if any(is_value(w.text) and has_digit(w.text) for w in line.words)]
    parted = [parts for line in valued if len(parts := segments(page, line.words, space)) > 1]
    several = [p for p in parted if any(is_value(part.words[0].text) and has_digit(part.text) for part in p[1:])]
    return len(several) > 1 and len(several) >= LEAST_PARTED * len(valued)


def _at_rules(row: Row, grid: Grid) -> Row:
    """A row with its parts cut also where a rule of the grid stands between two words."""
    return tuple(piece for part in row for piece in _pieces(part, grid))


def _pieces(part: Line, grid: Grid) -> Iterator[Line]:
    start = 0
    for n in range(1, len(part.words)):
        left, right = part.words[n - 1].bbox.x1, part.words[n].bbox.x0
        if any(
            left - NEAR <= (b.x0 + b.x1) / 2 <= right + NEAR and b.top <= part.bbox.middle <= b.bottom
            for b in grid.down
        ):
            yield line_of(part.page, part.words[start:n])
            start = n
    yield line_of(part.page, part.words[start:])
