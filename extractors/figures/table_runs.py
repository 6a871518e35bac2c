"""Cells that hold a label and its value together ("Parents 149"), and values printed over several columns at once."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from extractors.figures.table_grid import Grid
from extractors.figures.table_labels import Label, read_label
from extractors.figures.table_values import Part, read_value
from extractors.language.numbers import find_numbers
from extractors.language.periods import find_periods
from extractors.language.terms import find_terms
from schemas.layout import Cell


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOn:
    """A label and its value in one cell; `parts` have offsets in the text of the cell."""

    label: str
    parts: tuple[Part, ...]


def run_on(text: str, *, damaged: bool) -> RunOn | None:
    """The label and value of a cell like "Upheld 44", "Parents: 149 (12%)" or "464 representations"; None for other cells."""
    masked = _masked(text)
    for start in _value_starts(masked, damaged):
        value = read_value(masked[start:], damaged=damaged)
        label = text[:start].strip(" :–-|\t")
        if value.kind in ("numbers", "year") and _is_label(label):
            return RunOn(label=label, parts=moved(value.parts, start))
    m = re.match(r"\s*£?\d[\d,.]*%?(?:\s\(\d[\d,.]*%?\))?(?=\s+[A-Za-z\x1f])", masked)
    if m is None:
        return None
    value, label = read_value(m[0], damaged=damaged), text[m.end() :].strip(" :–-|\t")
    return RunOn(label=label, parts=value.parts) if value.parts and _is_label(label) else None


def with_words(text: str, *, damaged: bool) -> tuple[tuple[Part, ...], RunOn | None]:
    """A number and what brackets say of some of it ("5 (3 upheld)"): the number, and the run-on inside; () for other cells."""
    m = re.fullmatch(r"\s*(\d[\d,]*)\s*\((.*)\)\s*", text)
    inner = run_on(m[2], damaged=damaged) if m else None
    if m is None or inner is None or not read_label(inner.label).strong:
        return (), None
    value = read_value(m[1], damaged=damaged)
    return moved(value.parts, m.start(1)), replace(inner, parts=moved(inner.parts, m.start(2)))


def moved(parts: tuple[Part, ...], by: int) -> tuple[Part, ...]:
    """`parts` of a piece of a text, with offsets in the whole."""
    return tuple(
        replace(p, number=replace(p.number, start=p.number.start + by, end=p.number.end + by)) for p in parts
    )  # fmt: skip


def _masked(text: str) -> str:
    """Periods and numbered terms blotted out, so that their digits are taken for no value."""
    characters = list(text)
    stages = [(t.start, t.end) for t in find_terms(text) if t.name == "stage"]
    for start, end in [(m.start, m.end) for m in find_periods(text)] + stages:
        characters[start:end] = "\x1f" * (end - start)
    return "".join(characters)


def _value_starts(text: str, damaged: bool) -> Iterator[int]:
    """Where a value that ends the text may begin: the longest first."""
    for number in find_numbers(text, damaged=damaged):
        if number.start and not number.words and text[number.start - 1] in " (:\t":
            yield number.start - (text[number.start - 1] == "(")
    tail = re.search(r"(?<=[a-z] )[OlISB\d]{1,3}$", text) if damaged else None
    if tail:
        yield tail.start()


def _is_label(text: str) -> bool:
    named = re.search(r"[A-Za-z]{2}", text) is not None or bool(find_periods(text))
    return named and len(text.split()) <= 8


_LEAD = re.compile(r"\s*(?P<lead>[A-Z][A-Za-z' -]{2,30}): (?=[\d£])")
"""“Statutory: 110 Stage 1 | 9 Stage 2” says of all of the row whose they are."""


def runs_of_row(grid: Grid, row: int, *, damaged: bool, known: bool) -> tuple[tuple[int, RunOn, Label], ...]:
    """The run-on cells of a row that consists of nothing else, with their labels; () for other rows.

    Labels that the vocabulary knows are enough; free text (areas, teams) needs three of them and a measure that is `known`.
    """
    indices = {i for col in range(grid.first, grid.end) if (i := grid.at.get((row, col))) is not None}
    filled = [i for i in sorted(indices) if grid.table.cells[i].text.text.strip() and grid.table.cells[i].row == row]
    found: list[tuple[int, RunOn, Label]] = []
    lead = _LEAD.match(grid.table.cells[filled[0]].text.text) if len(filled) > 1 else None
    for index in filled:
        start = lead.end() if lead and index == filled[0] else 0
        run = run_on(grid.table.cells[index].text.text[start:], damaged=damaged)
        if run is None:
            return ()
        run = replace(run, parts=moved(run.parts, start))
        label = read_label(f"{lead['lead']} {run.label}" if lead else run.label)
        if not label.covered or not (label.strong or (label.mentions and known)):
            label = Label(text=run.label, dims={"category": run.label})
        found.append((index, run, label))
    if all(label.strong or label.mentions for _, _, label in found):
        return tuple(found)
    short = all(len(run.label.split()) <= 4 for _, run, _ in found)
    return tuple(found) if known and short and len(found) >= 3 else ()


def spread(cell: Cell, columns: dict[int, Label], *, damaged: bool) -> tuple[tuple[int, tuple[Part, ...]], ...]:
    """The values of a cell over several columns, each with its column: the first columns in which the units fit.

    () where the cell holds one value, or where no columns fit.
    """
    pieces = _pieces(cell)
    if len(pieces) < 2:
        return ()
    values = [(start, read_value(text, damaged=damaged)) for start, text in pieces]
    if any(v.kind == "words" for _, v in values):
        return ()
    for first in range(cell.col, cell.col + cell.colspan - len(values) + 1):
        pairs = [(first + n, moved(v.parts, start)) for n, (start, v) in enumerate(values)]
        if all(_fits(parts, columns.get(col)) for col, parts in pairs):
            return tuple((col, parts) for col, parts in pairs if parts)
    return ()


def _pieces(cell: Cell) -> list[tuple[int, str]]:
    """Start and text of each value: a bracket belongs to the word before it."""
    text = cell.text.text
    return [(m.start(), m[0]) for m in re.finditer(r"\S+(?:\s+[(\[][^)\]]*[)\]])?", text)]


def _fits(parts: tuple[Part, ...], column: Label | None) -> bool:
    if column is None:
        return False
    return not parts or (parts[0].number.unit == "percent") == (column.unit == "percent")
