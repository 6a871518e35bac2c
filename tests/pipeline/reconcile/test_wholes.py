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
