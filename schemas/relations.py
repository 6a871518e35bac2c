"""A relation: what a document says about how its figures hang together, and the verdict of checking it."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

RelationKind = Literal["share", "percent_change", "change", "sum", "ratio", "equal", "bound"]
Outcome = Literal["holds", "holds_truncated", "holds_alternative", "fails", "not_checkable"]
Alternative = Literal["base_swapped", "percentage_points", "sign", "of_the_rest"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """`figure_ids` play `roles`, in the same order. `evidence` is the sentence or the table that states it.

    share           part, whole, percent    (without a part: is the percentage possible for a whole of that size?)
    percent_change  current, prior, percent
    change          current, prior, difference
    sum             whole, part, part, …    (without a whole: percentages that make up 100)
    equal           same, same, …
    bound           value
    A relation whose `complete` is False lists parts that may overlap or leave some out: each part ≤ whole is all it says.
    """

    relation_id: str
    kind: RelationKind
    figure_ids: tuple[str, ...]
    roles: tuple[str, ...]
    complete: bool = True
    evidence: str = ""

    def __post_init__(self) -> None:
        if len(self.figure_ids) != len(self.roles):
            raise ValueError(f"{len(self.figure_ids)} figures cannot play {len(self.roles)} roles")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What checking a relation gave.

    `expected` is what the other figures make of the percentage, difference or total, as text ("14.7"); "" where there is no one value,
    or the relation holds.
    `alternative` names what would make it hold; `reason` says why it could not be checked.
    `powers` has, for each figure, the probability from 0 to 1 that the relation would fail if that figure were any other number of
    its size; a relation that holds proves a figure only as far as that. Empty where the relation could not be checked.
    """

    relation: Relation
    outcome: Outcome
    expected: str = ""
    alternative: Alternative | None = None
    reason: str = ""
    powers: tuple[Fraction, ...] = ()
