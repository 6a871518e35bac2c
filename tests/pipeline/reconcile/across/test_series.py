"""Series: ids, statuses, missing years, other names; carried forward and breaks; grades. And no order matters."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.reconcile.across.agreement import Inside
from pipeline.reconcile.across.statements import Statement
from tests.pipeline.reconcile.across.build import note, observation, outcome, paper, says
from tests.pipeline.reconcile.build import relation

OWN, LATER, LAST = paper("2014/15"), paper("2015/16"), paper("2016/17")
TOLD = paper("2015/16", notes=[note("restated", "81, not 80 as in last year's report.", 81, 80)])


def years(*values: str | None, first: int = 2010, **more: object) -> list[Statement]:
    """Reports of consecutive years, each with its own number; None for a year without a report."""
    made = [(paper(f"{y}/{(y + 1) % 100:02}"), value) for y, value in enumerate(values, first)]
    return [says(of, value, **more) for of, value in made if value is not None]


STATUS: dict[str, tuple[Sequence[Statement], str]] = {
    "agreed": ([says(OWN, "80"), says(LATER, "80", period="2014/15")], "agreed"),
    "one document": ([says(OWN, "80")], "single_sourced"),
    "restated": ([says(OWN, "80"), says(TOLD, "81", period="2014/15")], "restated"),
    "restated silently": ([says(OWN, "80"), says(LATER, "83", period="2014/15")], "restated"),
    "two reports": ([says(OWN, "80"), says(paper("2014/15", 7), "83")], "contradicted"),
    "read elsewhere": ([says(OWN, None), says(LATER, "80", period="2014/15")], "repaired"),
    "unreadable": ([says(OWN, None)], "unclear"),
    "too far apart": ([says(OWN, "80"), says(LATER, "23", period="2014/15")], "unclear"),
}


@pytest.mark.parametrize("case", STATUS)
def test_status(case: str) -> None:
    statements, status = STATUS[case]
    assert observation(outcome(*statements), "2014/15").status == status


def test_slip_of_the_own_report_is_its_own() -> None:
    own = says(OWN, "256", name="total", grade="doubtful")
    quarters = [
        says(OWN, v, period=f"2014/15 Q{i}", name=f"q{i}", position=i)
        for i, v in enumerate(["61", "71", "45", "80"], 1)
    ]
    stated = relation("sum", "total", "q1", "q2", "q3", "q4")
    found = observation(outcome(own, says(LATER, "257", period="2014/15"), *quarters, relations=[stated]), "2014/15")
    assert [s.agreement for s in found.statements] == ["slip", "conflicts"]
    assert found.status == "contradicted"


def test_what_a_scan_blurred_is_read_in_another_report() -> None:
    scanned = says(OWN, "88")
    blurred = replace(scanned, figure=replace(scanned.figure, evidence=replace(scanned.figure.evidence, method="ocr")))
    found = observation(outcome(blurred, says(LATER, "80", period="2014/15")), "2014/15")
    assert ([s.agreement for s in found.statements], found.status) == (["misread", "conflicts"], "repaired")


def test_contradiction_within_the_document_is_one() -> None:
    statements = [says(OWN, "80", name="a"), says(OWN, "81", name="b", position=1)]
    inside: Inside = {name: (("conflicting_statement", ("a", "b")),) for name in "ab"}
    assert observation(outcome(*statements, inside=inside), "2014/15").status == "contradicted"


def test_missing_years_stand_in_the_series() -> None:
    found = outcome(*years("10", None, None, "13"))
    assert [(o.period.code, o.status) for o in found.observations] == [
        ("2010/11", "single_sourced"),
        ("2011/12", "missing"),
        ("2012/13", "missing"),
        ("2013/14", "single_sourced"),
    ]


def test_ids_come_from_what_is_observed() -> None:
    one = outcome(says(OWN, "80", dims={"team": "Fostering & Adoption Team"}))
    other = outcome(says(LATER, "31", period="2014/15", dims={"service": "Fostering and Adoption"}))
    assert one.observations[0].observation_id == other.observations[0].observation_id
    assert one.observations[0].series_id != one.observations[0].observation_id


def test_renamed_and_merged_teams_are_told_and_kept_apart() -> None:
    before = [says(OWN, "9", dims={"team": t}) for t in ("Fostering", "Adoption", "Youth Offending")]
    after = [
        says(LATER, "17", dims={"team": "Fostering & Adoption"}),
        says(LATER, "8", dims={"team": "Youth Offendin"}),
    ]
    found = outcome(*before, *after)
    merged = observation(found, "2015/16", team="Fostering & Adoption")
    renamed = observation(found, "2015/16", team="Youth Offendin")
    parts = {observation(found, "2014/15", team=t).series_id for t in ("Fostering", "Adoption")}
    assert {link.series_id for link in merged.perhaps} == parts
    assert [link.series_id for link in renamed.perhaps] == [
        observation(found, "2014/15", team="Youth Offending").series_id
    ]


def test_names_that_one_report_tells_apart_are_apart() -> None:
    names = [says(OWN, "9", dims={"team": "Youth Offending"}), says(OWN, "8", dims={"team": "Youth Offendin"})]
    assert [o.perhaps for o in outcome(*names).observations] == [(), ()]


def test_share_that_does_not_fit_and_is_last_years_is_carried_forward() -> None:
    share = {"statistic": "percent_of", "dims": {"stage": "1"}}
    last = says(OWN, "75", **share)
    own = [says(LATER, "75", name="p", **share), says(LATER, "70", name="n"), says(LATER, "90", name="w", position=1)]
    inside: Inside = {name: (("share_mismatch", ("n", "w", "p")),) for name in "nwp"}
    (found,) = [f for f in outcome(last, *own, inside=inside).findings if f.finding.kind == "carried_forward"]
    assert [str(v) for v in found.finding.values] == ["75", "70", "90"]
    assert found.documents == (LATER.number, OWN.number)


def test_share_that_is_last_years_and_fits_is_no_finding() -> None:
    assert outcome(*years("75", "75", statistic="percent_of", dims={"stage": "1"})).findings == ()


def test_group_that_is_wholly_last_years_is_carried_forward() -> None:
    numbers = {"1": "131", "2": "57", "3": "44", "4": "61"}
    before = [says(OWN, v, dims={"stage": s}) for s, v in numbers.items()]
    new = [says(LATER, v, dims={"stage": s}, name=s) for s, v in numbers.items()]
    others = [
        says(p, str(v + p.number % 7), dims={"team": t})
        for p in (OWN, LATER)
        for v, t in ((20, "a"), (30, "b"), (40, "c"))
    ]
    found = outcome(*before, *new, *others, relations=[relation("sum", "1", "2", "3", "4", complete=False)])
    assert [f.finding.kind for f in found.findings] == ["carried_forward"]
    unrelated = outcome(*before, *new, *others)
    assert unrelated.findings == ()


def test_report_that_is_last_years_under_a_new_date() -> None:
    teams = {t: str(20 + i) for i, t in enumerate("abcdef")}
    same = [says(p, v, dims={"team": t}) for p in (OWN, LATER) for t, v in teams.items()]
    (found,) = outcome(*same).findings
    assert (found.finding.kind, found.finding.severity) == ("carried_forward", "high")


@pytest.mark.parametrize(("values", "breaks"), [
    (("100", "11", "108"), 1),
    (("100", "1040", "108"), 1),
    (("100", "70", "108"), 0),
    (("10", "1", "12"), 0),
    (("100", "11", "300"), 0),
    (("60", "70", "250", "260"), 1),
    (("60", "250", "70", "260"), 0),
])  # fmt: skip
def test_dips_and_jumps(values: tuple[str, ...], breaks: int) -> None:
    found = outcome(*years(*values, grade="proved")).findings
    assert [f.finding.kind for f in found] == ["series_break"] * breaks


def test_a_jump_to_a_number_that_nothing_confirms_is_likelier_to_be_misread() -> None:
    before, after = years("60", "70", grade="proved"), years("250", "260", first=2012)
    assert outcome(*before, *after).findings == ()


def test_report_that_says_its_figures_cannot_be_compared() -> None:
    told = paper(
        "2014/15",
        notes=[note("incomparable", "The complaints of 2014/15 cannot be compared with those of earlier years.")],
    )
    statements = [says(told, "83"), says(told, "98", period="2013/14"), says(told, "12", dims={"team": "North"})]
    (found,) = outcome(*statements).findings
    assert (found.finding.kind, [str(v) for v in found.finding.values]) == ("series_break", ["98", "83"])


def test_what_two_papers_say_is_proved_and_what_they_contradict_is_doubtful() -> None:
    agreed = outcome(says(OWN, "80"), says(LATER, "80", period="2014/15"))
    assert set(agreed.grades.values()) == {"proved"}
    assert len(agreed.grades) == 2
    differ = outcome(says(OWN, "80", grade="proved"), says(LATER, "83", period="2014/15", position=4))
    assert dict(differ.grades) == {(LATER.number, 4): "doubtful"}
    assert outcome(says(OWN, "80"), says(TOLD, "81", period="2014/15")).grades == {}
    assert outcome(says(OWN, "1"), says(LATER, "1", period="2014/15")).grades == {}


ARCHIVE = [
    *years("80", "91", "85", "17", "88"),
    says(paper("2011/12"), "81", period="2010/11", position=1),
    says(
        paper("2012/13", notes=[note("restated", "90 was given as 91 last year.", 90, 91)]),
        "90",
        period="2011/12",
        position=1,
    ),
    *(says(paper(y), "12", dims={"team": t}) for y, t in (("2010/11", "Fostering"), ("2011/12", "Fostering Team"))),
    says(paper("2010/11", 5, type="minutes", name="minutes"), "82"),
    says(paper("2013/14"), "8", dims={"regime": "statutory", "stage": "2"}),
    says(paper("2014/15"), "9", period="2013/14", dims={"stage": "2"}, position=2),
]


@settings(max_examples=30, deadline=None)
@given(st.permutations(ARCHIVE))
def test_the_order_of_documents_changes_nothing(shuffled: list[Statement]) -> None:
    assert outcome(*shuffled) == outcome(*ARCHIVE)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(ARCHIVE), max_size=4))
def test_documents_that_say_the_same_words_again_change_nothing(again: list[Statement]) -> None:
    copies = [
        replace(s, paper=replace(s.paper, number=s.paper.number + 1000, key="f" + s.paper.key[1:])) for s in again
    ]
    found, expected = outcome(*ARCHIVE, *copies), outcome(*ARCHIVE)
    assert found.findings == expected.findings
    assert [(o.observation_id, o.status, o.statements) for o in found.observations] == [
        (o.observation_id, o.status, o.statements) for o in expected.observations
    ]
