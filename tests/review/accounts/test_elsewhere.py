"""Logging in at an OpenID Connect provider that runs beside the test."""

import time
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from joserfc.jwk import RSAKey

from pipeline.store.database import Store
from review.accounts import people
from review.accounts.access import Access
from review.accounts.elsewhere import read_provider
from review.app import create_app
from schemas.errors import UsageError
from tests.review.accounts.conftest import PASSWORD, SECURE, attempt
from tests.review.accounts.provider import CLIENT, SECRET, SmallProvider, running


@pytest.fixture
def provider() -> Iterator[SmallProvider]:
    with running() as started:
        yield started


def described(provider: SmallProvider, folder: Path, **more: str) -> Path:
    """The file that sets it up."""
    (folder / "secret").write_text(SECRET + "\n")
    lines = {"issuer": provider.issuer, "client_id": CLIENT, "client_secret_file": "secret"} | more
    (folder / "oidc.toml").write_text("".join(f'{name} = "{value}"\n' for name, value in lines.items()))
    return folder / "oidc.toml"


def browser(store: Store, file: Path) -> TestClient:
    app = create_app(store, access=Access(local=False, hosts=("review.example",)), provider=read_provider(file))
    return TestClient(app, base_url=SECURE, follow_redirects=False)


def go_there(client: TestClient, wanted: str = "/queue") -> str:
    """Go to the provider, which sends us back at once; the address that it sends us back to."""
    answer = client.get("/login/elsewhere", params={"next": wanted})
    assert answer.status_code == 302, answer.text
    return str(httpx2.get(answer.headers["location"], follow_redirects=False, trust_env=False).headers["location"])


def come_back(client: TestClient) -> Response:
    return client.get(go_there(client))


@pytest.fixture
def ann(store: Store) -> None:
    people.add_account(store, "ann", "auditor", identity="ann-at-the-council")


@pytest.mark.usefixtures("ann")
def test_who_is_known_there_is_let_in_here(provider: SmallProvider, store: Store, tmp_path: Path) -> None:
    client = browser(store, described(provider, tmp_path, label="Log in with the council"))
    assert "Log in with the council" in client.get("/login").text
    answer = come_back(client)
    assert (answer.status_code, answer.headers["location"]) == (303, "/queue")
    assert "ann" in client.get("/account").text
    assert attempt(browser(store, tmp_path / "oidc.toml"), "ann", PASSWORD).status_code == 401, "there is no password"


@pytest.mark.usefixtures("ann")
@pytest.mark.parametrize("claims", [{"sub": "somebody-else"}, {"sub": ""}, {}, {"sub": "ANN-at-the-council"}])
def test_who_is_not_known_here_is_not_let_in(
    claims: dict[str, str], provider: SmallProvider, store: Store, tmp_path: Path
) -> None:
    provider.claims = claims
    client = browser(store, described(provider, tmp_path))
    assert come_back(client).status_code == 403
    assert client.get("/").status_code == 303


@pytest.mark.usefixtures("ann")
def test_who_is_disabled_here_is_not_let_in(provider: SmallProvider, store: Store, tmp_path: Path) -> None:
    people.set_disabled(store, "ann", disabled=True)
    assert come_back(browser(store, described(provider, tmp_path))).status_code == 403


@pytest.mark.usefixtures("ann")
@pytest.mark.parametrize(
    "forge",
    [
        {"iss": "https://evil.example"},
        {"aud": "another-client"},
        {"nonce": "another"},
        {"exp": int(time.time()) - 3_600, "iat": int(time.time()) - 7_200},
    ],
)
def test_tokens_that_are_not_for_us_are_refused(
    forge: dict[str, object], provider: SmallProvider, store: Store, tmp_path: Path
) -> None:
    provider.forge = forge
    client = browser(store, described(provider, tmp_path))
    assert come_back(client).status_code == 403
    assert client.get("/").status_code == 303


@pytest.mark.usefixtures("ann")
def test_tokens_signed_by_somebody_else_are_refused(provider: SmallProvider, store: Store, tmp_path: Path) -> None:
    provider.key = RSAKey.generate_key(2048, {"kid": "k1"})
    assert come_back(browser(store, described(provider, tmp_path))).status_code == 403


@pytest.mark.usefixtures("ann")
def test_a_log_in_that_another_browser_began_is_refused(provider: SmallProvider, store: Store, tmp_path: Path) -> None:
    file = described(provider, tmp_path)
    victim, attacker = browser(store, file), browser(store, file)
    back = go_there(attacker)
    assert victim.get(back).status_code == 403
    go_there(victim)
    assert victim.get(back).status_code == 403
    assert victim.get("/").status_code == 303


@pytest.mark.usefixtures("ann")
def test_a_way_back_cannot_be_gone_twice(provider: SmallProvider, store: Store, tmp_path: Path) -> None:
    client = browser(store, described(provider, tmp_path))
    back = go_there(client)
    assert [client.get(back).status_code for _ in range(2)] == [303, 403]


@pytest.mark.usefixtures("ann")
@pytest.mark.parametrize("query", ["", "?code=x&state=y", "?error=access_denied", "?error=<script>alert(1)</script>"])
def test_a_way_back_that_was_made_up_is_refused(
    query: str, provider: SmallProvider, store: Store, tmp_path: Path
) -> None:
    client = browser(store, described(provider, tmp_path))
    go_there(client)
    answer = client.get(f"/login/elsewhere/back{query}")
    assert (answer.status_code, "<script>alert" in answer.text) == (403, False)


@pytest.mark.parametrize(("verified", "status"), [(True, 303), (False, 403), (None, 403), ("true", 403)])
def test_an_address_counts_only_when_it_was_verified(
    verified: object, status: int, provider: SmallProvider, store: Store, tmp_path: Path
) -> None:
    people.add_account(store, "ann", "auditor", identity="ann@council.example")
    provider.claims = {"sub": "1", "email": "ann@council.example", "email_verified": verified}
    client = browser(store, described(provider, tmp_path, claim="email"))
    assert come_back(client).status_code == status


def test_a_provider_that_does_not_answer_is_told(store: Store, tmp_path: Path) -> None:
    client = browser(store, described(SmallProvider(issuer="http://127.0.0.1:9"), tmp_path))
    answer = client.get("/login/elsewhere")
    assert (answer.status_code, "did not work" in answer.text) == (400, True)


def test_without_a_provider_there_is_no_way_there(store: Store) -> None:
    people.add_account(store, "ann", "auditor", password=PASSWORD)
    client = TestClient(create_app(store), base_url="http://127.0.0.1", follow_redirects=False)
    assert [client.get(path).status_code for path in ("/login/elsewhere", "/login/elsewhere/back")] == [404, 404]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('issuer = "https://x.example"', "client_id"),
        ('issuer = "x"\nclient_id = "c"\nclient_secret_file = "secret"', "issuer"),
        ('issuer = "https://x.example"\nclient_id = "c"\nclient_secret_file = "none"', "cannot be read"),
        ('issuer = "https://x.example"\nclient_id = "c"\nclient_secret_file = "empty"', "is empty"),
        ('issuer = "https://x.example"\nclient_id = "c"\nclient_secret = "in the open"', "client_secret"),
        ("issuer = ", "describes no provider"),
    ],
)
def test_a_file_that_describes_no_provider_is_refused(text: str, words: str, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("s")
    (tmp_path / "empty").write_text("\n")
    (tmp_path / "oidc.toml").write_text(text)
    with pytest.raises(UsageError, match=words):
        read_provider(tmp_path / "oidc.toml")
