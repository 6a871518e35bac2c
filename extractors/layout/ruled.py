"""Tables with ruling lines: crossing rules make a grid, and grid fields without a rule between them are one cell."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from extractors.layout.bands import opened, with_bands
from extractors.layout.captions import with_inner_caption
from extractors.layout.cells import Spot, lines_in, table_of
from extractors.layout.grids import NEAR, Grid, open_borders, touch
from extractors.layout.lines import Line, rows_of_words, usual_gap
from extractors.layout.mended import completed, lines_of
from extractors.layout.refined import (
    open_columns,
    parted_labels,
    parted_spans,
    split_rows,
    without_margins,
    without_padding,
)
from extractors.layout.sums import chosen
from extractors.layout.tokens import is_value
from schemas.layout import Table
from schemas.pages import BBox, Page, Rule, Word

MOST_PAIRS = 400_000  # crossings to look at; a page with more is a drawing
LEAST_FILLED = 0.3  # share of cells with text; below it the rules are a chart or a form
SEVERAL = 4  # level rules of a table, of which one alone does not tell how wide it is
THIN_FIELD = 5.0  # points: an empty row or column thinner than this is the gap of a double rule


def ruled_tables(page: Page) -> Iterator[tuple[Table, frozenset[int], bool]]:
    """Tables in the ruling lines of a page, the numbers of the words they hold, and whether rules leave some of it open."""
    taken: set[int] = set()
    if looks_drawn(page):
        return
    space = usual_gap(rows_of_words(page.words))
    printed = _grids(page.rules, scanned=page.source == "ocr")
    printed = [completed(grid, page.words) if page.scanned_at(grid.bbox) else grid for grid in printed]
    grids = sorted(with_bands(printed, page.words), key=lambda g: g.bbox.width * g.bbox.height)
    for grid in grids:
        inferred = grid not in printed
        if page.scanned_at(grid.bbox) and _cuts_rows(grid, grids, page.words):
            continue
        inside = [n for n, w in enumerate(page.words) if n not in taken and grid.bbox.holds_middle_of(w.bbox)]
        held = [page.words[n] for n in inside]
        if page.scanned_at(grid.bbox) and (whole := without_margins(grid, held)) != grid:
            grid, inside = whole, [n for n in inside if whole.bbox.holds_middle_of(page.words[n].bbox)]
            held = [page.words[n] for n in inside]
        grid = opened(without_padding(grid, held), held)
        spots = _spots(page.number, grid, held)
        if _is_table(spots) and not _runs_across(spots):
            inner = open_columns(page, grid, spots, held, space)
            readings = [inner] if inner else _by_rows(spots)
            (table,) = chosen([[table_of(page.number, reading, "ruled")] for reading in readings])
            taken.update(inside)
            yield with_inner_caption(table), frozenset(inside), inferred


def _cuts_rows(grid: Grid, grids: Sequence[Grid], words: Sequence[Word]) -> bool:
    """Whether most lines of print in a grid go on beside it, in no other grid: what copying left of the rules holds a part of a table."""
    box = grid.bbox
    level = [w.bbox for w in words if box.top < w.bbox.middle < box.bottom]
    inside = [b for b in level if box.holds_middle_of(b)]
    beside = [b for b in level if not any(other.bbox.holds_middle_of(b) for other in grids)]
    lines = lines_of(inside)
    cut = sum(any(abs(b.middle - line[0].middle) < line[0].height / 3 for b in beside) for line in lines)
    return bool(lines) and 2 * cut >= len(lines) and len(grid.ys) - 1 <= len(lines)


def _by_rows(spots: Sequence[Spot]) -> list[Sequence[Spot]]:
    """Rows without rules between them taken apart, and as they stand: lines that are level may be wrapped cells of one row."""
    parted = split_rows(spots)
    return [parted] if len(parted) == len(spots) else [parted, spots]


def looks_drawn(page: Page) -> bool:
    """Whether the rules of a page cross so often that they are a drawing: they are not read as tables then."""
    lying = sum(rule.horizontal for rule in page.rules)
    return lying * (len(page.rules) - lying) > MOST_PAIRS


def _grids(rules: Sequence[Rule], *, scanned: bool) -> list[Grid]:
    """Sets of rules that cross or touch, as grids with at least two fields."""
    across = [r.bbox for r in rules if r.horizontal]
    down = [r.bbox for r in rules if not r.horizontal]
    owner = list(range(len(across) + len(down)))

    def root(n: int) -> int:
        while owner[n] != n:
            owner[n] = owner[owner[n]]
            n = owner[n]
        return n

    for v, upright in enumerate(down):
        for h, level in enumerate(across):
            if touch(level, upright):
                owner[root(h)] = root(len(across) + v)
    members: dict[int, list[int]] = defaultdict(list)
    for n in range(len(owner)):
        members[root(n)].append(n)
    found = []
    for numbers in members.values():
        grid = _grid(
            [across[n] for n in numbers if n < len(across)],
            [down[n - len(across)] for n in numbers if n >= len(across)],
            scanned=scanned,
        )
        if grid is not None:
            found.append(grid)
    return found


def _grid(across: Sequence[BBox], down: Sequence[BBox], *, scanned: bool) -> Grid | None:
    if not across or not down:
        return None
    # a table often has no outer rules: the ends of the others show where they would be
    # so far as more than one reaches: in a scan a rule may run on into a mark on the margin
    alone = int(scanned and len(across) >= SEVERAL)
    starts, stops = sorted(b.x0 for b in across), sorted(b.x1 for b in across)
    xs = _clustered([(b.x0 + b.x1) / 2 for b in down], [starts[alone], stops[-1 - alone]])
    ys = _clustered([b.middle for b in across], [min(b.top for b in down), max(b.bottom for b in down)])
    if len(xs) < 2 or len(ys) < 2 or len(xs) + len(ys) < 5:
        return None
    return Grid(xs=xs, ys=ys, across=tuple(across), down=tuple(down))


def _clustered(values: Iterable[float], ends: Sequence[float]) -> tuple[float, ...]:
    """Positions in order, close ones as one; `ends` count only where they lie well outside."""
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > NEAR:
            places.append(value)
    first, last = ends
    if first < places[0] - 2 * NEAR:
        places.insert(0, first)
    if last > places[-1] + 2 * NEAR:
        places.append(last)
    return tuple(places)


def _spots(page: int, grid: Grid, words: Sequence[Word]) -> list[Spot]:
    """The cells of a grid with their words."""
    areas = _areas(grid)
    where = {(r, c): n for n, (r0, c0, r1, c1) in enumerate(areas) for r in range(r0, r1) for c in range(c0, c1)}
    held: list[list[Word]] = [[] for _ in areas]
    for word in words:
        row = min(max(bisect_right(grid.ys, word.bbox.middle) - 1, 0), len(grid.ys) - 2)
        col = min(max(bisect_right(grid.xs, (word.bbox.x0 + word.bbox.x1) / 2) - 1, 0), len(grid.xs) - 2)
        held[where[row, col]].append(word)
    spots = [
        Spot(
            row=r0,
            col=c0,
            rowspan=r1 - r0,
            colspan=c1 - c0,
            lines=lines_in(page, own) if own else (),
            bbox=BBox(grid.xs[c0], grid.ys[r0], grid.xs[c1], grid.ys[r1]),
        )
        for (r0, c0, r1, c1), own in zip(areas, held, strict=True)
    ]
    parted = parted_labels(grid, spots)
    scanned = bool(words) and all(word.confidence is not None for word in words)
    return _without_thin(parted_spans(page, grid, parted) if scanned else parted, grid)


def _areas(grid: Grid) -> list[tuple[int, int, int, int]]:
    """Cells as (first row, first column, end row, end column) of fields that no rule parts."""
    rows, cols = len(grid.ys) - 1, len(grid.xs) - 1
    owner = {(r, c): (r, c) for r in range(rows) for c in range(cols)}
    right_open = open_borders(grid.xs, grid.ys, [(b.x0 + b.x1, b.top, b.bottom) for b in grid.down])
    below_open = open_borders(grid.ys, grid.xs, [(b.top + b.bottom, b.x0, b.x1) for b in grid.across])

    def root(field: tuple[int, int]) -> tuple[int, int]:
        while owner[field] != field:
            field = owner[field]
        return field

    for r in range(rows):
        for c in range(cols):
            if c + 1 < cols and (c + 1, r) in right_open:
                owner[root((r, c + 1))] = root((r, c))
            if r + 1 < rows and (r + 1, c) in below_open:
                owner[root((r + 1, c))] = root((r, c))
    members: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for field in owner:
        members[root(field)].append(field)
    return [area for fields in members.values() for area in _rectangles(fields)]


def _rectangles(fields: Sequence[tuple[int, int]]) -> list[tuple[int, int, int, int]]:
    """One rectangle if the fields fill it, else one for each run of fields in a row."""
    rows, cols = [r for r, _ in fields], [c for _, c in fields]
    area = (min(rows), min(cols), max(rows) + 1, max(cols) + 1)
    if (area[2] - area[0]) * (area[3] - area[1]) == len(fields):
        return [area]
    runs: list[tuple[int, int, int, int]] = []
    for r, c in sorted(fields):
        if runs and runs[-1][0] == r and runs[-1][3] == c:
            runs[-1] = (r, runs[-1][1], r + 1, c + 1)
        else:
            runs.append((r, c, r + 1, c + 1))
    return runs


def _without_thin(spots: Sequence[Spot], grid: Grid) -> list[Spot]:
    """Spots without the rows and columns that are only the gap of a double rule."""
    thin_rows = _thin(grid.ys, {s.row + k for s in spots if s.lines and s.rowspan == 1 for k in range(s.rowspan)})
    thin_cols = _thin(grid.xs, {s.col + k for s in spots if s.lines and s.colspan == 1 for k in range(s.colspan)})
    kept = []
    for spot in spots:
        rowspan = spot.rowspan - sum(spot.row <= r < spot.row + spot.rowspan for r in thin_rows)
        colspan = spot.colspan - sum(spot.col <= c < spot.col + spot.colspan for c in thin_cols)
        if rowspan and colspan:
            row = spot.row - sum(r < spot.row for r in thin_rows)
            col = spot.col - sum(c < spot.col for c in thin_cols)
            kept.append(replace(spot, row=row, col=col, rowspan=rowspan, colspan=colspan))
    return kept


def _thin(places: Sequence[float], used: set[int]) -> list[int]:
    return [n for n in range(len(places) - 1) if places[n + 1] - places[n] < THIN_FIELD and n not in used]


def _is_table(spots: Sequence[Spot]) -> bool:
    """Whether cells with text make a table: not a frame, a chart, or boxes round running text."""
    filled = [s for s in spots if s.lines]
    cols = {s.col for s in filled}
    rows = {s.row for s in filled}
    if len(filled) < 2 or len(cols) < 2 or len(filled) < LEAST_FILLED * len(spots):
        return False
    if len(filled) == 2 and not any(is_value(s.lines[0].words[0].text) for s in filled):
        return False
    if not any(c.isalnum() for s in filled for line in s.lines for c in line.text):
        return False
    longest = max(sum(len(line.words) for line in s.lines) for s in filled)
    return longest <= 30 if len(rows) == 1 else longest <= 400


def _runs_across(spots: Sequence[Spot]) -> bool:
    """Whether text runs on over the borders of cells with mere spaces: highlighted words in running text."""
    ends: dict[tuple[int, int], list[Line]] = {(s.row, s.col + s.colspan): list(s.lines) for s in spots}
    near = total = 0
    for spot in spots:
        before = ends.get((spot.row, spot.col), [])
        if not before or not spot.lines:
            continue
        total += 1
        near += spot.lines[0].bbox.x0 - before[-1].bbox.x1 < 0.4 * spot.lines[0].size
    return total > 0 and 2 * near >= total
