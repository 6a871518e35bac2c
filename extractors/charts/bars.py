"""Bars and columns, grouped or stacked: boxes that stand on one line."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from extractors.charts.chart import Chart, Point
from extractors.charts.legend import find_legend
from extractors.charts.marks import LYING, STANDING, Label, Mark, View, boxes_of, clusters, labels_of, ticks_of
from extractors.charts.measure import AGREES, AGREES_READ, EXACT, FARTHEST, agreeing, is_misread, label_marks, measure
from extractors.charts.names import are_names, find_names
from extractors.charts.parted import made_whole
from extractors.charts.scale import anchored, find_scale
from schemas.pages import BBox, Page

SAME = 0.8  # points by which edges that belong together may differ
THICKNESS = 0.09  # the share of their thickness by which bars may differ, for each point that their edges may
RIM = 2.5  # points: so wide is what two colours of a picture show between them
FEWEST = 2
# A page with more boxes is a map or a drawing, a stand with more bars no chart; so many stands of a page are looked at.
MOST_BOXES, MOST_BARS, MOST_STANDS = 1_500, 150, 60
LABELLED = 0.6  # the least share of marks with a label in a chart that has labels
AGREED = 0.7  # the least share of labels that the lengths must bear out


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """Bars on one foot; `bars` may stand on each other. `colours` in the order of their series."""

    view: View
    bars: tuple[Mark, ...]
    colours: tuple[int, ...]
    slots: tuple[float, ...]
    pitch: float

    @property
    def box(self) -> BBox:
        """The box around the bars."""
        return BBox.around(b.bbox for b in self.bars)


def bar_charts(page: Page, free: set[int], error: float = EXACT) -> Iterator[Chart]:
    """The bar charts of a page, most bars first; their words are taken out of `free`."""
    slack = SAME if error <= EXACT else 2 * SAME
    boxes = {view: list(boxes_of(page.shapes, view)) for view in (STANDING, LYING)}
    if error > EXACT:
        boxes = {view: made_whole(own, slack) if len(own) <= MOST_BOXES else own for view, own in boxes.items()}
    stands = [s for view, own in boxes.items() if len(own) <= MOST_BOXES for s in stands_of(own, view, slack)]
    taken: list[BBox] = []
    labels = labels_of(page.words, free)
    for stand in sorted(stands, key=lambda s: -len(s.bars))[:MOST_STANDS]:
        if any(_overlap(stand.box, box) for box in taken):
            continue
        chart = _read(stand, page, [t for t in labels if free.issuperset(t.numbers)], free, error)
        if chart is not None:
            taken.append(stand.box)
            free -= chart.words
            yield chart


def stands_of(boxes: Sequence[Mark], view: View, slack: float) -> Iterator[Stand]:
    """Boxes of one thickness whose feet are on one line, and those that stand on them."""
    # in a picture both edges run into what is beside them
    thicker = slack if slack <= SAME else 1.5 * slack
    for alike in clusters(boxes, lambda m: m.end - m.start, thicker, THICKNESS * slack):
        for feet in clusters(alike, lambda m: m.low, slack, 0.0):
            if not FEWEST <= len(feet) <= MOST_BARS:
                continue
            stacked = _stacked(feet, alike, slack)
            for group in _near_together(_without_rims(stacked) if slack > SAME else stacked):
                stand = _stand(group, view)
                if stand is not None and len(stand.bars) <= MOST_BARS:
                    yield stand


def _stacked(feet: Sequence[Mark], alike: Sequence[Mark], slack: float) -> list[Mark]:
    """The bars with everything that stands on them, from the foot upwards."""
    above: dict[int, list[Mark]] = {}
    for mark in alike:
        if mark.low > feet[0].low + slack:
            above.setdefault(round(mark.start), []).append(mark)
    kept = list(feet)
    for below in kept:  # grows while it is walked through
        near = [m for place in (-2, -1, 0, 1, 2) for m in above.get(round(below.start) + place, ())]
        on = [
            m for m in near if abs(m.start - below.start) < slack and abs(m.low - below.high) < slack and m not in kept
        ]
        kept += on if below.high > below.low else []
    return kept


def _without_rims(marks: Sequence[Mark]) -> list[Mark]:
    """The marks without those of colours that only show where two others run into each other in a picture."""
    longest: dict[int, float] = {}
    for mark in marks:
        longest[mark.colour] = max(longest.get(mark.colour, 0.0), mark.high - mark.low)
    return [m for m in marks if longest[m.colour] > RIM] if max(longest.values()) > RIM else list(marks)


def _near_together(marks: Sequence[Mark]) -> Iterator[list[Mark]]:
    """Marks parted where the gap along the axis is too wide for one chart."""
    thick = median(m.end - m.start for m in marks)
    group: list[Mark] = []
    reach = 0.0
    for mark in sorted(marks, key=lambda m: m.start):
        if group and mark.start - reach > max(6 * thick, 60.0):
            yield group
            group = []
        reach = max(reach, mark.end) if group else mark.end
        group.append(mark)
    if group:
        yield group


def _stand(marks: Sequence[Mark], view: View) -> Stand | None:
    """Bars by category: bars of one colour are a pitch apart, or a multiple of it."""
    marks = _without_doubles(marks)
    if _alike(marks):
        return None  # shading: bars of one length, or cells of one width under each other
    if any(_covered(a, b) for a, b in zip(marks, marks[1:], strict=False)):
        return None
    colours = list(Counter(m.colour for m in sorted(marks, key=lambda m: (m.start, m.low))))
    starts = {c: sorted({round(m.start, 1) for m in marks if m.colour == c}) for c in colours}
    single = all(len(s) == 1 for s in starts.values()) or len(colours) == 1
    if single:
        starts = {0: sorted(round(m.start, 1) for m in marks)}
    gaps = [b - a for s in starts.values() for a, b in zip(s, s[1:], strict=False) if b - a > 1]
    if not gaps:
        return None
    pitch = min(gaps)
    first = min(m.start for m in marks)
    middle = _group_middle(marks, pitch, first)
    count = round((max(m.centre for m in marks) - middle) / pitch + 0.49) + 1
    slots = tuple(middle + i * pitch for i in range(max(count, 1)))
    if len(slots) > 60:
        return None
    used = max(min(range(len(slots)), key=lambda i: abs(slots[i] - m.centre)) for m in marks) + 1
    return Stand(
        view=view, bars=tuple(marks), colours=(0,) if single else tuple(colours), slots=slots[:used], pitch=pitch
    )  # fmt: skip


def _alike(marks: Sequence[Mark]) -> bool:
    """Whether what stands at one place of the axis stands at every other one too."""
    places: dict[int, set[tuple[int, int]]] = {}
    for mark in marks:
        places.setdefault(round(mark.start), set()).add((round(mark.low), round(mark.high)))
    return all(own == places[round(marks[0].start)] for own in places.values())


def _group_middle(marks: Sequence[Mark], pitch: float, first: float) -> float:
    """The middle of the first group of bars; how wide groups are shows over all of them, and the widest gap parts two groups."""
    offsets = sorted((m.start - first) % pitch for m in marks)
    offsets = sorted(o - pitch if o > pitch - 1.0 else o for o in offsets)
    gaps = [b - a for a, b in pairwise([*offsets, offsets[0] + pitch])]
    after = max(range(len(gaps)), key=lambda n: gaps[n] + (0.5 if n == len(gaps) - 1 else 0.0)) + 1
    offsets = [*(o - pitch for o in offsets[after:]), *offsets[:after]]
    thick = median(m.end - m.start for m in marks)
    return first + (min(offsets) + max(offsets) + thick) / 2


def _without_doubles(marks: Sequence[Mark]) -> list[Mark]:
    """Bars in order; one drawn twice (fill, then outline) is one."""
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda m: (round(m.start), m.low, m.high)):
        if not (
            kept
            and abs(kept[-1].start - mark.start) < SAME
            and abs(kept[-1].high - mark.high) < SAME
            and kept[-1].high > kept[-1].low
        ):
            kept.append(mark)
    return kept


def _covered(one: Mark, other: Mark) -> bool:
    """Whether two boxes lie over each other, as bars do not."""
    along = min(one.end, other.end) - max(one.start, other.start)
    up = min(one.high, other.high) - max(one.low, other.low)
    return along > 0.4 * (one.end - one.start) and up > 2.0


def _read(stand: Stand, page: Page, labels: Sequence[Label], free: set[int], error: float) -> Chart | None:
    view, bars = stand.view, stand.bars
    lowest = min(b.low for b in bars)
    foot = median(b.low for b in bars if b.low <= lowest + 2 * SAME)
    high = max(b.high for b in bars)
    start, end = min(b.start for b in bars), max(b.end for b in bars)
    scale = find_scale(ticks_of(page.words, free), view, start, foot, high, end)
    scale = anchored(scale, foot, high) if scale else None
    ticks = {n for t in scale.ticks for n in t.numbers} if scale else set()
    near = [t for t in labels if ticks.isdisjoint(t.numbers) and _overlap(t.bbox, _widened(stand.box))]
    bars = (*bars, *_noughts(stand, foot))
    found = {m: t for m, t in label_marks(bars, near, view, scale).items() if m < len(stand.bars) or t.value == 0}
    sure = agreeing(bars, found, scale, AGREES if error <= EXACT else AGREES_READ)
    if len(found) < LABELLED * len([b for b in bars if b.high - b.low > 1]) or len(sure) < AGREED * len(found):
        found = {}
    found = {m: t for m, t in found.items() if m in sure or not is_misread(t, page.words)}
    if scale is None and (len({t.value for t in found.values()}) < 3 or len(sure) < len(found)):
        return None
    rest = free - ticks - {n for t in found.values() for n in t.numbers}
    legend = find_legend(
        page.shapes, page.words, rest, stand.colours if len(stand.colours) > 1 else [bars[0].colour], stand.box
    )
    rest -= {n for p in legend.values() for n in p.numbers}
    names = find_names(page.words, rest, view, stand.slots, stand.pitch, foot)
    if len(names) < 0.5 * len(stand.slots) or not are_names(names.values()):
        return None
    points = []
    for number, bar in enumerate(bars):
        label = found.get(number)
        worth = measure(bar.low, bar.high, scale, error) if scale is not None and label is None else None
        if label is None and (worth is None or number >= len(stand.bars)):
            continue
        series = stand.colours.index(bar.colour) if len(stand.colours) > 1 else 0
        category = min(range(len(stand.slots)), key=lambda i: abs(stand.slots[i] - bar.centre))
        points.append(Point(category=category, series=series, mark=bar, label=label, measured=worth))
    series_names = [legend.get(c) for c in stand.colours] if len(stand.colours) > 1 else [legend.get(bars[0].colour)]
    return Chart(
        kind="bar",
        categories=tuple(names.get(s) for s in range(len(stand.slots))),
        series=tuple(series_names),
        points=tuple(points),
        axes=tuple(sorted(ticks)),
    )


def _widened(box: BBox) -> BBox:
    """With the room in which labels stand."""
    return BBox(box.x0 - FARTHEST, box.top - FARTHEST, box.x1 + 3 * FARTHEST, box.bottom + FARTHEST)


def _noughts(stand: Stand, foot: float) -> Iterator[Mark]:
    """Where bars of no length would stand, which some programs do not draw; none where bars stand on each other."""
    if any(b.low > foot + 3 * SAME for b in stand.bars):
        return
    single = len(stand.colours) < 2
    for colour in stand.colours:
        own = [b for b in stand.bars if single or b.colour == colour]
        aside = median(b.centre - min(stand.slots, key=lambda s: abs(s - b.centre)) for b in own)
        half = (own[0].end - own[0].start) / 2
        for slot in stand.slots:
            place = slot + aside
            if all(abs(b.centre - place) > half for b in own):
                x, y = (foot, place) if stand.view.lying else (place, -foot)
                box = BBox(x, y - half, x, y + half) if stand.view.lying else BBox(x - half, y, x + half, y)
                yield Mark(colour=own[0].colour, start=place - half, end=place + half, low=foot, high=foot, bbox=box)


def _overlap(one: BBox, other: BBox) -> bool:
    across = min(one.x1, other.x1) - max(one.x0, other.x0)
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    return across > 2 and down > 2
