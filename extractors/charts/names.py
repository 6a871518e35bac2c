"""The names of categories: print below columns, or beside bars, each at its place on the axis."""

import re
from collections.abc import Callable, Iterable, Sequence
from statistics import median

from extractors.charts.marks import Print, View, is_speck, is_upright, print_of, runs_of
from schemas.pages import Word

BELOW = 26.0  # points between the axis and the first line of names
BESIDE = 240.0
LINE_GAP = 4.0


def find_names(
    words: Sequence[Word], free: set[int], view: View, slots: Sequence[float], pitch: float, foot: float
) -> dict[int, Print]:
    """The name of each slot (by number) that has one.

    `slots` are the middles of categories, `pitch` apart; `foot` is the place of their axis along the values.
    """
    if view.lying:
        return _beside(words, free, slots, pitch, foot)
    return _below(words, free, slots, pitch, -foot)


def are_names(names: Iterable[Print]) -> bool:
    """Whether most of them are words, years or ranges, and not plain numbers."""
    texts = [name.text for name in names]
    bare = sum(
        re.fullmatch(r"[\d.,%£()\s-]+", t) is not None and not re.fullmatch(r"(19|20)\d\d|\d+ ?[-–] ?\d+", t)
        for t in texts
    )
    return bare < 0.5 * len(texts) and max((len(t) for t in texts), default=0) < 120


def goes_on(words: Sequence[Word], free: set[int], names: dict[int, Print], pitch: float) -> bool:
    """Whether the line of names goes on where the slots end: then there are categories that are not seen."""
    numbers = {n for name in names.values() for n in name.numbers}
    first, last = names[min(names)], names[max(names)]
    return any(
        abs(words[n].bbox.top - name.bbox.top) < 1.0
        and 0.5 * pitch < (words[n].bbox.x0 + words[n].bbox.x1) / 2 * side - name.x * side < 1.3 * pitch
        for n in free - numbers
        for name, side in ((first, -1), (last, 1))
    )


def _beside(
    words: Sequence[Word], free: set[int], slots: Sequence[float], pitch: float, left: float
) -> dict[int, Print]:
    """Words left of the axis, each with the slot whose middle is nearest."""
    held: dict[int, list[int]] = {}
    for number in free:
        box = words[number].bbox
        if not left - BESIDE < box.x0 or not box.x1 < left + 4 or is_upright(words[number]) or is_speck(words[number]):
            continue
        slot = _nearest(box.middle, slots)
        if abs(box.middle - slots[slot]) < 0.55 * pitch:
            held.setdefault(slot, []).append(number)
    names = {}
    for slot, numbers in held.items():
        kept = _touching(words, numbers, left)
        if kept:
            names[slot] = print_of(words, in_lines(words, kept))
    return names


def in_lines(words: Sequence[Word], numbers: Iterable[int]) -> list[int]:
    """Words in the order in which they are read: line by line, whatever the heights of their letters."""
    lines: list[list[int]] = []
    for number in sorted(numbers, key=lambda n: words[n].bbox.middle):
        box = words[number].bbox
        if lines and box.middle - words[lines[-1][0]].bbox.middle < 0.5 * box.height:
            lines[-1].append(number)
        else:
            lines.append([number])
    return [number for line in lines for number in sorted(line, key=lambda n: words[n].bbox.x0)]


def _touching(words: Sequence[Word], numbers: Sequence[int], left: float) -> list[int]:
    """The words of a name: from the axis to the left as far as they follow each other."""
    kept: list[int] = []
    reach = left
    for number in sorted(numbers, key=lambda n: -words[n].bbox.x1):
        box = words[number].bbox
        if reach - box.x1 > (30.0 if not kept else 1.2 * box.height):
            break
        kept.append(number)
        reach = min(reach, box.x0)
    return kept


def _below(
    words: Sequence[Word], free: set[int], slots: Sequence[float], pitch: float, floor: float
) -> dict[int, Print]:
    """Runs of words below the axis, line after line; slanted ones are anchored at their upper end."""
    near = {
        n for n in free
        if floor - 3 < words[n].bbox.top < floor + 130 and slots[0] - 2 * pitch - 60 < words[n].bbox.x1
        and words[n].bbox.x0 < slots[-1] + pitch + 60 and not is_speck(words[n])
    }  # fmt: skip
    runs = sorted(runs_of(words, near), key=lambda r: (r.bbox.top, r.bbox.x0))
    runs = [part for run in runs for part in _parted(run, words, slots, pitch)]
    if sum(_is_steep(r, words) for r in runs if r.bbox.top < floor + BELOW) > 0.25 * len(slots):
        # a single word does not show that it is slanted; on a scan what stands above those that do is a mark of the axis, read as letters
        level = median(r.bbox.top for r in runs if _is_steep(r, words))
        named = [r for r in runs if not (r.bbox.middle <= level and _is_read(r, words))]
        return _anchored([r for r in named if r.bbox.top < floor + 2 * BELOW], slots, pitch)
    lines = _stacked(runs, slots, pitch, floor)
    # on a scan what stands above the names is the label of a low point
    level = _level(lines)
    named = [r for r in runs if not (r.bbox.middle < level and _is_read(r, words))]
    lines = _stacked(named, slots, pitch, floor) if len(named) < len(runs) else lines
    lines = _first_lines(lines)
    return {slot: print_of(words, [n for run in of for n in run.numbers]) for slot, of in lines.items()}


def _stacked(runs: Sequence[Print], slots: Sequence[float], pitch: float, floor: float) -> dict[int, list[Print]]:
    """The lines of print below each slot, from the top down; between them is no more than between the lines of a name."""
    lines: dict[int, list[Print]] = {}
    for run in runs:
        slot = _nearest(run.x, slots)
        if abs(run.x - slots[slot]) > 0.5 * pitch or run.bbox.width > 2.2 * pitch:
            continue
        before = lines.get(slot)
        if (
            before is not None
            and before[-1].bbox.width + run.bbox.width < 0.8 * pitch
            and run.bbox.top > before[-1].bbox.middle
        ):
            continue  # it would have had room on the line above: a title of the axis
        limit = floor + BELOW if before is None else before[-1].bbox.bottom + LINE_GAP
        if run.bbox.top <= limit:
            lines.setdefault(slot, []).append(run)
    return lines


def _level(lines: dict[int, list[Print]]) -> float:
    """Where most names begin, from the top of the page; the highest such place if there are several."""
    first = [of[0].bbox for of in lines.values()]
    tops = sorted(box.top for box in first)
    return max(tops, key=lambda top: sum(abs(top - box.top) < 0.3 * box.height for box in first), default=0.0)


def _first_lines(lines: dict[int, list[Print]]) -> dict[int, list[Print]]:
    """Without what starts on a line below that of the others: a title of the axis."""
    if not lines:
        return lines
    # print above a name may have been taken for a part of it, which is then higher than the others
    first = min((of[0].bbox for of in lines.values()), key=lambda box: box.top)
    return {
        slot: of
        for slot, of in lines.items()
        if of[0].bbox.top < max(first.top + 0.7 * of[0].bbox.height, first.bottom - 0.3 * of[0].bbox.height)
    }


def _parted(run: Print, words: Sequence[Word], slots: Sequence[float], pitch: float) -> list[Print]:
    """A run over several slots, word by word with the slot that is nearest."""
    if run.bbox.width < 1.5 * pitch or _is_steep(run, words):
        return [run]
    parts: list[list[int]] = []
    last = -1
    for number in run.numbers:
        box = words[number].bbox
        slot = _nearest((box.x0 + box.x1) / 2, slots)
        if slot == last:
            parts[-1].append(number)
        else:
            parts.append([number])
        last = slot
    return [print_of(words, part) for part in parts]


def _is_read(run: Print, words: Sequence[Word]) -> bool:
    """Whether print was read by OCR, which takes other things for print."""
    return all(words[n].confidence is not None for n in run.numbers)


def _is_steep(run: Print, words: Sequence[Word]) -> bool:
    size = min(words[n].size or 9.0 for n in run.numbers)
    return run.bbox.height > 1.9 * size or any(words[n].bbox.height > 1.7 * size for n in run.numbers)


def _anchored(runs: Sequence[Print], slots: Sequence[float], pitch: float) -> dict[int, Print]:
    """Slanted names, by whichever of their ends or middles fits the slots best."""
    anchors: tuple[Callable[[Print], float], ...] = (
        lambda r: r.x,
        lambda r: r.bbox.x1 - 4,
        lambda r: r.bbox.x0 + 4,
    )

    def misfit(anchor: Callable[[Print], float]) -> float:
        return sum(min(abs(anchor(r) - s) for s in slots) for r in runs)

    best = min(anchors, key=misfit)
    names: dict[int, Print] = {}
    for run in sorted(runs, key=lambda r: min(abs(best(r) - s) for s in slots)):
        slot = _nearest(best(run), slots)
        if abs(best(run) - slots[slot]) < 0.6 * pitch:
            names.setdefault(slot, run)
    return names


def _nearest(place: float, slots: Sequence[float]) -> int:
    return min(range(len(slots)), key=lambda s: abs(slots[s] - place))
