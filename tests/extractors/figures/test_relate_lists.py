"""Lists and rankings: which whole their shares are of, when their parts must make it up, and when they need not."""

import pytest

from tests.extractors.figures.test_relate import related


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Parents made 150 of the 266 complaints (56%), more than anyone else, then came carers (15%, 41) and relatives (11%, 8).",
            ["share: 150 266 56", "share: 41 266 15", "share: 8 266 11"],
        ),
    ],
)
def test_what_is_ranked_is_of_one_whole(text: str, expected: list[str]) -> None:
    assert set(expected) <= set(related(text))


@pytest.mark.parametrize(
    "text",
    [
        "Parents made 150 of the 266 complaints (56%). Eight compliments (11%) came from relatives.",
        "Parents made 150 of the 266 complaints (56%) and relatives made eight enquiries (11%).",
        "Parents made 150 of the 266 complaints (56%); then, in 2013/14, relatives had made 8 (11%).",
    ],
)
def test_what_is_not_ranked_may_be_of_another(text: str) -> None:
    assert [r for r in related(text) if r.startswith("share: 8 266")] == []


def test_set_against_a_number_is_a_share_of_it() -> None:
    assert related("Set against the 26 complaints at stage 1, three had gone to stage 2 (5%).") == ["share: 3 26 5"]


ALL = "68 had been upheld (25%), 64 partly upheld (24%), 86 not upheld (32%), 24 resolved (9%), 16 inconclusive (6%) and 12 withdrawn (4%)."


def test_all_outcomes_with_percentages_that_make_100_make_up_their_whole() -> None:
    found = related(f"25% of stage 1 complaints were upheld, or 68 of 272. At stage 1 {ALL}")
    assert "sum: 272 68 64 86 24 16 12" in found


@pytest.mark.parametrize(
    "text",
    [
        "68 had been upheld (25%), 64 partly upheld (24%) and 86 not upheld (32%).",  # not all of them
        "68 had been upheld (25%), 64 partly upheld (24%), 86 not upheld (32%) and 12 withdrawn (4%).",
        "The main outcomes: 68 upheld (25%), 64 partly upheld (24%), 86 not upheld (32%).",
    ],
)
def test_some_outcomes_do_not(text: str) -> None:
    found = related(f"25% of stage 1 complaints were upheld, or 68 of 272. At stage 1 {text}")
    assert [r for r in found if r.startswith("sum: 272") and not r.endswith("?")] == []


def test_parts_of_one_breakdown_are_not_more_than_their_whole() -> None:
    text = "Of the 20 Ombudsman complaints, four had been premature, seven closed after initial enquiries, two outside jurisdiction and eight investigated."
    assert "sum: 20 4 7 2 8" in related(text)


@pytest.mark.parametrize(
    "text",
    [
        "Of the 22 Ombudsman complaints, four had been premature, seven closed after initial enquiries and eight investigated.",
        "Of the 20 complaints, some for more than one reason, nine were about delay, seven about cost and five about staff.",
        "More complaints were about delay than about anything else: 112 of the 271, then came cost (90) and staff (59).",
    ],
)
def test_other_lists_need_not_be_complete(text: str) -> None:
    assert [r for r in related(text) if r.startswith("sum") and not r.endswith("?")] == []


def test_percentages_that_are_right_and_make_less_than_100_tell_that_parts_are_left_out() -> None:
    found = related(
        "The outcome for the five complaints was:",
        "• one upheld (20%)",
        "• one partly upheld (20%)",
        "• two not upheld (40%)",
    )
    assert "sum: 5 1 1 2 ?" in found


def test_the_remaining_share_makes_100_with_the_others() -> None:
    text = "Of 21 Ombudsman cases, 29% had been premature, 83% closed after initial enquiries, 14% closed with advice and the remaining 19% investigated."
    assert "sum: 29 83 14 19" in related(text)


@pytest.mark.parametrize(
    "text",
    [
        "29% had been premature, 83% were answered in time and 14% closed with advice.",
        "Of 21 cases, 29% had been premature and the remaining were closed.",
        "Of 21 Ombudsman cases, 29% had been premature, 14% were closed with advice, among others, and 19% investigated.",
    ],
)
def test_other_shares_need_not(text: str) -> None:
    assert [r for r in related(text) if r.startswith("sum: 29")] == []


def test_a_whole_that_the_next_sentence_takes_for_known() -> None:
    found = related(f"{ALL} This means that 48% (132 of 272) were upheld or partly upheld.")
    assert {"share: 68 272 25", "share: 12 272 4"} <= set(found)


def test_a_level_said_after_its_change() -> None:
    text = "As against the 93 complaints registered last year, there were 11 fewer, that is 82."
    assert related(text) == ["change: 82 93 -11"]


REQUESTS = "There were 48 subject access requests. "


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The Ombudsman considered 18 complaints, as against 4 last year. "
            "1 was premature, 3 closed after initial enquiries and the other 4 investigated.",
            "sum: 18 1 3 4",
        ),
        (f"{REQUESTS}Of these, 4 were completed by 31 March 2015, with five outstanding.", "sum: 48 4 5"),
    ],
)
def test_parts_that_are_all_are_held_against_a_number_that_is_far_from_them(text: str, expected: str) -> None:
    assert expected in related(text)


@pytest.mark.parametrize(
    "text",
    [
        "The Ombudsman considered 18 complaints. 1 was premature, 3 closed after initial enquiries and 4 investigated.",
        "There were 18 complaints. Two were upheld, 3 partly upheld and the other 4 compliments came by letter.",
        f"{REQUESTS}Of these, 4 were completed by 31 March 2015, with two withdrawn.",
    ],
)
def test_parts_that_need_not_be_all_are_not(text: str) -> None:
    assert [r for r in related(text) if r.startswith("sum") and not r.endswith("?")] == []


def test_a_list_with_a_whole_of_its_own_leans_on_none_before() -> None:
    before = "Eleven complaints reached stage 3 in the year. It was reported that there were 43 complaints at stage 1, "
    found = related(f"{before}of which 10 had been upheld, 20 partly upheld and the remaining 13 not upheld.")
    assert [r for r in found if r.startswith("sum: 11")] == []
    assert "sum: 43 10 20 13" in found


def test_a_share_of_what_was_received_names_its_whole() -> None:
    assert "share: 64 268 22.9" in related("64 Stage 1 complaints were upheld, 22.9% of the 268 received.")


IN_TIME = "245 out of 379 complaints at Stage 1 had been responded to in time. "


def test_those_answered_in_time_and_those_late_are_all() -> None:
    assert "sum: 379 245 34" in related(f"{IN_TIME}34 went past the timescale.")


@pytest.mark.parametrize(
    "text",
    [
        f"{IN_TIME}34 were late and 20 still open.",
        f"{IN_TIME}Of those still open, 34 were late.",
        "In time were 80% of replies. 34 went past the timescale.",
    ],
)
def test_unless_others_are_open_or_nothing_is_told_of_all(text: str) -> None:
    assert [r for r in related(text) if r.startswith("sum")] == []


OUTCOMES = (
    "Stage 1 complaints were as follows: upheld 87; partly upheld 110; not upheld 511; resolved 42; withdrawn 12."
)


def test_a_list_of_all_outcomes_is_of_the_one_number_of_its_group() -> None:
    assert "sum: 430 87 110 511 42 12" in related(f"There had been 430 complaints at Stage 1. {OUTCOMES}")
    text = "The Ombudsman had considered 20 complaints. Complaints to the Ombudsman were as follows: "
    parts = "premature 5 (33.3%); closed after initial enquiries 5 (33.3%); investigated 5 (33.3%)."
    assert "sum: 20 5 5 5" in related(text + parts)


@pytest.mark.parametrize(
    "before",
    [
        "There had been 762 complaints.",  # of which some were at other stages
        "There had been 430 complaints at Stage 1, and not 340 complaints at Stage 1 as it was printed.",
        "There had been 43 complaints at Stage 2.",
    ],
)
def test_not_of_another_group_or_of_one_with_two_numbers(before: str) -> None:
    assert [r for r in related(f"{before} {OUTCOMES}") if r.startswith("sum") and not r.startswith("sum: 762")] == []


def test_all_complaints_are_no_whole_of_those_at_a_stage() -> None:
    shares = "upheld 56 (19%); partly upheld 83 (28%); not upheld 104 (35%); resolved 42 (14%); withdrawn 8 (3%)."
    found = related(f"297 complaints had been registered. Stage 1 complaints were as follows: {shares}")
    assert [r for r in found if r.startswith("sum: 297")] == []


ALL_SHARES = "were recorded: 21.9% had been upheld, {}% upheld in part, 31.9% not upheld, 10.6% resolved, 3.8% inconclusive and 3.8% withdrawn."


@pytest.mark.parametrize("printed", ["82.1", "2.1", "228.1", "28.1", "20.1"])
def test_percentages_of_all_outcomes_make_up_100_but_for_one_mistyped(printed: str) -> None:
    found = related(f"160 stage 1 complaints {ALL_SHARES.format(printed)}")
    assert any(r.startswith("sum: 21.9 ") for r in found) == (printed != "228.1")  # no share is above 100


@pytest.mark.parametrize(
    "text",
    [
        f"160 stage 1 complaints {ALL_SHARES.format('64.7')}",  # far from 100, and no one digit of it
        "160 stage 1 complaints were recorded: 21.9% had been upheld, 82.1% upheld in part and 3.8% withdrawn.",
        "The main outcomes: 21.9% upheld, 82.1% upheld in part, 31.9% not upheld, 10.6% resolved and 3.8% withdrawn.",
    ],
)
def test_percentages_far_from_100_are_of_other_wholes(text: str) -> None:
    assert [r for r in related(text) if r.startswith("sum: 21.9")] == []


def test_decisions_behind_a_colon_are_no_more_than_the_number_before_it() -> None:
    text = (
        "The Ombudsman had made 6 decisions: 4 had been premature, 2 closed after initial enquiries and 2 investigated."
    )
    assert "sum: 6 4 2 2" in related(text)


@pytest.mark.parametrize(
    "text",
    [
        "The Ombudsman had made 6 decisions: 4 had been premature and 4 closed after initial enquiries.",  # two are no list
        "The Ombudsman had made 6 decisions, of which several were late: 4 premature, 2 investigated and 2 closed after initial enquiries.",
        "Six complaints were made: four by parents, two by children and two about delay.",
    ],
)
def test_what_need_not_be_all_decisions_is_no_sum(text: str) -> None:
    assert [r for r in related(text) if r.startswith("sum: 6") and not r.endswith("?")] == []


def test_stages_told_by_stage_make_up_the_total_before_them() -> None:
    text = (
        "There were 143 complaints. By stage, there were 89 complaints at stage 1, seven at stage 2 and two at stage 3."
    )
    assert "sum: 143 89 7 2" in related(text)


@pytest.mark.parametrize(
    "text",
    [
        "There were 143 complaints. By stage, there were 143 complaints at stage 1, seven at stage 2 and two at stage 3.",
        "There were 143 complaints. There were 89 complaints at stage 1, seven at stage 2 and two at stage 3.",
        "There were 143 complaints. By stage, there were 89 complaints at stage 1 and seven at stage 2.",
        "There were 143 complaints. By stage, there were, among others, 89 complaints at stage 1, seven at stage 2 and two at stage 3.",
    ],
)
def test_stages_need_not_make_up_a_total(text: str) -> None:
    assert [r for r in related(text) if r.startswith("sum: 143") and not r.endswith("?")] == []


@pytest.mark.parametrize(
    ("text", "tied"),
    [
        ("There were 47 complaints at Stage 1. 12% (10) of stage 1 complaints had been about communication.", True),
        (
            "There were 47 complaints at Stage 1. Some fault was found in 43% of Stage 1 complaints, that is 20 were upheld or partially upheld.",
            True,
        ),
        ("There were 47 complaints at Stage 1. 35% (10) of stage 1 complaints had been about communication.", False),
        ("There were 47 complaints at Stage 2. 12% (10) of stage 1 complaints had been about communication.", False),
        ("There were 47 complaints at Stage 1. 8% (3) of stage 1 complaints had been about communication.", True),
        ("There were 47 complaints at Stage 1. 63% (17) of stage 1 complaints had been about communication.", True),
        ("There were 47 complaints at Stage 1. 12% (10) of these had been about communication.", False),
    ],
)
def test_a_share_of_all_that_are_named(text: str, tied: bool) -> None:
    assert any(r.startswith("share:") for r in related(text)) == tied


def test_both_procedures_with_shares_that_make_100_make_up_the_total() -> None:
    shares = "80% (28) came under the statutory procedure and 20% (7) under the corporate procedure."
    assert "sum: 49 28 7" in related(f"There were 49 complaints. {shares}")


@pytest.mark.parametrize(
    "text",
    [
        "There were 49 complaints. 57% (28) came under the statutory procedure and 14% (7) under the corporate procedure.",
        "There were 49 complaints, and 35 complaints this spring. 80% (28) came under the statutory procedure and 20% (7) under the corporate procedure.",
        "There were 49 complaints at Stage 1. 80% (28) of stage 2 complaints came under the statutory procedure and 20% (7) under the corporate procedure.",
    ],
)
def test_both_procedures_need_not(text: str) -> None:
    assert [r for r in related(text) if r.startswith("sum:")] == []
