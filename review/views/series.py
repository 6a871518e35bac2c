"""Series: what councils counted over the years, with what every document said of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import ColumnElement, Connection, case, func, select

from pipeline.decisions import history, standings_of
from pipeline.exports.series import SeriesFilter, series_rows
from pipeline.store.tables import observations
from review import labels
from review.views.charts import Sparkline, sparkline
from review.views.deciding import StandingView, standing_view
from review.views.documents import councils
from review.views.figures import document_address
from review.views.linechart import LineChart, line_chart
from review.views.paging import Filter, Option, Paging, address, paging
from schemas.decisions import Standing, Subject
from schemas.exports import SeriesRow, StatementRow
from schemas.periods import Period

FILTERS = ("authority", "measure", "status", "periods", "q")
LINES = 20
_PERIODS = {"": "years", "half": "halves", "quarter": "quarters", "other": "days and others"}
_AGREEMENTS = {"reference": "", "agrees": "agrees", "rounds_alike": "agrees when rounded"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One observation in the table: its value, its status, and the evidence that it leads to ("" where there is none)."""

    value: str
    status: str
    address: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesLine:
    """One line of the table of series."""

    address: str
    name: str
    statistic: str
    spark: Sparkline
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesTable:
    """The series of one council and measure. `downloads` are formats with their addresses."""

    authority: str
    measure: str
    lines: tuple[SeriesLine, ...]
    periods: tuple[str, ...]
    filters: tuple[Filter, ...]
    paging: Paging
    downloads: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What one document said of an observation."""

    figure_id: str
    value: str
    printed: str
    document: str
    page: int
    vintage: str
    agreement: str
    agreement_code: str
    grade: str
    decided: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservationView:
    """One observation: the value that is used and why, all statements, and where it stands."""

    id: str
    period: str
    value: str
    raw: str
    status: str
    why: str
    source: str
    first: str
    last: str
    statements: tuple[Said, ...]
    values: tuple[tuple[str, str, str], ...]
    standing: StandingView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesPage:
    """One series."""

    id: str
    name: str
    authority: str
    service: str
    statistic: str
    unit: str
    chart: LineChart
    observations: tuple[ObservationView, ...]
    perhaps: tuple[tuple[str, str], ...]
    before: tuple[str, ...]
    after: tuple[str, ...]
    table: str
    downloads: tuple[tuple[str, str], ...]


def read_table(connection: Connection, asked: Mapping[str, str], page: int) -> SeriesTable:
    """The series of a council (the first, if none is asked for) and a measure."""
    known = councils(connection)
    authority = asked.get("authority") or (known[0].code if known else "")
    measures = _measures(connection, authority)
    measure = asked.get("measure") or (measures[0].code if measures else "")
    asked = {**asked, "authority": authority, "measure": measure}
    where = _conditions(asked)
    ids, total = _series(connection, where, page)
    rows = (
        list(series_rows(connection, chosen=SeriesFilter(authority=authority, measure=measure, series=ids)))
        if ids
        else []
    )
    shown = [row for row in rows if _kind(row.period) == asked.get("periods", "")]
    periods = tuple(sorted({row.period for row in shown}, key=_order))
    by_series = {
        series: list(of)
        for series, of in groupby(sorted(shown, key=lambda r: ids.index(r.series_id)), key=lambda r: r.series_id)
    }
    return SeriesTable(
        authority=next((c.label for c in known if c.code == authority), authority),
        measure=labels.measure(measure),
        lines=tuple(_line(series, by_series[series], periods) for series in ids if series in by_series),
        periods=periods,
        filters=(
            Filter(name="authority", label="Authority", chosen=authority, options=known, unset=""),
            Filter(name="measure", label="Measure", chosen=measure, options=measures, unset=""),
            Filter(name="status", label="Status", chosen=asked.get("status", ""), options=tuple(Option(code=s, label=labels.words(s)) for s in labels.STATUSES)),
            Filter(name="periods", label="Periods", chosen=asked.get("periods", ""), options=tuple(Option(code=c, label=t) for c, t in _PERIODS.items() if c), unset="years"),
            Filter(name="q", label="Breakdown", chosen=asked.get("q", "")),
        ),
        paging=paging("/series", asked, page, total, LINES),
        downloads=_downloads({n: asked[n] for n in ("authority", "measure", "status") if asked.get(n)}),
    )  # fmt: skip


def read_series(connection: Connection, series_id: str) -> SeriesPage | None:
    """One series, with every statement; None where there is none."""
    scope = connection.scalar(select(observations.c.scope).where(observations.c.series_id == series_id).limit(1))
    if scope is None:
        return None
    rows = sorted(_rows_of(connection, series_id), key=lambda r: _order(r.period))
    return series_page(connection, rows) if rows else None


def _rows_of(connection: Connection, series_id: str) -> list[SeriesRow]:
    return list(series_rows(connection, chosen=SeriesFilter(id=series_id, series=(series_id,))))


def rows_around(connection: Connection, observation_id: str) -> list[SeriesRow]:
    """The series that an observation is of."""
    query = select(observations.c.series_id).where(observations.c.observation_id == observation_id)
    series_id = connection.scalar(query)
    return sorted(_rows_of(connection, series_id), key=lambda r: _order(r.period)) if series_id else []


def series_page(connection: Connection, rows: Sequence[SeriesRow]) -> SeriesPage:
    """The page of a series, from its rows in the order of their periods."""
    head = rows[0]
    standings = standings_of(connection, (Subject("observation", row.observation_id) for row in rows))
    asked = {"authority": head.authority_code or head.authority or "", "measure": head.measure}
    return SeriesPage(
        id=head.series_id,
        name=_name(head),
        authority=head.authority or "Authority not known",
        service=head.service,
        statistic=labels.words(head.statistic),
        unit=labels.words(head.unit),
        chart=line_chart(rows),
        observations=tuple(
            observation_view(connection, row, standings[Subject("observation", row.observation_id)]) for row in rows
        ),
        perhaps=tuple(dict.fromkeys((link.series_id, link.why) for row in rows for link in row.perhaps)),
        before=tuple(head.predecessors),
        after=tuple(head.successors),
        table=address("/series", asked),
        downloads=_downloads({"series": head.series_id}),
    )


def observation_view(connection: Connection, row: SeriesRow, standing: Standing) -> ObservationView:
    """One observation of a series, and where it stands."""
    made = history(connection, standing.subject) if standing.last else ()
    said = tuple(_said(statement, row.unit) for statement in row.statements)
    return ObservationView(
        id=row.observation_id,
        period=row.period,
        value=_number(row.value, row.unit),
        raw="" if row.value is None else str(row.value),
        status=row.status,
        why=row.why,
        source=row.document or "",
        first=_number(row.first_reported, row.unit),
        last=_number(row.last_reported, row.unit),
        statements=said,
        values=tuple(_values(row)),
        standing=standing_view(standing, made) if standing.token else None,
    )


def _values(row: SeriesRow) -> list[tuple[str, str, str]]:
    """The values that documents give, each with its text and who says so: what one may decide for."""
    found: dict[str, list[str]] = {}
    for statement in row.statements:
        if statement.value is not None:
            found.setdefault(str(statement.value), []).append(f"{statement.document}, page {statement.page}")
    return [(value, _number(float(value), row.unit) if "." in value else _number(int(value), row.unit), "; ".join(dict.fromkeys(by))) for value, by in found.items()]  # fmt: skip


def _said(statement: StatementRow, unit: str) -> Said:
    sha256 = statement.document_sha256 or ""
    return Said(
        figure_id=statement.figure_id,
        value=_number(statement.value, unit),
        printed=statement.raw_text,
        document=statement.document,
        page=statement.page,
        vintage=statement.vintage,
        agreement=_AGREEMENTS.get(statement.agreement, labels.words(statement.agreement)),
        agreement_code=statement.agreement,
        grade=statement.grade,
        decided="" if statement.decision == "open" else statement.decision,
        address=f"{document_address(sha256)}/{statement.page}?figure={statement.figure_id}",
    )


def _name(row: SeriesRow) -> str:
    breakdown = labels.breakdown(sorted(row.dims.items()))
    return f"{labels.measure(row.measure)}, {breakdown}" if breakdown else f"{labels.measure(row.measure)}, all"


def _line(series: str, rows: Sequence[SeriesRow], periods: Sequence[str]) -> SeriesLine:
    by_period = {row.period: row for row in rows}
    in_order = [by_period.get(period) for period in periods]
    breakdown = labels.breakdown(sorted(rows[0].dims.items()))
    return SeriesLine(
        address=f"/series/{series}",
        name=breakdown or "all",
        statistic=labels.words(rows[0].statistic),
        spark=sparkline([None if row is None or row.value is None else float(row.value) for row in in_order]),
        cells=tuple(None if row is None else _cell(row) for row in in_order),
    )


def _cell(row: SeriesRow) -> Cell:
    chosen = next((s for s in row.statements if s.document == row.document and s.value == row.value), None)
    chosen = chosen or next(iter(row.statements), None)
    sha256 = chosen.document_sha256 or "" if chosen else ""
    value = _number(row.value, row.unit) if row.status != "missing" else ""
    return Cell(
        value=value,
        status=row.status,
        address=f"{document_address(sha256)}/{chosen.page}?figure={chosen.figure_id}" if chosen else "",
        text=f"{row.period}: {value} {labels.words(row.status)}",
    )


def _number(value: float | int | None, unit: str) -> str:
    return labels.number(None if value is None else str(value), unit)


def _measures(connection: Connection, scope: str) -> tuple[Option, ...]:
    of = observations.c.measure
    query = select(of, func.count()).where(observations.c.scope == scope).group_by(of)
    found = sorted(connection.execute(query), key=lambda row: -row[1])
    return tuple(Option(code=code, label=labels.measure(code)) for code, _ in found)


def _series(connection: Connection, where: Sequence[ColumnElement[bool]], page: int) -> tuple[tuple[str, ...], int]:
    """The ids of the series of a page of the table: totals first, counts before shares."""
    of = observations.c
    grouped = select(of.series_id, of.statistic, of.dims).where(*where).group_by(of.series_id, of.statistic, of.dims)
    total = connection.scalar(select(func.count()).select_from(grouped.subquery())) or 0
    ordered = grouped.order_by(case((of.statistic == "count", 0), else_=1), of.statistic, func.length(of.dims), of.dims, of.series_id)  # fmt: skip
    first = (max(page, 1) - 1) * LINES
    return tuple(row.series_id for row in connection.execute(ordered.limit(LINES).offset(first))), total


def _conditions(asked: Mapping[str, str]) -> list[ColumnElement[bool]]:
    of = observations.c
    where: list[ColumnElement[bool]] = [of.scope == asked["authority"], of.measure == asked["measure"]]
    where.append(_of_kind(asked.get("periods", "")))
    if asked.get("status"):
        where.append(of.status == asked["status"])
    if asked.get("q"):
        where.append(func.lower(of.dims).contains(asked["q"].lower(), autoescape=True))
    return where


def _of_kind(kind: str) -> ColumnElement[bool]:
    """The condition that `_kind` gives `kind`, by the form of the code."""
    period = observations.c.period
    year, half, quarter = period.like("____/__"), period.like("____/__ H_"), period.like("____/__ Q_")
    return {"": year, "half": half, "quarter": quarter}.get(kind, ~(year | half | quarter))


def _kind(code: str) -> str:
    if len(code) == 7 and code[4] == "/":
        return ""
    return {"H": "half", "Q": "quarter"}.get(code[8:9], "other") if code[4:5] == "/" else "other"


def _order(code: str) -> tuple[str, str]:
    period = Period.parse(code)
    return period.end.isoformat(), code


def _downloads(asked: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((form, address(f"/series/download/{form}", asked)) for form in ("csv", "xlsx", "jsonl"))
