"""What the documents of one council say, sorted by what is observed: which statements may be held against each other."""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from pipeline.reconcile.across.names import plain_name
from schemas.documents import DocumentType
from schemas.figures import Dims, Figure, Grade, Statistic
from schemas.notes import Note
from schemas.periods import Period
from schemas.series import Vintage
from schemas.vocabulary import FREE_DIMENSIONS


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A document as one among others: `number` is the store's, `key` the hash of its content, `service` a code of names.yaml."""

    number: int
    key: str
    name: str
    type: DocumentType
    period: Period | None
    service: str = ""
    notes: tuple[Note, ...] = ()

    @property
    def order(self) -> tuple[bool, str, bool, str]:
        """Earlier reports first; of one period the annual report before the minutes about it. Whatever the order of imports."""
        end = "" if self.period is None else self.period.end.isoformat()
        return self.period is None, end, self.type != "annual_report", self.key

    def vintage(self, period: Period) -> Vintage:
        """When this document speaks of `period`."""
        own = self.period
        if own is None:
            return "unknown"
        start, own_start = period.start or period.end, own.start or own.end
        if own_start <= start and period.end <= own.end:
            return "own"
        return "later" if period.end < own.end else "earlier"


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A figure of a document: `position` is its place there, `grade` what the checks of that document made of it."""

    paper: Paper
    position: int
    figure: Figure
    grade: Grade


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What is observed, but for the period: two statements are compared if theirs are equal.

    `coded` are the dimensions with controlled values, `names` free text as it is compared, under whatever dimension it was given.
    """

    measure: str
    statistic: Statistic
    unit: str
    coded: Dims
    names: tuple[str, ...]
    service: str

    def series_id(self, scope: str) -> str:
        """The id of the series of this subject, of the council `scope`."""
        coded = ";".join(f"{name}={value}" for name, value in self.coded)
        parts = (scope, self.measure, self.statistic, self.unit, coded, ";".join(self.names), self.service)
        return _digest("|".join(parts))


def observation_id(series_id: str, period: Period) -> str:
    """The id of one period of a series."""
    return _digest(f"{series_id}|{period.code}")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


Slot = tuple[Subject, Period]
Slots = Mapping[Slot, tuple[Statement, ...]]


def slots_of(statements: Iterable[Statement]) -> Slots:
    """All statements with a period, by what they observe, in the order of their papers."""
    ordered = sorted(statements, key=lambda s: (s.paper.order, s.position))
    # The same words in two files (a copy that was saved anew) are one statement: they have the same ids.
    once = {s.figure.figure_id: s for s in reversed(ordered)}
    dated = [(s, s.figure.period) for s in reversed(once.values()) if s.figure.period is not None]
    subjects = [_subject(s) for s, _ in dated]
    one_procedure = _one_procedure(list(zip(subjects, dated, strict=True)))
    found: dict[Slot, list[Statement]] = {}
    for subject, (statement, period) in zip(subjects, dated, strict=True):
        found.setdefault((one_procedure.get(subject, subject), period), []).append(statement)
    return {slot: tuple(of) for slot, of in found.items()}


def _subject(statement: Statement) -> Subject:
    figure = statement.figure
    coded, names = _dims(figure.dims)
    return _shared(figure.measure, figure.statistic, figure.unit, coded, names, statement.paper.service)


@lru_cache(maxsize=100_000)
def _shared(
    measure: str, statistic: Statistic, unit: str, coded: Dims, names: tuple[str, ...], service: str
) -> Subject:
    """One object for equal subjects: there are far fewer of them than figures."""
    return Subject(measure=measure, statistic=statistic, unit=unit, coded=coded, names=names, service=service)


@lru_cache(maxsize=100_000)
def _dims(dims: Dims) -> tuple[Dims, tuple[str, ...]]:
    """Controlled dimensions, and plain names. “Escalated” says nothing more where the stage is named."""
    has_stage = any(name == "stage" for name, _ in dims)
    coded = tuple(
        (name, value)
        for name, value in dims
        if name not in FREE_DIMENSIONS and not (has_stage and (name, value) == ("event", "escalated"))
    )
    return coded, tuple(sorted(plain_name(value) for name, value in dims if name in FREE_DIMENSIONS))


def _one_procedure(found: Sequence[tuple[Subject, tuple[Statement, Period]]]) -> dict[Subject, Subject]:
    """Subjects “stage 2 of the statutory procedure” that are the same as plain “stage 2”, by themselves.

    So they are where no document of the council tells of the corporate procedure at that stage, nor gives two numbers for the two.
    """
    subjects = dict.fromkeys(subject for subject, _ in found)
    stages_of_corporate = {_stage(s) for s in subjects if ("regime", "corporate") in s.coded}
    plain = {
        subject: _without(subject, "regime")
        for subject in subjects
        if ("regime", "statutory") in subject.coded and _stage(subject) and _stage(subject) not in stages_of_corporate
    }
    if not plain:
        return {}
    wanted = {*plain, *plain.values()}
    values: dict[Subject, dict[tuple[int, Period], set[Decimal | None]]] = {subject: {} for subject in wanted}
    for subject, (statement, period) in found:
        if subject in wanted:
            values[subject].setdefault((statement.paper.number, period), set()).add(statement.figure.value)
    return {
        subject: other
        for subject, other in plain.items()
        if not any(
            place in values[other] and values[other][place].isdisjoint(of) for place, of in values[subject].items()
        )
    }


def _stage(subject: Subject) -> str:
    return next((value for name, value in subject.coded if name == "stage"), "")


def _without(subject: Subject, dimension: str) -> Subject:
    coded = tuple(pair for pair in subject.coded if pair[0] != dimension)
    return _shared(subject.measure, subject.statistic, subject.unit, coded, subject.names, subject.service)


def by_paper(statements: Sequence[Statement]) -> dict[int, tuple[Statement, ...]]:
    """Statements of one observation by the number of their paper, the papers in order."""
    found: dict[int, list[Statement]] = {}
    for statement in statements:
        found.setdefault(statement.paper.number, []).append(statement)
    return {number: tuple(of) for number, of in found.items()}


def mentions(text: str, printed: str) -> bool:
    """Whether a number as printed stands in a text by itself."""
    return re.search(rf"(?<![\w.,]){re.escape(printed.strip('().,;: '))}(?![\w]|[.,]\d)", text) is not None
