"""A relation: what a document says about how its figures hang together."""

from dataclasses import dataclass
from typing import Literal

RelationKind = Literal["share", "percent_change", "change", "sum", "ratio", "equal", "bound"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """`figure_ids` play `roles`, in the same order. `evidence` is the sentence or the table that states it.

    share           part, whole, percent
    percent_change  current, prior, percent
    change          current, prior, difference
    sum             whole, part, part, …
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
