"""Typesetting with WeasyPrint: HTML of our own making in, PDF out.

Same input, same bytes: no dates, no random identifiers. Nothing is fetched: the HTML that arrives here carries no
addresses, and if one slipped through, the fetcher refuses it. WeasyPrint takes most of a second to import, so that
happens here, at the first rendition; its fonts and our style sheet are then kept for the life of the process.
"""

import logging
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import Any, Literal, NoReturn

SHEET = Path(__file__).with_name("sheet.css")
MARGIN = 30.0
# Width of a character of the monospaced font, in em.
MONO_EM = 0.6
PAPER = {"portrait": (595.28, 841.89), "landscape": (841.89, 595.28)}

Orientation = Literal["portrait", "landscape"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A4, upright or not, and the type size in points."""

    orientation: Orientation = "portrait"
    size: float = 8.0

    @property
    def columns(self) -> int:
        """How many characters of the monospaced font fit on a line."""
        return int((PAPER[self.orientation][0] - 2 * MARGIN) / (MONO_EM * self.size))


def typeset(body: str, *, paper: Paper, title: str = "") -> bytes:
    """PDF bytes of the inner HTML of a body. The HTML must be ours: escaped, without addresses, scripts or styles."""
    import weasyprint

    kept = _kept()
    page = f"@page {{ size: A4 {paper.orientation}; margin: {MARGIN}pt }} html {{ font-size: {paper.size}pt }}"
    source = (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title></head>'
        f"<body>{body}</body></html>"
    )
    rendered: bytes = weasyprint.HTML(string=source, url_fetcher=kept.fetcher).write_pdf(
        stylesheets=[weasyprint.CSS(string=page, font_config=kept.fonts, url_fetcher=kept.fetcher), kept.sheet],
        font_config=kept.fonts,
        pdf_identifier=sha256(source.encode()).hexdigest()[:32].encode(),
    )
    return rendered


def refuse(url: str) -> NoReturn:
    """Fetch nothing, from nowhere."""
    raise ValueError(f"not fetched: {url}")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """What WeasyPrint needs every time and is slow to make."""

    fonts: Any
    sheet: Any
    fetcher: Any


@cache
def _kept() -> _Kept:
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

    class Refuser(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: object = None) -> NoReturn:
            refuse(url)

    # What WeasyPrint has to say about fonts and CSS is of no use to someone who imports documents.
    for name in ("weasyprint", "fontTools", "fontTools.subset"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    fonts, fetcher = FontConfiguration(), Refuser()
    sheet = weasyprint.CSS(string=SHEET.read_text(encoding="utf-8"), font_config=fonts, url_fetcher=fetcher)
    return _Kept(fonts=fonts, sheet=sheet, fetcher=fetcher)
