"""Pages printed on their side, as wide tables are: placed as if the paper had been turned.

A scan is turned before it is read (`reading.ocr.turning`); here it is the text layer that says which way its words run.
"""

from dataclasses import replace
from itertools import pairwise

from schemas.pages import BBox, Page, Placing, Rule, Shape

MOSTLY = 0.85  # share of the words of a page that run upwards or downwards
LEAST_WORDS = 8


def upright(page: Page) -> Page:
    """A page whose words run up or down as its reader sees it, `placing` leading back; any other page as it is."""
    turned = [word for word in page.words if word.turned]
    if page.placing is not None or page.unseen or len(turned) < max(LEAST_WORDS, MOSTLY * len(page.words)):
        return page
    along = [b.bbox.middle - a.bbox.middle for a, b in pairwise(turned) if _on_one_line(a.bbox, b.bbox)]
    upwards = sum(step < 0 for step in along)
    if 2 * upwards == len(along):
        return page
    return _turned(page, upwards=2 * upwards > len(along))


def _on_one_line(one: BBox, other: BBox) -> bool:
    return min(one.x1, other.x1) - max(one.x0, other.x0) > 0.5 * min(one.width, other.width)


def _turned(page: Page, *, upwards: bool) -> Page:
    """The page turned by a quarter, so that print that runs upwards, or downwards, runs from left to right."""

    def place(x: float, y: float) -> tuple[float, float]:
        return (page.height - y, x) if upwards else (y, page.width - x)

    def box(old: BBox) -> BBox:
        (x0, top), (x1, bottom) = place(old.x0, old.top), place(old.x1, old.bottom)
        return BBox(min(x0, x1), min(top, bottom), max(x0, x1), max(top, bottom))

    back = (0.0, 1.0, 0.0, -1.0, 0.0, page.height) if upwards else (0.0, -1.0, page.width, 1.0, 0.0, 0.0)
    return replace(
        page,
        width=page.height,
        height=page.width,
        words=tuple(replace(word, bbox=box(word.bbox), turned=not word.turned) for word in page.words),
        rules=tuple(Rule(bbox=box(rule.bbox)) for rule in page.rules),
        shapes=tuple(
            Shape(points=tuple(place(*p) for p in s.points), fill=s.fill, stroke=s.stroke) for s in page.shapes
        ),
        placing=Placing(matrix=(*back, 0.0, 0.0, 1.0), width=page.width, height=page.height),
    )
