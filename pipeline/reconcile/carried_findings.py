"""What is told of percentages that were kept from the last report: a hypothesis at each, and one finding for each whole of last year."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from pipeline.reconcile.carried import prior_whole
from pipeline.reconcile.observations import Index
from pipeline.reconcile.relation_findings import finding_id
from pipeline.reconcile.repair.slips import slips_of
from pipeline.reconcile.texts import listed, value_text
from pipeline.reconcile.verdicts import judge
from schemas.figures import Figure
from schemas.findings import Finding
from schemas.relations import Verdict


def carried_forward(
    failed: Iterable[tuple[Verdict, Finding]], by_id: Mapping[str, Figure], index: Index
) -> tuple[list[Finding], list[Finding]]:
    """Findings about shares, those that fit last year's whole with a hypothesis more; and one finding for each such whole."""
    failed, explained = tuple(failed), list[Finding]()
    kept: dict[str, list[Figure]] = {}
    told = [(verdict, finding, prior_whole(verdict, by_id, index)) for verdict, finding in failed]
    priors = [(verdict, prior) for verdict, _, prior in told]
    for verdict, finding, prior in told:
        percent, whole = _of(verdict, "percent", by_id), _of(verdict, "whole", by_id)
        if prior is None or percent is None:
            explained.append(finding)
            continue
        shares = [v for v, _ in failed if _of(v, "whole", by_id) == whole]
        if _are_mostly_of(prior, priors, by_id) and not (
            _is_slip_of_part(verdict, by_id) or _fit_another(shares, by_id)
        ):
            kept.setdefault(prior.figure_id, []).append(percent)
        explained.append(replace(finding, hypotheses=(_fits(percent, prior), *finding.hypotheses)))
    return explained, [_finding(by_id[prior], percents) for prior, percents in kept.items()]


def _are_mostly_of(prior: Figure, priors: Sequence[tuple[Verdict, Figure | None]], by_id: Mapping[str, Figure]) -> bool:
    """Whether most of the shares that fail of a whole fit last year's: where only some do, by accident, the whole itself is wrong."""
    of_whole = [
        found for v, found in priors
        if v.relation.kind == "share" and prior.period is not None
        and (whole := by_id[v.relation.figure_ids[v.relation.roles.index("whole")]]).period == prior.period.next()
        and whole.dims == prior.dims and whole.measure == prior.measure
    ]  # fmt: skip
    fitting = [found for found in of_whole if found is not None and found.value == prior.value]
    return 2 * len(fitting) > len(of_whole)


def _of(verdict: Verdict, role: str, by_id: Mapping[str, Figure]) -> Figure | None:
    """The figure in a role of a relation, if it has one."""
    relation = verdict.relation
    return by_id[relation.figure_ids[relation.roles.index(role)]] if role in relation.roles else None


def _fit_another(verdicts: Sequence[Verdict], by_id: Mapping[str, Figure]) -> bool:
    """Whether two shares and more, with their parts as they are, are all of one other whole: then it is that which is wrong."""
    pairs = [(_of(v, "part", by_id), _of(v, "percent", by_id)) for v in verdicts]
    known = {
        (part.value, percent.value, percent.decimals)
        for part, percent in pairs
        if part is not None and percent is not None and part.value and percent.value
    }
    if len({part for part, _, _ in known}) < _SEVERAL:
        return False
    wholes = [_wholes(part, percent, Fraction(1, 2 * 10**decimals)) for part, percent, decimals in known]
    lowest, highest = max(low for low, _ in wholes), min(high for _, high in wholes)
    return floor(highest) >= ceil(lowest)


_SEVERAL = 2


def _wholes(part: Decimal, percent: Decimal, half: Fraction) -> tuple[Fraction, Fraction]:
    """The least and the greatest whole of which `part` is `percent`, give or take `half` a point of its last place."""
    share = Fraction(percent)
    greatest = 100 * Fraction(part) / (share - half) if share > half else Fraction(10**9)
    return 100 * Fraction(part) / (share + half), greatest


def _is_slip_of_part(verdict: Verdict, by_id: Mapping[str, Figure]) -> bool:
    """Whether the share holds with a digit of its part lost, or doubled: “3 complaints (43.4%)” of 76 are 33."""
    relation, part = verdict.relation, _of(verdict, "part", by_id)
    if part is None:
        return False
    meant = {value for value, slip in slips_of(part) if slip in _DIGITS}
    return any(
        judge(relation, {**by_id, part.figure_id: replace(part, value=value)}).outcome == "holds" for value in meant
    )


_DIGITS = ("lost_digit", "halved_digit", "doubled_digit")


def _fits(percent: Figure, prior: Figure) -> str:
    """Which part of last year's whole the percentage is: "13.0% is 10 of the 77 of 2022/23"."""
    part = round(Fraction(percent.value or 0) * Fraction(prior.value or 0) / 100)
    year = prior.period.code if prior.period else "the year before"
    return f"{value_text(percent)} is {part} of the {value_text(prior)} of {year}: last year's percentage may have been kept."


def _finding(prior: Figure, percents: list[Figure]) -> Finding:
    ids = tuple(f.figure_id for f in (*percents, prior))
    year = prior.period.code if prior.period else "the year before"
    shares = listed(value_text(p) for p in percents)
    return Finding(
        finding_id=finding_id("carried_forward", ids),
        kind="carried_forward",
        severity="medium",
        documents=(),
        values=tuple(f.value for f in (*percents, prior) if f.value is not None),
        expected="",
        message=f"{shares} do not fit this year's numbers, but fit the {value_text(prior)} of {year}.",
        figure_ids=ids,
        hypotheses=tuple(_fits(p, prior) for p in percents),
    )
