"""What a report states of what the law asks for."""

from datetime import date
from decimal import Decimal

import pytest

from pipeline.reconcile.checklist import check_report, is_held
from schemas.authorities import load_authorities
from schemas.checklist import load_checklist
from schemas.figures import Figure
from schemas.notes import Note, load_topics
from schemas.pages import BBox
from schemas.periods import Period
from schemas.vocabulary import FREE_DIMENSIONS, load_vocabulary
from tests.pipeline.reconcile.build import figure

CHECKLIST = load_checklist()


def answers(figures: list[Figure], notes: list[Note] | None = None) -> dict[str, str]:
    """Status by item."""
    return {answer.item.code: answer.status for answer in check_report(CHECKLIST.items, figures, notes or [])}


def said(topic: str, text: str = "…", *, heading: bool = False, page: int = 1) -> Note:
    return Note(topic=topic, text=text, heading=heading, numbers=(Decimal(1),), page=page, bbox=BBox(0, 0, 1, 1))


def test_report_that_says_nothing_lacks_everything() -> None:
    assert set(answers([]).values()) == {"missing"}
    assert list(answers([])) == [item.code for item in CHECKLIST.items]


@pytest.mark.parametrize(("item", "figures"), [
    ("stages", [figure("a", "80", dims=(("stage", "1"),)), figure("b", "6", dims=(("stage", "2"),))]),
    ("ombudsman", [figure("a", "0", measure="ombudsman_cases")]),
    ("customer_groups", [figure("a", "66", dims=(("complainant", "parent"),))]),
    ("types", [figure("a", "12", dims=(("category", "Delay"),))]),
    ("outcomes", [figure("a", "12", dims=(("outcome", "upheld"),))]),
    ("timescales", [figure("a", "75", "percent_of", measure="responses_on_time")]),
    ("advocacy", [figure("a", "5", dims=(("complainant", "advocate"),))]),
    ("age", [figure("a", "5", dims=(("age", "11 to 15"),))]),
    ("gender", [figure("a", "5", dims=(("gender", "girls"),))]),
    ("ethnicity", [figure("a", "5", dims=(("ethnicity", "White British"),))]),
    ("disability", [figure("a", "5", dims=(("cohort", "disabled"),))]),
])  # fmt: skip
def test_figures_answer_an_item(item: str, figures: list[Figure]) -> None:
    assert answers(figures)[item] == "found"
    (answer,) = [a for a in check_report(CHECKLIST.items, figures, []) if a.item.code == item]
    assert [f.figure_id for f in answer.figures] == [f.figure_id for f in figures]


@pytest.mark.parametrize(("item", "figures", "notes"), [
    ("stages", [figure("a", "80", dims=(("stage", "1"),))], []),
    ("stages", [figure("a", "80")], []),
    ("ombudsman", [], [said("ombudsman")]),
    ("learning", [], [said("learning")]),
    ("outcomes", [], [said("outcomes", heading=True)]),
    ("types", [figure("a", None, dims=(("category", "Delay"),))], []),
])  # fmt: skip
def test_what_is_only_mentioned_or_only_in_part_is_unclear(item: str, figures: list[Figure], notes: list[Note]) -> None:
    assert answers(figures, notes)[item] == "unclear"


@pytest.mark.parametrize("notes", [
    [said("learning", "Lessons", heading=True)],
    [said("learning", "We learned one thing."), said("learning", "Changes were made.", page=2)],
])  # fmt: skip
def test_words_answer_what_words_can_answer(notes: list[Note]) -> None:
    assert answers([], notes)["learning"] == "found"


@pytest.mark.parametrize(("kind", "council", "service", "period", "held"), [
    ("annual_report", "Coventry City Council", "", "2014/15", True),
    ("minutes", "Coventry City Council", "", "2014/15", False),
    ("annual_report", "Cardiff Council", "", "2014/15", False),
    ("annual_report", "Coventry City Council", "adults", "2014/15", False),
    ("annual_report", "Coventry City Council", "", "2005/06", False),
    ("annual_report", "Coventry City Council", "", "2014/15 Q3", False),
    ("annual_report", "Nowhere Council", "", "2014/15", False),
])  # fmt: skip
def test_only_annual_reports_of_english_councils_on_children_are_held(
    kind: str, council: str, service: str, period: str, held: bool
) -> None:
    authority = load_authorities().by_name(council)
    assert is_held(kind, authority, service, Period.parse(period), CHECKLIST.first_period) is held


def test_data_names_things_that_exist() -> None:
    vocabulary = load_vocabulary()
    measures = {measure.code for measure in vocabulary.measures}
    values = {d.name: {v.code for v in d.values} for d in vocabulary.dimensions} | {
        name: set() for name in FREE_DIMENSIONS
    }
    topics = {topic.code for topic in load_topics()}
    for item in CHECKLIST.items:
        assert topics.issuperset(item.topics)
        for evidence in (*item.figures, *item.perhaps):
            assert measures.issuperset(evidence.measures)
            assert all(name in values and values[name].issuperset(wanted) for name, wanted in evidence.dims.items())
    assert CHECKLIST.first_period == date(2006, 9, 1)
