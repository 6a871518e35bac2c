"""Which printed lines of a body are one row: wrapped cells, by the room they found, by their steps, or by rules between rows."""

from collections.abc import Sequence
from statistics import median

from extractors.layout.lines import Line
from extractors.layout.tokens import is_period, is_value, starts_lower

OVERLAPPING = 0.8  # em: lines nearer than this stand beside each other, in one row
WRAPPED = 1.45  # em from line to line inside a cell
TIGHT = 0.85  # of the distance between rows: lines of one cell
EVENLY = 1.15  # of the distance between rows, where wrapped lines stand as far apart as rows do
LABEL_ABOVE = 1.7  # the same, where the line above is the beginning of a label and nothing else
OPEN_ENDS = frozenset(
    {"of", "or", "and", "to", "for", "by", "in", "with", "from", "the", "a", "an", "&", "/", "-", "–"}
)

Placed = tuple[int, int, Line]


def row_groups(
    grid: Sequence[Sequence[Placed]], heads: int, cols: int, borders: Sequence[float] = ()
) -> list[list[int]]:
    """Numbers of the printed rows that make up each row of the body below `heads` rows: a wrapped cell has several."""
    bays = _bays(grid, heads, borders)
    if _are_rows(bays, grid):
        return bays
    usual = _usual_step(grid[heads:], cols)
    widest = max((p.bbox.x1 for row in grid[heads:] for col, span, p in row if (col, span) == (0, 1)), default=0.0)
    wrapping = _cells_wrap(grid[heads:])
    groups: list[list[int]] = []
    for at in range(heads, len(grid)):
        joined = groups and not are_parted(grid[at - 1], grid[at], borders)
        rest = wrapping and _is_alone(grid[at]) and step_between(grid[at - 1], grid[at]) < EVENLY * usual
        if joined and (rest or _joins(grid, groups[-1], at, usual, widest)):
            groups[-1].append(at)
        else:
            groups.append([at])
    return groups


def _bays(grid: Sequence[Sequence[Placed]], heads: int, borders: Sequence[float]) -> list[list[int]]:
    """Numbers of the printed rows of the body between one rule and the next."""
    bays: list[list[int]] = []
    for at in range(heads, len(grid)):
        if bays and not are_parted(grid[at - 1], grid[at], borders):
            bays[-1].append(at)
        else:
            bays.append([at])
    return bays


def _are_rows(bays: Sequence[Sequence[int]], grid: Sequence[Sequence[Placed]]) -> bool:
    """Whether rules part all rows: between two of them stands one line with values, and wrapped cells of it."""
    valued = [sum(_valued(grid[at]) for at in bay) for bay in bays]
    return valued.count(1) > 1 and all(count == 1 or len(bay) == 1 for count, bay in zip(valued, bays, strict=True))


def _cells_wrap(body: Sequence[Sequence[Placed]]) -> bool:
    """Whether words that stand alone in their row are the rest of wrapped cells: each follows one beside which it found no room.

    A label alone that opens the body names a group of rows, and so may the others.
    """
    alone = [at for at, row in enumerate(body) if _is_alone(row)]
    if not alone or alone[0] == 0:
        return False
    edges: dict[int, float] = {}
    for col, span, part in (placed for row in body for placed in row):
        edges[col] = max(edges.get(col, 0.0), part.bbox.x1 if span == 1 else 0.0)
    return all(_found_no_room(body[at - 1], body[at][0], edges[body[at][0][0]]) for at in alone)


def _is_alone(row: Sequence[Placed]) -> bool:
    return len(row) == 1 and row[0][1] == 1 and not is_value(row[0][2].text)


def _found_no_room(above: Sequence[Placed], rest: Placed, edge: float) -> bool:
    """Whether the first word of the rest of a cell would have run over the edge of its column behind the line above."""
    line = next((part for col, span, part in above if (col, span) == rest[:2]), None)
    return line is not None and line.bbox.x1 + line.space + rest[2].words[0].bbox.width > edge + 1


def _usual_step(body: Sequence[Sequence[Placed]], cols: int) -> float:
    """The distance, in points, from the line above to a row that has a label and half of its cells; 0 if that cannot be told."""
    steps = [step_between(a, b) for a, b in zip(body, body[1:], strict=False) if b[0][0] == 0 and len(b) > 0.5 * cols]
    return median(steps) if steps else 0.0


def step_between(before: Sequence[Placed], after: Sequence[Placed]) -> float:
    """Points from the middle of one printed row to that of the next."""
    return after[0][2].bbox.middle - before[0][2].bbox.middle


def are_parted(above: Sequence[Placed], below: Sequence[Placed], borders: Sequence[float]) -> bool:
    """Whether a rule stands between two printed rows."""
    return any(above[0][2].bbox.middle < height < below[0][2].bbox.middle for height in borders)


def _valued(row: Sequence[Placed]) -> bool:
    return any(col and is_number(part) for col, _, part in row)


def is_number(part: Line) -> bool:
    """Whether a part begins with a value that is no period."""
    return is_value(part.words[0].text) and not is_period(part.words[0].text) and part.words[0].text != "%"


def _joins(grid: Sequence[Sequence[Placed]], group: Sequence[int], at: int, usual: float, widest: float) -> bool:
    """Whether a printed row belongs to the row above it."""
    before, own = grid[at - 1], grid[at]
    step, size = step_between(before, own), own[0][2].size
    group_of = [each for n in group for each in grid[n]]
    columns = {col for col, _, _ in group_of}
    if step < OVERLAPPING * size:
        return not columns & {col for col, _, _ in own} or not _valued(own) or not any(_valued(grid[n]) for n in group)
    tight = 0 < step < TIGHT * usual
    if (tight or step <= WRAPPED * size) and _continues(before, own, group_of, tight, widest):
        return True
    return step <= LABEL_ABOVE * size and _begins_label(before, own, step, usual, widest)


def _continues(
    before: Sequence[Placed], own: Sequence[Placed], row: Sequence[Placed], tight: bool, widest: float
) -> bool:
    """Whether a printed row only goes on with cells of the row above, all of which so far is `row`.

    `tight`: it is nearer to the line above than rows are to each other.
    """
    places = {c + k for c, span, _ in own for k in range(span)}
    over = {col: part for col, _, part in before}
    if not {col for col, _, _ in own} <= {c + k for c, span, _ in row for k in range(span)}:
        return False
    for col, _, part in own:
        # a value goes on with words only where it plainly is their next line ("November" / "2020", "31 March" / "2020")
        if is_value(part.words[0].text) and not (tight and col in over and _is_open(over[col])):
            return False
    if 0 not in places:
        return True
    if own[0][0] != 0 or before[0][0] != 0:
        return False
    label, rest = before[0][2], own[0][2]
    if len(own) > 1:
        return tight and all(col in over for col, _, _ in own)
    if not any(is_value(p.words[-1].text) for _, _, p in row):
        return tight and len(row) > 1
    if starts_lower(rest.text) or label.words[-1].text.lower() in OPEN_ENDS:
        return True
    return tight and (_found_no_room(before, own[0], widest) or len(rest.words) <= 2)


def _is_open(part: Line) -> bool:
    """Whether a part is no number, or goes on with words behind one."""
    return not is_number(part) or not is_value(part.words[-1].text)


def _begins_label(before: Sequence[Placed], own: Sequence[Placed], step: float, usual: float, widest: float) -> bool:
    """Whether the row above holds nothing but the first line of this row's label ("Attitude or behaviour of" / "staff  21  25")."""
    if len(before) != 1 or before[0][:2] != (0, 1) or own[0][0] != 0 or len(own) < 2:
        return False
    above, after = before[0][2], own[0][2]
    if is_value(above.words[-1].text):
        return False
    full = above.bbox.x1 + after.words[0].bbox.width + above.space > widest
    tight = 0 < step < TIGHT * usual
    return above.words[-1].text.lower() in OPEN_ENDS or full and (starts_lower(after.text) or tight)
