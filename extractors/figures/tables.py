"""Figures of a table: heads and labels are read as sentences are, values by their place."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from extractors.figures.drafts import Context, DraftMark, DraftRelation
from extractors.figures.drafts import Draft as Draft
from extractors.figures.table_figures import PlacedDraft, PlacedMark, Result, Spot, read_spot
from extractors.figures.table_grid import Grid, read_grids
from extractors.figures.table_heads import Heads, read_heads
from extractors.figures.table_labels import Label
from extractors.figures.table_subject import Base, table_base
from extractors.language.numbers import find_numbers
from extractors.language.periods import find_periods
from extractors.language.terms import find_terms
from schemas.layout import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class TableReading:
    """Everything read from one table: drafts and marks with the index of their cell, and the relations among the drafts."""

    drafts: tuple[tuple[int, Draft], ...]
    relations: tuple[DraftRelation, ...]
    marks: tuple[tuple[int, DraftMark], ...]


def read_table(table: Table, context: Context) -> TableReading:
    """All figures of `table`, with the relations among them and what became of its other numbers."""
    results: list[Result] = []
    for grid in read_grids(table, damaged=context.damaged):
        heads = read_heads(grid)
        base = table_base(heads, context, on_time=False)
        results += _read_body(grid, heads, base, context)
    drafts: list[PlacedDraft] = []
    marks: list[tuple[int, DraftMark]] = []
    for result in results:
        if isinstance(result, PlacedDraft):
            drafts.append(replace(result, draft=replace(result.draft, key=len(drafts))))
        else:
            marks.append((result.index, result.mark))
    marks += _label_marks(table, {p.index for p in drafts} | {i for i, _ in marks})
    return TableReading(drafts=tuple((p.index, p.draft) for p in drafts), relations=(), marks=tuple(marks))


def _read_body(grid: Grid, heads: Heads, base: Base, context: Context) -> Iterator[PlacedDraft | PlacedMark]:
    for row in grid.body():
        label = heads.rows.get(row)
        if label is None:
            continue
        for spot in _spots(grid, heads, row, label):
            yield from read_spot(spot, grid, heads, base, context)


def _spots(grid: Grid, heads: Heads, row: int, label: Label) -> Iterator[Spot]:
    """The cells of values in a row."""
    for col in grid.value_columns:
        cell, value = grid.cell(row, col), grid.value(row, col)
        if cell is None or value is None or cell.row != row or cell.col != col or not value.parts:
            continue
        yield Spot(
            index=grid.at[row, col], row=row, col=col, rows=label, column=heads.columns.get(col, Label()),
            parts=value.parts, falls=value.falls, days=value.days,
        )  # fmt: skip


def _label_marks(table: Table, read: set[int]) -> Iterator[tuple[int, DraftMark]]:
    """The numbers of heads, labels and other words: periods, or part of a name."""
    for index, cell in enumerate(table.cells):
        if index in read:
            continue
        text = cell.text.text
        taken = [(m.start, m.end) for m in find_periods(text)]
        for start, end in taken:
            yield index, DraftMark(start=start, end=end, kind="period")
        stages = [(t.start, t.end) for t in find_terms(text) if t.name == "stage" and t.type == "dim"]
        for number in find_numbers(text):
            if number.words or any(a <= number.start < b for a, b in taken):
                continue
            named = any(a <= number.start < b for a, b in stages)
            yield (
                index,
                DraftMark(
                    start=number.start,
                    end=number.end,
                    kind="ordinal" if named else "reference",
                    reason="part of a label",
                ),
            )
