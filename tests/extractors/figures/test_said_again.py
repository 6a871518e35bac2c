"""A number and its percentage, said one after the other in one sentence: what ties them, what they are of, and what they are about."""

import pytest

from tests.extractors.figures.stating import stated
from tests.extractors.figures.test_relate import related


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("We answered ten of the 34 Stage 2 complaints within the timescale, which is 29%.", "share: 10 34 29"),
        ("Parents made 12 of the 29 Stage 1 complaints, which is 41%.", "share: 12 29 41"),
        ("Of the 29 Stage 1 complaints 12 came from parents, or 41%.", "share: 12 29 41"),
        ("Four complaints at Stage 1 were about decisions, or 13.8% of the 29 in all.", "share: 4 29 13.8"),
        ("Twelve complaints out of 29 were upheld, a rate of 41%.", "share: 12 29 41"),
        ("Ten of the 3 Stage 2 complaints were answered in time, which is 29%.", "share: 10 3 29"),
        ("Eighteen complaints had been upheld, 20% of the 90.", "share: 18 90 20"),
        ("11% of complaints were put under delay, or eight of 70.", "share: 8 70 11"),
        ("Two complaints were about delay, 10.5% of the 19 complaints about the Access Team.", "share: 2 19 10.5"),
    ],
)
def test_a_share_said_behind_its_number_is_of_the_whole_of_the_sentence(text: str, share: str) -> None:
    assert share in related(text)


@pytest.mark.parametrize(
    "text",
    [
        "Twelve complaints reached Stage 2 of the 90, which is 10% fewer than the year before.",
        "That is 27 more than the 297 of 2013/14, or 9.1%.",
        "Nine of the 40 complaints were made by children, which is below the target of 20%.",
    ],
)
def test_a_change_or_a_target_says_no_number_again(text: str) -> None:
    assert [r for r in related(text) if r.startswith("share")] == []


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            "Eighteen Stage 1 complaints, or 11%, were about delay.",
            ["complaints 18 category=delay stage=1", "complaints percent_of 11 category=delay stage=1"],
        ),
        (
            "62 of the 158 complaints were about delay, followed by poor communication with 34.",
            ["complaints 62 category=delay", "complaints 158", "complaints 34 category=poor communication"],
        ),
        (
            "Two complaints about delay relating to the Short Breaks and Contact Service were received.",
            ["complaints 2 category=delay team=Short Breaks and Contact Service"],
        ),
        (
            "Timeliness was what people most often complained about, with nine complaints (31%).",
            ["complaints 9 category=timeliness", "complaints percent_of 31 category=timeliness"],
        ),
        (
            "Outcome for the child was the most common theme, with 12 complaints.",
            ["complaints 12 category=outcome for the child"],
        ),
        (
            "Of the compliments 4 went to the Emergency Duty Service (9.5%) and 3 to the Children in Care 0-11 Service (7.1%).",
            [
                "compliments 4 team=Emergency Duty Service", "compliments percent_of 9.5 team=Emergency Duty Service",
                "compliments 3 team=Children in Care 0-11 Service", "compliments percent_of 7.1 team=Children in Care 0-11 Service",
            ],
        ),
        (
            "Twelve compliments went to the Fostering Team and three to the Adoption Team.",
            ["compliments 12 team=Fostering Team", "compliments 3 team=Adoption Team"],
        ),
        (
            "One of the six complaints about the Children in Need 2 Service (16.7%) was upheld.",
            [
                "complaints 1 outcome=upheld team=Children in Need 2 Service", "complaints 6",
                "complaints percent_of 16.7 outcome=upheld team=Children in Need 2 Service",
            ],
        ),
        (
            "272 enquiries from councillors and Members of Parliament were registered (262 in 2013/14).",
            ["enquiries 272", "enquiries 262 in 2013/14"],
        ),
    ],
)  # fmt: skip
def test_what_it_is_about(text: str, figures: list[str]) -> None:
    assert stated(text) == figures


@pytest.mark.parametrize(
    "text",
    [
        "10 of the 23 concerned looked after children.",
        "Six of the ten concerned workers who had left.",
        "Two of the complaints went to Stage 2 and one to the Ombudsman.",
    ],
)
def test_people_and_stages_are_no_theme(text: str) -> None:
    assert not any("category=" in figure or "team=" in figure for figure in stated(text))


def test_a_verb_behind_a_stage_is_no_month() -> None:
    assert stated("The 23 complaints at Stage 1 may be divided as follows: upheld 6; not upheld 17.") == [
        "complaints 23 stage=1", "complaints 6 outcome=upheld stage=1", "complaints 17 outcome=not_upheld stage=1",
    ]  # fmt: skip
    assert stated("There were 23 complaints by 31 may 2014.") == stated("There were 23 complaints by 31 May 2014.")
