"""One observation with two values: what is a conflict, and what is likelier to be a word that was not read."""

from pipeline.reconcile.checks import check
from schemas.figures import Figure
from tests.pipeline.reconcile.build import figure, relation

STAGE = (("stage", "1"),)


def kinds(*figures: Figure) -> list[str]:
    return [f.kind for f in check(figures, []).findings]


def test_two_totals_that_differ() -> None:
    assert kinds(figure("a", "248"), figure("b", "222")) == ["conflicting_statement"]


def test_a_value_that_is_given_for_a_part_as_well_lost_its_word() -> None:
    assert kinds(figure("a", "248"), figure("b", "222"), figure("c", "222", dims=STAGE)) == []


def test_so_did_one_that_is_given_for_the_whole() -> None:
    assert kinds(figure("a", "222", dims=STAGE), figure("b", "248", dims=STAGE), figure("c", "248")) == []


def test_last_digits_that_differ_are_a_conflict_even_so() -> None:
    figures = figure("a", "43", dims=STAGE), figure("b", "41", dims=STAGE), figure("c", "43")
    assert kinds(*figures) == ["conflicting_statement"]


def test_unless_the_whole_is_proved() -> None:
    figures = [figure("a", "43", dims=STAGE), figure("b", "41", dims=STAGE), figure("c", "43")]
    parts = [figure(f"p{n}", str(n), dims=(*STAGE, ("team", str(n)))) for n in (13, 30)]
    assert not check([*figures, *parts], [relation("sum", "a", "p13", "p30")]).findings


def test_two_tables_that_differ_in_several_years_count_two_things() -> None:
    years = ("2012/13", "2013/14")
    first = [figure(f"a{year}", "45", period=year, dims=STAGE) for year in years]
    second = [figure(f"b{year}", "47", period=year, dims=STAGE) for year in years]
    assert kinds(*first, *second) == []
    assert kinds(first[0], second[0]) == ["conflicting_statement"]


def test_a_part_of_the_number_beside_it_lost_its_word() -> None:
    all_of_them = figure("a", "79", words="79,", snippet="requests numbered 79, fewer than last year")
    answered = figure("b", "73", snippet="fell by four to 79. We answered 73 of the 79 requests")
    assert kinds(all_of_them, answered) == []


def of_wholes(first: str, second: str) -> list[str]:
    """77 and 79 upheld partly, each with the rest of its own whole."""
    dims = (("outcome", "partly_upheld"),)
    rest = (("outcome", "upheld"),)
    figures = [
        figure("a", "77", dims=dims), figure("b", "79", dims=dims),
        figure("ra", str(int(first) - 77), dims=rest, period="2013/14"), figure("rb", str(int(second) - 79), dims=rest, period="2012/13"),
        figure("wa", first, period="2013/14"), figure("wb", second, period="2012/13"),
    ]  # fmt: skip
    stated = [relation("sum", "wa", "a", "ra"), relation("sum", "wb", "b", "rb")]
    return [f.kind for f in check(figures, stated).findings]


def test_parts_that_are_each_proved_to_be_of_another_whole_are_of_two_groups() -> None:
    assert of_wholes("282", "287") == []


def test_parts_of_one_whole_conflict() -> None:
    assert of_wholes("282", "282") == ["conflicting_statement"]


def test_parts_of_which_one_is_not_proved_conflict() -> None:
    dims = (("outcome", "partly_upheld"),)
    figures = [
        figure("a", "77", dims=dims),
        figure("b", "79", dims=dims),
        figure("w", "282"),
        figure("r", "205", dims=(("outcome", "upheld"),)),
    ]
    assert [f.kind for f in check(figures, [relation("sum", "w", "a", "r")]).findings] == ["conflicting_statement"]


def test_wholes_that_are_far_apart_are_of_two_groups_whatever_their_parts_prove() -> None:
    dims = (("outcome", "partly_upheld"),)
    figures = [
        figure("a", "77", dims=dims), figure("b", "79", dims=dims),
        figure("p", "40", "percent_of", dims=(("stage", "1"),)), figure("q", "20", "percent_of", dims=(("stage", "2"),)),
        figure("wa", "192", period="2013/14"), figure("wb", "395", period="2012/13"),
    ]  # fmt: skip
    stated = [relation("share", "a", "wa", "p"), relation("share", "b", "wb", "q")]
    assert not check(figures, stated).findings
