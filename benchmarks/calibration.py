"""Logistic regression and reliability: small enough to be written out."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

_STEPS = 30


@dataclass(frozen=True, slots=True)
class Bin:
    """Cases whose confidence lies in one range: how many, their mean confidence, and the share of them that is right."""

    cases: int
    confidence: float
    right: float


def fit(cases: Sequence[Mapping[str, float]], right: Sequence[bool], *, ridge: float = 1.0) -> dict[str, float]:
    """The weight of each feature, by Newton's method on the likelihood with a quadratic penalty (`ridge`) on all weights.

    Le Cessie and van Houwelingen 1992, "Ridge estimators in logistic regression", Applied Statistics 41(1).
    """
    names = list(cases[0])
    given = np.array([[case[name] for name in names] for case in cases])
    wanted = np.array(right, dtype=float)
    weights = np.zeros(len(names))
    for _ in range(_STEPS):
        chances = 1 / (1 + np.exp(-given @ weights))
        slope = given.T @ (wanted - chances) - ridge * weights
        bend = (given * (chances * (1 - chances))[:, None]).T @ given + ridge * np.eye(len(names))
        weights = weights + np.linalg.solve(bend, slope)
    return {name: round(float(weight), 4) for name, weight in zip(names, weights, strict=True)}


def reliability(judged: Iterable[tuple[float, bool]], bins: int = 10) -> tuple[Bin, ...]:
    """The bins of equal width that have cases, the least confident first."""
    cases: dict[int, list[tuple[float, bool]]] = {}
    for confidence, right in judged:
        cases.setdefault(min(math.floor(confidence * bins), bins - 1), []).append((confidence, right))
    return tuple(
        Bin(len(of), sum(c for c, _ in of) / len(of), sum(r for _, r in of) / len(of))
        for _, of in sorted(cases.items())
    )


def calibration_error(bins: Iterable[Bin]) -> float:
    """Expected calibration error: the mean distance of confidence and share, by cases. Naeini et al. 2015 (AAAI)."""
    found = tuple(bins)
    return sum(b.cases * abs(b.confidence - b.right) for b in found) / max(sum(b.cases for b in found), 1)
