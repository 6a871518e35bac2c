"""`crossfoot status`: what is in the store."""

from collections import Counter
from collections.abc import Iterable

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text
from sqlalchemy import Connection

from pipeline.commands.common import console, opened_store
from pipeline.store.queries import all_documents, counts, counts_by_document, names_of_sources
from pipeline.store.tables import documents, figures, findings, marks, pages

_GRADES = ("proved", "read", "doubtful", "unreadable")
_SEVERITIES = ("high", "medium", "low")


def status_command(location: str, blobs: str | None, *, documents: bool) -> None:
    """Print the state of the store; with `documents`, a line for each of them too."""
    screen = console()
    with opened_store(location, blobs) as store, store.reading() as connection:
        screen.print(_overview(connection))
        if documents:
            screen.print(_by_document(connection))
        _print_quarantine(screen, connection)


def _overview(connection: Connection) -> RenderableType:
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(style="bold")
    table.add_column(overflow="fold")
    table.add_row("documents", _listed(counts(connection, documents.c.status), ("imported", "pending", "quarantined")))
    table.add_row("pages", _pages(dict(counts(connection, pages.c.source))))
    table.add_row("figures", _listed(counts(connection, figures.c.grade), _GRADES))
    table.add_row("numbers", _numbers(dict(counts(connection, marks.c.kind))))
    table.add_row("findings", _listed(counts(connection, findings.c.severity), _SEVERITIES))
    return table


def _listed(found: Iterable[tuple[str, int]], order: tuple[str, ...]) -> str:
    times = dict(found)
    parts = [f"{times[name]:,} {name}" for name in order if times.get(name)]
    return f"{sum(times.values()):,}" + (f": {', '.join(parts)}" if parts else "")


def _pages(times: dict[str, int]) -> str:
    waiting = times.get("none", 0)
    return f"{sum(times.values()):,}" + (f", {waiting:,} without readable text: they need OCR" if waiting else "")


def _numbers(times: dict[str, int]) -> str:
    """Every number of every page, the largest groups first, unplaced ones last."""
    if not times:
        return "0"
    known = Counter({kind: n for kind, n in times.items() if kind not in ("figure", "unplaced")})
    total, unplaced = sum(times.values()), times.get("unplaced", 0)
    others = ", ".join(f"{kind} {n:,}" for kind, n in sorted(known.items(), key=lambda kn: (-kn[1], kn[0])))
    return (
        f"{total:,} on the pages: {times.get('figure', 0):,} in figures, "
        f"{known.total():,} known to be none{f' ({others})' if others else ''}, "
        f"{unplaced:,} unplaced ({100 * unplaced / total:.1f}%)"
    )


def _by_document(connection: Connection) -> RenderableType:
    table = Table(title="Documents", title_justify="left")
    table.add_column("document", overflow="fold")
    for heading in ("status", "authority", "period"):
        table.add_column(heading)
    for heading in ("pages", "no text", "numbers", "in figures", "known", "unplaced", "figures"):
        table.add_column(heading, justify="right")
    tallies = counts_by_document(connection)
    for document in all_documents(connection):
        tally = tallies.get(document["id"], {})
        sums = Counter({prefix: 0 for prefix in ("page", "mark", "grade")})
        for what, times in tally.items():
            sums[what.partition(":")[0]] += times
        in_figures, unplaced = tally.get("mark:figure", 0), tally.get("mark:unplaced", 0)
        counted = (sums["page"], tally.get("page:none", 0), sums["mark"], in_figures)
        rest = (sums["mark"] - in_figures - unplaced, unplaced, sums["grade"])
        described = (document["name"], document["status"], document["authority"] or "?", document["period"] or "?")
        table.add_row(*map(Text, described), *(f"{n:,}" for n in counted + rest))
    return table


def _print_quarantine(screen: Console, connection: Connection) -> None:
    names = names_of_sources(connection)
    for document in all_documents(connection):
        if document["status"] != "quarantined":
            continue
        why = f"{document['reason']}. {document['message']} {document['advice']}".strip()
        for name in names.get(document["id"], [document["name"]]):
            screen.print(Text(f"quarantined {name}: {why}"), soft_wrap=True)
