"""Breaks in a series: a report says that years cannot be compared; a value is a tenth of its neighbours; a level that jumps and stays."""

from collections.abc import Iterator, Mapping, Sequence

from pipeline.reconcile.across.compare import Said
from pipeline.reconcile.across.explain import shortened
from pipeline.reconcile.across.findings import said_where
from pipeline.reconcile.across.statements import Paper, Slots, Statement, Subject
from pipeline.reconcile.relation_findings import finding_id
from pipeline.reconcile.texts import subject_text, value_text
from schemas.findings import Finding, Severity
from schemas.notes import Note
from schemas.periods import Period

# A dropped or doubled digit makes a value about a tenth, or ten times, of both its neighbours, which are like each other.
_TENFOLD = (7, 14)
_ALIKE = 1.5
_LARGE = 50
# A level that lasts two years on both sides and more than trebles is not the work of chance.
_JUMP = 3

Years = dict[int, Statement]


def series_breaks(slots: Slots) -> Iterator[Finding]:
    """Findings about series that break."""
    series = _by_year(slots)
    yield from _told(slots, series)
    for subject, years in series.items():
        if subject.statistic == "count":
            yield from _tenfold(years)
            yield from _jumps(subject, years)


def _by_year(slots: Slots) -> dict[Subject, Years]:
    """What each year's own report says of a subject in that year, by the year in which it began."""
    series: dict[Subject, Years] = {}
    for (subject, period), statements in slots.items():
        own = tuple(s for s in statements if s.paper.vintage(period) == "own")
        principal = Said(own).principal if own and period.kind == "year" else None
        if principal is not None:
            series.setdefault(subject, {})[period.financial_year] = principal
    return series


def _told(slots: Slots, series: Mapping[Subject, Years]) -> Iterator[Finding]:
    """A report says itself that its figures cannot be held against those of earlier years."""
    papers = {s.paper.key: s.paper for of in slots.values() for s in of}
    for _, paper in sorted(papers.items()):
        notes = [note for note in paper.notes if note.topic == "incomparable"]
        for note in notes:
            current = _main(paper, note, series)
            if current is not None and current.figure.period is not None:
                subject = next(s for s, years in series.items() if current in years.values())
                before = Said(_earlier(slots, subject, current.figure.period, paper)).principal
                yield _finding(
                    [before, current] if before else [current],
                    f"{said_where(current)} says that {subject_text(current.figure)} cannot be compared with earlier years.",
                    "medium",
                    (f"“{shortened(note.text)}”",),
                )


def _main(paper: Paper, note: Note, series: Mapping[Subject, Years]) -> Statement | None:
    """The report's largest count, with the fewest breakdowns, of the measure that a note names; of complaints if it names none."""
    if paper.period is None:
        return None
    counts = [
        (subject, years[paper.period.financial_year])
        for subject, years in series.items()
        if subject.statistic == "count" and paper.period.financial_year in years
    ]
    mine = [(subject, s) for subject, s in counts if s.paper == paper]
    named = [(subject, s) for subject, s in mine if subject.measure.replace("_", " ")[:-1] in note.text.casefold()]
    chosen = named or [(subject, s) for subject, s in mine if subject.measure == "complaints"]
    ranked = sorted(
        chosen, key=lambda one: (len(one[0].coded) + len(one[0].names), -(one[1].figure.value or 0), one[1].position)
    )
    return ranked[0][1] if ranked else None


def _earlier(slots: Slots, subject: Subject, period: Period, paper: Paper) -> tuple[Statement, ...]:
    """What the paper itself says of the year before, or else any other does."""
    before = slots.get((subject, period.previous()), ())
    return tuple(s for s in before if s.paper == paper) or before


def _tenfold(years: Years) -> Iterator[Finding]:
    """A year that is about a tenth, or ten times, of the years on both sides."""
    for year, middle in sorted(years.items()):
        sides = [years.get(year - 1), years.get(year + 1)]
        if None in sides:
            continue
        before, after = (_size(side) for side in sides if side is not None)
        value = _size(middle)
        if min(value, before, after) <= 0 or max(before, after) > _ALIKE * min(before, after):
            continue
        ratio = min(before, after) / value, value / max(before, after)
        if max(value, before) >= _LARGE and any(_TENFOLD[0] <= r <= _TENFOLD[1] for r in ratio):
            around = [side for side in sides if side is not None]
            yield _finding(
                [around[0], middle, around[1]],
                f"{subject_text(middle.figure)} is {value_text(middle.figure)} in {said_where(middle)}, between {value_text(around[0].figure)} "
                f"the year before and {value_text(around[1].figure)} the year after.",
                "medium",
                ("A digit may have been lost or added.",),
            )


def _jumps(subject: Subject, years: Years) -> Iterator[Finding]:
    """A total that is, for good, three times what it was, or a third."""
    if subject.names:
        return
    for year in sorted(years):
        around = [years.get(y) for y in (year - 2, year - 1, year, year + 1)]
        if None in around:
            continue
        known = [s for s in around if s is not None]
        before, after = ([_size(s) for s in some] for some in (known[:2], known[2:]))
        rise, fall = min(after) > _JUMP * max(before), min(before) > _JUMP * max(after)
        sure = all(s.grade == "proved" for s in known[1:3])  # a number that nothing confirms is likelier to be misread
        if (rise or fall) and sure and max(*before, *after) >= _LARGE and min(*before, *after) > 0:
            yield _finding(
                known[1:3],
                f"{subject_text(known[2].figure)} goes from {value_text(known[1].figure)} in {said_where(known[1])} to "
                f"{value_text(known[2].figure)} in {said_where(known[2])}, and stays there.",
                "low",
                ("What is counted may have changed.",),
            )


def _size(statement: Statement) -> float:
    return float(statement.figure.value or 0)


def _finding(statements: Sequence[Statement], message: str, severity: Severity, why: tuple[str, ...]) -> Finding:
    ids = tuple(s.figure.figure_id for s in statements)
    return Finding(
        finding_id=finding_id("series_break", ids),
        kind="series_break",
        severity=severity,
        documents=(),
        values=tuple(s.figure.value for s in statements if s.figure.value is not None),
        expected="",
        message=message,
        figure_ids=ids,
        hypotheses=why,
    )
