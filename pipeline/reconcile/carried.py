"""Percentages that fit last year's numbers: the words were kept from the last report, and only some numbers were renewed."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction

from pipeline.reconcile.observations import Index, observation, undisputed
from pipeline.reconcile.relation_findings import finding_id
from pipeline.reconcile.texts import listed, value_text
from pipeline.reconcile.verdicts import judge
from schemas.figures import Figure
from schemas.findings import Finding
from schemas.relations import Relation, Verdict

# How sure it must be that the fit is no accident.
_POWER = Fraction(4, 5)


def prior_whole(verdict: Verdict, by_id: Mapping[str, Figure], index: Index) -> Figure | None:
    """Last year's whole, if the percentage of a share that fails is one of it, and seldom would be by chance (GRIM).

    Where the part and the percentage are both of last year's whole, or there are more cases than the whole has, it is the whole that is wrong.
    """
    relation = verdict.relation
    if relation.kind != "share" or verdict.outcome not in ("fails", "holds_alternative"):
        return None
    percent, whole = (by_id[relation.figure_ids[relation.roles.index(role)]] for role in ("percent", "whole"))
    if whole.period is None:
        return None
    part = by_id[relation.figure_ids[relation.roles.index("part")]] if "part" in relation.roles else None
    if part is not None and (part.value or 0) > (whole.value or 0):
        return None
    prior = undisputed(index.get(observation(whole, whole.period.previous()), ()))
    if prior is None:
        return None
    if part is not None:
        both = replace(
            relation, figure_ids=tuple(prior.figure_id if i == whole.figure_id else i for i in relation.figure_ids)
        )
        if judge(both, by_id).outcome == "holds":
            return None
    trial = Relation(
        relation_id="", kind="share", figure_ids=(prior.figure_id, percent.figure_id), roles=("whole", "percent")
    )
    fit = judge(trial, by_id)
    return prior if fit.outcome == "holds" and min(fit.powers) >= _POWER else None


def carried_forward(
    failed: Iterable[tuple[Verdict, Finding]], by_id: Mapping[str, Figure], index: Index
) -> tuple[list[Finding], list[Finding]]:
    """Findings about shares, those that fit last year's whole with a hypothesis more; and one finding for each such whole."""
    explained: list[Finding] = []
    kept: dict[str, list[Figure]] = {}
    for verdict, finding in failed:
        prior = prior_whole(verdict, by_id, index)
        if prior is None:
            explained.append(finding)
            continue
        percent = by_id[verdict.relation.figure_ids[verdict.relation.roles.index("percent")]]
        kept.setdefault(prior.figure_id, []).append(percent)
        explained.append(replace(finding, hypotheses=(_fits(percent, prior), *finding.hypotheses)))
    return explained, [_finding(by_id[prior], percents) for prior, percents in kept.items()]


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
