"""As first reported, as last reported, as decided; and which of them a policy uses."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from pipeline.reconcile.across.vintages import Reported, choose
from schemas.errors import UsageError
from schemas.policies import Policy, PolicyName, read_policy
from schemas.series import Agreement, Vintage


def reported(value: int | None, document: str, vintage: Vintage, agreement: Agreement) -> Reported:
    return Reported(
        value=None if value is None else Decimal(value), document=document, vintage=vintage, agreement=agreement
    )


RESTATED = (
    reported(80, "a", "own", "reference"),
    reported(83, "b", "later", "restated"),
    reported(80, "b", "later", "agrees"),
)
DECIDED = Policy.model_validate({"default": "decision", "decisions": {"x": {"value": 82, "why": "counted again"}}})


@pytest.mark.parametrize(
    ("policy", "value", "by"), [("own-year", 80, "own-year"), ("latest", 83, "latest"), ("decision", 80, "own-year")]
)
def test_policy_chooses(policy: PolicyName, value: int, by: PolicyName) -> None:
    choice = choose("x", "complaints", RESTATED, Policy(default=policy))
    assert (choice.value, choice.policy, choice.decided) == (value, by, None)
    assert choice.first is not None and choice.last is not None
    assert (choice.first.value, choice.last.value) == (80, 83)


def test_a_decision_stands_above_reports() -> None:
    choice = choose("x", "complaints", RESTATED, DECIDED)
    assert (choice.value, choice.document, choice.why, choice.decided) == (82, None, "counted again", 82)
    assert choose("y", "complaints", RESTATED, DECIDED).value == 80


@pytest.mark.parametrize(("policy", "value"), [("decision", 81), ("own-year", 80)])
def test_a_misprint_counts_as_corrected_only_where_decisions_count(policy: PolicyName, value: int) -> None:
    said = [replace(RESTATED[0], corrected=Decimal(81))]
    choice = choose("x", "complaints", said, Policy(default=policy))
    assert (choice.value, choice.policy) == (value, policy)


def test_policy_can_differ_by_measure() -> None:
    policy = Policy.model_validate({"measures": {"compliments": "latest"}})
    assert choose("x", "complaints", RESTATED, policy).value == 80
    assert choose("x", "compliments", RESTATED, policy).value == 83


def test_what_the_own_report_leaves_unread_is_taken_from_another() -> None:
    choice = choose(
        "x", "complaints", [reported(None, "a", "own", "unreadable"), reported(80, "b", "later", "reference")], Policy()
    )
    assert (choice.value, choice.document, choice.why) == (
        80,
        "b",
        "No report on the period itself gives it: the first that does.",
    )


def test_what_is_of_another_thing_is_not_chosen() -> None:
    said = [
        reported(7, "a", "own", "unlike"),
        reported(97, "a", "own", "reference"),
        reported(31, "b", "later", "unlike"),
    ]
    choice = choose("x", "complaints", said, Policy(default="latest"))
    assert choice.value == 97


def test_a_missing_year_has_no_value() -> None:
    choice = choose("x", "complaints", [], Policy())
    assert (choice.value, choice.first, choice.why) == (None, None, "No document gives a value that can be read.")


@pytest.mark.parametrize(("name", "text"), [
    ("p.yaml", "default: latest\nmeasures: {compliments: own-year}\ndecisions: {ab12: {value: 74.0, why: seen}}"),
    ("p.toml", 'default = "latest"\n[measures]\ncompliments = "own-year"\n[decisions.ab12]\nvalue = 74.0\nwhy = "seen"'),
])  # fmt: skip
def test_policy_is_read_from_yaml_and_toml(name: str, text: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text)
    policy = read_policy(tmp_path / name)
    assert (policy.of("complaints"), policy.of("compliments"), policy.decisions["ab12"].value) == (
        "latest",
        "own-year",
        74,
    )


@pytest.mark.parametrize(
    "text",
    [
        "default: newest",
        "measures: {complaint: latest}",
        "[1, 2",
        "nonsense: 1",
        "decisions: {x: {value: many, why: x}}",
    ],
)
def test_bad_policy_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_text(text)
    with pytest.raises(UsageError, match="is no policy"):
        read_policy(tmp_path / "p.yaml")


def test_policy_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        read_policy(tmp_path / "none.yaml")


def test_without_a_file_the_own_report_counts() -> None:
    assert read_policy(None).of("complaints") == "decision"
