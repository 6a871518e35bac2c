"""The rows of the exports, as others read them: field names and types are a contract. `data/exports.schema.json` is made from them.

    python -m schemas.exports      writes that file anew

A value is a JSON number: a whole one without a point when it was printed so. Exact decimals are in `raw_text`.
"""

import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from schemas.checklist import ItemStatus
from schemas.decisions import Action, Stale, SubjectKind
from schemas.decisions import Status as DecisionStatus
from schemas.documents import DocumentType
from schemas.figures import Grade, Method, NumberKind, Qualifier, ReaderAgreement, Role, Statistic
from schemas.findings import FindingKind, FindingStatus, Severity
from schemas.policies import PolicyName
from schemas.relations import RelationKind
from schemas.series import Agreement, Status, Vintage

SCHEMA_FILE = "exports.schema.json"

Number = int | float
Box = tuple[float, float, float, float]


class ExportRow(BaseModel):
    """What all rows have in common: nothing is converted, nothing is added."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class ReadingRow(ExportRow):
    """What one reader made of the print of a figure on a scan; `value` is null when it saw no number there."""

    reader: str
    text: str
    value: Number | None
    confidence: float = Field(ge=0, le=1)


class FigureRow(ExportRow):
    """One figure. `value` is null when the print cannot be read; `bbox` is [x0, top, x1, bottom] in points from the top left.

    `readings` are those of the two readers of a scan and `agreement` how they compare; a text layer has none.

    `value` is as read. What a person decided is in `decision` ("open" when nobody did), `decided_value` and `decided_by`; the other columns
    are then as decided. `stale` says that the figure was read in another way when it was decided. Rejected figures are left out.
    """

    figure_id: str
    document: str
    document_sha256: str
    authority: str | None
    authority_code: str | None
    service: str | None
    measure: str
    statistic: Statistic
    dims: dict[str, str]
    value: Number | None
    unit: str
    period: str | None
    period_start: str | None
    period_end: str | None
    role: Role
    qualifier: Qualifier
    raw_text: str
    grade: Grade
    confidence: float = Field(ge=0, le=1)
    proposed_value: Number | None
    page: int = Field(ge=1)
    bbox: Box
    snippet: str
    method: Method
    decision: DecisionStatus
    decided_value: Number | None
    decided_by: str | None
    stale: bool
    agreement: ReaderAgreement | None = None
    readings: list[ReadingRow] = []


class FindingRow(ExportRow):
    """One finding. `document` is the first of `documents`; `values` are the printed values that clash."""

    finding_id: str
    kind: FindingKind
    severity: Severity
    document: str
    documents: list[str]
    values: list[Number | str]
    expected: str
    message: str
    figure_ids: list[str]
    hypotheses: list[str]
    status: FindingStatus


class RelationRow(ExportRow):
    """One relation: the figures play `roles`, in the same order."""

    relation_id: str
    document: str
    document_sha256: str
    kind: RelationKind
    figure_ids: list[str]
    roles: list[str]
    complete: bool
    evidence: str


class ProblemRow(ExportRow):
    """Something about a document or one of its pages that a person should know."""

    code: str
    message: str
    page: int | None


class DocumentRow(ExportRow):
    """One document, read or not. `duplicates` are the other names under which the same bytes were found."""

    document: str
    document_sha256: str | None
    duplicates: list[str]
    size: int
    media_type: str
    status: Literal["pending", "imported", "quarantined"]
    reason: str
    message: str
    title: str
    source_url: str
    authority: str | None
    authority_code: str | None
    authority_reason: str
    period: str | None
    period_start: str | None
    period_end: str | None
    period_reason: str
    type: DocumentType | None
    type_reason: str
    service: str | None
    pages: int
    pages_without_text: int
    figures: int
    numbers: int
    unplaced: int
    problems: list[ProblemRow]


class MarkRow(ExportRow):
    """One number on a page, and what became of it."""

    document: str
    document_sha256: str
    kind: NumberKind
    printed: str
    page: int
    bbox: Box
    snippet: str
    reason: str
    figure_ids: list[str]


class StatementRow(ExportRow):
    """One statement of an observation: which figure says so, where, when, and how it agrees with the others."""

    figure_id: str
    document: str
    document_sha256: str | None
    page: int
    value: Number | None
    raw_text: str
    role: Role
    qualifier: Qualifier
    grade: Grade
    vintage: Vintage
    agreement: Agreement
    decision: DecisionStatus
    decided_value: Number | None


class LinkRow(ExportRow):
    """Another series that may be the same thing under another name."""

    series_id: str
    why: str


class SeriesRow(ExportRow):
    """One observation: what a council counted in one period, the value that the policy chose, and all statements, the earliest first.

    `value` is null where no document gives one that can be read, or where the year is missing. `predecessors` and `successors` are councils
    in the store that the register says came before or after this one: their series are theirs.
    """

    observation_id: str
    series_id: str
    authority: str | None
    authority_code: str | None
    predecessors: list[str]
    successors: list[str]
    service: str
    measure: str
    statistic: Statistic
    dims: dict[str, str]
    unit: str
    period: str
    period_start: str | None
    period_end: str | None
    value: Number | None
    document: str | None
    policy: PolicyName
    why: str
    status: Status
    first_reported: Number | None
    first_document: str | None
    last_reported: Number | None
    last_document: str | None
    decided: Number | None
    statements: list[StatementRow]
    perhaps: list[LinkRow]


class ChecklistRow(ExportRow):
    """One report and one thing that the law asks it to state, with what answers it: figures, or words."""

    document: str
    document_sha256: str | None
    authority: str | None
    authority_code: str | None
    period: str | None
    item: str
    asks: str
    source: str
    status: ItemStatus
    figure_ids: list[str]
    pages: list[int]
    words: list[str]


class DecisionRow(ExportRow):
    """One record of the chain of decisions, as it was made. `before` and `after` are facts: names and texts; values are exact decimals.

    `hash` is that of all other fields of the record in the store; `previous` is the hash of the record before.
    """

    number: int = Field(ge=1)
    at: str
    who: str
    action: Action
    subject_kind: SubjectKind
    subject_id: str
    before: dict[str, str]
    after: dict[str, str]
    why: str
    of: int | None
    needs_approval: bool
    in_force: bool
    pending: bool
    stale: Stale
    saw: str
    evidence: str
    previous: str
    hash: str


ROWS: Mapping[str, type[ExportRow]] = {
    "figures": FigureRow,
    "findings": FindingRow,
    "relations": RelationRow,
    "documents": DocumentRow,
    "marks": MarkRow,
    "series": SeriesRow,
    "checklist": ChecklistRow,
    "decisions": DecisionRow,
}


def json_number(value: Decimal | None) -> Number | None:
    """A decimal as a JSON number: 117 stays whole, 13.0 keeps its point."""
    if value is None:
        return None
    return int(value) if int(value.as_tuple().exponent) >= 0 else float(value)


def json_schema() -> dict[str, Any]:
    """JSON Schema of the rows, one definition for each export."""
    definitions: dict[str, Any] = {}
    for row in ROWS.values():
        schema = row.model_json_schema(mode="serialization", ref_template="#/$defs/{model}")
        definitions |= schema.pop("$defs", {})
        definitions[row.__name__] = schema
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Exports of Crossfoot, one row a line",
        "$defs": dict(sorted(definitions.items())),
        "properties": {name: {"$ref": f"#/$defs/{row.__name__}"} for name, row in ROWS.items()},
    }


def schema_text() -> str:
    """The content that the schema file should have."""
    return json.dumps(json_schema(), indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    (Path(__file__).parent / "data" / SCHEMA_FILE).write_text(schema_text(), encoding="utf-8")
