"""An application with accounts over a small store, and browsers that are logged in to it."""

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from html.parser import HTMLParser
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response

from pipeline.importing import import_paths
from pipeline.reading import Engine
from pipeline.store.database import Store, open_store
from review.accounts import people
from review.accounts.access import Access
from review.app import create_app
from review.visitor import ROLES, Role
from tests.pipeline import fakes

SCRIPT = "<script>alert('75')</script>"
PASSWORD = "correct horse battery staple"
HOST = "http://127.0.0.1:8765"
SECURE = "https://review.example"

LogIn = Callable[..., TestClient]


@pytest.fixture(autouse=True)
def _quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes that are made in a moment: how strong they are is Argon2's affair, and one test looks at it."""
    monkeypatch.setattr(people, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    people._nobody.cache_clear()


@pytest.fixture(scope="session")
def council(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a store with two documents, whose words try to be a script. Not to be written to."""
    archive, folder = tmp_path_factory.mktemp("archive"), tmp_path_factory.mktemp("council") / "store"
    (archive / "a.txt").write_text(f"{SCRIPT} 58 19 were complaints")
    (archive / "b.txt").write_text("75 and 1234")
    with pytest.MonkeyPatch.context() as patch, closing(open_store(str(folder), create=True)) as opened:
        patch.setattr("pipeline.reading.reading_version", lambda: "fake")
        engine = Engine(read=fakes.read_numbers, workers=0)
        import_paths(opened, [str(archive)], fakes.Settings(), engine, lambda event: None)
    return folder


@pytest.fixture
def store(council: Path, tmp_path: Path) -> Iterator[Store]:
    """A copy of that store."""
    shutil.copytree(council, tmp_path / "store")
    with closing(open_store(str(tmp_path / "store"))) as opened:
        yield opened


@pytest.fixture
def app(store: Store) -> FastAPI:
    """The application, with accounts of every role."""
    for role in ROLES:
        people.add_account(store, f"the-{role}", role, password=PASSWORD)
    return create_app(store, access=Access(local=True, hosts=("127.0.0.1", "review.example")))


@pytest.fixture
def log_in(app: FastAPI) -> LogIn:
    """A browser in which somebody of a role is logged in; without a role, nobody."""

    def browser(role: Role | None = None, *, at: str = HOST) -> TestClient:
        client = TestClient(app, base_url=at, follow_redirects=False)
        if role is not None:
            answer = attempt(client, f"the-{role}", PASSWORD)
            assert answer.status_code == 303, answer.text
        return client

    return browser


def attempt(client: TestClient, name: str, password: str, **more: str) -> Response:
    """Fill in the page to log in on."""
    form = hidden(client.get("/login").text)
    return client.post("/login", data=form | {"name": name, "password": password} | more)


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of a page's forms."""
    return {field["name"]: field["value"] for field in _fields(page) if field.get("type") == "hidden"}


def token(client: TestClient) -> str:
    """The token of a browser's session, as its forms carry it."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/account").text)
    assert found, "no form carries a token"
    return found[1]


def _fields(page: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []

    class Fields(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            if tag == "input":
                found.append({name: value or "" for name, value in attrs})

    Fields().feed(page)
    return found


def scripts(page: str) -> list[str]:
    """What a page would run: the sources of its scripts, "inline" for what stands in it, and attributes that run something."""
    found: list[str] = []

    class Scripts(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            given = dict(attrs)
            if tag == "script":
                found.append(given.get("src") or "inline")
            found.extend(
                name for name, value in attrs if name.startswith("on") or "javascript:" in (value or "").lower()
            )

    Scripts().feed(page)
    return found
