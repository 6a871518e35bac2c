"""Record a decision: it is held against what stands, added to the chain, and takes effect, all at once or not at all."""

import hashlib

from sqlalchemy import Connection, select

from pipeline.decisions.chain import append, facts_hash, facts_text, history
from pipeline.decisions.effects import take_effect
from pipeline.decisions.evidence import ADDED
from pipeline.decisions.rules import checked_after, refuse
from pipeline.decisions.standing import held_against_store, keep, place_facts, standing_of
from pipeline.store.database import Store
from pipeline.store.tables import suspects
from schemas.decisions import (
    NEEDS_APPROVAL,
    SECOND_APPROVAL,
    Asked,
    ConflictError,
    Content,
    Decision,
    Facts,
    Place,
    Standing,
    Subject,
    facts_of,
    replay,
)


def record(store: Store, asked: Asked) -> Decision:
    """Record what is asked, and let it take effect.

    Raises ConflictError when the subject is not as it was seen any more, NotAllowedError when this cannot be decided of it, or not by this person, and
    UsageError when what is asked makes no sense. Nothing is recorded then.
    """
    with store.writing() as connection:
        return _record(connection, asked)


def added_figure(place: Place, content: Content) -> Subject:
    """The subject of a figure that is to be added: the same number at the same place is the same figure."""
    parts = (ADDED, place.document_sha256, *(text for _, text in place.facts()), content.statistic)
    return Subject("figure", hashlib.sha256("|".join(parts).encode()).hexdigest()[:16])


def second_approval(connection: Connection) -> bool:
    """Whether corrections wait for a second person."""
    return dict(standing_of(connection, Subject("setting", SECOND_APPROVAL)).now).get("value") == "on"


def _record(connection: Connection, asked: Asked) -> Decision:
    subject = asked.subject
    before = history(connection, subject)
    now = held_against_store(connection, {subject: replay(subject, before)})[subject]
    if asked.saw != now.token:
        raise ConflictError(now, tuple(d for d in before if d.number > _last_seen(asked.saw)))
    refuse(asked, now)
    after = checked_after(connection, asked, now)
    decision = append(
        connection,
        {
            "who": asked.who,
            "action": asked.action,
            "subject_kind": subject.kind,
            "subject_id": subject.id,
            "saw": asked.saw,
            "before": facts_text(_before(connection, now)),
            "after": facts_text(after),
            "why": " ".join(asked.why.split()),
            "of": _about(asked, now),
            "needs_approval": _changes_exports(asked, now) and second_approval(connection),
            "evidence": facts_hash(place_facts(after) if asked.action == "add" else now.read),
        },
    )
    stands = held_against_store(connection, {subject: replay(subject, (*before, decision))})[subject]
    keep(connection, [stands])
    take_effect(connection, now, stands)
    return decision


def _before(connection: Connection, now: Standing) -> Facts:
    """What stands, and whether the queue has the figure: a sample of what nothing spoke against must not count it later."""
    listed = select(suspects.c.figure_id).where(suspects.c.figure_id == now.subject.id).limit(1)
    suspected = now.subject.kind == "figure" and connection.scalar(listed) is not None
    return facts_of(dict(now.now) | {"suspected": "yes"}) if suspected else now.now


def _changes_exports(asked: Asked, now: Standing) -> bool:
    """Whether the decision changes what the exports say. Taking one back that only waits changes nothing."""
    if asked.action == "undo":
        return now.pending is None and now.in_force is not None and now.in_force.action in NEEDS_APPROVAL
    return asked.action in NEEDS_APPROVAL


def _about(asked: Asked, now: Standing) -> int | None:
    """The decision that is undone or approved: the one that waits, or else the one in force."""
    if asked.action not in ("undo", "approve"):
        return None
    about = now.pending or now.in_force
    return about.number if about else None


def _last_seen(token: str) -> int:
    """The number of the last decision that somebody saw: of a token that is none, nothing was seen."""
    number = token.partition("-")[0]
    return int(number) if number.isdecimal() else 0
