"""The total of complaints and its three stages, where no sentence or table ties them.

A complaint that goes on to the next stage is counted there again by some councils, and by others not: all that holds for both is that the
total is no less than any stage, and that it is no more than all three together. Which of the two a council does, its own report tells of
another year.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from pipeline.reconcile.observations import Index, Observation, is_reliable, undisputed
from schemas.figures import Figure

_STAGES = ("1", "2", "3")
# A stage that was counted twice is told by its number: smaller ones fit by accident.
_LARGE = 10
_FEW = 3

StageSum = tuple[tuple[Figure, ...], bool, str]
"""The total and its parts, whether they are all, and the words that show that a mistake is told if they do not fit; "" for none."""


def stage_sums(index: Index) -> Iterator[StageSum]:
    """The totals of a document with their stages: all three where its numbers are known to add up, else what is more than it can be."""
    found = [(about, stages) for about in index if (stages := _stages(about, index)) is not None]
    adding = any(_adds_up(total, stages) for about, stages in found for total in _exact(index[about]))
    for about, stages in found:
        whole = undisputed(index[about])
        for total in _exact(index[about]):
            # where several numbers are given, the others are parts that no word tells from the whole
            if (adding and total is whole) or _counted_twice(total, stages):
                yield (total, *stages), True, _words(total, stages[0])
            elif total is whole:
                yield from (
                    ((total, part), False, _words(total, part)) for part in stages if _size(part) > _size(total)
                )


def _stages(about: Observation, index: Index) -> tuple[Figure, ...] | None:
    """The one number of each of the three stages of what is observed as a whole."""
    if about.measure != "complaints" or about.statistic != "count" or any(name != "regime" for name, _ in about.dims):
        return None
    apart = [
        undisputed(index.get(replace(about, dims=tuple(sorted((*about.dims, ("stage", stage))))), ()))
        for stage in _STAGES
    ]
    stages = tuple(f for f in apart if f is not None)
    return stages if len(stages) == len(_STAGES) else None


def _exact(statements: Sequence[Figure]) -> list[Figure]:
    return list({f.value: f for f in reversed(statements) if is_reliable(f) and f.qualifier == "exact"}.values())


def _size(figure: Figure) -> Decimal:
    return figure.value or Decimal(0)


def _total(stages: Sequence[Figure]) -> Decimal:
    return sum(map(_size, stages), Decimal(0))


def _adds_up(total: Figure, stages: Sequence[Figure]) -> bool:
    """Whether the total is that of all stages, and would not be if those that went on were counted once."""
    return _size(total) == _total(stages) >= _size(stages[0]) + _FEW


def _counted_twice(total: Figure, stages: Sequence[Figure]) -> bool:
    """Whether the total is that of all stages with one of them once more."""
    extra = _size(total) - _total(stages)
    return extra >= _LARGE and any(_size(stage) == extra for stage in stages)


def _words(total: Figure, part: Figure) -> str:
    return f"{total.evidence.snippet} … {part.evidence.snippet}"
