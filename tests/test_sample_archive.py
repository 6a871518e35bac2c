"""The sample archive, imported once as the command imports it: every figure leads back to the page, and enough of them are right."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pypdfium2
import pytest

from pipeline import stages
from pipeline.evaluate import DocumentScore, Score, evaluate, read_gold
from pipeline.exports.rows import figure_rows, finding_rows
from pipeline.importing import import_paths
from pipeline.reading import Engine
from pipeline.reporting import Report
from pipeline.store.database import Store, open_store
from pipeline.store.queries import imported, rows_of_document
from schemas.exports import FigureRow

FIXTURES = Path(__file__).parents[1] / "fixtures"
TRAPS = ("dudley_complaints-leaflet_trap", "hillingdon_forward-plan_trap")


@dataclass(frozen=True)
class Imported:
    """The store after an import, and what the import said."""

    store: Store
    report: Report

    @cached_property
    def figures(self) -> tuple[FigureRow, ...]:
        with self.store.reading() as connection:
            return tuple(figure_rows(connection))

    @cached_property
    def scores(self) -> tuple[DocumentScore, ...]:
        with self.store.reading() as connection:
            return evaluate(read_gold(FIXTURES / "gold"), self.figures, finding_rows(connection))

    @cached_property
    def pages(self) -> dict[str, pypdfium2.PdfDocument]:
        """The pages of each document that boxes refer to: its rendition from the blob store."""
        with self.store.reading() as connection:
            found = imported(connection)
        return {d["name"]: pypdfium2.PdfDocument(self.store.blobs.get(d["rendition"])) for d in found}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Imported]:
    store = open_store(str(tmp_path_factory.mktemp("archive") / "store"), create=True)
    engine = Engine(read=stages.read_document, workers=2, preload=("pipeline.preload",))
    report = import_paths(store, [str(FIXTURES / "archive")], stages.Settings(), engine, lambda event: None)
    found = Imported(store, report)
    yield found
    for pdf in found.pages.values():
        pdf.close()
    store.close()


def text_in(pdf: pypdfium2.PdfDocument, figure: FigureRow) -> str:
    """What pypdfium2 finds under a figure's box, without spaces. Its own heights count from the bottom of the page."""
    page = pdf[figure.page - 1]
    left, bottom, _, top = page.get_cropbox()
    x0, y0, x1, y1 = figure.bbox
    around = {"left": left + x0 - 0.5, "bottom": top - y1 - 0.5, "right": left + x1 + 0.5, "top": top - y0 + 0.5}
    assert bottom <= around["bottom"] + 1 and around["top"] <= top + 1
    return plain(page.get_textpage().get_text_bounded(**around))


def plain(text: str) -> str:
    """Text as it is compared: whatever way lines end, and whichever hyphen was used to end them."""
    return re.sub(r"[\s\u00ad\ufffe\u0002]", "", text)


def test_everything_is_imported(archive: Imported) -> None:
    assert archive.report.quarantined == ()
    assert archive.report.imported == len(archive.scores)
    assert archive.report.figures == len(archive.figures) > 400


def test_the_printed_text_of_every_figure_stands_under_its_box(archive: Imported) -> None:
    elsewhere = [
        (figure.document, figure.page, figure.raw_text, text_in(archive.pages[figure.document], figure))
        for figure in archive.figures
        if plain(figure.raw_text) not in text_in(archive.pages[figure.document], figure)
    ]
    assert elsewhere == []


def test_a_box_holds_little_else(archive: Imported) -> None:
    wide = [
        (figure.document, figure.page, figure.raw_text, text_in(archive.pages[figure.document], figure))
        for figure in archive.figures
        if len(text_in(archive.pages[figure.document], figure)) > 2 * len(plain(figure.raw_text)) + 4
    ]
    assert wide == []


def test_the_snippet_of_every_figure_holds_its_number(archive: Imported) -> None:
    without = [
        (f.document, f.raw_text, f.snippet) for f in archive.figures if f.raw_text.strip("(),.;:") not in f.snippet
    ]
    assert without == []


def test_the_value_of_a_clean_whole_number_is_what_is_printed(archive: Imported) -> None:
    plainly = [f for f in archive.figures if re.fullmatch(r"\(?\d[\d,]*%?[).,;:]*", f.raw_text) and f.value is not None]
    wrong = [
        (f.document, f.raw_text, f.value)
        for f in plainly
        if abs(f.value) != int(re.sub(r"\D", "", f.raw_text))  # a fall is negative, its print is not
    ]
    assert len(plainly) > 300
    assert wrong == []


def test_every_number_is_accounted_for(archive: Imported) -> None:
    """Every word with a digit, as pypdfium2 gives the page, lies under a figure, a known non-figure or an unplaced number."""
    with archive.store.reading() as connection:
        marks = {d["name"]: rows_of_document(connection, "marks", d["id"]) for d in imported(connection)}
    printed = {
        name: sum(len(re.findall(r"\d", page.get_textpage().get_text_bounded())) for page in pdf)
        for name, pdf in archive.pages.items()
    }
    marked = {name: sum(len(re.findall(r"\d", mark["printed"])) for mark in of) for name, of in marks.items()}
    assert {name: printed[name] for name in printed if marked[name] < printed[name]} == {}


def test_figures_agree_with_gold(archive: Imported) -> None:
    """Guards against a step back, not aims."""
    core = sum((score.core for score in archive.scores), Score())
    full = sum((score.full for score in archive.scores), Score())
    assert core.f1 >= 0.93
    assert full.f1 >= 0.90


def test_documents_without_figures_give_none(archive: Imported) -> None:
    traps = {score.name: score.core.found for score in archive.scores if score.empty_gold}
    assert sorted(traps) == sorted(TRAPS)
    assert sum(traps.values()) <= 1
