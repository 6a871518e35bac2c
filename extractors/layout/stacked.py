"""Tables with one cell on each line: records of a label and its values in turn, or whole columns in turn.

Team / 2015/16 / 2016/17 / Intake / 23 / 31 / Leaving Care / 5 / 8 is a heading and two records of three cells. Columns in
turn look the same but for being few and long; they are turned, so that labels run down the first column either way.
"""

from collections.abc import Iterator, Sequence

from extractors.layout.cells import Spot, table_of
from extractors.layout.lines import Line
from extractors.layout.tokens import ends_sentence, is_bullet, is_period, is_value
from schemas.layout import Table

LEAST_RECORDS = 3
LONG_COLUMN = 3  # two columns of so many values are enough
MOST_WORDS = 8
_UNITS = frozenset({"%", "£", "No", "No."})


def with_stacked(lines: Sequence[Line]) -> Iterator[Line | Table]:
    """The lines, those of a table with one cell a line replaced by it."""
    kinds = [_kind(line) for line in lines]
    at = given = 0
    while at < len(lines):
        found = _records(kinds, at)
        if found is None:
            at += 1
            continue
        values, end = found
        start = _heading_start(
            ["L" if line.text in _UNITS else k for line, k in zip(lines, kinds, strict=True)], given, at, values + 1
        )
        records = (end - at) // (values + 1)
        if start == at and records < LEAST_RECORDS:
            at += 1
            continue
        yield from lines[given:start]
        yield _table(lines[start:end], values + 1, turned=start < at and records < values)
        at = given = end
    yield from lines[given:]


def _kind(line: Line) -> str:
    """A line as V (values only), L (a short label) or another (-)."""
    words = [w.text for w in line.words]
    if len(words) <= 3 and all(is_value(w) for w in words) and not is_period(words[0]):
        return "V"
    short = len(words) <= MOST_WORDS and not ends_sentence(line.text) and not is_bullet(words[0])
    return "L" if short else "-"


def _records(kinds: Sequence[str], start: int) -> tuple[int, int] | None:
    """Number of values in each record and the end of the records that begin at `start`; None if there are too few."""
    if kinds[start] != "L":
        return None
    values = _values_after(kinds, start)
    if values == 0:
        return None
    at = start
    while at < len(kinds) and kinds[at] == "L" and _values_after(kinds, at) == values:
        at += values + 1
    records = (at - start) // (values + 1)
    enough = records >= LEAST_RECORDS or records >= 2 and values >= LONG_COLUMN
    return (values, at) if enough else None


def _values_after(kinds: Sequence[str], at: int) -> int:
    end = at + 1
    while end < len(kinds) and kinds[end] == "V":
        end += 1
    return end - at - 1


def _heading_start(kinds: Sequence[str], given: int, start: int, size: int) -> int:
    """Where the heading record begins: `size` labels right above the first record, or `start` if they are not there."""
    top = start - size
    return top if top >= given and all(kind == "L" for kind in kinds[top:start]) else start


def _table(lines: Sequence[Line], size: int, *, turned: bool) -> Table:
    spots = []
    for at, line in enumerate(lines):
        record, place = divmod(at, size)
        row, col = (place, record) if turned else (record, place)
        spots.append(Spot(row=row, col=col, lines=(line,), bbox=line.bbox))
    return table_of(lines[0].page, spots, "lines")
