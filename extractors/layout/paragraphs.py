"""Which lines belong together: wrapped lines of one paragraph, also over a column or page end, but not separate statements."""

import calendar
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from extractors.layout.lines import Line
from extractors.layout.tokens import (
    ends_sentence,
    is_bullet,
    is_pair_tail,
    is_value,
    is_weak_marker,
    marker_of,
    starts_lower,
)

TIGHT = 1.13  # times the usual line distance: still the same paragraph
LOOSE = 2.6  # times the usual line distance: as far as a blank line in a text file sets lines apart
HARD_WRAP = range(60, 141)  # characters at which text files are wrapped
BLANK = 1.6  # times the usual line distance: a blank line
SET_IN = 4.0  # em by which the lines of a list item may end before those of the text around
HANGING = 2.0  # points by which the lines of a list item may be off its text
DEFAULT_PITCH = 1.2  # em
WIDEST_PITCH = 1.7  # em, unless the text plainly goes on from line to line


@dataclass(frozen=True, slots=True, kw_only=True)
class Spacing:
    """What a document tells about its lines.

    `pitch` is the distance from line to line in em by type size, `wrapped_at` the characters a line at which a text file
    was wrapped, or None.
    """

    pitch: dict[float, float]
    wrapped_at: int | None = None

    def gap(self, before: Line, after: Line) -> float | None:
        """Distance of two lines in usual line distances; None where one does not stand below the other."""
        if before.page != after.page or before.flow != after.flow or after.bbox.middle <= before.bbox.middle:
            return None
        usual = self.pitch.get(before.size) or median(self.pitch.values() or [DEFAULT_PITCH])
        return (after.bbox.middle - before.bbox.middle) / (usual * before.size)


def is_full(before: Line, after: Line) -> bool:
    """Whether the next line's first word found no room at the end of the line before."""
    first = after.words[0]
    need = first.bbox.width
    if len(after.words) > 1 and (is_bullet(first.text) or len(first.text) < 2):
        need = after.words[1].bbox.x1 - first.bbox.x0
    return before.bbox.x1 + before.space + need > before.edge + 1


def spacing_of(lines: Sequence[Line]) -> Spacing:
    """Measure the line distance where a full line is followed by one that plainly goes on."""
    sure: dict[float, list[float]] = defaultdict(list)
    likely: dict[float, list[float]] = defaultdict(list)
    for before, after in zip(lines, lines[1:], strict=False):
        if before.page != after.page or before.flow != after.flow or before.size != after.size:
            continue
        step = (after.bbox.middle - before.bbox.middle) / before.size
        if not 0.8 < step < 2.6 or not is_full(before, after):
            continue
        if starts_lower(after.text):
            sure[before.size].append(step)
        elif step < WIDEST_PITCH:
            likely[before.size].append(step)
    pitch: dict[float, float] = {}
    for size in sure.keys() | likely.keys():
        steps = sorted(sure[size] or likely[size])
        pitch[size] = steps[len(steps) // 4] if len(steps) < 8 else median(steps)
    return Spacing(pitch=pitch)


def same_style(before: Line, after: Line) -> bool:
    """Whether two lines look alike; a bold phrase at the start of a line does not count."""
    if abs(before.size - after.size) > 0.08 * before.size:
        return False
    return before.bold == after.bold or before.words[-1].bold == after.words[0].bold


def wrapped_units(lines: Sequence[Line], spacing: Spacing) -> list[list[Line]]:
    """Lines joined where the layout shows that they were wrapped."""
    units: list[list[Line]] = []
    for line in lines:
        if units and _wraps(units[-1], line, spacing):
            units[-1].append(line)
        else:
            units.append([line])
    return units


def _wraps(unit: Sequence[Line], after: Line, spacing: Spacing) -> bool:
    before = unit[-1]
    if not same_style(before, after) or _names_a_share(after):
        return False
    gap = spacing.gap(before, after)
    ended, lower, full = ends_sentence(before.text), starts_lower(after.text), is_full(before, after)
    marker = _marker(before, after)
    if marker and not (full and not ended and is_weak_marker(after.words[0].text) and not _sibling(unit[0], after)):
        return False
    if gap is None:
        return not ended and (full or lower and not is_value(before.words[-1].text))
    if gap > TIGHT:
        return False
    if _halves(before, after):
        return True
    if full:
        return not (before.bold and after.bold and ended)
    if not ended and (_nearly_full(before) and _hangs(unit[0], after) or _leads_on(before) and _is_below(unit, after)):
        return True
    return not ended and lower and (_goes_on(before, after) or _hangs(unit[0], after))


def _names_a_share(line: Line) -> bool:
    """Whether a line begins with a sign for what it counts (“% Stage 1 within 10 days: 41%”)."""
    return len(line.words) > 2 and line.words[0].text == "%" and line.words[1].text[0].isupper()


def _hangs(first: Line, after: Line, *, valued: bool = False) -> bool:
    """Whether a line stands under the text of the list item that begins with `first`, and not under its bullet.

    One that ends with a value may be an entry of its own, unless it is known to be none (`valued`).
    """
    if not is_bullet(first.words[0].text) or len(first.words) < 2:
        return False
    return abs(after.bbox.x0 - first.words[1].bbox.x0) < HANGING and (valued or not is_value(after.words[-1].text))


def _is_below(unit: Sequence[Line], after: Line) -> bool:
    """Whether a line stands under the last one of a unit, or under the text of the list item that it is."""
    return abs(after.bbox.x0 - unit[-1].bbox.x0) < HANGING or _hangs(unit[0], after, valued=True)


def _leads_on(line: Line) -> bool:
    """Whether a line ends with a word that no text ends with."""
    return line.words[-1].text in _LEADING_ON


def _nearly_full(line: Line) -> bool:
    """Whether a line ends near the edge of its column. The items of a list may be set in on the right too."""
    return line.edge - line.bbox.x1 < SET_IN * line.size


def _sibling(first: Line, after: Line) -> bool:
    """Whether a unit and a line begin with the same kind of marker at the same place."""
    kinds = {marker_of(first.words, wide_gap=0.0), marker_of(after.words, wide_gap=0.0)}
    return len(kinds) == 1 and kinds != {""} and abs(first.bbox.x0 - after.bbox.x0) < 2


def _goes_on(before: Line, after: Line) -> bool:
    """Whether a line that breaks off early reads on in the next: not a list of labels with their values."""
    return not is_value(before.words[-1].text) and not is_value(after.words[-1].text) and len(before.words) >= 3


def hard_wrap_of(units: Sequence[Sequence[Line]]) -> int | None:
    """The width in characters at which a text file was wrapped, or None if it was not."""
    lengths = [length(u) for u in units]
    inside = [n for n in lengths if n in HARD_WRAP]
    if len(inside) < 4 or sum(n > HARD_WRAP.stop for n in lengths) > 0.05 * len(lengths):
        return None
    width = max(inside)
    near = [u for u in units if width - 14 <= length(u) <= width]
    open_ends = sum(not ends_sentence(u[-1].text) for u in near)
    return width if len(near) >= 4 and 2 * open_ends >= len(near) else None


def length(unit: Sequence[Line]) -> int:
    """Characters of the lines in one, with the spaces between."""
    return sum(len(line.text) + 1 for line in unit) - 1


def paragraphs(units: Sequence[list[Line]], spacing: Spacing) -> list[list[Line]]:
    """Units joined where the text shows that a sentence runs on over a line end that the file itself has."""
    joined: list[list[Line]] = []
    tail: list[Line] = []
    for unit in units:
        if joined and _reads_on(joined[-1], tail, unit, spacing):
            joined[-1].extend(unit)
        else:
            joined.append(list(unit))
        tail = unit
    return joined


def _marker(before: Line, after: Line) -> str:
    """The kind of marker that a line begins with; none where it is the other half of a value."""
    return "" if _halves(before, after) else marker_of(after.words, wide_gap=3 * after.space)


def _halves(before: Line, after: Line) -> bool:
    """Whether a value or a date stands on two lines: “3.5%” at the end of the one and “(7)” at the beginning of the next, “31” and “March”."""
    last, first = before.words[-1].text, after.words[0].text
    return (is_pair_tail(first) and is_value(last)) or (
        last.isdecimal() and len(last) < 3 and first.rstrip(",.;") in _MONTHS
    )


_LEADING_ON = frozenset(
    (
        "a",
        "an",
        "the",
        "of",
        "at",
        "in",
        "to",
        "for",
        "and",
        "or",
        "with",
        "by",
        "from",
        "than",
        "were",
        "was",
        "during",
        "between",
        "since",
        "into",
    )
)
"""Words that end no line but one that is wrapped."""

_MONTHS = frozenset(calendar.month_name[1:])


def _least(line: Line) -> int:
    """How many characters must fit at the end of a line, so that `line` need not begin anew: a day and its month stay together."""
    first, *others = (word.text for word in line.words)
    return len(first) + (1 + len(others[0]) if len(first) < 3 and first.isdecimal() and others else 0)


def _reads_on(paragraph: Sequence[Line], tail: Sequence[Line], unit: Sequence[Line], spacing: Spacing) -> bool:
    before, after = tail[-1], unit[0]
    ended, lower = ends_sentence(before.text), starts_lower(after.text)
    no_room = bool(spacing.wrapped_at) and length(tail) + 1 + _least(after) > (spacing.wrapped_at or 0)
    marker = _marker(before, after)
    if marker and not (
        no_room and not ended and is_weak_marker(after.words[0].text) and not _sibling(paragraph[0], after)
    ):
        return False
    if not same_style(before, after):
        return False
    gap = spacing.gap(before, after)
    if gap is not None and gap > LOOSE:
        return False
    if _halves(before, after):
        return True
    if no_room:
        blank = gap is not None and gap > BLANK
        return not ended and (lower or not blank) or ended and not blank and gap is not None
    last = [w.text for w in before.words[-2:]]
    leads_on = (last[-1] in _LEADING_ON or (last[-1].isdecimal() and last[0] in ("and", "or"))) and (
        gap is None or gap < BLANK
    )
    if not ended and length(tail) >= 45 and (after.text.startswith("(") or leads_on):
        return True
    if ended or not lower:
        return False
    return length(tail) >= 45 or _goes_on(before, after)
