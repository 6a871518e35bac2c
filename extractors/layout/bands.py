"""Tables with few rules: rows told apart by shading, or a body without rules under a ruled head."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from extractors.layout.grids import NEAR, Grid, open_borders
from extractors.layout.tokens import is_period, is_value
from schemas.pages import BBox, Word

MOST_APART = 3.5  # heights of a band from one band to the next
ROW_APART = 0.9  # heights of a band from the outermost row to one that still belongs
GAP = 0.6  # em between words of different columns
TIGHT = 0.85  # of the height of the lowest row: lines of one cell
LINE = 1.35  # em from line to line of a cell, at most
APART = 1.25  # times that from row to row
LOST = 0.5  # share of the upright rules of a scanned table that a row has lost
MOST_ROWS = 80  # rows without shading that may follow on each other


class _Row:
    """Words on one line, or on several that are wrapped cells of one row, with the upper and lower end of them in points."""

    def __init__(self, *lines: Sequence[Word]) -> None:
        self.lines = lines
        self.words = words = [word for line in lines for word in line]
        self.bbox_top = min(w.bbox.top for w in words)
        self.bbox_bottom = max(w.bbox.bottom for w in words)


def with_bands(grids: Sequence[Grid], words: Sequence[Word]) -> list[Grid]:
    """The grids, with bands over the same columns made one, and the plain rows between, above and below them taken in.

    A grid of heads, over the same columns, belongs to the bands that follow it.
    """
    chains: list[list[Grid]] = []
    others: list[Grid] = []
    for grid in sorted(grids, key=lambda g: g.bbox.top):
        chain = next((c for c in chains if _follows(c[-1], grid) and _joined(c[-1], grid, words)), None)
        if chain is not None:
            chain.append(grid)
        elif len(grid.xs) > 2:
            chains.append([grid])
        else:
            others.append(grid)
    owners = [next((n for n, g in enumerate(grids) if g.bbox.holds_middle_of(w.bbox)), None) for w in words]
    places = {id(grid): n for n, grid in enumerate(grids)}
    return [*others, *(_whole(chain, _free(words, owners, {places[id(g)] for g in chain})) for chain in chains)]


def _free(words: Sequence[Word], owners: Sequence[int | None], own: set[int]) -> list[Word]:
    """The words that stand in no grid but those of a chain: a row belongs to its own rules first."""
    return [w for w, owner in zip(words, owners, strict=True) if owner is None or owner in own]


def _joined(before: Grid, after: Grid, words: Sequence[Word]) -> bool:
    """Whether nothing but rows of the same columns stands between two grids; two bands are told by their columns alone."""
    if len(before.ys) == len(after.ys) == 2:
        return True
    top, bottom = before.bbox.bottom, after.bbox.top
    between = _rows([w for w in words if top < w.bbox.middle < bottom and _across(w, before)])
    return (
        bool(between) and all(_fits(row, before.xs) for row in between) and any(_fills(r, before.xs) for r in between)
    )


def _across(word: Word, grid: Grid) -> bool:
    return grid.xs[0] <= (word.bbox.x0 + word.bbox.x1) / 2 <= grid.xs[-1]


def opened(grid: Grid, words: Sequence[Word]) -> Grid:
    """The grid, with the rows of a body that has no rules of its own parted as the heads above it are.

    A field over all columns, or in a scan over most of them, is such a body if most of its lines have words in several columns and
    none runs over their edges.
    """
    inner = range(1, len(grid.xs) - 1)
    missing = open_borders(grid.xs, grid.ys, [(b.x0 + b.x1, b.top, b.bottom) for b in grid.down])
    least = len(inner) if any(w.confidence is None for w in words) else LOST * len(inner)
    open_ = [sum((p, b) in missing for p in inner) for b in range(len(grid.ys) - 1)]
    heads = open_.index(0) if 0 in open_ else 0
    whole = [b for b, count in enumerate(open_) if count and (count == len(inner) or b > heads and count >= least)]
    if not whole or len(whole) == len(grid.ys) - 1:
        return grid
    edges: list[float] = []
    down = list(grid.down)
    for band in whole:
        top, bottom = grid.ys[band], grid.ys[band + 1]
        rows = _tight(_rows([w for w in words if top <= w.bbox.middle <= bottom]), grid.xs)
        filled = [r for r in rows if _fills(r, grid.xs)]
        if (
            not filled
            or 2 * len(filled) < len(rows)
            and not (len(filled) == 1 and all(_fits(r, grid.xs) for r in rows))
        ):
            continue
        edges += _midway(rows, filled)
        down += [BBox(x, top, x, bottom) for x in grid.xs]
    if len(down) == len(grid.down):
        return grid
    across = [BBox(grid.xs[0], y, grid.xs[-1], y) for y in edges]
    return Grid(
        xs=grid.xs, ys=_apart(sorted({*grid.ys, *edges})), across=(*grid.across, *across), down=tuple(down)
    )  # fmt: skip


def _midway(rows: Sequence[_Row], filled: Sequence[_Row]) -> Iterator[float]:
    """Edges between the filled lines; a line with one part of a wrapped label goes to the nearest of them, if it is near."""
    least = min((_middle(b) - _middle(a) for a, b in pairwise(filled)), default=float("inf"))
    apart = [row for row in rows if all(abs(_middle(row) - _middle(f)) >= TIGHT * least for f in filled)]
    filled = sorted([*filled, *apart], key=_middle)
    groups = [[f.bbox_top, f.bbox_bottom] for f in filled]
    middles = [_middle(f) for f in filled]
    for row in rows:
        middle = _middle(row)
        own = groups[min(range(len(middles)), key=lambda n: abs(middles[n] - middle))]
        own[0], own[1] = min(own[0], row.bbox_top), max(own[1], row.bbox_bottom)
    for above, below in zip(groups, groups[1:], strict=False):
        yield (above[1] + below[0]) / 2


def _follows(before: Grid, band: Grid) -> bool:
    """Whether a band is over the columns of the one before it, and near."""
    if len(before.xs) != len(band.xs) or any(abs(a - b) > 2 * NEAR for a, b in zip(before.xs, band.xs, strict=True)):
        return False
    gap = band.bbox.top - before.bbox.bottom
    return -NEAR <= gap <= MOST_APART * max(_height(g) / (len(g.ys) - 1) for g in (before, band))


def _whole(chain: Sequence[Grid], words: Sequence[Word]) -> Grid:
    """One grid of a chain of bands and of the plain rows around it; a grid without such rows stays as it is."""
    first = chain[0]
    if len(chain) == 1 and len(first.ys) != 2:
        return first
    ys = sorted({y for grid in chain for y in grid.ys})
    height = median(_height(grid) / (len(grid.ys) - 1) for grid in chain)
    lines = _rows([w for w in words if _across(w, first)])
    rows = list(_wrapped(lines, TIGHT * _lowest(chain, lines), ys))
    above = _adjoining([r for r in reversed(rows) if r.bbox_bottom <= ys[0] + NEAR], first.xs, ys[0], -1, height)
    below = _adjoining([r for r in rows if r.bbox_top >= ys[-1] - NEAR], first.xs, ys[-1], 1, height)
    if len(chain) == 1 and not above and not below:
        return first
    inside = [y for a, b in zip(chain, chain[1:], strict=False) for y in _between(rows, a.bbox.bottom, b.bbox.top)]
    edges = _apart(sorted({*above, *ys, *inside, *below}))
    heads = [
        grid for grid in chain if len(grid.ys) > 2
    ]  # these have rules of their own, and cells over several columns
    plain = [y for y in edges if not any(g.bbox.top + NEAR < y < g.bbox.bottom - NEAR for g in heads)]
    across = [BBox(first.xs[0], y, first.xs[-1], y) for y in plain]
    own = [pair for pair in zip(plain, plain[1:], strict=False) if not any(_holds(g, *pair) for g in heads)]
    down = [BBox(x, top, x, bottom) for x in first.xs for top, bottom in own]
    return Grid(
        xs=first.xs,
        ys=edges,
        across=(*across, *(b for g in heads for b in g.across)),
        down=(*down, *(b for g in heads for b in g.down)),
    )


def _lowest(chain: Sequence[Grid], lines: Sequence[_Row]) -> float:
    """The height in points of the lowest row with a single line, bands with several lines counted without all but one."""
    heights = []
    for top, bottom in (pair for grid in chain for pair in pairwise(grid.ys)):
        inside = [_middle(line) for line in lines if top < _middle(line) < bottom]
        if inside:
            heights.append(bottom - top - (inside[-1] - inside[0]))
    return min(heights, default=0.0)


def _wrapped(lines: Sequence[_Row], near: float, edges: Sequence[float]) -> Iterator[_Row]:
    """Lines nearer to each other than rows can be as one row; what stands on both sides of an edge of a band is not."""
    group: list[_Row] = []
    for line in lines:
        above, own = _middle(group[-1]) if group else 0.0, _middle(line)
        if group and (own - above >= near or any(above < edge < own for edge in edges)):
            yield _Row(*(part for one in group for part in one.lines))
            group = []
        group.append(line)
    if group:
        yield _Row(*(part for one in group for part in one.lines))


def _tight(lines: Sequence[_Row], xs: Sequence[float]) -> list[_Row]:
    """Lines that stand near each other as one row each, where all others stand clearly farther apart and cells wrap so.

    The first line of a row has something in each of its columns, and no line below it has a number beside the labels.
    """
    steps = [_middle(b) - _middle(a) for a, b in pairwise(lines)]
    size = lines[0].words[0].size if lines else 0.0
    if not steps or min(steps) > LINE * size or max(steps) < APART * min(steps):
        return list(lines)
    rows = list(_wrapped(lines, min(steps) * (1 + APART) / 2, ()))
    columns = [[{_column(word, xs) for word in line} for line in row.lines] for row in rows]
    part = any(own < first for first, *others in columns for own in others)
    within = all(own <= first for first, *others in columns for own in others)
    return rows if part and within and not any(_goes_on_with_numbers(row, xs) for row in rows) else list(lines)


def _goes_on_with_numbers(row: _Row, xs: Sequence[float]) -> bool:
    beside = [word.text for line in row.lines[1:] for word in line if _column(word, xs)]
    return any(is_value(text) and not is_period(text) for text in beside)


def _middle(row: _Row) -> float:
    return (row.bbox_top + row.bbox_bottom) / 2


def _holds(grid: Grid, top: float, bottom: float) -> bool:
    return grid.bbox.top < (top + bottom) / 2 < grid.bbox.bottom


def _rows(words: Sequence[Word]) -> list[_Row]:
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda w: w.bbox.middle):
        if rows and word.bbox.middle - rows[-1][0].bbox.middle < 0.5 * word.size:
            rows[-1].append(word)
        else:
            rows.append([word])
    return [_Row(r) for r in rows]


def _adjoining(rows: Sequence[_Row], xs: Sequence[float], edge: float, side: int, height: float) -> list[float]:
    """The outer edges of the plain rows next to the bands, on one side of them."""
    edges: list[float] = []
    for row in rows[:MOST_ROWS]:
        gap = edge - row.bbox_bottom if side < 0 else row.bbox_top - edge
        if gap > ROW_APART * height or not _fills(row, xs):
            break
        edge = row.bbox_top - 1 if side < 0 else row.bbox_bottom + 1
        edges.append(edge)
    return edges


def _fills(row: _Row, xs: Sequence[float]) -> bool:
    """Whether a row has words in at least two columns, none that runs over the edge of its own, and wide gaps between them."""
    return _fits(row, xs) and len({_column(word, xs) for word in row.words}) > 1


def _fits(row: _Row, xs: Sequence[float]) -> bool:
    """Whether no word of a row runs over the edge of its column, and wide gaps stand between words of different columns."""
    return all(_line_fits(line, xs) for line in row.lines)


def _line_fits(line: Sequence[Word], xs: Sequence[float]) -> bool:
    words = sorted(line, key=lambda w: w.bbox.x0)
    columns = [_column(word, xs) for word in words]
    for word, column in zip(words, columns, strict=True):
        if column + 1 < len(xs) and word.bbox.x1 > xs[column + 1] + NEAR or word.bbox.x0 < xs[column] - NEAR:
            return False
    pairs = zip(words, words[1:], columns, columns[1:], strict=False)
    return all(b.bbox.x0 - a.bbox.x1 > GAP * b.size for a, b, left, right in pairs if left != right)


def _column(word: Word, xs: Sequence[float]) -> int:
    return max((n for n, x in enumerate(xs) if x <= (word.bbox.x0 + word.bbox.x1) / 2), default=0)


def _between(rows: Sequence[_Row], top: float, bottom: float) -> Iterator[float]:
    """The edges between rows of one line each that stand between two bands; wrapped cells are left in one row."""
    inside = [r for r in rows if top - NEAR <= r.bbox_top and r.bbox_bottom <= bottom + NEAR]
    if len(inside) > 1 and all(len({w.bbox.x0 for w in r.words}) > 1 for r in inside):
        for a, b in zip(inside, inside[1:], strict=False):
            if b.bbox_top > a.bbox_bottom:
                yield (a.bbox_bottom + b.bbox_top) / 2


def _apart(edges: Sequence[float]) -> tuple[float, ...]:
    places: list[float] = []
    for edge in edges:
        if not places or edge - places[-1] > NEAR:
            places.append(edge)
    return tuple(places)


def _height(grid: Grid) -> float:
    return grid.bbox.bottom - grid.bbox.top
