"""The words of scanned pages, kept so that the review can lay them over the picture: a text layer is in the PDF, theirs is not."""

import hashlib
import json

from pipeline.store.blobs import Blobs
from schemas.pages import BBox, Page


def keep_print(blobs: Blobs, rendition: str, page: Page) -> None:
    """Keep the words of a page, with their boxes on the page as shown."""
    placed = ((w.text, page.placing.shown(w.bbox) if page.placing else w.bbox) for w in page.words)
    rows = [(text, round(b.x0, 2), round(b.top, 2), round(b.x1, 2), round(b.bottom, 2)) for text, b in placed]
    blobs.keep(_key(rendition, page.number), json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode())


def recall_print(blobs: Blobs, rendition: str, number: int) -> tuple[tuple[str, BBox], ...]:
    """The words that were kept of a page; none where it was read by an older Crossfoot."""
    kept = blobs.recall(_key(rendition, number))
    return tuple((text, BBox(*edges)) for text, *edges in json.loads(kept)) if kept else ()


def _key(rendition: str, number: int) -> str:
    return hashlib.sha256(f"print {rendition} {number}".encode()).hexdigest()
