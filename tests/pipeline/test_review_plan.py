"""The review plan: the sample is random but the same for all, its bound is exact, and it says when one may stop."""

from fractions import Fraction
from itertools import combinations
from math import comb
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from pipeline.ranking import rank
from pipeline.reconcile import reconcile
from pipeline.review_plan import Plan, clopper_pearson, read_plan, sample_size, upper_bound
from pipeline.store.database import Store
from pipeline.store.tables import figures, suspects
from schemas.decisions import Subject
from tests.pipeline.conftest import run_import
from tests.pipeline.decisions.deciding import corrected, decide, figure

ALPHA = Fraction(5, 100)


@pytest.mark.parametrize(
    ("sample", "errors", "published"),
    # One-sided 95% limits of Clopper and Pearson, as 100 (1 - alpha/2) tables of two-sided 90% limits print them.
    [(10, 0, 0.2589), (20, 1, 0.2161), (30, 0, 0.0950), (50, 2, 0.1206), (100, 1, 0.0466), (100, 5, 0.1023)],
)
def test_the_bound_is_that_of_the_tables(sample: int, errors: int, published: float) -> None:
    assert clopper_pearson(sample, errors) == pytest.approx(published, abs=5e-5)
    assert float(upper_bound(10_000_000, sample, errors)) == pytest.approx(published, abs=1e-4)


@given(st.integers(1, 9), st.data())
def test_the_bound_is_that_of_counting_every_sample(population: int, data: st.DataObject) -> None:
    sample = data.draw(st.integers(1, population))
    errors = data.draw(st.integers(0, sample))
    bearable = [
        wrong
        for wrong in range(errors, population - (sample - errors) + 1)
        if Fraction(
            sum(sum(i < wrong for i in chosen) <= errors for chosen in combinations(range(population), sample)),
            comb(population, sample),
        )
        >= ALPHA
    ]
    assert upper_bound(population, sample, errors) == Fraction(max(bearable), population)


@given(st.integers(20, 3_000), st.data())
@settings(max_examples=40)
def test_more_of_a_population_bounds_it_no_worse_than_one_without_end(population: int, data: st.DataObject) -> None:
    sample = data.draw(st.integers(1, min(population, 300)))
    errors = data.draw(st.integers(0, min(3, sample)))
    assert float(upper_bound(population, sample, errors)) <= clopper_pearson(sample, errors) + 1e-9


def test_three_in_n_is_near_the_exact_bound() -> None:
    for sample in (100, 300, 1_000):
        exact = upper_bound(10_000_000, sample, 0)
        assert 0.97 < exact / Fraction(3, sample) < 1


@pytest.mark.parametrize(
    ("population", "errors", "size"), [(300_000, 0, 298), (1_000, 0, 238), (20, 0, 20), (0, 0, 0), (1, 0, 1)]
)
def test_as_many_are_looked_at_as_the_target_needs(population: int, errors: int, size: int) -> None:
    found = sample_size(population, Fraction(1, 100), errors)
    assert found == size
    if population > 100:
        assert upper_bound(population, found, errors) <= Fraction(1, 100) < upper_bound(population, found - 1, errors)


@pytest.mark.parametrize(("population", "sample", "errors"), [(10, 0, 0), (10, 11, 0), (10, 5, 6), (10, 5, -1)])
def test_numbers_that_cannot_be_are_refused(population: int, sample: int, errors: int) -> None:
    with pytest.raises(ValueError, match="cannot be"):
        upper_bound(population, sample, errors)


@pytest.fixture
def archive_of_figures(store: Store, archive: Path) -> Store:
    """A store of 60 figures, of which one is flagged. Ids as they really are: hashes."""
    (archive / "a.txt").write_text(" ".join(str(100 + number) for number in range(60)))
    run_import(store, archive)
    with store.writing() as connection:
        for row in connection.execute(select(figures.c.document_id, figures.c.position)).all():
            spread = f"{(row.position * 0x9E3779B97F4A7C15) % 2**64:016x}"
            connection.execute(figures.update().where(figures.c.position == row.position).values(figure_id=spread))
        grades = figures.update().where(figures.c.printed == "100")
        connection.execute(grades.values(grade="doubtful", grade_checked="doubtful"))
    rank(store)
    return store


def plan_of(store: Store, **more: object) -> Plan:
    with store.reading() as connection:
        return read_plan(connection, **more)  # type: ignore[arg-type]


def accept_sample(store: Store, plan: Plan, count: int) -> None:
    for figure_id in plan.drawn[:count]:
        decide(store, "ann", "accept", Subject("figure", figure_id))


def test_at_first_everything_is_left(archive_of_figures: Store) -> None:
    plan = plan_of(archive_of_figures)
    assert (plan.flagged, plan.waiting, plan.unflagged, plan.looked_at, plan.bound) == (1, 1, 59, 0, None)
    assert (plan.may_stop, plan.next_in_sample) == (False, plan.drawn[0])
    assert plan.why == "Left: 1 flagged figure of 1 to decide on, 57 figures of the sample to look at."


def test_the_sample_is_the_same_for_all_and_another_with_another_seed(archive_of_figures: Store) -> None:
    half = Fraction(10, 100)
    one, same, other = (plan_of(archive_of_figures, target=half, seed=seed).drawn for seed in (1, 1, 2))
    assert one == same
    assert len(one) == len(set(one)) == len(other) < 59
    assert one != other


def test_the_sample_stays_when_documents_are_added(archive_of_figures: Store, archive: Path) -> None:
    before = plan_of(archive_of_figures, target=Fraction(10, 100)).drawn
    (archive / "b.txt").write_text("7 8 9")
    run_import(archive_of_figures, archive)
    after = plan_of(archive_of_figures, target=Fraction(10, 100)).drawn
    assert len(set(before) & set(after)) >= len(before) - 3


def test_flagged_figures_are_not_in_the_sample_even_when_they_are_decided(archive_of_figures: Store) -> None:
    flagged = figure(archive_of_figures, "100")
    assert flagged.id not in plan_of(archive_of_figures).drawn
    decide(archive_of_figures, "ann", "accept", flagged)
    rank(archive_of_figures)
    with archive_of_figures.reading() as connection:
        assert connection.execute(select(suspects)).all() == []
    plan = plan_of(archive_of_figures)
    assert flagged.id not in plan.drawn
    assert plan.unflagged == 59


def test_when_everything_is_looked_at_one_may_stop(archive_of_figures: Store) -> None:
    target = Fraction(10, 100)
    plan = plan_of(archive_of_figures, target=target)
    accept_sample(archive_of_figures, plan, plan.sample)
    almost = plan_of(archive_of_figures, target=target)
    assert (almost.looked_at, almost.errors, almost.may_stop) == (plan.sample, 0, False)
    assert almost.bound is not None
    assert almost.bound <= target
    decide(archive_of_figures, "ann", "accept", figure(archive_of_figures, "100"))
    done = plan_of(archive_of_figures, target=target)
    assert done.may_stop
    assert done.why.endswith("unflagged figures are. One may stop.")


@pytest.mark.parametrize(
    ("action", "cause", "errors"), [("reject", "", 1), ("correct", "misread", 1), ("correct", "misprint", 0)]
)
def test_an_error_of_ours_makes_the_sample_larger(
    action: str, cause: str, errors: int, archive_of_figures: Store
) -> None:
    target = Fraction(10, 100)
    plan = plan_of(archive_of_figures, target=target)
    wrong = Subject("figure", plan.drawn[0])
    after = corrected(archive_of_figures, wrong, value="1", cause=cause) if cause else ()
    decide(archive_of_figures, "ann", action, wrong, after)
    found = plan_of(archive_of_figures, target=target)
    assert (found.looked_at, found.errors) == (1, errors)
    assert (found.sample > plan.sample) == bool(errors)


def test_who_looks_at_the_easy_ones_only_gets_no_further(archive_of_figures: Store) -> None:
    plan = plan_of(archive_of_figures)
    for figure_id in plan.drawn[1:5]:
        decide(archive_of_figures, "ann", "accept", Subject("figure", figure_id))
    assert plan_of(archive_of_figures).looked_at == 0


def test_a_store_without_figures_has_nothing_left(store: Store) -> None:
    plan = plan_of(store)
    assert (plan.sample, plan.drawn, plan.may_stop, plan.why) == (
        0,
        (),
        True,
        "Everything flagged is decided. One may stop.",
    )


def test_documents_are_checked_again_before_one_stops(store: Store, archive: Path) -> None:
    (archive / "a.txt").write_text("100 200")
    run_import(store, archive)
    decide(store, "ann", "accept", figure(store, "200"))
    wrong = figure(store, "100")
    decide(store, "ann", "correct", wrong, corrected(store, wrong, value="101", cause="misprint"))
    plan = plan_of(store)
    assert (plan.bound, plan.unchecked, plan.may_stop) == (0, 1, False)
    assert "1 document to check again with what was decided" in plan.why
    reconcile(store, only_new=True)
    assert (plan_of(store).unchecked, plan_of(store).may_stop) == (0, True)
