"""A figure: one observation that a document states, with the evidence for it. And every other number on the page."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from schemas.pages import BBox
from schemas.periods import Period

Statistic = Literal["count", "percent_of", "percent_change", "change", "median", "mean", "rate", "amount"]
Role = Literal["current", "comparative"]
Qualifier = Literal["exact", "about", "at_least", "at_most"]
Grade = Literal["proved", "read", "doubtful", "unreadable"]
Method = Literal["text", "ocr", "added"]
Dims = tuple[tuple[str, str], ...]


# Of two readings of a number on a scan: the same number, another number, no number in one of them, or only one reading.
ReaderAgreement = Literal["agree", "disagree", "not_comparable", "single"]


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberReading:
    """What one engine read where a figure stands on a scan: the text, its value (None: no number), how sure it was (0-1).

    `alternatives` are other values that the marks may be, each with its probability, the likeliest first.
    """

    engine: str
    text: str
    value: Decimal | None
    confidence: float
    alternatives: tuple[tuple[Decimal, float], ...] = ()


BY_SUMS = " by sums"
"""The end of the rule of figures from a table that could be read in more than one way and whose sums chose."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Where a number was read: page from 1, box in points, the printed words, and the words around them.

    `method` tells how: from the text layer, by OCR, or not at all: a person added it. `rule` names the frame that read it, for the
    benchmark of rules. `readings` are those of a number on a scan, the first reader's first, and `agreement` how they compare; of a
    number of a text layer there are none.
    """

    page: int
    bbox: BBox
    printed: str
    snippet: str
    method: Method = "text"
    rule: str = ""
    readings: tuple[NumberReading, ...] = ()
    agreement: ReaderAgreement | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A value of a measure, taken as a statistic, broken down by `dims` (sorted pairs), for a period.

    `value` is None when the print cannot be read; `proposed` may then hold a value that is not yet proved.
    `decimals` is the printed precision (13.0 has 1). `confidence` is a probability from 0 to 1.
    """

    figure_id: str
    measure: str
    statistic: Statistic
    dims: Dims = ()
    value: Decimal | None
    unit: str
    decimals: int = 0
    period: Period | None
    role: Role = "current"
    qualifier: Qualifier = "exact"
    grade: Grade = "read"
    confidence: float = 1.0
    proposed: Decimal | None = None
    evidence: Evidence

    def __post_init__(self) -> None:
        if self.value is not None and not self.value.is_finite():
            raise ValueError(f"a figure's value is a finite number, not {self.value}")
        if tuple(sorted(self.dims)) != self.dims:
            raise ValueError("dims are sorted by name")


NumberKind = Literal[
    "figure", "date", "period", "reference", "timescale", "target", "age", "money", "time", "contact", "list_marker",
    "page_number", "other_body", "other_count", "ordinal", "label", "unplaced",
]  # fmt: skip


MISPRINT = "misprint"
"""The reason of a mark of a period that reads as a year and is none (“2021-21”)."""
MISSING = "missing"
"""The rule of a figure whose number is not printed, and which the total of its list needs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberMark:
    """What became of one number on a page: a figure, a known non-figure, or `unplaced`. `reason` explains the last, and what is odd."""

    kind: NumberKind
    printed: str
    page: int
    bbox: BBox
    snippet: str = ""
    reason: str = ""
    figure_ids: tuple[str, ...] = field(default=())
