"""What the text around a sentence adds to it, and numbers that are no figures."""

from dataclasses import replace

import pytest

from extractors.figures.drafts import Context, Topic
from extractors.figures.prose import read_prose
from extractors.figures.tables import read_table
from tests.extractors.figures.grids import mapped, table
from tests.extractors.figures.stating import YEAR, stated


@pytest.mark.parametrize(
    ("text", "given", "figures"),
    [
        (
            "Of these, 12 were withdrawn and 4 are still ongoing.",
            {"topic": Topic(measure="complaints", dims={"stage": "1"})},
            ["complaints 12 event=withdrawn stage=1", "complaints 4 event=ongoing stage=1"],
        ),
        (
            "11 complaints were received.",
            {"heading": Topic(measure="complaints", dims={"stage": "2"})},
            ["complaints 11 stage=2"],
        ),
        ("14 complaints were received.", {"heading": Topic(measure="ombudsman_cases")}, ["ombudsman_cases 14"]),
        (
            "14 upheld",
            {"topic": Topic(measure="complaints", dims={"stage": "1"}), "listed": True},
            ["complaints 14 outcome=upheld stage=1"],
        ),
    ],
)
def test_what_went_before_completes_a_sentence(text: str, given: dict, figures: list[str]) -> None:
    assert stated(text, **given) == figures


def test_a_sentence_leaves_its_topic_to_the_next() -> None:
    text = "There were 83 Stage 1 complaints. Of these, 20 were upheld."
    assert stated(text) == ["complaints 83 stage=1", "complaints 20 outcome=upheld stage=1"]


@pytest.mark.parametrize(
    "text",
    [
        "See paragraph 3.2 and pages 131 and 138.",
        "Item 4: complaints report.",
        "Telephone 01234 567890.",
        "Complaints are answered within 10 working days, or 20 where they are complex.",
        "The limit is 65 working days.",
        "The target is 95%.",
        "A child aged 12 complained.",
        "Young people aged 16 to 18 took part.",
        "The budget was £1.2m.",
        "Investigators were paid £150 a day.",
        "The motion was carried by 7 votes to 5.",
        "10 comparator authorities were asked.",
        "The average for the region was 1.9.",
        "Nationally 61% of complaints were upheld.",
        "206,000 residents live in the county.",
        "Bus 42 stops outside.",
        "The panel met 6 times.",
        "The service has 120 social workers.",
        "95% of parents said that they were happy.",
        "The Children Act 1989 and the Regulations 2006 apply.",
        "The meeting started at 2.30 pm and closed at 4.15 pm.",
        "Resolved: (1) that the report be noted; (2) that officers report back.",
        "No further action was taken.",
        "There is no evidence of a trend.",
        "One of the key issues was delay.",
        "Councillors Smith and Jones asked 3 questions.",
        "Half of the complaints were upheld.",
        "The report was noted.",
        "",
    ],
)
def test_no_figures(text: str) -> None:
    assert stated(text) == []


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            "There were nine fewer Stage 1 complaints than the 71 of 2013/14.",
            ["complaints change -9 stage=1", "complaints 71 in 2013/14 stage=1"],
        ),
        (
            "There were 12 complaints, reported as 14 in last year's report.",
            ["complaints 12", "complaints 14 in 2013/14"],
        ),
        (
            "In 2012/13 there were 12 complaints, reported as 14 in last year's report.",
            ["complaints 12 in 2012/13", "complaints 14 in 2012/13"],
        ),
        (
            "There were no Stage 3 complaints in 2014/15 and none in 2013/14.",
            ["complaints 0 stage=3", "complaints 0 in 2013/14 stage=3"],
        ),
        (
            "5 complaints were upheld in 2014/15 and none in 2013/14.",
            ["complaints 5 outcome=upheld", "complaints 0 in 2013/14 outcome=upheld"],
        ),
        (
            "12 complaints were upheld and there were 3 compliments in 2013/14.",
            ["complaints 12 outcome=upheld", "compliments 3 in 2013/14"],
        ),
        ("There were 83 complaints. Page 3 of 12.", ["complaints 83"]),
        ("There were 12 Stage 2 and 3 complaints.", ["complaints 12 stage=2"]),
        ("There were 12 Stage 2 and 3 Stage 3 complaints.", ["complaints 12 stage=2", "complaints 3 stage=3"]),
        ("* includes one anonymous complaint", []),
    ],
)
def test_numbers_beside_others(text: str, figures: list[str]) -> None:
    assert stated(text) == figures


@pytest.mark.parametrize("line", ["delay - 22%", "1. delay - 22%"])
def test_a_line_of_a_list_is_named_without_its_number(line: str) -> None:
    found = stated(line, topic=Topic(measure="complaints"))
    assert found == ["complaints percent_of 22 category=delay"]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            "At 31 March 2015 there were 655 children in care, of whom 33% live out of the area.",
            ["655", "percent_of 33 category=out of the area"],
        ),
        (
            "At 31 March 2015 655 children were being looked after by the council. Of this number, 98 (15%) live outside the area.",
            ["655", "98 category=outside the area", "percent_of 15 category=outside the area"],
        ),
        (
            "At 31 March 2015 there were 200 children in care. 83 (41%) were placed in a children's home, of whom 42 were out of the city, "
            "and 14 live with parents.",
            [
                "200",
                "83 category=children's home",
                "percent_of 41 category=children's home",
                "42 category=children's home, out of the city",
                "14 category=parents",
            ],
        ),
        ("At 31 March 2015 there were 200 children in care. Nine were seen in the summer.", ["200"]),
        (
            "At 31 March 2015 there were 200 children in care, of whom 12 were placed in care by agreement.",
            ["200", "12"],
        ),
        ("Of the schools seen, 12 were in the city. 33% of staff live out of the area.", []),
    ],
)
def test_where_children_live(text: str, figures: list[str]) -> None:
    found = [f.replace(" in 2015-03-31", "").replace(" cohort=looked_after", "") for f in stated(text, default=None)]
    assert found == [f"children_supported {figure}" for figure in figures]


@pytest.mark.parametrize(
    "text",
    [
        "There were 117 complaints in 2014/15, an increase of 15% from 102 in 2013/14.",
        "Complaints are answered within 10 working days, and 95% of parents said so on 3 May 2015.",
        "Stage 1 took 31.5 days; see page 4 and call 01234 567890 before 5 pm.",
        "12 schools, 7 votes to 5, £3 a day and 1 in 5.",
    ],
)
def test_every_number_is_a_figure_or_marked(text: str) -> None:
    reading = read_prose(text, Context(period=YEAR, default="complaints"))
    covered = [(x.start, x.end) for x in (*reading.drafts, *reading.marks)]
    lost = [i for i, c in enumerate(text) if c.isdigit() and not any(a <= i < b for a, b in covered)]
    assert lost == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "As against 98 the previous year, 83 complaints at Stage 1 were recorded.",
            ["complaints 98 in 2013/14 stage=1", "complaints 83 stage=1"],
        ),
        (
            "Compared to 19 last year, 23 compliments were received.",
            ["compliments 19 in 2013/14", "compliments 23"],
        ),
    ],
)
def test_a_sentence_may_begin_with_what_its_number_is_compared_with(text: str, expected: list[str]):
    assert stated(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Compared to 40 compliments, 83 complaints at Stage 1 were recorded.",
            ["compliments 40 in 2013/14", "complaints 83 stage=1"],
        ),
        (
            "Compared to 40 compliments in 2013/14, 12 comments were received.",
            ["compliments 40 in 2013/14", "comments 12"],
        ),
        (
            "There were 98 complaints, compared to 83 the previous year, and 23 complaints at Stage 2.",
            ["complaints 98", "complaints 83 in 2013/14", "complaints 23 stage=2"],
        ),
    ],
)
def test_what_is_compared_with_another_thing_keeps_its_own_subject(text: str, expected: list[str]):
    assert stated(text) == expected


@pytest.mark.parametrize(
    ("table_title", "head", "years"),
    [
        ("Complaints by outcome (2013/14)", "Outcome | No.", ["2013/14"]),
        ("Complaints by outcome (2013/14)", "Outcome | 2014/15", ["2014/15"]),
        ("Complaints by outcome, 2013/14 and 2014/15", "Outcome | No.", ["2014/15"]),
        ("Complaints since April 2012", "Outcome | No.", ["2014/15"]),
    ],
)
def test_a_table_without_periods_is_of_the_one_year_of_its_title(table_title: str, head: str, years: list[str]):
    read = read_table(
        replace(table(f"{head}\nUpheld | 7"), caption=mapped(table_title)), Context(period=YEAR, default="complaints")
    )
    assert [d.period.code for _, d in read.drafts if d.period] == years
