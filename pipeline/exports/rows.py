"""The rows of each export, from the store, in an order that depends on the documents alone."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from sqlalchemy import Connection

from pipeline.decisions.overlay import Decided, content_of_row, decided_in
from pipeline.exports.checklist import checklist_rows
from pipeline.exports.decisions import decision_rows
from pipeline.exports.series import series_rows
from pipeline.store.queries import (
    Found,
    all_documents,
    counts_by_document,
    finding_list,
    findings_with_documents,
    imported,
    iterate_imported,
    members_of,
    names_of_sources,
    problems_by_document,
)
from pipeline.store.repairs import read_repairs
from pipeline.store.rows import decimal_of, readings_in
from schemas.exports import (
    DocumentRow,
    ExportRow,
    FigureRow,
    FindingRow,
    MarkRow,
    ProblemRow,
    ReadingRow,
    RelationRow,
    json_number,
)
from schemas.periods import Period
from schemas.repairs import Repair


def figure_rows(connection: Connection) -> Iterator[FigureRow]:
    """Figures, by document, in reading order, those that people added last; without those that they rejected."""
    for document, figures in iterate_imported(connection, "figures"):
        repairs = read_repairs(connection, document["id"])
        decided = decided_in(connection, [document["id"]])
        for figure in figures:
            figure_id = figure["figure_id"]
            one = decided.get(figure_id)
            if one is None or one.content is not None:
                yield figure_row(document, figure, repairs.get(figure_id), one)


def figure_row(
    document: Found, figure: Found, repair: Repair | None = None, decided: Decided | None = None
) -> FigureRow:
    """One figure of a document, with what its repair proposes, or else what its reading did, and what was decided on it."""
    proposed = decimal_of(figure["proposed"]) if repair is None else repair.proposed
    says = decided.content if decided and decided.content else content_of_row(figure)
    period = Period.parse(says.period) if says.period else None
    return FigureRow(
        figure_id=figure["figure_id"],
        document=document["name"],
        document_sha256=document["sha256"],
        authority=document["authority"],
        authority_code=document["authority_code"],
        service=document["service"] or None,
        measure=says.measure,
        statistic=says.statistic,
        dims=dict(says.dims),
        value=json_number(decimal_of(figure["value"])),
        unit=says.unit,
        period=says.period,
        period_start=period.start.isoformat() if period and period.start else None,
        period_end=period.end.isoformat() if period else None,
        role=figure["role"],
        qualifier=says.qualifier,
        raw_text=figure["printed"],
        grade=figure["grade"],
        confidence=round(figure["confidence"], 4),
        proposed_value=json_number(proposed),
        page=figure["page"],
        bbox=_box(figure),
        snippet=figure["snippet"],
        method=figure["method"],
        agreement=figure["agreement"] or None,
        readings=[
            ReadingRow(reader=r.engine, text=r.text, value=json_number(r.value), confidence=round(r.confidence, 4))
            for r in readings_in(figure["readings"])
        ],
        decision=decided.status if decided else "open",
        decided_value=json_number(says.value) if decided else None,
        decided_by=decided.decision.who if decided else None,
        stale=bool(decided and decided.stale),
    )


def finding_rows(connection: Connection) -> Iterator[FindingRow]:
    """Findings, the most severe first within a document."""
    names = {document["id"]: document["name"] for document in imported(connection)}
    rows = [_finding_row(finding, [names[n] for n in about]) for finding, about in findings_with_documents(connection)]
    severity = ("high", "medium", "low")
    yield from sorted(rows, key=lambda r: (r.document, severity.index(r.severity), r.kind, r.finding_id))


def _finding_row(finding: Found, documents: list[str]) -> FindingRow:
    values = finding_list(finding["values"])
    return FindingRow(
        finding_id=finding["finding_id"],
        kind=finding["kind"],
        severity=finding["severity"],
        document=documents[0] if documents else "",
        documents=documents,
        values=[_value(value) for value in values],
        expected=finding["expected"],
        message=finding["message"],
        figure_ids=finding_list(finding["figure_ids"]),
        hypotheses=finding_list(finding["hypotheses"]),
        status=finding["status"],
    )


def _value(value: str | dict[str, str]) -> int | float | str:
    """A clashing value: a number, or words as printed."""
    if isinstance(value, str):
        return value
    number = json_number(decimal_of(value["number"]))
    return value["number"] if number is None else number


def relation_rows(connection: Connection) -> Iterator[RelationRow]:
    """Relations, by document, in reading order."""
    for document, relations in iterate_imported(connection, "relations"):
        members = members_of(connection, document["id"]) if relations else {}
        for relation in relations:
            of = members.get(relation["position"], [])
            yield RelationRow(
                relation_id=relation["relation_id"],
                document=document["name"],
                document_sha256=document["sha256"],
                kind=relation["kind"],
                figure_ids=[figure_id for _, figure_id in of],
                roles=[role for role, _ in of],
                complete=relation["complete"],
                evidence=relation["evidence"],
            )


def mark_rows(connection: Connection) -> Iterator[MarkRow]:
    """Every number of every page, by document, in reading order."""
    for document, marks in iterate_imported(connection, "marks"):
        decided = decided_in(connection, [document["id"]])
        for mark in marks:
            figure_ids = finding_list(mark["figure_ids"])
            yield MarkRow(
                document=document["name"],
                document_sha256=document["sha256"],
                kind=mark["kind"],
                printed=mark["printed"],
                page=mark["page"],
                bbox=_box(mark),
                snippet=mark["snippet"],
                reason=mark["reason"] or _rejected(figure_ids, decided),
                figure_ids=figure_ids,
            )


def _rejected(figure_ids: Sequence[str], decided: Mapping[str, Decided]) -> str:
    """Why a number that was read as a figure is none, if somebody rejected it."""
    found = [one.decision for i in figure_ids if (one := decided.get(i)) is not None and one.content is None]
    return "; ".join(f"rejected as a figure by {decision.who}: {decision.why}" for decision in found)


def document_rows(connection: Connection) -> Iterator[DocumentRow]:
    """Documents by name, those in quarantine too."""
    names, tallies, problems = (
        names_of_sources(connection),
        counts_by_document(connection),
        problems_by_document(connection),
    )
    for document in all_documents(connection):
        number = document["id"]
        yield _document_row(document, names.get(number, []), tallies.get(number, {}), problems.get(number, []))


def _document_row(document: Found, names: list[str], tally: dict[str, int], problems: list[Found]) -> DocumentRow:
    def total(prefix: str) -> int:
        return sum(times for what, times in tally.items() if what.startswith(prefix))

    return DocumentRow(
        document=document["name"],
        document_sha256=document["sha256"],
        duplicates=names[1:],
        size=document["size"],
        media_type=document["media"],
        status=document["status"],
        reason=document["reason"],
        message=document["message"],
        title=document["title"],
        source_url=document["source_url"],
        authority=document["authority"],
        authority_code=document["authority_code"],
        authority_reason=document["authority_reason"],
        period=document["period"],
        period_start=document["period_start"],
        period_end=document["period_end"],
        period_reason=document["period_reason"],
        type=document["type"] or None,
        type_reason=document["type_reason"],
        service=document["service"] or None,
        pages=total("page:"),
        pages_without_text=tally.get("page:none", 0),
        figures=total("grade:"),
        numbers=total("mark:"),
        unplaced=tally.get("mark:unplaced", 0),
        problems=[ProblemRow(code=p["code"], message=p["message"], page=p["page"]) for p in problems],
    )


def _box(row: Found) -> tuple[float, float, float, float]:
    return row["x0"], row["top"], row["x1"], row["bottom"]


EXPORTS: Mapping[str, Callable[[Connection], Iterator[ExportRow]]] = {
    "figures": figure_rows,
    "findings": finding_rows,
    "relations": relation_rows,
    "documents": document_rows,
    "marks": mark_rows,
    "series": series_rows,
    "checklist": checklist_rows,
    "decisions": decision_rows,
}
