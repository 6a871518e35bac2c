"""How likely a figure of a scan is right: a logistic regression on how it was read and what the checks say of it.

The weights are in `confidence.yaml`, fitted on generated scans by `python -m benchmarks.double_reading --fit`; what they are
worth is measured on other scans (docs/double-reading.md). Figures of text layers keep the confidence of their reading.
"""

import math
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

from schemas.figures import Figure, Grade

WEIGHTS = Path(__file__).with_name("confidence.yaml")

# A reader that says 1 is not as sure as that.
_MOST_SURE = 0.995


class Weights(BaseModel):
    """The data file: on what it was fitted, and the weight of each feature in log-odds."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    fitted: str
    weights: dict[str, float]


def confidence(figure: Figure, grade: Grade) -> float:
    """The probability (0-1) that a figure of a scan, graded `grade` by the checks, is right in value, measure and period."""
    weights = load_weights().weights
    odds = sum(weights.get(name, 0.0) * amount for name, amount in features(figure, grade).items())
    return round(1 / (1 + math.exp(-odds)), 4)


def features(figure: Figure, grade: Grade) -> Mapping[str, float]:
    """What the confidence depends on. Confidences of readers are log-odds; those of a missing reading count for nothing."""
    readings, agreement = figure.evidence.readings, figure.evidence.agreement
    return {
        "always": 1.0,
        "first reader": _log_odds(readings[0].confidence) if readings else 0.0,
        "second reader": _log_odds(readings[1].confidence) if len(readings) > 1 else 0.0,
        "readers differ": float(agreement == "disagree"),
        "one saw no number": float(agreement == "not_comparable"),
        "read once": float(agreement == "single"),
        "number in words": float(agreement is None),
        "proved": float(grade == "proved"),
        "doubtful": float(grade == "doubtful"),
        "unreadable": float(grade == "unreadable"),
        "place in the text": _log_odds(figure.confidence),
    }


@cache
def load_weights() -> Weights:
    """The weights of the data file. Raises ValueError where it is not as it should be."""
    return Weights.model_validate(yaml.safe_load(WEIGHTS.read_text("utf-8")))


def _log_odds(chance: float) -> float:
    bounded = min(max(chance, 1 - _MOST_SURE), _MOST_SURE)
    return math.log(bounded / (1 - bounded))
