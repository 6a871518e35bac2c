"""Findings about single figures: impossible, unreadable, of a period that cannot be."""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from pipeline.reconcile.observations import is_guess
from pipeline.reconcile.relation_findings import finding_id
from pipeline.reconcile.repair import Repaired
from pipeline.reconcile.texts import number_text, period_text, subject_text
from pipeline.reconcile.verdicts import is_impossible
from schemas.figures import MISSING, Figure
from schemas.findings import Finding, Severity
from schemas.periods import Period

_YEARS_AHEAD = 5
_PLAIN_NUMBER = re.compile(r"\(?(-?\d[\d,]*(?:\.\d+)?) ?%?\)?")


def impossible_values(figures: Iterable[Figure], repaired: Repaired) -> Iterator[Finding]:
    """A share above 100%, a fall by more than all: the print is clear, and cannot be right.

    No one prints a negative count: such a figure is a difference that was taken for a count. It is in doubt, but no finding,
    unless the document states a `bound`.
    """
    for figure in figures:
        printed = impossible_print(figure)
        if printed is None:
            continue
        meant = repaired.proposal(figure)
        yield Finding(
            finding_id=finding_id("impossible_value", [figure.figure_id]),
            kind="impossible_value",
            severity="high",
            documents=(),
            values=(printed,),
            expected="" if meant is None else number_text(meant, figure.decimals),
            message=f"The report says {figure.evidence.printed} for {subject_text(figure)} {period_text(figure)}, which cannot be.",
            figure_ids=(figure.figure_id,),
            hypotheses=repaired.hypotheses.get(figure.figure_id, ()),
        )


def impossible_print(figure: Figure) -> Decimal | None:
    """The printed value, if it cannot be true. A share that was refused for being above 100% has it in its printed words alone."""
    if figure.value is not None:
        negative = figure.value < 0 and figure.statistic != "percent_change"
        return figure.value if is_impossible(figure) and not negative else None
    match = _PLAIN_NUMBER.fullmatch(figure.evidence.printed.strip())
    if match is None or figure.statistic != "percent_of":
        return None
    value = Decimal(match[1].replace(",", ""))
    return None if 0 <= value <= 100 else value


def unreadable_numbers(figures: Iterable[Figure], repaired: Repaired) -> Iterator[Finding]:
    """A number of the text layer that cannot be read, with what it is proposed or worked out to be.

    On a scanned page it may be the scan that is at fault; that is told by the figure's grade, not by a finding.
    """
    for figure in figures:
        if figure.value is not None or figure.evidence.method != "text" or impossible_print(figure) is not None:
            continue
        meant = repaired.proposal(figure)
        printed = figure.evidence.printed
        says = f"; {number_text(meant, figure.decimals)} is proposed" if meant is not None else ""
        yield Finding(
            finding_id=finding_id("unreadable_number", [figure.figure_id]),
            kind="unreadable_number",
            severity="medium",
            documents=(),
            values=(printed,) if meant is None else (printed, meant),
            expected="" if meant is None else number_text(meant, figure.decimals),
            message=_unread_text(figure, says),
            figure_ids=(figure.figure_id,),
            hypotheses=repaired.hypotheses.get(figure.figure_id, ()),
        )


def _unread_text(figure: Figure, proposal: str) -> str:
    """What cannot be read: a number, or that there is one at all."""
    about = f"{subject_text(figure)} {period_text(figure)}"
    if figure.evidence.rule == MISSING:
        return f"No number is printed for {about}, of which the total leaves some{proposal}."
    return f"The number “{figure.evidence.printed}” for {about} cannot be read{proposal}."


def implausible_periods(figures: Sequence[Figure], period: Period | None) -> Iterator[Finding]:
    """A year that begins after the document's own period has ended: its figures could not be known.

    A quarter or a half of the next year may be known by the time a report is written. Where such figures are as many as those of
    the document's period, it is that period which is in doubt, and no figure; unless they are years ahead of all others.
    """
    if period is None:
        return
    later: dict[str, list[Figure]] = {}
    for figure in figures:
        of = figure.period
        if of is None or of.start is None or of.kind not in ("year", "calendar") or is_guess(figure):
            continue
        if of.start > period.end:
            later.setdefault(of.code, []).append(figure)
    own = sum(f.period is not None and f.period.end <= period.end for f in figures)
    for code, of_code in later.items():
        starts = [f.period.start for f in of_code if f.period is not None and f.period.start is not None]
        far = own > 0 and min(starts).year - period.end.year > _YEARS_AHEAD
        if len(of_code) >= own and not far:
            continue
        ids = tuple(f.figure_id for f in of_code)
        says = f"gives {subject_text(of_code[0])} for {code}, which had not begun"
        yield _implausible(code, period, says, ids, severity="medium")


def misprinted_years(printed: Sequence[str], figures: Sequence[Figure], period: Period | None) -> Iterator[Finding]:
    """Years that are none, as “2021-21”, of which one half is of the document's own period: the other is a slip.

    The finding is about the figures whose words it stands in, or else the first that the document gives for its period.
    """
    if period is None or period.start is None:
        return
    years = {f"{period.start.year}", f"{period.end.year}"}
    for text in dict.fromkeys(one.strip("().,:; ") for one in printed):
        if text[:4] not in years:
            continue
        beside = [f.figure_id for f in figures if text in f.evidence.snippet]
        ids = tuple(beside or [f.figure_id for f in figures if f.period == period][:1])
        if not ids:
            continue
        yield _implausible(text, period, f"prints “{text}”, which is no year", ids, severity="low")


def _implausible(found: str, period: Period, says: str, ids: tuple[str, ...], *, severity: Severity) -> Finding:
    """A period that cannot be, in a report on another; `says` is what the report does with it."""
    return Finding(
        finding_id=finding_id("implausible_period", ids),
        kind="implausible_period",
        severity=severity,
        documents=(),
        values=(found, period.code),
        expected=period.code,
        message=f"The report is about {period.code}, but {says}.",
        figure_ids=ids,
    )
