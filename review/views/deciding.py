"""Decisions in words: who decided what, when, on what, and why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from review import labels
from schemas.decisions import Decision, Facts, Standing

_DID = {
    "accept": "accepted",
    "correct": "corrected",
    "reject": "rejected",
    "add": "added",
    "dismiss": "dismissed",
    "decide": "decided",
    "set": "set",
    "approve": "approved",
    "undo": "undid",
    "comment": "commented on",
}
_STALE = {
    "changed": "It is read in another way now than when this was decided: look at it again.",
    "gone": "What this was decided on is not in the store any more.",
}
_SHOWN = ("value", "unit", "measure", "statistic", "period", "qualifier")


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionView:
    """One decision. `changes` are what it changes, in words."""

    number: int
    who: str
    at: str
    did: str
    why: str
    changes: tuple[str, ...]
    counts: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingView:
    """Where something stands: what was decided, what waits, and the token that the next decision must name."""

    status: str
    token: str
    stale: str
    pending_of: str
    may_undo: bool
    now: str
    history: tuple[DecisionView, ...]


def standing_view(standing: Standing, history: Iterable[Decision]) -> StandingView:
    """A standing with the decisions that led to it."""
    decided = standing.status != "open"
    return StandingView(
        status=standing.status,
        token=standing.token,
        stale=_STALE.get(standing.stale, ""),
        pending_of=standing.pending.who if standing.pending else "",
        may_undo=bool(standing.in_force or standing.pending),
        now=facts_text(standing.now) if decided and standing.status in ("corrected", "added", "decided") else "",
        history=tuple(decision_view(decision, standing) for decision in history),
    )


def decision_view(decision: Decision, standing: Standing | None = None) -> DecisionView:
    """A decision in words."""
    in_force = standing.in_force if standing else None
    return DecisionView(
        number=decision.number,
        who=decision.who,
        at=f"{decision.at:%-d %B %Y, %H:%M} UTC",
        did=_DID[decision.action],
        why=decision.why,
        changes=tuple(changes(decision.before, decision.after)) if decision.after else (),
        counts=in_force is not None and in_force.number == decision.number,
    )


def changes(before: Facts, after: Facts) -> Iterable[str]:
    """What differs: “value 57 → 55”."""
    old, new = dict(before), dict(after)
    for name in (*_SHOWN, *sorted(n for n in {*old, *new} if n.startswith("dims."))):
        if old.get(name) != new.get(name):
            yield f"{name.removeprefix('dims.')} {_said(old, name)} → {_said(new, name)}"


def _said(facts: Mapping[str, str], name: str) -> str:
    return labels.words(facts[name]) if name in facts else "none"


def facts_text(facts: Facts) -> str:
    """What is said of a figure or an observation, in one line: “55, complaints, stage 1, 2013/14”."""
    said = dict(facts)
    dims = [(name[5:], text) for name, text in facts if name.startswith("dims.")]
    value = labels.number(said.get("value"), said.get("unit", "count"))
    parts = (
        value,
        labels.measure(said["measure"]) if "measure" in said else "",
        labels.breakdown(dims),
        said.get("period", ""),
    )
    return ", ".join(part for part in parts if part)
