"""Figures by what they observe, so that two statements of one thing, and last year's, are found."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from schemas.figures import Dims, Figure, Statistic
from schemas.periods import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """What a figure is about. `dims` are compared without case, punctuation or runs of space; `period` is a period's code."""

    measure: str
    statistic: Statistic
    dims: Dims
    unit: str
    period: str


Index = Mapping[Observation, tuple[Figure, ...]]


def observation(figure: Figure, period: Period) -> Observation:
    """What `figure` observes, or would if it were about `period`."""
    return Observation(
        measure=figure.measure,
        statistic=figure.statistic,
        dims=plain_dims(figure.dims),
        unit=figure.unit,
        period=period.code,
    )


def plain_dims(dims: Dims) -> Dims:
    """Dimensions as they are compared."""
    return tuple((name, " ".join(re.findall(r"\w+", value.casefold().replace("&", " and ")))) for name, value in dims)


def index_of(figures: Iterable[Figure]) -> Index:
    """Figures with a period, by observation, in the order in which they come."""
    found: dict[Observation, list[Figure]] = {}
    for figure in figures:
        if figure.period is not None:
            found.setdefault(observation(figure, figure.period), []).append(figure)
    return {key: tuple(of) for key, of in found.items()}


def is_reliable(figure: Figure) -> bool:
    """Whether nothing was held against the reading of `figure`, so that a contradiction is likely to be the document's own."""
    return figure.grade in ("read", "proved") and figure.value is not None


def names(figure: Figure, other: Figure) -> bool:
    """Whether the words around `figure` hold the number that is printed for `other`, and not only as half of a year (“2012-13”)."""
    return re.search(rf"(?<!\w)(?<!\d[-–/]){re.escape(bare(other))}(?!\w)", figure.evidence.snippet) is not None


def named_together(one: Figure, other: Figure) -> bool:
    """Whether one sentence holds both, by the words around the first: “74 compliments, of which 71 were passed on”."""
    return any(names(replace(one, evidence=replace(one.evidence, snippet=s)), other) for s in sentences_of(one))


def bare(figure: Figure) -> str:
    """The number of a figure as printed, without the marks around it."""
    return figure.evidence.printed.strip("().,;: ")


def sentences_of(figure: Figure) -> Iterator[str]:
    """The sentences, of the words around a figure, that hold its number."""
    return (s for s in _SENTENCE_END.split(figure.evidence.snippet) if bare(figure) in s)


_SENTENCE_END = re.compile(r"(?<=[a-z)][.?!]) (?=[A-Z])")

# The confidence from which on a figure may speak against others of its own sentence or table, and against the report.
_LIKELY = 0.42


def is_guess(figure: Figure) -> bool:
    """Whether a figure of a text layer is a mere guess: of half a sentence, say."""
    return figure.evidence.method == "text" and figure.confidence < _LIKELY


def undisputed(statements: Iterable[Figure]) -> Figure | None:
    """The one exact value that all statements give, by the first of them; None when there is none or more than one."""
    found = [f for f in statements if is_reliable(f) and f.qualifier == "exact"]
    return found[0] if found and len({f.value for f in found}) == 1 else None
