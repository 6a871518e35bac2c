"""What the evidence of figures says of their table. Of charts the title gives the unit, and what was measured is approximate."""

import re
from dataclasses import replace

from extractors.figures.tables import TableReading
from schemas.figures import BY_SUMS
from schemas.layout import Cell, Table
from schemas.pages import MappedText

# Below what makes a figure doubtful: nobody printed the number.
MEASURED = 0.45

_PERCENT = re.compile(r"%|\bper ?cent\b|\bpercentages?\b", re.I)
_CORNER = re.compile(r"\(?(?:%|per ?cent|percentages?)\)?", re.I)
_NUMBERED = re.compile(r"\b(?:no|nos|number)\b", re.I)
_PLAIN = re.compile(r"\d+(?:\.\d+)?")


def with_units(table: Table, before: str) -> Table:
    """A table whose corner says per cent has shares, and so has a chart whose title does, though their numbers may lack the sign.

    `before` is the text right above a chart, which may be its title.
    """
    if table.method == "chart":
        title = table.caption.text if table.caption is not None else before
        return _with_signs(table, 0) if _PERCENT.search(title) and not _NUMBERED.search(title) else table
    cornered = table.cells and _CORNER.fullmatch(table.cells[0].text.text.strip())
    return _with_signs(table, 1) if cornered else table


def _with_signs(table: Table, heads: int) -> Table:
    """The table with per cent signs at its plain numbers below so many rows of heads, unless one has such a sign or is more than all."""
    places = {n for n, c in enumerate(table.cells) if c.row >= heads and c.col and _PLAIN.fullmatch(c.text.text)}
    signed = any("%" in c.text.text for c in table.cells[heads:])
    if signed or any(float(table.cells[n].text.text) > 100 for n in places):
        return table
    return replace(table, cells=tuple(_with_sign(c) if n in places else c for n, c in enumerate(table.cells)))


def _with_sign(cell: Cell) -> Cell:
    words = cell.text.words
    last = replace(words[-1], end=words[-1].end + 1)
    return replace(cell, text=MappedText(f"{cell.text.text}%", (*words[:-1], last)))


def of_marks(reading: TableReading, table: Table) -> TableReading:
    """The figures of a table, their rule saying where sums chose its structure.

    Those of a chart that were measured are `about`, and no relation rests on them: they are known only to within their intervals,
    which their evidence says.
    """
    if table.sums is not None:
        drafts = tuple((index, replace(d, rule=f"{d.rule}{BY_SUMS}")) for index, d in reading.drafts)
        return replace(reading, drafts=drafts)
    if table.method != "chart":
        return reading
    measured = {d.key for index, d in reading.drafts if table.cells[index].interval is not None}
    drafts = tuple(
        (index, replace(d, rule=f"chart {d.rule}"))
        if d.key not in measured
        else (index, replace(d, qualifier="about", confidence=MEASURED, rule="chart measured"))
        for index, d in reading.drafts
    )
    relations = tuple(r for r in reading.relations if not measured & set(r.keys))
    return replace(reading, drafts=drafts, relations=relations)
