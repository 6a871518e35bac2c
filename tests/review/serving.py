"""The sample archive, and a browser to look at it with: for the tests and the guided tour."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from pipeline import stages
from pipeline.importing import import_paths
from pipeline.reading import Engine
from pipeline.store.database import open_store

ARCHIVE = Path(__file__).parents[2] / "fixtures" / "archive"
_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def fill(folder: Path) -> None:
    """Import the sample archive into a new store."""
    store = open_store(str(folder), create=True)
    try:
        engine = Engine(read=stages.read_document, workers=0)
        import_paths(store, [str(ARCHIVE)], stages.Settings(), engine, lambda event: None)
    finally:
        store.close()


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, without a window."""
    found = os.environ.get("CHROMIUM") or shutil.which("chromium")
    assert found, "chromium is missing: apt-get install chromium"
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=found, headless=True, args=list(_FLAGS))
        yield browser
        browser.close()
