"""Write to the store what the checks of documents gave, many documents at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, update

from pipeline.store.repairs import replace_repairs
from pipeline.store.tables import documents, figures
from pipeline.store.writing import clear_findings, outdate, write_finding
from schemas.figures import Grade
from schemas.findings import Finding
from schemas.repairs import Repair


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What checking one document gave: findings, repairs, and grades and confidences (by figure) that are not as they were read."""

    number: int
    findings: tuple[Finding, ...]
    repairs: tuple[Repair, ...]
    grades: Mapping[str, Grade]
    confidences: Mapping[str, float]


def write_checked(connection: Connection, batch: Sequence[Checked], version: str) -> None:
    """Replace the findings about each document, the repairs and grades of its figures, and note which checks they come from."""
    numbers = [one.number for one in batch]
    _write_grades(connection, numbers, batch)
    _write_confidences(connection, numbers, batch)
    replace_repairs(connection, {one.number: one.repairs for one in batch})
    clear_findings(connection, numbers, scope="")
    outdate(connection, numbers)
    for one in batch:
        for finding in one.findings:
            write_finding(connection, finding, [one.number])
    connection.execute(update(documents).where(documents.c.id.in_(numbers)).values(checked=version))


def _write_grades(connection: Connection, numbers: Sequence[int], batch: Sequence[Checked]) -> None:
    of_documents = update(figures).where(figures.c.document_id.in_(numbers))
    changed = of_documents.where(figures.c.grade != figures.c.grade_as_read)
    connection.execute(changed.values(grade=figures.c.grade_as_read))
    rows = [{"of": one.number, "at": key, "to": grade} for one in batch for key, grade in sorted(one.grades.items())]
    if rows:
        connection.execute(_of_figure.values(grade=bindparam("to")), rows)
    for kept in (figures.c.grade_alone, figures.c.grade_checked):
        connection.execute(of_documents.where(kept != figures.c.grade).values({kept: figures.c.grade}))


def _write_confidences(connection: Connection, numbers: Sequence[int], batch: Sequence[Checked]) -> None:
    changed = update(figures).where(
        figures.c.document_id.in_(numbers), figures.c.confidence != figures.c.confidence_as_read
    )
    connection.execute(changed.values(confidence=figures.c.confidence_as_read))
    rows = [
        {"of": one.number, "at": key, "to": value} for one in batch for key, value in sorted(one.confidences.items())
    ]
    if rows:
        connection.execute(_of_figure.values(confidence=bindparam("to")), rows)


_of_figure = update(figures).where(figures.c.document_id == bindparam("of"), figures.c.figure_id == bindparam("at"))
