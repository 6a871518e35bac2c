"""The application on a port of its own, and a browser to look at it with: for the tests, the guided tour and by hand."""

import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from playwright.sync_api import Browser, sync_playwright

from pipeline import stages
from pipeline.importing import import_paths
from pipeline.reading import Engine
from pipeline.store.database import Store, open_store
from review.app import create_app

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
_PATIENCE = 20.0


def fill(folder: Path) -> None:
    """Import the sample archive into a new store."""
    store = open_store(str(folder), create=True)
    try:
        engine = Engine(read=stages.read_document, workers=0)
        import_paths(store, [str(ARCHIVE)], stages.Settings(), engine, lambda event: None)
    finally:
        store.close()


@contextmanager
def served(store: Store) -> Iterator[str]:
    """The address of the application over a store, as long as it is needed."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port = listening.getsockname()[1]
        server = uvicorn.Server(uvicorn.Config(create_app(store), log_level="warning", ws="none"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        waited = time.monotonic() + _PATIENCE
        while not server.started:
            assert thread.is_alive(), "the server did not start"
            assert time.monotonic() < waited, "the server takes too long to start"
            time.sleep(0.02)
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            server.should_exit = True
            thread.join(_PATIENCE)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, without a window."""
    found = os.environ.get("CHROMIUM") or shutil.which("chromium")
    assert found, "chromium is missing: apt-get install chromium"
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=found, headless=True, args=list(_FLAGS))
        yield browser
        browser.close()
