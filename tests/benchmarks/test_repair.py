"""The documents of the benchmark agree with themselves, and are damaged as they should be; no repair is proved wrongly."""

import random

import pytest

from benchmarks.repair import SLIPS, UNREADABLE, damaged, made_up, trials
from pipeline.reconcile.checks import check


@pytest.mark.parametrize("seed", range(5))
def test_made_up_documents_agree_with_themselves(seed: int) -> None:
    document = made_up(random.Random(seed), "d")
    result = check(document.figures, document.relations)
    assert not result.findings
    assert not result.repairs


@pytest.mark.parametrize("slip", [*SLIPS, UNREADABLE])
def test_a_slip_changes_one_number(slip: str) -> None:
    chance = random.Random(1)
    document = made_up(chance, "d")
    hurt = next(h for _ in range(50) if (h := damaged(document, slip, chance)) is not None)
    changed = [(a, b) for a, b in zip(document.figures, hurt.figures, strict=True) if a != b]
    assert [(a.figure_id, a.value) for a, _ in changed] == [(hurt.figure_id, hurt.meant)]


def test_no_wrong_repair_is_proved_and_nearly_all_that_is_provable_is_right() -> None:
    right = provable = 0
    for slip, hurt, result in trials(15):
        assert not [
            r for r in result.repairs if r.proved and (r.figure_id, r.proposed) != (hurt.figure_id, hurt.meant)
        ], slip
        if hurt.relations > 1:
            provable += 1
            right += any((r.figure_id, r.proposed) == (hurt.figure_id, hurt.meant) for r in result.repairs)
    assert right >= 0.9 * provable > 0
