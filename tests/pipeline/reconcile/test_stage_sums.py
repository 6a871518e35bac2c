"""Totals and their stages that no words tie: what cannot be, and what a council may well count."""

import pytest

from pipeline.reconcile.checks import check
from schemas.figures import Figure
from tests.pipeline.reconcile.build import figure, relation


def year(total: str, *stages: str, period: str = "2014/15", snippet: str = "") -> list[Figure]:
    words = {"snippet": snippet} if snippet else {}
    of_stage = [
        figure(f"{period}-s{n}", value, period=period, dims=(("stage", str(n)),), **words)
        for n, value in enumerate(stages, start=1)
    ]
    return [figure(f"{period}-t", total, period=period, **words), *of_stage]


def told(*figures: Figure) -> list[str]:
    return [f.message for f in check(figures, []).findings]


def test_where_another_year_adds_up_this_one_must() -> None:
    (message,) = told(*year("251", "216", "27", "8", period="2013/14"), *year("303", "256", "36", "111"))
    assert message.endswith("and its parts as 256, 36 and 111, which make 403.")


def test_a_stage_that_was_counted_twice() -> None:
    (message,) = told(*year("855", "402", "43", "8"))
    assert message.endswith("which make 453.")


def test_a_stage_with_more_than_there_are() -> None:
    (message,) = told(*year("89", "98", "11", "4"))
    assert message.endswith("a part of it that is more: 98.")


def test_in_the_same_words_however_many_more() -> None:
    words = "55 complaints had been registered. There were 544 at stage 1, eight at stage 2 and one at stage 3"
    (message,) = told(*year("55", "544", "8", "1", snippet=words))
    assert message.endswith("a part of it that is more: 544.")


def test_in_the_same_words_however_small_the_total() -> None:
    words = (
        "7 complaints were received, compared with 27 before. Complaints at stages 1 to 3 numbered 27, three and one"
    )
    (message,) = told(*year("7", "27", "3", "1", snippet=words))
    assert message.endswith("a part of it that is more: 27.")
    assert told(*year("7", "27", "3", "1")) == []


def test_a_few_more_than_at_all_stages() -> None:
    assert len(told(*year("169", "157", "10", "1"))) == 1


@pytest.mark.parametrize(
    "figures",
    [
        year("61", "59", "4", "1"),  # those that went on are counted at each stage, and once in all
        year("59", "59", "4", "1"),
        year("240", "157", "10", "1"),  # many that are at no stage: of the corporate procedure
        year("23", "363", "40", "3"),  # a total of something else
        [*year("61", "59", "4", "1"), *year("55", "55", "0", "0", period="2013/14")],  # any way of counting gives this
        [*year("169", "157", "10", "1"), figure("again", "36")],  # which of the two is the total, no word says
    ],
)
def test_what_may_well_be(figures: list[Figure]) -> None:
    assert told(*figures) == []


def test_a_total_that_has_other_parts_beside_the_stages() -> None:
    other = figure("o", "1", measure="ombudsman_cases")
    figures = [*year("33", "26", "5", "1"), other]
    stated = relation("sum", "2014/15-t", "2014/15-s1", "2014/15-s2", "2014/15-s3", "o")
    assert not check(figures, [stated]).findings


def test_a_stage_that_lacks_a_digit() -> None:
    (message,) = told(*year("160", "45", "13", "2"))
    assert message.endswith("and its parts as 45, 13 and 2, which make 60.")


@pytest.mark.parametrize(
    "figures",
    [
        year("160", "53", "13", "2"),  # 145, and no 53, makes it up
        year("24", "4", "1", "1"),  # numbers so small that 22 has the digits of some part by chance
        # where those that went on are counted once, for all that another year adds up
        [*year("29", "26", "3", "0", period="2013/14"), *year("25", "25", "1", "0")],
    ],
)
def test_what_may_be_of_other_complaints(figures: list[Figure]) -> None:
    assert told(*figures) == []
