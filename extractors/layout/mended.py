"""Rules of a scan, which come in pieces and end short: joined, and completed where no print stands in their way.

A piece too ragged for a ruling line is often seen as a thin area of ink instead: such areas are pieces of rules as well. Strokes of
a pen, which end anywhere, part no rows.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from extractors.layout.grids import NEAR, Grid, touch
from schemas.pages import BBox, Page, Rule, Shape, Word

SAME_LINE = 1.6  # points between pieces of one rule across it
GAP = 20.0  # points between them along it
MOST_GAP, NEXT = 0.2, 60.0  # the same between two rules that are as long, as a share of them; and points to these
LEAST_DRAWN = 0.3  # share of the height, or width, of a grid over which a rule must be there
INSIDE = 1.5  # points by which a word must reach over a rule to stand in its way
SPACE = 0.58  # times its height: the space between two words of a line
THIN, LONG = 2.6, 12.0  # points: an area that is a piece of a rule
MARGIN = 0.35  # of the size of a word: how far its box may reach over the edge of what it stands in
CORNERS = 5  # points of the outline of a box, the first and the last one alike


def mended_rules(page: Page) -> tuple[Rule, ...]:
    """The rules of a page, those of a scan, and on scanned pictures, made whole."""
    if page.source == "ocr":
        return tuple(whole_rules(page))
    rules = list(page.rules)
    for picture in page.pictures:
        held = [rule for rule in rules if picture.read and picture.holds(rule.bbox)]
        if held:
            own = replace(page, rules=tuple(held), shapes=tuple(s for s in page.shapes if picture.holds(s.bbox)))
            rules = [*(rule for rule in rules if rule not in held), *whole_rules(own)]
    return tuple(rules)


def whole_rules(page: Page) -> list[Rule]:
    """The rules of a scanned page, pieces of one line as one, and what was seen as an area but goes on from them."""
    rules = joined(page.rules, page.words)
    pieces = [piece for shape in page.shapes if (piece := _piece(shape))]
    boxes = [shape.bbox for shape in page.shapes if _is_frame(shape, page.words)]
    for _ in range(2):  # the second time, what touches the pieces that were found
        drawn = [rule.bbox for rule in rules]
        near = [box for box in pieces if any(touch(box, rule) for rule in drawn)]
        shaded = [box for box in boxes if _is_drawn(box, drawn)]
        near += [edge for box in shaded for edge in _edges(box) if not _is_split(edge, shaded, drawn)]
        if not near:
            break
        rules = joined([*rules, *(Rule(bbox=box) for box in near)], page.words)
        pieces, boxes = (
            [p for p in pieces if p not in near],
            [b for b in boxes if not any(e in near for e in _edges(b))],
        )
    return rules


def _piece(shape: Shape) -> BBox | None:
    """The box of an area that may be a piece of a rule: thin, long, and level or upright."""
    box = shape.bbox
    return (
        box
        if shape.fill is not None and min(box.width, box.height) <= THIN and max(box.width, box.height) >= LONG
        else None
    )


def _is_frame(shape: Shape, words: Sequence[Word]) -> bool:
    """Whether an area is a box with print in it: a shaded cell, or the outline of one. Of a tint that letters cut up, each part cuts a word."""
    box = shape.bbox
    if shape.fill is None or len(shape.points) != CORNERS or box.width < LONG or box.height <= 2 * THIN:
        return False
    inside = [
        w for w in words if box.x0 < (w.bbox.x0 + w.bbox.x1) / 2 < box.x1 and box.top < w.bbox.middle < box.bottom
    ]
    return bool(inside) and all(_holds(box, word) for word in inside)


def _holds(box: BBox, word: Word) -> bool:
    """Whether a word lies within a box, but for a margin."""
    near = MARGIN * word.size
    return (
        box.x0 - near < word.bbox.x0
        and word.bbox.x1 < box.x1 + near
        and box.top - near < word.bbox.top
        and word.bbox.bottom < box.bottom + near
    )


def _is_drawn(box: BBox, rules: Sequence[BBox]) -> bool:
    """Whether a box is a cell of a table: a level rule runs along it, or upright ones go on from both its lower corners."""
    if any(_runs_along(box, rule) for rule in rules):
        return True
    upright = [r for r in rules if r.height > r.width and r.top <= box.bottom + 2 * NEAR < r.bottom]
    below = [(r.x0 + r.x1) / 2 for r in upright]
    return all(any(abs(x - corner) <= NEAR for x in below) for corner in (box.x0, box.x1))


def _runs_along(box: BBox, rule: BBox) -> bool:
    """Whether a level rule runs along the upper or lower edge of a box, over half of it."""
    level = min(abs(rule.middle - box.top), abs(rule.middle - box.bottom)) <= NEAR
    return level and min(rule.x1, box.x1) - max(rule.x0, box.x0) > box.width / 2


def _edges(box: BBox) -> Iterator[BBox]:
    yield from (BBox(box.x0, y, box.x1, y) for y in (box.top, box.bottom))
    yield from (BBox(x, box.top, x, box.bottom) for x in (box.x0, box.x1))


def _is_split(edge: BBox, boxes: Sequence[BBox], rules: Sequence[BBox]) -> bool:
    """Whether an upright edge of a box is only that of a part of a tint: a level rule along it runs on, and no line or box goes on from it."""
    if edge.width > edge.height:
        return False
    beyond = any(
        rule.x0 < edge.x0 - 2 * NEAR and rule.x1 > edge.x0 + 2 * NEAR
        for rule in rules
        if rule.width > rule.height and min(abs(rule.middle - edge.top), abs(rule.middle - edge.bottom)) <= NEAR
    )
    others = [x for rule in rules if rule.height > rule.width for x in (rule.x0, rule.x1)]
    others += [x for box in boxes if abs(box.middle - edge.middle) > NEAR for x in (box.x0, box.x1)]
    return beyond and not any(abs(x - edge.x0) <= NEAR for x in others)


def joined(rules: Sequence[Rule], words: Sequence[Word] = ()) -> list[Rule]:
    """The rules, pieces of one line as one rule; but not where one table ends and another begins, and no word stands between them."""
    level = _between_whole(
        list(_joined((rule.bbox for rule in rules if rule.horizontal), lambda left, right: True)), words
    )

    def is_one(above: BBox, below: BBox) -> bool:
        """Whether the gap between two upright pieces, seen as level ones, is one in a line."""
        start, end, place = above.x1, below.x0, above.middle
        closing, opening = ([b for b in level if _meets(b, place, y)] for y in (start, end))
        if end - start <= 2 * NEAR or not closing or not opening:
            return True
        edges = BBox.around((*closing, *opening))
        return any(start < w.bbox.middle < end and edges.x0 < (w.bbox.x0 + w.bbox.x1) / 2 < edges.x1 for w in words)

    upright = _joined((_flipped(rule.bbox) for rule in rules if not rule.horizontal), is_one)
    return [Rule(bbox=box) for box in (*level, *map(_flipped, upright))]


def _between_whole(level: Sequence[BBox], words: Sequence[Word]) -> list[BBox]:
    """The level rules, two at one height as one where the next ones above and below run from the beginning of the one to the end of the other.

    `level` has the pieces at one height in turn, from left to right.
    """
    made: list[BBox] = []
    for right in level:
        left = made[-1] if made else right
        whole = BBox.around((left, right))
        gap = right.x0 - left.x1
        if abs(left.middle - right.middle) < SAME_LINE and GAP < gap < MOST_GAP * whole.width:
            near = [b for b in level if SAME_LINE < abs(b.middle - whole.middle) < NEXT and _same_ends(b, whole)]
            both = {b.middle < whole.middle for b in near} == {True, False}
            free = BBox(left.x1, whole.middle - INSIDE, right.x0, whole.middle + INSIDE)
            if both and not any(free.holds_middle_of(w.bbox) for w in words):
                made[-1] = whole
                continue
        made.append(right)
    return made


def _same_ends(one: BBox, other: BBox) -> bool:
    return abs(one.x0 - other.x0) <= 2 * NEAR and abs(one.x1 - other.x1) <= 2 * NEAR


def _meets(level: BBox, x: float, y: float) -> bool:
    """Whether a level rule passes a point."""
    return abs(level.middle - y) <= NEAR and level.x0 - NEAR <= x <= level.x1 + NEAR


def _flipped(box: BBox) -> BBox:
    """A box with across and down exchanged."""
    return BBox(box.top, box.x0, box.bottom, box.x1)


def _joined(level: Iterable[BBox], is_one: Callable[[BBox, BBox], bool]) -> Iterator[BBox]:
    """Level pieces, those of a line as one where the gap between them `is_one` of it."""
    lines: list[list[BBox]] = []
    for box in sorted(level, key=lambda b: b.middle):
        if lines and box.middle - lines[-1][-1].middle < SAME_LINE:
            lines[-1].append(box)
        else:
            lines.append([box])
    for line in lines:
        pieces = sorted(line, key=lambda b: b.x0)
        last = pieces[0]
        for piece in pieces[1:]:
            if piece.x0 - last.x1 <= GAP and is_one(last, piece):
                last = BBox(last.x0, min(last.top, piece.top), max(last.x1, piece.x1), max(last.bottom, piece.bottom))
            else:
                yield last
                last = piece
        yield last


def completed(grid: Grid, words: Sequence[Word]) -> Grid:
    """The grid, rules drawn from one end to the other where they are there for a good part and no word stands across."""
    box = grid.bbox
    near = [w.bbox for w in words if box.top <= w.bbox.middle <= box.bottom and box.x0 <= w.bbox.x0 <= box.x1]
    across = list(_whole(grid.ys, grid.across, box, near))
    follow = [(a, b) for row in lines_of(near) for a, b in pairwise(row)]
    places = [x for x in grid.xs if not any(_parts_words(x, before, after) for before, after in follow)]
    down = [
        _flipped(b)
        for b in _whole(places, [_flipped(b) for b in grid.down], _flipped(box), [_flipped(b) for b in near])
    ]
    return replace(grid, across=(*grid.across, *across), down=(*grid.down, *down)) if across or down else grid


def lines_of(words: Sequence[BBox]) -> list[list[BBox]]:
    """Words that stand at one height, from left to right."""
    lines: list[list[BBox]] = []
    for word in sorted(words, key=lambda w: w.middle):
        if lines and word.middle - lines[-1][-1].middle < word.height / 3:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda w: w.x0) for line in lines]


def _parts_words(x: float, before: BBox, after: BBox) -> bool:
    """Whether an upright rule would stand in a mere space between two words of a line, as of a head over two columns."""
    if not before.x1 - INSIDE <= x <= after.x0 + INSIDE:
        return False
    return after.x0 - before.x1 < SPACE * before.height


def _whole(places: Sequence[float], level: Sequence[BBox], box: BBox, words: Sequence[BBox]) -> Iterator[BBox]:
    """Level rules over the whole of a box, at those places where part of one is drawn."""
    for place in places:
        drawn = sum(b.width for b in level if abs(b.middle - place) <= SAME_LINE)
        across = any(w.top < place - INSIDE and w.bottom > place + INSIDE for w in words)
        if LEAST_DRAWN * box.width <= drawn < 0.95 * box.width and not across:
            yield BBox(box.x0, place, box.x1, place)
