"""Figures of charts: those that the marks of a chart were measured for are approximate."""

from dataclasses import replace

from extractors.figures.tables import TableReading
from schemas.layout import Table

# Below what makes a figure doubtful: nobody printed the number.
MEASURED = 0.45


def of_marks(reading: TableReading, table: Table) -> TableReading:
    """The figures of a chart. A measured one is `about`, and no relation rests on it: it is known only to within its interval."""
    measured = {d.key for index, d in reading.drafts if table.cells[index].interval is not None}
    drafts = tuple(
        (index, replace(d, rule=f"chart {d.rule}"))
        if d.key not in measured
        else (index, replace(d, qualifier="about", confidence=MEASURED, rule="chart measured"))
        for index, d in reading.drafts
    )
    relations = tuple(r for r in reading.relations if not measured & set(r.keys))
    return replace(reading, drafts=drafts, relations=relations)
