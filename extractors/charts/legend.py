"""Legends: a small patch of colour with a name behind it."""

from collections.abc import Sequence

from extractors.charts.marks import Print, on_one_line, print_of
from extractors.charts.names import are_names
from schemas.pages import BBox, Shape, Word

NARROWEST, WIDEST, HIGHEST = 2.5, 45.0, 16.0
FARTHEST = 260.0  # points from the plot
WORDS_APART = 1.0  # em between the words of a name at most: print that is cut close looks smaller than it is
MOST = 300  # patches to look at; a page with more is a map


def find_legend(
    shapes: Sequence[Shape], words: Sequence[Word], free: set[int], colours: Sequence[int], plot: BBox
) -> dict[int, Print]:
    """The name of each colour that has one, from the legend that names most of them, of several the nearest."""
    patches = [
        (c, s.bbox) for s in shapes if (c := shape_colour(s)) is not None and (s.stroke is not None or c != 0xFFFFFF)
    ]
    grounds = [(c, b) for c, b in patches if b.width > WIDEST]
    patches = [(c, b) for c, b in patches if _is_patch(b) and not _inside(b, plot) and _gap(b, plot) < FARTHEST]
    # the ground of white print shows in the holes of its letters
    patches = [(c, b) for c, b in patches if not any(c == ground and box.holds_middle_of(b) for ground, box in grounds)]
    # in a scan paler shades show along the edges of a patch
    mine = [box for colour, box in patches if colour in colours]
    patches = [(c, b) for c, b in patches if c in colours or not any(b.meets(other) for other in mine)]
    patches = _without_letters(patches, words)
    if len(patches) > MOST:
        patches = [(c, b) for c, b in patches if c in colours]
    legends = [_named(group, words, free) for group in _groups(patches[:MOST])]
    # a legend with other colours besides is that of another chart, unless it names several of this one, and all: a line that is pale,
    # or level as a grid is, is not seen
    own = [{colour: name for colour, name in names.items() if colour in colours} for names in legends]
    whole = [
        kept
        for kept, names in zip(own, legends, strict=True)
        if kept and (len(kept) == len(names) or len(kept) == len(set(colours)) > 1)
    ]
    return max(whole, key=lambda names: (len(names), -_farthest(names, plot)), default={})


def _without_letters(patches: list[tuple[int, BBox]], words: Sequence[Word]) -> list[tuple[int, BBox]]:
    """The patches without those of which several stand side by side in one word of a scan: heavy print whose letters have run full.

    A line and the marker on it lie over each other: they are one patch, though they may have been read as a word ("-o-").
    """
    read = [word.bbox for word in words if word.confidence is not None]
    inside = [{n for n, (_, box) in enumerate(patches) if word.holds_middle_of(box)} for word in read]
    letters = {n for held in inside for n in held if any(_aside(patches[n][1], patches[m][1]) for m in held)}
    return [patch for n, patch in enumerate(patches) if n not in letters]


def _aside(one: BBox, other: BBox) -> bool:
    """Whether one stands to the left or to the right of the other."""
    return one.x1 <= other.x0 or other.x1 <= one.x0


def _named(patches: Sequence[tuple[int, BBox]], words: Sequence[Word], free: set[int]) -> dict[int, Print]:
    """The names behind the patches of one legend."""
    names: dict[int, Print] = {}
    for colour, box in patches:
        name = None if colour in names else _name_behind(box, words, free, [b for _, b in patches])
        if name is not None:
            names[colour] = name
    return names


def _groups(patches: Sequence[tuple[int, BBox]]) -> list[list[tuple[int, BBox]]]:
    """Patches of one legend: in a column or in a row."""
    groups: list[list[tuple[int, BBox]]] = []
    for patch in patches:
        joined = [g for g in groups if any(_beside(patch[1], other) for _, other in g)]
        groups = [g for g in groups if g not in joined]
        groups.append([p for g in joined for p in g] + [patch])
    return groups


def _beside(one: BBox, other: BBox) -> bool:
    # lines may have markers on them in a legend, and others none
    lines = max(one.height, other.height) < 0.6 * min(one.width, other.width)
    alike = abs(one.width - other.width) < 1 + 0.15 * one.width and (
        lines or abs(one.height - other.height) < 1 + 0.15 * one.height
    )
    if not alike:
        return False
    across, down = abs(one.x0 - other.x0), abs(one.middle - other.middle)
    return across < 2 and down < 40 or down < 2 and across < 260


def _farthest(names: dict[int, Print], plot: BBox) -> float:
    return max((_gap(name.bbox, plot) for name in names.values()), default=0.0)


def shape_colour(shape: Shape) -> int | None:
    """The colour by which a shape is known."""
    return shape.fill if shape.fill is not None else shape.stroke


def _is_patch(box: BBox) -> bool:
    return NARROWEST <= box.width <= WIDEST and box.height <= HIGHEST


def _name_behind(box: BBox, words: Sequence[Word], free: set[int], patches: Sequence[BBox]) -> Print | None:
    """The words on the line of a patch, up to the next patch or a gap; and their next line, if nothing else stands there."""
    line = sorted((n for n in free if _is_behind(box, words[n])), key=lambda n: words[n].bbox.x0)
    stop = min((b.x0 for b in patches if b.x0 > box.x1 + 1 and abs(b.middle - box.middle) < 6), default=1e9)
    taken: list[int] = []
    for number in line:
        word = words[number]
        if word.bbox.x0 > stop - 1:
            break
        if not taken:
            if word.bbox.x0 - box.x1 > max(12.0, 1.6 * word.bbox.height):
                return None
            taken.append(number)
        elif on_one_line(words[taken[-1]], word, WORDS_APART):
            taken.append(number)
        else:
            break
    name = print_of(words, taken) if taken else None
    return name if name is not None and are_names([name]) else None


def _is_behind(patch: BBox, word: Word) -> bool:
    """Whether a word stands on the line of a patch and behind it; in a scan the patch may have been taken for a part of the word."""
    box = word.bbox
    if abs(box.middle - patch.middle) >= 0.6 * box.height:
        return False
    holds_patch = word.confidence is not None and abs(box.x0 - patch.x0) < 2 and box.x1 - patch.x1 > 0.5 * box.height
    return box.x0 > patch.x1 - 2 or holds_patch


def _inside(box: BBox, plot: BBox) -> bool:
    """Whether a patch lies among the marks; a bar of little height does, a legend hardly."""
    x, y = (box.x0 + box.x1) / 2, box.middle
    return plot.x0 <= x <= plot.x1 and plot.top + 0.35 * plot.height <= y <= plot.bottom + 0.5


def _gap(box: BBox, plot: BBox) -> float:
    across = max(plot.x0 - box.x1, box.x0 - plot.x1, 0.0)
    down = max(plot.top - box.bottom, box.top - plot.bottom, 0.0)
    return max(across, down)
