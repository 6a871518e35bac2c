"""The check of a document: what becomes a finding, what must not, and what is proved."""

import random
from decimal import Decimal

import pytest

from pipeline.reconcile.checks import CheckResult, check
from schemas.figures import Figure
from schemas.findings import Finding
from schemas.periods import Period
from tests.pipeline.reconcile.build import figure, relation

YEAR = Period.parse("2014/15")
AT_MARCH = Period.parse("2015-03-31")


def only(result: CheckResult) -> Finding:
    (finding,) = result.findings
    return finding


def kinds(result: CheckResult) -> list[str]:
    return [f.kind for f in result.findings]


def numbers(finding: Finding) -> list[str]:
    return [str(v) for v in finding.values]


def rise(*printed: str) -> list[Figure]:
    """A count, last year's and the change in per cent, in one sentence."""
    current, prior, percent = printed
    words = f"{current}, a change of {percent}% from {prior}"
    return [
        figure("now", current, snippet=words),
        figure("then", prior, period="2013/14", role="comparative", snippet=words),
        figure("change", percent, "percent_change", snippet=words),
    ]


# A change that does not fit


def test_seed_117_from_102_is_no_7_percent() -> None:
    stated = relation("percent_change", "now", "then", "change")
    finding = only(check(rise("117", "102", "7"), [stated]))
    assert (finding.kind, finding.severity, finding.expected) == ("percent_change_mismatch", "medium", "14.7")
    assert numbers(finding) == ["117", "102", "7"]
    assert finding.message == ("The report says complaints rose by 7% from 102 to 117; 102 to 117 is a rise of 14.7%.")
    assert finding.figure_ids == ("now", "then", "change")


def test_the_same_without_a_stated_relation() -> None:
    assert kinds(check(rise("117", "102", "7"), [])) == ["percent_change_mismatch"]


def test_a_truncated_percentage_is_a_note() -> None:
    finding = only(check(rise("4135", "4637", "-10"), []))
    assert (finding.severity, finding.expected) == ("low", "-10.8")
    assert finding.hypotheses == ("The further digits were cut off instead of rounded.",)
    assert "fell by 10% from 4637 to 4135" in finding.message


def test_a_last_digit_that_is_wrong_weighs_little() -> None:
    assert only(check(rise("114", "102", "11"), [])).severity == "low"


def test_a_wrong_direction_weighs_much() -> None:
    finding = only(check(rise("26", "27", "3"), []))
    assert (finding.severity, finding.expected) == ("high", "-3.7")


def test_a_change_in_number() -> None:
    figures = [
        figure("now", "148"),
        figure("then", "117", period="2013/14"),
        figure("more", "29", "change", snippet="29 more than in 2013/14 (117)"),
    ]
    finding = only(check(figures, []))
    assert (finding.kind, finding.expected, numbers(finding)) == ("change_mismatch", "31", ["148", "117", "29"])


def test_transposed_digits_are_suggested() -> None:
    finding = only(check(rise("17", "15", "31"), []))
    assert finding.hypotheses[0] == (
        "31% may stand for 13% (two digits changed places): then 15 to 17 is a rise of 13%. [cost 8.0]"
    )


@pytest.mark.parametrize(
    "figures",
    [
        rise("117", "102", "15"),
        rise("117", "102", "14.7"),
        rise("1", "8", "-87"),
        rise("1", "8", "-88"),
        [*rise("117", "102", "7")[:2], figure("change", "7", "percent_change", period="2014/15 H1", snippet="7% from 102")],
        [*rise("117", "102", "7")[:2], figure("change", "7", "percent_change", dims=(("stage", "1"),), snippet="7% 102")],
        [*rise("117", "102", "7")[:2], figure("change", "7", "percent_change", dims=(("event", "closed"),), snippet="102")],
        [*rise("117", "102", "7")[:2], figure("change", "7", "percent_change", snippet="complaints were 7% up")],
        [*rise("117", "102", "7"), figure("other", "36", "percent_change", snippet="36% up from 102")],
        [figure("now", "120", qualifier="about"), *rise("117", "102", "7")[1:]],
        [figure("now", "117", period="2014/15 H1"), *rise("117", "102", "7")[1:]],
        [figure("now", "117", dims=(("event", "closed"),)), *rise("117", "102", "7")[1:]],
        [figure("now", "117", grade="doubtful"), *rise("117", "102", "7")[1:]],
    ],
    ids=[
        "rounded", "with a decimal", "half down", "half up", "half year", "another stage", "closed", "far away", "disputed",
        "about", "half year now", "received and closed", "doubtful",
    ],
)  # fmt: skip
def test_no_mistake_in_a_change(figures: list[Figure]) -> None:
    assert not check(figures, []).findings


# Shares


def test_seed_shares_that_were_kept_from_last_year() -> None:
    figures = [
        figure("whole", "75"),
        figure("last", "77", period="2013/14", role="comparative"),
        figure("adr", "17", dims=(("outcome", "resolved"),)),
        figure("adr%", "13.0", "percent_of", dims=(("outcome", "resolved"),)),
        figure("rest", "58", dims=(("event", "investigated"),)),
        figure("rest%", "87.0", "percent_of", dims=(("event", "investigated"),)),
    ]
    relations = [
        relation("share", "adr", "whole", "adr%"),
        relation("share", "rest", "whole", "rest%"),
        relation("sum", "whole", "adr", "rest"),
    ]
    result = check(figures, relations)
    shares = [f for f in result.findings if f.kind == "share_mismatch"]
    assert [(numbers(f), f.expected) for f in shares] == [
        (["17", "75", "13.0"], "22.7"),
        (["58", "75", "87.0"], "77.3"),
    ]
    assert "13.0% is 10 of the 77 of 2013/14" in shares[0].hypotheses[0]
    (kept,) = (f for f in result.findings if f.kind == "carried_forward")
    assert numbers(kept) == ["13.0", "87.0", "77"]
    assert result.proved == {"whole", "adr", "rest"}
    assert result.doubtful == {"adr%", "rest%"}


def test_a_whole_percentage_of_many_fits_any_year() -> None:
    figures = [
        figure("w", "599"),
        figure("last", "549", period="2013/14"),
        figure("p", "315"),
        figure("%", "59", "percent_of"),
    ]
    assert kinds(check(figures, [relation("share", "p", "w", "%")])) == ["share_mismatch"]


def test_an_impossible_percentage_of_few() -> None:
    figures = [figure("w", "23"), figure("%", "13.2", "percent_of")]
    finding = only(check(figures, [relation("share", "w", "%", roles=("whole", "percent"))]))
    assert (finding.kind, numbers(finding), finding.expected) == ("share_mismatch", ["13.2", "23"], "13.0")


def test_about_a_third() -> None:
    figures = [figure("w", "100"), figure("p", "31"), figure("%", "33", "percent_of", qualifier="about")]
    assert not check(figures, [relation("share", "p", "w", "%")]).findings


# Sums


def test_a_sum_that_does_not_add_up() -> None:
    figures = [figure(n, p) for n, p in (("w", "17"), ("a", "7"), ("b", "4"), ("c", "5"))]
    finding = only(check(figures, [relation("sum", "w", "a", "b", "c")]))
    assert (finding.kind, finding.severity, finding.expected) == ("sum_mismatch", "high", "16")
    assert numbers(finding) == ["17", "7", "4", "5"]
    assert finding.message == (
        "The report gives 17 for complaints in 2014/15, and its parts as 7, 4 and 5, which make 16."
    )


def test_categories_that_overlap() -> None:
    figures = [figure(n, p) for n, p in (("w", "17"), ("a", "12"), ("b", "9"))]
    assert not check(figures, [relation("sum", "w", "a", "b", complete=False)]).findings


def test_all_kinds_together_prove_their_total() -> None:
    """Seed 004: 91 representations are 44 of initial feedback, 12 complaints at stage 1, 11 compliments, 13 and 11 enquiries."""
    figures = [
        figure("all", "91", measure="representations"),
        figure("first", "44", measure="initial_feedback"),
        figure("complaints", "12", dims=(("stage", "1"),)),
        figure("none", "0", dims=(("stage", "2"),)),
        figure("thanks", "11", measure="compliments"),
        figure("members", "13", measure="enquiries", dims=(("source", "member"),)),
        figure("mps", "11", measure="enquiries", dims=(("source", "mp"),)),
    ]
    result = check(figures, [])
    assert "all" in result.proved
    assert not result.findings
    fewer = check([figure("all", "90", measure="representations"), *figures[1:]], [])
    assert not fewer.findings
    assert "all" not in fewer.proved


# The same thing twice


def test_a_conflict() -> None:
    figures = [figure("a", "77", measure="compliments"), figure("b", "79", measure="compliments")]
    result = check(figures, [])
    finding = only(result)
    assert (finding.kind, finding.severity, numbers(finding)) == ("conflicting_statement", "high", ["77", "79"])
    assert finding.message == "The report gives compliments in 2014/15 as 77 (page 1) and 79 (page 1)."
    assert result.doubtful == {"a", "b"}


def test_a_conflict_about_an_earlier_year_may_be_a_restatement() -> None:
    figures = [figure(n, p, period="2013/14", role="comparative") for n, p in (("a", "177"), ("b", "176"))]
    assert kinds(check(figures, [])) == ["restated_figure"]


def test_names_are_compared_without_case_and_punctuation() -> None:
    figures = [
        figure("a", "77", dims=(("team", "Duty & Assessment"),)),
        figure("b", "79", dims=(("team", "duty and assessment"),)),
    ]
    assert kinds(check(figures, [])) == ["conflicting_statement"]


def test_small_numbers_conflict_only_where_relations_tie_them() -> None:
    figures = [figure(n, p) for n, p in (("a", "3"), ("w", "33"), ("x", "30"), ("b", "2"), ("v", "33"), ("y", "31"))]
    figures = [
        f if f.figure_id in "ab" else figure(f.figure_id, str(f.value), dims=(("team", f.figure_id),)) for f in figures
    ]
    assert not check(figures, []).findings
    assert kinds(check(figures, [relation("sum", "w", "x", "a"), relation("sum", "v", "y", "b")])) == [
        "conflicting_statement"
    ]


@pytest.mark.parametrize(
    "figures",
    [
        [figure("a", "77"), figure("b", "77")],
        [figure("a", "77"), figure("b", "80", qualifier="about")],
        [figure("a", "77"), figure("b", "79", grade="doubtful")],
        [figure("a", "77"), figure("b", "79", dims=(("event", "closed"),))],
        [figure("a", "77"), figure("b", "79", period="2014/15 H1")],
        [figure("a", "77"), figure("b", "79", period="")],
        [figure("a", "77"), figure("b", "12")],
        [figure("a", "77"), figure("b", "79"), figure("c", "76")],
        [figure("a", "31.5", unit="fte"), figure("b", "31.55", unit="fte")],
        [figure("a", "42", "percent_of"), figure("b", "39", "percent_of")],
        [figure("a", "53", snippet="53 of the 58"), figure("b", "58", snippet="53 of the 58")],
    ],
    ids=[
        "same",
        "about",
        "doubtful",
        "closed",
        "half",
        "no period",
        "a part",
        "three",
        "rounded",
        "shares",
        "one sentence",
    ],
)
def test_no_conflict(figures: list[Figure]) -> None:
    assert not check(figures, []).findings


def test_parts_of_one_whole_are_no_conflict() -> None:
    figures = [figure("w", "58"), figure("p", "56"), figure("%", "97", "percent_of")]
    assert not check(figures, [relation("share", "p", "w", "%")]).findings


# Single figures


def test_seed_509_percent() -> None:
    of = figure("a", None, "percent_of", words="509%", proposed=Decimal(50))
    finding = only(check([of], []))
    assert (finding.kind, numbers(finding), finding.expected) == ("impossible_value", ["509"], "50")


def test_a_share_above_100_that_was_kept() -> None:
    result = check([figure("a", "509", "percent_of")], [])
    assert kinds(result) == ["impossible_value"]
    assert result.doubtful == {"a"}


def test_a_negative_count_is_doubted_and_reported_only_where_a_bound_is_stated() -> None:
    of = figure("a", "-5")
    result = check([of], [])
    assert not result.findings
    assert result.doubtful == {"a"}
    assert kinds(check([of], [relation("bound", "a")])) == ["impossible_value"]


def test_a_rise_of_509_percent_is_possible() -> None:
    assert not check([figure("a", "509", "percent_change")], []).findings


def test_seed_shifted_keys() -> None:
    figures = [
        figure("now", None, proposed=Decimal(74)),
        figure("then", "70", period="2013/14"),
        figure("up", "6", "percent_change"),
        figure("child", "10"),
        figure("child%", "14", "percent_of"),
    ]
    relations = [relation("percent_change", "now", "then", "up"), relation("share", "child", "now", "child%")]
    finding = only(check(figures, relations))
    assert (finding.kind, finding.expected, numbers(finding)) == ("unreadable_number", "74", ["(&$)", "74"])
    assert finding.hypotheses[0].endswith("then 70 to 74 is a rise of 6%, and 10 of 74 is 14%. [cost 1.5]")
    assert [(r.proposed, r.proved) for r in check(figures, relations).repairs] == [(74, True)]


def test_a_number_that_only_the_relations_can_tell() -> None:
    figures = [figure("w", None), figure("a", "17"), figure("b", "58")]
    assert only(check(figures, [relation("sum", "w", "a", "b")])).expected == "75"


def test_a_number_that_nothing_can_tell() -> None:
    finding = only(check([figure("w", None, words="[N")], []))
    assert (finding.expected, finding.hypotheses, numbers(finding)) == ("", (), ["[N"])


def test_a_year_that_had_not_begun() -> None:
    figures = [figure("a", "5"), figure("b", "7"), figure("c", "88", "percent_change", period="2016/17")]
    finding = only(check(figures, [], period=YEAR))
    assert (finding.kind, finding.values) == ("implausible_period", ("2016/17", "2014/15"))


def test_a_guess_at_a_year_that_had_not_begun_is_no_finding() -> None:
    figures = [figure("a", "5"), figure("b", "7"), figure("c", "88", period="2016/17", confidence=0.4)]
    assert not check(figures, [], period=YEAR).findings


def test_a_year_that_is_none() -> None:
    figures = [figure("a", "5"), figure("b", "7", snippet="7 in 2014-14")]
    finding = only(check(figures, [], period=YEAR, misprints=["2014-14."]))
    assert (finding.kind, finding.values, finding.figure_ids) == ("implausible_period", ("2014-14", "2014/15"), ("b",))


def test_where_no_figure_stands_beside_it_the_first_of_the_year_is_told() -> None:
    figures = [figure("a", "5", period="2013/14"), figure("b", "7"), figure("c", "8")]
    assert only(check(figures, [], period=YEAR, misprints=["2014-14"])).figure_ids == ("b",)


@pytest.mark.parametrize(("printed", "period"), [("2011/11", YEAR), ("2014-14", None), ("2014-14", AT_MARCH)])
def test_numbers_that_may_be_no_misprint_of_the_year(printed: str, period: Period | None) -> None:
    assert not check([figure("a", "5")], [], period=period, misprints=[printed]).findings


@pytest.mark.parametrize("period", ["2015/16 Q1", "2013/14", "2015-06-30", "2014/15"])
def test_periods_that_may_be(period: str) -> None:
    figures = [figure("a", "5"), figure("b", "7"), figure("c", "9", dims=(("stage", "2"),), period=period)]
    assert "implausible_period" not in kinds(check(figures, [], period=YEAR))


def test_where_most_figures_are_later_the_document_is_misdated() -> None:
    assert not check([figure("a", "5"), figure("b", "7", period="2015/16")], [], period=YEAR).findings


# Grades


def test_grades() -> None:
    figures = rise("117", "102", "14.7")
    undated = figure("x", "40", period="")
    result = check([*figures, undated, figure("y", None)], [])
    assert [result.grade(f) for f in (*figures, undated)] == ["proved"] * 3 + ["read"]
    assert result.grade(figure("y", None)) == "unreadable"


def test_a_relation_that_holds_for_anything_proves_nothing() -> None:
    figures = [figure("w", "2"), figure("p", "1"), figure("%", "50", "percent_of")]
    assert not check(figures, [relation("share", "p", "w", "%")]).proved >= {"w", "p"}


def test_a_figure_in_a_failing_relation_is_not_proved_by_a_weak_one() -> None:
    figures = [figure(n, p) for n, p in (("w", "9"), ("a", "4"), ("b", "5"), ("v", "20"), ("c", "12"))]
    result = check(figures, [relation("sum", "w", "a", "b"), relation("sum", "v", "w", "c")])
    assert "w" in result.doubtful
    assert "w" not in result.proved


# All together


def test_a_contradiction_that_is_repeated_is_one_finding() -> None:
    first, again = rise("117", "102", "7"), rise("117", "102", "7")
    renamed = [
        figure(f.figure_id + "2", str(f.value), f.statistic, period=str(f.period), snippet=f.evidence.snippet)
        for f in again
    ]
    relations = [
        relation("percent_change", "now", "then", "change"),
        relation("percent_change", "now2", "then2", "change2"),
    ]
    assert len(only(check([*first, *renamed], relations)).figure_ids) == 6


def test_ids_do_not_depend_on_order() -> None:
    figures = [
        *rise("117", "102", "7"),
        figure("a", "77", measure="compliments"),
        figure("b", "79", measure="compliments"),
    ]
    before = {f.finding_id for f in check(figures, []).findings}
    random.Random(4).shuffle(figures)
    assert {f.finding_id for f in check(figures, []).findings} == before
    assert len(before) == 2


def test_nothing_gives_nothing() -> None:
    assert check([], []) == CheckResult(findings=(), verdicts=(), repairs=(), proved=frozenset(), doubtful=frozenset())


def test_relations_that_make_no_sense_are_not_checkable() -> None:
    figures = [figure("a", "1"), figure("b", None)]
    relations = [relation("sum", "a", "b"), relation("equal", "a", "a"), relation("share", "a", "b", "gone")]
    result = check(figures, relations)
    assert [v.outcome for v in result.verdicts] == ["not_checkable"] * 3
    assert kinds(result) == ["unreadable_number"]


def kept_shares(total: str, *pairs: tuple[str, str]) -> list[str]:
    """The kinds of findings on shares of this year's `total`, after a year of 130 complaints."""
    figures = [figure("whole", total), figure("last", "130", period="2013/14", role="comparative")]
    for part, percent in pairs:
        dims = (("category", part),)
        figures += [figure(part, part, dims=dims), figure(f"{part}%", percent, "percent_of", dims=dims)]
    return kinds(check(figures, [relation("share", part, "whole", f"{part}%") for part, _ in pairs]))


def test_a_total_that_is_wrong_is_no_sign_of_kept_percentages_where_few_of_them_fit_last_year() -> None:
    shares = (("29", "18.0"), ("49", "30.4"), ("62", "38.5"), ("10", "6.2"), ("9", "5.6"))
    assert "carried_forward" not in kept_shares("171", *shares)


def test_a_part_that_lost_a_digit_is_none_either() -> None:
    assert "carried_forward" not in kept_shares("76", ("3", "39.5"))  # 30 of 76
    assert "carried_forward" in kept_shares("76", ("20", "38.5"))
