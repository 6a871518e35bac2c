"""What a text states, in short: `measure statistic value period dims`, where `count`, 2014/15 and no dims go without saying."""

from extractors.figures.drafts import Context, Draft
from extractors.figures.prose import read_prose
from schemas.periods import Period

YEAR = Period.financial(2014)


def stated(text: str, **given: object) -> list[str]:
    """The figures that a report on complaints in 2014/15 states in `text`, in reading order."""
    context = Context(**{"period": YEAR, "default": "complaints", **given})
    drafts = read_prose(text, context).drafts
    return [written(draft) for draft in sorted(drafts, key=lambda d: d.start)]


def written(draft: Draft) -> str:
    """A figure in short."""
    value = f"?{draft.proposed}" if draft.value is None else f"{draft.value}"
    unit = {"percentage_points": "points", "working_days": "working days"}.get(draft.unit, draft.unit)
    shown = unit if unit in ("points", "working days", "days") or unit.startswith("per_") else ""
    statistic = "" if draft.statistic == "count" else draft.statistic
    period = "" if draft.period == YEAR or draft.period is None else f"in {draft.period.code}"
    dims = " ".join(f"{name}={text}" for name, text in sorted(draft.dims.items()))
    qualifier = "" if draft.qualifier == "exact" else f"({draft.qualifier})"
    return " ".join(filter(None, (draft.measure, statistic, value, shown, period, dims, qualifier)))
