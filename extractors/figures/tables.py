"""Figures of a table: heads and labels are read as sentences are, values by their place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from extractors.figures.bracketed import prior_in_brackets
from extractors.figures.breakdowns import asked_in
from extractors.figures.drafts import Context, Draft, DraftMark, DraftRelation, TextReading
from extractors.figures.list_totals import lone_blank
from extractors.figures.prose import read_prose
from extractors.figures.table_figures import PlacedDraft, PlacedMark, Spot, marked, read_spot
from extractors.figures.table_grid import Grid, read_grids
from extractors.figures.table_heads import Heads, read_heads, undated_twins
from extractors.figures.table_labels import Label, joined, read_label
from extractors.figures.table_relations import table_relations
from extractors.figures.table_runs import run_on, runs_of_row, spread, with_words
from extractors.figures.table_subject import Base, run_base, table_base, unknown_columns
from extractors.language.numbers import find_numbers
from extractors.language.periods import find_periods
from extractors.language.terms import find_terms
from schemas.figures import MISSING
from schemas.layout import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class TableReading:
    """Everything read from one table: drafts and marks with the index of their cell, and the relations among the drafts."""

    drafts: tuple[tuple[int, Draft], ...]
    relations: tuple[DraftRelation, ...]
    marks: tuple[tuple[int, DraftMark], ...]


def read_table(table: Table, context: Context, *, before: str = "", rest: bool = False) -> TableReading:
    """All figures of `table`, with the relations among them and what became of its other numbers.

    `before` is the text right above the table: it may say that its shares are of answers on time, or that its parts overlap.
    `rest` tells that the table may be what is left of one that began on the page before.
    """
    around = " ".join([before, table.caption.text if table.caption else "", *(n.text for n in table.notes)])
    texts = (around, *(c.text.text for c in table.cells))
    if not context.bracketed and any(prior_in_brackets(text, context.period) for text in texts):
        context = replace(context, bracketed=True)
    asked = asked_in(table.caption.text if table.caption else "") or context.topic.breakdown
    drafts: list[PlacedDraft] = []
    relations: list[DraftRelation] = []
    marks: list[tuple[int, DraftMark]] = []
    for grid in read_grids(table, damaged=context.damaged, bracketed=context.bracketed):
        heads = read_heads(grid, damaged=context.damaged, asked=asked)
        base = table_base(heads, context, around)
        results = list(_read_body(grid, heads, base, context))
        placed = [*(p for p in results if isinstance(p, PlacedDraft)), *_missing(grid, heads, base, context)]
        placed = [replace(p, draft=replace(p.draft, key=key)) for key, p in enumerate(placed, start=len(drafts))]
        drafts += placed
        marks += [(p.index, p.mark) for p in results if isinstance(p, PlacedMark)]
        relations += table_relations(placed, grid, heads, around, rest=rest)
    placed_drafts = [(p.index, p.draft) for p in drafts]
    for index, reading in _sentences(table, context, {p.index for p in drafts} | {i for i, _ in marks}):
        first = len(placed_drafts)
        placed_drafts += [(index, replace(d, key=first + n)) for n, d in enumerate(reading.drafts)]
        marks += [(index, m) for m in reading.marks]
    read = {i for i, d in placed_drafts if d.rule != MISSING} | {i for i, _ in marks}
    marks += _label_marks(table, read)
    return TableReading(drafts=tuple(placed_drafts), relations=tuple(relations), marks=tuple(marks))


def _missing(grid: Grid, heads: Heads, base: Base, context: Context) -> Iterator[PlacedDraft]:
    """What the one name of a list would count that has no number."""
    spot = lone_blank(grid, heads)
    for found in read_spot(spot, grid, heads, base, context) if spot is not None else ():
        if isinstance(found, PlacedDraft):
            yield replace(found, draft=replace(found.draft, rule=MISSING))


def _sentences(table: Table, context: Context, read: set[int]) -> Iterator[tuple[int, TextReading]]:
    """Cells that hold whole sentences, read as prose that leans on nothing around it."""
    alone = Context(period=context.period, damaged=context.damaged)
    for index, cell in enumerate(table.cells):
        text = cell.text.text
        if (
            index not in read
            and len(text.split()) >= _SENTENCE
            and re.search(r"\d", text)
            and text.rstrip().endswith(".")
        ):
            reading = read_prose(text, alone)
            if reading.drafts:
                yield index, replace(reading, relations=())


_SENTENCE = 6
"""Words from which on a cell that ends with a full stop is a sentence."""


def _read_body(grid: Grid, heads: Heads, base: Base, context: Context) -> Iterator[PlacedDraft | PlacedMark]:
    unknown = unknown_columns(heads)
    headless = _plain_columns(grid) > 1
    counted = any(v.kind == "numbers" for v in grid.values)
    for row in range(grid.heads if counted else 0, grid.table.rows):
        runs = runs_of_row(grid, row, damaged=context.damaged, known=base.measure is not None)
        about = run_base(base, [label for _, _, label in runs], context.default)
        for index, run, label in runs:
            col = grid.table.cells[index].col
            spot = Spot(index=index, row=row, col=col, rows=label, column=Label(), parts=run.parts)
            yield from read_spot(spot, grid, heads, about, context)
        named = heads.rows.get(row)
        if runs or named is None:
            continue
        for spot in _spots(grid, heads, row, named, context.damaged):
            if heads.corner.nonfigure is not None:
                yield from marked(spot, heads.corner.nonfigure, "a table of other bodies")
            elif headless and not spot.column.text and spot.parts[0].number.unit != "percent":
                yield from marked(spot, "unplaced", "a column without a head")
            elif grid.labels and not named.text:
                yield from marked(spot, "unplaced", "a row without a label")
            elif spot.col in unknown:
                yield from marked(spot, "unplaced", "a column of things that are not known")
            else:
                yield from read_spot(spot, grid, heads, base, context)


def _plain_columns(grid: Grid) -> int:
    """How many columns of plain numbers a grid with row labels has that stand under no head at all."""
    if grid.heads or not grid.labels:
        return 0
    columns = [
        [v for row in grid.body() if (v := grid.value(row, col)) is not None and v.parts] for col in grid.value_columns
    ]
    own = [values for values in columns if not any(v.parts[0].place == "then" for v in values)]
    return sum(any(v.parts[0].number.unit == "" for v in values) for values in own)


def _spots(grid: Grid, heads: Heads, row: int, label: Label, damaged: bool) -> Iterator[Spot]:
    """The cells of values in a row."""
    alike = undated_twins(heads)
    for col in grid.value_columns:
        cell, value = grid.cell(row, col), grid.value(row, col)
        if cell is None or value is None or cell.row != row or cell.col != col:
            continue
        plain = Spot(
            index=grid.at[row, col], row=row, col=col, rows=label, column=heads.columns.get(col, Label()),
            parts=value.parts, falls=value.falls, days=value.days,
        )  # fmt: skip
        if col in alike and not label.mentions:
            plain = replace(plain, confidence=0.49)  # it may be of another year
        pieces = spread(cell, heads.columns, damaged=damaged) if cell.colspan > 1 else ()
        for at, parts in pieces:
            # Which of the columns are meant is a guess.
            yield replace(plain, col=at, column=heads.columns[at], parts=parts, confidence=0.6)
        if value.parts and not pieces:
            yield plain
        elif value.kind == "words":
            yield from _worded(plain, cell.text.text, damaged)


def _worded(plain: Spot, text: str, damaged: bool) -> Iterator[Spot]:
    """A number with words that say more of it: "3 upheld", "5 (3 upheld)"."""
    parts, run = with_words(text, damaged=damaged)
    if parts:
        yield replace(plain, parts=parts)
    run = run or run_on(text, damaged=damaged)
    said = read_label(run.label) if run is not None else Label()
    if run is not None and said.strong and not said.mentions:
        yield replace(plain, rows=joined(plain.rows, said), parts=run.parts)


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
