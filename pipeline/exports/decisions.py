"""The rows of the export of decisions: the chain as it is, with what is in force of it."""

from collections.abc import Iterator

from sqlalchemy import Connection

from pipeline.decisions.chain import all_decisions
from pipeline.decisions.standing import all_standings
from schemas.exports import DecisionRow


def decision_rows(connection: Connection) -> Iterator[DecisionRow]:
    """Decisions in the order in which they were made."""
    known = all_standings(connection)
    for decision in all_decisions(connection):
        standing = known.get(decision.subject)
        in_force = standing is not None and standing.in_force == decision
        yield DecisionRow(
            number=decision.number,
            at=decision.at.isoformat(timespec="microseconds"),
            who=decision.who,
            action=decision.action,
            subject_kind=decision.subject.kind,
            subject_id=decision.subject.id,
            before=dict(decision.before),
            after=dict(decision.after),
            why=decision.why,
            of=decision.of,
            needs_approval=decision.needs_approval,
            in_force=in_force,
            pending=standing is not None and standing.pending == decision,
            stale=standing.stale if standing is not None and in_force else "",
            saw=decision.saw,
            evidence=decision.evidence,
            previous=decision.previous,
            hash=decision.hash,
        )
