"""Whether rows set in columns are a table and not text in columns, a list, the contents of a paper or a chart."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from extractors.layout.lines import Line
from extractors.layout.structure import Structure, edges_agree
from extractors.layout.tokens import has_digit, is_bullet, is_period, is_value

MOST_WORDS = 14  # words in a line of a cell on average, in a table between rules
LEAST_FILLED = 0.3
PROSE_WORDS = 3.0  # words a line on average: running text
PROSE_LINES = 3
WORDY = 5.0  # words a line on average: text in two columns, whose lines may all begin with capitals in one of them
LEAST_MARKS = 4  # of an axis
MOST_BESIDE = 0.6  # share of the other columns that is filled beside the marks of an axis
MOST_BESIDE_TEXT = 4  # columns: with so many, wrapped cells of the first are no running text
LONG_WORDS = 8.0  # words a line: running text as wide as a page
HALF_FILLED = 0.6
PROSE_LOWER = 0.4  # share of lines that begin in the middle of a sentence


def is_framed_table(structure: Structure) -> bool:
    """Whether what stands between rules is a table."""
    cols = len(structure.columns)
    several = [row for row in structure.grid if len(row) > 1]
    parts = [part for row in several for _, _, part in row]
    if cols < 2 or len(several) < 2 or len(parts) < LEAST_FILLED * cols * len(several):
        return False
    if sum(len(p.words) for p in parts) > MOST_WORDS * len(parts) or is_prose(structure) or is_chart(structure):
        return False
    if 4 * sum(len(p.words) > 1 and is_bullet(p.words[0].text) for p in parts) >= len(parts):
        return False
    by_column = columns_of(structure)
    agreeing = sum(len(own) > 1 and edges_agree(own) for own in by_column[1:])
    if any(is_numeric(own) for own in by_column[1:]):
        return agreeing >= 0.5 * (cols - 1)
    return len(several) > 2 and agreeing == cols - 1


def columns_of(structure: Structure) -> list[list[Line]]:
    """The parts in each column, heads left out."""
    body = structure.grid[structure.heads :]
    return [
        [part for row in body for at, span, part in row if at == col and span == 1]
        for col in range(len(structure.columns))
    ]


def is_numeric(parts: Sequence[Line]) -> bool:
    """Whether most parts are values."""
    values = sum(is_value(p.words[0].text) and has_digit(p.words[0].text) or is_period(p.text) for p in parts)
    return bool(parts) and 2 * values > len(parts)


def is_prose(structure: Structure) -> bool:
    """Whether columns hold lines of running text: two of them, or the first where no values stand beside it.

    Running text has many words, and lines that begin in the middle of sentences.
    """
    by_column: list[list[Line]] = [[] for _ in structure.columns]
    for row in structure.grid:
        for col, _, part in row:
            by_column[col].append(part)
    running = [_is_running(own) for own in by_column]
    long = any(_is_running(own) and sum(len(p.words) for p in own) >= LONG_WORDS * len(own) for own in by_column)
    filled = sum(map(len, by_column)) / (len(structure.grid) * len(structure.columns))
    values = any(is_numeric(own) for own in by_column[1:])
    lists = running[0] and not values and len(by_column) < MOST_BESIDE_TEXT
    both = any(running) and not values and len(by_column) == 2 and all(map(_is_wordy, by_column))
    return sum(running) > 1 or lists or both or long and filled < HALF_FILLED


def _is_wordy(parts: Sequence[Line]) -> bool:
    """Whether lines are as long as those of a text in two columns."""
    return len(parts) >= PROSE_LINES and sum(len(p.words) for p in parts) >= WORDY * len(parts)


def _is_running(parts: Sequence[Line]) -> bool:
    if len(parts) < PROSE_LINES or sum(len(p.words) for p in parts) < PROSE_WORDS * len(parts):
        return False
    return sum(p.text[0].islower() for p in parts) >= PROSE_LOWER * len(parts)


def is_chart(structure: Structure) -> bool:
    """Whether a column holds the marks of an axis, which have little beside them."""
    body = structure.grid[structure.heads :]
    for col, own in enumerate(columns_of(structure)):
        if is_axis([_last_number(part) for part in own]):
            beside = [len(row) - 1 for row in body if any(at == col and span == 1 for at, span, _ in row)]
            if sum(beside) < MOST_BESIDE * len(beside) * (len(structure.columns) - 1):
                return True
    return False


def is_axis(numbers: Sequence[Decimal | None]) -> bool:
    """Whether numbers, from top to bottom, are the marks of an axis: equal steps, and multiples of the step.

    None stands for what is no number.
    """
    known = [n for n in numbers if n is not None]
    if len(known) < LEAST_MARKS or len(known) < 0.6 * len(numbers):
        return False
    step = known[1] - known[0]
    even = all(b - a == step for a, b in zip(known, known[1:], strict=False))
    return even and step != 0 and abs(step) != 1 and all(n % step == 0 for n in known)


def _last_number(part: Line) -> Decimal | None:
    text = part.words[-1].text.replace(",", "").rstrip("%").lstrip("£$€")
    try:
        return Decimal(text) if has_digit(text) and not is_period(text) else None
    except InvalidOperation:
        return None
