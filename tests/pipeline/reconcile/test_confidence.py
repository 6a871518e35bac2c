"""What confidence depends on."""

import math

import pytest

from pipeline.reconcile.confidence import confidence, features, load_weights
from schemas.figures import Grade
from tests.pipeline.reconcile.test_readings import scanned

GRADES: tuple[Grade, ...] = ("proved", "read", "doubtful", "unreadable")


@pytest.mark.parametrize("grade", GRADES)
@pytest.mark.parametrize("second", ["117", "177", None])
def test_confidence_is_a_probability(grade: Grade, second: str | None) -> None:
    assert 0 < confidence(scanned("a", "117", second), grade) < 1


def test_what_is_proved_is_surer_than_what_is_read_and_that_than_what_is_doubtful() -> None:
    agreed, differing = scanned("a", "117", "117"), scanned("a", "117", "177")
    assert confidence(agreed, "proved") > confidence(agreed, "read") > confidence(differing, "doubtful")


def test_every_weight_is_of_a_feature() -> None:
    assert set(load_weights().weights) == set(features(scanned("a", "117", "117"), "read"))


def test_confidences_of_readers_are_bounded_log_odds() -> None:
    found = features(scanned("a", "117", "117"), "read")
    assert found["first reader"] == pytest.approx(math.log(0.9 / 0.1))
    assert all(math.isfinite(amount) for amount in found.values())
