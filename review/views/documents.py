"""The list of documents."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, func, select

from pipeline.store.queries import Found
from pipeline.store.tables import documents, tallies
from review import labels
from review.views.charts import Bar, grade_bar
from review.views.figures import document_address
from review.views.paging import LINES, Filter, Option, Paging, offset_of, paging


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentLine:
    """One line of the list."""

    name: str
    address: str
    status: str
    trouble: str
    authority: str
    period: str
    type: str
    pages: int
    without_text: int
    figures: int
    bar: Bar
    doubtful: int
    unplaced: int
    findings: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentsPage:
    """The list of documents."""

    lines: tuple[DocumentLine, ...]
    filters: tuple[Filter, ...]
    paging: Paging


def read_documents(connection: Connection, asked: Mapping[str, str], page: int) -> DocumentsPage:
    """Documents by name, those that `asked` (q, authority, year, status) lets through."""
    where = list(_conditions(asked))
    total = connection.scalar(select(func.count()).select_from(documents).where(*where)) or 0
    query = select(documents).where(*where).order_by(documents.c.name, documents.c.id)
    rows = connection.execute(query.limit(LINES).offset(offset_of(page))).mappings().all()
    tallied = _tallies_of(connection, [row["id"] for row in rows])
    return DocumentsPage(
        lines=tuple(_line(row, tallied.get(row["id"], {})) for row in rows),
        filters=(
            Filter(name="q", label="Name", chosen=asked.get("q", "")),
            authority_filter(connection, asked.get("authority", "")),
            year_filter(connection, asked.get("year", "")),
            Filter(
                name="status",
                label="Status",
                chosen=asked.get("status", ""),
                options=tuple(Option(code=s, label=s) for s in ("imported", "pending", "quarantined")),
            ),
        ),
        paging=paging("/documents", asked, page, total),
    )


def authority_filter(connection: Connection, chosen: str) -> Filter:
    """A filter by council."""
    return Filter(name="authority", label="Authority", chosen=chosen, options=councils(connection))


def councils(connection: Connection) -> tuple[Option, ...]:
    """The councils of the store: by the code that their documents are held against each other under."""
    query = select(documents.c.authority, documents.c.authority_code).distinct()
    rows = connection.execute(query.where(documents.c.status == "imported"))
    return tuple(sorted({Option(code=code or name, label=name) for name, code in rows if name}, key=lambda o: o.label))


def year_filter(connection: Connection, chosen: str) -> Filter:
    """A filter by the years that documents are about."""
    periods = connection.scalars(select(documents.c.period).where(documents.c.period.is_not(None)).distinct())
    years = sorted({period[:7] for period in periods if "/" in period[:7]}, reverse=True)
    return Filter(
        name="year", label="Year", chosen=chosen, options=tuple(Option(code=year, label=year) for year in years)
    )


def _conditions(asked: Mapping[str, str]) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = []
    if asked.get("q"):
        where.append(func.lower(documents.c.name).contains(asked["q"].lower(), autoescape=True))
    if authority := asked.get("authority"):
        where.append((documents.c.authority_code == authority) | (documents.c.authority == authority))
    if asked.get("year"):
        where.append(documents.c.period.startswith(asked["year"], autoescape=True))
    if asked.get("status"):
        where.append(documents.c.status == asked["status"])
    return where


def _tallies_of(connection: Connection, ids: list[int]) -> dict[int, dict[str, int]]:
    found: dict[int, dict[str, int]] = {}
    for row in connection.execute(select(tallies).where(tallies.c.document_id.in_(ids))):
        found.setdefault(row.document_id, {})[row.what] = row.number
    return found


def _line(row: Found, tally: Mapping[str, int]) -> DocumentLine:
    def total(prefix: str) -> int:
        return sum(number for what, number in tally.items() if what.startswith(prefix))

    return DocumentLine(
        name=row["name"],
        address=document_address(row["sha256"]) if row["status"] == "imported" else "",
        status=row["status"],
        trouble=f"{row['message']} {row['advice']}".strip(),
        authority=row["authority"] or "",
        period=row["period"] or "",
        type=labels.words(row["type"]),
        pages=total("page:"),
        without_text=tally.get("page:none", 0),
        figures=total("grade:"),
        bar=grade_bar(tally),
        doubtful=tally.get("grade:doubtful", 0) + tally.get("grade:unreadable", 0),
        unplaced=tally.get("mark:unplaced", 0),
        findings=total("finding:"),
    )
