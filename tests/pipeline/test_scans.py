"""Import of scanned documents: page by page, each page once, and what becomes of pages that break their worker."""

import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from extractors.reading.ocr import tesseract
from extractors.reading.ocr.raster import Image
from extractors.reading.ocr.tesseract import Layout, ReaderError, Tokens
from pipeline import stages
from pipeline.reporting import Event
from pipeline.store.database import Store, open_store
from pipeline.store.tables import pages, problems
from tests.extractors.reading.ocr.pages import report_image, scan_of, turned_by
from tests.pipeline.conftest import run_import


class Nobody:
    """A reader that must not be asked."""

    model = None

    def read(self, images: Sequence[Image], layout: Layout) -> tuple[Tokens, ...]:
        raise AssertionError("a page was read")


@pytest.fixture
def scan(archive: Path) -> Path:
    """A document of two scanned pages."""
    path = archive / "report.pdf"
    path.write_bytes(scan_of(report_image(150), turned_by(report_image(150), 1)))
    return path


def sources(store: Store) -> list[tuple[str, str]]:
    with store.reading() as connection:
        return [(row.source, row.source_reason) for row in connection.execute(pages.select())]


def test_pages_are_counted_and_then_the_document_is_read(sqlite_store: Store, scan: Path) -> None:
    events: list[Event] = []
    report = run_import(sqlite_store, scan, read=stages.read_document, events=events)
    assert report.imported == 1
    assert [(e.kind, e.total) for e in events][2:] == [
        ("reading", 1), ("scanning", 2), ("page", 0), ("page", 0), ("reading", 1), ("read", 0)
    ]  # fmt: skip
    assert [source for source, _ in sources(sqlite_store)] == ["ocr", "ocr"]
    assert report.figures > 5


def test_another_store_with_the_same_blobs_reads_no_page_again(
    tmp_path: Path, sqlite_store: Store, scan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = run_import(sqlite_store, scan, read=stages.read_document)
    monkeypatch.setattr(tesseract.InProcess, "read", Nobody().read)
    monkeypatch.setattr(tesseract.Program, "read", Nobody().read)
    other = open_store(str(tmp_path / "other"), str(sqlite_store.blobs.root), create=True)
    try:
        assert run_import(other, scan, read=stages.read_document).figures == first.figures
    finally:
        other.close()


def test_without_a_reader_the_document_is_kept_and_says_what_is_missing(
    sqlite_store: Store, scan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nobody(languages: str) -> None:
        raise ReaderError("Tesseract is not installed.", advice="Install it.", lasting=True)

    monkeypatch.setattr(tesseract, "find_reader", nobody)
    assert run_import(sqlite_store, scan, read=stages.read_document).imported == 1
    assert [source for source, _ in sources(sqlite_store)] == ["none", "none"]
    with sqlite_store.reading() as connection:
        told = [row.message for row in connection.execute(problems.select()) if row.code == "no_reader"]
    assert told == ["Tesseract is not installed. Install it."]


def test_never_means_never(sqlite_store: Store, scan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tesseract.InProcess, "read", Nobody().read)
    run_import(sqlite_store, scan, read=stages.read_document, ocr="never")
    assert [source for source, _ in sources(sqlite_store)] == ["none", "none"]


def test_pages_that_crash_their_worker_are_given_up_and_the_document_is_read(
    sqlite_store: Store, scan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.reading.read_page", crash)
    report = run_import(sqlite_store, scan, read=stages.read_document, workers=1)
    assert report.imported == 1
    assert [source for source, _ in sources(sqlite_store)] == ["none", "none"]
    assert all("could not be read by OCR" in reason for _, reason in sources(sqlite_store))


def crash(page: object) -> None:
    """What a native library does at its worst."""
    os._exit(11)
