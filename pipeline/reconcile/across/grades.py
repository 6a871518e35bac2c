"""What agreement across documents makes of a figure's grade: two documents that say the same prove each other's reading."""

from collections.abc import Iterable, Iterator

from pipeline.reconcile.across.agreement import Compared, Disagreement
from pipeline.reconcile.across.statements import Statement
from pipeline.reconcile.intervals import stated
from pipeline.reconcile.observations import is_reliable
from pipeline.reconcile.power import power
from schemas.figures import Grade

_ENOUGH = 0.8

Place = tuple[int, int]


def changed_grades(compared: Iterable[Compared], differing: Iterable[Disagreement]) -> dict[Place, Grade]:
    """Grades that are not those of the document alone, by document and position.

    A figure that was read is proved where another document gives the same number, and a small number would seldom do so by chance. One
    that the other document contradicts is doubtful, unless its own document proves it; a restatement that is said to be one is no doubt.
    """
    grades: dict[Place, Grade] = {}
    for one in compared:
        for statement in _confirmed(one):
            grades[_place(statement)] = "proved"
    for two in differing:
        for statement in _in_doubt(two):
            grades[_place(statement)] = "doubtful"
    return grades


def _place(statement: Statement) -> Place:
    return statement.paper.number, statement.position


def _confirmed(one: Compared) -> Iterator[Statement]:
    for statement, agreement in zip(one.statements, one.agreements, strict=True):
        if statement.grade != "read" or agreement not in ("reference", "agrees") or not is_reliable(statement.figure):
            continue
        others = (s for s in one.statements if s.paper is not statement.paper and is_reliable(s.figure))
        same = any(s.figure.value == statement.figure.value for s in others)
        own = stated(statement.figure)
        if same and own is not None and power(statement.figure, own, own) >= _ENOUGH:
            yield statement


def _in_doubt(one: Disagreement) -> Iterator[Statement]:
    explanation, pair = one.explanation, one.pair
    if explanation.agreement in ("restated", "definition_changed"):
        return
    wrong = (pair.one, pair.other) if explanation.right is None else (_other(pair.one, pair.other, explanation.right),)
    yield from (s for s in wrong if s.grade == "read")


def _other(one: Statement, other: Statement, right: Statement) -> Statement:
    return other if right is one else one
