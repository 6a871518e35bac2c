"""`crossfoot checklist`: what annual reports state of what the law asks for, as a table."""

from rich.table import Table
from rich.text import Text

from pipeline.commands.common import console, opened_store
from pipeline.exports.checklist import checklist_rows
from schemas.exports import ChecklistRow


def checklist_command(location: str, blobs: str | None, document: str | None) -> None:
    """Print one line for each report and item, and a sum."""
    with opened_store(location, blobs) as store, store.reading() as connection:
        rows = list(checklist_rows(connection, document))
    screen = console()
    if not rows:
        screen.print("No annual report of an English council on complaints about children's services.")
        return
    table = Table()
    for heading in ("document", "asked for", "status", "pages", "evidence"):
        table.add_column(heading, overflow="fold")
    before = ""
    for row in rows:
        cells = (row.document if row.document != before else "", row.asks, row.status, _pages(row), _evidence(row))
        table.add_row(*map(Text, cells), end_section=row is rows[-1])
        before = row.document
    screen.print(table)
    reports = len({row.document for row in rows})
    times = {status: sum(row.status == status for row in rows) for status in ("found", "unclear", "missing")}
    said = ", ".join(f"{count:,} {status}" for status, count in times.items())
    screen.print(f"{reports:,} report{'' if reports == 1 else 's'}: {said}.")


def _pages(row: ChecklistRow) -> str:
    return ", ".join(map(str, row.pages[:5])) + (" …" if len(row.pages) > 5 else "")


def _evidence(row: ChecklistRow) -> str:
    if row.figure_ids:
        more = f" and {len(row.figure_ids) - 1} more" if len(row.figure_ids) > 1 else ""
        return f"figure {row.figure_ids[0]}{more}"
    return f"“{row.words[0][:120]}”" if row.words else ""
