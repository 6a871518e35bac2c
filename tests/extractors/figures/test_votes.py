"""Where the arithmetic says which group a number is of, it is of that group; where two groups would do, nothing changes."""

from decimal import Decimal

import pytest

from extractors.figures.drafts import Draft
from extractors.figures.votes import vote
from schemas.periods import Period

YEAR = Period.financial(2014)


def count(
    value: int, *, year: int = 2014, measure: str = "complaints", cluster: int | None = None, **dims: str
) -> Draft:
    return _draft(Decimal(value), "count", year, measure, cluster, dims)


def share(value: str, *, cluster: int, **dims: str) -> Draft:
    return _draft(Decimal(value), "percent_of", 2014, "complaints", cluster, dims)


def _draft(value: Decimal, statistic: str, year: int, measure: str, cluster: int | None, dims: dict[str, str]) -> Draft:
    unit = "count" if statistic == "count" else "percent"
    decimals = max(0, -int(value.as_tuple().exponent))
    return Draft(
        key=0, start=0, end=1, measure=measure, statistic=statistic, dims=dims, value=value, unit=unit, decimals=decimals,
        period=Period.financial(year), cluster=cluster,
    )  # fmt: skip


def stages(*groups: list[Draft]) -> list[list[str]]:
    """The stage of each draft after the vote, "" where it has none."""
    return [[draft.dims.get("stage", "") for draft in group] for group in vote(groups)]


BREAKDOWN = [count(57, complainant="parent"), count(12, complainant="child"), count(14, complainant="carer")]


def test_parts_that_add_up_to_the_total_of_a_group_are_of_that_group() -> None:
    assert stages([count(83, stage="1")], BREAKDOWN) == [["1"], ["1", "1", "1"]]


def test_their_own_total_is_of_that_group_too() -> None:
    assert stages([count(83, stage="1")], [*BREAKDOWN, count(83)]) == [["1"], ["1", "1", "1", "1"]]


@pytest.mark.parametrize(
    "total",
    [
        pytest.param(count(84, stage="1"), id="another sum"),
        pytest.param(count(83, stage="1", year=2013), id="another year"),
        pytest.param(count(83, stage="1", measure="compliments"), id="another measure"),
        pytest.param(count(83), id="a total of no group"),
    ],
)
def test_other_totals_say_nothing(total: Draft) -> None:
    assert stages([total], BREAKDOWN)[1] == ["", "", ""]


def test_two_groups_with_the_same_total_say_nothing() -> None:
    assert stages([count(83, stage="1")], [count(83, stage="2")], BREAKDOWN)[2] == ["", "", ""]


def test_two_parts_may_add_up_by_chance() -> None:
    assert stages([count(69, stage="1")], BREAKDOWN[:2])[1] == ["", ""]


def test_a_small_plain_total_that_fits_as_well_leaves_it_open() -> None:
    parts = [count(2, complainant="parent"), count(3, complainant="child"), count(4, complainant="carer")]
    assert stages([count(9, stage="2")], [count(9)], parts)[2] == ["", "", ""]


def test_a_part_keeps_a_stage_of_its_own() -> None:
    parts = [count(57, complainant="parent"), count(12, complainant="child"), count(14, stage="2", complainant="carer")]
    assert stages([count(83, stage="1")], parts)[1] == ["", "", "2"]


def test_a_share_says_which_whole_its_number_is_of() -> None:
    totals = [count(8, stage="1"), count(40, stage="2")]
    said = [count(5, cluster=1, outcome="upheld"), share("62", cluster=1, outcome="upheld")]
    assert stages(totals, said)[1] == ["1", "1"]


@pytest.mark.parametrize(
    "totals",
    [
        pytest.param([count(9, stage="1")], id="no whole fits"),
        pytest.param([count(8, stage="1"), count(8)], id="a plain whole fits as well"),
        pytest.param([count(8, stage="1"), count(8, stage="2")], id="two wholes fit"),
    ],
)
def test_a_share_that_leaves_it_open(totals: list[Draft]) -> None:
    said = [count(5, cluster=1, outcome="upheld"), share("62", cluster=1, outcome="upheld")]
    assert stages(totals, said)[1] == ["", ""]


def test_nothing_to_vote_on() -> None:
    assert vote([]) == []
    assert stages([], [count(83)]) == [[], [""]]


def test_columns_that_make_up_the_plain_total_of_another_year_are_not_of_one_stage():
    totals = [[count(108)], [count(108, stage="1")], [count(121, year=2013)], [count(119, year=2013, stage="1")]]
    teams = [count(v, team=t) for v, t in ((41, "A"), (8, "B"), (59, "C"))]
    before = [count(v, year=2013, team=t) for v, t in ((52, "A"), (9, "B"), (60, "C"))]
    table = vote([*totals, [*teams, *before]])[-1]
    assert all("stage" not in d.dims for d in table)
