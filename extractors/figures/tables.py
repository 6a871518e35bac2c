"""Figures of a table: heads and labels are read as sentences are, values by their place."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from extractors.figures.drafts import Context, DraftMark, DraftRelation
from extractors.figures.drafts import Draft as Draft
from extractors.figures.table_figures import PlacedDraft, PlacedMark, Result, Spot, read_spot
from extractors.figures.table_grid import Grid, read_grids
from extractors.figures.table_heads import Heads, read_heads
from extractors.figures.table_labels import Label
from extractors.figures.table_runs import runs_of_row, spread
from extractors.figures.table_subject import Base, table_base
from extractors.figures.table_words import says, table_words
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


def read_table(table: Table, context: Context, *, before: str = "", after: str = "") -> TableReading:
    """All figures of `table`, with the relations among them and what became of its other numbers.

    `before` and `after` are the texts that stand right above and below it: they may say that its shares are of answers on time.
    """
    results: list[Result] = []
    for grid in read_grids(table, damaged=context.damaged):
        heads = read_heads(grid, damaged=context.damaged)
        base = table_base(heads, context, on_time=says(f"{before} {after}", table_words().on_time))
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
    counted = any(v.kind == "numbers" for v in grid.values)
    for row in range(0 if not counted else grid.heads, grid.table.rows):
        runs = runs_of_row(grid, row, damaged=context.damaged, known=base.measure is not None)
        for index, run, label in runs:
            spot = Spot(
                index=index, row=row, col=grid.table.cells[index].col, rows=label, column=Label(), parts=run.parts
            )
            yield from read_spot(spot, grid, heads, base, context)
        label = heads.rows.get(row)
        if label is None or runs:
            continue
        for spot in _spots(grid, heads, row, label, context.damaged):
            yield from read_spot(spot, grid, heads, base, context)


def _spots(grid: Grid, heads: Heads, row: int, label: Label, damaged: bool) -> Iterator[Spot]:
    """The cells of values in a row."""
    for col in grid.value_columns:
        cell, value = grid.cell(row, col), grid.value(row, col)
        if cell is None or value is None or cell.row != row or cell.col != col:
            continue
        plain = Spot(
            index=grid.at[row, col], row=row, col=col, rows=label, column=heads.columns.get(col, Label()),
            parts=value.parts, falls=value.falls, days=value.days,
        )  # fmt: skip
        pieces = spread(cell, heads.columns, damaged=damaged) if cell.colspan > 1 else ()
        for at, parts in pieces:
            # Which of the columns are meant is a guess.
            yield replace(plain, col=at, column=heads.columns[at], parts=parts, confidence=0.6)
        if value.parts and not pieces:
            yield plain


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
