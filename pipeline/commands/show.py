"""`crossfoot show`: one figure, finding, series or observation, with everything that supports it."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text
from sqlalchemy import Connection, select

from pipeline.commands.common import console, opened_store
from pipeline.commands.series import show_series
from pipeline.crop import write_crop
from pipeline.decisions.overlay import Decided, decided_in
from pipeline.exports.rows import figure_row, finding_rows
from pipeline.exports.series import SeriesFilter, series_rows
from pipeline.store.database import Store
from pipeline.store.queries import Found, figures_by_id, figures_by_prefix, read_relations
from pipeline.store.repairs import read_repairs
from pipeline.store.rows import box_of
from pipeline.store.tables import documents
from schemas.errors import UsageError
from schemas.exports import FigureRow, FindingRow
from schemas.figures import BY_SUMS
from schemas.relations import Relation
from schemas.repairs import Repair

_MOST_CANDIDATES = 10


def show_command(location: str, blobs: str | None, prefix: str, crop: str | None, password: str | None) -> None:
    """Print the one figure, finding, series or observation whose id begins with `prefix`."""
    if not prefix:
        raise UsageError("An id is needed.", advice="`crossfoot figures` lists them.")
    with opened_store(location, blobs) as store, store.reading() as connection:
        figures = figures_by_prefix(connection, prefix, _MOST_CANDIDATES)
        findings = [row for row in finding_rows(connection) if row.finding_id.startswith(prefix)]
        series = _series_ids(connection, prefix)
        ids = {f["figure_id"] for f in figures} | {f.finding_id for f in findings} | series.keys()
        if not ids:
            message = f"No figure, finding or series begins with {prefix}."
            raise UsageError(message, advice="`crossfoot figures` and `crossfoot series` list them.")
        if len(ids) > 1:
            listed = ", ".join(sorted(ids)[:_MOST_CANDIDATES])
            raise UsageError(f"Several begin with {prefix}: {listed}.", advice="Give more of the id.")
        if series:
            show_series(console(), list(series_rows(connection, chosen=SeriesFilter(id=prefix))))
            figures = figures_by_id(connection, series[ids.pop()])
        elif findings:
            _show_finding(console(), connection, findings[0])
            figures = figures_by_id(connection, findings[0].figure_ids[:1])
        else:
            _show_figure(console(), connection, figures[0])
        if crop and figures:
            _write_crop(store, connection, figures[0], crop, password)


def _series_ids(connection: Connection, prefix: str) -> dict[str, list[str]]:
    """The ids of series and observations that begin with `prefix`, each with its first figure, if it has any."""
    found: dict[str, list[str]] = {}
    for row in series_rows(connection, chosen=SeriesFilter(id=prefix)):
        for one in (row.series_id, row.observation_id):
            if one.startswith(prefix):
                found.setdefault(one, []).extend(s.figure_id for s in row.statements[:1])
    return {one: figure_ids[:1] for one, figure_ids in found.items()}


def _document(connection: Connection, number: int) -> Found:
    return connection.execute(select(documents).where(documents.c.id == number)).mappings().one()


def _show_figure(screen: Console, connection: Connection, figure: Found) -> None:
    number, figure_id = figure["document_id"], figure["figure_id"]
    repair = read_repairs(connection, number).get(figure_id)
    decided = decided_in(connection, [number]).get(figure_id)
    row = figure_row(_document(connection, number), figure, repair, decided)
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(style="bold")
    table.add_column(overflow="fold")
    for label, text in _lines(row):
        table.add_row(label, Text(text))
    if figure["rule"].endswith(BY_SUMS):
        table.add_row("table", "its rows and columns are those whose totals, row sums and shares hold")
    words = Text(row.snippet)
    words.highlight_words([row.raw_text], "bold reverse")
    table.add_row("words", words)
    if repair is not None:
        for label, text in _repair_lines(repair, read_relations(connection, number)):
            table.add_row(label, Text(text))
    if decided is not None:
        table.add_row("decided", Text(_decided(decided)))
    screen.print(table)
    _show_relations(screen, connection, figure)


def _lines(row: FigureRow) -> list[tuple[str, str]]:
    value = "unreadable" if row.value is None else f"{row.value}"
    proposed = "" if row.proposed_value is None else f", proposed {row.proposed_value}"
    qualifier = "" if row.qualifier == "exact" else f" ({row.qualifier.replace('_', ' ')})"
    breakdown = "".join(f", {name} {text}" for name, text in row.dims.items())
    box = ", ".join(f"{edge:g}" for edge in row.bbox)
    return [
        ("figure", row.figure_id),
        ("value", f"{value} {row.unit}{qualifier}{proposed}, printed as “{row.raw_text}”"),
        ("says", f"{row.measure}, {row.statistic}{breakdown}"),
        ("period", f"{row.period or 'not known'} ({row.role})"),
        ("authority", f"{row.authority or 'not known'} {row.authority_code or ''}".strip()),
        ("grade", f"{row.grade}, confidence {row.confidence:g}, read from {row.method}"),
        *_reading_lines(row),
        ("where", f"{row.document}, page {row.page}, box {box}"),
    ]


def _reading_lines(row: FigureRow) -> list[tuple[str, str]]:
    """What each reader of a scan made of the print."""
    says = {
        "agree": "",
        "disagree": "; they differ",
        "not_comparable": "; one saw no such number",
        "single": "; read only once",
    }
    told = " and ".join(f"“{r.text}” by {r.reader} ({r.confidence:.2f})" for r in row.readings)
    return [("read as", f"{told}{says[row.agreement] if row.agreement else ''}")] if told else []


def _decided(decided: Decided) -> str:
    """What a person decided on a figure."""
    decision = decided.decision
    value = "" if decided.content is None or decided.content.value is None else f", {decided.content.value}"
    stale = "; it is read in another way now" if decided.stale else ""
    why = f": “{decision.why}”" if decision.why else ""
    return f"{decided.status} by {decision.who} on {decision.at:%Y-%m-%d}{value}{why}{stale}"


def _repair_lines(repair: Repair, relations: Sequence[Relation]) -> list[tuple[str, str]]:
    """What a figure most likely stands for, why, and what it rests on."""
    basis = "proved by two independent relations" if repair.proved else "not proved"
    lines = [("proposed", f"{repair.proposed}, {basis}"), *(("perhaps", text) for text in repair.hypotheses)]
    stated = {r.relation_id: r for r in relations}
    for relation_id in repair.relation_ids:
        relation = stated.get(relation_id)
        said = f": “{relation.evidence}”" if relation is not None and relation.evidence else ""
        lines.append(("fixed by", f"{relation.kind if relation is not None else 'what the figures imply'}{said}"))
    return lines


def _show_relations(screen: Console, connection: Connection, figure: Found) -> None:
    for relation in read_relations(connection, figure["document_id"]):
        if figure["figure_id"] not in relation.figure_ids:
            continue
        members = [
            f"{role} {_printed(connection, figure_id)}"
            for role, figure_id in zip(relation.roles, relation.figure_ids, strict=True)
        ]
        complete = "" if relation.complete else " (parts may overlap or be left out)"
        screen.print(Text(f"relation   {relation.kind}{complete}: {', '.join(members)}"), soft_wrap=True)
        if relation.evidence:
            screen.print(Text(f"           “{relation.evidence}”"), soft_wrap=True)


def _printed(connection: Connection, figure_id: str) -> str:
    """A figure as it is named beside others: as printed, with its id."""
    found = figures_by_id(connection, [figure_id])
    return f"{found[0]['printed']} [{figure_id}]" if found else f"[{figure_id}]"


def _show_finding(screen: Console, connection: Connection, row: FindingRow) -> None:
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(style="bold")
    table.add_column(overflow="fold")
    values = ", ".join(str(value) for value in row.values)
    described = [
        ("finding", row.finding_id),
        ("kind", f"{row.kind}, {row.severity}, {row.status}"),
        ("message", row.message),
        ("values", f"{values}; expected {row.expected}" if row.expected else values),
        ("documents", ", ".join(row.documents)),
    ]
    described += [("figure", _printed(connection, figure_id)) for figure_id in row.figure_ids]
    described += [("perhaps", hypothesis) for hypothesis in row.hypotheses]
    for label, text in described:
        table.add_row(label, Text(text))
    screen.print(table)


def _write_crop(store: Store, connection: Connection, figure: Found, target: str, password: str | None) -> None:
    document = _document(connection, figure["document_id"])
    pdf = store.blobs.path(document["rendition"])
    write_crop(pdf, figure["page"], box_of(figure), target, password)
    print(f"{target}: page {figure['page']} of {document['name']}")
