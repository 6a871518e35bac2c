"""From words to lines: rows of words on one base line, cut where the gap is too wide for a space."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from extractors.layout.tokens import is_bullet, is_pair_tail, is_value, marker_of, starts_lower
from schemas.pages import BBox, Word

# A gap beyond this many em, and this many usual gaps of the page, is more than a space.
WIDE_EM = 0.9
WIDE_TIMES = 1.9
SPLIT_TIMES = 2.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Words that stand on one line without a wide gap.

    `size` in points is that of most characters; `edge` is how far right a line of its column may run; `flow` numbers
    the columns of its page.
    """

    page: int
    words: tuple[Word, ...]
    bbox: BBox
    size: float
    bold: bool
    text: str
    edge: float = 0.0
    flow: int = 0

    @property
    def space(self) -> float:
        """Width of a space, in points, roughly."""
        return 0.3 * self.size


Row = tuple[Line, ...]


def line_of(page: int, words: Sequence[Word], *, edge: float = 0.0, flow: int = 0) -> Line:
    """A line of `words`, which stand in order from the left."""
    sizes: dict[float, int] = {}
    bold = total = 0
    for word in words:
        count = len(word.text)
        size = round(word.size or word.bbox.height / 1.17, 1)
        sizes[size] = sizes.get(size, 0) + count
        bold += count * word.bold
        total += count
    return Line(
        page=page,
        words=tuple(words),
        bbox=BBox.around(w.bbox for w in words),
        size=max(sizes, key=lambda s: (sizes[s], s)),
        bold=2 * bold > total,
        text=" ".join(w.text for w in words),
        edge=edge,
        flow=flow,
    )


def rows_of_words(words: Iterable[Word]) -> list[list[Word]]:
    """Words by base line from top to bottom, each row from left to right."""
    rows: list[list[Word]] = []
    anchors: list[tuple[float, float]] = []
    for word in sorted(words, key=lambda w: w.bbox.middle):
        middle, height = word.bbox.middle, word.bbox.height
        # only the last rows can be near, as words come sorted by height on the page
        for at in range(len(rows) - 1, max(-1, len(rows) - 4), -1):
            anchor, tall = anchors[at]
            if abs(middle - anchor) < 0.4 * min(max(height, 0.6 * tall), max(tall, 0.6 * height)):
                rows[at].append(word)
                if height > tall:
                    anchors[at] = (middle, height)
                break
        else:
            rows.append([word])
            anchors.append((middle, height))
    for row in rows:
        row.sort(key=lambda w: w.bbox.x0)
    return rows


def usual_gap(rows: Sequence[Sequence[Word]]) -> float:
    """The width of an ordinary space on a page, in em (0.25 if the page does not tell)."""
    gaps = [
        (b.bbox.x0 - a.bbox.x1) / max(a.size or a.bbox.height, 1.0)
        for row in rows
        for a, b in zip(row, row[1:], strict=False)
        if b.bbox.x0 > a.bbox.x1
    ]
    return median(gaps) if len(gaps) >= 5 else 0.25


def segments(page: int, row: Sequence[Word], space: float) -> Row:
    """A row cut at its wide gaps. `space` is the usual gap of the page in em."""
    limit = max(WIDE_EM, WIDE_TIMES * space)
    parts: list[list[Word]] = [[row[0]]]
    for before, after in zip(row, row[1:], strict=False):
        gap = after.bbox.x0 - before.bbox.x1
        if gap > limit * max(before.size or before.bbox.height, after.size or after.bbox.height):
            parts.append([after])
        else:
            parts[-1].append(after)
    return tuple(line_of(page, part) for part in parts)


def rejoined(row: Row, space: float) -> Row:
    """A row that is no part of a table: parts belong together that a marker, a justified or a doubled space set apart."""
    joined = [row[0]]
    for after in row[1:]:
        before = joined[-1]
        gap = (after.bbox.x0 - before.bbox.x1) / max(before.size, 1.0)
        marker = len(before.words) == 1 and (
            is_bullet(before.text) or marker_of((*before.words, *after.words), wide_gap=0.0) != ""
        )
        running = starts_lower(after.text) and before.text[-1:].isalpha() and not is_bullet(after.text)
        labelled = is_value(after.words[0].text) and not any(is_value(w.text) for w in before.words[1:])
        bracketed = is_pair_tail(after.text) and is_value(before.words[-1].text)
        if marker or running or labelled or bracketed or gap < max(1.0, SPLIT_TIMES * space):
            joined[-1] = line_of(before.page, before.words + after.words, edge=before.edge, flow=before.flow)
        else:
            joined.append(after)
    return tuple(joined)
