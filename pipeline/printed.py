"""The words of scanned pages, kept for whoever lays them over the picture: a text layer is in the PDF, theirs is not."""

import hashlib
import json
from dataclasses import dataclass

from pipeline.store.blobs import Blobs
from schemas.pages import BBox, Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Print:
    """The words of a scanned page, with their boxes on the page as shown, in points.

    The page must be turned by so many quarter turns clockwise to be read.
    """

    words: tuple[tuple[str, BBox], ...] = ()
    quarter_turns: int = 0


def keep_print(blobs: Blobs, rendition: str, page: Page) -> None:
    """Keep the words of a page."""
    placed = ((w.text, page.placing.shown(w.bbox) if page.placing else w.bbox) for w in page.words)
    rows = [(text, round(b.x0, 2), round(b.top, 2), round(b.x1, 2), round(b.bottom, 2)) for text, b in placed]
    kept = {"words": rows, "quarter_turns": page.placing.quarter_turns if page.placing else 0}
    blobs.keep(_key(rendition, page.number), json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode())


def recall_print(blobs: Blobs, rendition: str, number: int) -> Print | None:
    """What was kept of a page; None of one that was not read by OCR."""
    content = blobs.recall(_key(rendition, number))
    if content is None:
        return None
    kept = json.loads(content)
    if isinstance(kept, list):  # an older Crossfoot kept the words alone
        kept = {"words": kept, "quarter_turns": 0}
    words = tuple((text, BBox(*edges)) for text, *edges in kept["words"])
    return Print(words=words, quarter_turns=kept["quarter_turns"])


def _key(rendition: str, number: int) -> str:
    return hashlib.sha256(f"print {rendition} {number}".encode()).hexdigest()
