"""The chain of decisions: each record holds the hash of the one before, and the hash of itself. Here it is added to, read and proved.

A hash is SHA-256 over the canonical JSON (RFC 8785 in spirit: sorted keys, no spaces, text only) of everything else in the record.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, insert, select

from pipeline.store.rows import Row, compact
from pipeline.store.tables import decisions
from schemas.decisions import Decision, Facts, Subject, facts_of

# What the first record has in place of the hash of the one before it.
GENESIS = "0" * 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What proving the chain gave: how many records there are and the hash of the last; `problem` is "" when all is well.

    `broken_at` is the number of the first record that is not as it was made.
    """

    count: int
    head: str
    broken_at: int | None = None
    problem: str = ""


def append(connection: Connection, row: Row) -> Decision:
    """Add a record: everything of it but its number, time and hashes. The transaction must be the store's only writer."""
    last = connection.execute(
        select(decisions.c.number, decisions.c.hash).order_by(decisions.c.number.desc()).limit(1)
    ).one_or_none()
    whole = row | {
        "number": last.number + 1 if last else 1,
        "at": datetime.now(UTC).isoformat(timespec="microseconds"),
        "previous": last.hash if last else GENESIS,
    }
    whole["hash"] = record_hash(whole)
    connection.execute(insert(decisions).values(whole))
    return decision_of(whole)


def record_hash(record: RowMapping | Row) -> str:
    """The hash that a record should have."""
    hashed = {column.name: record[column.name] for column in decisions.c if column.name != "hash"}
    hashed["needs_approval"] = bool(hashed["needs_approval"])
    return hashlib.sha256(compact(hashed).encode()).hexdigest()


def facts_hash(facts: Facts) -> str:
    """The hash of facts; of none, the empty text."""
    return hashlib.sha256(facts_text(facts).encode()).hexdigest() if facts else ""


def facts_text(facts: Facts) -> str:
    """Facts as they are kept."""
    return compact(dict(facts))


def history(connection: Connection, subject: Subject) -> tuple[Decision, ...]:
    """Every decision on a subject, the first first."""
    chosen = (decisions.c.subject_kind == subject.kind, decisions.c.subject_id == subject.id)
    return tuple(map(decision_of, connection.execute(_all().where(*chosen)).mappings()))


def all_decisions(connection: Connection) -> Iterator[Decision]:
    """Every decision, the first first."""
    yield from map(decision_of, connection.execute(_all()).mappings())


def decisions_by_number(connection: Connection, numbers: Sequence[int]) -> dict[int, Decision]:
    """These decisions; any number of them."""
    at_once = 500  # a database takes only so many parameters
    batches = (numbers[start : start + at_once] for start in range(0, len(numbers), at_once))
    rows = (
        row
        for batch in batches
        for row in connection.execute(select(decisions).where(decisions.c.number.in_(batch))).mappings()
    )
    return {row["number"]: decision_of(row) for row in rows}


def decision_of(row: RowMapping | Row) -> Decision:
    """The decision that a record holds."""
    return Decision(
        number=row["number"],
        at=datetime.fromisoformat(row["at"]),
        who=row["who"],
        action=row["action"],
        subject=Subject(row["subject_kind"], row["subject_id"]),
        saw=row["saw"],
        before=_facts(row["before"]),
        after=_facts(row["after"]),
        why=row["why"],
        of=row["of"],
        needs_approval=bool(row["needs_approval"]),
        evidence=row["evidence"],
        previous=row["previous"],
        hash=row["hash"],
    )


def prove(connection: Connection) -> Verified:
    """Go through the whole chain, and name the first record that does not fit."""
    return prove_records(connection.execute(_all()).mappings())


def prove_records(records: Iterable[RowMapping | Row]) -> Verified:
    """Go through records in their order."""
    count, head = 0, GENESIS
    for record in records:
        problem = _problem(record, count + 1, head)
        if problem:
            return Verified(count=count, head=head, broken_at=record["number"], problem=problem)
        count, head = count + 1, record["hash"]
    return Verified(count=count, head=head)


def _problem(record: RowMapping | Row, number: int, head: str) -> str:
    if record["number"] != number:
        return f"record {number} is missing: the next is {record['number']}"
    if record["hash"] != record_hash(record):
        return f"record {number} was changed after it was made: its content does not give its hash"
    if record["previous"] != head:
        return f"record {number} does not follow the one before it: a record was replaced or left out"
    return ""


def _all() -> Select[Any]:
    return select(decisions).order_by(decisions.c.number)


def _facts(text: str) -> Facts:
    return facts_of(json.loads(text))
