"""The total of complaints and its three stages, where no sentence or table ties them.

A complaint that goes on to the next stage is counted there again by some councils, and by others not: all that holds for both is that the
total is no less than any stage, and that it is no more than all three together. Which of the two a council does, its own report tells of
another year.
"""

from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from decimal import Decimal

from extractors.figures.misprints import lost_a_digit
from pipeline.reconcile.observations import Index, Observation, is_reliable, names, undisputed
from schemas.figures import Figure

_STAGES = ("1", "2", "3")
_SOURCES = ("member", "mp", "mep")
# A stage that was counted twice is told by its number: smaller ones fit by accident.
_LARGE = 10
_FEW = 3
_NEAR = Decimal("0.75")
_OVERLAP = 20  # characters that two stretches of a text share, and others hardly do
_FEW_IN_A_HUNDRED = Decimal("0.03")

StageSum = tuple[tuple[Figure, ...], bool, str]
"""The total and its parts, whether they are all, and the words that show that a mistake is told if they do not fit; "" for none."""


def stage_sums(index: Index, proved: Set[str]) -> Iterator[StageSum]:
    """The totals of a document with their stages: all three where its numbers are known to add up, else what is more than it can be.

    `proved` are the figures that the stated relations prove.
    """
    found = [(about, stages) for about in index if (stages := _stages(about, index)) is not None]
    adding = any(_adds_up(total, stages) for about, stages in found for total in _exact(index[about]))
    for about, stages in found:
        whole = undisputed(index[about])
        for total in _exact(index[about]):
            # where several numbers are given, the others are parts that no word tells from the whole
            over = total.figure_id not in proved and (_is_just_over(total, stages) or _lacks_a_digit(total, stages))
            once = _size(total) == _size(stages[0])  # those that went on are counted once, which is no mistake
            if (total is whole and ((adding and not once) or over)) or _counted_twice(total, stages):
                yield (total, *stages), True, _words(total, stages[0])
            elif total is whole:
                yield from (
                    ((total, part), False, _words(total, part)) for part in stages if _is_just_more(part, total, stages)
                )


def source_sums(index: Index) -> Iterator[StageSum]:
    """The enquiries of all elected people, where the words that go on with those of one kind of them give more."""
    for about in index:
        if about.measure == "enquiries" and about.statistic == "count" and not about.dims:
            total = undisputed(index[about])
            apart = [undisputed(index.get(replace(about, dims=(("source", kind),)), ())) for kind in _SOURCES]
            kinds = [part for part in apart if part is not None]
            for part in kinds:
                if total is not None and _run_on(total, part) and _is_just_more(part, total, kinds):
                    yield (total, part), False, _words(total, part)


def _is_just_more(part: Figure, total: Figure, parts: Sequence[Figure]) -> bool:
    """Whether a stage has more complaints than there are in all, but not so many more that the total is likelier to be of something else.

    Where the same words give both, they are of one thing; a total of one digit must be what is left of a part's or of that of all.
    """
    together = names(part, total) or names(total, part) or _run_on(total, part)
    near = _size(total) >= max(Decimal(_LARGE), _size(part) * _NEAR)
    meant = (_size(part), _total(parts))
    left = _size(total) >= _LARGE or any(lost_a_digit(f"{int(n)}", f"{int(_size(total))}") for n in meant)
    return _size(part) > _size(total) > 0 and (near or (together and left))


def _run_on(first: Figure, second: Figure) -> bool:
    """Whether the words around the second begin where those around the first end."""
    shared = first.evidence.snippet[-_OVERLAP:]
    return len(shared) == _OVERLAP and shared in second.evidence.snippet


def _is_just_over(total: Figure, stages: Sequence[Figure]) -> bool:
    """Whether there are a few more complaints in all than at all stages: they cannot be at none."""
    return 0 < _size(total) - _total(stages) <= max(Decimal(1), _size(total) * _FEW_IN_A_HUNDRED)


def _lacks_a_digit(total: Figure, stages: Sequence[Figure]) -> bool:
    """Whether the total is more than all stages by what a large one of them lacks for want of a digit: 160 of 45, 13 and 2 (145)."""
    left = _size(total) - _total(stages)
    meant = ((str(int(_size(stage) + left)), str(int(_size(stage)))) for stage in stages)
    return left > 0 and any(len(whole) >= _DIGITS and lost_a_digit(whole, part) for whole, part in meant)


_DIGITS = 3


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
