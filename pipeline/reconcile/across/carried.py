"""Values kept from last year's report: a number that does not fit its own report, but is last year's; or many that are last year's."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import prod

from pipeline.reconcile.across.agreement import Inside
from pipeline.reconcile.across.compare import size_of
from pipeline.reconcile.across.explain import Archive
from pipeline.reconcile.across.findings import said_where
from pipeline.reconcile.across.statements import Slots, Statement
from pipeline.reconcile.observations import is_reliable
from pipeline.reconcile.relation_findings import finding_id
from pipeline.reconcile.texts import listed, period_text, subject_text, value_text
from schemas.figures import Figure
from schemas.findings import Finding
from schemas.periods import Period

# Smaller numbers than this are the same in two years by chance.
_SMALL = 10
# Of numbers near n, about one in n/3 is last year's again. Together this much chance is too little to be chance.
_CHANCE = Fraction(1, 1000)
# So many figures, and such a share of them, make it the whole report that is last year's.
_MANY, _MOST = 5, Fraction(3, 5)


def carried_forward(archive: Archive, inside: Inside) -> Iterator[Finding]:
    """Findings about reports on a year that repeat the values of the year before.

    `inside` are the findings within one document.
    """
    repeated, comparable = _repeated(archive.slots)
    for key, pairs in repeated.items():
        if len(pairs) >= _MANY and len(pairs) >= _MOST * comparable[key]:
            yield _whole_report(pairs, comparable[key])
            continue
        shares = [pair for pair in pairs if pair[0].figure.statistic != "count"]
        yield from (_misfit(new, old, archive, inside) for new, old in shares if new.figure.figure_id in inside)
        counts = [(new, old) for new, old in pairs if new.figure.statistic == "count"]
        yield from (_together(group) for group in _groups(counts, archive))


Pairs = list[tuple[Statement, Statement]]


def _repeated(slots: Slots) -> tuple[dict[tuple[int, int], Pairs], dict[tuple[int, int], int]]:
    """By report and last year's report: values that are the same in both; and of how many values both speak."""
    repeated: dict[tuple[int, int], Pairs] = {}
    comparable: dict[tuple[int, int], int] = {}
    for (subject, period), statements in slots.items():
        own = _own(statements)
        before = _own(slots.get((subject, _year_before(period)), ())) if own is not None else None
        if own is None or before is None or own.paper is before.paper:
            continue
        key = own.paper.number, before.paper.number
        comparable[key] = comparable.get(key, 0) + 1
        if own.figure.value == before.figure.value:
            repeated.setdefault(key, []).append((own, before))
    return repeated, comparable


_year_before = lru_cache(Period.previous)


def _own(statements: Sequence[Statement]) -> Statement | None:
    """What the period's own report says, if it is one thing, and not too small a number."""
    own = [s for s in statements if s.figure.period is not None and s.paper.vintage(s.figure.period) == "own"]
    values = {s.figure.value for s in own if is_reliable(s.figure)}
    if len(values) != 1 or any(s.paper is not own[0].paper for s in own):
        return None
    first = next(s for s in own if is_reliable(s.figure))
    return first if size_of(first) >= _SMALL else None


def _misfit(new: Statement, old: Statement, archive: Archive, inside: Inside) -> Finding:
    """A number that its own report contradicts."""
    figures = archive.figures(new.paper.number)
    _, together = inside[new.figure.figure_id][0]
    others = [figures[i] for i in together if i in figures and i != new.figure.figure_id]
    about = f"{subject_text(new.figure)} {period_text(new.figure)}"
    message = (
        f"{said_where(new)} gives {value_text(new.figure)} for {about}, which does not fit its other numbers: it is the value "
        f"that {said_where(old)} gives for the year before."
    )
    return _finding((new.figure, *others, old.figure), message, (*_values(new.figure, *others),))


def _together(group: Pairs) -> Finding:
    """Several numbers that belong together and are all last year's."""
    new = [one for one, _ in group]
    texts = listed(value_text(s.figure) for s in new)
    about = f"{subject_text(new[0].figure)} {period_text(new[0].figure)}"
    message = f"{said_where(new[0])} gives {texts} for {about} and what goes with it: all of them are the values of {said_where(group[0][1])} for the year before."
    return _finding(tuple(s.figure for pair in group for s in pair), message, _values(*(s.figure for s in new)))


def _whole_report(pairs: Pairs, of: int) -> Finding:
    new, old = pairs[0]
    message = (
        f"{len(pairs)} of the {of} values that {new.paper.name} and {old.paper.name} both state are the same, though they are about "
        f"{period_text(new.figure)} and {period_text(old.figure)}: one may be the other under a new date."
    )
    return _finding(
        tuple(s.figure for pair in pairs for s in pair), message, _values(*(s.figure for s, _ in pairs)), high=True
    )


def _values(*figures: Figure) -> tuple[Decimal, ...]:
    return tuple(f.value for f in figures if f.value is not None)


def _finding(figures: Sequence[Figure], message: str, values: tuple[Decimal, ...], *, high: bool = False) -> Finding:
    ids = tuple(dict.fromkeys(f.figure_id for f in figures))
    return Finding(
        finding_id=finding_id("carried_forward", ids),
        kind="carried_forward",
        severity="high" if high else "medium",
        documents=(),
        values=values,
        expected="",
        message=message,
        figure_ids=ids,
    )


def _groups(pairs: Pairs, archive: Archive) -> Iterator[Pairs]:
    """Pairs whose figures the report holds together by its relations, and that are too many to be the same by chance."""
    if len(pairs) < 2:
        return
    by_id = {new.figure.figure_id: (new, old) for new, old in pairs}
    group_of = {figure_id: frozenset((figure_id,)) for figure_id in by_id}
    for relation in archive.relations(pairs[0][0].paper.number):
        members = frozenset().union(*(group_of[i] for i in relation.figure_ids if i in group_of))
        group_of |= dict.fromkeys(members, members)
    for members in sorted(set(group_of.values()), key=sorted):
        # the largest may be the sum of the others
        *others, _ = sorted(size_of(by_id[i][0]) for i in members)
        if others and prod(min(Fraction(1), 3 / Fraction(value)) for value in others) <= _CHANCE:
            yield sorted((by_id[i] for i in members), key=lambda pair: pair[0].position)
