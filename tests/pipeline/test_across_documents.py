"""Short reports in, what they differ on out: read by the real extractors, kept and compared as the commands do."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from pipeline import stages
from pipeline.exports.rows import finding_rows
from pipeline.exports.series import series_rows
from pipeline.importing import import_paths
from pipeline.reading import Engine
from pipeline.store.database import Store
from schemas.exports import FindingRow, SeriesRow

Compare = Callable[[Mapping[str, str]], tuple[list[FindingRow], list[SeriesRow]]]

HEAD = "Leeds City Council\n\nChildren's Social Care: annual complaints report {year}\n\n"


@pytest.fixture
def compare(sqlite_store: Store, archive: Path, monkeypatch: pytest.MonkeyPatch) -> Compare:
    """Import reports, by year; the findings across them, and the series of counts of all complaints."""
    monkeypatch.undo()

    def compared(reports: Mapping[str, str]) -> tuple[list[FindingRow], list[SeriesRow]]:
        for year, text in reports.items():
            (archive / f"leeds_{year.replace('/', '-')}.txt").write_text(HEAD.format(year=year) + text)
        engine = Engine(read=stages.read_document, workers=0)
        import_paths(sqlite_store, [str(archive)], stages.Settings(), engine, lambda event: None)
        with sqlite_store.reading() as connection:
            across = [f for f in finding_rows(connection) if len(f.documents) > 1 or f.kind == "series_break"]
            return across, [s for s in series_rows(connection) if not s.dims and s.statistic == "count"]

    return compared


FIRST = "In 2014/15 the service received 92 complaints.\n\nStaff received 40 compliments in 2014/15.\n"
SECOND = "In 2015/16 the service received 99 complaints, compared with {before} in 2014/15.{note}\n"

DIFFERENT: dict[str, tuple[str, str, str, str]] = {
    "restated with a note": (
        "94",
        " The figure for 2014/15 had been given as 92 in last year's report.",
        "restated_figure",
        "restated",
    ),
    "restated silently": ("94", "", "restated_figure", "restated"),
    "definition changed": (
        "86",
        " Concerns settled within a day are no longer counted as complaints.",
        "restated_figure",
        "restated",
    ),
}


@pytest.mark.parametrize("case", DIFFERENT)
def test_difference(case: str, compare: Compare) -> None:
    before, note, kind, status = DIFFERENT[case]
    findings, series = compare({"2014/15": FIRST, "2015/16": SECOND.format(before=before, note=note)})
    assert [(f.kind, sorted(f.values), f.documents) for f in findings] == [
        (kind, sorted([92, int(before)]), ["leeds_2015-16.txt", "leeds_2014-15.txt"])
    ]
    (of_year,) = [s for s in series if s.measure == "complaints" and s.period == "2014/15"]
    assert (of_year.status, of_year.value, of_year.first_reported, of_year.last_reported) == (
        status,
        92,
        92,
        int(before),
    )


def test_agreement(compare: Compare) -> None:
    findings, series = compare({"2014/15": FIRST, "2015/16": SECOND.format(before="92", note="")})
    assert findings == []
    statuses = {(s.measure, s.period): s.status for s in series}
    assert statuses[("complaints", "2014/15")] == "agreed"
    assert statuses[("compliments", "2014/15")] == "single_sourced"


@pytest.mark.parametrize(
    "other",
    [
        "Between April and September 2014 there were 90 complaints.\n",
        "In 2015/16 there were 99 Stage 1 complaints, compared with 88 Stage 1 complaints in 2014/15.\n",
        "In 2014/15, 90 complaints were closed.\n",
        "In 2014/15, 90 corporate complaints were received.\n",
    ],
)
def test_other_things_are_not_held_against_each_other(other: str, compare: Compare) -> None:
    findings, series = compare({"2014/15": FIRST, "2015/16": other})
    assert findings == []
    assert {s.status for s in series} <= {"single_sourced", "agreed"}


def test_report_that_warns_of_comparisons(compare: Compare) -> None:
    text = SECOND.format(before="92", note=" The complaints of 2015/16 cannot be compared with those of earlier years.")
    findings, _ = compare({"2014/15": FIRST, "2015/16": text})
    assert [(f.kind, f.values) for f in findings] == [("series_break", [92, 99])]


def test_year_without_a_report_is_missing(compare: Compare) -> None:
    _, series = compare({"2012/13": "In 2012/13 the service received 70 complaints.\n", "2014/15": FIRST})
    assert [(s.period, s.status) for s in series if s.measure == "complaints"] == [
        ("2012/13", "single_sourced"),
        ("2013/14", "missing"),
        ("2014/15", "single_sourced"),
    ]
