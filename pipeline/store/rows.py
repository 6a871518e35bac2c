"""From what was read to rows of the store, and back. Plain functions; the database is elsewhere."""

import json
from collections.abc import Sequence
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any, cast

from sqlalchemy import RowMapping

from schemas.documents import Identity, Reading
from schemas.figures import Dims, Evidence, Figure, NumberMark, NumberReading
from schemas.findings import Finding
from schemas.notes import Note
from schemas.pages import BBox
from schemas.periods import Period
from schemas.relations import Relation, RelationKind

Row = dict[str, Any]


def compact(value: object) -> str:
    """JSON without spaces and with its keys in order, so that equal values are equal text."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def rows_of(reading: Reading, document_id: int) -> dict[str, list[Row]]:
    """All rows that one document gives, by table. The workers call this: the parent only has to insert."""
    of: Row = {"document_id": document_id}
    tables: dict[str, list[Row]] = {
        "pages": [
            of | {"number": p.number, "width": p.width, "height": p.height, "source": p.source}
            | {"source_reason": p.source_reason, "words": p.words}
            for p in reading.pages
        ],
        "problems": [
            of | {"position": i, "code": p.code, "message": p.message, "page": p.page}
            for i, p in enumerate(reading.problems)
        ],
        "figures": [of | {"position": i} | figure_row(f) for i, f in enumerate(reading.figures)],
        "relations": [
            of | {"position": i, "relation_id": r.relation_id, "kind": r.kind, "complete": r.complete, "evidence": r.evidence}
            for i, r in enumerate(reading.relations)
        ],
        "relation_members": [
            of | {"relation": i, "position": j, "role": role, "figure_id": figure_id}
            for i, r in enumerate(reading.relations)
            for j, (role, figure_id) in enumerate(zip(r.roles, r.figure_ids, strict=True))
        ],
        "marks": [of | {"position": i} | mark_row(m) for i, m in enumerate(reading.marks)],
        "notes": [of | {"position": i} | note_row(n) for i, n in enumerate(reading.notes)],
    }  # fmt: skip
    return {table: [storable(row) for row in rows] for table, rows in tables.items()}


def storable(row: Row) -> Row:
    """The row without characters that no database keeps: hostile files hold NULs and halves of surrogate pairs."""
    return {name: _text(value) if isinstance(value, str) else value for name, value in row.items()}


def _text(value: str) -> str:
    if value.isascii() and "\0" not in value:
        return value
    return value.encode("utf-8", "replace").decode("utf-8").replace("\0", "\N{REPLACEMENT CHARACTER}")


def identity_row(identity: Identity) -> Row:
    """The columns of a document that say whose it is and what it covers."""
    return {
        "authority": identity.authority,
        "authority_code": identity.authority_code,
        "authority_reason": identity.authority_reason,
        **_period_row(identity.period),
        "period_reason": identity.period_reason,
        "type": identity.type,
        "type_reason": identity.type_reason,
        "service": identity.service,
    }


def figure_row(figure: Figure) -> Row:
    """The columns of a figure."""
    evidence = figure.evidence
    return {
        "figure_id": figure.figure_id,
        "measure": figure.measure,
        "statistic": figure.statistic,
        "dims": dims_text(figure.dims),
        "value": _exact(figure.value),
        "unit": figure.unit,
        "decimals": figure.decimals,
        **_period_row(figure.period),
        "role": figure.role,
        "qualifier": figure.qualifier,
        "grade": figure.grade,
        "grade_as_read": figure.grade,
        "grade_alone": figure.grade,
        "grade_checked": figure.grade,
        "confidence": float(figure.confidence),
        "confidence_as_read": float(figure.confidence),
        "proposed": _exact(figure.proposed),
        "page": evidence.page,
        **_box_row(evidence.bbox),
        "printed": evidence.printed,
        "snippet": evidence.snippet,
        "method": evidence.method,
        "rule": evidence.rule,
        "readings": readings_text(evidence.readings),
        "agreement": evidence.agreement or "",
    }


def mark_row(mark: NumberMark) -> Row:
    """The columns of a mark."""
    return {
        "kind": mark.kind,
        "printed": mark.printed,
        "page": mark.page,
        **_box_row(mark.bbox),
        "snippet": mark.snippet,
        "reason": mark.reason,
        "figure_ids": compact(mark.figure_ids),
    }


def scope_of(document: RowMapping) -> str:
    """The documents that a document is held against: those of its council; where that is not known, none."""
    return str(document["authority_code"] or document["authority"] or f"document {document['key']}")


def note_of(row: RowMapping) -> Note:
    """The note that a row holds."""
    return Note(
        topic=row["topic"],
        text=row["text"],
        heading=row["heading"],
        numbers=tuple(Decimal(number) for number in json.loads(row["numbers"])),
        page=row["page"],
        bbox=box_of(row),
    )


def note_row(note: Note) -> Row:
    """The columns of a note."""
    return {
        "topic": note.topic,
        "text": note.text,
        "heading": note.heading,
        "numbers": compact([str(number) for number in note.numbers]),
        "page": note.page,
        **_box_row(note.bbox),
    }


def finding_row(finding: Finding) -> Row:
    """The columns of a finding."""
    return {
        "finding_id": finding.finding_id,
        "kind": finding.kind,
        "severity": finding.severity,
        "values": compact([{"number": str(v)} if isinstance(v, Decimal) else v for v in finding.values]),
        "expected": finding.expected,
        "message": finding.message,
        "figure_ids": compact(finding.figure_ids),
        "hypotheses": compact(finding.hypotheses),
        "status": finding.status,
    }


def figure_of(row: RowMapping) -> Figure:
    """The figure that a row holds, as it was read: `grade` and `confidence` are not yet those of the checks."""
    return Figure(
        figure_id=row["figure_id"],
        measure=row["measure"],
        statistic=row["statistic"],
        dims=dims_of(row["dims"]),
        value=decimal_of(row["value"]),
        unit=row["unit"],
        decimals=row["decimals"],
        period=_period(row["period"]) if row["period"] else None,
        role=row["role"],
        qualifier=row["qualifier"],
        grade=row["grade_as_read"],
        confidence=row["confidence_as_read"],
        proposed=decimal_of(row["proposed"]),
        evidence=Evidence(
            page=row["page"],
            bbox=box_of(row),
            printed=row["printed"],
            snippet=row["snippet"],
            method=row["method"],
            rule=row["rule"],
            readings=readings_in(row["readings"]),
            agreement=row["agreement"] or None,
        ),
    )


def relation_of(row: RowMapping, members: list[tuple[str, str]]) -> Relation:
    """The relation that a row and its members (role, figure id) hold."""
    return Relation(
        relation_id=row["relation_id"],
        kind=cast(RelationKind, row["kind"]),
        figure_ids=tuple(figure_id for _, figure_id in members),
        roles=tuple(role for role, _ in members),
        complete=row["complete"],
        evidence=row["evidence"],
    )


@lru_cache(maxsize=100_000)
def dims_of(text: str) -> Dims:
    """Dimensions as sorted pairs."""
    return tuple(sorted(json.loads(text).items()))


@lru_cache(maxsize=100_000)
def dims_text(dims: Dims) -> str:
    """Dimensions as they are kept."""
    return compact(dict(dims))


def readings_text(readings: Sequence[NumberReading]) -> str:
    """The readings of a number on a scan as they are kept; nothing for a number of a text layer."""
    rows = [
        [r.engine, r.text, _exact(r.value), r.confidence, [[str(value), chance] for value, chance in r.alternatives]]
        for r in readings
    ]
    return compact(rows) if rows else ""


def readings_in(text: str) -> tuple[NumberReading, ...]:
    """The readings that were kept."""
    return tuple(
        NumberReading(
            engine=engine, text=read, value=decimal_of(value), confidence=confidence,
            alternatives=tuple((Decimal(other), chance) for other, chance in others),
        )
        for engine, read, value, confidence, others in (json.loads(text) if text else ())
    )  # fmt: skip


def decimal_of(text: str | None) -> Decimal | None:
    """The exact value that was kept as text."""
    return None if text is None else Decimal(text)


def box_of(row: RowMapping) -> BBox:
    """The box of a figure's or mark's row."""
    return BBox(row["x0"], row["top"], row["x1"], row["bottom"])


# A store of a million figures has a few dozen periods.
_period = cache(Period.parse)


def _exact(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def _period_row(period: Period | None) -> Row:
    if period is None:
        return {"period": None, "period_start": None, "period_end": None}
    start = period.start.isoformat() if period.start else None
    return {"period": period.code, "period_start": start, "period_end": period.end.isoformat()}


def _box_row(box: BBox) -> Row:
    # A hundredth of a point is finer than any printer, and short numbers make a smaller store.
    return {"x0": round(box.x0, 2), "top": round(box.top, 2), "x1": round(box.x1, 2), "bottom": round(box.bottom, 2)}
