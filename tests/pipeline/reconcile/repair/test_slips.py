"""Which values a print may stand for, and by which slip."""

from decimal import Decimal
from typing import Any

import pytest

from pipeline.reconcile.repair.costs import Cost, calibrated, load_costs
from pipeline.reconcile.repair.slips import slips_of
from schemas.figures import Evidence, Figure, Statistic
from schemas.pages import BBox
from tests.pipeline.reconcile.build import figure


def slips(of: Figure) -> set[tuple[str, str]]:
    return {(str(value), slip) for value, slip in slips_of(of)}


@pytest.mark.parametrize(
    ("printed", "meant", "slip"),
    [
        ("31", "13", "transposed"),
        ("1,347", "1374", "transposed"),
        ("13.0", "30.1", ""),
        ("13.7", "17.3", "transposed"),
        ("5", "15", "lost_digit"),
        ("17", "107", "lost_digit"),
        ("117", "17", "doubled_digit"),
        ("17", "117", "halved_digit"),
        ("152", "15", "added_digit"),
        ("147", "14.7", ""),
        ("14.7", "147.0", "ten_times"),
        ("140", "14", "tenth"),
        ("8", "3", "misread"),
        ("63", "68", "misread"),
        ("4", "5", "neighbouring_key"),
        ("0", "9", ""),
        ("0", "10", "lost_digit"),
        ("17", "-17", "sign"),
        ("10", "01", ""),
        ("5", "", ""),
    ],
)
def test_slips_of_numbers(printed: str, meant: str, slip: str) -> None:
    found = {s for value, s in slips(figure("a", printed.replace(",", ""))) if value == meant}
    assert found >= {slip} if slip else not found


@pytest.mark.parametrize(
    ("printed", "statistic", "meant", "slip"),
    [
        ("(&$)", "count", "74", "shifted_keys"),
        ("£!", "count", "31", "shifted_keys"),
        ("lO", "count", "10", "look_alike"),
        ("S", "count", "5", "look_alike"),
        ("£2", "count", "32", "shifted_keys"),
        ("509%", "percent_of", "50", "percent_as_digit"),
        ("509%", "percent_of", "59", "added_digit"),
    ],
)
def test_slips_of_what_is_no_number(printed: str, statistic: Statistic, meant: str, slip: str) -> None:
    assert (meant, slip) in slips(figure("a", None, statistic, words=printed))


def test_what_the_reader_proposed_counts_once() -> None:
    of = figure("a", None, words="(&$)", proposed=Decimal(74))
    assert [s for value, s in slips(of) if value == "74"] == ["shifted_keys"]
    assert ("12", "look_alike") in slips(figure("a", None, words="l?", proposed=Decimal(12)))


def test_of_marks_alone_the_reader_knows_which_brackets_are_digits() -> None:
    assert slips(figure("a", None, words="£)^", proposed=Decimal(306))) == {("306", "shifted_keys")}


def test_a_scan_misreads_more_often() -> None:
    scanned: dict[str, Any] = {
        "evidence": Evidence(page=1, bbox=BBox(0, 0, 1, 1), printed="8", snippet="8", method="ocr")
    }
    assert ("3", "misread_on_scan") in slips(figure("a", "8", **scanned))


def test_every_slip_has_a_cost_and_a_reason() -> None:
    prints = [figure("a", p) for p in ("1174", "14.7", "0", "100")] + [
        figure("a", None, "percent_of", words=w) for w in ("(&$)", "lO", "509%")
    ]
    assert {slip for of in prints for _, slip in slips(of)} <= set(load_costs().slips)
    entries: list[Cost] = [*load_costs().slips.values(), *load_costs().excuses.values()]
    assert all(entry.why and entry.says for entry in entries)


def test_costs_from_counts() -> None:
    assert calibrated({"transposed": 10, "sign": 0}, 100_000) == {"transposed": 9162, "sign": 12206}


@pytest.mark.parametrize(("counts", "numbers"), [({"sign": 2}, 1), ({"sign": -1}, 5), ({}, 0)])
def test_counts_that_cannot_be(counts: dict[str, int], numbers: int) -> None:
    with pytest.raises(ValueError, match="at least as many"):
        calibrated(counts, numbers)
