"""What may be decided of what, by whom, and what a decision must say."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import get_args

from sqlalchemy import Connection, select

from pipeline.decisions.standing import PLACE, content_facts
from pipeline.store.rows import storable
from pipeline.store.tables import documents, pages
from schemas.decisions import (
    LONGEST_TEXT,
    NEEDS_WHY,
    Action,
    Asked,
    Cause,
    Facts,
    NotAllowedError,
    Standing,
    SubjectKind,
    content_of,
    facts_of,
    place_of,
)
from schemas.errors import UsageError

_OF: Mapping[SubjectKind, frozenset[Action]] = {
    "figure": frozenset({"accept", "correct", "reject", "add", "approve", "undo", "comment"}),
    "finding": frozenset({"accept", "dismiss", "undo", "comment"}),
    "observation": frozenset({"decide", "approve", "undo", "comment"}),
    "setting": frozenset({"set", "comment"}),
}
_ABOUT_DECISIONS: frozenset[Action] = frozenset({"approve", "undo", "comment"})


def refuse(asked: Asked, now: Standing) -> None:
    """Raise NotAllowedError or UsageError when this cannot be decided of the subject as it stands, or not by this person."""
    subject, action = asked.subject, asked.action
    if action not in _OF.get(subject.kind, ()):
        raise UsageError(f"Nobody can {action} a {subject.kind}.")
    if not asked.who.strip():
        raise UsageError("A decision needs somebody who makes it.")
    if action in NEEDS_WHY and not asked.why.strip():
        raise UsageError("This decision needs a reason.", advice="Say why in a few words.")
    if len(asked.why) > LONGEST_TEXT:
        raise UsageError(f"The reason is longer than {LONGEST_TEXT:,} characters.", advice="Shorten it.")
    if action == "add":
        if now.read or now.in_force or now.pending:
            raise NotAllowedError("This figure is there already.")
        return
    if not now.read and not now.last:
        raise NotAllowedError(f"There is no {subject.kind} {subject.id}.")
    if action in _ABOUT_DECISIONS:
        _refuse_about(asked, now)
    elif not now.read:
        raise NotAllowedError(
            f"The {subject.kind} is not in the store any more.", advice="Undo what was decided on it."
        )
    elif now.pending:
        message = f"What {now.pending.who} decided waits for a second person."
        raise NotAllowedError(message, advice="Approve it, or undo it first.")
    elif action == "accept" and subject.kind == "figure" and "value" not in dict(now.now):
        raise NotAllowedError("A figure without a value cannot be accepted.", advice="Correct it, or reject it.")


def _refuse_about(asked: Asked, now: Standing) -> None:
    if asked.action == "undo" and not (now.pending or now.in_force):
        raise NotAllowedError("There is nothing to undo.")
    if asked.action == "approve":
        if now.pending is None:
            raise NotAllowedError("Nothing waits for approval here.")
        if now.pending.who == asked.who:
            raise NotAllowedError("A second person has to approve this.", advice="Ask a colleague.")


def checked_after(connection: Connection, asked: Asked, now: Standing) -> Facts:
    """What is to hold after the decision. Raises UsageError when what is asked is not understood."""
    place = facts_of({name: text for name, text in now.read if name in PLACE}) if _is_added(now) else ()
    if asked.action == "accept" and asked.subject.kind == "figure":
        return now.now if now.in_force and now.in_force.after else facts_of(dict(content_facts(now.read)) | dict(place))
    if asked.action == "reject":
        return place
    if asked.action == "correct":
        after, cause = _content(asked.after), _cause(asked.after)
        if content_facts(after) == content_facts(now.now):
            raise UsageError("The correction says what the figure says already.", advice="Accept the figure instead.")
        return facts_of(dict(after) | dict(place) | {"cause": cause})
    if asked.action == "add":
        return _addition(connection, asked.after)
    if asked.action == "decide":
        return facts_of({"value": _number(asked.after)})
    if asked.action == "set":
        value = dict(asked.after).get("value")
        if value not in ("on", "off"):
            raise UsageError("A setting is on or off.")
        return facts_of({"value": value})
    return ()


def _is_added(now: Standing) -> bool:
    return "document_sha256" in dict(now.read)


def _addition(connection: Connection, asked: Facts) -> Facts:
    place = place_of(facts_of(storable(dict(asked))))
    page = (
        select(pages.c.width, pages.c.height)
        .join(documents, documents.c.id == pages.c.document_id)
        .where(documents.c.sha256 == place.document_sha256, pages.c.number == place.page)
    )
    size = connection.execute(page).one_or_none()
    if size is None:
        raise NotAllowedError("The page of the added figure is not in the store.")
    if place.bbox.x1 > size.width or place.bbox.bottom > size.height or len(place.printed) > LONGEST_TEXT:
        raise UsageError("The added figure does not fit on its page.")
    content = _content(asked)
    if "value" not in dict(content):
        raise UsageError("An added figure needs a value.")
    return facts_of(dict(content) | dict(place.facts()))


def _content(asked: Facts) -> Facts:
    """What a figure says, in the words of the vocabulary."""
    # Loaded only then: every import of documents loads this module.
    from schemas.vocabulary import FREE_DIMENSIONS, load_vocabulary

    content = content_of(facts_of(storable(dict(asked))))
    vocabulary = load_vocabulary()
    if content.measure not in {measure.code for measure in vocabulary.measures}:
        raise UsageError(f"There is no measure {content.measure}.", advice="`schemas/data/measures.yaml` lists them.")
    controlled = {d.name: {v.code for v in d.values} for d in vocabulary.dimensions}
    for name, text in content.dims:
        if name in controlled and text not in controlled[name]:
            raise UsageError(f"{name} is one of {', '.join(sorted(controlled[name]))}, not {text}.")
        if name not in controlled and name not in FREE_DIMENSIONS:
            raise UsageError(f"There is no dimension {name}.", advice="`schemas/data/dimensions.yaml` lists them.")
    if not content.unit.strip() or max(len(text) for _, text in content.facts()) > LONGEST_TEXT:
        raise UsageError("A figure needs a unit, and texts of a sensible length.")
    return content.facts()


def _cause(asked: Facts) -> str:
    cause = dict(asked).get("cause", "misread")
    if cause not in get_args(Cause):
        raise UsageError(f"A correction is of a misreading or a misprint, not of a {cause}.")
    return cause


def _number(asked: Facts) -> str:
    text = dict(asked).get("value", "")
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise UsageError(f"“{text}” is not a number.") from None
    if not value.is_finite():
        raise UsageError(f"“{text}” is not a number.")
    return str(value)
