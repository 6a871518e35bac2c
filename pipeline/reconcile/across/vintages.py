"""The vintages of an observation: as first reported, as last reported, as decided, and the one that a policy chooses."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from schemas.policies import Policy, PolicyName
from schemas.series import Agreement, Vintage

_CHANGES: tuple[Agreement, ...] = (
    "restated",
    "restated_silently",
    "definition_changed",
    "conflicts",
    "slip",
    "carried_forward",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """One statement of an observation, as far as a choice between them needs it; `corrected` is what a misprint should say."""

    value: Decimal | None
    document: str
    vintage: Vintage
    agreement: Agreement
    corrected: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The value that a policy chose, by which document, and why; and the first and the last that was reported."""

    policy: PolicyName
    value: Decimal | None
    document: str | None
    why: str
    first: Reported | None
    last: Reported | None
    decided: Decimal | None


def choose(observation_id: str, measure: str, reported: Sequence[Reported], policy: Policy) -> Choice:
    """Choose among statements, which come in the order of their documents, the earliest first.

    The choice names the policy that made it: own-year, where nothing was decided.
    """
    readable = [r for r in reported if r.value is not None]
    alike = [r for r in readable if r.agreement not in ("unlike", "misread")] or readable
    first, last = (alike[0], _newest(alike)) if alike else (None, None)
    name, decision = policy.of(measure), policy.decisions.get(observation_id)
    decided = None if decision is None else decision.value
    if name == "decision" and decision is not None:
        return Choice(
            policy=name, value=decision.value, document=None, why=decision.why, first=first, last=last, decided=decided
        )
    chosen, why = _by_rule(name, alike)
    if name == "decision" and chosen is not None and chosen.corrected is not None:
        return Choice(
            policy=name,
            value=chosen.corrected,
            document=chosen.document,
            why=f"{why} As corrected.",
            first=first,
            last=last,
            decided=chosen.corrected,
        )
    return Choice(
        policy="own-year" if name == "decision" else name,
        value=None if chosen is None else chosen.value,
        document=None if chosen is None else chosen.document,
        why=why,
        first=first,
        last=last,
        decided=decided,
    )


def _by_rule(name: PolicyName, alike: Sequence[Reported]) -> tuple[Reported | None, str]:
    if not alike:
        return None, "No document gives a value that can be read."
    if name == "latest":
        return _newest(alike), "The last report that speaks of it."
    own = next((r for r in alike if r.vintage == "own"), None)
    if own is not None:
        return own, "The period's own report."
    return alike[0], "No report on the period itself gives it: the first that does."


def _newest(alike: Sequence[Reported]) -> Reported:
    """What the last document says: the new value, where it quotes the old one beside it."""
    of_last = [r for r in alike if r.document == alike[-1].document]
    return next((r for r in of_last if r.agreement in _CHANGES), of_last[-1])
