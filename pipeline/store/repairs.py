"""The repairs of a document's figures, in the store: rows of their own beside what is printed."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from sqlalchemy import Connection, delete, insert

from pipeline.store.queries import finding_list, rows_of_document
from pipeline.store.rows import compact
from pipeline.store.tables import repairs
from schemas.repairs import Repair


def replace_repairs(connection: Connection, found: Mapping[int, Sequence[Repair]]) -> None:
    """Keep these repairs of documents, by their numbers, and no others of theirs."""
    connection.execute(delete(repairs).where(repairs.c.document_id.in_(list(found))))
    rows = [
        {
            "document_id": document_id,
            "position": position,
            "figure_id": repair.figure_id,
            "printed": repair.printed,
            "proposed": str(repair.proposed),
            "cost": repair.cost,
            "slips": compact(repair.slips),
            "proved": repair.proved,
            "relation_ids": compact(repair.relation_ids),
            "hypotheses": compact(repair.hypotheses),
        }
        for document_id, of_document in found.items()
        for position, repair in enumerate(of_document)
    ]
    if rows:
        connection.execute(insert(repairs), rows)


def read_repairs(connection: Connection, document_id: int) -> dict[str, Repair]:
    """The repairs of a document, by figure id."""
    return {
        row["figure_id"]: Repair(
            figure_id=row["figure_id"],
            printed=row["printed"],
            proposed=Decimal(row["proposed"]),
            cost=row["cost"],
            slips=tuple(finding_list(row["slips"])),
            proved=row["proved"],
            relation_ids=tuple(finding_list(row["relation_ids"])),
            hypotheses=tuple(finding_list(row["hypotheses"])),
        )
        for row in rows_of_document(connection, "repairs", document_id)
    }
