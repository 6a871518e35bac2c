"""What the readers of prose and tables hand on: figures, relations and numbers by their place in one text."""

from dataclasses import dataclass, field
from decimal import Decimal

from schemas.figures import NumberKind, Qualifier, Statistic
from schemas.periods import Period
from schemas.relations import RelationKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A figure read from characters `start` to `end` of a text; `key` tells drafts of one text apart.

    `definite` says that the text speaks of something known already ("of the 83 complaints").
    """

    key: int
    start: int
    end: int
    measure: str
    statistic: Statistic
    dims: dict[str, str]
    value: Decimal | None
    unit: str
    decimals: int
    period: Period | None
    qualifier: Qualifier = "exact"
    proposed: Decimal | None = None
    damaged: bool = False
    definite: bool = False
    confidence: float = 0.9
    rule: str = ""
    cluster: int | None = None
    sentence: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftRelation:
    """A relation among drafts of one text, by their keys."""

    kind: RelationKind
    keys: tuple[int, ...]
    roles: tuple[str, ...]
    complete: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftMark:
    """A number that gave no figure: what it is, or why it could not be placed."""

    start: int
    end: int
    kind: NumberKind
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """The group that was counted last: a bare “17 (13%)” or “of these” is about it.

    `timely` tells that answers within their time were spoken of: “it did so in 59 of 73 cases”; `paid` that money was paid
    out; `said` is the whole breakdown of the last number: “that was 18.2% of all”; `counted` are measure and breakdown of each
    level of the last sentence: “the corresponding figures were 333, 31 and 12”; `breakdown` is the dimension that a list is
    said to be by: “by district they were:”.
    """

    measure: str | None = None
    dims: dict[str, str] = field(default_factory=dict)
    period: Period | None = None
    timely: bool = False
    paid: bool = False
    said: dict[str, str] = field(default_factory=dict)
    counted: tuple[tuple[str, dict[str, str]], ...] = ()
    breakdown: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What holds before a text is read: the document's period, its headings, and the topic of the text before it.

    `listed` tells that the text is an entry of a list whose introduction counted a group;
    `default` is the measure that the whole paper is about; `labelled` that the text is one of several lines of a label
    and a value; `services` that the paper speaks of services beside those for children;
    `others` are the names of other authorities in the paper; `aims` tells that the section says what is to be reached;
    `one_procedure` that the paper knows one only, so that “statutory” over it tells nothing apart;
    `bracketed` that brackets are said to hold the numbers of the year before.
    """

    period: Period | None
    heading: Topic = Topic()
    topic: Topic = Topic()
    damaged: bool = False
    listed: bool = False
    default: str | None = None
    labelled: bool = False
    services: bool = False
    others: tuple[str, ...] = ()
    aims: bool = False
    one_procedure: bool = False
    bracketed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TextReading:
    """Everything read from one text, and the topic that it leaves behind."""

    drafts: tuple[Draft, ...]
    relations: tuple[DraftRelation, ...]
    marks: tuple[DraftMark, ...]
    topic: Topic


def kind_of(dimension: str) -> str:
    """By what a dimension breaks figures down: “withdrawn”, an event, stands in one list with “upheld”, an outcome."""
    return "outcome" if dimension == "event" else dimension
