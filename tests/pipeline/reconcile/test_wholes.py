"""Shares whose whole stands elsewhere: which are held against it, and which must not be."""

from pipeline.reconcile.checks import CheckResult, check
from schemas.figures import Figure
from tests.pipeline.reconcile.build import figure

STAGE = ("stage", "1")


def pair(name: str, part: str, percent: str) -> list[Figure]:
    """A number of complaints at Stage 1 and its percentage."""
    dims = (("complainant", name), STAGE)
    return [figure(f"n-{name}", part, dims=dims), figure(f"p-{name}", percent, "percent_of", dims=dims)]


WHOLE = figure("whole", "372", dims=(STAGE,))
OTHERS = [*pair("child", "74", "20"), *pair("carer", "93", "25")]


def told(*figures: Figure) -> list[str]:
    return [f.message for f in check(figures, []).findings]


def test_a_share_that_does_not_fit_the_whole_of_the_others() -> None:
    (message,) = told(WHOLE, *OTHERS, *pair("parent", "214", "51"))
    assert message.startswith("The report says that 214 of 372 is 51%")


def test_a_share_that_fits_is_proved() -> None:
    result: CheckResult = check([WHOLE, *OTHERS, *pair("parent", "214", "58")], [])
    assert not result.findings
    assert {"n-parent", "p-parent"} <= result.proved


def test_alone_it_may_be_of_another_whole() -> None:
    assert told(WHOLE, *pair("parent", "214", "51")) == []


def test_so_it_may_where_others_do_not_fit_either() -> None:
    assert told(WHOLE, *OTHERS, *pair("parent", "214", "51"), *pair("advocate", "10", "30")) == []


def test_a_share_without_a_part_in_its_words_is_of_nothing_known() -> None:
    bare = figure("bare", "51", "percent_of", dims=(STAGE,))
    assert told(WHOLE, *OTHERS, bare) == []


def test_two_shares_of_one_thing_were_not_told_apart() -> None:
    other = figure("again", "33", "percent_of", dims=(("complainant", "parent"), STAGE))
    assert told(WHOLE, *OTHERS, *pair("parent", "214", "58"), other) == []


def test_a_whole_that_the_document_disputes_is_none() -> None:
    assert "is 51%" not in " ".join(
        told(WHOLE, figure("again", "390", dims=(STAGE,)), *OTHERS, *pair("parent", "214", "51"))
    )
