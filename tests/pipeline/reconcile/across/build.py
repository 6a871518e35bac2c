"""Papers and what they say in few words, for the specs of the comparison across documents."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from pipeline.reconcile.across.agreement import Disagreement, Inside, disagreements
from pipeline.reconcile.across.explain import Archive
from pipeline.reconcile.across.stage import Outcome, compare_documents
from pipeline.reconcile.across.statements import Paper, Statement, slots_of
from schemas.figures import Figure, Grade
from schemas.notes import Note
from schemas.pages import BBox
from schemas.periods import Period
from schemas.relations import Relation
from schemas.series import Observation
from tests.pipeline.reconcile.build import figure

SCOPE = "E09000001"


def paper(year: str, number: int = 0, *, notes: Sequence[Note] = (), **more: Any) -> Paper:
    """A report on `year`; its number, key and name are made from the year unless given."""
    number = number or int(year[:4])
    fields: dict[str, Any] = {
        "number": number,
        "key": f"{number:064}",
        "name": f"report {year}.pdf",
        "type": "annual_report",
        "period": Period.parse(year),
        "notes": tuple(notes),
    }
    return Paper(**(fields | more))


def note(topic: str, text: str, *numbers: int) -> Note:
    """A sentence on the first page."""
    values = tuple(Decimal(number) for number in numbers)
    return Note(topic=topic, text=text, heading=False, numbers=values, page=1, bbox=BBox(0, 0, 1, 1))


def says(of: Paper, printed: str | None, *, period: str = "", grade: Grade = "read", **more: Any) -> Statement:
    """A statement of a paper: a number of complaints in its own period, unless another period, statistic or breakdown is given."""
    period = period or (of.period.code if of.period else "2014/15")
    dims = tuple(sorted(more.pop("dims", {}).items()))
    statistic = more.pop("statistic", "count")
    position = more.pop("position", 0)
    name = more.pop("name", "") or f"{of.number}|{period}|{statistic}|{dims}|{printed}|{position}"
    said = figure(name, printed, statistic, period=period, dims=dims, **more)
    return Statement(paper=of, position=position, figure=said, grade=grade if printed else "unreadable")


def archive(statements: Sequence[Statement], relations: Sequence[Relation] = ()) -> Archive:
    """What the statements make, with the relations of whichever paper has their figures."""

    def figures(number: int) -> Mapping[str, Figure]:
        return {s.figure.figure_id: s.figure for s in statements if s.paper.number == number}

    def of_paper(number: int) -> list[Relation]:
        return [r for r in relations if set(r.figure_ids) <= figures(number).keys()]

    return Archive(slots=slots_of(statements), figures=figures, relations=of_paper)


def differing(*statements: Statement, relations: Sequence[Relation] = ()) -> list[Disagreement]:
    """What papers differ on."""
    return list(disagreements(archive(statements, relations)))


def outcome(*statements: Statement, relations: Sequence[Relation] = (), inside: Inside | None = None) -> Outcome:
    """All that comparing the papers gives."""
    return compare_documents(SCOPE, statements, archive(statements, relations).relations, inside or {})


def observation(found: Outcome, period: str, **dims: str) -> Observation:
    """The observation of a period and breakdown."""
    wanted = tuple(sorted(dims.items()))
    (one,) = (o for o in found.observations if o.period.code == period and o.dims == wanted)
    return one
