"""A series: every statement of one observation, from every document, and what holding them against each other gave."""

from dataclasses import dataclass
from typing import Literal

from schemas.figures import Dims, Statistic
from schemas.periods import Period

Vintage = Literal["own", "later", "earlier", "unknown"]
"""When a statement was made: in a report on that very period, in a later or an earlier one, in one whose period is not known."""

Agreement = Literal[
    "reference", "agrees", "rounds_alike", "restated", "restated_silently", "definition_changed", "misread", "slip", "carried_forward",
    "conflicts", "unlike", "unreadable",
]  # fmt: skip
"""A statement against the one that it is held against, the `reference`: that of the period's own report, or else the first.

restated            a later report gives another value and says that it does
restated_silently   a later report gives another value without a word
definition_changed  the difference goes with a change of what is counted
misread             the difference is likelier to be ours: the print is damaged, or the reading doubtful
slip                one document's own arithmetic, or a third document, speaks for the other's value
carried_forward     the value is that of another year
conflicts           two reports on one period
unlike              too far apart, or too uncertain, to be about the same thing: no disagreement is claimed
"""

Status = Literal["agreed", "single_sourced", "restated", "contradicted", "repaired", "unclear", "missing"]
"""An observation: all documents agree; one alone speaks of it; a later one restates it; they contradict each other; it can be read in
another document than its own alone; what is said cannot be compared; a year between two others that no document gives."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """One statement of an observation: which figure of which document (numbers of the store), when, and whether it agrees."""

    document: int
    position: int
    vintage: Vintage
    agreement: Agreement


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Another series of the same council that may be the same thing under another name. `why` is a sentence."""

    series_id: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """What one council counted, how and of whom, in one period, and all statements of it, the earliest first.

    Both ids are made from what is observed alone: `series_id` without the period. `service` is "" for the council's services to children.
    """

    observation_id: str
    series_id: str
    measure: str
    statistic: Statistic
    dims: Dims
    unit: str
    service: str
    period: Period
    status: Status
    statements: tuple[Placement, ...]
    perhaps: tuple[Link, ...] = ()
