"""The plan of a review: what is left to decide, how many unflagged figures to look at, what that says of the rest, and when one may stop.

Figures that something speaks against are all looked at, worst first (`pipeline.ranking`). Of the others a simple random sample is. If
`errors` of the first n are wrong, at most the share `bound` of all of them is, with 95% confidence: the exact one-sided bound of Clopper and
Pearson (Biometrika 26, 1934) for sampling without replacement, that is with the hypergeometric distribution; with no error it is close to
3/n (the rule of three: Hanley and Lippman-Hand, JAMA 249, 1983).

The sample is drawn by permanent random numbers (Ohlsson, in *Business Survey Methods*, 1995): a figure's id is a hash of where it stands,
so its place after a seed's starting point is random, the same for everybody, and stays when documents are added.
"""

import hashlib
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import ceil, comb, log
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select

from pipeline.decisions.evidence import ADDED
from pipeline.decisions.overlay import Decided, decided_of, with_decided
from pipeline.store.tables import decisions, documents, figures, standings, suspects, tallies

CONFIDENCE = Fraction(95, 100)
TARGET = Fraction(1, 100)
SEED = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Where a review stands.

    `waiting` of `flagged` figures are still to be decided; `pending` decisions wait for a second person. Of `unflagged` figures `sample` are to be
    looked at; `looked_at` were, in the order of the sample, and `errors` of them were read wrongly. `bound` is the share of unflagged
    figures that may be wrong at most (None before the first is looked at), `rule_of_three` its approximation without an error.
    `drawn` are the ids of the sample, in its order. `unchecked` documents have figures that were decided on since they were last checked.
    """

    flagged: int
    waiting: int
    pending: int
    unflagged: int
    sample: int
    looked_at: int
    errors: int
    bound: Fraction | None
    rule_of_three: Fraction | None
    target: Fraction
    drawn: tuple[str, ...]
    unchecked: int

    @property
    def next_in_sample(self) -> str | None:
        """The next figure of the sample to look at."""
        return self.drawn[self.looked_at] if self.looked_at < len(self.drawn) else None

    @property
    def may_stop(self) -> bool:
        """Whether everything flagged is decided, and the rest is good enough."""
        left = self.waiting or self.pending or self.unchecked
        return not left and self.bound is not None and self.bound <= self.target

    @property
    def why(self) -> str:
        """Why one may stop, or what is left to do, in a sentence or two."""
        left = []
        if self.waiting:
            left.append(f"{_counted(self.waiting, 'flagged figure')} of {self.flagged:,} to decide on")
        if self.pending:
            left.append(f"{_counted(self.pending, 'decision')} to be approved by a second person")
        if self.looked_at < self.sample:
            left.append(f"{_counted(self.sample - self.looked_at, 'figure')} of the sample to look at")
        if self.unchecked:
            left.append(f"{_counted(self.unchecked, 'document')} to check again with what was decided")
        if left:
            return f"Left: {', '.join(left)}. {self._says}".strip()
        if not self.may_stop:
            return f"The sample shows too many errors: look at all figures of its kind, or take a better scan. {self._says}"
        return " ".join(f"Everything flagged is decided. {self._says} One may stop.".split())

    @property
    def _says(self) -> str:
        if self.bound is None or not self.looked_at:
            return ""
        return (
            f"Of {_counted(self.looked_at, 'sampled figure')} {self.errors:,} {'was' if self.errors == 1 else 'were'} wrong: with 95% confidence "
            f"at most {100 * float(self.bound):.2g}% of the {self.unflagged:,} unflagged figures are."
        )


def read_plan(connection: Connection, *, target: Fraction = TARGET, seed: int = SEED) -> Plan:
    """The plan for a store: enough of a sample that at most the share `target` of unflagged figures is wrong."""
    flagged, waiting = _flagged(connection)
    unflagged = _unflagged(connection)
    looked_at = errors = 0
    sample = sample_size(unflagged, target)
    # With every error that is found the sample has to grow: look on until it is large enough, or cannot be.
    while True:
        drawn = _drawn(connection, sample, seed)
        looked_at, errors = _looked_at([decided for _, decided in drawn])
        larger = sample_size(unflagged, target, errors)
        if larger <= sample:
            break
        sample = larger
    return Plan(
        flagged=flagged,
        waiting=waiting,
        pending=_pending(connection),
        unflagged=unflagged,
        sample=min(sample, len(drawn)),
        looked_at=looked_at,
        errors=errors,
        bound=upper_bound(unflagged, looked_at, errors) if looked_at else None if unflagged else Fraction(0),
        rule_of_three=min(Fraction(1), Fraction(3, looked_at)) if looked_at else None,
        target=target,
        drawn=tuple(figure_id for figure_id, _ in drawn),
        unchecked=count_unchecked(connection),
    )


@lru_cache(maxsize=10_000)
def upper_bound(population: int, sample: int, errors: int, confidence: Fraction = CONFIDENCE) -> Fraction:
    """The largest share of a population that can be wrong, so that so few errors in a sample are not less likely than 1 - confidence.

    Exact: by the hypergeometric distribution in whole numbers. Raises ValueError when the numbers cannot be.
    """
    if not 0 <= errors <= sample <= population or sample == 0:
        raise ValueError(f"{errors} errors in {sample} of {population} cannot be")
    # From `errors` wrong ones (certainly possible) to all but the right ones that were seen.
    possible = range(errors, population - (sample - errors) + 1)
    total = comb(population, sample)
    too_unlikely = bisect_left(
        possible,
        x=True,
        key=lambda wrong: (
            _at_most(population, wrong, sample, errors) * confidence.denominator
            < total * (confidence.denominator - confidence.numerator)
        ),
    )
    return Fraction(possible[too_unlikely - 1], population)


def clopper_pearson(sample: int, errors: int, confidence: float = float(CONFIDENCE)) -> float:
    """The same bound for a population without end: the share p at which so few errors have the probability 1 - confidence."""
    if errors == sample:
        return 1.0
    low, high = errors / sample, 1.0
    for _ in range(60):
        p = (low + high) / 2
        likely = sum(comb(sample, k) * p**k * (1 - p) ** (sample - k) for k in range(errors + 1))
        low, high = (p, high) if likely > 1 - confidence else (low, p)
    return high


@lru_cache(maxsize=1_000)
def sample_size(population: int, target: Fraction = TARGET, errors: int = 0) -> int:
    """How many to look at so that the bound is `target` at most, with so many errors among them; all, where nothing less does.

    Raises ValueError when the target is not between 0 and 1.
    """
    if not 0 < target < 1:
        raise ValueError(f"a share is between 0 and 1, not {target}")
    # Near the size for a population without end, which is enough for any; the bound falls as the sample grows.
    enough = min(population, ceil((errors + 1) * 4 * log(20) / float(target)))
    sizes = range(max(1, errors), enough + 1)
    place = bisect_left(sizes, x=True, key=lambda size: upper_bound(population, size, errors) <= target)
    return sizes[place] if place < len(sizes) else population


def _at_most(population: int, wrong: int, sample: int, errors: int) -> int:
    """In how many of the possible samples at most so many are wrong."""
    return sum(comb(wrong, k) * comb(population - wrong, sample - k) for k in range(errors + 1))


def _drawn(connection: Connection, size: int, seed: int) -> list[tuple[str, Decided | None]]:
    """The first figures of the sample, each with what was decided on it: from the starting point on, and round again from the beginning."""
    start = hashlib.sha256(f"sample {seed}".encode()).hexdigest()[:16]
    found = dict(_some(connection, size, figures.c.figure_id >= start))
    if len(found) < size:
        found |= dict(_some(connection, size - len(found), figures.c.figure_id < start))
    return list(found.items())


def _some(connection: Connection, size: int, where: ColumnElement[bool]) -> list[tuple[str, Decided | None]]:
    source, columns = with_decided(figures)
    query: Select[Any] = select(figures.c.figure_id, *columns).select_from(source).where(where, *_in_frame())
    # A copy of a document has the same figures: they count once.
    rows = connection.execute(query.order_by(figures.c.figure_id).limit(2 * size)).mappings()
    found = {row["figure_id"]: decided_of(row) for row in rows}
    return list(found.items())[:size]


def _in_frame() -> tuple[ColumnElement[bool], ...]:
    """What the sample is drawn from: figures that were read and that nothing speaks against, now or when somebody decided on them."""
    flagged = select(suspects.c.figure_id).where(suspects.c.figure_id == figures.c.figure_id).exists()
    return figures.c.rule != ADDED, ~flagged, or_(standings.c.suspected.is_(None), ~standings.c.suspected)


def count_unchecked(connection: Connection) -> int:
    """How many documents have decisions that their findings and series do not know of yet: `crossfoot reconcile` works them in."""
    query = select(func.count(documents.c.id)).where(documents.c.status == "imported", documents.c.checked == "")
    return connection.execute(query).scalar_one()


def _looked_at(drawn: Sequence[Decided | None]) -> tuple[int, int]:
    """How many were looked at, and how many of them were wrong: in the order of the sample, so that nobody can choose the easy ones."""
    looked_at = errors = 0
    for decided in drawn:
        if decided is None or decided.stale:
            break
        looked_at += 1
        errors += decided.content is None or decided.cause == "misread"
    return looked_at, errors


def _flagged(connection: Connection) -> tuple[int, int]:
    """How many figures are flagged, and how many of them nobody decided on, or on other evidence."""
    settled = or_(standings.c.in_force.is_not(None), standings.c.pending.is_not(None))
    decided = and_(
        standings.c.subject_kind == "figure",
        standings.c.subject_id == suspects.c.figure_id,
        settled,
        standings.c.stale == "",
    )
    ids = func.count(suspects.c.figure_id.distinct())
    total = connection.execute(select(ids)).scalar_one()
    open_ones = select(ids).where(~select(standings.c.subject_id).where(decided).exists())
    return total, connection.execute(open_ones).scalar_one()


def _unflagged(connection: Connection) -> int:
    """How many figures the sample is drawn from, from the tallies; a copy counts again, which makes the bound no smaller."""
    every = select(func.coalesce(func.sum(tallies.c.number), 0)).where(tallies.c.what.startswith("grade:"))
    there = select(figures.c.figure_id).where(figures.c.figure_id == decisions.c.subject_id).exists()
    added = select(func.count(decisions.c.subject_id.distinct())).where(decisions.c.action == "add", there)
    flagged = select(func.count()).select_from(suspects)
    suspected = (
        select(func.count())
        .select_from(standings)
        .where(
            standings.c.subject_kind == "figure",
            standings.c.suspected,
            ~select(suspects.c.figure_id).where(suspects.c.figure_id == standings.c.subject_id).exists(),
            select(figures.c.figure_id).where(figures.c.figure_id == standings.c.subject_id).exists(),
        )
    )
    total, *less = (connection.execute(query).scalar_one() for query in (every, added, flagged, suspected))
    return max(0, int(total) - sum(int(one) for one in less))


def _pending(connection: Connection) -> int:
    query = select(func.count(standings.c.subject_id)).where(standings.c.pending.is_not(None))
    return connection.execute(query).scalar_one()


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
