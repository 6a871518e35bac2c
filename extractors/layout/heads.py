"""The heads of a table without a full grid: which lines are one head, over which columns it stands, and in how many rows.

Heads are wrapped ("Percentage of / national desired / population") and stand over each other ("2007" over "No." and "%").
A line goes on with the head above it where the two stand alone over each other and close; a head over several, or parted
from what is below it by a rule, stands over the columns that the rule spans or over whose middle it is centred.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extractors.layout.cells import Spot
from extractors.layout.lines import Line, Row, line_of
from extractors.layout.tokens import is_period
from schemas.pages import BBox, Rule

WRAPPED = 1.5  # em from line to line inside a head
NEAR_RULE = 7.0  # points from a head down to the rule that spans its columns
WIDER, LEAST_GAP = 1.7, 0.5  # times the gaps within a head, and em: the gap between two heads
CENTRED = 6.0  # points that a head may be off the middle of its columns


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """Left and right end of what stands in a column, in points."""

    x0: float
    x1: float

    @property
    def middle(self) -> float:
        """The middle, in points from the left."""
        return (self.x0 + self.x1) / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Lines that are one head, from top to bottom."""

    lines: tuple[Line, ...]

    @property
    def bbox(self) -> BBox:
        """The box round its lines."""
        return BBox.around(line.bbox for line in self.lines)


def head_cells(rows: Sequence[Row], columns: Sequence[Column], rules: Sequence[Rule]) -> tuple[list[Spot], int]:
    """Cells of the head rows, empty ones included, and how many rows they make up."""
    if not rows:
        return [], 0
    level = [rule.bbox for rule in rules if rule.horizontal]
    rows = [*rows[:-1], tuple(piece for part in rows[-1] for piece in _apart(part, columns))]
    heads = _heads(rows, columns, level)
    places = _in_turn(heads, _places(heads, columns, level, _groups(rows, columns)), rows[-1], columns)
    depths = _depths(heads, places)
    count = max(depths.values()) + 1
    spots = []
    taken: set[tuple[int, int]] = set()
    for n, head in enumerate(heads):
        first, span = places[n]
        below = [depths[m] for m in depths if m != n and _over(places[n], places[m]) and depths[m] > depths[n]]
        end = min(below, default=count)
        spots.append(
            Spot(row=depths[n], col=first, rowspan=end - depths[n], colspan=span, lines=head.lines, bbox=head.bbox)
        )
        taken |= {(r, c) for r in range(depths[n], end) for c in range(first, first + span)}
    band = BBox.around(head.bbox for head in heads)
    spots += list(_empty(count, columns, taken, band))
    return spots, count


def _apart(part: Line, columns: Sequence[Column]) -> Sequence[Line]:
    """The heads of a lowest line that stand so near to each other that they were read as one: each is over a column of its own.

    The gaps between them are the widest of the line by far.
    """
    first, span = _own_span(part.bbox, columns)
    if not 1 < span <= len(part.words):
        return (part,)
    gaps = [after.bbox.x0 - before.bbox.x1 for before, after in pairwise(part.words)]
    widest = sorted(range(len(gaps)), key=lambda n: -gaps[n])
    cuts, others = sorted(widest[: span - 1]), [gaps[n] for n in widest[span - 1 :]]
    if min(gaps[n] for n in cuts) < max(WIDER * max(others, default=0.0), LEAST_GAP * part.size):
        return (part,)
    ends = [0, *(n + 1 for n in cuts), len(part.words)]
    pieces = [line_of(part.page, part.words[a:b]) for a, b in pairwise(ends)]
    places = [_own_span(piece.bbox, columns) for piece in pieces]
    return pieces if places == [(first + n, 1) for n in range(span)] else (part,)


def _empty(count: int, columns: Sequence[Column], taken: set[tuple[int, int]], band: BBox) -> Iterator[Spot]:
    height = band.height / count
    for row in range(count):
        for col, column in enumerate(columns):
            if (row, col) not in taken:
                top = band.top + row * height
                yield Spot(row=row, col=col, bbox=BBox(column.x0, top, column.x1, top + height))


def _heads(rows: Sequence[Row], columns: Sequence[Column], level: Sequence[BBox]) -> list[Head]:
    """Parts of the lines, those together that go on with each other."""
    heads: list[list[Line]] = []
    for at, row in enumerate(rows):
        repeats = _period(row)
        above = list(heads)
        for part in row:
            over = [h for h in above if _overlap(BBox.around(p.bbox for p in h), part.bbox) > 0]
            lowest = max(over, key=lambda h: h[-1].bbox.middle, default=None)
            if lowest is not None and _goes_on(lowest, part, row, rows[at - 1], columns, level, repeats):
                lowest.append(part)
            else:
                heads.append([part])
    return [Head(lines=tuple(h)) for h in heads]


def _goes_on(
    head: Sequence[Line],
    part: Line,
    row: Row,
    before: Row,
    columns: Sequence[Column],
    level: Sequence[BBox],
    repeats: int,
) -> bool:
    """Whether a part is the next line of a head: close, alone below it, and parted from it neither by a rule nor by what it spans."""
    last = head[-1]
    box = BBox.around(line.bbox for line in head)
    if part.bbox.middle - last.bbox.middle > WRAPPED * max(part.size, last.size):
        return False
    if sum(_overlap(box, other.bbox) > 0 for other in row) != 1:
        return False
    if any(_parts(rule, last.bbox, part.bbox) for rule in level):
        return False
    off = abs((box.x0 + box.x1) - (part.bbox.x0 + part.bbox.x1)) / 2
    centred = off < CENTRED and not (abs(box.x0 - part.bbox.x0) < 1 < off)
    recurs = sum(other.text.lower() == last.text.lower() for other in before) > 1
    if repeats > 1 and len(before) < len(row) and not (repeats % 2 == 0 and centred and recurs):
        return False  # "2014/15" over "No.", "%" and again "2015/16" over "No.", "%"
    spanned = sum(min(box.x1, c.x1) - max(box.x0, c.x0) > 0.5 * (c.x1 - c.x0) for c in columns)
    own = sum(min(part.bbox.x1, c.x1) - max(part.bbox.x0, c.x0) > 0 for c in columns)
    return not (spanned > 1 and own < spanned and len(before) < len(row))


def _parts(rule: BBox, above: BBox, below: BBox) -> bool:
    """Whether a rule runs between two lines, under or over the whole of one of them."""
    if not above.middle < rule.middle < below.middle:
        return False
    covered = min(rule.x1, above.x1) - max(rule.x0, above.x0)
    return covered > 0.8 * above.width


def _overlap(one: BBox, other: BBox) -> float:
    return min(one.x1, other.x1) - max(one.x0, other.x0)


def _period(row: Row) -> int:
    """How many parts of a line repeat again and again ("No. % No. %": 2); 0 if they do not."""
    texts = [part.text.lower() for part in row]
    for skip in (0, 1):
        own = texts[skip:]
        for size in range(2, len(own) // 2 + 1):
            if len(own) % size == 0 and own == own[:size] * (len(own) // size) and len(set(own)) > 1:
                return size
    return 0


def _groups(rows: Sequence[Row], columns: Sequence[Column]) -> list[tuple[BBox, tuple[int, int]]]:
    """Boxes of the heads that recur ("No. %" and again "No. %"), with the columns that each group of them stands over."""
    found = []
    for row in rows:
        size = _period(row)
        parts = row[len(row) % size :] if size else ()
        starts = [part.bbox.x0 for part in parts[:: size or 1]]
        for at in range(0, len(parts), size or 1):
            group = parts[at : at + size]
            first, last = _own_span(group[0].bbox, columns)[0], _own_span(group[-1].bbox, columns)
            span = last[0] + last[1] - first
            box = BBox.around(part.bbox for part in group)
            reach = box.x0 + min((b - a for a, b in pairwise(starts)), default=0.0) - 2 * CENTRED
            if span > 1:
                found.append((replace(box, x1=max(box.x1, reach)), (first, span)))
    return found


def _group_of(head: Head, groups: Sequence[tuple[BBox, tuple[int, int]]]) -> tuple[int, int] | None:
    """The columns of the recurring heads that a head stands over, within their ends; None if it does not. A period may begin before them."""
    box, reach = head.bbox, CENTRED
    if is_period(head.lines[-1].words[-1].text):
        reach = 2 * CENTRED
    for below, span in groups:
        if below.middle > box.bottom and below.x0 - reach <= box.x0 and box.x1 <= below.x1 + CENTRED:
            return span
    return None


def _places(
    heads: Sequence[Head],
    columns: Sequence[Column],
    level: Sequence[BBox],
    groups: Sequence[tuple[BBox, tuple[int, int]]],
) -> list[tuple[int, int]]:
    """First column and number of columns of each head."""
    under = [[m for m, below in enumerate(heads) if _is_below(head, below)] for head in heads]
    places: list[tuple[int, int]] = [(0, 1)] * len(heads)
    # from the lowest up: what stands below a head tells how far it reaches
    for n in sorted(range(len(heads)), key=lambda n: -heads[n].bbox.bottom):
        head = heads[n]
        beside = [h.bbox for m, h in enumerate(heads) if m != n and _is_beside(h.bbox, head.bbox)]
        ruled = None if not under[n] and head.bbox.width < 2 else _ruled_span(head, beside, columns, level)
        recurring = _group_of(head, groups)
        if ruled is not None:
            places[n] = ruled
        elif recurring is not None:
            places[n] = recurring
        elif under[n]:
            places[n] = _centred_span(n, heads, places, columns)
        else:
            places[n] = _own_span(head.bbox, columns)
    return places


def _in_turn(
    heads: Sequence[Head], places: Sequence[tuple[int, int]], row: Row, columns: Sequence[Column]
) -> list[tuple[int, int]]:
    """The places, those of the lowest heads put right where two of them came over one column, and there are as many as columns.

    So narrow a head as one that is turned stands at one side of its column, and may be nearer to the values of the next.
    """
    lowest = sorted((n for n, head in enumerate(heads) if head.lines[-1] in row), key=lambda n: heads[n].bbox.x0)
    first = len(columns) - len(lowest)
    twice = len({places[n] for n in lowest}) < len(lowest) and all(places[n][1] == 1 for n in lowest)
    labelled = first == 1 and heads[lowest[0]].bbox.x0 > columns[0].middle
    if not twice or first and not labelled:
        return list(places)
    return [(first + lowest.index(n), 1) if n in lowest else place for n, place in enumerate(places)]


def _is_below(head: Head, below: Head) -> bool:
    return below.lines[0].bbox.middle > head.lines[-1].bbox.middle and _overlap(head.bbox, below.bbox) > 0


def _own_span(box: BBox, columns: Sequence[Column]) -> tuple[int, int]:
    """Columns that a head without any below it stands over: those it covers to a good part, or the nearest."""
    over = [
        n for n, c in enumerate(columns) if min(box.x1, c.x1) - max(box.x0, c.x0) > 0.3 * min(c.x1 - c.x0, box.width)
    ]
    if not over:
        over = [n for n, c in enumerate(columns) if min(box.x1, c.x1) > max(box.x0, c.x0)]
    if len(over) > 1:
        middle = (box.x0 + box.x1) / 2
        wholly = [n for n in over if columns[n].x0 >= box.x0 - 3 and columns[n].x1 <= box.x1 + 3]
        if len(wholly) < 2:
            best = max(over, key=lambda n: min(box.x1, columns[n].x1) - max(box.x0, columns[n].x0))
            near = min(over, key=lambda n: abs(columns[n].middle - middle))
            return (wholly[0] if wholly else near if near == best else best), 1
        over = wholly
    if not over:
        middle = (box.x0 + box.x1) / 2
        over = [min(range(len(columns)), key=lambda n: abs(columns[n].middle - middle))]
    return over[0], over[-1] - over[0] + 1


def _ruled_span(
    head: Head, beside: Sequence[BBox], columns: Sequence[Column], level: Sequence[BBox]
) -> tuple[int, int] | None:
    """The columns over a rule close below a head that is shorter than the table, and below no head beside it; None without one."""
    box = head.bbox
    left, right = columns[0].x0, columns[-1].x1
    best: BBox | None = None
    for rule in level:
        gap = rule.middle - box.bottom
        centred = rule.x0 - 2 <= (box.x0 + box.x1) / 2 <= rule.x1 + 2 and _overlap(rule, box) > 0.6 * box.width
        short = rule.x1 - rule.x0 < 0.9 * (right - left)
        own = not any(rule.x0 <= (other.x0 + other.x1) / 2 <= rule.x1 for other in beside)
        if -3 < gap < NEAR_RULE and centred and short and own and (best is None or rule.middle < best.middle):
            best = rule
    if best is None:
        return None
    over = [n for n, c in enumerate(columns) if best.x0 - 3 <= c.middle <= best.x1 + 3]
    return (over[0], over[-1] - over[0] + 1) if over else None


def _centred_span(
    n: int, heads: Sequence[Head], places: Sequence[tuple[int, int]], columns: Sequence[Column]
) -> tuple[int, int]:
    """The columns over whose middle a head stands: at least those it touches, not those of heads beside it."""
    box = heads[n].bbox
    beside = [h for m, h in enumerate(heads) if m != n and _is_beside(h.bbox, box)]
    children = [m for m in range(len(heads)) if m != n and _is_below(heads[n], heads[m])]
    touched = {k for m in children for k in range(places[m][0], places[m][0] + places[m][1])}
    touched |= {k for k, c in enumerate(columns) if min(box.x1, c.x1) - max(box.x0, c.x0) > 0}
    low, high = min(touched), max(touched)
    left, right = low, high
    while left > 0 and not any(_covers(h, columns[left - 1]) for h in beside):
        left -= 1
    while right + 1 < len(columns) and not any(_covers(h, columns[right + 1]) for h in beside):
        right += 1
    if left == 0 and low > 0:
        left = 1  # the column of the labels has a head of its own, or none
    middle = (box.x0 + box.x1) / 2
    choices = [(a, b) for a in range(left, low + 1) for b in range(high, right + 1)]

    def off(choice: tuple[int, int]) -> tuple[float, int]:
        centre = (columns[choice[0]].x0 + columns[choice[1]].x1) / 2
        return (round(abs(centre - middle) / CENTRED), choice[1] - choice[0])

    first, last = min(choices, key=off)
    return first, last - first + 1


def _is_beside(other: BBox, box: BBox) -> bool:
    """Whether another head stands at the same height."""
    return min(other.bottom, box.bottom) - max(other.top, box.top) > 0.3 * min(other.height, box.height)


def _covers(head: Head, column: Column) -> bool:
    return min(head.bbox.x1, column.x1) - max(head.bbox.x0, column.x0) > 0


def _over(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two heads share a column."""
    return one[0] < other[0] + other[1] and other[0] < one[0] + one[1]


def _depths(heads: Sequence[Head], places: Sequence[tuple[int, int]]) -> dict[int, int]:
    """The row of each head: one more than that of the lowest head above it."""
    depths: dict[int, int] = {}
    for n in sorted(range(len(heads)), key=lambda n: (heads[n].bbox.middle, n)):
        above = [m for m in depths if _over(places[n], places[m]) and heads[m].bbox.middle < heads[n].bbox.middle]
        depths[n] = max((depths[m] + 1 for m in above), default=0)
    return depths
