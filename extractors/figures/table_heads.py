"""What stands over each column and before each row of a grid, as labels."""

import re
from dataclasses import dataclass, replace

from extractors.figures.table_grid import Grid
from extractors.figures.table_labels import Label, joined, read_label
from extractors.figures.table_leaning import (
    dated_by_title,
    leaning,
    paired,
    with_fitting_shares,
    with_named_columns,
    with_short_outcomes,
)
from extractors.figures.table_rows import read_rows, with_sums
from extractors.figures.table_split import split_heads
from extractors.figures.table_totals import with_summed_columns, with_summed_rows
from extractors.language.numbers import Number
from extractors.language.table_words import dimension_of_head, mended
from extractors.language.terms import find_terms


@dataclass(frozen=True, slots=True, kw_only=True)
class Heads:
    """The labels of a grid: of every value column, of every body row, and of the table as a whole.

    `corner` is what stands over the row labels. Rows that name a group of rows have no label of their own (None).
    """

    columns: dict[int, Label]
    rows: dict[int, Label | None]
    corner: Label
    title: Label


def read_heads(grid: Grid, *, damaged: bool = False, asked: str = "") -> Heads:
    """All labels of `grid`; `asked` is the dimension that the text above it asks for (“Which teams?”)."""
    titles = _titles(grid)
    title = joined(*(read_label(t) for t in titles))
    over = {col: _label_head(grid, col) for col in grid.label_columns}
    corner = _corner(" ".join(over.values()))
    columns = {col: _signed_column(label, _column_numbers(grid, col)) for col, label in _columns(grid).items()}
    rows = read_rows(grid, over, titles, mended if damaged else str, asked)
    dated = sum(label is not None and bool(label.mentions) for label in rows.values())
    if dated >= 2:
        rows = {row: label and _signed_row(label, _row_numbers(grid, row)) for row, label in rows.items()}
    rows = with_summed_rows(grid, rows, columns)
    columns = with_named_columns(with_summed_columns(grid, columns, rows), rows)
    columns = with_fitting_shares(grid, columns, rows)
    if dated == 0:
        columns = dated_by_title(columns, title)
    return Heads(columns=columns, rows=rows, corner=corner, title=title)


def undated_twins(heads: Heads) -> set[int]:
    """Columns that nothing tells apart: their heads are the same and name no period. The heads over them were lost."""
    texts = {col: x.text.casefold() for col, x in heads.columns.items() if x.text and not x.mentions and not x.change}
    return {col for col, text in texts.items() if list(texts.values()).count(text) > 1}


def _column_numbers(grid: Grid, col: int) -> list[Number]:
    values = [grid.value(row, col) for row in grid.body()]
    return [p.number for v in values if v is not None for p in v.parts]


def _row_numbers(grid: Grid, row: int) -> list[Number]:
    values = [grid.value(row, col) for col in grid.value_columns]
    return [p.number for v in values if v is not None for p in v.parts]


def _all_signed(numbers: list[Number]) -> bool:
    return sum(n.signed for n in numbers) >= 2 and all(n.signed or not n.value for n in numbers)


def _signed_column(label: Label, numbers: list[Number]) -> Label:
    """A column whose numbers carry signs holds differences, whatever its head says."""
    differs = _all_signed(numbers) and not label.measure and not label.dims
    return replace(label, change=True) if differs else label


def _signed_row(label: Label, numbers: list[Number]) -> Label:
    """A row of signed numbers among rows of periods ("DI | +8 | -5") holds the differences between them."""
    differs = _all_signed(numbers) and not label.measure and not label.mentions
    return Label(text=label.text, change=True) if differs else label


def _titles(grid: Grid) -> list[str]:
    """Captions, and head rows of one cell over the whole width that come first."""
    titles = [grid.table.caption.text] if grid.table.caption is not None else []
    for row in range(grid.heads):
        cell = grid.cell(row, grid.first)
        alone = not any(grid.text(row, col) for col in range(grid.first + 1, grid.end))
        over = row + 1 < grid.heads and bool(grid.text(row + 1, grid.first))
        if cell is None or grid.end - grid.first < 2:
            break
        if cell.colspan < grid.end - grid.first and not (alone and over and cell.text.text):
            break
        if split_heads(cell.text.text.split(), len(grid.value_columns)) is None:
            titles.append(cell.text.text)
    return titles


def _corner(text: str) -> Label:
    """The head of the label column; one that names a dimension ("Complaint type") counts for its noun only."""
    label = read_label(text)
    bodies = label.nonfigure if label.nonfigure == "other_body" else None
    return replace(label, dims={} if dimension_of_head(text) else label.dims, total=False, nonfigure=bodies)


def _column_text(grid: Grid, col: int) -> str:
    texts: list[str] = []
    for row in range(grid.heads):
        cell = grid.cell(row, col)
        if cell is not None and cell.row == row and cell.colspan < max(2, grid.table.cols) and cell.text.text:
            texts.append(cell.text.text)
    return " ".join(texts)


def _columns(grid: Grid) -> dict[int, Label]:
    texts = {col: _column_text(grid, col) for col in grid.value_columns}
    if not any(texts.values()):
        texts = dict(zip(grid.value_columns, _from_one_line(grid)[1:], strict=False)) or texts
    for row in range(1, grid.heads):
        cell = grid.cell(row, grid.first)
        if cell is not None and cell.row == row and cell.colspan >= grid.table.cols > 1 and any(texts.values()):
            texts = _continued(texts, cell.text.text)
    texts = _years_in_full(texts)
    read: dict[int, Label | None] = {col: read_label(text) for col, text in texts.items()}
    columns = {col: label for col, label in with_sums(read).items() if label is not None}
    return leaning(paired(with_short_outcomes(columns)))


def _label_head(grid: Grid, col: int) -> str:
    """What stands over a column of row labels."""
    text = _column_text(grid, col)
    if text or col != grid.first or any(_column_text(grid, c) for c in grid.value_columns):
        return text
    return next(iter(_from_one_line(grid)), "")


def _from_one_line(grid: Grid) -> tuple[str, ...]:
    """Heads of a table whose head row is one line that was not told apart ("Service 2013-14 2014-15 Change"), the row labels' first."""
    for row in range(grid.heads - 1, -1, -1):
        words = grid.text(row, grid.first).split()
        found = split_heads(words, len(grid.value_columns)) if len(words) <= _LONGEST_LINE else None
        if found is not None:
            own = len(words) - sum(len(head.split()) for head in found)
            return (" ".join(words[:own]), *found)
    return ()


_LONGEST_LINE = 40
"""Words of the longest line that may hold heads; a longer one is text."""


def _continued(texts: dict[int, str], line: str) -> dict[int, str]:
    """Heads with the words of `line`, a last line of them that was not told apart into columns.

    A head takes words of the line, in order, where they complete a term that it begins ("Alternative Dispute" and "Resolution")
    or say of what it is a percentage ("% of complaints" and "upheld").
    """
    words = line.split()
    if len(words) > _LONGEST_LINE:
        return texts
    out = dict(texts)
    at = 0
    for col, text in texts.items():
        label = read_label(text)
        for start in range(at, len(words)):
            taken = _completes(text, label, words, start)
            if taken:
                out[col] = " ".join([text, *words[start : start + taken]])
                at = start + taken
                break
    return out


def _completes(text: str, label: Label, words: list[str], start: int) -> int:
    """How many words from `start` on go with the head `text`, which reads as `label`; 0 for none."""
    for count in range(1, min(4, len(words) - start) + 1):
        tail = " ".join(words[start : start + count])
        whole = f"{text} {tail}"
        if any(
            t.start < len(text) < t.end for t in find_terms(whole) if t.type == "measure" and t.kind in ("noun", "body")
        ):
            return count
        open_share = label.unit == "percent" and not label.on_time and not (label.dims.keys() & {"outcome", "event"})
        if open_share and count == 1 and "outcome" in read_label(tail).dims:
            return count
    return 0


_SHORT_YEAR = re.compile(r"(\d\d)\s?[-–/]\s?(\d\d)")


def _years_in_full(heads: dict[int, str]) -> dict[int, str]:
    """Heads of which two or more are years in short ("05-06", "06-07"), with these in full: alone they might be ages or scores."""
    short = {col: m for col, text in heads.items() if (m := _SHORT_YEAR.fullmatch(text.strip())) is not None}
    follow = all(int(m[2]) == (int(m[1]) + 1) % 100 for m in short.values())
    latest = max((int(m[1]) for m in short.values()), default=100)
    if len(short) < 2 or not follow or latest > _LATEST:
        return heads
    return heads | {col: f"20{m[1]}-{m[2]}" for col, m in short.items()}


_LATEST = 40
"""Above it two digits are no year of this century's reports."""
