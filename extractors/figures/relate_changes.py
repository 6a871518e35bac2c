"""Changes: what is now, what was before, and the difference or the percentage between them."""

import re
from collections.abc import Container, Iterator, Sequence

from extractors.figures.drafts import Draft, DraftRelation
from extractors.figures.relate_said import Said, clusters, is_level, is_prior
from extractors.language.terms import find_terms
from schemas.figures import Statistic

_ASIDE = re.compile(r"\b(?:including|counting|with|excluding|besides|not) (?:\w+ )?$")
_LEVELS: tuple[Statistic, ...] = ("count", "amount", "rate", "percent_of", "mean", "median")


def change_relations(said: Said) -> Iterator[DraftRelation]:
    """“117, an increase of 7% from 102”, “75, a decrease of 2 (2.6%) against the 77”: within one cluster only."""
    for cluster in clusters(said):
        for change in cluster:
            if change.statistic in ("change", "percent_change"):
                yield from _between(said, change, cluster)


def changes_since(said: Said, related: Container[int], counts: Sequence[Draft]) -> Iterator[DraftRelation]:
    """“The 64 complaints are a fall of 12% on the year before”: what there was in that year is told elsewhere, and everywhere alike."""
    for cluster in clusters(said):
        for change in cluster:
            if change.statistic not in ("change", "percent_change") or change.key in related or change.period is None:
                continue
            if any(is_prior(d) for d in cluster):
                continue  # what it is a change from is told here
            current = [d for d in cluster if _is_count_of(d, change) and d.period == change.period]
            before = change.period.previous()
            then = [
                d
                for d in counts
                if current and _is_count_of(d, change) and d.period == before and d.dims == current[0].dims
            ]
            if len(current) != 1 or _other_measure(said, (current[0], change)):
                continue
            if len({d.value for d in then}) == 1 and change.unit != "GBP":
                percent = change.statistic == "percent_change"
                yield DraftRelation(
                    kind="percent_change" if percent else "change",
                    keys=(current[0].key, then[0].key, change.key),
                    roles=("current", "prior", "percent" if percent else "difference"),
                )


def _is_count_of(draft: Draft, change: Draft) -> bool:
    return draft.statistic == "count" and draft.measure == change.measure


def _between(said: Said, change: Draft, cluster: Sequence[Draft]) -> Iterator[DraftRelation]:
    """The change between the two levels of a cluster, where there are just two of one kind."""
    if change.unit == "GBP":
        statistics: tuple[Statistic, ...] = ("amount",)
    elif change.unit == "percentage_points":
        statistics = ("percent_of",)
    else:
        statistics = ("count",) if change.statistic == "change" else _LEVELS
    for statistic in statistics:
        alike = [d for d in cluster if d.statistic == statistic and d.measure == change.measure]
        current = _one([d for d in alike if is_level(d)], change)
        prior = _one([d for d in alike if is_prior(d)], change)
        if current is None or prior is None or current.dims != prior.dims or current.period == prior.period:
            continue
        if _other_measure(said, (current, prior, change)):
            continue
        percent = change.statistic == "percent_change"
        yield DraftRelation(
            kind="percent_change" if percent else "change",
            keys=(current.key, prior.key, change.key),
            roles=("current", "prior", "percent" if percent else "difference"),
        )
        return


def _one(drafts: Sequence[Draft], change: Draft) -> Draft | None:
    """The only one of `drafts`; or the only one of the period of the change, or of the year before it."""
    if len(drafts) == 1 or change.period is None:
        return drafts[0] if len(drafts) == 1 else None
    near = [d for d in drafts if d.period in (change.period, change.period.previous())]
    return near[0] if len(near) == 1 else None


def _other_measure(said: Said, members: Sequence[Draft]) -> bool:
    """Whether another thing is named among the members: “117 complaints, and compliments rose by 8 from 40”."""
    among = said.text[min(d.start for d in members) - said.start : max(d.end for d in members) - said.start]
    nouns = [t for t in find_terms(among) if t.type == "measure" and t.kind == "noun"]
    codes = {t.code for t in nouns if not _ASIDE.search(among[: t.start])}
    return len(codes) > 1
