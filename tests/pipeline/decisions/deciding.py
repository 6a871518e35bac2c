"""Deciding, as the tests do it: look at the subject, then decide on what was seen."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from pipeline.decisions import record, standing_of
from pipeline.store.database import Store
from pipeline.store.tables import documents, figures, findings, observations
from schemas.decisions import Action, Asked, Content, Decision, Facts, Place, Standing, Subject, content_of
from schemas.pages import BBox


def look(store: Store, subject: Subject) -> Standing:
    """Where a subject stands."""
    with store.reading() as connection:
        return standing_of(connection, subject)


def decide(
    store: Store, who: str, action: Action, subject: Subject, after: Facts = (), why: str = "because"
) -> Decision:
    """Decide on what stands now."""
    saw = look(store, subject).token
    return record(store, Asked(who=who, action=action, subject=subject, saw=saw, after=after, why=why))


def figure(store: Store, printed: str) -> Subject:
    """The figure that is printed so; there is one."""
    return Subject("figure", _one(store, select(figures.c.figure_id).where(figures.c.printed == printed).distinct()))


def finding(store: Store) -> Subject:
    """The only finding."""
    return Subject("finding", _one(store, select(findings.c.finding_id)))


def observation(store: Store, **which: str) -> Subject:
    """The observation with these columns; there is one."""
    chosen = [observations.c[name] == text for name, text in which.items()]
    return Subject("observation", _one(store, select(observations.c.observation_id).where(*chosen)))


def content(store: Store, subject: Subject) -> Content:
    """What a figure says."""
    return content_of(look(store, subject).now)


def corrected(store: Store, subject: Subject, **changes: Any) -> Facts:
    """What a figure says, with changes."""
    cause = changes.pop("cause", "misread")
    changes = {name: Decimal(to) if name == "value" else to for name, to in changes.items()}
    return (*replace(content(store, subject), **changes).facts(), ("cause", cause))


def place(store: Store, name: str, printed: str = "9") -> Place:
    """A place on the first page of a document."""
    sha256 = _one(store, select(documents.c.sha256).where(documents.c.name == name))
    return Place(document_sha256=sha256, page=1, bbox=BBox(300, 400, 310.5, 412), printed=printed)


def _one(store: Store, query: Any) -> str:
    with store.reading() as connection:
        return str(connection.execute(query).scalar_one())
