"""The order of the figures to look at, and the tallies that pages show."""

from pathlib import Path

import pytest
from sqlalchemy import func, select

from pipeline.ranking import impact, is_ranked, rank, suspicion
from pipeline.store.database import Store
from pipeline.store.tables import figures, suspects, tallies
from tests.pipeline.conftest import run_import


@pytest.mark.parametrize(
    ("worse", "better"),
    [
        (("unreadable", "", False), ("doubtful", "", False)),
        (("doubtful", "high", False), ("doubtful", "low", False)),
        (("doubtful", "medium", True), ("doubtful", "medium", False)),
        (("doubtful", "high", False), ("proved", "high", False)),
        (("read", "low", False), ("proved", "", False)),
    ],
)
def test_more_speaks_against_one_than_against_the_other(
    worse: tuple[str, str, bool], better: tuple[str, str, bool]
) -> None:
    def of(grade: str, severity: str, repaired: bool) -> float:
        return suspicion(grade, severity, repaired=repaired)

    assert 0 <= of(*better) < of(*worse) <= 1


@pytest.mark.parametrize(
    ("more", "less"),
    [
        (("count", 0, "current", 2), ("count", 1, "current", 2)),
        (("count", 0, "current", 2), ("percent_change", 0, "current", 2)),
        (("count", 0, "current", 2), ("count", 0, "comparative", 2)),
        (("count", 0, "current", 2), ("count", 0, "current", 1)),
        (("count", 0, "current", 1), ("count", 0, "current", 0)),
    ],
)
def test_more_hangs_on_one_than_on_the_other(more: tuple[str, int, str, int], less: tuple[str, int, str, int]) -> None:
    assert 0 < impact(*less) < impact(*more)


def test_an_import_leaves_the_order_and_the_tallies_behind(store: Store, archive: Path) -> None:
    (archive / "a.txt").write_text("There were 75 complaints, 58 and 17.")
    with store.reading() as connection:
        assert is_ranked(connection)
    run_import(store, archive)
    with store.writing() as connection:
        connection.execute(figures.update().where(figures.c.printed == "58").values(grade="doubtful"))
        connection.execute(figures.update().where(figures.c.printed == "17").values(grade="unreadable"))
    rank(store)
    with store.reading() as connection:
        joined = suspects.join(
            figures, (figures.c.document_id == suspects.c.document_id) & (figures.c.position == suspects.c.position)
        )
        ordered = select(figures.c.printed).select_from(joined).order_by(suspects.c.priority.desc())
        assert set(connection.scalars(ordered)) == {"58", "17"}
        query = select(tallies.c.what, func.sum(tallies.c.number)).group_by(tallies.c.what)
        counted = {what: number for what, number in connection.execute(query)}
    assert sum(number for what, number in counted.items() if what.startswith("grade:")) == 3
    assert (counted["grade:doubtful"], counted["grade:unreadable"]) == (1, 1)
