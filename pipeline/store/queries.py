"""Read from the store: documents in the order of their names, what was read from them in the order of reading."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, func, select

from pipeline.store.database import Store
from pipeline.store.rows import figure_of, relation_of
from pipeline.store.tables import (
    documents,
    figures,
    finding_documents,
    findings,
    marks,
    metadata,
    pages,
    problems,
    relation_members,
    sources,
)
from schemas.figures import MISPRINT, Figure
from schemas.relations import Relation

Found = RowMapping


def imported(connection: Connection) -> list[Found]:
    """Documents that were read, by name. Sorted here, because databases sort text in their own ways."""
    return [d for d in all_documents(connection) if d["status"] == "imported"]


def all_documents(connection: Connection) -> list[Found]:
    """All documents, by name."""
    return sorted(connection.execute(select(documents)).mappings(), key=lambda d: (d["name"], d["key"]))


def documents_by_id(connection: Connection, numbers: Sequence[int]) -> list[Found]:
    """The documents with these numbers; any number of them."""
    at_once = 500  # a database takes only so many parameters
    batches = (numbers[start : start + at_once] for start in range(0, len(numbers), at_once))
    return [
        found
        for batch in batches
        for found in connection.execute(select(documents).where(documents.c.id.in_(batch))).mappings()
    ]


def rows_of_document(connection: Connection, table: str, document_id: int) -> Sequence[Found]:
    """What was read from one document, in the order of reading (`table`: pages, problems, figures, relations, marks)."""
    of = metadata.tables[table]
    order = of.c.number if table == "pages" else of.c.position
    return connection.execute(select(of).where(of.c.document_id == document_id).order_by(order)).mappings().all()


def members_of(connection: Connection, document_id: int) -> dict[int, list[tuple[str, str]]]:
    """(role, figure id) of each relation of a document, by the relation's position."""
    columns = (relation_members.c.relation, relation_members.c.role, relation_members.c.figure_id)
    query = select(*columns).where(relation_members.c.document_id == document_id)
    members: dict[int, list[tuple[str, str]]] = {}
    for relation, role, figure_id in connection.execute(query.order_by(columns[0], relation_members.c.position)).all():
        members.setdefault(relation, []).append((role, figure_id))
    return members


def read_figures(connection: Connection, document_id: int) -> tuple[Figure, ...]:
    """The figures of a document."""
    return tuple(figure_of(row) for row in rows_of_document(connection, "figures", document_id))


def read_relations(connection: Connection, document_id: int) -> tuple[Relation, ...]:
    """The relations of a document."""
    members = members_of(connection, document_id)
    rows = rows_of_document(connection, "relations", document_id)
    return tuple(relation_of(row, members.get(row["position"], [])) for row in rows)


def read_misprints(connection: Connection, document_id: int) -> tuple[str, ...]:
    """The periods that a document prints and that are none, as printed."""
    of_document = (marks.c.document_id == document_id, marks.c.reason == MISPRINT)
    return tuple(connection.scalars(select(marks.c.printed).where(*of_document).order_by(marks.c.position)))


def names_of_sources(connection: Connection) -> dict[int, list[str]]:
    """Every name that a document was found under, by document."""
    names: dict[int, list[str]] = {}
    for number, name in connection.execute(select(sources.c.document_id, sources.c.name)):
        names.setdefault(number, []).append(name)
    return {number: sorted(of) for number, of in names.items()}


def findings_with_documents(connection: Connection) -> list[tuple[Found, list[int]]]:
    """All findings, each with the numbers of its documents."""
    about: dict[int, list[int]] = {}
    links = select(finding_documents).order_by(finding_documents.c.finding, finding_documents.c.position)
    for link in connection.execute(links):
        about.setdefault(link.finding, []).append(link.document_id)
    return [(row, about.get(row["id"], [])) for row in connection.execute(select(findings)).mappings()]


def count_figures(store: Store) -> int:
    """How many figures there are."""
    with store.reading() as connection:
        return connection.execute(select(func.count()).select_from(figures)).scalar_one()


def count_findings(store: Store) -> int:
    """How many findings there are."""
    with store.reading() as connection:
        return connection.execute(select(func.count()).select_from(findings)).scalar_one()


def counts(connection: Connection, *columns: ColumnElement[Any]) -> list[tuple[Any, ...]]:
    """How many rows there are with each combination of `columns`: (value, …, count)."""
    query: Select[Any] = select(*columns, func.count()).group_by(*columns)
    return [tuple(row) for row in connection.execute(query)]


def counts_by_document(connection: Connection) -> dict[int, dict[str, int]]:
    """Numbers of a document, by what became of them, and its figures, pages, and pages without words."""
    found: dict[int, dict[str, int]] = {}
    for number, kind, times in counts(connection, marks.c.document_id, marks.c.kind):
        found.setdefault(number, {})[f"mark:{kind}"] = times
    for number, grade, times in counts(connection, figures.c.document_id, figures.c.grade):
        found.setdefault(number, {})[f"grade:{grade}"] = times
    for number, source, times in counts(connection, pages.c.document_id, pages.c.source):
        found.setdefault(number, {})[f"page:{source}"] = times
    return found


def problems_by_document(connection: Connection) -> dict[int, list[Found]]:
    """Problems of documents and their pages, by document."""
    found: dict[int, list[Found]] = {}
    query = select(problems).order_by(problems.c.document_id, problems.c.position)
    for row in connection.execute(query).mappings():
        found.setdefault(row["document_id"], []).append(row)
    return found


def figures_by_prefix(connection: Connection, prefix: str, limit: int) -> list[Found]:
    """Figures whose id begins with `prefix`; the one whose id it is comes alone."""
    if exact := figures_by_id(connection, [prefix]):
        return exact
    query = select(figures).where(figures.c.figure_id.startswith(prefix, autoescape=True)).limit(limit)
    return list(connection.execute(query).mappings())


def figures_by_id(connection: Connection, ids: Sequence[str]) -> list[Found]:
    """The figures with these ids."""
    return list(connection.execute(select(figures).where(figures.c.figure_id.in_(ids))).mappings())


def finding_list(text: str) -> list[Any]:
    """A list that is kept as JSON."""
    return list(json.loads(text))


def iterate_imported(connection: Connection, table: str) -> Iterator[tuple[Found, Sequence[Found]]]:
    """Each document that was read, with its rows of `table`."""
    for document in imported(connection):
        yield document, rows_of_document(connection, table, document["id"])
