"""What slips cost. The costs are data (`costs.yaml`), and can be counted instead of estimated."""

import math
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field


class Cost(BaseModel):
    """Milli-nats, the words of a hypothesis, and the reason for the number."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    cost: int = Field(gt=0)
    says: str
    why: str


class Costs(BaseModel):
    """What it costs that a figure stands for another value (`slips`), and that a relation need not hold (`excuses`)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    slips: dict[str, Cost]
    excuses: dict[str, Cost]


@cache
def load_costs() -> Costs:
    """The costs of the data file. Raises ValueError where it is not as it should be."""
    return Costs.model_validate(yaml.safe_load(Path(__file__).with_name("costs.yaml").read_text("utf-8")))


def slip_cost(slip: str) -> int:
    """Milli-nats that a slip costs."""
    return load_costs().slips[slip].cost


def excuse_cost(excuse: str) -> int:
    """Milli-nats that it costs to leave a relation as it is, for that reason."""
    return load_costs().excuses[excuse].cost


def calibrated(slips: Mapping[str, int], numbers: int) -> dict[str, int]:
    """Costs from counts: how often each slip was seen among so many numbers.

    Half a case is added to each count (Krichevsky and Trofimov 1981), so that a slip that was never seen costs much, not infinitely
    much. Raises ValueError if more slips are counted than numbers.
    """
    if numbers <= 0 or any(not 0 <= times <= numbers for times in slips.values()):
        raise ValueError("slips are counted among at least as many numbers")
    return {slip: max(1, round(-1000 * math.log((times + 0.5) / (numbers + 1)))) for slip, times in slips.items()}
