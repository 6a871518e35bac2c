"""The list of findings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, case, func, select

from pipeline.store.queries import Found
from pipeline.store.tables import documents, finding_documents, findings
from review import labels
from review.views.documents import authority_filter, year_filter
from review.views.paging import LINES, Filter, Option, Paging, offset_of, paging

FILTERS = ("authority", "year", "kind", "severity", "span", "state")
_SPANS = {"within": "within a document", "across": "across documents"}
_STATES = {"open": "open", "accepted": "accepted", "dismissed": "dismissed"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingLine:
    """One line of the list."""

    id: str
    severity: str
    kind: str
    message: str
    authority: str
    documents: tuple[str, ...]
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingsPage:
    """The list of findings."""

    lines: tuple[FindingLine, ...]
    filters: tuple[Filter, ...]
    paging: Paging


def read_findings(connection: Connection, asked: Mapping[str, str], page: int) -> FindingsPage:
    """Findings, the most severe first."""
    where = list(_conditions(asked))
    total = connection.scalar(select(func.count()).select_from(findings).where(*where)) or 0
    severity = case({s: i for i, s in enumerate(labels.SEVERITIES)}, value=findings.c.severity)
    query = select(findings).where(*where).order_by(severity, findings.c.kind, findings.c.finding_id)
    rows = connection.execute(query.limit(LINES).offset(offset_of(page))).mappings().all()
    about = _documents(connection, [row["id"] for row in rows])
    return FindingsPage(
        lines=tuple(_line(row, about.get(row["id"], [])) for row in rows),
        filters=(
            authority_filter(connection, asked.get("authority", "")),
            year_filter(connection, asked.get("year", "")),
            _fixed("kind", "Kind", asked, labels.KINDS),
            _fixed("severity", "Severity", asked, {s: s for s in labels.SEVERITIES}),
            _fixed("span", "Where", asked, _SPANS),
            _fixed("state", "State", asked, _STATES),
        ),
        paging=paging("/findings", asked, page, total),
    )


def _fixed(name: str, label: str, asked: Mapping[str, str], choices: Mapping[str, str]) -> Filter:
    options = tuple(Option(code=code, label=text) for code, text in choices.items())
    return Filter(name=name, label=label, chosen=asked.get(name, ""), options=options)


def _conditions(asked: Mapping[str, str]) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = []
    for name, column in (("kind", findings.c.kind), ("severity", findings.c.severity), ("state", findings.c.status)):
        if asked.get(name):
            where.append(column == asked[name])
    if asked.get("span"):
        where.append(findings.c.scope != "" if asked["span"] == "across" else findings.c.scope == "")
    of_documents: list[ColumnElement[bool]] = []
    if authority := asked.get("authority"):
        of_documents.append((documents.c.authority_code == authority) | (documents.c.authority == authority))
    if asked.get("year"):
        of_documents.append(documents.c.period.startswith(asked["year"], autoescape=True))
    if of_documents:
        joined = finding_documents.join(documents, documents.c.id == finding_documents.c.document_id)
        where.append(findings.c.id.in_(select(finding_documents.c.finding).select_from(joined).where(*of_documents)))
    return where


def _documents(connection: Connection, ids: Sequence[int]) -> dict[int, list[tuple[str, str]]]:
    """Name and authority of the documents of each finding."""
    joined = finding_documents.join(documents, documents.c.id == finding_documents.c.document_id)
    columns = (finding_documents.c.finding, documents.c.name, documents.c.authority)
    query = select(*columns).select_from(joined).where(finding_documents.c.finding.in_(ids))
    found: dict[int, list[tuple[str, str]]] = {}
    for finding, name, authority in connection.execute(query.order_by(finding_documents.c.position)):
        found.setdefault(finding, []).append((name, authority or ""))
    return found


def _line(row: Found, about: Sequence[tuple[str, str]]) -> FindingLine:
    return FindingLine(
        id=row["finding_id"],
        severity=row["severity"],
        kind=labels.KINDS[row["kind"]],
        message=row["message"],
        authority=about[0][1] if about else "",
        documents=tuple(name for name, _ in about),
        status=row["status"],
    )
