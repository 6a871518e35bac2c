"""A sample archive that is imported once, and for each test that decides something a copy of it with a server and a browser."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from benchmarks.serving import served
from pipeline.store.database import Store, open_store
from tests.review.serving import chromium, fill

NewPage = Callable[..., Page]


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a store with the sample archive. Not to be written to."""
    folder = tmp_path_factory.mktemp("sample") / "store"
    fill(folder)
    return folder


@pytest.fixture
def store(sample: Path, tmp_path: Path) -> Iterator[Store]:
    """A copy of the sample store."""
    shutil.copytree(sample, tmp_path / "store")
    opened = open_store(str(tmp_path / "store"))
    yield opened
    opened.close()


@pytest.fixture
def site(store: Store) -> Iterator[str]:
    """The address of the application over the copy."""
    with served(store) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests."""
    with chromium() as found:
        yield found


@pytest.fixture
def new_page(browser: Browser, site: str) -> Iterator[NewPage]:
    """Opens pages in windows of their own, as different people have them. What a page complains of fails the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def opened(width: int = 1280, height: int = 800, **settings: object) -> Page:
        context = browser.new_context(base_url=site, viewport={"width": width, "height": height}, **settings)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console", lambda said: complaints.append(said.text) if "Content Security Policy" in said.text else None
        )
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def page(new_page: NewPage) -> Page:
    """A page of whoever sits at this machine."""
    return new_page()
