"""Plain text as pages: every source line a block of its own, tables with borders, columns kept by a monospaced font."""

import re
from collections.abc import Iterator, Sequence
from html import escape

from extractors.reading.lines import Line, LineTable, read_lines
from extractors.reading.text_values import is_number
from extractors.reading.typeset import Paper, typeset

# Type sizes in points tried in turn until aligned lines and tables fit.
SIZES = (8.0, 7.0, 6.0, 5.0)


def render_text(text: str) -> bytes:
    """The PDF of a plain text."""
    lines = read_lines(text)
    body = "".join(_html_group(group) for group in _groups(lines))
    return typeset(f'<div class="source">{body or "<p> </p>"}</div>', paper=choose_paper(lines))


def _groups(lines: Sequence[Line | LineTable]) -> Iterator[Sequence[Line | LineTable]]:
    """Lines that belong together: those in columns, with no blank between, and up to two lines above or below one of them.

    Such are heads, rules, and the rest of a wrapped label. Others stand alone.
    """
    columns = [_in_columns(line) for line in lines]
    apart = [bool(line.blank_above) or line.new_page for line in lines]
    group: list[Line | LineTable] = []
    for at, line in enumerate(lines):
        if group and (apart[at] or not any(columns[max(at - 2, 0) : at + 2])):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


_DRAWN = re.compile(r"[\s=_+|–—-]+")


def _in_columns(line: Line | LineTable) -> bool:
    """Whether a line stands in columns, or is a rule between such lines."""
    return isinstance(line, Line) and (line.aligned or _DRAWN.fullmatch(line.text) is not None)


def _html_group(group: Sequence[Line | LineTable]) -> str:
    inner = "".join(_html_table(line) if isinstance(line, LineTable) else _html_line(line) for line in group)
    return f'<div class="together">{inner}</div>' if len(group) > 1 else inner


def choose_paper(lines: Sequence[Line | LineTable]) -> Paper:
    """Upright A4 unless aligned columns or a table need more width; then turned; then in smaller type."""
    needed = max((_columns_needed(line) for line in lines), default=0)
    upright = Paper()
    if needed <= upright.columns:
        return upright
    turned = [Paper(orientation="landscape", size=size) for size in SIZES]
    return next((paper for paper in turned if needed <= paper.columns), turned[-1])


def _columns_needed(line: Line | LineTable) -> int:
    """Characters that must fit on one line of print. Prose may wrap: it needs none."""
    if isinstance(line, Line):
        return len(line.text) if line.aligned else 0
    widest = (
        max((len(word) for row in line.rows for word in row[col].split()), default=2)
        for col in range(len(line.rows[0]))
    )
    return sum(min(width, 40) + 2 for width in widest)


def _classes(line: Line | LineTable) -> str:
    """How far a block stands from the one above it."""
    if line.new_page:
        return ' class="page"'
    return ' class="blanks"' if line.blank_above > 1 else ' class="blank"' if line.blank_above else ""


def _html_line(line: Line) -> str:
    return f"<p{_classes(line)}>{escape(line.text, quote=False)}</p>"


def _html_table(table: LineTable) -> str:
    rows = [
        "".join(_html_cell(cell, "th" if table.headed and number == 0 else "td") for cell in row)
        for number, row in enumerate(table.rows)
    ]
    if _has_heads_over_heads(table):
        rows[0] = "".join(_wide_cells(table.rows[0]))
    return f"<table{_classes(table)}>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"


def _has_heads_over_heads(table: LineTable) -> bool:
    """Whether heads of the first row stand over several of the second: there each column but that of the labels has one."""
    if len(table.rows) < 3:
        return False
    first, second = table.rows[:2]
    full = not second[0] and all(second[1:]) and not any(is_number(text) for text in second)
    return full and len(first) > 2 and bool(first[0] and first[1]) and not all(first)


def _wide_cells(row: Sequence[str]) -> Iterator[str]:
    """A row whose empty cells belong to the one before them, as programs write merged cells."""
    starts = [col for col, text in enumerate(row) if text]
    for start, end in zip(starts, [*starts[1:], len(row)], strict=True):
        yield f'<td colspan="{end - start}">{escape(row[start], quote=False)}</td>'


def _html_cell(text: str, tag: str) -> str:
    return f"<{tag}>{escape(text, quote=False)}</{tag}>" if text else f'<{tag} class="empty"></{tag}>'
