"""Fitting and judging probabilities."""

import random

import pytest

from benchmarks.calibration import calibration_error, fit, reliability


def test_a_fit_finds_the_odds() -> None:
    draw = random.Random(7)
    cases = [{"always": 1.0, "seen": float(draw.random() < 0.5)} for _ in range(4000)]
    right = [draw.random() < (0.9 if case["seen"] else 0.5) for case in cases]
    weights = fit(cases, right)
    assert weights["always"] == pytest.approx(0.0, abs=0.15)
    assert weights["seen"] == pytest.approx(2.197, abs=0.25)


def test_what_is_as_often_right_as_it_says_has_no_error() -> None:
    judged = [(0.75, True)] * 3 + [(0.75, False)] + [(0.25, True)] + [(0.25, False)] * 3
    bins = reliability(judged)
    assert [(b.cases, b.confidence, b.right) for b in bins] == [(4, 0.25, 0.25), (4, 0.75, 0.75)]
    assert calibration_error(bins) == 0


def test_the_error_is_the_mean_distance() -> None:
    assert calibration_error(reliability([(1.0, True), (1.0, False)])) == 0.5
    assert calibration_error(reliability([(0.9, True)] * 3 + [(0.1, True)])) == pytest.approx(0.3)


def test_nothing_judged_is_no_error() -> None:
    assert calibration_error(reliability([])) == 0
