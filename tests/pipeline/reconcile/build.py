"""Figures and relations in few words, for the specs of the checks."""

from decimal import Decimal
from typing import Any, cast

from schemas.figures import Evidence, Figure, Statistic
from schemas.pages import BBox
from schemas.periods import Period
from schemas.relations import Relation, RelationKind

_UNITS = {"percent_of": "percent", "percent_change": "percent", "amount": "GBP", "mean": "working_days"}
_ROLES = {
    "share": ("part", "whole", "percent"),
    "percent_change": ("current", "prior", "percent"),
    "change": ("current", "prior", "difference"),
}


def figure(
    name: str, printed: str | None, statistic: Statistic = "count", *, period: str = "2014/15", **more: Any
) -> Figure:
    """A figure with id `name`; `printed` gives value and decimals, None an unreadable one."""
    value = None if printed is None else Decimal(printed)
    words = more.pop("words", printed or "(&$)")
    fields: dict[str, Any] = {
        "figure_id": name,
        "measure": "complaints",
        "statistic": statistic,
        "value": value,
        "unit": _UNITS.get(statistic, "count"),
        "decimals": 0 if value is None else max(0, -cast(int, value.as_tuple().exponent)),
        "period": Period.parse(period) if period else None,
        "grade": "unreadable" if value is None else "read",
        "evidence": Evidence(page=1, bbox=BBox(0, 0, 1, 1), printed=words, snippet=more.pop("snippet", words)),
    }
    return Figure(**(fields | more))


def relation(kind: RelationKind, *names: str, roles: tuple[str, ...] = (), complete: bool = True) -> Relation:
    """A stated relation; the roles are those of its kind in the order of their documentation, of a sum whole, part, part, …."""
    if kind == "sum":
        usual: tuple[str, ...] = ("whole", *["part"] * (len(names) - 1))
    elif kind == "equal":
        usual = ("same",) * len(names)
    else:
        usual = _ROLES.get(kind, ("value",))
    return Relation(
        relation_id=f"{kind} {' '.join(names)}",
        kind=kind,
        figure_ids=names,
        roles=roles or usual,
        complete=complete,
        evidence="as stated",
    )
