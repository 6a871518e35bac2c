"""`crossfoot series`: observations with their vintages, as a table; and one series or observation in full."""

from itertools import islice
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipeline.commands.common import console, opened_store
from pipeline.exports.series import SeriesFilter, series_rows
from schemas.exports import SeriesRow, StatementRow
from schemas.policies import read_policy

_HEADINGS = ("authority", "measure", "statistic", "breakdown", "period")


def series_command(location: str, blobs: str | None, chosen: SeriesFilter, policy: str | None, limit: int) -> None:
    """Print the observations that `chosen` lets through, with the value that the policy chose, at most `limit` of them."""
    rules = read_policy(Path(policy) if policy else None)
    with opened_store(location, blobs) as store, store.reading() as connection:
        rows = series_rows(connection, rules, chosen)
        shown = list(islice(rows, limit or None))
        more = sum(1 for _ in rows)
    table = Table()
    for heading in _HEADINGS:
        table.add_column(heading, overflow="fold")
    table.add_column("value", justify="right", no_wrap=True)
    for heading in ("unit", "status", "first and last reported", "said by", "id"):
        table.add_column(heading, overflow="fold")
    for row in shown:
        table.add_row(*map(Text, _cells(row)))
    screen = console()
    if shown:
        screen.print(table)
    total = len(shown) + more
    screen.print(
        f"{len(shown):,} of {total:,} observations; --limit 0 shows all." if more else f"{total:,} observations."
    )


def _cells(row: SeriesRow) -> tuple[str, ...]:
    breakdown = ", ".join(f"{name} {text}" for name, text in row.dims.items())
    same = row.first_reported == row.last_reported
    vintages = "" if row.first_reported is None or same else f"{row.first_reported:,} → {row.last_reported:,}"
    papers = len({statement.document for statement in row.statements})
    said_by = f"{papers:,} document{'' if papers == 1 else 's'}" if papers else ""
    value = "" if row.value is None else f"{row.value:,}"
    status = row.status.replace("_", " ")
    return (
        row.authority or "?", row.measure, row.statistic, breakdown, row.period, value, row.unit, status, vintages, said_by,
        row.observation_id,
    )  # fmt: skip


def show_series(screen: Console, rows: list[SeriesRow]) -> None:
    """Print observations of one series: each with what every document says of it."""
    head = rows[0]
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(style="bold")
    table.add_column(overflow="fold")
    breakdown = "".join(f", {name} {text}" for name, text in head.dims.items())
    described = [
        ("series", head.series_id),
        ("counts", f"{head.measure}, {head.statistic}{breakdown}, in {head.unit}"),
        ("authority", f"{head.authority or 'not known'} {head.authority_code or ''}".strip()),
    ]
    described += [("came after", name) for name in head.predecessors] + [
        ("went on as", name) for name in head.successors
    ]
    described += [("perhaps", f"{link.why} ({link.series_id})") for link in head.perhaps]
    for row in rows:
        value = "no value" if row.value is None else f"{row.value:,}"
        source = f", {row.document}" if row.document else ""
        described.append((row.period, f"{value}, {row.status.replace('_', ' ')} [{row.observation_id}]"))
        described.append(("", f"{row.policy}: {row.why.rstrip('.')}{source}"))
        described += [("", _said(statement)) for statement in row.statements]
    for label, text in described:
        table.add_row(label, Text(text))
    screen.print(table)


def _said(statement: StatementRow) -> str:
    agreement = statement.agreement.replace("_", " ")
    where = f"{statement.document}, page {statement.page}"
    return f"  “{statement.raw_text}” in {where}: {agreement}, {statement.grade} [{statement.figure_id}]"
