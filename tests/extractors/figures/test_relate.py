"""Relations of prose: short texts in, one line per relation out; for each kind, texts on which it must not fire."""

from dataclasses import replace

import pytest

from extractors.figures.drafts import Context, Topic
from extractors.figures.prose import read_prose
from extractors.figures.relate import Passage, relate
from extractors.figures.relate_said import sentence_end
from schemas.periods import Period


def related(*texts: str) -> list[str]:
    """Relations as "kind: values", "?" behind one that is not complete. A text that begins with "•" is an item of the list before it."""
    topic, passages, values = Topic(measure="complaints"), [], []
    counted = topic
    for text in texts:
        item = text.startswith("•")
        words = text.removeprefix("•").strip()
        context = Context(
            period=Period.parse("2014/15"), topic=counted if item else topic, listed=item, default="complaints"
        )
        reading = read_prose(words, context)
        drafts = tuple(replace(d, key=len(values) + n) for n, d in enumerate(reading.drafts))
        values += [d.value for d in drafts]
        passages.append(Passage(text=words, drafts=drafts, item=item))
        counted = counted if item else reading.topic
    return [
        f"{r.kind}: {' '.join(str(values[k]) for k in r.keys)}{'' if r.complete else ' ?'}" for r in relate(passages)
    ]


# --- changes -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("There were 117 complaints, an increase of 7% from 102 in 2013/14.", ["percent_change: 117 102 7"]),
        ("Complaints rose from 102 to 117, an increase of 7%.", ["percent_change: 117 102 7"]),
        ("71 complaints were received, nine fewer than the 80 of 2013/14.", ["change: 71 80 -9"]),
        (
            "There were 75 complaints, a decrease of 2 (2.6%) against the 77 in 2013/14.",
            ["change: 75 77 -2", "percent_change: 75 77 -2.6"],
        ),
        (
            "There were 229 complaints, 12 (5.5%) more than the 217 of 2013/14.",
            ["change: 229 217 12", "percent_change: 229 217 5.5"],
        ),
        ("55% were answered on time, up 7 percentage points from 48%.", ["change: 55 48 7"]),
    ],
)
def test_changes(text: str, expected: list[str]):
    assert related(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("77% of complaints were resolved at stage one, and not 81% as printed in the report.", ["equal: 77 81"]),
        ("There were 41 complaints at Stage 1, not 14 as wrongly stated.", ["equal: 41 14"]),
        ("77% of complaints were resolved at stage one, and not 81% as in other years.", []),
        ("77% of complaints were resolved at stage one, not 81% as reported last year.", []),
        ("There were 77 complaints at Stage 1, of which 8 were not upheld as reported in June.", []),
        ("The 41 complaints at Stage 1 shown above should be set against 60 compliments.", []),
    ],
)
def test_a_number_that_is_put_right(text: str, expected: list[str]):
    assert [r for r in related(text) if r.startswith("equal")] == expected


def test_a_change_holds_an_unreadable_number():
    text = "The number of complaints went up by 6% in 2014/15 (&$) compared to 70 in 2013/14."
    assert related(text) == ["percent_change: None 70 6"]


@pytest.mark.parametrize(
    "text",
    [
        "117 complaints were received, an increase of 7%.",
        "117 complaints were received and compliments rose by 8 from 40.",
        "117 complaints were received, compared with 102 in 2013/14.",
    ],
)
def test_no_change_of_the_complaints(text: str):
    assert [r for r in related(text) if " 117 " in r] == []


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("There were 71 complaints in 2013/14.", "The 64 complaints are a fall of 12% on the previous year."), ["percent_change: 64 71 -12"]),
        (("In 2013/14 there were 71 complaints.", "There were 64 complaints, seven fewer than in 2013/14."), ["change: 64 71 -7"]),
        # of another breakdown, told in two ways, of another year, and of something else
        (("There were 71 complaints at Stage 1 in 2013/14.", "The 64 complaints are a fall of 12% on the previous year."), []),
        (("There were 71 complaints in 2013/14.", "In 2013/14 there were 73 complaints.", "The 64 complaints are a fall of 12% on the previous year."), []),
        (("There were 71 complaints in 2012/13.", "The 64 complaints are a fall of 12% on the previous year."), []),
        (("There were 71 compliments in 2013/14.", "The 64 complaints are a fall of 12% on the previous year."), []),
    ],
)  # fmt: skip
def test_a_change_against_a_year_that_is_told_elsewhere(texts: tuple[str, ...], expected: list[str]):
    assert [r for r in related(*texts) if "change" in r] == expected


# --- shares --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("17 (22.7%) of the 75 complaints were upheld.", ["share: 17 75 22.7"]),
        ("Of the 75 complaints 17 (22.7%) were upheld.", ["share: 17 75 22.7"]),
        ("81% of complaints were answered on time (47 out of 58).", ["share: 47 58 81"]),
        ("68 of 91 complaints, 74.7%, were upheld.", ["share: 68 91 74.7"]),
        ("75 complaints were received, of which 17 (23%) were upheld.", ["share: 17 75 23"]),
    ],
)
def test_shares_of_a_stated_whole(text: str, expected: list[str]):
    assert [r for r in related(text) if r.startswith("share")] == expected


def test_a_share_that_does_not_fit_its_stated_whole_is_a_share_all_the_same():
    assert related("Of the 75 complaints 17 (13.0%) were upheld.") == ["share: 17 75 13.0"]


def test_the_rest_is_of_the_whole_of_the_sentence_before():
    text = "Of the 75 complaints 17 (13.0%) were upheld. The remaining 58 (87.0%) were not upheld."
    assert related(text) == ["share: 17 75 13.0", "share: 58 75 87.0", "sum: 75 17 58", "sum: 13.0 87.0"]


def test_the_items_of_a_list_are_shares_of_what_it_is_about():
    got = related("Of the 62 complaints:", "• 14 (23%) were upheld", "• 48 (77%) were not upheld")
    assert got == ["share: 14 62 23", "share: 48 62 77", "sum: 62 14 48", "sum: 23 77"]


def test_a_part_of_a_part_is_a_share_of_that_part():
    got = related("Of the 633 complaints:", "• 83 (13.1%) were upheld, of which 42 (50.6%) were withdrawn")
    assert [r for r in got if r.startswith("share")] == ["share: 42 83 50.6", "share: 83 633 13.1"]


def test_a_list_that_refers_back_is_of_the_last_number_counted():
    got = related(
        "•75 complaints were received. This is an increase from 70 in 2013/14. Of this number:",
        "•17 (13%) were upheld",
        "•31 (41%) were partly upheld",
    )
    assert [r for r in got if r.startswith("share")] == ["share: 17 75 13", "share: 31 75 41"]


@pytest.mark.parametrize("back", ["Of these,", "Of this number,", "And of those,"])
def test_a_sentence_that_refers_back_is_of_the_last_number_counted(back: str):
    assert "share: 17 75 13" in related("75 complaints were received.", f"{back} 17 (13%) were upheld.")


@pytest.mark.parametrize(
    "texts",
    [
        ("75 complaints and 12 compliments were received.", "Of these, 17 (13%) were upheld."),
        ("75 complaints were received.", "The panel met.", "A report was made.", "Of these, 17 (13%) were upheld."),
        ("75 complaints were received.", "12 compliments were received.", "Of these, 17 (13%) were upheld."),
        ("75 complaints were received.", "Of the upheld ones, 17 (13%) were late."),
    ],
    ids=["two numbers", "too far", "another number between", "not these"],
)
def test_where_it_is_not_clear_what_is_meant_there_is_no_share_of_the_75(texts: tuple[str, ...]):
    assert not [r for r in related(*texts) if " 75 " in r]


def test_a_percentage_of_a_number_whose_part_is_not_counted():
    assert "share: 27 70.0" in related("27 complaints were upheld, of which 70.0% were late.")


@pytest.mark.parametrize(
    "text",
    [
        "27 complaints were upheld and 70% of all were late.",
        "27 complaints were upheld, of which 19 (70%) were late.",
        "27 complaints were upheld, which is 70%.",
    ],
)
def test_no_percentage_without_a_part(text: str):
    assert "share: 27 70" not in related(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Four complaints were escalated to Stage 2, 6% of those received at Stage 1.", []),
        ("Four complaints were escalated to Stage 2, of which 50% were upheld.", ["share: 4 50"]),
    ],
)
def test_a_percentage_of_those_at_another_stage_is_none_of_the_number_before_it(text: str, expected: list[str]):
    assert related(text) == expected


def test_a_whole_that_stands_elsewhere_is_found_where_there_is_no_choice():
    assert related("75 complaints were received.", "17 (23%) were upheld.") == ["share: 17 75 23"]
    assert related("40 complaints were received.", "17 (23%) were upheld.") == []
    two = ("75 complaints were received.", "There were 74 complaints.", "17 (23%) were upheld.")
    assert related(*two) == []


def test_an_unreadable_whole_is_found_by_what_is_proposed_for_it():
    text = "Complaints rose by 6% in 2014/15 (&$) compared to 70 in 2013/14. 14% (10) were upheld."
    assert "share: 10 None 14" in related(text)


@pytest.mark.parametrize(
    "text",
    [
        "Of the 75 complaints 40 were upheld and 23% were not upheld.",
        "17 (23%) were upheld.",
        "Of 75 complaints 40 were upheld and 5 (29%) of the 17 at Stage 2.",
        "Time was added in each of the 75 complaints, so that 49 of the 63 replies (77.8%) were in time.",
    ],
)
def test_no_share_of_the_75(text: str):
    assert [r for r in related(text) if r.startswith("share") and " 75 " in r] == []


# --- sums ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Of the 62 complaints 14 were upheld, 21 were partly upheld and 27 were not upheld.", "sum: 62 14 21 27"),
        ("62 complaints were closed: 14 upheld, 21 partly upheld and 27 not upheld.", "sum: 62 14 21 27"),
        (
            "Of the 62 complaints 14 were upheld, 21 partly upheld, and the remaining 27 were not upheld.",
            "sum: 62 14 21 27",
        ),
        ("62 complaints were received, of which 40 were statutory and 22 corporate.", "sum: 62 40 22"),
        ("464 representations were received, 211 complaints, 187 compliments and 66 comments.", "sum: 464 211 187 66"),
    ],
)
def test_parts_and_their_whole(text: str, expected: str):
    assert related(text) == [expected]


def test_parts_that_nearly_make_up_a_whole_are_held_against_it():
    assert related("62 complaints were closed: 14 upheld, 21 partly upheld and 26 not upheld.") == ["sum: 62 14 21 26"]


def test_parts_that_are_far_from_the_whole_may_not_be_all():
    assert related("Of the 62 complaints 14 were upheld and 21 were partly upheld.") == ["sum: 62 14 21 ?"]


@pytest.mark.parametrize(
    "text",
    [
        "62 complaints were closed: they included 14 upheld, 21 partly upheld and 26 not upheld.",
        "Of the 62 complaints 14 were upheld, 21 were partly upheld and 26 were not upheld.",
        "62 complaints were closed: for example 14 upheld, 21 partly upheld and 26 not upheld.",
    ],
)
def test_lists_that_do_not_say_that_they_are_full(text: str):
    assert [r for r in related(text) if r.startswith("sum") and not r.endswith("?")] == []


def test_a_total_elsewhere_is_found_by_its_parts():
    got = related("62 complaints were received.", "14 were upheld, 21 were partly upheld and 27 were not upheld.")
    assert got == ["sum: 62 14 21 27"]
    got = related("62 complaints were received.", "14 were upheld, 21 were partly upheld and 26 were not upheld.")
    assert got == []


def test_percentages_that_make_up_100():
    assert related("23% were upheld, 34% were partly upheld and 43% were not upheld.") == ["sum: 23 34 43"]
    assert related("23% were upheld, 34% were partly upheld and 40% were not upheld.") == []


def test_a_heading_between_them_keeps_an_introduction_and_items_apart():
    got = related("Of the 62 complaints:", "Outcomes", "• 14 (50%) were upheld")
    assert got == []


# --- sentences -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("211 came in, i.e. 22 more. Then 5.", "211 came in, i.e. 22 more."),
        ("3.5 more. Then 5.", "3.5 more."),
        ("7 were upheld", "7 were upheld"),
    ],
)
def test_where_a_sentence_ends(text: str, sentence: str):
    assert text[: sentence_end(text, 1)] == sentence


# --- what says again, divides, and escalates -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("68% of Stage 1 complaints had come from parents, or 39 of 75.", ["share: 39 75 68"]),
        ("For the 62 complaints at Stage 1 there were two at Stage 2, a rate of escalation of 7.7%.", ["share: 2 62 7.7"]),
        ("Set against the 19 Stage 1 complaints, two went to Stage 2 (10.5%).", ["share: 2 19 10.5"]),
        ("The rate of escalation to Stage 2 was 10.0% (12 to Stage 2, 114 complaints at Stage 1).", ["share: 12 114 10.0"]),
        ("The 87 complaints can be divided as follows: upheld 27; not upheld 35; withdrawn 4.", ["sum: 87 27 35 4"]),
        ("The 285 complaints were broken down as follows: statutory 78% (183); corporate 22% (51).", ["sum: 285 183 51", "sum: 78 22"]),
        ("There were 19 requests for records. Of these, 20 had been completed, with two outstanding.", ["sum: 19 20 2"]),
        (
            "Of 49 complaints, 29% were upheld, 24% partly upheld, 31% not upheld, 3% resolved and 2% withdrawn.",
            ["sum: 29 24 31 3 2"],
        ),
    ],
)  # fmt: skip
def test_numbers_that_hang_together_even_where_they_do_not_fit(text: str, expected: list[str]):
    assert related(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The 87 complaints can be divided as follows: upheld 27; not upheld 35;",  # the list goes on overleaf
        "The 87 complaints can be divided by outcome, of which the main ones were: upheld 27; not upheld 35.",
        "There were 87 complaints: upheld 27; not upheld 35; withdrawn 4.",
        "29% were upheld, 24% partly upheld, 31% not upheld and 3% resolved.",  # nothing is said of the others
        "29% of complaints were upheld, 24% partly upheld, 31% not upheld and 3% resolved; 41% of appeals were withdrawn.",
        "Compared with the 62 complaints at Stage 1 of 2013/14, two went to Stage 2, or 7.7%.",
        "There were 62 complaints at Stage 1 and two at Stage 2, and 7.7% were late.",
    ],
)
def test_numbers_that_need_not_fit(text: str):
    assert not [r for r in related(text) if not r.endswith("?")]


def test_a_list_of_those_in_care_may_count_a_child_more_than_once():
    found = related(
        "At 28th February 2015, 893 children are being looked after. Of this number:", "• 188 live outside the authority area",
        "• 102 live in residential children's homes", "• 617 live with foster families", "• 22 are unaccompanied asylum-seeking children",
    )  # fmt: skip
    assert [r for r in found if r.startswith("sum") and not r.endswith("?")] == []
