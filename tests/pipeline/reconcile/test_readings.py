"""Relations speak for one of two readings."""

from decimal import Decimal
from typing import Any

from pipeline.reconcile.checks import check
from pipeline.reconcile.readings import readings_of, settle
from pipeline.reconcile.repair.slips import slips_of
from schemas.figures import Evidence, Figure, NumberReading
from schemas.pages import BBox
from tests.pipeline.reconcile.build import figure, relation


def scanned(name: str, *values: str | None, others: tuple[tuple[str, float], ...] = (), **more: Any) -> Figure:
    """A figure of a scan that the readers took for these values; the first is used."""
    read = [None if v is None else Decimal(v) for v in values]
    same = len(set(read)) == 1
    readings = tuple(
        NumberReading(
            engine=engine, text=str(value), value=value, confidence=0.9,
            alternatives=tuple((Decimal(v), c) for v, c in others) if engine == "b" else (),
        )
        for engine, value in zip("ab", read, strict=False)
    )  # fmt: skip
    agreement = "agree" if same else "not_comparable" if None in read else "disagree"
    evidence = Evidence(
        page=1, bbox=BBox(0, 0, 1, 1), printed=str(values[0]), snippet="", method="ocr", readings=readings,
        agreement=agreement,  # type: ignore[arg-type]
    )  # fmt: skip
    return figure(name, values[0], evidence=evidence, grade="read" if same else "doubtful", **more)


SUM = relation("sum", "whole", "a", "b")


def values(*figures: Figure) -> list[int]:
    return [int(f.value or 0) for f in figures]


def test_the_reading_that_makes_the_sum_hold_is_used_and_proved() -> None:
    figures = (scanned("whole", "75", "75"), scanned("a", "11", "17"), scanned("b", "58", "58"))
    settled = settle(figures, [SUM])
    assert values(*settled) == [75, 17, 58]
    assert [r.value for r in settled[1].evidence.readings] == [11, 17]
    checked = check(settled, [SUM])
    assert [checked.grade(f) for f in settled] == ["proved"] * 3


def test_several_readings_are_settled_together() -> None:
    figures = (scanned("whole", "15", "75"), scanned("a", "11", "17"), scanned("b", "58", "53"))
    assert values(*settle(figures, [SUM])) == [75, 17, 58]


def test_what_one_reader_thought_possible_counts_too() -> None:
    figures = (scanned("whole", "75", "75"), scanned("a", "11", None, others=(("17", 0.3),)), scanned("b", "58", "58"))
    assert values(*settle(figures, [SUM])) == [75, 17, 58]


def test_where_no_relation_tells_the_value_stays_and_is_doubtful() -> None:
    figures = (scanned("a", "11", "17"), scanned("b", "58", "58"))
    assert settle(figures, []) == figures
    assert check(figures, []).grade(figures[0]) == "doubtful"


def test_the_first_value_stays_where_neither_makes_the_sum_hold() -> None:
    figures = (scanned("whole", "99", "99"), scanned("a", "11", "17"), scanned("b", "58", "58"))
    assert values(*settle(figures, [SUM])) == [99, 11, 58]


def test_where_a_sum_fails_the_reading_that_differs_is_to_blame() -> None:
    figures = (scanned("whole", "99", "99"), scanned("a", "11", "17"), scanned("b", "58", "58"))
    checked = check(figures, [SUM])
    assert [checked.grade(f) for f in figures] == ["read", "doubtful", "read"]
    agreed = (figures[0], scanned("a", "11", "11"), figures[2])
    assert [check(agreed, [SUM]).grade(f) for f in agreed] == ["doubtful"] * 3


def test_a_value_that_both_readers_see_is_not_changed_for_a_sum() -> None:
    figures = (scanned("whole", "75", "75"), scanned("a", "11", "11"), scanned("b", "58", "58"))
    assert settle(figures, [SUM]) == figures


def test_decimals_are_those_of_the_reading() -> None:
    percent = scanned("percent", "114", "11.4", statistic="percent_of")
    share = relation("share", "part", "whole", "percent")
    figures = (scanned("part", "8", "8"), scanned("whole", "70", "70"), percent)
    settled = settle(figures, [share])
    assert (settled[2].value, settled[2].decimals) == (Decimal("11.4"), 1)


def test_many_readings_that_differ_are_settled_one_by_one() -> None:
    parts = [scanned(f"p{i}", str(10 + i), str(40 + i)) for i in range(12)]
    whole = scanned("whole", "999", "999")
    of_all = relation("sum", "whole", *(p.figure_id for p in parts))
    assert len(settle((whole, *parts), [of_all])) == 13


def test_readings_are_candidates_for_repair() -> None:
    found = {(str(value), slip) for value, slip in slips_of(scanned("a", "11", "17", others=(("77", 0.2),)))}
    assert found >= {("17", "other_reading"), ("77", "possible_reading"), ("17", "misread_on_scan")}


def test_where_both_readers_agree_a_misreading_is_less_likely() -> None:
    found = {slip for value, slip in slips_of(scanned("a", "11", "11")) if value == 17}
    assert found == {"misread_twice"}


def test_impossible_readings_are_none() -> None:
    assert readings_of(scanned("a", "14", "149", statistic="percent_of")) == (14,)
    assert readings_of(figure("a", None)) == ()
