"""Whether rows set in columns are a table and not text in columns, a list, the contents of a paper or a chart."""

from collections.abc import Sequence

from extractors.layout.lines import Line
from extractors.layout.structure import Structure, edges_agree
from extractors.layout.tokens import has_digit, is_period, is_value, starts_lower

MOST_WORDS = 14  # words in a line of a cell on average, in a table between rules
LEAST_FILLED = 0.3
PROSE_WORDS = 3.5  # words a line on average: running text
PROSE_LINES = 4
PROSE_LOWER = 0.4  # share of lines that begin in the middle of a sentence


def is_framed_table(structure: Structure) -> bool:
    """Whether what stands between rules is a table."""
    cols = len(structure.columns)
    several = [row for row in structure.grid if len(row) > 1]
    parts = [part for row in several for _, _, part in row]
    if cols < 2 or len(several) < 2 or len(parts) < LEAST_FILLED * cols * len(several):
        return False
    if sum(len(p.words) for p in parts) > MOST_WORDS * len(parts) or is_prose(structure):
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
    """Whether two columns or more hold lines of running text: many words, and lines that begin in the middle of sentences."""
    return sum(_is_running(own) for own in columns_of(structure)) > 1


def _is_running(parts: Sequence[Line]) -> bool:
    if len(parts) < PROSE_LINES or sum(len(p.words) for p in parts) < PROSE_WORDS * len(parts):
        return False
    return sum(starts_lower(p.text) for p in parts) >= PROSE_LOWER * len(parts)
