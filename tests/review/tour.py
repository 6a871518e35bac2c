"""Take the pictures of the guided tour (docs/review.md) from the application over the sample archive.

python -m tests.review.tour            writes docs/review/*.png
"""

import io
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page
from sqlalchemy import select

from benchmarks.serving import served
from pipeline.decisions import record, standing_of
from pipeline.store.database import Store, open_store
from pipeline.store.tables import documents, findings, observations
from review.pictures import Pictures
from review.views.document import edges_text
from schemas.decisions import Asked, Subject
from tests.review.serving import chromium, fill

FOLDER = Path(__file__).parents[2] / "docs" / "review"
# A misprint in prose, and a total that is not what its parts make.
MISPRINT, TOTAL = "189c2c469ea43179", "16429ba11eb9c80c"
_COLOURS = 256


def main() -> int:
    """Import the archive, serve it, and take the pictures."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="crossfoot-tour-") as folder:
        fill(Path(folder) / "store")
        store = open_store(str(Path(folder) / "store"))
        with served(store) as address, chromium() as browser:
            for name, (width, height, scheme, path, prepare) in _shots(store).items():
                context = browser.new_context(
                    base_url=address,
                    viewport={"width": width, "height": height},
                    color_scheme="dark" if scheme == "dark" else "light",
                )
                page = context.new_page()
                page.goto(path)
                prepare(page)
                page.wait_for_load_state("networkidle")
                _save(page.screenshot(), FOLDER / f"{name}.png")
                context.close()
        store.close()
    return 0


Shot = tuple[int, int, str, str, Callable[[Page], object]]


def _shots(store: Store) -> dict[str, Shot]:
    with store.reading() as connection:
        key, rendition = connection.execute(
            select(documents.c.key, documents.c.rendition).where(documents.c.name == "dudley/dudley_2013-14_report.pdf")
        ).one()
        conflict = connection.execute(
            select(findings.c.finding_id).where(findings.c.kind == "conflicting_statement", findings.c.scope != "")
        ).scalar_one()
        series = connection.execute(
            select(observations.c.series_id).where(observations.c.status == "contradicted")
        ).scalar_one()
    document = f"/documents/{key[:16]}"
    # A sum of money that the reading left out.
    words = (word for line in Pictures(store.blobs).lines(rendition, 5) for word in line.words)
    missing = edges_text(next(box for text, box in words if text == "£450"))

    def nothing(_page: Page) -> None:
        """Show the page as it opens."""

    def correct(page: Page) -> None:
        page.keyboard.press("c")

    def add(page: Page) -> None:
        page.locator(".drawn").scroll_into_view_if_needed()

    def decide(page: Page) -> None:
        page.keyboard.press("a")
        page.wait_for_url("**done=**")

    def overtaken(page: Page) -> None:
        with store.reading() as connection:
            standing = standing_of(connection, Subject("figure", TOTAL))
        why = Asked(
            who="ben", action="comment", subject=standing.subject, saw=standing.token, why="I asked the council."
        )
        record(store, why)
        page.keyboard.press("a")
        page.wait_for_selector("text=Somebody was faster")

    return {
        "overview": (1280, 760, "light", "/", nothing),
        "document": (1280, 800, "light", f"{document}/5?figure={MISPRINT}", nothing),
        "queue": (1280, 720, "light", f"/queue/{MISPRINT}", nothing),
        "table": (1280, 760, "light", f"/queue/{TOTAL}", nothing),
        "correct": (1280, 900, "light", f"/queue/{MISPRINT}", correct),
        "add": (1280, 800, "light", f"{document}/5?add={missing}", add),
        "finding": (1280, 900, "light", f"/findings/{conflict}", nothing),
        "series": (1280, 700, "light", "/series?authority=E08000027&measure=complaints", nothing),
        "one-series": (1280, 760, "dark", f"/series/{series}", nothing),
        "conflict": (1280, 520, "light", f"/queue/{TOTAL}", overtaken),
        "decided": (768, 900, "dark", f"/queue/{MISPRINT}", decide),
    }


def _save(picture: bytes, target: Path) -> None:
    """With few colours: a third of the size, and nobody sees it."""
    image = (
        Image.open(io.BytesIO(picture))
        .convert("RGB")
        .quantize(_COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    )
    image.save(target, optimize=True)


if __name__ == "__main__":
    sys.exit(main())
