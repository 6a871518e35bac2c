"""A store of invented reports as large as the review is measured with: figures, marks, pages of print, findings and decisions."""

import hashlib
import io
from collections.abc import Iterator
from dataclasses import replace

from reportlab.pdfgen.canvas import Canvas
from sqlalchemy import insert, select

from benchmarks.scale import report_of
from pipeline.decisions import record, standing_of
from pipeline.reconcile import reconcile
from pipeline.store.database import Store
from pipeline.store.rows import identity_row, rows_of
from pipeline.store.tables import documents, figures, suspects
from pipeline.store.writing import write_document
from schemas.authorities import load_authorities
from schemas.decisions import Asked, Subject
from schemas.documents import PageFacts, Reading
from schemas.figures import Figure, NumberKind, NumberMark
from schemas.pages import BBox
from schemas.periods import Period

PAGES = 20
_FIRST_YEAR, _YEARS = 2006, 18
_MEASURES = ("complaints", "compliments", "enquiries", "ombudsman_cases")
_WRONG_TOTAL, _UNPLACED, _DECIDED = 100, 12, 5
_LINES, _LINE = 17, 40.0
_A4 = (595.0, 842.0)


def fill_review(store: Store, many: int) -> None:
    """Write `many` reports of about 330 figures on 20 pages each, reconcile them, and decide on one suspect in five."""
    councils = [a for a in load_authorities().authorities if a.social_care and a.nation == "England" and a.code]
    for number in range(many):
        council, year = councils[number // _YEARS % len(councils)], _FIRST_YEAR + number % _YEARS
        _write(store, f"{council.key}_{year}.pdf", _reading(council.name, council.code, year))
    reconcile(store, workers=2)
    _decide(store)


def _reading(name: str, code: str, year: int) -> Reading:
    """Four reports in one, over twenty pages."""
    readings = [(measure, report_of(name, f"{code}-{measure}", Period.financial(year))) for measure in _MEASURES]
    placed = [
        replace(_placed(figure, position), measure=measure)
        for measure, reading in readings
        for position, figure in enumerate(reading.figures)
    ]
    wrong = {
        relation.figure_ids[0]
        for index, relation in enumerate(r for _, reading in readings for r in reading.relations if r.kind == "sum")
        if (year * len(_MEASURES) + index) % _WRONG_TOTAL == 0
    }
    found = tuple(replace(f, value=f.value + 1) if f.figure_id in wrong and f.value is not None else f for f in placed)
    identity = replace(readings[0][1].identity, authority_code=code)
    facts = [
        PageFacts(number=n, width=_A4[0], height=_A4[1], source="text", source_reason="", words=300)
        for n in range(1, PAGES + 1)
    ]
    return Reading(
        identity=identity,
        pages=tuple(facts),
        figures=found,
        relations=tuple(relation for _, reading in readings for relation in reading.relations),
        marks=tuple(_marks(found)),
        problems=(),
    )


def _placed(figure: Figure, position: int) -> Figure:
    """The figure at a place of its own: eight in a line would be too many, so they run over the pages."""
    page, line = position % PAGES + 1, position // PAGES
    left, top = 300.0 + 60 * (line % 4), 80.0 + _LINE * (line % _LINES)
    return replace(figure, evidence=replace(figure.evidence, page=page, bbox=BBox(left, top, left + 20, top + 12)))


def _marks(found: tuple[Figure, ...]) -> Iterator[NumberMark]:
    for index, figure in enumerate(found):
        at = figure.evidence
        yield NumberMark(kind="figure", printed=at.printed, page=at.page, bbox=at.bbox, figure_ids=(figure.figure_id,))
        below = BBox(at.bbox.x0, at.bbox.top + 16, at.bbox.x1, at.bbox.bottom + 16)
        kind: NumberKind = "unplaced" if index % _UNPLACED == 0 else "period"
        yield NumberMark(kind=kind, printed="2014", page=at.page, bbox=below, snippet="in 2014", reason="invented")


def _write(store: Store, name: str, reading: Reading) -> None:
    pdf = _pdf(name)
    key = hashlib.sha256(pdf).hexdigest()
    with store.writing() as connection:
        values = {"key": key, "sha256": key, "name": name, "size": len(pdf), "status": "pending"}
        number = connection.execute(insert(documents).values(values).returning(documents.c.id)).scalar_one()
    facts = identity_row(reading.identity) | {"rendition": store.blobs.put(pdf), "media": "pdf"}
    write_document(store, number, facts, rows_of(reading, number))


def _pdf(name: str) -> bytes:
    """Twenty pages of print, about three hundred words each."""
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=_A4, invariant=True)
    for page in range(1, PAGES + 1):
        canvas.setFont("Helvetica", 11)
        for line in range(_LINES * 2):
            top = 80 + line * _LINE / 2
            canvas.drawString(
                60, _A4[1] - top - 10, f"{name} page {page}: complaints in line {line} were {line * page}"
            )
        canvas.showPage()
    canvas.save()
    return made.getvalue()


def _decide(store: Store) -> None:
    """Accept every fifth suspect that can be accepted."""
    with store.reading() as connection:
        joined = suspects.join(
            figures,
            (figures.c.document_id == suspects.c.document_id) & (figures.c.position == suspects.c.position),
        )
        query = select(figures.c.figure_id).select_from(joined).where(figures.c.value.is_not(None))
        chosen = sorted(connection.scalars(query))[::_DECIDED]
        tokens = {i: standing_of(connection, Subject("figure", i)).token for i in chosen}
    for figure_id, token in tokens.items():
        record(store, Asked(who="benchmark", action="accept", subject=Subject("figure", figure_id), saw=token))
