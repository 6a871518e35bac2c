"""What a person should look at, worst first: how suspicious a figure is, times how much depends on it. And tallies of documents."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import log2, prod
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, func, select

from pipeline.store.database import Store
from pipeline.store.queries import counts, imported
from pipeline.store.rows import Row, dims_of, scope_of
from pipeline.store.tables import (
    figures,
    finding_documents,
    findings,
    marks,
    pages,
    relation_members,
    repairs,
    suspects,
    tallies,
)
from pipeline.store.writing import insert_many

# How likely a figure is to be wrong, by what is known of it; reasons to doubt are taken as independent of each other.
_BY_GRADE = {"unreadable": 0.95, "doubtful": 0.6, "read": 0.1, "proved": 0.02}
_BY_SEVERITY = {"high": 0.5, "medium": 0.3, "low": 0.1}
_REPAIRED = 0.5
_PROVED_ALL_THE_SAME = 0.3  # a finding says that some figure in it is wrong: rather another than one that is proved
# How much hangs on a figure: a total more than its parts, a level more than a share of it, this year more than last year's.
_BY_STATISTIC = {"count": 1.0, "amount": 1.0, "change": 0.5, "percent_change": 0.5}
_OTHER_STATISTIC = 0.7
_COMPARATIVE = 0.6
_AT_ONCE = 500


def rank(store: Store) -> None:
    """Replace the order of the figures to look at, and the tallies of all documents."""
    with store.writing() as connection:
        connection.execute(delete(suspects))
        connection.execute(delete(tallies))
        insert_many(connection, suspects, list(_suspects(connection)))
        insert_many(connection, tallies, list(_tallies(connection)))


def is_ranked(connection: Connection) -> bool:
    """Whether the order is there: a store that was made by an older Crossfoot has none."""
    return connection.scalar(select(tallies.c.what).limit(1)) is not None or not imported(connection)


def suspicion(grade: str, severity: str, *, repaired: bool) -> float:
    """How likely a figure is to be wrong, from 0 to 1; `severity` is that of the worst finding that it is in, or ""."""
    found = _BY_SEVERITY.get(severity, 0.0) * (_PROVED_ALL_THE_SAME if grade == "proved" else 1.0)
    doubts = (_BY_GRADE[grade], found, _REPAIRED if repaired else 0.0)
    return 1 - prod(1 - doubt for doubt in doubts)


def impact(statistic: str, dims: int, role: str, relations: int) -> float:
    """How much depends on a figure: what it is, how many dimensions break it down, and how many relations it takes part in."""
    kind = _BY_STATISTIC.get(statistic, _OTHER_STATISTIC) * (_COMPARATIVE if role == "comparative" else 1.0)
    return kind * (1 + log2(1 + relations)) * 3 / (1 + dims)


def _suspects(connection: Connection) -> Iterator[Row]:
    """A row for each figure that is doubtful, cannot be read, or is in a finding."""
    found_in = _worst_findings(connection)
    repaired = set(connection.scalars(select(repairs.c.figure_id)))
    scopes = {document["id"]: scope_of(document) for document in imported(connection)}
    columns = [figures.c[name] for name in ("document_id", "position", "figure_id", "grade", "statistic", "dims", "role", "period", "measure")]  # fmt: skip
    graded = select(*columns).where(figures.c.grade.in_(("doubtful", "unreadable")))
    chosen = {(row["document_id"], row["position"]): row for row in connection.execute(graded).mappings()}
    for ids in _batches(sorted(found_in)):
        for row in connection.execute(select(*columns).where(figures.c.figure_id.in_(ids))).mappings():
            chosen[row["document_id"], row["position"]] = row
    related = _relations_of(connection, [row["figure_id"] for row in chosen.values()])
    for row in chosen.values():
        kind, severity = found_in.get(row["figure_id"], ("", ""))
        weight = impact(
            row["statistic"], len(dims_of(row["dims"])), row["role"], related.get(row["figure_id"], 0)
        ) * suspicion(row["grade"], severity, repaired=row["figure_id"] in repaired)
        yield {
            "document_id": row["document_id"],
            "position": row["position"],
            "figure_id": row["figure_id"],
            "priority": round(weight, 6),
            "scope": scopes[row["document_id"]],
            "period": row["period"] or "",
            "measure": row["measure"],
            "grade": row["grade"],
            "kind": kind,
            "severity": severity,
        }


def _worst_findings(connection: Connection) -> Mapping[str, tuple[str, str]]:
    """Kind and severity of the worst finding of each figure that is in any."""
    worst: dict[str, tuple[str, str]] = {}
    order = tuple(_BY_SEVERITY)
    query = select(findings.c.kind, findings.c.severity, findings.c.figure_ids).order_by(findings.c.finding_id)
    for kind, severity, figure_ids in connection.execute(query):
        for figure_id in json.loads(figure_ids):
            known = worst.get(figure_id)
            if known is None or order.index(severity) < order.index(known[1]):
                worst[figure_id] = (kind, severity)
    return worst


def _relations_of(connection: Connection, ids: Sequence[str]) -> dict[str, int]:
    """How many relations each of these figures takes part in."""
    of = relation_members.c.figure_id
    found: dict[str, int] = {}
    for some in _batches(ids):
        query = select(of, func.count()).where(of.in_(some)).group_by(of)
        found |= {figure_id: times for figure_id, times in connection.execute(query)}
    return found


def _batches(ids: Sequence[str]) -> Iterable[Sequence[str]]:
    return (ids[start : start + _AT_ONCE] for start in range(0, len(ids), _AT_ONCE))


def _tallies(connection: Connection) -> Iterator[Row]:
    of_document: Iterable[tuple[str, Iterable[tuple[int, str, int]]]] = (
        ("grade", _counted(connection, figures.c.document_id, figures.c.grade)),
        ("mark", _counted(connection, marks.c.document_id, marks.c.kind)),
        ("page", _counted(connection, pages.c.document_id, pages.c.source)),
        ("finding", _findings_counted(connection)),
    )
    known = {document["id"] for document in imported(connection)}
    for prefix, counted in of_document:
        for number, what, times in counted:
            if number in known:
                yield {"document_id": number, "what": f"{prefix}:{what}", "number": times}
    alone = select(figures.c.document_id, func.count()).where(
        figures.c.figure_id.not_in(select(relation_members.c.figure_id))
    )
    for number, times in connection.execute(alone.group_by(figures.c.document_id)):
        yield {"document_id": number, "what": "alone", "number": times}


def _counted(connection: Connection, *columns: ColumnElement[Any]) -> list[tuple[int, str, int]]:
    return [(number, what, times) for number, what, times in counts(connection, *columns)]


def _findings_counted(connection: Connection) -> list[tuple[int, str, int]]:
    joined = finding_documents.join(findings, findings.c.id == finding_documents.c.finding)
    columns = (finding_documents.c.document_id, findings.c.severity)
    return [
        tuple(row) for row in connection.execute(select(*columns, func.count()).select_from(joined).group_by(*columns))
    ]
