"""A repair: what a figure that does not fit, or cannot be read, most likely stands for. The printed value is never overwritten."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """`proposed` is what the figure stands for in every cheapest explanation of its document's relations.

    `printed` are the words on the page, `slips` the kinds of slip that lead from `proposed` to them (names of
    `pipeline/reconcile/repair/costs.yaml`), and `cost` what the cheapest explanation costs, in milli-nats: it changes other
    figures too where `hypotheses[0]` says so. `relation_ids` are the relations that fix the value; the repair is `proved` when they
    do so independently of each other. `hypotheses` are the explanations that change this figure, in plain sentences, the best first.
    """

    figure_id: str
    printed: str
    proposed: Decimal
    cost: int
    slips: tuple[str, ...]
    proved: bool
    relation_ids: tuple[str, ...]
    hypotheses: tuple[str, ...]

    def __post_init__(self) -> None:
        if self.proved and len(self.relation_ids) < 2:
            raise ValueError("one relation alone proves no repair")
