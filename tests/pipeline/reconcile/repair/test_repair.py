"""From the figures of a short document to the ranked hypotheses and the repairs."""

import random
from decimal import Decimal
from typing import Any

import pytest

from pipeline.reconcile.checks import CheckResult, check
from pipeline.reconcile.intervals import stated
from schemas.figures import Figure, Statistic
from schemas.relations import Relation
from schemas.repairs import Repair
from tests.pipeline.reconcile.build import figure, relation


def team(name: str, printed: str | None, **more: Any) -> Figure:
    """A count of a group of its own, so that no two figures of a test speak of one observation."""
    return figure(name, printed, dims=(("team", name),), **more)


def percent(name: str, printed: str | None, statistic: Statistic = "percent_of", **more: Any) -> Figure:
    return figure(name, printed, statistic, dims=(("team", name),), **more)


def best(result: CheckResult) -> str:
    return result.findings[0].hypotheses[0]


def repaired(result: CheckResult) -> dict[str, tuple[str, bool]]:
    return {r.figure_id: (str(r.proposed), r.proved) for r in result.repairs}


# Each kind of slip in a document that tells it from the others: 15 and 60 make 75, 20% of 75 is 15, 80% is 60.


def quarters(**printed: str) -> tuple[list[Figure], list[Relation]]:
    """A document that says each number in two ways, with some prints replaced."""
    right = {"a": "15", "b": "60", "w": "75", "a%": "20.0", "b%": "80.0"}
    figures = [
        percent(name, value) if "%" in name else team(name, value, decimals=0)
        for name, value in (right | printed).items()
    ]
    return figures, [
        relation("sum", "w", "a", "b"),
        relation("share", "a", "w", "a%"),
        relation("share", "b", "w", "b%"),
    ]


@pytest.mark.parametrize(
    ("name", "printed", "meant", "slip"),
    [
        ("a", "5", "15", "a lost digit"),
        ("a", "51", "15", "two digits changed places"),
        ("a", "155", "15", "a digit typed twice"),
        ("a", "150", "15", "a tenth of it"),
        ("a", "165", "15", "a digit too many"),
        ("a", "16", "15", "a digit that looks alike"),
        ("a", "14", "15", "the key beside it"),
        ("b", "6", "60", "ten times as much"),
        ("b", "68", "60", "a digit that looks alike"),
        ("w", "57", "75", "two digits changed places"),
        ("w", "7", "75", "a lost digit"),
        ("a", "33", "15", "another number"),
    ],
)
def test_what_two_relations_say_is_proved(name: str, printed: str, meant: str, slip: str) -> None:
    result = check(*quarters(**{name: printed}))
    assert repaired(result) == {name: (meant, True)}
    assert f"{printed} may stand for {meant} ({slip})" in best(result)


def test_a_hypothesis_is_a_plain_sentence() -> None:
    assert best(check(*quarters(a="5"))) == (
        "5 may stand for 15 (a lost digit): then 15 and 60 make 75, and 15 of 75 is 20.0%. [cost 9.0]"
    )


def test_a_percentage_that_one_relation_corrects_is_proposed_and_not_proved() -> None:
    result = check(*quarters(**{"a%": "2.0"}))
    assert repaired(result) == {"a%": ("20.0", False)}
    assert "2.0% may stand for 20.0% (ten times as much)" in best(result)


def test_the_print_stays() -> None:
    figures, relations = quarters(a="5")
    (repair,) = check(figures, relations).repairs
    assert (repair.printed, figures[0].value) == ("5", Decimal(5))
    assert check(figures, relations).grade(figures[0]) == "doubtful"
    assert repair.relation_ids == ("sum w a b", "share a w a%")


# The other kinds


def test_shifted_keys_proved_by_two_relations() -> None:
    figures = [
        team("now", None, words="(&$)", proposed=Decimal(74)),
        team("then", "70"),
        percent("up", "6", "percent_change"),
        team("child", "10"),
        percent("child%", "14"),
    ]
    relations = [relation("percent_change", "now", "then", "up"), relation("share", "child", "now", "child%")]
    result = check(figures, relations)
    assert repaired(result) == {"now": ("74", True)}
    assert result.grade(figures[0]) == "unreadable"
    assert result.findings[0].hypotheses == (
        "“(&$)” may stand for 74 (typed with the shift key held down): then 70 to 74 is a rise of 6%, and 10 of 74 is 14%."
        " [cost 1.5]",
    )


def test_one_relation_does_not_prove() -> None:
    figures = [team("now", None, words="(&$)"), team("child", "10"), percent("child%", "14")]
    assert repaired(check(figures, [relation("share", "child", "now", "child%")])) == {"now": ("74", False)}


def test_keys_that_do_not_fit_are_not_believed_against_two_relations() -> None:
    figures, relations = quarters()
    figures[2] = team("w", None, words="(&$)")
    assert repaired(check(figures, relations)) == {"w": ("75", True)}


def test_two_numbers_that_cannot_be_read() -> None:
    figures, relations = quarters()
    figures[0], figures[2] = team("a", None, words="!%"), team("w", None, words="&%")
    result = check(figures, relations)
    assert {name: value for name, (value, _) in repaired(result).items()} == {"a": "15", "w": "75"}


def test_a_wrong_sign() -> None:
    figures = [team("now", "59"), team("then", "75"), figure("more", "16", "change")]
    result = check(figures, [relation("change", "now", "then", "more")])
    assert result.findings[0].hypotheses[0] == "The direction is the wrong way round. [cost 5.0]"


def test_last_years_percentage() -> None:
    figures = [
        figure("whole", "75"),
        figure("last", "77", period="2013/14", role="comparative"),
        figure("adr", "17", dims=(("outcome", "resolved"),)),
        figure("adr%", "13.0", "percent_of", dims=(("outcome", "resolved"),)),
    ]
    result = check(figures, [relation("share", "adr", "whole", "adr%")])
    assert repaired(result) == {"adr%": ("22.7", False)}
    share = next(f for f in result.findings if f.kind == "share_mismatch")
    assert "13.0% is 10 of the 77 of 2013/14" in share.hypotheses[0]
    assert "(kept from the year before): then 17 of 75 is 22.7%" in share.hypotheses[1]


def test_last_years_number() -> None:
    figures = [
        figure("whole", "77"),
        figure("last", "77", period="2013/14", role="comparative"),
        team("a", "17"),
        team("b", "58"),
    ]
    assert "77 may stand for 75 (kept from the year before)" in best(
        check(figures, [relation("sum", "whole", "a", "b")])
    )


def test_a_row_that_was_left_out() -> None:
    figures = [team(n, p) for n, p in (("w", "211"), ("a", "184"), ("b", "20"), ("c", "5"))]
    assert (
        best(check(figures, [relation("sum", "w", "a", "b", "c")])) == "A part of 2 may have been left out. [cost 8.8]"
    )


def test_a_row_that_was_counted_twice() -> None:
    figures = [team(n, p) for n, p in (("w", "204"), ("a", "183"), ("b", "21"), ("c", "5"))]
    texts = check(figures, [relation("sum", "w", "a", "b", "c")]).findings[0].hypotheses
    assert "5 may have been counted twice. [cost 9.0]" in texts


@pytest.mark.parametrize(
    ("now", "then", "change", "says"),
    [
        ("211", "189", "10", "The change was worked out from the later number"),
        ("36", "40", "10", "The direction is the wrong way round."),
        ("117", "102", "7", "7% may stand for 15% (worked out wrongly): then 102 to 117 is a rise of 15%."),
    ],
)
def test_changes(now: str, then: str, change: str, says: str) -> None:
    figures = [team("now", now), team("then", then), percent("up", change, "percent_change")]
    assert best(check(figures, [relation("percent_change", "now", "then", "up")])).startswith(says)


def test_an_impossible_share() -> None:
    figures = [team("w", "2"), team("p", "1"), percent("%", None, words="509%")]
    result = check(figures, [relation("share", "p", "w", "%")])
    assert repaired(result) == {"%": ("50", False)}
    assert result.findings[0].hypotheses[0] == (
        "“509%” may stand for 50% (the percent sign was read as a digit too): then 1 of 2 is 50%. [cost 2.5]"
    )


def test_of_two_statements_the_one_that_the_rest_supports_is_kept() -> None:
    figures = [figure("a", "77"), figure("b", "79"), team("x", "42"), team("y", "35")]
    result = check(figures, [relation("sum", "a", "x", "y")])
    assert [h for h in result.findings[0].hypotheses if "may stand" in h] == [
        "79 may stand for 77 (another number): then both say 77. [cost 11.5]"
    ]


# What is no proof


def test_the_same_sum_twice_is_one_witness() -> None:
    figures = [team("w", None, words="w", proposed=Decimal(75))]
    for copy in "12":
        figures += [figure(f"{n}{copy}", p, dims=(("team", n),)) for n, p in (("a", "17"), ("b", "58"))]
    result = check(figures, [relation("sum", "w", "a1", "b1"), relation("sum", "w", "a2", "b2")])
    assert repaired(result) == {"w": ("75", False)}


def test_relations_that_hold_for_nearly_anything_prove_nothing() -> None:
    figures = [team("w", None, words="("), team("a", "1"), percent("a%", "50"), team("b", "1"), percent("b%", "50")]
    result = check(figures, [relation("share", "a", "w", "a%"), relation("share", "b", "w", "b%")])
    assert repaired(result) == {"w": ("2", False)}


def test_a_witness_that_is_in_doubt_itself_proves_nothing() -> None:
    """75 is fixed by a sum, one part of which only fits if it is repaired too."""
    figures, relations = quarters(w="57", b="6")
    proved = [name for name, (_, is_proved) in repaired(check(figures, relations)).items() if is_proved]
    assert not proved


def test_repair_needs_two_relations_to_be_proved() -> None:
    with pytest.raises(ValueError, match="proves no repair"):
        Repair(
            figure_id="a", printed="5", proposed=Decimal(15), cost=1, slips=(), proved=True, relation_ids=("r",), hypotheses=()
        )  # fmt: skip


# Invariance


def test_an_unrelated_figure_changes_nothing() -> None:
    figures, relations = quarters(a="5")
    assert (
        check([*figures, team("other", "5"), team("third", "57")], relations).repairs
        == check(figures, relations).repairs
    )


def test_the_order_changes_nothing() -> None:
    figures, relations = quarters(a="5", w="57")
    expected = repaired(check(figures, relations))
    for seed in range(5):
        mixed, also = list(figures), list(relations)
        random.Random(seed).shuffle(mixed)
        random.Random(seed).shuffle(also)
        assert repaired(check(mixed, also)) == expected


def test_what_holds_is_left_alone() -> None:
    result = check(*quarters())
    assert not result.repairs
    assert not result.findings


# Bad input


@pytest.mark.parametrize(
    ("figures", "relations"),
    [
        ([team("a", "5"), team("b", "7"), team("c", "9")], [relation("sum", "a", "b", "c"), relation("sum", "b", "a", "c")]),
        ([team("a", "5"), team("b", "7")], [relation("equal", "a", "b"), relation("sum", "a", "b"), relation("sum", "b", "a")]),
        ([team("w", "0"), team("p", "3"), percent("%", "20")], [relation("share", "p", "w", "%")]),
        ([team("w", "0"), team("p", None), percent("%", "20")], [relation("share", "p", "w", "%")]),
        ([team("w", "-5"), team("p", "3"), percent("%", "20")], [relation("share", "p", "w", "%")]),
        ([team("a", "-5"), team("b", "-7"), team("c", "-9")], [relation("sum", "a", "b", "c")]),
        ([team("a", None, words="?"), team("b", None, words="?")], [relation("equal", "a", "b")]),
        ([team("a", "5")], [relation("sum", "a", "a"), relation("equal", "a", "gone"), relation("ratio", "a")]),
        ([team("a", "9" * 30), team("b", "8" * 30), team("c", "1")], [relation("sum", "a", "b", "c")]),
    ],
    ids=[
        "contradictory sums", "a cycle", "a whole of nought", "a whole of nought, no part", "a negative whole", "all negative",
        "nothing known", "no relations to speak of", "long numbers",
    ],
)  # fmt: skip
def test_bad_input_gives_an_answer(figures: list[Figure], relations: list[Relation]) -> None:
    result = check(figures, relations)
    assert not any(r.proved for r in result.repairs)
    assert all(stated(f) is None or f.value is not None for f in figures)


def test_a_table_too_large_to_search_says_so_or_finds_the_best() -> None:
    """Rows and their total, which is wrong by a number that no one row tells, and shares that all fail."""
    rows = [team(f"r{i}", str(11 + i % 7)) for i in range(21)]
    shares = [percent(f"s{i}", "50") for i in range(21)]
    relations = [relation("sum", "w", *(r.figure_id for r in rows))]
    relations += [relation("share", f"r{i}", "w", f"s{i}") for i in range(21)]
    result = check([team("w", "304"), *rows, *shares], relations)
    assert len(result.findings) == 22
    assert all(f.hypotheses for f in result.findings)
    assert not any(r.proved for r in result.repairs)
