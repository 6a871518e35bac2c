"""`crossfoot figures` and `crossfoot findings`: tables on the terminal."""

from dataclasses import dataclass

from rich.console import Console
from rich.table import Table
from rich.text import Text
from sqlalchemy import Select, func, or_, select

from pipeline.commands.common import console, opened_store
from pipeline.decisions.overlay import decided_in, not_rejected
from pipeline.exports.rows import figure_row, finding_rows
from pipeline.store.queries import imported
from pipeline.store.repairs import read_repairs
from pipeline.store.tables import documents, figures
from schemas.exports import FigureRow


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureFilter:
    """Which figures to show; None leaves a column alone."""

    authority: str | None = None
    measure: str | None = None
    year: str | None = None
    grade: str | None = None
    document: str | None = None


def figures_command(location: str, blobs: str | None, chosen: FigureFilter, limit: int) -> None:
    """Print the figures that `chosen` lets through, at most `limit` of them."""
    table = Table()
    for heading in ("authority", "period", "measure", "statistic", "breakdown"):
        table.add_column(heading, overflow="fold")
    table.add_column("value", justify="right", no_wrap=True)
    for heading in ("unit", "grade", "document", "page", "id"):
        table.add_column(heading, overflow="fold")
    with opened_store(location, blobs) as store, store.reading() as connection:
        by_number = {document["id"]: document for document in imported(connection)}
        place = {number: i for i, number in enumerate(by_number)}
        found = connection.execute(_query(chosen)).mappings().all()
        ordered = sorted(found, key=lambda f: (place[f["document_id"]], f["position"]))
        shown = ordered[: limit or None]
        numbers = sorted({f["document_id"] for f in shown})
        repairs = {number: read_repairs(connection, number) for number in numbers}
        decided = decided_in(connection, numbers)
        for figure in shown:
            number = figure["document_id"]
            figure_id = figure["figure_id"]
            row = figure_row(by_number[number], figure, repairs[number].get(figure_id), decided.get(figure_id))
            table.add_row(*_cells(row))
    _print(console(), table, len(shown), len(found), "figures")


def _query(chosen: FigureFilter) -> Select[tuple[object, ...]]:
    query = (
        select(figures).join(documents, documents.c.id == figures.c.document_id).where(documents.c.status == "imported")
    )
    query = query.where(not_rejected())
    if chosen.authority:
        named = func.lower(documents.c.authority).contains(chosen.authority.lower(), autoescape=True)
        query = query.where(or_(named, documents.c.authority_code == chosen.authority))
    if chosen.measure:
        query = query.where(figures.c.measure == chosen.measure)
    if chosen.year:
        query = query.where(figures.c.period.startswith(chosen.year, autoescape=True))
    if chosen.grade:
        query = query.where(figures.c.grade == chosen.grade)
    if chosen.document:
        query = query.where(func.lower(documents.c.name).contains(chosen.document.lower(), autoescape=True))
    return query


def _cells(row: FigureRow) -> list[Text]:
    value = "" if row.value is None else f"{row.value:,}"
    if row.value is None and row.proposed_value is not None:
        value = f"? {row.proposed_value:,}"
    value += _other_readings(row)
    if row.decided_value is not None and row.decided_value != row.value:
        value = f"{value} → {row.decided_value:,}".strip()
    breakdown = ", ".join(f"{name} {text}" for name, text in row.dims.items())
    cells = (row.authority or "?", row.period or "?", row.measure, row.statistic, breakdown, value, row.unit, row.grade)
    return [Text(cell) for cell in (*cells, row.document, str(row.page), row.figure_id)]


def _other_readings(row: FigureRow) -> str:
    """What else the readers of a scan took the print for: “ or 17”, “ or ?” where one saw no number."""
    others = dict.fromkeys(r.value for r in row.readings if r.value != row.value)
    return "".join(" or ?" if value is None else f" or {value:,}" for value in others)


def findings_command(
    location: str, blobs: str | None, *, kind: str | None, severity: str | None, document: str | None, limit: int
) -> None:
    """Print findings, the most severe first."""
    with opened_store(location, blobs) as store, store.reading() as connection:
        found = [
            row
            for row in finding_rows(connection)
            if (kind is None or row.kind == kind)
            and (severity is None or row.severity == severity)
            and (document is None or any(document.lower() in name.lower() for name in row.documents))
        ]
    found.sort(key=lambda row: ("high", "medium", "low").index(row.severity))
    table = Table()
    for heading in ("severity", "kind", "message", "expected", "document", "id"):
        table.add_column(heading, overflow="fold")
    shown = found[: limit or None]
    for row in shown:
        cells = (row.severity, row.kind, row.message, row.expected, ", ".join(row.documents), row.finding_id)
        table.add_row(*map(Text, cells))
    _print(console(), table, len(shown), len(found), "findings")


def _print(screen: Console, table: Table, shown: int, found: int, noun: str) -> None:
    if found:
        screen.print(table)
    more = f"{shown:,} of {found:,} {noun}; --limit 0 shows all." if shown < found else f"{found:,} {noun}."
    screen.print(more)
