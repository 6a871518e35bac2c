"""Pies: sectors around one point. What a sector is worth is its share of the area, which holds for a tilted pie too."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from math import atan2, hypot, pi
from statistics import median

from extractors.charts.chart import Chart, Measured, Point
from extractors.charts.legend import find_legend
from extractors.charts.marks import Label, Mark, Print, is_upright, labels_of, print_of, runs_of
from extractors.charts.measure import is_misread
from extractors.charts.names import are_names
from extractors.charts.pale_sector import unseen_sector
from schemas.pages import BBox, Page, Shape, Word

SMALLEST = 30.0  # points across
NEAR = 1.0  # points by which corners in the middle may differ
WHOLE = 0.06  # share of the ellipse that may be missing, for the gaps between sectors
MOST_PIECES = 800  # curved shapes; a page with more is a map or a picture
AGREES = 0.025  # how far a printed share may be from the share of the area
AGREED = 0.7
THIN = 0.03  # share of a pie that may be a seam
SURE, UNSURE = 4.0, 1.0  # how much the share counts that a number tells, beside where it stands
TITLE = 1.12  # print larger than the names by this is a title
TOO_FAR = 0.9  # the cost at which print belongs to no sector
SEAM = 1.6  # points: the mean width of a seam in a picture
MOST_WORDS = 7  # of the name of a sector
EXACT = 0.004  # share of the pie by which an area may be off


@dataclass(frozen=True, slots=True, kw_only=True)
class Sector:
    """A piece of a pie; `share` is its part of the area, `middle` the direction of its middle (radians, clockwise from the right)."""

    colour: int
    points: tuple[tuple[float, float], ...]
    share: float
    middle: float
    bbox: BBox


@dataclass(frozen=True, slots=True, kw_only=True)
class Pie:
    """Sectors in the order drawn, around a middle."""

    sectors: tuple[Sector, ...]
    x: float
    y: float
    bbox: BBox


def pie_charts(page: Page, free: set[int], near: float = NEAR, gaps: float = WHOLE) -> Iterator[Chart]:
    """The pies of a page; their words are taken out of `free`. `near` and `gaps` as NEAR and WHOLE, for shapes less exact."""
    for pie in pies_of(page.shapes, near, gaps):
        chart = _read(pie, page, free, near)
        if chart is not None:
            free -= chart.words
            yield chart


def pies_of(shapes: Sequence[Shape], near: float, gaps: float) -> Iterator[Pie]:
    """Filled shapes that share a corner in the middle of them all."""
    pieces = [s for s in shapes if s.fill not in (None, 0xFFFFFF) and len(s.points) >= 4 and _is_curved(s)]
    if near > NEAR:
        pieces = [s for s in pieces if not _is_seam(s)]
    if len(pieces) > MOST_PIECES:
        return
    corners: dict[tuple[int, int], set[int]] = {}
    for number, shape in enumerate(pieces):
        for x, y in shape.points:
            column, row = round(x / near / 2), round(y / near / 2)
            for dx in (-1, 0, 1):
                for dy in (-1, 0, 1):
                    corners.setdefault((column + dx, row + dy), set()).add(number)
    taken: set[int] = set()
    for (column, row), numbers in sorted(corners.items(), key=lambda c: (-len(c[1]), c[0])):
        left = sorted(numbers - taken)
        if len(left) < 2:
            continue
        pie = _pie([pieces[n] for n in left], column * near * 2, row * near * 2, near, gaps)
        if pie is not None:
            taken.update(left)
            yield pie


def _is_seam(shape: Shape) -> bool:
    """Whether a shape of a picture is what lies between two sectors, or along the rim, where their colours run into each other."""
    return abs(_area(shape.points)) < SEAM * hypot(shape.bbox.width, shape.bbox.height)


def _is_curved(shape: Shape) -> bool:
    """Whether a shape has a side that is neither level nor upright."""
    return any(abs(ax - bx) > 0.5 and abs(ay - by) > 0.5 for (ax, ay), (bx, by) in pairwise(shape.points))


def _pie(shapes: Sequence[Shape], x: float, y: float, near: float, gaps: float) -> Pie | None:
    """The shapes as a pie, if they fill an ellipse around the point."""
    box = BBox.around(s.bbox for s in shapes)
    if min(box.width, box.height) < SMALLEST or max(box.width, box.height) > 3 * min(box.width, box.height):
        return None
    if max(abs((box.x0 + box.x1) / 2 - x), abs(box.middle - y)) > max(3 * near, 0.02 * box.width):
        return None
    x, y = (box.x0 + box.x1) / 2, box.middle
    if near > NEAR:
        shapes = [*shapes, *unseen_sector(shapes, box)]
    areas = [abs(_area(s.points)) for s in shapes]
    whole = pi / 4 * box.width * box.height
    if not 1 - gaps - 0.02 * len(shapes) < sum(areas) / whole < 1 + WHOLE:
        return None
    sectors = tuple(
        Sector(colour=s.fill or 0, points=s.points, share=area / sum(areas), middle=_direction(s, x, y), bbox=s.bbox)
        for s, area in zip(shapes, areas, strict=True)
    )
    return Pie(sectors=sectors, x=x, y=y, bbox=box)


def _area(points: Sequence[tuple[float, float]]) -> float:
    closed = [*points, points[0]]
    return sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairwise(closed)) / 2


def _direction(shape: Shape, x: float, y: float) -> float:
    """The direction of the middle of a sector: half way along the arc."""
    far = max(hypot(px - x, py - y) for px, py in shape.points)
    rim = [(px, py) for px, py in shape.points if hypot(px - x, py - y) > 0.5 * far]
    lengths = [hypot(bx - ax, by - ay) for (ax, ay), (bx, by) in pairwise(rim)]
    # a sector drawn from the middle of its arc leaves the rim and comes back: the longest jump is over the middle
    half, walked = sum(lengths) / 2, 0.0
    for (a, b), step in zip(pairwise(rim), lengths, strict=True):
        if walked + step >= half:
            part = (half - walked) / step if step else 0.0
            return atan2(a[1] + part * (b[1] - a[1]) - y, a[0] + part * (b[0] - a[0]) - x)
        walked += step
    return atan2(rim[0][1] - y, rim[0][0] - x)


def _without_seams(pie: Pie, named: Collection[int]) -> Pie:
    """The pie of a picture without thin sectors of colours that its legend does not name: what lies between two others."""
    kept = [s for s in pie.sectors if s.colour in named or s.share > THIN]
    whole = sum(s.share for s in kept)
    return replace(pie, sectors=tuple(replace(s, share=s.share / whole) for s in kept))


def _read(pie: Pie, page: Page, free: set[int], near: float) -> Chart | None:
    error = EXACT if near == NEAR else 4 * EXACT
    colours = [s.colour for s in pie.sectors]
    legend = find_legend(page.shapes, page.words, free, colours, pie.bbox) if len(set(colours)) == len(colours) else {}
    if near > NEAR and len(legend) > 1:
        pie = _without_seams(pie, legend.keys())
    rest = free - {n for p in legend.values() for n in p.numbers}
    values, names = _beside(pie, page.words, rest, named=len(legend) < len(colours))
    sure = _agreeing(pie, values)
    if len(sure) < AGREED * len(values):
        values = {}
    named = [legend.get(s.colour) or names.get(n) for n, s in enumerate(pie.sectors)]
    if sum(name is not None for name in named) < max(2, 0.6 * len(named)):
        return None
    values = {s: v for s, v in values.items() if s in sure or not is_misread(v, page.words)}
    worth = _worth(pie, values, error)
    if len(values) < 0.5 * len(named) and worth is None:
        values = {}
    points = tuple(
        Point(
            category=n, series=0, label=values.get(n),
            measured=_share(sector, error) if not values else worth(sector) if worth and n not in values else None,
            mark=Mark(colour=sector.colour, start=0, end=0, low=0, high=sector.share, bbox=sector.bbox),
        )
        for n, sector in enumerate(pie.sectors)
        if n in values or not values or worth
    )  # fmt: skip
    return Chart(kind="sector", categories=tuple(named), series=(None,), points=points, axes=())


def _worth(pie: Pie, values: Mapping[int, Label], error: float) -> Callable[[Sector], Measured] | None:
    """What a sector without a number is worth by those that have one; None where fewer than two tell."""
    rates = [float(v.value) / pie.sectors[s].share for s, v in values.items() if v.value > 0]
    if len(rates) < 2:
        return None
    whole = all(v.value == int(v.value) for v in values.values())
    percent = all(v.percent for v in values.values())
    rate = 100.0 if percent else median(rates)

    def worth(sector: Sector) -> Measured:
        value, low, high = (
            Decimal(repr(rate * share)).quantize(Decimal(1) if whole else Decimal("0.1"))
            for share in (sector.share, max(sector.share - error, 0.0), sector.share + error)
        )
        return Measured(value=value, low=low, high=high, unit="%" if percent else "")

    return worth


def _share(sector: Sector, error: float) -> Measured:
    """The share in per cent, to a tenth."""
    tenth = Decimal("0.1")
    value, low, high = (
        Decimal(repr(100 * min(max(v, 0.0), 1.0))).quantize(tenth)
        for v in (sector.share, sector.share - error, sector.share + error)
    )
    whole = value.quantize(Decimal(1))
    # whole numbers are what reports print, so a share that is one within the error is taken for it
    return Measured(value=whole if low <= whole <= high else value, low=low, high=high, unit="%")


def _beside(
    pie: Pie, words: Sequence[Word], free: set[int], *, named: bool
) -> tuple[dict[int, Label], dict[int, Print]]:
    """Labels of sectors and, unless a legend has them, names; by the number of the sector."""
    width, height = pie.bbox.width, pie.bbox.height
    room = BBox(
        pie.bbox.x0 - 1.1 * width,
        pie.bbox.top - 0.3 * height,
        pie.bbox.x1 + 1.1 * width,
        pie.bbox.bottom + 0.3 * height,
    )
    near = {n for n in free if _within(words[n].bbox, room) and not is_upright(words[n])}
    runs = [r for run in runs_of(words, near) for r in _numbers_apart(run, words)]
    blocks = [found for block in _blocks(runs) if _is_short((found := _split(block, words))[1])]
    usual = median([_size(words, name) for _, name in blocks if name is not None] or [0.0])
    blocks = [(v, n) for v, n in blocks if v is not None or n is not None and _size(words, n) <= TITLE * usual]
    total = sum(float(v.value) for v, _ in blocks if v is not None and not v.percent)
    costs = {
        (b, s): _cost(pie, sector, value, name, total, SURE if _is_sure(value, words) else UNSURE)
        for b, (value, name) in enumerate(blocks)
        for s, sector in enumerate(pie.sectors)
        if value is not None or (named and name is not None and are_names([name]))
    }
    values: dict[int, Label] = {}
    names: dict[int, list[Print]] = {}
    for valued in (True, False):
        own = {
            (b, s): cost for (b, s), cost in costs.items() if cost < TOO_FAR and (blocks[b][0] is not None) == valued
        }
        for b, s in _placed(own).items():
            value, name = blocks[b]
            if value is not None:
                values[s] = value
            if name is not None and named:
                names.setdefault(s, []).append(name)
    return values, {s: print_of(words, [n for p in of for n in p.numbers]) for s, of in names.items()}


def _size(words: Sequence[Word], name: Print) -> float:
    """The size of its type, in points."""
    return median(words[n].size for n in name.numbers)


def _placed(costs: Mapping[tuple[int, int], float]) -> dict[int, int]:
    """The sector of each block, one each, so that all of them together cost least: the cheapest first, then exchanged while that helps."""
    placed: dict[int, int] = {}
    for block, sector in sorted(costs, key=lambda pair: costs[pair]):
        if block not in placed and sector not in placed.values():
            placed[block] = sector

    def cost(block: int | None, sector: int | None) -> float:
        if block is None:
            return 0.0
        return TOO_FAR if sector is None else costs.get((block, sector), 2 * TOO_FAR)

    better = True
    while better:
        better = False
        for block, sector in costs:
            before = placed.get(block)
            if before == sector:
                continue
            other = next((b for b, s in placed.items() if s == sector), None)
            spare = {s for _, s in costs} - set(placed.values())
            there = min((before, *spare, None), key=lambda s: cost(other, s))
            if cost(block, sector) + cost(other, there) < cost(block, before) + cost(other, sector) - 1e-9:
                placed[block] = sector
                if other is not None:
                    placed.pop(other)
                    if there is not None:
                        placed[other] = there
                better = True
    return placed


def _is_short(name: Print | None) -> bool:
    """Whether print may be the name of a sector, and is no caption and no running text."""
    return name is None or len(name.numbers) <= MOST_WORDS


def _numbers_apart(run: Print, words: Sequence[Word]) -> list[Print]:
    """A run of nothing but numbers as so many runs: they belong to different sectors."""
    labels = labels_of(words, run.numbers)
    return list(labels) if sum(len(t.numbers) for t in labels) == len(run.numbers) else [run]


def _blocks(runs: Sequence[Print]) -> list[list[Print]]:
    """Lines of print that stand closely under each other."""
    blocks: list[list[Print]] = []
    for run in sorted(runs, key=lambda r: (r.bbox.top, r.bbox.x0)):
        above = next((b for b in blocks if _is_under(b[-1].bbox, run.bbox)), None)
        if above is None:
            blocks.append([run])
        else:
            above.append(run)
    return blocks


def _is_under(above: BBox, below: BBox) -> bool:
    overlap = min(above.x1, below.x1) - max(above.x0, below.x0)
    return (
        overlap > 0.3 * min(above.width, below.width)
        and -0.5 * above.height < below.top - above.bottom < 0.15 * above.height
    )


def _split(block: Sequence[Print], words: Sequence[Word]) -> tuple[Label | None, Print | None]:
    """The number of a block, which is its last, and its words."""
    numbers = [n for run in block for n in run.numbers]
    labels = labels_of(words, numbers)
    if labels and len(labels) > 1 and labels[-1].percent and not labels[-2].percent and len(numbers) > 2:
        both = (*labels[-2].numbers, *labels[-1].numbers)
        whole = print_of(words, both)
        last: Label | None = Label(
            numbers=both, text=whole.text, bbox=whole.bbox, value=labels[-2].value, percent=False
        )
    else:
        last = labels[-1] if labels and labels[-1].numbers[-1] in (numbers[-1], numbers[0]) else None
    rest = [n for n in numbers if last is None or n not in last.numbers]
    rest = [n for n in rest if any(c.isalnum() for c in words[n].text)]
    return last, print_of(words, rest) if rest else None


def _is_sure(value: Label | None, words: Sequence[Word]) -> bool:
    """Whether what a number says of the share of its sector counts: where some are misread, their total is wrong as well."""
    return value is None or value.percent or not is_misread(value, words)


def _cost(
    pie: Pie, sector: Sector, value: Label | None, name: Print | None, total: float, weight: float
) -> float:  # fmt: skip
    """How badly a block of print goes with a sector: by direction, and (times `weight`) by what the number says of its share."""
    box = BBox.around(p.bbox for p in (value, name) if p is not None)
    x, y = (box.x0 + box.x1) / 2, box.middle
    inside = hypot((x - pie.x) / pie.bbox.width, (y - pie.y) / pie.bbox.height) < 0.5
    if not inside:
        # print beside the pie begins, or ends, at its sector
        x, y = min(max(pie.x, box.x0), box.x1), min(max(pie.y, box.top), box.bottom)
    away = abs((atan2(y - pie.y, x - pie.x) - sector.middle + pi) % (2 * pi) - pi)
    beyond = max(0.0, away - pi * sector.share) + 0.1 * away
    cost = beyond / pi + (0.0 if inside else 0.05)
    distance = hypot((x - pie.x) / pie.bbox.width, (y - pie.y) / pie.bbox.height)
    cost += 0.5 * max(0.0, distance - 0.5)
    if value is not None:
        share = float(value.value) / (100.0 if value.percent else max(total, 1e-9))
        cost += weight * abs(share - sector.share)
    return cost


def _within(box: BBox, room: BBox) -> bool:
    return room.x0 < (box.x0 + box.x1) / 2 < room.x1 and room.top < box.middle < room.bottom


def _agreeing(pie: Pie, values: dict[int, Label]) -> set[int]:
    """The sectors whose numbers are in proportion to their areas."""
    rates = [float(v.value) / pie.sectors[s].share for s, v in values.items() if v.value > 0]
    if not rates:
        return set()
    rate = median(rates)
    return {s for s, v in values.items() if abs(float(v.value) / rate - pie.sectors[s].share) < AGREES}
