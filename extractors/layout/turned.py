"""Print that runs upwards or downwards, as narrow columns have it in their heads.

The words of such a head stand over each other in the order in which they were drawn. They become one part of one row, with
the heads beside them that are printed along the line.
"""

from collections.abc import Sequence

from extractors.layout.lines import Line, Row, line_of, rows_of_words, segments
from schemas.pages import BBox, Word

WORD_GAP = 0.85  # em between words of one turned head; those of a typewriter stand three quarters apart
LINE_GAP = 0.45  # em between its lines
LOST_WORD = 3.0  # em over which one of its words may be missing


def printed_rows(page: int, words: Sequence[Word], space: float) -> list[Row]:
    """Words as rows from top to bottom, each cut at its wide gaps; turned heads are parts of one row. `space` is in em."""
    turned = _heads(page, [w for w in words if w.turned])
    rows = [segments(page, row, space) for row in rows_of_words(w for w in words if not w.turned)]
    for heads in _bands(turned):
        band = BBox.around(head.bbox for head in heads)
        inside = [at for at, row in enumerate(rows) if band.top <= row[0].bbox.middle <= band.bottom]
        # the lowest line beside them is that of the label's head; what stands above it are heads over several columns
        beside = rows.pop(inside[-1]) if inside else ()
        at = (
            inside[-1] if inside else next((n for n, r in enumerate(rows) if r[0].bbox.middle > band.middle), len(rows))
        )
        rows.insert(at, tuple(sorted((*beside, *heads), key=lambda part: part.bbox.x0)))
    return rows


def turned_lines(words: Sequence[Word]) -> list[list[Word]]:
    """Turned words by line, in the order in which they were drawn: whether up or down, only that tells."""
    lines: list[list[Word]] = []
    for word in words:
        middle = (word.bbox.x0 + word.bbox.x1) / 2
        if lines and lines[-1][0].bbox.x0 <= middle <= lines[-1][0].bbox.x1 and _near(lines[-1][-1], word):
            lines[-1].append(word)
        else:
            lines.append([word])
    return lines


def _near(before: Word, word: Word) -> bool:
    gap = max(before.bbox.top, word.bbox.top) - min(before.bbox.bottom, word.bbox.bottom)
    return gap < WORD_GAP * max(word.size, 1.0)


def _heads(page: int, words: Sequence[Word]) -> list[Line]:
    """Turned words as heads: lines that touch are one."""
    heads: list[list[Word]] = []
    for line in _whole(turned_lines(words)):
        box = BBox.around(w.bbox for w in line)
        last = BBox.around(w.bbox for w in heads[-1]) if heads else None
        if last is not None and min(last.bottom, box.bottom) > max(last.top, box.top):
            gap = max(last.x0, box.x0) - min(last.x1, box.x1)
            if gap < LINE_GAP * max(line[0].size, 1.0):
                heads[-1] += line
                continue
        heads.append(list(line))
    return [line_of(page, head) for head in heads]


def _whole(lines: Sequence[list[Word]]) -> list[list[Word]]:
    """The lines, two in turn at one place as one where a word between them was not read: another line runs past the gap."""
    boxes = [BBox.around(word.bbox for word in line) for line in lines]
    upwards = any(line[0].bbox.middle > line[-1].bbox.middle for line in lines)
    made: list[list[Word]] = []
    for line, box, before in zip(lines, boxes, [None, *boxes], strict=False):
        if before is not None and _goes_on(before, box, boxes, line[0].size):
            made[-1] = [*line, *made[-1]] if (line[0].bbox.middle > before.middle) == upwards else [*made[-1], *line]
        else:
            made.append(list(line))
    return made


def _goes_on(before: BBox, box: BBox, lines: Sequence[BBox], size: float) -> bool:
    top, bottom = min(before.bottom, box.bottom), max(before.top, box.top)
    level = abs(before.x0 - box.x0) < LINE_GAP * size and 0 < bottom - top < LOST_WORD * size
    return level and any(line.top < top - size and line.bottom > bottom + size for line in lines)


def _bands(heads: Sequence[Line]) -> list[list[Line]]:
    """Heads that stand beside each other."""
    bands: list[list[Line]] = []
    for head in sorted(heads, key=lambda h: h.bbox.top):
        if bands and head.bbox.top < max(h.bbox.bottom for h in bands[-1]):
            bands[-1].append(head)
        else:
            bands.append([head])
    return bands
