"""Observations as they are kept and exported: with ids, the years that are missing, and the series that may be the same under another name."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from pipeline.reconcile.across.agreement import Compared
from pipeline.reconcile.across.names import joined_names, similar_names
from pipeline.reconcile.across.statements import Subject, observation_id
from schemas.figures import Dims
from schemas.periods import Period
from schemas.series import Link, Observation, Placement

# A series with a longer gap than this was given up and taken up again.
_LONGEST_GAP = 10


def observations_of(scope: str, found: Iterable[Compared]) -> list[Observation]:
    """All observations of a council, those that are missing too, in an order that depends on them alone."""
    by_subject: dict[Subject, list[Compared]] = {}
    for one in found:
        by_subject.setdefault(one.slot[0], []).append(one)
    links = _links(scope, by_subject)
    observations = [
        o for subject, of in by_subject.items() for o in _series(scope, subject, of, links.get(subject, ()))
    ]
    return sorted(observations, key=_order)


def _order(one: Observation) -> tuple[str, ...]:
    dims = ";".join(f"{name}={value}" for name, value in one.dims)
    return (
        one.measure,
        one.statistic,
        dims,
        one.unit,
        one.service,
        one.series_id,
        one.period.end.isoformat(),
        one.period.code,
    )


def _series(scope: str, subject: Subject, of: Sequence[Compared], links: tuple[Link, ...]) -> Iterator[Observation]:
    dims, series_id = _dims(of), subject.series_id(scope)
    for one in of:
        yield Observation(
            observation_id=observation_id(series_id, one.slot[1]),
            series_id=series_id,
            measure=subject.measure,
            statistic=subject.statistic,
            dims=dims,
            unit=subject.unit,
            service=subject.service,
            period=one.slot[1],
            status=one.status,
            statements=_placements(one),
            perhaps=links,
        )
    for period in _holes([one.slot[1] for one in of]):
        yield Observation(
            observation_id=observation_id(series_id, period),
            series_id=series_id,
            measure=subject.measure,
            statistic=subject.statistic,
            dims=dims,
            unit=subject.unit,
            service=subject.service,
            period=period,
            status="missing",
            statements=(),
            perhaps=links,
        )


def _dims(of: Sequence[Compared]) -> Dims:
    """The breakdown as most statements print it; the first in the alphabet where as many print it otherwise."""
    printed = Counter(s.figure.dims for one in of for s in one.statements)
    return min(printed, key=lambda dims: (-printed[dims], dims))


def _placements(one: Compared) -> tuple[Placement, ...]:
    return tuple(
        Placement(
            document=s.paper.number, position=s.position, vintage=s.paper.vintage(one.slot[1]), agreement=agreement
        )
        for s, agreement in zip(one.statements, one.agreements, strict=True)
    )


def _holes(periods: Iterable[Period]) -> Iterator[Period]:
    """Financial years that no document gives, between two that some do."""
    years = sorted({period.financial_year for period in periods if period.kind == "year"})
    for before, after in zip(years, years[1:], strict=False):
        if after - before <= _LONGEST_GAP:
            yield from (Period.financial(year) for year in range(before + 1, after))


def _links(scope: str, by_subject: Mapping[Subject, Sequence[Compared]]) -> dict[Subject, tuple[Link, ...]]:
    """Series of one kind whose names are alike, and that no document gives side by side: perhaps renamed or merged."""
    groups: dict[Subject, dict[str, Subject]] = {}
    for subject in by_subject:
        if len(subject.names) == 1:
            groups.setdefault(replace(subject, names=()), {})[subject.names[0]] = subject
    found: dict[Subject, list[Link]] = {}

    def link(one: Subject, other: Subject, why: str) -> None:
        found.setdefault(one, []).append(Link(series_id=other.series_id(scope), why=why))

    papers = {subject: {s.paper.number for one in of for s in one.statements} for subject, of in by_subject.items()}
    for of_kind in groups.values():
        if len(of_kind) < 2:
            continue
        for first, second in similar_names(list(of_kind)):
            one, other = of_kind[first], of_kind[second]
            if papers[one].isdisjoint(papers[other]):
                link(one, other, f"“{second}” may be another name for it.")
                link(other, one, f"“{first}” may be another name for it.")
        for whole, part, rest in joined_names(list(of_kind)):
            one = of_kind[whole]
            if papers[one].isdisjoint(papers[of_kind[part]] | papers[of_kind[rest]]):
                link(one, of_kind[part], f"It may be “{part}” and “{rest}” together.")
                link(one, of_kind[rest], f"It may be “{part}” and “{rest}” together.")
    return {subject: tuple(sorted(links, key=lambda li: (li.series_id, li.why))) for subject, links in found.items()}
