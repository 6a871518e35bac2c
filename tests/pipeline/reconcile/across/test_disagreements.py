"""Two papers in, what they differ on and why out; and what must not be called a difference."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from pipeline.reconcile.across.statements import Statement
from tests.pipeline.reconcile.across.build import differing, note, outcome, paper, says
from tests.pipeline.reconcile.build import relation

OWN, LATER = paper("2014/15"), paper("2015/16")
TOLD = paper("2015/16", notes=[note("restated", "It was 81. Last year's report gave 80, before a late entry.", 81, 80)])
CHANGED = paper("2015/16", notes=[note("definition", "Concerns are no longer counted as complaints.")])


def earlier(of: Statement | str, **more: object) -> Statement:
    """What the report on 2015/16 says of 2014/15."""
    return says(LATER, str(of), period="2014/15", role="comparative", **more)


def doubtful(statement: Statement) -> Statement:
    """The same, read with doubt."""
    return replace(statement, figure=replace(statement.figure, grade="doubtful"))


def test_restated_with_a_note() -> None:
    (found,) = differing(says(OWN, "80"), says(TOLD, "81", period="2014/15"))
    assert (found.explanation.agreement, found.explanation.right) == ("restated", found.pair.other)
    assert "before a late entry" in found.explanation.why[0]


def test_restated_with_a_note_that_the_later_report_quotes_as_a_figure_too() -> None:
    both = [says(TOLD, "81", period="2014/15"), says(TOLD, "80", period="2014/15", position=1)]
    (found,) = differing(says(OWN, "80"), *both)
    assert (found.explanation.agreement, found.pair.other.figure.value) == ("restated", 81)


def test_restated_with_a_note_in_another_breakdown() -> None:
    (found,) = differing(says(OWN, "80", dims={"stage": "1"}), says(TOLD, "81", period="2014/15"))
    assert (found.explanation.agreement, dict(found.slot[0].coded)) == ("restated", {"stage": "1"})


def test_note_about_another_number_does_not_join_breakdowns() -> None:
    assert differing(says(OWN, "79", dims={"stage": "1"}), says(TOLD, "81", period="2014/15")) == []


def test_restated_with_a_note_that_names_the_year_and_not_the_new_value() -> None:
    told = "The figure for 2014/15 was given as 80 in last year's report; it has since been corrected."
    later = paper("2015/16", notes=[note("restated", told, 2014, 15, 80)])
    (found,) = differing(says(OWN, "80"), says(later, "95", period="2014/15"))
    assert found.explanation.agreement == "restated"


@pytest.mark.parametrize(
    ("told", "numbers", "value"),
    [
        ("The figure for 2014/15 was given as 80.", (2014, 15, 80), "12"),  # too far off to be the same
        ("The figure for 2013/14 was given as 80.", (2013, 14, 80), "95"),  # of another year
        ("The figure for 2014/15 was given as 77.", (2014, 15, 77), "95"),  # another figure
    ],
)
def test_a_note_on_something_else_restates_nothing(told: str, numbers: tuple[int, ...], value: str) -> None:
    later = paper("2015/16", notes=[note("restated", told, *numbers)])
    found = differing(says(OWN, "80"), says(later, value, period="2014/15"))
    assert "restated" not in [f.explanation.agreement for f in found]


def test_restated_silently() -> None:
    (found,) = differing(says(OWN, "80"), earlier("83"))
    assert found.explanation.agreement == "restated_silently"


def test_two_reports_on_one_period() -> None:
    minutes = paper("2014/15", 7, type="minutes", name="minutes.txt")
    (found,) = differing(says(OWN, "80"), says(minutes, "83"))
    assert found.explanation.agreement == "conflicts"
    assert found.pair.one.paper is OWN


def test_slip_that_its_own_paper_proves() -> None:
    own = says(OWN, "257")
    quarters = [
        says(LATER, v, period=f"2014/15 Q{i}", name=f"q{i}", position=i)
        for i, v in enumerate(["61", "71", "45", "80"], 1)
    ]
    later = replace(earlier("256", name="total"), grade="doubtful")
    (found,) = differing(own, later, *quarters, relations=[relation("sum", "total", "q1", "q2", "q3", "q4")])
    assert (found.explanation.agreement, found.explanation.right) == ("slip", own)


def test_slip_that_a_third_paper_tells() -> None:
    third = says(paper("2016/17"), "9", period="2014/15")
    (found,) = differing(says(OWN, "9"), earlier("10"), third)
    assert (found.explanation.agreement, found.explanation.right) == (
        "slip",
        differing(says(OWN, "9"), earlier("10"))[0].pair.one,
    )


def test_value_of_another_year() -> None:
    before = says(paper("2013/14"), "74")
    (found,) = differing(says(OWN, "80"), earlier("74"), before)
    assert found.explanation.agreement == "carried_forward"
    assert "2013/14" in found.explanation.why[0]


def test_two_years_that_changed_places() -> None:
    swapped = [replace(earlier("27"), grade="doubtful"), says(LATER, "26", position=1)]
    (found,) = differing(says(OWN, "26"), *swapped)
    assert found.explanation.agreement == "slip"
    assert "changed places" in found.explanation.why[0]


def test_digits_that_changed_places_are_named() -> None:
    (found,) = differing(says(OWN, "126"), earlier("162"))
    assert "two digits changed places" in found.explanation.why[0]


def test_definition_that_changed() -> None:
    (found,) = differing(says(OWN, "80"), says(CHANGED, "74", period="2014/15"))
    assert found.explanation.agreement == "definition_changed"


def test_whole_and_parts_that_moved_together() -> None:
    teams = {"North": ("30", "28"), "South": ("40", "37"), "West": ("20", "19")}
    own = [says(OWN, "90"), *(says(OWN, a, dims={"team": t}) for t, (a, _) in teams.items())]
    later = [earlier("84"), *(earlier(b, dims={"team": t}) for t, (_, b) in teams.items())]
    assert {one.explanation.agreement for one in differing(*own, *later)} == {"definition_changed"}


def test_scanned_digits_that_look_alike_are_likelier_misread() -> None:
    scanned = earlier("88")
    evidence = replace(scanned.figure.evidence, method="ocr")
    (found,) = differing(says(OWN, "80"), replace(scanned, figure=replace(scanned.figure, evidence=evidence)))
    assert (found.explanation.agreement, found.explanation.right and found.explanation.right.figure.value) == (
        "misread",
        80,
    )


def years_off() -> Sequence[Statement]:
    """A later paper whose two years are each one too early."""
    return [
        says(OWN, "17.5", statistic="mean"),
        says(OWN, "16.2", statistic="mean", period="2013/14"),
        earlier("15.9", statistic="mean"),
        says(LATER, "17.5", statistic="mean", period="2013/14", position=1),
    ]


NO_DIFFERENCE: dict[str, Callable[[], Sequence[Statement]]] = {
    "equal": lambda: [says(OWN, "80"), earlier("80")],
    "rounded": lambda: [says(OWN, "63.6", statistic="percent_of", dims={"stage": "1"}), earlier("64", statistic="percent_of", dims={"stage": "1"})],
    "about": lambda: [says(OWN, "203"), earlier("200", qualifier="about")],
    "a part of the year": lambda: [says(OWN, "80"), says(LATER, "78", period="2014/15 H1")],
    "another procedure": lambda: [says(OWN, "80", dims={"regime": "statutory"}), earlier("78", dims={"regime": "corporate"})],
    "one procedure against both": lambda: [says(OWN, "80", dims={"regime": "statutory"}), earlier("84")],
    "stage 1 against all": lambda: [says(OWN, "80", dims={"stage": "1"}), earlier("84")],
    "received against closed": lambda: [says(OWN, "80"), earlier("78", dims={"event": "closed"})],
    "another team": lambda: [says(OWN, "30", dims={"team": "North"}), earlier("31", dims={"team": "South"})],
    "adults": lambda: [says(OWN, "80"), says(paper("2015/16", service="adults"), "78", period="2014/15")],
    "doubtful reading": lambda: [doubtful(says(OWN, "80")), earlier("78")],
    "unreadable": lambda: [says(OWN, None), earlier("78")],
    "too far apart": lambda: [says(OWN, "80"), earlier("23")],
    "shares of wholes that are not named": lambda: [says(OWN, "24", statistic="percent_of"), earlier("25", statistic="percent_of")],
    "changes": lambda: [says(OWN, "5", statistic="percent_change"), earlier("6", statistic="percent_change")],
    "one of several shares": lambda: [
        says(OWN, "24", statistic="percent_of", dims={"stage": "1"}),
        says(OWN, "31", statistic="percent_of", dims={"stage": "1"}, position=1),
        earlier("25", statistic="percent_of", dims={"stage": "1"}),
    ],
    "parts not told from the whole": lambda: [says(OWN, "97"), says(OWN, "7", position=1), earlier("97")],
    "years read one off": years_off,
}  # fmt: skip


@pytest.mark.parametrize("case", NO_DIFFERENCE)
def test_no_difference_is_claimed(case: str) -> None:
    found = outcome(*NO_DIFFERENCE[case]())
    assert [located.finding.message for located in found.findings] == []


def test_stage_two_of_the_only_procedure_is_stage_two() -> None:
    (found,) = differing(
        says(OWN, "6", dims={"regime": "statutory", "stage": "3"}),
        earlier("5", dims={"stage": "3", "event": "escalated"}),
    )
    assert found.explanation.agreement == "restated_silently"


def test_stage_two_of_one_of_two_procedures_is_not() -> None:
    corporate = says(OWN, "12", dims={"regime": "corporate", "stage": "2"})
    assert (
        differing(
            says(OWN, "6", dims={"regime": "statutory", "stage": "2"}), earlier("5", dims={"stage": "2"}), corporate
        )
        == []
    )


def test_restatement_that_a_third_paper_repeats_is_one() -> None:
    third = says(paper("2016/17"), "81", period="2014/15")
    found = outcome(says(OWN, "80"), says(TOLD, "81", period="2014/15"), third)
    (located,) = found.findings
    assert located.documents == (TOLD.number, OWN.number, 2016)
    assert located.finding.message.endswith("and says that it was restated. So does report 2016/17.pdf (page 1).")
    (observed,) = (o for o in found.observations if o.period.code == "2014/15")
    assert [s.agreement for s in observed.statements] == ["reference", "restated", "restated"]


def test_finding_names_the_paper_that_speaks_for_one_side() -> None:
    third = says(paper("2016/17"), "9", period="2014/15")
    (located,) = outcome(says(OWN, "9"), earlier("10"), third).findings
    assert located.documents == (LATER.number, OWN.number, 2016)
    assert (located.finding.kind, [str(v) for v in located.finding.values]) == ("conflicting_statement", ["10", "9"])


def test_a_copy_of_a_paper_says_nothing_new() -> None:
    copy = replace(OWN, number=99, key="f" * 64, name="copy.pdf")
    statements = [says(OWN, "80", name="one"), says(copy, "80", name="one"), earlier("83")]
    assert len(differing(*statements)) == 1


def test_a_word_that_was_lost_is_no_restatement() -> None:
    own = [says(OWN, "20"), says(OWN, "19", dims={"stage": "1"}, position=1)]
    assert differing(*own, earlier("19")) == []


def test_those_of_one_kind_are_judged_together() -> None:
    own = [says(OWN, n, dims={"outcome": o}) for n, o in (("40", "upheld"), ("6", "resolved"))]
    own += [says(OWN, "35", dims={"outcome": "upheld", "stage": "1"}, position=1)]
    later = [earlier(n, dims={"outcome": o}) for n, o in (("35", "upheld"), ("5", "resolved"))]
    assert differing(*own, *later) == []


def test_a_small_number_is_that_of_a_part_by_chance() -> None:
    own = [says(OWN, "6"), says(OWN, "5", dims={"stage": "1"}, position=1)]
    assert len(differing(*own, earlier("5"))) == 1


def test_a_part_of_another_breakdown_explains_nothing() -> None:
    own = [says(OWN, "20"), says(OWN, "19", dims={"stage": "1", "complainant": "parent"}, position=1)]
    assert len(differing(*own, earlier("19"))) == 1


def test_a_share_that_does_not_name_its_part_is_compared_with_none() -> None:
    own = says(OWN, "18", statistic="percent_of", dims={"stage": "1"})
    assert differing(own, earlier("20", statistic="percent_of", dims={"stage": "1"})) == []
