"""Shares whose whole stands elsewhere: which are held against it, and which must not be."""

from dataclasses import replace

import pytest

from pipeline.reconcile.checks import CheckResult, check
from schemas.figures import Figure
from schemas.relations import Relation
from tests.pipeline.reconcile.build import figure, relation

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


def told_together(words: str, part: str = "57", percent: str = "20.7") -> list[Figure]:
    """A number of complaints and its percentage, read from one sentence."""
    dims = (("outcome", "upheld"), STAGE)
    return [
        figure("part", part, dims=dims, words=part, snippet=words),
        figure("percent", percent, "percent_of", dims=dims, words=f"{percent}%", snippet=words),
    ]


def test_a_share_in_brackets_behind_what_is_counted_is_of_all_of_that() -> None:
    (message,) = told(
        figure("all", "249", dims=(STAGE,)), *told_together("57 complaints at Stage 1 (20.7%) were upheld.")
    )
    assert message.startswith("The report says that 57 of 249 is 20.7%")


def test_a_number_in_brackets_behind_a_share_of_what_is_counted() -> None:
    words = "Taken together, 4% of Stage 1 complaints (31) were upheld."
    (message,) = told(figure("all", "57", dims=(STAGE,)), *told_together(words, "31", "4"))
    assert message.startswith("The report says that 31 of 57 is 4%")


def test_a_part_that_is_more_than_its_whole() -> None:
    (message,) = told(
        figure("all", "114", dims=(STAGE,)), *told_together("669 complaints (60.5%) were upheld", "669", "60.5")
    )
    assert message.startswith("The report says that 669 of 114 is 60.5%")


def test_a_bare_pair_may_be_of_another_whole() -> None:
    assert told(figure("all", "249", dims=(STAGE,)), *told_together("communication, 57 (20.7%), and delay")) == []


def test_a_pair_beside_another_whole_is_not_held_against_it() -> None:
    whole = figure("all", "249", dims=(STAGE,))
    assert told(whole, *told_together("57 complaints (20.7%) were upheld and 249 were not.")) == []


def test_a_pair_that_fits_a_wider_group_is_of_that() -> None:
    groups = [figure("stage", "249", dims=(STAGE,)), figure("year", "275")]
    assert told(*groups, *told_together("57 complaints (20.7%) were upheld.")) == []


@pytest.mark.parametrize(("wider", "alone"), [("foster care", True), ("fostering", False), ("care", False)])
def test_a_pair_may_be_of_the_group_whose_name_its_own_goes_on_from(wider: str, *, alone: bool) -> None:
    words = "57 complaints (20.7%) were about foster care more than twenty miles away."
    dims = (("category", "foster care more than"), STAGE)
    pair = [
        figure("part", "57", dims=dims, words="57", snippet=words),
        figure("percent", "20.7", "percent_of", dims=dims, words="20.7%", snippet=words),
    ]
    groups = [figure("stage", "249", dims=(STAGE,)), figure("wider", "275", dims=(("category", wider), STAGE))]
    assert (told(*groups, *pair) == []) == alone


def test_a_pair_that_fits_last_year_is_left_alone() -> None:
    groups = [figure("now", "249", dims=(STAGE,)), figure("then", "275", dims=(STAGE,), period="2013/14")]
    assert told(*groups, *told_together("57 complaints (20.7%) were upheld.")) == []


def team(name: str, part: str, percent: str) -> list[Figure]:
    """Complaints of parents about a team, and their percentage."""
    dims = (("complainant", "parent"), STAGE, ("team", name))
    return [figure(f"n-{name}", part, dims=dims), figure(f"p-{name}", percent, "percent_of", dims=dims)]


def test_what_counts_some_of_a_teams_complaints_is_a_share_of_the_teams() -> None:
    own = figure("t", "11", dims=(STAGE, ("team", "North")))
    assert told(WHOLE, *OTHERS, own, *team("North", "6", "55")) == []
    assert told(WHOLE, *OTHERS, *team("North", "6", "55")) == []  # and of nothing that is known where that is not given


def in_brackets(words: str, part: str, percent: str) -> list[Figure]:
    dims = (("complainant", "child"), STAGE)
    return [
        figure("n", part, dims=dims, snippet=words),
        figure("p", percent, "percent_of", dims=dims, snippet=words),
        figure("table", "21.1", "percent_of", dims=dims, snippet="Young people | 4 | 21.1%"),
    ]


def test_a_number_and_its_share_in_one_bracket_belong_together_whatever_a_table_says() -> None:
    found = told(figure("w", "19", dims=(STAGE,)), *in_brackets("next came young people (6.2, 4).", "4", "6.2"))
    assert any("that 4 of 19 is 6.2%" in message for message in found)


def test_no_share_is_told_by_numbers_that_stand_in_two_brackets_or_none() -> None:
    whole = figure("w", "19", dims=(STAGE,))
    for words in ("young people (4) and (6.2)", "young people 4, 6.2", "young people (4; 9 last year; 6.2)"):
        assert told(whole, *in_brackets(words, "4", "6.2")) == []


def test_who_has_the_most_has_a_share_of_all() -> None:
    words = "The team with the most complaints was the Contact Team, with 17 (13.4)."
    dims = (STAGE, ("team", "Contact"))
    pair_of = [figure("n", "17", dims=dims, snippet=words), figure("p", "13.4", "percent_of", dims=dims, snippet=words)]
    assert len(told(figure("w", "119", dims=(STAGE,)), *pair_of)) == 1
    # unless it is one of something else that is counted
    assert told(figure("w", "119", dims=(STAGE,)), figure("all", "127"), *pair_of) == []


def test_a_share_of_a_part_of_a_part_is_not_of_all() -> None:
    words = (
        "60 complaints were upheld, of which 20 were of the care itself; 57 complaints at Stage 1 (20.7%) were late."
    )
    assert told(figure("all", "249", dims=(STAGE,)), *told_together(words)) == []


def row(name: str, part: str, percent: str) -> list[Figure]:
    """A row of a table: a number of complaints at Stage 1 and its percentage."""
    dims, words = (("category", name), STAGE), f"{name} | {part} | {percent}%"
    return [
        figure(f"n-{name}", part, dims=dims, words=part, snippet=words),
        figure(f"p-{name}", percent, "percent_of", dims=dims, words=f"{percent}%", snippet=words),
    ]


ROWS = [*row("Communication", "77", "36"), *row("Decisions", "56", "26"), *row("Support", "51", "24")]


def test_the_rows_of_a_table_without_a_total_are_of_a_whole_that_most_of_them_fit() -> None:
    (message,) = told(figure("all", "214", dims=(STAGE,)), *ROWS, *row("Attitude", "82", "31"))
    assert message.startswith("The report says that 82 of 214 is 31%")


def test_of_a_whole_that_they_do_not_fit_they_are_none() -> None:
    assert told(figure("all", "192", dims=(STAGE,)), *ROWS, *row("Attitude", "82", "31")) == []


def test_one_row_alone_may_be_of_anything() -> None:
    assert told(figure("all", "214", dims=(STAGE,)), *row("Attitude", "82", "31")) == []


OF_THEM = [
    figure("a", "51", dims=(("outcome", "upheld"), STAGE)),
    figure("a%", "21", "percent_of", dims=(("outcome", "upheld"), STAGE)),
]
PARENTS = "The largest group were parents, with 183 complaints at Stage 1 (56%)."
TOLD = [
    figure("n", "183", dims=(("complainant", "parent"), STAGE), words="183", snippet=PARENTS),
    figure("p", "56", "percent_of", dims=(("complainant", "parent"), STAGE), words="56%", snippet=PARENTS),
]


def messages(*figures: Figure, relations: list[Relation]) -> list[str]:
    return [f.message for f in check(figures, relations).findings]


def test_of_two_numbers_for_all_it_is_the_one_that_shares_are_taken_of() -> None:
    all_of_them, part = figure("all", "246", dims=(STAGE,)), figure("some", "98", dims=(STAGE,))
    share = relation("share", "a", "all", "a%")
    (message,) = messages(all_of_them, part, *OF_THEM, *TOLD, relations=[share])
    assert message.startswith("The report says that 183 of 246 is 56%")
    assert messages(all_of_them, part, *OF_THEM, *TOLD, relations=[]) == []


def test_where_none_is_given_it_is_what_other_shares_of_the_group_are_of() -> None:
    share = relation("share", "a", "every", "a%")
    upheld, percent = OF_THEM
    percent = replace(
        percent, evidence=replace(percent.evidence, snippet="51 were upheld at Stage 1, 21 % of the 246.")
    )
    (message,) = messages(figure("every", "246"), upheld, percent, *TOLD, relations=[share])
    assert message.startswith("The report says that 183 of 246 is 56%")
    assert messages(figure("every", "246"), upheld, percent, *TOLD, relations=[]) == []
    assert (
        messages(figure("every", "246"), *OF_THEM, *TOLD, relations=[share]) == []
    )  # no words say that it is of these


THEN = "13% of complaints at Stage 1 were upheld (4 of 31). The proportion in 2013/14 was 51% (4)."
UPHELD = (("outcome", "upheld"), STAGE)
NOW_AND_THEN = [
    figure("now", "31", dims=(STAGE,)),
    figure("n", "4", dims=UPHELD),
    figure("p", "13", "percent_of", dims=UPHELD),
    figure("then", "26", dims=(STAGE,), period="2013/14"),
    figure("n then", "4", dims=UPHELD, period="2013/14", words="4", snippet=THEN),
    figure("p then", "51", "percent_of", dims=UPHELD, period="2013/14", words="51%", snippet=THEN),
]


def test_a_share_of_last_year_is_of_the_same_as_this_years() -> None:
    (message,) = messages(*NOW_AND_THEN, relations=[relation("share", "n", "now", "p")])
    assert message.startswith("The report says that 4 of 26 is 51%")


def test_without_this_years_nothing_tells_what_it_is_of() -> None:
    assert messages(*NOW_AND_THEN, relations=[]) == []


def test_what_went_from_stage_1_to_stage_2_is_a_share_of_stage_1() -> None:
    words = "four complaints, or 1%, had been taken from Stage 1 to Stage 2."
    went = [
        figure("n", "4", dims=(("stage", "2"),), words="four", snippet=words),
        figure("p", "1", "percent_of", dims=(("stage", "2"),), words="1%", snippet=words),
    ]
    (message,) = told(figure("all", "23", dims=(STAGE,)), *went)
    assert message.startswith("The report says that 4 of 23 is 1%")


def test_of_two_numbers_for_a_part_it_is_that_of_its_own_row() -> None:
    prose = figure("ten", "10", dims=(("category", "Decisions"), STAGE), words="ten", snippet="with ten complaints")
    rows = [*row("Communication", "8", "27"), *row("Funding", "9", "30"), *row("Behaviour", "5", "17")]
    (message,) = told(figure("all", "30", dims=(STAGE,)), prose, *rows, *row("Decisions", "1", "33"))
    assert message.startswith("The report says that 1 of 30 is 33%")


def test_of_which_there_were_so_many() -> None:
    words = "Complaints about the Access Team, of which there were 14, made up 25% of the total."
    dims = (("team", "Access Team"),)
    pair_of = [
        figure("n", "14", dims=dims, words="14", snippet=words),
        figure("p", "25", "percent_of", dims=dims, words="25%", snippet=words),
    ]
    (message,) = told(figure("all", "75"), *pair_of)
    assert message.startswith("The report says that 14 of 75 is 25%")
    other = [replace(f, evidence=replace(f.evidence, snippet=words.replace("the total", "the 56"))) for f in pair_of]
    assert told(figure("all", "75"), *other) == []
