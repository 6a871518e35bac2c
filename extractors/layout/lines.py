"""From words to lines: rows of words on one base line, cut where the gap is too wide for a space."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from extractors.layout.tokens import is_bullet, is_pair_tail, is_period, is_value, marker_of, starts_lower
from schemas.pages import BBox, Word

# A gap beyond this many em, and this many usual gaps of the page, is more than a space.
WIDE_EM = 0.9
WIDE_TIMES = 1.9
# The space of a scanned typewriter is wider than this (em); boxes round its ink make two spaces less than twice as wide as one.
TYPED, TYPED_TIMES = 0.65, 1.6
EVEN_TYPE = 0.16  # of the width of a letter: by how much its words differ, whose boxes end at their ink
SPLIT_TIMES = 2.5
LEAST_SPACES = 0.1  # share of all gaps that mere spaces make up


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
    anchors: list[BBox] = []
    for word in sorted(words, key=lambda w: w.bbox.middle):
        # only the last rows can be near, as words come sorted by height on the page
        for at in range(len(rows) - 1, max(-1, len(rows) - 4), -1):
            if _on_one_line(anchors[at], word.bbox):
                rows[at].append(word)
                if word.bbox.height > anchors[at].height:
                    anchors[at] = word.bbox
                break
        else:
            rows.append([word])
            anchors.append(word.bbox)
    for row in rows:
        row.sort(key=lambda w: w.bbox.x0)
    return rows


def _on_one_line(anchor: BBox, box: BBox) -> bool:
    """Whether two words share a line. A raised footnote mark does; a large initial beside two lines belongs to neither."""
    small, large = sorted((anchor.height, box.height))
    if large > 1.8 * small:
        return abs(anchor.middle - box.middle) < 0.4 * max(small, 0.6 * large)
    return min(anchor.bottom, box.bottom) - max(anchor.top, box.top) > 0.5 * small


def usual_gap(rows: Sequence[Sequence[Word]]) -> float:
    """The width of an ordinary space on a page, in em (0.25 if the page does not tell)."""
    gaps = [
        (b.bbox.x0 - a.bbox.x1) / max(a.size or a.bbox.height, 1.0)
        for row in rows
        for a, b in zip(row, row[1:], strict=False)
        if b.bbox.x0 > a.bbox.x1
    ]
    if len(gaps) < 5:
        return 0.25
    # On a page that is mostly a table most gaps are between columns: what no space is as wide as does not count.
    narrow = [g for g in gaps if g < WIDE_EM]
    return median(narrow if len(narrow) >= max(3, LEAST_SPACES * len(gaps)) else gaps)


def segments(page: int, row: Sequence[Word], space: float) -> Row:
    """A row cut at its wide gaps. `space` is the usual gap of the page in em."""
    typed = space > TYPED and all(word.confidence is not None for word in row) and _are_typed(row)
    limit = max(WIDE_EM, (TYPED_TIMES if typed else WIDE_TIMES) * space)
    parts: list[list[Word]] = [[row[0]]]
    for before, after in zip(row, row[1:], strict=False):
        gap = after.bbox.x0 - before.bbox.x1
        if gap > limit * max(before.size or before.bbox.height, after.size or after.bbox.height):
            parts.append([after])
        else:
            parts[-1].append(after)
    return tuple(line_of(page, part) for part in parts)


def _are_typed(row: Sequence[Word]) -> bool:
    """Whether the letters of all words are about as wide, as a typewriter sets them."""
    widths = [word.bbox.width / len(word.text) for word in row if len(word.text) > 1]
    return len(widths) > 1 and max(widths) - min(widths) < EVEN_TYPE * median(widths)


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
        labelled = _is_value_of(before, after)
        bracketed = is_pair_tail(after.text) and is_value(before.words[-1].text)
        if marker or running or labelled or bracketed or gap < max(1.0, SPLIT_TIMES * space):
            joined[-1] = line_of(before.page, before.words + after.words, edge=before.edge, flow=before.flow)
        else:
            joined.append(after)
    return tuple(joined)


def _is_value_of(before: Line, after: Line) -> bool:
    """Whether a part is the value of the label before it: "MPs" "17"."""
    if not is_value(after.words[0].text) or is_period(after.words[0].text):
        return False
    dated = is_period(before.words[-1].text) and len(before.words) > 2
    return dated or not any(is_value(w.text) for w in before.words[1:])
