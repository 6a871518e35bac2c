"""Boxes of what was read on straightened pages (see `Page.placing`), put back where they stand on the pages as shown."""

from collections.abc import Sequence
from dataclasses import replace

from schemas.documents import Reading
from schemas.pages import Page


def as_shown(reading: Reading, pages: Sequence[Page]) -> Reading:
    """The reading, with every box in points of the page as a viewer shows it."""
    places = {page.number: page.placing for page in pages if page.placing is not None}
    if not places:
        return reading
    figures = tuple(
        replace(f, evidence=replace(f.evidence, bbox=place.shown(f.evidence.bbox)))
        if (place := places.get(f.evidence.page))
        else f
        for f in reading.figures
    )
    marks = tuple(replace(m, bbox=place.shown(m.bbox)) if (place := places.get(m.page)) else m for m in reading.marks)
    notes = tuple(replace(n, bbox=place.shown(n.bbox)) if (place := places.get(n.page)) else n for n in reading.notes)
    return replace(reading, figures=figures, marks=marks, notes=notes)
