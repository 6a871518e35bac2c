"""Hold a report to what the law asks it to state: for each item, what in the report answers it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from schemas.authorities import Authority
from schemas.checklist import FigureEvidence, Item, ItemStatus
from schemas.figures import Figure
from schemas.notes import Note
from schemas.periods import Period

# Words in so many places answer an item that words can answer; fewer mention it.
_PLACES = 2
_MOST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An item and what answers it: figures, or notes."""

    item: Item
    status: ItemStatus
    figures: tuple[Figure, ...]
    notes: tuple[Note, ...]


def is_held(kind: str, authority: Authority | None, service: str, period: Period | None, first: date) -> bool:
    """Whether the checklist applies: an annual report of an English council on its services to children, on a year since the law."""
    english = authority is not None and authority.nation == "England" and authority.social_care
    year = period is not None and period.kind in ("year", "calendar") and period.end >= first
    return kind == "annual_report" and english and not service and year


def check_report(items: Iterable[Item], figures: Sequence[Figure], notes: Sequence[Note]) -> Iterator[Answer]:
    """An answer for each item, from the figures of the report's own period and what it says in words."""
    for item in items:
        answering = _fitting(item.figures, figures)
        said = tuple(note for note in notes if note.topic in item.topics)
        if answering:
            yield Answer(item=item, status="found", figures=answering[:_MOST], notes=said[:_MOST])
            continue
        partly = tuple(figure for figure in figures if any(e.fits(figure) for e in (*item.figures, *item.perhaps)))
        enough = item.words_do and (any(n.heading for n in said) or len({(n.page, n.text) for n in said}) >= _PLACES)
        status: ItemStatus = "found" if enough else "unclear" if said or partly else "missing"
        yield Answer(item=item, status=status, figures=partly[:_MOST], notes=said[:_MOST])


def _fitting(evidence: Iterable[FigureEvidence], figures: Sequence[Figure]) -> tuple[Figure, ...]:
    """The figures of the first kind of evidence that is complete."""
    for one in evidence:
        found = tuple(figure for figure in figures if figure.value is not None and one.fits(figure))
        if found and all(len({dict(f.dims)[name] for f in found}) >= one.distinct for name in one.dims):
            return found
    return ()
