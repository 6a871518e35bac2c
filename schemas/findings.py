"""A finding: something that the figures of one or more documents prove to be wrong or doubtful."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

FindingKind = Literal[
    "percent_change_mismatch", "change_mismatch", "share_mismatch", "sum_mismatch", "conflicting_statement",
    "restated_figure", "unreadable_number", "impossible_value", "implausible_period", "carried_forward", "series_break",
]  # fmt: skip
Severity = Literal["high", "medium", "low"]
FindingStatus = Literal["open", "accepted", "dismissed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """`values` are the printed values that clash; `expected` is what would fit, as text ("14.7", "10.2 to 11.1")."""

    finding_id: str
    kind: FindingKind
    severity: Severity
    documents: tuple[str, ...]
    values: tuple[Decimal | str, ...]
    expected: str
    message: str
    figure_ids: tuple[str, ...]
    hypotheses: tuple[str, ...] = ()
    status: FindingStatus = "open"
