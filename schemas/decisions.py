"""A decision: what a person decided on a figure, a finding, an observation or a setting; and what stands after all of them.

Decisions are records of a chain: each holds the hash of the one before it, so that none can be changed, left out or slipped in
unnoticed. What they say is kept as facts, pairs of plain text, so that a record's hash needs nothing but the record.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal, InvalidOperation
from math import inf
from typing import Any, Literal, get_args

from schemas.errors import CrossfootError, UsageError
from schemas.figures import Dims, Qualifier, Statistic
from schemas.pages import BBox
from schemas.periods import Period

SubjectKind = Literal["figure", "finding", "observation", "setting"]

Action = Literal["accept", "correct", "reject", "add", "dismiss", "decide", "set", "approve", "undo", "comment"]
"""accept    the figure is right as it is read; the finding is right
correct   the figure says something else
reject    this is no figure
add       here is a figure that was not read
dismiss   the finding is wrong, or of no matter
decide    this is the value of the observation
set       a setting of the store
approve   a second person agrees with what waits for one
undo      the decision that waits, or else the one in force, no longer counts
comment   something to know; changes nothing
"""

Cause = Literal["misread", "misprint"]
"""Why a figure is corrected: the page says something else than was read; or the page says it, and it is wrong."""

Status = Literal["open", "accepted", "corrected", "rejected", "added", "dismissed", "decided", "set"]
Stale = Literal["", "changed", "gone"]
"""Whether what a decision was made on is still there: as it was, read in another way now, or not there any more."""

Facts = tuple[tuple[str, str], ...]
"""What is said of something, as sorted pairs of name and text. What is not known has no pair."""

STATUS_AFTER: Mapping[Action, Status] = {
    "accept": "accepted", "correct": "corrected", "reject": "rejected", "add": "added", "dismiss": "dismissed",
    "decide": "decided", "set": "set",
}  # fmt: skip
"""What a subject is once a decision is in force; the other actions are about decisions."""

NEEDS_APPROVAL: frozenset[Action] = frozenset({"correct", "reject", "add", "decide"})
"""Decisions that change what the exports say: with second approval switched on, they wait for another person, and so does undoing them."""

NEEDS_WHY: frozenset[Action] = frozenset({"correct", "reject", "add", "dismiss", "decide", "set", "comment"})

SECOND_APPROVAL = "second_approval"

LONGEST_TEXT = 2_000


@dataclass(frozen=True, slots=True, order=True)
class Subject:
    """What a decision is about, by an id that is made from content, so that it is the same after the next import."""

    kind: SubjectKind
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a figure says, without where it stands."""

    value: Decimal | None
    measure: str
    statistic: Statistic
    dims: Dims = ()
    unit: str
    period: str | None
    qualifier: Qualifier = "exact"

    def facts(self) -> Facts:
        """As facts; dimensions are named `dims.stage`."""
        said = {
            "value": None if self.value is None else str(self.value),
            "measure": self.measure,
            "statistic": self.statistic,
            "unit": self.unit,
            "period": self.period,
            "qualifier": self.qualifier,
        }
        return facts_of(said | {f"dims.{name}": text for name, text in self.dims})


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an added figure stands: in which document (by the hash of its content), on which page and in which box."""

    document_sha256: str
    page: int
    bbox: BBox
    printed: str

    def facts(self) -> Facts:
        """As facts; edges of the box in hundredths of a point."""
        box = " ".join(f"{edge:.2f}" for edge in (self.bbox.x0, self.bbox.top, self.bbox.x1, self.bbox.bottom))
        return facts_of(
            {"document_sha256": self.document_sha256, "page": str(self.page), "bbox": box, "printed": self.printed}
        )


def facts_of(said: Mapping[str, str | None]) -> Facts:
    """Facts in their order."""
    return tuple(sorted((name, text) for name, text in said.items() if text is not None))


def content_of(facts: Facts) -> Content:
    """What a figure says, from facts. Raises UsageError when they are none of a figure."""
    said = dict(facts)
    try:
        return Content(
            value=_decimal(said["value"]) if "value" in said else None,
            measure=said["measure"],
            statistic=_one_of(said["statistic"], Statistic),
            dims=tuple((name[5:], text) for name, text in facts if name.startswith("dims.")),
            unit=said["unit"],
            period=Period.parse(said["period"]).code if "period" in said else None,
            qualifier=_one_of(said.get("qualifier", "exact"), Qualifier),
        )
    except KeyError as missing:
        raise UsageError(f"A figure needs its {missing.args[0]}.") from None
    except ValueError as error:
        raise UsageError(f"This is no figure: {error}.") from None


def place_of(facts: Facts) -> Place:
    """Where an added figure stands, from facts. Raises UsageError when they do not say."""
    said = dict(facts)
    try:
        x0, top, x1, bottom = (float(edge) for edge in said["bbox"].split())
        if not 0 <= x0 <= x1 < inf or not 0 <= top <= bottom < inf or int(said["page"]) < 1:
            raise ValueError("no box on a page")
        return Place(
            document_sha256=said["document_sha256"],
            page=int(said["page"]),
            bbox=BBox(x0, top, x1, bottom),
            printed=said["printed"],
        )
    except (KeyError, ValueError):
        raise UsageError("An added figure needs its document, page, box and printed words.") from None


def _decimal(text: str) -> Decimal:
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise ValueError(f"{text} is not a number") from None
    if not value.is_finite():
        raise ValueError(f"{text} is not a number")
    return value


def _one_of(text: str, choices: Any) -> Any:
    if text not in get_args(choices):
        raise ValueError(f"{text} is none of {', '.join(get_args(choices))}")
    return text


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A decision that somebody asks to have recorded.

    `saw` is the token of what they had before them (`Standing.token`). `after` is the whole of what is to hold, not only what changes:
    of a figure its content, with `cause` when it is corrected, and with its place when it is added; of an observation `value`; of a setting `value`.
    """

    who: str
    action: Action
    subject: Subject
    saw: str
    after: Facts = ()
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One record. `number` counts from 1; `of` is the number of the decision that an approval or undoing is about.

    `before` is what stood when it was made (and `suspected`, if the queue had the figure); `evidence` the hash of what had been read, `needs_approval` whether it waits for a second person.
    """

    number: int
    at: datetime
    who: str
    action: Action
    subject: Subject
    saw: str
    before: Facts
    after: Facts
    why: str
    of: int | None
    needs_approval: bool
    evidence: str
    previous: str
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a subject stands: what was read, what was decided, and the token that the next decision must name.

    `in_force` is the decision that counts; `pending` one that waits for a second person's approval. `read` is what the store holds of it
    without any decision; `stale` tells whether that is still what the decision in force was made on.
    `suspected` tells whether something spoke against the figure when somebody first decided on it.
    `token` is empty when the subject is not known: then nothing but adding a figure can be decided of it.
    """

    subject: Subject
    status: Status = "open"
    in_force: Decision | None = None
    pending: Decision | None = None
    stale: Stale = ""
    read: Facts = ()
    comments: int = 0
    last: int = 0
    suspected: bool = False
    token: str = ""

    @property
    def now(self) -> Facts:
        """What holds: as decided, or else as read."""
        return self.in_force.after if self.in_force and self.in_force.after else self.read


class ConflictError(CrossfootError):
    """What the decision was made on has changed meanwhile: `others` are the decisions since, `standing` is what stands now."""

    def __init__(self, standing: Standing, others: tuple[Decision, ...]) -> None:
        who = " and ".join(dict.fromkeys(other.who for other in others))
        happened = f"{who} decided on this meanwhile" if others else "It has been read in another way meanwhile"
        super().__init__(f"{happened}.", advice="Look at it again, then decide.")
        self.standing = standing
        self.others = others


class NotAllowedError(CrossfootError):
    """Such a decision cannot be made on this subject, or not by this person."""


def replay(subject: Subject, decisions: Iterable[Decision]) -> Standing:
    """Where a subject stands after these decisions on it, in their order; what was read of it is not looked at."""
    known = list(decisions)
    approved = {one.of for one in known if one.action == "approve"}
    counting = {one.number for one in known if not one.needs_approval or one.number in approved}
    withdrawn = {one.of for one in known if one.action == "undo" and one.number in counting}
    left = [one for one in known if one.number not in withdrawn]
    force = [one for one in left if one.action in STATUS_AFTER and one.number in counting]
    in_force = force[-1] if force else None
    since = in_force.number if in_force else 0
    waiting = [one for one in left if one.number not in counting and one.number > since]
    first = next((one for one in known if one.action in STATUS_AFTER), None)
    return replace(
        Standing(subject=subject),
        status=STATUS_AFTER[in_force.action] if in_force else "open",
        in_force=in_force,
        pending=waiting[-1] if waiting else None,
        comments=sum(one.action == "comment" for one in known),
        last=known[-1].number if known else 0,
        suspected=first is not None and dict(first.before).get("suspected") == "yes",
    )
